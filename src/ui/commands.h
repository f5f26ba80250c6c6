// Everything that a key, a menu or the palette can do, once: name, key, whether it can be done now, and doing it.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "ui/ui.h"

namespace diaban::ui {

/// A GLFW key with what is held down.
struct Shortcut {
    int key = 0;
    bool ctrl = false, shift = false;
    bool operator==(const Shortcut&) const = default;
};

struct Command {
    std::string id;    ///< "view.zoom_selection"
    std::string name;  ///< translated: "Zoom to selection"
    std::string menu;  ///< "Workspace", "Edit", "View", "Analyse"; empty: keys and palette only
    std::string icon;  ///< a Material Design Icons glyph as UTF-8; may be empty
    int key = 0;       ///< GLFW key, 0 for none
    bool ctrl = false, shift = false;
    std::function<bool(Ui&)> enabled;  ///< empty: always
    std::function<bool(Ui&)> checked;  ///< empty: not a toggle
    std::function<void(Ui&)> run;
    std::vector<Shortcut> also;     ///< further keys that do the same
    bool while_typing = false;      ///< its key works while a text field has the keyboard
    bool separator_before = false;  ///< in its menu
};

[[nodiscard]] const std::vector<Command>& commands();
[[nodiscard]] const Command* find_command(const std::string& id);
/// "Ctrl+Shift+S".
[[nodiscard]] std::string key_text(const Command& command);
[[nodiscard]] std::string key_text(const Shortcut& shortcut);
/// Runs the command bound to the key, if there is one and it is enabled. With `typing`, only those that do not get in
/// the way of a text field.
bool run_key(Ui& ui, int key, bool ctrl, bool shift, bool typing = false);
/// Runs a command by id if it is enabled.
bool run_command(Ui& ui, const std::string& id);

// ── what may have to ask about unsaved changes first ──
/// Opens the files: at once, or, when one is a workspace and this one has unsaved changes, after the question
/// (panels.ask_unsaved with panels.pending_open).
void request_open(Ui& ui, std::vector<std::filesystem::path> paths);
/// Leaves: at once, or after the question (panels.ask_unsaved with an empty panels.pending_open).
void request_quit(Ui& ui);
/// The question was answered: go on with what was asked for (the changes are saved or given up), or stay.
void proceed_after_question(Ui& ui);
void stay_after_question(Ui& ui);

}  // namespace diaban::ui
