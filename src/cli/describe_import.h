// What reading a file understood, mended and left out: as JSON, and in words.
#pragma once

#include <nlohmann/json.hpp>

#include <ostream>
#include <string>

#include "data/dataset.h"

namespace diaban {

/// Empty where the file said all of it itself.
[[nodiscard]] nlohmann::ordered_json describe(const ImportReport& report);
[[nodiscard]] nlohmann::ordered_json describe(const Repairs& repairs);

/// From the JSON of describe(): lines with this indent; nothing for an empty one.
void print_import(const nlohmann::ordered_json& import, const std::string& indent, std::ostream& out);
/// Whether print_import() tells already what the JSON of a diagnostic says.
[[nodiscard]] bool said_by_import(const nlohmann::ordered_json& import, const nlohmann::ordered_json& diagnostic);

}  // namespace diaban
