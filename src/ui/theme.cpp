#include "ui/theme.h"

#include <fontconfig/fontconfig.h>
#include <imgui.h>

#include <cmath>
#include <memory>
#include <string>

#include "ui/icons.h"

namespace diaban::ui {

namespace {

// Fonts, colours and scale belong to ImGui's context and have its lifetime: the one place where they are set up.
Fonts fonts_now;
Theme theme_now = Theme::light;
float scale_now = 1;

struct ReleaseConfig {
    void operator()(FcConfig* config) const { FcConfigDestroy(config); }
};
struct ReleasePattern {
    void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
};

/// The file of a font family at a weight, from what the whole process knows of fonts; empty when another family would
/// stand in for it.
std::string font_file(const char* family, int weight) {
    const std::unique_ptr<FcConfig, ReleaseConfig> config(FcConfigReference(nullptr));
    const std::unique_ptr<FcPattern, ReleasePattern> wanted(FcPatternCreate());
    if (!config || !wanted) return {};
    const std::string name(family);
    FcPatternAddString(wanted.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>(name.c_str()));
    FcPatternAddInteger(wanted.get(), FC_WEIGHT, weight);
    FcPatternAddInteger(wanted.get(), FC_SLANT, FC_SLANT_ROMAN);
    FcConfigSubstitute(config.get(), wanted.get(), FcMatchPattern);
    FcDefaultSubstitute(wanted.get());
    FcResult result = FcResultNoMatch;
    const std::unique_ptr<FcPattern, ReleasePattern> found(FcFontMatch(config.get(), wanted.get(), &result));
    if (!found) return {};
    FcChar8* text = nullptr;
    if (FcPatternGetString(found.get(), FC_FAMILY, 0, &text) != FcResultMatch) return {};
    if (name != reinterpret_cast<const char*>(text)) return {};
    if (FcPatternGetString(found.get(), FC_FILE, 0, &text) != FcResultMatch) return {};
    return reinterpret_cast<const char*>(text);
}

/// Latin with everything Vietnamese, and the signs that our texts use.
ImVector<ImWchar> text_ranges() {
    static constexpr ImWchar latin[] = {0x20,   0x7E,   0xA0,   0x17F,  0x1A0,  0x1A1,  0x1AF, 0x1B0,  0x300,
                                        0x304,  0x306,  0x30C,  0x31B,  0x31B,  0x323,  0x323, 0x1E00, 0x1EF9,
                                        0x2010, 0x2026, 0x2030, 0x2033, 0x20AB, 0x20AC, 0};
    ImFontGlyphRangesBuilder builder;
    builder.AddRanges(latin);
    builder.AddText("·•×≥≤≠≈±−∞←↑→↓↔✓✗⌘⏎²³µ‰√∑");
    ImVector<ImWchar> ranges;
    builder.BuildRanges(&ranges);
    return ranges;
}

ImVector<ImWchar> icon_ranges() {
    ImFontGlyphRangesBuilder builder;
    for (const char* glyph : icon::all)
        builder.AddText(glyph);
    ImVector<ImWchar> ranges;
    builder.BuildRanges(&ranges);
    return ranges;
}

struct FontFiles {
    std::string regular, semi_bold, icons;
};

/// `em` in ImGui units. ImGui sizes fonts by ascent minus descent, which for Inter is 3408/2816 of its em.
ImFont* add_font(const std::string& file, const std::string& icons, float em, const ImWchar* text,
                 const ImWchar* glyphs) {
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    ImFontConfig config;
    config.OversampleH = 3;
    config.OversampleV = 1;
    config.PixelSnapH = false;
    ImFont* font = atlas.AddFontFromFileTTF(file.c_str(), em * 3408.0F / 2816.0F, &config, text);
    if (!font || icons.empty()) return font;
    // An icon is drawn a little larger than the letters. Its middle is 0.375 of its em above the baseline, that of
    // Inter's capitals 0.364 of theirs: moving it down by the difference puts the two on one line.
    const float icon_em = std::round(em * 1.3F);
    ImFontConfig merged;
    merged.MergeMode = true;
    merged.OversampleH = 2;
    merged.OversampleV = 2;
    merged.GlyphOffset.y = std::round(0.375F * icon_em - 0.364F * em);
    merged.GlyphMinAdvanceX = icon_em;
    atlas.AddFontFromFileTTF(icons.c_str(), icon_em, &merged, glyphs);
    return font;
}

ImVec4 vec(Rgba c, float alpha = 1) {
    return {static_cast<float>(c.r) / 255, static_cast<float>(c.g) / 255, static_cast<float>(c.b) / 255, alpha};
}

void set_sizes(ImGuiStyle& style) {
    style.WindowPadding = {12, 12};
    style.WindowRounding = 8;
    style.WindowBorderSize = 1;
    style.WindowTitleAlign = {0, 0.5F};
    style.WindowMenuButtonPosition = ImGuiDir_None;
    style.ChildRounding = 6;
    style.ChildBorderSize = 1;
    style.PopupRounding = 8;
    style.PopupBorderSize = 1;
    style.FramePadding = {8, 5};
    style.FrameRounding = 6;
    style.FrameBorderSize = 1;
    style.ItemSpacing = {8, 6};
    style.ItemInnerSpacing = {6, 4};
    style.CellPadding = {8, 4};
    style.IndentSpacing = 16;
    style.ScrollbarSize = 12;
    style.ScrollbarRounding = 6;
    style.GrabMinSize = 12;
    style.GrabRounding = 6;
    style.TabRounding = 6;
    style.TabBorderSize = 0;
    style.SelectableTextAlign = {0, 0.5F};
    style.DisplaySafeAreaPadding = {4, 4};
    style.CircleTessellationMaxError = 0.15F;
    style.CurveTessellationTol = 0.6F;
}

void set_colours(ImGuiStyle& style, const Palette& p, Theme theme) {
    const auto toward_text = [&](double t) { return vec(mix(p.panel, p.text, t)); };
    const bool dark = theme == Theme::dark;
    const ImVec4 field = dark ? vec(mix(p.panel, p.window, 0.6)) : vec(p.panel);
    const ImVec4 none{0, 0, 0, 0};
    auto& c = style.Colors;
    c[ImGuiCol_Text] = vec(p.text);
    c[ImGuiCol_TextDisabled] = vec(p.muted);
    c[ImGuiCol_WindowBg] = vec(p.panel);
    c[ImGuiCol_ChildBg] = none;
    c[ImGuiCol_PopupBg] = dark ? toward_text(0.035) : vec(p.panel);
    c[ImGuiCol_Border] = vec(p.line);
    c[ImGuiCol_BorderShadow] = none;
    c[ImGuiCol_FrameBg] = field;
    c[ImGuiCol_FrameBgHovered] = toward_text(0.05);
    c[ImGuiCol_FrameBgActive] = toward_text(0.07);
    c[ImGuiCol_TitleBg] = c[ImGuiCol_TitleBgActive] = c[ImGuiCol_TitleBgCollapsed] = vec(p.panel);
    c[ImGuiCol_MenuBarBg] = vec(p.panel);
    c[ImGuiCol_ScrollbarBg] = none;
    c[ImGuiCol_ScrollbarGrab] = toward_text(0.18);
    c[ImGuiCol_ScrollbarGrabHovered] = toward_text(0.3);
    c[ImGuiCol_ScrollbarGrabActive] = toward_text(0.4);
    c[ImGuiCol_CheckMark] = vec(p.accent);
    c[ImGuiCol_SliderGrab] = vec(p.accent);
    c[ImGuiCol_SliderGrabActive] = vec(mix(p.accent, p.text, 0.2));
    c[ImGuiCol_Button] = toward_text(dark ? 0.07 : 0.03);
    c[ImGuiCol_ButtonHovered] = toward_text(dark ? 0.12 : 0.07);
    c[ImGuiCol_ButtonActive] = toward_text(dark ? 0.17 : 0.12);
    c[ImGuiCol_Header] = vec(p.accent, dark ? 0.26F : 0.14F);
    c[ImGuiCol_HeaderHovered] = vec(p.text, 0.06F);
    c[ImGuiCol_HeaderActive] = vec(p.accent, dark ? 0.34F : 0.22F);
    c[ImGuiCol_Separator] = vec(p.line);
    c[ImGuiCol_SeparatorHovered] = vec(p.accent, 0.6F);
    c[ImGuiCol_SeparatorActive] = vec(p.accent);
    c[ImGuiCol_ResizeGrip] = none;
    c[ImGuiCol_ResizeGripHovered] = vec(p.accent, 0.4F);
    c[ImGuiCol_ResizeGripActive] = vec(p.accent, 0.7F);
    c[ImGuiCol_Tab] = none;
    c[ImGuiCol_TabHovered] = toward_text(0.07);
    c[ImGuiCol_TabActive] = vec(p.accent, dark ? 0.26F : 0.14F);
    c[ImGuiCol_TabUnfocused] = none;
    c[ImGuiCol_TabUnfocusedActive] = c[ImGuiCol_TabActive];
    c[ImGuiCol_PlotLines] = c[ImGuiCol_PlotHistogram] = vec(p.accent);
    c[ImGuiCol_PlotLinesHovered] = c[ImGuiCol_PlotHistogramHovered] = vec(mix(p.accent, p.text, 0.2));
    c[ImGuiCol_TableHeaderBg] = toward_text(0.035);
    c[ImGuiCol_TableBorderStrong] = vec(p.line);
    c[ImGuiCol_TableBorderLight] = vec(mix(p.panel, p.line, 0.7));
    c[ImGuiCol_TableRowBg] = none;
    c[ImGuiCol_TableRowBgAlt] = vec(p.text, 0.018F);
    c[ImGuiCol_TextSelectedBg] = vec(p.accent, 0.3F);
    c[ImGuiCol_DragDropTarget] = vec(p.accent);
    c[ImGuiCol_NavHighlight] = vec(p.accent);
    c[ImGuiCol_NavWindowingHighlight] = vec(p.accent);
    c[ImGuiCol_NavWindowingDimBg] = c[ImGuiCol_ModalWindowDimBg] = {0.05F, 0.08F, 0.11F, dark ? 0.55F : 0.32F};
}

constexpr Palette light{.window = {243, 245, 247, 255},
                        .panel = {253, 254, 254, 255},
                        .text = {27, 36, 48, 255},
                        .muted = {91, 102, 117, 255},
                        .accent = {11, 107, 124, 255},
                        .accent_text = {255, 255, 255, 255},
                        .line = {222, 227, 232, 255},
                        .warning = {148, 88, 0, 255},
                        .error = {179, 38, 30, 255},
                        .good = {24, 116, 68, 255}};

constexpr Palette dark{.window = {15, 20, 26, 255},
                       .panel = {23, 30, 38, 255},
                       .text = {231, 236, 241, 255},
                       .muted = {157, 170, 183, 255},
                       .accent = {86, 190, 205, 255},
                       .accent_text = {6, 32, 38, 255},
                       .line = {44, 55, 66, 255},
                       .warning = {240, 179, 84, 255},
                       .error = {255, 138, 128, 255},
                       .good = {111, 207, 151, 255}};

}  // namespace

bool load_fonts(float scale) {
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    atlas.Clear();
    fonts_now = {};
    const FontFiles files{.regular = font_file("Inter", FC_WEIGHT_REGULAR),
                          .semi_bold = font_file("Inter", FC_WEIGHT_DEMIBOLD),
                          .icons = font_file("Material Design Icons", FC_WEIGHT_REGULAR)};
    // The atlas reads the ranges only while it is built, below.
    const ImVector<ImWchar> text = text_ranges();
    const ImVector<ImWchar> icons = icon_ranges();
    if (!files.regular.empty()) {
        const std::string& bold = files.semi_bold.empty() ? files.regular : files.semi_bold;
        fonts_now.regular = add_font(files.regular, files.icons, 13.5F * scale, text.Data, icons.Data);
        fonts_now.medium = add_font(bold, files.icons, 13.5F * scale, text.Data, icons.Data);
        fonts_now.small = add_font(files.regular, files.icons, 12.0F * scale, text.Data, icons.Data);
        fonts_now.large = add_font(bold, files.icons, 19.0F * scale, text.Data, icons.Data);
    }
    const bool all = fonts_now.regular && fonts_now.medium && fonts_now.small && fonts_now.large;
    if (!all) {
        atlas.Clear();
        ImFontConfig config;
        config.SizePixels = std::round(13 * scale);
        ImFont* plain = atlas.AddFontDefault(&config);
        fonts_now = {plain, plain, plain, plain};
    }
    atlas.TexDesiredWidth = 2048;
    atlas.Build();
    ImGui::GetIO().FontDefault = fonts_now.regular;
    return all && !files.icons.empty();
}

const Fonts& fonts() {
    return fonts_now;
}

const Palette& palette(Theme theme) {
    return theme == Theme::dark ? dark : light;
}

const Palette& palette() {
    return palette(theme_now);
}

void apply_theme(Theme theme, float scale) {
    theme_now = theme;
    scale_now = scale;
    ImGuiStyle style;
    set_sizes(style);
    set_colours(style, palette(theme), theme);
    style.ScaleAllSizes(scale);
    // Hairlines stay hairlines: ScaleAllSizes leaves border sizes alone, which at 2× would make them thin.
    const float line = std::max(1.0F, std::round(scale));
    style.WindowBorderSize = style.ChildBorderSize = style.PopupBorderSize = style.FrameBorderSize = line;
    ImGui::GetStyle() = style;
}

float px(float logical) {
    return logical * scale_now;
}

}  // namespace diaban::ui
