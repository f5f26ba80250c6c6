#include "style/classify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "style/class_bounds.h"

namespace diaban {
namespace {

using testing::DoubleEq;
using testing::DoubleNear;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pointwise;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// R's data set "rivers": lengths of 141 North American rivers in miles.
const std::vector<double> rivers{
    735, 320,  325,  392,  524,  450,  1459, 135, 465,  600,  330, 336, 280, 315,  870, 906,  202,  329, 290, 1000, 600,
    505, 1450, 840,  1243, 890,  350,  407,  286, 280,  525,  720, 390, 250, 327,  230, 265,  850,  210, 630, 260,  230,
    360, 730,  600,  306,  390,  420,  291,  710, 340,  217,  281, 352, 259, 250,  470, 680,  570,  350, 300, 560,  900,
    625, 332,  2348, 1171, 3710, 2315, 2533, 780, 280,  410,  460, 260, 255, 431,  350, 760,  618,  338, 981, 1306, 500,
    696, 605,  250,  411,  1054, 735,  233,  435, 490,  310,  460, 383, 375, 1270, 545, 445,  1885, 380, 300, 380,  377,
    425, 276,  210,  800,  420,  350,  360,  538, 1100, 1205, 314, 237, 610, 360,  540, 1038, 424,  310, 300, 444,  301,
    268, 620,  215,  652,  900,  525,  246,  360, 529,  500,  720, 270, 430, 671,  1770};
/// R's data set "precip": annual precipitation of 70 US cities in inches.
const std::vector<double> precip{67,   54.7, 7,    48.5, 14,   17.2, 20.7, 13,   43.4, 40.2, 38.9, 54.5, 59.8, 48.3,
                                 22.9, 11.5, 34.4, 35.1, 38.7, 30.8, 30.6, 43.1, 56.8, 40.8, 41.8, 42.5, 31,   31.7,
                                 30.2, 25.9, 49.2, 37,   35.9, 15,   30.2, 7.2,  36.2, 45.5, 7.8,  33.4, 36.1, 40.2,
                                 42.7, 42.5, 16.2, 39,   35,   37,   31.4, 37.6, 39.9, 36.2, 42.8, 46.4, 24.7, 49.1,
                                 46,   35.9, 7.8,  48.2, 15.2, 32.5, 44.7, 42.6, 38.8, 17.4, 40.8, 29.1, 14.6, 59.2};

std::vector<int> counts(const std::vector<double>& values, const Classes& classes) {
    std::vector<int> result(static_cast<std::size_t>(classes.count()), 0);
    for (const double v : values)
        ++result.at(static_cast<std::size_t>(classes.class_of(v)));
    return result;
}

/// The least within-class sum of squares over all partitions of ascending values, by trying them all.
double least_squares(const std::vector<double>& sorted, std::size_t first, int classes) {
    double best = std::numeric_limits<double>::infinity();
    double mean = 0, squares = 0;
    for (std::size_t end = first; end < sorted.size(); ++end) {
        const double off = sorted[end] - mean;
        mean += off / static_cast<double>(end - first + 1);
        squares += off * (sorted[end] - mean);
        if (end + 1 == sorted.size()) return std::min(best, squares);
        if (classes > 1) best = std::min(best, squares + least_squares(sorted, end + 1, classes - 1));
    }
    return best;
}

TEST(Classes, put_a_boundary_value_into_the_upper_class_and_the_last_one_into_the_last) {
    const Classes classes{{0, 10, 20, 30}};
    EXPECT_EQ(classes.count(), 3);
    EXPECT_EQ(classes.class_of(0), 0);
    EXPECT_EQ(classes.class_of(9.999), 0);
    EXPECT_EQ(classes.class_of(10), 1);
    EXPECT_EQ(classes.class_of(20), 2);
    EXPECT_EQ(classes.class_of(30), 2);
}

TEST(Classes, know_no_class_for_nan_and_for_values_outside) {
    const Classes classes{{0, 10, 20}};
    EXPECT_EQ(classes.class_of(-0.001), -1);
    EXPECT_EQ(classes.class_of(20.001), -1);
    EXPECT_EQ(classes.class_of(nan), -1);
    EXPECT_EQ(Classes{}.class_of(1), -1);
    EXPECT_EQ(Classes{}.count(), 0);
}

TEST(Classes, may_hold_a_single_value_at_the_top) {
    const Classes classes{{1, 100, 100}};
    EXPECT_EQ(classes.class_of(99), 0);
    EXPECT_EQ(classes.class_of(100), 1);
}

TEST(Classify, gives_no_classes_without_values) {
    for (const auto method : {ClassMethod::quantile, ClassMethod::natural_breaks, ClassMethod::pretty}) {
        EXPECT_EQ(classify({}, method, 5).count(), 0);
        EXPECT_EQ(classify(std::vector{nan, nan}, method, 5).count(), 0);
    }
}

TEST(Classify, gives_one_class_to_one_distinct_value_by_every_method) {
    for (const auto method : {ClassMethod::quantile, ClassMethod::equal_interval, ClassMethod::natural_breaks,
                              ClassMethod::pretty, ClassMethod::standard_deviation, ClassMethod::manual}) {
        const Classes classes = classify(std::vector{7.0, nan, 7.0}, method, 5);
        EXPECT_THAT(classes.bounds, ElementsAre(7, 7));
        EXPECT_EQ(classes.class_of(7), 0);
        EXPECT_THAT(class_labels(classes), ElementsAre("7"));
    }
}

// R 4.2: quantile(precip, (1:4) / 5, type = 7), and the same of rivers.
TEST(Quantiles, agree_with_r) {
    EXPECT_THAT(classify(precip, ClassMethod::quantile, 5).bounds,
                Pointwise(DoubleNear(1e-12), {7.0, 22.46, 34.76, 39.36, 44.86, 67.0}));
    EXPECT_THAT(classify(rivers, ClassMethod::quantile, 5).bounds, ElementsAre(135, 291, 375, 505, 735, 3710));
}

TEST(Quantiles, keep_ties_in_one_class_and_leave_none_empty) {
    const std::vector<double> mostly_zero{0, 0, 0, 0, 0, 0, 0, 3, 8};
    const Classes classes = classify(mostly_zero, ClassMethod::quantile, 5);
    for (const int n : counts(mostly_zero, classes))
        EXPECT_GT(n, 0);
    EXPECT_EQ(classes.class_of(0), 0);
    EXPECT_EQ(counts(mostly_zero, classes)[0], 7);
}

TEST(EqualIntervals, divide_the_range_evenly) {
    EXPECT_THAT(classify(std::vector{10.0, 30.0, 12.0}, ClassMethod::equal_interval, 4).bounds,
                ElementsAre(10, 15, 20, 25, 30));
}

TEST(EqualIntervals, are_fewer_where_doubles_cannot_be_told_apart) {
    const double next = std::nextafter(1.0, 2.0);
    const Classes classes = classify(std::vector{1.0, next}, ClassMethod::equal_interval, 5);
    EXPECT_EQ(classes.bounds.front(), 1.0);
    EXPECT_EQ(classes.bounds.back(), next);
    EXPECT_TRUE(std::ranges::is_sorted(classes.bounds));
}

TEST(Pretty, takes_round_steps_that_cover_the_data) {
    EXPECT_THAT(classify(std::vector{3.0, 97.0}, ClassMethod::pretty, 5).bounds, ElementsAre(0, 20, 40, 60, 80, 100));
    EXPECT_THAT(classify(std::vector{0.1, 0.3}, ClassMethod::pretty, 2).bounds, ElementsAre(0.1, 0.2, 0.3));
    EXPECT_THAT(classify(std::vector{-8.0, 7.0}, ClassMethod::pretty, 4).bounds, ElementsAre(-10, -5, 0, 5, 10));
    EXPECT_THAT(classify(std::vector{0.0, 10.0}, ClassMethod::pretty, 4).bounds, ElementsAre(0, 2.5, 5, 7.5, 10));
}

// R 4.2: mean(precip) = 34.8857142857143, sd(precip) = 13.7066500914256.
TEST(StandardDeviations, lie_half_and_one_and_a_half_from_the_mean) {
    const double mean = 34.8857142857143, sd = 13.7066500914256;
    EXPECT_THAT(
        classify(precip, ClassMethod::standard_deviation, 5).bounds,
        Pointwise(DoubleNear(1e-9), {7.0, mean - 1.5 * sd, mean - 0.5 * sd, mean + 0.5 * sd, mean + 1.5 * sd, 67.0}));
}

TEST(StandardDeviations, take_the_odd_bound_where_the_data_reach_farther) {
    const std::vector<double> skewed{1, 2, 3, 4, 40};
    const Classes classes = classify(skewed, ClassMethod::standard_deviation, 2);
    ASSERT_EQ(classes.count(), 2);
    EXPECT_GT(classes.bounds[1], 10);  // the mean
}

// R 4.2, classInt 0.4-9: classIntervals(rivers, k, style = "fisher"), whose breaks lie midway between classes: 514.5,
// 1019, 2100 for four (85, 40, 12 and 4 rivers), goodness of fit 0.900068830941; 0.975342126959 for seven.
TEST(NaturalBreaks, agree_with_classint) {
    const Classes four = classify(rivers, ClassMethod::natural_breaks, 4);
    EXPECT_THAT(counts(rivers, four), ElementsAre(85, 40, 12, 4));
    EXPECT_THAT(four.bounds, ElementsAre(135, 524, 1038, 2315, 3710));
    EXPECT_NEAR(goodness_of_variance_fit(rivers, four), 0.900068830941, 1e-11);

    const Classes seven = classify(rivers, ClassMethod::natural_breaks, 7);
    EXPECT_THAT(counts(rivers, seven), ElementsAre(64, 39, 20, 10, 4, 3, 1));
    EXPECT_NEAR(goodness_of_variance_fit(rivers, seven), 0.975342126959, 1e-11);
}

TEST(NaturalBreaks, are_as_good_as_the_best_of_all_partitions) {
    const unsigned seed = 20250701;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 200; ++round) {
        std::vector<double> values(2 + random() % 10);
        for (double& v : values)
            v = static_cast<double>(random() % 30) / 4;
        std::ranges::sort(values);
        const int k = 2 + static_cast<int>(random() % 4);
        const Classes classes = classify(values, ClassMethod::natural_breaks, k);
        const double total = least_squares(values, 0, 1);
        const double within = total * (1 - goodness_of_variance_fit(values, classes));
        EXPECT_NEAR(within, least_squares(values, 0, k), 1e-9);
        for (const int n : counts(values, classes))
            EXPECT_GT(n, 0);
    }
}

TEST(NaturalBreaks, stay_exact_far_from_zero) {
    const std::vector<double> far{1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 11, 1e9 + 12};
    EXPECT_THAT(natural_breaks(far, 2), ElementsAre(1e9 + 11));
}

TEST(NaturalBreaks, of_nothing_or_into_one_class_are_none) {
    EXPECT_THAT(natural_breaks({}, 5), IsEmpty());
    EXPECT_THAT(natural_breaks(std::vector{1.0, 2.0}, 1), IsEmpty());
}

TEST(ManualClasses, reach_the_ends_of_the_data) {
    EXPECT_THAT(manual_classes(std::vector{1.0, 50.0}, {20, 10, 20, nan}).bounds, ElementsAre(1, 10, 20, 50));
}

TEST(ManualClasses, keep_bounds_that_lie_outside_the_data_as_ends) {
    EXPECT_THAT(manual_classes(std::vector{5.0, 15.0}, {0, 10, 20}).bounds, ElementsAre(0, 10, 20));
    EXPECT_THAT(manual_classes(std::vector{5.0, 15.0}, {200}).bounds, ElementsAre(5, 200));
    EXPECT_THAT(manual_classes(std::vector{5.0, 15.0}, {-1}).bounds, ElementsAre(-1, 15));
}

TEST(ManualClasses, give_a_bound_at_the_maximum_a_class_of_its_own) {
    const Classes classes = manual_classes(std::vector{0.0, 50.0, 100.0}, {100});
    EXPECT_EQ(classes.class_of(50), 0);
    EXPECT_EQ(classes.class_of(100), 1);
}

TEST(ManualClasses, are_none_without_values_and_one_without_bounds) {
    EXPECT_EQ(manual_classes({}, {1, 2}).count(), 0);
    EXPECT_THAT(manual_classes(std::vector{1.0, 2.0}, {}).bounds, ElementsAre(1, 2));
}

TEST(GoodnessOfVarianceFit, is_one_where_nothing_varies_and_zero_for_one_class) {
    EXPECT_EQ(goodness_of_variance_fit(std::vector{3.0, 3.0}, Classes{{3, 3}}), 1);
    EXPECT_NEAR(goodness_of_variance_fit(std::vector{1.0, 2.0, 9.0}, Classes{{1, 9}}), 0, 1e-15);
    EXPECT_EQ(goodness_of_variance_fit({}, Classes{}), 1);
}

TEST(ClassMethod, goes_to_a_file_and_back) {
    for (const auto method : {ClassMethod::quantile, ClassMethod::equal_interval, ClassMethod::natural_breaks,
                              ClassMethod::pretty, ClassMethod::standard_deviation, ClassMethod::manual}) {
        EXPECT_EQ(class_method_from_id(to_id(method)).value(), method);
        EXPECT_FALSE(to_text(method).empty());
    }
    EXPECT_EQ(to_id(ClassMethod::natural_breaks), "natural_breaks");
}

TEST(ClassMethod, that_is_unknown_is_refused_with_the_nearest) {
    const auto refused = class_method_from_id("quantiles");
    ASSERT_FALSE(refused);
    EXPECT_EQ(to_text(refused.error()), "there is no class method “quantiles”. Did you mean “quantile”?");
    EXPECT_EQ(class_method_from_id("xyz").error().remedy,
              "Choose one of quantile, equal_interval, natural_breaks, pretty, standard_deviation, manual.");
}

}  // namespace
}  // namespace diaban
