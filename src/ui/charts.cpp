#include "ui/charts.h"

#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "ui/widgets.h"

namespace diaban::ui {

std::vector<int> histogram_counts(std::span<const double> values, int bins) {
    std::vector<int> counts(static_cast<std::size_t>(std::max(bins, 1)), 0);
    double low = INFINITY;
    double high = -INFINITY;
    for (const double v : values)
        if (std::isfinite(v)) low = std::min(low, v), high = std::max(high, v);
    const auto last = static_cast<double>(counts.size() - 1);
    for (const double v : values) {
        if (!std::isfinite(v)) continue;
        const double at = high > low ? std::floor((v - low) / (high - low) * (last + 1)) : 0;
        ++counts[static_cast<std::size_t>(std::clamp(at, 0.0, last))];
    }
    return counts;
}

namespace {

/// Reserves the place of a chart: a filled, rounded ground of the line's width.
struct Ground {
    ImVec2 from, to;
};

Ground ground(const char* id, float height) {
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const ImVec2 size{ImGui::GetContentRegionAvail().x, px(height)};
    ImGui::InvisibleButton(id, size);
    return {from, {from.x + size.x, from.y + size.y}};
}

void ends_below(const std::string& left, const std::string& right) {
    ImGui::PushFont(fonts().small);
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
    const float begin = ImGui::GetCursorPosX();
    const float width = ImGui::GetContentRegionAvail().x;
    text(left);
    ImGui::SameLine(begin + width - text_width(right), 0);
    text(right);
    ImGui::PopStyleColor();
    ImGui::PopFont();
}

}  // namespace

void histogram(std::span<const double> values, const Classes& classes, std::span<const Rgba> colours, float height) {
    if (values.empty()) return;
    constexpr int bins = 32;
    const auto counts = histogram_counts(values, bins);
    const auto [low, high] = std::ranges::minmax(values);
    const int most = std::max(1, std::ranges::max(counts));
    const auto [from, to] = ground("##histogram", height);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const float step = (to.x - from.x) / bins;
    for (int i = 0; i < bins; ++i) {
        const int count = counts[static_cast<std::size_t>(i)];
        if (count == 0) continue;
        const double middle = low + (high - low) * (i + 0.5) / bins;
        const int in_class = classes.class_of(middle);
        const auto at = static_cast<std::size_t>(std::max(in_class, 0));
        const Rgba colour = in_class >= 0 && at < colours.size() ? colours[at] : palette().muted;
        const float tall = std::max(px(2), (to.y - from.y) * static_cast<float>(count) / static_cast<float>(most));
        const float x = from.x + step * static_cast<float>(i);
        draw.AddRectFilled({x + px(0.5F), to.y - tall}, {x + step - px(0.5F), to.y},
                           to_u32(mix(colour, palette().text, 0.1)), px(1));
    }
    draw.AddLine({from.x, to.y}, to, to_u32(palette().muted));
    for (int i = 1; i < classes.count(); ++i) {
        const double bound = classes.bounds[static_cast<std::size_t>(i)];
        if (high <= low) break;
        const float x = from.x + static_cast<float>((bound - low) / (high - low)) * (to.x - from.x);
        draw.AddLine({x, from.y}, {x, to.y}, to_u32(palette().text, 0.55F), px(1));
    }
    ends_below(format_number(low), format_number(high));
}

void sparkline(std::span<const int64_t> times, std::span<const std::optional<double>> values,
               std::span<const std::string> words, std::size_t now, float height) {
    double low = INFINITY;
    double high = -INFINITY;
    for (const auto& v : values)
        if (v) low = std::min(low, *v), high = std::max(high, *v);
    if (times.size() < 2 || !(low <= high)) return;
    if (low == high) low -= 1, high += 1;
    const auto [from, to] = ground("##sparkline", height);
    const bool hovered = ImGui::IsItemHovered();
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const float inset = px(5);
    const auto at = [&](std::size_t i) {
        const float along = static_cast<float>(i) / static_cast<float>(times.size() - 1);
        const auto up = static_cast<float>((*values[i] - low) / (high - low));
        return ImVec2{from.x + inset + along * (to.x - from.x - 2 * inset),
                      to.y - inset - up * (to.y - from.y - 2 * inset)};
    };
    draw.AddLine({from.x, to.y}, to, to_u32(palette().line));
    for (std::size_t i = 1; i < times.size(); ++i)
        if (values[i - 1] && values[i]) draw.AddLine(at(i - 1), at(i), to_u32(palette().accent), px(1.75F));
    std::size_t nearest = times.size();
    for (std::size_t i = 0; i < times.size(); ++i) {
        if (!values[i]) continue;
        const ImVec2 p = at(i);
        draw.AddCircleFilled(p, px(i == now ? 4 : 2.5F), to_u32(i == now ? palette().accent : palette().panel));
        draw.AddCircle(p, px(i == now ? 4 : 2.5F), to_u32(palette().accent), 0, px(1.5F));
        const float mouse = ImGui::GetMousePos().x;
        if (hovered && (nearest == times.size() || std::abs(p.x - mouse) < std::abs(at(nearest).x - mouse)))
            nearest = i;
    }
    if (nearest < times.size())
        ImGui::SetTooltip("%lld: %s", static_cast<long long>(times[nearest]), words[nearest].c_str());
    ends_below(std::to_string(times.front()), std::to_string(times.back()));
}

void interval_bar(double value, Interval interval, bool uncertain) {
    const auto [from, to] = ground("##interval", 12);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const float middle = (from.y + to.y) / 2;
    const auto at = [&](double t) { return from.x + static_cast<float>(std::clamp(t, 0.0, 1.0)) * (to.x - from.x); };
    const Rgba colour = uncertain ? palette().warning : palette().accent;
    draw.AddRectFilled({from.x, middle - px(2)}, {to.x, middle + px(2)}, to_u32(palette().text, 0.09F), px(2));
    draw.AddRectFilled({at(interval.low), middle - px(3)}, {at(interval.high), middle + px(3)}, to_u32(colour, 0.4F),
                       px(3));
    draw.AddCircleFilled({at(value), middle}, px(5), to_u32(colour));
    draw.AddCircle({at(value), middle}, px(5), to_u32(palette().panel), 0, px(1.5F));
}

void score_bar(double score, float width, float height) {
    const ImVec2 from = ImGui::GetCursorScreenPos();
    ImGui::Dummy({width, height});
    const float y = from.y + height / 2;
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddRectFilled({from.x, y - px(3)}, {from.x + width, y + px(3)}, to_u32(palette().text, 0.08F), px(3));
    if (!std::isfinite(score) || score <= 0) return;
    const auto part = static_cast<float>(std::min(score, 1.0));
    draw.AddRectFilled({from.x, y - px(3)}, {from.x + std::max(width * part, px(6)), y + px(3)},
                       to_u32(palette().accent), px(3));
}

}  // namespace diaban::ui
