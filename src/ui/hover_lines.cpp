// What the tooltip over the map says.
#include <variant>

#include "base/format.h"
#include "base/i18n.h"
#include "data/features.h"
#include "scene/points/point_crowd.h"
#include "ui/map_canvas.h"

namespace diaban::ui {

namespace {

std::string value_line(const Features& features, const Measure& measure, uint32_t feature, std::size_t time) {
    const auto values = MeasureValues::bind(features, measure);
    if (!values) return {};
    const std::string name = measure.label.empty() ? measure.numerator : measure.label;
    const auto value = values->value(feature, time);
    if (!value) return name + ": –";
    const std::string blank = measure.unit.empty() || measure.unit == "%" ? "" : " ";
    const bool assumed = values->assumed_share(feature, time) > 0;
    std::string line = name + ": " + (assumed ? "≈ " : "") +
                       (values->is_ratio() ? format_number(*value, 1) : format_number(*value)) + blank + measure.unit;
    const auto part = values->numerator(feature, time);
    const auto whole = values->denominator(feature, time);
    if (values->is_ratio() && part && whole) {
        line += " (" + format_number(*part) + "/" + format_number(*whole) + ")";
    }
    if (assumed) line += std::string(", ") + tr("partly from assumed shares");
    return line;
}

/// How many, and, if they are few, which.
std::vector<std::string> cluster_lines(const Layer& layer, const LayerResult& result, const Cluster& cluster,
                                       const std::optional<Field>& name) {
    constexpr uint32_t few = 8;
    std::vector<std::string> lines;
    lines.push_back(format_integer(cluster.count) + " " + tr_n("point", "points", static_cast<long>(cluster.count)));
    lines.push_back(layer.name);
    if (!name || cluster.count > few) return lines;
    for (const uint32_t feature : result.crowd->features(cluster.points))
        lines.push_back(name->text(feature, result.time));
    return lines;
}

}  // namespace

std::vector<std::string> hover_lines(Session& session, const Hover& hover) {
    const Layer* layer = session.workspace().find_layer(hover.layer_id);
    const LayerResultPtr result = session.layer(hover.layer_id);
    if (layer == nullptr || !result || !result->features || hover.feature >= result->features->count()) return {};
    const Features& features = *result->features;
    std::vector<std::string> lines;

    std::string name_column = layer->style.labels ? layer->style.labels->field : std::string();
    if (name_column.empty()) name_column = guess_name_column(features.base().table);
    const auto name = name_column.empty() ? std::nullopt : features.field(name_column);
    if (hover.cluster) {
        lines = cluster_lines(*layer, *result, *hover.cluster, name);
        std::erase_if(lines, [](const std::string& line) { return line.empty(); });
        return lines;
    }
    std::string title = name ? name->text(hover.feature, result->time) : std::string();
    if (title.empty()) title = layer->name;
    lines.push_back(title);
    if (title != layer->name) lines.push_back(layer->name);

    if (const auto* graduated = std::get_if<GraduatedFill>(&layer->style.fill)) {
        lines.push_back(value_line(features, graduated->measure, hover.feature, result->time));
    } else if (const auto* categorised = std::get_if<CategorisedFill>(&layer->style.fill)) {
        if (const auto field = features.field(categorised->field)) {
            lines.push_back(field->text(hover.feature, result->time));
        }
    }
    if (layer->style.circles) {
        lines.push_back(value_line(features, layer->style.circles->measure, hover.feature, result->time));
    }
    std::erase_if(lines, [](const std::string& line) { return line.empty(); });
    return lines;
}

}  // namespace diaban::ui
