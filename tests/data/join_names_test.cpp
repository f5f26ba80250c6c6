#include <gtest/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <map>
#include <random>
#include <set>

#include "data/join/names.h"
#include "data/read.h"
#include "decorated_names.h"
#include "files.h"

namespace diaban {
namespace {

NameMatch compare(std::string_view a, std::string_view b) {
    return compare_names(parse_unit_name(a), parse_unit_name(b));
}

struct Pair {
    const char* a;
    const char* b;
};

TEST(UnitName, is_the_same_however_it_is_written) {
    for (const auto& [a, b] : std::vector<Pair>{
             {"Hoà", "Hòa"},
             {"Thuỷ", "Thủy"},
             {"Quý", "Qúy"},
             {"Hoà Bình", "Hòa  bình"},
             {"Xã Bình Liêu", "X. Bình Liêu"},
             {"Xã Bình Liêu", "X Bình Liêu"},
             {"Xã Bình Liêu", "X.Bình Liêu"},
             {"Xã Bình Liêu", "XÃ BÌNH LIÊU"},
             {"Xã Bình Liêu", "xã Bình-Liêu"},
             {"Xã Bình Liêu", "Xã BìnhLiêu"},
             {"Xã Bình Liêu", "Xa\u0303 Bi\u0300nh Lie\u0302u"},  // NFD
             {"Xã Bình Liêu", "Xã Bình\u00a0Liêu (mới)"},
             {"Xã Bình Liêu", "Xã Bình Liêu, huyện Bình Liêu, tỉnh Quảng Ninh"},
             {"Xã Bình Liêu", "“Xã Bình Liêu”:"},
             {"Phường Hà Tu", "P. Hà Tu"},
             {"Phường Hà Tu", "P.Hà Tu"},
             {"Phường Hà Tu", "P Hà Tu"},
             {"Phường Hà Tu", "Ph. Hà Tu"},
             {"Phường 5", "P5"},
             {"Phường 5", "P.05"},
             {"Phường 5", "F5"},
             {"Phường 5", "Ward 5"},
             {"Thị trấn Ba Chẽ", "TT Ba Chẽ"},
             {"Thị trấn Ba Chẽ", "TT. Ba Chẽ"},
             {"Thị trấn Ba Chẽ", "T.T Ba Chẽ"},
             {"Thị trấn Ba Chẽ", "T.T.Ba Chẽ"},
             {"Đặc khu Vân Đồn", "ĐK. Vân Đồn"},
             {"Đặc khu Vân Đồn", "Ðặc khu Vân Ðồn"},  // the Icelandic letter
             {"Thị xã Quảng Yên", "TX Quảng Yên"},
             {"Thành phố Móng Cái", "TP Móng Cái"},
             {"Thành phố Móng Cái", "Tp.Móng Cái"},
             {"Thành phố Móng Cái", "T.P Móng Cái"},
             {"Huyện Cô Tô", "H. Cô Tô"},
             {"Quận 1", "Q.1"},
             {"Tỉnh Quảng Ninh", "tỉnh Quảng Ninh"},
             {"Phường Móng Cái 1", "P. Móng Cái I"},
             {"Phường Móng Cái 1", "Phường Móng Cái 01"},
             {"Phường Móng Cái 1", "PHƯỜNG MÓNG CÁI I"},
             {"Phường XII", "Phường 12"},
             {"Xã Ea H'Leo", "Xã Ea H’leo"},
             {"Xã Ea H'Leo", "xã Ea Hleo"},
             {"Xã Cư M'gar", "X. Cư M`Gar"},
             {"Phường Xuân Hương - Đà Lạt", "P. Xuân Hương – Đà Lạt"},
             {"Kecamatan Kota Agung", "Kec. Kota Agung"},
             {"Kelurahan Menteng", "Kel Menteng"},
             {"Kabupaten Bandung", "Kab. Bandung"},
             {"Kota Bandung", "KOTA BANDUNG"},
             {"Xa Binh Lieu", "x. binh lieu"},
             {"Bình Liêu commune", "Xã Bình Liêu"},
         }) {
        EXPECT_EQ(compare(a, b), NameMatch::same) << a << " / " << b;
        EXPECT_EQ(compare(b, a), NameMatch::same) << b << " / " << a;
    }
}

TEST(UnitName, is_another_where_letters_diacritics_or_numbers_differ) {
    for (const auto& [a, b] : std::vector<Pair>{
             {"Bình Liêu", "Binh Lieu"},
             {"Xã Bình Liêu", "Xa Binh Lieu"},
             {"Hải Sơn", "Hải Sớn"},
             {"Tân An", "Tấn An"},
             {"Móng Cái 1", "Móng Cái 2"},
             {"Móng Cái 1", "Móng Cái"},
             {"Phường 1", "Phường 11"},
             {"Phường 5", "phường v"},  // a numeral is written in capitals
             {"Tường Vi", "Tường 6"},   // and a name is not read as one
             {"Xã Đông Hải I", "Xã Đông Hải"},
             {"Phố 1 12", "Phố 11 2"},
             {"", "Bình Liêu"},
             {"", ""},
         })
        EXPECT_EQ(compare(a, b), NameMatch::different) << a << " / " << b;
}

TEST(UnitName, keeps_the_letters_of_names_that_begin_like_a_kind) {
    for (const char* name : {"Quảng Hà", "Phong Cốc", "Hà Tu", "Xuân Sơn", "Phương Đông", "Thành Phú", "Thị Xá", "Xá",
                             "Tỉnh", "Xã", "Phường", "P", "X.", "TT", "Kota", "Hồng Thái Tây", "Quan Lạn", "Đặng Lễ"}) {
        const UnitName parsed = parse_unit_name(name);
        ASSERT_EQ(parsed.readings.size(), 1U) << name;
        EXPECT_EQ(parsed.readings[0].kind, UnitKind::none) << name;
        EXPECT_EQ(parsed.readings[0].exact, text_key(name)) << name;
    }
}

TEST(UnitName, that_may_begin_with_a_kind_is_found_either_way) {
    EXPECT_EQ(compare("Kota Agung", "Kecamatan Kota Agung"), NameMatch::kind_missing);
    EXPECT_EQ(compare("Tỉnh Túc", "Thị trấn Tỉnh Túc"), NameMatch::kind_missing);
    EXPECT_EQ(compare("Phuong Dong", "Phường Phuong Dong"), NameMatch::kind_missing);
    EXPECT_EQ(compare("Ho Chi Minh City", "Ho Chi Minh City"), NameMatch::same);
}

TEST(UnitName, tells_a_missing_kind_from_a_contradicting_one) {
    EXPECT_EQ(compare("Bắc Sơn", "Xã Bắc Sơn"), NameMatch::kind_missing);
    EXPECT_EQ(compare("Phường Bắc Sơn", "Xã Bắc Sơn"), NameMatch::kinds_differ);
    EXPECT_EQ(compare("Kabupaten Bandung", "Kota Bandung"), NameMatch::kinds_differ);
    EXPECT_EQ(compare("Quận 1", "Phường 1"), NameMatch::kinds_differ);
    EXPECT_EQ(compare("Ba Chẽ town", "Thị trấn Ba Chẽ"), NameMatch::same);  // an English town may be either
    EXPECT_EQ(compare("Quảng Yên town", "Thị xã Quảng Yên"), NameMatch::same);
}

TEST(UnitName, of_nothing_or_of_punctuation_is_empty) {
    for (const char* text : {"", "  ", "-", "…", "()"})
        EXPECT_TRUE(parse_unit_name(text).empty()) << text;
    EXPECT_FALSE(parse_unit_name("(Bình Liêu)").empty());  // a remark alone is the name
    EXPECT_FALSE(parse_unit_name("\xff\xfe Bình").empty());
}

TEST(UnitName, of_other_scripts_keeps_their_vowel_signs) {
    EXPECT_EQ(compare("ភ្នំពេញ", "ភ្នំពេញ"), NameMatch::same);
    EXPECT_EQ(compare("दिल्ली", "दल्ली"), NameMatch::different);
    EXPECT_EQ(compare("STRASSE", "Straße"), NameMatch::same);  // full case folding
}

TEST(UnitName, folds_without_diacritics) {
    EXPECT_TRUE(same_folded(parse_unit_name("Đông Triều"), parse_unit_name("DONG TRIEU")));
    EXPECT_TRUE(same_folded(parse_unit_name("Xã Đại Dực"), parse_unit_name("Xa Dai Duc")));
    EXPECT_FALSE(same_folded(parse_unit_name("Đông Triều"), parse_unit_name("Đông Ngũ")));
}

/// Every name, written at random in 40 ways, is itself and none of the others.
void expect_only_itself(const std::vector<std::string>& names) {
    std::map<std::string, std::set<std::size_t>> bearers;  // by reading
    for (std::size_t i = 0; i < names.size(); ++i)
        for (const NameReading& reading : parse_unit_name(names[i]).readings)
            bearers[reading.exact].insert(i);
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (std::size_t i = 0; i < names.size(); ++i) {
        for (int round = 0; round < 40; ++round) {
            const std::string written = decorated(names[i], random);
            const UnitName parsed = parse_unit_name(written);
            ASSERT_EQ(compare_names(parsed, parse_unit_name(names[i])), NameMatch::same)
                << names[i] << " / " << written;
            for (const NameReading& reading : parsed.readings)
                for (const std::size_t other : bearers[reading.exact])
                    if (other != i) {
                        ASSERT_NE(compare_names(parsed, parse_unit_name(names[other])), NameMatch::same)
                            << written << " / " << names[other];
                    }
        }
    }
}

TEST(UnitName, decorated_at_random_stays_itself) {
    expect_only_itself({"Xã Hoà Bình",       "Xã Hòa Bính",       "Phường Thủy Nguyên",
                        "Thị trấn Ba Chẽ",   "Đặc khu Cô Tô",     "Phường Móng Cái 1",
                        "Phường Móng Cái 2", "Phường Móng Cái 3", "Xã Quý Hoá",
                        "Xã Bắc Sơn",        "Phường Bắc Sơn",    "Phường 1",
                        "Phường 11",         "Xã Quảng Hà",       "Xã Xuân Sơn",
                        "Phường Phong Cốc",  "Xã Ea H'Leo",       "Phường Xuân Hương - Đà Lạt",
                        "Phường 1 Bảo Lộc",  "Xã Khuê Ngọc Điền"});
}

TEST(UnitName, of_the_provinces_old_units_stays_itself) {
    const std::filesystem::path file = DIABAN_SOURCE_DIR "/../shared/data/quang_ninh_old_units.csv";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not there";
    const auto table = read_one(file);
    std::set<std::string> names;
    for (std::size_t row = 0; row < table->size(); ++row)
        names.insert(table->table.find("old_full_name")->text(row));
    EXPECT_EQ(names.size(), 171U);  // counted in the file
    expect_only_itself({names.begin(), names.end()});
}

}  // namespace
}  // namespace diaban
