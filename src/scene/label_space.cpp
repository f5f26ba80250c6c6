#include "scene/label_space.h"

#include <algorithm>
#include <cmath>

namespace diaban {
namespace {

double turn(Pixel a, Pixel b, Pixel c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

}  // namespace

bool crosses(const Segment& s, const Segment& t) {
    const double d1 = turn(s.a, s.b, t.a);
    const double d2 = turn(s.a, s.b, t.b);
    const double d3 = turn(t.a, t.b, s.a);
    const double d4 = turn(t.a, t.b, s.b);
    return ((d1 > 0) != (d2 > 0)) && ((d3 > 0) != (d4 > 0));
}

bool crosses(const Segment& segment, const PixelBox& box) {
    if (box.contains(segment.a) || box.contains(segment.b)) return true;
    const Pixel nw{box.x, box.y};
    const Pixel ne{box.x + box.width, box.y};
    const Pixel se{box.x + box.width, box.y + box.height};
    const Pixel sw{box.x, box.y + box.height};
    return crosses(segment, Segment{nw, se}) || crosses(segment, Segment{ne, sw});
}

PlacedLabels::PlacedLabels(double width, double height)
    : width_(width),
      height_(height),
      columns_(1 + static_cast<int>(width / bucket_)),
      rows_(1 + static_cast<int>(height / bucket_)),
      buckets_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_)) {}

template <class Visit>
void PlacedLabels::for_buckets(const PixelBox& box, Visit&& visit) const {
    const auto at = [](double v, int count) { return std::clamp(static_cast<int>(v / bucket_), 0, count - 1); };
    for (int row = at(box.y, rows_); row <= at(box.y + box.height, rows_); ++row) {
        for (int column = at(box.x, columns_); column <= at(box.x + box.width, columns_); ++column) {
            visit(static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
                  static_cast<std::size_t>(column));
        }
    }
}

void PlacedLabels::add(const PixelBox& box) {
    for_buckets(box, [&](std::size_t bucket) { buckets_[bucket].push_back(box); });
}

bool PlacedLabels::free(const PixelBox& box) const {
    constexpr double edge = 3;
    if (box.x < edge || box.y < edge || box.x + box.width > width_ - edge || box.y + box.height > height_ - edge) {
        return false;
    }
    bool free = true;
    for_buckets(box, [&](std::size_t bucket) {
        free = free && std::none_of(buckets_[bucket].begin(), buckets_[bucket].end(),
                                    [&](const PixelBox& other) { return other.intersects(box); });
    });
    return free &&
           std::none_of(leaders_.begin(), leaders_.end(), [&](const Segment& leader) { return crosses(leader, box); });
}

bool PlacedLabels::free(const Segment& leader) const {
    const PixelBox around{std::min(leader.a.x, leader.b.x), std::min(leader.a.y, leader.b.y),
                          std::abs(leader.a.x - leader.b.x), std::abs(leader.a.y - leader.b.y)};
    bool free = true;
    for_buckets(around, [&](std::size_t bucket) {
        free = free && std::none_of(buckets_[bucket].begin(), buckets_[bucket].end(),
                                    [&](const PixelBox& other) { return crosses(leader, other); });
    });
    return free &&
           std::none_of(leaders_.begin(), leaders_.end(), [&](const Segment& other) { return crosses(leader, other); });
}

CellGrid label_grid(const Frame& frame) {
    // About 60,000 cells whatever the picture's size, none smaller than 4 pixels.
    const double pixels = std::max(4.0, std::sqrt(frame.width * frame.height / 60'000));
    const Box extent = frame.extent();
    CellGrid grid;
    grid.cell = pixels * frame.units_per_pixel;
    grid.origin = {std::floor(extent.min_x / grid.cell) * grid.cell, std::floor(extent.min_y / grid.cell) * grid.cell};
    grid.columns = static_cast<int>(std::ceil((extent.max_x - grid.origin.x) / grid.cell));
    grid.rows = static_cast<int>(std::ceil((extent.max_y - grid.origin.y) / grid.cell));
    return grid;
}

LabelGround::LabelGround(const Frame& frame, const CellGrid& grid, const Detail* polygons,
                         const std::vector<uint32_t>& features, const std::vector<PixelBox>& furniture,
                         const std::vector<uint8_t>& covered)
    : frame_(frame),
      grid_(grid),
      covered_(covered),
      features_(features),
      cell_pixels_(grid.cell / frame.units_per_pixel),
      owner_(grid.size(), nobody),
      runs_(features.size()),
      counts_(features.size(), 0) {
    for (std::size_t i = 0; i < features.size(); ++i) {
        const uint32_t f = features[i];
        runs_[i] = covered_cells(*polygons, f, grid);
        for (const CellRun& run : runs_[i]) {
            std::fill(owner_.begin() + static_cast<std::ptrdiff_t>(grid.index(run.first, run.row)),
                      owner_.begin() + static_cast<std::ptrdiff_t>(grid.index(run.last, run.row)) + 1, f);
        }
    }
    for (int row = 0; row < grid.rows; ++row) {
        const double y = centre_of(0, row).y;
        for (const PixelBox& box : furniture) {
            if (y < box.y || y >= box.y + box.height) continue;
            for (int column = 0; column < grid.columns; ++column) {
                if (box.contains(centre_of(column, row))) owner_[grid.index(column, row)] = blocked;
            }
        }
    }
    for (std::size_t i = 0; i < features.size(); ++i) {
        for (const CellRun& run : runs_[i]) {
            for (int column = run.first; column <= run.last; ++column) {
                counts_[i] += owner_[grid.index(column, run.row)] == features[i] ? 1U : 0U;
            }
        }
    }
    measure_depth();
}

// Chamfer distance in two passes (Borgefors 1986, weights 1 and √2) to the nearest cell of another owner.
void LabelGround::measure_depth() {
    constexpr float diagonal = 1.41421356F;
    depth_.assign(grid_.size(), 1e6F);
    const auto relax = [&](int column, int row, int dx, int dy) {
        const std::size_t here = grid_.index(column, row);
        const int x = column + dx;
        const int y = row + dy;
        const bool outside = x < 0 || y < 0 || x >= grid_.columns || y >= grid_.rows;
        if (outside || owner_[grid_.index(x, y)] != owner_[here]) {
            depth_[here] = std::min(depth_[here], 0.5F);
        } else {
            const float step = dx != 0 && dy != 0 ? diagonal : 1.0F;
            depth_[here] = std::min(depth_[here], depth_[grid_.index(x, y)] + step);
        }
    };
    for (int row = 0; row < grid_.rows; ++row) {
        for (int column = 0; column < grid_.columns; ++column) {
            for (const auto& [dx, dy] : {std::pair{-1, 0}, {-1, -1}, {0, -1}, {1, -1}}) {
                relax(column, row, dx, dy);
            }
        }
    }
    for (int row = grid_.rows - 1; row >= 0; --row) {
        for (int column = grid_.columns - 1; column >= 0; --column) {
            for (const auto& [dx, dy] : {std::pair{1, 0}, {1, 1}, {0, 1}, {-1, 1}}) {
                relax(column, row, dx, dy);
            }
        }
    }
}

std::vector<LabelGround::Cell> LabelGround::cells_of(std::size_t position, std::size_t most) const {
    std::vector<Cell> out;
    const std::size_t count = counts_[position];
    if (count == 0) return out;
    const std::size_t stride = std::max<std::size_t>(1, count / most);
    std::size_t seen = 0;
    Cell deepest;
    double sum_x = 0;
    double sum_y = 0;
    std::vector<Cell> ties;
    for (const CellRun& run : runs_[position]) {
        for (int column = run.first; column <= run.last; ++column) {
            const std::size_t index = grid_.index(column, run.row);
            if (owner_[index] != features_[position]) continue;
            const Cell cell{centre_of(column, run.row), static_cast<double>(depth_[index]) * cell_pixels_};
            sum_x += cell.at.x, sum_y += cell.at.y;
            if (cell.depth > deepest.depth + 1e-3) ties.clear(), deepest = cell;
            if (cell.depth > deepest.depth - 1e-3) ties.push_back(cell);
            if (seen++ % stride == stride / 2) out.push_back(cell);
        }
    }
    // Of equally deep cells (a rectangle has a line of them) the one nearest to the middle of what is visible.
    const Pixel middle{sum_x / static_cast<double>(count), sum_y / static_cast<double>(count)};
    const auto off = [&](const Cell& c) { return std::hypot(c.at.x - middle.x, c.at.y - middle.y); };
    const auto best = std::min_element(ties.begin(), ties.end(),
                                       [&](const Cell& a, const Cell& b) { return off(a) < off(b) - 1e-6; });
    out.insert(out.begin(), *best);
    return out;
}

LabelGround::Cover LabelGround::cover(const PixelBox& box, uint32_t feature) const {
    const Point low = frame_.to_map({box.x, box.y + box.height});
    const double left = (low.x - grid_.origin.x) / grid_.cell;
    const double bottom = (low.y - grid_.origin.y) / grid_.cell;
    const int first_column = static_cast<int>(std::floor(left));
    const int last_column = static_cast<int>(std::floor(left + box.width / cell_pixels_));
    const int first_row = static_cast<int>(std::floor(bottom));
    const int last_row = static_cast<int>(std::floor(bottom + box.height / cell_pixels_));
    int own = 0;
    int foreign = 0;
    int symbols = 0;
    int hidden = 0;
    for (int row = first_row; row <= last_row; ++row) {
        for (int column = first_column; column <= last_column; ++column) {
            if (column < 0 || row < 0 || column >= grid_.columns || row >= grid_.rows) {
                ++hidden;
                continue;
            }
            const std::size_t index = grid_.index(column, row);
            symbols += covered_[index];
            const uint32_t owner = owner_[index];
            own += owner == feature ? 1 : 0;
            hidden += owner == blocked ? 1 : 0;
            foreign += owner != feature && owner != blocked && owner != nobody ? 1 : 0;
        }
    }
    const double all = static_cast<double>(last_column - first_column + 1) * (last_row - first_row + 1);
    return {own / all, foreign / all, symbols / all, hidden / all};
}

}  // namespace diaban
