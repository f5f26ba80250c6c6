// A Style as a TOML table and back; see docs/workspace.md for the keys.
#pragma once

#include <toml++/toml.h>

#include "style/style.h"
#include "workspace/toml_reader.h"

namespace diaban {

void read_style(const toml::table& table, Style& style, TomlErrors& errors);
/// What equals a default Style is left out.
[[nodiscard]] toml::table style_to_toml(const Style& style);

void read_measure(TomlReader& reader, Measure& measure);
void write_measure(toml::table& table, const Measure& measure);

}  // namespace diaban
