#include "base/format.h"

#include <gtest/gtest.h>

#include <cmath>

namespace diaban {
namespace {

TEST(FormatInteger, groups_thousands_and_writes_a_true_minus) {
    EXPECT_EQ(format_integer(0), "0");
    EXPECT_EQ(format_integer(999), "999");
    EXPECT_EQ(format_integer(15000000000), "15,000,000,000");
    EXPECT_EQ(format_integer(-1234), "−1,234");
}

TEST(FormatNumber, keeps_the_decimals_asked_for) {
    EXPECT_EQ(format_number(12.345, 1), "12.3");
    EXPECT_EQ(format_number(1234.5, 2), "1,234.50");
    EXPECT_EQ(format_number(2, 0), "2");
}

TEST(FormatNumber, never_writes_a_negative_zero_or_a_number_that_is_none) {
    EXPECT_EQ(format_number(-0.01, 1), "0.0");
    EXPECT_EQ(format_number(std::nan(""), 1), "–");
    EXPECT_EQ(format_number(INFINITY), "–");
}

TEST(FormatNumber, shows_about_four_significant_digits_when_not_told) {
    EXPECT_EQ(format_number(8.0), "8");
    EXPECT_EQ(format_number(23.40), "23.4");
    EXPECT_EQ(format_number(1240.4), "1,240");
    EXPECT_EQ(format_number(0.05612), "0.05612");
    EXPECT_EQ(format_number(0.0), "0");
}

TEST(DecimalsForStep, are_as_few_as_tell_the_steps_apart) {
    EXPECT_EQ(decimals_for_step(5), 0);
    EXPECT_EQ(decimals_for_step(2.5), 1);
    EXPECT_EQ(decimals_for_step(0.01), 2);
    EXPECT_EQ(decimals_for_step(0), 0);
}

TEST(FormatPercent, multiplies_by_a_hundred) {
    EXPECT_EQ(format_percent(0.2346), "23.5%");
    EXPECT_EQ(format_percent(1, 0), "100%");
}

TEST(FormatCountOf, says_both_numbers) {
    EXPECT_EQ(format_count_of(79, 1460), "79 of 1,460");
}

TEST(FormatLength, changes_to_kilometres_at_a_thousand_metres) {
    EXPECT_EQ(format_length_metres(950), "950 m");
    EXPECT_EQ(format_length_metres(1000), "1 km");
    EXPECT_EQ(format_length_metres(12400), "12.4 km");
    EXPECT_EQ(format_length_metres(120400), "120 km");
}

TEST(FormatScale, rounds_to_three_digits) {
    EXPECT_EQ(format_scale(250123), "1:250,000");
    EXPECT_EQ(format_scale(0), "–");
}

TEST(FormatLonLat, names_the_hemispheres) {
    EXPECT_EQ(format_lon_lat(107.4021, 21.5233), "21.5233°N 107.4021°E");
    EXPECT_EQ(format_lon_lat(-0.5, -1), "1.0000°S 0.5000°W");
    EXPECT_EQ(format_lon_lat(181, -18), "18.0000°S 179.0000°W") << "past the antimeridian";
}

TEST(NumberStyle, changes_every_number_at_once) {
    set_number_style({",", "."});
    const auto vietnamese = format_number(1234.5, 1);
    set_number_style({});
    EXPECT_EQ(vietnamese, "1.234,5");
    EXPECT_EQ(format_number(1234.5, 1), "1,234.5");
}

}  // namespace
}  // namespace diaban
