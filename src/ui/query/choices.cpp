#include "ui/query/choices.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/i18n.h"
#include "base/text.h"
#include "data/sheet/numbers.h"
#include "query/language/parse.h"
#include "query/language/words.h"
#include "query/language/write.h"
#include "ui/icons.h"
#include "ui/panels/parts.h"

namespace diaban::ui {

namespace {

constexpr double least_metres = 100, most_metres = 50'000;

/// To two digits, as a person would say it.
double rounded(double metres) {
    const double step = std::pow(10, std::floor(std::log10(metres)) - 1);
    return std::round(metres / step) * step;
}

query::Distance in_metres(double metres) {
    if (metres >= 1000) return {metres / 1000, query::LengthUnit::kilometre};
    return {metres, query::LengthUnit::metre};
}

/// "5", "5 km", "800m", "2,5", "12,000 m": the unit is the present one where none is typed. What may be thousands with
/// either mark is read as this program writes numbers.
std::optional<query::Distance> typed_distance(std::string_view typed, query::LengthUnit unit) {
    std::string text = trim(typed);
    if (text.ends_with("km")) {
        unit = query::LengthUnit::kilometre;
        text = trim(std::string_view(text).substr(0, text.size() - 2));
    } else if (text.ends_with("m")) {
        unit = query::LengthUnit::metre;
        text = trim(std::string_view(text).substr(0, text.size() - 1));
    }
    const NumberLook look = look_at_number(text);
    const auto number = parse_number(
        text, look.writing == Writing::comma ? NumberConvention::comma_decimal : NumberConvention::point_decimal);
    if (look.percent || !number || !(number->value > 0) || !std::isfinite(number->value)) return {};
    return query::Distance{number->value, unit};
}

}  // namespace

bool layer_has(Session& session, const Layer& layer, LayersOf which) {
    const LayerResultPtr result = layer.background ? nullptr : session.layer(layer.id);
    if (!result || !result->features) return false;
    const Dataset& data = result->features->base();
    if (data.is_raster() || !data.has_geometry()) return false;
    const GeometryKind kind = data.geometry.kind();
    return which == LayersOf::shapes ||
           kind == (which == LayersOf::points ? GeometryKind::point : GeometryKind::polygon);
}

std::string first_layer(Session& session, LayersOf which, const std::string& except) {
    for (const Layer& layer : session.workspace().layers)
        if (layer.id != except && layer_has(session, layer, which)) return layer.id;
    return {};
}

std::string largest_layer(Session& session, LayersOf which, const std::string& except) {
    std::string largest;
    std::tuple<bool, uint32_t, bool, bool> most;
    for (const Layer& layer : session.workspace().layers) {
        if (layer.id == except || !layer_has(session, layer, which)) continue;
        const bool from_file = session.workspace().find_query(layer.source) == nullptr;
        const std::tuple now{from_file, session.layer(layer.id)->features->count(), layer.id == session.active_layer,
                             layer.visible};
        if (largest.empty() || now > most) largest = layer.id, most = now;
    }
    return largest;
}

std::string likely_weight(const Features& features) {
    // Folded; the first that any column holds is taken.
    static constexpr const char* words[] = {"household", "so ho",  "ho dan",     "rumah tangga", "children", "tre em",
                                            "women",     "phu nu", "population", "dan so",       "penduduk", "people"};
    const std::vector<Field> fields = features.fields();
    for (const char* word : words)
        for (const Field& field : fields) {
            std::string name = fold(field_label(field.name()));
            std::ranges::replace(name, '_', ' ');
            if (is_quantity(field) && name.find(word) != std::string::npos) return field.name();
        }
    return {};
}

bool layer_choice(const char* id, Session& session, LayersOf which, std::string& layer, const char* none) {
    const Layer* chosen = session.workspace().find_layer(layer);
    const std::string shown = chosen != nullptr ? chosen->name : none != nullptr ? none : tr("Choose a layer");
    if (!begin_choice(id, shown.c_str())) return false;
    bool changed = false;
    const auto offer = [&](const std::string& candidate, const std::string& name) {
        const bool now = candidate == layer;
        if (ImGui::Selectable((name + "##" + candidate).c_str(), now) && !now) layer = candidate, changed = true;
        if (now && ImGui::IsWindowAppearing()) ImGui::SetScrollHereY();
    };
    if (none != nullptr) offer("", none);
    for (const Layer& candidate : session.workspace().layers)
        if (layer_has(session, candidate, which)) offer(candidate.id, candidate.name);
    ImGui::EndCombo();
    return changed;
}

bool condition_field(const char* id, const char* hint, std::string& typed, std::string& taken) {
    ImGui::PushID(id);
    ImGui::SetNextItemWidth(-FLT_MIN);
    const bool entered = ImGui::InputTextWithHint("##condition", hint, &typed, ImGuiInputTextFlags_EnterReturnsTrue);
    const bool left = ImGui::IsItemDeactivatedAfterEdit();
    tooltip(tr("A condition such as kind = 'clinic' and beds > 10. Enter takes it."));
    ImGui::PopID();
    const auto condition = parse_condition(typed);
    if (!condition) notice(palette().error, icon::alert_circle, to_text(condition.error()));
    if (!(entered || left) || !condition || typed == taken) return false;
    taken = typed;
    return true;
}

bool distance_rows(query::Distance& distance, std::string& typed) {
    const query::Distance before = distance;
    double metres = distance.metres().value();
    const double low = std::min(least_metres, metres), high = std::max(most_metres, metres);
    const float field = px(84);
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - field - px(6));
    if (ImGui::SliderScalar("##distance", ImGuiDataType_Double, &metres, &low, &high, "",
                            ImGuiSliderFlags_AlwaysClamp | ImGuiSliderFlags_Logarithmic | ImGuiSliderFlags_NoInput))
        distance = in_metres(rounded(metres));
    tooltip(tr("Drag, or type a distance beside it."));
    ImGui::SameLine(0, px(6));
    ImGui::SetNextItemWidth(field);
    std::string shown = typed.empty() ? to_text(distance) : typed;
    const bool entered =
        ImGui::InputText("##typed", &shown, ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    typed = ImGui::IsItemActive() ? shown : std::string();
    if (entered || ImGui::IsItemDeactivatedAfterEdit()) {
        if (const auto wanted = typed_distance(shown, distance.unit)) distance = *wanted;
        typed.clear();
    }
    tooltip(tr("A distance with its unit: 5 km, 800 m"));
    return distance != before;
}

std::string distance_text(const query::Distance& distance) {
    return in_words(distance);
}

void add_query_layer(Session& session, const std::string& label, const std::string& name, const Query& ask,
                     const Style& style, const std::string& under, double opacity) {
    std::string added;
    session.edit(label, [&](Workspace& w) {
        SavedQuery saved{.id = unused_id(w, name), .name = name, .ask = ask, .time = {}};
        w.queries.push_back(saved);
        Layer layer;
        layer.id = unused_id(w, name);
        layer.name = name;
        layer.source = saved.id;
        layer.opacity = opacity;
        layer.style = style;
        added = layer.id;
        const auto place = std::ranges::find(w.layers, under, &Layer::id);
        w.layers.insert(place == w.layers.end() ? w.layers.begin() : place + 1, std::move(layer));
    });
    session.active_layer = added;
    session.touch();
}

}  // namespace diaban::ui
