// Stopping the SQL console's statement from elsewhere.
#pragma once

#include "ui/sql/sql_state.h"

namespace diaban::ui {

/// Asks the statement under way to stop and forgets it; false when there is none.
bool stop_sql(SqlState& state);

}  // namespace diaban::ui
