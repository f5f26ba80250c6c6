#include "ui/query/starters.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/i18n.h"
#include "base/text.h"
#include "ui/panels/parts.h"
#include "ui/query/clause.h"

namespace diaban::ui {

using namespace query;

namespace {

Target target_of(const QueryLayer& layer) {
    Target target;
    target.layer = layer.id;
    return target;
}

std::vector<Field> quantities(const Features& features) {
    std::vector<Field> fields;
    for (Field& field : features.fields())
        if (is_quantity(field)) fields.push_back(std::move(field));
    return fields;
}

/// A column worth asking for: a number that can be added up, else a text with few values, else whatever there is.
std::optional<Field> first_column(const Features& features) {
    std::vector<Field> numbers = quantities(features);
    if (!numbers.empty()) return numbers.front();
    std::vector<Field> fields = features.fields();
    const auto text =
        std::ranges::find_if(fields, [](const Field& f) { return f.column().type() == ColumnType::text; });
    if (text != fields.end()) return *text;
    if (fields.empty()) return std::nullopt;
    return fields.front();
}

std::optional<Field> first_date(const Features& features) {
    std::vector<Field> fields = features.fields();
    const auto date = std::ranges::find_if(fields, [](const Field& field) {
        return field.column().type() == ColumnType::date || field.column().type() == ColumnType::date_time;
    });
    return date == fields.end() ? std::nullopt : std::optional(std::move(*date));
}

std::optional<RateColumns> first_rate(const Ground& ground) {
    for (const Measure& measure : ground.measures)
        if (!measure.denominator.empty()) return RateColumns{measure.numerator, measure.denominator};
    const std::vector<Field> numbers = quantities(*ground.of->features);
    if (numbers.size() < 2) return std::nullopt;
    return RateColumns{numbers[0].name(), numbers[1].name()};
}

Condition compared(Sum subject, Verb verb, const Ground& ground) {
    Clause clause{std::move(subject), verb, {}};
    clause.values = {first_value(clause.subject, *ground.of->features, ground.time)};
    return condition_of(clause);
}

Condition attribute(const Ground& ground) {
    const std::optional<Field> field = first_column(*ground.of->features);
    const Sum subject = column_sum(field->name());
    const ValueKind kind = kind_of(subject, *ground.of->features);
    const Verb verb = kind == ValueKind::date ? Verb::at_least : verbs_for(kind).front();
    return compared(subject, verb, ground);
}

Condition rate(const Ground& ground) {
    const RateColumns columns = *first_rate(ground);
    Sum ratio;
    ratio.is = Arithmetic{'/', {column_sum(columns.numerator), column_sum(columns.denominator)}};
    return compared(std::move(ratio), Verb::greater, ground);
}

/// From the first day that there is to the last: to be narrowed.
Condition period(const Ground& ground) {
    const Field field = *first_date(*ground.of->features);
    const ColumnFacts facts = facts_of(field, *ground.of->features, ground.time);
    constexpr std::size_t day = 10;  // without the time
    if (facts.earliest.empty()) return condition_of({column_sum(field.name()), Verb::not_null, {}});
    return condition_of({column_sum(field.name()),
                         Verb::between,
                         {text_sum(facts.earliest.substr(0, day)), text_sum(facts.latest.substr(0, day))}});
}

Condition nearby(const Ground& ground) {
    Aggregate count;
    count.target = target_of(*likely_target(*ground.layers, *ground.of));
    if (ground.of->features->base().geometry.kind() != GeometryKind::polygon)
        count.reach = Distance{5, LengthUnit::kilometre};
    Sum subject;
    subject.is = std::move(count);
    return compared(std::move(subject), Verb::less, ground);
}

template <class Is>
Condition condition(Is is) {
    Condition made;
    made.is = std::move(is);
    return made;
}

const QueryLayer* other_place(const Ground& ground) {
    for (const QueryLayer* layer : layers_with(*ground.layers, GeometryKind::polygon))
        if (layer != ground.of) return layer;
    return likely_target(*ground.layers, *ground.of);
}

}  // namespace

std::vector<const QueryLayer*> layers_with(const QueryLayers& layers, std::optional<GeometryKind> shape) {
    std::vector<const QueryLayer*> found;
    for (const QueryLayer& layer : layers.list) {
        if (!layer.features) continue;
        if (!shape || layer.features->base().geometry.kind() == *shape) found.push_back(&layer);
    }
    return found;
}

const QueryLayer* border_line(const QueryLayers& layers) {
    const std::vector<const QueryLayer*> lines = layers_with(layers, GeometryKind::line);
    static constexpr const char* words[] = {"border", "bien gioi", "perbatasan", "boundary"};
    for (const char* word : words)
        for (const QueryLayer* line : lines)
            if (contains_folded(line->name, word) || contains_folded(line->id, word)) return line;
    return lines.empty() ? nullptr : lines.front();
}

const QueryLayer* likely_target(const QueryLayers& layers, const QueryLayer& of) {
    for (const QueryLayer* layer : layers_with(layers, GeometryKind::point))
        if (layer->id != of.id) return layer;
    for (const QueryLayer* layer : layers_with(layers))
        if (layer->id != of.id) return layer;
    return nullptr;
}

std::string hindrance(Starter starter, const Ground& ground) {
    switch (starter) {
        case Starter::attribute:
            return first_column(*ground.of->features) ? "" : tr("This layer has no columns.");
        case Starter::rate:
            return first_rate(ground) ? "" : tr("A rate needs two columns with numbers.");
        case Starter::period:
            return first_date(*ground.of->features) ? "" : tr("This layer has no column with dates.");
        case Starter::nearby:
        case Starter::distance:
        case Starter::nearest:
        case Starter::place:
            return other_place(ground) != nullptr ? "" : tr("There is no other layer: add one first.");
        case Starter::border_area:
        case Starter::border_belt:
            return border_line(*ground.layers) != nullptr
                       ? ""
                       : tr("There is no layer of lines: add the border line first.");
        case Starter::drawn:
            return !ground.view.empty() ? "" : tr("The map's coordinate system is not known.");
    }
    return {};
}

Condition started(Starter starter, const Ground& ground) {
    if (!hindrance(starter, ground).empty()) return {};
    switch (starter) {
        case Starter::attribute:
            return attribute(ground);
        case Starter::rate:
            return rate(ground);
        case Starter::period:
            return period(ground);
        case Starter::nearby:
            return nearby(ground);
        case Starter::distance:
            return condition(
                Near{true, {5, LengthUnit::kilometre}, target_of(*likely_target(*ground.layers, *ground.of))});
        case Starter::nearest: {
            AmongNearest among;
            among.count = 3;
            among.target = target_of(*likely_target(*ground.layers, *ground.of));
            return condition(std::move(among));
        }
        case Starter::place:
            return condition(Relates{Relation::intersects, target_of(*other_place(ground))});
        case Starter::border_area: {
            RunsAlong along;
            along.target = target_of(*border_line(*ground.layers));
            return condition(std::move(along));
        }
        case Starter::border_belt:
            return condition(InBelt{{1000, LengthUnit::metre}, target_of(*border_line(*ground.layers))});
        case Starter::drawn:
            return condition(InDrawn{DrawnBox{ground.view}});
    }
    return {};
}

}  // namespace diaban::ui
