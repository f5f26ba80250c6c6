#include "query/pick.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "geo/planar.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Scene {
    Geometry geometry;
    SpatialIndex index;
    explicit Scene(std::vector<std::string_view> wkt) : geometry(geometry_from_wkt(wkt)), index(geometry) {}
    [[nodiscard]] std::optional<uint32_t> at(Point p, double tolerance = 0, std::vector<uint8_t> shown = {}) const {
        return pick(geometry, index, p, tolerance, shown);
    }
};

/// Two neighbours, a small one over the left of them, and one without geometry.
const Scene& squares() {
    static const Scene scene({"POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))", "POLYGON ((10 0, 20 0, 20 10, 10 10, 10 0))",
                              "POLYGON ((2 2, 4 2, 4 4, 2 4, 2 2))", ""});
    return scene;
}

TEST(Pick, finds_the_topmost_polygon_that_contains_the_point) {
    EXPECT_EQ(squares().at({1, 1}), 0U);
    EXPECT_EQ(squares().at({3, 3}), 2U);
    EXPECT_EQ(squares().at({15, 5}), 1U);
    EXPECT_EQ(squares().at({30, 5}), std::nullopt);
}

TEST(Pick, finds_exactly_one_of_two_neighbours_on_their_edge) {
    EXPECT_EQ(squares().at({10, 5}), 1U);
}

TEST(Pick, prefers_a_polygon_that_contains_the_point_to_a_nearer_edge_above) {
    EXPECT_EQ(squares().at({4.5, 3}, 2), 0U);
}

TEST(Pick, takes_the_nearest_within_the_tolerance) {
    EXPECT_EQ(squares().at({21, 5}, 1.5), 1U);
    EXPECT_EQ(squares().at({22, 5}, 1.5), std::nullopt);
    const Scene points({"POINT (0 0)", "POINT (3 0)", "POINT (3 0)"});
    EXPECT_EQ(points.at({1, 0}, 5), 0U);
    EXPECT_EQ(points.at({2, 0}, 5), 2U);  // of two equally near, the upper
    const Scene lines({"LINESTRING (0 0, 10 10)"});
    EXPECT_EQ(lines.at({5, 5.5}, 0.5), 0U);
    EXPECT_EQ(lines.at({9, 1}, 0.5), std::nullopt);
}

TEST(Pick, passes_over_what_is_not_shown) {
    EXPECT_EQ(squares().at({3, 3}, 0, {1, 1, 0, 1}), 0U);
    EXPECT_EQ(squares().at({3, 3}, 0, {0, 0, 0, 0}), std::nullopt);
}

TEST(Pick, finds_nothing_in_nothing) {
    EXPECT_EQ(pick(Geometry{}, SpatialIndex{}, {0, 0}, 5, {}), std::nullopt);
}

TEST(Pick, refuses_flags_for_another_number_of_features) {
    EXPECT_THROW(static_cast<void>(squares().at({3, 3}, 0, {1, 1})), std::logic_error);
}

TEST(Select, finds_what_a_box_touches) {
    const auto in = [](Box box, std::vector<uint8_t> shown = {}) {
        return select(squares().geometry, squares().index, box, shown);
    };
    EXPECT_THAT(in({1, 1, 3, 3}), ElementsAre(0, 2));
    EXPECT_THAT(in({5, 5, 15, 6}), ElementsAre(0, 1));
    EXPECT_THAT(in({-5, -5, 30, 30}), ElementsAre(0, 1, 2));
    EXPECT_THAT(in({-5, -5, 30, 30}, {0, 1, 1, 1}), ElementsAre(1, 2));
    EXPECT_THAT(in({40, 40, 50, 50}), IsEmpty());
    EXPECT_THAT(in(Box{}), IsEmpty());
}

TEST(Select, finds_what_a_lasso_touches_and_not_what_its_box_does) {
    const auto in = [](const std::vector<Point>& lasso) {
        return select(squares().geometry, squares().index, lasso, {});
    };
    EXPECT_THAT(in({{12, 1}, {18, 1}, {15, 9}}), ElementsAre(1));
    // A thin wedge that passes the small square by, within its own box.
    EXPECT_THAT(in({{1, 1}, {9, 1}, {9, 9}}), ElementsAre(0, 2));
    EXPECT_THAT(in({{1, 1.5}, {1, 9}, {1.5, 9}}), ElementsAre(0));
    EXPECT_THAT(in({{1, 1}, {9, 1}, {9, 1.5}}), ElementsAre(0));
}

TEST(Select, takes_a_lasso_of_fewer_than_three_points_for_nothing) {
    EXPECT_THAT(select(squares().geometry, squares().index, std::vector<Point>{{1, 1}, {3, 3}}, {}), IsEmpty());
    EXPECT_THAT(select(squares().geometry, squares().index, std::span<const Point>{}, {}), IsEmpty());
}

// The slow way is the oracle: every feature, without an index.
TEST(Pick, agrees_with_looking_at_every_feature) {
    const unsigned seed = 2025;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> place(0, 100), side(1, 20);
    GeometryBuilder builder(GeometryKind::polygon);
    for (int i = 0; i < 200; ++i) {
        const double x = place(random), y = place(random), w = side(random), h = side(random);
        builder.begin_feature();
        builder.begin_part();
        builder.add_ring(std::vector<Point>{{x, y}, {x + w, y}, {x + w / 2, y + h}});
    }
    const Geometry geometry = std::move(builder).finish();
    const SpatialIndex index(geometry);
    for (int i = 0; i < 500; ++i) {
        const Point p{place(random), place(random)};
        std::optional<uint32_t> expected, nearest;
        double least = 3;
        for (uint32_t f = 0; f < geometry.feature_count(); ++f)
            if (contains(geometry, f, p)) expected = f;
        for (uint32_t f = 0; f < geometry.feature_count() && least > 0; ++f)
            if (const double away = distance(geometry, f, p); away < least) nearest = f, least = away;
        if (!expected) expected = nearest;
        EXPECT_EQ(pick(geometry, index, p, 3, {}), expected);
    }
}

}  // namespace
}  // namespace diaban
