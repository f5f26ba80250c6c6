// Small files that ask for more than any machine has: refused in words, or read for what is really in them, at once.
#include <gmock/gmock.h>

#include <chrono>

#include "data/mutations.h"

namespace diaban {
namespace {

using testing::HasSubstr;

const std::string xlsx_names = R"(xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main")";

SeedFile workbook_of(const std::string& sheet_data, const std::string& strings = "") {
    return {"t.xlsx",
            {{"xl/workbook.xml", "<workbook " + xlsx_names +
                                     R"( xmlns:r="urn:r"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>)"},
             {"xl/_rels/workbook.xml.rels",
              R"(<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>)"},
             {"xl/sharedStrings.xml", "<sst " + xlsx_names + ">" + strings + "</sst>"},
             {"xl/worksheets/sheet1.xml",
              "<worksheet " + xlsx_names + "><sheetData>" + sheet_data + "</sheetData></worksheet>"}},
            true};
}

SeedFile open_document_of(const std::string& table, const std::string& head = "") {
    const std::string names = R"(xmlns:office="urn:o" xmlns:table="urn:t" xmlns:text="urn:x")";
    return {"t.ods",
            {{"content.xml", head + "<office:document-content " + names + "><table:table>" + table +
                                 "</table:table></office:document-content>"}},
            true};
}

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

class AbsurdFile : public testing::Test {
protected:
    /// The error's words, or "rows × columns"; within a minute on the busiest machine.
    std::string outcome(const SeedFile& file) {
        write_seed(folder_.path() / "f", file);
        const auto start = std::chrono::steady_clock::now();
        const auto read = read_all(folder_.path() / "f" / file.name);
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
        EXPECT_EQ(wrong_with(read, true), "");
        if (!read) return read.error().what;
        const Table& table = read->front()->table;
        return std::to_string(table.row_count()) + " × " + std::to_string(table.columns().size());
    }
    std::string outcome(const std::string& csv) { return outcome(SeedFile{"t.csv", {{"t.csv", csv}}, false}); }

private:
    TemporaryFolder folder_;
};

TEST_F(AbsurdFile, with_a_cell_in_the_last_corner_is_two_rows) {
    EXPECT_EQ(outcome(workbook_of(R"(<row r="1"><c r="A1"><v>1</v></c></row>)"
                                  R"(<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>)")),
              "2 × 2");
}

TEST_F(AbsurdFile, with_rows_that_cannot_be_is_refused) {
    EXPECT_EQ(outcome(workbook_of(R"(<row r="9223372036854775807"><c><v>1</v></c></row>)")),
              "a cell lies outside of the 1,048,576 rows and 16,384 columns that a spreadsheet can have");
    EXPECT_EQ(outcome(workbook_of(R"(<c r="A1"><v>1</v></c><row r="0"><c r="A0"><v>2</v></c></row>)")), "1 × 1");
    EXPECT_EQ(outcome(open_document_of(R"(<table:table-row table:number-rows-repeated="9223372036854775807"/>)"
                                       R"(<table:table-row><table:table-cell office:value-type="float" )"
                                       R"(office:value="1"/></table:table-row>)")),
              "a cell lies outside of the 1,048,576 rows and 16,384 columns that a spreadsheet can have");
}

TEST_F(AbsurdFile, with_a_percentage_next_to_nothing_is_read) {
    EXPECT_EQ(outcome(open_document_of(R"(<table:table-row><table:table-cell office:value-type="percentage" )"
                                       R"(office:value="1e-320"/></table:table-row>)")),
              "1 × 1");
}

TEST_F(AbsurdFile, with_cells_or_texts_repeated_without_end_is_refused) {
    const std::string refused = "its cells repeat so often, or lie so far apart, that they are too many to be read";
    EXPECT_EQ(outcome(open_document_of(R"(<table:table-row table:number-rows-repeated="1048576"><table:table-cell )"
                                       R"(table:number-columns-repeated="16384" office:value-type="float" )"
                                       R"(office:value="1"/></table:table-row>)")),
              refused);
    EXPECT_EQ(outcome(workbook_of("<row>" + repeated(R"(<c t="s"><v>0</v></c>)", 600) + "</row>",
                                  "<si><t>" + std::string(1'000'000, 'x') + "</t></si>")),
              refused);
}

TEST_F(AbsurdFile, that_unpacks_to_hundreds_of_times_its_size_is_refused) {
    EXPECT_EQ(outcome(workbook_of(std::string(270'000'000, ' '))),
              "the file unpacks to more than 200 times its size, as no spreadsheet does");
    std::string entities = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">";
    for (char c = 'b'; c < 'k'; ++c)
        entities += std::string("<!ENTITY ") + c + " \"" +
                    repeated(std::string("&") + static_cast<char>(c - 1) + ";", 10) + "\">";
    EXPECT_THAT(outcome(open_document_of("<table:table-row><table:table-cell><text:p>&j;</text:p></table:table-cell>"
                                         "</table:table-row>",
                                         entities + "]>")),
                HasSubstr("the file is damaged or incomplete (content.xml: "));
}

TEST_F(AbsurdFile, with_a_tag_without_end_or_tags_without_bottom_is_refused_or_empty) {
    EXPECT_EQ(outcome(workbook_of("<row r=\"" + std::string(20'000'000, '1') + "\"/>")),
              "the file is damaged or incomplete (xl/worksheets/sheet1.xml: a tag has no end)");
    EXPECT_EQ(outcome(workbook_of(repeated("<a>", 300'000) + repeated("</a>", 300'000))), "there are no rows in it");
}

TEST_F(AbsurdFile, of_text_with_a_million_columns_or_nearly_none_of_its_cells_filled_is_refused) {
    EXPECT_EQ(outcome(repeated("a,", 1'000'000) + "\n1,2\n"), "it has more than 16,384 columns");
    EXPECT_EQ(outcome(repeated("a,", 10'000) + "a\n" + repeated("1\n", 20'000)),
              "a table of 20,001 rows and 10,001 columns that is nearly all blank is too large to be read");
}

TEST_F(AbsurdFile, with_thousands_of_columns_of_one_name_gives_each_its_own) {
    EXPECT_EQ(outcome(repeated("name,", 16'000) + "x\n" + repeated("1,", 16'000) + "2\n"), "1 × 16001");
    std::string years;
    for (int i = 0; i < 16'000; ++i)
        years += "q" + std::to_string(i) + " 2024,";
    EXPECT_EQ(outcome(years + "x\n" + repeated("1,", 16'000) + "2\n"), "1 × 16001");
}

TEST_F(AbsurdFile, with_quotes_that_never_close_is_read_line_by_line) {
    EXPECT_THAT(outcome("a,b\n\"x," + repeated("\"\"\"\",", 8'000) + "\n1,2\n"), HasSubstr(" × "));
    EXPECT_EQ(outcome("\",b\n" + repeated("1,\"\"\"\"\n", 100'000)), "100000 × 2");
}

TEST_F(AbsurdFile, with_a_book_in_one_cell_is_read) {
    const std::string book = repeated("\u00a0((( Xã Bình Liêu ", 200'000);
    EXPECT_EQ(outcome("tên,tọa độ\n\"" + book + "\",\"" + book + "\"\nb,\"21.5, 107.4\"\n"), "2 × 2");
    EXPECT_EQ(outcome(repeated("năm ", 200'000) + "2021,b\n1,2\n"), "1 × 2");
    const std::string nested = repeated("GEOMETRYCOLLECTION(", 50'000);
    EXPECT_EQ(outcome("id,shape\n1,\"" + nested + "\"\n2,\"POINT(107 21)\"\n3,\"POINT" + nested + "\"\n"), "3 × 2");
}

TEST_F(AbsurdFile, with_a_field_for_every_feature_is_refused) {
    std::vector<std::pair<std::string, std::string>> features;
    for (int i = 0; i < 8'200; ++i)
        features.emplace_back("\"k" + std::to_string(i) + "\":1", R"({"type":"Point","coordinates":[107,21]})");
    EXPECT_THAT(outcome(SeedFile{"t.geojson", {{"t.geojson", geojson(features)}}, false}),
                HasSubstr("8,200 columns that is nearly all blank is too large to be read"));
}

}  // namespace
}  // namespace diaban
