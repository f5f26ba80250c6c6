#include "data/read/read_sheet.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/connection.h"
#include "data/did_you_mean.h"
#include "data/gdal/open_file.h"
#include "data/places/place_points.h"
#include "data/places/settle_crs.h"
#include "data/read/read_layer.h"
#include "data/sheet/interpret.h"

namespace diaban {

namespace {

/// Whether one of the names in the first line is that of GDAL's geometry columns.
bool has_wkt_column(const std::filesystem::path& path) {
    const std::string start = first_bytes(to_utf8(path), 4096);
    const std::string line = lower_case(start.substr(0, start.find_first_of("\r\n")));
    for (std::size_t from = 0; from < line.size();) {
        const std::size_t end = std::min(line.find_first_of(",;|\t", from), line.size());
        std::string name = trim(line.substr(from, end - from));
        std::erase(name, '"');
        if (name == "wkt" || name.starts_with("_wkt")) return true;
        from = end + 1;
    }
    return false;
}

/// check_codes() counts the rows of the table; whoever mends a file looks for its own.
void to_file_rows(Diagnostics& diagnostics, std::size_t from, const std::vector<int64_t>& file_rows) {
    for (std::size_t i = from; i < diagnostics.size(); ++i) {
        auto& row = diagnostics[i].where.row;
        if (row && *row >= 1 && *row <= static_cast<int64_t>(file_rows.size()))
            row = file_rows[static_cast<std::size_t>(*row - 1)];
    }
}

Dataset dataset_of(const Sheet& sheet, const std::filesystem::path& path, const ReadOptions& options, const Crs& named,
                   bool by_file) {
    const std::string file_name = to_nfc(to_utf8(path.stem()));
    const Place where{
        .file = to_utf8(path.filename()), .layer = by_file ? "" : to_nfc(sheet.name), .field = {}, .row = {}};
    Interpreted interpreted = interpret(sheet, options.import, where);
    Dataset dataset;
    dataset.name = by_file ? file_name : to_nfc(sheet.name);
    dataset.from = {path, sheet.name.empty() ? file_name : to_nfc(sheet.name), sheet.format, modified_on(path)};
    dataset.diagnostics = std::move(interpreted.diagnostics);
    dataset.import = std::make_shared<const ImportReport>(std::move(interpreted.report));
    dataset.table = std::move(interpreted.table);
    place_points(dataset, options.import, options.near, where);
    if (dataset.has_geometry()) settle_crs(dataset, named, {options.import.swap_axes, options.near}, where);
    const std::size_t before = dataset.diagnostics.size();
    if (options.check_geometry) check_geometry(dataset, where, options.import.repair);
    check_codes(dataset, where);
    to_file_rows(dataset.diagnostics, before, interpreted.file_rows);
    return dataset;
}

}  // namespace

bool reads_as_sheet(const std::filesystem::path& path) {
    if (!is_sheet_file(path)) return false;
    const std::string extension = lower_extension(path);
    const bool text = extension != ".xlsx" && extension != ".xlsm" && extension != ".xls" && extension != ".ods";
    if (!text) return !is_connection(to_utf8(path));
    std::filesystem::path types = path;
    types.replace_extension(".csvt");
    std::error_code problem;
    return !std::filesystem::exists(types, problem) && !has_wkt_column(path);
}

tl::unexpected<Error> no_such_layer(const std::string& path, const std::string& asked,
                                    const std::vector<std::string>& names) {
    return fail(ErrorKind::bad_input, fmt::format(fmt::runtime(tr("the file has no layer “{}”")), asked),
                {.file = path, .layer = {}, .field = {}, .row = {}}, did_you_mean(asked, names));
}

Expected<std::vector<Dataset>> read_sheet_file(const std::filesystem::path& path, const ReadOptions& options,
                                               Progress& progress) {
    Crs named;
    if (!options.crs.empty()) {
        auto crs = Crs::from_text(options.crs);
        if (!crs) return tl::make_unexpected(crs.error());
        named = std::move(*crs);
    }
    auto sheets = read_sheets(path, options.import, progress);
    if (!sheets) return tl::make_unexpected(sheets.error());
    const bool by_file = sheets->size() == 1;
    const std::string file_name = to_nfc(to_utf8(path.stem()));
    std::vector<std::string> names;
    for (const Sheet& sheet : *sheets)
        names.push_back(sheet.name.empty() ? file_name : to_nfc(sheet.name));
    if (!options.layer.empty() && std::ranges::find(names, options.layer) == names.end())
        return no_such_layer(to_utf8(path), options.layer, names);
    std::vector<Dataset> datasets;
    for (std::size_t i = 0; i < sheets->size(); ++i) {
        if (progress.cancelled()) return tl::make_unexpected(cancelled_error());
        progress.set(0.5 + 0.5 * static_cast<double>(i) / static_cast<double>(sheets->size()));
        if (options.layer.empty() || names[i] == options.layer)
            datasets.push_back(dataset_of((*sheets)[i], path, options, named, by_file));
        (*sheets)[i] = {};  // the memory of large ones
    }
    progress.set(1);
    return datasets;
}

}  // namespace diaban
