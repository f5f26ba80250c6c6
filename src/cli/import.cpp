#include "cli/import.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "cli/describe.h"
#include "cli/describe_import.h"
#include "cli/reading.h"
#include "cli/say.h"
#include "cli/subcommand.h"
#include "cli/terminal_progress.h"
#include "data/connection.h"
#include "data/places/reproject.h"
#include "data/problems.h"
#include "data/write/format.h"
#include "data/write/write.h"
#include "geo/crs/describe_transform.h"
#include "geo/crs/propose_crs.h"

namespace diaban {

namespace {

using Json = nlohmann::ordered_json;

/// One layer on its way from a file to another.
struct Imported {
    std::filesystem::path file;
    DatasetPtr dataset;     ///< as it is written
    std::string transform;  ///< "VN-2000 to WGS 84 (2), about 1 m"; empty where nothing was transformed
    DatasetPtr problems;    ///< a layer of what is wrong with the boundaries; null where there is nothing
    Diagnostics notes;      ///< overlaps and gaps
};

struct Outcome {
    std::vector<Imported> layers;
    Diagnostics notes;  ///< what the output's format cannot hold
    int64_t rows = 0;   ///< written
};

Expected<void> check_outputs(const ImportCommand& command) {
    if (command.output.empty() && !command.dry_run)
        return fail(ErrorKind::wrong_usage, tr("there is no output to write to"), {},
                    tr("Name it after -o, or look at what would be done with --dry-run."));
    for (const auto& output : {command.output, command.problems}) {
        if (output.empty()) continue;
        if (auto fine = check_output(output, command.files); !fine) return fine;
    }
    if (!command.problems.empty() && !command.check)
        return fail(ErrorKind::wrong_usage, tr("problems that are not looked for cannot be written"), {},
                    tr("Leave out --problems or --no-check."));
    if (command.output.empty() || command.output != command.problems) return {};
    return fail(ErrorKind::wrong_usage, tr("the data and their problems need two files"), {},
                tr("Give --problems another name."));
}

Expected<void> reproject_layer(Imported& layer, const Crs& to) {
    if (!layer.dataset->has_geometry()) return {};
    auto moved = reproject(*layer.dataset, to);
    if (!moved) return tl::make_unexpected(moved.error());
    const auto points = main_points(layer.dataset->geometry.points(), 1);
    const auto where = points.empty() ? std::nullopt : std::optional(points.front());
    if (const auto how = describe_transform(layer.dataset->crs, to, where)) layer.transform = to_text(*how);
    layer.dataset = std::make_shared<const Dataset>(std::move(*moved));
    return {};
}

Expected<void> look_for_problems(Imported& layer, Progress& progress) {
    if (layer.dataset->geometry.kind() != GeometryKind::polygon) return {};
    auto problems = find_problems(*layer.dataset, progress);
    if (!problems) return tl::make_unexpected(problems.error());
    if (!problems->list.empty()) layer.problems = problems_layer(*layer.dataset, *problems);
    // What reading has said already of rings, duplicates and slivers is not said twice.
    layer.notes = problem_diagnostics(*layer.dataset, *problems, place_of_layer(*layer.dataset));
    std::erase_if(layer.notes, [](const Diagnostic& d) {
        return d.kind != DiagnosticKind::overlap && d.kind != DiagnosticKind::gap && d.kind != DiagnosticKind::other;
    });
    return {};
}

/// Every layer of every file, with nothing left to decide.
Expected<std::vector<Imported>> read_files(const ImportCommand& command, Progress& progress) {
    std::vector<Imported> layers;
    std::vector<DatasetPtr> all;
    for (const auto& file : command.files) {
        auto datasets = read(file, command.reading, progress);
        if (!datasets) return tl::make_unexpected(datasets.error());
        all.insert(all.end(), datasets->begin(), datasets->end());
        for (DatasetPtr& dataset : *datasets)
            layers.push_back({file, std::move(dataset), {}, {}, {}});
    }
    if (const auto named = check_named_columns(all, command.reading.import); !named)
        return tl::make_unexpected(named.error());
    for (const auto& file : command.files) {
        std::vector<DatasetPtr> of_file;
        for (const Imported& layer : layers)
            if (layer.file == file) of_file.push_back(layer.dataset);
        const auto decided = refuse_questions(of_file, command.as_is || command.dry_run, file);
        if (!decided) return tl::make_unexpected(decided.error());
    }
    return layers;
}

/// How many rows the output will have: some formats leave out those without a shape.
int64_t rows_for(const ImportCommand& command, const std::vector<DatasetPtr>& datasets) {
    const auto rules = format_of(command.output);
    int64_t rows = 0;
    for (const DatasetPtr& dataset : datasets) {
        if (!rules || rules->shapeless_rows) {
            rows += static_cast<int64_t>(dataset->size());
            continue;
        }
        for (uint32_t feature = 0; feature < dataset->geometry.feature_count(); ++feature)
            rows += dataset->geometry.has_geometry(feature) ? 1 : 0;
    }
    return rows;
}

Expected<Outcome> carry_out(const ImportCommand& command, Progress& progress) {
    if (const auto fine = check_outputs(command); !fine) return tl::make_unexpected(fine.error());
    Crs to;
    if (!command.to_crs.empty()) {
        auto crs = Crs::from_text(command.to_crs);
        if (!crs) return tl::make_unexpected(crs.error());
        to = std::move(*crs);
    }
    auto read_in = read_files(command, progress);
    if (!read_in) return tl::make_unexpected(read_in.error());
    Outcome outcome;
    std::vector<DatasetPtr> all, problems;
    for (Imported& layer : *read_in) {
        if (to.known())
            if (const auto moved = reproject_layer(layer, to); !moved) return tl::make_unexpected(moved.error());
        if (command.check)
            if (const auto looked = look_for_problems(layer, progress); !looked)
                return tl::make_unexpected(looked.error());
        // A workbook's unused sheets are nothing to write.
        if (!layer.dataset->table.columns().empty() || read_in->size() == 1) all.push_back(layer.dataset);
        if (layer.problems) problems.push_back(layer.problems);
        outcome.layers.push_back(std::move(layer));
    }
    outcome.rows = rows_for(command, all);
    if (command.dry_run) return outcome;
    auto notes = write_datasets(command.output, all, {.byte_order_mark = command.byte_order_mark}, progress);
    if (!notes) return tl::make_unexpected(notes.error());
    outcome.notes = std::move(*notes);
    if (!command.problems.empty() && !problems.empty()) {
        notes = write_datasets(command.problems, problems, {}, progress);
        if (!notes) return tl::make_unexpected(notes.error());
    }
    return outcome;
}

Json describe(const Imported& layer) {
    Json one{{"file", without_password(to_utf8(layer.file))}};
    one.update(diaban::describe(*layer.dataset));
    if (!layer.transform.empty()) one["transform"] = layer.transform;
    for (const Diagnostic& note : layer.notes)
        one["diagnostics"].push_back(diaban::describe(note));
    if (layer.problems) one["problems"] = layer.problems->size();
    return one;
}

int64_t problem_count(const Outcome& outcome) {
    int64_t count = 0;
    for (const Imported& layer : outcome.layers)
        count += layer.problems ? static_cast<int64_t>(layer.problems->size()) : 0;
    return count;
}

void print(const ImportCommand& command, const Outcome& outcome, std::ostream& out) {
    for (const Imported& layer : outcome.layers) {
        const Json described = describe(layer);
        const Json import = described.value("import", Json());
        out << say(tr("{}: {}"), without_password(to_utf8(layer.file)), layer.dataset->name) << "\n";
        print_import(import, "  ", out);
        for (const Json& diagnostic : described["diagnostics"])
            if (!said_by_import(import, diagnostic)) out << "  " << diagnostic["text"].get<std::string>() << "\n";
    }
    for (const Diagnostic& note : outcome.notes)
        out << to_text(note) << "\n";
    if (command.dry_run) {
        out << tr("Nothing was written: this was a dry run.") << "\n";
        return;
    }
    if (!command.problems.empty()) {
        const int64_t count = problem_count(outcome);
        out << (count > 0 ? say(tr_n("{}: {} problem written", "{}: {} problems written", static_cast<long>(count)),
                                to_utf8(command.problems), format_integer(count))
                          : say(tr("{}: not written, for there are no problems"), to_utf8(command.problems)))
            << "\n";
    }
    const int64_t rows = outcome.rows;
    out << say(tr_n("{}: {} row written", "{}: {} rows written", static_cast<long>(rows)), to_utf8(command.output),
               format_integer(rows))
        << "\n";
}

}  // namespace

int import_command(const ImportCommand& command, std::ostream& out, std::ostream& err) {
    TerminalProgress progress;
    auto outcome = carry_out(command, progress.progress());
    progress.clear();
    if (!outcome) {
        return refuse(outcome.error(), err);
    }
    if (!command.json) {
        print(command, *outcome, out);
        return 0;
    }
    Json layers = Json::array(), notes = Json::array();
    for (const Imported& layer : outcome->layers)
        layers.push_back(describe(layer));
    for (const Diagnostic& note : outcome->notes)
        notes.push_back(diaban::describe(note));
    const Json result{{"output", command.dry_run ? Json() : Json(to_utf8(command.output))},
                      {"layers", std::move(layers)},
                      {"notes", std::move(notes)}};
    out << result.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
    return 0;
}

Subcommand add_import(CLI::App& app) {
    struct Arguments {
        ImportCommand command;
        ReadingWords words;
        std::vector<std::string> files;
        std::string output, problems;
        bool no_check = false;
    };
    auto arguments = std::make_shared<Arguments>();
    ImportCommand& command = arguments->command;
    auto* import = app.add_subcommand("import", tr("reads, repairs, reprojects; writes a clean copy and says what "
                                                   "changed"));
    import->add_option("FILE", arguments->files, tr("spreadsheets, tables, boundaries, points, a PG: connection"))
        ->required();
    import->add_option("-o,--output", arguments->output, tr("OUT.gpkg, .geojson, .fgb, .shp, .csv or .xlsx"));
    import->add_option("--to-crs", command.to_crs, tr("bring the coordinates into this system: EPSG:4326"));
    import->add_option("--problems", arguments->problems, tr("write overlaps, gaps and other faults as a layer"));
    import->add_flag("--no-check", arguments->no_check, tr("do not look for overlaps and gaps"));
    import->add_flag("--dry-run", command.dry_run, tr("say what would be done, write nothing"));
    import->add_flag("--as-is", command.as_is, tr("take the cautious reading where something should be decided"));
    import->add_flag("--bom", command.byte_order_mark, tr("begin a CSV with a byte order mark, for Excel"));
    import->add_flag("--json", command.json, tr("print JSON, for machines"));
    add_reading_words(*import, arguments->words);
    import->footer(tr("Example: diaban import households.xlsx -o households.csv --numbers \"Số hộ=comma\""));
    return {import, [arguments] {
                ImportCommand wanted = arguments->command;
                wanted.files = to_paths(arguments->files);
                wanted.output = arguments->output;
                wanted.problems = arguments->problems;
                wanted.check = !arguments->no_check;
                auto reading = to_read_options(arguments->words);
                if (!reading) {
                    return refuse(reading.error(), std::cerr);
                }
                wanted.reading = std::move(*reading);
                return import_command(wanted, std::cout, std::cerr);
            }};
}

}  // namespace diaban
