#include "cli/crosswalk.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/describe.h"
#include "cli/reading.h"
#include "cli/say.h"
#include "cli/terminal_progress.h"
#include "data/crosswalk/crosswalk_table.h"
#include "data/crosswalk/unit_lookup.h"
#include "data/did_you_mean.h"
#include "data/join/join_tables.h"
#include "data/write/write.h"

namespace diaban {

namespace {

using Json = nlohmann::ordered_json;
using Sources = std::map<std::string, DatasetPtr>;

// What the files are called among the sources of the recipe.
constexpr const char* data_id = "data";
constexpr const char* new_id = "new";
constexpr const char* old_id = "old";
constexpr const char* pairs_id = "pairs";
constexpr const char* points_id = "points";

struct Outcome {
    CarriedSource recipe;
    CarriedData carried;
    Diagnostics notes;
    std::size_t rows = 0;  ///< written
};

tl::unexpected<Error> ask_for(const char* what, const std::filesystem::path& file, const char* remedy) {
    return fail(ErrorKind::bad_input, what, {.file = to_utf8(file), .layer = {}, .field = {}, .row = {}}, remedy);
}

/// A column whose folded name is one of these.
std::string column_called(const Table& table, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names)
        for (const Column& column : table.columns())
            if (fold(column.name()) == name) return column.name();
    return {};
}

Expected<Sources> read_all(const CrosswalkCommand& command, Progress& progress) {
    struct Wanted {
        const char* id;
        const std::filesystem::path& path;
        ReadOptions options;
    };
    Sources sources;
    for (const Wanted& wanted : {Wanted{data_id, command.data, command.reading}, Wanted{new_id, command.new_units, {}},
                                 Wanted{old_id, command.old_units, {}}, Wanted{pairs_id, command.pairs, {}},
                                 Wanted{points_id, command.points, {}}}) {
        if (wanted.path.empty()) continue;
        auto dataset = read_one_dataset(wanted.path, wanted.options, false, progress);
        if (!dataset) return tl::make_unexpected(dataset.error());
        if (const auto named = check_named_columns({*dataset}, wanted.options.import); !named)
            return tl::make_unexpected(named.error());
        if (const auto decided = refuse_questions({*dataset}, command.as_is, wanted.path); !decided)
            return tl::make_unexpected(decided.error());
        sources[wanted.id] = std::move(*dataset);
    }
    return sources;
}

Expected<std::string> id_column(const Dataset& dataset, const std::string& named, const std::filesystem::path& file,
                                const char* remedy) {
    if (!named.empty()) return named;
    std::string guessed = guess_code_column(dataset.table);
    if (guessed.empty()) guessed = guess_name_column(dataset.table);
    if (guessed.empty()) return ask_for(tr("no column identifies its units"), file, remedy);
    return guessed;
}

Expected<CorrespondenceOf> pairs_of(const CrosswalkCommand& command, const Dataset& table) {
    PairColumns columns = command.pair_columns;
    const auto tell = [&](std::string& column, std::initializer_list<std::string_view> names) {
        if (column.empty()) column = column_called(table.table, names);
    };
    tell(columns.from, {"from", "old", "old_code", "old_name", "old_full_name", "ma_cu", "ten_cu"});
    tell(columns.to, {"to", "new", "new_code", "new_name", "new_full_name", "ma_moi", "ten_moi"});
    tell(columns.from_name, {"from_name"});
    tell(columns.to_name, {"to_name", "new_full_name"});
    tell(columns.share, {"share", "ty le", "ty_le"});
    tell(columns.basis, {"basis"});
    tell(columns.source, {"source", "nguon"});
    tell(columns.corrected, {"corrected"});
    tell(columns.mentions, {"named_in_mergers"});
    if (columns.from.empty() || columns.to.empty())
        return ask_for(tr("no columns “from” and “to” are in the table of pairs"), command.pairs,
                       tr("Name them after --from and --to."));
    return PairsOf{pairs_id, std::move(columns)};
}

Expected<OverlayOf> overlay_of(const CrosswalkCommand& command, const Sources& sources) {
    const bool own = command.old_units.empty();
    const Dataset& old_units = *sources.at(own ? data_id : old_id);
    const auto from =
        id_column(old_units, command.old_id, own ? command.data : command.old_units, tr("Name it after --old-id."));
    if (!from) return tl::make_unexpected(from.error());
    const auto to = id_column(*sources.at(new_id), command.new_id, command.new_units, tr("Name it after --id."));
    if (!to) return tl::make_unexpected(to.error());
    OverlayOf overlay{.old_units = own ? data_id : old_id,
                      .old_id = *from,
                      .old_name = guess_name_column(old_units.table),
                      .new_units = new_id,
                      .new_id = *to,
                      .new_name = guess_name_column(sources.at(new_id)->table)};
    if (!command.points.empty()) {
        overlay.points = points_id;
        overlay.weight = command.weight;
    }
    return overlay;
}

/// By what is given; names tell where units went, boundaries or points how much of them.
Expected<void> choose_correspondence(const CrosswalkCommand& command, const Sources& sources, CarriedSource& recipe) {
    const Dataset& new_units = *sources.at(new_id);
    // The data's own shapes are those of the units that they are keyed to: on the way back, of the new ones.
    const bool old_shapes = command.old_units.empty() ? !command.reverse && sources.at(data_id)->has_geometry() : true;
    std::string list = command.names;
    const bool can_overlay = old_shapes && new_units.has_geometry();
    // Where the data bring their own shapes, these tell more surely than names which units are meant.
    if (list.empty() && !(can_overlay && command.old_units.empty()))
        list = column_called(new_units.table, {"merged_from", "sap nhap tu", "sap_nhap_tu"});
    if (!command.pairs.empty()) {
        auto pairs = pairs_of(command, *sources.at(pairs_id));
        if (!pairs) return tl::make_unexpected(pairs.error());
        recipe.by = std::move(*pairs);
    } else if (!list.empty()) {
        const auto id = id_column(new_units, command.new_id, command.new_units, tr("Name it after --id."));
        if (!id) return tl::make_unexpected(id.error());
        std::string name = column_called(new_units.table, {"full_name", "ten day du"});
        if (name.empty()) name = guess_name_column(new_units.table);
        recipe.by = NamesOf{
            new_id, {.id = *id, .name = name, .list = list, .separator = command.separator, .parent = command.parent}};
    } else if (can_overlay) {
        auto overlay = overlay_of(command, sources);
        if (!overlay) return tl::make_unexpected(overlay.error());
        recipe.by = std::move(*overlay);
        return {};
    } else {
        return ask_for(tr("nothing tells which old unit went where"), command.new_units,
                       tr("Give --pairs TABLE, --names COLUMN (a list of what each new unit was merged from), or "
                          "boundaries of both (--old-units FILE)."));
    }
    const bool own_shapes = can_overlay && std::holds_alternative<NamesOf>(recipe.by);
    if (command.old_units.empty() && command.points.empty() && !own_shapes) return {};
    auto overlay = overlay_of(command, sources);
    if (!overlay) return tl::make_unexpected(overlay.error());
    recipe.shares_by = std::move(*overlay);
    return {};
}

Expected<CarriedSource> recipe_of(const CrosswalkCommand& command, const Sources& sources, Progress& progress) {
    CarriedSource recipe;
    recipe.id = to_utf8(command.data.stem());
    recipe.data = data_id;
    recipe.reverse = command.reverse;
    recipe.corrections = command.corrections;
    if (const auto chosen = choose_correspondence(command, sources, recipe); !chosen)
        return tl::make_unexpected(chosen.error());
    const Table& table = sources.at(data_id)->table;
    recipe.key = command.key;
    if (recipe.key.empty()) {
        const auto lookup = [&](const std::string& id) { return sources.at(id); };
        const auto crosswalk = crosswalk_of(recipe, lookup, progress);
        if (!crosswalk) return tl::make_unexpected(crosswalk.error());
        recipe.key = guess_unit_column(table, crosswalk->from_units);
        if (recipe.key.empty())
            return ask_for(tr("no column of it names the units that the correspondence knows"), command.data,
                           tr("Name it after --key."));
    }
    recipe.time_field = command.time_field.empty() ? column_called(table, {"year", "nam"}) : command.time_field;
    if (command.rules.empty()) return recipe;
    // What was said, and for the rest what the columns suggest.
    recipe.rules = guess_rules(table, recipe.key, recipe.time_field).rules;
    for (const ColumnRule& said : command.rules) {
        const auto rule = std::ranges::find(recipe.rules, said.column, &ColumnRule::column);
        if (rule != recipe.rules.end()) {
            *rule = said;
            continue;
        }
        std::vector<std::string> known;
        for (const Column& column : table.columns())
            known.push_back(column.name());
        return fail(ErrorKind::bad_input, say(tr("there is no column “{}” to carry over"), said.column),
                    {.file = to_utf8(command.data), .layer = {}, .field = {}, .row = {}},
                    did_you_mean(said.column, known));
    }
    return recipe;
}

/// With the new units' shapes and columns, where there are shapes and the format holds them.
Expected<DatasetPtr> with_shapes(const CrosswalkCommand& command, const Sources& sources, const CarriedSource& recipe,
                                 const DatasetPtr& carried, Diagnostics& notes) {
    // On the way back the shapes are the old units', if they were given.
    if (recipe.reverse && !sources.contains(old_id)) return carried;
    const DatasetPtr& units = sources.at(recipe.reverse ? old_id : new_id);
    const std::string extension = lower_case(to_utf8(command.output.extension()));
    if (!units->has_geometry() || extension == ".csv" || extension == ".xlsx") return carried;
    const auto id = recipe.reverse ? id_column(*units, command.old_id, command.old_units, tr("Name it after --old-id."))
                                   : id_column(*units, command.new_id, command.new_units, tr("Name it after --id."));
    if (!id) return tl::make_unexpected(id.error());
    JoinSpec spec{.name = carried->name,
                  .table = carried,
                  .key = *id,
                  .foreign_key = std::string(carried_key),
                  .time_field = recipe.time_field};
    auto joined = join_tables(*units, spec);
    if (!joined) return tl::make_unexpected(joined.error());
    notes.insert(notes.end(), joined->diagnostics.begin(), joined->diagnostics.end());
    return joined->dataset;
}

Expected<Outcome> carry_out(const CrosswalkCommand& command, Progress& progress) {
    const std::filesystem::path inputs[] = {command.data, command.new_units, command.old_units, command.pairs,
                                            command.points};
    for (const auto& output : {command.output, command.write_pairs})
        if (!output.empty())
            if (const auto fine = check_output(output, inputs); !fine) return tl::make_unexpected(fine.error());
    const auto sources = read_all(command, progress);
    if (!sources) return tl::make_unexpected(sources.error());
    auto recipe = recipe_of(command, *sources, progress);
    if (!recipe) return tl::make_unexpected(recipe.error());
    const auto lookup = [&](const std::string& id) { return sources->at(id); };
    auto carried = carry_source(*recipe, lookup, progress);
    if (!carried) {
        Error error = carried.error();
        if (error.where.file.empty()) error.where.file = to_utf8(command.data);
        if (command.rules.empty() && !error.where.field.empty())
            error.remedy = say(tr("Say how: --rate \"{0}=NUMERATOR/DENOMINATOR*100\", --mean \"{0}=DENOMINATOR\" or "
                                  "--leave-out \"{0}\"."),
                               error.where.field);
        return tl::make_unexpected(std::move(error));
    }
    Outcome outcome{std::move(*recipe), std::move(*carried), sources->at(data_id)->diagnostics, 0};
    const Diagnostics& said = outcome.carried.dataset->diagnostics;
    outcome.notes.insert(outcome.notes.end(), said.begin(), said.end());
    const auto output = with_shapes(command, *sources, outcome.recipe, outcome.carried.dataset, outcome.notes);
    if (!output) return tl::make_unexpected(output.error());
    outcome.rows = (*output)->size();
    const DatasetPtr written[] = {*output};
    const auto losses = write_datasets(command.output, written, {}, progress);
    if (!losses) return tl::make_unexpected(losses.error());
    outcome.notes.insert(outcome.notes.end(), losses->begin(), losses->end());
    if (!command.write_pairs.empty())
        if (const auto saved = write_file(command.write_pairs, to_csv(outcome.carried.crosswalk)); !saved)
            return tl::make_unexpected(saved.error());
    return outcome;
}

std::size_t assumed_units(const Crosswalk& crosswalk) {
    std::vector<std::string> units;
    for (const Correspondence& pair : crosswalk.pairs)
        if (is_assumed(pair.basis) && (units.empty() || units.back() != pair.from)) units.push_back(pair.from);
    return units.size();
}

Json describe(const CrosswalkCommand& command, const Outcome& outcome) {
    const Crosswalk& crosswalk = outcome.carried.crosswalk;
    Json totals = Json::array(), notes = Json::array();
    for (const CarriedTotal& total : outcome.carried.totals) {
        Json one{{"column", total.column}};
        if (!total.time.empty()) one["time"] = total.time;
        one.update({{"before", total.before}, {"after", total.after}, {"lost", total.lost}});
        totals.push_back(std::move(one));
    }
    for (const Diagnostic& note : outcome.notes)
        notes.push_back(diaban::describe(note));
    return {{"output", to_utf8(command.output)},
            {"rows", outcome.rows},
            {"key", outcome.recipe.key},
            {"time_field", outcome.recipe.time_field.empty() ? Json() : Json(outcome.recipe.time_field)},
            {"from_units", crosswalk.from_units.size()},
            {"to_units", crosswalk.to_units.size()},
            {"pairs", crosswalk.pairs.size()},
            {"assumed_units", assumed_units(crosswalk)},
            {"totals", std::move(totals)},
            {"diagnostics", std::move(notes)}};
}

void print(const CrosswalkCommand& command, const Outcome& outcome, std::ostream& out) {
    const Crosswalk& crosswalk = outcome.carried.crosswalk;
    out << say(tr("By “{}”: {} units to {}, in {} pairs; of {} the shares are assumed"), outcome.recipe.key,
               format_integer(static_cast<int64_t>(crosswalk.from_units.size())),
               format_integer(static_cast<int64_t>(crosswalk.to_units.size())),
               format_integer(static_cast<int64_t>(crosswalk.pairs.size())),
               format_integer(static_cast<int64_t>(assumed_units(crosswalk))))
        << "\n";
    for (const CarriedTotal& total : outcome.carried.totals) {
        out << "  " << total.column << (total.time.empty() ? "" : " (" + total.time + ")") << ": "
            << say(tr("{} before, {} after"), format_number(total.before), format_number(total.after));
        if (total.lost != 0) out << ", " << say(tr("{} could not be carried"), format_number(total.lost));
        out << "\n";
    }
    for (const Diagnostic& note : outcome.notes)
        out << to_text(note) << "\n";
    out << say(tr_n("{}: {} row written", "{}: {} rows written", static_cast<long>(outcome.rows)),
               to_utf8(command.output), format_integer(static_cast<int64_t>(outcome.rows)))
        << "\n";
}

}  // namespace

int crosswalk_command(const CrosswalkCommand& command, std::ostream& out, std::ostream& err) {
    TerminalProgress progress;
    const auto outcome = carry_out(command, progress.progress());
    progress.clear();
    if (!outcome) {
        return refuse(outcome.error(), err);
    }
    if (command.json)
        out << describe(command, *outcome).dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
    else
        print(command, *outcome, out);
    return 0;
}

}  // namespace diaban
