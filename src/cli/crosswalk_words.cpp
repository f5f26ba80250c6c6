// The words of `diaban crosswalk`.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <charconv>
#include <iostream>
#include <memory>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/crosswalk.h"
#include "cli/reading.h"
#include "cli/say.h"
#include "cli/subcommand.h"

namespace diaban {

namespace {

struct Words {
    CrosswalkCommand command;
    ReadingWords reading;
    std::string data, new_units, output, pairs, old_units, points, write_pairs, corrections_file;
    std::vector<std::string> rates, means, counts, whole_counts, labels, left_out, corrections;
};

std::optional<double> number(const std::string& text) {
    double value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// "stunting=stunted/measured" or "stunting=stunted/measured*100".
Expected<ColumnRule> rate_rule(const std::string& word) {
    const auto pair = split_pair(word, "--rate");
    if (!pair) return tl::make_unexpected(pair.error());
    ColumnRule rule{.column = pair->first, .kind = CarryKind::rate};
    std::string parts = pair->second;
    const auto star = parts.rfind('*');
    const auto scale = star == std::string::npos ? std::nullopt : number(parts.substr(star + 1));
    if (scale) {
        rule.scale = *scale;
        parts.resize(star);
    }
    const auto slash = parts.find('/');
    if (slash == std::string::npos || slash == 0 || slash + 1 == parts.size())
        return fail(ErrorKind::wrong_usage,
                    fmt::format(fmt::runtime(tr("\"{}\" after --rate names no two columns")), word), {},
                    tr("Write --rate RATE=NUMERATOR/DENOMINATOR*100."));
    rule.numerator = parts.substr(0, slash);
    rule.denominator = parts.substr(slash + 1);
    return rule;
}

Expected<void> add_rules(const Words& words, std::vector<ColumnRule>& rules) {
    for (const std::string& word : words.rates) {
        auto rule = rate_rule(word);
        if (!rule) return tl::make_unexpected(rule.error());
        rules.push_back(std::move(*rule));
    }
    for (const std::string& word : words.means) {
        const auto pair = split_pair(word, "--mean");
        if (!pair) return tl::make_unexpected(pair.error());
        rules.push_back({.column = pair->first, .kind = CarryKind::mean, .denominator = pair->second});
    }
    const auto add = [&](const std::vector<std::string>& columns, CarryKind kind) {
        for (const std::string& column : columns)
            rules.push_back({.column = column, .kind = kind});
    };
    add(words.counts, CarryKind::count);
    add(words.whole_counts, CarryKind::whole_count);
    add(words.labels, CarryKind::label);
    add(words.left_out, CarryKind::leave_out);
    return {};
}

/// "Xã A=06838:0.7".
Expected<Correction> correction_of(const std::string& word) {
    const auto pair = split_pair(word, "--correct");
    if (!pair) return tl::make_unexpected(pair.error());
    const auto colon = pair->second.rfind(':');
    const auto share = colon == std::string::npos ? std::nullopt : number(pair->second.substr(colon + 1));
    if (!share)
        return fail(ErrorKind::wrong_usage,
                    fmt::format(fmt::runtime(tr("\"{}\" after --correct names no share")), word), {},
                    tr("Write --correct \"OLD=NEW:0.7\"."));
    return Correction{pair->first, pair->second.substr(0, colon), *share, tr("the command line")};
}

/// A CSV with the columns from, to, share and, perhaps, source.
Expected<std::vector<Correction>> corrections_in(const std::string& path) {
    std::vector<Correction> corrections;
    if (path.empty()) return corrections;
    Progress progress;
    const auto table = read_one_dataset(path, {}, false, progress);
    if (!table) return tl::make_unexpected(table.error());
    const Column* from = (*table)->table.find("from");
    const Column* to = (*table)->table.find("to");
    const Column* share = (*table)->table.find("share");
    const Column* source = (*table)->table.find("source");
    if (!from || !to || !share)
        return fail(ErrorKind::bad_input, tr("corrections need the columns “from”, “to” and “share”"),
                    {.file = path, .layer = {}, .field = {}, .row = {}}, tr("Add them."));
    for (std::size_t row = 0; row < from->size(); ++row) {
        const auto value = share->number(row);
        if (!value)
            return fail(ErrorKind::bad_input, tr("a correction needs a share"),
                        {.file = path, .layer = {}, .field = "share", .row = static_cast<int64_t>(row) + 1},
                        tr("Write a number from 0 to 1."));
        corrections.push_back({from->text(row), to->text(row), *value, source ? source->text(row) : path});
    }
    return corrections;
}

Expected<CrosswalkCommand> command_of(const Words& words) {
    CrosswalkCommand wanted = words.command;
    wanted.data = words.data;
    wanted.new_units = words.new_units;
    wanted.output = words.output;
    wanted.pairs = words.pairs;
    wanted.old_units = words.old_units;
    wanted.points = words.points;
    wanted.write_pairs = words.write_pairs;
    if (const auto added = add_rules(words, wanted.rules); !added) return tl::make_unexpected(added.error());
    auto corrections = corrections_in(words.corrections_file);
    if (!corrections) return tl::make_unexpected(corrections.error());
    wanted.corrections = std::move(*corrections);
    for (const std::string& word : words.corrections) {
        auto correction = correction_of(word);
        if (!correction) return tl::make_unexpected(correction.error());
        wanted.corrections.push_back(std::move(*correction));
    }
    auto reading = to_read_options(words.reading);
    if (!reading) return tl::make_unexpected(reading.error());
    wanted.reading = std::move(*reading);
    return wanted;
}

void add_correspondence_words(CLI::App& crosswalk, Words& words) {
    CrosswalkCommand& command = words.command;
    const std::string group = tr("What went where");
    const auto put = [&](auto* option) { option->group(group); };
    put(crosswalk.add_option("--pairs", words.pairs, tr("a table of pairs: from, to and, perhaps, share and source")));
    put(crosswalk.add_option("--from", command.pair_columns.from, tr("its column of the old units")));
    put(crosswalk.add_option("--to", command.pair_columns.to, tr("its column of the new units")));
    put(crosswalk.add_option("--share", command.pair_columns.share, tr("its column of shares")));
    put(crosswalk.add_option("--source", command.pair_columns.source, tr("its column of who says so")));
    put(crosswalk.add_option("--names", command.names, tr("the column of NEW that lists what each was merged from")));
    put(crosswalk.add_option("--names-separator", command.separator, tr("between the names of the list (a comma)")));
    put(crosswalk.add_option("--parent", command.parent, tr("the column of NEW that tells equal names apart")));
    put(crosswalk.add_option("--old-units", words.old_units, tr("boundaries of the old units: shares by area")));
    put(crosswalk.add_option("--weights", words.points, tr("points that weigh the shares: villages")));
    put(crosswalk.add_option("--weight", command.weight, tr("their column: households")));
    put(crosswalk.add_option("--id", command.new_id, tr("the column of NEW that identifies its units")));
    put(crosswalk.add_option("--old-id", command.old_id, tr("the column that identifies the old units")));
    put(crosswalk.add_option("--correct", words.corrections, tr("a share that is known better: \"OLD=NEW:0.7\"")));
    put(crosswalk.add_option("--corrections", words.corrections_file, tr("a CSV of them: from, to, share, source")));
    put(crosswalk.add_flag("--reverse", command.reverse, tr("from the new units to the old ones")));
    put(crosswalk.add_option("--write-pairs", words.write_pairs,
                             tr("write every pair with its share and source as CSV")));
}

void add_column_words(CLI::App& crosswalk, Words& words) {
    CrosswalkCommand& command = words.command;
    const std::string group = tr("How columns are carried");
    const auto put = [&](auto* option) { option->group(group); };
    put(crosswalk.add_option("--key", command.key, tr("the column of OLD that names its units; told otherwise")));
    put(crosswalk.add_option("--time", command.time_field, tr("its column of years")));
    put(crosswalk.add_option("--rate", words.rates, tr("made anew: RATE=NUMERATOR/DENOMINATOR*100")));
    put(crosswalk.add_option("--mean", words.means, tr("weighted by what it is a mean of: MEAN=DENOMINATOR")));
    put(crosswalk.add_option("--whole", words.whole_counts, tr("a count that stays whole")));
    put(crosswalk.add_option("--count", words.counts, tr("a count or an amount that can be divided")));
    put(crosswalk.add_option("--label", words.labels, tr("kept as it is where all sources agree")));
    put(crosswalk.add_option("--leave-out", words.left_out, tr("not wanted")));
}

}  // namespace

Subcommand add_crosswalk(CLI::App& app) {
    auto words = std::make_shared<Words>();
    auto* crosswalk = app.add_subcommand("crosswalk", tr("carries old-unit data over to new units"));
    crosswalk->add_option("OLD", words->data, tr("data keyed to the old units"))->required();
    crosswalk->add_option("NEW", words->new_units, tr("the new units: boundaries or a table"))->required();
    crosswalk
        ->add_option("-o,--output", words->output, tr("OUT.csv, .xlsx, or with shapes .gpkg, .geojson, .fgb, .shp"))
        ->required();
    crosswalk->add_flag("--as-is", words->command.as_is,
                        tr("take the cautious reading where something should be decided"));
    crosswalk->add_flag("--json", words->command.json, tr("print JSON, for machines"));
    add_correspondence_words(*crosswalk, *words);
    add_column_words(*crosswalk, *words);
    add_reading_words(*crosswalk, words->reading);
    crosswalk->footer(
        tr("Example: diaban crosswalk nutrition_2024.xlsx communes.gpkg --pairs mergers.csv -o nutrition.csv"));
    return {crosswalk, [words] {
                const auto command = command_of(*words);
                if (command) return crosswalk_command(*command, std::cout, std::cerr);
                return refuse(command.error(), std::cerr);
            }};
}

}  // namespace diaban
