// libpq's connection strings, "host=db.example.org dbname='two words'", taken apart and put together.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diaban {

struct Setting {
    std::string key;
    std::string value;
    bool operator==(const Setting&) const = default;
};

/// Nothing when it is not well-formed.
[[nodiscard]] std::optional<std::vector<Setting>> parse_conninfo(std::string_view text);

/// Values are quoted where they have to be.
[[nodiscard]] std::string to_conninfo(const std::vector<Setting>& settings);

/// What libpq is given: the connection (any form that is_postgres() knows) with the password, a limit on waiting for a
/// server that does not answer, signs of life on an idle line, and every transaction read-only, each unless the
/// connection says otherwise.
[[nodiscard]] std::string complete_connection(const std::string& connection, const std::string& password);

}  // namespace diaban
