#include "ui/query/sections.h"

namespace diaban::ui {

void areas_section(Ui& /*ui*/) {}

}  // namespace diaban::ui
