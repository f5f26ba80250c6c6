// Who is reached: what is asked, and the distance that is dragged.
#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "query/language/write.h"
#include "ui/icons.h"
#include "ui/panels/parts.h"
#include "ui/query/choices.h"
#include "ui/query/coverage_result.h"
#include "ui/query/coverage_work.h"
#include "ui/query/sections.h"

namespace diaban::ui {

namespace {

void weight_row(Ui& ui) {
    CoverageState& state = ui.panels.coverage;
    const LayerResultPtr demand = ui.session.layer(state.query.demand);
    if (!demand || !demand->features) return;
    property(tr("Weighted by"));
    if (field_choice("##weight", *demand->features, FieldsOf::numbers, state.weight_field,
                     tr("nothing: each counts 1")))
        state.query.weight =
            state.weight_field.empty() ? "" : to_text(query::Sum{query::ColumnName{state.weight_field}, {}});
    tooltip(tr("How many households or children live there"));
}

void question_rows(Ui& ui) {
    CoverageState& state = ui.panels.coverage;
    CoverageQuery& query = state.query;
    property(tr("Who"));
    if (layer_choice("##demand", ui.session, LayersOf::shapes, query.demand)) {
        state.weight_field.clear(), query.weight.clear();
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
    const bool changed = distance_rows(state.query.reach, state.reach_text);
    if (changed) refresh_coverage(ui);
    const bool held = ImGui::IsMouseDown(ImGuiMouseButton_Left);
    if (changed) light_up(ui, held);
    static constexpr CoverageLight lights[] = {CoverageLight::gap, CoverageLight::reached, CoverageLight::none};
    const std::vector<std::string> names{tr("Not reached"), tr("Reached"), tr("None")};
    int now = static_cast<int>(state.light);
    if (segmented("##light", names, now)) {
        state.light = lights[now];
        state.light == CoverageLight::none ? ui.session.clear_selection() : light_up(ui, false);
    }
    // Too many for each step of a drag: when the button is let go.
    if (ImGui::IsMouseReleased(ImGuiMouseButton_Left) && state.reach_dragged) light_up(ui, false);
    state.reach_dragged = held && (state.reach_dragged || changed);
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
