// "Tables" of reading data in, each clause a test.
#include "cli/import_sentences.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using Tables = ImportSentence;

const std::string report = R"(BÁO CÁO KẾT QUẢ CÂN ĐO TRẺ EM;;;;
Đơn vị tính: trẻ;;;;
;;;;
STT;Tên xã;Số trẻ;;Tỷ lệ
 ; ;Cân đo;Thấp còi;(%)
(1);(2);(3);(4);(5)
1;P. Hà Tu;1.200;100;12,5
2;P. Hà Lầm;2.300;99;4,3
;Tổng cộng;3.500;199;
Ghi chú: số liệu tạm tính;;;;
)";

TEST_F(Tables, xlsx_and_ods_are_read) {
    const std::vector<std::vector<std::string>> rows{{"Mã", "Tên", "Số hộ"}, {"06838", "Hà Tu", "=120.5"}};
    put("t.xlsx", xlsx_of({{"Biểu 1", rows, {}}}));
    put("t.ods", ods_of(rows));
    for (const char* file : {"t.xlsx", "t.ods"})
        EXPECT_EQ(csv(file), "Mã,Tên,Số hộ\n06838,Hà Tu,120.5\n") << file;
}

TEST_F(Tables, xls_is_read_as_what_it_is_where_it_is_text_or_xlsx) {
    put("text.xls", "Mã\tTên\n06838\tHà Tu\n");
    put("new.xls", xlsx_of({{"a", {{"Mã", "Tên"}, {"06838", "Hà Tu"}}, {}}}));
    for (const char* file : {"text.xls", "new.xls"})
        EXPECT_EQ(csv(file), "Mã,Tên\n06838,Hà Tu\n") << file;
    put("broken.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 nothing more");
    EXPECT_THAT(refused({"broken.xls", "-o", "x.csv"}), HasSubstr("3 diaban: broken.xls: "));
}

TEST_F(Tables, csv_and_tsv_separator_and_encoding_detected) {
    put("a.csv", "xã;n\nHà Tu;1,5\n");
    put("b.tsv", "xã\tn\nHà Tu\t1,5\n");
    put("c.csv", "\xef\xbb\xbfxã|n\r\nHà Tu|1,5\r\n");
    put("d.txt", utf16le(u"xã\tn\r\nHà Tu\t1,5\r\n"));
    for (const char* file : {"a.csv", "b.tsv", "c.csv", "d.txt"})
        EXPECT_EQ(csv(file), "xã,n\nHà Tu,1.5\n") << file;
    EXPECT_EQ(layer("a.csv").at("import").at("separator"), ";");
    EXPECT_EQ(layer("d.txt").at("import").at("encoding"), "utf-16le");
}

TEST_F(Tables, dbf_is_read) {
    put("t.dbf", dbf_of({"MA", "TEN"}, {{"06838", "Hà Tu"}, {"06841", "Hà Lầm"}}));
    EXPECT_EQ(csv("t.dbf"), "MA,TEN\n06838,Hà Tu\n06841,Hà Lầm\n");
}

TEST_F(Tables, header_row_found_under_title_rows) {
    put("t.csv", report);
    const Json found = layer("t.csv");
    EXPECT_EQ(found["import"]["header_row"], 4);
    EXPECT_EQ(found["features"], 2);
    EXPECT_EQ(left_out(found)[0], "row 1 title: BÁO CÁO KẾT QUẢ CÂN ĐO TRẺ EM");
}

TEST_F(Tables, merged_and_two_row_headers) {
    put("t.csv", report);
    const Json found = layer("t.csv");
    EXPECT_EQ(found["import"]["header_rows"], 2);
    EXPECT_THAT(names(found), ElementsAre("STT", "Tên xã", "Số trẻ · Cân đo", "Số trẻ · Thấp còi", "Tỷ lệ · (%)"));
    put("t.xlsx", xlsx_of({{"a",
                            {{"Xã", "Hộ", "", "Ghi chú"}, {"", "nghèo", "khác", ""}, {"A", "=1", "=2", "x"}},
                            {"A1:A2", "B1:C1", "D1:D2"}}}));
    EXPECT_THAT(names(layer("t.xlsx")), ElementsAre("Xã", "Hộ · nghèo", "Hộ · khác", "Ghi chú"));
}

TEST_F(Tables, total_rows_recognised_and_left_out_visibly) {
    put("t.csv", "xã,n\nA,1\nB,2\nTổng,3\nCộng,3\nTotal,3\nJumlah,3\n");
    EXPECT_THAT(left_out(layer("t.csv")),
                ElementsAre("row 1 header: xã; n", "row 4 total: Tổng; 3", "row 5 total: Cộng; 3",
                            "row 6 total: Total; 3", "row 7 total: Jumlah; 3"));
    EXPECT_THAT(run({"info", "t.csv"}).out, HasSubstr("7 rows read: 2 taken; left out 1 header row, 4 rows of totals\n"
                                                      "      row 4: Tổng; 3\n"));
    EXPECT_EQ(layer("t.csv", {"--keep-totals"})["features"], 6);
}

TEST_F(Tables, wide_year_columns_turned_into_long_form_on_request) {
    put("t.csv", "xã,SDD 2021,SDD 2022\nA,5,4\nB,7,\n");
    EXPECT_THAT(names(layer("t.csv")), ElementsAre("xã", "SDD 2021", "SDD 2022"));
    EXPECT_EQ(csv("t.csv", {"--long", "năm"}), "xã,năm,SDD\nA,2021,5\nA,2022,4\nB,2021,7\nB,2022,\n");
}

TEST_F(Tables, numbers_as_people_write_them) {
    put("t.csv",
        "xã;vi;en;pt;sp;none\nA;1.234,5;1,234.5;12,5%;1 234;-\nB;2,5;0.25;3%;12 000;…\n"
        "C;3;7;4,5%;5;n/a\nD;4;8;5%;6;\nE;(1.000,5);9;6%;7;8\n");
    EXPECT_EQ(csv("t.csv"),
              "xã,vi,en,pt,sp,none\nA,1234.5,1234.5,12.5,1234,\nB,2.5,0.25,3,12000,\nC,3,7,4.5,5,\n"
              "D,4,8,5,6,\nE,-1000.5,9,6,7,8\n");
}

TEST_F(Tables, the_column_decides_the_convention) {
    put("t.csv", "xã;n\nA;1.234\nB;1.234,5\n");
    EXPECT_EQ(csv("t.csv"), "xã,n\nA,1234\nB,1234.5\n");
    EXPECT_EQ(column(layer("t.csv"), "n")["numbers"], "comma");
}

TEST_F(Tables, an_ambiguous_column_asks) {
    put("t.csv", "xã;n;m\nA;1.234;2.500\nB;5.678;7.250\n");
    const Json asked = layer("t.csv");
    EXPECT_EQ(field(asked, "n")["type"], "text");
    EXPECT_EQ(asked["import"]["questions"].size(), 2U);
    EXPECT_EQ(asked["import"]["questions"][0]["answer"], "--numbers \"n=comma\" or --numbers \"n=point\"");
    EXPECT_EQ(refused({"t.csv", "-o", "x.csv"}),
              "3 diaban: t.csv: some things have to be decided first:\n"
              "  “n”: does “1.234” mean 1234 or 1.234? It stays text until you say; no other column of the table shows "
              "which.\n    --numbers \"n=comma\" or --numbers \"n=point\"\n"
              "  “m”: does “2.500” mean 2500 or 2.500? It stays text until you say; no other column of the table shows "
              "which.\n    --numbers \"m=comma\" or --numbers \"m=point\"\n"
              "Answer with these words, or take the cautious reading with --as-is. --numbers comma or --numbers point "
              "answers for all columns at once.\n");
    EXPECT_EQ(csv("t.csv", {"--numbers", "n=comma", "--numbers", "m=point"}), "xã,n,m\nA,1234,2.5\nB,5678,7.25\n");
    EXPECT_EQ(csv("t.csv", {"--numbers", "comma"}), "xã,n,m\nA,1234,2500\nB,5678,7250\n");
    EXPECT_EQ(csv("t.csv", {"--as-is"}), "xã,n,m\nA,1.234,2.500\nB,5.678,7.250\n");
}

TEST_F(Tables, every_cell_that_could_not_be_read_is_listed_with_its_row) {
    put("t.csv", "Báo cáo\n\nxã;n\nA;1\nB;2\nC;khoảng 3\nD;4\nE;5\nF;6\nG;?\nH;7\nI;8\nK;9\n");
    const Json unread = column(layer("t.csv"), "n")["unread"];
    EXPECT_EQ(unread, Json::parse(R"([{"row":6,"text":"khoảng 3"},{"row":10,"text":"?"}])"));
    const std::string words = run({"info", "t.csv"}).out;
    EXPECT_THAT(words, HasSubstr("“n”: 2 cells could not be read and count as empty: row 6 “khoảng 3”; row 10 “?”\n"));
    EXPECT_EQ(words.find("khoảng 3"), words.rfind("khoảng 3"));  // said once
}

TEST_F(Tables, codes_stay_text) {
    put("t.csv", "Mã xã,Điện thoại,CCCD,n\n06838,0912345678,022087001234,5\n06841,0203123456,022087001235,6\n");
    put("t.xlsx", xlsx_of({{"a", {{"Mã xã", "n"}, {"=6838", "=5"}}, {}}}));
    EXPECT_EQ(csv("t.csv"), whole_file(folder.path() / "t.csv"));
    EXPECT_EQ(field(layer("t.xlsx"), "Mã xã")["type"], "text");
    EXPECT_EQ(field(layer("t.xlsx"), "Mã xã")["example"], "6838");
}

TEST_F(Tables, a_code_column_that_lost_its_leading_zeros_gets_them_back_as_the_boundaries_tell) {
    put("b.geojson", R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"06838"},"geometry":{"type":"Polygon","coordinates":[[[107,21],[108,21],[108,22],[107,21]]]}},
{"type":"Feature","properties":{"code":"06841"},"geometry":{"type":"Polygon","coordinates":[[[108,21],[109,21],[109,22],[108,21]]]}}]})");
    put("t.csv", "code,n\n6838,5\n6841,6\n");
    const auto result = run({"join", "b.geojson", "t.csv", "-o", "j.csv"});
    EXPECT_EQ(result.code, 0) << result.err << result.out;
    EXPECT_THAT(whole_file(folder.path() / "j.csv"), HasSubstr("06838,"));
    EXPECT_THAT(whole_file(folder.path() / "j.csv"), HasSubstr(",5"));
}

TEST_F(Tables, that_are_none_are_refused_with_what_to_do) {
    put("header.csv", "a,b,c\n");
    put("title.csv", "Báo cáo năm 2024\n");
    put("empty.csv", "");
    put("zeros.csv", std::string("a,b\n1,\0\n", 8));
    put("broken.xlsx", "PK\x03\x04 no more");
    for (const char* file : {"header.csv", "title.csv"})
        EXPECT_EQ(refused({file, "-o", "x.gpkg"}),
                  std::string("3 diaban: ") + file + ": there are no rows in it. Open another file.\n");
    EXPECT_THAT(refused({"empty.csv", "-o", "x.gpkg"}), HasSubstr("3 diaban: empty.csv: the file is empty"));
    EXPECT_THAT(refused({"zeros.csv", "-o", "x.gpkg"}), HasSubstr("3 diaban: zeros.csv: it has zero bytes in it"));
    EXPECT_THAT(refused({"broken.xlsx", "-o", "x.gpkg"}), HasSubstr("3 diaban: broken.xlsx: the file is damaged"));
}

TEST_F(Tables, sheets_without_anything_are_no_layers_to_write) {
    put("t.xlsx", xlsx_of({{"Số liệu", {{"xã", "n"}, {"A", "=1"}}, {}}, {"Sheet2", {}, {}}}));
    EXPECT_EQ(csv("t.xlsx"), "xã,n\nA,1\n");
    EXPECT_THAT(refused({"t.xlsx", "-o", "x.csv", "--layer", "Sheet9"}), HasSubstr("3 diaban: t.xlsx: the file has no "
                                                                                   "layer “Sheet9”."));
}

}  // namespace
}  // namespace diaban
