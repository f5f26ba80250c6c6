#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "data/rasters.h"
#include "temporary_folder.h"
#include "workspace/file.h"
#include "workspace/open.h"

namespace diaban {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* tiles = "https://tile.example.org/{z}/{x}/{y}.png?key=mine";

struct RasterWorkspace : testing::Test {
    TemporaryFolder folder;
    Progress progress;

    RasterWorkspace() {
        for (const char* name : {"hills.tif", "photo.tif"})
            write_raster(folder.path() / name,
                         {.to_map = {107, 0.1, 0, 22, 0, -0.1}, .bands = {all(5), all(6), all(7)}});
        std::ofstream(folder.path() / "communes.geojson") << R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"06838"},"geometry":{"type":"Polygon","coordinates":[[[107,21],[108,21],[108,22],[107,21]]]}}]})";
    }
    Opened open(const std::vector<std::string>& names) {
        std::vector<std::filesystem::path> paths;
        for (const std::string& name : names)
            paths.push_back(name.find("://") == std::string::npos ? folder.path() / name : std::filesystem::path(name));
        auto opened = open_files(paths, progress);
        if (!opened) throw std::runtime_error(to_text(opened.error()));
        return *std::move(opened);
    }
    static std::vector<std::string> layers_of(const Workspace& workspace) {
        std::vector<std::string> names;
        for (const Layer& layer : workspace.layers)
            names.push_back(layer.name);
        return names;
    }
    std::string wrong(const std::string& layers) {
        const std::string text = "version = 1\n[[sources]]\nid = \"a\"\npath = \"a.tif\"\n" + layers;
        const auto workspace = workspace_from_toml(text, folder.path());
        return workspace ? "(fine)" : to_text(workspace.error());
    }
};

TEST_F(RasterWorkspace, has_rasters_under_what_has_features_and_tiles_of_a_server_under_all) {
    const Opened opened = open({tiles, "hills.tif", "communes.geojson", "photo.tif"});
    EXPECT_THAT(layers_of(opened.workspace), ElementsAre("communes", "hills", "photo", "tile.example.org"));
    EXPECT_EQ(opened.workspace.title, "communes");
    EXPECT_EQ(opened.workspace.layers[1].style.raster, RasterStyle{});
    EXPECT_FALSE(opened.workspace.layers[0].style.raster);
    ASSERT_EQ(opened.datasets.size(), 4U);
    EXPECT_TRUE(opened.datasets.at("hills")->is_raster());
    EXPECT_THAT(opened.diagnostics, IsEmpty());
}

TEST_F(RasterWorkspace, is_the_same_after_it_was_saved) {
    Workspace workspace = open({tiles, "hills.tif", "communes.geojson"}).workspace;
    workspace.layers[1].style.raster = RasterStyle{0.25, -0.5, true, false};
    workspace.layers[1].opacity = 0.6;
    workspace.sources[0].import.max_zoom = 17;
    const std::string text = workspace_to_toml(workspace, folder.path());
    const auto again = workspace_from_toml(text, folder.path());
    ASSERT_TRUE(again) << to_text(again.error());
    EXPECT_EQ(*again, workspace);
    EXPECT_THAT(text, HasSubstr(tiles)) << "no path, and not relative to anything";
    EXPECT_THAT(text, HasSubstr("brightness = 0.25"));
}

TEST_F(RasterWorkspace, refuses_keys_and_values_that_mean_nothing) {
    const auto layer = [&](const std::string& raster) {
        return wrong("[[layers]]\nid = \"a\"\nsource = \"a\"\nstyle.raster = { " + raster + " }\n");
    };
    EXPECT_EQ(layer("brightness = 1, contrast = -1, greyscale = true, smooth = false"), "(fine)");
    EXPECT_THAT(layer("brightness = 1.5"), HasSubstr("it has to be from -1 to 1"));
    EXPECT_THAT(layer("brightnes = 0.5"), HasSubstr("brightness"));
    EXPECT_THAT(wrong("import = { max_zoom = 30 }\n"), HasSubstr("has to be from 0 to 24"));
}

TEST_F(RasterWorkspace, opens_although_a_raster_of_it_is_gone) {
    Workspace workspace = open({"hills.tif", "communes.geojson"}).workspace;
    ASSERT_TRUE(save_workspace(workspace, folder.path() / "map.toml"));
    std::filesystem::remove(folder.path() / "hills.tif");
    const Opened opened = open({"map.toml"});
    EXPECT_EQ(opened.datasets.size(), 1U);
    ASSERT_EQ(opened.diagnostics.size(), 1U);
    EXPECT_EQ(opened.diagnostics[0].kind, DiagnosticKind::layer_failed);
    EXPECT_THAT(to_text(opened.diagnostics[0]), HasSubstr("hills.tif"));
}

TEST_F(RasterWorkspace, takes_the_crs_that_it_names) {
    write_raster(folder.path() / "plain.tif",
                 {.crs = "", .to_map = {430000, 100, 0, 2320000, 0, -100}, .bands = {all(1), all(2), all(3)}});
    Source source;
    source.path = folder.path() / "plain.tif";
    const auto unknown = read_source(source, progress);
    ASSERT_TRUE(unknown);
    EXPECT_FALSE((*unknown)->crs.known());
    source.crs = "EPSG:5899";
    const auto named = read_source(source, progress);
    ASSERT_TRUE(named);
    EXPECT_EQ((*named)->crs.code(), "EPSG:5899");
}

}  // namespace
}  // namespace diaban
