// "Text" of reading data in, each clause a test.
#include "cli/import_sentences.h"
#include "data/encoding/encoding.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Text : public ImportSentence {
protected:
    /// The same table in any encoding; its heading too.
    const std::string table =
        "Mã;Tên xã;Ghi chú\n06838;Bình Liêu;đã kiểm tra\n06841;Đồng Văn;chưa nộp\n06844;Hoành Mô;thiếu số liệu\n"
        "06847;Vô Ngại;được bổ sung\n06850;Húc Động;đã kiểm tra\n";

    [[nodiscard]] std::string expected() const {
        std::string text = table;
        for (char& c : text)
            if (c == ';') c = ',';
        return text;
    }
    [[nodiscard]] static std::string in(Encoding encoding, const std::string& text) {
        const auto bytes = encode(text, encoding);
        if (!bytes) throw std::runtime_error("not in " + to_id(encoding));
        return *bytes;
    }
};

TEST_F(Text, utf8_with_or_without_bom_and_utf16) {
    put("plain.csv", table);
    put("bom.csv", "\xef\xbb\xbf" + table);
    put("le.csv", "\xff\xfe" + in(Encoding::utf16le, table));
    put("be.csv", "\xfe\xff" + in(Encoding::utf16be, table));
    put("unmarked.csv", in(Encoding::utf16le, table));
    for (const char* file : {"plain.csv", "bom.csv", "le.csv", "be.csv", "unmarked.csv"})
        EXPECT_EQ(csv(file), expected()) << file;
}

TEST_F(Text, windows_1258_tcvn3_vni_and_viscii_headings_included) {
    for (const Encoding encoding : {Encoding::windows_1258, Encoding::tcvn3, Encoding::vni, Encoding::viscii}) {
        put("t.csv", in(encoding, table));
        EXPECT_EQ(csv("t.csv"), expected()) << to_id(encoding);
        EXPECT_EQ(column(layer("t.csv"), "Tên xã")["encoding"], to_id(encoding));
    }
}

TEST_F(Text, windows_1258_with_its_combining_marks) {
    // "Bình": i and a combining grave (CC); "Động": ô and a combining dot (F2).
    put("t.csv",
        "n;x\nBi\xCCnh Li\xEAu;1\nH\xFA"
        "c \xD0\xF4\xF2ng;2\n\xD0\xF4\xCCng V\xE3n;3\n");
    EXPECT_EQ(csv("t.csv"), "n,x\nBình Liêu,1\nHúc Động,2\nĐồng Văn,3\n");
}

TEST_F(Text, detected_per_column_from_the_letters_themselves) {
    put("t.csv", "mã;cũ;mới\n1;" + in(Encoding::tcvn3, "Bình Liêu") + ";Bình Liêu\n2;" +
                     in(Encoding::tcvn3, "Hoành Mô") + ";Hoành Mô\n3;" + in(Encoding::tcvn3, "Đồng Văn") +
                     ";Đồng Văn\n");
    const Json found = layer("t.csv");
    EXPECT_EQ(field(found, "mới")["example"], "Bình Liêu");
    EXPECT_EQ(found["import"]["columns"].size(), 1U);
    EXPECT_EQ(found["import"]["columns"][0]["encoding"], "tcvn3");
    EXPECT_THAT(csv("t.csv"), HasSubstr("3,Đồng Văn,Đồng Văn\n"));
}

TEST_F(Text, shown_with_samples_before_and_after) {
    put("t.csv", in(Encoding::tcvn3, table));
    const Json samples = column(layer("t.csv"), "Tên xã")["samples"];
    EXPECT_THAT(samples, testing::Contains(Json{{"before", "B×nh Liªu"}, {"after", "Bình Liêu"}}));
    const std::string words = run({"info", "t.csv"}).out;
    EXPECT_THAT(words, HasSubstr("“Mã”, “Tên xã”, “Ghi chú” were written in TCVN3 (ABC): M· → Mã; Tªn x· → Tên xã; "));
    EXPECT_EQ(words.find("TCVN3"), words.rfind("TCVN3"));  // said once
}

TEST_F(Text, never_applied_to_text_that_is_unicode_already) {
    // Each of these is also a row of bytes in some old encoding.
    const std::string text = "tên,n\nÃ Ô × ª,1\nSão Tomé,2\nĐường Ngang,3\nÎle d’Orléans,4\n";
    put("t.csv", text);
    EXPECT_EQ(csv("t.csv"), text);
    EXPECT_FALSE(layer("t.csv")["import"].contains("columns"));
}

TEST_F(Text, shapefiles_with_a_wrong_or_missing_cpg_included) {
    std::vector<std::vector<std::string>> rows;
    for (const char* name : {"Bình Liêu", "Đồng Văn", "Hoành Mô", "Vô Ngại"})
        rows.push_back({in(Encoding::tcvn3, name)});
    const std::vector<std::pair<double, double>> points{{107, 21}, {107.1, 21}, {107.2, 21}, {107.3, 21}};
    for (const char* cpg : {"", "UTF-8", "1252", "ISO-8859-1", "1258"}) {
        std::filesystem::remove(folder.path() / "t.cpg");
        put_shapefile(folder.path() / "t.shp", points, dbf_of({"TEN"}, rows), cpg);
        const Json found = layer("t.shp");
        EXPECT_EQ(field(found, "TEN")["example"], "Bình Liêu") << cpg;
        EXPECT_EQ(column(found, "TEN")["encoding"], "tcvn3") << cpg;
    }
    // UTF-8 that is called something else stays what it is.
    put_shapefile(folder.path() / "u.shp", {{107, 21}}, dbf_of({"TEN"}, {{"Bình Liêu"}}), "1258");
    EXPECT_EQ(field(layer("u.shp"), "TEN")["example"], "Bình Liêu");
}

TEST_F(Text, nfc_inside) {
    put("t.csv", "te\u0302n,n\nBi\u0300nh Lie\u0302u,1\n");
    EXPECT_EQ(csv("t.csv"), "tên,n\nBình Liêu,1\n");
}

TEST_F(Text, in_an_encoding_the_user_names_is_read_in_it_and_an_unknown_one_is_refused) {
    put("t.csv", "n;x\n" + in(Encoding::vni, "Quảng Ninh") + ";1\n");
    EXPECT_EQ(csv("t.csv", {"--encoding", "VNI"}), "n,x\nQuảng Ninh,1\n");
    EXPECT_EQ(refused({"t.csv", "-o", "x.csv", "--encoding", "tcvn"}),
              "3 diaban: t.csv: there is no encoding “tcvn”. Choose one of utf-8, utf-16le, utf-16be, windows-1258, "
              "windows-1252, tcvn3, vni, viscii.\n");
}

}  // namespace
}  // namespace diaban
