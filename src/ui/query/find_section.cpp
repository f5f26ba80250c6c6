#include "ui/query/sections.h"

namespace diaban::ui {

void find_section(Ui& /*ui*/) {}

}  // namespace diaban::ui
