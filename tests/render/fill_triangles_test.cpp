// Triangles of Details: their areas are the polygons', known by hand or as a formula.
#include "render/fill_triangles.h"

#include <gmock/gmock.h>

#include <atomic>
#include <cmath>
#include <numbers>

#include "render/canvas.h"
#include "render/fill_maker.h"

namespace diaban::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Of a feature's triangles, in map units; each has to be the feature's own.
double area_of(const FillTriangles& fill, const Detail& detail, uint32_t feature) {
    double sum = 0;
    for (uint32_t i = fill.feature_offsets.at(feature); i < fill.feature_offsets.at(feature + 1); i += 3) {
        Point corner[3];
        for (uint32_t k = 0; k < 3; ++k) {
            const FillTriangles::Vertex& vertex = fill.vertices.at(fill.indices.at(i + k));
            EXPECT_EQ(vertex.feature, feature);
            corner[k] = detail.to_map(vertex.at);
        }
        sum += ((corner[1].x - corner[0].x) * (corner[2].y - corner[0].y) -
                (corner[2].x - corner[0].x) * (corner[1].y - corner[0].y)) /
               2;
    }
    return sum;
}

TEST(FillTriangles, cover_polygons_put_together_from_shared_arcs) {
    const DetailPtr detail = two_neighbours();
    const FillTriangles fill = fill_triangles(*detail);
    EXPECT_THAT(fill.feature_offsets, ElementsAre(0, 6, 12));
    EXPECT_EQ(area_of(fill, *detail, 0), 40 * 40);
    EXPECT_EQ(area_of(fill, *detail, 1), 40 * 40);
}

TEST(FillTriangles, leave_holes_out_and_have_all_parts) {
    const DetailPtr detail =
        shapes({"MULTIPOLYGON(((0 0,100 0,100 80,0 80,0 0),(10 10,40 10,40 30,10 30,10 10)),"
                "((20 15,30 15,30 25,20 25,20 15)))",
                "", "POLYGON((200 0,240 0,200 30,200 0))"});
    const FillTriangles fill = fill_triangles(*detail);
    EXPECT_NEAR(area_of(fill, *detail, 0), 100 * 80 - 30 * 20 + 10 * 10, 1e-3);
    EXPECT_EQ(area_of(fill, *detail, 1), 0);
    EXPECT_NEAR(area_of(fill, *detail, 2), 40 * 30 / 2, 1e-3);
}

TEST(FillTriangles, are_the_same_features_in_their_order_however_they_are_shared_out) {
    // More points than a block holds, in one feature and over several.
    std::string islands = "MULTIPOLYGON(";
    for (int i = 0; i < 6'000; ++i) {
        const std::string x = std::to_string(3 * (i % 80)), y = std::to_string(3 * (i / 80));
        const std::string far = std::to_string(3 * (i % 80) + 2);
        islands += (i > 0 ? ",((" : "((") + x + " " + y + "," + far + " " + y + "," + far + " " +
                   std::to_string(3 * (i / 80) + 2) + "," + x + " " + y + "))";
    }
    islands += ")";
    const DetailPtr detail = shapes({islands, "POLYGON((500 0,510 0,510 10,500 0))", islands});
    const FillTriangles fill = fill_triangles(*detail);
    EXPECT_NEAR(area_of(fill, *detail, 0), 6'000 * 2, 1e-2);
    EXPECT_NEAR(area_of(fill, *detail, 1), 50, 1e-3);
    EXPECT_NEAR(area_of(fill, *detail, 2), 6'000 * 2, 1e-2);
}

TEST(FillTriangles, are_none_of_lines_of_nothing_and_when_stopped) {
    EXPECT_THAT(fill_triangles(Detail{}).indices, IsEmpty());
    EXPECT_THAT(fill_triangles(*shapes({"LINESTRING(0 0,10 10,20 0)"})).indices, IsEmpty());
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THAT(fill_triangles(*two_neighbours(), stop.get_token()).indices, IsEmpty());
}

TEST(FillMaker, makes_what_is_small_at_once) {
    FillMaker maker({});
    const DetailPtr detail = two_neighbours();
    const auto made = maker.take(detail);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->indices.size(), 12);
}

TEST(FillMaker, makes_what_is_large_in_the_background_and_says_when_it_is_there) {
    std::atomic<int> woken = 0;
    FillMaker maker([&] {
        ++woken;
        woken.notify_all();
    });
    const DetailPtr detail = circle({0, 0}, 1, 200'000);
    maker.begin_frame();
    EXPECT_FALSE(maker.take(detail));
    woken.wait(0);
    maker.begin_frame();
    const auto made = maker.take(detail);
    ASSERT_TRUE(made);
    EXPECT_NEAR(area_of(*made, *detail, 0), std::numbers::pi, 1e-6);
}

TEST(FillMaker, can_be_waited_for_whether_or_not_it_was_asked_before) {
    FillMaker maker({});
    const DetailPtr asked = circle({0, 0}, 1, 100'000);
    const DetailPtr not_asked = circle({0, 0}, 2, 100'000);
    EXPECT_FALSE(maker.take(asked));
    EXPECT_NEAR(area_of(maker.wait_for(asked), *asked, 0), std::numbers::pi, 1e-6);
    EXPECT_NEAR(area_of(maker.wait_for(not_asked), *not_asked, 0), 4 * std::numbers::pi, 1e-6);
}

TEST(FillMaker, forgets_what_a_frame_did_not_ask_for) {
    FillMaker maker({});
    const DetailPtr detail = circle({0, 0}, 1, 200'000);
    EXPECT_FALSE(maker.take(detail));
    maker.begin_frame();  // the frame before this one asked for it
    maker.begin_frame();  // this one did not
    EXPECT_FALSE(maker.take(detail));
    EXPECT_NEAR(area_of(maker.wait_for(detail), *detail, 0), std::numbers::pi, 1e-6);
}

}  // namespace
}  // namespace diaban::testing
