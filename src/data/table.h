// Attributes of a layer, a column at a time: typed, with nulls.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace diaban {

/// date: days since 1970-01-01; date_time: milliseconds since 1970-01-01T00:00Z; both, and boolean, in the int64
/// values.
enum class ColumnType { boolean, integer, real, text, date, date_time };

class Column {
public:
    using Values = std::variant<std::vector<int64_t>, std::vector<double>, std::vector<std::string>>;

    /// `present[i] == 0` means null. Sizes must agree (DIABAN_CHECK), and the variant must fit the type.
    Column(std::string name, ColumnType type, Values values, std::vector<uint8_t> present);
    /// Without nulls.
    Column(std::string name, ColumnType type, Values values);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] ColumnType type() const { return type_; }
    [[nodiscard]] std::size_t size() const { return present_.size(); }
    [[nodiscard]] bool is_null(std::size_t row) const { return present_[row] == 0; }
    [[nodiscard]] std::size_t null_count() const;
    /// integer and real: what arithmetic and classes are for.
    [[nodiscard]] bool numeric() const { return type_ == ColumnType::integer || type_ == ColumnType::real; }

    /// The value as a number; nothing for null, NaN and columns that are not numeric (boolean counts as 0 and 1).
    [[nodiscard]] std::optional<double> number(std::size_t row) const;
    [[nodiscard]] std::optional<int64_t> integer(std::size_t row) const;
    /// The value as plain text, as it would stand in a CSV: no thousands separators, ISO dates; empty for null.
    [[nodiscard]] std::string text(std::size_t row) const;
    [[nodiscard]] const Values& values() const { return values_; }

    bool operator==(const Column&) const = default;

private:
    std::string name_;
    ColumnType type_ = ColumnType::text;
    Values values_;
    std::vector<uint8_t> present_;
};

class Table {
public:
    Table() = default;
    /// Columns of equal length with different names (DIABAN_CHECK).
    explicit Table(std::vector<Column> columns, std::size_t rows);

    [[nodiscard]] std::size_t row_count() const { return rows_; }
    [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
    /// By exact name; null when there is none.
    [[nodiscard]] const Column* find(std::string_view name) const;

    bool operator==(const Table&) const = default;

private:
    std::vector<Column> columns_;
    std::size_t rows_ = 0;
};

/// For a column's type in words: "whole number", "text" (translated).
[[nodiscard]] std::string to_text(ColumnType type);

}  // namespace diaban
