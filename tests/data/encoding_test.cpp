// Old encodings: what their bytes mean, telling them from each other by the letters, and leaving Unicode alone.
#include "data/encoding/encoding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/text.h"
#include "data/encoding/detect.h"
#include "data/encoding/likelihood.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Texts = std::vector<std::string>;

constexpr Encoding legacy[] = {Encoding::tcvn3, Encoding::vni, Encoding::viscii, Encoding::windows_1258};

const Texts vietnamese{"Bình Liêu",     "Hoành Mô",  "Quảng Ninh", "Móng Cái",  "Đông Triều",
                       "Cẩm Phả",       "Uông Bí",   "Vân Đồn",    "Tiên Yên",  "Đầm Hà",
                       "Hải Hà",        "Ba Chẽ",    "Hạ Long",    "Yên Tử",    "Cửa Ông",
                       "Điền Xá",       "Kỳ Thượng", "Lương Minh", "Vĩnh Thực", "Quảng Đức",
                       "Đặc khu Cô Tô", "Đường Hoa", "Thống Nhất", "Hồng Gai",  "Mạo Khê"};

/// Names of places and words that are Latin-1 and no Vietnamese.
const Texts western{
    "São Tomé",  "Côte d'Ivoire", "Curaçao", "Ñuñoa",     "Malmö",      "Göteborg",  "Århus",          "Tromsø",
    "Zürich",    "Genève",        "Köln",    "München",   "Düsseldorf", "Nürnberg",  "Besançon",       "Orléans",
    "Nîmes",     "Sète",          "Béziers", "Málaga",    "Cádiz",      "Córdoba",   "León",           "A Coruña",
    "Jaén",      "Ávila",         "Évora",   "Setúbal",   "Bragança",   "Guimarães", "Belém",          "Vitória",
    "Goiânia",   "Brasília",      "Umeå",    "Östersund", "Jönköping",  "Ålesund",   "Reykjavík",      "Dún Laoghaire",
    "Pécs",      "Saint-Étienne", "Bogotá",  "Medellín",  "Perú",       "México",    "Québec",         "Montréal",
    "Île de Ré", "Türkiye",       "Rhône",   "Saint-Lô",  "Forlì",      "Cefalù",    "Mönchengladbach"};

Texts encoded(const Texts& texts, Encoding encoding) {
    Texts bytes;
    for (const std::string& text : texts)
        bytes.push_back(encode(text, encoding).value());
    return bytes;
}

/// What a program stores that takes bytes for Latin-1: each becomes the character of its number.
std::string through_latin1(const std::string& bytes) {
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            text += c;
        } else {
            text += static_cast<char>(0xC0U | byte >> 6U);
            text += static_cast<char>(0x80U | (byte & 0x3FU));
        }
    }
    return text;
}

Texts through_latin1(const Texts& cells) {
    Texts texts;
    for (const std::string& cell : cells)
        texts.push_back(through_latin1(cell));
    return texts;
}

Texts repaired(const Texts& cells) {
    const EncodingGuess guess = detect_encoding(cells);
    Texts texts;
    for (const std::string& cell : cells)
        texts.push_back(repair_text(cell, guess));
    return texts;
}

// ── what bytes mean ──

TEST(Encoding, ids_lead_back_to_their_encodings) {
    EXPECT_EQ(all_encodings().size(), 8U);
    for (const Encoding encoding : all_encodings()) {
        EXPECT_EQ(encoding_from_id(to_id(encoding)), encoding);
        EXPECT_NE(to_text(encoding), "");
    }
    EXPECT_EQ(encoding_from_id("TCVN3"), Encoding::tcvn3);
    EXPECT_EQ(encoding_from_id(""), std::nullopt);
    EXPECT_EQ(encoding_from_id("koi8-r"), std::nullopt);
    EXPECT_EQ(to_text(Encoding::tcvn3), "TCVN3 (ABC)");
}

// The bytes are from the published tables: TCVN 5712:1993 (VN3), VNI's for Windows, RFC 1456 and Microsoft's code page.
TEST(Decode, reads_a_name_in_each_encoding) {
    EXPECT_EQ(decode("B\xD7nh Li\xAAu", Encoding::tcvn3), (Decoded{"Bình Liêu", 0}));
    EXPECT_EQ(decode("\xA7\xAB"
                     "ng Tri\xD2u",
                     Encoding::tcvn3),
              (Decoded{"Đông Triều", 0}));
    EXPECT_EQ(decode("Qua\xFBng Ninh", Encoding::vni), (Decoded{"Quảng Ninh", 0}));
    EXPECT_EQ(decode("\xD1O\xC2NG TRIE\xC0U", Encoding::vni), (Decoded{"ĐÔNG TRIỀU", 0}));
    EXPECT_EQ(decode("H\xF6\xF4ng Kh\xEA", Encoding::vni).undecodable, 1);
    EXPECT_EQ(decode("V\xF3nh Th\xF6\xEF"
                     "c",
                     Encoding::vni),
              (Decoded{"Vĩnh Thực", 0}));
    EXPECT_EQ(decode("Qu\xE4ng Y\xEAn", Encoding::viscii), (Decoded{"Quảng Yên", 0}));
    EXPECT_EQ(decode("Qua\xD2ng Ninh", Encoding::windows_1258), (Decoded{"Quảng Ninh", 0}));
    EXPECT_EQ(decode("C\xF4te", Encoding::windows_1252), (Decoded{"Côte", 0}));
}

TEST(Decode, knows_every_vni_vowel) {
    const Texts vowels{"a", "ă", "â", "e", "ê", "o", "ô", "ơ", "u", "ư", "y"};
    for (const std::string& vowel : vowels)
        for (const char* tone : {"\u0300", "\u0301", "\u0303", "\u0309"}) {
            const std::string letter = to_nfc(vowel + tone);
            EXPECT_EQ(decode(encode(letter, Encoding::vni).value(), Encoding::vni), (Decoded{letter, 0})) << letter;
        }
    EXPECT_EQ(decode("\xED\xEC\xE6\xF3\xF2\xEE\xF1", Encoding::vni), (Decoded{"íìỉĩịỵđ", 0}));
}

TEST(Decode, keeps_line_breaks_and_tabs) {
    for (const Encoding encoding : legacy)
        EXPECT_EQ(decode("a\tb\r\nc", encoding), (Decoded{"a\tb\r\nc", 0})) << to_id(encoding);
    EXPECT_EQ(decode("", Encoding::vni), (Decoded{"", 0}));
    EXPECT_EQ(decode(std::string("a\0b", 3), Encoding::tcvn3).text, std::string("a\0b", 3));
}

TEST(Decode, counts_what_means_nothing) {
    EXPECT_EQ(decode("a\x81"
                     "b",
                     Encoding::windows_1252),
              (Decoded{"a\uFFFDb", 1}));
    EXPECT_EQ(decode("b\xF9", Encoding::vni), (Decoded{"b\uFFFD", 1}));  // a tone mark without a vowel
    EXPECT_EQ(decode("B\xECnh", Encoding::utf8), (Decoded{"B\uFFFDnh", 1}));
    EXPECT_EQ(decode(std::string("\x00\xD8\x41", 3), Encoding::utf16le).undecodable, 2);  // half a pair, half a unit
}

TEST(Decode, never_fails_on_any_byte) {
    std::string all;
    for (int byte = 0; byte < 256; ++byte)
        all += static_cast<char>(byte);
    for (const Encoding encoding : all_encodings())
        EXPECT_TRUE(is_utf8(decode(all, encoding).text)) << to_id(encoding);
}

TEST(Decode, gives_tcvn3_its_capitals_back) {
    EXPECT_EQ(decode("QU\xB6NG NINH", Encoding::tcvn3).text, "QUẢNG NINH");
    EXPECT_EQ(decode("H\xB5 N\xE9I", Encoding::tcvn3).text, "HÀ NỘI");
    EXPECT_EQ(decode("H\xB5 Tu", Encoding::tcvn3).text, "Hà Tu");
    EXPECT_EQ(decode("X\xB7 \xB8i Qu\xE8"
                     "c",
                     Encoding::tcvn3)
                  .text,
              "Xã Ái Quốc");
    EXPECT_EQ(decode("tr\xADêng", Encoding::tcvn3).undecodable, 0);
}

TEST(Decode, composes_the_marks_of_windows_1258_to_nfc) {
    const std::string text = decode("Ti\xEA\xECn", Encoding::windows_1258).text;
    EXPECT_EQ(text, "Ti\u1EBFn");
}

TEST(Encode, comes_back_from_every_encoding) {
    for (const Encoding encoding : all_encodings()) {
        if (encoding == Encoding::windows_1252) continue;
        for (const std::string& name : vietnamese)
            EXPECT_EQ(decode(encode(name, encoding).value(), encoding), (Decoded{name, 0})) << to_id(encoding);
    }
    EXPECT_EQ(encode("Bình Liêu", Encoding::windows_1252), "B\xECnh Li\xEAu");
}

TEST(Encode, refuses_letters_that_the_encoding_lacks) {
    EXPECT_EQ(encode("Phả", Encoding::windows_1252), std::nullopt);
    EXPECT_EQ(encode("北", Encoding::vni), std::nullopt);
    EXPECT_EQ(encode("Ż", Encoding::windows_1258), std::nullopt);
}

TEST(BytesBehind, undoes_latin1_and_windows_1252) {
    EXPECT_EQ(bytes_behind("B×nh Liªu"), "B\xD7nh Li\xAAu");
    EXPECT_EQ(bytes_behind("“x”"), "\x93x\x94");
    EXPECT_EQ(bytes_behind("\u0093x\u0094"), "\x93x\x94");
    EXPECT_EQ(bytes_behind("Phả"), std::nullopt);
}

// ── which words are likely ──

TEST(Surprise, knows_vietnamese_syllables) {
    for (const std::u32string_view word : {U"Nghiêng", U"giếng", U"gì", U"quý", U"Hoà", U"Hòa", U"thuyền", U"HUYỆN",
                                           U"ưu", U"khuỷu", U"ướt", U"Kạn", U"được"})
        EXPECT_GT(syllable_surprise(word), 0);
    // No such rhyme; a stop with huyền; two tones; c before i; not one syllable; nothing.
    for (const std::u32string_view word : {U"Liaụ", U"càc", U"tỏán", U"cìn", U"Tomộ", U""})
        EXPECT_LT(syllable_surprise(word), 0);
    EXPECT_GT(syllable_surprise(U"tíên"), syllable_surprise(U"tiến"));  // the mark on the wrong vowel
}

TEST(Surprise, is_larger_for_wrong_readings) {
    EXPECT_LT(surprise("Bình Liêu"), surprise("B×nh Liªu"));
    EXPECT_LT(surprise("Quảng Ninh"), surprise("Quaûng Ninh"));
    EXPECT_LT(surprise("São Tomé"), surprise("Sóo Tomộ"));
    EXPECT_EQ(surprise(""), 0);
}

// ── telling encodings ──

TEST(DetectEncoding, tells_each_encoding_from_three_names) {
    for (const Encoding encoding : legacy) {
        for (std::size_t first = 0; first + 3 <= vietnamese.size(); ++first) {
            const Texts names(vietnamese.begin() + static_cast<std::ptrdiff_t>(first),
                              vietnamese.begin() + static_cast<std::ptrdiff_t>(first + 3));
            const Texts bytes = encoded(names, encoding);
            EXPECT_EQ(repaired(bytes), names) << to_id(encoding) << " as bytes";
            EXPECT_EQ(repaired(through_latin1(bytes)), names) << to_id(encoding) << " stored as Unicode";
        }
    }
}

TEST(DetectEncoding, names_the_encoding_and_how_sure_it_is) {
    const Texts bytes = encoded(vietnamese, Encoding::tcvn3);
    const EncodingGuess guess = detect_encoding(bytes);
    EXPECT_EQ(guess.encoding, Encoding::tcvn3);
    EXPECT_FALSE(guess.via_latin1);
    EXPECT_FALSE(guess.ambiguous);
    EXPECT_GT(guess.confidence, 0.999);
    ASSERT_EQ(guess.samples.size(), 5U);
    EXPECT_EQ(guess.samples[0], (TextSample{"B×nh Liªu", "Bình Liêu"}));

    const EncodingGuess stored = detect_encoding(through_latin1(encoded(vietnamese, Encoding::vni)));
    EXPECT_EQ(stored.encoding, Encoding::vni);
    EXPECT_TRUE(stored.via_latin1);
}

TEST(DetectEncoding, undoes_utf8_that_was_taken_for_windows_1252) {
    const Texts cells{"BÃ¬nh LiÃªu", "HoÃ\u00a0nh MÃ´", "SÃ£o TomÃ©"};
    EXPECT_EQ(repaired(cells), (Texts{"Bình Liêu", "Hoành Mô", "São Tomé"}));
}

TEST(DetectEncoding, has_nothing_to_do_for_plain_letters) {
    EXPECT_EQ(detect_encoding({}).repairs(), false);
    const EncodingGuess guess = detect_encoding(Texts{"Ba Che", "", "06838"});
    EXPECT_EQ(guess.encoding, Encoding::utf8);
    EXPECT_EQ(guess.confidence, 1);
    EXPECT_THAT(guess.samples, IsEmpty());
}

TEST(DetectEncoding, never_touches_vietnamese_that_is_unicode) {
    EXPECT_EQ(repaired(vietnamese), vietnamese);
    for (const std::string& name : vietnamese)
        EXPECT_EQ(repaired({name}), Texts{name});
    EXPECT_EQ(repaired({"Hoàng Mai", "Hoàn Kiếm", "Hoà Bình"}), (Texts{"Hoàng Mai", "Hoàn Kiếm", "Hoà Bình"}));
    EXPECT_EQ(repaired({"Bi\u0300nh Lie\u0302u", "Ca\u0302\u0309m Pha\u0309"}),
              (Texts{"Bình Liêu", "Cẩm Phả"}));  // NFD
}

TEST(DetectEncoding, never_touches_other_languages) {
    EXPECT_EQ(repaired(western), western);
    for (const std::string& name : western)
        EXPECT_EQ(repaired({name}), Texts{name});
    for (std::size_t first = 0; first + 3 <= western.size(); ++first) {
        const Texts names(western.begin() + static_cast<std::ptrdiff_t>(first),
                          western.begin() + static_cast<std::ptrdiff_t>(first + 3));
        EXPECT_EQ(repaired(names), names);
    }
    const Texts others{"北京市", "Москва", "กรุงเทพมหานคร", "Łódź",      "Dvůr Králové", "Đakovo", "Ağrı",
                       "10 µm",  "5 m²",   "25 °C",        "« Paris »", "Nº 5",         "§ 12",   "©2020"};
    EXPECT_EQ(repaired(others), others);
    for (const std::string& text : others)
        EXPECT_EQ(repaired({text}), Texts{text});
}

TEST(DetectEncoding, reads_western_bytes_as_windows_1252) {
    const Texts bytes = encoded(western, Encoding::windows_1252);
    EXPECT_EQ(detect_encoding(bytes).encoding, Encoding::windows_1252);
    EXPECT_EQ(repaired(bytes), western);
}

TEST(DetectEncoding, repairs_only_the_old_cells_of_a_mixed_column) {
    Texts cells = vietnamese;
    cells[0] = "B×nh Liªu";
    cells[5] = "CÈm Ph¶";
    cells[9] = "§Çm Hµ";
    EXPECT_EQ(repaired(cells), vietnamese);
    cells[0] = "B\xD7nh Li\xAAu";  // as a table holds it into which rows of both kinds were copied
    cells[5] = "C\xC8m Ph\xB6";
    cells[9] = "\xA7\xC7m H\xB5";
    EXPECT_EQ(repaired(cells), vietnamese);
    Texts mostly_old = through_latin1(encoded(vietnamese, Encoding::vni));
    mostly_old[3] = "Móng Cái";
    mostly_old[7] = "Vân Đồn";
    EXPECT_EQ(repaired(mostly_old), vietnamese);
}

TEST(DetectEncoding, finds_the_old_cells_of_a_long_column) {
    Texts cells;
    for (int i = 0; i < 20000; ++i)
        cells.push_back("Thôn Bản Mới " + std::to_string(i));
    Texts expected = cells;
    for (const std::size_t row : {std::size_t{7777}, std::size_t{15001}}) {
        cells[row] = encode("Hoành Mô", Encoding::tcvn3).value();
        expected[row] = "Hoành Mô";
    }
    EXPECT_EQ(repaired(cells), expected);
}

TEST(DetectEncoding, keeps_unicode_whose_last_letter_was_cut_off) {
    Texts cells = vietnamese;
    cells[2] = "Xã Quảng Ninh, huyện Đ\xE1\xBA";  // as a table's field of fixed width leaves it
    const EncodingGuess guess = detect_encoding(cells);
    EXPECT_FALSE(guess.repairs());
    EXPECT_EQ(repair_text(cells[2], guess), "Xã Quảng Ninh, huyện Đ\uFFFD");
}

TEST(DetectEncoding, asks_where_one_name_fits_two_encodings) {
    const Texts cells{"H¹ Long"};  // a footnote, or Hạ Long in TCVN3
    const EncodingGuess guess = detect_encoding(cells);
    EXPECT_FALSE(guess.repairs());  // the cautious reading
    EXPECT_TRUE(guess.ambiguous);
    EXPECT_EQ(guess.runner_up, Encoding::tcvn3);
    EXPECT_EQ(question_text(guess, "name", cells),
              "Is “name” written in Unicode (UTF-8), “H¹ Long”, or in TCVN3 (ABC), “Hạ Long”?");
    EXPECT_EQ(question_text(detect_encoding(vietnamese), "name", vietnamese), "");
}

TEST(DetectEncoding, lets_the_other_columns_decide_a_short_one) {
    const EncodingGuess prior = detect_encoding(through_latin1(encoded(vietnamese, Encoding::tcvn3)));
    const Texts cells{"H¹ Long"};
    const EncodingGuess guess = detect_encoding(cells, &prior);
    EXPECT_EQ(repair_text(cells[0], guess), "Hạ Long");
}

TEST(DetectEncoding, obeys_the_user) {
    const Texts cells{"H¹ Long"};
    const auto forced = forced_encoding("tcvn3", cells);
    ASSERT_TRUE(forced);
    EXPECT_EQ(repair_text(cells[0], *forced), "Hạ Long");
    EXPECT_EQ(repair_text("Cẩm Phả", *forced), "Cẩm Phả");  // cannot be TCVN3
    EXPECT_EQ(repair_text("B×nh Liªu", *forced_encoding("utf-8", Texts{"B×nh Liªu"})), "B×nh Liªu");
    EXPECT_FALSE(forced_encoding("utf-16le", cells)->repairs());  // a matter of the whole file
    EXPECT_EQ(forced_encoding("klingon", cells), std::nullopt);
}

/// Every name of the gazetteer, new and old.
TEST(DetectEncoding, reads_the_provinces_real_names_in_every_encoding) {
    std::ifstream file(DIABAN_SOURCE_DIR "/../shared/data/quang_ninh_gazetteer.csv");
    if (!file) GTEST_SKIP() << "the gazetteer is not here";
    Texts names;
    std::string line;
    for (std::getline(file, line); std::getline(file, line);) {
        const auto quote = line.find('"');
        std::stringstream fields(line.substr(0, quote));
        std::string field;
        for (int i = 0; i < 3 && std::getline(fields, field, ','); ++i)
            if (i > 0) names.push_back(to_nfc(field));
        if (quote == std::string::npos) continue;
        std::stringstream old(line.substr(quote + 1, line.rfind('"') - quote - 1));
        while (std::getline(old, field, ','))
            names.push_back(to_nfc(trim(field)));
    }
    ASSERT_GT(names.size(), 200U);
    EXPECT_EQ(repaired(names), names);
    for (const Encoding encoding : legacy) {
        const Texts bytes = encoded(names, encoding);
        EXPECT_EQ(repaired(bytes), names) << to_id(encoding);
        EXPECT_EQ(repaired(through_latin1(bytes)), names) << to_id(encoding);
    }
}

// ── whole files ──

TEST(DetectFileEncoding, tells_unicode_files_by_marks_and_bytes) {
    EXPECT_EQ(detect_file_encoding("\xEF\xBB\xBF"
                                   "a")
                  .encoding,
              Encoding::utf8);
    EXPECT_EQ(detect_file_encoding("\xEF\xBB\xBF"
                                   "a")
                  .bom,
              3U);
    EXPECT_EQ(detect_file_encoding("").encoding, Encoding::utf8);
    EXPECT_EQ(detect_file_encoding("a,Bình\n").encoding, Encoding::utf8);
    EXPECT_EQ(detect_file_encoding("a,B\xECnh\n").encoding, std::nullopt);
    const std::string text = "mã,tên\n06838,Bình Liêu\n06841,Cẩm Phả\n";
    for (const Encoding encoding : {Encoding::utf16le, Encoding::utf16be}) {
        const std::string bytes = encode(text, encoding).value();
        EXPECT_EQ(detect_file_encoding(bytes).encoding, encoding);
        EXPECT_EQ(to_utf8_file(bytes), text);
        const std::string marked = (encoding == Encoding::utf16le ? "\xFF\xFE" : "\xFE\xFF") + bytes;
        EXPECT_EQ(detect_file_encoding(marked).bom, 2U);
        EXPECT_EQ(to_utf8_file(marked), text);
    }
    EXPECT_EQ(to_utf8_file("\xEF\xBB\xBF" + text), text);
    EXPECT_EQ(to_utf8_file("B\xD7nh"), "B\xD7nh");
}

}  // namespace
}  // namespace diaban
