// What is being measured on the map.
#pragma once

namespace diaban::ui {

struct MeasureState {};

}  // namespace diaban::ui
