#include "render/image.h"

#include <gmock/gmock.h>

#include <fstream>

#include "base/file.h"
#include "render/canvas.h"

namespace diaban::testing {
namespace {

using ::testing::HasSubstr;

Image plain(int width, int height, Rgba colour) {
    Image image;
    image.width = width;
    image.height = height;
    for (int i = 0; i < width * height; ++i)
        image.rgba.insert(image.rgba.end(), {colour.r, colour.g, colour.b, colour.a});
    return image;
}

TEST(Png, comes_back_as_it_was_written) {
    const TemporaryFolder folder;
    Image image = plain(7, 5, red);
    image.rgba[8] = 1;
    ASSERT_TRUE(write_png(image, folder / "a.png"));
    const auto back = read_png(folder / "a.png");
    ASSERT_TRUE(back);
    EXPECT_EQ(back->width, 7);
    EXPECT_EQ(back->height, 5);
    EXPECT_EQ(back->rgba, image.rgba);
}

TEST(Png, keeps_transparency) {
    const TemporaryFolder folder;
    const Image image = plain(3, 3, {10, 200, 30, 77});
    ASSERT_TRUE(write_png(image, folder / "a.png"));
    EXPECT_EQ(read_png(folder / "a.png")->rgba, image.rgba);
}

TEST(Png, says_its_resolution_and_who_made_it) {
    const TemporaryFolder folder;
    ASSERT_TRUE(write_png(plain(2, 2, red), folder / "a.png", 2));
    const auto bytes = read_file(folder / "a.png");
    ASSERT_TRUE(bytes);
    // 192 dpi is 7559 pixels a metre, 0x00001d87, said for both axes, unit 1 (the PNG specification, 11.3.5.3).
    EXPECT_THAT(*bytes, HasSubstr(std::string("pHYs\0\0\x1d\x87\0\0\x1d\x87\x01", 13)));
    EXPECT_THAT(*bytes, HasSubstr(std::string("tEXtSoftware\0Diaban", 19)));
}

TEST(Png, refuses_an_empty_picture_and_writes_nothing) {
    const TemporaryFolder folder;
    const auto written = write_png(Image{}, folder / "a.png");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().what, "The picture is empty");
    EXPECT_FALSE(std::filesystem::exists(folder / "a.png"));
}

TEST(Png, says_what_is_wrong_with_a_file_that_is_none) {
    const TemporaryFolder folder;
    std::ofstream(folder / "a.png") << "not a picture";
    const auto text = read_png(folder / "a.png");
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().kind, ErrorKind::bad_input);
    EXPECT_THAT(text.error().what, HasSubstr("The file is no readable PNG picture"));
    EXPECT_FALSE(read_png(folder / "missing.png"));
}

TEST(Png, says_what_is_wrong_with_a_file_cut_short) {
    const TemporaryFolder folder;
    ASSERT_TRUE(write_png(plain(50, 50, red), folder / "a.png"));
    const auto bytes = read_file(folder / "a.png");
    std::ofstream(folder / "b.png", std::ios::binary) << bytes->substr(0, bytes->size() - 20);
    const auto cut = read_png(folder / "b.png");
    ASSERT_FALSE(cut);
    EXPECT_THAT(cut.error().what, HasSubstr("the file ends early"));
}

TEST(CompareImages, tells_the_share_and_the_largest_difference) {
    const Image a = plain(10, 10, {100, 100, 100, 255});
    Image b = a;
    b.rgba[0] = 150;
    b.rgba[5] = 103;
    EXPECT_DOUBLE_EQ(compare_images(a, b, 5).share, 0.01);
    EXPECT_EQ(compare_images(a, b, 5).largest, 50);
    EXPECT_DOUBLE_EQ(compare_images(a, b, 2).share, 0.02);
    EXPECT_EQ(compare_images(a, a, 0).share, 0);
    EXPECT_EQ(compare_images(Image{}, Image{}, 0).share, 0);
    EXPECT_EQ(compare_images(a, plain(10, 9, red), 255).share, 1);
}

TEST(CompareImages, marks_in_red_where_they_differ) {
    const Image a = plain(4, 1, {100, 100, 100, 255});
    Image b = a;
    b.rgba[4] = 0;
    const Image marked = difference_image(a, b, 10);
    EXPECT_EQ(pixel(marked, 1, 0), (Rgba{220, 0, 0, 255}));
    EXPECT_EQ(pixel(marked, 0, 0), (Rgba{217, 217, 217, 255}));
}

TEST(DrawImage, refuses_a_picture_without_a_size) {
    Canvas canvas;
    const auto image = draw_image(canvas.context(), canvas.painter(), scene_of(0, 100));
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().kind, ErrorKind::wrong_usage);
}

TEST(DrawImage, refuses_a_picture_that_no_memory_holds) {
    Canvas canvas;
    const auto image = draw_image(canvas.context(), canvas.painter(), scene_of(1e7, 1e7));
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().kind, ErrorKind::failure);
    EXPECT_THAT(image.error().what, HasSubstr("not enough memory"));
}

TEST(OffscreenContext, names_what_draws_and_lives_beside_another) {
    const auto first = OffscreenContext::create();
    ASSERT_TRUE(first) << to_text(first.error());
    EXPECT_FALSE(first->renderer_name().empty());
    Canvas second;
    const Image before = second.draw(scene_of(5, 5));
    { const OffscreenContext::Current current(*first); }
    EXPECT_EQ(second.draw(scene_of(5, 5)).rgba, before.rgba);
}

}  // namespace
}  // namespace diaban::testing
