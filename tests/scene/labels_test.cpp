#include "scene/labels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <set>

#include "geo/planar.h"
#include "scene/label_space.h"
#include "scene/label_text.h"
#include "scene/map_items.h"
#include "small_world.h"

namespace diaban {
namespace {

using test::four_squares;
using test::make_dataset;
using test::text_column;
using test::World;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Style labelled(Fill fill = SingleFill{}) {
    Style style;
    style.fill = std::move(fill);
    style.labels = Labels{.field = "name"};
    return style;
}

LabelPlacement place(World& world, const Frame& frame, const std::vector<PixelBox>& furniture = {},
                     Theme theme = Theme::light) {
    world.workspace.map_crs = "EPSG:5899";  // the geometry's own: coordinates stay as they are written
    const auto layers = derive_layers(world.workspace, world.datasets, world.cache);
    MapRequest request;
    request.width = frame.width;
    request.height = frame.height;
    request.theme = theme;
    bool unfinished = false;
    const ViewContext view{world.workspace, layers, request, frame,
                           choose_details(world.workspace, layers, request, frame, unfinished)};
    return place_labels(view, furniture, {}, 1);
}

Frame over_squares() {
    return {.width = 1000, .height = 600, .centre = {420000, 2355000}, .units_per_pixel = 50};
}

TEST(PlaceLabels, stands_inside_polygons_that_have_room) {
    World world;
    world.add("squares", four_squares(), labelled());
    const Frame frame = over_squares();
    const LabelPlacement labels = place(world, frame);
    ASSERT_THAT(labels.placed, SizeIs(4));
    EXPECT_THAT(labels.unlabelled, IsEmpty());
    for (const PlacedLabel& label : labels.placed) {
        EXPECT_FALSE(label.callout);
        const Point middle = frame.to_map({label.box.x + label.box.width / 2, label.box.y + label.box.height / 2});
        EXPECT_TRUE(world.layer()->shapes->pick(middle, 0, {}) == label.feature) << label.feature;
    }
}

TEST(PlaceLabels, follows_the_visible_part_of_a_polygon) {
    World world;
    world.add("squares", four_squares(), labelled());
    Frame frame = over_squares();
    frame.centre = {447000, 2355000};  // of the last square, 160 pixels at the left edge are in view
    frame.units_per_pixel = 25;
    const LabelPlacement labels = place(world, frame);
    ASSERT_THAT(labels.placed, SizeIs(1));
    EXPECT_EQ(labels.placed[0].feature, 3U);
    EXPECT_GE(labels.placed[0].box.x, 0);
    EXPECT_LE(labels.placed[0].box.x + labels.placed[0].box.width, 220);
}

TEST(PlaceLabels, keeps_labels_in_place_while_panning) {
    World world;
    world.add("squares", four_squares(), labelled());
    Frame frame = over_squares();
    const LabelPlacement before = place(world, frame);
    frame.centre.x += 7.3 * frame.units_per_pixel;
    const LabelPlacement after = place(world, frame);
    ASSERT_EQ(before.placed.size(), after.placed.size());
    for (std::size_t i = 0; i < before.placed.size(); ++i) {
        EXPECT_EQ(before.placed[i].feature, after.placed[i].feature);
        EXPECT_NEAR(before.placed[i].box.x - 7.3, after.placed[i].box.x, 1e-6);
        EXPECT_NEAR(before.placed[i].box.y, after.placed[i].box.y, 1e-6);
    }
}

TEST(PlaceLabels, calls_out_a_unit_too_small_for_its_name) {
    // A small square in the middle of a large one that ends 60 pixels to the east: land around, then free space.
    World world;
    world.add("units",
              make_dataset("units",
                           {"POLYGON((0 0,100 0,100 100,0 100,0 0),(84 48,90 48,90 54,84 54,84 48))",
                            "POLYGON((84 48,90 48,90 54,84 54,84 48))"},
                           {text_column("name", {"Large", "A rather long name"})}),
              labelled());
    const Frame frame{.width = 800, .height = 400, .centre = {50, 50}, .units_per_pixel = 0.4};
    const LabelPlacement labels = place(world, frame);
    ASSERT_THAT(labels.placed, SizeIs(2));
    EXPECT_FALSE(labels.placed[0].callout);
    EXPECT_TRUE(labels.placed[1].callout);
    world.workspace.layers[0].style.labels->callouts = false;
    EXPECT_THAT(place(world, frame).unlabelled, SizeIs(1));
}

TEST(PlaceLabels, stands_beside_an_island) {
    World world;
    world.add("islands", make_dataset("islands", {"POLYGON((0 0,2 0,2 2,0 2,0 0))"}, {text_column("name", {"Cô Tô"})}),
              labelled());
    const Frame frame{.width = 400, .height = 300, .centre = {1, 1}, .units_per_pixel = 0.2};
    const LabelPlacement labels = place(world, frame);
    ASSERT_THAT(labels.placed, SizeIs(1));
    EXPECT_FALSE(labels.placed[0].callout);
    EXPECT_GT(labels.placed[0].box.x, 200);
    EXPECT_LT(labels.placed[0].box.x, 220);
}

TEST(PlaceLabels, leads_a_line_to_a_unit_whose_name_beside_it_could_be_a_neighbours) {
    // Three squares of 20 pixels in a row: the middle one has a neighbour wherever its name stands.
    World world;
    world.add("units",
              make_dataset("units",
                           {"POLYGON((0 0,2 0,2 2,0 2,0 0))", "POLYGON((2 0,4 0,4 2,2 2,2 0))",
                            "POLYGON((4 0,6 0,6 2,4 2,4 0))"},
                           {text_column("name", {"Bãi Cháy", "Hồng Gai", "Hạ Long"})}),
              labelled());
    const Frame frame{.width = 400, .height = 300, .centre = {3, 1}, .units_per_pixel = 0.1};
    const LabelPlacement labels = place(world, frame);
    ASSERT_THAT(labels.placed, SizeIs(3));
    for (const PlacedLabel& label : labels.placed) {
        EXPECT_EQ(label.callout, label.feature == 1) << label.feature;
    }
}

TEST(PlaceLabels, leads_no_line_to_a_sliver_at_the_pictures_edge) {
    // Of "Outside" 8 pixels at the left edge are in view, and its neighbour keeps its name from standing beside it.
    World world;
    world.add("units",
              make_dataset("units",
                           {"POLYGON((-100 -100,0 -100,0 100,-100 100,-100 -100))",
                            "POLYGON((0 -100,30 -100,30 100,0 100,0 -100))"},
                           {text_column("name", {"Outside", "Inside"})}),
              labelled());
    const Frame frame{.width = 400, .height = 200, .centre = {192, 0}, .units_per_pixel = 1};
    const LabelPlacement labels = place(world, frame);
    for (const PlacedLabel& label : labels.placed) {
        EXPECT_NE(label.feature, 0U);
    }
    ASSERT_THAT(labels.unlabelled, SizeIs(1));
    EXPECT_EQ(labels.unlabelled[0].feature, 0U);
}

TEST(PlaceLabels, writes_light_on_the_dark_themes_sea_and_as_styled_on_light_fills) {
    World world;
    Style style = labelled(SingleFill{Rgba{255, 255, 178, 255}});
    world.add("islands",
              make_dataset("islands", {"POLYGON((0 0,2 0,2 2,0 2,0 0))", "POLYGON((-30 0,-10 0,-10 20,-30 20,-30 0))"},
                           {text_column("name", {"Small", "Large"})}),
              style);
    const Frame frame{.width = 400, .height = 300, .centre = {-8, 5}, .units_per_pixel = 0.2};
    for (const Theme theme : {Theme::light, Theme::dark}) {
        for (const PixelItem& item : place(world, frame, {}, theme).items) {
            const auto& text = std::get<TextItem>(item);
            const bool light = text.style.colour.r > 200;
            EXPECT_EQ(light, theme == Theme::dark && text.text == "Small") << text.text;
            EXPECT_EQ(text.style.halo->r > 200, !light) << text.text;
        }
    }
}

TEST(PlaceLabels, serves_the_higher_priority_first) {
    World world;
    const DatasetPtr point = make_dataset("p", {"POINT(0 0)"}, {text_column("name", {"name"})});
    world.add("first", point, labelled());
    world.add("second", point, labelled()).style.labels->priority = 5;
    const Frame frame{.width = 60, .height = 30, .units_per_pixel = 1};
    const LabelPlacement labels = place(world, frame);
    ASSERT_FALSE(labels.placed.empty() && labels.unlabelled.empty());
    EXPECT_EQ(labels.placed.empty() ? 99U : labels.placed[0].layer, labels.placed.empty() ? 99U : 1U);
}

TEST(PlaceLabels, wants_no_label_for_empty_text_or_an_unknown_field) {
    World world;
    world.add("p", make_dataset("p", {"POINT(0 0)"}, {text_column("name", {""})}), labelled());
    const Frame frame{.units_per_pixel = 1};
    EXPECT_THAT(place(world, frame).placed, IsEmpty());
    EXPECT_THAT(place(world, frame).unlabelled, IsEmpty());
    world.workspace.layers[0].style.labels->field = "nothing";
    EXPECT_THAT(place(world, frame).unlabelled, IsEmpty());
}

// Random polygons and points: what must hold whatever the input.
TEST(PlaceLabels, never_overlap_and_account_for_every_feature) {
    for (const unsigned seed : {1U, 2U, 3U, 4U, 5U}) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::mt19937 random(seed);
        std::uniform_real_distribution<double> place_of(0, 1000);
        std::uniform_real_distribution<double> size_of(2, 90);
        std::vector<std::string> squares;
        std::vector<std::string> points;
        std::vector<std::string> names;
        for (int i = 0; i < 120; ++i) {
            const double x = place_of(random) * 0.9;  // every middle is on the picture
            const double y = place_of(random) * 0.5;
            const double s = size_of(random);
            const auto corner = [](double a, double b) { return std::to_string(a) + " " + std::to_string(b); };
            squares.push_back("POLYGON((" + corner(x, y) + "," + corner(x + s, y) + "," + corner(x + s, y + s) + "," +
                              corner(x, y + s) + "," + corner(x, y) + "))");
            points.push_back("POINT(" + corner(place_of(random), place_of(random) * 0.6) + ")");
            names.push_back(i % 3 == 0 ? "Xã số " + std::to_string(i) : "Phường Móng Cái " + std::to_string(i));
        }
        World world;
        world.add("points", make_dataset("points", {points.begin(), points.end()}, {text_column("name", names)}),
                  labelled());
        world.add("squares", make_dataset("squares", {squares.begin(), squares.end()}, {text_column("name", names)}),
                  labelled());
        const Frame frame{.width = 1000, .height = 600, .centre = {500, 300}, .units_per_pixel = 1};
        const std::vector<PixelBox> furniture{{10, 10, 300, 80}, {760, 380, 220, 200}};
        const LabelPlacement labels = place(world, frame, furniture);

        std::set<std::pair<std::string, uint32_t>> seen;
        for (std::size_t i = 0; i < labels.placed.size(); ++i) {
            const PlacedLabel& a = labels.placed[i];
            EXPECT_TRUE(seen.emplace(world.workspace.layers[a.layer].id, a.feature).second);
            for (const PixelBox& box : furniture) {
                EXPECT_FALSE(a.box.intersects(box));
            }
            for (std::size_t j = i + 1; j < labels.placed.size(); ++j) {
                EXPECT_FALSE(a.box.intersects(labels.placed[j].box)) << i << " and " << j;
            }
        }
        for (const Unlabelled& missing : labels.unlabelled) {
            EXPECT_TRUE(seen.emplace(missing.layer_id, missing.feature).second);
        }
        EXPECT_EQ(seen.size(), 240U);
        EXPECT_GT(labels.placed.size(), 60U);
    }
}

TEST(TwoLines, cuts_at_the_most_even_blank) {
    const TextStyle style;
    EXPECT_THAT(two_lines("Bình Liêu", style), ElementsAre("Bình", "Liêu"));
    EXPECT_THAT(two_lines("Đặc khu Cô Tô", style), ElementsAre("Đặc khu", "Cô Tô"));
    EXPECT_THAT(two_lines("Hoành", style), ElementsAre("Hoành"));
    EXPECT_THAT(two_lines("", style), ElementsAre(""));
}

TEST(Crosses, tells_crossing_from_passing) {
    EXPECT_TRUE(crosses(Segment{{0, 0}, {10, 10}}, Segment{{0, 10}, {10, 0}}));
    EXPECT_FALSE(crosses(Segment{{0, 0}, {10, 10}}, Segment{{0, 1}, {10, 11}}));
    EXPECT_TRUE(crosses(Segment{{0, 5}, {20, 5}}, PixelBox{5, 0, 10, 10}));
    EXPECT_TRUE(crosses(Segment{{6, 5}, {7, 5}}, PixelBox{5, 0, 10, 10}));
    EXPECT_FALSE(crosses(Segment{{0, 20}, {20, 20}}, PixelBox{5, 0, 10, 10}));
}

}  // namespace
}  // namespace diaban
