// Service areas beside the nearest facility by geodesic, asked for one place after the other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "geo/areas/buffers.h"
#include "geo/measures.h"
#include "geo/planar.h"
#include "geo/shapes.h"
#include "geo/validity.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Expected<ServiceAreas> shared_out(const Geometry& facilities, const Geometry* clip) {
    Progress progress;
    return service_areas(facilities, {}, unchanged(), clip, clip != nullptr ? &unchanged() : nullptr, progress);
}

/// A coast of many corners, with bays: what has to be cut into blocks.
std::vector<Point> coast(std::mt19937& random, std::size_t corners, Point centre, double radius) {
    std::uniform_real_distribution<double> rough(0, 0.001);
    std::vector<Point> ring;
    for (std::size_t i = 0; i < corners; ++i) {
        const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(corners);
        const double r = radius * (0.8 + 0.15 * std::sin(11 * angle) + rough(random));
        ring.push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
    }
    return ring;
}

/// A place lies in exactly the cell of the facility that is nearest, where that is clear by a thousandth.
void expect_nearest(const std::vector<Point>& facilities, const ServiceAreas& areas, Point p, bool in_clip) {
    std::vector<uint32_t> in;
    for (uint32_t c = 0; c < areas.cells.feature_count(); ++c)
        if (contains(areas.cells, c, p)) in.push_back(c);
    if (!in_clip) {
        EXPECT_TRUE(in.empty()) << p.x << " " << p.y;
        return;
    }
    std::vector<std::pair<double, uint32_t>> near;
    for (uint32_t f = 0; f < facilities.size(); ++f)
        near.emplace_back(geodesic_distance(p, facilities[f]).value(), f);
    std::ranges::sort(near);
    if (near[1].first < near[0].first * 1.001) return;
    ASSERT_EQ(in.size(), 1U) << p.x << " " << p.y;
    EXPECT_EQ(areas.facilities[in[0]], near[0].second) << p.x << " " << p.y;
}

TEST(ServiceAreas, give_every_place_of_the_clip_to_its_nearest_facility) {
    std::mt19937 random(23);
    std::uniform_real_distribution<double> east(106, 109), north(20, 23);
    std::vector<Point> facilities;
    for (int i = 0; i < 200; ++i)
        facilities.push_back({east(random), north(random)});
    // A province with a lake, and an island.
    GeometryBuilder builder(GeometryKind::polygon);
    builder.begin_feature();
    builder.begin_part();
    builder.add_ring(coast(random, 9000, {107.3, 21.4}, 1.1));
    std::vector<Point> lake = star(random, 40, {107.3, 21.4}, 0.3);
    std::ranges::reverse(lake);
    builder.add_ring(lake);
    builder.begin_feature();
    builder.begin_part();
    builder.add_ring(star(random, 30, {108.6, 20.4}, 0.3));
    const Geometry clip = std::move(builder).finish();
    const ServiceAreas areas = shared_out(points_geometry(facilities), &clip).value();
    EXPECT_TRUE(find_invalid(areas.cells).empty());
    for (int i = 0; i < 3000; ++i) {
        const Point p{east(random), north(random)};
        expect_nearest(facilities, areas, p, contains(clip, 0, p) || contains(clip, 1, p));
    }
    double cells = 0;
    for (uint32_t c = 0; c < areas.cells.feature_count(); ++c)
        cells += area(areas.cells, c);
    EXPECT_NEAR(cells / (area(clip, 0) + area(clip, 1)), 1, 1e-6);
}

TEST(ServiceAreas, leave_no_borders_where_polygons_of_the_clip_meet_or_overlap) {
    const Geometry clip = wkt({"POLYGON ((107 21, 107.5 21, 107.5 22, 107 22, 107 21))",
                               "POLYGON ((107.5 21, 108 21, 108 22, 107.5 22, 107.5 21))",
                               "POLYGON ((107.4 21.2, 107.9 21.2, 107.9 21.4, 107.4 21.4, 107.4 21.2))"});
    const ServiceAreas areas = shared_out(points_geometry({{107.5, 21.1}, {107.5, 21.9}}), &clip).value();
    ASSERT_EQ(areas.cells.feature_count(), 2U);
    EXPECT_EQ(areas.cells.part_count(), 2U);
    EXPECT_EQ(areas.cells.ring_count(), 2U);
}

TEST(ServiceAreas, are_whole_inside_of_a_clip_of_many_and_end_at_its_gaps) {
    // Squares of 0.05° that share their corners: some are missing, one is there twice, one of each ten is a little
    // smaller than its place, and one reaches into its neighbours. Their direction alternates.
    std::mt19937 random(31);
    std::uniform_real_distribution<double> east(106.9, 108.1), north(20.9, 22.1), share(0, 1);
    GeometryBuilder builder(GeometryKind::polygon);
    const auto add = [&](int i, int j, double grown, bool backwards) {
        const double west = 107 + i * 0.05 - grown, south = 21 + j * 0.05 - grown;
        const double right = 107 + (i + 1) * 0.05 + grown, top = 21 + (j + 1) * 0.05 + grown;
        std::vector<Point> ring{{west, south}, {right, south}, {right, top}, {west, top}, {west, south}};
        if (backwards) std::ranges::reverse(ring);
        builder.begin_feature();
        builder.begin_part();
        builder.add_ring(ring);
    };
    for (int i = 0; i < 20; ++i)
        for (int j = 0; j < 20; ++j) {
            const double lot = share(random);
            if (lot < 0.08) continue;
            add(i, j, lot < 0.18 ? -0.004 : lot > 0.95 ? 0.006 : 0, (i + j) % 2 == 0);
            if (lot > 0.9 && lot < 0.95) add(i, j, 0, false);
        }
    const Geometry clip = std::move(builder).finish();
    std::vector<Point> facilities;
    for (int i = 0; i < 2000; ++i)
        facilities.push_back({east(random), north(random)});
    const ServiceAreas areas = shared_out(points_geometry(facilities), &clip).value();
    EXPECT_TRUE(find_invalid(areas.cells).empty());
    for (int i = 0; i < 3000; ++i) {
        const Point p{east(random), north(random)};
        bool inside = false;
        for (uint32_t f = 0; f < clip.feature_count(); ++f)
            inside |= contains(clip, f, p);
        expect_nearest(facilities, areas, p, inside);
    }
}

TEST(ServiceAreas, without_a_clip_reach_a_tenth_beyond_the_facilities) {
    const std::vector<Point> facilities{{107, 21}, {108, 21}, {107.5, 22}};
    const ServiceAreas areas = shared_out(points_geometry(facilities), nullptr).value();
    EXPECT_TRUE(contains(areas.cells, 0, {106.92, 20.95}));
    EXPECT_FALSE(contains(areas.cells, 0, {106.7, 20.95}));
    std::mt19937 random(4);
    std::uniform_real_distribution<double> east(107, 108), north(21, 22);
    for (int i = 0; i < 300; ++i)
        expect_nearest(facilities, areas, {east(random), north(random)}, true);
}

TEST(ServiceAreas, of_one_facility_are_all_of_the_clip_or_some_ground_around_it) {
    const Geometry clip = wkt({"POLYGON ((107 21, 108 21, 108 22, 107 22, 107 21))"});
    const Geometry one = points_geometry({{107.2, 21.3}});
    const ServiceAreas all = shared_out(one, &clip).value();
    EXPECT_NEAR(area(all.cells, 0), 1, 1e-6);  // squared degrees: its edges are straight in degrees
    EXPECT_TRUE(contains(shared_out(one, nullptr)->cells, 0, {107.205, 21.3}));
}

TEST(ServiceAreas, keep_the_first_of_several_at_one_place_and_tell_the_others) {
    Progress progress;
    const Geometry clip = wkt({"POLYGON ((107 21, 108 21, 108 22, 107 22, 107 21))"});
    const Geometry facilities =
        points_geometry({{107.9, 21.5}, {107.2, 21.3}, {107.9, 21.5}, {107.2, 21.3}, {107.2, 21.3}});
    const std::vector<uint8_t> considered{1, 0, 1, 1, 1};
    const auto areas = service_areas(facilities, considered, unchanged(), &clip, &unchanged(), progress);
    ASSERT_TRUE(areas);
    EXPECT_THAT(areas->facilities, ElementsAre(0U, 3U));
    EXPECT_THAT(areas->same_place, ElementsAre(2U, 4U));
}

TEST(ServiceAreas, across_the_antimeridian_are_shared_out_like_anywhere_else) {
    const std::vector<Point> facilities{{179.7, -17}, {-179.8, -17.2}, {-179.5, -16.6}};
    const ServiceAreas areas = shared_out(points_geometry(facilities), nullptr).value();
    EXPECT_LT(areas.cells.box().width(), 2);
    const double frame = areas.cells.box().centre().x;
    for (const double east : {179.65, 179.8, 180.1, 180.4})
        expect_nearest(facilities, areas, {frame < 0 ? east - 360 : east, -16.9}, true);
}

TEST(ServiceAreas, refuse_having_no_facility_or_no_ground_and_stop_when_asked) {
    const auto nobody = shared_out(wkt({""}), nullptr);
    ASSERT_FALSE(nobody);
    EXPECT_THAT(nobody.error().what, HasSubstr("there are no facilities"));
    const Geometry one = points_geometry({{107.2, 21.3}});
    const Geometry line = wkt({"LINESTRING (107 21, 108 22)"});
    for (const Geometry& clip : {line, wkt({""}), Geometry(GeometryKind::polygon, {}, {0}, {0}, {0, 0})}) {
        const auto groundless = shared_out(one, &clip);
        ASSERT_FALSE(groundless);
        EXPECT_EQ(groundless.error().kind, ErrorKind::bad_input);
    }
    Progress progress;
    progress.cancel();
    const auto stopped = service_areas(one, {}, unchanged(), nullptr, nullptr, progress);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().kind, ErrorKind::cancelled);
}

}  // namespace
}  // namespace diaban
