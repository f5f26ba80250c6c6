#include "data/sheet/long_form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/sheets.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(YearName, is_a_quantity_and_one_year) {
    EXPECT_EQ(parse_year_name("SDD 2021"), (YearName{"SDD", 2021}));
    EXPECT_EQ(parse_year_name("2021_hộ"), (YearName{"hộ", 2021}));
    EXPECT_EQ(parse_year_name("Năm 2023"), (YearName{"", 2023}));
    EXPECT_EQ(parse_year_name("Số hộ năm 2023"), (YearName{"Số hộ", 2023}));
    EXPECT_EQ(parse_year_name("Tahun 2023"), (YearName{"", 2023}));
    EXPECT_EQ(parse_year_name("2022"), (YearName{"", 2022}));
    EXPECT_EQ(parse_year_name("2021 · Số hộ"), (YearName{"Số hộ", 2021}));
    EXPECT_EQ(parse_year_name("Nhà tiêu (2024) HVS"), (YearName{"Nhà tiêu HVS", 2024}));
    for (const char* none : {"SDD", "2021-2025", "12345", "SDD 3021", "06838", ""})
        EXPECT_EQ(parse_year_name(none), std::nullopt) << none;
}

TEST(LongForm, is_offered_and_made_only_on_request) {
    const auto sheet = sheet_of({{"xã", "SDD 2021", "SDD 2022"}, {"A", 5.0, 4.0}, {"B", 3.0, ""}});
    const auto wide = interpreted(sheet);
    ASSERT_EQ(wide.report.year_groups.size(), 1U);
    EXPECT_EQ(wide.report.year_groups[0], (YearGroup{"SDD", {"SDD 2021", "SDD 2022"}, {2021, 2022}}));
    EXPECT_THAT(names_of(wide.table), ElementsAre("xã", "SDD 2021", "SDD 2022"));

    ImportOptions options;
    options.long_form = "year";
    const auto longer = interpreted(sheet, options);
    EXPECT_THAT(names_of(longer.table), ElementsAre("xã", "year", "SDD"));
    EXPECT_THAT(texts_of(longer.table, "xã"), ElementsAre("A", "A", "B", "B"));
    EXPECT_THAT(texts_of(longer.table, "year"), ElementsAre("2021", "2022", "2021", "2022"));
    EXPECT_EQ(longer.table.find("year")->type(), ColumnType::integer);
    EXPECT_THAT(texts_of(longer.table, "SDD"), ElementsAre("5", "4", "3", "(null)"));
    EXPECT_THAT(longer.file_rows, ElementsAre(2, 2, 3, 3));
    EXPECT_EQ(longer.report.rows_in_file, 3);
}

TEST(LongForm, takes_several_quantities_at_once_and_leaves_what_is_missing_null) {
    ImportOptions options;
    options.long_form = "year";
    const auto result = interpreted(sheet_of({{"year", "2021", "", "2022", "", "kind"},
                                              {"", "hộ", "tỷ lệ", "hộ", "tỷ lệ", ""},
                                              {"A", 10.0, 1.5, 11.0, 2.0, "x"},
                                              {"B", 20.0, 2.5, 21.0, 3.0, "y"}}),
                                    options);
    EXPECT_THAT(names_of(result.table), ElementsAre("year", "year_2", "hộ", "tỷ lệ", "kind"));
    EXPECT_THAT(texts_of(result.table, "hộ"), ElementsAre("10", "11", "20", "21"));
    EXPECT_THAT(texts_of(result.table, "tỷ lệ"), ElementsAre("1.5", "2", "2.5", "3"));
    EXPECT_THAT(texts_of(result.table, "kind"), ElementsAre("x", "x", "y", "y"));

    const auto uneven =
        interpreted(sheet_of({{"xã", "a 2020", "a 2021", "b 2021", "b 2023"}, {"A", 1.0, 2.0, 3.0, 4.5}}), options);
    EXPECT_THAT(texts_of(uneven.table, "year"), ElementsAre("2020", "2021", "2023"));
    EXPECT_THAT(texts_of(uneven.table, "a"), ElementsAre("1", "2", "(null)"));
    EXPECT_THAT(texts_of(uneven.table, "b"), ElementsAre("(null)", "3", "4.5"));  // a whole number and a real one
}

TEST(LongForm, loses_nothing) {
    std::vector<std::vector<Shown>> rows{{"mã", "n 2020", "n 2021", "n 2022", "m 2020", "m 2022", "once 2020"}};
    std::size_t values = 0;
    for (int row = 0; row < 50; ++row) {
        auto& cells = rows.emplace_back();
        cells.emplace_back(std::to_string(10000 + row));
        for (int column = 0; column < 6; ++column) {
            const bool blank = (row * 7 + column * 3) % 5 == 0;
            cells.emplace_back(blank ? Shown("") : Shown(row * 10.0 + column));
            values += blank || column == 5 ? 0 : 1;
        }
    }
    ImportOptions options;
    options.long_form = "year";
    const Sheet sheet = sheet_of(rows);
    const auto wide = interpreted(sheet), longer = interpreted(sheet, options);
    EXPECT_EQ(longer.table.row_count(), wide.table.row_count() * 3);
    std::size_t kept = 0;
    for (const char* name : {"n", "m"})
        kept += longer.table.find(name)->size() - longer.table.find(name)->null_count();
    EXPECT_EQ(kept, values);
    EXPECT_NE(longer.table.find("once 2020"), nullptr);  // one year makes no group
}

TEST(LongForm, of_a_table_without_year_columns_is_the_table) {
    ImportOptions options;
    options.long_form = "year";
    const auto sheet = sheet_of({{"xã", "n"}, {"A", 1.0}});
    EXPECT_EQ(interpreted(sheet, options).table, interpreted(sheet).table);
    EXPECT_THAT(interpreted(sheet, options).report.year_groups, IsEmpty());
}

}  // namespace
}  // namespace diaban
