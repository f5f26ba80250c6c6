#include "scene/furniture.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "data/raster/tile_address.h"
#include "scene/layer_shape.h"
#include "scene/legend.h"
#include "workspace/query_layers.h"

namespace diaban {
namespace {

constexpr double margin = 14;
constexpr double scale_bar_longest = 130;  // pixels, at text scale 1

// Whether anything of a source is on the map.
bool drawn(const Layer& layer, const LayerResult& result) {
    return layer.visible && (result.features != nullptr || result.picture != nullptr);
}

bool counts(const Layer& layer, const LayerResult& result) {
    return layer.visible && result.features != nullptr;
}

void append(std::string& text, const std::string& part, const char* separator) {
    if (part.empty()) return;
    if (!text.empty()) text += separator;
    text += part;
}

// Who is named, with all the dates of what came from them.
struct Credit {
    std::string name;
    bool invented = false;
    std::vector<std::string> dates;
    [[nodiscard]] std::string text() const {
        std::string aside;
        for (const std::string& date : dates) {
            append(aside, date, ", ");
        }
        if (invented) append(aside, tr("invented"), ", ");
        return aside.empty() ? name : name + " (" + aside + ")";
    }
};

void add_credit(const Source& source, const LayerResult& result, std::vector<Credit>& out) {
    std::string name = source.attribution;
    std::string date = source.date;
    if (name.empty()) {
        // Nobody is named: the file is what can be said, and when it was last changed.
        const std::string path = to_utf8(source.path);
        name = is_tile_address(path) ? host_of(path) : source.path.filename().string();
        const auto modified = result.source_dates.find(source.id);
        if (date.empty() && modified != result.source_dates.end()) date = modified->second.substr(0, 10);
    }
    auto credit = std::find_if(out.begin(), out.end(),
                               [&](const Credit& c) { return c.name == name && c.invented == source.invented; });
    if (credit == out.end()) credit = out.insert(out.end(), {name, source.invented, {}});
    const bool known = std::find(credit->dates.begin(), credit->dates.end(), date) != credit->dates.end();
    if (!date.empty() && !known) credit->dates.push_back(date);
}

std::vector<const Source*> files_of(const Workspace& workspace, const Layer& layer) {
    std::vector<const Source*> out;
    const auto add = [&](const std::string& id) {
        const auto files = workspace.files_behind(id);
        out.insert(out.end(), files.begin(), files.end());
    };
    const auto add_layer = [&](const Layer& of) {
        add(of.source);
        for (const Join& join : of.joins) {
            add(join.source);
        }
    };
    add_layer(layer);
    // What the filter and the calculated columns say comes from the layers that they look at, too.
    if (!layer.filter.empty() || !layer.columns.empty())
        for (const Layer* seen : layers_behind(workspace, layers_of(layer)))
            if (seen->id != layer.id) add_layer(*seen);
    return out;
}

bool complete(const LayerResult& result) {
    return result.shown_count == result.features->count() && result.no_data_count == 0 && result.unmatched_rows == 0;
}

std::string counted(const Layer& layer, const LayerResult& result) {
    std::string text = layer.name + " " + format_count_of(result.shown_count, result.features->count());
    if (result.no_data_count > 0) {
        text += std::string(", ") + format_integer(result.no_data_count) + " " + tr("without data");
    }
    if (result.unmatched_rows > 0) {
        text += std::string(", ") + format_integer(result.unmatched_rows) + " " +
                tr_n("row not matched", "rows not matched", result.unmatched_rows);
    }
    return text;
}

bool any_invented(const Workspace& workspace, const std::vector<LayerResultPtr>& layers) {
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (!drawn(workspace.layers[i], *layers[i])) continue;
        for (const Source* source : files_of(workspace, workspace.layers[i])) {
            if (source->invented) return true;
        }
    }
    return false;
}

std::string note_of(const Workspace& workspace, const std::vector<LayerResultPtr>& layers) {
    if (!workspace.note.empty()) return workspace.note;
    return any_invented(workspace, layers) ? tr("Invented demonstration data") : "";
}

std::string title_of(const Workspace& workspace, const std::vector<LayerResultPtr>& layers) {
    if (!workspace.title.empty()) return workspace.title;
    std::string last;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const Layer& layer = workspace.layers[i];
        if (!counts(layer, *layers[i]) || layer.background) continue;
        last = layer.name;
        // A map without a title is named by its areas, the layer that the others are seen against.
        if (layers[i]->shapes->kind() == GeometryKind::polygon) return layer.name;
    }
    return last;
}

// The year of what is shown, for pictures whose legend does not say it.
std::string year_of(const Workspace& workspace, const std::vector<LayerResultPtr>& layers) {
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (!counts(workspace.layers[i], *layers[i])) continue;
        // Features without times have one, 0.
        const auto year = layers[i]->features->times()[layers[i]->time];
        if (year != 0) return std::to_string(year);
    }
    return {};
}

Block make_title(const Workspace& workspace, const std::vector<LayerResultPtr>& layers, const MapRequest& request,
                 double scale, double max_width) {
    const ThemeColours& colours = theme_colours(request.theme);
    Block block;
    const double padding = 12 * scale;
    const double inner = max_width - 2 * padding;
    double y = 0;
    const auto add = [&](const std::string& text, double size, int weight, Rgba colour, double gap) {
        if (text.empty()) return;
        if (y > 0) y += gap * scale;
        const TextStyle style{.size = size * scale, .weight = weight, .colour = colour};
        y += block.add_text(0, y, text, style, inner).height;
    };
    add(title_of(workspace, layers), 22, 600, colours.text, 0);
    std::string subtitle = workspace.subtitle;
    if (!request.furniture.legend) append(subtitle, year_of(workspace, layers), ", ");
    add(subtitle, 13, 400, colours.muted, 2);
    if (const std::string note = note_of(workspace, layers); !note.empty()) {
        if (y > 0) y += 7 * scale;
        const TextStyle style{.size = 11.5 * scale, .weight = 600, .colour = colours.tag_text};
        const double side = 7 * scale;
        const TextSize size = measure_text(note, style, inner - 2 * side);
        const PixelBox box{0, y, size.width + 2 * side, size.height + 6 * scale};
        block.add(RectItem{box, colours.tag, {0, 0, 0, 0}, 0, 4 * scale, {}}, box.width, y + box.height);
        block.add_text(side, y + 3 * scale, note, style, inner - 2 * side);
    }
    if (!block.empty()) block.put_on_card(colours, padding, 8 * scale);
    return block;
}

Block make_sources(const std::string& statement, const MapRequest& request, double scale) {
    const ThemeColours& colours = theme_colours(request.theme);
    Block block;
    const TextStyle style{.size = 10.5 * scale, .colour = colours.muted};
    const double height = measure_text(statement, style, request.width - 2 * margin).height + 10 * scale;
    block.add(RectItem{{0, 0, request.width, height}, colours.panel, {0, 0, 0, 0}, 0, 0, {}}, request.width, height);
    block.add_text(margin, 5 * scale, statement, style, request.width - 2 * margin);
    return block;
}

// Made at smaller and smaller scales until it is at most `max_height` high.
template <class Make>
Block fitted_block(double scale, double max_height, Make&& make, double least = 0.4) {
    Block block = make(scale);
    while (block.height > max_height && scale > least) {
        scale *= 0.9;
        block = make(scale);
    }
    return block;
}

}  // namespace

double furniture_scale(const MapRequest& request) {
    const double wanted = request.furniture.text_scale;
    const double room = std::min(request.width / 640, request.height / 420);
    const double scale = std::min(wanted, std::max(0.55, room));
    if (wanted > 1) return scale;
    // On a small picture (the map's part of a small window) the map comes first; what is meant for a room stays large.
    const double ease = std::clamp(std::min(request.width / 900, request.height / 620), 0.76, 1.0);
    return std::min(scale, wanted * ease);
}

std::string sources_statement(const Workspace& workspace, const std::vector<LayerResultPtr>& layers, const Crs& crs,
                              bool with_note, bool brief) {
    std::vector<Credit> credits;
    std::string units;
    std::string filters;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const Layer& layer = workspace.layers[i];
        const LayerResult& result = *layers[i];
        if (!drawn(layer, result)) continue;
        for (const Source* source : files_of(workspace, layer)) {
            add_credit(*source, result, credits);
        }
        if (layer.background || result.features == nullptr) continue;
        if (!layer.filter.empty()) append(filters, layer.name + ": " + layer.filter, "; ");
        if (!brief || !complete(result)) append(units, counted(layer, result), "; ");
    }
    std::string listed;
    for (const Credit& credit : credits) {
        append(listed, credit.text(), "; ");
    }
    std::string text;
    const auto sentence = [&](const char* heading, const std::string& part) {
        if (!part.empty()) append(text, std::string(heading) + part + ".", " ");
    };
    sentence(tr("Sources: "), listed);
    sentence(tr("Filter: "), filters);
    sentence(tr("Units shown: "), units);
    if (crs.known() && !brief) sentence(tr("Map: "), crs.name());
    if (const std::string note = note_of(workspace, layers); with_note && !note.empty()) {
        append(text, note.ends_with('.') ? note : note + ".", " ");
    }
    return text;
}

FurnitureBlocks make_furniture_blocks(const Workspace& workspace, const std::vector<LayerResultPtr>& layers,
                                      const MapRequest& request, const Crs& crs, const std::vector<CrowdView>& crowds) {
    FurnitureBlocks out;
    const double scale = furniture_scale(request);
    const double room = request.width - 3 * margin - (request.furniture.north_arrow ? 48 * scale : 0);
    if (request.furniture.title) {
        // In a room the legend needs the height more than the title, which is large anyway.
        const double title_scale = scale > 1 ? 1 + (scale - 1) * 0.6 : scale;
        const double max_width = std::min(room, std::max(735 * title_scale, request.width * 0.5));
        out.title = fitted_block(title_scale, request.height * 0.3,
                                 [&](double s) { return make_title(workspace, layers, request, s, max_width); });
    }
    const auto sources_block = [&](bool brief, double least, double lines) {
        const std::string statement =
            request.furniture.sources ? sources_statement(workspace, layers, crs, !request.furniture.title, brief) : "";
        if (statement.empty()) return Block{};
        const double full = std::min(scale, 1.25);
        const double most = std::min(request.height * 0.14, (lines * 13.2 + 10) * full);
        return fitted_block(
            full, most, [&](double s) { return make_sources(statement, request, s); }, least);
    };
    // Two or three lines are enough for a small picture: what can be read in the legend too goes first, then size.
    const bool small = request.width < 900 || request.height < 620;
    out.sources = sources_block(false, small ? scale : 0.4, 100);
    if (small && out.sources.height > (2.5 * 13.2 + 10) * scale) out.sources = sources_block(true, 0.4, 3.5);
    if (request.furniture.legend) {
        MapRequest scaled = request;
        scaled.furniture.text_scale = scale;
        const double below_title = out.title.empty() ? margin : out.title.height + 2 * margin - 4;
        // A legend too long for the space below the title stands at the right, below the north arrow.
        const double below_arrow =
            request.furniture.north_arrow ? make_north_arrow(Degrees(0), request).height + 2 * margin - 4 : margin;
        const bool beside_title = out.title.width + 280 * scale + 3 * margin <= request.width;
        const double above = beside_title ? std::min(below_title, below_arrow) : below_title;
        const double below = out.sources.height + margin;
        const double one_column = std::min(request.width * 0.45, 280 * scale);
        out.legend = make_legend(workspace, layers, scaled, one_column, request.height - above - below,
                                 std::min(request.width * 0.5, 2 * one_column), crowds);
    }
    return out;
}

std::vector<PixelBox> FurniturePlaces::boxes() const {
    std::vector<PixelBox> out;
    for (const PixelBox& box : {title, legend, sources, scale_bar, north_arrow}) {
        if (box.width > 0 && box.height > 0) out.push_back(box);
    }
    return out;
}

double data_share(const Workspace& workspace, const std::vector<LayerResultPtr>& layers, const Frame& frame,
                  const PixelBox& box) {
    double share = 0;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const Layer& layer = workspace.layers[i];
        if (!counts(layer, *layers[i]) || layer.background) continue;
        share = std::max(share, layers[i]->shape->occupancy.share(frame, box));
    }
    return share;
}

FurniturePlaces place_furniture(const FurnitureBlocks& blocks, const Workspace& workspace,
                                const std::vector<LayerResultPtr>& layers, const MapRequest& request,
                                const Frame& frame) {
    FurniturePlaces out;
    const double scale = furniture_scale(request);
    const double bottom = frame.height - blocks.sources.height;
    if (!blocks.sources.empty()) out.sources = {0, bottom, frame.width, blocks.sources.height};
    if (!blocks.title.empty()) out.title = {margin, margin, blocks.title.width, blocks.title.height};
    if (request.furniture.north_arrow) {
        const Block arrow = make_north_arrow(Degrees(0), request);
        out.north_arrow = {frame.width - margin - arrow.width, margin, arrow.width, arrow.height};
    }
    const double bar_width = scale_bar_longest * scale + 48 * scale;
    const double bar_height = 38 * scale;
    const auto bar_at = [&](bool right) {
        return PixelBox{right ? frame.width - margin - bar_width : margin, bottom - margin - bar_height, bar_width,
                        bar_height};
    };
    if (!blocks.legend.empty()) {
        const Block& legend = blocks.legend;
        const double right = frame.width - margin - legend.width;
        const double below_title = out.title.height > 0 ? out.title.y + out.title.height + 10 : margin;
        const double below_arrow =
            out.north_arrow.height > 0 ? out.north_arrow.y + out.north_arrow.height + 10 : margin;
        const double low = bottom - margin - legend.height;
        const std::array<PixelBox, 4> corners{PixelBox{margin, low, legend.width, legend.height},
                                              PixelBox{right, low, legend.width, legend.height},
                                              PixelBox{margin, below_title, legend.width, legend.height},
                                              PixelBox{right, below_arrow, legend.width, legend.height}};
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < corners.size(); ++i) {
            if (corners[i].y + corners[i].height > bottom) continue;
            double cost = data_share(workspace, layers, frame, corners[i]);
            if (corners[i].intersects(out.title) || corners[i].intersects(out.north_arrow)) cost += 2;
            // A corner must be clearly better to take the legend from an earlier one: it does not jump while panning.
            cost += 0.04 * static_cast<double>(i);
            if (cost < least) least = cost, out.legend = corners[i];
        }
    }
    if (request.furniture.scale_bar) {
        const auto cost = [&](const PixelBox& box) {
            return (box.intersects(out.legend) ? 2 : 0) + data_share(workspace, layers, frame, box);
        };
        const bool to_the_right = cost(bar_at(true)) + 0.05 < cost(bar_at(false));
        out.scale_bar = bar_at(to_the_right);
        if (out.scale_bar.intersects(out.legend)) out.scale_bar = {};  // no room at the bottom at all
    }
    return out;
}

}  // namespace diaban
