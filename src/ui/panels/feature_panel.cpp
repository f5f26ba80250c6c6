#include <algorithm>
#include <map>

#include "base/format.h"
#include "base/i18n.h"
#include "stats/rate.h"
#include "ui/charts.h"
#include "ui/icons.h"
#include "ui/panels/panels.h"
#include "ui/panels/parts.h"

namespace diaban::ui {

namespace {

struct Shown {
    Layer layer;  // copies: buttons of the card may change the workspace
    LayerResultPtr result;
    std::vector<uint32_t> selected;

    [[nodiscard]] const Features& features() const { return *result->features; }
    [[nodiscard]] std::size_t time() const { return result->time; }
};

/// A name and a value, the value at the right end or, when it is long, below.
void value_row(const std::string& label, const std::string& value, bool null) {
    const float left = ImGui::GetCursorPosX();
    const float room = ImGui::GetContentRegionAvail().x;
    const float wide = text_width(value);
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
    text_cut(label, std::max(room - wide - px(12), room * 0.4F));
    ImGui::PopStyleColor();
    const Rgba colour = null ? palette().muted : palette().text;
    if (wide <= room * 0.6F - px(12)) {
        ImGui::SameLine(left + room - wide, 0);
    } else {
        ImGui::SetCursorPosX(left + px(8));
    }
    text_in(fonts().regular, colour, value);
}

/// One measure of one feature: its value large, n/N, interval, and how it went over the years.
void measure_card(const Shown& shown, const Measure& measure, uint32_t feature) {
    const auto values = MeasureValues::bind(shown.features(), measure);
    if (!values) return notice(palette().error, icon::alert_circle, to_text(values.error()));
    const auto value = values->value(feature, shown.time());
    gap(8);
    text_in(fonts().small, palette().muted, measure_label(measure));
    if (!value) {
        text_in(fonts().large, palette().muted, "–");
        text_muted(tr("No data"));
    } else {
        const double assumed = values->assumed_share(feature, shown.time());
        text_in(fonts().large, palette().text, (assumed > 0 ? "≈ " : "") + value_text(measure, *value));
    }
    const auto cases = values->numerator(feature, shown.time());
    const auto population = values->denominator(feature, shown.time());
    if (value && values->is_ratio() && cases && population) {
        ImGui::SameLine(0, px(10));
        // On the number's baseline rather than its top.
        const float drop = (fonts().large->FontSize - fonts().regular->FontSize) * 0.8F;
        ImGui::SetCursorPosY(ImGui::GetCursorPosY() + drop);
        text_in(fonts().regular, palette().muted, format_number(*cases) + " / " + format_number(*population));
        const bool proportion = *cases >= 0 && *cases <= *population;
        if (proportion) {
            const Rate rate{.cases = *cases, .population = *population};
            const Interval interval = wilson_interval(rate);
            const bool unsure = uncertain(rate);
            interval_bar(*cases / *population, interval, unsure);
            text_in(fonts().small, palette().muted,
                    std::string(tr("95% interval")) + "  " + value_text(measure, interval.low * measure.scale) + " – " +
                        value_text(measure, interval.high * measure.scale));
            if (unsure) notice(palette().warning, icon::alert, tr("Small denominator: uncertain"));
        }
    }
    if (const double assumed = value ? values->assumed_share(feature, shown.time()) : 0; assumed > 0)
        notice(palette().warning, icon::alert,
               format_percent(assumed, 0) + " " + tr("of it rests on assumed shares of units that were split"));
    const auto& times = shown.features().times();
    std::vector<std::optional<double>> series;
    std::vector<std::string> words;
    for (std::size_t t = 0; t < times.size(); ++t) {
        series.push_back(values->value(feature, t));
        words.push_back(series.back() ? value_text(measure, *series.back()) : std::string());
        const auto n = values->numerator(feature, t);
        const auto of = values->denominator(feature, t);
        if (series.back() && values->is_ratio() && n && of)
            words.back() += "  (" + format_number(*n) + " / " + format_number(*of) + ")";
    }
    ImGui::PushID(measure_label(measure).c_str());
    sparkline(times, series, words, shown.time(), 44);
    ImGui::PopID();
}

/// The base's values, then each joined table's, with the year they are of.
void all_values(const Shown& shown, uint32_t feature) {
    std::string group;
    bool open = begin_section(tr("Values"));
    for (const Field& field : fields_shown(shown.layer, shown.features())) {
        const auto dot = field.name().find('.');
        const std::string table = dot == std::string::npos ? std::string() : field.name().substr(0, dot);
        if (table != group) {
            group = table;
            std::string title = table;
            if (field.has_times()) title += " · " + std::to_string(shown.features().times()[shown.time()]);
            open = begin_section((title + "###" + table).c_str());
        }
        if (!open) continue;
        const std::string label = dot == std::string::npos ? field.name() : field.name().substr(dot + 1);
        value_row(label, cell_text(field, feature, shown.time()), field.is_null(feature, shown.time()));
    }
}

void one_feature(Ui& ui, const Shown& shown, uint32_t feature) {
    text_in(fonts().small, palette().muted, shown.layer.name);
    text_in(fonts().large, palette().text, feature_name(shown.layer, shown.features(), feature, shown.time()));
    std::string quiet;
    for (const char* wanted : {"kind", "type", "code", "ma"}) {
        const auto field = shown.features().field(wanted);
        if (!field || field->is_null(feature, shown.time())) continue;
        quiet += (quiet.empty() ? "" : " · ") + field->text(feature, shown.time());
    }
    if (!quiet.empty()) text_muted(quiet);
    if (button(tr("Zoom to"))) ui.map.zoom_to_selection(ui.session);
    tooltip(with_key(tr("Zoom to selection"), "view.zoom_selection"));
    for (const Measure& measure : shown_measures(shown.layer.style))
        measure_card(shown, measure, feature);
    gap(8);
    all_values(shown, feature);
}

/// Sums of what can be summed. A rate of several features is made from their sums, never from the mean of their rates.
void sums(const Shown& shown) {
    const std::size_t time = shown.time();
    for (const Measure& measure : shown_measures(shown.layer.style)) {
        const auto values = MeasureValues::bind(shown.features(), measure);
        if (!values || !values->is_ratio()) continue;
        double cases = 0;
        double population = 0;
        for (const uint32_t f : shown.selected) {
            const auto n = values->numerator(f, time);
            const auto of = values->denominator(f, time);
            if (n && of) cases += *n, population += *of;
        }
        if (population <= 0) continue;
        gap(8);
        text_in(fonts().small, palette().muted, measure_label(measure));
        text_in(fonts().large, palette().text, value_text(measure, cases / population * measure.scale));
        text_muted(format_number(cases) + " / " + format_number(population));
    }
    if (!begin_section(tr("Sums"))) return;
    for (const Field& field : fields_shown(shown.layer, shown.features())) {
        if (!is_quantity(field)) continue;
        double sum = 0;
        int64_t missing = 0;
        for (const uint32_t f : shown.selected) {
            const auto value = field.number(f, time);
            sum += value.value_or(0);
            missing += value ? 0 : 1;
        }
        const bool none = missing == static_cast<int64_t>(shown.selected.size());
        value_row(field_label(field.name()), none ? "–" : format_number(sum), none);
        if (missing > 0 && !none) tooltip(std::string(tr("Without a value:")) + " " + format_integer(missing));
    }
}

void several(Ui& ui, const Shown& shown) {
    text_in(fonts().small, palette().muted, shown.layer.name);
    text_in(fonts().large, palette().text,
            format_integer(static_cast<int64_t>(shown.selected.size())) + " " + tr("selected"));
    text_muted(format_count_of(static_cast<int64_t>(shown.selected.size()), int64_t{shown.features().count()}));
    if (button(tr("Zoom to"))) ui.map.zoom_to_selection(ui.session);
    ImGui::SameLine(0, px(6));
    if (button(tr("Clear"))) return ui.session.clear_selection();
    sums(shown);
    if (!begin_section(tr("Which"))) return;
    constexpr std::size_t most = 200;
    for (std::size_t i = 0; i < std::min(shown.selected.size(), most); ++i) {
        const uint32_t feature = shown.selected[i];
        const std::string name = feature_name(shown.layer, shown.features(), feature, shown.time());
        if (ImGui::Selectable((name + "##" + std::to_string(feature)).c_str()))
            return ui.session.select(shown.layer.id, {feature});
    }
    if (shown.selected.size() > most) text_muted(tr("and more"));
}

/// To the feature before or after, in the table's order as it is listed where that is of this layer.
void step(Ui& ui, const Shown& shown, int by) {
    const uint32_t count = shown.features().count();
    const TableState& table = ui.panels.table;
    const bool listed = table.rows_of == shown.result->features && !table.rows.empty() && !table.only_selected;
    const uint32_t now = shown.selected.front();
    uint32_t next = (now + count + static_cast<uint32_t>(by)) % count;
    if (listed) {
        const auto size = static_cast<std::ptrdiff_t>(table.rows.size());
        const auto at = std::ranges::find(table.rows, now) - table.rows.begin();
        next = table.rows[static_cast<std::size_t>(((at == size ? 0 : at + by) + size) % size)];
    }
    ui.session.select(shown.layer.id, {next});
}

}  // namespace

void feature_panel(Ui& ui) {
    Session& session = ui.session;
    const Selection selection = session.selection;
    const Layer* layer = session.workspace().find_layer(selection.layer_id);
    Shown shown;
    if (layer) shown = {*layer, session.layer(layer->id), {}};
    if (shown.result && shown.result->features)
        std::ranges::copy_if(selection.features, std::back_inserter(shown.selected),
                             [&](uint32_t f) { return f < shown.result->features->count(); });
    if (shown.selected.empty()) {
        return empty_state(icon::cursor, tr("Nothing selected"),
                           tr("Click a place on the map, a row of the table, or search for a name."));
    }
    ImGui::PushID(layer->id.c_str());
    if (shown.selected.size() > 1) {
        several(ui, shown);
    } else {
        const ImVec2 top = ImGui::GetCursorPos();
        const float side = ImGui::GetFrameHeight();
        ImGui::SetCursorPosX(ImGui::GetContentRegionMax().x - 2 * side - px(2));
        if (icon_button("previous", icon::chevron_left, tr("Previous"))) step(ui, shown, -1);
        ImGui::SameLine(0, px(2));
        if (icon_button("next", icon::chevron_right, tr("Next"))) step(ui, shown, 1);
        ImGui::SetCursorPos({top.x, top.y + px(4)});
        one_feature(ui, shown, shown.selected.front());
    }
    ImGui::PopID();
}

}  // namespace diaban::ui
