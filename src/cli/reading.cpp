#include "cli/reading.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/say.h"
#include "data/did_you_mean.h"

namespace diaban {

namespace {

/// The box, in degrees, of the data in a file.
Expected<Box> box_of_file(const std::string& path) {
    Progress progress;
    ReadOptions options;
    options.check_geometry = false;
    const auto datasets = read(path, options, progress);
    if (!datasets) return tl::make_unexpected(datasets.error());
    Box box;
    for (const DatasetPtr& dataset : *datasets)
        box.extend(dataset->lon_lat_box());
    if (!box.empty()) return box;
    return fail(ErrorKind::wrong_usage, tr("nothing in it has a place on the globe"),
                {.file = path, .layer = {}, .field = {}, .row = {}},
                tr("Name a file with boundaries in a known coordinate system after --near."));
}

std::string how_to_answer(const Question& question, const ImportReport& report) {
    switch (question.kind) {
        case Question::Kind::number_convention:
            return say(tr("--numbers \"{0}=comma\" or --numbers \"{0}=point\""), question.column);
        case Question::Kind::encoding:
            return tr("--encoding NAME (tcvn3, vni, viscii, windows-1258, utf-8)");
        case Question::Kind::crs: {
            const auto& proposals = report.crs_proposals;
            if (proposals.empty() || proposals.front().crs.code().empty()) return tr("--crs EPSG:…");
            return "--crs " + proposals.front().crs.code() + (proposals.front().swapped ? " --swap-axes" : "");
        }
        case Question::Kind::swapped_axes:
            return tr("--swap-axes exchanges them, --as-is leaves them");
    }
    return {};
}

/// Every column of a dataset, also those that became rows of years.
std::vector<std::string> column_names(const Dataset& dataset) {
    std::vector<std::string> names;
    for (const Column& column : dataset.table.columns())
        names.push_back(column.name());
    if (!dataset.import) return names;
    for (const ColumnReport& column : dataset.import->columns)
        if (std::ranges::find(names, column.name) == names.end()) names.push_back(column.name);
    return names;
}

}  // namespace

void add_reading_words(CLI::App& command, ReadingWords& words) {
    const char* group = "How the file is to be understood";
    const auto put = [&](auto* option) { return option->group(tr(group)); };
    put(command.add_option("--layer", words.layer, tr("only this layer or sheet of the file")));
    put(command.add_option("--crs", words.crs, tr("its coordinate system: EPSG:5899")));
    put(command.add_option("--near", words.near,
                           tr("a file in whose area the data are expected, to tell a missing "
                              "coordinate system")));
    put(command.add_flag("--swap-axes", words.swap_axes, tr("its first coordinate is north")));
    put(command
            .add_option("--points", words.points,
                        tr("the columns of the coordinates: X,Y, or one column that holds "
                           "both"))
            ->delimiter(',')
            ->expected(1, 2));
    put(command.add_flag("--no-points", words.no_points, tr("a table stays a table")));
    put(command.add_option(
        "--encoding", words.encoding,
        tr("of its text: utf-8, windows-1258, tcvn3, vni, viscii; told from the letters otherwise")));
    put(command.add_option("--separator", words.separator, tr("of a text file: a character, or \"tab\"")));
    put(command.add_option("--header-row", words.header_row, tr("the first row of the header; -1: there is none"))
            ->check(CLI::Range(-1, 1000000)));
    put(command.add_option("--header-rows", words.header_rows, tr("how many rows the header has"))
            ->check(CLI::Range(1, 20)));
    put(command.add_flag("--keep-totals", words.keep_totals, tr("keep rows of totals")));
    put(command.add_option("--numbers", words.numbers,
                           tr("COLUMN=comma (1.234,5) or COLUMN=point (1,234.5); without COLUMN= for all that "
                              "are unclear")));
    put(command.add_option("--long", words.long_form,
                           tr("turn year columns into rows, the year in a column of this "
                              "name")));
    put(command.add_flag("--keep-invalid", words.keep_invalid, tr("do not repair invalid polygons")));
    put(command.add_option("--where", words.where, tr("of a database: an SQL condition")));
    put(command.add_option("--extent", words.extent, tr("of a database: west,south,east,north in degrees"))
            ->delimiter(',')
            ->expected(4));
}

Expected<std::pair<std::string, std::string>> split_pair(const std::string& word, const char* option) {
    const auto equals = word.rfind('=');
    if (equals != std::string::npos && equals > 0 && equals + 1 < word.size())
        return std::pair(word.substr(0, equals), word.substr(equals + 1));
    return fail(ErrorKind::wrong_usage, say(tr("\"{}\" after {} is no pair such as NAME=VALUE"), word, option));
}

Expected<ReadOptions> to_read_options(const ReadingWords& words) {
    ReadOptions options;
    options.layer = words.layer;
    options.crs = words.crs;
    ImportOptions& import = options.import;
    import.encoding = words.encoding;
    import.separator = words.separator == "tab" || words.separator == "\\t" ? "\t" : words.separator;
    if (import.separator.size() > 1)
        return fail(ErrorKind::wrong_usage, say(tr("\"{}\" is no separator"), words.separator), {},
                    tr("Name one character, or \"tab\", after --separator."));
    import.header_row = words.header_row;
    import.header_rows = words.header_rows;
    import.keep_totals = words.keep_totals;
    import.long_form = words.long_form;
    for (const std::string& word : words.numbers) {
        if (const auto for_all = number_convention_from_id(word); for_all && *for_all != NumberConvention::automatic) {
            import.numbers["*"] = *for_all;
            continue;
        }
        const auto pair = split_pair(word, "--numbers");
        if (!pair) return tl::make_unexpected(pair.error());
        const auto convention = number_convention_from_id(pair->second);
        if (!convention || *convention == NumberConvention::automatic)
            return fail(ErrorKind::wrong_usage, say(tr("\"{}\" is no way of writing numbers"), pair->second), {},
                        tr("Write --numbers COLUMN=comma (1.234,5) or COLUMN=point (1,234.5)."));
        import.numbers[pair->first] = *convention;
    }
    if (!words.points.empty())
        import.points = PointColumns{words.points[0], words.points.size() > 1 ? words.points[1] : std::string()};
    import.no_points = words.no_points;
    import.swap_axes = words.swap_axes;
    import.repair = !words.keep_invalid;
    import.where = words.where;
    if (!words.extent.empty()) {
        const Box box{words.extent[0], words.extent[1], words.extent[2], words.extent[3]};
        if (box.empty())
            return fail(ErrorKind::wrong_usage, tr("west has to be less than east, and south less than north"), {},
                        tr("Give --extent as west,south,east,north in degrees."));
        import.extent = box;
    }
    if (!words.near.empty()) {
        const auto box = box_of_file(words.near);
        if (!box) return tl::make_unexpected(box.error());
        options.near = *box;
    }
    return options;
}

Expected<DatasetPtr> read_one_dataset(const std::filesystem::path& path, const ReadOptions& options, bool shapes,
                                      Progress& progress) {
    const auto datasets = read(path, options, progress);
    if (!datasets) return tl::make_unexpected(datasets.error());
    if (!shapes) return datasets->front();
    for (const DatasetPtr& dataset : *datasets)
        if (dataset->has_geometry()) return dataset;
    return fail(ErrorKind::bad_input, tr("it is a table without geometry"),
                {.file = to_utf8(path), .layer = {}, .field = {}, .row = {}}, tr("Name a file with boundaries first."));
}

std::vector<OpenQuestion> open_questions(const ImportReport& report) {
    const bool crs_swaps =
        !report.crs_proposals.empty() && report.crs_proposals.front().swapped &&
        std::ranges::find(report.questions, Question::Kind::crs, &Question::kind) != report.questions.end();
    std::vector<OpenQuestion> open;
    for (const Question& question : report.questions)
        if (question.kind != Question::Kind::swapped_axes || !crs_swaps)
            open.push_back({question, how_to_answer(question, report)});
    return open;
}

Expected<void> check_named_columns(const std::vector<DatasetPtr>& datasets, const ImportOptions& options) {
    std::vector<std::string> known;
    for (const DatasetPtr& dataset : datasets)
        for (std::string& name : column_names(*dataset))
            if (std::ranges::find(known, name) == known.end()) known.push_back(std::move(name));
    std::vector<std::string> named;
    for (const auto& [column, convention] : options.numbers)
        if (column != "*") named.push_back(column);
    if (options.points) {
        named.push_back(options.points->x);
        if (!options.points->y.empty()) named.push_back(options.points->y);
    }
    for (const std::string& name : named)
        if (std::ranges::find(known, name) == known.end())
            return fail(ErrorKind::wrong_usage, say(tr("there is no column “{}”"), name), {},
                        did_you_mean(name, known));
    return {};
}

Expected<void> refuse_questions(const std::vector<DatasetPtr>& datasets, bool as_is,
                                const std::filesystem::path& file) {
    if (as_is) return {};
    std::string questions;
    long count = 0, about_numbers = 0;
    for (const DatasetPtr& dataset : datasets) {
        if (!dataset->import) continue;
        for (const auto& [question, answer] : open_questions(*dataset->import)) {
            questions += "\n  " + question.text + "\n    " + answer;
            ++count;
            about_numbers += question.kind == Question::Kind::number_convention ? 1 : 0;
        }
    }
    if (count == 0) return {};
    const char* what = tr_n("something has to be decided first:", "some things have to be decided first:", count);
    return fail(ErrorKind::bad_input,
                what + questions + "\n" + tr("Answer with these words, or take the cautious reading with --as-is."),
                {.file = to_utf8(file), .layer = {}, .field = {}, .row = {}},
                about_numbers > 1 ? tr("--numbers comma or --numbers point answers for all columns at once.") : "");
}

}  // namespace diaban
