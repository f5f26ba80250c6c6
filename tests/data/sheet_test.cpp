// Cells as they stand in files; the files are made here, XLSX and ODS part by part so that they hold what programs of
// people write and GDAL does not.
#include "data/sheet/sheet.h"

#include <cpl_vsi.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "data/files.h"
#include "data/sheet/delimited.h"
#include "data/sheet/workbook.h"
#include "data/sheets.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<Sheet> sheets_of(const std::filesystem::path& path, const ImportOptions& options = {}) {
    Progress progress;
    auto sheets = read_sheets(path, options, progress);
    if (!sheets) throw std::runtime_error(to_text(sheets.error()));
    return *sheets;
}

/// The rows' texts, cells separated by "|".
std::vector<std::string> rows_of(const Sheet& sheet) {
    std::vector<std::string> rows;
    for (const auto& row : sheet.rows) {
        std::string text;
        for (std::size_t i = 0; i < row.size(); ++i)
            text += (i ? "|" : "") + row[i].text;
        rows.push_back(text);
    }
    return rows;
}

Sheet delimited(std::string_view text) {
    return read_delimited(text, detect_separator(text).character,
                          {.file = "t.csv", .layer = {}, .field = {}, .row = {}});
}

void put_member(const std::filesystem::path& zip, const std::string& member, const std::string& content) {
    const std::string path = "/vsizip/{" + zip.string() + "}/" + member;
    VSILFILE* file = VSIFOpenL(path.c_str(), "wb");
    ASSERT_NE(file, nullptr) << path;
    VSIFWriteL(content.data(), 1, content.size(), file);
    VSIFCloseL(file);
}

/// A workbook of one sheet called "Biểu 1" whose <worksheet> holds `sheet`.
void put_xlsx(const std::filesystem::path& path, const std::string& sheet) {
    GDALAllRegister();
    const std::string xml = R"(<?xml version="1.0" encoding="UTF-8"?>)";
    const std::string main = R"(xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main")";
    const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    put_member(path, "[Content_Types].xml",
               xml + R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override )" +
                   R"(PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.)" +
                   R"(spreadsheetml.sheet.main+xml"/></Types>)");
    put_member(path, "xl/workbook.xml",
               xml + "<workbook " + main + " xmlns:r=\"" + office +
                   R"("><sheets><sheet name="Biểu 1" sheetId="1" r:id="rId1"/></sheets></workbook>)");
    put_member(path, "xl/_rels/workbook.xml.rels",
               xml + R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)" +
                   R"(<Relationship Id="rId1" Type=")" + office +
                   R"(/worksheet" Target="worksheets/sheet1.xml"/></Relationships>)");
    put_member(path, "xl/styles.xml",
               xml + "<styleSheet " + main +
                   R"(><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\ hh:mm"/></numFmts><cellXfs><xf/>)" +
                   R"(<xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="164"/></cellXfs></styleSheet>)");
    put_member(path, "xl/sharedStrings.xml",
               xml + "<sst " + main + "><si><t>Xã</t></si><si><r><t>Bình </t></r><r><t>Liêu</t></r></si></sst>");
    put_member(path, "xl/worksheets/sheet1.xml", xml + "<worksheet " + main + ">" + sheet + "</worksheet>");
}

TEST(Delimited, follows_rfc_4180) {
    const Sheet sheet = delimited("a,b,c\r\n1,\"x, \"\"y\"\"\",\"line\r\nbreak\"\r\n2,,\r\n");
    EXPECT_THAT(rows_of(sheet), ElementsAre("a|b|c", "1|x, \"y\"|line\r\nbreak", "2"));
    EXPECT_THAT(sheet.diagnostics, IsEmpty());
}

TEST(Delimited, ends_lines_with_any_kind_of_break_and_needs_none_at_the_end) {
    for (const char* text : {"a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "a,b\n1,2", "a,b\n1,2\n\n\n"})
        EXPECT_THAT(rows_of(delimited(text)), ElementsAre("a|b", "1|2")) << text;
    EXPECT_THAT(rows_of(delimited("\n\na,b\n\n1,2\n")), ElementsAre("", "", "a|b", "", "1|2"));
    EXPECT_THAT(rows_of(delimited("")), IsEmpty());
}

TEST(Delimited, reports_a_quote_that_never_closes_and_keeps_the_rows_behind_it) {
    const Sheet sheet = delimited("a,b\n1,x\n2,\"y\n3,z\n4,\"w\"\n5,5\"\n");
    EXPECT_EQ(delimited("a,b\n1,x\n2,\"y\n3,z\n").rows.size(), 4U);
    EXPECT_THAT(texts_of(delimited("a,b\n1,x\n2,\"y\n3,z\n").diagnostics),
                ElementsAre("t.csv, row 3: a quote that opens here is never closed; it was taken as a letter."));
    EXPECT_EQ(sheet.rows.back().back().text, "5\"");
}

TEST(Delimited, takes_quotes_inside_cells_as_letters) {
    EXPECT_THAT(rows_of(delimited("a,b\n5\" pipe,x\n\"y\" z,w\n")), ElementsAre("a|b", "5\" pipe|x", "y z|w"));
}

TEST(Separator, is_the_one_that_most_rows_agree_on) {
    EXPECT_EQ(detect_separator("a,b,c\n1,2,3\n").character, ',');
    EXPECT_EQ(detect_separator("a;b;c\n1;2;3\n").character, ';');
    EXPECT_EQ(detect_separator("a\tb\n1\t2\n").character, '\t');
    EXPECT_EQ(detect_separator("a|b\n1|2\n").character, '|');
    EXPECT_EQ(detect_separator("name\nA\n").columns, 1U);
}

TEST(Separator, is_not_taken_in_by_decimal_commas_titles_and_sentences) {
    EXPECT_EQ(detect_separator("xã;tỷ lệ\nA;1,5\nB;2,5\n").character, ';');
    EXPECT_EQ(detect_separator("A;1,5\nB;2,5\n").character, ';');
    EXPECT_EQ(detect_separator("BÁO CÁO, NĂM 2024\n\nxã\ttỷ lệ\nA\t1,5\nB\t2,5\n").character, '\t');
    EXPECT_EQ(detect_separator("xã,ghi chú\nA,\"x; y; z\"\nB,\"x; y\"\n").character, ',');
    EXPECT_EQ(detect_separator("sep=;\na,b;c\n").character, ';');
}

TEST(ReadSheets, takes_text_of_any_encoding_and_separator) {
    const TemporaryFolder folder;
    put(folder.path() / "bom.csv", "\xef\xbb\xbfxã;n\nA;1\n");
    EXPECT_THAT(rows_of(sheets_of(folder.path() / "bom.csv")[0]), ElementsAre("xã|n", "A|1"));
    std::string utf16("\xff\xfe", 2);
    for (const char c : std::string("xa\tn\r\nA\t1\r\n"))
        utf16 += std::string{c, '\0'};
    for (const auto& bytes : {utf16, utf16.substr(2)}) {  // Excel's "Unicode text", and the same without its mark
        put(folder.path() / "unicode.txt", bytes);
        const Sheet sheet = sheets_of(folder.path() / "unicode.txt")[0];
        EXPECT_THAT(rows_of(sheet), ElementsAre("xa|n", "A|1"));
        EXPECT_EQ(sheet.encoding, "utf-16le");
    }
    put(folder.path() / "raw.csv", "a,b\nB\xd7nh,1\n");  // 8-bit: kept until the column's encoding is known
    EXPECT_THAT(rows_of(sheets_of(folder.path() / "raw.csv")[0]), ElementsAre("a|b", "B\xd7nh|1"));
    ImportOptions options;
    options.separator = ";";
    EXPECT_THAT(rows_of(sheets_of(folder.path() / "raw.csv", options)[0]), ElementsAre("a,b", "B\xd7nh,1"));
}

TEST(ReadSheets, knows_a_file_by_its_content) {
    const TemporaryFolder folder;
    put(folder.path() / "really_text.xls", "a\tb\n1\t2\n");
    EXPECT_THAT(rows_of(sheets_of(folder.path() / "really_text.xls")[0]), ElementsAre("a|b", "1|2"));
    put_xlsx(folder.path() / "really.xlsx", "<sheetData><row r=\"1\"><c><v>5</v></c></row></sheetData>");
    std::filesystem::rename(folder.path() / "really.xlsx", folder.path() / "old.xls");
    EXPECT_THAT(rows_of(sheets_of(folder.path() / "old.xls")[0]), ElementsAre("5"));
}

TEST(ReadSheets, keeps_each_cells_own_type_and_place) {
    const TemporaryFolder folder;
    put_xlsx(
        folder.path() / "t.xlsx",
        R"(<sheetData><row r="3"><c r="B3" t="s"><v>0</v></c><c r="D3" t="inlineStr"><is><t>1.234</t></is></c></row>)"
        R"(<row r="5"><c r="B5" t="s"><v>1</v></c><c r="C5"><v>6838</v></c><c r="D5"><v>1.234</v></c>)"
        R"(<c r="E5" s="1"><v>45658</v></c><c r="F5" s="2"><v>0.07</v></c><c r="G5" s="3"><v>45658.5</v></c>)"
        R"(<c r="H5" t="b"><v>1</v></c><c r="I5" t="e"><v>#N/A</v></c><c r="J5" t="str"><f>1</f><v>x</v></c>)"
        R"(<c r="K5"/></row><row r="9"><c r="A9" s="1"/></row></sheetData>)"
        R"(<mergeCells count="1"><mergeCell ref="B3:C3"/></mergeCells>)");
    const Sheet sheet = sheets_of(folder.path() / "t.xlsx")[0];
    EXPECT_EQ(sheet.name, "Biểu 1");
    EXPECT_THAT(rows_of(sheet), ElementsAre("", "", "|Xã||1.234", "",
                                            "|Bình Liêu|6838|1.234|2025-01-01|7%|2025-01-01T12:00:00Z|true|#N/A|x"));
    EXPECT_EQ(sheet.rows[2][3], text_cell("1.234"));
    EXPECT_EQ(sheet.rows[4][3], number_cell(1.234));
    EXPECT_EQ(sheet.rows[4][4], date_cell(20089));  // days from 1970-01-01 to 2025-01-01
    EXPECT_EQ(sheet.rows[4][5], percent_cell(7));
    EXPECT_EQ(sheet.rows[4][7], boolean_cell(true));
    EXPECT_THAT(sheet.merged, ElementsAre(MergedCells{2, 1, 1, 2}));
}

TEST(ReadSheets, reads_ods_with_its_repeated_and_merged_cells) {
    const TemporaryFolder folder;
    GDALAllRegister();
    const auto path = folder.path() / "t.ods";
    put_member(path, "mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    put_member(
        path, "content.xml",
        R"(<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0")"
        R"( xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0")"
        R"( xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>)"
        R"(<table:table table:name="Biểu 1"><table:table-row table:number-rows-repeated="2"><table:table-cell/>)"
        R"(</table:table-row><table:table-row><table:table-cell/>)"
        R"(<table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>Số</text:p>)"
        R"(<text:p>hộ</text:p></table:table-cell><table:covered-table-cell/></table:table-row>)"
        R"(<table:table-row><table:table-cell office:value-type="float" office:value="1.234"><text:p>1,234</text:p>)"
        R"(</table:table-cell><table:table-cell table:number-columns-repeated="2" office:value-type="percentage")"
        R"( office:value="0.125"><text:p>12,5%</text:p></table:table-cell>)"
        R"(<table:table-cell office:value-type="date" office:date-value="2025-07-01"><text:p>01/07/25</text:p>)"
        R"(</table:table-cell><table:table-cell table:number-columns-repeated="16000"/></table:table-row>)"
        R"(<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>)"
        R"(</table:table></office:spreadsheet></office:body></office:document-content>)");
    const Sheet sheet = sheets_of(path)[0];
    EXPECT_EQ(sheet.name, "Biểu 1");
    EXPECT_THAT(rows_of(sheet), ElementsAre("", "", "|Số\nhộ", "1.234|12.5%|12.5%|2025-07-01"));
    EXPECT_EQ(sheet.rows[3][0].kind, Cell::Kind::number);
    EXPECT_THAT(sheet.merged, ElementsAre(MergedCells{2, 1, 1, 2}));
}

TEST(ReadSheets, reads_what_gdal_writes) {
    const TemporaryFolder folder;
    for (const auto& [name, driver] : {std::pair("t.xlsx", "XLSX"), std::pair("t.ods", "ODS")}) {
        write_layers(folder.path() / name, driver, {{"một", wkbNone, {{"06838", ""}, {"Bình Liêu", ""}}, nullptr}});
        const auto sheets = sheets_of(folder.path() / name);
        ASSERT_EQ(sheets.size(), 1U) << name;
        EXPECT_EQ(sheets[0].name, "một");
        EXPECT_EQ(sheets[0].format, driver);
        EXPECT_THAT(rows_of(sheets[0]), ElementsAre("code", "06838", "Bình Liêu"));
    }
}

TEST(ReadSheets, says_where_a_spreadsheet_is_damaged) {
    const TemporaryFolder folder;
    put_xlsx(folder.path() / "t.xlsx", "<sheetData><row r=\"1\"><c><v>5</v></c>");
    Progress progress;
    const auto sheets = read_sheets(folder.path() / "t.xlsx", {}, progress);
    ASSERT_FALSE(sheets);
    EXPECT_EQ(sheets.error().kind, ErrorKind::bad_input);
    EXPECT_THAT(to_text(sheets.error()), HasSubstr("the file is damaged or incomplete (xl/worksheets/sheet1.xml: "));
}

TEST(DateFormat, is_one_that_shows_days_or_times) {
    for (const char* format : {"dd/mm/yyyy", "[$-42A]d mmmm yyyy;@", "h:mm", "[h]:mm:ss", "yyyy\\-mm\\-dd", "mm:ss.0"})
        EXPECT_TRUE(is_date_format(format)) << format;
    for (const char* format : {"General", "0.00", "#,##0 \"đồng\"", "0%", "[Red]0.0", "#,##0_);(#,##0)", "@"})
        EXPECT_FALSE(is_date_format(format)) << format;
    EXPECT_TRUE(is_percent_format("0.0%"));
    EXPECT_FALSE(is_percent_format("0\"%\""));
}

TEST(SerialDay, counts_in_both_systems) {
    EXPECT_EQ(cell_from_serial_day(45658, false), date_cell(20089));        // 2025-01-01
    EXPECT_EQ(cell_from_serial_day(45658 - 1462, true), date_cell(20089));  // the systems are 1,462 days apart
    EXPECT_EQ(cell_from_serial_day(1, false).text, "1900-01-01");
    EXPECT_EQ(cell_from_serial_day(61, false).text, "1900-03-01");
    EXPECT_EQ(cell_from_serial_day(45658.75, false).text, "2025-01-01T18:00:00Z");
}

TEST(ReadTable, is_fast) {
    const TemporaryFolder folder;
    std::string text = "code";
    for (int column = 1; column < 20; ++column)
        text += ",c" + std::to_string(column);
    for (int row = 0; row < 100000; ++row) {
        text += '\n' + std::to_string(10000 + row % 90000);
        for (int column = 1; column < 20; ++column)
            text += column % 5 == 0 ? ",xã " + std::to_string(row % 977) : "," + std::to_string(row * column % 10007);
    }
    put(folder.path() / "large.csv", text);
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(read_one(folder.path() / "large.csv")->size(), 100000U);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    RecordProperty("milliseconds", static_cast<int>(seconds.count() * 1000));
    EXPECT_LT(seconds.count(), 10);  // the aim is below 1 s; a loaded machine or a sanitizer is given room
}

}  // namespace
}  // namespace diaban
