#include "ui/commands.h"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/i18n.h"
#include "ui/command_list.h"
#include "workspace/file.h"

namespace diaban::ui {

const std::vector<Command>& commands() {
    static const std::vector<Command> all = [] {
        std::vector<Command> list = workspace_commands();
        for (auto part : {edit_commands(), view_commands(), analyse_commands()}) {
            list.insert(list.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
        }
        return list;
    }();
    return all;
}

const Command* find_command(const std::string& id) {
    const auto it = std::ranges::find(commands(), id, &Command::id);
    return it == commands().end() ? nullptr : &*it;
}

std::string key_text(const Shortcut& shortcut) {
    static constexpr std::pair<int, const char*> names[] = {
        {GLFW_KEY_SPACE, "Space"},
        {GLFW_KEY_ESCAPE, "Esc"},
        {GLFW_KEY_ENTER, "Enter"},
        {GLFW_KEY_KP_ENTER, "Enter"},
        {GLFW_KEY_BACKSPACE, "Backspace"},
        {GLFW_KEY_HOME, "Home"},
        {GLFW_KEY_UP, "↑"},
        {GLFW_KEY_DOWN, "↓"},
        {GLFW_KEY_LEFT, "←"},
        {GLFW_KEY_RIGHT, "→"},
        {GLFW_KEY_EQUAL, "+"},
        {GLFW_KEY_KP_ADD, "+"},
        {GLFW_KEY_KP_SUBTRACT, "−"},
        {GLFW_KEY_MINUS, "−"},
        {GLFW_KEY_LEFT_BRACKET, "["},
        {GLFW_KEY_RIGHT_BRACKET, "]"},
        {GLFW_KEY_SLASH, "/"},
        {GLFW_KEY_DELETE, "Del"},
        {GLFW_KEY_PAGE_UP, "Page up"},
        {GLFW_KEY_PAGE_DOWN, "Page down"},
    };
    if (shortcut.key == 0) return {};
    std::string text = shortcut.ctrl ? "Ctrl+" : "";
    if (shortcut.shift) text += "Shift+";
    const auto named = std::ranges::find(names, shortcut.key, &std::pair<int, const char*>::first);
    if (named != std::end(names)) return text + named->second;
    if (shortcut.key >= GLFW_KEY_F1 && shortcut.key <= GLFW_KEY_F25) {
        return text + "F" + std::to_string(shortcut.key - GLFW_KEY_F1 + 1);
    }
    // The other printable keys bear their ASCII letter.
    return text + static_cast<char>(shortcut.key);
}

std::string key_text(const Command& command) {
    return key_text(Shortcut{command.key, command.ctrl, command.shift});
}

bool run_key(Ui& ui, int key, bool ctrl, bool shift, bool typing) {
    const Shortcut pressed{key, ctrl, shift};
    for (const Command& command : commands()) {
        const bool bound = key != 0 && (pressed == Shortcut{command.key, command.ctrl, command.shift} ||
                                        std::ranges::find(command.also, pressed) != command.also.end());
        // What writes a character is written: "/" in a field is a slash.
        const bool written = typing && !ctrl && key >= GLFW_KEY_SPACE && key <= GLFW_KEY_GRAVE_ACCENT;
        if (!bound || written || (typing && !command.while_typing)) continue;
        if (command.enabled && !command.enabled(ui)) continue;
        command.run(ui);
        ui.session.touch();
        return true;
    }
    return false;
}

bool run_command(Ui& ui, const std::string& id) {
    const Command* command = find_command(id);
    if (command == nullptr || (command->enabled && !command->enabled(ui))) return false;
    command->run(ui);
    ui.session.touch();
    return true;
}

void request_open(Ui& ui, std::vector<std::filesystem::path> paths) {
    if (paths.empty()) return;
    const bool replaces = std::ranges::any_of(paths, is_workspace_path);
    if (replaces && ui.session.unsaved()) {
        ui.panels.pending_open = std::move(paths);
        ui.panels.ask_unsaved = true;
    } else {
        ui.session.add_files(paths);
    }
}

void request_quit(Ui& ui) {
    if (ui.session.unsaved()) {
        ui.panels.pending_open.clear();
        ui.panels.ask_unsaved = true;
    } else {
        ui.wants_quit = true;
    }
    ui.session.touch();
}

void proceed_after_question(Ui& ui) {
    ui.panels.ask_unsaved = false;
    if (ui.panels.pending_open.empty()) {
        ui.wants_quit = true;
    } else {
        ui.session.add_files(std::exchange(ui.panels.pending_open, {}));
    }
    ui.session.touch();
}

void stay_after_question(Ui& ui) {
    ui.panels.ask_unsaved = false;
    ui.panels.pending_open.clear();
    ui.session.touch();
}

}  // namespace diaban::ui
