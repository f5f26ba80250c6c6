// Communes and the land border of the province: distances and shared lengths beside a slow way of another kind.
#include <gtest/gtest.h>

#include <filesystem>
#include <limits>
#include <set>

#include "data/read.h"
#include "geo/earth/earth_shapes.h"
#include "geo/measures.h"
#include "geo/planar.h"

namespace diaban {
namespace {

class BorderDistance : public testing::Test {
protected:
    void SetUp() override {
        const std::filesystem::path file = DIABAN_SOURCE_DIR "/../shared/data/quang_ninh.gpkg";
        if (!std::filesystem::exists(file)) GTEST_SKIP() << "no " << file;
        communes_ = layer(file, "communes");
        border_ = layer(file, "land_border");
        Progress progress;
        const auto stays = Transform::between(Crs::wgs84(), Crs::wgs84()).value();
        on_earth_ = EarthShapes::make(communes_, stays, progress).value();
        border_on_earth_ = EarthShapes::make(border_, stays, progress).value();
    }

    static Geometry layer(const std::filesystem::path& file, const char* name) {
        Progress progress;
        ReadOptions options;
        options.layer = name;
        return read(file, options, progress).value().front()->geometry;
    }

    Geometry communes_, border_;
    EarthShapesPtr on_earth_, border_on_earth_;
};

/// Of the corners of `a` and the edges of `b`, on a map: the least distance on the map, and the least geodesic one of
/// pairs that are nearly as near.
struct Slow {
    double on_map = std::numeric_limits<double>::infinity();
    double geodesic = std::numeric_limits<double>::infinity();

    void look(const Geometry& a_map, uint32_t a, const Geometry& b_map, uint32_t b, const Transform& to_degrees) {
        for (const bool geodesics : {false, true})
            for (const Point p : a_map.points_of(a))
                for (const uint32_t ring : b_map.rings_of(b)) {
                    const auto path = b_map.ring(ring);
                    for (std::size_t i = 1; i < path.size(); ++i)
                        if (geodesics)
                            measure(p, path[i - 1], path[i], to_degrees);
                        else
                            on_map = std::min(on_map, distance_to_segment(p, path[i - 1], path[i]));
                }
    }
    void measure(Point p, Point a, Point b, const Transform& to_degrees) {
        if (distance_to_segment(p, a, b) > on_map * 1.0002 + 1e-6) return;
        for (int step = 0; step <= 200; ++step) {
            const Point at{a.x + (b.x - a.x) * step / 200, a.y + (b.y - a.y) * step / 200};
            geodesic = std::min(geodesic, geodesic_distance(to_degrees.apply(p), to_degrees.apply(at)).value());
        }
    }
};

TEST_F(BorderDistance, is_that_of_all_corners_and_edges) {
    const auto to_map = Transform::between(Crs::wgs84(), Crs::from_text("EPSG:32648").value()).value();
    const Geometry communes_map = to_map.apply(communes_), border_map = to_map.apply(border_);
    Progress progress;
    const Metres anywhere(std::numeric_limits<double>::infinity());
    const auto found = nearest(*on_earth_, *border_on_earth_, {}, anywhere, progress).value();
    for (uint32_t commune = 0; commune < communes_.feature_count(); commune += 7) {
        Slow slow;
        slow.look(communes_map, commune, border_map, 0, to_map.inverse());
        slow.look(border_map, 0, communes_map, commune, to_map.inverse());
        EXPECT_NEAR(found[commune].metres, slow.geodesic, 0.01) << commune;
    }
}

TEST_F(BorderDistance, is_nothing_for_the_communes_whose_corners_make_the_line) {
    std::set<std::pair<double, double>> corners;
    for (const Point p : border_.points())
        corners.emplace(p.x, p.y);
    Progress progress;
    const auto found = nearest(*on_earth_, *border_on_earth_, {}, Metres(0), progress).value();
    const auto along = length_along(*on_earth_, *border_on_earth_, {}, Metres(1), progress).value();
    double sum = 0;
    for (uint32_t commune = 0; commune < communes_.feature_count(); ++commune) {
        std::size_t shared = 0;
        for (const Point p : communes_.points_of(commune))
            shared += corners.contains({p.x, p.y});
        EXPECT_EQ(found[commune].feature == 0, shared > 0) << commune;
        EXPECT_EQ(along[commune] > 100, shared > 10) << commune;
        sum += along[commune];
    }
    // Each part of the line was taken from one commune's outline: China is on the other side.
    const double whole = geodesic_length(border_, 0).value();
    EXPECT_NEAR(sum, whole, whole * 0.005);
}

}  // namespace
}  // namespace diaban
