#include "data/read/read_attributes.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/text.h"
#include "data/unique_names.h"

namespace diaban {

namespace {

ColumnType column_type(OGRFieldDefnH field) {
    switch (OGR_Fld_GetType(field)) {
        case OFTInteger:
            return OGR_Fld_GetSubType(field) == OFSTBoolean ? ColumnType::boolean : ColumnType::integer;
        case OFTInteger64:
            return ColumnType::integer;
        case OFTReal:
            return ColumnType::real;
        case OFTDate:
            return ColumnType::date;
        case OFTDateTime:
            return ColumnType::date_time;
        default:
            return ColumnType::text;
    }
}

}  // namespace

AttributeCollector::AttributeCollector(OGRFeatureDefnH definition) {
    const int count = OGR_FD_GetFieldCount(definition);
    for (int i = 0; i < count; ++i) {
        const OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, i);
        Pending column;
        column.index = i;
        column.from = OGR_Fld_GetType(field);
        column.type = column_type(field);
        column.header = OGR_Fld_GetNameRef(field);
        columns_.push_back(std::move(column));
    }
}

bool AttributeCollector::any_value(OGRFeatureH feature) const {
    return std::any_of(columns_.begin(), columns_.end(),
                       [&](const Pending& column) { return OGR_F_IsFieldSetAndNotNull(feature, column.index); });
}

void AttributeCollector::add(OGRFeatureH feature) {
    for (Pending& column : columns_)
        add_value(column, feature);
    ++rows_;
}

void AttributeCollector::add_value(Pending& column, OGRFeatureH feature) {
    const bool present = OGR_F_IsFieldSetAndNotNull(feature, column.index) != 0;
    column.present.push_back(present ? 1 : 0);
    values_ += present ? 1U : 0U;
    switch (column.type) {
        case ColumnType::boolean:
        case ColumnType::integer:
            column.integers.push_back(present ? OGR_F_GetFieldAsInteger64(feature, column.index) : 0);
            return;
        case ColumnType::real: {
            const double value = present ? OGR_F_GetFieldAsDouble(feature, column.index) : 0;
            if (std::isnan(value)) column.present.back() = 0;
            column.reals.push_back(std::isnan(value) ? 0 : value);
            return;
        }
        case ColumnType::text:
            column.texts.emplace_back(present ? OGR_F_GetFieldAsString(feature, column.index) : "");
            return;
        case ColumnType::date:
        case ColumnType::date_time:
            if (present)
                add_time(column, feature);
            else
                column.integers.push_back(0);
            return;
    }
}

void AttributeCollector::add_time(Pending& column, OGRFeatureH feature) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
    float second = 0;
    OGR_F_GetFieldAsDateTimeEx(feature, column.index, &year, &month, &day, &hour, &minute, &second, &zone);
    const std::chrono::year_month_day date(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day)));
    if (!date.ok()) {
        column.present.back() = 0;
        column.integers.push_back(0);
        return;
    }
    const std::chrono::sys_days days(date);
    if (column.type == ColumnType::date) {
        column.integers.push_back(days.time_since_epoch().count());
        return;
    }
    // GDAL's zones: 100 is UTC, one step a quarter of an hour; 0 and 1 are "unknown" and "local", taken as UTC.
    const auto offset = std::chrono::minutes(zone > 1 ? (zone - 100) * 15 : 0);
    const auto at = std::chrono::sys_time<std::chrono::milliseconds>(days) + std::chrono::hours(hour) +
                    std::chrono::minutes(minute) - offset +
                    std::chrono::milliseconds(std::lround(static_cast<double>(second) * 1000));
    column.integers.push_back(at.time_since_epoch().count());
}

Column AttributeCollector::to_column(Pending& column, std::string name) {
    Column::Values values;
    if (column.type == ColumnType::real)
        values = std::move(column.reals);
    else if (column.type == ColumnType::text)
        values = std::move(column.texts);
    else
        values = std::move(column.integers);
    return {std::move(name), column.type, std::move(values), std::move(column.present)};
}

Attributes AttributeCollector::finish(const Place& where, const EncodingClaims& claims) && {
    std::vector<EncodingGuess> guesses;
    std::vector<std::string> headers;
    for (Pending& column : columns_) {
        guesses.push_back(column.type == ColumnType::text ? told_encoding(column.texts, claims) : EncodingGuess());
        headers.push_back(column.header);
    }
    repair_headers(headers, guesses, claims);

    Attributes result;
    UniqueNames names;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        Pending& column = columns_[i];
        ColumnReport report;
        const std::string name = trim(headers[i]);
        report.name = names.take(name.empty() ? fmt::format("field_{}", column.index + 1) : name);
        report.header = headers[i];
        report.type = column.type;
        if (column.type == ColumnType::text) {
            Place place = where;
            place.field = report.name;
            RepairedText repaired = repair_column(column.texts, guesses[i], place, claims);
            report.encoding = std::move(repaired.encoding);
            report.samples = std::move(repaired.samples);
            result.questions.insert(result.questions.end(), repaired.questions.begin(), repaired.questions.end());
            result.diagnostics.insert(result.diagnostics.end(), repaired.diagnostics.begin(),
                                      repaired.diagnostics.end());
        }
        result.columns.push_back(to_column(column, report.name));
        result.reports.push_back(std::move(report));
    }
    return result;
}

std::string declared_encoding(OGRLayerH layer) {
    for (const char* key : {"ENCODING_FROM_CPG", "CPG_VALUE", "ENCODING_FROM_LDID"})
        if (const char* value = GDALGetMetadataItem(layer, key, "SHAPEFILE"); value && *value) return value;
    return {};
}

Column select_rows(const Column& column, const std::vector<uint32_t>& rows) {
    std::vector<uint8_t> present;
    present.reserve(rows.size());
    for (const uint32_t row : rows)
        present.push_back(column.is_null(row) ? 0 : 1);
    Column::Values values = std::visit(
        [&](const auto& all) -> Column::Values {
            std::decay_t<decltype(all)> some;
            some.reserve(rows.size());
            for (const uint32_t row : rows)
                some.push_back(all[row]);
            return some;
        },
        column.values());
    return {column.name(), column.type(), std::move(values), std::move(present)};
}

}  // namespace diaban
