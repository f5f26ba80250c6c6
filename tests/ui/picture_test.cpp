#include "ui/picture.h"

#include <gtest/gtest.h>

#include "render/gl_context.h"
#include "render/image.h"
#include "render/painter.h"
#include "ui/sample.h"

namespace diaban::ui {
namespace {

struct PictureTest : testing::Test {
    Sample sample;
    Ui ui;
    void SetUp() override {
        ui.session.open({sample.path("communes.geojson")});
        ui.session.jobs().finish();
        ui.map.resize(320, 200, 1);
        ui.map.follow(ui.session, ui.furniture());
    }
};

TEST_F(PictureTest, is_as_large_as_the_map_times_its_scale) {
    const auto context = OffscreenContext::create();
    if (!context) GTEST_SKIP() << to_text(context.error());
    context->make_current();
    Painter painter;
    ui.painter = &painter;
    const auto saved = save_picture(ui, sample.path("map.png"), 2);
    ASSERT_TRUE(saved) << to_text(saved.error());
    const auto image = read_png(sample.path("map.png"));
    ASSERT_TRUE(image);
    EXPECT_EQ(image->width, 640);
    EXPECT_EQ(image->height, 400);
    // The screen's own view stays as it was.
    EXPECT_EQ(ui.map.frame().pixel_ratio, 1);
    EXPECT_FALSE(save_picture(ui, sample.path("no/such/folder/map.png"), 1));
}

TEST_F(PictureTest, needs_something_to_draw_with) {
    const auto saved = save_picture(ui, sample.path("map.png"), 1);
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().kind, ErrorKind::failure);
    EXPECT_FALSE(std::filesystem::exists(sample.path("map.png")));
}

}  // namespace
}  // namespace diaban::ui
