#include "scene/label_text.h"

#include <glib.h>

#include <algorithm>
#include <map>
#include <utility>

namespace diaban {
namespace {

constexpr double line_spacing = 0.94;  // of the font's own: two lines of one name belong together
constexpr double smaller_size = 0.85;  // of a label's own

TextStyle style_of(const Labels& labels, double text_scale) {
    return {.size = labels.size.value() * text_scale,
            .weight = labels.bold ? 600 : 500,
            .italic = labels.italic,
            .colour = labels.colour,
            .halo = labels.halo,
            .halo_width = labels.halo_width.value()};
}

// Letters whose widths add up, but for kerning: no marks above or below others, no joined scripts.
bool stands_alone(gunichar c) {
    return (c > 0x20 && c < 0x250) || (c >= 0x370 && c < 0x530) || (c >= 0x1E00 && c < 0x1F00) ||
           (c >= 0x4E00 && c < 0xA000);
}

/// How far the letters of one weight and slope move the pen, in ems; each is measured once.
class Advances {
public:
    explicit Advances(const TextStyle& style) : style_(style) {
        style_.size = em;
        line_height_ = measure_text("Ag", style_).height / em;
    }
    [[nodiscard]] double line_height() const { return line_height_; }
    double of(gunichar letter, std::string_view bytes) {
        if (letter >= known_.size()) known_.resize(letter + 1, unknown);
        double& width = known_[letter];
        if (width == unknown) width = measure_text(bytes, style_).width / em;
        return width;
    }

private:
    static constexpr double em = 100;
    static constexpr double unknown = -1;
    TextStyle style_;
    double line_height_ = 0;
    std::vector<double> known_;
};

Advances& advances_of(const TextStyle& style) {
    static thread_local std::map<std::pair<int, bool>, Advances> all;
    return all.try_emplace({style.weight, style.italic}, TextStyle{.weight = style.weight, .italic = style.italic})
        .first->second;
}

LabelForm make_form(std::vector<std::string> lines, const TextStyle& style, double cost) {
    LabelForm form{std::move(lines), style, 0, 0, cost};
    double line_height = 0;
    for (const std::string& line : form.lines) {
        const TextSize size = measure_text(line, style);
        form.width = std::max(form.width, size.width);
        line_height = size.height;
    }
    const auto count = static_cast<double>(form.lines.size());
    form.height = line_height * (1 + (count - 1) * line_spacing);
    form.width += 2 * style.halo_width;
    return form;
}

}  // namespace

std::vector<std::string> two_lines(const std::string& text, const TextStyle& style) {
    std::vector<std::string> best{text};
    double best_width = measure_text(text, style).width;
    for (std::size_t at = text.find(' '); at != std::string::npos; at = text.find(' ', at + 1)) {
        if (at == 0 || at + 1 == text.size()) continue;
        const std::string first = text.substr(0, at);
        const std::string second = text.substr(at + 1);
        const double width = std::max(measure_text(first, style).width, measure_text(second, style).width);
        if (width < best_width) best_width = width, best = {first, second};
    }
    return best;
}

std::vector<LabelForm> label_forms(const std::string& text, const Labels& labels, double text_scale) {
    const TextStyle style = style_of(labels, text_scale);
    TextStyle smaller = style;
    smaller.size *= smaller_size;
    const std::vector<std::string> split = two_lines(text, style);
    std::vector<LabelForm> out;
    out.push_back(make_form({text}, style, 0));
    if (split.size() > 1) out.push_back(make_form(split, style, 0.06));
    out.push_back(make_form({text}, smaller, 0.14));
    if (split.size() > 1) out.push_back(make_form(split, smaller, 0.2));
    return out;
}

LeastForm least_form(std::string_view text, const Labels& labels, double text_scale) {
    const TextStyle style = style_of(labels, text_scale);
    Advances& advances = advances_of(style);
    // What kerning and a fallback font with lower lines may take.
    constexpr double slack = 0.85;
    double ems = 0;
    bool blank = false;
    while (!text.empty()) {
        const gunichar c = g_utf8_get_char_validated(text.data(), static_cast<gssize>(text.size()));
        const auto bytes = c > 0x10FFFF ? std::size_t{1} : static_cast<std::size_t>(g_unichar_to_utf8(c, nullptr));
        blank = blank || c == ' ';
        if (stands_alone(c)) ems += advances.of(c, text.substr(0, bytes));
        text.remove_prefix(std::min(bytes, text.size()));
    }
    const double size = style.size * smaller_size * slack;
    const double halo = 2 * style.halo_width;
    const double whole = ems * size;
    LeastForm out{whole + halo, advances.line_height() * size, 0};
    out.area = out.width * out.height;
    if (!blank) return out;
    // On two lines the wider one holds at least half of the letters.
    out.width = whole / 2 + halo;
    out.area = std::min(out.area, out.width * out.height * (1 + line_spacing));
    return out;
}

void add_label_items(const LabelForm& form, Pixel at, std::vector<PixelItem>& out) {
    double y = at.y;
    for (const std::string& line : form.lines) {
        const TextSize size = measure_text(line, form.style);
        out.emplace_back(TextItem{{at.x + (form.width - size.width) / 2, y}, line, form.style, 0});
        y += size.height * line_spacing;
    }
}

}  // namespace diaban
