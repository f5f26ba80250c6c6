#include "cli/cli.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <iostream>
#include <vector>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/subcommand.h"

namespace diaban {

namespace {

constexpr int wrong_usage = 2;

/// What opens the window.
struct WindowArguments {
    std::vector<std::string> files;
    std::string size;
    std::string trace;
    bool dark = false;
    bool present = false;
};

WindowRequest window_request(const WindowArguments& arguments) {
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
    request.trace = arguments.trace;
    return request;
}

}  // namespace

std::vector<std::filesystem::path> to_paths(const std::vector<std::string>& names) {
    return {names.begin(), names.end()};
}

PixelSize parse_size(const std::string& text) {
    PixelSize size;
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

Box parse_box(const char* option, const std::vector<double>& numbers) {
    if (numbers.size() != 4 || !(numbers[0] < numbers[2] && numbers[1] < numbers[3]))
        throw CLI::ValidationError(option, tr("west has to be less than east, and south less than north"));
    return {numbers[0], numbers[1], numbers[2], numbers[3]};
}

int run_command_line(int argc, char** argv, const std::function<int(const WindowRequest&)>& open_window) {
    CLI::App app(tr("Diaban: maps and priorities for people who look after communes"), "diaban");
    WindowArguments arguments;
    app.set_version_flag("--version", "diaban 0.1.0");
    app.add_option("FILE", arguments.files,
                   tr("a workspace (.toml) or data files to open in the window; none: the demo"));
    app.add_option("--size", arguments.size, tr("the window's size (1440x900)"));
    app.add_flag("--dark", arguments.dark, tr("the dark theme"));
    app.add_flag("--present", arguments.present, tr("start in the presentation view"));
    app.add_option("--trace", arguments.trace,
                   tr("a file for frames that took longer than 50 ms, to be opened in a browser's trace view"));
    app.footer(tr("Exit codes: 0 done, 2 wrong usage, 3 bad input (nothing written), 4 a failure of ours."));
    const std::vector<Subcommand> subcommands{add_info(app),   add_import(app), add_join(app),   add_crosswalk(app),
                                              add_render(app), add_query(app),  add_measure(app)};
    try {
        app.parse(argc, argv);
        for (const Subcommand& subcommand : subcommands)
            if (*subcommand.app) return subcommand.run();
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
