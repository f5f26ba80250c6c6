#include "data/raster/raster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "base/parallel.h"
#include "data/files.h"
#include "data/rasters.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Colour = std::array<int, 4>;

Crs crs(const char* text) {
    return Crs::from_text(text).value();
}

RasterPtr open_one(const std::filesystem::path& path) {
    auto raster = Raster::open({.path = path});
    if (!raster) throw std::runtime_error(to_text(raster.error()));
    return *raster;
}

std::string error_of(const RasterName& name) {
    const auto raster = Raster::open(name);
    return raster ? "(opened)" : to_text(raster.error());
}

Colour colour_at(const RasterPixels& pixels, int x, int y) {
    const auto at =
        (static_cast<std::size_t>(y) * static_cast<std::size_t>(pixels.width) + static_cast<std::size_t>(x)) * 4;
    return {pixels.rgba[at], pixels.rgba[at + 1], pixels.rgba[at + 2], pixels.rgba[at + 3]};
}

/// Of the map place `at`, seen in a picture of 3 by 3 pixels of this size about it.
Colour colour_of_place(const Raster& raster, const Crs& map, Point at, double pixel, bool smooth = true) {
    const auto pixels = raster.read({.from = raster.crs(),
                                     .to = map,
                                     .extent = Box{at.x, at.y, at.x, at.y}.grown(1.5 * pixel),
                                     .width = 3,
                                     .height = 3,
                                     .smooth = smooth});
    if (!pixels) throw std::runtime_error(to_text(pixels.error()));
    return colour_at(*pixels, 1, 1);
}

/// Four quarters: red, green, blue, and yellow at the lower right.
RasterSpec quarters() {
    return {.width = 80,
            .height = 80,
            .to_map = {107, 0.01, 0, 22, 0, -0.01},
            .bands = {[](int x, int y) { return (x < 40) == (y < 40) ? 250 : 0; },
                      [](int x, int) { return x < 40 ? 0 : 250; },
                      [](int x, int y) { return x < 40 && y >= 40 ? 250 : 0; }}};
}

TEST(Raster, knows_what_it_is) {
    const TemporaryFolder folder;
    RasterSpec spec = quarters();
    spec.overviews = {2, 4};
    spec.nodata = {7};
    write_raster(folder.path() / "image.tif", spec);
    const auto raster = open_one(folder.path() / "image.tif");
    EXPECT_EQ(raster->info().driver, "GTiff");
    EXPECT_EQ(raster->info().width, 80);
    EXPECT_EQ(raster->info().bands, 3);
    EXPECT_EQ(raster->info().type, "Byte");
    EXPECT_EQ(raster->info().nodata, "7");
    EXPECT_EQ(raster->info().overviews, 2);
    EXPECT_FALSE(raster->info().palette);
    EXPECT_FALSE(raster->info().served);
    EXPECT_EQ(raster->crs(), Crs::wgs84());
    EXPECT_DOUBLE_EQ(raster->pixel(), 0.01);
    EXPECT_EQ(raster->outline().front(), (Point{107, 22}));
    EXPECT_EQ(raster->outline().front(), raster->outline().back());
    EXPECT_THAT(raster->stretch(), IsEmpty()) << "colours of 8 bits are colours as they are";
}

TEST(Raster, is_seen_where_it_lies_in_another_crs) {
    const TemporaryFolder folder;
    write_raster(folder.path() / "image.tif", quarters());
    const auto raster = open_one(folder.path() / "image.tif");
    const Crs map = crs("EPSG:5899");  // metres, turned by the meridian's convergence
    const Transform to_map = Transform::between(Crs::wgs84(), map).value();
    const auto seen = [&](double lon, double lat) {
        return colour_of_place(*raster, map, to_map.apply(Point{lon, lat}), 200);
    };
    // A fifth of a pixel (1 km) to either side of the middle, where the quarters meet, as PROJ places it.
    EXPECT_EQ(seen(107.2, 21.8), (Colour{250, 0, 0, 255}));
    EXPECT_EQ(seen(107.6, 21.8), (Colour{0, 250, 0, 255}));
    EXPECT_EQ(seen(107.2, 21.4), (Colour{0, 0, 250, 255}));
    EXPECT_EQ(seen(107.6, 21.4), (Colour{250, 250, 0, 255}));
    EXPECT_EQ(seen(107.393, 21.607), (Colour{250, 0, 0, 255}));
    EXPECT_EQ(seen(107.407, 21.593), (Colour{250, 250, 0, 255}));
    EXPECT_EQ(seen(106.98, 21.8)[3], 0) << "outside it nothing is there";
}

TEST(Raster, is_read_in_one_plane_where_no_crs_is_known) {
    const TemporaryFolder folder;
    RasterSpec spec = quarters();
    spec.crs.clear();
    write_raster(folder.path() / "image.tif", spec);
    const auto raster = open_one(folder.path() / "image.tif");
    EXPECT_FALSE(raster->crs().known());
    EXPECT_EQ(colour_of_place(*raster, Crs(), {107.6, 21.8}, 0.01), (Colour{0, 250, 0, 255}));
    EXPECT_EQ(colour_of_place(*raster, crs("EPSG:4326"), {107.2, 21.4}, 0.01), (Colour{0, 0, 250, 255}));
}

TEST(Raster, stretches_grey_between_its_second_and_98th_percentile) {
    const TemporaryFolder folder;
    // 0 … 9999 in a shuffled order, and two absurd values.
    write_raster(folder.path() / "heights.tif",
                 {.width = 100, .height = 100, .type = GDT_Float32, .bands = {[](int x, int y) {
                                                                        if (x == 50 && y == 50) return 1e9;
                                                                        if (x == 51 && y == 50) return -1e9;
                                                                        return 1.0 * ((y * 100 + x) * 7919 % 10000);
                                                                    }}});
    const auto raster = open_one(folder.path() / "heights.tif");
    ASSERT_EQ(raster->stretch().size(), 1U);
    EXPECT_NEAR(raster->stretch()[0].low, 200, 2);
    EXPECT_NEAR(raster->stretch()[0].high, 9799, 2);
}

TEST(Raster, shows_heights_of_16_bits_as_greys_and_nodata_not_at_all) {
    const TemporaryFolder folder;
    write_raster(folder.path() / "dem.tif", {.width = 100,
                                             .height = 10,
                                             .to_map = {0, 1, 0, 10, 0, -1},
                                             .type = GDT_Int16,
                                             .bands = {[](int x, int) {
                                                 return x < 10 ? -9999 : x < 55 ? 1000 : 2000;
                                             }},
                                             .nodata = {-9999}});
    const auto raster = open_one(folder.path() / "dem.tif");
    const auto pixels = raster->read({raster->crs(), raster->crs(), {0, 0, 100, 10}, 100, 10, true}).value();
    EXPECT_EQ(colour_at(pixels, 4, 5), (Colour{0, 0, 0, 0}));
    EXPECT_EQ(colour_at(pixels, 30, 5), (Colour{0, 0, 0, 255}));
    EXPECT_EQ(colour_at(pixels, 80, 5), (Colour{255, 255, 255, 255}));
}

TEST(Raster, of_one_value_is_a_middling_grey) {
    const TemporaryFolder folder;
    write_raster(folder.path() / "flat.tif", {.type = GDT_Float32, .bands = {all(-3.5)}});
    const auto raster = open_one(folder.path() / "flat.tif");
    EXPECT_EQ(colour_of_place(*raster, raster->crs(), {107.04, 21.96}, 0.01), (Colour{128, 128, 128, 255}));
}

TEST(Raster, takes_colours_from_its_palette_and_its_transparent_number_for_nothing) {
    const TemporaryFolder folder;
    write_raster(folder.path() / "scan.tif", {.width = 3,
                                              .height = 1,
                                              .to_map = {0, 1, 0, 1, 0, -1},
                                              .bands = {[](int x, int) { return x; }},
                                              .palette = {{9, 9, 9}, {200, 10, 20}, {0, 120, 240}},
                                              .nodata = {0}});
    const auto raster = open_one(folder.path() / "scan.tif");
    EXPECT_TRUE(raster->info().palette);
    const auto pixels = raster->read({raster->crs(), raster->crs(), {0, 0, 3, 1}, 3, 1, false}).value();
    EXPECT_EQ(colour_at(pixels, 0, 0)[3], 0);
    EXPECT_EQ(colour_at(pixels, 1, 0), (Colour{200, 10, 20, 255}));
    EXPECT_EQ(colour_at(pixels, 2, 0), (Colour{0, 120, 240, 255}));
}

TEST(Raster, multiplies_colours_by_their_transparency) {
    const TemporaryFolder folder;
    write_raster(folder.path() / "glass.tif", {.bands = {all(200), all(100), all(50), all(51)}});
    const auto raster = open_one(folder.path() / "glass.tif");
    // 51 of 255 is a fifth.
    EXPECT_EQ(colour_of_place(*raster, raster->crs(), {107.04, 21.96}, 0.01), (Colour{40, 20, 10, 51}));
}

TEST(Raster, that_is_not_smooth_shows_only_its_own_values) {
    const TemporaryFolder folder;
    write_raster(folder.path() / "two.tif", {.width = 2,
                                             .height = 1,
                                             .to_map = {0, 1, 0, 1, 0, -1},
                                             .bands = {[](int x, int) { return 100.0 * x; }, all(0), all(0)}});
    const auto raster = open_one(folder.path() / "two.tif");
    const auto reds = [&](bool smooth) {
        const auto pixels = raster->read({raster->crs(), raster->crs(), {0, 0, 2, 1}, 8, 4, smooth}).value();
        std::vector<int> out;
        for (int x = 0; x < 8; ++x)
            out.push_back(colour_at(pixels, x, 2)[0]);
        return out;
    };
    EXPECT_THAT(reds(false), ElementsAre(0, 0, 0, 0, 100, 100, 100, 100));
    const auto smooth = reds(true);
    EXPECT_GT(smooth[3], 0);
    EXPECT_LT(smooth[4], 100);
}

TEST(Raster, that_is_turned_is_seen_turned) {
    const TemporaryFolder folder;
    // A quarter turn: columns run north, rows run east.
    RasterSpec spec = quarters();
    spec.crs = "EPSG:5899";
    spec.to_map = {500000, 0, 10, 2300000, 10, 0};
    write_raster(folder.path() / "turned.tif", spec);
    const auto raster = open_one(folder.path() / "turned.tif");
    const auto seen = [&](double x, double y) { return colour_of_place(*raster, raster->crs(), {x, y}, 10); };
    EXPECT_EQ(seen(500100, 2300100), (Colour{250, 0, 0, 255}));
    EXPECT_EQ(seen(500100, 2300700), (Colour{0, 250, 0, 255})) << "further columns are further north";
    EXPECT_EQ(seen(500700, 2300100), (Colour{0, 0, 250, 255})) << "further rows are further east";
}

TEST(Raster, placed_by_control_points_is_seen_there) {
    const TemporaryFolder folder;
    RasterSpec spec = quarters();
    spec.to_map = {};
    spec.crs.clear();
    write_raster(folder.path() / "plain.tif", spec);
    {
        GDALDatasetH file = GDALOpen((folder.path() / "plain.tif").c_str(), GA_Update);
        const std::array<std::array<double, 4>, 4> places{
            {{0, 0, 107, 22}, {80, 0, 107.8, 22}, {80, 80, 107.8, 21.2}, {0, 80, 107, 21.2}}};
        std::vector<GDAL_GCP> points(4);
        GDALInitGCPs(4, points.data());
        for (std::size_t i = 0; i < 4; ++i) {
            points[i].dfGCPPixel = places[i][0], points[i].dfGCPLine = places[i][1];
            points[i].dfGCPX = places[i][2], points[i].dfGCPY = places[i][3];
        }
        char* wkt = nullptr;
        OGRSpatialReferenceH wgs84 = OSRNewSpatialReference(nullptr);
        OSRSetFromUserInput(wgs84, "EPSG:4326");
        OSRExportToWkt(wgs84, &wkt);
        ASSERT_EQ(GDALSetGCPs(file, 4, points.data(), wkt), CE_None);
        CPLFree(wkt);
        OSRDestroySpatialReference(wgs84);
        GDALDeinitGCPs(4, points.data());
        GDALClose(file);
    }
    const auto raster = open_one(folder.path() / "plain.tif");
    EXPECT_EQ(raster->crs(), Crs::wgs84());
    EXPECT_EQ(colour_of_place(*raster, raster->crs(), {107.6, 21.8}, 0.01), (Colour{0, 250, 0, 255}));
}

TEST(Raster, with_a_world_file_beside_it_is_a_raster_like_any_other) {
    const TemporaryFolder folder;
    RasterSpec spec = quarters();
    spec.driver = "PNG";
    spec.options = {"WORLDFILE=YES"};
    spec.crs = "EPSG:4326";
    write_raster(folder.path() / "map.png", spec);
    std::filesystem::remove(folder.path() / "map.png.aux.xml");
    const auto raster = open_one(folder.path() / "map.png");
    EXPECT_FALSE(raster->crs().known());
    EXPECT_EQ(colour_of_place(*raster, Crs(), {107.6, 21.4}, 0.01), (Colour{250, 250, 0, 255}));
    std::filesystem::remove(folder.path() / "map.wld");
    EXPECT_THAT(error_of({folder.path() / "map.png"}), HasSubstr("does not say where on the map it lies"));
}

TEST(Raster, of_mbtiles_lies_in_web_mercator) {
    const TemporaryFolder folder;
    RasterSpec spec = quarters();
    spec.crs = "EPSG:3857";
    spec.to_map = {11911000, 1000, 0, 2503000, 0, -1000};
    spec.driver = "MBTiles";
    spec.options = {"TILE_FORMAT=PNG", "NAME=Quarters", "DESCRIPTION=four colours"};
    write_raster(folder.path() / "map.mbtiles", spec);
    const auto raster = open_one(folder.path() / "map.mbtiles");
    EXPECT_EQ(raster->info().driver, "MBTiles");
    EXPECT_EQ(raster->info().description, "four colours");
    EXPECT_EQ(raster->crs().code(), "EPSG:3857");
    EXPECT_EQ(colour_of_place(*raster, raster->crs(), {11911000 + 60000, 2503000 - 20000}, 1000),
              (Colour{0, 250, 0, 255}));
}

TEST(Raster, of_a_whole_view_is_read_from_its_overviews_alone) {
    const TemporaryFolder folder;
    // 400 million pixels, of which the file holds none; its overview of 1 : 32 is white by hand.
    const auto path = folder.path() / "huge.tif";
    write_raster(path, {.width = 20000,
                        .height = 20000,
                        .crs = "EPSG:5899",
                        .to_map = {400000, 1, 0, 2400000, 0, -1},
                        .bands = {nullptr, nullptr, nullptr},
                        .options = {"SPARSE_OK=TRUE", "TILED=YES"}});
    {
        GDALDatasetH file = GDALOpen(path.c_str(), GA_Update);
        std::array<int, 3> factors{8, 32, 64};
        // "NONE": their blocks stay unwritten, too.
        ASSERT_EQ(GDALBuildOverviews(file, "NONE", 3, factors.data(), 0, nullptr, nullptr, nullptr), CE_None);
        for (int band = 1; band <= 3; ++band) {
            GDALRasterBandH overview = GDALGetOverview(GDALGetRasterBand(file, band), 1);
            ASSERT_EQ(GDALGetRasterBandXSize(overview), 625);
            ASSERT_EQ(GDALFillRaster(overview, 255, 0), CE_None);
        }
        GDALClose(file);
    }
    const auto raster = open_one(path);
    const Box whole{400000, 2380000, 420000, 2400000};
    // 512 pixels of 39 units: of the overviews of 8, 32 and 64 units the second is the coarsest that is fine enough,
    // and the only one that is white.
    const auto seen = raster->read({raster->crs(), raster->crs(), whole, 512, 512}).value();
    EXPECT_EQ(colour_at(seen, 256, 256), (Colour{255, 255, 255, 255}));
    // At its own resolution the raster itself, which is black, is read.
    const auto near =
        raster->read({raster->crs(), raster->crs(), {410000, 2390000, 410256, 2390256}, 256, 256}).value();
    EXPECT_EQ(colour_at(near, 128, 128), (Colour{0, 0, 0, 255}));
    // In another CRS, too.
    const Crs utm = crs("EPSG:32648");
    const Box there = Transform::between(raster->crs(), utm)->apply(whole);
    const auto turned = raster->read({raster->crs(), utm, there, 512, 512}).value();
    EXPECT_EQ(colour_at(turned, 256, 256), (Colour{255, 255, 255, 255}));
}

TEST(Raster, is_read_by_several_threads_as_by_one) {
    const TemporaryFolder folder;
    RasterSpec spec{.width = 512, .height = 512, .to_map = {107, 0.001, 0, 22, 0, -0.001}};
    for (const int factor : {3, 5, 7})
        spec.bands.push_back([factor](int x, int y) { return (x * factor + y * 11) % 256; });
    write_raster(folder.path() / "noise.tif", spec);
    const auto raster = open_one(folder.path() / "noise.tif");
    const Crs map = crs("EPSG:3857");
    const Box whole = Transform::between(Crs::wgs84(), map)->apply(Box{107, 21.488, 107.512, 22});
    const auto tile = [&](std::size_t i) {
        const double side = whole.width() / 4;
        const Point at{whole.min_x + static_cast<double>(i % 4) * side,
                       whole.min_y + static_cast<double>(i / 4) * side};
        return raster->read({raster->crs(), map, {at.x, at.y, at.x + side, at.y + side}, 128, 128}).value().rgba;
    };
    std::vector<std::vector<uint8_t>> alone, together(16);
    for (std::size_t i = 0; i < 16; ++i)
        alone.push_back(tile(i));
    parallel_for(16, [&](std::size_t i) { together[i] = tile(i); });
    EXPECT_EQ(together, alone);
}

TEST(Raster, beyond_the_reach_of_its_crs_is_nothing) {
    const TemporaryFolder folder;
    write_raster(folder.path() / "image.tif", quarters());
    const auto raster = open_one(folder.path() / "image.tif");
    const auto pixels =
        raster->read({raster->crs(), crs("EPSG:5899"), {1e12, 1e12, 1e12 + 100, 1e12 + 100}, 16, 16, true});
    ASSERT_TRUE(pixels) << to_text(pixels.error());
    EXPECT_TRUE(pixels->blank());
}

TEST(Raster, says_why_it_cannot_be_opened) {
    const TemporaryFolder folder;
    EXPECT_THAT(error_of({folder.path() / "gone.tif"}), HasSubstr("there is no such file"));
    put(folder.path() / "notes.tif", "nothing but words");
    EXPECT_THAT(error_of({folder.path() / "notes.tif"}), HasSubstr("the file is no raster that Diaban can read"));
    put(folder.path() / "cut.tif", std::string("II*\0\x10\0\0\0", 8));
    EXPECT_THAT(error_of({folder.path() / "cut.tif"}), HasSubstr("the raster is damaged or incomplete"));
    RasterSpec spec = quarters();
    write_raster(folder.path() / "image.tif", spec);
    EXPECT_THAT(error_of({folder.path() / "image.tif", "roads"}), HasSubstr("there is no raster “roads” in it"));
}

TEST(Raster, that_breaks_off_says_so_and_goes_on_giving_what_it_has) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "image.tif";
    RasterSpec spec{.width = 256, .height = 1024, .to_map = {0, 1, 0, 1024, 0, -1}, .options = {"TILED=YES"}};
    spec.bands = {all(200), all(100), all(50)};
    write_raster(path, spec);
    const auto raster = open_one(path);
    std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
    const auto broken = raster->read({raster->crs(), raster->crs(), {0, 0, 256, 256}, 64, 64});
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().kind, ErrorKind::bad_input);
    EXPECT_THAT(to_text(broken.error()), HasSubstr("part of the raster cannot be read"));
    const auto whole = raster->read({raster->crs(), raster->crs(), {0, 896, 256, 1024}, 64, 32});
    ASSERT_TRUE(whole) << to_text(whole.error());
    EXPECT_EQ(colour_at(*whole, 32, 16), (Colour{200, 100, 50, 255}));
}

TEST(Raster, of_several_in_a_file_is_the_one_that_was_named) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "two.gpkg";
    RasterSpec spec = quarters();
    spec.driver = "GPKG";
    spec.options = {"RASTER_TABLE=first"};
    write_raster(path, spec);
    spec.options = {"RASTER_TABLE=second", "APPEND_SUBDATASET=YES"};
    for (auto& band : spec.bands)
        band = all(90);
    write_raster(path, spec);
    const auto second = Raster::open({path, "second"});
    ASSERT_TRUE(second) << to_text(second.error());
    EXPECT_EQ((*second)->info().layer, "second");
    EXPECT_EQ(colour_of_place(**second, (*second)->crs(), {107.2, 21.8}, 0.01), (Colour{90, 90, 90, 255}));
    const auto first = Raster::open({path, ""});
    ASSERT_TRUE(first) << to_text(first.error());
    EXPECT_EQ(colour_of_place(**first, (*first)->crs(), {107.2, 21.8}, 0.01), (Colour{250, 0, 0, 255}));
    EXPECT_THAT(error_of({path, "secnd"}), HasSubstr("Did you mean “second”?"));
}

}  // namespace
}  // namespace diaban
