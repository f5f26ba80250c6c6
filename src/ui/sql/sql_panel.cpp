#include "ui/panels/panels.h"

namespace diaban::ui {

void sql_panel(Ui& /*ui*/) {}

}  // namespace diaban::ui
