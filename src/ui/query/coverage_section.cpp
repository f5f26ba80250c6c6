// Who is reached: what is asked, and the distance that is dragged.
#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "query/language/parse.h"
#include "ui/icons.h"
#include "ui/panels/parts.h"
#include "ui/query/choices.h"
#include "ui/query/coverage_result.h"
#include "ui/query/coverage_work.h"
#include "ui/query/saved_queries.h"
#include "ui/query/sections.h"

namespace diaban::ui {

namespace {

void weight_row(Ui& ui) {
    CoverageState& state = ui.panels.coverage;
    const LayerResultPtr demand = ui.session.layer(state.query.demand);
    if (!demand || !demand->features) return;
    property(tr("Weighted by"));
    const auto column = weight_column(state.query.weight);
    const bool typed = state.weight_typed || !column;
    const float left = ImGui::GetCursorPosX(), room = ImGui::GetContentRegionAvail().x;
    const float button_width = ImGui::GetFrameHeight();
    if (typed) {
        ImGui::SetNextItemWidth(room - button_width - px(2));
        const bool entered = ImGui::InputTextWithHint("##sum", tr("men + women"), &state.weight_text,
                                                      ImGuiInputTextFlags_EnterReturnsTrue);
        const bool taken = entered || ImGui::IsItemDeactivatedAfterEdit();
        tooltip(tr("A sum over its columns, such as men + women. Enter takes it."));
        if (taken && (state.weight_text.empty() || parse_sum(state.weight_text)))
            state.query.weight = state.weight_text;
    } else {
        std::string field = *column;
        // The list is as wide as what is left of the line.
        ImGui::SetNextItemWidth(room - button_width - px(2));
        if (field_choice("##weight", *demand->features, FieldsOf::numbers, field, tr("nothing: each counts 1")))
            state.query.weight = state.weight_text = to_weight(field);
        tooltip(tr("How many households or children live there"));
    }
    ImGui::SameLine(left + room - button_width);
    if (icon_button("as text", icon::format_text, tr("Write the weight as a sum"), column.has_value(), typed)) {
        state.weight_typed = !typed;
        state.weight_text = state.query.weight;
    }
    if (const auto sum = parse_sum(state.weight_text); typed && !state.weight_text.empty() && !sum)
        notice(palette().error, icon::alert_circle, to_text(sum.error()));
}

void question_rows(Ui& ui) {
    CoverageState& state = ui.panels.coverage;
    CoverageQuery& query = state.query;
    property(tr("Who"));
    if (layer_choice("##demand", ui.session, LayersOf::shapes, query.demand)) {
        const LayerResultPtr demand = ui.session.layer(query.demand);
        query.weight = demand && demand->features ? to_weight(likely_weight(*demand->features)) : "";
        state.weight_text = query.weight, state.weight_typed = false;
        state.demand_where.clear(), query.demand_where.clear();
    }
    tooltip(tr("The villages, or whatever is to be reached"));
    weight_row(ui);
    property(tr("Reached by"));
    if (layer_choice("##facilities", ui.session, LayersOf::shapes, query.facilities))
        state.facilities_where.clear(), query.facilities_where.clear();
    tooltip(tr("The facilities"));
    property(tr("Shares by"));
    layer_choice("##by", ui.session, LayersOf::polygons, query.by, tr("in total only"));
    tooltip(tr("Areas to tell the shares for, such as communes"));
    const bool limited = !query.demand_where.empty() || !query.facilities_where.empty();
    if (begin_section(limited ? tr("Conditions (on)###conditions") : tr("Conditions###conditions"), limited)) {
        condition_field("demand", tr("Who: all of them"), state.demand_where, query.demand_where);
        condition_field("facilities", tr("Reached by: all of them"), state.facilities_where, query.facilities_where);
    }
}

void reach_rows(Ui& ui) {
    CoverageState& state = ui.panels.coverage;
    gap(6);
    text_in(fonts().medium, palette().text, tr("Within"));
    if (distance_rows(state.query.reach, state.reach_text)) refresh_coverage(ui);
    text_muted(tr("Mark on the map"));
    static constexpr CoverageLight lights[] = {CoverageLight::gap, CoverageLight::reached, CoverageLight::none};
    const std::vector<std::string> names{tr("Not reached"), tr("Reached"), tr("None")};
    int now = static_cast<int>(state.light);
    if (segmented("##light", names, now)) state.light = lights[now];
    light_up(ui);
    const Layer* demand = ui.session.workspace().find_layer(state.query.demand);
    if (state.light == CoverageLight::none || demand == nullptr || demand->visible) return;
    text_muted(fmt::format(fmt::runtime(tr("“{}” is hidden: nothing of it is marked.")), demand->name));
    if (button(tr("Show the layer")))
        ui.session.edit(tr("Show layer"), [&](Workspace& w) { w.find_layer(state.query.demand)->visible = true; });
}

void progress_row(Ui& ui) {
    CoverageState& state = ui.panels.coverage;
    if (!state.progress) return;
    gap(6);
    const std::string stage = state.progress->stage();
    text_muted(stage.empty() ? tr("Measuring …") : stage + " …");
    const double done = std::clamp(state.progress->fraction(), 0.0, 1.0);
    ImGui::ProgressBar(static_cast<float>(done), {ImGui::GetContentRegionAvail().x - px(76), px(8)}, "");
    ImGui::SameLine(0, px(8));
    if (button(tr("Cancel"))) {
        state.progress->cancel();
        state.progress.reset();
        state.error = Error{ErrorKind::cancelled, tr("Measuring was cancelled"), {}, {}};
    }
    ui.session.touch();  // it moves on by itself
}

void error_row(Ui& ui) {
    CoverageState& state = ui.panels.coverage;
    if (!state.error || state.progress) return;
    gap(6);
    notice(palette().error, icon::alert_circle, to_text(*state.error));
    if (button(tr("Try again"))) {
        state.asked.clear();
        state.seen_content = 0;
        state.error.reset();
        ui.session.touch();
    }
}

}  // namespace

void coverage_section(Ui& ui) {
    if (!choose_layers(ui))
        return empty_state(icon::account_location, tr("Nobody to reach yet"),
                           tr("Add a layer of points, such as shelters, and one of villages: then this tells which of "
                              "them are near enough."));
    ImGui::PushID("coverage");
    const Layer* demand = ui.session.workspace().find_layer(ui.panels.coverage.query.demand);
    const Layer* facilities = ui.session.workspace().find_layer(ui.panels.coverage.query.facilities);
    const std::string proposed =
        fmt::format(fmt::runtime(tr("{0} within {1} of {2}")), demand ? demand->name : "",
                    distance_text(ui.panels.coverage.query.reach), facilities ? facilities->name : "");
    query_bar(ui, ui.panels.coverage.saved, ui.panels.coverage.query, proposed);
    question_rows(ui);
    if (choose_layers(ui)) {
        refresh_coverage(ui);
        reach_rows(ui);
        progress_row(ui);
        error_row(ui);
        coverage_result(ui);
    }
    ImGui::PopID();
}

}  // namespace diaban::ui
