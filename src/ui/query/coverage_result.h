// What the coverage section shows of an answer: the share, who contributes what, and what can be made of it.
#pragma once

#include "ui/ui.h"

namespace diaban::ui {

/// Nothing while there is no answer yet.
void coverage_result(Ui& ui);

}  // namespace diaban::ui
