#include "geo/angle.h"

#include <gtest/gtest.h>

namespace diaban {
namespace {

using Axis = Angle::Axis;
using Order = WrittenPoint::Order;

// By hand: 21 + 31/60 + 24/3600 and 107 + 24/60 + 7/3600.
constexpr double lat = 21.523333333333333, lon = 107.40194444444444;

double degrees(std::string_view text, AngleLetters letters = AngleLetters::automatic) {
    const auto angle = parse_angle(text, letters);
    return angle ? angle->degrees : -999;
}

TEST(ParseAngle, reads_degrees_minutes_and_seconds_as_people_write_them) {
    for (const char* text :
         {"21°31'24\"N", "21° 31′ 24″ B", "21°31’24”", "21º31'24''", "21 31 24", "21-31-24", "21:31:24", "21d31m24s",
          "21D31M24S", "N 21°31'24\"", "N21 31 24", "21°31'24\" Bắc", "21 độ 31 phút 24 giây", "21.31.24",
          "21°31'24.0\"LU", " 21°31,4' ", "21°31'24\u00A0\"", "21\u00B0 31\u2032 24\u2033 north", "21 31 24N"})
        EXPECT_NEAR(degrees(text), lat, 1e-9) << text;
    for (const char* text : {"107 24 07", "107-24-07", "107d24m07s", "107°24'07\"Đ", "107°24'07\" Đông", "107°24'7\"E",
                             "107d24m07sE", "107°24'07\"D", "107°24'7,0\" BT", "E107:24:07"})
        EXPECT_NEAR(degrees(text), lon, 1e-9) << text;
}

TEST(ParseAngle, reads_decimal_degrees_with_point_or_comma) {
    EXPECT_DOUBLE_EQ(degrees("21.5233"), 21.5233);
    EXPECT_DOUBLE_EQ(degrees("21,5233"), 21.5233);
    EXPECT_DOUBLE_EQ(degrees("21.5°"), 21.5);
    EXPECT_DOUBLE_EQ(degrees("-21.5"), -21.5);
    EXPECT_DOUBLE_EQ(degrees("\u2212"
                             "21,5"),
                     -21.5);
    EXPECT_DOUBLE_EQ(degrees("+107.4"), 107.4);
    EXPECT_DOUBLE_EQ(degrees("107"), 107);
    EXPECT_DOUBLE_EQ(degrees("-6°12'"), -6.2);
}

TEST(ParseAngle, takes_the_side_from_letters_of_three_languages) {
    EXPECT_EQ(degrees("21.5 S"), -21.5);
    EXPECT_EQ(degrees("71.5W"), -71.5);
    EXPECT_EQ(degrees("71.5 T"), -71.5);
    EXPECT_EQ(degrees("6.5 LS"), -6.5);
    EXPECT_EQ(degrees("71.5° Tây"), -71.5);
    EXPECT_EQ(parse_angle("21.5 B")->axis, Axis::latitude);
    EXPECT_EQ(parse_angle("107.5 Đ")->axis, Axis::longitude);
    EXPECT_EQ(parse_angle("106.8 BT")->axis, Axis::longitude);
    EXPECT_EQ(parse_angle("21.5")->axis, Axis::unknown);
}

TEST(ParseAngle, takes_n_for_north_unless_other_letters_are_vietnamese) {
    EXPECT_EQ(degrees("6.5N"), 6.5);
    EXPECT_EQ(degrees("6.5N", AngleLetters::vietnamese), -6.5);
    EXPECT_EQ(degrees("6.5 Nam"), -6.5);
    EXPECT_EQ(degrees("6.5 North", AngleLetters::vietnamese), 6.5);
    const std::string_view vietnamese[] = {"21°31'N", "", "21°30'B"}, english[] = {"21°31'N", "21°30'S"};
    EXPECT_EQ(letters_of(vietnamese), AngleLetters::vietnamese);
    EXPECT_EQ(letters_of(english), AngleLetters::automatic);
    const std::string_view indonesian[] = {"6°12' LS", "106°49' BT", "Bujur Timur"};
    EXPECT_EQ(letters_of(indonesian), AngleLetters::automatic);
}

TEST(ParseAngle, refuses_what_is_no_angle) {
    for (const char* text :
         {"",       " ",    "abc",         "21°61'",  "21°31'61\"",   "1 234", "361", "91°N",   "-21.5 S",
          "21.5'",  "21\"", "21°31'24\"5", "1 2 3 4", "21.5 31",      "N",     "°",   "N 21 S", "21--31",
          "21 31-", "12E4", "1.234,5",     "06838a",  "21°31'24\"NN", "- -21", "nan", "inf",    "21 phút",
          "Đông"})
        EXPECT_FALSE(parse_angle(text)) << text;
    EXPECT_FALSE(parse_angle(std::string(100000, '1')));
}

std::optional<WrittenPoint> in_order(std::string_view text) {
    return parse_point(text);
}

TEST(ParsePoint, reads_two_coordinates_in_one_text) {
    for (const char* text : {"21.5, 107.4",
                             "21,5; 107,4",
                             "21.5,107.4",
                             "21,5,107,4",
                             "21.5 107.4",
                             "21,5 107,4",
                             "(21.5, 107.4)",
                             "[21.5;107.4]",
                             "21.5/107.4",
                             "21.5\t107.4",
                             "21.5\n107.4",
                             "21,5, 107,4",
                             "21.5N 107.4E",
                             "21.5N,107.4E",
                             "N21.5 E107.4",
                             "21.5°B 107.4°Đ",
                             "lat: 21.5, lon: 107.4",
                             "Vĩ độ: 21,5; Kinh độ: 107,4",
                             "21.5N107.4E",
                             "21°30'N 107°24'E",
                             "21°30'00\"N107°24'00\"E",
                             "21 30 107 24",
                             "21.5 107.4 0 0",
                             "21.5, 107.4, 12.5",
                             "21 30 00 107 24 00",
                             "21-30, 107-24"}) {
        const auto point = in_order(text);
        ASSERT_TRUE(point) << text;
        EXPECT_NEAR(point->first, 21.5, 1e-9) << text;
        EXPECT_NEAR(point->second, 107.4, 1e-9) << text;
        EXPECT_EQ(point->order, Order::latitude_first) << text;
        EXPECT_EQ(lon_lat(*point, Order::unknown), (Point{point->second, point->first})) << text;
    }
    for (const char* text : {"107.4, 21.5", "107.4E 21.5N", "POINT(107.4 21.5)", "point z (107.4 21.5 3)",
                             "Lon 107,4; Lat 21,5", "POINT (107.4 21.5)"}) {
        const auto point = in_order(text);
        ASSERT_TRUE(point) << text;
        EXPECT_EQ(point->order, Order::longitude_first) << text;
        EXPECT_NEAR(lon_lat(*point, Order::latitude_first).x, 107.4, 1e-9) << text;
    }
}

TEST(ParsePoint, keeps_metres_as_they_stand) {
    const auto point = in_order("452345.2; 2379123,5");
    ASSERT_TRUE(point);
    EXPECT_EQ(*point, (WrittenPoint{452345.2, 2379123.5, Order::unknown, false, false}));
    EXPECT_EQ(lon_lat(*point, order_of({&*point, 1}).order), (Point{452345.2, 2379123.5}));
}

TEST(ParsePoint, refuses_what_is_no_point) {
    for (const char* text : {"",
                             "21.5",
                             "21,5",
                             "21,107",
                             "21 31",
                             "21°31'24\"",
                             "Hà Nội, Việt Nam",
                             "107.4, 107.5",
                             "POINT(1)",
                             "POINT EMPTY",
                             "LINESTRING(0 0,1 1)",
                             "21.5N 107.4N",
                             "21.5, ",
                             ", 107.4",
                             "lat: 107.4, lon: 21.5",
                             "1,234,567",
                             "12E4",
                             "1E2",
                             "12/05/2025",
                             "2025-07-01"})
        EXPECT_FALSE(in_order(text)) << text << (in_order(text) ? std::to_string(in_order(text)->first) : "");
    EXPECT_FALSE(in_order(std::string(100000, ',')));
}

TEST(OrderOf, goes_by_those_that_tell_then_by_where_they_land_then_by_custom) {
    const auto point = [](std::string_view text) { return parse_point(text).value(); };
    const std::vector<WrittenPoint> paris{point("2.35, 48.85"), point("2.40, 48.80")};
    EXPECT_EQ(order_of(paris).order, Order::latitude_first);
    EXPECT_TRUE(order_of(paris).assumed);
    EXPECT_EQ(order_of(paris, Box{1.4, 48.1, 3.6, 49.3}).order, Order::longitude_first);
    EXPECT_FALSE(order_of(paris, Box{1.4, 48.1, 3.6, 49.3}).assumed);
    const std::vector<WrittenPoint> one_tells{point("2.35, 48.85"), point("48.8N 2.4E"), point("48.9N 2.3E")};
    EXPECT_EQ(order_of(one_tells).order, Order::latitude_first);
    EXPECT_FALSE(order_of(one_tells).assumed);
    EXPECT_TRUE(order_of({}).assumed || order_of({}).order == Order::longitude_first);
}

}  // namespace
}  // namespace diaban
