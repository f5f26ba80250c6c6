// A crosswalk as a table: to be written to a file, reviewed pair by pair, corrected there, and read back.
#pragma once

#include <string>

#include "data/crosswalk/build.h"
#include "data/crosswalk/correspondence.h"
#include "data/dataset.h"

namespace diaban {

/// from, from_name, to, to_name, share, basis, source, corrected: one row a pair; then a row without `to` for each unit
/// that goes nowhere and one without `from` for each that receives nothing, so that nothing is out of sight.
[[nodiscard]] Table to_table(const Crosswalk& crosswalk);

/// The same as a dataset called `name`, for writing.
[[nodiscard]] Dataset to_dataset(const Crosswalk& crosswalk, const std::string& name);

/// The columns of such a table, for from_table(). What is written and read again is the same, but for diagnostics.
[[nodiscard]] PairColumns crosswalk_columns();

/// The table as CSV (UTF-8, with a header). Shares are written so that reading gives the same number.
[[nodiscard]] std::string to_csv(const Crosswalk& crosswalk);

}  // namespace diaban
