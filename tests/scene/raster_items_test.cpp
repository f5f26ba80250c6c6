#include "scene/raster/raster_items.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <future>

#include "data/rasters.h"
#include "data/read.h"
#include "scene/small_world.h"
#include "temporary_folder.h"

namespace diaban {
namespace {

using namespace diaban::test;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

using Colour = std::array<int, 4>;

/// Red in the west, blue in the east of 107.5° E; 107° to 108° E, 21° to 22° N.
RasterSpec halves() {
    return {
        .width = 1000,
        .height = 1000,
        .to_map = {107, 0.001, 0, 22, 0, -0.001},
        .bands = {[](int x, int) { return x < 500 ? 240 : 0; }, all(0), [](int x, int) { return x < 500 ? 0 : 240; }}};
}

DatasetPtr read_picture(const std::filesystem::path& path) {
    Progress progress;
    ReadOptions options;
    options.rasters = true;
    auto datasets = read(path, options, progress);
    if (!datasets) throw std::runtime_error(to_text(datasets.error()));
    return datasets->front();
}

Style raster_style(RasterStyle style = {}) {
    Style out;
    out.raster = style;
    return out;
}

/// A raster below four squares, in the squares' CRS.
struct RasterWorld : World {
    TemporaryFolder folder;
    DatasetPtr picture;
    explicit RasterWorld(const RasterSpec& spec = halves(), bool with_squares = true) {
        write_raster(folder.path() / "ground.tif", spec);
        picture = read_picture(folder.path() / "ground.tif");
        if (with_squares) add("squares", four_squares(), {});
        add("ground", picture, raster_style());
    }
    [[nodiscard]] Layer& ground() { return workspace.layers.back(); }
};

std::vector<ImageItem> pictures_of(const Scene& scene) {
    std::vector<ImageItem> out;
    for (const MapItem& item : scene.map)
        if (const auto* image = std::get_if<ImageItem>(&item)) out.push_back(*image);
    return out;
}

/// What the topmost picture shows at a place of the map; all zero: none is there.
Colour colour_at(const Scene& scene, Point at) {
    const auto items = pictures_of(scene);
    for (auto item = items.rbegin(); item != items.rend(); ++item) {
        if (!item->extent.contains(at)) continue;
        const MapImage& image = *item->image;
        const auto column = static_cast<int>((at.x - item->extent.min_x) / item->extent.width() * image.width);
        const auto row = static_cast<int>((item->extent.max_y - at.y) / item->extent.height() * image.height);
        const auto i = static_cast<std::size_t>(row * image.width + column) * 4;
        return {image.rgba[i], image.rgba[i + 1], image.rgba[i + 2], image.rgba[i + 3]};
    }
    return {};
}

Point on_map(double lon, double lat) {
    static const Transform to_map = Transform::between(Crs::wgs84(), Crs::from_text("EPSG:5899").value()).value();
    return to_map.apply(Point{lon, lat});
}

MapRequest looking_at(Point middle, double units_per_pixel, DetailMaker* maker = nullptr) {
    MapRequest request;
    request.frame = Frame{.width = 800, .height = 600, .centre = middle, .units_per_pixel = units_per_pixel};
    request.maker = maker;
    return request;
}

constexpr Colour red{240, 0, 0, 255}, blue{0, 0, 240, 255};

TEST(RasterTiles, lie_in_a_pyramid_over_the_plane_of_the_map) {
    EXPECT_EQ((TilePlace{0, 0, 0}.extent()), (Box{0, 0, 512, 512}));
    EXPECT_EQ((TilePlace{3, -1, 2}.extent()), (Box{-4096, 8192, 0, 12288}));
    EXPECT_EQ((TilePlace{-1, 1, 0}.extent()), (Box{256, 0, 512, 256}));
    EXPECT_EQ((TilePlace{0, 5, -3}.above(2)), (TilePlace{2, 1, -1}));
    EXPECT_EQ(tile_level(1), 0);
    EXPECT_EQ(tile_level(1.7), 1) << "rather a fifth coarser than twice as many pixels as are seen";
    EXPECT_EQ(tile_level(1.5), 0);
    EXPECT_EQ(tile_level(0.5), -1);
}

TEST(RasterTiles, cut_out_what_stands_in_for_a_finer_one) {
    MapImage image{4, 4, std::vector<uint8_t>(64)};
    for (std::size_t i = 0; i < 16; ++i)
        image.rgba[i * 4] = static_cast<uint8_t>(i);
    // Rows of tiles run north, rows of pixels south: the tile at the lower right has the pixels 10, 11, 14, 15.
    const MapImagePtr part = part_of(image, {1, 0, 0}, {0, 1, 0});
    ASSERT_EQ(part->width, 2);
    EXPECT_EQ(part->rgba[0], 10);
    EXPECT_EQ(part->rgba[4], 11);
    EXPECT_EQ(part->rgba[8], 14);
    EXPECT_EQ(part->rgba[12], 15);
    const MapImagePtr one = part_of(image, {2, -1, -1}, {0, -1, -1});
    ASSERT_EQ(one->width, 1);
    EXPECT_EQ(one->rgba[0], 3) << "the upper right of a tile west and south of the origin";
}

TEST(RasterTiles, forget_what_was_not_used_for_longest) {
    RasterWorld world;
    RasterTiles tiles(std::size_t{3} << 20U);  // three tiles of 512 × 512 × 4 bytes, less what each costs besides
    const Crs& from = world.picture->crs;
    const TiledRaster of{world.picture->raster, from.definition(), from.definition(), true};
    // Tiles of 1/1024 degree a pixel: half a degree wide.
    const auto key = [&](int64_t column) { return TileKey{of, {-10, column, 43}}; };
    for (const int64_t column : {214, 215})
        EXPECT_NE(tiles.make(key(column), from, from).image, nullptr);
    EXPECT_TRUE(tiles.find(key(214)));  // used again: the other is older now
    EXPECT_NE(tiles.make({of, {-10, 214, 42}}, from, from).image, nullptr);
    EXPECT_TRUE(tiles.find(key(214)));
    EXPECT_FALSE(tiles.find(key(215)));
    EXPECT_LE(tiles.bytes(), std::size_t{3} << 20U);
}

TEST(Rasters, are_seen_below_the_map_where_they_lie) {
    RasterWorld world;
    const Scene scene = world.scene(looking_at(on_map(107.5, 21.5), 100));
    EXPECT_EQ(colour_at(scene, on_map(107.49, 21.5)), red);
    EXPECT_EQ(colour_at(scene, on_map(107.51, 21.5)), blue);
    EXPECT_FALSE(scene.unfinished);
    EXPECT_THAT(scene.troubles, IsEmpty());
    ASSERT_FALSE(scene.map.empty());
    EXPECT_TRUE(std::holds_alternative<ImageItem>(scene.map.front()));
    EXPECT_FALSE(std::holds_alternative<ImageItem>(scene.map.back()));
    for (const ImageItem& item : pictures_of(scene)) {
        EXPECT_EQ(item.image->width, 512);
        EXPECT_DOUBLE_EQ(item.extent.width(), 512 * 64) << "the power of two below 100 units a pixel";
    }
}

TEST(Rasters, are_the_same_pictures_when_nothing_changed) {
    RasterWorld world;
    world.ground().style.raster->greyscale = true;
    const auto first = pictures_of(world.scene(looking_at(on_map(107.5, 21.5), 100)));
    const auto again = pictures_of(world.scene(looking_at(on_map(107.501, 21.5), 100)));
    ASSERT_FALSE(first.empty());
    ASSERT_EQ(first.size(), again.size());
    for (std::size_t i = 0; i < first.size(); ++i)
        EXPECT_EQ(std::ranges::count(again, first[i].image, &ImageItem::image), 1);
}

TEST(Rasters, step_back_as_their_style_says) {
    RasterWorld world;
    const auto seen = [&](RasterStyle style) {
        world.ground().style = raster_style(style);
        return colour_at(world.scene(looking_at(on_map(107.5, 21.5), 100)), on_map(107.45, 21.5));
    };
    EXPECT_EQ(seen({.greyscale = true}), (Colour{51, 51, 51, 255})) << "240 × 54/256 = 50.6";
    EXPECT_EQ(seen({.brightness = 0.5}), (Colour{248, 128, 128, 255})) << "half the way to white";
    EXPECT_EQ(seen({.brightness = -1}), (Colour{0, 0, 0, 255}));
    EXPECT_EQ(seen({.contrast = -0.5}), (Colour{184, 64, 64, 255})) << "half as far from the middle";
    EXPECT_EQ(seen({.contrast = 1}), (Colour{255, 0, 0, 255}));
    EXPECT_EQ(seen({}), red);
    world.ground().opacity = 0.25;
    world.ground().style = raster_style({.smooth = false});
    const auto items = pictures_of(world.scene(looking_at(on_map(107.5, 21.5), 100)));
    ASSERT_FALSE(items.empty());
    EXPECT_EQ(items.front().opacity, 0.25);
    EXPECT_FALSE(items.front().smooth);
}

TEST(Rasters, are_made_in_the_background_while_the_picture_says_that_it_is_unfinished) {
    RasterWorld world;
    DetailMaker maker([] {});
    const MapRequest request = looking_at(on_map(107.5, 21.5), 100, &maker);
    const Scene first = world.scene(request);
    EXPECT_TRUE(first.unfinished);
    EXPECT_THAT(pictures_of(first), IsEmpty());
    maker.finish();
    const Scene second = world.scene(request);
    EXPECT_FALSE(second.unfinished);
    EXPECT_EQ(colour_at(second, on_map(107.49, 21.5)), red);
    EXPECT_EQ(colour_at(second, on_map(107.51, 21.5)), blue);
    EXPECT_TRUE(maker.idle());
}

TEST(Rasters, are_made_by_a_maker_of_their_own_where_there_is_one) {
    RasterWorld world;
    DetailMaker other([] {}), own([] {});
    MapRequest request = looking_at(on_map(107.5, 21.5), 100, &other);
    request.raster_maker = &own;
    std::promise<void> stuck;
    other.ask("stuck", [wait = stuck.get_future().share()] { wait.wait(); });
    (void)world.scene(request);
    own.finish();
    EXPECT_THAT(pictures_of(world.scene(request)), Not(IsEmpty()));
    stuck.set_value();
}

TEST(Rasters, that_are_missing_are_stood_in_for_by_coarser_and_by_finer_ones) {
    RasterWorld world;
    DetailMaker maker([] {});
    std::promise<void> stuck;
    const auto hold = [&] {
        stuck = {};
        // Asked for last, so that it is made first.
        maker.ask("stuck", [wait = stuck.get_future().share()] { wait.wait(); });
    };
    const Point middle = on_map(107.5, 21.5);
    (void)world.scene(looking_at(middle, 128, &maker));
    maker.finish();
    hold();
    const Scene nearer = world.scene(looking_at(middle, 32, &maker));
    EXPECT_TRUE(nearer.unfinished);
    EXPECT_EQ(colour_at(nearer, on_map(107.45, 21.5)), red);
    EXPECT_EQ(colour_at(nearer, on_map(107.55, 21.5)), blue);
    EXPECT_LT(pictures_of(nearer).front().image->width, 512);
    const Scene again = world.scene(looking_at(middle, 32, &maker));
    EXPECT_EQ(pictures_of(nearer).front().image, pictures_of(again).front().image) << "a stand-in is cut out once";
    stuck.set_value();
    maker.finish();
    const Scene sharp = world.scene(looking_at(middle, 32, &maker));
    EXPECT_FALSE(sharp.unfinished);
    EXPECT_EQ(pictures_of(sharp).front().image->width, 512);
}

TEST(Rasters, of_a_view_that_is_left_are_not_read_any_more) {
    RasterWorld world;
    DetailMaker maker([] {});
    std::promise<void> stuck;
    maker.ask("stuck", [wait = stuck.get_future().share()] { wait.wait(); });
    const Point west = on_map(107.2, 21.5), east = on_map(107.8, 21.5);
    (void)world.scene(looking_at(west, 4, &maker));
    (void)world.scene(looking_at(east, 4, &maker));
    stuck.set_value();
    maker.finish();
    DetailMaker idle([] {});
    std::promise<void> held;
    idle.ask("held", [wait = held.get_future().share()] { wait.wait(); });
    EXPECT_FALSE(world.scene(looking_at(east, 4, &idle)).unfinished);
    EXPECT_TRUE(world.scene(looking_at(west, 4, &idle)).unfinished);
    held.set_value();
}

TEST(Rasters, that_cannot_be_read_are_said_once_and_not_asked_for_again) {
    RasterSpec spec = halves();
    spec.options = {"TILED=YES"};
    RasterWorld world(spec);
    const auto path = world.folder.path() / "ground.tif";
    std::filesystem::resize_file(path, std::filesystem::file_size(path) / 4);
    DetailMaker maker([] {});
    const MapRequest request = looking_at(on_map(107.5, 21.3), 20, &maker);
    EXPECT_THAT(world.scene(request).troubles, IsEmpty());
    maker.finish();
    Scene scene = world.scene(request);
    EXPECT_FALSE(scene.unfinished);
    ASSERT_THAT(scene.troubles, SizeIs(1));
    EXPECT_THAT(to_text(scene.troubles[0]), HasSubstr("part of the raster cannot be read"));
    EXPECT_EQ(scene.troubles[0].where.layer, "ground");
    EXPECT_EQ(scene.troubles[0].severity, Severity::error);
    EXPECT_TRUE(maker.idle());
    const auto all = collect_diagnostics({}, {}, &scene);
    EXPECT_THAT(all, Contains(scene.troubles[0]));
    EXPECT_FALSE(std::ranges::none_of(scene.map, [](const MapItem& i) { return std::holds_alternative<FillItem>(i); }))
        << "the rest of the map stays";
}

TEST(Rasters, do_not_say_where_the_map_looks_unless_they_are_all_there_is) {
    RasterWorld with_squares;
    const auto layers = derive_layers(with_squares.workspace, with_squares.datasets, with_squares.cache);
    EXPECT_EQ(full_extent(with_squares.workspace, layers), (Box{400000, 2350000, 440000, 2360000}));
    RasterSpec spec = halves();
    spec.crs = "EPSG:32648";
    spec.to_map = {700000, 50, 0, 2400000, 0, -50};
    RasterWorld alone(spec, false);
    EXPECT_EQ(map_crs(alone.workspace, alone.datasets).code(), "EPSG:32648") << "in its own plane it is seen as it is";
    EXPECT_EQ(full_extent(alone.workspace, derive_layers(alone.workspace, alone.datasets, alone.cache)),
              (Box{700000, 2350000, 750000, 2400000}));
}

TEST(Rasters, have_no_features_and_no_legend_but_a_source) {
    RasterWorld world;
    world.workspace.sources.back().attribution = "Somebody's satellite";
    const LayerResultPtr result = world.layer(1);
    EXPECT_EQ(result->features, nullptr);
    EXPECT_EQ(result->shapes, nullptr);
    EXPECT_EQ(result->shown_count, 0U);
    const Scene scene = world.scene();
    const auto texts = texts_of(scene.furniture);
    EXPECT_THAT(texts, Contains(HasSubstr("Somebody's satellite")));
    EXPECT_THAT(texts, Not(Contains("ground")));
}

TEST(Rasters, of_another_part_of_the_world_cost_nothing) {
    RasterWorld world(halves(), false);
    world.workspace.map_crs = "EPSG:5899";
    DetailMaker maker([] {});
    const Scene scene = world.scene(looking_at(on_map(105, 10), 100, &maker));
    EXPECT_FALSE(scene.unfinished);
    EXPECT_THAT(pictures_of(scene), IsEmpty());
    EXPECT_TRUE(maker.idle());
}

}  // namespace
}  // namespace diaban
