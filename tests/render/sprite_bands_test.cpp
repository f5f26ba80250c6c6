// Symbols, text, rectangles and paths painted on the processor: as much ink as they have by hand, and the same picture
// as the OpenGL painter's.
#include "render/software/sprite_bands.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "render/canvas.h"
#include "render/golden_scenes.h"
#include "render/software/blend.h"

namespace diaban::testing {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

/// What is ready to be painted: symbols, labels and furniture.
std::vector<BandPainterPtr> prepare(const Scene& scene, SpriteBands& bands, const Part& part) {
    const PartView view{scene.frame, part};
    std::vector<BandPainterPtr> out;
    for (const MapItem& item : scene.map)
        if (const auto* symbols = std::get_if<SymbolItem>(&item)) out.push_back(bands.prepare(*symbols, view));
    out.push_back(bands.prepare(scene.labels, view));
    out.push_back(bands.prepare(scene.furniture, view));
    return out;
}

/// Paints over an image, which is opaque, in bands of so many rows.
void paint(const std::vector<BandPainterPtr>& painters, Image& image, int band) {
    const Surface surface{image.rgba.data(), image.width, image.height, std::ptrdiff_t{4} * image.width};
    for (int y = 0; y < image.height; y += band)
        for (const BandPainterPtr& painter : painters)
            if (painter) painter->paint(surface, y, std::min(y + band, image.height));
}

Image ground(const Part& part, Rgba colour) {
    Image image{part.width, part.height, {}};
    for (int i = 0; i < part.width * part.height; ++i)
        image.rgba.insert(image.rgba.end(), {colour.r, colour.g, colour.b, colour.a});
    return image;
}

Image painted_part(const Scene& scene, const Part& part, int band = 50) {
    SpriteBands bands;
    Image image = ground(part, scene.background);
    paint(prepare(scene, bands, part), image, band);
    return image;
}

Image painted(const Scene& scene, int band = 50) {
    return painted_part(scene, {0, 0, device_width(scene.frame), device_height(scene.frame)}, band);
}

Symbol circle(Point at, double radius, Rgba fill, double outline_width = 0, Rgba outline = white) {
    Symbol symbol;
    symbol.at = at;
    symbol.radius = radius;
    symbol.fill = fill;
    symbol.outline = outline;
    symbol.outline_width = outline_width;
    return symbol;
}

Scene scene_with(double width, double height, std::vector<PixelItem> items, double pixel_ratio = 1) {
    Scene scene = scene_of(width, height, pixel_ratio);
    scene.labels = std::move(items);
    return scene;
}

Scene scene_with(double width, double height, std::vector<Symbol> symbols) {
    Scene scene = scene_of(width, height);
    scene.map.push_back(SymbolItem{std::move(symbols)});
    return scene;
}

TEST(Blend, is_rounded_to_the_nearest_step) {
    for (uint32_t alpha = 0; alpha < 256; ++alpha) {
        for (uint32_t below = 0; below < 256; ++below) {
            const uint32_t above = alpha / 2;
            const PackedPixel got = laid_over(below | below << 8 | below << 16 | 255U << 24,
                                              above | above << 8 | above << 16 | alpha << 24);
            const auto wanted = static_cast<uint32_t>(std::lround(below * (255 - alpha) / 255.0)) + above;
            ASSERT_EQ(got & 255, wanted) << below << " under " << alpha;
            ASSERT_EQ((got >> 8) & 255, wanted);
            ASSERT_EQ((got >> 16) & 255, wanted);
            ASSERT_EQ(got >> 24, 255U);
        }
    }
}

TEST(Blend, lays_rows_of_any_length_and_nothing_beside_them) {
    for (int count = 0; count < 12; ++count) {
        std::vector<PackedPixel> row(14, 0xff000000U);
        const std::vector<PackedPixel> above(14, 0x80400020U);
        auto* bytes = reinterpret_cast<uint8_t*>(row.data() + 1);
        lay_over(bytes, above.data(), count);
        lay_over(bytes, 0x80400020U, count);
        for (int i = 0; i < 14; ++i) {
            const bool inside = i >= 1 && i <= count;
            // By hand: 0x20 + 0x20 × 127 / 255 = 47.9, 0x40 + 0x40 × 127 / 255 = 95.9.
            ASSERT_EQ(row[static_cast<std::size_t>(i)], inside ? 0xff600030U : 0xff000000U) << count << ", " << i;
        }
    }
}

TEST(SpriteBands, cover_of_a_pixel_what_a_rectangle_covers) {
    const Image image = painted(scene_with(60, 40, {RectItem{{10.25, 20.5, 30, 12.25}, black}}));
    EXPECT_EQ(pixel(image, 20, 25), black);
    EXPECT_EQ(pixel(image, 10, 25).r, 64);          // three quarters
    EXPECT_EQ(pixel(image, 40, 25).r, 191);         // one quarter
    EXPECT_NEAR(pixel(image, 20, 20).r, 127.5, 1);  // half
    EXPECT_EQ(pixel(image, 20, 32).r, 64);
    EXPECT_EQ(pixel(image, 9, 25), white);
    EXPECT_EQ(pixel(image, 41, 25), white);
    EXPECT_EQ(pixel(image, 20, 19), white);
    EXPECT_EQ(pixel(image, 20, 33), white);
    EXPECT_NEAR(ink(image), 30 * 12.25, 0.6);
}

TEST(SpriteBands, round_corners_and_keep_outlines_within_the_box) {
    const auto box = [](double radius, double outline, Rgba fill) {
        return painted(scene_with(100, 80, {RectItem{{10, 10, 80, 60}, fill, black, outline, radius, {}}}));
    };
    constexpr double pi = 3.14159265;
    EXPECT_NEAR(ink(box(12, 0, black)), 80 * 60 - (4 - pi) * 144, 2);
    // A frame: the box less the box within it, whose corners are rounder by the outline's width.
    EXPECT_NEAR(ink(box(12, 3, white)), 80 * 60 - (4 - pi) * 144 - (74 * 54 - (4 - pi) * 81), 3);
    EXPECT_EQ(pixel(box(0, 3, red), 12, 40), black);
    EXPECT_EQ(pixel(box(0, 3, red), 13, 40), red);
    EXPECT_EQ(pixel(box(0, 3, red), 9, 40), white);
}

TEST(SpriteBands, give_circles_the_ink_of_their_area) {
    constexpr double pi = 3.14159265;
    for (const double radius : {1.5, 4.5, 9.0, 11.9, 12.1, 30.0}) {
        const Image image = painted(scene_with(80, 80, {circle({40.3, 39.6}, radius, black)}));
        // An edge that fades over a pixel adds a twelfth of one to the squared radius.
        EXPECT_NEAR(ink(image), pi * (radius * radius + 1.0 / 12), 0.002 * pi * radius * radius + 0.05) << radius;
        // The outline lies outside, as wide as asked.
        const Image ringed = painted(scene_with(80, 80, {circle({40.3, 39.6}, radius, white, 2, black)}));
        EXPECT_NEAR(ink(ringed), pi * (4 * radius + 4), 0.01 * pi * (4 * radius + 4) + 0.3) << radius;
    }
}

TEST(SpriteBands, cover_what_a_filled_path_covers) {
    const auto filled = [](std::vector<Pixel> points) {
        return painted(scene_with(60, 40, {PathItem{std::move(points), true, black, {}}}));
    };
    const Image triangle = filled({{10, 10}, {50, 10}, {10, 30}});
    EXPECT_NEAR(ink(triangle), 400, 0.5);
    EXPECT_EQ(pixel(triangle, 10, 10), black);
    EXPECT_EQ(pixel(triangle, 48, 10).r, 64);   // the tip lies on two pixels: three quarters of one
    EXPECT_EQ(pixel(triangle, 49, 10).r, 191);  // and a quarter of the other
    // The other way round it is the same, and thinner than a pixel it is no more than it is.
    EXPECT_EQ(filled({{10, 30}, {50, 10}, {10, 10}}).rgba, triangle.rgba);
    EXPECT_NEAR(ink(filled({{5.3, 10.4}, {55.3, 10.4}, {55.3, 10.6}, {5.3, 10.6}})), 50 * 0.2, 0.3);
    EXPECT_NEAR(ink(filled({{-100, 10}, {30, 10}, {30, 20}, {-100, 20}})), 300, 0.5);  // beyond the left edge
    EXPECT_NEAR(ink(filled({{30, -900}, {900, -900}, {900, 900}, {30, 900}})), 1200, 0.5);
    EXPECT_EQ(ink(filled({{10, 10}, {20, 20}, {30, 30}})), 0);
}

TEST(SpriteBands, draw_straight_lines_of_their_width_with_round_ends) {
    Stroke stroke;
    stroke.colour = black;
    for (const double width : {0.5, 1.0, 4.0}) {
        stroke.width = Pixels(width);
        const Image image = painted(scene_with(80, 60, {PathItem{{{10, 10.3}, {60, 45.2}}, false, {}, stroke}}));
        const double length = std::hypot(50, 34.9);
        EXPECT_NEAR(ink(image), length * width + 3.14159 * width * width / 4, 0.03 * length * width + 0.5) << width;
    }
    stroke.casing = red;
    stroke.casing_width = Pixels(2);
    const Image cased = painted(scene_with(80, 60, {PathItem{{{10, 30}, {60, 30}}, false, {}, stroke}}));
    EXPECT_EQ(pixel(cased, 30, 29), black);
    EXPECT_EQ(pixel(cased, 30, 26), red);
    EXPECT_EQ(pixel(cased, 30, 25), white);
}

/// How far the processor's picture is from OpenGL's; polygons are the ground of both.
ImageDifference from_opengl(const Scene& scene, int tolerance) {
    Canvas canvas;
    Scene below = scene;
    below.labels.clear();
    below.furniture.clear();
    std::erase_if(below.map, [](const MapItem& item) { return std::holds_alternative<SymbolItem>(item); });
    Image image = canvas.draw(below);
    SpriteBands bands;
    paint(prepare(scene, bands, {0, 0, image.width, image.height}), image, 50);
    return compare_images(canvas.draw(scene), image, tolerance);
}

TEST(SpriteBands, look_as_opengl_draws_them) {
    for (const double ratio : {1.0, 1.5, 2.0}) {
        // Small circles lie at steps of a sixteenth: an edge is off by up to 0.044 of a pixel, and of 255.
        EXPECT_LE(from_opengl(symbols_scene(ratio), 3).largest, 12) << ratio;
        EXPECT_LE(from_opengl(symbols_scene(ratio), 3).share, 0.01) << ratio;
        EXPECT_LE(from_opengl(text_scene(ratio), 2).largest, 2) << ratio;
        // Slanting edges of filled paths: covered exactly here, by distance there.
        EXPECT_LE(from_opengl(furniture_scene(ratio), 24).share, 0.002) << ratio;
    }
}

TEST(SpriteBands, look_as_opengl_draws_them_at_any_place_and_in_any_colour) {
    std::mt19937 random(20261125);
    const auto up_to = [&](double limit) { return std::uniform_real_distribution<double>(0, limit)(random); };
    const auto colour = [&] {
        const auto byte = [&] { return static_cast<uint8_t>(up_to(255.9)); };
        return Rgba{byte(), byte(), byte(), byte()};
    };
    Scene scene = scene_of(300, 200);
    for (int i = 0; i < 60; ++i) {
        // Large circles only: those are shaded where they lie.
        std::vector<Symbol> symbols{circle({up_to(300), up_to(200)}, 12 + up_to(30), colour(), up_to(4), colour())};
        scene.map.push_back(SymbolItem{symbols, up_to(1)});
        RectItem rect{{up_to(300), up_to(200), 2 + up_to(90), 2 + up_to(60)}, colour(), colour(), up_to(4), up_to(20)};
        if (i % 2 == 0) rect.hatch = Hatch{colour(), Pixels(1 + up_to(3)), Pixels(4 + up_to(6)), Degrees(up_to(180))};
        if (i % 4 == 0) rect.hatch->crossed = true;
        scene.labels.emplace_back(rect);
        Stroke stroke;
        stroke.colour = colour();
        stroke.width = Pixels(up_to(6));
        scene.labels.emplace_back(PathItem{{{up_to(300), up_to(200)}, {up_to(300), up_to(200)}}, false, {}, stroke});
    }
    const ImageDifference difference = from_opengl(scene, 3);
    EXPECT_LE(difference.largest, 6);
    EXPECT_LE(difference.share, 0.001);
}

/// All kinds of things, some across each edge of the picture.
Scene busy_scene() {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> x(-20, 320);
    std::uniform_real_distribution<double> y(-20, 220);
    Scene scene = furniture_scene();
    scene.frame = scene_of(300, 200).frame;
    SymbolItem symbols;
    for (int i = 0; i < 400; ++i) {
        Symbol symbol = circle({x(random), y(random)}, 1 + i % 17, i % 2 == 0 ? red : blue, i % 3);
        symbol.shape = marker_shapes()[static_cast<std::size_t>(i) % marker_shapes().size()];
        symbols.symbols.push_back(symbol);
    }
    symbols.opacity = 0.7;
    scene.map.push_back(symbols);
    for (int i = 0; i < 40; ++i)
        scene.labels.emplace_back(
            TextItem{{x(random), y(random)}, "Bình Liêu", TextStyle{.halo = white, .halo_width = 2}});
    return scene;
}

TEST(SpriteBands, do_not_depend_on_how_rows_are_cut_into_bands) {
    const Scene scene = busy_scene();
    const Image whole = painted(scene, 200);
    for (const int band : {1, 7, 32, 33, 64})
        EXPECT_EQ(painted(scene, band).rgba, whole.rgba) << band;
}

TEST(SpriteBands, paint_a_part_as_the_whole_has_it) {
    const Scene scene = busy_scene();
    const Image whole = painted(scene);
    const Part part{37, 61, 101, 83};
    const Image cut = painted_part(scene, part);
    for (int y = 0; y < part.height; ++y)
        for (int x = 0; x < part.width; ++x)
            ASSERT_EQ(pixel(cut, x, y), pixel(whole, part.x + x, part.y + y)) << x << ", " << y;
}

TEST(SpriteBands, paint_only_the_rows_asked_for) {
    const Scene scene = busy_scene();
    SpriteBands bands;
    const Part part{0, 0, 300, 200};
    Image image = ground(part, scene.background);
    const Surface surface{image.rgba.data(), image.width, image.height, std::ptrdiff_t{4} * image.width};
    for (const BandPainterPtr& painter : prepare(scene, bands, part))
        painter->paint(surface, 40, 90);
    const Image whole = painted(scene);
    for (int y = 0; y < part.height; ++y)
        for (int x = 0; x < part.width; ++x)
            ASSERT_EQ(pixel(image, x, y), y >= 40 && y < 90 ? pixel(whole, x, y) : scene.background) << x << ", " << y;
}

TEST(SpriteBands, lay_things_over_each_other_in_their_order) {
    const Image image = painted(scene_with(
        60, 60,
        {RectItem{{10, 10, 40, 40}, red}, MarkItem{{30, 30}, MarkerShape::square, 10, blue, blue, 0},
         PathItem{{{26, 26}, {34, 26}, {34, 34}, {26, 34}}, true, green, {}}, RectItem{{29, 29, 2, 2}, black}}));
    EXPECT_EQ(pixel(image, 12, 30), red);
    EXPECT_EQ(pixel(image, 23, 30), blue);
    EXPECT_EQ(pixel(image, 27, 30), green);
    EXPECT_EQ(pixel(image, 30, 30), black);
    // Symbols: the first is drawn first, whatever their kinds.
    Symbol square = circle({30, 30}, 8, blue);
    square.shape = MarkerShape::square;
    EXPECT_EQ(
        pixel(painted(scene_with(60, 60, {circle({30, 30}, 15, red), square, circle({30, 30}, 3, green)})), 30, 30),
        green);
    EXPECT_EQ(pixel(painted(scene_with(60, 60, {square, circle({30, 30}, 15, red)})), 30, 30), red);
}

TEST(SpriteBands, paint_over_a_clear_surface_premultiplied) {
    Scene scene = scene_with(40, 40, {RectItem{{5, 5, 30, 30}, {200, 100, 50, 128}}});
    scene.background = {0, 0, 0, 0};
    EXPECT_EQ(pixel(painted(scene), 20, 20), (Rgba{100, 50, 25, 128}));
    EXPECT_EQ(pixel(painted(scene), 2, 2), (Rgba{0, 0, 0, 0}));
}

TEST(SpriteBands, leave_away_what_is_nowhere) {
    const std::vector<double> places{not_a_number, infinite, -infinite, 1e300, -1e300, 1e10, -1e10};
    for (const double place : places) {
        for (const Pixel at : {Pixel{place, 20}, Pixel{20, place}, Pixel{place, place}}) {
            Stroke stroke;
            Scene scene = scene_with(
                60, 40,
                {TextItem{at, "Móng Cái"}, RectItem{{at.x, at.y, 10, 10}, black, red, 1, 2, Hatch{}},
                 MarkItem{at, MarkerShape::circle, 4, black, black},
                 MarkItem{at, MarkerShape::circle, 40, black, black}, MarkItem{at, MarkerShape::post, 9, black, black},
                 PathItem{{at, {at.x, at.y + 5}}, false, {}, stroke},
                 PathItem{{at, {at.x + 5, at.y}, {at.x, at.y + 5}}, true, black, {}}});
            std::vector<Symbol> symbols{circle({at.x, at.y}, 4, black), circle({at.x, at.y}, 30, black)};
            symbols.push_back(symbols[0]);
            symbols.back().shape = MarkerShape::village;
            scene.map.push_back(SymbolItem{symbols});
            EXPECT_EQ(ink(painted(scene)), 0) << at.x << ", " << at.y;
        }
    }
}

TEST(SpriteBands, leave_away_what_has_no_size_or_colour) {
    constexpr Rgba clear{0, 0, 0, 0};
    Scene scene = scene_with(60, 40,
                             {TextItem{}, TextItem{{5, 5}, ""}, TextItem{{5, 5}, "   "}, RectItem{}, PathItem{},
                              RectItem{{5, 5, -3, 10}, black}, RectItem{{5, 5, not_a_number, 10}, black},
                              RectItem{{5, 5, 10, 10}, clear}, MarkItem{{20, 20}, MarkerShape::circle, 0, black, black},
                              MarkItem{{20, 20}, MarkerShape::post, not_a_number, black, black},
                              MarkItem{{20, 20}, MarkerShape::post, infinite, black, black},
                              PathItem{{{5, 5}, {9, 5}}, true, black, {}}, PathItem{{{5, 5}}, true, black, Stroke{}}});
    scene.map.push_back(SymbolItem{{circle({20, 20}, -2, black), circle({20, 20}, 5, clear)}});
    scene.map.push_back(SymbolItem{{circle({20, 20}, 5, black)}, 0});
    EXPECT_EQ(ink(painted(scene)), 0);
    EXPECT_EQ(SpriteBands().prepare(SymbolItem{}, {scene.frame, {0, 0, 60, 40}}), nullptr);
    EXPECT_EQ(SpriteBands().prepare(std::span<const PixelItem>{}, {scene.frame, {0, 0, 60, 40}}), nullptr);
}

TEST(SpriteBands, fill_the_picture_with_what_is_larger_than_it) {
    EXPECT_EQ(ink(painted(scene_with(60, 40, {RectItem{{-1e6, -1e6, 2e6, 2e6}, black}}))), 60 * 40);
    EXPECT_EQ(ink(painted(scene_with(60, 40, {circle({30, 20}, 1e5, black)}))), 60 * 40);
    EXPECT_EQ(
        ink(painted(scene_with(60, 40, {PathItem{{{-1e9, -1e9}, {1e9, -1e9}, {1e9, 1e9}, {-1e9, 1e9}}, true, black}}))),
        60 * 40);
}

TEST(SpriteBands, draw_marks_above_and_below_letters) {
    const TextStyle style{.size = 24, .colour = black};
    const auto rows = [&](std::string text) {
        const Image image = painted(scene_with(60, 60, {TextItem{{10, 10}, std::move(text), style}}));
        int first = 60;
        int last = 0;
        for (int y = 0; y < 60; ++y)
            for (int x = 0; x < 60; ++x)
                if (pixel(image, x, y).r < 128) first = std::min(first, y), last = y;
        return std::pair(first, last);
    };
    const auto plain = rows("A");
    const auto accented = rows("Ặ");
    EXPECT_LT(accented.first, plain.first - 2);
    EXPECT_GT(accented.second, plain.second + 2);
    EXPECT_EQ(rows("A\xcc\xa3\xcc\x86"), accented);  // the same, its marks as characters of their own
}

TEST(SpriteBands, keep_alive_what_was_prepared) {
    const Scene wanted =
        scene_with(200, 60, {TextItem{{5, 5}, "Hạ Long", TextStyle{.size = 20, .halo = red, .halo_width = 3}}});
    SpriteBands bands;
    const Part part{0, 0, 200, 60};
    const std::vector<BandPainterPtr> early = prepare(wanted, bands, part);
    // Several times what is kept: half a million pixels a text.
    for (int frame = 0; frame < 8; ++frame) {
        bands.begin_frame();
        std::vector<PixelItem> crowd;
        for (int i = 0; i < 10; ++i)
            crowd.emplace_back(TextItem{{5, 5}, "Thôn " + std::to_string(100 * frame + i), TextStyle{.size = 400}});
        (void)bands.prepare(crowd, {wanted.frame, part});
    }
    Image image = ground(part, white);
    paint(early, image, 50);
    EXPECT_EQ(image.rgba, painted(wanted).rgba);
    EXPECT_GT(ink(image), 50);
}

}  // namespace
}  // namespace diaban::testing
