// What the larger dialogs share: how Esc leaves them, and the line above their buttons.
#pragma once

#include "ui/ui.h"

namespace diaban::ui {

/// Esc was pressed and leaves the dialog being drawn; an open list of it is closed first, and then it does not.
[[nodiscard]] bool escaped_dialog(const Ui& ui);
/// Enter was pressed, and not for a text field or an open list.
[[nodiscard]] bool entered_dialog(const Ui& ui);
/// A thin line across the dialog, with room round it.
void dialog_line();
/// The height of dialog_line() and a row of buttons.
[[nodiscard]] float dialog_foot_height();

/// Closes the list, menu or popup on top, if one is open, and says whether. Between panels, not inside of a window.
bool close_popup();

}  // namespace diaban::ui
