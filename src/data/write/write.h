// The one door through which datasets go out: a file in any of six formats, told by the extension.
//
//     auto notes = write_datasets("out.gpkg", datasets, {}, progress);   // what the format could not hold
//
// | extension      | layers | coordinate system | what it cannot hold (each loss is a diagnostic)                     |
// |----------------|--------|-------------------|---------------------------------------------------------------------|
// | .gpkg          | many   | any               | column names that differ in case alone                              |
// | .geojson .json | one    | WGS 84 (RFC 7946) | infinities; types of columns without values; ring direction         |
// | .fgb           | one    | any               | rows without a shape; dates (they become date and time)             |
// | .shp           | one    | any known to ESRI | names over 10 bytes, yes/no, times, empty text, text over 254 bytes |
// | .csv           | one    | WGS 84            | types (told from the content when read), empty text, infinities     |
// | .xlsx          | many   | WGS 84            | shapes other than points, empty text, infinities, over 15 digits    |
//
// Everything else is the same when it is read again: types, nulls, text, CRS and coordinates to the last bit, except
// that a reprojected coordinate is rounded to 1e-9° (0.1 mm), a degree in GeoJSON to 1e-15° and a workbook's number to
// 16 digits (a time of day in it to a millisecond). A CSV and a workbook hold single points as two columns of degrees
// (of plain x and y where the CRS is unknown), a CSV everything else as well-known text.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/progress.h"
#include "data/dataset.h"

namespace diaban {

struct WriteOptions {
    bool byte_order_mark = false;  ///< of a CSV: Excel takes it for UTF-8 only with one
};

/// Writes beside the target and renames over it, also where there are several files (a Shapefile): on an error, or when
/// cancelled, the target is as it was and nothing is left behind. What was there before is replaced as a whole.
///
/// Errors: wrong_usage for an extension that is not known, several datasets in a format of one layer, none at all, a
/// Shapefile without shapes; bad_input where the disk refuses.
[[nodiscard]] Expected<Diagnostics> write_datasets(const std::filesystem::path& path,
                                                   std::span<const DatasetPtr> datasets, const WriteOptions& options,
                                                   Progress& progress);

/// What can be said before long work begins: wrong_usage where the extension is not known, or where the output is one
/// of the files that are read (a Shapefile's companions included).
[[nodiscard]] Expected<void> check_output(const std::filesystem::path& path,
                                          std::span<const std::filesystem::path> inputs);

/// ".gpkg", ".geojson", …: for help and for file dialogs.
[[nodiscard]] std::vector<std::string> written_extensions();

}  // namespace diaban
