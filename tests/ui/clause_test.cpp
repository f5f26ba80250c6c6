#include "ui/query/clause.h"

#include <gtest/gtest.h>

#include "query/language/parse.h"
#include "query/language/write.h"

namespace diaban::ui {
namespace {

using query::Condition;

Features sample() {
    auto data = std::make_shared<Dataset>();
    std::vector<Column> columns;
    columns.emplace_back("population", ColumnType::integer, std::vector<int64_t>{9, 4, 5, 0},
                         std::vector<uint8_t>{1, 1, 1, 0});
    columns.emplace_back("kind", ColumnType::text, std::vector<std::string>{"ward", "commune", "commune", ""},
                         std::vector<uint8_t>{1, 1, 1, 0});
    // 2021-03-01, 2025-07-01, 2023-01-01, none.
    columns.emplace_back("since", ColumnType::date, std::vector<int64_t>{18687, 20270, 19358, 0},
                         std::vector<uint8_t>{1, 1, 1, 0});
    data->table = Table(std::move(columns), 4);
    return Features(data);
}

std::string round_trip(const std::string& text) {
    const auto clause = clause_of(parse_condition(text).value());
    return clause ? to_text(condition_of(*clause)) : "no comparison";
}

TEST(Clause, is_every_comparison_of_the_language_and_back) {
    for (const char* text : {"a = 1",
                             "a != 1",
                             "a < 1",
                             "a <= 1",
                             "a > 1",
                             "a >= 1",
                             "a between 1 and 2",
                             "a not between 1 and 2",
                             "a in ('x', 'y')",
                             "a not in ('x', 'y')",
                             "a like '%x%'",
                             "a like 'x%'",
                             "a like '_x'",
                             "a not like '%x%'",
                             "a is null",
                             "a is not null",
                             "a / b > 20%",
                             "count(shelters) < 10",
                             "a like '%%'",
                             "a like '%'"})
        EXPECT_EQ(round_trip(text), text);
}

TEST(Clause, is_nothing_else) {
    for (const char* text : {"beyond 5 km of shelters", "a = 1 and b = 2", "not a = 1", "along border"})
        EXPECT_EQ(round_trip(text), "no comparison");
}

TEST(Clause, says_contains_and_begins_with_for_plain_patterns_only) {
    const auto verb = [](const char* text) { return clause_of(parse_condition(text).value())->verb; };
    EXPECT_EQ(verb("a like '%x%'"), Verb::contains);
    EXPECT_EQ(verb("a like 'x%'"), Verb::begins);
    EXPECT_EQ(verb("a like '%x_y%'"), Verb::like);
    EXPECT_EQ(verb("a like '%x'"), Verb::like);
}

TEST(Clause, keeps_its_values_as_far_as_they_fit_another_verb) {
    const Clause three{column_sum("kind"), Verb::one_of, {text_sum("a"), text_sum("b")}};
    EXPECT_EQ(with_verb(three, Verb::not_equal).verb, Verb::none_of) << "several texts stay several";
    EXPECT_EQ(with_verb(three, Verb::not_equal).values.size(), 2U);
    EXPECT_EQ(with_verb(three, Verb::null).values.size(), 0U);
    const Clause more{column_sum("population"), Verb::greater, {number_sum(5)}};
    EXPECT_EQ(to_text(condition_of(with_verb(more, Verb::between))), "population between 5 and 5");
    EXPECT_EQ(to_text(condition_of(with_verb(with_verb(more, Verb::null), Verb::less))), "population < 0");
}

TEST(Clause, begins_with_a_value_that_tells_some_features_from_others) {
    const Features features = sample();
    EXPECT_EQ(first_value(column_sum("population"), features, 0), number_sum(5)) << "the middle one";
    EXPECT_EQ(first_value(column_sum("kind"), features, 0), text_sum("commune")) << "the most frequent one";
}

TEST(Clause, changes_its_values_with_its_subject) {
    const Features features = sample();
    const Clause more{column_sum("population"), Verb::greater, {number_sum(5)}};
    EXPECT_EQ(to_text(condition_of(about(more, column_sum("kind"), features, 0))), "kind = 'commune'");
    EXPECT_EQ(to_text(condition_of(about(more, column_sum("since"), features, 0))), "since > '2021-03-01'");
    const Clause named{column_sum("kind"), Verb::contains, {text_sum("war")}};
    EXPECT_EQ(to_text(condition_of(about(named, column_sum("population"), features, 0))), "population > 5");
}

TEST(Clause, narrows_dates_down_from_all_of_them) {
    const Features features = sample();
    const Clause like{column_sum("kind"), Verb::contains, {text_sum("war")}};
    EXPECT_EQ(to_text(condition_of(about(like, column_sum("since"), features, 0))),
              "since between '2021-03-01' and '2025-07-01'");
}

TEST(ColumnFacts, are_of_the_values_there_are) {
    const Features features = sample();
    const ColumnFacts numbers = facts_of(*features.field("population"), features, 0);
    EXPECT_EQ(numbers.low, 4);
    EXPECT_EQ(numbers.high, 9);
    EXPECT_TRUE(numbers.whole);
    const ColumnFacts texts = facts_of(*features.field("kind"), features, 0);
    ASSERT_EQ(texts.values.size(), 2U);
    EXPECT_EQ(texts.values[0].text, "commune");
    EXPECT_EQ(texts.values[0].count, 2U);
}

}  // namespace
}  // namespace diaban::ui
