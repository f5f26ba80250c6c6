// Nearest features by geodesics, compared with all pairs by PROJ.
#include <gtest/gtest.h>

#include "geo/earth_support.h"
#include "geo/shapes.h"

namespace diaban {
namespace {

constexpr Point ha_noi{105.8542, 21.0285};

std::vector<NearestFeature> nearest_to(const EarthShapes& of, const EarthShapes& among, Metres reach = anywhere,
                                       bool not_itself = false) {
    Progress progress;
    return nearest(of, among, {}, reach, progress, not_itself).value();
}

struct Region {
    const char* name;
    Point about;
    double metres;
};
class NearestPoints : public testing::TestWithParam<Region> {};

TEST_P(NearestPoints, are_those_of_all_pairs) {
    const unsigned seed = 7;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto villages = scattered(random, 120, GetParam().about, GetParam().metres);
    const auto facilities = scattered(random, 400, GetParam().about, GetParam().metres);
    const auto of = on_earth(points_geometry(villages)), among = on_earth(points_geometry(facilities));
    const auto found = nearest_to(*of, *among);
    for (uint32_t i = 0; i < villages.size(); ++i) {
        const Neighbour expected = slow_nearest(villages[i], facilities);
        ASSERT_EQ(found[i].feature, expected.feature) << i;
        ASSERT_NEAR(found[i].metres, expected.metres, 1e-6) << i;
        ASSERT_EQ(found[i].from, villages[i]);
        ASSERT_EQ(found[i].to, facilities[expected.feature]);
    }
    const auto others = nearest_to(*among, *among, anywhere, true);
    for (uint32_t i = 0; i < facilities.size(); ++i)
        ASSERT_EQ(others[i].feature, slow_nearest(facilities[i], facilities, i).feature) << i;
}

TEST_P(NearestPoints, k_of_them_and_all_within_reach_are_those_of_all_pairs) {
    const unsigned seed = 8;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto villages = scattered(random, 60, GetParam().about, GetParam().metres);
    const auto facilities = scattered(random, 200, GetParam().about, GetParam().metres);
    const auto of = on_earth(points_geometry(villages)), among = on_earth(points_geometry(facilities));
    const Metres reach(GetParam().metres / 3);
    Progress progress;
    const auto five = nearest_k(*of, *among, {}, 5, anywhere, progress).value();
    const auto within = neighbours_within(*of, *among, reach, progress).value();
    for (uint32_t i = 0; i < villages.size(); ++i) {
        std::vector<std::pair<double, uint32_t>> all;
        for (uint32_t f = 0; f < facilities.size(); ++f)
            all.emplace_back(geodesic_distance(villages[i], facilities[f]).value(), f);
        std::vector<uint32_t> expected;
        for (const auto& [metres, f] : all)
            if (metres <= reach.value()) expected.push_back(f);
        std::vector<uint32_t> got;
        for (std::size_t n = within.offsets[i]; n < within.offsets[i + 1]; ++n) {
            got.push_back(within.neighbours[n].feature);
            ASSERT_NEAR(within.neighbours[n].metres, all[got.back()].first, 1e-6);
        }
        ASSERT_EQ(got, expected);
        std::ranges::sort(all);
        for (std::size_t n = 0; n < 5; ++n)
            ASSERT_EQ(five[i * 5 + n].feature, all[n].second) << i << ", " << n;
    }
}

INSTANTIATE_TEST_SUITE_P(Everywhere, NearestPoints,
                         testing::Values(Region{"a decimetre", ha_noi, 0.1}, Region{"a town", ha_noi, 5'000},
                                         Region{"a province", ha_noi, 50'000}, Region{"a continent", ha_noi, 5e6},
                                         Region{"the earth", ha_noi, 2e7}, Region{"antimeridian", {180, -17}, 50'000},
                                         Region{"north pole", {0, 90}, 50'000},
                                         Region{"near the south pole", {30, -89.9}, 50'000}),
                         [](const auto& its) {
                             std::string name = its.param.name;
                             std::ranges::replace(name, ' ', '_');
                             return name;
                         });

TEST(Nearest, of_a_line_is_that_of_its_edges_straight_in_degrees_at_any_distance) {
    const unsigned seed = 9;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    for (const double metres : {0.1, 100.0, 50'000.0, 500'000.0}) {
        std::vector<std::vector<Point>> lines;
        for (int i = 0; i < 8; ++i)
            lines.push_back(scattered(random, 4, ha_noi, metres * 2));
        const Geometry geometry = lines_geometry(lines);
        const auto villages = scattered(random, 40, ha_noi, metres * 2);
        const auto found = nearest_to(*on_earth(points_geometry(villages)), *on_earth(geometry));
        for (uint32_t i = 0; i < villages.size(); ++i) {
            double least = infinite;
            for (uint32_t line = 0; line < lines.size(); ++line)
                least = std::min(least, slow_distance(villages[i], geometry, line));
            ASSERT_NEAR(found[i].metres, least, 1e-3) << metres << ", " << i;
            ASSERT_NEAR(geodesic_distance(found[i].from, found[i].to).value(), found[i].metres, 1e-6);
        }
    }
}

TEST(Nearest, of_a_long_edge_bends_as_its_parallel_does) {
    // 100 km along the parallel of 60° N: from 50 km north of its middle, from on it, and from far past its end.
    const Geometry edge = lines_geometry({{{10, 60}, {11.8, 60}}});
    const std::vector<Point> villages{{10.9, 60.4485}, {10.9, 60}, {10.234567, 60}, {10.9, 59.9999}, {14, 61}};
    const auto found = nearest_to(*on_earth(points_geometry(villages)), *on_earth(edge));
    for (uint32_t i = 0; i < villages.size(); ++i)
        EXPECT_NEAR(found[i].metres, slow_distance(villages[i], {10, 60}, {11.8, 60}, 2000), 1e-4) << i;
    EXPECT_LT(found[1].metres, 1e-4);
    EXPECT_NEAR(found[1].to.x, 10.9, 1e-6);
}

TEST(Nearest, of_polygons_is_nothing_inside_and_the_way_to_the_rim_in_a_hole) {
    const auto area =
        on_earth(wkt({"POLYGON ((106 20,108 20,108 22,106 22,106 20),(107 21,107.1 21,107.1 21.1,"
                      "107 21.1,107 21))"}));
    const auto found = nearest_to(
        *on_earth(points_geometry({{106.5, 20.5}, {107.02, 21.05}, {109, 21}, {106, 20}, {108, 20.7}, {107.1, 21.03}})),
        *area);
    EXPECT_EQ(found[0].metres, 0);
    EXPECT_EQ(found[0].from, found[0].to);
    EXPECT_NEAR(found[1].metres, slow_distance({107.02, 21.05}, {107, 21}, {107, 21.1}), 1e-4);
    EXPECT_NEAR(found[2].metres, slow_distance({109, 21}, {108, 20}, {108, 22}), 1e-4);
    // On a corner, on an edge, on the edge of the hole.
    for (const uint32_t on_outline : {3U, 4U, 5U})
        EXPECT_EQ(found[on_outline].metres, 0) << on_outline;
}

TEST(Nearest, of_two_polygons_is_nothing_where_they_overlap_touch_or_hold_each_other) {
    const auto of = on_earth(wkt({"POLYGON ((0 0,4 0,4 4,0 4,0 0))"}));
    const auto among = [](const char* text) { return on_earth(wkt({text})); };
    const auto metres = [&](const char* text) { return nearest_to(*of, *among(text))[0].metres; };
    EXPECT_EQ(metres("POLYGON ((1 1,2 1,2 2,1 2,1 1))"), 0);        // inside
    EXPECT_EQ(metres("POLYGON ((-9 -9,9 -9,9 9,-9 9,-9 -9))"), 0);  // round it
    EXPECT_EQ(metres("POLYGON ((-1 1,5 1,5 2,-1 2,-1 1))"), 0);     // a cross: no corner in the other
    EXPECT_EQ(metres("POLYGON ((4 1,6 1,6 2,4 2,4 1))"), 0);        // along an edge
    EXPECT_EQ(metres("POLYGON ((4 4,6 4,6 6,4 6,4 4))"), 0);        // a corner
    EXPECT_EQ(metres("LINESTRING (-1 2.0123,5 2.9876)"), 0);        // right through
    EXPECT_EQ(metres("LINESTRING (1 1,2 2)"), 0);                   // inside
    EXPECT_EQ(metres("MULTIPOINT (9 9,3 3)"), 0);
    EXPECT_NEAR(metres("POLYGON ((4.5 1,6 1,6 2,4.5 2,4.5 1))"), geodesic_distance({4, 2}, {4.5, 2}).value(), 0.1);
}

TEST(Nearest, crosses_the_antimeridian) {
    const auto fiji = on_earth(wkt({"POLYGON ((179 -18,181 -18,181 -16,179 -16,179 -18))"}));
    const auto found =
        nearest_to(*on_earth(points_geometry({{-179.5, -17}, {179.5, -17}, {-178, -17}, {178, -17}})), *fiji);
    EXPECT_EQ(found[0].metres, 0);
    EXPECT_EQ(found[1].metres, 0);
    EXPECT_NEAR(found[2].metres, slow_distance({-178, -17}, {-179, -18}, {-179, -16}), 1e-4);
    EXPECT_NEAR(found[2].to.x, -179, 1e-9);
    EXPECT_NEAR(found[3].metres, slow_distance({178, -17}, {179, -18}, {179, -16}), 1e-4);
}

TEST(Nearest, takes_the_first_of_equals_and_only_those_considered) {
    const auto of = on_earth(points_geometry({{107, 21}}));
    const auto among = on_earth(points_geometry({{109, 21}, {108, 21}, {106, 21}, {108, 21}}));
    EXPECT_EQ(nearest_to(*of, *among)[0].feature, 1U);
    Progress progress;
    const std::vector<uint8_t> considered{1, 0, 0, 1};
    EXPECT_EQ(nearest(*of, *among, considered, anywhere, progress).value()[0].feature, 3U);
    const std::vector<uint8_t> none(4);
    EXPECT_EQ(nearest(*of, *among, none, anywhere, progress).value()[0].feature, no_feature);
    EXPECT_EQ(nearest(*of, *among, none, anywhere, progress).value()[0].metres, infinite);
}

TEST(Nearest, finds_the_first_of_thousands_at_one_place) {
    const auto of = on_earth(points_geometry({{107, 21}, {107, 21.5}}));
    const auto among = on_earth(points_geometry(std::vector<Point>(2'000, Point{107, 21})));
    EXPECT_EQ(nearest_to(*of, *among)[0].feature, 0U);
    EXPECT_EQ(nearest_to(*of, *among)[1].feature, 0U);
    Progress progress;
    const auto three = nearest_k(*of, *among, {}, 3, anywhere, progress).value();
    EXPECT_EQ(three[2].feature, 2U);
    EXPECT_EQ(three[5].feature, 2U);
    EXPECT_EQ(nearest_to(*among, *among, anywhere, true)[0].feature, 1U);
    EXPECT_EQ(nearest_to(*among, *among, anywhere, true)[9].feature, 0U);
}

TEST(Nearest, counts_a_distance_of_exactly_the_reach) {
    const unsigned seed = 10;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    for (int i = 0; i < 300; ++i) {
        const Point b = scattered(random, 1, ha_noi, std::pow(10.0, i % 7))[0];
        const auto of = on_earth(points_geometry({ha_noi})), among = on_earth(points_geometry({b}));
        const double metres = geodesic_distance(ha_noi, b).value();
        EXPECT_EQ(nearest_to(*of, *among, Metres(metres))[0].feature, 0U) << metres;
        EXPECT_EQ(nearest_to(*of, *among, Metres(std::nextafter(metres, 0)))[0].feature, no_feature) << metres;
        Progress progress;
        EXPECT_EQ(neighbours_within(*of, *among, Metres(metres), progress).value().neighbours.size(), 1U);
    }
}

TEST(Nearest, of_nothing_or_to_nothing_is_infinitely_far) {
    const auto nothing = on_earth(Geometry{}), two = on_earth(wkt({"POINT (107 21)", ""}));
    EXPECT_TRUE(nearest_to(*nothing, *two).empty());
    EXPECT_EQ(nearest_to(*two, *nothing)[0].feature, no_feature);
    EXPECT_EQ(nearest_to(*two, *nothing)[0].metres, infinite);
    EXPECT_EQ(nearest_to(*two, *two)[0].feature, 0U);
    EXPECT_EQ(nearest_to(*two, *two)[1].feature, no_feature);
    EXPECT_EQ(nearest_to(*two, *two, anywhere, true)[0].feature, no_feature);
    EXPECT_EQ(nearest_to(*two, *two, Metres(-1))[0].feature, no_feature);
    EXPECT_EQ(nearest_to(*two, *two, Metres(NAN))[0].feature, no_feature);
    EXPECT_EQ(nearest_to(*two, *two, Metres(0))[0].metres, 0);
    Progress progress;
    const auto more_than_there_are = nearest_k(*two, *two, {}, 3, anywhere, progress).value();
    EXPECT_EQ(more_than_there_are[0], (Neighbour{0, 0}));
    EXPECT_EQ(more_than_there_are[1], (Neighbour{no_feature, infinite}));
    EXPECT_EQ(more_than_there_are[5], (Neighbour{no_feature, infinite}));
    EXPECT_TRUE(nearest_k(*two, *two, {}, 0, anywhere, progress).value().empty());
    EXPECT_EQ(neighbours_within(*two, *nothing, Metres(1e9), progress).value().offsets.size(), 3U);
}

TEST(Nearest, leaves_out_places_that_are_nowhere) {
    const auto broken = on_earth(points_geometry({{NAN, 21}, {107, INFINITY}, {107, 91}, {108, 21}}));
    const auto found = nearest_to(*on_earth(points_geometry({{107, 21}, {NAN, NAN}})), *broken);
    EXPECT_EQ(found[0].feature, 3U);
    EXPECT_EQ(found[1].feature, no_feature);
    // A path goes on past what is left out; a hole without its outline is nothing.
    const auto path = on_earth(lines_geometry({{{106, 21}, {NAN, 3}, {108, 21}}}));
    EXPECT_LT(nearest_to(*on_earth(points_geometry({{107, 21}})), *path)[0].metres, 1e-4);
    const auto hole =
        on_earth(polygon_of({{{NAN, 0}, {NAN, 1}, {NAN, 2}, {NAN, 0}}, {{1, 1}, {2, 1}, {2, 2}, {1, 1}}}));
    EXPECT_EQ(nearest_to(*on_earth(points_geometry({{1, 1}})), *hole)[0].feature, no_feature);
}

TEST(Nearest, takes_edges_as_straight_in_a_projected_system) {
    // An edge of 100 km on the VN-2000 map; villages beside it at known offsets on that map: the geodesic is taken to
    // the edge, cut by the transform itself into 20,000 pieces.
    const auto vn2000 = Crs::from_text("EPSG:5899").value();
    const auto to_degrees = Transform::between(vn2000, Crs::wgs84()).value();
    Progress progress;
    const std::vector<Point> ends{{400'000, 2'300'000}, {480'000, 2'360'000}};
    const auto edge = EarthShapes::make(lines_geometry({ends}), to_degrees, progress).value();
    const std::vector<Point> on_map{{440'000 - 600, 2'330'000 + 800}, {430'000, 2'322'500}, {300'000, 2'300'000}};
    const auto villages = EarthShapes::make(points_geometry(on_map), to_degrees, progress).value();
    const auto found = nearest_to(*villages, *edge);
    for (uint32_t i = 0; i < on_map.size(); ++i) {
        double least = infinite;
        for (int step = 0; step <= 20'000; ++step) {
            const double t = step / 20'000.0;
            const Point at{ends[0].x + (ends[1].x - ends[0].x) * t, ends[0].y + (ends[1].y - ends[0].y) * t};
            least = std::min(least, geodesic_distance(to_degrees.apply(on_map[i]), to_degrees.apply(at)).value());
        }
        EXPECT_NEAR(found[i].metres, least, i == 1 ? 0.005 : 0.003) << i;
    }
    EXPECT_NEAR(found[0].metres, 1000, 0.2);
}

TEST(Nearest, of_an_area_round_a_pole_is_nothing_on_both_sides_of_the_antimeridian) {
    // A ring of 1,500 to 2,500 km about the south pole, in the polar map's own coordinates.
    const auto to_degrees = Transform::between(Crs::from_text("EPSG:3031").value(), Crs::wgs84()).value();
    std::vector<Point> ring, on_map;
    for (int i = 0; i < 40; ++i) {
        const double angle = i * 0.15707963267948966, radius = i % 2 ? 1.5e6 : 2.5e6;
        ring.push_back({radius * std::cos(angle), radius * std::sin(angle)});
    }
    for (const double angle : {0.1, 1.5, 1.5707963, 1.65, 3.0, 4.7})
        for (const double radius : {0.0, 1e6, 3e6})
            on_map.push_back({radius * std::cos(angle), radius * std::sin(angle)});
    Progress progress;
    const Geometry polygon = polygon_of({ring});
    const auto land = EarthShapes::make(polygon, to_degrees, progress).value();
    const auto found = nearest_to(*EarthShapes::make(points_geometry(on_map), to_degrees, progress).value(), *land);
    for (uint32_t i = 0; i < on_map.size(); ++i) {
        double least = infinite;
        const auto closed = polygon.ring(0);
        for (std::size_t edge = 1; edge < closed.size(); ++edge)
            for (int step = 0; step <= 500; ++step) {
                const Point a = closed[edge - 1], b = closed[edge];
                const Point at{a.x + (b.x - a.x) * step / 500, a.y + (b.y - a.y) * step / 500};
                least = std::min(least, geodesic_distance(to_degrees.apply(on_map[i]), to_degrees.apply(at)).value());
            }
        EXPECT_NEAR(found[i].metres, i % 3 == 2 ? least : 0, 5) << i;
    }
}

TEST(Nearest, between_outlines_is_that_of_all_edges) {
    const unsigned seed = 11;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    GeometryBuilder stars(GeometryKind::polygon);
    for (int i = 0; i < 8; ++i) {
        stars.begin_feature();
        stars.begin_part();
        stars.add_ring(star(random, 12, scattered(random, 1, ha_noi, 300'000)[0], 0.2));
    }
    const Geometry areas = std::move(stars).finish();
    const auto shapes = on_earth(areas);
    const auto found = nearest_to(*shapes, *shapes, anywhere, true);
    Progress progress;
    const auto within = neighbours_within(*shapes, *shapes, Metres(150'000), progress).value();
    for (uint32_t a = 0; a < 8; ++a) {
        double least = infinite;
        std::vector<uint32_t> expected;
        for (uint32_t b = 0; b < 8; ++b) {
            // Apart, the nearest places are a corner of one and an edge of the other.
            double metres = infinite;
            for (const Point p : areas.points_of(a))
                metres = std::min(metres, slow_distance(p, areas, b, 4));
            for (const Point p : areas.points_of(b))
                metres = std::min(metres, slow_distance(p, areas, a, 4));
            if (intersects(areas, a, areas.ring(b))) metres = 0;
            if (metres <= 150'000) expected.push_back(b);
            if (a != b) least = std::min(least, metres);
        }
        EXPECT_NEAR(found[a].metres, least, 1e-3) << a;
        std::vector<uint32_t> got;
        for (std::size_t n = within.offsets[a]; n < within.offsets[a + 1]; ++n)
            got.push_back(within.neighbours[n].feature);
        EXPECT_EQ(got, expected) << a;
    }
}

TEST(Nearest, stops_when_cancelled) {
    const auto two = on_earth(points_geometry({{107, 21}, {108, 21}}));
    Progress progress;
    progress.cancel();
    EXPECT_EQ(nearest(*two, *two, {}, anywhere, progress).error().kind, ErrorKind::cancelled);
    EXPECT_EQ(nearest_k(*two, *two, {}, 2, anywhere, progress).error().kind, ErrorKind::cancelled);
    EXPECT_EQ(neighbours_within(*two, *two, Metres(1), progress).error().kind, ErrorKind::cancelled);
    EXPECT_EQ(length_along(*two, *two, {}, Metres(1), progress).error().kind, ErrorKind::cancelled);
    EXPECT_EQ(EarthShapes::make(points_geometry({{1, 1}}), unchanged(), progress).error().kind, ErrorKind::cancelled);
}

}  // namespace
}  // namespace diaban
