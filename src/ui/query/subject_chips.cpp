// What comparisons are about, and the layers that conditions speak of, in the rows of the builder.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "query/language/words.h"
#include "ui/icons.h"
#include "ui/panels/parts.h"
#include "ui/query/rows.h"

namespace diaban::ui {

using namespace query;

namespace {

std::vector<Field> fields_of(const Rows& rows, bool numbers) {
    std::vector<Field> fields;
    const Layer* layer = rows.ui.session.workspace().find_layer(rows.of->id);
    for (Field& field : layer != nullptr ? fields_shown(*layer, *rows.of->features) : rows.of->features->fields())
        if (!numbers || field.column().numeric()) fields.push_back(std::move(field));
    return fields;
}

/// "stunted", with the table in a hint. A name without its table is enough where no other table has it.
std::vector<Option> column_options(const std::vector<Field>& fields) {
    std::vector<Option> options;
    for (const Field& field : fields) {
        const auto dot = field.name().find('.');
        options.push_back({dot == std::string::npos ? field.name() : field.name().substr(dot + 1),
                           dot == std::string::npos ? to_text(field.column().type()) : field.name().substr(0, dot),
                           tr("Columns"),
                           {}});
    }
    return options;
}

/// What a column is written as: its plain name where that means the same column.
std::string written_name(const Features& features, const Field& field) {
    const auto dot = field.name().find('.');
    if (dot == std::string::npos) return field.name();
    const std::string plain = field.name().substr(dot + 1);
    const auto same = features.field(plain);
    return same && same->name() == field.name() ? plain : field.name();
}

/// A column chosen from a list; its name as written.
bool column_chip(Rows& rows, Flow& flow, const char* id, std::string& name, bool numbers) {
    const std::optional<Field> now = rows.of->features->field(name);
    const std::string shown = now ? now->column().name() : name;
    const auto chosen = choice_chip(
        flow, id, ChipKind::name, shown, now ? field_label(now->name()) : tr("There is no such column"),
        [&] { return column_options(fields_of(rows, numbers)); }, shown, rows.state.search);
    if (!chosen) return false;
    name = written_name(*rows.of->features, fields_of(rows, numbers)[*chosen]);
    return true;
}

// ── what a subject can be ──

enum class Subject { rate, nearby, distance, own, formula };

std::vector<Option> subject_options(const Rows& rows) {
    std::vector<Option> options = column_options(fields_of(rows, false));
    const bool alone = likely_target(rows.state.layers, *rows.of) == nullptr;
    const std::string none = alone ? tr("There is no other layer: add one first.") : "";
    const bool lines = rows.of->features->base().geometry.kind() == GeometryKind::line;
    for (const auto& [name, why_not] :
         std::initializer_list<std::pair<const char*, std::string>>{{tr("Rate: one column ÷ another"), {}},
                                                                    {tr("Number of … in or near it"), none},
                                                                    {tr("Distance to the nearest …"), none},
                                                                    {lines ? tr("Its length") : tr("Its area"), {}},
                                                                    {tr("A formula"), {}}})
        options.push_back({name, {}, tr("Calculated"), why_not});
    return options;
}

Sum calculated(const Rows& rows, std::size_t which) {
    Sum sum;
    const Ground ground{&rows.state.layers, rows.of, time_of(rows.state, *rows.of), {}, {}};
    switch (static_cast<Subject>(which)) {
        case Subject::rate:
            if (hindrance(Starter::rate, ground).empty()) return clause_of(started(Starter::rate, ground))->subject;
            break;
        case Subject::nearby:
            return clause_of(started(Starter::nearby, ground))->subject;
        case Subject::distance: {
            ToNearest nearest;
            nearest.target.layer = likely_target(rows.state.layers, *rows.of)->id;
            sum.is = std::move(nearest);
            return sum;
        }
        case Subject::own:
            sum.is =
                rows.of->features->base().geometry.kind() == GeometryKind::line ? OwnMeasure::length : OwnMeasure::area;
            return sum;
        case Subject::formula:
            break;
    }
    const std::vector<Field> numbers = fields_of(rows, true);
    const std::string name = numbers.empty() ? "1" : written_name(*rows.of->features, numbers.front());
    sum.is = Arithmetic{'*', {numbers.empty() ? number_sum(1) : column_sum(name), number_sum(1)}};
    return sum;
}

/// The list of columns and calculations behind a subject's first chip.
bool subject_chip(Rows& rows, Flow& flow, Sum& sum, const std::string& shown, ChipKind kind) {
    const auto chosen = choice_chip(
        flow, "subject", kind, shown, tr("What is compared"), [&] { return subject_options(rows); }, shown,
        rows.state.search);
    if (!chosen) return false;
    const std::vector<Field> fields = fields_of(rows, false);
    sum = *chosen < fields.size() ? column_sum(written_name(*rows.of->features, fields[*chosen]))
                                  : calculated(rows, *chosen - fields.size());
    return true;
}

// ── numbers of what is around ──

constexpr AggregateKind aggregate_kinds[] = {AggregateKind::count,  AggregateKind::sum, AggregateKind::mean,
                                             AggregateKind::min,    AggregateKind::max, AggregateKind::distinct,
                                             AggregateKind::density};

const char* aggregate_name(AggregateKind kind) {
    switch (kind) {
        case AggregateKind::count:
            return tr("number of");
        case AggregateKind::sum:
            return tr("sum of");
        case AggregateKind::mean:
            return tr("mean of");
        case AggregateKind::min:
            return tr("least");
        case AggregateKind::max:
            return tr("greatest");
        case AggregateKind::distinct:
            return tr("different values of");
        case AggregateKind::density:
            return tr("density of");
    }
    return "";
}

bool needs_column(AggregateKind kind) {
    return kind != AggregateKind::count && kind != AggregateKind::density;
}

std::optional<std::string> first_number(const Rows& rows, const Target& target) {
    const auto layer = rows.state.layers.require(target.layer);
    if (!layer) return std::nullopt;
    std::optional<std::string> first;
    for (const Field& field : (*layer)->features->fields()) {
        if (!first) first = field.name();
        if (is_quantity(field)) return field.name();
    }
    return first;
}

bool aggregate_kind_chip(Rows& rows, Flow& flow, Sum& sum, Aggregate& aggregate) {
    const auto options = [&] {
        std::vector<Option> list;
        for (const AggregateKind kind : aggregate_kinds)
            list.push_back({aggregate_name(kind), {}, {}, {}});
        list.push_back({tr("Something else…"), {}, {}, {}});
        return list;
    };
    const auto chosen = choice_chip(flow, "kind", ChipKind::verb, aggregate_name(aggregate.kind),
                                    tr("What is made of those that are there"), options, aggregate_name(aggregate.kind),
                                    rows.state.search);
    if (!chosen) return false;
    if (*chosen == std::size(aggregate_kinds)) {
        const std::vector<Field> fields = fields_of(rows, false);
        if (fields.empty()) return false;
        sum = column_sum(written_name(*rows.of->features, fields.front()));
        return true;
    }
    aggregate.kind = aggregate_kinds[*chosen];
    if (!needs_column(aggregate.kind)) aggregate.of.clear();
    if (needs_column(aggregate.kind) && aggregate.of.empty())
        aggregate.of = {column_sum(first_number(rows, aggregate.target).value_or("1"))};
    if (aggregate.kind != AggregateKind::density) aggregate.per.clear();
    return true;
}

bool reach_chips(Rows& rows, Flow& flow, std::optional<Distance>& reach) {
    const char* inside = tr("in it");
    const char* near = tr("within");
    const auto options = [&] {
        return std::vector<Option>{{tr("in it"), {}, {}, {}}, {tr("within a distance"), {}, {}, {}}};
    };
    const auto chosen = choice_chip(flow, "reach", ChipKind::verb, reach ? near : inside,
                                    tr("Those that lie in it, or come within a distance of it"), options,
                                    reach ? tr("within a distance") : inside, rows.state.search);
    if (chosen) {
        reach = *chosen == 0 ? std::nullopt : std::optional(reach.value_or(Distance{5, LengthUnit::kilometre}));
        return true;
    }
    return reach && distance_chips(rows, flow, "reach_distance", *reach, 0, 1e6);
}

bool per_chips(Rows& rows, Flow& flow, Aggregate& aggregate) {
    const std::vector<Field> numbers = fields_of(rows, true);
    const auto options = [&] {
        std::vector<Option> list = column_options(numbers);
        list.insert(list.begin(), Option{tr("km²"), {}, {}, {}});
        return list;
    };
    word(flow, tr("per"));
    bool changed = false;
    if (!aggregate.per.empty())
        changed = number_chip(rows, flow, "##each", aggregate.per_each, std::max(aggregate.per_each / 100, 0.1), 1, 1e9,
                              "", true);
    const auto* column = aggregate.per.empty() ? nullptr : std::get_if<ColumnName>(&aggregate.per.front().is);
    const auto field = column != nullptr ? rows.of->features->field(column->name) : std::nullopt;
    const std::string shown = aggregate.per.empty() ? tr("km²") : field ? field->column().name() : tr("…");
    const auto chosen = choice_chip(flow, "per", ChipKind::name, shown,
                                    tr("The density: per km² of the feature, or per so many of a column"), options,
                                    shown, rows.state.search);
    if (!chosen) return changed;
    aggregate.per.clear();
    if (*chosen > 0) aggregate.per = {column_sum(written_name(*rows.of->features, numbers[*chosen - 1]))};
    return true;
}

bool aggregate_chips(Rows& rows, Flow& flow, Sum& sum) {
    auto& aggregate = std::get<Aggregate>(sum.is);
    // The kind may become another kind of sum altogether: then the rest waits for the next frame.
    if (aggregate_kind_chip(rows, flow, sum, aggregate)) return true;
    bool changed = false;
    if (needs_column(aggregate.kind)) {
        const auto layer = rows.state.layers.require(aggregate.target.layer);
        auto* column = std::get_if<ColumnName>(&aggregate.of.front().is);
        if (layer && column != nullptr) {
            Rows of_target = rows;
            of_target.of = *layer;
            changed |= column_chip(of_target, flow, "of", column->name, aggregate.kind != AggregateKind::distinct);
        } else {
            changed |= formula_chip(rows, flow, "of", aggregate.of.front());
        }
        word(flow, tr("of"));
    }
    const std::string before = aggregate.target.layer;
    changed |= target_chips(rows, flow, aggregate.target);
    if (aggregate.target.layer != before && needs_column(aggregate.kind))
        aggregate.of = {column_sum(first_number(rows, aggregate.target).value_or("1"))};
    changed |= reach_chips(rows, flow, aggregate.reach);
    if (aggregate.kind == AggregateKind::density) changed |= per_chips(rows, flow, aggregate);
    return changed;
}

bool nearest_chips(Rows& rows, Flow& flow, Sum& sum) {
    static constexpr NearestPart parts[] = {NearestPart::distance, NearestPart::direction, NearestPart::name};
    auto& nearest = std::get<ToNearest>(sum.is);
    const std::string names[] = {tr("distance to the nearest"), tr("direction to the nearest"),
                                 tr("name of the nearest")};
    const std::string& shown = names[static_cast<std::size_t>(nearest.part)];
    const auto options = [&] {
        std::vector<Option> list;
        for (const std::string& name : names)
            list.push_back({name, {}, {}, {}});
        list.push_back({tr("Something else…"), {}, {}, {}});
        return list;
    };
    const auto chosen = choice_chip(flow, "part", ChipKind::verb, shown, tr("What is asked of the nearest one"),
                                    options, shown, rows.state.search);
    if (chosen && *chosen == std::size(parts)) {
        const std::vector<Field> fields = fields_of(rows, false);
        if (fields.empty()) return false;
        sum = column_sum(written_name(*rows.of->features, fields.front()));
        return true;
    }
    if (chosen) nearest.part = parts[*chosen];
    return target_chips(rows, flow, nearest.target) || chosen;
}

bool rate_chips(Rows& rows, Flow& flow, Sum& sum) {
    auto& ratio = std::get<Arithmetic>(sum.is);
    Sum above = ratio.sides[0];
    if (subject_chip(
            rows, flow, above,
            [&] {
                const auto field = rows.of->features->field(std::get<ColumnName>(above.is).name);
                return field ? field->column().name() : std::get<ColumnName>(above.is).name;
            }(),
            ChipKind::name)) {
        // Another numerator keeps the rate; anything else takes its place.
        const auto* column = std::get_if<ColumnName>(&above.is);
        const auto field = column != nullptr ? rows.of->features->field(column->name) : std::nullopt;
        if (field && field->column().numeric()) {
            ratio.sides[0] = std::move(above);
        } else {
            sum = std::move(above);
        }
        return true;
    }
    word(flow, "÷");
    return column_chip(rows, flow, "below", std::get<ColumnName>(ratio.sides[1].is).name, true);
}

}  // namespace

bool sum_chips(Rows& rows, Flow& flow, Sum& sum) {
    if (const auto* column = std::get_if<ColumnName>(&sum.is)) {
        const auto field = rows.of->features->field(column->name);
        return subject_chip(rows, flow, sum, field ? field->column().name() : column->name, ChipKind::name);
    }
    if (rate_columns(sum)) return rate_chips(rows, flow, sum);
    if (std::holds_alternative<Aggregate>(sum.is)) return aggregate_chips(rows, flow, sum);
    if (std::holds_alternative<ToNearest>(sum.is)) return nearest_chips(rows, flow, sum);
    if (auto* plain = std::get_if<Plain>(&sum.is)) {
        const bool changed = sum_chips(rows, flow, plain->of.front());
        word(flow, tr("(without accents)"));
        return changed;
    }
    if (const auto* own = std::get_if<OwnMeasure>(&sum.is))
        return subject_chip(rows, flow, sum, *own == OwnMeasure::area ? tr("its area") : tr("its length"),
                            ChipKind::name);
    return formula_chip(rows, flow, "formula", sum);
}

bool target_chips(Rows& rows, Flow& flow, Target& target, std::optional<GeometryKind> shape) {
    ImGui::PushID("target");
    const auto layers = layers_with(rows.state.layers, shape);
    const auto known = rows.state.layers.require(target.layer);
    const std::string shown = known ? (*known)->name : target.layer;
    const auto options = [&] {
        std::vector<Option> list;
        for (const QueryLayer* layer : layers)
            list.push_back({layer->name, format_integer(int64_t{layer->features->count()}), {}, {}});
        return list;
    };
    bool changed = false;
    if (const auto chosen = choice_chip(flow, "layer", ChipKind::name, shown, tr("Of which layer"), options, shown,
                                        rows.state.search)) {
        if (layers[*chosen]->id != target.layer) target.where.clear();  // its columns are another layer's
        target.layer = layers[*chosen]->id;
        changed = true;
    }
    const LayerNames names = [&](const std::string& id) { return layer_name(rows.state, id); };
    const bool some = !target.where.empty();
    const std::string where = some ? in_words(target.where.front(), names) : std::string(icon::filter_outline);
    if (known && chip(flow, "where", some ? ChipKind::value : ChipKind::verb, where,
                      tr("Which of them: with conditions of their own")))
        ImGui::OpenPopup("where");
    ImGui::SetNextWindowSize({px(300), 0});
    if (known && begin_popup_at_item("where")) {
        text_in(fonts().medium, palette().text, fmt::format(fmt::runtime(tr("Only those of “{}” …")), (*known)->name));
        Rows inner{rows.ui, rows.state, {}, *known, false, {}};
        Condition condition = some ? target.where.front() : Condition();
        if (condition_rows(inner, condition, nullptr)) {
            target.where.clear();
            if (!condition.keeps_all()) target.where.push_back(std::move(condition));
            rows.merge = inner.merge;
            changed = true;
        }
        ImGui::EndPopup();
    }
    ImGui::PopID();
    return changed;
}

}  // namespace diaban::ui
