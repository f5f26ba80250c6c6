#include "scene/points/density.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

#include "base/parallel.h"

namespace diaban {
namespace {

/// Cells are at least this wide (logical pixels), and at least this part of the kernel's deviation.
constexpr double least_cell = 2;
constexpr double cells_to_sigma = 4;
constexpr double cut_off = 3;  // of deviations
/// A window's edges lie on whole tiles of about this many logical pixels.
constexpr double window_tile = 512;

std::vector<float> half_kernel(double sigma_cells) {
    const auto reach = static_cast<std::size_t>(std::ceil(cut_off * sigma_cells));
    std::vector<float> weights;
    double sum = 0;
    for (std::size_t k = 0; k <= reach; ++k) {
        const double weight = std::exp(-0.5 * std::pow(static_cast<double>(k) / sigma_cells, 2));
        weights.push_back(static_cast<float>(weight));
        sum += k == 0 ? weight : 2 * weight;
    }
    for (float& weight : weights)
        weight = static_cast<float>(weight / sum);
    return weights;
}

std::size_t to_size(int64_t value) {
    return static_cast<std::size_t>(value);
}

/// Shown points in each cell of a window.
std::vector<float> bin(const PointCrowd& crowd, const CellWindow& window) {
    std::vector<float> out(to_size(window.columns) * to_size(window.rows), 0.0F);
    const CurveOrder& order = crowd.order();
    // Blocks of cells are counted side by side: each writes to its own cells.
    std::vector<CurveRange> blocks;
    order.for_each_cell(window.level + 6, box_of(order, window),
                        [&](const CurveCell&, const CurveRange& points) { blocks.push_back(points); });
    parallel_for(blocks.size(), [&](std::size_t i) {
        order.for_each_run(window.level, blocks[i], [&](const CurveCell& cell, const CurveRange& points) {
            const int64_t column = int64_t{cell.column} - window.column;
            const int64_t row = int64_t{cell.row} - window.row;
            if (column < 0 || row < 0 || column >= window.columns || row >= window.rows) return;
            out[to_size(row) * to_size(window.columns) + to_size(column)] = static_cast<float>(crowd.count(points));
        });
    });
    return out;
}

/// out[x] += weight × (in[x - k] + in[x + k]), for the pass along columns, where neighbours are whole rows.
void add_pair(std::span<float> out, const float* below, const float* above, float weight) {
    for (std::size_t x = 0; x < out.size(); ++x)
        out[x] += weight * (below[x] + above[x]);
}

void add_row(std::span<float> out, const float* in, float weight) {
    for (std::size_t x = 0; x < out.size(); ++x)
        out[x] += weight * in[x];
}

bool blank(std::span<const float> row) {
    return std::ranges::all_of(row, [](float v) { return v == 0; });
}

/// Rows in parallel, a few at a time.
void for_rows(std::size_t rows, const std::function<void(std::size_t)>& body) {
    constexpr std::size_t at_once = 16;
    parallel_for((rows + at_once - 1) / at_once, [&](std::size_t i) {
        for (std::size_t row = i * at_once; row < std::min(rows, (i + 1) * at_once); ++row)
            body(row);
    });
}

/// The middle of a grid that is `reach` cells larger on each side.
std::vector<float> blur(const std::vector<float>& in, std::size_t columns, std::size_t rows,
                        const std::vector<float>& weights) {
    const std::size_t reach = weights.size() - 1;
    const std::size_t inner = columns - 2 * reach;
    std::vector<float> across(inner * rows, 0.0F);
    std::vector<uint8_t> empty(rows, 1);
    for_rows(rows, [&](std::size_t row) {
        const float* const from = in.data() + row * columns;
        if (blank({from, columns})) return;
        empty[row] = 0;
        const std::span<float> out(across.data() + row * inner, inner);
        add_row(out, from + reach, weights[0]);
        for (std::size_t k = 1; k <= reach; ++k)
            add_pair(out, from + reach - k, from + reach + k, weights[k]);
    });
    const std::size_t inner_rows = rows - 2 * reach;
    std::vector<float> result(inner * inner_rows, 0.0F);
    for_rows(inner_rows, [&](std::size_t row) {
        const std::span<float> out(result.data() + row * inner, inner);
        const auto at = [&](std::size_t r) { return across.data() + r * inner; };
        if (empty[row + reach] == 0) add_row(out, at(row + reach), weights[0]);
        for (std::size_t k = 1; k <= reach; ++k) {
            if (empty[row + reach - k] != 0 && empty[row + reach + k] != 0) continue;
            add_pair(out, at(row + reach - k), at(row + reach + k), weights[k]);
        }
    });
    return result;
}

/// The ground's scale over a window, at a few nodes and in between by straight lines: no CRS varies faster over a
/// picture than that follows.
class GroundScales {
public:
    GroundScales(const Box& extent, const std::optional<Transform>& to_degrees) {
        const double middle = to_degrees ? ground_scale(extent.centre(), step(extent), *to_degrees) : 1;
        for (int row = 0; row < nodes; ++row) {
            for (int column = 0; column < nodes; ++column) {
                const Point at{extent.min_x + extent.width() * column / (nodes - 1),
                               extent.min_y + extent.height() * row / (nodes - 1)};
                double scale = to_degrees ? ground_scale(at, step(extent), *to_degrees) : 1;
                if (!(scale > 0)) scale = middle > 0 ? middle : 1;  // the edge of what the CRS holds
                values_[to_size(row)][to_size(column)] = scale;
            }
        }
    }

    /// What 1 / scale is at the middles of `columns` cells of a row, `across` (0–1) the window's height.
    void inverses(double across, std::span<float> out) const {
        std::array<double, nodes> row{};
        const double y = std::clamp(across, 0.0, 1.0) * (nodes - 1);
        const std::size_t below = std::min(to_size(static_cast<int64_t>(y)), to_size(nodes - 2));
        for (std::size_t i = 0; i < row.size(); ++i)
            row[i] = 1 / std::lerp(values_[below][i], values_[below + 1][i], y - static_cast<double>(below));
        for (std::size_t i = 0; i < out.size(); ++i) {
            const double x = (static_cast<double>(i) + 0.5) / static_cast<double>(out.size()) * (nodes - 1);
            const std::size_t left = std::min(to_size(static_cast<int64_t>(x)), to_size(nodes - 2));
            out[i] = static_cast<float>(row[left] + (row[left + 1] - row[left]) * (x - static_cast<double>(left)));
        }
    }

private:
    static constexpr int nodes = 9;
    static double step(const Box& extent) { return std::max(extent.width(), extent.height()) / 1000; }
    std::array<std::array<double, nodes>, nodes> values_{};
};

/// Colours by the logarithm of a density, 64 for each doubling, so that no cell takes a logarithm: a float's leading
/// bits are one.
class ColourTable {
public:
    explicit ColourTable(const DensityScale& scale) {
        for (uint32_t i = 0; i < entries; ++i) {
            const float middle = std::bit_cast<float>(one + ((i << shift) | (1U << (shift - 1))));
            const Rgba c = scale.colour(scale.top / DensityScale::range * static_cast<double>(middle));
            const auto part = [&](uint8_t v) { return static_cast<uint8_t>((v * c.a + 127) / 255); };
            colours_[i] = {part(c.r), part(c.g), part(c.b), c.a};
        }
    }
    /// Premultiplied; `density` in multiples of the thinnest that has a colour.
    [[nodiscard]] const std::array<uint8_t, 4>& at(float density) const {
        static constexpr std::array<uint8_t, 4> nothing{};
        if (!(density >= 1)) return nothing;
        return colours_[std::min((std::bit_cast<uint32_t>(density) - one) >> shift, entries - 1)];
    }

private:
    static constexpr uint32_t shift = 23 - 6;
    static constexpr uint32_t entries = 6 << 6;
    static constexpr uint32_t one = std::bit_cast<uint32_t>(1.0F);
    static_assert(DensityScale::range == 1 << 6);
    std::array<std::array<uint8_t, 4>, entries> colours_{};
};

}  // namespace

double kernel_deviation(const Frame& frame, double radius) {
    constexpr double steps = 8;  // to an octave
    return std::exp2(std::round(std::log2(radius / cut_off * frame.units_per_pixel) * steps) / steps);
}

CellWindow density_window(const CurveOrder& order, const Frame& frame, double sigma) {
    CellWindow out;
    out.level = order.level_for(std::max(least_cell * frame.units_per_pixel, sigma / cells_to_sigma));
    const double side = order.side(out.level);
    const Box view = frame.extent();
    // Tiles are a power of two of cells wide, as cells are of map units: they stay where they are through an octave.
    const double tile = std::exp2(std::max(3.0, std::round(std::log2(window_tile * frame.units_per_pixel / side))));
    const Point origin = order.origin();
    const auto snapped = [&](double value, double from, bool up) {
        const double tiles = (value - from) / side / tile;
        return static_cast<int64_t>((up ? std::ceil(tiles) : std::floor(tiles)) * tile);
    };
    out.column = snapped(view.min_x, origin.x, false);
    out.row = snapped(view.min_y, origin.y, false);
    out.columns = static_cast<int>(snapped(view.max_x, origin.x, true) - out.column);
    out.rows = static_cast<int>(snapped(view.max_y, origin.y, true) - out.row);
    return out;
}

Box box_of(const CurveOrder& order, const CellWindow& window) {
    const double side = order.side(window.level);
    const double x = order.origin().x + static_cast<double>(window.column) * side;
    const double y = order.origin().y + static_cast<double>(window.row) * side;
    return {x, y, x + window.columns * side, y + window.rows * side};
}

std::vector<float> kernel_counts(const PointCrowd& crowd, const CellWindow& window, double sigma) {
    if (window.columns <= 0 || window.rows <= 0) return {};
    const std::vector<float> weights = half_kernel(std::max(1e-3, sigma / crowd.order().side(window.level)));
    const int reach = static_cast<int>(weights.size()) - 1;
    const CellWindow wider{window.level, window.column - reach, window.row - reach, window.columns + 2 * reach,
                           window.rows + 2 * reach};
    return blur(bin(crowd, wider), to_size(wider.columns), to_size(wider.rows), weights);
}

double ground_scale(Point at, double step, const Transform& to_degrees) {
    // WGS 84's semi-major axis and first eccentricity squared.
    constexpr double a = 6378137;
    constexpr double e2 = 0.00669437999014;
    constexpr double radian = std::numbers::pi / 180;
    const Point middle = to_degrees.apply(at);
    const Point west = to_degrees.apply(Point{at.x - step, at.y});
    const Point east = to_degrees.apply(Point{at.x + step, at.y});
    const Point south = to_degrees.apply(Point{at.x, at.y - step});
    const Point north = to_degrees.apply(Point{at.x, at.y + step});
    const auto turn = [](double degrees) { return std::remainder(degrees, 360); };  // across the antimeridian
    const double sine = std::sin(middle.y * radian);
    const double w = 1 - e2 * sine * sine;
    // Metres to a radian along the parallel and along the meridian.
    const double along_parallel = a / std::sqrt(w) * std::cos(middle.y * radian);
    const double along_meridian = a * (1 - e2) / (w * std::sqrt(w));
    const double determinant =
        turn(east.x - west.x) * (north.y - south.y) - turn(north.x - south.x) * (east.y - west.y);
    return std::abs(determinant) / (4 * step * step) * radian * radian * along_parallel * along_meridian;
}

Rgba DensityScale::colour(double density) const {
    if (!(density > 0) || !(top > 0) || ramp.empty()) return {0, 0, 0, 0};
    const double t = 1 + std::log(density / top) / std::log(range);
    if (t <= 0) return {0, 0, 0, 0};
    const double place = std::min(t, 1.0) * static_cast<double>(ramp.size() - 1);
    const auto below = std::min(static_cast<std::size_t>(place), ramp.size() - 1);
    const Rgba mixed = mix(ramp[below], ramp[std::min(below + 1, ramp.size() - 1)], place - static_cast<double>(below));
    // Thin ones let the map below be seen, and have no edge.
    constexpr double solid_from = 0.35;
    constexpr double most = 0.88;
    return mixed.with_alpha(most * std::min(1.0, t / solid_from));
}

std::vector<double> DensityScale::marks() const {
    std::vector<double> out;
    if (!(top > 0) || !std::isfinite(top)) return out;
    const double least = top / range * 1.5;  // what is fainter cannot be told from nothing
    double power = std::pow(10, std::floor(std::log10(least)));
    for (; power <= top; power *= 10) {
        for (const double step : {1.0, 2.0, 5.0}) {
            if (step * power >= least && step * power <= top * (1 + 1e-9)) out.push_back(step * power);
        }
    }
    return out;
}

DensitySurface make_density(const PointCrowd& crowd, const CellWindow& window, double sigma, double peak,
                            std::vector<Rgba> ramp, const std::optional<Transform>& to_degrees) {
    DensitySurface out{.extent = box_of(crowd.order(), window)};
    out.scale.ramp = std::move(ramp);
    // Of the layer, not of the view: what a colour means must not change while the view moves.
    const Point middle = crowd.order().extent().centre();
    const double typical = to_degrees ? ground_scale(middle, crowd.order().side(window.level), *to_degrees) : 0;
    out.scale.square_km = typical > 0;
    constexpr double square_metres = 1e6;  // in a square kilometre
    // Points to a map unit squared → to the unit that the legend speaks of.
    const double unit = out.scale.square_km ? square_metres : 1;
    out.scale.top = peak * unit / (out.scale.square_km ? typical : 1);

    const std::vector<float> counts = kernel_counts(crowd, window, sigma);
    auto image = std::make_shared<MapImage>();
    image->width = window.columns;
    image->height = window.rows;
    image->rgba.resize(counts.size() * 4);
    const ColourTable colours(out.scale);
    const GroundScales ground(out.extent, out.scale.square_km ? to_degrees : std::nullopt);
    const double side = crowd.order().side(window.level);
    const auto to_density = static_cast<float>(unit / (side * side) / out.scale.top * DensityScale::range);
    const std::size_t columns = to_size(window.columns);
    const std::size_t rows = to_size(window.rows);
    for_rows(rows, [&](std::size_t row) {
        std::vector<float> inverses(columns);
        ground.inverses((static_cast<double>(row) + 0.5) / static_cast<double>(rows), inverses);
        const float* const from = counts.data() + row * columns;
        uint8_t* to = image->rgba.data() + (rows - 1 - row) * columns * 4;
        for (std::size_t i = 0; i < columns; ++i, to += 4)
            std::ranges::copy(colours.at(from[i] * inverses[i] * to_density), to);
    });
    out.image = std::move(image);
    return out;
}

}  // namespace diaban
