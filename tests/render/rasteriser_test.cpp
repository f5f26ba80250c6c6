// Which painter stands behind Painter, and that a window shows the same of both.
#include "render/rasteriser.h"

#include <gtest/gtest.h>

#include <epoxy/egl.h>
#include <epoxy/gl.h>

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

TEST(Rasterisers, agree_on_lines_of_which_some_reach_far_beyond_the_picture) {
    Scene scene = scene_of(100, 60);
    StrokeItem item;
    std::string short_steps = "LINESTRING(10 10";
    for (int x = 11; x < 90; ++x)
        short_steps += "," + std::to_string(x) + " " + std::to_string(10 + x % 7);
    item.detail = shapes({short_steps + ")", "LINESTRING(-50000 50,50000 50)"});
    item.stroke.width = Pixels(2);
    scene.map.push_back(item);
    Canvas opengl(Rasteriser::opengl);
    Canvas software(Rasteriser::software);
    EXPECT_EQ(compare_images(opengl.draw(scene), software.draw(scene), 64).share, 0);
}

/// A context with a framebuffer of its own, as a window has one: rows from the top under the hood.
class WindowOf120By90 {
public:
    WindowOf120By90() : display_(eglGetCurrentDisplay()) {
        eglBindAPI(EGL_OPENGL_API);
        const EGLint wanted[] = {
            EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_RED_SIZE, 8, EGL_ALPHA_SIZE, 8,
            EGL_NONE};
        const EGLint size[] = {EGL_WIDTH, 120, EGL_HEIGHT, 90, EGL_NONE};
        const EGLint version[] = {EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 3, EGL_NONE};
        EGLConfig config = nullptr;
        EGLint count = 0;
        if (eglChooseConfig(display_, wanted, &config, 1, &count) != EGL_TRUE || count == 0) return;
        context_ = eglCreateContext(display_, config, EGL_NO_CONTEXT, version);
        surface_ = eglCreatePbufferSurface(display_, config, size);
        usable_ = eglMakeCurrent(display_, surface_, surface_, context_) == EGL_TRUE;
    }
    ~WindowOf120By90() {
        eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
        if (surface_ != EGL_NO_SURFACE) eglDestroySurface(display_, surface_);
        if (context_ != EGL_NO_CONTEXT) eglDestroyContext(display_, context_);
    }
    WindowOf120By90(const WindowOf120By90&) = delete;
    WindowOf120By90& operator=(const WindowOf120By90&) = delete;
    [[nodiscard]] bool usable() const { return usable_; }
    [[nodiscard]] static Image look() {
        Image image{120, 90, std::vector<uint8_t>(std::size_t{120} * 90 * 4)};
        for (int y = 0; y < 90; ++y)
            glReadPixels(0, 89 - y, 120, 1, GL_RGBA, GL_UNSIGNED_BYTE,
                         image.rgba.data() + static_cast<std::size_t>(y) * 120 * 4);
        return image;
    }

private:
    EGLDisplay display_;
    EGLContext context_ = EGL_NO_CONTEXT;
    EGLSurface surface_ = EGL_NO_SURFACE;
    bool usable_ = false;
};

TEST(Painter, paints_the_right_way_up_and_in_the_right_colours_into_a_windows_own_framebuffer) {
    const Canvas canvas;  // its display is the window's
    const WindowOf120By90 window;
    if (!window.usable()) GTEST_SKIP() << "EGL gives no framebuffer of its own here";
    for (const Rasteriser rasteriser : {Rasteriser::opengl, Rasteriser::software}) {
        Painter painter(rasteriser);
        const Scene scene = some_scene();
        const Image expected = *draw_image_here(painter, scene);
        painter.paint(scene, 0);
        EXPECT_EQ(WindowOf120By90::look().rgba, expected.rgba);
        glClear(GL_COLOR_BUFFER_BIT);
        ASSERT_TRUE(painter.repeat(0));
        EXPECT_EQ(WindowOf120By90::look().rgba, expected.rgba);
        // Moved up and to the right, as a map beside panels is.
        painter.paint(scene, 0, 20, 10);
        EXPECT_EQ(pixel(WindowOf120By90::look(), 30, 60), pixel(expected, 10, 70));
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
