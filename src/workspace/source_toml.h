// The part of the workspace file that says where data come from: sources with what was decided about their content, and
// how tables are joined.
#pragma once

#include <toml++/toml.h>

#include <filesystem>

#include "workspace/toml_reader.h"
#include "workspace/workspace.h"

namespace diaban {

/// `folder` is what relative paths are relative to.
[[nodiscard]] Source source_from_toml(const toml::table& table, const std::filesystem::path& folder,
                                      TomlErrors& errors);
[[nodiscard]] toml::table source_to_toml(const Source& source, const std::filesystem::path& folder);

[[nodiscard]] Join join_from_toml(const toml::table& table, TomlErrors& errors);
[[nodiscard]] toml::table join_to_toml(const Join& join);

}  // namespace diaban
