#include "cli/cli.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <iostream>
#include <optional>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/info.h"
#include "cli/render.h"

namespace diaban {

namespace {

constexpr int wrong_usage = 2;

struct Size {
    int width = 0;
    int height = 0;
};

/// "1920x1080"; throws CLI::ValidationError, as CLI11 wants it.
Size parse_size(const std::string& text) {
    Size size;
    char cross = 0;
    char rest = 0;
    if (std::sscanf(text.c_str(), "%d%c%d%c", &size.width, &cross, &size.height, &rest) != 3 ||
        (cross != 'x' && cross != 'X') || size.width < 16 || size.height < 16 || size.width > 30000 ||
        size.height > 30000) {
        throw CLI::ValidationError(
            "--size", fmt::format(fmt::runtime(tr("\"{}\" is no size such as 1920x1080 (16 to 30000)")), text));
    }
    return size;
}

std::vector<std::filesystem::path> to_paths(const std::vector<std::string>& names) {
    return {names.begin(), names.end()};
}

/// Options and values of one command line, filled in by CLI11.
struct Arguments {
    std::vector<std::string> files;
    std::string output;
    std::string size;
    std::vector<double> bbox;
    std::vector<std::string> layers;
    std::optional<int64_t> year;
    double scale = 1;
    bool json = false;
    bool dark = false;
    bool present = false;
    bool no_labels = false;
    bool no_legend = false;
    bool no_title = false;
};

CLI::App* add_info(CLI::App& app, Arguments& arguments) {
    auto* info = app.add_subcommand("info", tr("layers, fields, CRS, counts, and everything wrong with the data"));
    info->add_option("FILE", arguments.files, tr("data files or workspaces"))->required();
    info->add_flag("--json", arguments.json, tr("print JSON, for machines"));
    info->footer(tr("Example: diaban info communes.gpkg"));
    return info;
}

CLI::App* add_render(CLI::App& app, Arguments& arguments) {
    auto* render = app.add_subcommand("render", tr("draws a workspace or data files into a picture, without a window"));
    render->add_option("FILE", arguments.files, tr("a workspace (.toml), or data files"))->required();
    render->add_option("-o,--output", arguments.output, tr("the picture to write: OUT.png"))->required();
    render->add_option("--size", arguments.size, tr("width x height in logical pixels (1600x1000)"));
    render->add_option("--scale", arguments.scale, tr("device pixels for each logical pixel: 2 is crisp in print"))
        ->check(CLI::Range(0.25, 8.0));
    render->add_option("--bbox", arguments.bbox, tr("what to show: west,south,east,north in degrees"))
        ->delimiter(',')
        ->expected(4);
    render->add_option("--layer", arguments.layers, tr("show only this layer (may be given several times)"));
    render->add_option("--year", arguments.year, tr("the year shown"));
    render->add_flag("--dark", arguments.dark, tr("the dark theme"));
    render->add_flag("--present", arguments.present, tr("title and legend that can be read across a room"));
    render->add_flag("--no-labels", arguments.no_labels, tr("without labels"));
    render->add_flag("--no-legend", arguments.no_legend, tr("without the legend"));
    render->add_flag("--no-title", arguments.no_title, tr("without the title"));
    render->add_flag("--json", arguments.json, tr("print JSON, for machines"));
    render->footer(tr("Example: diaban render communes.gpkg -o communes.png --size 1920x1080"));
    return render;
}

RenderOptions render_options(const Arguments& arguments) {
    RenderOptions options;
    options.files = to_paths(arguments.files);
    options.output = arguments.output;
    if (!arguments.size.empty()) {
        const auto size = parse_size(arguments.size);
        options.width = size.width;
        options.height = size.height;
    }
    options.scale = arguments.scale;
    if (!arguments.bbox.empty()) {
        const auto& b = arguments.bbox;
        if (!(b[0] < b[2] && b[1] < b[3])) {
            throw CLI::ValidationError("--bbox", tr("west has to be less than east, and south less than north"));
        }
        options.bbox = Box{b[0], b[1], b[2], b[3]};
    }
    options.layers = arguments.layers;
    options.time = arguments.year;
    options.dark = arguments.dark;
    options.presentation = arguments.present;
    options.labels = !arguments.no_labels;
    options.legend = !arguments.no_legend;
    options.title = !arguments.no_title;
    options.json = arguments.json;
    return options;
}

WindowRequest window_request(const Arguments& arguments) {
    WindowRequest request;
    request.files = to_paths(arguments.files);
    if (request.files.empty()) {
        const auto demo = program_data_dir() / "quang_ninh" / "demo.toml";
        if (std::filesystem::exists(demo)) request.files.push_back(demo);
    }
    if (!arguments.size.empty()) {
        const auto size = parse_size(arguments.size);
        request.width = size.width;
        request.height = size.height;
    }
    request.dark = arguments.dark;
    request.presentation = arguments.present;
    return request;
}

}  // namespace

int run_command_line(int argc, char** argv, const std::function<int(const WindowRequest&)>& open_window) {
    CLI::App app(tr("Diaban: maps and priorities for people who look after communes"), "diaban");
    Arguments arguments;
    app.set_version_flag("--version", "diaban 0.1.0");
    app.add_option("FILE", arguments.files,
                   tr("a workspace (.toml) or data files to open in the window; none: the demo"));
    app.add_option("--size", arguments.size, tr("the window's size (1440x900)"));
    app.add_flag("--dark", arguments.dark, tr("the dark theme"));
    app.add_flag("--present", arguments.present, tr("start in the presentation view"));
    app.footer(tr("Exit codes: 0 done, 2 wrong usage, 3 bad input (nothing written), 4 a failure of ours."));
    const auto* info = add_info(app, arguments);
    const auto* render = add_render(app, arguments);
    try {
        app.parse(argc, argv);
        if (*info) return info_command(to_paths(arguments.files), arguments.json, std::cout, std::cerr);
        if (*render) return render_command(render_options(arguments), std::cout, std::cerr);
        return open_window(window_request(arguments));
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error, std::cout, std::cerr);
        return code == 0 ? 0 : wrong_usage;
    } catch (const std::exception& error) {
        std::cerr << "diaban: " << fmt::format(fmt::runtime(tr("this should not have happened: {}")), error.what())
                  << "\n";
        return 4;
    }
}

}  // namespace diaban
