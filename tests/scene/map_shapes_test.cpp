#include "scene/map_shapes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <future>
#include <numbers>
#include <random>

#include "geo/planar.h"
#include "query/pick.h"
#include "temporary_folder.h"

namespace diaban {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A grid of squares of `size` degrees from 104° E, 10° N, with `steps` corners to a side.
std::shared_ptr<const Geometry> squares(int side, int steps, double size = 0.1) {
    GeometryBuilder builder(GeometryKind::polygon);
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            std::vector<Point> ring;
            const Point from{104 + x * size, 10 + y * size};
            for (int i = 0; i < 4 * steps; ++i) {
                const double along = static_cast<double>(i % steps) / steps * size;
                const int edge = i / steps;
                ring.push_back(edge == 0   ? Point{from.x + along, from.y}
                               : edge == 1 ? Point{from.x + size, from.y + along}
                               : edge == 2 ? Point{from.x + size - along, from.y + size}
                                           : Point{from.x, from.y + size - along});
            }
            builder.begin_feature();
            builder.begin_part();
            builder.add_ring(ring);
        }
    }
    return std::make_shared<const Geometry>(std::move(builder).finish());
}

Transform to_utm() {
    return *Transform::between(Crs::wgs84(), *Crs::from_text("EPSG:32648"));
}

TEST(MapShapes, answers_in_the_maps_plane_as_the_whole_layer_brought_there_would) {
    const auto source = squares(12, 3);
    const MapShapes shapes(source, to_utm());
    const Geometry plane = to_utm().apply(*source);
    const SpatialIndex index(plane);
    EXPECT_EQ(shapes.lost(), 0U);
    EXPECT_NEAR(shapes.box().min_x, plane.box().min_x, 0.01);
    EXPECT_NEAR(shapes.box().max_y, plane.box().max_y, 0.01);
    std::mt19937 random(3);
    std::uniform_real_distribution<double> x(plane.box().min_x - 5000, plane.box().max_x + 5000);
    std::uniform_real_distribution<double> y(plane.box().min_y - 5000, plane.box().max_y + 5000);
    int differ = 0;
    for (int i = 0; i < 2000; ++i) {
        const Point p{x(random), y(random)};
        differ += shapes.pick(p, 0, {}) != pick(plane, index, p, 0, {}) ? 1 : 0;
    }
    EXPECT_LE(differ, 2);  // on the chord of an edge that the map bends, by centimetres
    const Box some{plane.box().min_x + 20'000, plane.box().min_y + 20'000, plane.box().min_x + 61'000,
                   plane.box().min_y + 43'000};
    EXPECT_EQ(shapes.select(some, {}), select(plane, index, some, {}));
    const std::vector<Point> lasso{
        {some.min_x, some.min_y}, {some.max_x, some.min_y}, {some.min_x, some.max_y}, {some.min_x, some.min_y}};
    EXPECT_EQ(shapes.select(lasso, {}), select(plane, index, lasso, {}));
    std::vector<uint8_t> shown(source->feature_count(), 0);
    shown[17] = 1;
    EXPECT_THAT(shapes.select(shapes.box(), shown), ElementsAre(17));
}

TEST(MapShapes, keeps_boxes_of_large_layers_around_their_features) {
    const auto source = squares(20, 300);  // 480,000 corners: boxes come from boxes
    const MapShapes shapes(source, to_utm());
    for (const uint32_t f : {0U, 19U, 210U, 399U}) {
        Box exact;
        for (const Point p : to_utm().apply(source->points_of(f)))
            exact.extend(p);
        const Box& box = shapes.box_of(f);
        EXPECT_LE(box.min_x, exact.min_x + 0.01);
        EXPECT_GE(box.max_x, exact.max_x - 0.01);
        EXPECT_LE(box.min_y, exact.min_y + 0.01);
        EXPECT_GE(box.max_y, exact.max_y - 0.01);
        EXPECT_LT(box.width(), exact.width() * 1.05);
        EXPECT_LT(box.height(), exact.height() * 1.05);
    }
}

TEST(MapShapes, picks_lines_and_points_by_their_distance) {
    const std::vector<std::string_view> lines{"LINESTRING(104 10,106 10)", "LINESTRING(104 10.02,106 10.02)"};
    const MapShapes roads(std::make_shared<const Geometry>(geometry_from_wkt(lines)), to_utm());
    const Point near = to_utm().apply(Point{105, 10.019});
    EXPECT_EQ(roads.pick(near, 500, {}), 1U);
    EXPECT_EQ(roads.pick(near, 50, {}), std::nullopt);
    const std::vector<std::string_view> dots{"POINT(104 10)", "POINT(104.001 10)", ""};
    const MapShapes posts(std::make_shared<const Geometry>(geometry_from_wkt(dots)), to_utm());
    EXPECT_EQ(posts.pick(to_utm().apply(Point{104.0008, 10}), 1000, {}), 1U);
    EXPECT_EQ(posts.points().size(), 2U);
    EXPECT_THAT(posts.points_of(2), IsEmpty());
}

TEST(MapShapes, says_how_much_the_map_cannot_hold) {
    const auto gnomonic = Crs::from_text("+proj=gnom +lat_0=10 +lon_0=104 +type=crs");
    const std::vector<std::string_view> wkt{"POINT(104 10)", "POINT(-76 -10)"};
    const MapShapes shapes(std::make_shared<const Geometry>(geometry_from_wkt(wkt)),
                           *Transform::between(Crs::wgs84(), *gnomonic));
    EXPECT_EQ(shapes.lost(), 1U);
    EXPECT_FALSE(shapes.box().empty());
}

TEST(MapShapes, makes_levels_as_fine_as_the_view_and_keeps_them) {
    const auto source = squares(20, 300);
    const MapShapes shapes(source, to_utm());
    const Box all = shapes.box();
    const auto whole = shapes.detail(all, all.width() / 1000);
    ASSERT_TRUE(whole.finished);
    EXPECT_LE(whole.detail->tolerance, all.width() / 1000 / 2);
    EXPECT_GT(whole.detail->tolerance, all.width() / 1000 / 4.001);
    EXPECT_LT(whole.detail->points.size(), source->points().size() / 50);  // straight edges need their ends only
    EXPECT_EQ(shapes.detail(all, all.width() / 1000).detail, whole.detail);
    // Near, every point is there, of what is in view.
    const Box little{all.centre().x, all.centre().y, all.centre().x + 2000, all.centre().y + 2000};
    const auto near = shapes.detail(little, 2);
    EXPECT_EQ(near.detail->tolerance, 0);
    EXPECT_LT(near.detail->points.size(), 20'000U);
    EXPECT_LT(near.detail->index.query(all).size(), 10U);
    // A little to the side the same level still holds.
    const Box beside{little.min_x + 300, little.min_y, little.max_x + 300, little.max_y};
    EXPECT_EQ(shapes.detail(beside, 2).detail, near.detail);
}

TEST(MapShapes, makes_do_with_what_it_has_while_better_is_being_made) {
    const auto shapes = std::make_shared<const MapShapes>(squares(20, 300), to_utm());
    const Box all = shapes->box();
    std::atomic<int> woken = 0;
    DetailMaker maker([&] { ++woken; });
    const auto first = shapes->detail(all, all.width() / 1000, &maker);
    EXPECT_TRUE(first.finished);  // with nothing at hand it is made at once
    const Box little{all.centre().x, all.centre().y, all.centre().x + 2000, all.centre().y + 2000};
    const auto meanwhile = shapes->detail(little, 2, &maker);
    EXPECT_FALSE(meanwhile.finished);
    EXPECT_EQ(meanwhile.detail, first.detail);
    maker.finish();
    EXPECT_GE(woken, 1);
    const auto then = shapes->detail(little, 2, &maker);
    EXPECT_TRUE(then.finished);
    EXPECT_EQ(then.detail->tolerance, 0);
    EXPECT_TRUE(shapes->detail(all, all.width() / 1000, &maker).finished);  // the first is still at hand
}

TEST(MapShapes, finds_its_levels_again_in_the_next_run) {
    const TemporaryFolder folder;
    const auto cache = std::make_shared<const CacheFolder>(folder.path());
    const auto source = squares(20, 300);
    const DetailStore store{cache, "squares"};
    auto before = std::make_unique<const MapShapes>(source, to_utm(), store);
    const Box all = before->box();
    const auto made = before->detail(all, all.width() / 1000).detail;
    EXPECT_EQ(folder.names().size(), 1U);  // boxes; the level is kept when nobody waits for a picture
    before.reset();
    EXPECT_EQ(folder.names().size(), 2U);
    const MapShapes after(source, to_utm(), store);
    const auto found = after.detail(all, all.width() / 1000).detail;
    EXPECT_EQ(after.box(), all);
    EXPECT_EQ(found->points, made->points);
    EXPECT_EQ(found->arc_refs, made->arc_refs);
    EXPECT_EQ(found->feature_offsets, made->feature_offsets);
    EXPECT_EQ(found->dots, made->dots);
    EXPECT_EQ(found->index.query(Box{all.min_x, all.min_y, all.min_x + 100, all.min_y + 100}),
              made->index.query(Box{all.min_x, all.min_y, all.min_x + 100, all.min_y + 100}));
    // Of other data, or for a layer of another size, it is no level.
    EXPECT_EQ((DetailStore{cache, "others"}.find_boxes(400)), std::nullopt);
    EXPECT_EQ(store.find_boxes(399), std::nullopt);
}

TEST(DetailMaker, makes_the_last_thing_first_and_each_once) {
    std::vector<int> made;
    std::promise<void> go;
    std::shared_future<void> gone = go.get_future().share();
    {
        DetailMaker maker({});
        maker.ask("gate", [gone] { gone.wait(); });
        maker.ask("a", [&] { made.push_back(1); });
        maker.ask("b", [&] { made.push_back(2); });
        maker.ask("a", [&] { made.push_back(3); });  // takes the first one's place, in front
        maker.ask("fails", [] { throw std::runtime_error("no"); });
        EXPECT_FALSE(maker.idle());
        go.set_value();
        maker.finish();
        EXPECT_TRUE(maker.idle());
    }
    EXPECT_THAT(made, ElementsAre(3, 2));
}

TEST(DetailMaker, leaves_without_doing_what_waits) {
    std::atomic<bool> done = false;
    std::promise<void> go;
    std::promise<void> started;
    std::shared_future<void> gone = go.get_future().share();
    std::thread opener;
    {
        DetailMaker maker({});
        maker.ask("gate", [&started, gone] {
            started.set_value();
            gone.wait();
        });
        started.get_future().wait();
        maker.ask("later", [&] { done = true; });
        opener = std::thread([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(30));
            go.set_value();
        });
    }
    opener.join();
    EXPECT_FALSE(done);
}

}  // namespace
}  // namespace diaban
