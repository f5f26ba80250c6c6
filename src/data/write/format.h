// What each format that Diaban writes can hold, as a table.
#pragma once

#include <cstddef>
#include <filesystem>
#include <limits>
#include <span>
#include <string_view>

#include "base/error.h"

namespace diaban {

enum class OutFormat { geopackage, geojson, flatgeobuf, shapefile, csv, xlsx };

enum class OutShapes {
    any,         ///< a geometry column
    text,        ///< points as two columns, all else as well-known text
    points_only  ///< points as two columns, nothing else
};

struct FormatRules {
    static constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

    OutFormat format = OutFormat::geopackage;
    std::string_view extension;
    std::string_view name;    ///< for people
    const char* driver = "";  ///< GDAL's; empty where Diaban writes it
    OutShapes shapes = OutShapes::any;
    bool many_layers = false;
    bool any_crs = true;         ///< else coordinates are degrees of WGS 84
    bool typed = true;           ///< a column keeps its type without a value to tell it from
    bool boolean = true;         ///< else 0 and 1, or in a CSV text
    bool date = true;            ///< else a date and time, or text where there is none
    bool date_time = true;       ///< else text
    bool shapeless_rows = true;  ///< else rows without a shape are left out, and a table makes no file
    bool empty_text = true;      ///< else it becomes "no value"
    bool empty_rows = true;      ///< else rows without any value are passed over by readers
    bool infinities = true;      ///< else they become "no value"
    bool names_differ_in_case = true;
    int integer_digits = 19;  ///< longer ones make the column text
    std::size_t name_bytes = no_limit;
    std::size_t text_bytes = no_limit;
    std::size_t layer_name_letters = no_limit;
    std::size_t rows = no_limit;
    std::size_t columns = no_limit;
};

/// One entry an extension.
[[nodiscard]] std::span<const FormatRules> all_formats();

/// By extension, whatever its case; wrong_usage with the list of those there are.
[[nodiscard]] Expected<FormatRules> format_of(const std::filesystem::path& path);

}  // namespace diaban
