// Signed areas: an edge adds to each cell of a row what of it lies to the edge's right, so that the sum from the left
// is what the shape covers of a pixel. Each row is computed by itself, from the edges that cross it.
#include "render/software/convex_area.h"

#include <algorithm>
#include <cmath>

namespace diaban {
namespace {

/// One row of cells, the one after the last for what lies beyond.
class CoverRow {
public:
    explicit CoverRow(int width) : cells_(static_cast<std::size_t>(width) + 1) {}

    void clear() { std::ranges::fill(cells_, 0.0); }

    /// An edge's piece within the row, `height` of it, signed by its direction.
    void add(double x0, double x1, double height) {
        if (x0 > x1) std::swap(x0, x1);
        const auto end = static_cast<double>(cells_.size() - 1);
        const double a = std::clamp(x0, 0.0, end);
        const double b = std::clamp(x1, 0.0, end);
        const double slope = x1 > x0 ? height / (x1 - x0) : 0;
        if (!(x1 > x0)) {
            add_cell(a, a, height);
            return;
        }
        // Left of the first cell all of it counts; beyond the last nothing is seen.
        if (x0 < 0) cells_[0] += slope * (std::min(x1, 0.0) - x0);
        for (double from = a; from < b;) {
            const double to = std::min(b, std::floor(from) + 1);
            add_cell(from, to, slope * (to - from));
            from = to;
        }
    }

    [[nodiscard]] const std::vector<double>& cells() const { return cells_; }

private:
    void add_cell(double from, double to, double height) {
        const auto cell = std::min(static_cast<std::size_t>(from), cells_.size() - 1);
        const double left_away = (from + to) / 2 - static_cast<double>(cell);
        cells_[cell] += height * (1 - left_away);
        if (cell + 1 < cells_.size()) cells_[cell + 1] += height * left_away;
    }

    std::vector<double> cells_;
};

}  // namespace

void paint_area(const ConvexArea& area, const Part& part, const Surface& surface, int first, int last) {
    const auto [left, right] = std::ranges::minmax(area.corners, {}, &Pixel::x);
    const auto [top, bottom] = std::ranges::minmax(area.corners, {}, &Pixel::y);
    const auto limited = [](double v, int least, int most) {
        return static_cast<int>(std::clamp(v, double{0} + least, double{0} + most));
    };
    const int x0 = limited(std::floor(left.x - part.x), 0, surface.width);
    const int x1 = limited(std::ceil(right.x - part.x), x0, surface.width);
    const int y0 = limited(std::floor(top.y - part.y), first, last);
    const int y1 = limited(std::ceil(bottom.y - part.y), y0, last);
    CoverRow cover(x1 - x0);
    for (int y = y0; y < y1; ++y) {
        cover.clear();
        for (std::size_t i = 0; i < area.corners.size(); ++i) {
            const Pixel a = area.corners[i];
            const Pixel b = area.corners[(i + 1) % area.corners.size()];
            const double from = std::clamp(a.y - part.y - y, 0.0, 1.0);
            const double to = std::clamp(b.y - part.y - y, 0.0, 1.0);
            if (from == to) continue;
            const auto x_at = [&](double v) {
                return a.x + (b.x - a.x) * std::clamp((v + y + part.y - a.y) / (b.y - a.y), 0.0, 1.0) - part.x - x0;
            };
            cover.add(x_at(from), x_at(to), to - from);
        }
        double sum = 0;
        for (int x = x0; x < x1; ++x) {
            sum += cover.cells()[static_cast<std::size_t>(x - x0)];
            const auto share = static_cast<float>(std::min(std::abs(sum), 1.0));
            if (share > 1e-6F) lay_over(surface.row(y) + 4 * x, packed(area.colour * share));
        }
    }
}

}  // namespace diaban
