// Lines: see map_bands.h.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

#include "base/error.h"
#include "render/software/map_bands.h"
#include "render/software/pixel_parts.h"
#include "render/software/placed_lines.h"
#include "render/software/row_bins.h"
#include "render/software/stroke_cover.h"

namespace diaban {
namespace {

/// On, off, on, off … in device pixels; an odd list is said twice, as in SVG. Empty when it would draw a solid line.
std::vector<float> dash_pattern(const std::vector<double>& dashes, double ratio) {
    std::vector<float> pattern;
    const std::size_t count = dashes.size() % 2 == 0 ? dashes.size() : 2 * dashes.size();
    float gaps = 0;
    for (std::size_t i = 0; i < count; ++i) {
        pattern.push_back(static_cast<float>(std::max(0.0, dashes[i % dashes.size()]) * ratio));
        if (i % 2 == 1) gaps += pattern.back();
    }
    if (!(gaps > 0) || !std::isfinite(gaps)) pattern.clear();
    return pattern;
}

Pen pen_of(const Stroke& stroke, double ratio) {
    Pen pen;
    pen.half_width = static_cast<float>(std::max(0.0, stroke.width.value()) * ratio / 2);
    if (stroke.casing && stroke.casing_width.value() > 0)
        pen.casing_half_width = pen.half_width + static_cast<float>(stroke.casing_width.value() * ratio);
    pen.dashes = dash_pattern(stroke.dashes, ratio);
    pen.period = std::accumulate(pen.dashes.begin(), pen.dashes.end(), 0.0F);
    return pen;
}

bool visible(const Pen& pen) {
    return std::isfinite(pen.reach()) && (pen.half_width > 0 || pen.cased());
}

/// Lays a colour over pixels where they are covered. Most of a row is not.
void lay_covered(uint8_t* pixels, const uint8_t* cover, int from, int to, Rgba colour) {
    const uint32_t above[4] = {colour.r, colour.g, colour.b, 255};
    for (int x = from; x < to;) {
        uint64_t eight = 0;
        if (x + 8 <= to) {
            std::memcpy(&eight, cover + x, sizeof(eight));
            if (eight == 0) {
                x += 8;
                continue;
            }
        }
        const int end = std::min(x + 8, to);
        for (; x < end; ++x) {
            const uint32_t part = divided_by_255(uint32_t{cover[x]} * colour.a);
            if (part == 0) continue;
            uint8_t* pixel = pixels + std::ptrdiff_t{4} * x;
            for (int c = 0; c < 4; ++c)
                pixel[c] = static_cast<uint8_t>(divided_by_255(pixel[c] * (255 - part) + above[c] * part));
        }
    }
}

class StrokeBands final : public BandPainter {
public:
    StrokeBands(const Stroke& stroke, double opacity, Pen pen, const PartView& view, PlacedLines lines)
        : pen_(std::move(pen)),
          lines_(std::move(lines)),
          line_(pen_.half_width > 0 ? stroke.colour : Rgba{0, 0, 0, 0}),
          casing_(pen_.cased() ? *stroke.casing : Rgba{0, 0, 0, 0}),
          opacity_(opacity) {
        const int reach = static_cast<int>(std::ceil(pen_.reach())) + 1;
        bins_.build(lines_.paths.size(), view.part.height, [&](std::size_t i) {
            const FixedBox& box = lines_.paths[i].box;
            return std::pair((box.min_y >> fixed_bits) - reach, (box.max_y >> fixed_bits) + reach);
        });
    }

    void paint(const Surface& surface, int first, int last) const override {
        thread_local StrokeCover cover;
        RowBins::each_bin(first, last, [&](int bin, int from, int to) {
            if (bins_.of(bin).empty()) return;
            cover.begin(surface.width, from, to);
            for (const uint32_t i : bins_.of(bin)) {
                const PlacedLines::Path& path = lines_.paths[i];
                cover.add(lines_.points_of(path), lines_.along_of(path), path.box, pen_);
            }
            for (int row = from; row < to; ++row) {
                cover.take(row, [&](int left, int right, const uint8_t* line, const uint8_t* casing) {
                    lay(surface.row(row), left, right, line, casing);
                });
            }
        });
    }

private:
    void lay(uint8_t* pixels, int from, int to, const uint8_t* line, const uint8_t* casing) const {
        if (casing_.a == 0) return lay_covered(pixels, line, from, to, at_opacity(line_, opacity_));
        if (opacity_ >= 1) {
            lay_covered(pixels, casing, from, to, casing_);
            return lay_covered(pixels, line, from, to, line_);
        }
        // Line over casing first, then both at the item's opacity.
        const auto opacity = static_cast<uint32_t>(std::lround(opacity_ * 255));
        const PackedPixel above = packed(premultiplied(line_));
        const PackedPixel below = packed(premultiplied(casing_));
        for (int x = from; x < to; ++x) {
            if (line[x] == 0 && casing[x] == 0) continue;
            const PackedPixel both = laid_over(part_of(below, casing[x]), part_of(above, line[x]));
            lay_over(pixels + std::ptrdiff_t{4} * x, part_of(both, opacity));
        }
    }

    Pen pen_;
    PlacedLines lines_;
    Rgba line_, casing_;
    double opacity_;
    RowBins bins_;
};

BandPainterPtr made(const Stroke& stroke, double opacity, Pen pen, const PartView& view, PlacedLines lines) {
    if (lines.paths.empty()) return nullptr;
    return std::make_unique<const StrokeBands>(stroke, std::min(opacity, 1.0), std::move(pen), view, std::move(lines));
}

}  // namespace

BandPainterPtr prepare(const StrokeItem& item, const PartView& view) {
    if (!item.detail || item.detail->arcs.empty() || !(item.opacity > 0)) return nullptr;
    const Detail& detail = *item.detail;
    DIABAN_CHECK(!item.shown || item.shown->size() == detail.feature_count());
    Pen pen = pen_of(item.stroke, view.frame.pixel_ratio);
    if (!visible(pen) || !paintable(view)) return nullptr;
    const double reach = pen.reach();
    std::vector<uint32_t> features = detail.index.query(view.extent(reach + 1));
    if (item.shown) std::erase_if(features, [&](uint32_t f) { return (*item.shown)[f] == 0; });
    PlacedLines lines = place_lines(detail, features, view, reach, pen.period);
    return made(item.stroke, item.opacity, std::move(pen), view, std::move(lines));
}

BandPainterPtr prepare_path(std::span<const Pixel> path, bool closed, const Stroke& stroke, const PartView& view) {
    Pen pen = pen_of(stroke, view.frame.pixel_ratio);
    if (path.size() < 2 || !visible(pen) || !paintable(view)) return nullptr;
    PlacedLines lines = place_path(path, closed, view, pen.reach(), pen.period);
    return made(stroke, 1, std::move(pen), view, std::move(lines));
}

}  // namespace diaban
