// The parts of the list that commands() puts together, by menu. Only commands.cpp includes this.
#pragma once

#include <vector>

#include "ui/commands.h"

namespace diaban::ui {

[[nodiscard]] std::vector<Command> workspace_commands();
[[nodiscard]] std::vector<Command> edit_commands();
[[nodiscard]] std::vector<Command> view_commands();
/// With those that no menu shows: moving the map, stepping the year, leaving.
[[nodiscard]] std::vector<Command> analyse_commands();
/// The one that takes up a tool of the map.
[[nodiscard]] Command tool_command(const char* id, const char* name, const char* menu, const char* picture, int key,
                                   Tool tool);
/// Of the map's measuring tools, in the menu `menu`, and the keys of whatever is drawn point by point.
[[nodiscard]] std::vector<Command> measure_commands(const char* menu);

}  // namespace diaban::ui
