#include <gmock/gmock.h>

#include <cmath>

#include "panels_support.h"
#include "style/colour.h"
#include "ui/charts.h"
#include "ui/icons.h"
#include "ui/widgets.h"

namespace diaban::ui {
namespace {

// WCAG 2.1, success criterion 1.4.3 (AA): 4.5 : 1 for text.
TEST(Theme, is_readable_by_WCAG_AA_in_light_and_dark) {
    for (const Theme theme : {Theme::light, Theme::dark}) {
        const Palette& p = palette(theme);
        for (const Rgba ground : {p.panel, p.window}) {
            EXPECT_GE(contrast(p.text, ground), 7) << to_hex(ground);
            EXPECT_GE(contrast(p.muted, ground), 4.5) << to_hex(ground);
            EXPECT_GE(contrast(p.accent, ground), 4.5) << to_hex(ground);
        }
        EXPECT_GE(contrast(p.accent_text, p.accent), 4.5);
        for (const Rgba signal : {p.warning, p.error, p.good})
            EXPECT_GE(contrast(signal, p.panel), 4.5);
    }
}

TEST(Theme, has_every_icon_and_every_Vietnamese_letter) {
    const Harness h;
    for (const char* glyph : icon::all) {
        const auto* b = reinterpret_cast<const unsigned char*>(glyph);
        const auto code = static_cast<ImWchar>((b[0] & 0x0FU) << 12U | (b[1] & 0x3FU) << 6U | (b[2] & 0x3FU));
        EXPECT_NE(fonts().regular->FindGlyphNoFallback(code), nullptr) << std::hex << code;
        EXPECT_NE(fonts().large->FindGlyphNoFallback(code), nullptr) << std::hex << code;
    }
    for (ImWchar c = 0x1EA0; c <= 0x1EF9; ++c)
        EXPECT_NE(fonts().regular->FindGlyphNoFallback(c), nullptr) << std::hex << c;
    for (const int c : {0x110, 0x111, 0x1A0, 0x1A1, 0x1AF, 0x1B0, 0x20AB, 0x2013, 0x2212, 0x2264, 0x2192})
        EXPECT_NE(fonts().small->FindGlyphNoFallback(static_cast<ImWchar>(c)), nullptr) << std::hex << c;
}

TEST(Theme, grows_with_the_screens_scale) {
    const Harness h(1280, 720, 2);
    EXPECT_FLOAT_EQ(px(8), 16);
    EXPECT_NEAR(fonts().regular->FontSize, 13.5F * 2 * 3408 / 2816, 1);
}

TEST(Widgets, cut_a_text_at_whole_letters) {
    Harness h;
    ImGui::NewFrame();
    EXPECT_EQ(cut_to("Hạ Long", 1000), "Hạ Long");
    const std::string cut = cut_to("Hạạạạạạạạạạạạạ", text_width("Hạạ…") + 1);
    EXPECT_EQ(cut, "Hạạ…");
    EXPECT_EQ(cut_to("", 0), "");
    ImGui::EndFrame();
}

TEST(Charts, count_values_into_equal_bins) {
    // By hand: bins of width 2.5 over 0 … 10; the greatest value belongs to the last bin.
    EXPECT_EQ(histogram_counts(std::vector<double>{0, 1, 2.5, 9, 10}, 4), (std::vector<int>{2, 1, 0, 2}));
    EXPECT_EQ(histogram_counts(std::vector<double>{}, 3), (std::vector<int>{0, 0, 0}));
    EXPECT_EQ(histogram_counts(std::vector<double>{7, 7, NAN}, 2), (std::vector<int>{2, 0}));
}

}  // namespace
}  // namespace diaban::ui
