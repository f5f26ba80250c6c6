#include "data/gdal/open_file.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <system_error>

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/connection.h"

namespace diaban {

/// A folder in GDAL's memory that goes with its last user: after the dataset is closed.
class MemoryFolder {
public:
    MemoryFolder() {
        static std::atomic<unsigned> next{0};
        path_ = fmt::format("/vsimem/diaban_{}", next++);
        VSIMkdir(path_.c_str(), 0700);
    }
    ~MemoryFolder() { VSIRmdirRecursive(path_.c_str()); }
    MemoryFolder(const MemoryFolder&) = delete;
    MemoryFolder& operator=(const MemoryFolder&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

namespace {

namespace fs = std::filesystem;

}  // namespace

std::string lower_extension(const fs::path& path) {
    std::string extension = to_utf8(path.extension());
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return extension;
}

std::string first_bytes(const std::string& path, std::size_t count) {
    VSILFILE* file = VSIFOpenL(path.c_str(), "rb");
    if (!file) return {};
    std::string bytes(count, '\0');
    bytes.resize(VSIFReadL(bytes.data(), 1, count, file));
    VSIFCloseL(file);
    return bytes;
}

tl::unexpected<Error> no_known_format(const Place& where) {
    return fail(ErrorKind::bad_input, tr("the file is in no format that Diaban can read"), where,
                tr("Open a GeoPackage, GeoJSON, Shapefile, KML, CSV or XLSX file."));
}

namespace {

std::string nearest_file(const fs::path& path) {
    std::error_code problem;
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    std::vector<std::string> names;
    for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem))
        names.push_back(to_utf8(it->path().filename()));
    std::sort(names.begin(), names.end());
    return nearest_word(to_utf8(path.filename()), names);
}

}  // namespace

Expected<void> check_path(const fs::path& path) {
    if (is_connection(to_utf8(path))) return {};
    const Place where{.file = to_utf8(path), .layer = {}, .field = {}, .row = {}};
    std::error_code problem;
    const auto status = fs::status(path, problem);
    if (status.type() == fs::file_type::not_found && fs::is_symlink(fs::symlink_status(path, problem)))
        return fail(ErrorKind::bad_input, tr("this is a link to a file that is not there"), where,
                    tr("Put the file back where it was, or name the file itself."));
    if (status.type() == fs::file_type::not_found) {
        const std::string nearest = nearest_file(path);
        return fail(ErrorKind::bad_input, tr("there is no such file"), where,
                    nearest.empty() ? std::string(tr("Check the path and its spelling."))
                                    : fmt::format(fmt::runtime(tr("Did you mean “{}”?")), nearest));
    }
    // GDAL opens Esri's geodatabases as the folders they are.
    if (fs::is_directory(status) && lower_extension(path) != ".gdb")
        return fail(ErrorKind::bad_input, tr("this is a folder, not a file"), where,
                    tr("Name the file in it that is to be opened."));
    // Opening a pipe would wait for somebody to write into it.
    if (!problem && !fs::is_directory(status) && !fs::is_regular_file(status))
        return fail(ErrorKind::bad_input, tr("this is no ordinary file but a device or a pipe"), where,
                    tr("Copy its content to a file first."));
    if (problem || ::access(path.c_str(), R_OK) != 0)
        return fail(ErrorKind::bad_input,
                    fmt::format(fmt::runtime(tr("the file cannot be read ({})")),
                                problem ? problem.message() : std::generic_category().message(errno)),
                    where, tr("Ask for the right to read it, or copy it to a folder of your own."));
    if (fs::is_regular_file(status) && fs::file_size(path, problem) == 0 && !problem)
        return fail(ErrorKind::bad_input, tr("the file is empty: it has 0 bytes"), where,
                    tr("Get the file again; it was probably not copied to the end."));
    return {};
}

namespace {

gdal::Dataset open_vector(const std::string& name, const std::string& extension) {
    // Tables that people make have a first row of names, also where all of it is text or years; and their codes must
    // not become numbers, so that CSV columns are typed by us (infer_types).
    const char* csv_options[] = {"HEADERS=YES", "AUTODETECT_TYPE=NO", nullptr};
    const bool csv = extension == ".csv" || extension == ".tsv" || extension == ".psv";
    return gdal::Dataset(
        GDALOpenEx(name.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, nullptr, csv ? csv_options : nullptr, nullptr));
}

fs::path sibling(const fs::path& path, const char* extension) {
    std::string upper = extension;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    fs::path lower_case = path, upper_case = path;
    lower_case.replace_extension(extension);
    upper_case.replace_extension(upper);
    std::error_code problem;
    return fs::exists(lower_case, problem) || !fs::exists(upper_case, problem) ? lower_case : upper_case;
}

Diagnostic missing_companion(const fs::path& path, const char* message) {
    return {DiagnosticKind::other,
            Severity::warning,
            {.file = to_utf8(path.filename()), .layer = {}, .field = {}, .row = {}},
            1,
            message};
}

/// GDAL can make a Shapefile's index anew, but would write it beside the user's file: so it works on a copy.
gdal::Dataset open_shapefile_without_index(const fs::path& path, std::shared_ptr<MemoryFolder>& folder) {
    folder = std::make_shared<MemoryFolder>();
    for (const char* extension : {".shp", ".dbf", ".prj", ".cpg"}) {
        std::error_code problem;
        const fs::path part = sibling(path, extension);
        if (!fs::exists(part, problem)) continue;
        CPLCopyFile((folder->path() + "/copy" + extension).c_str(), part.c_str());
    }
    const gdal::ThreadOption restore("SHAPE_RESTORE_SHX", "YES");
    return open_vector(folder->path() + "/copy.shp", ".shp");
}

tl::unexpected<Error> cannot_open(const std::string& name, const std::string& extension,
                                  const gdal::Messages& messages) {
    const Place where{.file = name, .layer = {}, .field = {}, .row = {}};
    const std::string reason = messages.first_failure();
    const auto with_reason = [&](const char* what) {
        return reason.empty() ? std::string(what) : fmt::format("{} ({})", what, reason);
    };
    if (GDALIdentifyDriverEx(name.c_str(), GDAL_OF_VECTOR, nullptr, nullptr))
        return fail(ErrorKind::bad_input, with_reason(tr("the file is damaged or incomplete")), where,
                    tr("Get the file again, or export it anew from the program that made it."));
    static const std::vector<std::string> known{".gpkg", ".geojson", ".json", ".shp", ".xlsx",
                                                ".kml",  ".gml",     ".fgb",  ".ods", ".gdb"};
    if (std::find(known.begin(), known.end(), extension) != known.end())
        return fail(ErrorKind::bad_input, with_reason(tr("the file is damaged, or is not what its name says it is")),
                    where, tr("Get the file again, or export it anew from the program that made it."));
    return no_known_format(where);
}

}  // namespace

Expected<OpenFile> open_file(const fs::path& path, const gdal::Messages& messages) {
    gdal::set_up();
    const std::string name = to_utf8(path);
    const std::string extension = lower_extension(path);
    if (const auto fine = check_path(path); !fine) return tl::make_unexpected(fine.error());
    OpenFile file;
    file.path = path;
    // Shapefiles give their text as the bytes it is: what their .cpg says about it is often missing or wrong.
    file.options.push_back(std::make_unique<gdal::ThreadOption>("SHAPE_ENCODING", ""));
    std::error_code problem;
    if (extension == ".shp" && !fs::exists(sibling(path, ".shx"), problem)) {
        file.handle = open_shapefile_without_index(path, file.memory);
        file.diagnostics.push_back(
            missing_companion(path, tr("its index (.shx) is missing and was made anew for reading")));
    } else {
        // A spreadsheet is read when its layers are first asked for, so this holds for as long as the file is open.
        file.options.push_back(std::make_unique<gdal::ThreadOption>("OGR_XLSX_HEADERS", "FORCE"));
        file.options.push_back(std::make_unique<gdal::ThreadOption>("OGR_ODS_HEADERS", "FORCE"));
        // Absolute: a folder called "vsi…" would be taken for another of GDAL's file systems.
        const bool zip = extension == ".zip" && !is_connection(name);
        file.handle = open_vector(zip ? "/vsizip/" + to_utf8(fs::absolute(path, problem)) : name, extension);
    }
    if (!file.handle) return cannot_open(name, extension, messages);
    if (extension == ".shp" && !fs::exists(sibling(path, ".dbf"), problem))
        file.diagnostics.push_back(
            missing_companion(path, tr("its table (.dbf) is missing: the shapes have no names or other values")));
    file.driver = GDALGetDriverShortName(GDALGetDatasetDriver(file.handle.get()));
    return file;
}

std::string modified_on(const fs::path& path) {
    std::error_code problem;
    const auto written = fs::last_write_time(path, problem);
    if (problem) return {};
    const auto day = std::chrono::floor<std::chrono::days>(std::chrono::file_clock::to_sys(written));
    const std::chrono::year_month_day date(day);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

}  // namespace diaban
