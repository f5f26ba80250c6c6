#include "scene/points/curve_order.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "base/parallel.h"

namespace diaban {
namespace {

/// A zero between each two bits of 32.
uint64_t spread(uint32_t value) {
    uint64_t v = value;
    v = (v | v << 16) & 0x0000ffff0000ffff;
    v = (v | v << 8) & 0x00ff00ff00ff00ff;
    v = (v | v << 4) & 0x0f0f0f0f0f0f0f0f;
    v = (v | v << 2) & 0x3333333333333333;
    v = (v | v << 1) & 0x5555555555555555;
    return v;
}

uint32_t gather(uint64_t v) {
    v &= 0x5555555555555555;
    v = (v | v >> 1) & 0x3333333333333333;
    v = (v | v >> 2) & 0x0f0f0f0f0f0f0f0f;
    v = (v | v >> 4) & 0x00ff00ff00ff00ff;
    v = (v | v >> 8) & 0x0000ffff0000ffff;
    v = (v | v >> 16) & 0x00000000ffffffff;
    return static_cast<uint32_t>(v);
}

uint64_t code_of(uint32_t column, uint32_t row) {
    return spread(column) | spread(row) << 1;
}

struct Placed {
    uint64_t code;
    uint32_t point;
    bool operator<(const Placed& o) const { return code != o.code ? code < o.code : point < o.point; }
};

constexpr int sorted_bits = 14;  // of a code, by which points are dealt out before each heap is sorted
constexpr std::size_t heaps = std::size_t{1} << sorted_bits;

std::size_t heap_of(uint64_t code) {
    return static_cast<std::size_t>(code >> (2 * CurveOrder::top_level - sorted_bits));
}

/// Dealt out by the first bits of their codes, then each heap sorted by itself.
std::vector<Placed> sorted(const std::vector<Placed>& placed) {
    std::vector<std::size_t> begins(heaps + 1, 0);
    for (const Placed& p : placed)
        ++begins[heap_of(p.code) + 1];
    for (std::size_t i = 0; i < heaps; ++i)
        begins[i + 1] += begins[i];
    std::vector<Placed> out(placed.size());
    auto next = begins;
    for (const Placed& p : placed)
        out[next[heap_of(p.code)]++] = p;
    parallel_for(heaps, [&](std::size_t i) {
        std::sort(out.begin() + static_cast<std::ptrdiff_t>(begins[i]),
                  out.begin() + static_cast<std::ptrdiff_t>(begins[i + 1]));
    });
    return out;
}

/// The box of what is finite.
Box finite_box(std::span<const Point> points) {
    Box box;
    for (const Point p : points)
        if (std::isfinite(p.x) && std::isfinite(p.y)) box.extend(p);
    return box;
}

/// Whose each point is; empty where that is the point's own number.
std::vector<uint32_t> owners(const MapShapes& shapes) {
    const Geometry& source = shapes.source();
    const auto count = source.points().size();
    std::vector<uint32_t> out;
    bool own = source.feature_count() == count;
    for (uint32_t f = 0; own && f < source.feature_count(); ++f)
        own = source.feature_offsets()[f] == f;
    if (own) return out;
    out.resize(count);
    for (uint32_t f = 0; f < source.feature_count(); ++f) {
        const uint32_t first = source.ring_offsets()[source.part_offsets()[source.feature_offsets()[f]]];
        const uint32_t last = source.ring_offsets()[source.part_offsets()[source.feature_offsets()[f + 1]]];
        std::fill(out.begin() + first, out.begin() + last, f);
    }
    return out;
}

}  // namespace

CurveOrder::CurveOrder(const MapShapes& shapes) {
    if (shapes.kind() != GeometryKind::point) return;
    const std::span<const Point> points = shapes.points();
    extent_ = finite_box(points);
    const Box& box = extent_;
    if (box.empty()) return;
    origin_ = {box.min_x, box.min_y};
    // Half of the curve's square is room: the largest coordinate must not fall on its far edge. Where everything is in
    // one place (or a hair's breadth apart) cells end where doubles do.
    const double far = std::max({std::abs(box.min_x), std::abs(box.min_y), std::abs(box.max_x), std::abs(box.max_y)});
    const double extent = std::max({box.width(), box.height(), far * 1e-7, 1e-7});
    unit_ = std::exp2(std::ceil(std::log2(extent)) - (top_level - 1));
    std::vector<Placed> placed(points.size());
    constexpr uint64_t nowhere = ~uint64_t{0};
    parallel_ranges(points.size(), [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const Point p = points[i];
            const bool finite = std::isfinite(p.x) && std::isfinite(p.y);
            placed[i] = {finite ? code_of(static_cast<uint32_t>((p.x - origin_.x) / unit_),
                                          static_cast<uint32_t>((p.y - origin_.y) / unit_))
                                : nowhere,
                         static_cast<uint32_t>(i)};
        }
    });
    std::erase_if(placed, [](const Placed& p) { return p.code == nowhere; });
    placed = sorted(placed);
    codes_.resize(placed.size());
    points_.resize(placed.size());
    for (std::size_t i = 0; i < placed.size(); ++i)
        codes_[i] = placed[i].code, points_[i] = placed[i].point;
    features_ = owners(shapes);
}

uint32_t CurveOrder::feature(uint32_t position) const {
    const uint32_t point = points_[position];
    return features_.empty() ? point : features_[point];
}

Point CurveOrder::place(uint32_t position) const {
    const uint64_t code = codes_[position];
    return {origin_.x + (gather(code) + 0.5) * unit_, origin_.y + (gather(code >> 1) + 0.5) * unit_};
}

double CurveOrder::side(int level) const {
    return std::ldexp(unit_, level);
}

Box CurveOrder::box(const CurveCell& cell) const {
    const double wide = side(cell.level);
    const Point corner{origin_.x + cell.column * wide, origin_.y + cell.row * wide};
    return {corner.x, corner.y, corner.x + wide, corner.y + wide};
}

int CurveOrder::level_for(double least_side) const {
    if (!(least_side > unit_)) return 0;
    return static_cast<int>(std::ceil(std::log2(least_side / unit_)));
}

std::optional<CurveCell> CurveOrder::cell_at(Point place, int level) const {
    const double column = std::floor((place.x - origin_.x) / side(level));
    const double row = std::floor((place.y - origin_.y) / side(level));
    const double count = std::ldexp(1, std::max(0, top_level - level));
    if (!(column >= 0 && row >= 0 && column < count && row < count)) return std::nullopt;
    return CurveCell{level, static_cast<uint32_t>(column), static_cast<uint32_t>(row)};
}

CurveRange CurveOrder::range(const CurveCell& cell) const {
    if (cell.level >= top_level) return {0, cell.column == 0 && cell.row == 0 ? size() : 0};
    const uint64_t code = code_of(cell.column, cell.row);
    const auto position = [&](uint64_t of) {
        const auto found = std::lower_bound(codes_.begin(), codes_.end(), of << (2 * cell.level));
        return static_cast<uint32_t>(found - codes_.begin());
    };
    return {position(code), position(code + 1)};
}

void CurveOrder::for_each_run(int level, const CurveRange& points,
                              const std::function<void(const CurveCell&, const CurveRange&)>& visit) const {
    const int shift = 2 * std::min(level, top_level);
    for (uint32_t i = points.first; i < points.last;) {
        const uint64_t code = codes_[i] >> shift;
        const uint32_t first = i;
        while (++i < points.last && codes_[i] >> shift == code) {
        }
        visit({level, gather(code), gather(code >> 1)}, {first, i});
    }
}

void CurveOrder::for_each_cell(int level, const Box& box,
                               const std::function<void(const CurveCell&, const CurveRange&)>& visit) const {
    if (codes_.empty() || box.empty()) return;
    struct Open {
        uint64_t code;  // of a cell of `level`
        CurveRange points;
        int level;
    };
    // Four quarters of each cell still open, the last pushed being the next taken.
    std::vector<Open> open{{0, {0, size()}, std::max(level, top_level)}};
    while (!open.empty()) {
        const Open now = open.back();
        open.pop_back();
        const CurveCell cell{now.level, gather(now.code), gather(now.code >> 1)};
        if (!CurveOrder::box(cell).intersects(box)) continue;
        if (now.level == level) {
            visit(cell, now.points);
            continue;
        }
        const auto begin = codes_.begin() + now.points.first;
        const auto end = codes_.begin() + now.points.last;
        uint32_t last = now.points.last;
        for (uint64_t quarter = 4; quarter-- > 0;) {
            const uint64_t code = now.code * 4 + quarter;
            const auto from = quarter == 0 ? begin : std::lower_bound(begin, end, code << (2 * (now.level - 1)));
            const auto first = static_cast<uint32_t>(from - codes_.begin());
            if (first < last) open.push_back({code, {first, last}, now.level - 1});
            last = first;
        }
    }
}

}  // namespace diaban
