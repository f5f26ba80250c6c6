#include "ui/query/sections.h"

namespace diaban::ui {

void coverage_section(Ui& /*ui*/) {}

}  // namespace diaban::ui
