// Carrying tables over a crosswalk. Expected numbers are worked out by hand.
#include "data/crosswalk/carry.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>

#include "data/crosswalk/apportion.h"
#include "data/crosswalk/build.h"
#include "files.h"

namespace diaban {
namespace {

using Integers = std::vector<int64_t>;
using Reals = std::vector<double>;
using Texts = std::vector<std::string>;
using Rules = std::vector<ColumnRule>;

const std::filesystem::path demo = std::filesystem::path(DIABAN_SOURCE_DIR) / "data/quang_ninh";

Crosswalk crosswalk_of(std::vector<Correspondence> pairs, std::vector<Unit> from, std::vector<Unit> to) {
    Crosswalk crosswalk{std::move(pairs), std::move(from), std::move(to), {}};
    put_in_order(crosswalk);
    return crosswalk;
}

/// a is split between X and Y by a table, b goes to Y whole, c is split equally between Y and Z.
Crosswalk example() {
    return crosswalk_of({{"a", "X", 0.7, Basis::table},
                         {"a", "Y", 0.3, Basis::table},
                         {"b", "Y", 1, Basis::whole},
                         {"c", "Y", 0.5, Basis::equal_split},
                         {"c", "Z", 0.5, Basis::equal_split}},
                        {{"a", ""}, {"b", ""}, {"c", ""}}, {{"X", ""}, {"Y", ""}, {"Z", ""}});
}

Carried carried(const Table& table, const std::string& time, const Rules& rules, const Crosswalk& crosswalk) {
    auto result = carry(table, "unit", time, rules, crosswalk);
    if (!result) throw std::runtime_error(to_text(result.error()));
    return std::move(*result);
}

Texts column(const Table& table, const std::string& name) {
    Texts texts;
    const Column* found = table.find(name);
    if (!found) return {"no such column"};
    for (std::size_t row = 0; row < found->size(); ++row)
        texts.push_back(found->is_null(row) ? "–" : found->text(row));
    return texts;
}

Texts names_of(const Table& table) {
    Texts names;
    for (const Column& c : table.columns())
        names.push_back(c.name());
    return names;
}

// ── dividing ──

// Quotas of 26 seats for 9061, 7179, 5259, 3319, 1182 of 26,000 are 9.061, 7.179, 5.259, 3.319, 1.182: rounded down
// 9, 7, 5, 3, 1 = 25; the largest remainder is the fourth's. (Votes by which
// Balinski and Young tell the methods apart; the quotas are worked out by hand.)
TEST(Apportion, gives_what_is_left_to_the_largest_remainders) {
    EXPECT_EQ(apportion(26, Reals{9061, 7179, 5259, 3319, 1182}), (Integers{9, 7, 5, 4, 1}));
    EXPECT_EQ(apportion(10, Reals{0.5, 0.3, 0.2}), (Integers{5, 3, 2}));
    // Quotas 3.5, 2.1, 1.4: down 3, 2, 1; one left, for the first.
    EXPECT_EQ(apportion(7, Reals{0.5, 0.3, 0.2}), (Integers{4, 2, 1}));
}

TEST(Apportion, settles_ties_by_the_larger_share_then_the_earlier_one) {
    EXPECT_EQ(apportion(1, Reals{0.5, 0.5}), (Integers{1, 0}));
    EXPECT_EQ(apportion(5, Reals{1, 1, 1}), (Integers{2, 2, 1}));
    // Quotas 0.5, 1.5: the remainders are equal.
    EXPECT_EQ(apportion(2, Reals{0.25, 0.75}), (Integers{0, 2}));
}

TEST(Apportion, is_not_deceived_by_rounding_and_holds_at_the_ends) {
    EXPECT_EQ(apportion(100, Reals{0.29, 0.71}), (Integers{29, 71}));
    EXPECT_EQ(apportion(10, Reals{0.1, 0.2, 0.7}), (Integers{1, 2, 7}));
    EXPECT_EQ(apportion(0, Reals{0.4, 0.6}), (Integers{0, 0}));
    EXPECT_EQ(apportion(-7, Reals{0.5, 0.3, 0.2}), (Integers{-4, -2, -1}));
    EXPECT_EQ(apportion(3, Reals{0, 1, 0}), (Integers{0, 3, 0}));
    for (const int64_t huge : {std::numeric_limits<int64_t>::max(), std::numeric_limits<int64_t>::min()}) {
        const auto parts = apportion(huge, Reals{1, 1, 1});
        EXPECT_EQ(parts[0] + parts[1] + parts[2], huge);
    }
    EXPECT_THROW(static_cast<void>(apportion(3, Reals{0, 0})), std::logic_error);
}

TEST(Divide, leaves_the_rest_to_the_largest_share) {
    const auto parts = divide(0.1, Reals{1, 1, 1});
    EXPECT_EQ(parts[1] + parts[2] + parts[0], 0.1);
    EXPECT_EQ(divide(-8, Reals{0.25, 0.75}), (Reals{-2, -6}));
}

// ── counts ──

TEST(Carry, splits_counts_and_keeps_whole_numbers_whole) {
    const Table table({Column("unit", ColumnType::text, Texts{"a", "b", "c"}),
                       Column("people", ColumnType::integer, Integers{5, 10, 7}),
                       Column("hectares", ColumnType::real, Reals{5, 10, 7})},
                      3);
    const auto result =
        carried(table, "", {{"people", CarryKind::whole_count}, {"hectares", CarryKind::count}}, example());
    // a: 3.5 and 1.5, a tie, for the larger share: 4 and 1. c: 3.5 and 3.5, a tie, for the earlier: 4 and 3.
    EXPECT_EQ(column(result.table, "unit"), (Texts{"X", "Y", "Z"}));
    EXPECT_EQ(column(result.table, "people"), (Texts{"4", "15", "3"}));
    EXPECT_EQ(column(result.table, "hectares"), (Texts{"3.5", "15", "3.5"}));
    // 4 of Y's 15 people came from c by assumption, and all of Z's.
    EXPECT_EQ(result.table.find("people.assumed")->number(0), 0.0);
    EXPECT_DOUBLE_EQ(*result.table.find("people.assumed")->number(1), 4.0 / 15);
    EXPECT_EQ(result.table.find("people.assumed")->number(2), 1.0);
    EXPECT_EQ(column(result.table, "sources"),
              (Texts{"a 70.0%", "a 30.0%; b 100%; c 50.0% (assumed equal)", "c 50.0% (assumed equal)"}));
    EXPECT_EQ(names_of(result.table),
              (Texts{"unit", "people", "people.assumed", "hectares", "hectares.assumed", "sources"}));
    EXPECT_EQ(result.totals, (std::vector<CarriedTotal>{{"people", "", 22, 22, 0}, {"hectares", "", 22, 22, 0}}));
}

TEST(Carry, keeps_null_apart_from_zero_and_marks_what_is_incomplete) {
    const Table table(
        {Column("unit", ColumnType::text, Texts{"a", "c"}), Column("n", ColumnType::integer, Integers{10, 0}, {1, 0})},
        2);
    const auto result = carried(table, "", {{"n", CarryKind::whole_count}}, example());
    EXPECT_EQ(column(result.table, "n"), (Texts{"7", "3", "–"}));
    EXPECT_EQ(column(result.table, "incomplete"), (Texts{"–", "no row: b; no value of n: c", "no value of n: c"}));
}

TEST(Carry, treats_each_time_for_itself) {
    const Table table({Column("unit", ColumnType::text, Texts{"b", "a", "b"}),
                       Column("year", ColumnType::integer, Integers{2021, 2022, 2022}),
                       Column("n", ColumnType::integer, Integers{1, 10, 5})},
                      3);
    const auto result = carried(table, "year", {{"n", CarryKind::whole_count}}, example());
    EXPECT_EQ(column(result.table, "unit"), (Texts{"Y", "X", "Y"}));
    EXPECT_EQ(column(result.table, "year"), (Texts{"2021", "2022", "2022"}));
    EXPECT_EQ(result.table.find("year")->type(), ColumnType::integer);
    EXPECT_EQ(column(result.table, "n"), (Texts{"1", "7", "8"}));
    EXPECT_EQ(result.totals, (std::vector<CarriedTotal>{{"n", "2021", 1, 1, 0}, {"n", "2022", 15, 15, 0}}));
}

// ── rates, means, labels ──

TEST(Carry, works_rates_out_again_and_never_averages_them) {
    const Table table(
        {Column("unit", ColumnType::text, Texts{"a", "b"}), Column("ill", ColumnType::integer, Integers{10, 30}),
         Column("seen", ColumnType::integer, Integers{100, 60}), Column("rate", ColumnType::real, Reals{10, 50})},
        2);
    const Rules rules{{"ill", CarryKind::whole_count},
                      {"seen", CarryKind::whole_count},
                      {"rate", CarryKind::rate, "ill", "seen", 100}};
    const auto result = carried(table, "", rules, example());
    // X: 7 of 70. Y: 3 + 30 of 30 + 60, not (10 + 50) / 2.
    EXPECT_DOUBLE_EQ(*result.table.find("rate")->number(0), 10);
    EXPECT_DOUBLE_EQ(*result.table.find("rate")->number(1), 100.0 * 33 / 90);
    EXPECT_EQ(to_text(carry(table, "unit", "", {{"rate", CarryKind::rate}}, example()).error()),
              "field rate: a rate is not carried by itself. Name its numerator and its denominator.");
    EXPECT_EQ(to_text(carry(table, "unit", "", {{"ill", CarryKind::mean}}, example()).error()),
              "field ill: a mean is not carried by itself. Name the field that counts what it is a mean of.");
}

TEST(Carry, marks_a_rate_with_the_larger_mark_of_its_two_counts) {
    const Table table(
        {Column("unit", ColumnType::text, Texts{"b", "c"}), Column("ill", ColumnType::integer, Integers{5, 10}),
         Column("seen", ColumnType::integer, Integers{90, 20}), Column("rate", ColumnType::real, Reals{0, 0})},
        2);
    const auto result = carried(table, "", {{"rate", CarryKind::rate, "ill", "seen", 1}}, example());
    // Y: 5 + 5 ill of 90 + 10 seen; of the ill, half is assumed, of the seen, a tenth.
    EXPECT_DOUBLE_EQ(*result.table.find("rate")->number(0), 0.1);
    EXPECT_DOUBLE_EQ(*result.table.find("rate.assumed")->number(0), 0.5);
}

TEST(Carry, has_no_rate_without_a_denominator_and_weighs_means_by_theirs) {
    const Table table(
        {Column("unit", ColumnType::text, Texts{"a", "b", "c"}), Column("ill", ColumnType::integer, Integers{0, 0, 3}),
         Column("seen", ColumnType::integer, Integers{0, 30, 0}, {1, 1, 1}),
         Column("rate", ColumnType::real, Reals{0, 0, 0}), Column("income", ColumnType::real, Reals{8, 2, 100})},
        3);
    const auto result = carried(table, "", {{"rate", CarryKind::rate, "ill", "seen", 1}}, example());
    EXPECT_EQ(column(result.table, "rate"), (Texts{"–", "0.05", "–"}));  // 1.5 of c and none of b, of 30
    const Table people(
        {Column("unit", ColumnType::text, Texts{"a", "b"}), Column("people", ColumnType::integer, Integers{100, 60}),
         Column("income", ColumnType::real, Reals{8, 2})},
        2);
    // Y: 30 people with 8, 60 with 2: 360 / 90.
    EXPECT_EQ(column(carried(people, "", {{"income", CarryKind::mean, "", "people"}}, example()).table, "income"),
              (Texts{"8", "4"}));
}

TEST(Carry, keeps_labels_where_all_agree_and_lists_them_else) {
    const Table table(
        {Column("unit", ColumnType::text, Texts{"a", "b"}), Column("zone", ColumnType::text, Texts{"border", "coast"}),
         Column("since", ColumnType::integer, Integers{2021, 2021}),
         Column("until", ColumnType::integer, Integers{2024, 2025}),
         Column("extra", ColumnType::text, Texts{"x", "y"})},
        2);
    const auto result = carried(
        table, "", {{"zone", CarryKind::label}, {"since", CarryKind::label}, {"until", CarryKind::label}}, example());
    EXPECT_EQ(column(result.table, "zone"), (Texts{"border", "border; coast"}));
    EXPECT_EQ(result.table.find("since")->type(), ColumnType::integer);
    EXPECT_EQ(column(result.table, "until"), (Texts{"2024", "2024; 2025"}));
    EXPECT_EQ(texts_of(result.diagnostics), (Texts{"fields without a rule, not carried: extra."}));
}

// ── nothing is dropped silently ──

TEST(Carry, reports_rows_that_cannot_be_carried_with_their_totals) {
    const auto crosswalk = crosswalk_of({{"Xã A", "X", 0.5, Basis::table}},
                                        {{"Xã A", ""}, {"Xã Bắc Sơn", ""}, {"Phường Bắc Sơn", ""}}, {{"X", "Xã X"}});
    const Table table(
        {Column("unit", ColumnType::text, Texts{"A", "Bắc Sơn", "Xã Bắc Sơn", "Xã Nowhere", ""}, {1, 1, 1, 1, 0}),
         Column("n", ColumnType::integer, Integers{10, 20, 30, 40, 50})},
        5);
    const auto result = carried(table, "", {{"n", CarryKind::whole_count}}, crosswalk);
    EXPECT_EQ(column(result.table, "n"), (Texts{"5"}));
    EXPECT_EQ(column(result.table, "unit_name"), (Texts{"Xã X"}));
    EXPECT_EQ(result.totals, (std::vector<CarriedTotal>{{"n", "", 150, 5, 145}}));
    EXPECT_EQ(texts_of(result.diagnostics),
              (Texts{"field unit: rows without a unit, not carried: 1: row 5.",
                     "field unit: rows whose unit the crosswalk does not know, not carried: 1: Xã Nowhere.",
                     "field unit: rows whose name several units bear, not carried: 1: Bắc Sơn.",
                     "field unit: rows whose unit goes nowhere, not carried: 1: Xã Bắc Sơn.",
                     "field n: 145 of 150 could not be carried."}));
}

TEST(Carry, refuses_shares_above_one_columns_that_are_not_there_and_sums_too_large) {
    const Table table({Column("unit", ColumnType::text, Texts{"a", "b"}),
                       Column("n", ColumnType::integer, Integers{std::numeric_limits<int64_t>::max(), 9}),
                       Column("r", ColumnType::real, Reals{1.5, 2})},
                      2);
    const auto merged = crosswalk_of({{"a", "X", 1}, {"b", "X", 1}}, {{"a", ""}, {"b", ""}}, {{"X", ""}});
    EXPECT_EQ(
        to_text(carry(table, "unit", "", {{"n", CarryKind::whole_count}}, merged).error()),
        "field n: the sum is larger than a whole number can be. Carry the column as a count that need not be whole.");
    EXPECT_EQ(to_text(carry(table, "unit", "", {{"r", CarryKind::whole_count}}, merged).error()),
              "field r, row 1: “1.5” is no whole number. Carry the column as a count that need not be whole.");
    EXPECT_EQ(to_text(carry(table, "units", "", {}, merged).error()),
              "there is no field “units”. Did you mean “unit”?");
    const auto twice = crosswalk_of({{"a", "X", 1}, {"a", "Y", 0.5}}, {{"a", ""}}, {{"X", ""}, {"Y", ""}});
    EXPECT_EQ(
        to_text(carry(table, "unit", "", {}, twice).error()),
        "the shares of a add up to 150.0%: X 100.0%; Y 50.0%. Correct them: more would be carried than there is.");
}

TEST(Carry, does_nothing_with_an_identity_but_keep_the_table) {
    const auto same =
        crosswalk_of({{"1", "1", 1}, {"2", "2", 1}}, {{"1", "One"}, {"2", "Two"}}, {{"1", "One"}, {"2", "Two"}});
    const Table table({Column("unit", ColumnType::integer, Integers{2, 1, 2}),
                       Column("year", ColumnType::integer, Integers{2021, 2021, 2022}),
                       Column("n", ColumnType::integer, Integers{5, 0, 7}, {1, 0, 1}),
                       Column("r", ColumnType::real, Reals{0.1, 0.2, 0.3}),
                       Column("note", ColumnType::text, Texts{"x", "", "z"}, {1, 0, 1})},
                      3);
    const auto result = carried(
        table, "year", {{"n", CarryKind::whole_count}, {"r", CarryKind::count}, {"note", CarryKind::label}}, same);
    EXPECT_EQ(result.table, table);
    EXPECT_TRUE(result.diagnostics.empty());
}

// ── guessing ──

TEST(GuessRules, proposes_kinds_and_asks_what_only_people_know) {
    const Table table(
        {Column("unit", ColumnType::text, Texts{}), Column("people", ColumnType::integer, Integers{}),
         Column("Tỷ lệ SDD", ColumnType::real, Reals{}), Column("hộ nghèo (%)", ColumnType::real, Reals{}),
         Column("thu nhập bình quân", ColumnType::real, Reals{}), Column("area_km2", ColumnType::real, Reals{}),
         Column("since_year", ColumnType::integer, Integers{}), Column("border", ColumnType::boolean, Integers{}),
         Column("people.assumed", ColumnType::real, Reals{})},
        0);
    std::map<std::string, std::string> kinds;
    const auto guessed = guess_rules(table, "unit", "");
    for (const ColumnRule& rule : guessed.rules)
        kinds[rule.column] = to_id(rule.kind);
    EXPECT_EQ(kinds, (std::map<std::string, std::string>{{"people", "whole_count"},
                                                         {"Tỷ lệ SDD", "rate"},
                                                         {"hộ nghèo (%)", "rate"},
                                                         {"thu nhập bình quân", "mean"},
                                                         {"area_km2", "count"},
                                                         {"since_year", "label"},
                                                         {"border", "label"},
                                                         {"people.assumed", "leave_out"}}));
    ASSERT_EQ(guessed.questions.size(), 4U);
    EXPECT_EQ(guessed.questions[0].text,
              "“Tỷ lệ SDD” looks like a rate: which fields are its numerator and its denominator?");
}

// ── the demo's nutrition programme, keyed to the units before July 2025 ──

TEST(Carry, brings_the_nutrition_programme_to_the_new_units_with_its_totals_of_each_year) {
    const auto nutrition = read_one(demo / "child_nutrition.csv");
    const auto old_units = read_one(demo / "facts/quang_ninh_old_units.csv");
    const auto crosswalk = from_table(
        *old_units, {.from = "old_full_name", .to = "new_code", .from_name = {}, .to_name = "new_full_name"});
    ASSERT_TRUE(crosswalk);
    const auto guessed = guess_rules(nutrition->table, "old_full_name", "since_year");
    EXPECT_TRUE(guessed.questions.empty());
    const auto result = carry(nutrition->table, "old_full_name", "since_year", guessed.rules, *crosswalk);
    ASSERT_TRUE(result) << to_text(result.error());
    for (const Column& before : nutrition->table.columns()) {
        if (before.name() == "old_full_name" || before.name() == "since_year") continue;
        std::map<int64_t, int64_t> sums, sums_after;
        for (std::size_t row = 0; row < before.size(); ++row)
            sums[*nutrition->table.find("since_year")->integer(row)] += before.integer(row).value_or(0);
        const Column* after = result->table.find(before.name());
        ASSERT_NE(after, nullptr);
        ASSERT_EQ(after->type(), ColumnType::integer);
        for (std::size_t row = 0; row < after->size(); ++row)
            sums_after[*result->table.find("since_year")->integer(row)] += after->integer(row).value_or(0);
        EXPECT_EQ(sums_after, sums) << before.name();
    }
    // Eight of its units were named in several mergers: the crosswalk's assumption shows.
    EXPECT_NE(result->table.find("leaflets.assumed"), nullptr);
    for (const CarriedTotal& total : result->totals)
        EXPECT_EQ(total.lost, 0) << total.column;
}

}  // namespace
}  // namespace diaban
