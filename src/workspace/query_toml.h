// Saved queries and calculated columns in the workspace file; see docs/workspace.md for the keys.
#pragma once

#include <toml++/toml.h>

#include <vector>

#include "query/query.h"
#include "workspace/toml_reader.h"

namespace diaban {

/// Texts of conditions are taken as they are: what is wrong with one is said where it is asked, and can be mended
/// there.
[[nodiscard]] SavedQuery query_from_toml(const toml::table& table, TomlErrors& errors);
[[nodiscard]] toml::table query_to_toml(const SavedQuery& query);

/// The key "columns" of a query or a layer.
[[nodiscard]] std::vector<AskedColumn> asked_columns_from_toml(TomlReader& reader, TomlErrors& errors);
[[nodiscard]] toml::array asked_columns_to_toml(const std::vector<AskedColumn>& columns);

}  // namespace diaban
