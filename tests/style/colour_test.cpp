#include "style/colour.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> hex(const std::vector<Rgba>& colours) {
    std::vector<std::string> texts;
    for (const Rgba c : colours)
        texts.push_back(to_hex(c));
    return texts;
}

TEST(Colour, is_read_with_and_without_hash_and_alpha) {
    EXPECT_EQ(colour_from_hex("#ff8000").value(), (Rgba{255, 128, 0, 255}));
    EXPECT_EQ(colour_from_hex("FF800040").value(), (Rgba{255, 128, 0, 64}));
}

TEST(Colour, that_is_none_is_refused) {
    for (const char* text : {"", "#", "#12345", "#1234567", "red", "#gg0000", "##ff8000"})
        EXPECT_FALSE(colour_from_hex(text)) << text;
    EXPECT_EQ(to_text(colour_from_hex("red").error()), "“red” is not a colour. Write it as #rrggbb or #rrggbbaa.");
}

TEST(Colour, is_written_short_where_it_is_opaque) {
    EXPECT_EQ(to_hex({255, 128, 0, 255}), "#ff8000");
    EXPECT_EQ(to_hex({255, 128, 0, 64}), "#ff800040");
}

// WCAG 2.1: black on white is 21:1. #777777 on white is the well-known near miss of 4.5, 4.48:1 (WebAIM's checker).
TEST(Contrast, is_that_of_wcag) {
    EXPECT_DOUBLE_EQ(contrast({0, 0, 0}, {255, 255, 255}), 21);
    EXPECT_DOUBLE_EQ(contrast({9, 9, 9}, {9, 9, 9}), 1);
    EXPECT_NEAR(contrast({0x77, 0x77, 0x77}, {255, 255, 255}), 4.48, 0.005);
    EXPECT_DOUBLE_EQ(luminance({255, 255, 255}), 1);
    EXPECT_DOUBLE_EQ(luminance({255, 0, 0}), 0.2126);
}

TEST(Mix, goes_from_one_to_the_other_and_no_farther) {
    const Rgba a{0, 100, 200, 255}, b{200, 0, 100, 55};
    EXPECT_EQ(mix(a, b, 0), a);
    EXPECT_EQ(mix(a, b, 1), b);
    EXPECT_EQ(mix(a, b, 0.5), (Rgba{100, 50, 150, 155}));
    EXPECT_EQ(mix(a, b, 7), b);
}

// colorbrewer2.org: YlOrRd of 5, PuOr of 3, Set2 of 8.
TEST(Ramps, are_colorbrewers_published_ones) {
    EXPECT_THAT(hex(ramp_colours("YlOrRd", 5).value()),
                ElementsAre("#ffffb2", "#fecc5c", "#fd8d3c", "#f03b20", "#bd0026"));
    EXPECT_THAT(hex(ramp_colours("PuOr", 3).value()), ElementsAre("#f1a340", "#f7f7f7", "#998ec3"));
    EXPECT_THAT(hex(ramp_colours("Set2", 8).value()),
                ElementsAre("#66c2a5", "#fc8d62", "#8da0cb", "#e78ac3", "#a6d854", "#ffd92f", "#e5c494", "#b3b3b3"));
}

TEST(Ramps, give_as_many_colours_as_asked_for) {
    for (const RampInfo& info : ramps())
        for (int count = 0; count <= 20; ++count)
            EXPECT_EQ(ramp_colours(info.name, count).value().size(), static_cast<std::size_t>(count)) << info.name;
    EXPECT_THAT(ramp_colours("Blues", -1).value(), IsEmpty());
}

TEST(Ramps, offer_colorbrewers_27_that_are_safe_for_colour_blind_eyes) {
    std::set<std::string> names;
    for (const RampInfo& info : ramps()) {
        names.insert(info.name);
        EXPECT_EQ(info.max_classes, info.kind == RampKind::sequential  ? 9
                                    : info.kind == RampKind::diverging ? 11
                                    : info.name == "Paired"            ? 12
                                                                       : 8);
    }
    EXPECT_EQ(names.size(), 27U);
    for (const char* unsafe : {"Spectral", "RdYlGn", "RdGy", "Set1", "Set3", "Accent", "Pastel1", "Pastel2"})
        EXPECT_FALSE(names.contains(unsafe));
}

TEST(Ramps, never_repeat_a_colour_but_in_categorical_ones_that_have_no_more) {
    for (const RampInfo& info : ramps())
        for (int count = 1; count <= (info.kind == RampKind::categorical ? info.max_classes : 20); ++count) {
            const auto texts = hex(ramp_colours(info.name, count).value());
            EXPECT_EQ(std::set(texts.begin(), texts.end()).size(), texts.size()) << info.name << " " << count;
        }
    const auto more = ramp_colours("Dark2", 9).value();
    EXPECT_EQ(more[8], more[0]);
}

TEST(Ramps, take_one_or_two_colours_from_the_three_class_scheme) {
    EXPECT_THAT(hex(ramp_colours("YlOrRd", 2).value()), ElementsAre("#ffeda0", "#f03b20"));
    EXPECT_THAT(hex(ramp_colours("YlOrRd", 1).value()), ElementsAre("#feb24c"));
    EXPECT_THAT(hex(ramp_colours("PuOr", 1).value()), ElementsAre("#998ec3"));
    EXPECT_THAT(hex(ramp_colours("PuOr", 1, true).value()), ElementsAre("#f1a340"));
}

TEST(Ramps, keep_their_ends_when_stretched) {
    const auto nine = ramp_colours("Blues", 9).value();
    const auto seventeen = ramp_colours("Blues", 17).value();
    EXPECT_EQ(seventeen.front(), nine.front());
    EXPECT_EQ(seventeen[8], nine[4]);
    EXPECT_EQ(seventeen.back(), nine.back());
}

TEST(Ramps, run_the_other_way_when_reversed) {
    auto colours = ramp_colours("Blues", 5).value();
    std::ranges::reverse(colours);
    EXPECT_EQ(ramp_colours("Blues", 5, true).value(), colours);
}

TEST(Ramps, that_are_unknown_are_refused_with_the_nearest) {
    EXPECT_EQ(to_text(ramp_colours("ylorrr", 5).error()), "there is no colour ramp “ylorrr”. Did you mean “YlOrRd”?");
    EXPECT_EQ(to_text(ramp_colours("", 5).error()),
              "there is no colour ramp “”. Choose one of ColorBrewer's colour-blind-safe ramps.");
}

}  // namespace
}  // namespace diaban
