// Rasters in the window: the list of layers, their style, adding a basemap, what could not be read.
#include <GLFW/glfw3.h>
#include <gmock/gmock.h>

#include "panels_support.h"
#include "ui/icons.h"

namespace diaban::ui {
namespace {

using testing::HasSubstr;
using testing::Not;

/// 4 × 4 degrees of heights, as text that GDAL reads; the axes of its world are degrees by the .prj beside it.
std::filesystem::path write_heights(const TemporaryFolder& folder) {
    (void)folder.write("heights.prj", R"(GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],)"
                                      R"(PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]])");
    return folder.write("heights.asc",
                        "ncols 4\nnrows 4\nxllcorner 107\nyllcorner 20\ncellsize 1\n"
                        "1 2 3 4\n5 6 7 8\n9 10 11 12\n13 14 15 16\n");
}

struct RasterInWindow : testing::Test {
    TemporaryFolder folder;
    Harness h{1280, 900};
    void SetUp() override { h.open({folder.write("communes.geojson", four_communes()), write_heights(folder)}); }
    [[nodiscard]] const Layer& raster() { return h.ui.session.workspace().layers.back(); }
};

TEST_F(RasterInWindow, lies_under_the_others_without_a_count_or_a_complaint) {
    ASSERT_EQ(h.ui.session.workspace().layers.size(), 2U);
    EXPECT_EQ(raster().name, "heights");
    EXPECT_THAT(h.texts(), HasSubstr("heights"));
    EXPECT_THAT(h.texts(), HasSubstr(icon::image_area));
    EXPECT_THAT(h.texts(), Not(HasSubstr("could not be read")));
    EXPECT_EQ(h.ui.session.active_layer, h.ui.session.workspace().layers.front().id);
}

TEST_F(RasterInWindow, has_a_style_of_its_own_each_change_one_undo_step) {
    h.ui.session.active_layer = raster().id;
    h.frames(2);
    EXPECT_THAT(h.texts(), HasSubstr("Brightness"));
    EXPECT_THAT(h.texts(), Not(HasSubstr("Filter")));
    ASSERT_TRUE(click_on(h, "Grey"));
    EXPECT_TRUE(raster().style.raster.value_or(RasterStyle{}).greyscale);
    h.ui.session.undo();
    EXPECT_FALSE(raster().style.raster.value_or(RasterStyle{}).greyscale);
}

TEST_F(RasterInWindow, is_neither_hovered_nor_selected_and_every_panel_bears_it) {
    h.ui.session.active_layer = raster().id;
    for (const Drawer drawer : {Drawer::table, Drawer::ranking, Drawer::match, Drawer::problems, Drawer::diagnostics}) {
        h.ui.panels.drawer = drawer;
        h.frames(2);
    }
    for (const Inspector inspector : {Inspector::feature, Inspector::labels, Inspector::style}) {
        h.ui.panels.inspector = inspector;
        h.frames(2);
    }
    h.key(GLFW_KEY_A, true);
    EXPECT_TRUE(h.ui.session.selection.empty());
}

TEST_F(RasterInWindow, comes_by_an_address_that_is_understood_before_it_is_taken) {
    h.key(GLFW_KEY_B, true);
    h.frames(2);
    ASSERT_TRUE(h.ui.panels.basemap.open);
    h.type("https://tile.example.org/{z}/{x}/{q}.png");
    h.key(GLFW_KEY_ENTER);
    h.frames(2);
    EXPECT_TRUE(h.ui.panels.basemap.open);
    EXPECT_THAT(h.ui.panels.basemap.error, HasSubstr("this is no address of map tiles"));
    h.ui.panels.basemap.address = "file://" + folder.path().string() + "/{z}/{x}/{y}.png";
    h.ui.panels.basemap.attribution = "Ourselves";
    h.ui.panels.basemap.max_zoom = 3;
    h.key(GLFW_KEY_ENTER);
    h.frames(2);
    EXPECT_FALSE(h.ui.panels.basemap.open);
    const Workspace& workspace = h.ui.session.workspace();
    ASSERT_EQ(workspace.layers.size(), 3U);
    EXPECT_EQ(workspace.layers.back().source, workspace.sources.back().id) << "under everything";
    EXPECT_EQ(workspace.sources.back().attribution, "Ourselves");
    EXPECT_EQ(workspace.sources.back().import.max_zoom, 3);
    h.key(GLFW_KEY_B, true);
    h.frames(2);
    h.key(GLFW_KEY_ESCAPE);
    h.frames(2);
    EXPECT_FALSE(h.ui.panels.basemap.open);
}

}  // namespace
}  // namespace diaban::ui
