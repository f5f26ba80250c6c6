// Which painter stands behind Painter, and that a window shows the same of both.
#include "render/rasteriser.h"

#include <gtest/gtest.h>

#include "render/canvas.h"
#include "render/part.h"
#include "render/software/band_painter.h"

namespace diaban::testing {
namespace {

TEST(Rasteriser, is_software_where_opengl_is_drawn_by_the_processor) {
    for (const char* name :
         {"llvmpipe (LLVM 15.0.6, 256 bits)", "softpipe", "SWR (LLVM 11.0.1, 256 bits)", "Software Rasterizer",
          "Google SwiftShader", "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)",
          "zink Vulkan 1.3(llvmpipe (LLVM 15.0.6, 256 bits) (MESA_LLVMPIPE))", "D3D12 (Microsoft Basic Render Driver)"})
        EXPECT_EQ(choose_rasteriser(Rasteriser::automatic, name), Rasteriser::software) << name;
}

TEST(Rasteriser, is_opengl_on_graphics_cards) {
    for (const char* name : {"NVIDIA GeForce RTX 3060/PCIe/SSE2", "Mesa Intel(R) UHD Graphics 620 (KBL GT2)",
                             "AMD Radeon RX 6600 (navi23, LLVM 15.0.6, DRM 3.49)", "V3D 4.2", "virgl", ""})
        EXPECT_EQ(choose_rasteriser(Rasteriser::automatic, name), Rasteriser::opengl) << name;
}

TEST(Rasteriser, is_the_one_asked_for) {
    EXPECT_EQ(choose_rasteriser(Rasteriser::opengl, "llvmpipe"), Rasteriser::opengl);
    EXPECT_EQ(choose_rasteriser(Rasteriser::software, "NVIDIA"), Rasteriser::software);
}

Scene some_scene() {
    Scene scene = scene_of(120, 90);
    scene.map.push_back(fill(shapes({"POLYGON((5 5,100 20,60 80,5 5))"}), {blue}));
    scene.map.push_back(fill(shapes({"POLYGON((70 60,110 60,110 85,70 85,70 60))"}), {{220, 40, 40, 128}}));
    return scene;
}

TEST(Painter, chooses_by_the_context_that_is_current) {
    Canvas canvas(Rasteriser::automatic);
    EXPECT_EQ(canvas.painter().rasteriser(),
              choose_rasteriser(Rasteriser::automatic, canvas.context().renderer_name()));
}

TEST(Painter, shows_in_a_window_what_a_picture_of_it_has) {
    for (const Rasteriser rasteriser : {Rasteriser::opengl, Rasteriser::software}) {
        Canvas canvas(rasteriser);
        const Scene scene = some_scene();
        const Image window = canvas.show(scene);
        EXPECT_EQ(window.rgba, canvas.draw(scene).rgba);
        EXPECT_EQ(pixel(window, 100, 10), (Rgba{237, 147, 147, 255}));  // rows from the top: the red one is above
    }
}

TEST(Painter, repeats_the_last_whole_picture_and_no_other) {
    for (const Rasteriser rasteriser : {Rasteriser::opengl, Rasteriser::software}) {
        Canvas canvas(rasteriser);
        const Scene scene = some_scene();
        EXPECT_TRUE(canvas.show_again(scene).rgba.empty());
        const Image shown = canvas.show(scene);
        EXPECT_EQ(canvas.show_again(scene).rgba, shown.rgba);
        // The size changes, and back.
        (void)canvas.show(scene_of(30, 20));
        EXPECT_EQ(canvas.show(scene).rgba, shown.rgba);
        EXPECT_EQ(canvas.show_again(scene).rgba, shown.rgba);
    }
}

TEST(Painter, draws_pictures_in_software_without_any_context) {
    Painter painter(Rasteriser::software);
    const auto image = draw_image_here(painter, some_scene());
    ASSERT_TRUE(image);
    EXPECT_EQ(pixel(*image, 2, 2), white);
    EXPECT_EQ(pixel(*image, 50, 60), blue);
}

TEST(Painter, keeps_a_translucent_ground_straight_in_software) {
    Painter painter(Rasteriser::software);
    Scene scene = scene_of(4, 4);
    scene.background = {200, 100, 50, 128};
    const Rgba got = pixel(*draw_image_here(painter, scene), 1, 1);
    EXPECT_NEAR(got.r, 200, 2);
    EXPECT_NEAR(got.g, 100, 2);
    EXPECT_EQ(got.a, 128);
}

TEST(Painter, refuses_memory_to_paint_into_when_it_paints_with_opengl) {
    Canvas canvas;
    Scene scene = scene_of(2, 2);
    std::vector<uint8_t> pixels(16);
    EXPECT_THROW(canvas.painter().paint_part(scene, {0, 0, 2, 2}, Surface{pixels.data(), 2, 2, 8}), std::logic_error);
}

}  // namespace
}  // namespace diaban::testing
