#include "geo/crs/grid_transform.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace diaban {
namespace {

constexpr uint32_t fewest_patches = 8;
constexpr uint32_t most_patches = 64;
/// One in so many patches may go the exact way before finer ones are tried.
constexpr uint32_t few_share = 8;
/// Nodes of a patch along an axis: a cubic goes through four.
constexpr std::size_t nodes = 4;

/// Rows: the powers of t, columns: the nodes at t = 0, 1/3, 2/3, 1. What the cubic through four values is (Lagrange).
constexpr std::array<std::array<double, nodes>, nodes> cubic{
    {{1, 0, 0, 0}, {-5.5, 9, -4.5, 1}, {9, -22.5, 18, -4.5}, {-4.5, 13.5, -13.5, 4.5}}};

double evaluate(const double (&c)[4][4], double u, double v) {
    double sum = 0;
    for (std::size_t i = nodes; i-- > 0;)
        sum = sum * u + (((c[i][3] * v + c[i][2]) * v + c[i][1]) * v + c[i][0]);
    return sum;
}

bool finite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

double median(std::vector<double>& values) {
    std::erase_if(values, [](double v) { return !std::isfinite(v) || v <= 0; });
    if (values.empty()) return 1;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

}  // namespace

GridTransform::GridTransform(const Transform& exact, const Box& region, double precision) {
    if (exact.identity()) return;
    exact_ = exact;
    everywhere_ = false;
    if (region.empty() || !std::isfinite(region.width()) || !std::isfinite(region.height())) return;
    // A little larger, so that what lies on its edge lies inside; and never without area.
    const double margin = std::max({1e-3 * std::max(region.width(), region.height()),
                                    1e-9 * std::max(std::abs(region.min_x), std::abs(region.max_y)), 1e-9});
    region_ = region.grown(margin);
    measure(exact);
    const double size = std::max(region_.width() * scale_x_, region_.height() * scale_y_);
    for (uint32_t side = fewest_patches; side <= most_patches; side *= 2)
        if (try_patches(exact, side, size * precision)) return;
}

bool GridTransform::try_patches(const Transform& exact, uint32_t side, double tolerance) {
    const std::size_t lines = std::size_t{side} * (nodes - 1) + 1;
    const double step_x = region_.width() / static_cast<double>(lines - 1);
    const double step_y = region_.height() / static_cast<double>(lines - 1);
    std::vector<Point> at;
    at.reserve(lines * lines);
    for (std::size_t row = 0; row < lines; ++row)
        for (std::size_t column = 0; column < lines; ++column)
            at.push_back({region_.min_x + static_cast<double>(column) * step_x,
                          region_.min_y + static_cast<double>(row) * step_y});
    const std::vector<Point> there = exact.apply(at);

    side_ = side;
    per_unit_x_ = side / region_.width();
    per_unit_y_ = side / region_.height();
    patches_.assign(std::size_t{side} * side, {});
    good_.assign(patches_.size(), 1);
    for (std::size_t row = 0; row < side; ++row) {
        for (std::size_t column = 0; column < side; ++column) {
            Patch& patch = patches_[row * side + column];
            for (std::size_t i = 0; i < nodes; ++i) {
                for (std::size_t j = 0; j < nodes; ++j) {
                    double x = 0;
                    double y = 0;
                    for (std::size_t a = 0; a < nodes; ++a) {
                        for (std::size_t b = 0; b < nodes; ++b) {
                            const Point p = there[(row * (nodes - 1) + b) * lines + column * (nodes - 1) + a];
                            x += cubic[i][a] * cubic[j][b] * p.x;
                            y += cubic[i][a] * cubic[j][b] * p.y;
                        }
                    }
                    patch.x[i][j] = x;
                    patch.y[i][j] = y;
                }
            }
        }
    }

    // Between the nodes, where a cubic is off most.
    static constexpr std::array<double, 3> checked{1.0 / 6, 0.5, 5.0 / 6};
    std::vector<Point> between;
    for (std::size_t row = 0; row < side; ++row)
        for (std::size_t column = 0; column < side; ++column)
            for (const double v : checked)
                for (const double u : checked)
                    between.push_back({region_.min_x + (static_cast<double>(column) + u) / per_unit_x_,
                                       region_.min_y + (static_cast<double>(row) + v) / per_unit_y_});
    const std::vector<Point> right = exact.apply(between);
    exact_patches_ = 0;
    everywhere_ = std::ranges::all_of(there, finite) && std::ranges::all_of(right, finite);
    for (std::size_t patch = 0; patch < patches_.size(); ++patch) {
        for (std::size_t i = 0; i < checked.size() * checked.size() && good_[patch] != 0; ++i) {
            const double u = checked[i % checked.size()];
            const double v = checked[i / checked.size()];
            const Point wanted = right[patch * checked.size() * checked.size() + i];
            const double off =
                std::hypot(evaluate(patches_[patch].x, u, v) - wanted.x, evaluate(patches_[patch].y, u, v) - wanted.y);
            if (!(off <= tolerance)) good_[patch] = 0;  // also when it is not a number
        }
        exact_patches_ += good_[patch] == 0 ? 1U : 0U;
    }
    // Finer patches mend what bends, but not a line along which the way itself changes, as between two datum shifts.
    return exact_patches_ == 0 || (side > fewest_patches && exact_patches_ * few_share <= patches_.size());
}

void GridTransform::measure(const Transform& exact) {
    constexpr int side = 12;
    constexpr double share = 1.0 / 64;  // of the region: half the length of the lines that are tried
    const double x = region_.width() * share;
    const double y = region_.height() * share;
    static constexpr std::array<Point, 4> ways{{{1, 0}, {0, 1}, {0.7071, 0.7071}, {0.7071, -0.7071}}};
    std::vector<Point> at;
    for (int row = 0; row < side; ++row) {
        for (int column = 0; column < side; ++column) {
            const Point middle{region_.min_x + (column + 0.5) / side * region_.width(),
                               region_.min_y + (row + 0.5) / side * region_.height()};
            for (const Point way : ways) {
                at.push_back({middle.x - way.x * x, middle.y - way.y * y});
                at.push_back(middle);
                at.push_back({middle.x + way.x * x, middle.y + way.y * y});
            }
        }
    }
    const std::vector<Point> there = exact.apply(at);
    std::vector<double> scales_x;
    std::vector<double> scales_y;
    for (std::size_t i = 0; i < there.size(); i += 3) {
        const Point a = there[i];
        const Point b = there[i + 1];
        const Point c = there[i + 2];
        if (!finite(a) || !finite(b) || !finite(c)) continue;
        const double length = std::hypot(at[i + 2].x - at[i].x, at[i + 2].y - at[i].y);
        const double off = std::hypot(b.x - (a.x + c.x) / 2, b.y - (a.y + c.y) / 2);
        bend_ = std::max(bend_, off / (length * length));
        const std::size_t way = i / 3 % ways.size();
        const double scale = std::hypot(c.x - a.x, c.y - a.y) / length;
        if (way == 0) scales_x.push_back(scale);
        if (way == 1) scales_y.push_back(scale);
    }
    scale_x_ = median(scales_x);
    scale_y_ = median(scales_y);
}

Point GridTransform::apply(Point p) const {
    if (!exact_) return p;
    const double u = (p.x - region_.min_x) * per_unit_x_;
    const double v = (p.y - region_.min_y) * per_unit_y_;
    if (side_ == 0 || !(u >= 0 && v >= 0 && u < side_ && v < side_)) return exact_->apply(p);
    const auto column = static_cast<uint32_t>(u);
    const auto row = static_cast<uint32_t>(v);
    const std::size_t index = std::size_t{row} * side_ + column;
    if (good_[index] == 0) return exact_->apply(p);
    const Patch& patch = patches_[index];
    return {evaluate(patch.x, u - column, v - row), evaluate(patch.y, u - column, v - row)};
}

}  // namespace diaban
