// The sections of the style panel. Each changes a copy of the layer's style and notes what it did, so that the panel
// applies it as one undo step.
#pragma once

#include <string>

#include "ui/panels/parts.h"

namespace diaban::ui {

/// What of a style changed in this frame: the words for undo, and the key under which a drag's changes are one step.
struct StyleEdit {
    std::string label;
    std::string key;
    void note(bool changed, const char* words, const char* id) {
        if (changed) label = words, key = id;
    }
};

void fill_section(const LayerResult& result, Style& style, StyleEdit& edit);
void outline_section(GeometryKind kind, Style& style, StyleEdit& edit);
void hatch_section(Style& style, StyleEdit& edit);
void marker_section(Style& style, StyleEdit& edit);
/// How points too many to be told apart are shown.
void crowding_section(Style& style, StyleEdit& edit);
void circles_section(const LayerResult& result, Style& style, StyleEdit& edit);
/// Edits the layer itself: its condition, with what is wrong with it shown below.
void filter_section(Ui& ui, const Layer& layer, const LayerResult& result);

}  // namespace diaban::ui
