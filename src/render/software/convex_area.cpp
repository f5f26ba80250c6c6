#include "render/software/convex_area.h"

#include <algorithm>
#include <cmath>

#include "render/software/coverage_cells.h"

namespace diaban {
namespace {

constexpr double reach = 1 << 16;  ///< pixels from the part that a corner may lie away, larger than any picture

/// What of a convex ring lies where inside(p) ≥ 0, a linear function.
template <class Inside>
std::vector<Pixel> cut(const std::vector<Pixel>& ring, const Inside& inside) {
    std::vector<Pixel> out;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Pixel a = ring[i];
        const Pixel b = ring[(i + 1) % ring.size()];
        const double from = inside(a);
        const double to = inside(b);
        if (from >= 0) out.push_back(a);
        if ((from >= 0) == (to >= 0)) continue;
        const double t = from / (from - to);
        out.push_back({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
    }
    return out;
}

}  // namespace

ConvexArea convex_area(std::vector<Pixel> corners, const Part& part, Rgba colour) {
    for (Pixel& corner : corners)
        corner = {corner.x - part.x, corner.y - part.y};
    corners = cut(corners, [](Pixel p) { return p.x + reach; });
    corners = cut(corners, [](Pixel p) { return reach - p.x; });
    corners = cut(corners, [](Pixel p) { return p.y + reach; });
    corners = cut(corners, [](Pixel p) { return reach - p.y; });
    ConvexArea area{{}, {}, premultiplied(colour)};
    if (corners.size() < 3) return area;
    corners.push_back(corners.front());
    for (const Pixel corner : corners)
        area.ring.push_back({static_cast<int32_t>(std::lround(corner.x * fixed_one)),
                             static_cast<int32_t>(std::lround(corner.y * fixed_one))});
    const auto [left, right] = std::ranges::minmax(area.ring, {}, &FixedPoint::x);
    const auto [top, bottom] = std::ranges::minmax(area.ring, {}, &FixedPoint::y);
    area.box = {left.x, top.y, right.x, bottom.y};
    return area;
}

void paint_area(const ConvexArea& area, const Surface& surface, int first, int last) {
    const auto after = [](int32_t v) { return (v + fixed_one - 1) >> fixed_bits; };
    const int x0 = std::max(area.box.min_x >> fixed_bits, 0);
    const int x1 = std::min(after(area.box.max_x), surface.width);
    const int y0 = std::max(area.box.min_y >> fixed_bits, first);
    const int y1 = std::min(after(area.box.max_y), last);
    if (area.ring.empty() || x0 >= x1 || y0 >= y1) return;
    CoverageCells cells;
    cells.begin(x1 - x0, y1 - y0);
    cells.add(area.ring, {x0 * fixed_one, y0 * fixed_one}, 1);
    cells.sweep([&](int row, int from, int to, int cover) {
        const float share = static_cast<float>(cover) / CoverageCells::full;
        lay_over(surface.row(y0 + row) + std::ptrdiff_t{4} * (x0 + from), packed(area.colour * share), to - from);
    });
}

}  // namespace diaban
