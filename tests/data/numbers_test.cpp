// Numbers, codes and dates as people write them; expected values are read off the cells by hand.
#include "data/sheet/numbers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/files.h"
#include "data/sheet/dates.h"
#include "data/sheets.h"

namespace diaban {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto point = NumberConvention::point_decimal;
constexpr auto comma = NumberConvention::comma_decimal;

double value(std::string_view text, NumberConvention convention) {
    const auto number = parse_number(text, convention);
    return number ? number->value : -999;
}

Writing writing(std::string_view text) {
    return look_at_number(text).writing;
}

TEST(Number, shows_its_convention_where_its_marks_allow_one_only) {
    for (const char* text : {"1.234,5", "12,5", "1.234.567", "0,125", "1,5E6", "-3,25", "1 234,5"})
        EXPECT_EQ(writing(text), Writing::comma) << text;
    for (const char* text : {"1,234.5", "12.5", "1,234,567", "0.125", "1.5E6", "+3.25", "1'234.5", ".5"})
        EXPECT_EQ(writing(text), Writing::point) << text;
    for (const char* text : {"1.234", "12,345", "-1.234", "(1.234)", "123.456"})
        EXPECT_EQ(writing(text), Writing::either) << text;
    for (const char* text : {"1234", "0", "1 234", "1e-05", "1\u00a0234\u00a0567", "1\u202f234", "1\u2009234", "1'234",
                             "1\u2019234", "\u22125", "(7)", " 12 "})
        EXPECT_EQ(writing(text), Writing::both) << text;
}

TEST(Number, is_read_under_either_convention) {
    EXPECT_EQ(value("1.234,5", comma), 1234.5);
    EXPECT_EQ(value("1,234.5", point), 1234.5);
    EXPECT_EQ(value("1.234", comma), 1234);
    EXPECT_EQ(value("1.234", point), 1.234);
    EXPECT_EQ(value("1 234", point), 1234);
    EXPECT_EQ(value("1\u202f234,75", comma), 1234.75);
    EXPECT_EQ(value("1'234", comma), 1234);
    EXPECT_EQ(value("12,5%", comma), 12.5);
    EXPECT_EQ(value("12,5 %", comma), 12.5);
    EXPECT_EQ(value("(1.234)", comma), -1234);
    EXPECT_EQ(value("\u22125", comma), -5);
    EXPECT_EQ(value("- 5", comma), -5);
    EXPECT_EQ(value("+5", point), 5);
    EXPECT_EQ(value("1.2E+03", point), 1200);
    EXPECT_EQ(parse_number("1.234.567", comma)->whole, 1234567);
    EXPECT_FALSE(parse_number("12,5", comma)->whole);
}

TEST(Number, is_none_where_its_groups_are_no_thousands_or_words_stand_beside_it) {
    for (const char* text : {"1.23.456", "1,2,3", "1 23", "12 hộ", "120.000đ", "#DIV/0!", "5-7", "1.234.", "x", "%",
                             "12E4", "1 234.567.8", "()", "+", "1.234,567,8", "12.05.2024"})
        EXPECT_EQ(writing(text), Writing::none) << text;
    EXPECT_EQ(writing("06838"), Writing::code);
    EXPECT_EQ(writing("12345678901234567890"), Writing::code);
}

TEST(Number, is_not_there_where_a_cell_says_so) {
    for (const char* text : {"", "  ", "-", "–", "—", "…", "...", "..", "n/a", "N/A", "#N/A", "NULL", "\u00a0"})
        EXPECT_EQ(writing(text), Writing::no_value) << text;
}

TEST(NumberColumn, reads_vietnamese_and_english_numbers_each_by_its_own_cells) {
    const auto result = interpreted(sheet_of({{"xã", "vốn", "budget"},
                                              {"A", "1.234,5", "1,234.5"},
                                              {"B", "1.234", "1,234"},
                                              {"C", "12,5", "12.5"},
                                              {"D", "-", "n/a"},
                                              {"E", "1 234", "…"},
                                              {"F", "", "2'000"}}));
    EXPECT_THAT(texts_of(result.table, "vốn"), ElementsAre("1234.5", "1234", "12.5", "(null)", "1234", "(null)"));
    EXPECT_THAT(texts_of(result.table, "budget"), ElementsAre("1234.5", "1234", "12.5", "(null)", "(null)", "2000"));
    EXPECT_EQ(result.report.find("vốn")->convention, comma);
    EXPECT_EQ(result.report.find("budget")->convention, point);
    EXPECT_THAT(result.report.questions, IsEmpty());
    EXPECT_THAT(result.report.find("vốn")->unread, IsEmpty());
}

TEST(NumberColumn, takes_one_answer_for_all_that_would_ask) {
    const auto sheet = sheet_of({{"xã 1", "hộ", "n"}, {"A 1.234", "1.234", "2.500"}, {"B", "5.678", "7"}});
    ImportOptions all;
    all.numbers["*"] = comma;
    const auto told = interpreted(sheet, all);
    EXPECT_TRUE(told.report.questions.empty());
    EXPECT_THAT(texts_of(told.table, "hộ"), ElementsAre("1234", "5678"));
    EXPECT_THAT(texts_of(told.table, "n"), ElementsAre("2500", "7"));
    EXPECT_EQ(told.table.find("xã 1")->type(), ColumnType::text);
}

TEST(NumberColumn, that_stays_text_for_a_few_words_says_which) {
    const auto result = interpreted(column_of("n", {"1,5", "2,5", "x", "3,5"}));
    EXPECT_EQ(result.table.find("n")->type(), ColumnType::text);
    EXPECT_THAT(texts_of(result.diagnostics),
                ElementsAre("t.xlsx, field n, row 4: the field stays text, as some of its cells are no numbers: x."));
}

TEST(NumberColumn, asks_where_every_cell_can_be_read_in_two_ways) {
    const auto sheet =
        sheet_of({{"xã", "hộ", "tỷ lệ"}, {"A", "1.234", "12,5"}, {"B", "5.678", "3,25"}, {"C", "12", "1"}});
    const auto asked = interpreted(sheet);
    EXPECT_EQ(asked.table.find("hộ")->type(), ColumnType::text);
    EXPECT_THAT(texts_of(asked.table, "hộ"), ElementsAre("1.234", "5.678", "12"));
    EXPECT_TRUE(asked.report.find("hộ")->ambiguous);
    ASSERT_EQ(asked.report.questions.size(), 1U);
    EXPECT_EQ(asked.report.questions[0].column, "hộ");
    // What another column shows is told, and decides nothing.
    EXPECT_EQ(asked.report.questions[0].text,
              "“hộ”: does “1.234” mean 1234 or 1.234? It stays text until you say; elsewhere in "
              "the table there are decimal commas (“tỷ lệ”).");
    EXPECT_THAT(texts_of(asked.diagnostics),
                ElementsAre("t.xlsx, field hộ: the field stays text: whether its points or commas are thousands or "
                            "decimals has to be said."));

    ImportOptions thousands;
    thousands.numbers["hộ"] = comma;
    const auto told = interpreted(sheet, thousands);
    EXPECT_EQ(told.table.find("hộ")->type(), ColumnType::integer);
    EXPECT_THAT(texts_of(told.table, "hộ"), ElementsAre("1234", "5678", "12"));
    EXPECT_THAT(told.report.questions, IsEmpty());
    ImportOptions decimals;
    decimals.numbers["hộ"] = point;
    EXPECT_THAT(texts_of(interpreted(sheet, decimals).table, "hộ"), ElementsAre("1.234", "5.678", "12"));
}

TEST(NumberColumn, of_degrees_with_three_decimals_does_not_ask) {
    const auto result = interpreted(
        sheet_of({{"lon", "Vĩ độ", "x"}, {"107.154", "20,962", "107.154"}, {"106.974", "20,995", "106.974"}}));
    EXPECT_THAT(texts_of(result.table, "lon"), ElementsAre("107.154", "106.974"));
    EXPECT_EQ(result.table.find("lon")->type(), ColumnType::real);
    EXPECT_THAT(texts_of(result.table, "Vĩ độ"), ElementsAre("20.962", "20.995"));
    EXPECT_TRUE(result.report.find("x")->ambiguous);
}

TEST(NumberColumn, stays_text_where_its_cells_contradict_each_other) {
    const auto result = interpreted(column_of("n", {"1.234,5", "1,234.5", "7"}));
    EXPECT_EQ(result.table.find("n")->type(), ColumnType::text);
    EXPECT_THAT(texts_of(result.diagnostics),
                ElementsAre("t.xlsx, field n: the field stays text: “1,234.5” has a decimal point, “1.234,5” a decimal "
                            "comma; say which is meant."));
}

TEST(NumberColumn, lists_every_cell_that_could_not_be_read_with_its_row) {
    const auto result = interpreted(column_of(
        "n", {"1", "2", "chưa có", "4", "5", "6", "#DIV/0!", "8", "9", "10", "khoảng 11", "12", "13", "14", "15"}));
    EXPECT_EQ(result.table.find("n")->type(), ColumnType::integer);
    EXPECT_EQ(result.table.find("n")->null_count(), 3U);
    EXPECT_THAT(result.report.find("n")->unread,
                ElementsAre(UnreadCell{4, "chưa có"}, UnreadCell{8, "#DIV/0!"}, UnreadCell{12, "khoảng 11"}));
    EXPECT_THAT(texts_of(result.diagnostics),
                ElementsAre("t.xlsx, field n, row 4: 3 values could not be read: chưa có; #DIV/0!; khoảng 11."));
}

TEST(NumberColumn, needs_four_numbers_for_each_cell_that_is_none) {
    EXPECT_EQ(interpreted(column_of("n", {"1", "2", "3", "4", "x"})).table.find("n")->type(), ColumnType::integer);
    EXPECT_EQ(interpreted(column_of("n", {"1", "2", "3", "x"})).table.find("n")->type(), ColumnType::text);
}

TEST(NumberColumn, keeps_percent_as_the_number_before_it) {
    const auto result = interpreted(column_of("tỷ lệ", {"12,5%", "100%", "0,75 %"}));
    EXPECT_THAT(texts_of(result.table, "tỷ lệ"), ElementsAre("12.5", "100", "0.75"));
    EXPECT_TRUE(result.report.find("tỷ lệ")->percent);
    EXPECT_THAT(result.diagnostics, IsEmpty());
    EXPECT_THAT(
        texts_of(interpreted(column_of("p", {"5%", "6", "7%"})).diagnostics),
        ElementsAre("t.xlsx, field p: some of its numbers bear “%” and others do not; all were taken as they are "
                    "written."));
}

TEST(NumberColumn, takes_a_spreadsheets_own_numbers_for_what_they_are) {
    const auto result = interpreted(column_of("n", {1.234, 5.678, 1000.0}));
    EXPECT_THAT(texts_of(result.table, "n"), ElementsAre("1.234", "5.678", "1000"));
    EXPECT_THAT(result.report.questions, IsEmpty());
    // Beside them, text that can be read in two ways still asks.
    EXPECT_TRUE(interpreted(column_of("n", {1.5, "1.234"})).report.find("n")->ambiguous);
}

TEST(CodeColumn, stays_text) {
    const auto result = interpreted(sheet_of({{"Mã xã", "id", "SĐT", "n", "plot", "level"},
                                              {"06838", "1001", "0912345678", "1", "0012", "1"},
                                              {"16841", "1002", "912345679", "22", "13", "2"}}));
    for (const char* code : {"Mã xã", "id", "SĐT", "plot"})
        EXPECT_EQ(result.table.find(code)->type(), ColumnType::text) << code;
    for (const char* number : {"n", "level"})
        EXPECT_EQ(result.table.find(number)->type(), ColumnType::integer) << number;
    EXPECT_THAT(texts_of(result.table, "plot"), ElementsAre("0012", "13"));
}

TEST(CodeColumn, of_a_spreadsheets_numbers_becomes_text_without_decimals) {
    const auto result =
        interpreted(sheet_of({{"Mã số", "Kode Desa", "n"}, {6838.0, 101.0, 5.0}, {10003.0, 102.0, 6.0}}));
    EXPECT_THAT(texts_of(result.table, "Mã số"), ElementsAre("6838", "10003"));
    EXPECT_EQ(result.table.find("Kode Desa")->type(), ColumnType::text);
    EXPECT_EQ(result.table.find("n")->type(), ColumnType::integer);
}

TEST(DateColumn, reads_iso_and_day_first_and_says_where_nothing_shows_the_order) {
    const auto result = interpreted(sheet_of({{"iso", "ngày", "us", "either", "mixed"},
                                              {"2025-07-01", "31/12/2024", "12/31/2024", "3/4/2025", "31/12/2024"},
                                              {"2025/7/2", "1.2.2025", "1/2/2025", "05-06-2025", "12/31/2024"}}));
    EXPECT_THAT(texts_of(result.table, "iso"), ElementsAre("2025-07-01", "2025-07-02"));
    EXPECT_EQ(result.table.find("iso")->type(), ColumnType::date);
    EXPECT_THAT(texts_of(result.table, "ngày"), ElementsAre("2024-12-31", "2025-02-01"));
    EXPECT_THAT(texts_of(result.table, "us"), ElementsAre("2024-12-31", "2025-01-02"));
    EXPECT_THAT(texts_of(result.table, "either"), ElementsAre("2025-04-03", "2025-06-05"));
    EXPECT_EQ(result.table.find("mixed")->type(), ColumnType::text);
    EXPECT_THAT(texts_of(result.diagnostics),
                ElementsAre("t.xlsx, field either: its dates were read day first, then month; nothing in the column "
                            "says otherwise.",
                            AllOf(HasSubstr("field mixed: the field stays text"), HasSubstr("31/12/2024"))));
}

TEST(DateColumn, keeps_times_and_lists_what_is_no_date) {
    const auto result = interpreted(column_of(
        "at", {"01/07/2025 08:30", "2025-07-02T10:00:00+07:00", "03/07/2025", "30/02/2025", "05/07/2025", "-"}));
    EXPECT_EQ(result.table.find("at")->type(), ColumnType::date_time);
    EXPECT_THAT(texts_of(result.table, "at"),
                ElementsAre("2025-07-01T08:30:00Z", "2025-07-02T03:00:00Z", "2025-07-03T00:00:00Z", "(null)",
                            "2025-07-05T00:00:00Z", "(null)"));
    EXPECT_THAT(result.report.find("at")->unread, ElementsAre(UnreadCell{5, "30/02/2025"}));
}

TEST(Date, of_no_calendar_is_none) {
    EXPECT_FALSE(parse_iso_date("2025-13-01"));
    EXPECT_FALSE(parse_iso_date("2025-07-01x"));
    EXPECT_FALSE(parse_date("1/7/25", DateOrder::day_first));
    EXPECT_FALSE(parse_date("1/7-2025", DateOrder::day_first));
    EXPECT_EQ(parse_iso_date("1970-01-02")->days, 1);
}

}  // namespace
}  // namespace diaban
