// The rows of a statement as a dataset: types told from what was declared and what came, shapes in their own arrays.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "data/read/read_geometry.h"
#include "data/sql/sqlite_handles.h"
#include "data/sql/systems.h"

namespace diaban::sql {

/// A column of a result as it grows. A declared type (a column of a table as it is) holds when every value fits it;
/// else whole numbers, numbers or text, whichever holds all values.
class ResultColumn {
public:
    ResultColumn(std::string name, std::string declared) : name_(std::move(name)), declared_(std::move(declared)) {}

    void add(sqlite3_stmt* row, int index);
    void add_null();
    [[nodiscard]] Column finish(std::string name) &&;
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::string& declared() const { return declared_; }

private:
    [[nodiscard]] std::vector<uint8_t> present() const;
    [[nodiscard]] Column as_text(std::string name) const;
    [[nodiscard]] std::optional<Column> as_declared(const std::string& name) const;
    [[nodiscard]] std::optional<Column> as_times(const std::string& name, ColumnType type) const;
    [[nodiscard]] bool only(unsigned kinds) const { return (seen_ & ~kinds) == 0; }

    std::string name_, declared_;
    std::vector<uint8_t> kinds_;   ///< of each value
    std::vector<int64_t> values_;  ///< a whole number, the bits of a double, or which of `texts_`
    std::vector<std::string> texts_;
    unsigned seen_ = 0;  ///< kinds that came, nulls apart
};

class Result {
public:
    Result(sqlite3* database, sqlite3_stmt* statement);

    void add_row();
    [[nodiscard]] std::size_t row_count() const { return rows_; }
    /// About how much memory it holds.
    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    /// `whole`: whether there were no further rows.
    [[nodiscard]] Dataset finish(const Systems& systems, bool whole) &&;

private:
    /// Whether the value is a shape that was taken in, or is to be left out.
    [[nodiscard]] bool take_shape(int index);
    void find_shape_column();
    void add_shapes(Dataset& dataset, const Systems& systems);

    sqlite3_stmt* statement_;
    Statement taken_apart_;  ///< asks SpatiaLite for a shape's SRID and well-known bytes
    std::vector<ResultColumn> columns_;
    GeometryCollector shapes_;
    GeometryKind declared_kind_ = GeometryKind::none;
    int shape_column_ = -1;
    std::optional<int> srid_;  ///< of the first shape
    int64_t other_systems_ = 0;
    std::vector<std::string> further_shapes_;  ///< names of columns
    std::size_t rows_ = 0, bytes_ = 0;
};

}  // namespace diaban::sql
