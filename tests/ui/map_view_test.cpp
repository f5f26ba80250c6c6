#include "ui/map_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "geo/measures.h"
#include "scene/points/point_crowd.h"
#include "ui/sample.h"

namespace diaban::ui {
namespace {

using testing::ElementsAre;

struct MapViewTest : testing::Test {
    Sample sample;
    Session session;
    MapView map;

    void SetUp() override {
        session.open({sample.path("communes.geojson")});
        session.jobs().finish();
        map.resize(800, 600, 1);
        map.follow(session, {});
    }
    /// Where a place given in degrees is on the map.
    Pixel at(double lon, double lat) {
        const auto transform = Transform::between(Crs::wgs84(), session.crs());
        return map.frame().to_pixel(transform->apply(Point{lon, lat}));
    }
};

TEST(MapView, looks_at_nothing_before_there_is_data) {
    Session session;
    MapView map;
    map.resize(800, 600, 1);
    map.follow(session, {});
    EXPECT_FALSE(map.placed());
    EXPECT_FALSE(map.pick(session, {400, 300}));
    EXPECT_FALSE(map.lon_lat(session, {400, 300}));
    EXPECT_EQ(map.scale_denominator(session), 0);
    map.zoom_to_everything(session);
    map.zoom_to_selection(session);
    EXPECT_FALSE(map.placed());
}

/// Sixty places in three towns, and a lonely one.
struct ManyPointsTest : testing::Test {
    Sample sample;
    Session session;
    MapView map;

    void SetUp() override {
        std::string table = "name,x,y\n";
        for (int i = 0; i < 60; ++i) {
            table += "place " + std::to_string(i) + ",107." + std::to_string(1 + 3 * (i % 3)) + "0" +
                     std::to_string(i / 10) + ",21.10" + std::to_string(i % 10) + "\n";
        }
        sample.write("places.csv", table + "alone,107.5,21.5\n");
        session.open({sample.path("places.csv")});
        session.jobs().finish();
        session.edit("clusters", [](Workspace& w) { w.layers.front().style.crowding.mode = CrowdingMode::clusters; });
        map.resize(800, 600, 1);
        map.follow(session, {});
    }
    Pixel at(double lon, double lat) {
        const auto transform = Transform::between(Crs::wgs84(), session.crs());
        return map.frame().to_pixel(transform->apply(Point{lon, lat}));
    }
    /// The first cluster met along the south.
    std::optional<Hover> some_cluster() {
        for (double y = 0; y < 600; y += 4)
            for (double x = 0; x < 800; x += 4)
                if (auto hit = map.pick(session, {x, y}); hit && hit->cluster) return hit;
        return std::nullopt;
    }
};

TEST_F(ManyPointsTest, picks_a_cluster_with_how_many_it_stands_for) {
    const auto hit = some_cluster();
    ASSERT_TRUE(hit);
    EXPECT_GE(hit->cluster->count, 3U);
    const auto alone = map.pick(session, at(107.5, 21.5));
    ASSERT_TRUE(alone);
    EXPECT_FALSE(alone->cluster);
    EXPECT_EQ(alone->feature, 60U);
    EXPECT_FALSE(map.pick(session, at(107.3, 21.4)));
}

TEST_F(ManyPointsTest, comes_nearer_to_a_cluster_s_points_until_they_are_told_apart_or_selected) {
    const auto hit = some_cluster();
    ASSERT_TRUE(hit);
    const double before = map.frame().units_per_pixel;
    map.open_cluster(session, *hit);
    EXPECT_LT(map.frame().units_per_pixel, before);
    EXPECT_TRUE(session.selection.empty());
    const LayerResultPtr result = session.layers().front();
    const Box seen = map.frame().extent();
    for (const uint32_t f : result->crowd->features(hit->cluster->points))
        EXPECT_TRUE(seen.contains(result->shapes->points_of(f).front()));
}

TEST_F(ManyPointsTest, selects_points_in_a_box_one_by_one) {
    map.select_box(session, {0, 0, 800, 600}, Combine::replace);
    EXPECT_EQ(session.selection.features.size(), 61U);
}

TEST_F(ManyPointsTest, of_one_place_are_selected_where_no_scale_would_part_them) {
    std::string table = "name,x,y\n";
    for (int i = 0; i < 5; ++i)
        table += "same,107.1,21.1\n";
    sample.write("same.csv", table);
    session.open({sample.path("same.csv")});
    session.jobs().finish();
    session.edit("clusters", [](Workspace& w) { w.layers.front().style.crowding.mode = CrowdingMode::clusters; });
    map.follow(session, {});
    const auto hit = some_cluster();
    ASSERT_TRUE(hit);
    const Frame before = map.frame();
    map.open_cluster(session, *hit);
    EXPECT_EQ(map.frame(), before);
    EXPECT_EQ(session.selection.features.size(), 5U);
}

TEST_F(MapViewTest, shows_everything_of_a_workspace_newly_opened) {
    ASSERT_TRUE(map.placed());
    const PixelBox picture{0, 0, 800, 600};
    EXPECT_TRUE(picture.contains(at(107.0, 21.0)));
    EXPECT_TRUE(picture.contains(at(107.2, 21.2)));
}

TEST_F(MapViewTest, keeps_the_place_under_the_pointer_when_zooming) {
    const Pixel pointer{123, 456};
    const Point before = map.frame().to_map(pointer);
    map.zoom_at(pointer, 1.7);
    const Point after = map.frame().to_map(pointer);
    EXPECT_NEAR(after.x, before.x, 1e-6);
    EXPECT_NEAR(after.y, before.y, 1e-6);
}

TEST_F(MapViewTest, moves_what_is_seen_with_the_pointer) {
    const Point before = map.frame().to_map({100, 100});
    map.pan(30, -20);
    const Point after = map.frame().to_map({130, 80});
    EXPECT_NEAR(after.x, before.x, 1e-6);
    EXPECT_NEAR(after.y, before.y, 1e-6);
}

TEST_F(MapViewTest, zooms_no_nearer_than_1_to_100_and_no_farther_than_the_world) {
    for (int i = 0; i < 100; ++i)
        map.zoom_at({400, 300}, 2);
    EXPECT_NEAR(map.scale_denominator(session), 100, 1);
    for (int i = 0; i < 100; ++i)
        map.zoom_at({400, 300}, 0.5);
    EXPECT_NEAR(map.frame().units_per_pixel * 600, 40'075'017, 1);
    const Frame before = map.frame();
    map.zoom_at({400, 300}, 0);
    map.zoom_at({400, 300}, std::nan(""));
    EXPECT_EQ(map.frame(), before);
}

TEST_F(MapViewTest, says_the_degrees_under_the_pointer) {
    const auto p = map.lon_lat(session, at(107.05, 21.15));
    ASSERT_TRUE(p);
    EXPECT_NEAR(p->x, 107.05, 1e-7);
    EXPECT_NEAR(p->y, 21.15, 1e-7);
}

TEST_F(MapViewTest, has_the_scale_of_a_96_dpi_screen) {
    // 800 pixels of 0.0254/96 m are 0.21167 m of screen; the ground is measured on the ellipsoid.
    const auto west = map.lon_lat(session, {0, 300});
    const auto east = map.lon_lat(session, {800, 300});
    const double ground = geodesic_distance(*west, *east).value();
    EXPECT_NEAR(map.scale_denominator(session), ground / (800 * 0.0254 / 96), ground / 0.21 * 1e-4);
}

TEST_F(MapViewTest, picks_the_commune_under_the_pointer_and_nothing_beside) {
    const auto hit = map.pick(session, at(107.15, 21.05));
    ASSERT_TRUE(hit);
    EXPECT_EQ(hit->feature, 1u);
    EXPECT_FALSE(map.pick(session, at(107.3, 21.05)));
}

TEST_F(MapViewTest, looks_through_polygons_without_a_fill_to_filled_ones_below) {
    const std::string filled = session.workspace().layers[0].id;
    session.edit("", [&](Workspace& w) {
        Layer hatched = w.layers[0];
        hatched.id = "hatched";
        hatched.style.fill = std::monostate{};
        hatched.style.hatch = Hatch{};
        w.layers.insert(w.layers.begin(), hatched);
    });
    EXPECT_EQ(map.pick(session, at(107.15, 21.05))->layer_id, filled);
    session.set_visible(filled, false);
    EXPECT_EQ(map.pick(session, at(107.15, 21.05))->layer_id, "hatched");
}

TEST_F(MapViewTest, shows_everything_at_any_size_until_it_is_moved) {
    map.resize(400, 300, 1);
    map.follow(session, {});
    EXPECT_TRUE((PixelBox{0, 0, 400, 300}.contains(at(107.2, 21.2))));
    map.pan(1000, 0);
    map.follow(session, {});
    EXPECT_FALSE(session.workspace().view.extent.empty());
    const double scale = map.frame().units_per_pixel;
    map.resize(800, 600, 1);
    map.follow(session, {});
    EXPECT_EQ(map.frame().units_per_pixel, scale);
    map.zoom_to_everything(session);
    EXPECT_TRUE(session.workspace().view.extent.empty());
    EXPECT_TRUE((PixelBox{0, 0, 800, 600}.contains(at(107.2, 21.2))));
}

TEST_F(MapViewTest, shows_the_same_part_in_a_presentation_and_comes_back_to_the_same_scale) {
    map.zoom_at({400, 300}, 3);
    map.follow(session, {});
    const double scale = map.frame().units_per_pixel;
    Furniture large;
    large.text_scale = 1.6;
    map.resize(1600, 1200, 1);
    map.follow(session, large);
    EXPECT_NEAR(map.frame().units_per_pixel, scale / 2, scale * 1e-9);
    map.resize(800, 600, 1);
    map.follow(session, {});
    EXPECT_NEAR(map.frame().units_per_pixel, scale, scale * 1e-9);
}

TEST_F(MapViewTest, picks_nothing_of_a_layer_that_is_hidden_or_background) {
    const std::string id = session.workspace().layers[0].id;
    session.set_visible(id, false);
    EXPECT_FALSE(map.pick(session, at(107.15, 21.05)));
    session.set_visible(id, true);
    session.edit("", [&](Workspace& w) { w.find_layer(id)->background = true; });
    EXPECT_FALSE(map.pick(session, at(107.15, 21.05)));
}

TEST_F(MapViewTest, selects_what_a_box_touches_and_clears_where_it_touches_nothing) {
    const Pixel a = at(107.01, 21.09);
    const Pixel b = at(107.19, 21.01);
    map.select_box(session, {a.x, a.y, b.x - a.x, b.y - a.y}, Combine::replace);
    EXPECT_THAT(session.selection.features, ElementsAre(0, 1));
    const Pixel c = at(107.05, 21.15);
    map.select_box(session, {c.x, c.y, 2, 2}, Combine::add);
    EXPECT_THAT(session.selection.features, ElementsAre(0, 1, 2));
    map.select_box(session, {1, 1, 2, 2}, Combine::add);
    EXPECT_EQ(session.selection.features.size(), 3u);
    map.select_box(session, {1, 1, 2, 2}, Combine::replace);
    EXPECT_TRUE(session.selection.empty());
}

TEST_F(MapViewTest, selects_what_a_lasso_touches) {
    map.select_lasso(session, {at(107.12, 21.12), at(107.18, 21.12), at(107.15, 21.18)}, Combine::replace);
    EXPECT_THAT(session.selection.features, ElementsAre(3));
    map.select_lasso(session, {{1, 1}, {2, 2}}, Combine::replace);  // no area: nothing is asked, nothing changes
    EXPECT_THAT(session.selection.features, ElementsAre(3));
}

TEST_F(MapViewTest, zooms_to_the_selection) {
    session.select(session.workspace().layers[0].id, {3});
    map.zoom_to_selection(session);
    const auto centre = map.lon_lat(session, {400, 300});
    ASSERT_TRUE(centre);
    EXPECT_NEAR(centre->x, 107.15, 1e-3);
    EXPECT_NEAR(centre->y, 21.15, 1e-3);
    EXPECT_GT(at(107.2, 21.15).x - at(107.1, 21.15).x, 400);
}

TEST_F(MapViewTest, brings_a_single_point_to_the_middle_at_a_scale_to_see_it_at) {
    const Point p = map.frame().to_map({10, 10});
    map.zoom_to({p.x, p.y, p.x, p.y});
    EXPECT_EQ(map.frame().centre, p);
    EXPECT_NEAR(map.scale_denominator(session), 25'000, 25);
    const Frame before = map.frame();
    map.zoom_to({});
    EXPECT_EQ(map.frame(), before);
}

TEST_F(MapViewTest, keeps_place_and_scale_when_the_map_crs_changes) {
    map.zoom_at({300, 200}, 2);
    const auto before = map.lon_lat(session, {400, 300});
    const double scale = map.scale_denominator(session);
    session.set_map_crs("EPSG:3857");
    map.follow(session, {});
    const auto after = map.lon_lat(session, {400, 300});
    ASSERT_TRUE(after);
    EXPECT_NEAR(after->x, before->x, 1e-6);
    EXPECT_NEAR(after->y, before->y, 1e-6);
    EXPECT_NEAR(map.scale_denominator(session) / scale, 1, 2e-3);
    session.undo();
    map.follow(session, {});
    EXPECT_NEAR(map.scale_denominator(session) / scale, 1, 2e-3);
}

TEST_F(MapViewTest, keeps_where_it_looks_in_the_workspace_once_moved) {
    EXPECT_TRUE(session.workspace().view.extent.empty());
    map.pan(10, 0);
    map.follow(session, {});
    EXPECT_EQ(session.workspace().view.extent, map.frame().extent());
    EXPECT_FALSE(session.history().can_undo());
}

TEST_F(MapViewTest, derives_a_scene_again_only_when_something_changed) {
    static_cast<void>(map.scene(session, Theme::light, {}));
    static_cast<void>(map.scene(session, Theme::light, {}));
    EXPECT_EQ(map.derived(), 1u);
    map.pan(1, 0);
    static_cast<void>(map.scene(session, Theme::light, {}));
    EXPECT_EQ(map.derived(), 2u);
    static_cast<void>(map.scene(session, Theme::dark, {}));
    EXPECT_EQ(map.derived(), 3u);
    session.set_opacity(session.workspace().layers[0].id, 0.5);
    static_cast<void>(map.scene(session, Theme::dark, {}));
    EXPECT_EQ(map.derived(), 4u);
}

TEST_F(MapViewTest, a_view_moves_while_it_is_panned_and_is_derived_once_more_when_it_rests) {
    static_cast<void>(map.scene(session, Theme::light, {}));
    EXPECT_LT(map.seconds_to_rest(session), 0);
    map.pan(5, 0);
    static_cast<void>(map.scene(session, Theme::light, {}));
    EXPECT_EQ(map.derived(), 2u);
    EXPECT_LE(map.seconds_to_rest(session), MapView::rest_seconds);
    map.rest();
    EXPECT_LT(map.seconds_to_rest(session), 0);
    static_cast<void>(map.scene(session, Theme::light, {}));
    EXPECT_EQ(map.derived(), 3u);
    static_cast<void>(map.scene(session, Theme::light, {}));
    EXPECT_EQ(map.derived(), 3u);
}

TEST_F(MapViewTest, carries_labels_along_and_says_meanwhile_which_were_missing_before) {
    session.edit("", [](Workspace& w) { w.layers[0].style.labels = Labels{.field = "name", .size = Pixels(400)}; });
    const std::size_t missing = map.scene(session, Theme::light, {}).unlabelled.size();
    EXPECT_EQ(missing, 4u);
    map.zoom_at({400, 300}, 1.1);
    EXPECT_EQ(map.scene(session, Theme::light, {}).unlabelled.size(), missing);
    session.edit("", [](Workspace& w) { w.layers[0].style.labels->size = Pixels(12); });
    const Scene placed = map.scene(session, Theme::light, {});
    EXPECT_EQ(placed.labels.size(), 4u);
    map.pan(10, 0);
    const Scene& moved = map.scene(session, Theme::light, {});
    ASSERT_EQ(moved.labels.size(), 4u);
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_NEAR(std::get<TextItem>(moved.labels[i]).at.x, std::get<TextItem>(placed.labels[i]).at.x + 10, 1e-6);
    }
}

TEST_F(MapViewTest, a_view_brought_somewhere_else_at_once_does_not_move) {
    static_cast<void>(map.scene(session, Theme::light, {}));
    map.zoom_to(map.frame().extent().grown(-100));
    EXPECT_LT(map.seconds_to_rest(session), 0);
}

}  // namespace
}  // namespace diaban::ui
