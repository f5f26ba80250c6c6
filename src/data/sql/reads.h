// What a statement reads, as SQLite tells while it compiles it.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace diaban::sql {

class Reads {
public:
    /// Names in whatever capitals; the column is empty where rows are merely counted.
    void note_column(std::string_view table, std::string_view column);
    void note_function(std::string_view name);
    [[nodiscard]] bool table(std::string_view name) const;
    [[nodiscard]] bool column(std::string_view table, std::string_view name) const;
    /// By its name, with or without SpatiaLite's "ST_" before it.
    [[nodiscard]] bool function(std::string_view name) const;

private:
    std::set<std::pair<std::string, std::string>> columns_;
    std::set<std::string> functions_;
};

/// In small letters as SQLite compares names: those of ASCII alone.
[[nodiscard]] std::string in_small_letters(std::string_view name);

}  // namespace diaban::sql
