#include "ui/tools/map_labels.h"

#include <algorithm>

#include "ui/widgets.h"

namespace diaban::ui {

namespace {

constexpr float pad_x = 7;
constexpr float pad_y = 3;

ImFont* font_of(std::size_t line) {
    return line == 0 ? fonts().medium : fonts().small;
}

}  // namespace

ImVec2 MapLabels::size_of(const std::vector<std::string>& lines) {
    ImVec2 size{0, 2 * px(pad_y)};
    for (std::size_t i = 0; i < lines.size(); ++i) {
        size.x = std::max(size.x, text_width(lines[i], font_of(i)));
        size.y += font_of(i)->FontSize + (i > 0 ? px(1) : 0);
    }
    size.x += 2 * px(pad_x);
    return size;
}

void MapLabels::centred(ImVec2 at, const std::vector<std::string>& lines, bool always) {
    const ImVec2 size = size_of(lines);
    put({at.x - size.x / 2, at.y - size.y / 2}, size, lines, always);
}

void MapLabels::beside(ImVec2 at, const std::vector<std::string>& lines, bool always) {
    const ImVec2 size = size_of(lines);
    const ImVec2 away{px(14), px(12)};
    const bool to_left = at.x + away.x + size.x > high_.x;
    const bool above = at.y + away.y + size.y > high_.y;
    put({to_left ? at.x - away.x - size.x : at.x + away.x, above ? at.y - away.y - size.y : at.y + away.y}, size, lines,
        always);
}

void MapLabels::put(ImVec2 from, ImVec2 size, const std::vector<std::string>& lines, bool always) {
    // What is measured beyond the map's edge says nothing about what can be seen, but for the whole of it.
    const bool outside = from.x + size.x < low_.x || from.y + size.y < low_.y || from.x > high_.x || from.y > high_.y;
    if (outside && !always) return;
    from.x = std::max(low_.x, std::min(from.x, high_.x - size.x));
    from.y = std::max(low_.y, std::min(from.y, high_.y - size.y));
    // On whole pixels, so that letters are as sharp as elsewhere.
    from = {static_cast<float>(static_cast<int>(from.x)), static_cast<float>(static_cast<int>(from.y))};
    const ImVec2 to{from.x + size.x, from.y + size.y};
    const bool covers = std::ranges::any_of(taken_, [&](const ImVec4& other) {
        return from.x < other.z && other.x < to.x && from.y < other.w && other.y < to.y;
    });
    if (covers && !always) return;
    taken_.push_back({from.x, from.y, to.x, to.y});
    draw_->AddRectFilled(from, to, to_u32(palette().panel, 0.95F), px(4));
    draw_->AddRect(from, to, to_u32(palette().line), px(4), 0, std::max(1.0F, px(1)));
    float y = from.y + px(pad_y);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        draw_text({from.x + px(pad_x), y}, i == 0 ? palette().text : palette().muted, lines[i], font_of(i));
        y += font_of(i)->FontSize + px(1);
    }
}

}  // namespace diaban::ui
