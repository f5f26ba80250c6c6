#include "scene/label_space.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"

namespace diaban {
namespace {

/// Features whose cells are found in one go.
constexpr std::size_t chunk = 64;

/// The whole number at or below.
int whole(double v) {
    const int towards_zero = static_cast<int>(std::clamp(v, -1e6, 1e6));
    return v < towards_zero ? towards_zero - 1 : towards_zero;
}

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
    return clear(box);
}

bool PlacedLabels::clear(const PixelBox& box) const {
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
      cell_pixels_(grid.cell / frame.units_per_pixel),
      west_((frame.centre.x - grid.origin.x) / grid.cell),
      south_((frame.centre.y - grid.origin.y) / grid.cell),
      stride_(static_cast<std::size_t>(grid.columns) + 2),
      owner_(stride_ * (static_cast<std::size_t>(grid.rows) + 2), outside),
      run_offsets_{0},
      counts_(features.size(), 0) {
    for (int row = 0; row < grid.rows; ++row)
        std::fill_n(owner_.begin() + static_cast<std::ptrdiff_t>(index(0, row)), grid.columns, nobody);
    if (polygons != nullptr && !features.empty()) find_owners(*polygons, features);
    block(furniture);
    sum(covered);
    if (!features.empty()) measure_depth();
}

// Runs are found on all cores, then written in the order in which the features are drawn.
void LabelGround::find_owners(const Detail& polygons, const std::vector<uint32_t>& features) {
    std::vector<std::vector<CellRun>> chunks((features.size() + chunk - 1) / chunk);
    std::vector<std::size_t> ends(features.size());
    parallel_for(chunks.size(), [&](std::size_t c) {
        CellScanner scanner(polygons, grid_);
        for (std::size_t i = c * chunk; i < std::min(features.size(), (c + 1) * chunk); ++i) {
            scanner.append(features[i], chunks[c]);
            ends[i] = chunks[c].size();
        }
    });
    for (std::size_t c = 0; c < chunks.size(); ++c) {
        const std::size_t before = runs_.size();
        runs_.insert(runs_.end(), chunks[c].begin(), chunks[c].end());
        for (std::size_t i = c * chunk; i < std::min(features.size(), (c + 1) * chunk); ++i)
            run_offsets_.push_back(before + ends[i]);
    }
    for (std::size_t i = 0; i < features.size(); ++i) {
        for (const CellRun& run : runs_of(i)) {
            std::fill_n(owner_.begin() + static_cast<std::ptrdiff_t>(index(run.first, run.row)),
                        run.last - run.first + 1, static_cast<uint32_t>(i));
        }
    }
}

void LabelGround::block(const std::vector<PixelBox>& furniture) {
    for (int row = 0; row < grid_.rows; ++row) {
        const double y = centre_of(0, row).y;
        for (const PixelBox& box : furniture) {
            if (y < box.y || y >= box.y + box.height) continue;
            for (int column = 0; column < grid_.columns; ++column) {
                if (box.contains(centre_of(column, row))) owner_[index(column, row)] = blocked;
            }
        }
    }
}

// Sums over all cells below and left of each (summed-area tables, Crow 1984), and how many cells each feature has.
void LabelGround::sum(const std::vector<uint8_t>& covered) {
    sums_.assign(owner_.size(), 0);
    for (int row = 0; row < grid_.rows; ++row) {
        Counts of_row = 0;
        for (int column = 0; column < grid_.columns; ++column) {
            const uint32_t owner = owner_[index(column, row)];
            const bool someone = owner < outside;
            if (someone) ++counts_[owner];
            const Counts symbols = covered.empty() ? 0 : covered[grid_.index(column, row)];
            of_row += (someone ? Counts{1} : 0) | (owner == blocked ? Counts{1} << bits : 0) | symbols << (2 * bits);
            sums_[index(column, row)] = sums_[index(column, row - 1)] + of_row;
        }
    }
}

// Chamfer distance in two passes (Borgefors 1986, weights 1 and √2) to the nearest cell of another owner.
void LabelGround::measure_depth() {
    constexpr float diagonal = 1.41421356F;
    depth_.assign(owner_.size(), 1e6F);
    const auto relax = [&](std::size_t here, std::size_t there, float step) {
        const float by = owner_[there] == owner_[here] ? depth_[there] + step : 0.5F;
        depth_[here] = std::min(depth_[here], by);
    };
    for (int row = 0; row < grid_.rows; ++row) {
        const std::size_t first = index(0, row);
        for (std::size_t here = first; here < first + stride_ - 2; ++here) {
            relax(here, here - 1, 1);
            relax(here, here - stride_ - 1, diagonal);
            relax(here, here - stride_, 1);
            relax(here, here - stride_ + 1, diagonal);
        }
    }
    for (int row = grid_.rows - 1; row >= 0; --row) {
        const std::size_t first = index(0, row);
        for (std::size_t here = first + stride_ - 2; here-- > first;) {
            relax(here, here + 1, 1);
            relax(here, here + stride_ + 1, diagonal);
            relax(here, here + stride_, 1);
            relax(here, here + stride_ - 1, diagonal);
        }
    }
}

std::vector<LabelGround::Cell> LabelGround::cells_of(std::size_t position, std::size_t most) const {
    std::vector<Cell> out;
    const std::size_t all = counts_[position];
    if (all == 0) return out;
    const std::size_t stride = std::max<std::size_t>(1, all / most);
    std::size_t seen = 0;
    Cell deepest;
    double sum_x = 0;
    double sum_y = 0;
    std::vector<Cell> ties;
    for (const CellRun& run : runs_of(position)) {
        for (int column = run.first; column <= run.last; ++column) {
            const std::size_t at = index(column, run.row);
            if (owner_[at] != position) continue;
            const Cell cell{centre_of(column, run.row), static_cast<double>(depth_[at]) * cell_pixels_};
            sum_x += cell.at.x, sum_y += cell.at.y;
            if (cell.depth > deepest.depth + 1e-3) ties.clear(), deepest = cell;
            if (cell.depth > deepest.depth - 1e-3) ties.push_back(cell);
            if (seen++ % stride == stride / 2) out.push_back(cell);
        }
    }
    // Of equally deep cells (a rectangle has a line of them) the one nearest to the middle of what is visible.
    const Pixel middle{sum_x / static_cast<double>(all), sum_y / static_cast<double>(all)};
    const auto off = [&](const Cell& c) {
        const double dx = c.at.x - middle.x;
        const double dy = c.at.y - middle.y;
        return std::sqrt(dx * dx + dy * dy);
    };
    const auto best = std::min_element(ties.begin(), ties.end(),
                                       [&](const Cell& a, const Cell& b) { return off(a) < off(b) - 1e-6; });
    out.insert(out.begin(), *best);
    return out;
}

LabelGround::Cells LabelGround::cells_under(const PixelBox& box) const {
    const double left = west_ + (box.x - frame_.width / 2) / cell_pixels_;
    const double bottom = south_ - (box.y + box.height - frame_.height / 2) / cell_pixels_;
    Cells out{whole(left), whole(left + box.width / cell_pixels_), whole(bottom),
              whole(bottom + box.height / cell_pixels_)};
    out.all = static_cast<double>(out.last_column - out.first_column + 1) * (out.last_row - out.first_row + 1);
    out.first_column = std::max(out.first_column, 0);
    out.first_row = std::max(out.first_row, 0);
    out.last_column = std::min(out.last_column, grid_.columns - 1);
    out.last_row = std::min(out.last_row, grid_.rows - 1);
    return out;
}

LabelGround::Counts LabelGround::count(const Cells& cells) const {
    if (cells.empty()) return 0;
    return sums_[index(cells.last_column, cells.last_row)] - sums_[index(cells.first_column - 1, cells.last_row)] -
           sums_[index(cells.last_column, cells.first_row - 1)] +
           sums_[index(cells.first_column - 1, cells.first_row - 1)];
}

LabelGround::Over LabelGround::shares(Counts counts, const Cells& cells) {
    const double off_grid = cells.all - cells.size();
    return {static_cast<double>(counts & field) / cells.all,
            static_cast<double>((counts >> (2 * bits)) & field) / cells.all,
            (static_cast<double>((counts >> bits) & field) + off_grid) / cells.all};
}

LabelGround::Over LabelGround::over(const PixelBox& box) const {
    const Cells cells = cells_under(box);
    return shares(count(cells), cells);
}

bool LabelGround::surely_foreign(const PixelBox& box, std::size_t position) const {
    return (count(cells_under(box)) & field) > counts_[position];
}

LabelGround::Cover LabelGround::cover(const PixelBox& box, std::size_t position) const {
    const Cells cells = cells_under(box);
    const Counts counts = count(cells);
    const Counts someone = counts & field;
    Counts own = 0;
    for (int row = cells.first_row; someone > 0 && position < counts_.size() && row <= cells.last_row; ++row) {
        const uint32_t* const owners = owner_.data() + index(0, row);
        for (int column = cells.first_column; column <= cells.last_column; ++column)
            own += owners[column] == position ? 1 : 0;
    }
    const Over over = shares(counts, cells);
    return {static_cast<double>(own) / cells.all, static_cast<double>(someone - own) / cells.all, over.symbols,
            over.blocked};
}

}  // namespace diaban
