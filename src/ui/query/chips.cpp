#include "ui/query/chips.h"

#include <algorithm>

#include "base/i18n.h"
#include "base/text.h"
#include "ui/icons.h"

namespace diaban::ui {

namespace {

constexpr float chip_gap = 4;
/// Lists longer than this can be searched, and scroll.
constexpr std::size_t searched_from = 10;

struct ChipLook {
    Rgba ground, edge, text;
};

ChipLook look_of(ChipKind kind, bool hovered) {
    const Palette& p = palette();
    switch (kind) {
        case ChipKind::name:
            return {mix(p.panel, p.accent, hovered ? 0.22 : 0.11), mix(p.panel, p.accent, hovered ? 0.5 : 0.25),
                    p.text};
        case ChipKind::verb:
            return {mix(p.panel, p.text, hovered ? 0.1 : 0.0), mix(p.panel, p.text, hovered ? 0.2 : 0.0), p.muted};
        case ChipKind::value:
            break;
    }
    return {mix(p.panel, p.text, hovered ? 0.08 : 0.0), mix(p.panel, p.text, hovered ? 0.4 : 0.22), p.text};
}

float padding_of(ChipKind kind) {
    return px(kind == ChipKind::verb ? 4 : 7);
}

float chip_width(ChipKind kind, std::string_view shown) {
    return std::max(text_width(shown) + 2 * padding_of(kind), px(18));
}

}  // namespace

Flow::Flow(float reserved_at_the_first, float margin)
    : left_(ImGui::GetCursorPosX()),
      end_(left_ + ImGui::GetContentRegionAvail().x - margin),
      full_(ImGui::GetContentRegionAvail().x - margin),
      reserved_(reserved_at_the_first),
      line_y_(ImGui::GetCursorPosY()) {}

void Flow::place(float width, float beside) {
    if (!empty_) {
        const float at = pen_ + px(chip_gap);
        const float end = end_ - (first_ ? reserved_ : 0);
        if (at + width + beside > end) {
            first_ = false;
            line_y_ += ImGui::GetFrameHeight() + px(chip_gap);
            pen_ = left_;
        } else {
            pen_ = at;
        }
    } else {
        pen_ = left_;
    }
    empty_ = false;
    ImGui::SetCursorPos({pen_, line_y_});
    pen_ += width;
}

void word(Flow& flow, std::string_view shown) {
    flow.place(text_width(shown));
    ImGui::AlignTextToFramePadding();
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
    text(shown);
    ImGui::PopStyleColor();
}

bool chip(Flow& flow, const char* id, ChipKind kind, std::string_view shown, std::string_view tip) {
    const float padding = padding_of(kind);
    const std::string cut = cut_to(shown, flow.line() - 2 * padding);
    const float width = chip_width(kind, cut);
    flow.place(width);
    const float height = ImGui::GetFrameHeight();
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const bool pressed = ImGui::InvisibleButton(id, {width, height});
    const ChipLook look = look_of(kind, ImGui::IsItemHovered() || ImGui::IsItemActive());
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const float inset = px(1);
    const ImVec2 low{from.x, from.y + inset};
    const ImVec2 high{from.x + width, from.y + height - inset};
    const float round = ImGui::GetStyle().FrameRounding;
    // What is said of a thing has a ground of its own only where it can be pressed at this moment.
    const bool ground = kind != ChipKind::verb || ImGui::IsItemHovered() || ImGui::IsItemActive();
    if (ground) draw.AddRectFilled(low, high, to_u32(look.ground), round);
    if (ground) draw.AddRect(low, high, to_u32(look.edge), round);
    draw_text({from.x + padding, from.y + (height - ImGui::GetFontSize()) / 2}, look.text, cut);
    tooltip(cut == shown ? std::string(tip) : std::string(shown) + (tip.empty() ? "" : "\n") + std::string(tip));
    return pressed;
}

float beside_width(ChipKind kind, std::string_view shown) {
    return px(chip_gap) + chip_width(kind, shown);
}

void push_value_colours() {
    const auto colour = [](ImGuiCol of, Rgba c) { ImGui::PushStyleColor(of, to_vec(c)); };
    colour(ImGuiCol_FrameBg, look_of(ChipKind::value, false).ground);
    colour(ImGuiCol_FrameBgHovered, look_of(ChipKind::value, true).ground);
    colour(ImGuiCol_Border, look_of(ChipKind::value, false).edge);
}

bool begin_popup_at_item(const char* id, float width) {
    const ImVec2 from = ImGui::GetItemRectMin();
    const ImVec2 to = ImGui::GetItemRectMax();
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    // How wide it is shows when it is open: then it stands at its item, not as far left as the widest would.
    ImGuiStorage& storage = *ImGui::GetStateStorage();
    const ImGuiID own = ImGui::GetID(id);
    const float known = storage.GetFloat(own, 0);
    const float wide = known > 0 ? known + px(8) : px(width + 16);
    const float x = std::max(px(8), std::min(from.x, screen.x - wide));
    const bool above = to.y > 0.6F * screen.y;
    ImGui::SetNextWindowPos({x, above ? from.y - px(3) : to.y + px(3)}, ImGuiCond_Always, {0, above ? 1.0F : 0.0F});
    const bool open = ImGui::BeginPopup(id);
    // Not of the frame in which it appears: it has no size yet.
    if (open && !ImGui::IsWindowAppearing()) storage.SetFloat(own, ImGui::GetWindowWidth());
    return open;
}

namespace {

float widest_of(const std::vector<Option>& options) {
    float widest = px(150);
    for (const Option& option : options) {
        const float hint = option.hint.empty() ? 0 : text_width(option.hint, fonts().small) + px(16);
        widest = std::max(widest, text_width(option.label) + hint);
    }
    return widest;
}

/// True when it was chosen; one that cannot be says why when it is pointed at.
bool option_row(const Option& option, bool current, float room) {
    const bool can = option.why_not.empty();
    const float hint = option.hint.empty() ? 0 : text_width(option.hint, fonts().small) + px(8);
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const std::string shown = cut_to(option.label, room - hint);
    ImGui::BeginDisabled(!can);
    const bool chosen = ImGui::Selectable(shown.c_str(), current, 0, {room, 0});
    ImGui::EndDisabled();
    if (current && ImGui::IsWindowAppearing()) ImGui::SetScrollHereY();
    tooltip(!can ? option.why_not : shown != option.label ? option.label : std::string());
    if (hint > 0) draw_text({from.x + room - hint + px(8), from.y}, palette().muted, option.hint, fonts().small);
    return chosen && can;
}

}  // namespace

std::optional<std::size_t> option_list(const char* id, const std::function<std::vector<Option>()>& options,
                                       std::size_t current, std::string& search) {
    const std::vector<Option> all = options();
    const bool searched = all.size() >= searched_from;
    ImGui::PushID(id);
    if (ImGui::IsWindowAppearing()) search.clear();
    bool entered = false;
    if (searched) {
        if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
        search_field("search", tr("Search"), search, px(244));
        entered = ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter)) && !search.empty();
    }
    std::optional<std::size_t> chosen;
    const float row = ImGui::GetTextLineHeightWithSpacing();
    const float height = row * static_cast<float>(std::min<std::size_t>(all.size() + 2, 14));
    const float room = searched ? px(226) : std::min(widest_of(all), px(330));
    if (searched) ImGui::BeginChild("##options", {px(244), height});
    std::string group;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Option& option = all[i];
        if (searched && !search.empty() && !contains_folded(option.label, search)) continue;
        if (option.group != group) {
            group = option.group;
            text_in(fonts().small, palette().muted, group);
        }
        ImGui::PushID(static_cast<int>(i));
        const bool first_found = entered && !chosen && option.why_not.empty();
        if (option_row(option, i == current, room) || first_found) chosen = i;
        ImGui::PopID();
    }
    if (searched) ImGui::EndChild();
    if (chosen) ImGui::CloseCurrentPopup();
    ImGui::PopID();
    return chosen;
}

std::optional<std::size_t> choice_chip(Flow& flow, const char* id, ChipKind kind, std::string_view shown,
                                       std::string_view tip, const std::function<std::vector<Option>()>& options,
                                       std::string_view current, std::string& search) {
    ImGui::PushID(id);
    if (chip(flow, "##chip", kind, shown, tip)) ImGui::OpenPopup("list");
    std::optional<std::size_t> chosen;
    if (begin_popup_at_item("list")) {
        const std::vector<Option> all = options();
        const auto at = std::ranges::find(all, current, &Option::label);
        chosen = option_list(
            "options", [&] { return all; }, static_cast<std::size_t>(at - all.begin()), search);
        ImGui::EndPopup();
    }
    ImGui::PopID();
    return chosen;
}

}  // namespace diaban::ui
