// What the command palette finds, without drawing anything.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ui/ui.h"

namespace diaban::ui {

struct PaletteHit {
    enum class Kind { feature, layer, command };
    Kind kind = Kind::command;
    std::string icon;
    std::string name;
    std::string detail;  ///< a feature's layer, a command's keys
    std::string id;      ///< of the layer or command
    uint32_t feature = 0;
    int quality = 0;  ///< higher is listed first
};

/// Features of all layers that are not background (by query/search.h), layers and commands whose names hold the folded
/// text, best first. No text: all layers, then all commands that can be done now.
[[nodiscard]] std::vector<PaletteHit> palette_hits(Ui& ui, const std::string& text);
/// A feature is selected and gone to, a layer made active and gone to, a command run.
void run_hit(Ui& ui, const PaletteHit& hit);

}  // namespace diaban::ui
