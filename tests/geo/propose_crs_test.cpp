#include "geo/crs/propose_crs.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "geo/crs/vietnam_zones.h"

namespace diaban {
namespace {

/// Communes of Quảng Ninh: centres to about a kilometre, as its gazetteer has them.
const std::vector<Point> quang_ninh{{107.154, 20.962}, {106.974, 20.995}, {107.40, 21.52}, {107.966, 21.526},
                                    {106.60, 21.09},   {107.36, 21.33},   {107.49, 21.00}, {106.77, 21.03},
                                    {107.60, 21.36},   {107.20, 21.15}};
constexpr Box quang_ninh_box{106.43, 20.7, 108.1, 21.67};

std::vector<Point> in_crs(const std::string& crs, const std::vector<Point>& degrees) {
    return Transform::between(Crs::wgs84(), Crs::from_text(crs).value()).value().apply(degrees);
}
std::vector<Point> exchanged(std::vector<Point> points) {
    for (Point& p : points)
        std::swap(p.x, p.y);
    return points;
}
std::vector<Point> around(Point centre, double reach, int count = 12) {
    std::vector<Point> points;
    for (int i = 0; i < count; ++i)
        points.push_back({centre.x + reach * std::cos(i * 2.4), centre.y + reach * std::sin(i * 2.4) * (i % 3) / 2});
    return points;
}

/// "EPSG:5899", "EPSG:5899 exchanged", "none".
std::string first(const std::vector<CrsProposal>& proposals) {
    if (proposals.empty()) return "none";
    return proposals[0].crs.code() + (proposals[0].swapped ? " exchanged" : "");
}
std::string first(const std::vector<Point>& points, const std::optional<Box>& near = {}) {
    return first(propose_crs(points, near));
}

TEST(ProposeCrs, tells_the_zone_of_a_province_from_the_numbers) {
    EXPECT_EQ(first(in_crs("EPSG:5899", quang_ninh)), "EPSG:5899");
    EXPECT_EQ(first(in_crs("EPSG:5899", quang_ninh), quang_ninh_box), "EPSG:5899");
    const auto best = propose_crs(in_crs("EPSG:5899", quang_ninh)).at(0);
    EXPECT_EQ(best.reason, "lands in a province of Vietnam that works in this zone");
    EXPECT_EQ(in_words(best), "VN-2000 / TM-3 107-45 (EPSG:5899)");
    EXPECT_NEAR(best.lands_in.min_x, 106.60, 1e-6);
    EXPECT_NEAR(best.lands_in.max_y, 21.526, 1e-6);
    EXPECT_GT(best.score, 0.6);
    EXPECT_LE(best.score, 1);
}

TEST(ProposeCrs, tells_utm_in_vietnam) {
    EXPECT_EQ(first(in_crs("EPSG:3405", quang_ninh)), "EPSG:3405");
    EXPECT_EQ(first(in_crs("EPSG:3405", quang_ninh), quang_ninh_box), "EPSG:3405");
    const std::vector<Point> phu_yen = around({109.1, 13.1}, 0.2);
    EXPECT_EQ(first(in_crs("EPSG:3406", phu_yen)), "EPSG:3406");
    // All of the country: no 3° zone reaches that far.
    const std::vector<Point> vietnam{{103.0, 21.4}, {105.85, 21.03}, {107.08, 20.95}, {105.7, 18.7},  {107.6, 16.4},
                                     {108.2, 16.0}, {108.9, 14.1},   {109.2, 12.2},   {108.05, 12.7}, {106.7, 10.8},
                                     {105.8, 10.0}, {105.15, 9.2},   {104.0, 22.4}};
    EXPECT_EQ(first(in_crs("EPSG:3405", vietnam)), "EPSG:3405");
}

TEST(ProposeCrs, offers_what_the_numbers_cannot_tell_apart) {
    // Taken in UTM 48N, Hà Nội lies 700 m off where its own zone (the same meridian) puts it; WGS 84 is 200 m off.
    std::vector<std::string> codes;
    for (const CrsProposal& p : propose_crs(in_crs("EPSG:3405", around({105.8, 21.0}, 0.2))))
        codes.push_back(p.crs.code());
    // Half a degree further east, Bắc Ninh and Hải Dương work in the zone half a degree further east.
    for (const char* code : {"EPSG:5897", "EPSG:3405", "EPSG:32648", "EPSG:9209"})
        EXPECT_NE(std::ranges::find(codes, code), codes.end()) << code;
    EXPECT_LE(codes.size(), 12U);
    EXPECT_EQ(first(in_crs("EPSG:5897", around({105.8, 21.0}, 0.2)), Box{105.28, 20.56, 106.02, 21.39}), "EPSG:5897");
}

TEST(ProposeCrs, knows_other_zones_and_a_web_map) {
    EXPECT_EQ(first(in_crs("EPSG:9210", around({106.7, 10.75}, 0.2))), "EPSG:9210");  // Hồ Chí Minh City
    EXPECT_EQ(first(in_crs("EPSG:3857", quang_ninh)), "EPSG:3857");
    EXPECT_EQ(first(in_crs("EPSG:3857", quang_ninh), quang_ninh_box), "EPSG:3857");
    // Bogotá: far west of any easting that UTM has.
    EXPECT_EQ(first(in_crs("EPSG:3857", around({-74.1, 4.6}, 0.2))), "EPSG:3857");
}

TEST(ProposeCrs, notices_axes_the_other_way_round) {
    for (const char* crs : {"EPSG:5899", "EPSG:3405", "EPSG:3857"}) {
        const auto points = exchanged(in_crs(crs, quang_ninh));
        EXPECT_EQ(first(points), std::string(crs) + " exchanged");
        EXPECT_EQ(first(points, quang_ninh_box), std::string(crs) + " exchanged");
    }
    EXPECT_EQ(in_words(propose_crs(exchanged(in_crs("EPSG:5899", quang_ninh))).at(0)),
              "VN-2000 / TM-3 107-45 (EPSG:5899) with the axes exchanged");
    EXPECT_EQ(first(exchanged(quang_ninh)), "EPSG:4326 exchanged");
    EXPECT_EQ(first(exchanged(quang_ninh), quang_ninh_box), "EPSG:4326 exchanged");
    // Paris: both orders are degrees, so only where data are expected can tell.
    const std::vector<Point> paris = around({2.35, 48.85}, 0.1);
    EXPECT_EQ(first(exchanged(paris)), "EPSG:4326");
    EXPECT_EQ(first(exchanged(paris), Box{1.4, 48.1, 3.6, 49.3}), "EPSG:4326 exchanged");
    EXPECT_EQ(first(paris, Box{1.4, 48.1, 3.6, 49.3}), "EPSG:4326");
}

TEST(ProposeCrs, takes_degrees_for_degrees) {
    const auto proposals = propose_crs(quang_ninh);
    ASSERT_EQ(proposals.size(), 1U);
    EXPECT_EQ(first(proposals), "EPSG:4326");
    EXPECT_EQ(first({{-71, 42}}), "EPSG:4326");
    EXPECT_EQ(propose_crs(std::vector<Point>{{-71, 42}}).at(0).reason, "the numbers can be degrees");
}

TEST(ProposeCrs, works_anywhere_that_something_is_open) {
    EXPECT_EQ(first(in_crs("EPSG:32748", around({106.8, -6.2}, 0.2)), Box{106.3, -6.8, 107.3, -5.9}), "EPSG:32748");
    EXPECT_EQ(first(in_crs("EPSG:32750", around({115.2, -8.5}, 0.2)), Box{114.4, -8.9, 115.8, -8.0}), "EPSG:32750");
    EXPECT_EQ(first(in_crs("EPSG:32647", around({101.5, 20.2}, 0.2)), Box{100.0, 19.5, 102.5, 21.2}), "EPSG:32647");
    EXPECT_EQ(first(in_crs("EPSG:32648", around({102.6, 18.0}, 0.2)), Box{102.0, 17.7, 103.2, 18.4}), "EPSG:32648");
    EXPECT_EQ(first(in_crs("EPSG:32631", around({2.35, 48.85}, 0.2)), Box{1.4, 48.1, 3.6, 49.3}), "EPSG:32631");
    EXPECT_EQ(first(exchanged(in_crs("EPSG:32631", around({2.35, 48.85}, 0.2))), Box{1.4, 48.1, 3.6, 49.3}),
              "EPSG:32631 exchanged");
    // The Chatham Islands' zone from Fiji's: past the antimeridian.
    EXPECT_EQ(first(in_crs("EPSG:32701", around({-179.3, -18}, 0.2)), Box{179.5, -19, 181.5, -17}), "EPSG:32701");
}

TEST(ProposeCrs, says_nothing_where_the_numbers_say_nothing) {
    EXPECT_EQ(first(in_crs("EPSG:32631", around({2.35, 48.85}, 0.2))), "none");  // any UTM zone of the world
    EXPECT_EQ(first(std::vector<Point>{}), "none");
    EXPECT_EQ(first({{0, 0}, {NAN, 3}, {INFINITY, 2}}), "none");
    EXPECT_EQ(first({{1e12, -4e11}}), "none");
    EXPECT_EQ(first({{1e300, 1e300}, {-1e300, 5}}), "none");
    EXPECT_TRUE(propose_crs(Geometry()).empty());
    // Where data are expected must itself be somewhere.
    EXPECT_EQ(first(quang_ninh, Box{}), "EPSG:4326");
    EXPECT_EQ(first(quang_ninh, Box{-180, -90, 180, 90}), "EPSG:4326");
}

TEST(ProposeCrs, is_not_led_astray_by_single_values) {
    auto points = in_crs("EPSG:5899", quang_ninh);
    const auto more = in_crs("EPSG:5899", around({107.3, 21.2}, 0.3, 20));
    points.insert(points.end(), more.begin(), more.end());
    points.push_back({0, 0});
    points.push_back({0, 0});
    points.push_back({NAN, NAN});
    points.push_back({107.4, 21.5});
    points.push_back({4.5e8, 2.3e6});
    EXPECT_EQ(first(points), "EPSG:5899");
    EXPECT_EQ(first(points, quang_ninh_box), "EPSG:5899");
    EXPECT_NEAR(propose_crs(points).at(0).lands_in.min_x, 106.60, 1e-6);
}

TEST(ProposeCrs, reads_a_zone_number_before_the_easting) {
    auto points = in_crs("EPSG:3405", quang_ninh);
    for (Point& p : points)
        p.x += 48e6;
    const auto proposals = propose_crs(points);
    ASSERT_FALSE(proposals.empty());
    const CrsProposal& best = proposals[0];
    EXPECT_EQ(best.crs.name(), "VN-2000 / UTM zone 48N, eastings with the zone's number");
    const Point back = Transform::between(best.crs, Crs::wgs84()).value().apply(points[2]);
    EXPECT_NEAR(back.x, 107.40, 1e-8);
    EXPECT_NEAR(back.y, 21.52, 1e-8);
    EXPECT_TRUE(propose_crs(exchanged(points)).at(0).swapped);
    // Elsewhere the number tells the zone without anything open: Jakarta in 48 south is offered beside 48 north.
    auto jakarta = in_crs("EPSG:32748", around({106.8, -6.2}, 0.2));
    for (Point& p : jakarta)
        p.x += 48e6;
    EXPECT_EQ(propose_crs(jakarta, Box{106.3, -6.8, 107.3, -5.9}).at(0).crs.name(),
              "WGS 84 / UTM zone 48S, eastings with the zone's number");
    EXPECT_FALSE(propose_crs(jakarta).empty());
}

TEST(ProposeCrs, says_how_far_off_the_nearest_landing_is) {
    // Jakarta's data with Bandung open: 0.9° and 0.7° off, 120 km on paper.
    const auto proposals =
        propose_crs(in_crs("EPSG:32748", around({106.8, -6.2}, 0.05)), Box{107.5, -7.0, 107.9, -6.8});
    ASSERT_EQ(first(proposals), "EPSG:32748");
    EXPECT_TRUE(proposals[0].reason.starts_with("lands near where data are expected, this far off: 12"))
        << proposals[0].reason;
    // Cà Mau's data with Quảng Ninh open.
    const auto far = propose_crs(in_crs("EPSG:9207", around({105.1, 9.1}, 0.1)), quang_ninh_box);
    EXPECT_EQ(first(far), "EPSG:9207");
    EXPECT_EQ(far.at(0).reason,
              "lands in a province of Vietnam that works in this zone; far from where data are expected");
}

/// Data close to each place of the table, in the zone of that place, with and without its surroundings open.
TEST(ProposeCrs, puts_every_zone_first_near_each_of_its_places) {
    std::string missed, missed_with_near;
    for (const ZoneSeat& seat : vn2000_zone_seats()) {
        const std::string code = "EPSG:" + std::to_string(seat.epsg);
        const auto points = in_crs(code, around({seat.lon, seat.lat}, 0.05));
        const Box near = Box{seat.lon, seat.lat, seat.lon, seat.lat}.grown(0.1);
        const auto tell = [&](std::string& list, const std::string& got) {
            if (got != code) list += code + " at " + std::to_string(seat.lon) + " taken for " + got + "\n";
        };
        tell(missed, first(points));
        tell(missed_with_near, first(points, near));
    }
    // Vĩnh Long lands in the middle of Cần Thơ when taken in that one's zone: the numbers alone cannot tell.
    EXPECT_EQ(missed, "EPSG:9209 at 106.000000 taken for EPSG:5897\n");
    EXPECT_EQ(missed_with_near, "");
}

}  // namespace
}  // namespace diaban
