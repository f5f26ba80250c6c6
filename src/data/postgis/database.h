// A connection to a PostgreSQL database through GDAL, and questions put to it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "data/gdal/gdal_handles.h"
#include "data/postgis/postgis.h"

namespace diaban::pg {

struct Database {
    gdal::Dataset handle;
    std::string shown;   ///< the connection without its password
    std::string secret;  ///< that messages must not hold
};

using Rows = std::vector<std::vector<std::string>>;  ///< a null is empty

[[nodiscard]] Expected<Database> connect(const std::string& connection, const std::string& password);

/// Every row of a SELECT as text. An error is the server's own message.
[[nodiscard]] Expected<Rows> ask(const Database& database, const std::string& sql);

/// Whether the server still answers.
[[nodiscard]] bool is_alive(const Database& database);

/// The schema that PostGIS lies in; nothing when the database has none.
[[nodiscard]] Expected<std::optional<std::string>> postgis_schema(const Database& database);

/// All that list_tables() gives, PostGIS or not.
[[nodiscard]] Expected<std::vector<PgTable>> tables_of(const Database& database);

/// As SQL writes names and texts.
[[nodiscard]] std::string quoted_name(std::string_view name);
[[nodiscard]] std::string quoted_text(std::string_view text);

/// The message on one line, without the password.
[[nodiscard]] std::string clean_message(const Database& database, std::string message);

}  // namespace diaban::pg
