#include "geo/spatial_index.h"

#include <gtest/gtest.h>

#include <cmath>

#include "geo/shapes.h"

namespace diaban {
namespace {

TEST(SpatialIndex, finds_the_features_whose_box_meets_a_box_in_order) {
    const SpatialIndex index(
        wkt({"POLYGON ((5 5,6 5,6 6,5 5))", "POLYGON ((0 0,1 0,1 1,0 0))", "", "POLYGON ((0 0,9 0,9 9,0 0))"}));
    EXPECT_EQ(index.size(), 3u);
    EXPECT_EQ(index.query(Box{0, 0, 10, 10}), (std::vector<uint32_t>{0, 1, 3}));
    EXPECT_EQ(index.query(Point{5.5, 5.5}), (std::vector<uint32_t>{0, 3}));
    EXPECT_EQ(index.query(Point{1, 1}), (std::vector<uint32_t>{1, 3}));  // boxes are closed
    EXPECT_TRUE(index.query(Box{20, 20, 30, 30}).empty());
    EXPECT_TRUE(index.query(Box{}).empty());
}

TEST(SpatialIndex, finds_the_nearest_by_a_given_distance_as_looking_at_all_does) {
    std::mt19937 random(11);
    std::uniform_int_distribution<int> place(0, 60);  // whole numbers, so that some are equally far
    GeometryBuilder builder(GeometryKind::point);
    std::vector<Point> points;
    for (int i = 0; i < 3000; ++i) {
        points.push_back({static_cast<double>(place(random)), static_cast<double>(place(random))});
        builder.begin_feature();
        builder.begin_part();
        builder.add_ring(std::span(&points.back(), 1));
    }
    const SpatialIndex index(std::move(builder).finish());
    for (int i = 0; i < 300; ++i) {
        const Point p{place(random) + 0.5, place(random) + 0.25};
        const double reach = i % 3 == 0 ? 0.3 : 4;
        const auto away = [&](uint32_t f) -> std::optional<double> {
            if (f % 5 == 0) return std::nullopt;  // not asked for
            return std::hypot(points[f].x - p.x, points[f].y - p.y);
        };
        std::optional<uint32_t> expected;
        double least = reach;
        for (uint32_t f = 0; f < points.size(); ++f)
            if (const auto d = away(f); d && *d <= least) expected = f, least = *d;
        ASSERT_EQ(index.nearest(p, reach, away), expected);
    }
    EXPECT_FALSE(SpatialIndex().nearest({0, 0}, 1, [](uint32_t) { return 0.0; }));
}

TEST(SpatialIndex, of_nothing_finds_nothing) {
    EXPECT_TRUE(SpatialIndex().query(Box{0, 0, 1, 1}).empty());
    EXPECT_TRUE(SpatialIndex(Geometry{}).query(Point{0, 0}).empty());
    EXPECT_EQ(SpatialIndex(wkt({"", ""})).size(), 0u);
}

TEST(SpatialIndex, passes_over_coordinates_that_are_not_finite) {
    const Geometry g(GeometryKind::line, {{NAN, NAN}, {INFINITY, 0}, {NAN, 5}, {1, 1}, {2, 2}}, {0, 2, 5}, {0, 1, 2},
                     {0, 1, 2});
    const SpatialIndex index(g);
    EXPECT_EQ(index.size(), 1u);
    EXPECT_EQ(index.query(Box{-100, -100, 100, 100}), (std::vector<uint32_t>{1}));
    EXPECT_TRUE(index.query(Point{NAN, 1}).empty());
}

TEST(SpatialIndex, agrees_with_looking_at_every_box) {
    for (const std::size_t count : {1u, 16u, 17u, 256u, 257u, 5'000u}) {
        const auto seed = static_cast<unsigned>(count);
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        std::uniform_real_distribution<double> place(0, 100), size(0, 5);
        GeometryBuilder builder(GeometryKind::line);
        for (std::size_t i = 0; i < count; ++i) {
            builder.begin_feature();
            if (i % 7 == 3) continue;
            builder.begin_part();
            const Point p{place(random), place(random)};
            builder.add_ring(std::vector<Point>{p, {p.x + size(random), p.y + size(random)}});
        }
        const Geometry g = std::move(builder).finish();
        const SpatialIndex index(g);
        for (int i = 0; i < 200; ++i) {
            const double x = place(random), y = place(random);
            const Box box{x, y, x + size(random), y + size(random)};
            std::vector<uint32_t> expected;
            for (uint32_t f = 0; f < g.feature_count(); ++f)
                if (g.has_geometry(f) && g.box_of(f).intersects(box)) expected.push_back(f);
            ASSERT_EQ(index.query(box), expected);
        }
    }
}

}  // namespace
}  // namespace diaban
