#include "scene/legend.h"

#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "base/i18n.h"
#include "scene/map_items.h"

namespace diaban {
namespace {

// Entries of one legend at one text scale, top down.
class LegendWriter {
public:
    LegendWriter(const ThemeColours& colours, const MapRequest& request, double scale, double width)
        : colours_(colours), request_(request), scale_(scale), width_(width) {}

    /// `crowd`: null where the view is not known yet.
    void add_layer(const Layer& layer, const LayerResult& result, const CrowdView* crowd);
    [[nodiscard]] bool any() const { return !block_.empty(); }
    void add_left_out(int count) {
        add_gap(8);
        write(0, std::string("+ ") + format_integer(count) + " " + tr_n("more layer", "more layers", count), muted());
    }
    [[nodiscard]] Block finish() && { return std::move(block_); }

private:
    [[nodiscard]] TextStyle strong() const { return {.size = 13 * scale_, .weight = 600, .colour = colours_.text}; }
    [[nodiscard]] TextStyle plain() const { return {.size = 12 * scale_, .colour = colours_.text}; }
    [[nodiscard]] TextStyle muted() const { return {.size = 11.5 * scale_, .colour = colours_.muted}; }
    void add_gap(double pixels) { y_ += pixels * scale_; }
    void write(double x, const std::string& text, const TextStyle& style) {
        y_ += block_.add_text(x, y_, text, style, width_ - x).height;
    }

    // A row of a sample and its text; `draw` gets the sample's box.
    template <class Draw>
    void row(const std::string& text, const TextStyle& style, Draw&& draw);
    void swatch_row(const Layer& layer, Rgba colour, const std::string& text);
    void mark_row(const Layer& layer, Rgba colour, const std::string& text);
    void sample_row(const Layer& layer, const LayerResult& result, Rgba colour, const std::string& text);
    void header(const Layer& layer, const LayerResult& result, const std::string& measure, bool has_times);
    void no_data_row(const Layer& layer, const LayerResult& result);
    void assumed_row(const Layer& layer, const LayerResult& result, bool on_fill);
    void add_classes(const Layer& layer, const LayerResult& result, const GraduatedFill& fill);
    void add_categories(const Layer& layer, const LayerResult& result, const CategorisedFill& fill);
    void add_single(const Layer& layer, const LayerResult& result);
    void add_circles(const Layer& layer, const LayerResult& result);
    void add_fill(const Layer& layer, const LayerResult& result, bool with_circles);
    void cluster_row(const Layer& layer);
    void add_density(const Layer& layer, const CrowdView* crowd);
    [[nodiscard]] double sample_width() const { return 26 * scale_; }
    [[nodiscard]] double text_left() const { return 34 * scale_; }

    const ThemeColours& colours_;
    const MapRequest& request_;
    double scale_;
    double width_;
    double y_ = 0;
    Block block_;
};

Rgba faded(Rgba colour, double opacity) {
    return colour.with_alpha(colour.a / 255.0 * std::clamp(opacity, 0.0, 1.0));
}

bool says(const std::string& text, const std::string& word) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::search(text.begin(), text.end(), word.begin(), word.end(),
                       [&](char a, char b) { return lower(a) == lower(b); }) != text.end();
}

std::string measure_text_of(const Measure& measure) {
    std::string text = !measure.label.empty() ? measure.label : measure.numerator;
    if (measure.label.empty() && !measure.denominator.empty()) text += " / " + measure.denominator;
    // "Households reached (households)" says it twice; a sign such as "m" or "%" is always said.
    const bool said = measure.unit.size() > 4 && says(text, measure.unit);
    if (!measure.unit.empty() && !said) text += " (" + measure.unit + ")";
    return text;
}

bool measure_has_times(const LayerResult& result, const Measure& measure) {
    for (const std::string& name : {measure.numerator, measure.denominator}) {
        const auto field = name.empty() ? std::nullopt : result.features->field(name);
        if (field && field->has_times()) return true;
    }
    return false;
}

template <class Draw>
void LegendWriter::row(const std::string& text, const TextStyle& style, Draw&& draw) {
    const TextSize size = measure_text(text, style, width_ - text_left());
    const double line = measure_text("Ag", style).height;
    const double height = std::max(size.height, 17 * scale_);
    const double text_top = y_ + (height - size.height) / 2;
    draw(PixelBox{0, text_top + (line - 14 * scale_) / 2, sample_width(), 14 * scale_});
    block_.add_text(text_left(), text_top, text, style, width_ - text_left());
    y_ += height + 2 * scale_;
    block_.height = std::max(block_.height, y_ - 2 * scale_);
}

void LegendWriter::swatch_row(const Layer& layer, Rgba colour, const std::string& text) {
    // A hatch alone is seen on the map's colours, which are light in either theme; on a dark card it would vanish.
    if (colour.a == 0 && layer.style.hatch && request_.theme == Theme::dark) colour = {226, 230, 236, 255};
    row(text, plain(), [&](const PixelBox& box) {
        RectItem rect{box,
                      faded(themed(colour, request_.theme, layer.background), layer.opacity),
                      colours_.panel_line,
                      1,
                      2 * scale_,
                      layer.style.hatch};
        if (layer.style.outline) {
            rect.outline = themed(layer.style.outline->colour, request_.theme, layer.background);
            rect.outline_width = std::min(1.0, layer.style.outline->width.value());
        }
        block_.add(std::move(rect), box.x + box.width, box.y + box.height);
    });
}

void LegendWriter::mark_row(const Layer& layer, Rgba colour, const std::string& text) {
    const Marker& marker = layer.style.marker;
    row(text, plain(), [&](const PixelBox& box) {
        const double radius = std::clamp(marker.size.value() / 2 * std::sqrt(scale_), 3.0, 11 * scale_);
        block_.add(MarkItem{{box.x + box.width / 2, box.y + box.height / 2},
                            marker.shape,
                            radius,
                            faded(colour, layer.opacity),
                            marker.outline,
                            marker.outline_width.value()});
    });
}

void LegendWriter::sample_row(const Layer& layer, const LayerResult& result, Rgba colour, const std::string& text) {
    switch (result.shapes->kind()) {
        case GeometryKind::polygon:
            return swatch_row(layer, colour, text);
        case GeometryKind::point:
            return mark_row(layer, colour, text);
        case GeometryKind::line:
            if (!layer.style.outline) return;
            return row(text, plain(), [&](const PixelBox& box) {
                Stroke stroke = *layer.style.outline;
                stroke.colour = themed(stroke.colour, request_.theme, layer.background);
                const double middle = box.y + box.height / 2;
                block_.add(PathItem{{{box.x, middle}, {box.x + box.width, middle}}, false, {0, 0, 0, 0}, stroke});
            });
        case GeometryKind::none:
            return;
    }
}

void LegendWriter::header(const Layer& layer, const LayerResult& result, const std::string& measure, bool has_times) {
    write(0, layer.name, strong());
    std::string line = measure;
    if (has_times) {
        const std::string year = std::to_string(result.features->times()[result.time]);
        line += line.empty() ? year : ", " + year;
    }
    if (!line.empty() && line != layer.name) {
        add_gap(1);
        write(0, line, muted());
    }
    add_gap(5);
}

void LegendWriter::no_data_row(const Layer& layer, const LayerResult& result) {
    if (result.no_data_count == 0) return;
    add_gap(2);
    sample_row(layer, result, layer.style.no_data,
               std::string(tr("No data")) + " (" + format_integer(result.no_data_count) + ")");
}

/// What rests on an assumption is told apart from what was counted, on the map and here.
void LegendWriter::assumed_row(const Layer& layer, const LayerResult& result, bool on_fill) {
    if (result.assumed_count == 0) return;
    const std::string text =
        std::string(tr("≈ partly from assumed shares")) + " (" + format_integer(result.assumed_count) + ")";
    add_gap(2);
    if (!on_fill || layer.style.hatch || result.shapes->kind() != GeometryKind::polygon) return write(0, text, muted());
    row(text, plain(), [&](const PixelBox& box) {
        block_.add(RectItem{box, {244, 244, 244, 255}, colours_.panel_line, 1, 2 * scale_, assumed_hatch},
                   box.x + box.width, box.y + box.height);
    });
}

void LegendWriter::add_classes(const Layer& layer, const LayerResult& result, const GraduatedFill& fill) {
    header(layer, result, measure_text_of(fill.measure), measure_has_times(result, fill.measure));
    const std::vector<std::string> labels = class_labels(result.classes);
    for (std::size_t i = 0; i < labels.size() && i < result.class_colours.size(); ++i) {
        sample_row(layer, result, result.class_colours[i], labels[i]);
    }
    no_data_row(layer, result);
    assumed_row(layer, result, true);
}

void LegendWriter::add_categories(const Layer& layer, const LayerResult& result, const CategorisedFill& fill) {
    const auto field = result.features->field(fill.field);
    header(layer, result, {}, field && field->has_times());
    for (std::size_t i = 0; i < result.categories.size(); ++i) {
        sample_row(layer, result, result.category_colours[i], result.categories[i]);
    }
    no_data_row(layer, result);
}

void LegendWriter::add_single(const Layer& layer, const LayerResult& result) {
    Rgba colour{0, 0, 0, 0};
    if (const auto* single = std::get_if<SingleFill>(&layer.style.fill)) colour = single->colour;
    sample_row(layer, result, colour, layer.name);
}

void LegendWriter::add_circles(const Layer& layer, const LayerResult& result) {
    const ProportionalCircles& circles = *layer.style.circles;
    const std::vector<double> values = circle_legend_values(result.circle_max);
    const TextStyle style = plain();
    const double line = measure_text("Ag", style).height;
    const double largest =
        values.empty() ? 0 : circle_radius(values.front(), result.circle_max, circles.max_radius.value());
    const double top = y_ + std::max(1.0, line / 2);
    const double bottom = top + 2 * largest;
    const double label_left = 2 * largest + 16 * scale_;
    double label_middle = top;  // of the next label, moved down where circles' tops are nearer than a line
    for (const double value : values) {
        const double radius = circle_radius(value, result.circle_max, circles.max_radius.value());
        const double circle_top = bottom - 2 * radius;
        label_middle = std::max(label_middle, circle_top);
        block_.add(MarkItem{{largest + 1, bottom - radius},
                            MarkerShape::circle,
                            radius,
                            faded(circles.fill, layer.opacity),
                            circles.outline,
                            circles.outline_width.value()},
                   2 * largest + 2, bottom + 1);
        block_.add(PathItem{{{largest + 1, circle_top},
                             {2 * largest + 5 * scale_, circle_top},
                             {label_left - 4 * scale_, label_middle}},
                            false,
                            {0, 0, 0, 0},
                            Stroke{.colour = colours_.muted, .width = Pixels(0.8)}});
        block_.add_text(label_left, label_middle - line / 2, format_number(value), style);
        label_middle += line;
    }
    y_ = std::max(block_.height, bottom) + 4 * scale_;
    if (!std::holds_alternative<GraduatedFill>(layer.style.fill)) assumed_row(layer, result, false);
}

void LegendWriter::add_fill(const Layer& layer, const LayerResult& result, bool with_circles) {
    if (const auto* graduated = std::get_if<GraduatedFill>(&layer.style.fill)) {
        add_classes(layer, result, *graduated);
    } else if (const auto* categorised = std::get_if<CategorisedFill>(&layer.style.fill)) {
        add_categories(layer, result, *categorised);
    } else if (!with_circles || layer.style.hatch) {
        add_single(layer, result);
    }
}

/// A circle as on the map, with a number that is none of its own.
void LegendWriter::cluster_row(const Layer& layer) {
    const bool one_colour = std::holds_alternative<SingleFill>(layer.style.fill);
    const Rgba fill = themed(cluster_colour(layer), request_.theme, layer.background);
    add_gap(2);
    row(one_colour ? tr("Several, with their number") : tr("Several of any class, with their number"), plain(),
        [&](const PixelBox& box) {
            const Pixel middle{box.x + box.width / 2, box.y + box.height / 2};
            block_.add(MarkItem{middle, MarkerShape::circle, 8.5 * scale_, faded(fill, layer.opacity),
                                layer.style.marker.outline, 1});
            const TextStyle style{.size = 10 * scale_, .weight = 600, .colour = text_colour_on(fill)};
            const TextSize size = measure_text("n", style);
            block_.add(TextItem{{middle.x - size.width / 2, middle.y - size.height / 2}, "n", style});
        });
}

/// What a few densities look like, the densest first.
void LegendWriter::add_density(const Layer& layer, const CrowdView* crowd) {
    // Before there is a view the rows are as many as there will be, so that the room kept for them is right.
    DensityScale scale{.top = 1, .square_km = true, .ramp = {}};
    if (crowd != nullptr && crowd->density) scale = crowd->density->scale;
    write(0, layer.name, strong());
    add_gap(1);
    write(0, scale.square_km ? tr("points per km²") : tr("points per square unit of the map"), muted());
    add_gap(5);
    const std::vector<double> marks = scale.marks();
    for (auto mark = marks.rbegin(); mark != marks.rend(); ++mark) {
        row(format_number(*mark), plain(), [&](const PixelBox& box) {
            block_.add(RectItem{box, faded(scale.colour(*mark), layer.opacity), colours_.panel_line, 1, 2 * scale_},
                       box.x + box.width, box.y + box.height);
        });
    }
}

void LegendWriter::add_layer(const Layer& layer, const LayerResult& result, const CrowdView* crowd) {
    if (any()) add_gap(9);
    const CrowdingMode mode = crowd != nullptr ? crowd->mode : crowding_of_all(layer, result);
    const bool with_circles = layer.style.circles && !result.circle_values.empty() && mode == CrowdingMode::markers;
    const bool point_circles = with_circles && result.shapes->kind() == GeometryKind::point;
    if (mode == CrowdingMode::density) {
        add_density(layer, crowd);
    } else if (!point_circles) {
        add_fill(layer, result, with_circles);
    }
    if (mode == CrowdingMode::clusters) cluster_row(layer);
    if (with_circles) {
        const Measure& measure = layer.style.circles->measure;
        header(layer, result, measure_text_of(measure), measure_has_times(result, measure));
        add_circles(layer, result);
    }
    const uint32_t all = result.features->count();
    if (!layer.background && result.shown_count < all) {
        write(0, format_count_of(result.shown_count, all) + " " + tr("shown"), muted());
    }
}

struct Entry {
    const Layer* layer;
    const LayerResult* result;
    const CrowdView* crowd;
};

// The entries [from, to) below each other, without a card; the last column says how many were left out.
Block write_column(const std::vector<Entry>& entries, std::size_t from, std::size_t to, std::size_t left_out,
                   const MapRequest& request, double scale, double width) {
    LegendWriter writer(theme_colours(request.theme), request, scale, width);
    for (std::size_t i = from; i < to; ++i) {
        writer.add_layer(*entries[i].layer, *entries[i].result, entries[i].crowd);
    }
    if (left_out > 0) writer.add_left_out(static_cast<int>(left_out));
    return std::move(writer).finish();
}

Block write_legend(const std::vector<Entry>& entries, std::size_t count, const MapRequest& request, double scale,
                   double max_width, bool two_columns = false) {
    const double padding = 12 * scale;
    const double gap = 22 * scale;
    const double room = two_columns ? (max_width - 2 * padding - gap) / 2 : max_width - 2 * padding;
    const double width = std::min(250 * scale, room);
    const std::size_t left_out = entries.size() - count;
    Block block;
    if (two_columns) {
        // The cut that makes the higher column lowest.
        Block right;
        for (std::size_t cut = 1; cut < count; ++cut) {
            Block a = write_column(entries, 0, cut, 0, request, scale, width);
            Block b = write_column(entries, cut, count, left_out, request, scale, width);
            if (!block.empty() && std::max(a.height, b.height) >= std::max(block.height, right.height)) continue;
            block = std::move(a), right = std::move(b);
        }
        const double x = block.width + gap;
        append_moved(right.items, x, 0, block.items);
        block.width = x + right.width;
        block.height = std::max(block.height, right.height);
    } else {
        block = write_column(entries, 0, count, left_out, request, scale, width);
    }
    block.put_on_card(theme_colours(request.theme), padding, 8 * scale);
    return block;
}

}  // namespace

std::vector<double> circle_legend_values(double largest) {
    const auto round_down = [](double value) {
        const double power = std::pow(10, std::floor(std::log10(value) + 1e-12));
        for (const double step : {5.0, 2.0}) {
            if (step * power <= value * (1 + 1e-12)) return step * power;
        }
        return power;
    };
    std::vector<double> out;
    if (!(largest > 0) || !std::isfinite(largest)) return out;
    for (const double share : {1.0, 0.4, 0.1}) {
        const double value = round_down(largest * share);
        if (out.empty() || value < out.back()) out.push_back(value);
    }
    return out;
}

Block make_legend(const Workspace& workspace, const std::vector<LayerResultPtr>& layers, const MapRequest& request,
                  double max_width, double max_height, double columns_width, const std::vector<CrowdView>& crowds) {
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const Layer& layer = workspace.layers[i];
        const LayerResult& result = *layers[i];
        const bool drawn = result.features != nullptr && result.shapes->kind() != GeometryKind::none;
        if (layer.visible && layer.in_legend && drawn)
            entries.push_back({&layer, &result, i < crowds.size() ? &crowds[i] : nullptr});
    }
    if (entries.empty()) return {};
    const auto fits = [&](const Block& b) { return b.width <= max_width && b.height <= max_height; };
    double scale = request.furniture.text_scale;
    Block block = write_legend(entries, entries.size(), request, scale, max_width);
    if (fits(block)) return block;
    // Smaller text first, down to what can still be read; then two columns; then fewer layers.
    const double least = std::min(scale, 0.85);
    for (const bool two_columns : {false, true}) {
        if (two_columns && (entries.size() < 2 || columns_width < 1.5 * max_width)) break;
        const double width = two_columns ? columns_width : max_width;
        for (double s = scale; s >= least - 1e-9; s = s > least ? std::max(least, s * 0.9) : 0) {
            block = write_legend(entries, entries.size(), request, s, width, two_columns);
            if (block.width <= width && block.height <= max_height) return block;
        }
    }
    scale = least;
    block = write_legend(entries, entries.size(), request, scale, max_width);
    for (std::size_t count = entries.size(); !fits(block) && count-- > 1;) {
        block = write_legend(entries, count, request, scale, max_width);
    }
    while (!fits(block) && scale > 0.4) {
        scale *= 0.9;
        block = write_legend(entries, 1, request, scale, max_width);
    }
    return block;
}

}  // namespace diaban
