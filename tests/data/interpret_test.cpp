// Finding the table in sheets as offices make them.
#include "data/sheet/interpret.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/files.h"
#include "data/sheet/table_shape.h"
#include "data/sheet/totals.h"
#include "data/sheets.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Why = LeftOutRow::Why;

/// "1 title", "3 empty" …: the rows that are not in the table.
std::vector<std::string> left_out(const Interpreted& result) {
    static constexpr const char* words[] = {"title", "header", "total", "empty", "note"};
    std::vector<std::string> rows;
    for (const LeftOutRow& row : result.report.left_out)
        rows.push_back(std::to_string(row.row) + " " + words[static_cast<int>(row.why)]);
    return rows;
}

/// Every row of the file is in the table or in the report.
void expect_complete(const Interpreted& result, const Sheet& sheet) {
    EXPECT_EQ(result.report.rows_in_file, static_cast<int64_t>(sheet.rows.size()));
    EXPECT_EQ(result.table.row_count() + result.report.left_out.size(), sheet.rows.size());
    EXPECT_EQ(result.file_rows.size(), result.table.row_count());
}

Sheet report_sheet() {
    return sheet_of({{"UBND TỈNH QUẢNG NINH", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
                     {"SỞ Y TẾ", "", "", "Độc lập - Tự do - Hạnh phúc"},
                     {},
                     {"BÁO CÁO KẾT QUẢ THỰC HIỆN CHƯƠNG TRÌNH NĂM 2024"},
                     {},
                     {"", "", "", "", "", "Đơn vị tính: hộ"},
                     {"STT", "Mã xã", "Tên xã", "Tổng số hộ", "Nhà tiêu", "", "Ghi chú"},
                     {"", "", "", "", "Hợp vệ sinh", "Không", ""},
                     {"(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"},
                     {"", "", "Tổng cộng", 300.0, 200.0, 100.0, ""},
                     {1.0, 6838.0, "Bình Liêu", 100.0, 80.0, 20.0, ""},
                     {2.0, 6841.0, "Tổng Cọt", 100.0, 60.0, 40.0, "mới"},
                     {},
                     {3.0, 6844.0, "Cộng Hòa", 100.0, 60.0, 40.0, ""},
                     {},
                     {"Ghi chú: số liệu đến 31/12/2024"},
                     {},
                     {"", "", "", "", "Hạ Long, ngày 5 tháng 1 năm 2025"},
                     {"", "Người lập biểu", "", "", "GIÁM ĐỐC"},
                     {},
                     {"", "Nguyễn Văn A", "", "", "Trần Thị B"}});
}

TEST(Interpret, finds_the_table_in_an_office_report_and_lists_every_other_row) {
    const Sheet sheet = report_sheet();
    const auto result = interpreted(sheet);
    EXPECT_EQ(result.report.header_row, 7);
    EXPECT_EQ(result.report.header_rows, 2);
    EXPECT_THAT(names_of(result.table), ElementsAre("STT", "Mã xã", "Tên xã", "Tổng số hộ", "Nhà tiêu · Hợp vệ sinh",
                                                    "Nhà tiêu · Không", "Ghi chú"));
    EXPECT_THAT(texts_of(result.table, "Tên xã"), ElementsAre("Bình Liêu", "Tổng Cọt", "Cộng Hòa"));
    EXPECT_THAT(texts_of(result.table, "Mã xã"), ElementsAre("6838", "6841", "6844"));
    EXPECT_THAT(texts_of(result.table, "Nhà tiêu · Không"), ElementsAre("20", "40", "40"));
    EXPECT_THAT(result.file_rows, ElementsAre(11, 12, 14));
    EXPECT_THAT(left_out(result), ElementsAre("1 title", "2 title", "3 empty", "4 title", "5 empty", "6 title",
                                              "7 header", "8 header", "9 header", "10 total", "13 empty", "15 empty",
                                              "16 note", "17 empty", "18 note", "19 note", "20 empty", "21 note"));
    EXPECT_EQ(result.report.left_out[9].text, "Tổng cộng; 300; 200; 100");
    expect_complete(result, sheet);
    EXPECT_THAT(texts_of(result.diagnostics), ElementsAre("t.xlsx, row 10: 1 row of totals was left out: Tổng cộng."));
    EXPECT_EQ(result.report.head.size(), 20U);
}

TEST(Interpret, keeps_totals_on_request) {
    ImportOptions options;
    options.keep_totals = true;
    const auto result = interpreted(report_sheet(), options);
    EXPECT_THAT(texts_of(result.table, "Tên xã"), ElementsAre("Tổng cộng", "Bình Liêu", "Tổng Cọt", "Cộng Hòa"));
    EXPECT_THAT(result.diagnostics, IsEmpty());
}

TEST(Totals, are_known_by_their_words_in_three_languages) {
    for (const char* label : {"Tổng", "TỔNG CỘNG", "Tổng số", "Cộng", "Cộng:", "Toàn tỉnh", "TOÀN TỈNH", "Total",
                              "GRAND TOTAL", "Subtotal", "Sub-total", "Jumlah", "Total keseluruhan", "JUMLAH TOTAL",
                              "Tổng số (I+II)", "Cả nước", "Tong cong", "Tổng cộng toàn tỉnh", "  Tổng  "})
        EXPECT_TRUE(is_total_label(label)) << label;
    for (const char* name : {"Xã Tổng Cọt", "Tổng Cọt", "Cộng Hòa", "Xã Cộng Hòa", "Cộng Hoà", "Tông Cọ", "Tòng Đậu",
                             "Tong", "Total population", "Jumlah penduduk", "Toàn Thắng", "Sumber", "Bình Liêu", ""})
        EXPECT_FALSE(is_total_label(name)) << name;
}

TEST(Totals, are_no_rows_that_have_a_code_or_a_place_before_the_word) {
    const auto coded =
        interpreted(sheet_of({{"Mã", "Tên", "n"}, {"06838", "Cộng", 5.0}, {"06841", "Ba", 7.0}, {"", "Cộng", 12.0}}));
    EXPECT_THAT(texts_of(coded.table, "Tên"), ElementsAre("Cộng", "Ba"));
    const auto province = interpreted(sheet_of({{"Mã", "Tên", "n"}, {"22", "Toàn tỉnh", 12.0}, {"06841", "Ba", 7.0}}));
    EXPECT_THAT(texts_of(province.table, "Tên"), ElementsAre("Ba"));
    // A table that tells men, women and both apart has its totals in it.
    const auto kinds =
        interpreted(sheet_of({{"xã", "giới", "n"}, {"A", "nam", 5.0}, {"A", "nữ", 7.0}, {"A", "Tổng", 12.0}}));
    EXPECT_EQ(kinds.table.row_count(), 3U);
    const auto numbered =
        interpreted(sheet_of({{"STT", "xã", "n"}, {"I", "Tổng số", 12.0}, {1.0, "A", 5.0}, {2.0, "B", 7.0}}));
    EXPECT_THAT(texts_of(numbered.table, "xã"), ElementsAre("A", "B"));
}

TEST(Totals, of_an_area_that_the_table_names_are_left_out) {
    const auto result = interpreted(sheet_of({{"Huyện", "Xã", "n"},
                                              {"TP. Hạ Long", "Hà Tu", 1.0},
                                              {"", "Hà Lầm", 4.0},
                                              {"Cộng Hạ Long", "", 5.0},
                                              {"Cẩm Phả", "Cộng Hòa", 7.0},
                                              {"Cẩm Phả Total", "", 7.0},
                                              {"Tổng Cọt", "X", 1.0}}));
    EXPECT_THAT(texts_of(result.table, "Xã"), ElementsAre("Hà Tu", "Hà Lầm", "Cộng Hòa", "X"));
    EXPECT_EQ(totalled_area("Jumlah Kec. Srandakan"), "srandakan");
    EXPECT_EQ(totalled_area("Tổng số"), "");
    EXPECT_EQ(totalled_area("Bình Liêu"), "");
    EXPECT_EQ(bare_area("Huyện Bình Liêu"), "bình liêu");
}

TEST(Totals, are_rows_numbered_otherwise_that_are_the_sum_of_those_below) {
    const auto sheet = [](double first) {
        return sheet_of({{"STT", "Tên", "hộ", "tỷ lệ"},
                         {"I", "Hạ Long", first, 8.0},
                         {1.0, "Hà Tu", 1000.0, 10.0},
                         {2.0, "Hà Lầm", 2000.0, 7.0},
                         {"II", "Cẩm Phả", 500.0, 9.0},
                         {1.0, "Cửa Ông", 500.0, 9.0}});
    };
    EXPECT_THAT(texts_of(interpreted(sheet(3000)).table, "Tên"), ElementsAre("Hà Tu", "Hà Lầm", "Cửa Ông"));
    // One that does not add up: then they may be units of their own.
    EXPECT_EQ(interpreted(sheet(3001)).table.row_count(), 5U);
}

TEST(Interpret, notes_rows_of_a_text_file_that_are_longer_than_the_heading) {
    Sheet sheet = sheet_of({{"a", "b"}, {"1", "2"}, {"6", "7", "8"}, {"9", "10"}});
    sheet.separator = ",";
    EXPECT_THAT(texts_of(interpreted(sheet).diagnostics),
                ElementsAre("t.xlsx, row 3: 1 row has more cells than the heading; a separator in a text may have cut "
                            "it: 6; 7; 8."));
}

TEST(Interpret, says_how_columns_of_the_same_name_are_told_apart) {
    const auto result = interpreted(sheet_of({{"xã", "n", "n"}, {"A", 1.0, 2.0}}));
    EXPECT_THAT(texts_of(result.diagnostics), ElementsAre("t.xlsx: columns of the same name are told apart: n → n_2."));
}

TEST(Header, of_one_row_at_the_top_is_the_rule) {
    const Sheet sheet = sheet_of({{"code", "2021", "2022", "code"}, {"06838", "5", "6", "x"}});
    const auto result = interpreted(sheet);
    EXPECT_THAT(names_of(result.table), ElementsAre("code", "2021", "2022", "code_2"));
    EXPECT_EQ(result.report.header_row, 1);
    expect_complete(result, sheet);
    EXPECT_THAT(names_of(interpreted(sheet_of({{"name", "note"}, {"A", "x"}, {"B", "y"}})).table),
                ElementsAre("name", "note"));
    EXPECT_EQ(interpreted(sheet_of({{"name"}, {"A"}, {"B"}})).table.row_count(), 2U);
}

TEST(Header, is_none_where_every_cell_of_the_first_row_is_a_number) {
    const auto result = interpreted(sheet_of({{"5", "7.5"}, {"6", "8.5"}}));
    EXPECT_THAT(names_of(result.table), ElementsAre("column_1", "column_2"));
    EXPECT_EQ(result.report.header_row, 0);
    EXPECT_EQ(result.table.row_count(), 2U);
}

TEST(Header, that_is_missing_under_a_title_leaves_the_title_out_of_the_table) {
    const Sheet sheet = sheet_of({{"BÁO CÁO 2024"}, {}, {"06838", "Bình Liêu", 5.5}, {"06841", "Hoành Mô", 7.25}});
    const auto result = interpreted(sheet);
    EXPECT_THAT(names_of(result.table), ElementsAre("column_1", "column_2", "column_3"));
    EXPECT_THAT(left_out(result), ElementsAre("1 title", "2 empty"));
    expect_complete(result, sheet);
}

TEST(Interpret, takes_text_merged_over_rows_for_each_of_them_and_numbers_once) {
    Sheet sheet =
        sheet_of({{"huyện", "xã", "n", "vốn"}, {"Bình Liêu", "A", 1.5, 30.0}, {"", "B", 2.5, ""}, {"", "C", 3.5, 7.0}});
    sheet.merged = {{1, 0, 2, 1}, {1, 3, 2, 1}};
    const auto result = interpreted(sheet);
    EXPECT_THAT(texts_of(result.table, "huyện"), ElementsAre("Bình Liêu", "Bình Liêu", "(null)"));
    EXPECT_THAT(texts_of(result.table, "vốn"), ElementsAre("30", "(null)", "7"));
}

TEST(Header, is_what_the_user_says) {
    const Sheet sheet = sheet_of({{"a", "b"}, {"c", "d"}, {"e", "f"}});
    ImportOptions none;
    none.header_row = -1;
    EXPECT_THAT(texts_of(interpreted(sheet, none).table, "column_1"), ElementsAre("a", "c", "e"));
    ImportOptions second;
    second.header_row = 2;
    EXPECT_THAT(names_of(interpreted(sheet, second).table), ElementsAre("c", "d"));
    EXPECT_THAT(left_out(interpreted(sheet, second)), ElementsAre("1 title", "2 header"));
    ImportOptions two;
    two.header_row = 1;
    two.header_rows = 2;
    EXPECT_THAT(names_of(interpreted(sheet, two).table), ElementsAre("a · c", "b · d"));
    ImportOptions beyond;
    beyond.header_row = 99;
    EXPECT_EQ(interpreted(sheet, beyond).table.row_count(), 0U);
    expect_complete(interpreted(sheet, beyond), sheet);
}

TEST(Header, of_three_rows_is_joined_and_merged_cells_count_once) {
    Sheet sheet = sheet_of({{"Xã", "Hộ", "", "", "", "Ghi chú"},
                            {"", "2023", "", "2024", "", ""},
                            {"", "nghèo", "khác", "nghèo", "khác", ""},
                            {"A", 1.0, 2.0, 3.0, 4.0, "x"},
                            {"B", 5.0, 6.0, 7.0, 8.0, ""}});
    const std::vector<std::string> names{
        "Xã", "Hộ · 2023 · nghèo", "Hộ · 2023 · khác", "Hộ · 2024 · nghèo", "Hộ · 2024 · khác", "Ghi chú"};
    EXPECT_EQ(names_of(interpreted(sheet).table), names);
    EXPECT_EQ(interpreted(sheet).table.row_count(), 2U);
    sheet.merged = {{0, 0, 3, 1}, {0, 1, 1, 4}, {1, 1, 1, 2}, {1, 3, 1, 2}, {0, 5, 3, 1}};
    EXPECT_EQ(names_of(interpreted(sheet).table), names);
    ASSERT_EQ(interpreted(sheet).report.year_groups.size(), 2U);
    EXPECT_EQ(interpreted(sheet).report.year_groups[0].name, "Hộ · nghèo");
}

TEST(Header, with_groups_over_all_columns_and_units_below) {
    const auto groups =
        interpreted(sheet_of({{"Địa bàn", "", "Số liệu", ""}, {"Mã", "Tên", "Hộ", "Người"}, {"06838", "A", 1.0, 2.0}}));
    EXPECT_THAT(names_of(groups.table),
                ElementsAre("Địa bàn · Mã", "Địa bàn · Tên", "Số liệu · Hộ", "Số liệu · Người"));
    const auto units =
        interpreted(sheet_of({{"Tên", "Dân số", "Diện tích"}, {"", "(người)", "(km²)"}, {"A", 5.0, 2.5}}));
    EXPECT_THAT(names_of(units.table), ElementsAre("Tên", "Dân số · (người)", "Diện tích · (km²)"));
}

TEST(Header, has_a_second_row_with_a_unit_below_a_heading_of_one_column) {
    const auto result = interpreted(sheet_of({{"BÁO CÁO", "", "", "", ""},
                                              {"", "", "", "", ""},
                                              {"STT", "Tên xã", "Số trẻ", "", "Tỷ lệ"},
                                              {"", "", "Cân đo", "Thấp còi", "(%)"},
                                              {"(1)", "(2)", "(3)", "(4)", "(5)"},
                                              {"1", "P. Hà Tu", "1.200", "100", "12,5"},
                                              {"2", "P. Hà Lầm", "2.300", "99", "4,3"}}));
    EXPECT_EQ(result.report.header_row, 3);
    EXPECT_EQ(result.report.header_rows, 2);
    EXPECT_THAT(names_of(result.table),
                ElementsAre("STT", "Tên xã", "Số trẻ · Cân đo", "Số trẻ · Thấp còi", "Tỷ lệ · (%)"));
    EXPECT_EQ(result.table.row_count(), 2U);
}

TEST(Header, has_a_second_row_of_words_over_numbers_that_leaves_the_first_column_blank) {
    const auto units =
        interpreted(sheet_of({{"Xã", "Dân số", "Diện tích"}, {"", "người", "ha"}, {"A", 5.0, 2.5}, {"B", 6.0, 3.5}}));
    EXPECT_THAT(names_of(units.table), ElementsAre("Xã", "Dân số · người", "Diện tích · ha"));
    const auto years = interpreted(sheet_of({{"Desa", "2021", "2021"}, {"", "Kasus", "Rumah"}, {"P", 1.0, 2.0}}));
    EXPECT_THAT(names_of(years.table), ElementsAre("Desa", "2021 · Kasus", "2021 · Rumah"));
    // Words in the first column, or over words, or none at all: rows of the table.
    EXPECT_EQ(
        interpreted(sheet_of({{"Xã", "n", "m"}, {"A", "chưa báo cáo", "chưa"}, {"B", 1.0, 2.0}})).report.header_rows,
        1);
    EXPECT_EQ(interpreted(sheet_of({{"Xã", "n", "m"}, {"", "-", "n/a"}, {"B", 1.0, 2.0}})).report.header_rows, 1);
}

TEST(Header, stays_one_row_where_the_next_is_a_row_of_words) {
    const auto result = interpreted(sheet_of({{"Tên", "", "Ghi chú"}, {"A", "x", "y"}, {"B", "z", "w"}}));
    EXPECT_THAT(names_of(result.table), ElementsAre("Tên", "column_2", "Ghi chú"));
    EXPECT_EQ(result.table.row_count(), 2U);
}

TEST(ColumnNumbers, are_left_out_where_they_can_be_no_row) {
    const auto letters = interpreted(sheet_of({{"STT", "Tên", "a", "b"}, {"A", "B", "1", "2"}, {"1", "Ba", "5", "6"}}));
    EXPECT_THAT(texts_of(letters.table, "Tên"), ElementsAre("Ba"));
    EXPECT_THAT(left_out(letters), ElementsAre("1 header", "2 header"));
    const auto plain = interpreted(sheet_of({{"Mã", "Tên", "n"}, {"1", "2", "3"}, {"06838", "Ba", "5"}}));
    EXPECT_EQ(plain.table.row_count(), 1U);
    // Nothing but numbers, or letters that are names: rows.
    EXPECT_EQ(interpreted(sheet_of({{"a", "b", "c"}, {"1", "2", "3"}, {"4", "5", "6"}})).table.row_count(), 2U);
    EXPECT_EQ(interpreted(sheet_of({{"name", "n", "m"}, {"A", "1", "2"}, {"B", "3", "4"}})).table.row_count(), 2U);
}

TEST(Interpret, passes_over_blank_columns_and_names_those_without_heading) {
    const auto result = interpreted(sheet_of({{"", "xã", "n", ""}, {"", "A", 5.0, "x"}, {"", "B", 6.0, ""}}));
    EXPECT_THAT(names_of(result.table), ElementsAre("xã", "n", "column_4"));
}

TEST(Interpret, of_nothing_is_an_empty_table) {
    const auto nothing = interpreted(Sheet{});
    EXPECT_EQ(nothing.table.row_count(), 0U);
    EXPECT_THAT(nothing.report.left_out, IsEmpty());
    const Sheet heading = sheet_of({{"code", "name"}});
    EXPECT_EQ(interpreted(heading).table.columns().size(), 2U);
    expect_complete(interpreted(heading), heading);
}

TEST(Interpret, reads_each_columns_encoding_its_heading_included) {
    // TCVN3 (ABC): "Xã" is "X\xb7", "Bình Liêu" is "B\xd7nh Li\xaau", "Hoành Mô" is "Ho\xb5nh M\xab".
    const auto result = interpreted(sheet_of({{"Tªn x·", "Tên mới"},
                                              {"B×nh Liªu", "Bình Liêu"},
                                              {"Hoµnh M«", "Hoành Mô"},
                                              {"§ång V¨n", "Đồng Văn"},
                                              {"Lôc Hån", "Lục Hồn"}}));
    EXPECT_THAT(names_of(result.table), ElementsAre("Tên xã", "Tên mới"));
    EXPECT_THAT(texts_of(result.table, "Tên xã"), ElementsAre("Bình Liêu", "Hoành Mô", "Đồng Văn", "Lục Hồn"));
    EXPECT_EQ(result.report.find("Tên xã")->encoding, "tcvn3");
    EXPECT_FALSE(result.report.find("Tên xã")->samples.empty());
    EXPECT_EQ(result.report.find("Tên mới")->encoding, "");
    EXPECT_THAT(texts_of(result.diagnostics), ElementsAre(HasSubstr("TCVN3")));
}

}  // namespace
}  // namespace diaban
