#include <cfloat>

#include "base/format.h"
#include "base/i18n.h"
#include "query/answer.h"
#include "query/language/parse.h"
#include "ui/icons.h"
#include "ui/panels/panels.h"
#include "ui/panels/style_parts.h"
#include "ui/panels/swatch.h"

namespace diaban::ui {

namespace {

void layer_headline(const Layer& layer, const LayerResultPtr& result) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float line = ImGui::GetFrameHeight();
    ImGui::Dummy({px(24), line});
    draw_swatch(layer, result, {at.x, at.y + line / 2 - px(8)}, {at.x + px(24), at.y + line / 2 + px(8)});
    ImGui::SameLine(0, px(8));
    ImGui::AlignTextToFramePadding();
    ImGui::PushFont(fonts().medium);
    text_cut(layer.name);
    ImGui::PopFont();
}

/// What the layer's joins, columns and filter had to say, where the settings are that caused it.
void layer_notices(const LayerResult& result) {
    int shown = 0;
    for (const Diagnostic& diagnostic : result.diagnostics) {
        if (diagnostic.severity != Severity::error) continue;
        if (++shown > 3) break;
        notice(palette().error, icon::alert_circle, to_text(diagnostic));
    }
}

/// What is wrong with a condition as the layer's filter, in words; empty when nothing is.
std::string filter_problem(const std::string& condition, Session& session, const std::string& layer_id) {
    const auto filter = parse_condition(condition);
    if (!filter) return to_text(filter.error());
    const QueryLayers layers = session.query_layers();
    const auto layer = layers.require(layer_id);
    if (!layer) return to_text(layer.error());
    const auto possible = can_ask(*filter, layers, **layer, *session.query_cache(), true);
    return possible ? std::string() : to_text(possible.error());
}

void apply(Session& session, const Layer& layer, const Style& style, const StyleEdit& edit) {
    if (!edit.label.empty() && style != layer.style)
        session.set_style(layer.id, style, edit.label, edit.key.empty() ? "" : "style/" + layer.id + "/" + edit.key);
    // A drag or a stay in the colour picker is one undo step; letting go ends it.
    if (ImGui::IsMouseReleased(0)) session.seal();
}

}  // namespace

void filter_section(Ui& ui, const Layer& layer, const LayerResult& result) {
    if (!begin_section(tr("Filter"), !layer.filter.empty())) return;
    StyleState& state = ui.panels.style;
    if (state.layer != layer.id || state.applied != layer.filter) {
        state = {.layer = layer.id, .filter = layer.filter, .applied = layer.filter, .filter_error = {}};
        if (!layer.filter.empty()) state.filter_error = filter_problem(layer.filter, ui.session, layer.id);
    }
    ImGui::PushID("filter");
    ImGui::SetNextItemWidth(-FLT_MIN);
    const bool entered = ImGui::InputTextWithHint("##condition", tr("e.g. population > 5000 and kind = 'commune'"),
                                                  &state.filter, ImGuiInputTextFlags_EnterReturnsTrue);
    if (state.filter_error.empty())
        tooltip(  // which would hide what is wrong
            tr("Only features that meet this condition are shown. Columns, numbers, 'text', and, or, not, in, between, "
               "like, is null."));
    if (ImGui::IsItemEdited()) state.filter_error.clear();
    const bool left = ImGui::IsItemDeactivatedAfterEdit();
    if ((entered || left) && state.filter != layer.filter) {
        state.filter_error = filter_problem(state.filter, ui.session, layer.id);
        if (state.filter_error.empty()) {
            state.applied = state.filter;
            ui.session.edit(tr("Change filter"), [&](Workspace& workspace) {
                if (Layer* changed = workspace.find_layer(state.layer)) changed->filter = state.filter;
            });
        }
    }
    if (!state.filter_error.empty()) {
        notice(palette().error, icon::alert_circle, state.filter_error);
    } else if (!layer.filter.empty()) {
        text_muted(format_count_of(int64_t{result.shown_count}, int64_t{result.features->count()}) + " " + tr("shown"));
        if (button(tr("Show everything"))) {
            state = {};
            ui.session.edit(tr("Remove filter"), [id = layer.id](Workspace& workspace) {
                if (Layer* changed = workspace.find_layer(id)) changed->filter.clear();
            });
        }
    }
    ImGui::PopID();
}

void style_panel(Ui& ui) {
    Session& session = ui.session;
    const Layer* found = shown_layer(session);
    if (!found) return empty_state(icon::palette, tr("Nothing to style yet"), tr("Choose a layer on the left."));
    const Layer layer = *found;
    const LayerResultPtr result = session.layer(layer.id);
    ImGui::PushID(layer.id.c_str());
    layer_headline(layer, result);
    if (result && result->picture) {
        layer_notices(*result);
        Style style = layer.style;
        StyleEdit edit;
        raster_section(*result->picture->raster, style, edit);
        apply(session, layer, style, edit);
        return ImGui::PopID();
    }
    if (!result || !result->features) {
        text_muted(tr("This layer's data could not be read, so there is nothing to style."));
        ImGui::PopID();
        return;
    }
    layer_notices(*result);
    Style style = layer.style;
    StyleEdit edit;
    const GeometryKind kind = result->features->base().geometry.kind();
    if (kind != GeometryKind::line) fill_section(*result, style, edit);
    if (kind == GeometryKind::point) marker_section(style, edit);
    if (kind == GeometryKind::point) crowding_section(style, edit);
    if (kind != GeometryKind::point) outline_section(kind, style, edit);
    if (kind == GeometryKind::polygon) hatch_section(style, edit);
    if (kind != GeometryKind::line) circles_section(*result, style, edit);
    filter_section(ui, layer, *result);
    apply(session, layer, style, edit);
    ImGui::PopID();
}

}  // namespace diaban::ui
