
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "query/answer.h"
#include "query/compare_text.h"
#include "query/language/parse.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Five units; the last has nulls throughout.
Features units() {
    Dataset dataset;
    dataset.name = "units";
    using Texts = std::vector<std::string>;
    using Whole = std::vector<int64_t>;
    const std::vector<uint8_t> all_but_last{1, 1, 1, 1, 0};
    dataset.table =
        Table({Column("name", ColumnType::text,
                      Texts{"Xã Bình Liêu", "Phường Hoà Lạc", "Xã Hoa Sơn", "Đặc khu Cô Tô", ""}, all_but_last),
               Column("kind", ColumnType::text, Texts{"commune", "ward", "commune", "zone", ""}, all_but_last),
               Column("code", ColumnType::text, Texts{"06838", "06840", "06841", "06900", ""}, all_but_last),
               Column("stunted", ColumnType::integer, Whole{30, 10, 0, 5, 0}, all_but_last),
               Column("measured", ColumnType::integer, Whole{100, 100, 0, 50, 0}, all_but_last),
               Column("on border", ColumnType::boolean, Whole{1, 0, 0, 1, 0}, all_but_last),
               Column("since", ColumnType::date, Whole{20270, 18000, 20270, 20270, 0}, all_but_last),
               // 30 June 2025 at noon, an early day, 1 July at midnight, 30 June at midnight; milliseconds since 1970.
               Column("visited", ColumnType::date_time,
                      Whole{20269 * 86'400'000LL + 43'200'000, 18000 * 86'400'000LL, 20270 * 86'400'000LL,
                            20269 * 86'400'000LL, 0},
                      all_but_last),
               Column("số hộ", ColumnType::real, std::vector<double>{1.5, -2, 0, 4, 0}, all_but_last)},
              5);
    return Features(std::make_shared<const Dataset>(std::move(dataset)));
}

Expected<Hits> hits(std::string_view text) {
    const auto condition = parse_condition(text);
    if (!condition) return tl::unexpected(condition.error());
    QueryLayers layers;
    layers.list.push_back({.id = "units", .name = "Units", .features = std::make_shared<const Features>(units())});
    QueryCache cache;
    Progress progress;
    return find_hits(*condition, layers, layers.list[0], cache, progress);
}

std::vector<int> kept(std::string_view text) {
    const auto found = hits(text);
    if (!found) throw std::runtime_error(to_text(found.error()));
    std::vector<int> rows;
    for (std::size_t i = 0; i < found->kept.size(); ++i)
        if (found->kept[i] != 0) rows.push_back(static_cast<int>(i));
    return rows;
}

std::string parse_error(std::string_view text) {
    const auto condition = parse_condition(text);
    return condition ? "no error" : condition.error().what;
}

Error evaluate_error(std::string_view text) {
    const auto found = hits(text);
    return found ? Error{.what = "no error"} : found.error();
}

TEST(Filter, keeps_everything_when_it_is_empty) {
    EXPECT_TRUE(parse_condition("")->keeps_all());
    EXPECT_TRUE(parse_condition(" \t\n")->keeps_all());
    EXPECT_THAT(kept(""), ElementsAre(0, 1, 2, 3, 4));
}

TEST(Filter, compares_numbers) {
    EXPECT_THAT(kept("stunted = 10"), ElementsAre(1));
    EXPECT_THAT(kept("stunted != 10"), ElementsAre(0, 2, 3));
    EXPECT_THAT(kept("stunted <> 10"), ElementsAre(0, 2, 3));
    EXPECT_THAT(kept("stunted < 10"), ElementsAre(2, 3));
    EXPECT_THAT(kept("stunted <= 10"), ElementsAre(1, 2, 3));
    EXPECT_THAT(kept("stunted > 5"), ElementsAre(0, 1));
    EXPECT_THAT(kept("5 <= stunted"), ElementsAre(0, 1, 3));
    EXPECT_THAT(kept("stunted >= 1e1"), ElementsAre(0, 1));
    EXPECT_THAT(kept("stunted>.5 and stunted<10"), ElementsAre(3));
}

TEST(Filter, calculates_with_the_usual_precedence) {
    EXPECT_THAT(kept("stunted / measured > 0.2"), ElementsAre(0));
    EXPECT_THAT(kept("stunted + 10 * 2 = 30"), ElementsAre(1));
    EXPECT_THAT(kept("(stunted + 10) * 2 = 40"), ElementsAre(1));
    EXPECT_THAT(kept("100 - 50 - 20 = stunted"), ElementsAre(0));
    EXPECT_THAT(kept("- stunted * -1 = 10"), ElementsAre(1));
    EXPECT_THAT(kept("\"số hộ\" = −2"), ElementsAre(1));
}

TEST(Filter, makes_a_comparison_with_null_false_and_one_with_a_division_by_zero_too) {
    EXPECT_THAT(kept("stunted / measured >= 0"), ElementsAre(0, 1, 3));
    EXPECT_THAT(kept("stunted / measured is null"), ElementsAre(2, 4));
    EXPECT_THAT(kept("stunted not in (10)"), ElementsAre(0, 2, 3));
    EXPECT_THAT(kept("stunted not between 1 and 10"), ElementsAre(0, 2));
    EXPECT_THAT(kept("kind not like 'c%'"), ElementsAre(1, 3));
    EXPECT_THAT(kept("not (stunted = 10)"), ElementsAre(0, 2, 3, 4));
}

TEST(Filter, finds_nulls) {
    EXPECT_THAT(kept("name is null"), ElementsAre(4));
    EXPECT_THAT(kept("stunted IS NOT NULL"), ElementsAre(0, 1, 2, 3));
}

TEST(Filter, joins_conditions_with_and_before_or) {
    EXPECT_THAT(kept("stunted = 0 or stunted > 5 and kind = 'ward'"), ElementsAre(1, 2));
    EXPECT_THAT(kept("(stunted = 0 or stunted > 5) and kind = 'commune'"), ElementsAre(0, 2));
    EXPECT_THAT(kept("NOT kind = 'commune' AND stunted > 0"), ElementsAre(1, 3));
    EXPECT_THAT(kept("((((stunted)) = ((10))))"), ElementsAre(1));
    EXPECT_THAT(kept("not (not (kind = 'ward'))"), ElementsAre(1));
}

TEST(Filter, finds_one_of_several_and_ranges) {
    EXPECT_THAT(kept("kind in ('commune', 'ward')"), ElementsAre(0, 1, 2));
    EXPECT_THAT(kept("stunted in (10, -5, 5)"), ElementsAre(1, 3));
    EXPECT_THAT(kept("stunted between 5 and 10 and kind = 'ward'"), ElementsAre(1));
    EXPECT_THAT(kept("code between '06840' and '06841'"), ElementsAre(1, 2));
}

TEST(Filter, compares_text_without_case_and_tone_mark_convention_but_with_diacritics) {
    EXPECT_THAT(kept("name = 'xã bình liêu'"), ElementsAre(0));
    EXPECT_THAT(kept("name = 'PHƯỜNG HÒA LẠC'"), ElementsAre(1));
    EXPECT_THAT(kept("name = 'Xa Binh Lieu'"), IsEmpty());
    EXPECT_THAT(kept("name like '%hòa%'"), ElementsAre(1));
    EXPECT_THAT(kept("name like '%hoa%'"), ElementsAre(2));
    EXPECT_THAT(kept("name in ('XÃ HOA SƠN')"), ElementsAre(2));
    // NFD: a and the combining tilde.
    EXPECT_THAT(kept("name like 'xa\u0303 %'"), ElementsAre(0, 2));
}

TEST(Filter, takes_percent_and_underscore_for_any_characters) {
    EXPECT_THAT(kept("name like 'x_ %'"), ElementsAre(0, 2));
    EXPECT_THAT(kept("code like '0684_'"), ElementsAre(1, 2));
    EXPECT_THAT(kept("kind like 'commune%'"), ElementsAre(0, 2));
    EXPECT_THAT(kept("kind like 'comm'"), IsEmpty());
}

TEST(Filter, orders_text_the_vietnamese_way) {
    // d comes before đ, and đ before e: by code point Đ would follow z.
    EXPECT_THAT(kept("name > 'dz' and name < 'e'"), ElementsAre(3));
}

TEST(Filter, takes_booleans_as_numbers_and_dates_as_text) {
    EXPECT_THAT(kept("\"on border\" = 1"), ElementsAre(0, 3));
    // 20270 days after 1970-01-01 is 2025-07-01.
    EXPECT_THAT(kept("since = '2025-07-01'"), ElementsAre(0, 2, 3));
    EXPECT_THAT(kept("since < '2025-01-01'"), ElementsAre(1));
}

TEST(Filter, compares_a_time_with_a_day_by_its_day) {
    EXPECT_THAT(kept("visited between '2025-06-01' and '2025-06-30'"), ElementsAre(0, 3)) << "the last day to its end";
    EXPECT_THAT(kept("visited > '2025-06-30'"), ElementsAre(2)) << "noon of a day is not after it";
    EXPECT_THAT(kept("visited = '2025-06-30'"), ElementsAre(0, 3));
    EXPECT_THAT(kept("visited in ('2025-06-30', '2025-07-01')"), ElementsAre(0, 2, 3));
    EXPECT_THAT(kept("visited not in ('2025-06-30')"), ElementsAre(1, 2));
    EXPECT_THAT(kept("'2025-06-30' < visited"), ElementsAre(2));
    EXPECT_THAT(kept("visited > '2025-06-30T11:00:00Z'"), ElementsAre(0, 2)) << "a time is compared as one";
}

TEST(Filter, reads_doubled_quotes_and_names_beyond_ascii) {
    EXPECT_THAT(kept("name = 'it''s'"), IsEmpty());
    EXPECT_THAT(kept("\"số hộ\" > 1"), ElementsAre(0, 3));
    EXPECT_THAT(evaluate_error("\"a \"\"b\"\"\" = 1").what, HasSubstr("a \"b\""));
}

TEST(Filter, says_at_which_character_it_was_not_understood) {
    EXPECT_EQ(parse_error("stunted >"), "at character 10: a column, a number or a 'text' was expected, not the end");
    EXPECT_EQ(parse_error("stunted"), "at character 8: a comparison such as “=” or “in” was expected, not the end");
    EXPECT_EQ(parse_error("stunted > 1 kind = 'a'"),
              "at character 13: “and”, “or” or the end was expected, not “kind”");
    EXPECT_EQ(parse_error("(stunted > 1"), "at character 13: “)” was expected, not the end");
    EXPECT_EQ(parse_error("kind in 'a'"), "at character 9: “(” was expected, not “a”");
    EXPECT_EQ(parse_error("kind in ('a' 'b')"), "at character 14: “,” or “)” was expected, not “b”");
    EXPECT_EQ(parse_error("kind in (kind)"), "at character 10: a number or a 'text' was expected, not “kind”");
    EXPECT_EQ(parse_error("kind not = 'a'"), "at character 10: “in”, “between” or “like” was expected, not “=”");
    EXPECT_EQ(parse_error("kind is 3"), "at character 9: “null” was expected, not “3”");
    EXPECT_EQ(parse_error("stunted between 1 or 2"), "at character 19: “and” was expected, not “or”");
    EXPECT_EQ(parse_error("kind like kind"), "at character 11: a pattern such as 'Xã %' was expected, not “kind”");
    EXPECT_EQ(parse_error("kind = 'a"), "at character 8: this text has no closing '");
    EXPECT_EQ(parse_error("\"kind = 'a'"), "at character 1: this name has no closing \"");
    EXPECT_EQ(parse_error("stunted > 1 ; drop"), "at character 13: “;” means nothing here");
    EXPECT_THAT(parse_error("2x > 1"), HasSubstr("at character 1: this is neither a number nor a name"));
    EXPECT_THAT(parse_error("stunted > 1e999"), HasSubstr("at character 11: this number is too large or too small"));
    EXPECT_THAT(parse_error("\"\" = 1"), HasSubstr("this name is empty"));
}

TEST(Filter, counts_characters_not_bytes) {
    EXPECT_EQ(parse_error("name = 'Bình Liêu' ;"), "at character 20: “;” means nothing here");
    EXPECT_EQ(parse_error("số_hộ > ;"), "at character 9: “;” means nothing here");
}

TEST(Filter, reads_a_bracket_as_a_calculation_where_something_calculates_with_it) {
    EXPECT_EQ(parse_error("(stunted + 1) * > 3"),
              "at character 17: a column, a number or a 'text' was expected, not “>”");
    EXPECT_EQ(parse_error("(stunted > 1 and kind ~ 2)"), "at character 23: “~” means nothing here");
    EXPECT_EQ(parse_error("(stunted > 1 and kind 2)"),
              "at character 23: a comparison such as “=” or “in” was expected, not “2”");
}

TEST(Filter, refuses_what_is_nested_or_long_beyond_reason_and_stays_alive) {
    EXPECT_THAT(parse_error(std::string(100000, '(')), HasSubstr("condition is too long"));
    EXPECT_THAT(parse_error(std::string(5000, '(')), HasSubstr("nested too deeply"));
    EXPECT_THAT(parse_error("1 = " + std::string(5000, '-') + "1"), HasSubstr("nested too deeply"));
    const auto sum = [](int signs) {
        std::string text = "stunted = 1";
        for (int i = 0; i < signs; ++i)
            text += " + 1";
        return text;
    };
    EXPECT_THAT(kept(sum(500)), IsEmpty());
    EXPECT_THAT(parse_error(sum(501)), HasSubstr("the calculation is too long"));
}

TEST(Filter, names_the_nearest_column_to_one_that_is_not_there) {
    const Error error = evaluate_error("kind = 'a' and stunded > 1");
    EXPECT_THAT(error.what, HasSubstr("at character 16: "));
    EXPECT_THAT(error.what, HasSubstr("stunded"));
    EXPECT_THAT(error.remedy, HasSubstr("stunted"));
}

TEST(Filter, refuses_to_compare_text_with_a_number) {
    EXPECT_EQ(to_text(evaluate_error("code = 6838")),
              "at character 6: “code” is text and 6838 is a number. Write the value between single quotes.");
    EXPECT_EQ(to_text(evaluate_error("stunted > '5'")),
              "at character 9: '5' is text and “stunted” is a number. Write the number without quotes.");
    EXPECT_EQ(to_text(evaluate_error("stunted in (1, 'a')")),
              "at character 9: 'a' is text and “stunted” is a number. Write the number without quotes.");
    EXPECT_EQ(to_text(evaluate_error("stunted + 1 > name")),
              "at character 13: “name” is text and the calculation is a number.");
    EXPECT_EQ(to_text(evaluate_error("name * 2 > 1")), "at character 1: “name” is text and cannot be calculated with.");
    EXPECT_EQ(to_text(evaluate_error("stunted like '1%'")),
              "at character 9: “like” needs text, and “stunted” is a number.");
}

TEST(Filter, keeps_nothing_of_nothing) {
    Dataset dataset;
    dataset.table = Table({Column("a", ColumnType::real, std::vector<double>{})}, 0);
    QueryLayers layers;
    layers.list.push_back(
        {.id = "none", .features = std::make_shared<const Features>(std::make_shared<Dataset>(dataset))});
    QueryCache cache;
    Progress progress;
    const auto found = find_hits(parse_condition("a > 1").value(), layers, layers.list[0], cache, progress);
    EXPECT_THAT(found->kept, IsEmpty());
    EXPECT_EQ(found->count, 0u);
}

TEST(Comparable, puts_both_tone_mark_conventions_onto_one) {
    EXPECT_EQ(comparable("HÒA"), comparable("Hoà"));
    EXPECT_EQ(comparable("Thủy"), comparable("Thuỷ"));
    EXPECT_EQ(comparable("khỏe"), comparable("khoẻ"));
    EXPECT_EQ(comparable("Khánh Hòa, Lục Hòa"), "khánh hoà, lục hoà");
}

TEST(Comparable, keeps_diacritics_and_what_is_spelt_the_same_in_both) {
    EXPECT_NE(comparable("Hoà"), comparable("Hoa"));
    EXPECT_NE(comparable("Hoà"), comparable("Hoá"));
    EXPECT_EQ(comparable("của Nguyễn Đoàn"), "của nguyễn đoàn");
    EXPECT_EQ(comparable(""), "");
    EXPECT_EQ(comparable("ABC-12"), "abc-12");
}

TEST(Like, matches_as_sql_does) {
    EXPECT_TRUE(like("", ""));
    EXPECT_TRUE(like("", "%"));
    EXPECT_FALSE(like("", "_"));
    EXPECT_TRUE(like("aab", "%ab"));
    EXPECT_TRUE(like("ababc", "a%b_"));
    EXPECT_FALSE(like("abc", "a%b"));
    EXPECT_TRUE(like("ộ", "_"));
    EXPECT_FALSE(like("ộộ", "_"));
}

}  // namespace
}  // namespace diaban
