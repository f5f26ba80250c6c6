#include "geo/relate/related.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <optional>
#include <string>

#include "geo/geos_handles.h"
#include "geo/repair.h"
#include "geo/shapes.h"
#include "geo/validity.h"

namespace diaban {
namespace {

using Kept = std::vector<uint8_t>;
using enum SpatialRelation;

constexpr SpatialRelation all_relations[] = {intersects, within, contains, touches, overlaps, crosses};
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

const char* name_of(SpatialRelation relation) {
    constexpr const char* names[] = {"intersects", "within", "contains", "touches", "overlaps", "crosses"};
    return names[static_cast<int>(relation)];
}

Related asked(const Geometry& a, const Geometry& b, SpatialRelation relation, const Kept& considered = {},
              bool not_itself = false) {
    Progress progress;
    return related(a, b, considered, relation, progress, not_itself).value();
}

/// By GEOS's plain predicate on two whole shapes, nothing prepared and no boxes.
bool by_geos(const GEOSGeometry* a, const GEOSGeometry* b, SpatialRelation relation) {
    const auto context = geos::context();
    switch (relation) {
        case intersects:
            return GEOSIntersects_r(context, a, b) == 1;
        case within:
            return GEOSWithin_r(context, a, b) == 1;
        case contains:
            return GEOSContains_r(context, a, b) == 1;
        case touches:
            return GEOSTouches_r(context, a, b) == 1;
        case overlaps:
            return GEOSOverlaps_r(context, a, b) == 1;
        case crosses:
            return GEOSCrosses_r(context, a, b) == 1;
    }
    return false;
}

/// Each pair of features alone, so that a wrong answer is not hidden behind another pair's.
void expect_as_geos(const Geometry& a, const Geometry& b) {
    for (uint32_t i = 0; i < a.feature_count(); ++i)
        for (uint32_t j = 0; j < b.feature_count(); ++j) {
            const auto left = geos::from_feature(a, i), right = geos::from_feature(b, j);
            const std::string texts[] = {to_wkt(a, i), to_wkt(b, j)};
            const std::string_view of_a[] = {texts[0]}, of_b[] = {texts[1]};
            const Geometry one = geometry_from_wkt(of_a), other = geometry_from_wkt(of_b);
            for (const SpatialRelation relation : all_relations)
                ASSERT_EQ(asked(one, other, relation).kept[0] != 0, by_geos(left.get(), right.get(), relation))
                    << texts[0] << " " << name_of(relation) << " " << texts[1];
        }
}

/// Random shapes on a grid of few places, so that corners, edges and whole borders coincide all the time.
class GridShapes {
public:
    explicit GridShapes(unsigned seed) : random_(seed) {}

    Geometry points(int features) {
        return made(GeometryKind::point, features, [&](GeometryBuilder& builder) {
            for (int i = up_to(2); i >= 0; --i)
                add(builder, {place()});
        });
    }
    Geometry lines(int features) {
        return made(GeometryKind::line, features, [&](GeometryBuilder& builder) {
            for (int i = up_to(1); i >= 0; --i) {
                std::vector<Point> path{place()};
                for (int k = 1 + up_to(2); k > 0; --k)
                    if (const Point next = place(); next != path.back()) path.push_back(next);
                if (path.size() == 1) path.push_back({path[0].x + 1, path[0].y});
                add(builder, path);
            }
        });
    }
    /// Unions of triangles: with holes, several parts, parts that touch in corners, and corners along straight edges.
    /// `plain`: of triangles whose edges meet in places that doubles can say. Elsewhere corners of unions lie a
    /// rounding error off their edges, where GEOS's plain predicates and its prepared ones (which are exact) differ for
    /// lines.
    Geometry polygons(int features, bool plain = false) {
        return made(GeometryKind::polygon, features, [&](GeometryBuilder& builder) {
            geos::GeometryHandle sum;
            for (int i = up_to(4); i >= 0 || !sum; --i) {
                const Point a = place(), b = place(), c = place();
                if ((b.x - a.x) * (c.y - a.y) == (b.y - a.y) * (c.x - a.x)) continue;
                if (plain && !(on_a_compass(a, b) && on_a_compass(b, c) && on_a_compass(c, a))) continue;
                const Geometry triangle = polygon_of({{a, b, c}});
                auto shape = geos::from_feature(triangle, 0);
                if (sum) shape.reset(GEOSUnion_r(geos::context(), sum.get(), shape.get()));
                sum = std::move(shape);
            }
            geos::add_polygons(builder, sum.get());
        });
    }

private:
    /// Level, upright or at 45°.
    static bool on_a_compass(Point a, Point b) {
        const double x = std::abs(a.x - b.x), y = std::abs(a.y - b.y);
        return x == 0 || y == 0 || x == y;
    }
    int up_to(int most) { return std::uniform_int_distribution(0, most)(random_); }
    Point place() { return {1.0 * up_to(4), 1.0 * up_to(4)}; }
    static void add(GeometryBuilder& builder, const std::vector<Point>& path) {
        builder.begin_part();
        builder.add_ring(path);
    }
    template <class Body>
    static Geometry made(GeometryKind kind, int features, const Body& body) {
        GeometryBuilder builder(kind);
        for (int i = 0; i < features; ++i) {
            builder.begin_feature();
            body(builder);
        }
        return std::move(builder).finish();
    }

    std::mt19937 random_;
};

TEST(Related, is_what_geos_says_of_each_pair_of_random_shapes) {
    for (const unsigned seed : {1U, 2U, 3U, 4U}) {
        SCOPED_TRACE(seed);
        GridShapes shapes(seed);
        const Geometry all[] = {shapes.points(12), shapes.lines(12), shapes.polygons(12, true)};
        for (const Geometry& a : all)
            for (const Geometry& b : all)
                expect_as_geos(a, b);
    }
}

TEST(Related, is_what_geos_says_of_many_random_polygons) {
    GridShapes shapes(7);
    expect_as_geos(shapes.polygons(40), shapes.polygons(40));
}

TEST(Related, is_what_geos_says_of_polygons_that_only_just_meet) {
    const Geometry a = wkt({
        "POLYGON ((0 0,4 0,4 4,0 4,0 0))",
        "POLYGON ((0 0,4 0,4 2,4 4,0 4,0 0))",                            // the same with a corner more
        "POLYGON ((0 0,0 4,4 4,4 0,0 0))",                                // and the other way round
        "POLYGON ((0 0,4 0,4 4,0 4,0 0),(1 1,3 1,3 3,1 3,1 1))",          // with a hole
        "POLYGON ((1 1,3 1,3 3,1 3,1 1))",                                // what fills the hole
        "POLYGON ((1 1,3 3,1 3,1 1))",                                    // half of it
        "POLYGON ((1 2,2 1,3 2,2 3,1 2))",                                // touches the hole's edges from inside
        "POLYGON ((4 0,8 0,8 4,4 4,4 0))",                                // a neighbour
        "POLYGON ((4 1,8 1,8 3,4 3,4 1))",                                // along a part of the edge
        "POLYGON ((4 -1,8 -1,8 5,4 5,4 -1))",                             // along more than the edge
        "POLYGON ((4 4,8 4,8 8,4 8,4 4))",                                // at a corner
        "POLYGON ((4 2,8 0,8 4,4 2))",                                    // a corner on an edge
        "POLYGON ((0 0,4 4,0 4,0 0))",                                    // a chord from corner to corner
        "POLYGON ((-1 5,5 -1,5 5,-1 5))",                                 // its edge passes two corners
        "POLYGON ((2 0,4 2,2 4,0 2,2 0))",                                // all corners on edges, inside
        "POLYGON ((4 2,2 4,6 6,4 2))",                                    // enters through points of the border
        "MULTIPOLYGON (((0 0,2 0,2 2,0 2,0 0)),((2 2,4 2,4 4,2 4,2 2)))"  // parts that touch
    });
    expect_as_geos(a, a);
}

/// 5 × 5 areas in a net whose borders are ragged lines of `pieces` edges, each drawn by both of its neighbours.
Geometry ragged_net(std::mt19937& random, int pieces) {
    constexpr int side = 5;
    std::uniform_real_distribution<double> off(-0.3, 0.3);
    const auto line = [&](Point a, Point b) {
        std::vector<Point> path{a};
        for (int i = 1; i < pieces; ++i) {
            const double t = static_cast<double>(i) / pieces, by = off(random);
            path.push_back(
                {a.x + t * (b.x - a.x) + (a.x == b.x ? by : 0), a.y + t * (b.y - a.y) + (a.y == b.y ? by : 0)});
        }
        path.push_back(b);
        return path;
    };
    std::vector<std::vector<Point>> level, upright;  // to the east and to the north of each corner
    for (int j = 0; j <= side; ++j)
        for (int i = 0; i <= side; ++i) {
            level.push_back(line({1.0 * i, 1.0 * j}, {i + 1.0, 1.0 * j}));
            upright.push_back(line({1.0 * i, 1.0 * j}, {1.0 * i, j + 1.0}));
        }
    GeometryBuilder builder(GeometryKind::polygon);
    for (int j = 0; j < side; ++j)
        for (int i = 0; i < side; ++i) {
            const auto corner = [&](int x, int y) { return static_cast<std::size_t>(y * (side + 1) + x); };
            std::vector<Point> ring = level[corner(i, j)];
            const auto& east = upright[corner(i + 1, j)];
            const auto& north = level[corner(i, j + 1)];
            const auto& west = upright[corner(i, j)];
            ring.insert(ring.end(), east.begin() + 1, east.end());
            ring.insert(ring.end(), north.rbegin() + 1, north.rend());
            ring.insert(ring.end(), west.rbegin() + 1, west.rend() - 1);
            // Some run one way, some the other.
            if ((i + j) % 3 == 0) std::ranges::reverse(ring);
            builder.begin_feature(), builder.begin_part(), builder.add_ring(ring);
        }
    return std::move(builder).finish();
}

TEST(Related, of_neighbours_along_ragged_borders_is_that_they_touch) {
    std::mt19937 random(3);
    // Few enough pieces that borders do not cross each other (off by 0.3 at most, a third of the way from the corner).
    const Geometry net = ragged_net(random, 3);
    ASSERT_TRUE(find_invalid(net).empty());
    for (uint32_t i = 0; i < net.feature_count(); ++i) {
        Kept alone(net.feature_count()), beside(net.feature_count());
        alone[i] = 1;
        for (uint32_t j = 0; j < net.feature_count(); ++j) {
            const int dx = static_cast<int>(i % 5) - static_cast<int>(j % 5);
            const int dy = static_cast<int>(i / 5) - static_cast<int>(j / 5);
            beside[j] = i != j && std::abs(dx) <= 1 && std::abs(dy) <= 1;
        }
        EXPECT_EQ(asked(net, net, touches, alone).kept, beside) << i;
        EXPECT_EQ(asked(net, net, intersects, alone, true).kept, beside) << i;
        EXPECT_EQ(asked(net, net, overlaps, alone).kept, Kept(25)) << i;
        EXPECT_EQ(asked(net, net, within, alone).kept, alone) << i;
    }
}

TEST(Related, is_what_geos_says_of_shapes_of_many_corners) {
    std::mt19937 random(4);
    std::uniform_real_distribution<double> place(0, 3), size(0.2, 1.5);
    GeometryBuilder builder(GeometryKind::polygon);
    for (int i = 0; i < 8; ++i) {
        const Point centre{place(random), place(random)};
        const double radius = size(random);
        builder.begin_feature(), builder.begin_part();
        builder.add_ring(star(random, 400, centre, radius));
        // A hole as large as another's shell may be.
        if (i % 2 == 0) builder.add_ring(star(random, 200, centre, radius * 0.39));
    }
    const Geometry stars = std::move(builder).finish();
    ASSERT_TRUE(find_invalid(stars).empty());
    expect_as_geos(stars, stars);
}

TEST(Related, tells_the_six_relations_apart) {
    const Geometry communes = wkt({"POLYGON ((0 0,4 0,4 4,0 4,0 0))", "POLYGON ((4 0,8 0,8 4,4 4,4 0))", ""});
    const Geometry places = wkt({"POINT (1 1)", "POINT (4 2)", "POINT (9 9)", "", "POINT (8 0)"});
    // A point that lies on a border alone is not within, by the OGC's rule.
    EXPECT_EQ(asked(places, communes, intersects).kept, (Kept{1, 1, 0, 0, 1}));
    EXPECT_EQ(asked(places, communes, within).kept, (Kept{1, 0, 0, 0, 0}));
    EXPECT_EQ(asked(places, communes, touches).kept, (Kept{0, 1, 0, 0, 1}));
    EXPECT_EQ(asked(communes, places, contains).kept, (Kept{1, 0, 0}));
    EXPECT_EQ(asked(communes, places, intersects).kept, (Kept{1, 1, 0}));
    EXPECT_EQ(asked(communes, places, within).kept, (Kept{0, 0, 0}));
    EXPECT_EQ(asked(communes, communes, touches).kept, (Kept{1, 1, 0}));
    const Geometry roads = wkt({"LINESTRING (1 1,2 2)", "LINESTRING (3 3,5 3)", "LINESTRING (4 0,4 4)"});
    EXPECT_EQ(asked(roads, communes, crosses).kept, (Kept{0, 1, 0}));
    EXPECT_EQ(asked(roads, communes, within).kept, (Kept{1, 0, 0}));
    EXPECT_EQ(asked(roads, communes, touches).kept, (Kept{0, 0, 1}));
    const Geometry area = wkt({"POLYGON ((3 1,5 1,5 2,3 2,3 1))"});
    EXPECT_EQ(asked(communes, area, overlaps).kept, (Kept{1, 1, 0}));
}

TEST(Related, looks_only_at_what_is_considered) {
    const Geometry communes = wkt({"POLYGON ((0 0,4 0,4 4,0 4,0 0))", "POLYGON ((4 0,8 0,8 4,4 4,4 0))"});
    const Geometry places = wkt({"POINT (1 1)", "POINT (5 2)"});
    EXPECT_EQ(asked(places, communes, within, {0, 1}).kept, (Kept{0, 1}));
    EXPECT_EQ(asked(communes, places, contains, {0, 1}).kept, (Kept{0, 1}));
    EXPECT_EQ(asked(communes, communes, intersects, {0, 0}).kept, (Kept{0, 0}));
}

TEST(Related, does_not_compare_a_feature_with_itself_where_told) {
    const Geometry areas =
        wkt({"POLYGON ((0 0,4 0,4 4,0 4,0 0))", "POLYGON ((4 0,8 0,8 4,4 4,4 0))", "POLYGON ((9 9,10 9,10 10,9 9))"});
    EXPECT_EQ(asked(areas, areas, intersects).kept, (Kept{1, 1, 1}));
    EXPECT_EQ(asked(areas, areas, intersects, {}, true).kept, (Kept{1, 1, 0}));
    EXPECT_EQ(asked(areas, areas, within, {}, true).kept, (Kept{0, 0, 0}));
}

TEST(Related, repairs_what_is_not_valid_and_reports_what_cannot_be) {
    // A bow tie, which has the middle of each half but not the place above its waist; a ring without an area.
    const std::vector<Point> corners{{0, 0}, {4, 4}, {4, 0}, {0, 4}, {0, 0}, {1, 2}, {3, 2}, {2, 2}, {1, 2}};
    const Geometry areas(GeometryKind::polygon, corners, {0, 5, 9}, {0, 1, 2}, {0, 1, 2});
    const Geometry places = wkt({"POINT (1 2)", "POINT (2 3)", "POINT (3 2)"});
    const Related within_areas = asked(places, areas, within);
    EXPECT_EQ(within_areas.kept, (Kept{1, 0, 1}));
    EXPECT_EQ(within_areas.failed_a, (std::vector<uint32_t>{}));
    EXPECT_EQ(within_areas.failed_b, (std::vector<uint32_t>{1}));
    const Geometry road = wkt({"LINESTRING (1 3.5,3 3.5)", "LINESTRING (0.5 2,1 2)"});
    const Related met = asked(areas, road, intersects);
    EXPECT_EQ(met.kept, (Kept{1, 0}));
    EXPECT_EQ(met.failed_a, (std::vector<uint32_t>{1}));
    EXPECT_EQ(asked(areas, areas, intersects).failed_b, (std::vector<uint32_t>{1}));
}

TEST(Related, leaves_out_coordinates_that_are_not_finite) {
    const Geometry roads(GeometryKind::line, {{0, 1}, {nan, 5}, {2, 1}, {1, 1}, {nan, nan}}, {0, 3, 5}, {0, 1, 2},
                         {0, 1, 2});
    const Geometry area = wkt({"POLYGON ((0.5 0,1.5 0,1.5 2,0.5 2,0.5 0))"});
    const Related met = asked(roads, area, crosses);
    EXPECT_EQ(met.kept, (Kept{1, 0}));
    EXPECT_EQ(met.failed_a, (std::vector<uint32_t>{1}));
    const Geometry places(GeometryKind::point, {{1, 1}, {nan, 1}}, {0, 1, 2}, {0, 1, 2}, {0, 1, 2});
    EXPECT_EQ(asked(places, area, within).kept, (Kept{1, 0}));
}

TEST(Related, finds_nothing_in_nothing_and_stops_when_cancelled) {
    const Geometry area = wkt({"POLYGON ((0 0,4 0,4 4,0 4,0 0))"});
    EXPECT_EQ(asked(area, {}, intersects).kept, (Kept{0}));
    EXPECT_EQ(asked({}, area, intersects).kept, (Kept{}));
    EXPECT_EQ(asked(area, wkt({""}), intersects).kept, (Kept{0}));
    Progress progress;
    progress.cancel();
    const auto stopped = related(area, area, {}, intersects, progress);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().kind, ErrorKind::cancelled);
}

}  // namespace
}  // namespace diaban
