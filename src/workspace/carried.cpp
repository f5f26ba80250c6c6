#include "workspace/carried.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/i18n.h"

namespace diaban {

namespace {

Expected<DatasetPtr> require_source(const SourceLookup& sources, const std::string& id) {
    if (DatasetPtr found = sources(id)) return found;
    return fail(ErrorKind::bad_input, fmt::format(fmt::runtime(tr("the source “{}” is not available")), id), {},
                tr("Open or add the file that it names."));
}

/// The way to each kind of correspondence.
struct Builder {
    const SourceLookup& sources;
    Progress& progress;
    bool reverse;  ///< from the new units to the old ones

    Expected<Crosswalk> operator()(const PairsOf& pairs) const {
        const auto table = require_source(sources, pairs.source);
        if (!table) return tl::make_unexpected(table.error());
        return from_table(**table, pairs.columns);
    }

    Expected<Crosswalk> operator()(const NamesOf& names) const {
        const auto units = require_source(sources, names.source);
        if (!units) return tl::make_unexpected(units.error());
        return from_name_lists(**units, names.columns);
    }

    Expected<Crosswalk> operator()(const OverlayOf& overlay) const {
        const auto old_units = require_source(sources, overlay.old_units);
        if (!old_units) return tl::make_unexpected(old_units.error());
        const auto new_units = require_source(sources, overlay.new_units);
        if (!new_units) return tl::make_unexpected(new_units.error());
        const UnitLayer from{**old_units, overlay.old_id, overlay.old_name};
        const UnitLayer to{**new_units, overlay.new_id, overlay.new_name};
        if (reverse) return of_layers(overlay, to, from);
        return of_layers(overlay, from, to);
    }

    /// Boundaries tell both ways as well.
    [[nodiscard]] Expected<Crosswalk> of_layers(const OverlayOf& overlay, const UnitLayer& from,
                                                const UnitLayer& to) const {
        if (overlay.points.empty()) return from_overlay(from, to, {}, progress);
        const auto points = require_source(sources, overlay.points);
        if (!points) return tl::make_unexpected(points.error());
        return from_points(from, to, **points, overlay.weight, {}, progress);
    }
};

/// What a unit weighs on the way back: nothing is known but how much of it there is in the data.
std::map<std::string, double> equal_weights(const Crosswalk& crosswalk) {
    std::map<std::string, double> weights;
    for (const Unit& unit : crosswalk.from_units)
        weights[unit.id] = 1;
    return weights;
}

Expected<std::vector<ColumnRule>> rules_of(const CarriedSource& carried, const Dataset& data) {
    if (!carried.rules.empty()) return carried.rules;
    GuessedRules guessed = guess_rules(data.table, carried.key, carried.time_field);
    if (guessed.questions.empty()) return std::move(guessed.rules);
    // Counts are asked about but can be carried; a rate without its parts cannot.
    for (const auto& question : guessed.questions) {
        const auto rule = std::ranges::find(guessed.rules, question.column, &ColumnRule::column);
        const bool count =
            rule != guessed.rules.end() && (rule->kind == CarryKind::count || rule->kind == CarryKind::whole_count);
        if (!count)
            return fail(ErrorKind::bad_input, question.text,
                        {.file = {}, .layer = data.name, .field = question.column, .row = {}},
                        tr("Say how the column is to be carried over."));
    }
    return std::move(guessed.rules);
}

std::vector<uint8_t> presence(const Column& column) {
    std::vector<uint8_t> present(column.size());
    for (std::size_t row = 0; row < present.size(); ++row)
        present[row] = column.is_null(row) ? 0 : 1;
    return present;
}

/// The old units' column holds ids of the new ones now, and is called what it is.
Table with_unit_column(Table table, const std::string& key) {
    std::vector<Column> columns;
    for (const Column& column : table.columns()) {
        const bool renamed = column.name() == key && !table.find(carried_key);
        columns.push_back(renamed ? Column(std::string(carried_key), column.type(), column.values(), presence(column))
                                  : column);
    }
    return Table(std::move(columns), table.row_count());
}

}  // namespace

Expected<Crosswalk> crosswalk_of(const CarriedSource& carried, const SourceLookup& sources, Progress& progress) {
    const Builder build{sources, progress, carried.reverse};
    auto crosswalk = std::visit(build, carried.by);
    if (!crosswalk) return crosswalk;
    if (carried.reverse && !std::holds_alternative<OverlayOf>(carried.by))
        *crosswalk = invert(*crosswalk, equal_weights(*crosswalk), Basis::equal_split);
    if (carried.shares_by) {
        const auto better = build(*carried.shares_by);
        if (!better) return better;
        Diagnostics said = better->diagnostics;
        *crosswalk = with_better_shares(*crosswalk, *better);
        crosswalk->diagnostics.insert(crosswalk->diagnostics.end(), said.begin(), said.end());
    }
    if (!carried.corrections.empty()) {
        crosswalk = correct(*crosswalk, carried.corrections);
        if (!crosswalk) return crosswalk;
    }
    const Diagnostics checked = check(*crosswalk);
    crosswalk->diagnostics.insert(crosswalk->diagnostics.end(), checked.begin(), checked.end());
    return crosswalk;
}

Expected<CarriedData> carry_source(const CarriedSource& carried, const SourceLookup& sources, Progress& progress) {
    const auto data = require_source(sources, carried.data);
    if (!data) return tl::make_unexpected(data.error());
    auto crosswalk = crosswalk_of(carried, sources, progress);
    if (!crosswalk) return tl::make_unexpected(crosswalk.error());
    const auto rules = rules_of(carried, **data);
    if (!rules) return tl::make_unexpected(rules.error());
    auto result = carry((*data)->table, carried.key, carried.time_field, *rules, *crosswalk);
    if (!result) {
        Error error = result.error();
        if (error.where.layer.empty()) error.where.layer = (*data)->name;
        return tl::make_unexpected(std::move(error));
    }
    auto dataset = std::make_shared<Dataset>();
    dataset->name = carried.id;
    dataset->from = (*data)->from;
    dataset->table = with_unit_column(std::move(result->table), carried.key);
    dataset->diagnostics = crosswalk->diagnostics;
    dataset->diagnostics.insert(dataset->diagnostics.end(), result->diagnostics.begin(), result->diagnostics.end());
    for (Diagnostic& diagnostic : dataset->diagnostics)
        if (diagnostic.where.layer.empty()) diagnostic.where.layer = carried.id;
    return CarriedData{std::move(dataset), std::move(*crosswalk), std::move(result->totals)};
}

std::vector<std::string> sources_of(const CarriedSource& carried) {
    std::vector<std::string> ids{carried.data};
    const auto add_overlay = [&](const OverlayOf& overlay) {
        ids.insert(ids.end(), {overlay.old_units, overlay.new_units});
        if (!overlay.points.empty()) ids.push_back(overlay.points);
    };
    if (const auto* pairs = std::get_if<PairsOf>(&carried.by)) ids.push_back(pairs->source);
    if (const auto* names = std::get_if<NamesOf>(&carried.by)) ids.push_back(names->source);
    if (const auto* overlay = std::get_if<OverlayOf>(&carried.by)) add_overlay(*overlay);
    if (carried.shares_by) add_overlay(*carried.shares_by);
    return ids;
}

}  // namespace diaban
