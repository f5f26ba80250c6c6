// The text of a statement, looked at before SQLite does, and its errors in words.
#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "data/sql/sql_console.h"

namespace diaban::sql {

/// Where the first word at or behind `at` begins: blanks, comments and, with `semicolons`, those are passed over.
[[nodiscard]] std::size_t next_word(std::string_view sql, std::size_t at, bool semicolons);

/// Errors (wrong_usage): nothing in it, or its first word is none that reading begins with.
[[nodiscard]] Expected<void> check_beginning(std::string_view sql);

/// An error "at character 14: …" (wrong_usage) for the byte `at` of the statement.
[[nodiscard]] Error error_at(std::string_view sql, std::size_t at, std::string_view message, std::string remedy = {});

/// What SQLite said against the statement, with the place (`at`: a byte, negative where it gave none) and with the
/// nearest name that there is.
[[nodiscard]] Error refused_statement(std::string_view sql, const std::string& message, int at,
                                      std::span<const SqlTable> tables, const std::set<std::string>& functions);

}  // namespace diaban::sql
