// Old encodings through the one door: tables and Shapefiles whose text is not what their files say, or say nothing of.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/encoding/encoding.h"
#include "data/encoding/repair_column.h"
#include "data/files.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Texts = std::vector<std::string>;

const Texts names{"Bình Liêu", "Hoành Mô", "Quảng Ninh", "Cẩm Phả"};

/// A dBase III table of text columns 40 bytes wide, written byte by byte; `language` is the code of its encoding.
std::string dbf(const Texts& headers, const std::vector<Texts>& rows, char language = 0) {
    constexpr unsigned width = 40;
    const auto two_bytes = [](std::size_t number) {
        return std::string{static_cast<char>(number & 0xFFU), static_cast<char>(number >> 8U)};
    };
    const auto padded = [](std::string text, std::size_t size, char with) {
        text.resize(size, with);
        return text;
    };
    std::string bytes = "\x03\x7D\x01\x01" + two_bytes(rows.size()) + two_bytes(0) +
                        two_bytes(32 + 32 * headers.size() + 1) + two_bytes(1 + width * headers.size());
    bytes = padded(bytes, 29, '\0') + language + two_bytes(0);
    for (const std::string& header : headers)
        bytes += padded(padded(header, 11, '\0') + 'C' + std::string(4, '\0') + static_cast<char>(width), 32, '\0');
    bytes += '\x0D';
    for (const Texts& row : rows) {
        bytes += ' ';
        for (const std::string& cell : row)
            bytes += padded(cell, width, ' ');
    }
    return bytes + '\x1A';
}

std::vector<Texts> rows_of(const Texts& texts, Encoding encoding) {
    std::vector<Texts> rows;
    for (const std::string& text : texts)
        rows.push_back({encode(text, encoding).value()});
    return rows;
}

Texts column(const Dataset& dataset, std::size_t index = 0) {
    const Column& of = dataset.table.columns().at(index);
    Texts texts;
    for (std::size_t row = 0; row < of.size(); ++row)
        texts.push_back(of.text(row));
    return texts;
}

class OldText : public testing::Test {
protected:
    std::filesystem::path file(const std::string& name, const std::string& content) {
        put(folder.path() / name, content);
        return folder.path() / name;
    }
    TemporaryFolder folder;
};

TEST_F(OldText, of_a_dbf_in_each_encoding_without_a_cpg) {
    for (const Encoding encoding : {Encoding::tcvn3, Encoding::vni, Encoding::viscii, Encoding::windows_1258}) {
        const auto dataset = read_one(file("t.dbf", dbf({"TEN"}, rows_of(names, encoding))));
        EXPECT_EQ(column(*dataset), names) << to_id(encoding);
        ASSERT_TRUE(dataset->import);
        EXPECT_EQ(dataset->import->columns.at(0).encoding, to_id(encoding));
        EXPECT_EQ(dataset->import->columns.at(0).samples.size(), 4U);
    }
}

TEST_F(OldText, is_shown_as_it_was_and_as_it_is) {
    const auto dataset = read_one(file("t.dbf", dbf({"TEN"}, rows_of(names, Encoding::tcvn3))));
    const ColumnReport* report = dataset->import->find("TEN");
    ASSERT_NE(report, nullptr);
    EXPECT_EQ(report->samples.at(0), (TextSample{"B×nh Liªu", "Bình Liêu"}));
    EXPECT_THAT(texts_of(dataset->diagnostics),
                ElementsAre("t.dbf, field TEN: 4 texts were read in the encoding that their letters show: TCVN3 (ABC), "
                            "B×nh Liªu → Bình Liêu; Hoµnh M« → Hoành Mô; Qu¶ng Ninh → Quảng Ninh."));
}

TEST_F(OldText, under_a_wrong_cpg_is_read_as_its_letters_say) {
    for (const char* cpg : {"UTF-8", "ISO-8859-1", "1252", "nonsense", "", "GBK"}) {
        const auto path = file("t.dbf", dbf({"TEN"}, rows_of(names, Encoding::vni), 0x57));
        file("t.cpg", cpg);
        EXPECT_EQ(column(*read_one(path)), names) << cpg;
    }
}

TEST_F(OldText, under_the_right_cpg_needs_no_word) {
    const auto path = file("t.dbf", dbf({"TEN"}, rows_of(names, Encoding::windows_1258)));
    file("t.cpg", "CP1258");
    const auto dataset = read_one(path);
    EXPECT_EQ(column(*dataset), names);
    EXPECT_THAT(texts_of(dataset->diagnostics), IsEmpty());
    EXPECT_EQ(dataset->import->columns.at(0).encoding, "windows-1258");
}

TEST_F(OldText, of_other_scripts_is_read_as_its_cpg_says) {
    // 北京, 上海, 广州 in GBK; Москва, Тверь in windows-1251.
    auto path = file("t.dbf", dbf({"NAME"}, {{"\xB1\xB1\xBE\xA9"}, {"\xC9\xCF\xBA\xA3"}, {"\xB9\xE3\xD6\xDD"}}));
    file("t.cpg", "GBK");
    EXPECT_EQ(column(*read_one(path)), (Texts{"北京", "上海", "广州"}));
    path = file("u.dbf", dbf({"NAME"}, {{"\xCC\xEE\xF1\xEA\xE2\xE0"}, {"\xD2\xE2\xE5\xF0\xFC"}}));
    file("u.cpg", "CP1251");
    EXPECT_EQ(column(*read_one(path)), (Texts{"Москва", "Тверь"}));
}

TEST_F(OldText, western_and_without_a_cpg_is_read_as_western) {
    const Texts western{"São Tomé", "Côte d'Ivoire", "Curaçao", "Ñuñoa"};
    const auto path = file("t.dbf", dbf({"NAME"}, rows_of(western, Encoding::windows_1252), 0x57));
    const auto dataset = read_one(path);
    EXPECT_EQ(column(*dataset), western);
    EXPECT_THAT(texts_of(dataset->diagnostics), IsEmpty());  // as the table's code says
}

TEST_F(OldText, that_is_utf8_under_another_name_stays_utf8) {
    const auto path = file("t.dbf", dbf({"TEN"}, rows_of(names, Encoding::utf8), 0x57));
    const auto dataset = read_one(path);
    EXPECT_EQ(column(*dataset), names);
    EXPECT_EQ(dataset->import->columns.at(0).encoding, "");
    EXPECT_THAT(texts_of(dataset->diagnostics),
                ElementsAre(HasSubstr("Unicode (UTF-8), BÃ¬nh LiÃªu → Bình Liêu; HoÃ\u00A0nh MÃ´ → Hoành Mô")));
}

TEST_F(OldText, of_field_names_is_repaired_with_their_columns) {
    const auto encoded = [](const char* text) { return encode(text, Encoding::tcvn3).value(); };
    std::vector<Texts> rows;
    for (const std::string& name : names)
        rows.push_back({encoded(name.c_str()), "1"});
    const auto dataset = read_one(file("t.dbf", dbf({encoded("Tên xã"), encoded("Số hộ")}, rows)));
    EXPECT_EQ(dataset->table.columns().at(0).name(), "Tên xã");
    EXPECT_EQ(dataset->table.columns().at(1).name(), "Số hộ");
    EXPECT_EQ(dataset->import->columns.at(1).header, "Số hộ");
}

TEST_F(OldText, of_a_shapefile_whose_cpg_is_wrong) {
    write_layers(folder.path() / "xa.shp", "ESRI Shapefile",
                 {{"xa", wkbPoint, {{"1", "POINT (107 21)"}, {"2", "POINT (108 21)"}}}});
    put(folder.path() / "xa.dbf", dbf({"TEN"}, rows_of({"Bình Liêu", "Cẩm Phả"}, Encoding::tcvn3)));
    put(folder.path() / "xa.cpg", "UTF-8");
    for (const bool without_index : {false, true}) {
        if (without_index) std::filesystem::remove(folder.path() / "xa.shx");
        const auto dataset = read_one(folder.path() / "xa.shp");
        EXPECT_EQ(column(*dataset), (Texts{"Bình Liêu", "Cẩm Phả"}));
        EXPECT_EQ(dataset->geometry.feature_count(), 2U);
    }
}

TEST_F(OldText, stored_as_unicode_is_repaired) {
    const auto dataset = read_one(
        file("xa.geojson",
             geojson({{R"("ten":"B×nh Liªu")", ""}, {R"("ten":"Hoµnh M«")", ""}, {R"("ten":"CÈm Ph¶")", ""}})));
    EXPECT_EQ(column(*dataset), (Texts{"Bình Liêu", "Hoành Mô", "Cẩm Phả"}));
    EXPECT_EQ(dataset->import->columns.at(0).encoding, "tcvn3");
}

TEST_F(OldText, of_a_csv_is_told_column_by_column) {
    std::string csv = "ma,ten,huyen\n";
    for (const std::string& name : names)
        csv += "1," + encode(name, Encoding::vni).value() + "," + encode(name, Encoding::tcvn3).value() + "\n";
    const auto dataset = read_one(file("t.csv", csv));
    EXPECT_EQ(column(*dataset, 1), names);
    EXPECT_EQ(column(*dataset, 2), names);
    EXPECT_EQ(dataset->import->find("ten")->encoding, "vni");
    EXPECT_EQ(dataset->import->find("huyen")->encoding, "tcvn3");
    EXPECT_EQ(dataset->import->find("ma")->type, ColumnType::text);  // a code, by its name
    EXPECT_EQ(dataset->import->rows_in_file, 5);
}

TEST_F(OldText, is_not_suspected_where_text_is_unicode) {
    const auto dataset = read_one(file(
        "t.geojson", geojson({{R"("a":"São Tomé","b":"Bi\u0300nh Lie\u0302u","c":"北京","d":"Hoàng Mai")", ""},
                              {R"("a":"Curaçao","b":"Ca\u0302\u0309m Pha\u0309","c":"東京","d":"Cẩm Phả")", ""}})));
    EXPECT_EQ(column(*dataset, 0), (Texts{"São Tomé", "Curaçao"}));
    EXPECT_EQ(column(*dataset, 1), (Texts{"Bình Liêu", "Cẩm Phả"}));  // NFD became NFC
    EXPECT_EQ(column(*dataset, 2), (Texts{"北京", "東京"}));
    EXPECT_EQ(column(*dataset, 3), (Texts{"Hoàng Mai", "Cẩm Phả"}));
    for (const ColumnReport& report : dataset->import->columns)
        EXPECT_EQ(report.encoding, "") << report.name;
    EXPECT_THAT(dataset->import->questions, IsEmpty());
}

TEST_F(OldText, is_asked_about_where_one_name_fits_two_encodings) {
    const auto dataset = read_one(file("t.geojson", geojson({{R"("ten":"H¹ Long")", ""}})));
    EXPECT_EQ(column(*dataset), Texts{"H¹ Long"});
    ASSERT_EQ(dataset->import->questions.size(), 1U);
    EXPECT_EQ(dataset->import->questions[0].kind, Question::Kind::encoding);
    EXPECT_EQ(dataset->import->questions[0].column, "ten");

    ReadOptions decided;
    decided.import.encoding = "tcvn3";
    const auto again = read_one(folder.path() / "t.geojson", decided);
    EXPECT_EQ(column(*again), Texts{"Hạ Long"});
    EXPECT_THAT(again->import->questions, IsEmpty());
}

TEST_F(OldText, in_an_encoding_nobody_knows_is_refused) {
    ReadOptions options;
    options.import.encoding = "klingon";
    const auto datasets = read_all(file("t.dbf", dbf({"TEN"}, {{"a"}})), options);
    ASSERT_FALSE(datasets);
    EXPECT_THAT(to_text(datasets.error()), HasSubstr("there is no encoding “klingon”. Choose one of utf-8, "));
}

TEST_F(OldText, that_cannot_be_decoded_is_counted_with_its_row) {
    ReadOptions options;
    options.import.encoding = "vni";
    const auto dataset = read_one(file("t.dbf", dbf({"TEN"}, {{"Ba"}, {"Qua\xFBng b\xFF"}})), options);
    EXPECT_EQ(column(*dataset), (Texts{"Ba", "Quảng b\uFFFD"}));
    EXPECT_THAT(
        texts_of(dataset->diagnostics),
        ElementsAre("t.dbf, field TEN, row 2: 1 text has bytes that mean nothing in its encoding: Quảng b\uFFFD."));
}

TEST(RepairHeaders, leaves_unicode_alone) {
    Texts headers{"Mã", "Tên", "SDD 2021"};
    repair_headers(headers, {});
    EXPECT_THAT(headers, ElementsAre("Mã", "Tên", "SDD 2021"));
    Texts none;
    repair_headers(none, {});
    EXPECT_THAT(none, IsEmpty());
}

}  // namespace
}  // namespace diaban
