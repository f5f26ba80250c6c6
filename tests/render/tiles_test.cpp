// Which tiles are touched, against the exact distance of each tile to the segment.
#include "render/tiles.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>
#include <utility>

namespace diaban::testing {
namespace {

/// Columns and rows of the tiles that the triangles cover, by their area's middles.
std::set<std::pair<int, int>> touched(const Tiles& tiles) {
    std::set<std::pair<int, int>> result;
    const auto corners = tiles.triangles();
    for (std::size_t i = 0; i + 11 < corners.size(); i += 12) {  // two triangles: a rectangle
        const auto row = static_cast<int>(corners[i + 1]) / Tiles::size;
        for (auto x = static_cast<int>(corners[i]); x < static_cast<int>(corners[i + 2]); x += Tiles::size)
            result.insert({x / Tiles::size, row});
    }
    return result;
}

TEST(Tiles, touches_nothing_before_a_line_is_there) {
    Tiles tiles;
    tiles.reset(100, 100);
    EXPECT_TRUE(tiles.empty());
    EXPECT_TRUE(tiles.triangles().empty());
}

TEST(Tiles, touches_the_tile_of_a_point) {
    Tiles tiles;
    tiles.reset(100, 100);
    tiles.touch(40, 70, 40, 70, 2);
    EXPECT_EQ(touched(tiles), (std::set<std::pair<int, int>>{{1, 2}}));
}

TEST(Tiles, touches_neighbours_within_reach) {
    Tiles tiles;
    tiles.reset(128, 128);
    tiles.touch(63, 63, 63, 63, 3);
    EXPECT_EQ(touched(tiles), (std::set<std::pair<int, int>>{{1, 1}, {1, 2}, {2, 1}, {2, 2}}));
}

TEST(Tiles, misses_no_tile_along_a_line_and_adds_few) {
    // Each place on the line, with the reach around it, found by walking along in small steps.
    for (const double angle : {0.0, 0.4, 1.1, std::acos(-1) / 2, 2.5, 4.0, 5.5}) {
        Tiles tiles;
        tiles.reset(400, 300);
        const double reach = 5;
        const double bx = 200 + 330 * std::cos(angle);
        const double by = 150 + 330 * std::sin(angle);
        tiles.touch(200, 150, bx, by, reach);
        std::set<std::pair<int, int>> expected;
        for (double t = 0; t <= 1; t += 0.0005) {
            for (double turn = 0; turn < 6.283; turn += 0.3) {
                const double x = 200 + t * (bx - 200) + reach * std::cos(turn);
                const double y = 150 + t * (by - 150) + reach * std::sin(turn);
                if (x < 0 || y < 0 || x >= 400 || y >= 300) continue;
                expected.insert({static_cast<int>(x) / Tiles::size, static_cast<int>(y) / Tiles::size});
            }
        }
        const auto found = touched(tiles);
        for (const auto& tile : expected)
            EXPECT_TRUE(found.contains(tile)) << tile.first << ", " << tile.second << " at " << angle;
        EXPECT_LE(found.size(), expected.size() * 3 / 2 + 2) << angle;
    }
}

TEST(Tiles, ignores_what_lies_outside_or_nowhere) {
    Tiles tiles;
    tiles.reset(100, 100);
    tiles.touch(-50, 20, -10, 80, 4);
    tiles.touch(20, 200, 80, 140, 4);
    tiles.touch(std::numeric_limits<double>::quiet_NaN(), 20, 50, 50, 4);
    EXPECT_TRUE(tiles.empty());
}

TEST(Tiles, ends_at_the_picture) {
    Tiles tiles;
    tiles.reset(50, 40);
    tiles.touch(-1e12, 20, 1e12, 20, 20);
    const auto corners = tiles.triangles();
    ASSERT_FALSE(corners.empty());
    for (std::size_t i = 0; i < corners.size(); i += 2) {
        EXPECT_LE(corners[i], 50);
        EXPECT_LE(corners[i + 1], 40);
    }
}

}  // namespace
}  // namespace diaban::testing
