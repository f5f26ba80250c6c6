// What a crosswalk gives: totals before and after, what was noticed, and the rule of each column.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "ui/crosswalk/crosswalk_parts.h"
#include "ui/icons.h"
#include "ui/panels/parts.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

std::string amount(double value) {
    return std::abs(value) < 9e15 && value == std::floor(value) ? format_integer(static_cast<int64_t>(value))
                                                                : format_number(value);
}

void right_aligned(const std::string& shown, Rgba colour) {
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0F, ImGui::GetContentRegionAvail().x - text_width(shown)));
    text_in(fonts().regular, colour, shown);
}

void totals_table(const std::vector<CarriedTotal>& totals, float height) {
    const auto flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg | ImGuiTableFlags_BordersInnerV |
                       ImGuiTableFlags_BordersOuter | ImGuiTableFlags_NoSavedSettings;
    if (!ImGui::BeginTable("totals", 5, flags, {0, height})) return;
    const auto column = [](const char* name, float share) {
        ImGui::TableSetupColumn(name, ImGuiTableColumnFlags_WidthStretch, share);
    };
    column(tr("Column"), 3);
    column(tr("Time"), 1);
    column(tr("Before"), 1.4F);
    column(tr("After"), 1.4F);
    column(tr("Lost"), 1.4F);
    ImGui::TableSetupScrollFreeze(0, 1);
    ImGui::TableHeadersRow();
    for (const CarriedTotal& total : totals) {
        ImGui::TableNextRow();
        ImGui::TableSetColumnIndex(0);
        text_cut(total.column);
        ImGui::TableSetColumnIndex(1);
        text_in(fonts().regular, palette().muted, total.time.empty() ? "–" : total.time);
        ImGui::TableSetColumnIndex(2);
        right_aligned(amount(total.before), palette().text);
        ImGui::TableSetColumnIndex(3);
        right_aligned(amount(total.after), palette().text);
        ImGui::TableSetColumnIndex(4);
        right_aligned(amount(total.lost), total.lost != 0 ? palette().warning : palette().muted);
    }
    ImGui::EndTable();
}

void noticed(const Diagnostics& diagnostics) {
    text_in(fonts().medium, palette().text, tr("Noticed"));
    if (!ImGui::BeginChild("noticed", {0, 0}, true)) return ImGui::EndChild();
    if (diagnostics.empty()) text_muted(tr("Nothing: every unit found its place."));
    for (const Diagnostic& one : diagnostics) {
        const bool note = one.severity == Severity::note;
        const Rgba colour = one.severity == Severity::error ? palette().error
                            : note                          ? palette().muted
                                                            : palette().warning;
        text_in(fonts().regular, colour, note ? icon::information : icon::alert);
        ImGui::SameLine(0, px(6));
        ImGui::PushTextWrapPos(0);
        text(to_text(one));
        ImGui::PopTextWrapPos();
    }
    ImGui::EndChild();
}

constexpr CarryKind kinds[] = {CarryKind::whole_count, CarryKind::count, CarryKind::rate,
                               CarryKind::mean,        CarryKind::label, CarryKind::leave_out};

const char* in_words(CarryKind kind) {
    switch (kind) {
        case CarryKind::whole_count:
            return tr("count, stays whole");
        case CarryKind::count:
            return tr("count, may be divided");
        case CarryKind::rate:
            return tr("rate of two counts");
        case CarryKind::mean:
            return tr("mean, weighted");
        case CarryKind::label:
            return tr("text, kept as it is");
        case CarryKind::leave_out:
            return tr("left out");
    }
    return "";
}

bool fits(CarryKind kind, const Column& column) {
    const bool counted = kind == CarryKind::count || kind == CarryKind::mean || kind == CarryKind::rate;
    if (kind == CarryKind::whole_count) return column.type() == ColumnType::integer;
    return !counted || column.numeric();
}

void rule_row(CrosswalkState& state, const Dataset& data, ColumnRule& rule) {
    const Column* column = data.table.find(rule.column);
    ImGui::PushID(rule.column.c_str());
    ImGui::TableNextRow();
    ImGui::TableSetColumnIndex(0);
    ImGui::AlignTextToFramePadding();
    text_cut(rule.column);
    ImGui::TableSetColumnIndex(1);
    ImGui::SetNextItemWidth(-1);
    bool changed = false;
    if (begin_choice("##kind", in_words(rule.kind))) {
        for (const CarryKind kind : kinds) {
            if (column != nullptr && !fits(kind, *column)) continue;
            if (ImGui::Selectable(in_words(kind), kind == rule.kind)) {
                if (kind != rule.kind) rule = {.column = rule.column, .kind = kind, .numerator = {}, .denominator = {}};
                changed = true;
            }
        }
        ImGui::EndCombo();
    }
    ImGui::TableSetColumnIndex(2);
    if (rule.kind == CarryKind::rate) {
        ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x * 0.36F);
        changed = pick_column("##numerator", &data, rule.numerator) || changed;
        ImGui::SameLine(0, px(4));
        text("÷");
        ImGui::SameLine(0, px(4));
        ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x * 0.58F);
        changed = pick_column("##denominator", &data, rule.denominator) || changed;
        ImGui::SameLine(0, px(4));
        text("×");
        ImGui::SameLine(0, px(4));
        ImGui::SetNextItemWidth(-1);
        ImGui::InputDouble("##scale", &rule.scale, 0, 0, "%g");
        tooltip(tr("100 for per cent, 1,000 for per thousand"));
    } else if (rule.kind == CarryKind::mean) {
        ImGui::AlignTextToFramePadding();
        text_in(fonts().regular, palette().muted, tr("weighted by"));
        ImGui::SameLine(0, px(6));
        ImGui::SetNextItemWidth(-1);
        changed = pick_column("##weight", &data, rule.denominator) || changed;
    } else if (const auto asked = std::ranges::find(state.questions, rule.column, &GuessedRules::Question::column);
               asked != state.questions.end() &&
               std::ranges::find(state.answered, rule.column) == state.answered.end()) {
        ImGui::AlignTextToFramePadding();
        ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().warning));
        text_cut(std::string(icon::help_circle_outline) + " " + asked->text);
        ImGui::PopStyleColor();
    }
    if (changed) state.answered.push_back(rule.column);
    ImGui::PopID();
}

}  // namespace

void crosswalk_totals(Ui& ui) {
    const CrosswalkState& state = ui.panels.crosswalk;
    if (!state.shown) return;
    const CarriedData& data = *state.shown->data;
    const bool lost = std::ranges::any_of(data.totals, [](const CarriedTotal& total) { return total.lost != 0; });
    if (lost) {
        notice(palette().warning, icon::alert,
               tr("Something is lost: units that are unknown, go nowhere, or go not wholly somewhere."));
    } else {
        notice(palette().good, icon::check, tr("All totals are kept."));
    }
    gap(4);
    const float rows = static_cast<float>(data.totals.size() + 1) * (ImGui::GetTextLineHeight() + px(9)) + px(4);
    totals_table(data.totals, std::clamp(rows, px(60), ImGui::GetContentRegionAvail().y * 0.6F));
    gap(8);
    noticed(data.dataset->diagnostics);
}

void crosswalk_columns(Ui& ui) {
    CrosswalkState& state = ui.panels.crosswalk;
    const Dataset* data = dataset_of(ui.session, state.carried.data);
    if (data == nullptr) return;
    ImGui::PushFont(fonts().small);
    text_muted(
        tr("Counts are divided and keep their totals; rates are worked out again from their two counts, never "
           "averaged. What rests on an assumption is marked on each value."));
    ImGui::PopFont();
    gap(4);
    const auto flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_NoSavedSettings;
    if (!ImGui::BeginTable("rules", 3, flags)) return;
    ImGui::TableSetupColumn(tr("Column"), ImGuiTableColumnFlags_WidthStretch, 2);
    ImGui::TableSetupColumn(tr("How it is carried"), ImGuiTableColumnFlags_WidthStretch, 2);
    ImGui::TableSetupColumn("##more", ImGuiTableColumnFlags_WidthStretch, 3);
    ImGui::TableSetupScrollFreeze(0, 1);
    ImGui::TableHeadersRow();
    for (ColumnRule& rule : state.carried.rules)
        rule_row(state, *data, rule);
    ImGui::EndTable();
}

}  // namespace diaban::ui
