// What the database dialog does; it draws itself in panels.h.
#pragma once

#include <optional>

#include "ui/ui.h"

namespace diaban::ui {

/// Asks the database for its tables, in the background.
void list_database(Ui& ui);
/// Reads the tables that are ticked and adds them; the dialog stays where that fails.
void add_from_database(Ui& ui);
/// The part of the world that the map shows; nothing while it shows none, or has no CRS.
[[nodiscard]] std::optional<Box> view_in_degrees(Ui& ui);

}  // namespace diaban::ui
