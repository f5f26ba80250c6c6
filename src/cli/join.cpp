#include "cli/join.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>

#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "cli/describe.h"
#include "cli/reading.h"
#include "cli/say.h"
#include "cli/subcommand.h"
#include "cli/terminal_progress.h"
#include "data/did_you_mean.h"
#include "data/join/guess_join.h"
#include "data/join/join_tables.h"
#include "data/write/write.h"

namespace diaban {

namespace {

using Json = nlohmann::ordered_json;

constexpr MatchState all_states[] = {MatchState::matched,   MatchState::suggested, MatchState::ambiguous,
                                     MatchState::unmatched, MatchState::duplicate, MatchState::no_key,
                                     MatchState::no_time,   MatchState::refused};

struct Outcome {
    JoinSpec spec;
    JoinedTables joined;
    Diagnostics notes;  ///< of reading the table, of the join, and what the format cannot hold
};

/// Decisions of before: a CSV with the columns "row" and "feature".
Expected<std::vector<ConfirmedMatch>> read_decisions(const std::filesystem::path& path, Progress& progress) {
    std::vector<ConfirmedMatch> decisions;
    if (path.empty()) return decisions;
    const auto table = read_one_dataset(path, {}, false, progress);
    if (!table) return tl::make_unexpected(table.error());
    const Column* row = (*table)->table.find("row");
    const Column* feature = (*table)->table.find("feature");
    if (!row || !feature)
        return fail(ErrorKind::bad_input, tr("decisions need the columns “row” and “feature”"),
                    {.file = to_utf8(path), .layer = {}, .field = {}, .row = {}},
                    tr("Write a row's key in words, as the report has it, and the code or name it belongs to."));
    for (std::size_t i = 0; i < row->size(); ++i)
        if (!row->is_null(i)) decisions.push_back({row->text(i), feature->text(i)});
    return decisions;
}

Expected<JoinSpec> spec_of(const JoinCommand& command, const Dataset& boundaries, const DatasetPtr& table) {
    JoinSpec spec;
    if (command.keys.empty()) {
        auto guessed = guess_join(boundaries, *table);
        if (!guessed)
            return fail(ErrorKind::bad_input, tr("no columns of the two say the same"),
                        {.file = to_utf8(command.table), .layer = {}, .field = {}, .row = {}},
                        tr("Name them: --key code=ma_xa, or --name name=ten_xa."));
        spec = std::move(*guessed);
    } else {
        spec.key = command.keys.front().field;
        spec.foreign_key = command.keys.front().foreign_field;
        spec.role = command.keys.front().role;
        spec.further.assign(command.keys.begin() + 1, command.keys.end());
        if (spec.role != KeyRole::code && spec.role != KeyRole::name)
            return fail(ErrorKind::wrong_usage, tr("a parent unit alone is no key"), {},
                        tr("Name the codes after --key, or the names after --name."));
    }
    if (!command.time_field.empty()) spec.time_field = command.time_field;
    spec.name = table->name;
    spec.table = table;
    return spec;
}

/// A yes to every row whose best suggestion is good enough and has no rival.
void accept_suggestions(const MatchReport& report, double least, std::vector<ConfirmedMatch>& confirmed) {
    for (std::size_t row = 0; row < report.rows.size(); ++row) {
        if (report.rows[row].state != MatchState::suggested) continue;
        const auto& suggestions = report.key_of(row).suggestions;
        const bool rival = suggestions.size() > 1 && suggestions[1].score == suggestions[0].score;
        if (!rival && suggestions[0].score >= least) remember(confirmed, confirm(report, row, suggestions[0].feature));
    }
}

Expected<Outcome> carry_out(const JoinCommand& command, Progress& progress) {
    const std::filesystem::path inputs[] = {command.boundaries, command.table, command.decisions};
    for (const auto& output : {command.output, command.report})
        if (!output.empty())
            if (const auto fine = check_output(output, inputs); !fine) return tl::make_unexpected(fine.error());
    ReadOptions of_boundaries;
    of_boundaries.layer = command.boundaries_layer;
    const auto boundaries = read_one_dataset(command.boundaries, of_boundaries, true, progress);
    if (!boundaries) return tl::make_unexpected(boundaries.error());
    const auto table = read_one_dataset(command.table, command.reading, false, progress);
    if (!table) return tl::make_unexpected(table.error());
    if (const auto named = check_named_columns({*table}, command.reading.import); !named)
        return tl::make_unexpected(named.error());
    if (const auto decided = refuse_questions({*table}, command.as_is, command.table); !decided)
        return tl::make_unexpected(decided.error());
    auto decisions = read_decisions(command.decisions, progress);
    if (!decisions) return tl::make_unexpected(decisions.error());

    Outcome outcome;
    auto spec = spec_of(command, **boundaries, *table);
    if (!spec) return tl::make_unexpected(spec.error());
    outcome.spec = std::move(*spec);
    outcome.spec.confirmed = std::move(*decisions);
    const TimeLayout layout = command.long_times ? TimeLayout::long_form : TimeLayout::wide;
    auto joined = join_tables(**boundaries, outcome.spec, layout);
    if (joined && command.accept) {
        accept_suggestions(joined->report, *command.accept, outcome.spec.confirmed);
        joined = join_tables(**boundaries, outcome.spec, layout);
    }
    if (!joined) return tl::make_unexpected(joined.error());
    outcome.joined = std::move(*joined);
    // First of all, even where nothing matches: it says why, and what might.
    if (!command.report.empty())
        if (const auto saved = write_file(command.report, to_csv(outcome.joined.report)); !saved)
            return tl::make_unexpected(saved.error());
    if (outcome.joined.report.count(MatchState::matched) == 0)
        return fail(ErrorKind::bad_input,
                    fmt::format(fmt::runtime(tr("no row of the table matches: {}")), summary(outcome.joined.report)),
                    {.file = to_utf8(command.table), .layer = {}, .field = outcome.spec.foreign_key, .row = {}},
                    outcome.joined.report.count(MatchState::suggested) > 0
                        ? tr("Look at what --report suggests, and say yes with --accept or --decisions.")
                        : tr("Compare the keys of the two, and name the right ones."));
    outcome.notes = (*table)->diagnostics;
    outcome.notes.insert(outcome.notes.end(), outcome.joined.diagnostics.begin(), outcome.joined.diagnostics.end());
    const DatasetPtr written[] = {outcome.joined.dataset};
    const auto losses = write_datasets(command.output, written, {}, progress);
    if (!losses) return tl::make_unexpected(losses.error());
    outcome.notes.insert(outcome.notes.end(), losses->begin(), losses->end());
    return outcome;
}

Json describe(const JoinCommand& command, const Outcome& outcome) {
    const MatchReport& report = outcome.joined.report;
    Json result{{"output", to_utf8(command.output)}, {"summary", summary(report)}, {"rows", report.rows.size()}};
    for (const MatchState state : all_states)
        result[to_id(state)] = report.count(state);
    result["features"] = report.features.size();
    result["features_without_row"] = report.features_without_row.size();
    Json keys = Json::array();
    keys.push_back(
        {{"field", outcome.spec.key}, {"foreign_field", outcome.spec.foreign_key}, {"role", to_id(outcome.spec.role)}});
    for (const KeyPair& pair : outcome.spec.further)
        keys.push_back({{"field", pair.field}, {"foreign_field", pair.foreign_field}, {"role", to_id(pair.role)}});
    result["keys"] = std::move(keys);
    if (!outcome.spec.time_field.empty()) result["time_field"] = outcome.spec.time_field;
    Json notes = Json::array();
    for (const Diagnostic& note : outcome.notes)
        notes.push_back(diaban::describe(note));
    result["diagnostics"] = std::move(notes);
    return result;
}

void print(const JoinCommand& command, const Outcome& outcome, std::ostream& out) {
    std::string keys = outcome.spec.key + " = " + outcome.spec.foreign_key;
    for (const KeyPair& pair : outcome.spec.further)
        keys += ", " + pair.field + " = " + pair.foreign_field + " (" + to_id(pair.role) + ")";
    out << fmt::format(fmt::runtime(tr("Joined by {}")), keys) << "\n";
    for (const Diagnostic& note : outcome.notes)
        out << to_text(note) << "\n";
    out << to_utf8(command.output) << ": " << summary(outcome.joined.report) << ".\n";
}

}  // namespace

int join_command(const JoinCommand& command, std::ostream& out, std::ostream& err) {
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

Subcommand add_join(CLI::App& app) {
    struct Arguments {
        JoinCommand command;
        ReadingWords words;
        std::string boundaries, table, output, report, decisions;
        std::vector<std::string> keys, names, parents, exacts;
    };
    auto arguments = std::make_shared<Arguments>();
    JoinCommand& command = arguments->command;
    auto* join = app.add_subcommand("join", tr("joins a table to boundaries by code and name, with a match report"));
    join->add_option("BOUNDARIES", arguments->boundaries, tr("the file with the shapes"))->required();
    join->add_option("TABLE", arguments->table, tr("the table whose columns they get"))->required();
    join->add_option("-o,--output", arguments->output, tr("OUT.gpkg, .geojson, .fgb, .shp, .csv or .xlsx"))->required();
    join->add_option("--key", arguments->keys,
                     tr("codes that are the same: FIELD=TABLE_FIELD; told from the content "
                        "otherwise"));
    join->add_option("--name", arguments->names, tr("names of units: FIELD=TABLE_FIELD"));
    join->add_option("--parent", arguments->parents, tr("names of the unit above (the district): FIELD=TABLE_FIELD"));
    join->add_option("--exact", arguments->exacts, tr("whatever else has to agree: FIELD=TABLE_FIELD"));
    join->add_option("--time", command.time_field, tr("the table's column of years"));
    join->add_flag("--long-times", command.long_times, tr("a row for each year instead of a column"));
    join->add_option("--accept", command.accept, tr("take suggestions of at least this score, 0 to 1, without a rival"))
        ->check(CLI::Range(0.0, 1.0));
    join->add_option("--decisions", arguments->decisions, tr("a CSV of what was decided: row, feature"));
    join->add_option("--report", arguments->report, tr("write what became of every row as CSV"));
    join->add_option("--boundaries-layer", command.boundaries_layer, tr("the layer of BOUNDARIES"));
    join->add_flag("--as-is", command.as_is, tr("take the cautious reading where something should be decided"));
    join->add_flag("--json", command.json, tr("print JSON, for machines"));
    add_reading_words(*join, arguments->words);
    join->footer(tr("Example: diaban join communes.gpkg stunting.xlsx -o stunting.gpkg --report unmatched.csv"));
    return {join, [arguments] {
                JoinCommand wanted = arguments->command;
                wanted.boundaries = arguments->boundaries;
                wanted.table = arguments->table;
                wanted.output = arguments->output;
                wanted.report = arguments->report;
                wanted.decisions = arguments->decisions;
                const auto add = [&](const std::vector<std::string>& words, const char* option,
                                     KeyRole role) -> Expected<void> {
                    for (const std::string& word : words) {
                        auto pair = split_pair(word, option);
                        if (!pair) return tl::make_unexpected(pair.error());
                        wanted.keys.push_back({pair->first, pair->second, role});
                    }
                    return {};
                };
                for (const auto& added :
                     {add(arguments->keys, "--key", KeyRole::code), add(arguments->names, "--name", KeyRole::name),
                      add(arguments->parents, "--parent", KeyRole::parent),
                      add(arguments->exacts, "--exact", KeyRole::exact)})
                    if (!added) return refuse(added.error(), std::cerr);
                auto reading = to_read_options(arguments->words);
                if (!reading) return refuse(reading.error(), std::cerr);
                wanted.reading = std::move(*reading);
                return join_command(wanted, std::cout, std::cerr);
            }};
}

}  // namespace diaban
