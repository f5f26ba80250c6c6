// check_coverage against GEOS's overlays, which are slow and obvious.
#include <gtest/gtest.h>

#include "geo/coverage.h"
#include "geo/coverage/duplicates.h"
#include "geo/geos_handles.h"
#include "geo/shapes.h"

namespace diaban {
namespace {

using geos::context;
using geos::GeometryHandle;

GeometryHandle checked(GEOSGeometry* geometry) {
    if (!geometry) throw std::runtime_error(geos::last_message());
    return GeometryHandle(geometry);
}

GeometryHandle nothing() {
    return checked(GEOSGeom_createEmptyPolygon_r(context()));
}

double area_of(const GEOSGeometry* geometry) {
    double area = 0;
    GEOSArea_r(context(), geometry, &area);
    return area;
}

struct Expectation {
    double overlaps = 0;
    double gaps = 0;
};

/// Overlaps: the union of all pairwise intersections. Gaps: the union with its holes filled, less the union. Shapes
/// that repeat an earlier one do not count.
Expectation by_overlay(const Geometry& polygons) {
    GeometryHandle all = nothing(), twice = nothing();
    const auto duplicates = find_duplicates(polygons);
    for (uint32_t f = 0; f < polygons.feature_count(); ++f) {
        if (std::ranges::find(duplicates, f, &DuplicateShape::feature) != duplicates.end()) continue;
        const auto shape = geos::from_feature(polygons, f);
        const auto common = checked(GEOSIntersection_r(context(), all.get(), shape.get()));
        twice = checked(GEOSUnion_r(context(), twice.get(), common.get()));
        all = checked(GEOSUnion_r(context(), all.get(), shape.get()));
    }
    GeometryHandle filled = nothing();
    for (int i = 0; i < GEOSGetNumGeometries_r(context(), all.get()); ++i) {
        const GEOSGeometry* part = GEOSGetGeometryN_r(context(), all.get(), i);
        const auto outline = checked(GEOSGeom_createPolygon_r(
            context(), GEOSGeom_clone_r(context(), GEOSGetExteriorRing_r(context(), part)), nullptr, 0));
        filled = checked(GEOSUnion_r(context(), filled.get(), outline.get()));
    }
    return {area_of(twice.get()), area_of(filled.get()) - area_of(all.get())};
}

Geometry random_stars(std::mt19937& random, int count, Point origin, double size) {
    std::uniform_real_distribution<double> place(0, 10), radius(0.5, 3);
    std::uniform_int_distribution<std::size_t> corners(3, 25);
    std::bernoulli_distribution with_hole(0.3), coarse(0.3);
    GeometryBuilder builder(GeometryKind::polygon);
    for (int i = 0; i < count; ++i) {
        const Point centre{place(random), place(random)};
        const double r = radius(random);
        auto ring = star(random, corners(random) + 3, centre, r);
        // Some on whole numbers and halves: corners on corners, and borders on borders.
        const bool round = coarse(random);
        if (round) {
            const double x = std::round(centre.x), y = std::round(centre.y), h = std::max(0.5, std::round(r));
            ring = {{x - h, y - h}, {x + h, y - h}, {x + h, y + h}, {x - h, y + h}};
        }
        std::vector<std::vector<Point>> rings{ring};
        if (with_hole(random))
            rings.push_back(
                star(random, 7, round ? Point{std::round(centre.x), std::round(centre.y)} : centre, 0.2 * r));
        builder.begin_feature();
        builder.begin_part();
        for (auto& each : rings) {
            for (Point& p : each)
                p = {origin.x + size * p.x, origin.y + size * p.y};
            builder.add_ring(each);
        }
    }
    return std::move(builder).finish();
}

Expectation by_check(const Geometry& polygons) {
    Progress progress;
    const auto coverage = check_coverage(polygons, {}, progress);
    Expectation found;
    for (const CoverageProblem& problem : coverage->problems)
        (problem.fault == CoverageFault::overlap ? found.overlaps : found.gaps) += problem.area;
    return found;
}

TEST(CheckCoverageAgainstGeos, finds_the_same_areas_in_random_heaps) {
    for (unsigned seed = 1; seed <= 150; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const Geometry g = random_stars(random, 3 + static_cast<int>(seed % 30), {0, 0}, 1);
        const Expectation expected = by_overlay(g), found = by_check(g);
        EXPECT_NEAR(found.overlaps, expected.overlaps, 1e-6);
        EXPECT_NEAR(found.gaps, expected.gaps, 1e-6);
    }
}

TEST(CheckCoverageAgainstGeos, finds_the_same_areas_in_degrees_and_metres) {
    for (unsigned seed = 1; seed <= 30; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        for (const auto& [origin, size] : {std::pair(Point{106.123, 20.456}, 0.01), {{385000.3, 2380000.7}, 100.0}}) {
            const Geometry g = random_stars(random, 20, origin, size);
            const Expectation expected = by_overlay(g), found = by_check(g);
            EXPECT_NEAR(found.overlaps, expected.overlaps, 1e-6 * size * size);
            EXPECT_NEAR(found.gaps, expected.gaps, 1e-6 * size * size);
        }
    }
}

}  // namespace
}  // namespace diaban
