// Labels while the view moves: carried along, never on each other, back where they were when it comes back.
#include "scene/at_rest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "scene/cache_entries.h"
#include "small_world.h"

namespace diaban {
namespace {

using test::four_squares;
using test::make_dataset;
using test::number_column;
using test::text_column;
using test::World;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Written {
    std::string text;
    Pixel at;
    bool operator==(const Written&) const = default;
};

void PrintTo(const Written& label, std::ostream* out) {
    *out << label.text << " at " << label.at.x << ", " << label.at.y;
}

std::vector<Written> written(const Scene& scene) {
    std::vector<Written> out;
    for (const PixelItem& item : scene.labels)
        if (const auto* text = std::get_if<TextItem>(&item)) out.push_back({text->text, text->at});
    return out;
}

/// 144 squares in rows, named, with a point beside each.
void add_many(World& world) {
    std::vector<std::string> squares;
    std::vector<std::string> points;
    std::vector<std::string> names;
    const auto at = [](double x, double y) { return std::to_string(x) + " " + std::to_string(y); };
    for (int i = 0; i < 144; ++i) {
        const double x = i % 12 * 80;
        const double y = i / 12 * 50;
        squares.push_back("POLYGON((" + at(x, y) + "," + at(x + 78, y) + "," + at(x + 78, y + 48) + "," +
                          at(x, y + 48) + "," + at(x, y) + "))");
        points.push_back("POINT(" + at(x + 20, y + 40) + ")");
        names.push_back("Xã " + std::to_string(i));
    }
    Style style;
    style.labels = Labels{.field = "name"};
    world.workspace.map_crs = "EPSG:5899";
    world.add("points", make_dataset("points", {points.begin(), points.end()}, {text_column("name", names)}), style);
    style.fill = SingleFill{};
    world.add("squares", make_dataset("squares", {squares.begin(), squares.end()}, {text_column("name", names)}),
              style);
}

struct Moving : testing::Test {
    World world;
    MapRequest request{.width = 1000, .height = 600};
    Frame frame{.width = 1000, .height = 600, .centre = {480, 300}, .units_per_pixel = 1};

    Scene look(const Frame& at, bool moving) {
        request.frame = at;
        request.moving = moving;
        return derive(world.workspace, world.datasets, request, world.cache);
    }
    [[nodiscard]] Frame moved(double dx, double dy, double zoom = 1) const {
        Frame out = frame;
        out.centre.x += dx;
        out.centre.y += dy;
        out.units_per_pixel /= zoom;
        return out;
    }
};

TEST_F(Moving, labels_keep_their_places_on_the_map_while_it_is_panned) {
    add_many(world);
    const std::vector<Written> before = written(look(frame, false));
    ASSERT_GT(before.size(), 100U);
    const std::vector<Written> after = written(look(moved(7, -3), true));
    ASSERT_EQ(after.size(), before.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        EXPECT_EQ(after[i].text, before[i].text);
        EXPECT_NEAR(after[i].at.x, before[i].at.x - 7, 1e-9);
        EXPECT_NEAR(after[i].at.y, before[i].at.y - 3, 1e-9);
    }
}

TEST_F(Moving, no_label_jumps_when_a_pan_ends_where_it_began) {
    add_many(world);
    const std::vector<Written> before = written(look(frame, false));
    for (const double way : {3.7, 40.0, 300.0, 900.0, 2000.0, 300.0, 3.7})
        static_cast<void>(look(moved(way, -way / 2), true));
    EXPECT_EQ(written(look(frame, true)), before);
    EXPECT_EQ(written(look(frame, false)), before);
}

TEST_F(Moving, labels_at_rest_are_those_of_a_view_that_never_moved) {
    add_many(world);
    static_cast<void>(look(frame, false));
    const Frame there = moved(130, 60, 1.7);
    static_cast<void>(look(moved(50, 20, 1.2), true));
    static_cast<void>(look(there, true));
    const std::vector<Written> after_moving = written(look(there, false));
    World other;
    add_many(other);
    std::swap(world, other);
    EXPECT_EQ(after_moving, written(look(there, false)));
}

TEST_F(Moving, labels_leave_with_the_map_below_them_and_none_come) {
    add_many(world);
    std::set<std::string> before;
    for (const Written& label : written(look(frame, false)))
        before.insert(label.text);
    const std::vector<Written> after = written(look(moved(500, 0), true));
    EXPECT_LT(after.size(), before.size());
    EXPECT_GT(after.size(), 20U);
    for (const Written& label : after)
        EXPECT_TRUE(before.contains(label.text));
    EXPECT_THAT(written(look(moved(5000, 0), true)), IsEmpty());
}

TEST_F(Moving, labels_never_lie_on_each_other_at_any_scale) {
    add_many(world);
    world.workspace.layers[1].style.labels->size = Pixels(15);
    static_cast<void>(look(frame, false));
    AtRest rest;
    {
        const auto layers = derive_layers(world.workspace, world.datasets, world.cache);
        const ViewContext view{world.workspace, layers, request, frame};
        rest = *world.cache.entries().rest.find(rest_key(view));
    }
    std::size_t last = rest.labels.placed.size();
    for (const double zoom : {1.3, 1.0, 0.83, 0.6, 0.37, 0.2, 0.05}) {
        const LabelPlacement labels = carry_labels(rest.labels, frame, moved(11.3, 4.9, zoom));
        for (std::size_t i = 0; i < labels.placed.size(); ++i) {
            for (std::size_t j = i + 1; j < labels.placed.size(); ++j)
                EXPECT_FALSE(labels.placed[i].box.intersects(labels.placed[j].box)) << zoom << ": " << i << ", " << j;
        }
        EXPECT_THAT(labels.placed, Not(IsEmpty())) << zoom;
        if (zoom < 0.83) {
            EXPECT_LT(labels.placed.size(), last) << zoom;
        }
        last = labels.placed.size();
    }
}

TEST_F(Moving, what_dropped_out_while_zooming_comes_back_on_the_way_back) {
    add_many(world);
    const std::vector<Written> before = written(look(frame, false));
    EXPECT_LT(written(look(moved(0, 0, 0.3), true)).size(), before.size());
    EXPECT_EQ(written(look(moved(0, 0, 1.0), true)), before);
}

TEST_F(Moving, a_callouts_line_and_dot_move_with_its_text) {
    world.workspace.map_crs = "EPSG:5899";
    Style style;
    style.fill = SingleFill{};
    style.labels = Labels{.field = "name"};
    world.add("units",
              make_dataset("units",
                           {"POLYGON((0 0,100 0,100 100,0 100,0 0),(84 48,90 48,90 54,84 54,84 48))",
                            "POLYGON((84 48,90 48,90 54,84 54,84 48))"},
                           {text_column("name", {"Large", "A rather long name"})}),
              style);
    request.furniture = {.title = false, .legend = false, .scale_bar = false, .north_arrow = false, .sources = false};
    request.width = 800;
    request.height = 400;
    frame = {.width = 800, .height = 400, .centre = {50, 50}, .units_per_pixel = 0.4};
    const Scene before = look(frame, false);
    const Scene after = look(moved(4, 0), true);  // ten pixels
    ASSERT_EQ(before.labels.size(), after.labels.size());
    int lines = 0;
    for (std::size_t i = 0; i < before.labels.size(); ++i) {
        const auto* line = std::get_if<PathItem>(&before.labels[i]);
        if (line == nullptr) continue;
        ++lines;
        const auto& now = std::get<PathItem>(after.labels[i]);
        EXPECT_NEAR(now.points[0].x, line->points[0].x - 10, 1e-9);
        EXPECT_NEAR(now.points[1].x, line->points[1].x - 10, 1e-9);
        EXPECT_NEAR(std::get<MarkItem>(after.labels[i + 1]).at.x, line->points[0].x - 10, 1e-9);
    }
    EXPECT_EQ(lines, 1);
}

TEST_F(Moving, furniture_keeps_its_corners) {
    world.workspace.map_crs = "EPSG:5899";
    Style style;
    style.fill = SingleFill{};
    world.add("squares", four_squares(), style);
    frame = {.width = 1000, .height = 600, .centre = {420000, 2355000}, .units_per_pixel = 50};
    const Scene rest = look(frame, false);
    constexpr std::size_t legend = 1;  // after the title
    // The squares come to lie below the legend's corner, which it leaves when the view rests there.
    const Frame there = moved(18000, 10000);
    EXPECT_EQ(look(there, true).furniture_boxes[legend], rest.furniture_boxes[legend]);
    EXPECT_NE(look(there, false).furniture_boxes[legend], rest.furniture_boxes[legend]);
}

TEST_F(Moving, what_labels_depend_on_places_them_anew_at_once) {
    add_many(world);
    const std::size_t both = written(look(frame, false)).size();
    world.workspace.layers[0].visible = false;
    const std::size_t squares = written(look(moved(1, 0), true)).size();
    EXPECT_LT(squares, both);
    world.workspace.layers[1].style.labels.reset();
    EXPECT_THAT(written(look(moved(2, 0), true)), IsEmpty());
}

TEST_F(Moving, a_view_that_moves_from_the_start_has_its_labels) {
    add_many(world);
    EXPECT_GT(written(look(frame, true)).size(), 100U);
}

TEST_F(Moving, new_colours_leave_labels_where_they_are_but_dark_ground_answers_to_them) {
    world.workspace.map_crs = "EPSG:5899";
    Style style;
    style.fill = SingleFill{Rgba{255, 255, 178, 255}};
    style.labels = Labels{.field = "name"};
    world.add("squares", four_squares(), style);
    frame = {.width = 1000, .height = 600, .centre = {420000, 2355000}, .units_per_pixel = 50};
    request.theme = Theme::dark;
    const Scene light_fill = look(frame, false);
    world.workspace.layers[0].style.fill = SingleFill{Rgba{20, 20, 30, 255}};
    const Scene dark_fill = look(frame, false);
    EXPECT_EQ(written(light_fill), written(dark_fill));
    ASSERT_THAT(light_fill.labels, SizeIs(4));
    EXPECT_LT(std::get<TextItem>(light_fill.labels[0]).style.colour.r, 100);
    EXPECT_GT(std::get<TextItem>(dark_fill.labels[0]).style.colour.r, 200);
}

TEST_F(Moving, a_long_way_gets_new_labels_in_the_background_beside_those_shown) {
    add_many(world);
    request.furniture = {.title = false, .legend = false, .scale_bar = false, .north_arrow = false, .sources = false};
    DetailMaker maker([] {});
    request.maker = &maker;
    static_cast<void>(look(frame, false));
    const Frame there = moved(400, 0);
    const std::vector<Written> carried = written(look(there, true));
    maker.finish();
    const std::vector<Written> more = written(look(there, true));
    EXPECT_GE(more.size(), carried.size());
    for (const Written& label : carried)
        EXPECT_THAT(more, testing::Contains(label)) << label.text;
    // And back where the first labels were, those that are still known keep their places.
    static_cast<void>(look(frame, true));
    maker.finish();
    EXPECT_GT(written(look(frame, true)).size(), carried.size());
}

TEST_F(Moving, a_view_at_rest_takes_nothing_from_the_background) {
    add_many(world);
    DetailMaker maker([] {});
    request.maker = &maker;
    static_cast<void>(look(frame, false));
    static_cast<void>(look(moved(400, 0), true));
    const std::vector<Written> rest = written(look(moved(420, 0), false));
    maker.finish();
    EXPECT_EQ(written(look(moved(420, 0), true)), rest);
    World other;
    add_many(other);
    std::swap(world, other);
    EXPECT_EQ(written(look(moved(420, 0), false)), rest);
}

}  // namespace
}  // namespace diaban
