#include <gtest/gtest.h>

#include "geo/earth_support.h"
#include "geo/shapes.h"

namespace diaban {
namespace {

std::vector<double> along(const Geometry& of, const Geometry& what, double tolerance) {
    Progress progress;
    return length_along(*on_earth(of), *on_earth(what), {}, Metres(tolerance), progress).value();
}

TEST(LengthAlong, is_the_length_of_what_two_outlines_share) {
    const Geometry square = wkt({"POLYGON ((107 21,107.1 21,107.1 21.1,107 21.1,107 21))", ""});
    const Geometry line = wkt({"LINESTRING (107 20.95,107 21.05)"});
    const double shared = geodesic_distance({107, 21}, {107, 21.05}).value();
    // 10 m go round the corner, and 10 m past the line's end.
    EXPECT_NEAR(along(square, line, 10)[0], shared + 20, 0.1);
    EXPECT_NEAR(along(square, line, 0)[0], shared, 0.1);
    EXPECT_EQ(along(square, line, 10)[1], 0);
    EXPECT_EQ(along(wkt({"POINT (107 21)"}), line, 10)[0], 0);
}

TEST(LengthAlong, agrees_with_fine_sampling) {
    const unsigned seed = 12;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const Geometry ring = polygon_of({star(random, 20, {107, 21}, 0.05)});
    const Geometry line = lines_geometry({star(random, 12, {107, 21}, 0.05)});
    struct Piece {
        double metres, away;
    };
    std::vector<Piece> pieces;
    const auto path = ring.ring(0);
    for (std::size_t i = 1; i < path.size(); ++i) {
        constexpr int steps = 60;
        for (int step = 0; step < steps; ++step) {
            const double t = (step + 0.5) / steps;
            const Point at{path[i - 1].x + (path[i].x - path[i - 1].x) * t,
                           path[i - 1].y + (path[i].y - path[i - 1].y) * t};
            pieces.push_back({geodesic_distance(path[i - 1], path[i]).value() / steps, slow_distance(at, line, 0, 4)});
        }
    }
    const double whole = geodesic_length(path).value();
    for (const double tolerance : {20.0, 300.0, 3'000.0, 30'000.0}) {
        double expected = 0;
        for (const Piece& piece : pieces)
            if (piece.away <= tolerance) expected += piece.metres;
        EXPECT_NEAR(along(ring, line, tolerance)[0], expected, whole * 0.003) << tolerance;
    }
}

TEST(LengthAlong, counts_what_runs_inside_an_area_and_looks_at_what_is_considered) {
    const Geometry line = wkt({"LINESTRING (106 21.0,108 21.0)"});
    const Geometry areas =
        wkt({"POLYGON ((106.5 20.5,107.5 20.5,107.5 21.5,106.5 21.5,106.5 20.5),"
             "(106.9 20.9,107.1 20.9,107.1 21.1,106.9 21.1,106.9 20.9))",
             "POLYGON ((0 0,1 0,1 1,0 0))"});
    const double degree = geodesic_length(std::vector<Point>{{106, 21}, {107, 21}}).value();
    EXPECT_NEAR(along(line, areas, 0)[0], 0.8 * degree, 10);
    Progress progress;
    const std::vector<uint8_t> second{0, 1};
    EXPECT_EQ(length_along(*on_earth(line), *on_earth(areas), second, Metres(0), progress).value()[0], 0);
}

TEST(LengthAlong, is_nothing_without_anything_or_with_a_tolerance_that_is_none) {
    const Geometry line = wkt({"LINESTRING (106 21,107 21)", ""});
    EXPECT_EQ(along(line, Geometry{}, 100), (std::vector<double>{0, 0}));
    EXPECT_EQ(along(line, line, -1), (std::vector<double>{0, 0}));
    EXPECT_EQ(along(line, line, NAN), (std::vector<double>{0, 0}));
    EXPECT_TRUE(along(Geometry{}, line, 100).empty());
}

}  // namespace
}  // namespace diaban
