// Buffers and service areas: chosen here, made in the background as a layer's source.
#include <fmt/format.h>

#include "base/i18n.h"
#include "query/asked_features.h"
#include "ui/icons.h"
#include "ui/panels/parts.h"
#include "ui/query/choices.h"
#include "ui/query/saved_queries.h"
#include "ui/query/sections.h"

namespace diaban::ui {

namespace {

/// Polygons that nobody has made yet, for the style.
Dataset polygons_to_be() {
    Dataset dataset;
    dataset.geometry = Geometry(GeometryKind::polygon, {}, {0}, {0}, {0});
    return dataset;
}

std::string layer_in_words(Ui& ui, const std::string& id, const std::string& where) {
    const QueryLayers layers = ui.session.query_layers();
    const auto layer = layers.require(id);
    return layer ? asked_in_words(layers, **layer, where) : id;
}

std::string buffers_name(Ui& ui) {
    const BufferQuery& query = ui.panels.areas.buffers;
    return fmt::format(fmt::runtime(tr("Within {0} of {1}")), distance_text(query.distance),
                       layer_in_words(ui, query.layer, query.where));
}

std::string service_name(Ui& ui) {
    const ServiceAreaQuery& query = ui.panels.areas.service;
    return fmt::format(fmt::runtime(tr("Service areas of {}")), layer_in_words(ui, query.facilities, query.where));
}

void where_row(AreasState& state, std::string& taken) {
    property(tr("Which"));
    condition_field("where", tr("all of them"), state.where, taken);
}

void add(Ui& ui, const std::string& label, const std::string& name, const Query& ask, const std::string& of) {
    add_query_layer(ui.session, label, name, ask, default_style(polygons_to_be(), ui.session.workspace().layers.size()),
                    of, 0.5);
}

void buffers_rows(Ui& ui) {
    AreasState& state = ui.panels.areas;
    BufferQuery& query = state.buffers;
    property(tr("Around"));
    if (layer_choice("##layer", ui.session, LayersOf::shapes, query.layer)) state.where.clear(), query.where.clear();
    where_row(state, query.where);
    gap(6);
    text_in(fonts().medium, palette().text, tr("Within"));
    distance_rows(query.distance, state.reach_text);
    checkbox(tr("Dissolve into one shape"), query.dissolve);
    tooltip(tr("On: the ground near any of them, without inner borders. Off: a shape for each, with its columns."));
    gap(6);
    const std::string of = layer_in_words(ui, query.layer, query.where);
    const std::string distance = distance_text(query.distance);
    text_muted(fmt::format(
        fmt::runtime(query.dissolve ? tr("Makes one shape: all ground within {0} of {1}, on the ellipsoid.")
                                    : tr("Makes a shape for each of {1}: the ground within {0} of it, on the "
                                         "ellipsoid.")),
        distance, of));
    gap(4);
    if (primary_button(tr("Add as layer"), ImGui::GetContentRegionAvail().x))
        add(ui, tr("Add buffers"), buffers_name(ui), query, query.layer);
}

void service_rows(Ui& ui) {
    AreasState& state = ui.panels.areas;
    ServiceAreaQuery& query = state.service;
    property(tr("Facilities"));
    if (layer_choice("##facilities", ui.session, LayersOf::shapes, query.facilities))
        state.where.clear(), query.where.clear();
    where_row(state, query.where);
    property(tr("Cut to"));
    layer_choice("##clip", ui.session, LayersOf::polygons, query.clip, tr("nothing: a box around them"));
    tooltip(tr("The province, or the communes it is made of"));
    gap(6);
    const std::string of = layer_in_words(ui, query.facilities, query.where);
    std::string words = fmt::format(
        fmt::runtime(tr("Makes a shape for each of {}: the ground that is nearer to it than to any other")), of);
    if (const Layer* clip = ui.session.workspace().find_layer(query.clip))
        words += fmt::format(fmt::runtime(tr(", within {}")), clip->name);
    text_muted(words + ".");
    gap(4);
    if (primary_button(tr("Add as layer"), ImGui::GetContentRegionAvail().x))
        add(ui, tr("Add service areas"), service_name(ui), query, query.facilities);
}

/// Layers where none are chosen, or they went away; false where there is nothing to choose from.
bool choose_layers(Ui& ui) {
    AreasState& state = ui.panels.areas;
    const auto settle = [&](std::string& layer, const std::string& otherwise) {
        const Layer* found = ui.session.workspace().find_layer(layer);
        if (found == nullptr || !layer_has(ui.session, *found, LayersOf::shapes)) layer = otherwise;
    };
    const std::string any = first_layer(ui.session, LayersOf::shapes);
    const std::string points = first_layer(ui.session, LayersOf::points);
    if (state.service.facilities.empty()) state.service.clip = largest_layer(ui.session, LayersOf::polygons);
    settle(state.buffers.layer, points.empty() ? any : points);
    settle(state.service.facilities, points.empty() ? any : points);
    settle(state.service.clip, "");
    return !any.empty();
}

/// What a job in the background does for the layers that were added.
void progress_row(Ui& ui) {
    const Jobs::Status status = ui.session.jobs().status();
    if (status.title.empty()) return;
    gap(8);
    text_muted(status.stage.empty() ? status.title + " …" : status.stage + " …");
    ImGui::ProgressBar(static_cast<float>(std::clamp(status.fraction, 0.0, 1.0)),
                       {ImGui::GetContentRegionAvail().x - px(76), px(8)}, "");
    ImGui::SameLine(0, px(8));
    if (button(tr("Cancel"))) ui.session.jobs().cancel_all();
}

}  // namespace

void areas_section(Ui& ui) {
    if (!choose_layers(ui))
        return empty_state(icon::target, tr("Nothing to draw around"), tr("Add a layer of points, lines or polygons."));
    AreasState& state = ui.panels.areas;
    ImGui::PushID("areas");
    const std::vector<std::string> kinds{tr("Buffers"), tr("Service areas")};
    int now = static_cast<int>(state.kind);
    if (segmented("##kind", kinds, now)) {
        state.kind = static_cast<AreasKind>(now);
        state.where = state.kind == AreasKind::buffers ? state.buffers.where : state.service.where;
    }
    gap(6);
    const bool buffers = state.kind == AreasKind::buffers;
    const Query now_asked = buffers ? Query(state.buffers) : Query(state.service);
    query_bar(ui, state.saved, now_asked, buffers ? buffers_name(ui) : service_name(ui));
    // What was opened just now is asked in the next frame.
    if (ui.panels.query.kind == QueryKind::areas && (state.kind == AreasKind::buffers) == buffers)
        buffers ? buffers_rows(ui) : service_rows(ui);
    progress_row(ui);
    ImGui::PopID();
}

}  // namespace diaban::ui
