// The query panel and its parts, one for each kind of query.
#pragma once

#include "ui/ui.h"

namespace diaban::ui {

void find_section(Ui& ui);      ///< which features: sentences built with the mouse, their words and their text
void coverage_section(Ui& ui);  ///< who is reached within a distance that can be dragged
void areas_section(Ui& ui);     ///< buffers and service areas

/// Stops the question of find_section() that is being asked, if one is, and says whether; the last answer stays.
bool stop_asking(Ui& ui);

}  // namespace diaban::ui
