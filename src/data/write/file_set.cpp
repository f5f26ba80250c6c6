#include "data/write/file_set.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <unistd.h>

#include <fmt/format.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"

namespace diaban {

namespace {

namespace fs = std::filesystem;

/// Indexes and metadata of other programs included: beside new shapes they would be wrong.
constexpr std::array<std::string_view, 15> companions{".shp", ".shx", ".dbf", ".prj", ".cpg", ".cst", ".qix", ".qpj",
                                                      ".sbn", ".sbx", ".fbn", ".fbx", ".ain", ".aih", ".idm"};

bool is_companion(const fs::path& path) {
    return std::find(companions.begin(), companions.end(), fold(to_utf8(path.extension()))) != companions.end();
}

/// A folder that goes with all it holds.
class WorkFolder {
public:
    explicit WorkFolder(fs::path path) : path_(std::move(path)) {}
    WorkFolder(const WorkFolder&) = delete;
    WorkFolder& operator=(const WorkFolder&) = delete;
    ~WorkFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

tl::unexpected<Error> cannot_write(const fs::path& path, const std::error_code& problem) {
    return fail(ErrorKind::bad_input,
                fmt::format(fmt::runtime(tr("the file cannot be written ({})")), problem.message()),
                {.file = to_utf8(path)}, tr("Choose another folder, or make room on the disk."));
}

/// Renames that can be taken back.
class Moves {
public:
    bool move(const fs::path& from, const fs::path& to, std::error_code& problem) {
        fs::rename(from, to, problem);
        if (problem) return false;
        done_.emplace_back(from, to);
        return true;
    }
    void take_back() {
        std::error_code ignored;
        for (auto it = done_.rbegin(); it != done_.rend(); ++it)
            fs::rename(it->second, it->first, ignored);
    }

private:
    std::vector<std::pair<fs::path, fs::path>> done_;
};

std::vector<fs::path> files_of_set(const fs::path& folder, const fs::path& stem, std::error_code& problem) {
    std::vector<fs::path> files;
    for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem))
        if (it->path().stem() == stem && is_companion(it->path())) files.push_back(it->path());
    // The .shp last: until it is there, there is no Shapefile to be misread.
    std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) {
        return std::pair(a.extension() == ".shp", a) < std::pair(b.extension() == ".shp", b);
    });
    return files;
}

}  // namespace

Expected<void> write_file_set(const fs::path& path,
                              const std::function<Expected<void>(const fs::path& temporary)>& write) {
    std::error_code problem;
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    if (!fs::is_directory(folder, problem))
        return fail(ErrorKind::bad_input, tr("there is no such folder to write into"), {.file = to_utf8(folder)},
                    tr("Make the folder first, or choose another."));
    if (fs::is_directory(path, problem))
        return fail(ErrorKind::bad_input, tr("this is a folder, not a file"), {.file = to_utf8(path)},
                    tr("Name a file in it."));
    const WorkFolder work(folder / fmt::format(".{}-{}", to_utf8(path.stem()), getpid()));
    const fs::path made = work.path() / "new", replaced = work.path() / "old";
    if (!fs::create_directories(made, problem) || !fs::create_directory(replaced, problem))
        return cannot_write(path, problem);
    if (auto written = write(made / path.filename()); !written) return written;

    Moves moves;
    auto old_files = files_of_set(folder, path.stem(), problem);
    std::reverse(old_files.begin(), old_files.end());
    for (const fs::path& file : old_files)
        if (!problem) moves.move(file, replaced / file.filename(), problem);
    if (!problem)
        for (const fs::path& file : files_of_set(made, path.stem(), problem))
            if (!problem) moves.move(file, folder / file.filename(), problem);
    if (problem) {
        moves.take_back();
        return cannot_write(path, problem);
    }
    return {};
}

bool belong_together(const fs::path& a, const fs::path& b) {
    std::error_code problem;
    if (fs::equivalent(a, b, problem) && !problem) return true;
    const auto whole = [&](const fs::path& path) {
        const fs::path canonical = fs::weakly_canonical(path, problem);
        return problem ? path.lexically_normal() : canonical;
    };
    fs::path first = whole(a), second = whole(b);
    if (first == second) return true;
    return is_companion(first) && is_companion(second) && first.replace_extension() == second.replace_extension();
}

}  // namespace diaban
