// From GDAL's fields into typed columns.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "data/encoding/repair_column.h"
#include "data/gdal/gdal_handles.h"
#include "data/import_report.h"
#include "data/table.h"

namespace diaban {

/// What came out of a layer's fields. Text is Unicode, NFC, told from its letters where the file says nothing or errs.
struct Attributes {
    std::vector<Column> columns;
    std::vector<ColumnReport> reports;  ///< of each column: its name, header, encoding and samples
    std::vector<Question> questions;
    Diagnostics diagnostics;
};

class AttributeCollector {
public:
    explicit AttributeCollector(OGRFeatureDefnH definition);

    void add(OGRFeatureH feature);
    [[nodiscard]] std::size_t row_count() const { return rows_; }
    [[nodiscard]] std::size_t field_count() const { return columns_.size(); }
    /// Of all rows and fields.
    [[nodiscard]] std::size_t value_count() const { return values_; }
    /// Whether the feature has any value at all.
    [[nodiscard]] bool any_value(OGRFeatureH feature) const;

    /// Diagnostics are one a column, placed at `where`.
    [[nodiscard]] Attributes finish(const Place& where, const EncodingClaims& claims = {}) &&;

private:
    struct Pending {
        int index = 0;
        OGRFieldType from = OFTString;
        ColumnType type = ColumnType::text;
        std::string header;  ///< as GDAL gives it: raw bytes where a Shapefile's are not recoded
        std::vector<int64_t> integers;
        std::vector<double> reals;
        std::vector<std::string> texts;  ///< raw, too
        std::vector<uint8_t> present;
    };
    void add_value(Pending& column, OGRFeatureH feature);
    static void add_time(Pending& column, OGRFeatureH feature);
    static Column to_column(Pending& column, std::string name);

    std::vector<Pending> columns_;
    std::size_t rows_ = 0, values_ = 0;
};

/// Types for columns that came as text from GDAL's CSV reader (a zipped file, one with a geometry column or a .csvt),
/// as sheets get them (data/sheet/type_column.h).
[[nodiscard]] std::vector<Column> infer_types(std::vector<Column> columns, const Place& where,
                                              Diagnostics& diagnostics);

/// What a layer's file says about the encoding of its text: a Shapefile's .cpg, or the code in its table. Text comes
/// raw from such a layer, whatever they say. Empty: nothing.
[[nodiscard]] std::string declared_encoding(OGRLayerH layer);

/// The rows of a column, in the given order.
[[nodiscard]] Column select_rows(const Column& column, const std::vector<uint32_t>& rows);

}  // namespace diaban
