#include "data/raster/read_raster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/files.h"
#include "data/raster/tile_address.h"
#include "data/rasters.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

ReadOptions with_rasters() {
    ReadOptions options;
    options.rasters = true;
    return options;
}

RasterSpec grey(const std::string& crs, std::array<double, 6> to_map) {
    return {.crs = crs, .to_map = to_map, .bands = {[](int x, int y) { return 10.0 * x + y; }}};
}

TEST(ReadRaster, gives_its_outline_as_geometry) {
    const TemporaryFolder folder;
    write_raster(folder.path() / "đồi.tif", grey("EPSG:4326", {107, 0.1, 0, 22, 0, -0.1}));
    const DatasetPtr dataset = read_one(folder.path() / "đồi.tif", with_rasters());
    ASSERT_TRUE(dataset->is_raster());
    EXPECT_EQ(dataset->name, "đồi");
    EXPECT_EQ(dataset->from.driver, "GTiff");
    EXPECT_EQ(dataset->crs, Crs::wgs84());
    EXPECT_EQ(dataset->geometry.kind(), GeometryKind::line);
    EXPECT_EQ(dataset->geometry.feature_count(), dataset->size());
    const Box box = dataset->lon_lat_box();
    EXPECT_NEAR(box.min_x, 107, 1e-9);
    EXPECT_NEAR(box.max_x, 107.8, 1e-9);
    EXPECT_NEAR(box.min_y, 21.2, 1e-9);
    EXPECT_NEAR(box.max_y, 22, 1e-9);
    EXPECT_THAT(dataset->diagnostics, IsEmpty());
}

TEST(ReadRaster, refuses_one_where_features_are_wanted) {
    const TemporaryFolder folder;
    write_raster(folder.path() / "hills.tif", grey("EPSG:4326", {107, 0.1, 0, 22, 0, -0.1}));
    const auto datasets = read_all(folder.path() / "hills.tif");
    ASSERT_FALSE(datasets);
    EXPECT_EQ(datasets.error().kind, ErrorKind::bad_input);
    EXPECT_THAT(to_text(datasets.error()), HasSubstr("hills.tif: it is a raster, a picture without features"));
}

TEST(ReadRaster, says_when_it_names_no_crs_and_proposes_some) {
    const TemporaryFolder folder;
    // VN-2000 / TM-3 107-45, at Hạ Long.
    write_raster(folder.path() / "metres.tif", grey("", {430000, 100, 0, 2320000, 0, -100}));
    const DatasetPtr asks = read_one(folder.path() / "metres.tif", with_rasters());
    EXPECT_FALSE(asks->crs.known());
    ASSERT_TRUE(asks->import);
    ASSERT_THAT(asks->import->questions, Not(IsEmpty()));
    EXPECT_EQ(asks->import->questions.front().kind, Question::Kind::crs);
    EXPECT_THAT(asks->import->crs_proposals, Not(IsEmpty()));
    for (const CrsProposal& proposal : asks->import->crs_proposals)
        EXPECT_FALSE(proposal.swapped) << "a picture's axes cannot be exchanged";

    ReadOptions options = with_rasters();
    options.crs = "EPSG:5899";
    const DatasetPtr told = read_one(folder.path() / "metres.tif", options);
    EXPECT_EQ(told->crs.code(), "EPSG:5899");
    EXPECT_THAT(told->diagnostics, IsEmpty());

    write_raster(folder.path() / "degrees.tif", grey("", {107, 0.1, 0, 22, 0, -0.1}));
    const DatasetPtr degrees = read_one(folder.path() / "degrees.tif", with_rasters());
    EXPECT_EQ(degrees->crs, Crs::wgs84());
    ASSERT_EQ(degrees->diagnostics.size(), 1U);
    EXPECT_EQ(degrees->diagnostics[0].kind, DiagnosticKind::no_crs);
}

TEST(ReadRaster, prefers_a_files_features_and_finds_its_raster_by_name) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "both.gpkg";
    RasterSpec spec = grey("EPSG:4326", {107, 0.1, 0, 22, 0, -0.1});
    spec.bands.assign(3, spec.bands[0]);
    spec.driver = "GPKG";
    spec.options = {"RASTER_TABLE=hills"};
    write_raster(path, spec);
    EXPECT_TRUE(read_one(path, with_rasters())->is_raster());
    {
        GDALDatasetH file = GDALOpenEx(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE, nullptr, nullptr, nullptr);
        OGRLayerH layer = GDALDatasetCreateLayer(file, "places", nullptr, wkbPoint, nullptr);
        OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
        OGR_G_SetPoint_2D(point, 0, 107.5, 21.5);
        OGR_F_SetGeometryDirectly(feature, point);
        ASSERT_EQ(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
        OGR_F_Destroy(feature);
        GDALClose(file);
    }
    const DatasetPtr features = read_one(path, with_rasters());
    EXPECT_FALSE(features->is_raster());
    EXPECT_EQ(features->name, "places");
    ReadOptions named = with_rasters();
    named.layer = "hills";
    EXPECT_TRUE(read_one(path, named)->is_raster());
}

TEST(ReadRaster, leaves_the_users_folder_as_it_was) {
    const TemporaryFolder folder;
    write_raster(folder.path() / "hills.tif", grey("EPSG:4326", {107, 0.1, 0, 22, 0, -0.1}));
    const DatasetPtr dataset = read_one(folder.path() / "hills.tif", with_rasters());
    ASSERT_TRUE(dataset->raster->read({dataset->crs, dataset->crs, {107, 21, 108, 22}, 16, 16}));
    EXPECT_THAT(folder.names(), ElementsAre("hills.tif"));
}

// ── addresses of map tiles ──

TEST(TileAddress, is_told_from_files) {
    EXPECT_TRUE(is_tile_address("https://tile.example.org/{z}/{x}/{y}.png"));
    EXPECT_TRUE(is_tile_address("https://tile.example.org/{z}/{x}/{-y}.png"));
    EXPECT_FALSE(is_tile_address("https://example.org/map.tif"));
    EXPECT_FALSE(is_tile_address("/maps/{x}.tif"));
    EXPECT_EQ(host_of("https://me:secret@{s}.tile.example.org/{z}/{x}/{y}.png?key=secret"), "tile.example.org");
    EXPECT_EQ(host_of("file:///maps/night/{z}/{x}/{y}.png"), "night");
}

TEST(TileAddress, becomes_what_gdal_understands) {
    const auto xml = gdal_tile_service("https://{s}.example.org/{z}/{x}/{y}{r}.png?a=1&key=<k>", 17, "/cache/tiles");
    ASSERT_TRUE(xml);
    EXPECT_THAT(*xml,
                HasSubstr("<ServerUrl>https://a.example.org/${z}/${x}/${y}.png?a=1&amp;key=&lt;k&gt;</ServerUrl>"));
    EXPECT_THAT(*xml, HasSubstr("<TileLevel>17</TileLevel>"));
    EXPECT_THAT(*xml, HasSubstr("<YOrigin>top</YOrigin>"));
    EXPECT_THAT(*xml, HasSubstr("<BlockSizeX>256</BlockSizeX>"));
    EXPECT_THAT(*xml, HasSubstr("<Cache><Path>/cache/tiles</Path></Cache>"));
    EXPECT_THAT(*xml, HasSubstr("<Timeout>10</Timeout>"));
    EXPECT_THAT(*gdal_tile_service("https://example.org/{z}/{x}/{-y}@2x.png", 9, {}),
                testing::AllOf(HasSubstr("<YOrigin>bottom</YOrigin>"), HasSubstr("<BlockSizeX>512</BlockSizeX>"),
                               Not(HasSubstr("Cache"))));
}

TEST(TileAddress, that_cannot_be_says_why_without_what_may_be_a_secret) {
    const auto error = [](const char* address, int zoom) {
        const auto xml = gdal_tile_service(address, zoom, {});
        return xml ? std::string("(fine)") : to_text(xml.error());
    };
    EXPECT_EQ(
        error("https://example.org/{z}/{x}/{y}.png?key={key}&mine=secret", 19),
        "example.org: “{key}” in the address of map tiles means nothing. Put what belongs there, your key say, in "
        "its place.");
    EXPECT_THAT(error("https://example.org/{z}/{x}/{y}.png", 25), HasSubstr("there is no zoom 25 of map tiles"));
    EXPECT_THAT(error("example.org/{z}/{x}/{y}.png", 19), HasSubstr("this is no address of map tiles"));
}

/// Tiles of the zooms 0 and 1 in a folder: grey for the world, and a colour for each quarter of it.
void write_tiles(const std::filesystem::path& folder) {
    const auto tile = [&](int z, int x, int y, double r, double g, double b) {
        const auto path = folder / std::to_string(z) / std::to_string(x) / (std::to_string(y) + ".png");
        std::filesystem::create_directories(path.parent_path());
        write_raster(
            path,
            {.width = 256, .height = 256, .crs = "", .to_map = {}, .bands = {all(r), all(g), all(b)}, .driver = "PNG"});
    };
    tile(0, 0, 0, 90, 90, 90);
    tile(1, 0, 0, 200, 0, 0), tile(1, 1, 0, 0, 200, 0), tile(1, 0, 1, 0, 0, 200);  // the south-east is not there
}

TEST(TileAddress, is_a_raster_of_the_zoom_that_the_view_needs) {
    const TemporaryFolder folder;
    write_tiles(folder.path());
    ReadOptions options = with_rasters();
    options.import.max_zoom = 1;
    const DatasetPtr dataset = read_one("file://" + folder.path().string() + "/{z}/{x}/{y}.png", options);
    EXPECT_EQ(dataset->crs.code(), "EPSG:3857");
    const auto seen = [&](const Box& box, int side) {
        const auto pixels = dataset->raster->read({dataset->crs, Crs::wgs84(), box, side, side});
        if (!pixels) throw std::runtime_error(to_text(pixels.error()));
        const std::size_t middle =
            (static_cast<std::size_t>(side) * static_cast<std::size_t>(side) / 2 + static_cast<std::size_t>(side) / 2) *
            4;
        return std::vector<int>{pixels->rgba[middle], pixels->rgba[middle + 1], pixels->rgba[middle + 2]};
    };
    EXPECT_THAT(seen({-100, 10, -40, 70}, 128), ElementsAre(200, 0, 0));
    EXPECT_THAT(seen({40, 10, 100, 70}, 128), ElementsAre(0, 200, 0));
    EXPECT_THAT(seen({-100, -70, -40, -10}, 128), ElementsAre(0, 0, 200));
    EXPECT_THAT(seen({-100, 10, -40, 70}, 16), ElementsAre(90, 90, 90)) << "seen from afar, the world's own tile";
    const auto missing = dataset->raster->read({dataset->crs, Crs::wgs84(), {40, -70, 100, -10}, 128, 128});
    ASSERT_TRUE(missing);
    EXPECT_TRUE(missing->blank()) << "a tile that the server does not have is nothing";
}

TEST(TileAddress, of_a_server_that_is_not_there_fails_and_is_not_asked_for_ever) {
    // Port 9 of this machine: nobody answers.
    const DatasetPtr dataset = read_one("http://127.0.0.1:9/{z}/{x}/{y}.png?key=secret", with_rasters());
    EXPECT_EQ(dataset->name, "127.0.0.1:9");
    EXPECT_TRUE(dataset->raster->info().served);
    for (int i = 0; i < 4; ++i) {
        const auto pixels = dataset->raster->read({dataset->crs, dataset->crs, {0, 0, 1000, 1000}, 16, 16});
        ASSERT_FALSE(pixels);
        EXPECT_THAT(to_text(pixels.error()), HasSubstr("the server did not send its pictures"));
        EXPECT_THAT(to_text(pixels.error()), Not(HasSubstr("secret")));
    }
}

}  // namespace
}  // namespace diaban
