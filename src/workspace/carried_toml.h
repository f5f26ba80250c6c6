// Carried sources in the workspace file; see docs/workspace.md for the keys.
#pragma once

#include <toml++/toml.h>

#include "workspace/carried.h"
#include "workspace/toml_reader.h"

namespace diaban {

[[nodiscard]] CarriedSource carried_from_toml(const toml::table& table, TomlErrors& errors);
[[nodiscard]] toml::table carried_to_toml(const CarriedSource& carried);

}  // namespace diaban
