#include "base/text.h"

#include <gtest/gtest.h>

namespace diaban {
namespace {

TEST(Fold, drops_case_diacritics_and_the_bar_of_d) {
    EXPECT_EQ(fold("Xã Bình Liêu"), "xa binh lieu");
    EXPECT_EQ(fold("Đường Hoa"), "duong hoa");
    EXPECT_EQ(fold("ĐẶC KHU CÔ TÔ"), "dac khu co to");
}

TEST(Fold, makes_the_two_tone_mark_conventions_and_the_two_normal_forms_equal) {
    EXPECT_EQ(fold("Hòa"), fold("Hoà"));
    EXPECT_EQ(fold("Li\u00eau"), fold("Lie\u0302u"));
}

TEST(Fold, makes_runs_of_white_space_one_blank_and_trims) {
    EXPECT_EQ(fold("  Móng \t Cái\u00a0 1 "), "mong cai 1");
}

TEST(Fold, of_nothing_is_nothing) {
    EXPECT_EQ(fold(""), "");
    EXPECT_EQ(fold(" \t"), "");
}

TEST(ContainsFolded, finds_what_people_type) {
    EXPECT_TRUE(contains_folded("Xã Bình Liêu", "binh lieu"));
    EXPECT_FALSE(contains_folded("Xã Bình Liêu", "binh lien"));
    EXPECT_TRUE(contains_folded("anything", ""));
}

TEST(ToNfc, composes_and_leaves_ascii_alone) {
    EXPECT_EQ(to_nfc("Lie\u0302u"), "Li\u00eau");
    EXPECT_EQ(to_nfc("plain"), "plain");
}

TEST(ToNfc, replaces_malformed_bytes) {
    EXPECT_EQ(to_nfc("a\xff"
                     "b"),
              "a\ufffd"
              "b");
}

TEST(IsUtf8, tells_unicode_from_an_old_code_page) {
    EXPECT_TRUE(is_utf8("Quảng Ninh"));
    EXPECT_TRUE(is_utf8(""));
    EXPECT_FALSE(is_utf8("B\xd7nh Li\xaau"));  // TCVN3
    EXPECT_FALSE(is_utf8("\xc3"));             // cut short
}

// The order of the letters of the Vietnamese alphabet: a ă â b c d đ e ê …; tones are secondary.
TEST(CompareVietnamese, follows_the_alphabet) {
    EXPECT_LT(compare_vietnamese("da", "đa"), 0);
    EXPECT_LT(compare_vietnamese("dz", "đa"), 0);
    EXPECT_LT(compare_vietnamese("an", "ăn"), 0);
    EXPECT_LT(compare_vietnamese("ăz", "âa"), 0);
    EXPECT_EQ(compare_vietnamese("Hà Tu", "Hà Tu"), 0);
}

TEST(CompareVietnamese, counts_numbers_inside_names) {
    EXPECT_LT(compare_vietnamese("Móng Cái 2", "Móng Cái 10"), 0);
}

TEST(Trim, takes_blanks_and_no_break_spaces_from_both_ends) {
    EXPECT_EQ(trim("\u00a0 a b \r\n"), "a b");
    EXPECT_EQ(trim(""), "");
    EXPECT_EQ(trim(" \u00a0 "), "");
}

TEST(EndsSentence, takes_a_full_stop_a_question_and_an_exclamation) {
    EXPECT_TRUE(ends_sentence("Did you mean “name”?"));
    EXPECT_TRUE(ends_sentence("Mend it."));
    EXPECT_FALSE(ends_sentence("“name”"));
    EXPECT_FALSE(ends_sentence(""));
}

TEST(NearestWord, offers_a_likely_slip_and_nothing_far_off) {
    EXPECT_EQ(nearest_word("stuntd", {"measured", "stunted"}), "stunted");
    EXPECT_EQ(nearest_word("titel", {"note", "title"}), "title");
    EXPECT_EQ(nearest_word("xa", {"communes", "villages"}), "");
    EXPECT_EQ(nearest_word("anything", {}), "");
}

TEST(EditDistance, counts_slips_up_to_a_limit) {
    EXPECT_EQ(edit_distance(u"", u"", 0), 0U);
    EXPECT_EQ(edit_distance(u"", u"abc", 5), 3U);
    EXPECT_EQ(edit_distance(u"kitten", u"sitting", 9), 3U);       // Wikipedia's example
    EXPECT_EQ(edit_distance(u"kitten", u"sitting", 2), 3U);       // more than 2
    EXPECT_EQ(edit_distance(u"binh lieu", u"bihn lieu", 4), 1U);  // two neighbours swapped
    EXPECT_EQ(edit_distance(u"ca", u"abc", 4), 3U);               // a swapped pair is not cut again
    EXPECT_EQ(edit_distance(std::u16string(200, u'a'), std::u16string(199, u'a') + u"b", 5), 1U);
}

TEST(CsvField, is_quoted_only_where_it_must_be) {
    EXPECT_EQ(csv_field("Hà Tu"), "Hà Tu");
    EXPECT_EQ(csv_field(""), "");
    EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
    EXPECT_EQ(csv_field("say \"no\"\n"), "\"say \"\"no\"\"\n\"");
}

}  // namespace
}  // namespace diaban
