#include "plan/rank.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace diaban {
namespace {

using testing::ElementsAre;

/// Five units; the fourth has no rate (nobody measured), the fifth nothing at all.
Features units() {
    Dataset dataset;
    dataset.name = "units";
    dataset.table =
        Table({Column("stunted", ColumnType::integer, std::vector<int64_t>{10, 30, 20, 0, 0}, {1, 1, 1, 1, 0}),
               Column("measured", ColumnType::integer, std::vector<int64_t>{100, 100, 100, 0, 0}),
               Column("poor", ColumnType::real, std::vector<double>{8, 2, 4, 6, 0}, {1, 1, 1, 1, 0}),
               Column("flat", ColumnType::real, std::vector<double>{3, 3, 3, 3, 3})},
              5);
    return Features(std::make_shared<const Dataset>(std::move(dataset)));
}

Criterion stunting(double weight = 1) {
    return {{.numerator = "stunted", .denominator = "measured", .scale = 100}, weight, true};
}
Criterion poor(double weight = 1) {
    return {{.numerator = "poor"}, weight, true};
}

std::vector<uint32_t> order(const std::vector<Ranked>& ranked) {
    std::vector<uint32_t> features;
    for (const Ranked& unit : ranked)
        features.push_back(unit.feature);
    return features;
}

// By hand: rates 10, 30, 20 % become 0, 1, 0.5.
TEST(Rank, puts_the_highest_value_first_and_units_without_one_last) {
    const auto ranked = rank(units(), {stunting()}, 0).value();
    EXPECT_THAT(order(ranked), ElementsAre(1, 2, 0, 3, 4));
    EXPECT_DOUBLE_EQ(ranked[0].score, 1);
    EXPECT_DOUBLE_EQ(ranked[1].score, 0.5);
    EXPECT_DOUBLE_EQ(ranked[2].score, 0);
    EXPECT_TRUE(std::isnan(ranked[3].score));
    EXPECT_EQ(ranked[2].rank, 3);
    EXPECT_EQ(ranked[3].rank, 4);
    EXPECT_EQ(ranked[4].rank, 4);
    EXPECT_FALSE(ranked[2].incomplete);
    EXPECT_TRUE(ranked[3].incomplete);
}

// By hand: poor 8, 2, 4, 6 become 1, 0, 1/3, 2/3; with weights 3 and 1 the first scores (0·3 + 1)/4, the second
// (3 + 0)/4, the third (1.5 + 1/3)/4; the fourth has poverty alone, 2/3.
TEST(Rank, weighs_criteria_and_takes_those_that_have_a_value) {
    const auto ranked = rank(units(), {stunting(3), poor(1)}, 0).value();
    EXPECT_THAT(order(ranked), ElementsAre(1, 3, 2, 0, 4));
    EXPECT_DOUBLE_EQ(ranked[0].score, 0.75);
    EXPECT_DOUBLE_EQ(ranked[1].score, 2.0 / 3);
    EXPECT_TRUE(ranked[1].incomplete);
    EXPECT_DOUBLE_EQ(ranked[2].score, (1.5 + 1.0 / 3) / 4);
    EXPECT_DOUBLE_EQ(ranked[3].score, 0.25);
}

TEST(Rank, does_not_depend_on_the_scale_of_the_weights) {
    const auto once = rank(units(), {stunting(3), poor(1)}, 0).value();
    const auto tenfold = rank(units(), {stunting(30), poor(10)}, 0).value();
    for (std::size_t i = 0; i < 4; ++i)
        EXPECT_DOUBLE_EQ(once[i].score, tenfold[i].score);
    EXPECT_EQ(order(once), order(tenfold));
}

TEST(Rank, turns_round_where_less_is_worse) {
    Criterion few = poor();
    few.more_is_worse = false;
    EXPECT_THAT(order(rank(units(), {few}, 0).value()), ElementsAre(1, 2, 3, 0, 4));
}

TEST(Rank, shares_a_rank_among_equal_scores_in_the_units_order) {
    Dataset dataset;
    dataset.table = Table({Column("need", ColumnType::real, std::vector<double>{5, 9, 5, 1})}, 4);
    const auto ranked =
        rank(Features(std::make_shared<const Dataset>(dataset)), {{{.numerator = "need"}, 1, true}}, 0).value();
    EXPECT_THAT(order(ranked), ElementsAre(1, 0, 2, 3));
    EXPECT_THAT((std::vector{ranked[0].rank, ranked[1].rank, ranked[2].rank, ranked[3].rank}), ElementsAre(1, 2, 2, 4));
}

// 0.1 + 0.2 and 0.3 differ in their last bit; the two units are equally urgent all the same.
TEST(Rank, takes_scores_that_differ_by_rounding_for_equal) {
    Dataset dataset;
    dataset.table = Table({Column("a", ColumnType::real, std::vector<double>{0, 1, 0.1 + 0.2, 0.3})}, 4);
    const auto ranked =
        rank(Features(std::make_shared<const Dataset>(dataset)), {{{.numerator = "a"}, 1, true}}, 0).value();
    EXPECT_THAT(order(ranked), ElementsAre(1, 2, 3, 0));
    EXPECT_EQ(ranked[1].rank, ranked[2].rank);
}

TEST(Rank, passes_over_a_criterion_of_weight_0) {
    const auto ranked = rank(units(), {poor(1), stunting(0)}, 0).value();
    EXPECT_EQ(order(ranked), order(rank(units(), {poor(1)}, 0).value()));
    EXPECT_FALSE(ranked[1].incomplete);
}

TEST(Rank, gives_everyone_the_middle_where_nothing_differs) {
    const auto ranked = rank(units(), {{{.numerator = "flat"}, 1, true}}, 0).value();
    ASSERT_EQ(ranked.size(), 5U);
    for (const Ranked& unit : ranked) {
        EXPECT_EQ(unit.score, 0.5);
        EXPECT_EQ(unit.rank, 1);
    }
}

TEST(Rank, of_no_units_is_empty) {
    Dataset dataset;
    dataset.table = Table({Column("poor", ColumnType::real, std::vector<double>{})}, 0);
    EXPECT_TRUE(rank(Features(std::make_shared<const Dataset>(dataset)), {poor()}, 0).value().empty());
}

TEST(Rank, refuses_to_rank_by_nothing) {
    EXPECT_EQ(to_text(rank(units(), {}, 0).error()),
              "there is nothing to rank by. Add a criterion with a weight above 0.");
    EXPECT_EQ(to_text(rank(units(), {poor(0), stunting(0)}, 0).error()),
              "all criteria have weight 0. Add a criterion with a weight above 0.");
}

TEST(Rank, refuses_weights_that_are_none_and_columns_that_are_not_there) {
    for (const double weight : {-1.0, double{NAN}, double{INFINITY}}) {
        const auto refused = rank(units(), {stunting(), poor(weight)}, 0);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().what, "the weight of “poor” is not a number from 0 up");
    }
    const auto refused = rank(units(), {{{.numerator = "pore"}, 1, true}}, 0);
    ASSERT_FALSE(refused);
    EXPECT_NE(to_text(refused.error()).find("poor"), std::string::npos) << to_text(refused.error());
}

}  // namespace
}  // namespace diaban
