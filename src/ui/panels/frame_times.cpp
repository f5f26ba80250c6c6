// The frame-time overlay: a bar a frame, the stages of the last one, and the slowest one kept.
#include <algorithm>
#include <cmath>
#include <optional>

#include "base/format.h"
#include "base/i18n.h"
#include "base/trace.h"
#include "style/colour.h"
#include "ui/commands.h"
#include "ui/icons.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

/// Milliseconds of a frame on a screen that shows 60 a second; and what is felt as a hitch.
constexpr double smooth = 1000.0 / 60;
constexpr double hitch = 50;
constexpr float width = 372;
constexpr float graph_height = 76;
/// Stages that took less are told together.
constexpr double least_shown = 0.05;

std::string milliseconds(double value) {
    return format_number(value, value < 9.95 ? 2 : 1) + " ms";
}

Rgba colour_of(double frame) {
    return frame <= smooth ? palette().good : frame <= hitch ? palette().warning : palette().error;
}

/// Text that ends at `right` of the line at hand.
void text_ending_at(float right, ImFont* font, Rgba colour, const std::string& shown) {
    ImGui::SameLine(right - text_width(shown, font), 0);
    text_in(font, colour, shown);
}

void header(Ui& ui) {
    ImGui::AlignTextToFramePadding();
    text_in(fonts().medium, palette().text, tr("Frame times"));
    ImGui::SameLine(ImGui::GetContentRegionMax().x - ImGui::GetFrameHeight(), 0);
    if (icon_button("close", icon::close, with_key(tr("Close"), "view.frame_times")))
        run_command(ui, "view.frame_times");
}

void number(const char* name, double value) {
    text_in(fonts().small, palette().muted, name);
    ImGui::SameLine(0, px(5));
    text_in(fonts().medium, palette().text, milliseconds(value));
    ImGui::SameLine(0, px(16));
}

/// The latest frames, the newest at the right; what is higher than the graph is cut.
void graph(const std::vector<FrameTime>& frames) {
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const ImVec2 size{ImGui::GetContentRegionAvail().x, px(graph_height)};
    const ImVec2 to{from.x + size.x, from.y + size.y};
    ImGui::InvisibleButton("##graph", size);
    double highest = 2 * smooth;
    for (const FrameTime& frame : frames)
        highest = std::max(highest, std::min(frame.milliseconds(), 2 * hitch));
    const auto height = [&](double value) {
        return static_cast<float>(std::min(value, highest) / highest) * (size.y - px(2));
    };
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled(from, to, to_u32(palette().window), px(4));
    const float step = size.x / static_cast<float>(most_traced_frames);
    std::optional<std::size_t> pointed;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const float right = to.x - step * static_cast<float>(frames.size() - 1 - i);
        const double took = frames[i].milliseconds();
        draw->AddRectFilled({right - std::max(1.0F, step * 0.85F), to.y - std::max(px(1), height(took))}, {right, to.y},
                            to_u32(colour_of(took)));
        const float x = ImGui::GetIO().MousePos.x;
        if (ImGui::IsItemHovered() && x > right - step && x <= right) pointed = i;
    }
    const float line = to.y - height(smooth);
    draw->AddLine({from.x, line}, {to.x, line}, to_u32(palette().text, 0.55F), std::max(1.0F, px(1)));
    draw_text({from.x + px(4), line - px(16)}, palette().muted, format_number(smooth, 1) + " ms", fonts().small);
    if (pointed)
        tooltip(std::string(tr("Frame")) + " " + format_integer(static_cast<int64_t>(frames[*pointed].number)) + ": " +
                milliseconds(frames[*pointed].milliseconds()));
}

struct Share {
    std::string name;
    int depth = 0;
    double own = 0;
    Rgba colour;
};

/// Of the drawing thread, with what took next to nothing told together.
std::vector<Share> shares_of(const FrameTime& frame) {
    // Light and dark of each hue: twelve stages are told apart on light ground and on dark.
    const auto colours = ramp_colours("Paired", 12);
    std::vector<Share> shares;
    double rest = 0;
    for (const StageSum& sum : stage_sums(frame)) {
        if (sum.thread != 0) continue;
        if (sum.name == "other" || (sum.own < least_shown && sum.milliseconds < least_shown)) {
            rest += sum.own;
            continue;
        }
        const Rgba colour = colours ? (*colours)[shares.size() % colours->size()] : palette().accent;
        shares.push_back({tr(sum.name.c_str()), sum.depth, sum.own, colour});
    }
    shares.push_back({tr("other"), 0, rest, palette().line});
    return shares;
}

void stacked_bar(const std::vector<Share>& shares, double whole) {
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const ImVec2 size{ImGui::GetContentRegionAvail().x, px(14)};
    ImGui::Dummy(size);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    float left = from.x;
    for (const Share& share : shares) {
        const float right = left + size.x * static_cast<float>(std::max(0.0, share.own) / std::max(whole, 1e-9));
        draw->AddRectFilled({left, from.y}, {std::min(right, from.x + size.x), from.y + size.y}, to_u32(share.colour));
        left = right;
    }
    draw->AddRect(from, {from.x + size.x, from.y + size.y}, to_u32(palette().line), 0, 0, std::max(1.0F, px(1)));
}

void stage_rows(const std::vector<Share>& shares) {
    const float right = ImGui::GetContentRegionMax().x;
    const float side = px(9);
    for (const Share& share : shares) {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float indent = px(12) * static_cast<float>(share.depth);
        const float top = at.y + (ImGui::GetTextLineHeight() - side) / 2;
        ImGui::GetWindowDrawList()->AddRectFilled({at.x + indent, top}, {at.x + indent + side, top + side},
                                                  to_u32(share.colour), px(2));
        ImGui::SetCursorPosX(ImGui::GetCursorPosX() + indent + px(16));
        text_in(fonts().small, palette().text, share.name);
        text_ending_at(right, fonts().small, palette().muted, milliseconds(share.own));
    }
}

/// "mostly derive/labels (72 ms)".
std::string mostly(const FrameTime& frame) {
    const std::vector<StageSum> sums = stage_sums(frame);
    const auto most =
        std::ranges::max_element(sums, {}, [](const StageSum& sum) { return sum.thread == 0 ? sum.own : -1; });
    if (most == sums.end()) return {};
    return std::string(tr("mostly")) + " " + tr(most->name.c_str()) + " (" + milliseconds(most->own) + ")";
}

void slowest(Ui& ui) {
    const std::optional<FrameTime> frame = slowest_frame();
    if (!frame) return;
    ImGui::Separator();
    gap(2);
    text_in(fonts().small, palette().muted, tr("Slowest frame"));
    ImGui::SameLine(0, px(6));
    text_in(fonts().medium, colour_of(frame->milliseconds()), milliseconds(frame->milliseconds()));
    text_in(fonts().small, palette().muted, mostly(*frame));
    gap(2);
    if (button(tr("Save its trace…"))) run_command(ui, "view.save_slowest_frame");
    tooltip(tr("Every stage of it, in a file that browsers' trace views open"));
    ImGui::SameLine(0, px(8));
    if (button(tr("Forget it"))) forget_slowest_frame();
}

void content(Ui& ui) {
    header(ui);
    const std::vector<FrameTime> frames = traced_frames();
    if (frames.empty()) return text_muted(tr("Move the map: every frame that is drawn becomes a bar here."));
    number(tr("median"), frame_quantile(frames, 0.5));
    number(tr("99%"), frame_quantile(frames, 0.99));
    number(tr("last"), frames.back().milliseconds());
    ImGui::NewLine();
    graph(frames);
    gap(4);
    const std::vector<Share> shares = shares_of(frames.back());
    stacked_bar(shares, frames.back().milliseconds());
    gap(2);
    stage_rows(shares);
    slowest(ui);
}

}  // namespace

void frame_times(Ui& ui) {
    if (!ui.panels.frame_times_open) return;
    const ScreenRect& map = ui.layout.map;
    // Below the north arrow; it may be dragged out of the way.
    ImGui::SetNextWindowPos({map.x + map.width - px(14), map.y + px(66)}, ImGuiCond_Appearing, {1, 0});
    ImGui::SetNextWindowSize({px(width), 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(14), px(8)});
    const auto flags = ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoSavedSettings |
                       ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_AlwaysAutoResize;
    if (ImGui::Begin("##frame_times", nullptr, flags)) content(ui);
    ImGui::End();
    ImGui::PopStyleVar();
}

}  // namespace diaban::ui
