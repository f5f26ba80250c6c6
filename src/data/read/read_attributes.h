// From GDAL's fields into typed columns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "data/gdal/gdal_handles.h"
#include "data/table.h"

namespace diaban {

class AttributeCollector {
public:
    explicit AttributeCollector(OGRFeatureDefnH definition);

    void add(OGRFeatureH feature);
    [[nodiscard]] std::size_t row_count() const { return rows_; }
    /// Whether the feature has any value at all.
    [[nodiscard]] bool any_value(OGRFeatureH feature) const;

    /// Text that was not UTF-8, one diagnostic a column, placed at `where`.
    [[nodiscard]] Diagnostics diagnostics(const Place& where) const;
    [[nodiscard]] std::vector<Column> finish() &&;

private:
    struct Pending {
        int index = 0;
        OGRFieldType from = OFTString;
        ColumnType type = ColumnType::text;
        std::string name;
        std::vector<int64_t> integers;
        std::vector<double> reals;
        std::vector<std::string> texts;
        std::vector<uint8_t> present;
        int64_t bad_texts = 0;
        std::optional<int64_t> first_bad_row;
    };
    void add_value(Pending& column, OGRFeatureH feature);
    void add_text(Pending& column, OGRFeatureH feature);
    void add_time(Pending& column, OGRFeatureH feature);

    std::vector<Pending> columns_;
    std::size_t rows_ = 0;
};

/// Types for columns that came as text from GDAL's CSV reader (a zipped file, one with a geometry column or a .csvt),
/// as sheets get them (data/sheet/type_column.h).
[[nodiscard]] std::vector<Column> infer_types(std::vector<Column> columns, const Place& where,
                                              Diagnostics& diagnostics);

/// The rows of a column, in the given order.
[[nodiscard]] Column select_rows(const Column& column, const std::vector<uint32_t>& rows);

}  // namespace diaban
