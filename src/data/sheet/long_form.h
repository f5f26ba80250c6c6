// Columns that are one quantity in several years, and the table with a row for each year instead.
//
//     xã  SDD 2021  SDD 2022          xã  year  SDD
//     A         5         4    →     A   2021    5
//                                     A   2022    4
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/import_report.h"
#include "data/table.h"

namespace diaban {

/// A column's name as a quantity and a year (1900 to 2100, in four digits that stand alone): "SDD 2021", "2021_hộ",
/// "Năm 2023" and "2022" (both without a name), "2021 · Số hộ". Nothing when there is no year, or more than one, as in
/// "2021-2025".
struct YearName {
    std::string name;
    int64_t year = 0;
    bool operator==(const YearName&) const = default;
};
[[nodiscard]] std::optional<YearName> parse_year_name(std::string_view column);

/// Names that occur with at least two years, in the order of their first columns; a name that occurs twice with one
/// year is no group. The group of bare years is called "value".
[[nodiscard]] std::vector<YearGroup> find_year_groups(const Table& table);

struct LongForm {
    Table table;
    std::vector<std::size_t> from_rows;  ///< of each row: the one it comes from
};

/// A row for each row and each year of any group, years ascending: the other columns repeated, the year (whole number)
/// where the first year column was, then a column for each group, null where the group has no column for the year. A
/// group's column has its columns' type, real where some are whole numbers, text where they differ otherwise; columns
/// without any value do not count. Names that are taken get "_2". Every value of the table is in it.
[[nodiscard]] LongForm to_long_form(const Table& table, const std::vector<YearGroup>& groups,
                                    const std::string& year_column);

}  // namespace diaban
