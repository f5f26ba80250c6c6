#include "data/write/format.h"

#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"

namespace diaban {

namespace {

constexpr FormatRules geojson(std::string_view extension) {
    return {.format = OutFormat::geojson,
            .extension = extension,
            .name = "GeoJSON",
            .driver = "GeoJSON",
            .any_crs = false,
            .typed = false,
            .infinities = false};
}

constexpr std::array formats{
    FormatRules{.format = OutFormat::geopackage,
                .extension = ".gpkg",
                .name = "GeoPackage",
                .driver = "GPKG",
                .many_layers = true,
                .names_differ_in_case = false},
    geojson(".geojson"),
    geojson(".json"),
    FormatRules{.format = OutFormat::flatgeobuf,
                .extension = ".fgb",
                .name = "FlatGeobuf",
                .driver = "FlatGeobuf",
                .date = false,
                .shapeless_rows = false},
    // dBase III: 10 bytes a name, 254 a text, 255 columns; GDAL takes whole numbers of up to 18 characters, sign
    // included.
    FormatRules{.format = OutFormat::shapefile,
                .extension = ".shp",
                .name = "Shapefile",
                .driver = "ESRI Shapefile",
                .boolean = false,
                .date_time = false,
                .empty_text = false,
                .infinities = false,
                .names_differ_in_case = false,
                .integer_digits = 17,
                .name_bytes = 10,
                .text_bytes = 254,
                .columns = 255},
    FormatRules{.format = OutFormat::csv,
                .extension = ".csv",
                .name = "CSV",
                .shapes = OutShapes::text,
                .any_crs = false,
                .typed = false,
                .boolean = false,
                .date = false,
                .date_time = false,
                .empty_text = false,
                .empty_rows = false,
                .infinities = false},
    // Excel's limits; its numbers are doubles of which it shows and keeps 15 digits.
    FormatRules{.format = OutFormat::xlsx,
                .extension = ".xlsx",
                .name = "XLSX",
                .driver = "XLSX",
                .shapes = OutShapes::points_only,
                .many_layers = true,
                .any_crs = false,
                .typed = false,
                .empty_text = false,
                .empty_rows = false,
                .infinities = false,
                .integer_digits = 15,
                .text_bytes = 32767,
                .layer_name_letters = 31,
                .rows = 1048575,
                .columns = 16384},
};

}  // namespace

std::span<const FormatRules> all_formats() {
    return formats;
}

Expected<FormatRules> format_of(const std::filesystem::path& path) {
    const std::string extension = fold(to_utf8(path.extension()));
    const auto found = std::find_if(formats.begin(), formats.end(),
                                    [&](const FormatRules& rules) { return rules.extension == extension; });
    if (found != formats.end()) return *found;
    std::string known;
    for (const FormatRules& rules : formats)
        known.append(known.empty() ? "" : ", ").append(rules.extension);
    return fail(ErrorKind::wrong_usage,
                extension.empty() ? std::string(tr("the file to write has no extension that tells its format"))
                                  : fmt::format(fmt::runtime(tr("Diaban does not write {} files")), extension),
                {.file = to_utf8(path)}, fmt::format(fmt::runtime(tr("Name a file that ends in one of {}.")), known));
}

}  // namespace diaban
