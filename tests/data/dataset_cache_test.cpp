#include "data/cache/dataset_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "data/files.h"
#include "data/write/write.h"

namespace diaban {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;
using ::testing::Not;

/// A file above the size from which readings are kept: two rings of many corners, and one that crosses itself.
fs::path large_file(const TemporaryFolder& folder, const std::string& name = "large.geojson") {
    std::vector<std::pair<std::string, std::string>> features;
    for (const double x : {105.0, 106.0}) {
        std::string ring;
        constexpr int corners = 80'000;
        for (int i = 0; i <= corners; ++i) {
            const double angle = 2 * std::numbers::pi * (i % corners) / corners;
            ring += (i ? ",[" : "[") + std::to_string(x + 0.3 * std::cos(angle)) + "0000," +
                    std::to_string(21 + 0.3 * std::sin(angle)) + "0000]";
        }
        features.emplace_back(R"("ten":"Xã )" + std::to_string(x) + R"(","n":)" + (x < 106 ? "1" : "null"),
                              R"({"type":"Polygon","coordinates":[[)" + ring + "]]}");
    }
    features.emplace_back(
        R"("ten":"bow tie","n":3)",
        R"({"type":"Polygon","coordinates":[[[107,21],[107.2,21.2],[107.2,21],[107,21.2],[107,21]]]})");
    const fs::path path = folder.path() / name;
    put(path, geojson(features));
    EXPECT_GT(fs::file_size(path), 4U << 20U);
    return path;
}

ReadOptions with(const CacheFolderPtr& cache) {
    ReadOptions options;
    options.cache = cache;
    return options;
}

void expect_same(const Dataset& a, const Dataset& b) {
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.from.path, b.from.path);
    EXPECT_EQ(a.from.layer, b.from.layer);
    EXPECT_EQ(a.from.driver, b.from.driver);
    EXPECT_EQ(a.from.modified, b.from.modified);
    EXPECT_EQ(a.table, b.table);
    EXPECT_EQ(a.geometry, b.geometry);
    EXPECT_EQ(a.geometry.box(), b.geometry.box());
    EXPECT_EQ(a.crs, b.crs);
    EXPECT_EQ(a.diagnostics, b.diagnostics);
    EXPECT_EQ(a.repairs.list.size(), b.repairs.list.size());
    EXPECT_EQ(a.repairs.originals, b.repairs.originals);
    EXPECT_EQ(a.unchecked, b.unchecked);
    EXPECT_EQ(a.import != nullptr, b.import != nullptr);
    if (a.import && b.import) {
        EXPECT_EQ(a.import->columns, b.import->columns);
    }
}

TEST(DatasetCache, gives_the_same_dataset_as_reading_the_file) {
    const TemporaryFolder folder;
    const fs::path path = large_file(folder);
    const auto cache = std::make_shared<const CacheFolder>(folder.path() / "cache");
    const DatasetPtr read = read_one(path, with(cache));
    ASSERT_THAT(read->content, Not(IsEmpty()));
    ASSERT_EQ(read->repairs.list.size(), 1U);  // the bow tie
    keep_in_cache(*cache, *read);
    const DatasetPtr kept = read_one(path, with(cache));
    EXPECT_FALSE(kept->geometry.same_arrays(read->geometry));
    expect_same(*kept, *read);
    expect_same(*kept, *read_one(path));
}

TEST(DatasetCache, goes_by_content_and_not_by_place_or_date) {
    const TemporaryFolder folder;
    const TemporaryFolder elsewhere;
    const fs::path path = large_file(folder);
    const ReadOptions options;
    const auto name = cache_name(path, options);
    ASSERT_TRUE(name);
    fs::copy_file(path, elsewhere.path() / "large.geojson");
    EXPECT_EQ(cache_name(elsewhere.path() / "large.geojson", options), name);
    // A changed byte of the same size and date is another content.
    const auto date = fs::last_write_time(path);
    std::string text = whole_file(path);
    text[text.find("105.3")] = '2';
    put(path, text);
    fs::last_write_time(path, date);
    EXPECT_NE(cache_name(path, options), name);
    ReadOptions other;
    other.crs = "EPSG:4756";
    EXPECT_NE(cache_name(elsewhere.path() / "large.geojson", other), name);
    other = {};
    other.import.repair = false;
    EXPECT_FALSE(cache_name(path, other));  // a reading that rests on a decision is not kept
}

TEST(DatasetCache, looks_at_all_files_of_a_shapefile) {
    const TemporaryFolder folder;
    for (const char* end : {".shp", ".dbf", ".shx"})
        put(folder.path() / (std::string("a") + end), std::string(5U << 20U, 'x'));
    const auto name = cache_name(folder.path() / "a.shp", {});
    ASSERT_TRUE(name);
    put(folder.path() / "a.dbf", std::string(5U << 20U, 'y'));
    EXPECT_NE(cache_name(folder.path() / "a.shp", {}), name);
}

TEST(DatasetCache, does_not_bother_with_small_files_and_tables_of_text) {
    const TemporaryFolder folder;
    put(folder.path() / "small.geojson", geojson({{R"("a":1)", square(105, 21)}}));
    EXPECT_FALSE(cache_name(folder.path() / "small.geojson", {}));
    put(folder.path() / "large.csv", std::string(5U << 20U, 'x'));
    EXPECT_FALSE(cache_name(folder.path() / "large.csv", {}));
    EXPECT_FALSE(cache_name(folder.path() / "none.gpkg", {}));
}

TEST(DatasetCache, shows_a_layer_unchecked_first_and_checked_ever_after) {
    const TemporaryFolder folder;
    const fs::path path = large_file(folder);
    const auto cache = std::make_shared<const CacheFolder>(folder.path() / "cache");
    ReadOptions soon = with(cache);
    soon.most_corners_checked = 1000;
    const DatasetPtr first = read_one(path, soon);
    EXPECT_TRUE(first->unchecked);
    EXPECT_THAT(first->repairs.list, IsEmpty());
    keep_in_cache(*cache, *first);
    EXPECT_TRUE(read_one(path, soon)->unchecked);
    // Who wants it checked gets it so, also from what was kept before.
    const DatasetPtr wanted = read_one(path, with(cache));
    EXPECT_FALSE(wanted->unchecked);
    EXPECT_EQ(wanted->repairs.list.size(), 1U);
    const DatasetPtr checked = check_now(first, true);
    EXPECT_FALSE(checked->unchecked);
    expect_same(*checked, *read_one(path));
    keep_in_cache(*cache, *checked);
    const DatasetPtr later = read_one(path, soon);
    EXPECT_FALSE(later->unchecked);
    EXPECT_EQ(later->repairs.list.size(), 1U);
}

TEST(DatasetCache, shares_the_geometry_that_a_check_finds_nothing_wrong_with) {
    const TemporaryFolder folder;
    put(folder.path() / "a.geojson", geojson({{R"("a":1)", square(105, 21)}, {R"("a":2)", square(106, 21)}}));
    ReadOptions soon;
    soon.most_corners_checked = 3;
    const DatasetPtr first = read_one(folder.path() / "a.geojson", soon);
    ASSERT_TRUE(first->unchecked);
    EXPECT_TRUE(check_now(first, true)->geometry.same_arrays(first->geometry));
}

TEST(DatasetCache, reads_the_file_again_when_what_was_kept_is_damaged) {
    const TemporaryFolder folder;
    const fs::path path = large_file(folder);
    const auto cache = std::make_shared<const CacheFolder>(folder.path() / "cache");
    const DatasetPtr read = read_one(path, with(cache));
    keep_in_cache(*cache, *read);
    for (const auto& file : fs::directory_iterator(cache->folder()))
        fs::resize_file(file.path(), fs::file_size(file.path()) - 8);
    expect_same(*read_one(path, with(cache)), *read);
}

}  // namespace
}  // namespace diaban
