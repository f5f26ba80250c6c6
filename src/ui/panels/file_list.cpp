#include "ui/panels/file_list.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/write/format.h"

namespace diaban::ui {

namespace fs = std::filesystem;
using Purpose = FileDialogState::Purpose;

namespace {

std::string extension_of(const fs::path& path) {
    return fold(to_utf8(path.extension()));
}

bool is_data(const fs::path& path) {
    static const std::set<std::string> known = {".gpkg",    ".geojson", ".json", ".shp", ".kml",  ".kmz",
                                                ".gml",     ".tab",     ".mif",  ".csv", ".xlsx", ".xls",
                                                ".ods",     ".fgb",     ".gdb",  ".dxf", ".dgn",  ".gpx",
                                                ".parquet", ".sqlite",  ".db",   ".zip", ".vrt",  ".topojson"};
    static const std::set<std::string> rasters = {".tif", ".tiff", ".vrt", ".mbtiles", ".jp2", ".png",
                                                  ".jpg", ".jpeg", ".img", ".asc",     ".hgt", ".dem",
                                                  ".ecw", ".sid",  ".nc",  ".bil",     ".wms"};
    return known.contains(extension_of(path)) || rasters.contains(extension_of(path));
}

fs::path path_of(const std::string& utf8) {
    return fs::path(std::u8string(utf8.begin(), utf8.end()));
}

}  // namespace

bool offered(const fs::path& path, Purpose purpose) {
    const std::string extension = extension_of(path);
    switch (purpose) {
        case Purpose::none:
            return false;
        case Purpose::open:
        case Purpose::add:
        case Purpose::import:
            return is_data(path) || extension == ".toml";
        case Purpose::save_workspace:
            return extension == ".toml";
        case Purpose::save_picture:
            return extension == ".png";
        case Purpose::save_text:
            return extension == ".csv";
        case Purpose::save_trace:
            return extension == ".json";
        case Purpose::export_layer:
            return std::ranges::any_of(all_formats(),
                                       [&](const FormatRules& format) { return format.extension == extension; });
    }
    return false;
}

Expected<std::vector<FileDialogState::Entry>> list_folder(const fs::path& folder, std::string_view filter,
                                                          Purpose purpose, bool all_files) {
    std::error_code trouble;
    fs::directory_iterator it(folder, trouble);
    if (trouble) {
        const bool missing = trouble == std::errc::no_such_file_or_directory;
        return fail(ErrorKind::bad_input, missing ? tr("there is no such folder") : tr("this folder may not be read"),
                    {.file = to_utf8(folder), .layer = {}, .field = {}, .row = {}}, tr("Choose another folder."));
    }
    std::vector<FileDialogState::Entry> entries;
    for (const fs::directory_iterator end; it != end; it.increment(trouble)) {
        if (trouble) break;
        const fs::path& path = it->path();
        FileDialogState::Entry entry{.path = path, .name = to_utf8(path.filename()), .folder = false, .size = 0};
        if (entry.name.starts_with('.') || !contains_folded(entry.name, filter)) continue;
        std::error_code none;
        entry.folder = it->is_directory(none) && extension_of(path) != ".gdb";
        if (!entry.folder && !all_files && !offered(path, purpose)) continue;
        if (!entry.folder) {
            const auto size = it->file_size(none);
            entry.size = none ? 0 : size;
        }
        entries.push_back(std::move(entry));
    }
    std::ranges::sort(entries, [](const auto& a, const auto& b) {
        if (a.folder != b.folder) return a.folder;
        return compare_vietnamese(a.name, b.name) < 0;
    });
    return entries;
}

fs::path with_extension(const fs::path& name, Purpose purpose) {
    const char* wanted = purpose == Purpose::save_workspace ? ".toml"
                         : purpose == Purpose::save_picture ? ".png"
                         : purpose == Purpose::save_text    ? ".csv"
                         : purpose == Purpose::save_trace   ? ".json"
                                                            : "";
    const std::string file = trim(to_utf8(name.filename()));
    if (file.empty() || file == "." || file == "..") return {};
    if (*wanted == '\0' || fold(file).ends_with(wanted)) return name.parent_path() / path_of(file);
    return name.parent_path() / path_of(file + wanted);
}

fs::path home_folder() {
    const char* home = std::getenv("HOME");
    std::error_code none;
    if (home && *home && fs::is_directory(home, none)) return home;
    return fs::current_path(none);
}

std::string file_size_text(uint64_t bytes) {
    const auto value = static_cast<double>(bytes);
    if (bytes < 1000) return format_integer(static_cast<int64_t>(bytes)) + " B";
    if (bytes < 1'000'000) return format_number(value / 1e3, 0) + " kB";
    if (bytes < 1'000'000'000) return format_number(value / 1e6, 1) + " MB";
    return format_number(value / 1e9, 1) + " GB";
}

}  // namespace diaban::ui
