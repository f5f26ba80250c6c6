#include "cli/render.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/trace.h"
#include "cli/say.h"
#include "cli/subcommand.h"
#include "cli/timings.h"
#include "render/image.h"
#include "scene/derive.h"
#include "scene/typeset.h"
#include "workspace/open.h"

namespace diaban {
namespace {

/// How much larger title, legend and labels are when a room looks at them.
constexpr double presentation_text_scale = 1.6;

struct Drawn {
    Image image;
    int64_t features = 0;
    std::vector<std::string> layers;
    std::vector<std::string> unlabelled;
};

Expected<void> check_format(const std::filesystem::path& output) {
    if (fold(output.extension().string()) == ".png") return {};
    return fail(ErrorKind::wrong_usage, say(tr("\"{}\" is no picture that can be written"), to_utf8(output)), {},
                tr("Give the output a name that ends in .png."));
}

/// A picture must not take the place of the data it shows.
Expected<void> keep_input(const std::filesystem::path& output, const std::filesystem::path& input) {
    std::error_code problem;
    if (!std::filesystem::equivalent(output, input, problem) || problem) return {};
    return fail(ErrorKind::wrong_usage, tr("the picture would overwrite the data that it is drawn from"),
                {.file = to_utf8(output), .layer = {}, .field = {}, .row = {}}, tr("Give the output another name."));
}

Expected<void> keep_inputs(const RenderOptions& options, const Workspace& workspace) {
    for (const auto& file : options.files)
        if (const auto kept = keep_input(options.output, file); !kept) return kept;
    for (const Source& source : workspace.sources)
        if (const auto kept = keep_input(options.output, source.path); !kept) return kept;
    return {};
}

/// A picture that silently lacks a layer, or ignores a filter, would say something untrue.
Expected<void> refuse_errors(const Workspace& workspace, const Datasets& datasets, DeriveCache& cache) {
    for (const LayerResultPtr& layer : derive_layers(workspace, datasets, cache)) {
        for (const Diagnostic& diagnostic : layer->diagnostics)
            if (diagnostic.severity == Severity::error)
                return fail(ErrorKind::bad_input, diagnostic.detail, diagnostic.where, remedy(diagnostic.kind));
    }
    return {};
}

/// A year of which no layer knows anything would show another year in its place.
Expected<void> check_year(int64_t year, const std::vector<LayerResultPtr>& layers) {
    std::set<int64_t> known;
    for (const LayerResultPtr& layer : layers)
        if (layer->features) known.insert(layer->features->times().begin(), layer->features->times().end());
    known.erase(0);  // what data without years has instead
    if (known.empty() || known.contains(year)) return {};
    return fail(ErrorKind::wrong_usage, say(tr("There is no data for the year {}"), year), {},
                say(tr("There are: {}."), fmt::join(known, ", ")));
}

/// Leaves only the layers named visible.
Expected<void> choose_layers(Workspace& workspace, const std::vector<std::string>& wanted) {
    if (wanted.empty()) return {};
    for (Layer& layer : workspace.layers)
        layer.visible = false;
    for (const std::string& name : wanted) {
        bool found = false;
        for (Layer& layer : workspace.layers) {
            if (fold(layer.id) != fold(name) && fold(layer.name) != fold(name)) continue;
            layer.visible = true;
            found = true;
        }
        if (found) continue;
        std::vector<std::string> known;
        for (const Layer& layer : workspace.layers) {
            known.push_back(layer.name);
            if (layer.id != layer.name) known.push_back(layer.id);
        }
        const std::string nearest = nearest_word(name, known);
        std::string remedy;
        if (!nearest.empty()) {
            remedy = say(tr("Did you mean \"{}\"?"), nearest);
        } else {
            std::string names;
            for (const Layer& layer : workspace.layers)
                names += (names.empty() ? "" : ", ") + layer.name;
            remedy = say(tr("There are: {}."), names);
        }
        return fail(ErrorKind::wrong_usage, say(tr("There is no layer \"{}\""), name), {}, std::move(remedy));
    }
    return {};
}

/// Degrees → map coordinates.
Expected<Box> to_map(const Box& degrees, const Crs& crs) {
    const auto transform = Transform::between(Crs::wgs84(), crs);
    if (!transform) return tl::unexpected(transform.error());
    const Box box = transform->apply(degrees);
    if (std::isfinite(box.width()) && std::isfinite(box.height()) && box.width() > 0 && box.height() > 0) return box;
    return fail(ErrorKind::wrong_usage,
                say(tr("The map's coordinate system, {}, does not reach the box asked for"), crs.name()), {},
                tr("Give --bbox as west,south,east,north in degrees, within the data."));
}

Expected<Image> paint(const Scene& scene) {
    const Stage stage("paint");
    return draw_image(scene);
}

Expected<Drawn> draw(const RenderOptions& options) {
    if (const auto format = check_format(options.output); !format) return tl::unexpected(format.error());
    // Type is made ready while the files are read.
    const std::jthread type([] { warm_up_text(); });
    const CacheFolderPtr cache_folder = CacheFolder::of_user();
    Progress progress;
    auto opened = [&] {
        const Stage stage("read");
        return open_files(options.files, progress, {cache_folder, corners_checked_at_once});
    }();
    if (!opened) return tl::unexpected(opened.error());
    for (const Diagnostic& diagnostic : opened->diagnostics) {
        if (diagnostic.kind == DiagnosticKind::layer_failed)
            return fail(ErrorKind::bad_input, diagnostic.detail, diagnostic.where, remedy(diagnostic.kind));
    }
    Workspace& workspace = opened->workspace;
    if (const auto kept = keep_inputs(options, workspace); !kept) return tl::unexpected(kept.error());
    if (workspace.layers.empty())
        return fail(ErrorKind::bad_input, tr("the workspace has no layers: there is nothing to draw"),
                    {.file = to_utf8(options.files.front()), .layer = {}, .field = {}, .row = {}},
                    tr("Add a layer to it, or draw another."));
    if (const auto chosen = choose_layers(workspace, options.layers); !chosen) return tl::unexpected(chosen.error());
    if (options.points) {
        for (Layer& layer : workspace.layers)
            layer.style.crowding.mode = *options.points;
    }
    if (options.time) workspace.time = options.time;

    MapRequest request;
    request.width = options.width;
    request.height = options.height;
    request.pixel_ratio = options.scale;
    request.theme = options.dark ? Theme::dark : Theme::light;
    request.furniture.title = options.title;
    request.furniture.legend = options.legend;
    request.furniture.labels = options.labels;
    if (options.bare) {
        request.furniture = {.title = false,
                             .legend = false,
                             .scale_bar = false,
                             .north_arrow = false,
                             .sources = false,
                             .labels = false};
    }
    if (options.presentation) request.furniture.text_scale = presentation_text_scale;
    if (options.bbox) {
        const auto box = to_map(*options.bbox, map_crs(workspace, opened->datasets));
        if (!box) return tl::unexpected(box.error());
        request.extent = *box;
    }

    DeriveCache cache;
    cache.keep_in(cache_folder);
    if (const auto fine = refuse_errors(workspace, opened->datasets, cache); !fine) return tl::unexpected(fine.error());
    if (options.time) {
        const auto known = check_year(*options.time, derive_layers(workspace, opened->datasets, cache));
        if (!known) return tl::unexpected(known.error());
    }
    const Scene scene = derive(workspace, opened->datasets, request, cache);
    if (!scene.troubles.empty()) {
        const Diagnostic& trouble = scene.troubles.front();
        return fail(ErrorKind::bad_input, trouble.detail, trouble.where);
    }
    auto image = paint(scene);
    if (!image) return tl::unexpected(image.error());

    Drawn drawn;
    drawn.image = std::move(*image);
    const std::vector<LayerResultPtr> results = derive_layers(workspace, opened->datasets, cache);
    for (std::size_t i = 0; i < results.size(); ++i) {
        const Layer& layer = workspace.layers[i];
        if (!layer.visible) continue;
        drawn.layers.push_back(layer.id);
        if (!layer.background) drawn.features += results[i]->shown_count;
    }
    for (const Unlabelled& label : scene.unlabelled)
        drawn.unlabelled.push_back(label.text);
    const Stage stage("write");
    if (const auto written = write_png(drawn.image, options.output, options.scale); !written)
        return tl::unexpected(written.error());
    keep_for_next_time(opened->datasets, cache_folder);
    return drawn;
}

}  // namespace

int render_command(const RenderOptions& options, std::ostream& out, std::ostream& err) {
    if (options.timings) set_tracing(true);
    begin_frame();
    const auto drawn = draw(options);
    end_frame();
    if (!drawn) {
        return refuse(drawn.error(), err);
    }
    if (options.timings) print_timings(traced_frames().back(), options.json, err);
    if (options.json) {
        const nlohmann::ordered_json json{{"file", to_utf8(options.output)}, {"width", drawn->image.width},
                                          {"height", drawn->image.height},   {"features", drawn->features},
                                          {"layers", drawn->layers},         {"unlabelled", drawn->unlabelled}};
        out << json.dump(2) << '\n';
        return 0;
    }
    out << say(tr_n("{} {}×{}, {} feature", "{} {}×{}, {} features", static_cast<long>(drawn->features)),
               to_utf8(options.output), drawn->image.width, drawn->image.height, format_integer(drawn->features))
        << '\n';
    return 0;
}

Subcommand add_render(CLI::App& app) {
    struct Arguments {
        RenderOptions options;
        std::vector<std::string> files;
        std::string output, size, points;
        std::vector<double> bbox;
        bool no_labels = false, no_legend = false, no_title = false;
    };
    auto arguments = std::make_shared<Arguments>();
    RenderOptions& options = arguments->options;
    auto* render = app.add_subcommand("render", tr("draws a workspace or data files into a picture, without a window"));
    render->add_option("FILE", arguments->files, tr("a workspace (.toml), or data files"))->required();
    render->add_option("-o,--output", arguments->output, tr("the picture to write: OUT.png"))->required();
    render->add_option("--size", arguments->size, tr("width x height in logical pixels (1600x1000)"));
    render->add_option("--scale", options.scale, tr("device pixels for each logical pixel: 2 is crisp in print"))
        ->check(CLI::Range(0.25, 8.0));
    render->add_option("--bbox", arguments->bbox, tr("what to show: west,south,east,north in degrees"))
        ->delimiter(',')
        ->expected(4);
    render->add_option("--layer", options.layers, tr("show only this layer (may be given several times)"));
    render->add_option("--year", options.time, tr("the year shown"));
    render->add_option("--points", arguments->points, tr("how points are shown: auto, markers, clusters or density"))
        ->check(CLI::IsMember({"auto", "markers", "clusters", "density"}));
    render->add_flag("--dark", options.dark, tr("the dark theme"));
    render->add_flag("--present", options.presentation, tr("title and legend that can be read across a room"));
    render->add_flag("--no-labels", arguments->no_labels, tr("without labels"));
    render->add_flag("--no-legend", arguments->no_legend, tr("without the legend"));
    render->add_flag("--no-title", arguments->no_title, tr("without the title"));
    render->add_flag("--bare", options.bare,
                     tr("nothing but the map: for comparing pictures, and as a part of others"));
    render->add_flag("--json", options.json, tr("print JSON, for machines"));
    render->add_flag("--timings", options.timings,
                     tr("say on standard error which stage took how long, from the program's start"));
    render->footer(tr("Example: diaban render communes.gpkg -o communes.png --size 1920x1080"));
    return {render, [arguments] {
                RenderOptions wanted = arguments->options;
                wanted.files = to_paths(arguments->files);
                wanted.output = arguments->output;
                if (!arguments->size.empty()) {
                    const PixelSize size = parse_size(arguments->size);
                    wanted.width = size.width;
                    wanted.height = size.height;
                }
                if (!arguments->bbox.empty()) wanted.bbox = parse_box("--bbox", arguments->bbox);
                if (!arguments->points.empty()) wanted.points = crowding_mode_from_id(arguments->points).value();
                wanted.labels = !arguments->no_labels;
                wanted.legend = !arguments->no_legend;
                wanted.title = !arguments->no_title;
                return render_command(wanted, std::cout, std::cerr);
            }};
}

}  // namespace diaban
