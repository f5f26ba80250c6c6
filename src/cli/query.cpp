#include "cli/query.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <set>

#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "cli/describe.h"
#include "cli/query_answer.h"
#include "cli/query_question.h"
#include "cli/say.h"
#include "cli/subcommand.h"
#include "cli/terminal_progress.h"
#include "data/write/format.h"
#include "data/write/write.h"
#include "query/language/parse.h"
#include "workspace/file.h"
#include "workspace/query_layers.h"

namespace diaban {

namespace {

using Json = nlohmann::ordered_json;

struct Done {
    SavedQuery query;
    QueryAnswer answer;
    Diagnostics losses;  ///< what the format could not hold
};

tl::unexpected<QuestionError> wrong(Error error) {
    return tl::unexpected(QuestionError{std::move(error), {}});
}

// ── files ──

/// Which file is to be read in which coordinate system.
Expected<std::map<std::filesystem::path, std::string>> systems_of(const QueryCommand& command) {
    std::map<std::filesystem::path, std::string> systems;
    for (const std::string& word : command.crs) {
        const auto equals = word.find('=');
        // "+proj=…" is a coordinate system, too.
        const bool named = equals != std::string::npos && !word.starts_with('+');
        bool found = false;
        for (const auto& file : command.files) {
            const std::string name = named ? word.substr(0, equals) : std::string();
            if (named && to_utf8(file) != name && to_utf8(file.filename()) != name && to_utf8(file.stem()) != name)
                continue;
            systems[file] = named ? word.substr(equals + 1) : word;
            found = true;
        }
        if (!found)
            return fail(ErrorKind::wrong_usage, say(tr("--crs {} names none of the files"), word), {},
                        tr("Write --crs FILE=EPSG:…, or --crs EPSG:… for all of them."));
    }
    return systems;
}

Expected<Opened> open(const QueryCommand& command, Progress& progress) {
    OpenOptions options;
    options.cache = CacheFolder::of_user();
    options.empty = true;  // of next month's file nothing may be left to be counted
    auto systems = systems_of(command);
    if (!systems) return tl::make_unexpected(systems.error());
    options.crs = std::move(*systems);
    auto opened = open_files(command.files, progress, options);
    if (!opened) return opened;
    if (command.year) opened->workspace.time = command.year;
    return opened;
}

/// What the question needs and could not be read; in the words in which that was said when it was tried.
Expected<void> refuse_missing(const Opened& opened, const std::vector<const Layer*>& behind) {
    for (const Layer* layer : behind) {
        const auto fails = [&](const std::string& source) { return !opened.datasets.contains(source); };
        const auto failed_join = std::ranges::find_if(layer->joins, fails, &Join::source);
        if (!fails(layer->source) && failed_join == layer->joins.end()) continue;
        const std::string& source = fails(layer->source) ? layer->source : failed_join->source;
        const Source* file = opened.workspace.find_source(source);
        for (const Diagnostic& d : opened.diagnostics)
            if (d.kind == DiagnosticKind::layer_failed && ((file != nullptr && d.where.file == to_utf8(file->path)) ||
                                                           d.where.layer.find(layer->name) != std::string::npos))
                return fail(ErrorKind::bad_input, d.detail, d.where);
        return fail(ErrorKind::bad_input, tr("the layer's data could not be read"),
                    {.file = {}, .layer = layer->name, .field = {}, .row = {}});
    }
    return {};
}

/// A coordinate system that was only guessed would give distances and places that are wrong without anybody seeing it.
Expected<void> refuse_open_questions(const Opened& opened, const std::vector<const Layer*>& behind) {
    for (const Layer* layer : behind) {
        const auto dataset = opened.datasets.find(layer->source);
        if (dataset == opened.datasets.end() || !dataset->second->import) continue;
        const ImportReport& report = *dataset->second->import;
        const auto question = std::ranges::find(report.questions, Question::Kind::crs, &Question::kind);
        if (question == report.questions.end()) continue;
        const std::string file = to_utf8(dataset->second->from.path.filename());
        const std::string system = report.crs_proposals.empty() || report.crs_proposals.front().crs.code().empty()
                                       ? std::string("EPSG:…")
                                       : report.crs_proposals.front().crs.code();
        return fail(ErrorKind::bad_input, question->text, {.file = file, .layer = layer->name, .field = {}, .row = {}},
                    say(tr("Say it: --crs {}={}."), file, system));
    }
    return {};
}

/// A year of which no layer knows anything would show another year in its place.
Expected<void> check_year(const std::optional<int64_t>& year, const QueryLayers& layers) {
    std::set<int64_t> known;
    for (const QueryLayer& layer : layers.list)
        if (layer.features) known.insert(layer.features->times().begin(), layer.features->times().end());
    known.erase(0);  // what data without years has instead
    if (!year || known.empty() || known.contains(*year)) return {};
    std::string years;
    for (const int64_t one : known)
        years += (years.empty() ? "" : ", ") + std::to_string(one);
    return fail(ErrorKind::wrong_usage, say(tr("there is no data for the year {}"), *year), {},
                say(tr("There are: {}."), years));
}

// ── asking ──

Expected<void> check_target(const QueryCommand& command, const Workspace& workspace) {
    if (command.output.empty()) return {};
    std::vector<std::filesystem::path> inputs = command.files;
    for (const Source& source : workspace.sources)
        inputs.push_back(source.path);
    return check_output(command.output, inputs);
}

/// What a spreadsheet is to hold: outlines as text would be most of it, and more than a cell takes. Points stay, as two
/// columns of coordinates.
std::vector<DatasetPtr> without_outlines(const std::vector<DatasetPtr>& datasets) {
    std::vector<DatasetPtr> tables;
    for (const DatasetPtr& dataset : datasets) {
        auto table = std::make_shared<Dataset>(*dataset);
        if (table->geometry.kind() != GeometryKind::point) table->geometry = {};
        tables.push_back(std::move(table));
    }
    return tables;
}

Understood<Done> carry_out(const QueryCommand& command, Progress& progress) {
    if (const auto fine = check_target(command, {}); !fine) return wrong(fine.error());
    const auto opened = open(command, progress);
    if (!opened) return wrong(opened.error());
    const Workspace& workspace = opened->workspace;
    if (const auto fine = check_target(command, workspace); !fine) return wrong(fine.error());
    auto query = question_of(command.words, workspace);
    if (!query) return tl::unexpected(query.error());
    if (command.year) query->time = command.year;

    const std::vector<const Layer*> behind = layers_behind(workspace, layers_of(query->ask));
    if (const auto there = refuse_missing(*opened, behind); !there) return wrong(there.error());
    if (const auto sure = refuse_open_questions(*opened, behind); !sure) return wrong(sure.error());
    Workspace then = workspace;
    if (query->time) then.time = query->time;
    std::vector<const Layer*> wanted;
    for (const Layer* layer : behind)
        wanted.push_back(then.find_layer(layer->id));
    Done done;
    QueryCache cache;
    const auto layers = query_layers(then, opened->datasets, &wanted, cache, progress, &done.losses);
    if (!layers) return wrong(layers.error());
    if (const auto known = check_year(command.year, *layers); !known) return wrong(known.error());

    const auto format = format_of(command.output);
    progress.set_stage(tr("Asking"));
    auto answer =
        answer_of(*query, *layers, command.part, !command.output.empty() && format && format->many_layers, progress);
    if (!answer) return tl::unexpected(answer.error());
    done.query = std::move(*query);
    done.answer = std::move(*answer);
    if (command.output.empty()) return done;
    progress.set_stage(say(tr("Writing {}"), to_utf8(command.output.filename())));
    const bool spreadsheet = format && format->shapes != OutShapes::any;
    const auto& written = done.answer.datasets;
    const auto losses = write_datasets(
        command.output, spreadsheet && !command.shapes ? without_outlines(written) : written, {}, progress);
    if (!losses) return wrong(losses.error());
    done.losses.insert(done.losses.end(), losses->begin(), losses->end());
    return done;
}

// ── saying what was found ──

int refuse(const QuestionError& wrong, std::ostream& err) {
    const std::size_t at = error_position(wrong.error);
    Error error = wrong.error;
    // What is wrong at a character of a condition is wrong with the words, whoever found it.
    if (at > 0 && error.kind == ErrorKind::bad_input) error.kind = ErrorKind::wrong_usage;
    const int code = refuse(error, err);
    if (at == 0 || wrong.text.empty() || wrong.text.find('\n') != std::string::npos) return code;
    err << "  " << wrong.text << "\n  " << std::string(at - 1, ' ') << "^\n";
    return code;
}

Json describe(const QueryCommand& command, const Done& done) {
    const Dataset& main = *done.answer.datasets.front();
    Json result;
    if (!done.query.id.empty()) result["query"] = done.query.id;
    result["sentence"] = done.answer.sentence;
    result["count"] = main.size();
    if (done.answer.asked) result["asked"] = *done.answer.asked;
    if (done.query.time) result["year"] = *done.query.time;
    if (!done.answer.facts.is_null()) result["coverage"] = done.answer.facts;
    Json columns = Json::array();
    for (const Column& column : main.table.columns())
        columns.push_back(column.name());
    result["columns"] = std::move(columns);
    if (command.output.empty())
        result["rows"] = rows_as_json(main);
    else
        result["output"] = to_utf8(command.output);
    Json notes = Json::array();
    for (const Diagnostics* list : {&done.answer.notes, &done.losses})
        for (const Diagnostic& note : *list)
            notes.push_back(diaban::describe(note));
    result["diagnostics"] = std::move(notes);
    return result;
}

/// Some formats hold no row without a shape.
long rows_written(const std::filesystem::path& output, const Dataset& dataset) {
    const auto format = format_of(output);
    const bool all = !format || format->shapeless_rows || !dataset.has_geometry();
    std::size_t rows = 0;
    for (uint32_t row = 0; row < dataset.size(); ++row)
        rows += all || dataset.geometry.has_geometry(row) ? 1U : 0U;
    return static_cast<long>(rows);
}

void print(const QueryCommand& command, const Done& done, std::ostream& out) {
    out << done.answer.sentence << "\n";
    for (const Diagnostics* list : {&done.answer.notes, &done.losses})
        for (const Diagnostic& note : *list)
            out << to_text(note) << "\n";
    if (!command.output.empty()) {
        std::string written;
        for (const DatasetPtr& dataset : done.answer.datasets) {
            const auto n = rows_written(command.output, *dataset);
            written += (written.empty() ? "" : ", ") + say(tr_n("{} row", "{} rows", n), format_integer(n));
            if (done.answer.datasets.size() > 1) written += say(tr(" of “{}”"), dataset->name);
        }
        out << to_utf8(command.output) << ": " << written << ".\n";
        return;
    }
    const std::string table = rows_as_text(*done.answer.datasets.front(), done.answer.calculated,
                                           static_cast<std::size_t>(std::max(command.rows, 0)));
    if (!table.empty()) out << "\n" << table;
}

/// The saved queries, without reading any data.
int list_queries(const QueryCommand& command, std::ostream& out, std::ostream& err) {
    if (command.files.size() != 1 || !is_workspace_path(command.files.front()))
        return refuse(Error{ErrorKind::wrong_usage,
                            tr("only a workspace has saved queries"),
                            {},
                            tr("Name one workspace (.toml) before --list.")},
                      err);
    const auto workspace = load_workspace(command.files.front());
    if (!workspace) return refuse(workspace.error(), err);
    const Json queries = diaban::describe(workspace->queries);
    if (command.json) {
        out << Json{{"queries", queries}}.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
        return 0;
    }
    if (queries.empty()) out << tr("No queries are saved in it.") << "\n";
    for (const Json& query : queries)
        out << query["id"].get<std::string>() << ": " << query["name"].get<std::string>() << "\n    "
            << query["text"].get<std::string>() << "\n";
    return 0;
}

}  // namespace

int query_command(const QueryCommand& command, std::ostream& out, std::ostream& err) {
    if (command.list) return list_queries(command, out, err);
    TerminalProgress progress;
    const auto done = carry_out(command, progress.progress());
    progress.clear();
    if (!done) return refuse(done.error(), err);
    if (command.json)
        out << describe(command, *done).dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
    else
        print(command, *done, out);
    return 0;
}

namespace {

/// What stands without an option: files, and the name of a saved query behind a workspace.
void sort_words(const std::vector<std::string>& words, QueryCommand& command) {
    const bool workspace = std::ranges::any_of(words, [](const auto& word) { return is_workspace_path(word); });
    for (const std::string& word : words) {
        std::error_code problem;
        const bool file = is_workspace_path(word) || std::filesystem::exists(word, problem);
        if (workspace && !file && command.words.saved.empty())
            command.words.saved = word;
        else
            command.files.emplace_back(word);
    }
}

void add_question_words(CLI::App& app, QuestionWords& words) {
    const auto put = [&](auto* option, const char* group) { option->group(tr(group)); };
    const char* features = "Which features of a layer, and what is around them";
    put(app.add_option("--name", words.saved, tr("a saved query: its id or its name")), "A saved query");
    put(app.add_option("--layer", words.layer, tr("the layer asked about: its id, its name or its file's")), features);
    put(app.add_option("--where", words.where, tr("a condition: docs/queries.md")), features);
    put(app.add_option("--near", words.near,
                       tr("'shelters within 5 km', 'shelters beyond 5 km', '3 nearest to shelters'"))
            ->take_all(),
        features);
    put(app.add_option("--count", words.counts,
                       tr("a column: how many of that layer's features lie in each; 'LAYER "
                          "where (…) within 5 km'"))
            ->take_all(),
        features);
    put(app.add_option("--nearest", words.nearest,
                       tr("columns: the nearest of that layer's features, how far it is "
                          "(metres) and in which direction"))
            ->take_all(),
        features);
    put(app.add_option("--column", words.columns, tr("a column: 'NAME = EXPRESSION'"))->take_all(), features);
    const char* areas = "Who is reached, and ground around places";
    put(app.add_option("--coverage", words.coverage, tr("'villages by shelters within 5 km'")), areas);
    put(app.add_option("--weight", words.weight, tr("of coverage: what each counts, 'households'")), areas);
    put(app.add_option("--by", words.by, tr("of coverage: a layer of areas to tell the shares for")), areas);
    put(app.add_option("--buffer", words.buffer, tr("'shelters 5 km'")), areas);
    put(app.add_flag("--dissolve", words.dissolve, tr("of a buffer: one shape without inner borders")), areas);
    put(app.add_option("--service-areas", words.service_areas, tr("'shelters': the ground nearest to each")), areas);
    put(app.add_option("--clip", words.clip, tr("of service areas: a layer of polygons they end at")), areas);
    put(app.add_option("--sql", words.sql, tr("a SELECT over all layers, in SQLite's dialect")), "SQL");
}

}  // namespace

Subcommand add_query(CLI::App& app) {
    struct Arguments {
        QueryCommand command;
        std::vector<std::string> words;
        std::string output, part;
    };
    auto arguments = std::make_shared<Arguments>();
    QueryCommand& command = arguments->command;
    auto* query = app.add_subcommand("query", tr("runs a saved query, or asks which features lie where"));
    query->add_option("FILE", arguments->words, tr("a workspace (.toml) and the name of a saved query, or data files"))
        ->required();
    add_question_words(*query, command.words);
    query->add_option("--part", arguments->part, tr("of coverage: gap, covered, areas or facilities"))
        ->check(CLI::IsMember({"gap", "covered", "areas", "facilities"}));
    query->add_option("--year", command.year, tr("the year asked for"));
    query->add_option("--crs", command.crs, tr("of a file that does not say its own: EPSG:5899, FILE=EPSG:5899"))
        ->take_all();
    query->add_flag("--list", command.list, tr("show the workspace's saved queries"));
    query->add_option("-o,--output", arguments->output, tr("OUT.csv, .gpkg, .geojson, .xlsx, .fgb or .shp"));
    query->add_flag("--shapes", command.shapes, tr("write outlines into a CSV too, as well-known text"));
    query->add_option("--rows", command.rows, tr("how many rows are shown without an output (20)"))
        ->check(CLI::Range(0, 1000000));
    query->add_flag("--json", command.json, tr("print JSON, for machines"));
    query->footer(
        tr("Examples:\n"
           "  diaban query demo.toml --list\n"
           "  diaban query communes.gpkg points.csv --layer communes --count points -o counts.csv\n"
           "  diaban query demo.toml --layer communes --where 'stunted / children_measured > 20%' --near "
           "'shelters beyond 5 km' --nearest shelters\n"
           "  diaban query demo.toml --coverage 'villages by shelters within 5 km' --weight households --by "
           "communes -o gap.xlsx"));
    return {query, [arguments] {
                QueryCommand wanted = arguments->command;
                sort_words(arguments->words, wanted);
                wanted.output = arguments->output;
                const std::map<std::string, CoveragePart> parts{{"", CoveragePart::automatic},
                                                                {"gap", CoveragePart::gap},
                                                                {"covered", CoveragePart::covered},
                                                                {"areas", CoveragePart::areas},
                                                                {"facilities", CoveragePart::facilities}};
                wanted.part = parts.at(arguments->part);
                return query_command(wanted, std::cout, std::cerr);
            }};
}

}  // namespace diaban
