#include "scene/label_text.h"

#include <algorithm>

namespace diaban {
namespace {

constexpr double line_spacing = 0.94;  // of the font's own: two lines of one name belong together

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
    TextStyle style{.size = labels.size.value() * text_scale,
                    .weight = labels.bold ? 600 : 500,
                    .italic = labels.italic,
                    .colour = labels.colour,
                    .halo = labels.halo,
                    .halo_width = labels.halo_width.value()};
    TextStyle smaller = style;
    smaller.size *= 0.85;
    const std::vector<std::string> split = two_lines(text, style);
    std::vector<LabelForm> out;
    out.push_back(make_form({text}, style, 0));
    if (split.size() > 1) out.push_back(make_form(split, style, 0.06));
    out.push_back(make_form({text}, smaller, 0.14));
    if (split.size() > 1) out.push_back(make_form(split, smaller, 0.2));
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
