#include "cli/render.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "render/gl_context.h"
#include "render/image.h"
#include "render/painter.h"
#include "scene/derive.h"
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

template <class... Arguments>
std::string say(const char* translated, const Arguments&... arguments) {
    return fmt::format(fmt::runtime(translated), arguments...);
}

Expected<void> check_format(const std::filesystem::path& output) {
    if (fold(output.extension().string()) == ".png") return {};
    return fail(ErrorKind::wrong_usage, say(tr("\"{}\" is no picture that can be written"), to_utf8(output)), {},
                tr("Give the output a name that ends in .png."));
}

/// Leaves only the layers named visible.
Expected<void> choose_layers(Workspace& workspace, const std::vector<std::string>& wanted) {
    if (wanted.empty()) return {};
    for (Layer& layer : workspace.layers)
        layer.visible = false;
    for (const std::string& name : wanted) {
        bool found = false;
        for (Layer& layer : workspace.layers) {
            if (layer.id != name && fold(layer.name) != fold(name)) continue;
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

Expected<Drawn> draw(const RenderOptions& options) {
    if (const auto format = check_format(options.output); !format) return tl::unexpected(format.error());
    Progress progress;
    auto opened = open_files(options.files, progress);
    if (!opened) return tl::unexpected(opened.error());
    for (const Diagnostic& diagnostic : opened->diagnostics) {
        // A picture that silently lacks a layer would say something untrue.
        if (diagnostic.kind == DiagnosticKind::layer_failed)
            return fail(ErrorKind::bad_input, diagnostic.detail, diagnostic.where, remedy(diagnostic.kind));
    }
    Workspace& workspace = opened->workspace;
    if (const auto chosen = choose_layers(workspace, options.layers); !chosen) return tl::unexpected(chosen.error());
    if (options.time) workspace.time = options.time;

    MapRequest request;
    request.width = options.width;
    request.height = options.height;
    request.pixel_ratio = options.scale;
    request.theme = options.dark ? Theme::dark : Theme::light;
    request.furniture.title = options.title;
    request.furniture.legend = options.legend;
    request.furniture.labels = options.labels;
    if (options.presentation) request.furniture.text_scale = presentation_text_scale;
    if (options.bbox) {
        const auto box = to_map(*options.bbox, map_crs(workspace, opened->datasets));
        if (!box) return tl::unexpected(box.error());
        request.extent = *box;
    }

    DeriveCache cache;
    const Scene scene = derive(workspace, opened->datasets, request, cache);
    const auto context = OffscreenContext::create();
    if (!context) return tl::unexpected(context.error());
    context->make_current();
    Painter painter;
    auto image = draw_image(*context, painter, scene);
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
    if (const auto written = write_png(drawn.image, options.output, options.scale); !written)
        return tl::unexpected(written.error());
    return drawn;
}

}  // namespace

int render_command(const RenderOptions& options, std::ostream& out, std::ostream& err) {
    const auto drawn = draw(options);
    if (!drawn) {
        err << "diaban: " << to_text(drawn.error()) << '\n';
        return exit_code(drawn.error().kind);
    }
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

}  // namespace diaban
