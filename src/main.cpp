// Picks the window or a subcommand.
#include <cstdio>

#include "base/i18n.h"
#include "cli/cli.h"
#include "ui/app.h"

namespace {

int open_window(const diaban::WindowRequest& request) {
    diaban::ui::WindowOptions options;
    options.files = request.files;
    options.width = request.width;
    options.height = request.height;
    options.dark = request.dark;
    options.presentation = request.presentation;
    options.trace = request.trace;
    const auto code = diaban::ui::run_window(options);
    if (code) return *code;
    std::fprintf(stderr, "diaban: %s\n", diaban::to_text(code.error()).c_str());
    return diaban::exit_code(code.error().kind);
}

}  // namespace

int main(int argc, char** argv) {
    diaban::set_up_translation();
    return diaban::run_command_line(argc, argv, open_window);
}
