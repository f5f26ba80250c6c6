// Rasters from the command line: told, drawn under vectors, refused where features are wanted.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/program.h"
#include "data/rasters.h"

namespace diaban {
namespace {

using testing::HasSubstr;
using testing::Not;

struct RasterProgram : testing::Test {
    TemporaryFolder folder;
    RasterProgram() {
        write_raster(folder.path() / "hills.tif", {.width = 400,
                                                   .height = 400,
                                                   .to_map = {107, 0.0025, 0, 22, 0, -0.0025},
                                                   .type = GDT_Float32,
                                                   .bands = {[](int x, int y) { return x < 100 ? -1 : x + y; }},
                                                   .nodata = {-1},
                                                   .overviews = {2}});
        std::ofstream(folder.path() / "post.geojson") << R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Pò Hèn"},"geometry":{"type":"Point","coordinates":[107.5,21.5]}}]})";
    }
    ProgramResult run(const std::vector<std::string>& words) { return run_program(words, folder.path()); }
};

TEST_F(RasterProgram, says_what_a_raster_is) {
    const auto said = run({"info", "hills.tif"});
    ASSERT_EQ(said.code, 0) << said.err;
    EXPECT_THAT(said.out, HasSubstr("hills.tif (GTiff)"));
    EXPECT_THAT(said.out,
                HasSubstr("raster of 400 × 400 pixels, 1 band (Float32), 1 overview, without data where it is -1"));
    EXPECT_THAT(said.out, HasSubstr("Coordinate system: WGS 84 (EPSG:4326)"));
    EXPECT_THAT(said.out, HasSubstr("Shown from black to white:"));
    const auto json = nlohmann::json::parse(run({"info", "--json", "hills.tif"}).out);
    const auto& layer = json["files"][0]["layers"][0];
    EXPECT_EQ(layer["geometry"], "raster");
    EXPECT_EQ(layer["features"], 0);
    EXPECT_EQ(layer["raster"]["width"], 400);
    EXPECT_EQ(layer["raster"]["nodata"], "-1");
}

TEST_F(RasterProgram, draws_it_under_the_features_and_does_not_count_it) {
    const auto drawn = run({"render", "hills.tif", "post.geojson", "-o", "map.png", "--json"});
    ASSERT_EQ(drawn.code, 0) << drawn.err;
    const auto json = nlohmann::json::parse(drawn.out);
    EXPECT_EQ(json["features"], 1);
    EXPECT_EQ(json["layers"], (std::vector<std::string>{"post", "hills"}));
    EXPECT_EQ(run({"render", "hills.tif", "-o", "alone.png"}).code, 0);
    EXPECT_EQ(run({"render", "post.geojson", "-o", "post.png"}).code, 0);
    EXPECT_NE(whole_file(folder.path() / "map.png"), whole_file(folder.path() / "post.png"));
}

TEST_F(RasterProgram, writes_no_picture_that_silently_lacks_a_part) {
    write_raster(
        folder.path() / "cut.tif",
        {.width = 512, .height = 512, .to_map = {107, 0.002, 0, 22, 0, -0.002}, .bands = {all(1), all(2), all(3)}});
    std::filesystem::resize_file(folder.path() / "cut.tif", std::filesystem::file_size(folder.path() / "cut.tif") / 2);
    const auto refused = run({"render", "cut.tif", "post.geojson", "-o", "map.png"});
    EXPECT_EQ(refused.code, 3);
    EXPECT_THAT(refused.err, HasSubstr("part of the raster cannot be read"));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "map.png"));
    const auto gone = run({"render", "http://127.0.0.1:9/{z}/{x}/{y}.png?key=secret", "post.geojson", "-o", "map.png"});
    EXPECT_EQ(gone.code, 3);
    EXPECT_THAT(gone.err, HasSubstr("the server did not send its pictures"));
    EXPECT_THAT(gone.err, Not(HasSubstr("secret")));
}

TEST_F(RasterProgram, refuses_a_raster_where_features_are_wanted) {
    const auto refused = run({"import", "hills.tif", "-o", "out.gpkg"});
    EXPECT_EQ(refused.code, 3);
    EXPECT_THAT(refused.err, HasSubstr("it is a raster, a picture without features"));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "out.gpkg"));
}

}  // namespace
}  // namespace diaban
