#include "geo/crs.h"

#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "geo/crs/describe_transform.h"
#include "geo/shapes.h"

namespace diaban {
namespace {

Crs crs(std::string_view text) {
    return Crs::from_text(text).value();
}
Transform between(std::string_view from, std::string_view to) {
    return Transform::between(crs(from), crs(to)).value();
}

TEST(Crs, knows_an_epsg_code) {
    const Crs c = crs("EPSG:5899");
    EXPECT_TRUE(c.known());
    EXPECT_FALSE(c.geographic());
    EXPECT_EQ(c.code(), "EPSG:5899");
    EXPECT_EQ(c.name(), "VN-2000 / TM-3 107-45");
    EXPECT_EQ(c.definition(), "EPSG:5899");
    EXPECT_EQ(c.metres_per_unit(), 1);
    // From the EPSG dataset: area of use 4218.
    EXPECT_EQ(c.area_of_use(), (Box{106.43, 8.57, 108.76, 21.67}));
}

TEST(Crs, takes_codes_as_people_write_them) {
    EXPECT_EQ(crs(" 5899 "), crs("EPSG:5899"));
    EXPECT_EQ(crs("epsg:5899"), crs("EPSG:5899"));
    EXPECT_EQ(crs("VN-2000 / TM-3 107-45").code(), "EPSG:5899");
}

TEST(Crs, finds_the_code_of_well_known_text) {
    // As ESRI software writes a .prj.
    const Crs c = crs(
        R"(PROJCS["VN_2000_UTM_Zone_48N",GEOGCS["GCS_VN_2000",DATUM["D_Vietnam_2000",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",105.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]])");
    EXPECT_EQ(c.code(), "EPSG:3405");
}

TEST(Crs, keeps_the_definition_of_one_that_no_authority_knows) {
    const Crs c = crs("+proj=tmerc +lat_0=0 +lon_0=107.123 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 +units=km");
    EXPECT_TRUE(c.known());
    EXPECT_EQ(c.code(), "");
    EXPECT_EQ(c.metres_per_unit(), 1000);
    EXPECT_EQ(crs(c.definition()), c);
}

TEST(Crs, does_not_believe_a_code_that_says_something_else) {
    // The code of UTM 48N on a text with another central meridian.
    const Crs c = crs(
        R"(PROJCS["mine",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",107.5],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1],AUTHORITY["EPSG","32648"]])");
    EXPECT_EQ(c.code(), "");
    EXPECT_NE(c, crs("EPSG:32648"));
}

TEST(Crs, drops_heights) {
    EXPECT_EQ(crs("EPSG:4979").code(), "EPSG:4326");       // WGS 84 in three dimensions
    EXPECT_EQ(crs("EPSG:4326+5773").code(), "EPSG:4326");  // with EGM96 height
    EXPECT_TRUE(crs("EPSG:4979").geographic());
}

TEST(Crs, is_unknown_by_default) {
    const Crs c;
    EXPECT_FALSE(c.known());
    EXPECT_EQ(c.code(), "");
    EXPECT_EQ(c.name(), "");
    EXPECT_TRUE(c.area_of_use().empty());
    EXPECT_EQ(c, Crs());
    EXPECT_NE(c, Crs::wgs84());
}

TEST(Crs, says_what_was_wrong_with_a_text) {
    const auto empty = Crs::from_text("  ");
    ASSERT_FALSE(empty);
    EXPECT_EQ(empty.error().kind, ErrorKind::bad_input);
    EXPECT_EQ(empty.error().what, "No coordinate system is given");

    const auto unknown = Crs::from_text("EPSG:99999");
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().what, "Unknown coordinate system “EPSG:99999” (crs not found)");
    EXPECT_EQ(unknown.error().remedy, "Give an EPSG code such as EPSG:5899, well-known text (WKT) or a PROJ string.");

    const auto pipeline = Crs::from_text("+proj=pipeline +step +proj=utm +zone=48");
    ASSERT_FALSE(pipeline);
    EXPECT_TRUE(pipeline.error().what.starts_with("This is a conversion, not a coordinate system:"));

    const auto height = Crs::from_text("EPSG:5773");
    ASSERT_FALSE(height);
    EXPECT_EQ(height.error().what, "This coordinate system has no place on a map of the Earth: “EPSG:5773”");
    EXPECT_FALSE(Crs::from_text("EPSG:4978"));  // geocentric: x, y and z from the Earth's middle
    EXPECT_FALSE(Crs::from_text("PROJCS[\"broken\","));
    EXPECT_FALSE(Crs::from_text("no such thing"));
    EXPECT_FALSE(Crs::from_text(std::string_view("EPSG:4326\0x", 11)));
    EXPECT_LT(Crs::from_text(std::string(5000, 'x')).error().what.size(), 300u);
}

TEST(Transform, puts_longitude_before_latitude_and_agrees_with_cs2cs) {
    const Transform t = between("EPSG:4326", "EPSG:5899");
    EXPECT_FALSE(t.identity());
    const Point p = t.apply(Point{107.5, 21.5});
    // cs2cs 9.1.1: echo "21.5 107.5" | cs2cs -f %.4f EPSG:4326 EPSG:5899
    EXPECT_NEAR(p.x, 473902.4663, 1e-3);
    EXPECT_NEAR(p.y, 2378331.2072, 1e-3);
    EXPECT_NE(t.operation().find("VN-2000 to WGS 84"), std::string::npos) << t.operation();
    EXPECT_EQ(t.accuracy(), Metres(1));
}

TEST(Transform, puts_the_central_meridian_at_the_false_easting) {
    // By definition of transverse Mercator: x is 500 km on the central meridian, y is 0 on the equator.
    const Point p = between("EPSG:4326", "EPSG:32648").apply(Point{105, 0});
    EXPECT_NEAR(p.x, 500'000, 1e-6);
    EXPECT_NEAR(p.y, 0, 1e-6);
}

TEST(Transform, is_the_identity_between_equal_systems) {
    const Transform t = between("EPSG:4326", "OGC:CRS84");
    EXPECT_TRUE(t.identity());
    EXPECT_EQ(t.apply(Point{1, 2}), (Point{1, 2}));
    EXPECT_EQ(t.accuracy(), Metres(0));
    EXPECT_TRUE(between("EPSG:5899", "5899").identity());
    EXPECT_TRUE(Transform().inverse().identity());
    EXPECT_FALSE(between("EPSG:5899", "EPSG:5898").identity());
}

TEST(Transform, comes_back_by_its_inverse) {
    const Transform t = between("EPSG:4326", "EPSG:5899");
    const Geometry there = t.apply(wkt({"LINESTRING (106.5 20.8, 108 21.6)", "", "LINESTRING (107 21, 107.1 21.1)"}));
    const Geometry back = t.inverse().apply(there);
    EXPECT_EQ(back.feature_count(), 3u);
    EXPECT_NEAR(back.points()[1].x, 108, 1e-8);
    EXPECT_NEAR(back.points()[1].y, 21.6, 1e-8);
    EXPECT_NE(t.inverse().operation(), t.operation());
}

TEST(Transform, turns_what_it_cannot_take_into_nan_and_counts_it) {
    const Transform t = between("EPSG:4326", "EPSG:3857");
    std::size_t failed = 99;
    const Geometry g(GeometryKind::point, {{107, 21}, {107, 95}, {NAN, 21}, {107, INFINITY}}, {0, 1, 2, 3, 4},
                     {0, 1, 2, 3, 4}, {0, 1, 2, 3, 4});
    const Geometry result = t.apply(g, &failed);
    EXPECT_EQ(failed, 3u);
    EXPECT_TRUE(std::isfinite(result.points()[0].x));
    for (std::size_t i = 1; i < 4; ++i) {
        EXPECT_TRUE(std::isnan(result.points()[i].x)) << i;
        EXPECT_TRUE(std::isnan(result.points()[i].y)) << i;
    }
    (void)Transform().apply(g, &failed);
    EXPECT_EQ(failed, 0u);
    EXPECT_EQ(t.apply(Geometry{}, &failed).feature_count(), 0u);
}

TEST(Transform, follows_the_edges_of_a_box) {
    // A parallel is no straight line in UTM: its middle lies furthest south on the northern hemisphere.
    const Transform t = between("EPSG:4326", "EPSG:32648");
    const Box box = t.apply(Box{102, 20, 108, 22});
    EXPECT_NEAR(box.min_y, t.apply(Point{105, 20}).y, 1e-3);
    EXPECT_NEAR(box.max_y, t.apply(Point{108, 22}).y, 1e-3);
    EXPECT_TRUE(t.apply(Box{}).empty());
    EXPECT_TRUE(between("EPSG:4326", "EPSG:3857").apply(Box{0, 95, 1, 99}).empty());
}

TEST(Transform, refuses_an_unknown_system) {
    const auto t = Transform::between(Crs(), Crs::wgs84());
    ASSERT_FALSE(t);
    EXPECT_EQ(t.error().what, "Coordinates of an unknown coordinate system cannot be transformed");
    EXPECT_FALSE(Transform::between(Crs::wgs84(), Crs()));
}

TEST(Transform, serves_many_threads_and_outlives_them) {
    const Transform t = between("EPSG:4326", "EPSG:5899");
    const Point expected = t.apply(Point{107.5, 21.5});
    std::vector<int> wrong(8);
    {
        std::vector<std::jthread> threads;
        for (std::size_t k = 0; k < wrong.size(); ++k)
            threads.emplace_back([&, k] {
                // More transforms than a thread keeps clones of.
                for (int i = 0; i < 40; ++i) {
                    const Transform own = between("EPSG:4326", "EPSG:" + std::to_string(32601 + i % 20));
                    (void)own.apply(Point{107.5, 21.5});
                    if (t.apply(Point{107.5, 21.5}) != expected) ++wrong[k];
                }
            });
    }
    EXPECT_EQ(wrong, std::vector<int>(8));
    EXPECT_EQ(t.apply(Point{107.5, 21.5}), expected);
}

/// Names and accuracies are those of the EPSG dataset: operation 6960, VN-2000 to WGS 84 (2), 1 m.
TEST(DescribeTransform, names_the_change_of_datum_and_how_exact_it_is) {
    const auto say = [](std::string_view from, std::string_view to, std::optional<Point> at = {}) {
        return to_text(describe_transform(crs(from), crs(to), at).value());
    };
    EXPECT_EQ(say("EPSG:5899", "EPSG:4326"), "VN-2000 to WGS 84 (2), about 1 m");
    EXPECT_EQ(say("EPSG:3405", "EPSG:4326"), "VN-2000 to WGS 84 (2), about 1 m");
    EXPECT_EQ(say("EPSG:4326", "EPSG:9210"), "Inverse of VN-2000 to WGS 84 (2), about 1 m");
    EXPECT_EQ(say("EPSG:5899", "EPSG:3405"), "no change of datum");
    EXPECT_EQ(say("EPSG:4326", "EPSG:3857"), "no change of datum");
    EXPECT_EQ(say("EPSG:4326", "EPSG:4326"), "no change of datum");
    EXPECT_FALSE(describe_transform(Crs(), Crs::wgs84()));
}

TEST(DescribeTransform, tells_what_is_used_at_the_place) {
    // Indian 1960: EPSG knows changes of datum to WGS 84 in the south of Vietnam, none at 21° N, where PROJ leaves the
    // coordinates as they are.
    const auto there = describe_transform(crs("EPSG:3148"), crs("EPSG:4326"), Point{450'000, 2'370'000}).value();
    EXPECT_TRUE(there.ballpark);
    EXPECT_LT(there.accuracy, Metres(0));
    EXPECT_TRUE(to_text(there).ends_with(", accuracy unknown")) << to_text(there);
}

TEST(SuggestMapCrs, gives_a_vietnamese_province_its_own_zone) {
    EXPECT_EQ(suggest_map_crs({106.4, 20.7, 108.1, 21.7}).code(), "EPSG:5899");      // Quảng Ninh
    EXPECT_EQ(suggest_map_crs({106.43, 20.98, 106.7, 21.17}).code(), "EPSG:5899");   // its west, Đông Triều
    EXPECT_EQ(suggest_map_crs({107.85, 21.42, 108.1, 21.6}).code(), "EPSG:5899");    // its east, Móng Cái
    EXPECT_EQ(suggest_map_crs({105.28, 20.56, 106.02, 21.39}).code(), "EPSG:5897");  // Hà Nội: 105°00′
    EXPECT_EQ(suggest_map_crs({106.35, 10.37, 107.03, 11.16}).code(), "EPSG:9210");  // Hồ Chí Minh City: 105°45′
    EXPECT_EQ(suggest_map_crs({103.87, 18.55, 105.8, 20.0}).code(), "EPSG:9208");    // Nghệ An: 104°45′
    EXPECT_EQ(suggest_map_crs({106.1, 21.3, 107.37, 22.46}).code(), "EPSG:9215");    // Lạng Sơn: 107°15′
    EXPECT_EQ(suggest_map_crs({107.2, 12.2, 109.0, 13.4}).code(), "EPSG:9218");      // Đắk Lắk: 108°30′
    EXPECT_EQ(suggest_map_crs({107.0, 21.0, 107.0, 21.0}).code(), "EPSG:5899");      // one point in Hạ Long
}

TEST(SuggestMapCrs, gives_all_of_vietnam_one_zone) {
    EXPECT_EQ(suggest_map_crs({102.14, 8.38, 109.47, 23.39}).code(), "EPSG:3405");
    EXPECT_EQ(suggest_map_crs({102.14, 7.0, 117.8, 23.39}).code(), "EPSG:3405");  // with the archipelagos
    EXPECT_EQ(suggest_map_crs({103.0, 20.0, 107.8, 23.0}).code(), "EPSG:3405");   // the north
}

TEST(SuggestMapCrs, gives_neighbours_no_vietnamese_zone) {
    EXPECT_EQ(suggest_map_crs({107.5, 21.6, 108.7, 22.3}).code(), "EPSG:32649");  // Fangchenggang, Guangxi
    EXPECT_EQ(suggest_map_crs({100.1, 13.9, 107.7, 22.5}).code(), "EPSG:32648");  // Laos
    EXPECT_EQ(suggest_map_crs({103.0, 19.9, 104.5, 20.9}).code(), "EPSG:32648");  // Houaphanh, Laos
    EXPECT_EQ(suggest_map_crs({102.3, 10.4, 107.6, 14.7}).code(), "EPSG:32648");  // Cambodia
    EXPECT_EQ(suggest_map_crs({104.7, 11.4, 105.1, 11.7}).code(), "EPSG:32648");  // Phnom Penh
}

TEST(SuggestMapCrs, takes_utm_then_an_equal_area_projection_then_equal_earth) {
    EXPECT_EQ(suggest_map_crs({106.7, -6.4, 107.0, -6.1}).code(), "EPSG:32748");  // Jakarta
    EXPECT_EQ(suggest_map_crs({179.0, -18, 179.9, -17}).code(), "EPSG:32760");
    const Crs indonesia = suggest_map_crs({95, -11, 141, 6});
    EXPECT_EQ(indonesia.code(), "");
    EXPECT_EQ(indonesia.name(), "Lambert azimuthal equal-area, 3.0000°S 118.0000°E");
    EXPECT_EQ(crs(indonesia.definition()), indonesia);
    const Point middle = Transform::between(Crs::wgs84(), indonesia).value().apply(Point{118, -3});
    EXPECT_NEAR(middle.x, 0, 1e-3);
    EXPECT_NEAR(middle.y, 0, 1e-3);
    EXPECT_EQ(suggest_map_crs({-180, -90, 180, 90}).code(), "EPSG:8857");
    EXPECT_EQ(suggest_map_crs({}).code(), "EPSG:8857");
    EXPECT_EQ(suggest_map_crs({10, 85, 12, 89}).code(), "");  // beyond where UTM goes
    // Metres taken for degrees by mistake.
    EXPECT_EQ(suggest_map_crs({400'000, 2'300'000, 500'000, 2'400'000}).code(), "EPSG:8857");
}

TEST(MapCrsChoices, puts_the_suggested_one_first_and_none_twice) {
    const auto codes = [](const Box& box) {
        std::vector<std::string> result;
        for (const Crs& c : map_crs_choices(box))
            result.push_back(c.code());
        return result;
    };
    EXPECT_EQ(codes({106.4, 20.7, 108.1, 21.7}),
              (std::vector<std::string>{"EPSG:5899", "EPSG:4326", "EPSG:3857", "EPSG:32648"}));
    EXPECT_EQ(codes({106.7, -6.4, 107.0, -6.1}), (std::vector<std::string>{"EPSG:32748", "EPSG:4326", "EPSG:3857"}));
    EXPECT_EQ(codes({}), (std::vector<std::string>{"EPSG:8857", "EPSG:4326", "EPSG:3857"}));
}

}  // namespace
}  // namespace diaban
