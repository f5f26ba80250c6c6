#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <random>

#include "style/classify.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::array all_methods{ClassMethod::quantile, ClassMethod::equal_interval, ClassMethod::natural_breaks,
                                 ClassMethod::pretty, ClassMethod::standard_deviation};

/// A label as its reader takes it.
struct Read {
    double low = 0, high = 0;
    bool open = false;
    std::size_t decimals = 0;
    [[nodiscard]] bool claims(double v) const { return v >= low && (open ? v < high : v <= high); }
};

double read_number(std::string text) {
    std::erase(text, ',');
    if (const auto minus = text.find("−"); minus != std::string::npos)
        text.replace(minus, std::string("−").size(), "-");
    return std::strtod(text.c_str(), nullptr);
}

Read read_label(const std::string& label) {
    const std::string dash = " – ";
    const auto at = label.find(dash);
    Read read;
    std::string low = label.substr(0, at);
    std::string high = at == std::string::npos ? low : label.substr(at + dash.size());
    if (high.starts_with("<")) read.open = true, high.erase(0, 1);
    const auto point = low.find('.');
    read.decimals = point == std::string::npos ? 0 : low.size() - point - 1;
    read.low = read_number(low);
    read.high = read_number(high);
    return read;
}

std::string joined(const std::vector<std::string>& labels) {
    return fmt::format("{}", fmt::join(labels, " | "));
}

TEST(ClassLabels, say_which_class_a_boundary_value_is_in) {
    EXPECT_THAT(class_labels(Classes{{10, 15, 20, 31.2}}), ElementsAre("10.0 – <15.0", "15.0 – <20.0", "20.0 – 31.2"));
}

TEST(ClassLabels, are_none_without_classes) {
    EXPECT_THAT(class_labels({}), IsEmpty());
}

TEST(ClassLabels, write_large_and_negative_numbers_as_every_other_number) {
    EXPECT_THAT(class_labels(Classes{{-5000, -2.5, 0, 12000}}),
                ElementsAre("−5,000.0 – <−2.5", "−2.5 – <0.0", "0.0 – 12,000.0"));
}

TEST(ClassLabels, never_write_a_negative_zero) {
    const std::vector<double> values{-0.04, -0.01, 0.02, 30, 40};
    for (const auto method : all_methods) {
        const std::string text = joined(class_labels(classify(values, method, 2)));
        EXPECT_EQ(text.find("−0 "), std::string::npos) << text;
        EXPECT_EQ(text.find("-"), std::string::npos) << text;
    }
    EXPECT_THAT(class_labels(Classes{{-0.0, 1, 2}}), ElementsAre("0 – <1", "1 – 2"));
}

TEST(ClassLabels, of_bare_bounds_never_deny_a_bound_its_class) {
    // A third needs endless decimals: rounded, and downwards.
    EXPECT_THAT(class_labels(Classes{{0, 2.0 / 3, 1}}), ElementsAre("0.00 – <0.66", "0.66 – 1.00"));
}

TEST(ClassLabels, write_a_bound_as_short_as_the_values_allow) {
    // The median, 6.05, may lie anywhere between 4.2 and 7.9 without moving a value: 6 is the nearest whole number.
    const std::vector<double> values{0.37, 1.2, 4.2, 7.9, 9.1, 9.8};
    const Classes classes = classify(values, ClassMethod::quantile, 2);
    EXPECT_DOUBLE_EQ(classes.bounds[1], 6.05);
    EXPECT_THAT(class_labels(classes), ElementsAre("0 – <6", "6 – 10"));
}

TEST(ClassLabels, take_more_decimals_where_a_rounded_value_would_seem_to_be_in_another_class) {
    // 14.96 would read 15.0 in the class "<15.0".
    const std::vector<double> values{10, 14.96, 15, 20};
    EXPECT_THAT(class_labels(manual_classes(values, {15})), ElementsAre("10.00 – <15.00", "15.00 – 20.00"));
}

TEST(ClassLabels, give_a_lone_value_that_takes_many_decimals_a_short_one) {
    EXPECT_THAT(class_labels(classify(std::vector{100.0 / 3}, ClassMethod::quantile, 5)), ElementsAre("33.33"));
}

/// Each value, exact or rounded to the label's decimals, lies in the label of its class and in no other.
void expect_true_labels(const std::vector<double>& values, const Classes& classes) {
    const std::vector<std::string> labels = class_labels(classes);
    ASSERT_EQ(labels.size(), static_cast<std::size_t>(classes.count()));
    for (const double v : values) {
        const int own = classes.class_of(v);
        for (int c = 0; c < classes.count(); ++c) {
            const Read label = read_label(labels[static_cast<std::size_t>(c)]);
            const double rounded = std::strtod(fmt::format("{:.{}f}", v, label.decimals).c_str(), nullptr);
            EXPECT_EQ(label.claims(v), c == own) << fmt::format("{:.17g} in {}", v, joined(labels));
            EXPECT_EQ(label.claims(rounded), c == own) << fmt::format("{:.17g} rounded, in {}", v, joined(labels));
        }
    }
}

TEST(ClassLabels, are_true_of_every_value_whatever_the_data_and_the_method) {
    const unsigned seed = 54;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::lognormal_distribution<double> skewed(1, 2);
    std::normal_distribution<double> around_zero(0, 0.01);
    for (int round = 0; round < 120; ++round) {
        std::vector<double> values(3 + random() % 60);
        for (double& v : values) {
            switch (round % 4) {
                case 0:
                    v = skewed(random);
                    break;
                case 1:
                    v = around_zero(random);
                    break;
                case 2:
                    v = static_cast<double>(random() % 40) / static_cast<double>(1 + random() % 60);
                    break;
                default:
                    v = static_cast<double>(random() % 5000);
                    break;
            }
        }
        for (const auto method : all_methods)
            expect_true_labels(values, classify(values, method, 2 + static_cast<int>(random() % 8)));
        expect_true_labels(values, manual_classes(values, {values[0], values[1], values[2] + 0.004}));
        if (HasFailure()) return;
    }
}

}  // namespace
}  // namespace diaban
