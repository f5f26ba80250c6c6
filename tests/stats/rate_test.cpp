#include "stats/rate.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace diaban {
namespace {

TEST(Rate, is_cases_by_population) {
    EXPECT_EQ((Rate{81, 324}).value(), 0.25);
    EXPECT_EQ((Rate{0, 20}).value(), 0.0);
}

TEST(Rate, has_no_value_without_a_denominator) {
    EXPECT_FALSE((Rate{0, 0}).value());
    EXPECT_FALSE((Rate{3, 0}).value());
    EXPECT_FALSE((Rate{3, -1}).value());
    EXPECT_FALSE((Rate{3, NAN}).value());
    EXPECT_FALSE((Rate{NAN, 3}).value());
}

// R. G. Newcombe, "Two-sided confidence intervals for the single proportion: comparison of seven methods", Statistics
// in Medicine 17 (1998) 857–872, Table I, method 3.
TEST(WilsonInterval, agrees_with_newcombe) {
    struct Published {
        double cases, population, low, high;
    };
    for (const Published& row : {Published{81, 263, 0.2553, 0.3662}, Published{15, 148, 0.0624, 0.1605},
                                 Published{0, 20, 0.0000, 0.1611}, Published{1, 29, 0.0061, 0.1718}}) {
        const Interval interval = wilson_interval({row.cases, row.population});
        EXPECT_NEAR(interval.low, row.low, 0.00005) << row.cases;
        EXPECT_NEAR(interval.high, row.high, 0.00005) << row.cases;
    }
}

TEST(WilsonInterval, touches_the_end_exactly_where_none_or_all_are_cases) {
    EXPECT_EQ(wilson_interval({0, 20}).low, 0);
    EXPECT_EQ(wilson_interval({20, 20}).high, 1);
    EXPECT_NEAR(wilson_interval({20, 20}).low, 1 - 0.1611, 0.00005);  // the mirror of 0 of 20
}

TEST(WilsonInterval, is_everything_without_a_denominator_or_a_confidence) {
    for (const Interval interval : {wilson_interval({0, 0}), wilson_interval({3, -5}), wilson_interval({1, 2}, 1.0),
                                    wilson_interval({1, 2}, 0.0), wilson_interval({1, 2}, NAN)}) {
        EXPECT_EQ(interval.low, 0);
        EXPECT_EQ(interval.high, 1);
    }
}

TEST(WilsonInterval, grows_with_confidence_and_stays_between_0_and_1) {
    const Interval narrow = wilson_interval({10, 40}, 0.5);
    const Interval wide = wilson_interval({10, 40}, 0.99);
    EXPECT_LT(wide.low, narrow.low);
    EXPECT_GT(wide.high, narrow.high);
    const Interval over = wilson_interval({30, 20});
    EXPECT_EQ(over.high, 1);
    EXPECT_GT(over.low, 0);
}

TEST(Uncertain, is_a_rate_of_few) {
    EXPECT_TRUE(uncertain({2, 8}));
    EXPECT_FALSE(uncertain({200, 800}));
    EXPECT_TRUE(uncertain({0, 0}));
    EXPECT_TRUE(uncertain({200, 800}, 0.01));
}

// R 4.2: qnorm(p), and for the far tail its print of qnorm(1e-10).
TEST(NormalQuantile, agrees_with_r) {
    EXPECT_NEAR(normal_quantile(1e-10), -6.3613409024040557, 1e-12);
    EXPECT_NEAR(normal_quantile(0.001), -3.0902323061678132, 1e-12);
    EXPECT_NEAR(normal_quantile(0.025), -1.9599639845400538, 1e-12);
    EXPECT_NEAR(normal_quantile(0.3), -0.5244005127080407, 1e-12);
    EXPECT_NEAR(normal_quantile(0.975), 1.9599639845400536, 1e-12);
    EXPECT_NEAR(normal_quantile(0.9999), 3.7190164854557084, 1e-12);
    EXPECT_EQ(normal_quantile(0.5), 0);
}

TEST(NormalQuantile, is_infinite_at_the_ends_and_nothing_beyond) {
    EXPECT_EQ(normal_quantile(0), -std::numeric_limits<double>::infinity());
    EXPECT_EQ(normal_quantile(1), std::numeric_limits<double>::infinity());
    EXPECT_TRUE(std::isnan(normal_quantile(-0.1)));
    EXPECT_TRUE(std::isnan(normal_quantile(1.1)));
    EXPECT_TRUE(std::isnan(normal_quantile(NAN)));
}

}  // namespace
}  // namespace diaban
