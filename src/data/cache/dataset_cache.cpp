#include "data/cache/dataset_cache.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "base/content_hash.h"
#include "base/file.h"
#include "data/cache/dataset_bytes.h"
#include "data/gdal/open_file.h"

namespace diaban {
namespace {

namespace fs = std::filesystem;

/// Smaller files are read sooner than looked up.
constexpr uintmax_t worth_keeping = uintmax_t{4} << 20U;

/// The file and those beside it that share its stem, by name.
std::vector<fs::path> files_of(const fs::path& path) {
    std::vector<fs::path> files;
    const std::string stem = path.stem().string();
    std::error_code problem;
    for (const auto& file : fs::directory_iterator(path.parent_path().empty() ? "." : path.parent_path(), problem)) {
        if (file.path().stem().string() == stem && file.is_regular_file(problem)) files.push_back(file.path());
    }
    std::ranges::sort(files);
    return files;
}

constexpr std::size_t most_datasets = 16;
/// Behind the name of a dataset that was kept before its geometry was checked.
constexpr std::string_view unchecked_suffix = ".unchecked";

DatasetPtr find_one(const CacheFolder& cache, const std::string& content, const fs::path& path) {
    for (const std::string_view suffix : {std::string_view(), unchecked_suffix}) {
        const CacheEntryPtr entry = cache.find(content + std::string(suffix));
        auto dataset = entry ? dataset_of(entry->bytes(), entry) : std::nullopt;
        if (!dataset) continue;
        dataset->from.path = path;
        dataset->from.modified = modified_on(path);
        dataset->content = content;
        dataset->unchecked = !suffix.empty();
        return std::make_shared<const Dataset>(std::move(*dataset));
    }
    return nullptr;
}

}  // namespace

std::string content_name(const std::string& name, std::size_t index, std::size_t count) {
    return fmt::format("{}.{}.{}", name, index, count);
}

bool may_be_in_cache(const CacheFolder& cache, const fs::path& path) {
    std::error_code problem;
    const uintmax_t size = fs::file_size(path, problem);
    return !problem && cache.has_any(fmt::format("data-{}-", size));
}

std::optional<std::string> cache_name(const fs::path& path, const ReadOptions& options) {
    std::error_code problem;
    const uintmax_t size = fs::file_size(path, problem);
    if (problem || size < worth_keeping || !(options.import == ImportOptions())) return std::nullopt;
    // Formats that say what they hold; a table of text is looked at anew.
    static constexpr std::array<std::string_view, 7> kept{".gpkg", ".fgb", ".geojson", ".json", ".shp", ".gml", ".kml"};
    std::string extension = path.extension().string();
    std::ranges::transform(extension, extension.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (std::ranges::find(kept, extension) == kept.end()) return std::nullopt;
    std::string all = fmt::format("{}\n{}\n{}\n{}\n", extension, options.layer, options.crs, options.check_geometry);
    for (const fs::path& file : files_of(path)) {
        // Other files of that stem (a picture, a log) would only make the same data look different.
        const std::string end = file.extension().string();
        const bool beside =
            end == extension || end.ends_with("-wal") || end.ends_with("-journal") || extension == ".shp";
        if (!beside && file != path) continue;
        const auto hash = hash_of_file(file);
        if (!hash) return std::nullopt;
        all += fmt::format("{} {}\n", end, hash->text());
    }
    // The name counts where it becomes the dataset's.
    all += to_utf8(path.filename());
    return fmt::format("data-{}-{}", size, hash_of(std::string_view(all)).text());
}

std::optional<std::vector<DatasetPtr>> find_in_cache(const CacheFolder& cache, const std::string& name,
                                                     const fs::path& path) {
    for (std::size_t count = 1; count <= most_datasets; ++count) {
        std::vector<DatasetPtr> datasets;
        for (std::size_t i = 0; i < count; ++i) {
            DatasetPtr dataset = find_one(cache, content_name(name, i, count), path);
            if (!dataset) break;
            datasets.push_back(std::move(dataset));
        }
        if (datasets.size() == count) return datasets;
    }
    return std::nullopt;
}

void keep_in_cache(const CacheFolder& cache, const Dataset& dataset) {
    if (dataset.content.empty() || cache.has(dataset.content)) return;
    const std::string unchecked = dataset.content + std::string(unchecked_suffix);
    if (dataset.unchecked && cache.has(unchecked)) return;
    const auto bytes = bytes_of(dataset);
    if (!bytes) return;
    cache.keep(dataset.unchecked ? unchecked : dataset.content, bytes->parts());
    if (!dataset.unchecked) cache.forget(unchecked);
}

}  // namespace diaban
