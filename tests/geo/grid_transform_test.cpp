#include "geo/crs/grid_transform.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace diaban {
namespace {

GridTransform to(const char* code, const Box& degrees, Transform* exact = nullptr) {
    const auto crs = Crs::from_text(code);
    const auto transform = Transform::between(Crs::wgs84(), *crs);
    if (exact != nullptr) *exact = *transform;
    return GridTransform(*transform, degrees);
}

TEST(GridTransform, is_the_identity_unless_told_otherwise) {
    const GridTransform grid;
    EXPECT_TRUE(grid.identity());
    EXPECT_EQ(grid.apply({3, 4}), (Point{3, 4}));
    EXPECT_EQ(grid.bend(), 0);
}

TEST(GridTransform, agrees_with_proj_to_two_millimetres_over_a_country) {
    const Box vietnam{102, 7, 117.5, 23.5};
    for (const char* code : {"EPSG:32648", "EPSG:3405", "EPSG:3857", "EPSG:8857", "ESRI:54009"}) {
        const auto crs = Crs::from_text(code);
        ASSERT_TRUE(crs) << code;
        const Transform exact = *Transform::between(Crs::wgs84(), *crs);
        const GridTransform grid(exact, vietnam);
        EXPECT_TRUE(grid.everywhere()) << code;
        std::mt19937 random(7);
        std::uniform_real_distribution<double> lon(vietnam.min_x, vietnam.max_x);
        std::uniform_real_distribution<double> lat(vietnam.min_y, vietnam.max_y);
        double worst = 0;
        for (int i = 0; i < 20000; ++i) {
            const Point p{lon(random), lat(random)};
            const Point a = grid.apply(p);
            const Point b = exact.apply(p);
            worst = std::max(worst, std::hypot(a.x - b.x, a.y - b.y));
        }
        // Where PROJ itself changes from one datum shift to another, within a patch that was not seen to, half a metre
        // could hide; nowhere else anything.
        EXPECT_LT(worst, code == std::string("EPSG:3405") ? 0.5 : 0.002) << code;
    }
}

TEST(GridTransform, takes_the_exact_way_outside_its_region) {
    Transform exact = *Transform::between(Crs::wgs84(), *Crs::from_text("EPSG:32648"));
    const GridTransform grid(exact, {105, 20, 106, 21});
    const Point far{100, 10};
    EXPECT_EQ(grid.apply(far), exact.apply(far));
}

TEST(GridTransform, gives_nothing_where_the_map_has_no_such_place) {
    const GridTransform grid = to("+proj=gnom +lat_0=21 +lon_0=107 +type=crs", {-180, -90, 180, 90});
    EXPECT_FALSE(grid.everywhere());
    EXPECT_TRUE(std::isnan(grid.apply({-73, -21}).x));  // the antipode's half of the world
    const Point near = grid.apply({107, 21});
    EXPECT_NEAR(near.x, 0, 1e-3);
    EXPECT_NEAR(near.y, 0, 1e-3);
}

TEST(GridTransform, knows_its_scale_and_how_straight_lines_bend) {
    // Web Mercator: 111,319.49 m a degree of longitude everywhere; a meridian and the equator stay straight.
    const GridTransform mercator = to("EPSG:3857", {100, -10, 120, 10});
    EXPECT_NEAR(mercator.scale_x(), 6378137 * std::acos(-1) / 180, 0.01);
    // A line 10° long across Europe in an equal-area projection: how far its middle lies off, asked of PROJ.
    Transform exact = *Transform::between(Crs::wgs84(), *Crs::from_text("EPSG:3035"));
    const GridTransform europe(exact, {-5, 40, 25, 60});
    const Point a = exact.apply(Point{5, 50});
    const Point b = exact.apply(Point{15, 50});
    const Point middle = exact.apply(Point{10, 50});
    const double off = std::hypot(middle.x - (a.x + b.x) / 2, middle.y - (a.y + b.y) / 2);
    EXPECT_GT(100 * europe.bend(), off);
    EXPECT_LT(100 * europe.bend(), 4 * off);
}

TEST(GridTransform, survives_regions_without_area_and_without_end) {
    const Transform exact = *Transform::between(Crs::wgs84(), *Crs::from_text("EPSG:32648"));
    const GridTransform point(exact, {105, 21, 105, 21});
    const Point p = point.apply({105, 21});
    EXPECT_NEAR(p.x, exact.apply(Point{105, 21}).x, 1e-3);
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const GridTransform everything(exact, {-infinity, -infinity, infinity, infinity});
    EXPECT_EQ(everything.apply({105, 21}), exact.apply(Point{105, 21}));
    EXPECT_FALSE(std::isfinite(everything.apply({infinity, 21}).x));
    const GridTransform nowhere(exact, Box{});
    EXPECT_EQ(nowhere.apply({105, 21}), exact.apply(Point{105, 21}));
}

}  // namespace
}  // namespace diaban
