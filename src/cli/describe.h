// Data and workspaces described as JSON values, from which `diaban info` prints either form.
#pragma once

#include <nlohmann/json.hpp>

#include "base/diagnostic.h"
#include "data/dataset.h"
#include "workspace/open.h"

namespace diaban {

[[nodiscard]] nlohmann::ordered_json describe(const Dataset& dataset);
/// Joins are carried out, so that what they do not match is among the diagnostics.
[[nodiscard]] nlohmann::ordered_json describe(const Opened& opened);
[[nodiscard]] nlohmann::ordered_json describe(const Diagnostic& diagnostic);
/// Each as {"id", "name", "kind", "text"}, the text being what is asked.
[[nodiscard]] nlohmann::ordered_json describe(const std::vector<SavedQuery>& queries);
[[nodiscard]] nlohmann::ordered_json describe(const std::vector<AskedColumn>& columns);

}  // namespace diaban
