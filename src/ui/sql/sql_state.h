// What the SQL console works with between frames.
#pragma once

namespace diaban::ui {

struct SqlState {};

}  // namespace diaban::ui
