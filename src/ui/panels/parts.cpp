#include "ui/panels/parts.h"

#include <algorithm>

#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"

namespace diaban::ui {

const Layer* shown_layer(Session& session) {
    const Workspace& workspace = session.workspace();
    if (const Layer* active = workspace.find_layer(session.active_layer)) return active;
    const auto first = std::ranges::find_if(workspace.layers, [](const Layer& l) { return !l.background; });
    return first == workspace.layers.end() ? nullptr : &*first;
}

LayerResultPtr shown_result(Session& session) {
    const Layer* layer = shown_layer(session);
    return layer ? session.layer(layer->id) : nullptr;
}

std::string field_label(std::string_view qualified) {
    const auto dot = qualified.find('.');
    if (dot == std::string_view::npos) return std::string(qualified);
    return std::string(qualified.substr(dot + 1)) + " · " + std::string(qualified.substr(0, dot));
}

std::vector<Field> fields_shown(const Layer& layer, const Features& features) {
    std::vector<Field> fields = features.fields();
    std::erase_if(fields, [&](const Field& field) {
        return std::ranges::any_of(layer.joins, [&](const Join& join) {
            return field.name() == join.source + "." + join.foreign_key ||
                   (!join.time_field.empty() && field.name() == join.source + "." + join.time_field);
        });
    });
    return fields;
}

namespace {

bool is_year(const Column& column) {
    const std::string folded = fold(column.name());
    return folded == "year" || folded == "nam" || folded.ends_with("_year");
}

}  // namespace

bool is_quantity(const Field& field) {
    if (!field.column().numeric() || is_year(field.column())) return false;
    const std::string name = fold(field.column().name());
    const auto is = [&](const char* word) {
        return name == word || name.ends_with(std::string("_") + word) || name.starts_with(std::string(word) + "_");
    };
    return !is("code") && !is("id") && !is("fid") && !is("ma");
}

namespace {

/// The column that names features, as people would pick it.
std::optional<Field> name_field(const Features& features) {
    static constexpr const char* likely[] = {"name",    "ten",          "ten_xa", "ward_name",
                                             "commune", "commune_name", "name_vi"};
    for (const char* wanted : likely)
        if (auto field = features.field(wanted); field && field->column().type() == ColumnType::text) return field;
    std::optional<Field> first_text;
    for (Field& field : features.fields()) {
        if (field.has_times() || field.column().type() != ColumnType::text) continue;
        const std::string folded = fold(field.name());
        if (folded.find("name") != std::string::npos || folded.starts_with("ten")) return field;
        if (!first_text) first_text = field;
    }
    return first_text;
}

}  // namespace

std::string feature_name(const Layer& layer, const Features& features, uint32_t feature, std::size_t time) {
    std::optional<Field> field;
    if (layer.style.labels) field = features.field(layer.style.labels->field);
    if (!field) field = name_field(features);
    std::string name = field ? field->text(feature, time) : std::string();
    if (!name.empty()) return name;
    return std::string(tr("No.")) + " " + format_integer(int64_t{feature} + 1);
}

std::string cell_text(const Field& field, uint32_t feature, std::size_t time) {
    if (field.is_null(feature, time)) return "–";
    const Column& column = field.column();
    if (!column.numeric()) return field.text(feature, time);
    const std::optional<double> value = field.number(feature, time);
    if (!value) return "–";
    const std::string about = field.assumed(feature, time) != 0 ? "≈ " : "";
    if (column.type() == ColumnType::real) return about + format_number(*value);
    // A year reads as 2025, not as 2,025, and a code as it is.
    return !is_quantity(field) ? field.text(feature, time) : about + format_integer(static_cast<int64_t>(*value));
}

std::string measure_label(const Measure& measure) {
    if (!measure.label.empty()) return measure.label;
    if (measure.numerator.empty()) return tr("No value chosen");
    if (measure.denominator.empty()) return field_label(measure.numerator);
    return field_label(measure.numerator) + " ÷ " + field_label(measure.denominator);
}

std::string value_text(const Measure& measure, double value) {
    // One decimal for rates, as in the legend: more would claim what n/N does not hold.
    if (measure.unit == "%" || measure.unit == "‰") return format_number(value, 1) + measure.unit;
    return measure.unit.empty() ? format_number(value) : format_number(value) + " " + measure.unit;
}

std::vector<Measure> shown_measures(const Style& style) {
    std::vector<Measure> measures;
    if (const auto* fill = std::get_if<GraduatedFill>(&style.fill)) measures.push_back(fill->measure);
    if (style.circles && std::ranges::find(measures, style.circles->measure) == measures.end())
        measures.push_back(style.circles->measure);
    return measures;
}

bool field_choice(const char* id, const Features& features, FieldsOf which, std::string& field, const char* none) {
    const auto chosen = features.field(field);
    const std::string shown = field.empty() ? (none ? none : tr("Choose a field")) : field_label(field);
    bool changed = false;
    if (!begin_choice(id, shown.c_str())) return false;
    const auto offer = [&](const std::string& name, const std::string& label, bool now) {
        if (ImGui::Selectable((label + "##" + name).c_str(), now) && !now) {
            field = name;
            changed = true;
        }
        if (now && ImGui::IsWindowAppearing()) ImGui::SetScrollHereY();
    };
    if (none) offer("", none, field.empty());
    for (const Field& candidate : features.fields()) {
        if (which == FieldsOf::numbers && !candidate.column().numeric()) continue;
        offer(candidate.name(), field_label(candidate.name()), chosen && chosen->name() == candidate.name());
    }
    ImGui::EndCombo();
    return changed;
}

namespace {

/// Percent and per-thousand name themselves; a unit typed by hand stays.
void set_scale(Measure& measure, double scale) {
    measure.scale = scale;
    const bool named = measure.unit.empty() || measure.unit == "%" || measure.unit == "‰";
    if (named) measure.unit = scale == 100 ? "%" : scale == 1000 ? "‰" : "";
}

}  // namespace

bool measure_rows(const Features& features, Measure& measure) {
    bool changed = false;
    ImGui::PushID("measure");
    property(tr("Value"));
    if (field_choice("##numerator", features, FieldsOf::numbers, measure.numerator)) {
        measure.label.clear();  // it named the old value
        changed = true;
    }
    property(tr("Divided by"));
    if (field_choice("##denominator", features, FieldsOf::numbers, measure.denominator,
                     tr("nothing: the value itself"))) {
        measure.label.clear();
        set_scale(measure, measure.denominator.empty() ? 1 : measure.scale == 1 ? 100 : measure.scale);
        changed = true;
    }
    if (!measure.denominator.empty()) {
        static constexpr double scales[] = {100, 1000, 1};
        const std::string names[] = {tr("%"), tr("per 1,000"), tr("ratio")};
        int now = measure.scale == 100 ? 0 : measure.scale == 1000 ? 1 : measure.scale == 1 ? 2 : -1;
        property(tr("Shown as"));
        if (segmented("scale", names, now)) {
            set_scale(measure, scales[now]);
            changed = true;
        }
    }
    ImGui::PopID();
    return changed;
}

bool key_pressed(const Ui& ui, int key) {
    return !ImGui::IsWindowAppearing() && std::ranges::find(ui.pressed, key, &KeyPress::key) != ui.pressed.end();
}

void zoom_to_features(Ui& ui, const std::string& layer, const std::vector<uint32_t>& features) {
    ui.session.select(layer, features);
    ui.map.zoom_to_selection(ui.session);
}

}  // namespace diaban::ui
