// From cells to coordinates: for this folder's own .cpp files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/import_options.h"
#include "data/table.h"
#include "geo/angle.h"

namespace diaban {

/// Two columns of numbers, a row for each of the table's.
struct AxisValues {
    std::vector<std::optional<double>> values;
    int latitudes = 0;   ///< cells whose letter says latitude
    int longitudes = 0;  ///< and longitude
    int marked = 0;      ///< cells with degree marks or letters
    int decimals3 = 0;   ///< numbers with at least three decimals
};

/// How the cells of some columns are written, told from all of them together: both axes are written alike.
struct Writing {
    bool angles = true;  ///< degrees, perhaps with minutes and seconds; else numbers, perhaps with grouped thousands
    AngleLetters letters = AngleLetters::automatic;
    NumberConvention convention = NumberConvention::automatic;
};
/// A convention that is given is kept.
[[nodiscard]] Writing writing_of(const std::vector<const Column*>& columns, NumberConvention given);

[[nodiscard]] AxisValues axis_values(const Column& column, const Writing& writing);

/// A number whose thousands may be grouped. "452.345" is 452.345 unless the convention says that the comma is decimal.
[[nodiscard]] std::optional<double> written_number(std::string_view text, NumberConvention convention);

/// The convention that any of the cells proves: 2.379.123 or 1.234,5 the comma, 2,379,123 or 1,234.5 the point.
[[nodiscard]] NumberConvention convention_of(const std::vector<const Column*>& columns);

[[nodiscard]] bool has_three_decimals(double value);
/// "POINT(…)", "SRID=4326;POLYGON((…))".
[[nodiscard]] bool looks_like_wkt(std::string_view text);

}  // namespace diaban
