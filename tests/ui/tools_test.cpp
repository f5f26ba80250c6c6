// Measuring and drawing on the map, with injected input.
#include <GLFW/glfw3.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <variant>

#include "base/format.h"
#include "geo/measures.h"
#include "panels_support.h"
#include "ui/tools/drawing.h"
#include "ui/tools/drawn_shapes.h"

namespace diaban::ui {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// Four square communes in a row, each a degree wide, from 107°E 21°N.
struct ToolsTest : testing::Test {
    TemporaryFolder folder;
    Harness h;

    void SetUp() override { h.open({folder.write("communes.geojson", four_communes())}); }
    MeasureState& state() { return h.ui.panels.measure; }
    const std::set<uint32_t>& selected() { return h.ui.session.selection.features; }
    ImVec2 at(double lon, double lat) {
        const Pixel p = MapPlaces(h.ui.session, h.ui.map).pixel({lon, lat});
        return h.on_map(p.x, p.y);
    }
    void click(double lon, double lat) {
        const ImVec2 p = at(lon, lat);
        h.move(p.x, p.y);
        h.click();
    }
    void double_click(double lon, double lat) {
        const ImVec2 p = at(lon, lat);
        h.move(p.x, p.y);
        h.double_click();
    }
    void drag(double lon, double lat, double to_lon, double to_lat) {
        const ImVec2 a = at(lon, lat);
        const ImVec2 b = at(to_lon, to_lat);
        h.drag(a.x, a.y, b.x, b.y);
    }
    double pixel_metres() { return MapPlaces(h.ui.session, h.ui.map).metres_per_pixel(); }
};

// ── measuring ──

TEST_F(ToolsTest, measures_a_path_click_by_click_on_the_ellipsoid) {
    h.key(GLFW_KEY_K);
    ASSERT_EQ(h.ui.tool, Tool::measure_distance);
    EXPECT_THAT(h.texts(), HasSubstr("Click from point to point"));
    click(107.5, 21.5);
    click(108.5, 21.5);
    double_click(108.5, 21.7);
    EXPECT_TRUE(state().done);
    ASSERT_EQ(state().points.size(), 3U);
    const MeasuredPath path = measured_path(state(), std::nullopt);
    // GeographicLib's geodesics between the places that were clicked, which pixels know to half their size.
    const double expected = geodesic_distance({107.5, 21.5}, {108.5, 21.5}).value() +
                            geodesic_distance({108.5, 21.5}, {108.5, 21.7}).value();
    EXPECT_NEAR(path.length.value(), expected, 3 * pixel_metres());
    EXPECT_NEAR(path.legs[1].bearing.value() < 180 ? path.legs[1].bearing.value() : path.legs[1].bearing.value() - 360,
                0, 3);
    EXPECT_THAT(h.texts(), HasSubstr(format_length_metres(path.length.value())));
    EXPECT_THAT(h.texts(), HasSubstr(format_length_metres(path.legs[0].length.value()) + " · " +
                                     format_bearing(path.legs[0].bearing)));
    EXPECT_TRUE(h.ui.session.selection.empty());
}

TEST_F(ToolsTest, shows_the_leg_to_the_pointer_while_it_moves) {
    h.key(GLFW_KEY_K);
    click(107.5, 21.5);
    const ImVec2 p = at(109.3, 21.5);
    h.move(p.x, p.y);
    const Point next =
        MapPlaces(h.ui.session, h.ui.map)
            .degrees({static_cast<double>(p.x - h.ui.layout.map.x), static_cast<double>(p.y - h.ui.layout.map.y)});
    const double metres = geodesic_distance(state().points.front(), next).value();
    EXPECT_THAT(h.texts(), HasSubstr(format_length_metres(metres)));
    EXPECT_EQ(state().points.size(), 1U);
}

TEST_F(ToolsTest, takes_points_back_ends_with_enter_and_clears_with_escape) {
    h.key(GLFW_KEY_K);
    click(107.5, 21.5);
    click(108.5, 21.5);
    click(109.5, 21.5);
    h.key(GLFW_KEY_BACKSPACE);
    EXPECT_EQ(state().points.size(), 2U);
    EXPECT_FALSE(state().done);
    h.key(GLFW_KEY_ENTER);
    EXPECT_TRUE(state().done);
    h.key(GLFW_KEY_BACKSPACE);  // nothing to take back any more
    EXPECT_EQ(state().points.size(), 2U);
    h.key(GLFW_KEY_ESCAPE);
    EXPECT_THAT(state().points, IsEmpty());
    EXPECT_EQ(h.ui.tool, Tool::measure_distance);
    h.key(GLFW_KEY_ESCAPE);
    EXPECT_EQ(h.ui.tool, Tool::pan);
}

TEST_F(ToolsTest, begins_anew_with_the_click_after_the_end_and_forgets_a_single_point) {
    h.key(GLFW_KEY_K);
    click(107.5, 21.5);
    double_click(108.5, 21.5);
    click(109.5, 21.5);
    EXPECT_EQ(state().points.size(), 1U);
    h.key(GLFW_KEY_ENTER);
    EXPECT_THAT(state().points, IsEmpty());
}

TEST_F(ToolsTest, measures_an_area_that_closes_on_its_first_corner) {
    h.key(GLFW_KEY_A);
    click(107, 21);
    click(108, 21);
    click(108, 22);
    click(107, 22);
    EXPECT_FALSE(state().done);
    click(107, 21);
    EXPECT_TRUE(state().done);
    ASSERT_EQ(state().points.size(), 4U);
    const MeasuredArea area = measured_area(state(), std::nullopt);
    // Clicks near a corner catch it. GeographicLib 2.1.2: printf '21 107\n21 108\n22 108\n22 107\n' | Planimeter
    EXPECT_NEAR(area.area.value(), 11'473'232'814.2, 1e4);
    EXPECT_THAT(h.texts(), HasSubstr("11,473 km² · 429 km around"));
}

TEST_F(ToolsTest, catches_no_corner_while_ctrl_is_held) {
    const Pixel corner = MapPlaces(h.ui.session, h.ui.map).pixel({108, 21});
    h.ui.tool = Tool::measure_distance;
    const Pixel beside{corner.x + 3, corner.y + 2};
    const Pixel caught = snapped(h.ui, beside, false);
    EXPECT_NEAR(caught.x, corner.x, 1e-3);
    EXPECT_NEAR(caught.y, corner.y, 1e-3);
    EXPECT_EQ(snapped(h.ui, beside, true), beside);
    EXPECT_EQ(snapped(h.ui, {corner.x + 30, corner.y}, false), (Pixel{corner.x + 30, corner.y}));
}

TEST_F(ToolsTest, says_that_an_outline_crosses_itself_instead_of_an_area) {
    h.key(GLFW_KEY_A);
    click(107.3, 21.3);
    click(108.3, 21.7);
    click(108.3, 21.3);
    double_click(107.3, 21.7);
    EXPECT_THAT(h.texts(), AllOf(HasSubstr("the outline crosses itself"), Not(HasSubstr("km² ·"))));
}

TEST_F(ToolsTest, measures_a_bearing_between_two_clicks) {
    h.key(GLFW_KEY_H);
    click(107.5, 21.5);
    click(108.5, 21.5);
    EXPECT_TRUE(state().done);
    const MeasuredPath path = measured_path(state(), std::nullopt);
    // The geodesic leaves a parallel northwards: by half the convergence, sin(21.5°)/2.
    EXPECT_NEAR(path.legs[0].bearing.value(), 90 - std::sin(21.5 / 180 * std::acos(-1.0)) / 2, 1);
    EXPECT_THAT(h.texts(),
                HasSubstr(format_quadrant(path.legs[0].bearing) + " (" + format_bearing(path.legs[0].bearing) + ")"));
}

TEST_F(ToolsTest, a_measurement_keeps_its_place_while_the_map_moves_and_changes_its_coordinate_system) {
    h.key(GLFW_KEY_K);
    click(107.5, 21.5);
    double_click(108.5, 21.5);
    const std::vector<Point> before = state().points;
    const double length = measured_path(state(), std::nullopt).length.value();
    const ImVec2 p = at(108, 21.5);
    h.drag(p.x, p.y, p.x + 60, p.y + 20);  // moves the map
    h.wheel(2);
    h.ui.session.set_map_crs("EPSG:3857");
    h.frames(2);
    EXPECT_EQ(state().points, before);
    EXPECT_EQ(measured_path(state(), std::nullopt).length.value(), length);
    h.key(GLFW_KEY_V);
    EXPECT_EQ(state().points, before);
    h.key(GLFW_KEY_ESCAPE);
    EXPECT_THAT(state().points, IsEmpty());
}

TEST_F(ToolsTest, a_path_becomes_an_outline_but_a_bearing_begins_anew) {
    h.key(GLFW_KEY_K);
    click(107.5, 21.5);
    click(108.5, 21.5);
    h.key(GLFW_KEY_A);
    EXPECT_EQ(state().points.size(), 2U);
    h.key(GLFW_KEY_H);
    EXPECT_THAT(state().points, IsEmpty());
}

TEST_F(ToolsTest, copies_what_was_measured_as_text) {
    h.key(GLFW_KEY_C, true);
    h.key(GLFW_KEY_A);
    for (const auto& [x, y] : {std::pair(107, 21), {108, 21}, {108, 22}, {107, 22}})
        click(x, y);
    h.key(GLFW_KEY_ENTER);
    h.key(GLFW_KEY_C, true);
    EXPECT_EQ(h.ui.tool, Tool::measure_area);
    // The circumference by geod 9.1.1, leg by leg.
    EXPECT_THAT(ImGui::GetClipboardText(), AllOf(HasSubstr("(11,473 km²)\n"), HasSubstr("Circumference: 428,679.4 m")));
}

TEST_F(ToolsTest, another_workspace_ends_it_all) {
    h.key(GLFW_KEY_K);
    click(107.5, 21.5);
    click(108.5, 21.5);
    state().drawn = query::DrawnBox{{107, 21, 108, 22}};
    h.open({folder.write("other.geojson", four_communes())});
    EXPECT_THAT(state().points, IsEmpty());
    EXPECT_FALSE(state().drawn);
}

// ── selecting ──

TEST_F(ToolsTest, selects_with_a_polygon_clicked_corner_by_corner) {
    h.key(GLFW_KEY_Y);
    h.hold(false, false, true);  // where they are, not on corners nearby
    click(107.2, 21.2);
    click(108.8, 21.2);
    h.hold(false);
    EXPECT_TRUE(selected().empty());
    double_click(108.8, 21.8);
    EXPECT_THAT(selected(), ElementsAre(0, 1));
    EXPECT_THAT(state().points, IsEmpty());
    ASSERT_TRUE(state().drawn);
    const auto& polygon = std::get<query::DrawnPolygon>(*state().drawn).degrees;
    ASSERT_GE(polygon.size(), 3U);
    const double pixel = pixel_metres() / 100'000;
    EXPECT_NEAR(polygon.front().x, 107.2, pixel);
    EXPECT_NEAR(polygon.front().y, 21.2, pixel);
}

TEST_F(ToolsTest, selects_with_a_circle_whose_radius_is_geodesic_and_as_shown) {
    h.key(GLFW_KEY_C);
    ASSERT_EQ(h.ui.tool, Tool::select_circle);
    // From the middle of the second commune: 30 km do not reach the others (51 km off), 60 km do.
    drag(108.5, 21.5, 108.5, 21.5 + 30.0 / 110.7);
    EXPECT_THAT(selected(), ElementsAre(1));
    ASSERT_TRUE(state().drawn);
    const auto& circle = std::get<query::DrawnCircle>(*state().drawn);
    EXPECT_EQ(circle.radius.unit, query::LengthUnit::kilometre);
    EXPECT_NEAR(circle.radius.value, 30, 2 * pixel_metres() / 1000);
    EXPECT_NEAR(circle.centre.x, 108.5, pixel_metres() / 100'000);
    drag(108.5, 21.5, 108.5, 21.5 + 60.0 / 110.7);
    EXPECT_THAT(selected(), ElementsAre(0, 1, 2));
}

TEST_F(ToolsTest, shows_the_radius_while_a_circle_is_dragged) {
    h.key(GLFW_KEY_C);
    const ImVec2 from = at(108.5, 21.5);
    h.move(from.x, from.y);
    h.press();
    const ImVec2 to = at(108.5, 21.9);
    h.move(to.x, to.y);
    const MapPlaces places(h.ui.session, h.ui.map);
    const auto circle = drawn_circle(places, h.ui.gesture.start, h.ui.gesture.last);
    ASSERT_TRUE(circle);
    EXPECT_NEAR(circle->radius.value, 44.3, 1);
    EXPECT_THAT(h.texts(), HasSubstr(format_length_metres(circle->radius.metres().value())));
    h.release();
}

TEST_F(ToolsTest, adds_removes_and_looks_within_by_keys) {
    h.key(GLFW_KEY_B);
    drag(107.2, 21.2, 108.8, 21.8);
    EXPECT_THAT(selected(), ElementsAre(0, 1));
    h.hold(true);
    drag(109.2, 21.2, 109.8, 21.8);
    EXPECT_THAT(selected(), ElementsAre(0, 1, 2));
    h.hold(false, true);
    drag(107.2, 21.2, 107.8, 21.8);
    EXPECT_THAT(selected(), ElementsAre(1, 2));
    h.hold(true, true);
    drag(109.2, 21.2, 110.8, 21.8);
    EXPECT_THAT(selected(), ElementsAre(2));
    h.hold(false);
    drag(110.2, 21.2, 110.8, 21.8);
    EXPECT_THAT(selected(), ElementsAre(3));
}

TEST_F(ToolsTest, adds_removes_and_looks_within_by_buttons) {
    h.key(GLFW_KEY_B);
    drag(107.2, 21.2, 108.8, 21.8);
    ASSERT_TRUE(click_on(h, "Add"));
    EXPECT_EQ(state().combine, Combine::add);
    drag(109.2, 21.2, 109.8, 21.8);
    EXPECT_THAT(selected(), ElementsAre(0, 1, 2));
    ASSERT_TRUE(click_on(h, "Remove"));
    drag(107.2, 21.2, 107.8, 21.8);
    EXPECT_THAT(selected(), ElementsAre(1, 2));
    click(108.5, 21.5);  // a click does as a drag does
    EXPECT_THAT(selected(), ElementsAre(2));
    ASSERT_TRUE(click_on(h, "Within"));
    drag(107.2, 21.2, 108.8, 21.8);
    EXPECT_THAT(selected(), IsEmpty());
    // Where the map is moved, nothing says what the buttons say: a box from there replaces.
    h.ui.session.select(h.ui.session.active_layer, {0});
    h.key(GLFW_KEY_V);
    h.hold(true);
    drag(109.2, 21.2, 109.8, 21.8);
    h.hold(false);
    EXPECT_THAT(selected(), ElementsAre(2));
}

TEST_F(ToolsTest, alt_and_shift_still_draw_where_the_tool_moves_the_map) {
    h.hold(false, true);
    drag(107.2, 21.2, 107.8, 21.8);  // a lasso without area
    h.hold(true);
    drag(107.2, 21.2, 108.8, 21.8);
    h.hold(false);
    EXPECT_THAT(selected(), ElementsAre(0, 1));
    EXPECT_TRUE(state().drawn);
}

TEST_F(ToolsTest, removing_leaves_a_selection_in_another_layer_alone) {
    h.ui.session.add_files({folder.write("again.geojson", four_communes())});
    h.ui.session.jobs().finish();
    h.frames(3);
    ASSERT_EQ(h.ui.session.workspace().layers.size(), 2U);
    const std::string lower = h.ui.session.workspace().layers[1].id;
    h.ui.session.select(lower, {0, 1});
    h.ui.session.active_layer = h.ui.session.workspace().layers[0].id;
    h.ui.tool = Tool::select_box;
    h.hold(false, true);
    drag(107.2, 21.2, 107.8, 21.8);
    h.hold(false);
    EXPECT_EQ(h.ui.session.selection.layer_id, lower);
    EXPECT_THAT(selected(), ElementsAre(1));
    h.ui.session.select(h.ui.session.workspace().layers[0].id, {1}, Combine::within);
    EXPECT_EQ(h.ui.session.selection.layer_id, lower);
}

// ── what was drawn ──

TEST_F(ToolsTest, keeps_the_last_shape_until_escape_in_its_tool_or_another) {
    h.key(GLFW_KEY_B);
    drag(107.2, 21.2, 108.8, 21.8);
    ASSERT_TRUE(state().drawn);
    h.key(GLFW_KEY_V);
    EXPECT_TRUE(state().drawn);
    h.key(GLFW_KEY_B);
    h.key(GLFW_KEY_ESCAPE);
    EXPECT_FALSE(state().drawn);
    EXPECT_THAT(selected(), ElementsAre(0, 1));
    EXPECT_EQ(h.ui.tool, Tool::select_box);
}

TEST_F(ToolsTest, a_box_is_a_box_of_degrees_only_where_the_map_is) {
    h.ui.session.set_map_crs("EPSG:4326");
    h.frames(2);
    h.key(GLFW_KEY_B);
    drag(107.2, 21.2, 108.8, 21.8);
    ASSERT_TRUE(std::holds_alternative<query::DrawnBox>(*state().drawn));
    const Box box = std::get<query::DrawnBox>(*state().drawn).degrees;
    const double pixel = h.ui.map.frame().units_per_pixel;
    EXPECT_NEAR(box.min_x, 107.2, pixel);
    EXPECT_NEAR(box.max_y, 21.8, pixel);
    // Far from its central meridian a grid is turned: there the box on the map is none on the globe.
    h.ui.session.set_map_crs("EPSG:32645");
    h.frames(2);
    h.key(GLFW_KEY_HOME);
    drag(107.2, 21.2, 108.8, 21.8);
    ASSERT_TRUE(std::holds_alternative<query::DrawnPolygon>(*state().drawn));
}

TEST_F(ToolsTest, a_shape_on_the_earth_lies_where_it_was_drawn) {
    // Straight on the map and straight in degrees part by pixels here; what was kept is right to one.
    h.ui.session.set_map_crs("EPSG:32645");
    h.frames(2);
    h.key(GLFW_KEY_HOME);
    const Frame frame = h.ui.map.frame();
    const MapPlaces places(h.ui.session, h.ui.map);
    const std::vector<Point> ring{frame.to_map({50, 50}), frame.to_map({600, 60}), frame.to_map({500, 400})};
    const auto shape = drawn_ring(places, ring);
    ASSERT_TRUE(shape);
    const std::vector<Point> again = outline_on_map(places, *shape);
    for (std::size_t i = 0; i < 3; ++i) {
        for (int step = 0; step <= 10; ++step) {
            const Point a = ring[i];
            const Point b = ring[(i + 1) % 3];
            const Point on_edge{a.x + (b.x - a.x) * step / 10, a.y + (b.y - a.y) * step / 10};
            double least = 1e9;
            for (std::size_t j = 0; j < again.size(); ++j) {
                const Pixel p = frame.to_pixel(on_edge);
                const Pixel q = frame.to_pixel(again[j]);
                const Pixel r = frame.to_pixel(again[(j + 1) % again.size()]);
                const double length = std::hypot(r.x - q.x, r.y - q.y);
                const double along =
                    std::clamp(((p.x - q.x) * (r.x - q.x) + (p.y - q.y) * (r.y - q.y)) / (length * length), 0.0, 1.0);
                least = std::min(least, std::hypot(q.x + (r.x - q.x) * along - p.x, q.y + (r.y - q.y) * along - p.y));
            }
            EXPECT_LT(least, 1) << "edge " << i << ", step " << step;
        }
    }
}

TEST(Simplified, keeps_what_stands_out_and_both_ends) {
    const std::vector<Pixel> path{{0, 0}, {1, 0.1}, {2, -0.1}, {3, 0}, {3, 5}, {2.9, 9}, {3, 10}};
    EXPECT_EQ(simplified(path, 0.75), (std::vector<Pixel>{{0, 0}, {3, 0}, {3, 10}}));
    EXPECT_EQ(simplified(std::vector<Pixel>{{1, 1}}, 1).size(), 1U);
}

}  // namespace
}  // namespace diaban::ui
