#include "geo/detail/rings.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/parallel.h"

namespace diaban {
namespace {

constexpr double most_pieces = 64;  ///< of one straight line that the map bends
constexpr std::size_t run_size = 32;

bool finite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

bool before(Point a, Point b) {
    return a.x != b.x ? a.x < b.x : a.y < b.y;
}

Point between(Point a, Point b, double t) {
    return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

/// Where a segment enters and leaves a box, as shares of its length (Liang and Barsky 1984); nothing when it passes by.
std::optional<std::pair<double, double>> clip(Point a, Point b, const Box& box) {
    double from = 0;
    double to = 1;
    const std::array<std::pair<double, double>, 4> sides{{{a.x - b.x, a.x - box.min_x},
                                                          {b.x - a.x, box.max_x - a.x},
                                                          {a.y - b.y, a.y - box.min_y},
                                                          {b.y - a.y, box.max_y - a.y}}};
    for (const auto& [p, q] : sides) {
        if (p == 0 && q < 0) return std::nullopt;
        if (p < 0) from = std::max(from, q / p);
        if (p > 0) to = std::min(to, q / p);
    }
    if (from > to) return std::nullopt;
    return std::pair(from, to);
}

/// One thread's work: rings as they come.
class Thinner {
public:
    Thinner(const Geometry& source, const GridTransform& to_plane, const DetailWish& wish, const CellSize& cells)
        : source_(source), wish_(wish), cells_(cells), closed_(source.kind() == GeometryKind::polygon) {
        per_cell_x_ = cells.x > 0 ? 1 / cells.x : 0;
        per_cell_y_ = cells.y > 0 ? 1 / cells.y : 0;
        limit_x_ = 2 * wish.tolerance / to_plane.scale_x();
        limit_y_ = 2 * wish.tolerance / to_plane.scale_y();
        bent_piece_ = to_plane.bend() > 0 ? std::sqrt(wish.tolerance / 2 / to_plane.bend()) : 0;
        if (!wish.source_extent.empty()) {
            const double side = std::max(wish.source_extent.width(), wish.source_extent.height());
            around_ = wish.source_extent.grown(side);
            far_ = 4 * side;
        }
        long_ = bent_piece_ > 0 ? bent_piece_ : std::numeric_limits<double>::infinity();
        if (far_ > 0) long_ = std::min(long_, far_);
    }

    void add(uint32_t feature) {
        for (const uint32_t part : source_.parts_of(feature)) {
            bool hole = false;
            for (const uint32_t ring : source_.rings_of_part(part)) {
                const bool kept = add_ring(source_.ring(ring), feature, hole);
                if (!kept && closed_ && !hole) break;  // without its outline a hole is none
                hole = closed_;
            }
        }
    }

    ThinRings out;

private:
    bool add_ring(std::span<const Point> ring, uint32_t feature, bool hole) {
        Box box;
        for (const Point p : ring)
            if (finite(p)) box.extend(p);
        if (box.empty() || (!wish_.source_extent.empty() && !box.intersects(wish_.source_extent))) return false;
        if (closed_ && box.width() < limit_x_ && box.height() < limit_y_) {
            if (!hole) out.specks.push_back({feature, box.centre(), area_of(ring)});
            return false;
        }
        first_ = out.points.size();
        const auto end_run = [&] {
            if (closed_ && out.points.size() > first_ && finite(last_))
                finish_ring(feature);
            else if (!closed_ && out.points.size() > first_)
                finish_path();
            if (out.points.size() > first_) out.rings.push_back({feature, hole, first_, out.points.size() - first_});
            first_ = out.points.size();
        };
        for (std::size_t begin = 0; begin < ring.size(); begin += run_size) {
            const auto run = ring.subspan(begin, std::min(run_size, ring.size() - begin));
            if (!wish_.source_extent.empty() && outside(run)) {
                add_point(run.front());
                add_point(run.back());
                continue;
            }
            for (const Point p : run) {
                if (finite(p))
                    add_point(p);
                else if (!closed_)
                    end_run();  // a path is broken there; a ring does without the point
            }
        }
        end_run();
        return true;
    }

    [[nodiscard]] bool outside(std::span<const Point> run) const {
        Box box;
        for (const Point p : run) {
            if (!finite(p)) return false;
            box.extend(p);
        }
        return !box.intersects(wish_.source_extent);
    }

    void add_point(Point p) {
        const bool begins = out.points.size() == first_;
        if (!begins) {
            const double dx = p.x - last_.x;
            const double dy = p.y - last_.y;
            if (dx * dx + dy * dy > long_ * long_) add_between(last_, p);
        }
        last_ = p;
        push(p);
    }

    /// The point, unless it lies in the cell of the one before.
    void push(Point p) {
        const auto cell = cell_of(p);
        if (out.points.size() > first_ && cell == last_cell_ && (cells_.x > 0 || out.points.back() == p)) return;
        last_cell_ = cell;
        out.points.push_back(p);
    }

    [[nodiscard]] std::pair<int64_t, int64_t> cell_of(Point p) const {
        constexpr double most = 4e18;
        const double x = (p.x - cells_.from.x) * per_cell_x_;
        const double y = (p.y - cells_.from.y) * per_cell_y_;
        if (!(std::abs(x) < most && std::abs(y) < most)) return {0, 0};
        return {static_cast<int64_t>(x), static_cast<int64_t>(y)};
    }

    /// Places on a long straight line, found alike from either end: where it comes near what is looked at, and where
    /// the map bends it.
    void add_between(Point from, Point to) {
        const bool swapped = before(to, from);
        const Point a = swapped ? to : from;
        const Point b = swapped ? from : to;
        std::pair<double, double> near{0, 1};
        if (far_ > 0) {
            const auto clipped = clip(a, b, around_);
            if (!clipped) return;
            near = *clipped;
        }
        const double length = std::hypot(b.x - a.x, b.y - a.y) * (near.second - near.first);
        const double pieces = bent_piece_ > 0 ? std::clamp(std::ceil(length / bent_piece_), 1.0, most_pieces) : 1.0;
        const auto count = static_cast<int>(pieces);
        for (int i = 0; i <= count; ++i) {
            const int step = swapped ? count - i : i;
            const double t = near.first + (near.second - near.first) * step / count;
            if (t > 0 && t < 1) push(between(a, b, t));
        }
    }

    /// A ring does not repeat its first point, and may need more on its way back to it.
    void finish_ring(uint32_t /*feature*/) {
        const Point first = out.points[first_];
        if (last_ == first) {
            if (out.points.size() > first_ + 1 && cell_of(out.points.back()) == cell_of(first)) out.points.pop_back();
            return;
        }
        const double dx = first.x - last_.x;
        const double dy = first.y - last_.y;
        if (dx * dx + dy * dy > long_ * long_) add_between(last_, first);
    }

    /// A path keeps its end, and is never less than a line.
    void finish_path() {
        if (out.points.back() != last_) {
            if (out.points.size() > first_ + 1)
                out.points.back() = last_;
            else
                out.points.push_back(last_);
        }
    }

    [[nodiscard]] static double area_of(std::span<const Point> ring) {
        double twice = 0;
        for (std::size_t i = 0; i + 1 < ring.size(); ++i)
            if (finite(ring[i]) && finite(ring[i + 1]))
                twice += (ring[i].x - ring[0].x) * (ring[i + 1].y - ring[0].y) -
                         (ring[i + 1].x - ring[0].x) * (ring[i].y - ring[0].y);
        return std::isfinite(twice) ? std::abs(twice) / 2 : 0;
    }

    const Geometry& source_;
    const DetailWish& wish_;
    const CellSize& cells_;
    bool closed_;
    double per_cell_x_ = 0, per_cell_y_ = 0;
    double limit_x_ = 0, limit_y_ = 0;  ///< what is smaller both ways is a speck
    double bent_piece_ = 0;             ///< straight lines shorter than this stay as good as straight; 0: all do
    double far_ = 0;                    ///< lines longer than this are cut where they come near; 0: none
    double long_ = 0;
    Box around_;
    std::size_t first_ = 0;
    Point last_;
    std::pair<int64_t, int64_t> last_cell_;
};

/// Runs of features of about equal work.
std::vector<std::size_t> cut_into_blocks(const Geometry& source, const std::vector<uint32_t>& features) {
    constexpr std::size_t points_a_block = 65'536;
    std::vector<std::size_t> begins{0};
    std::size_t points = 0;
    for (std::size_t i = 0; i < features.size(); ++i) {
        if (points > points_a_block) {
            begins.push_back(i);
            points = 0;
        }
        points += source.points_of(features[i]).size();
    }
    begins.push_back(features.size());
    return begins;
}

std::vector<uint32_t> wanted_features(const Geometry& source, const DetailWish& wish) {
    if (wish.features) return {wish.features->begin(), wish.features->end()};
    std::vector<uint32_t> all(source.feature_count());
    for (uint32_t i = 0; i < all.size(); ++i)
        all[i] = i;
    return all;
}

}  // namespace

ThinRings thin_rings(const Geometry& source, const GridTransform& to_plane, const DetailWish& wish,
                     const CellSize& cells) {
    const std::vector<uint32_t> features = wanted_features(source, wish);
    const std::vector<std::size_t> begins = cut_into_blocks(source, features);
    std::vector<ThinRings> blocks(begins.size() - 1);
    parallel_for(blocks.size(), [&](std::size_t block) {
        Thinner thinner(source, to_plane, wish, cells);
        for (std::size_t i = begins[block]; i < begins[block + 1]; ++i)
            thinner.add(features[i]);
        blocks[block] = std::move(thinner.out);
    });
    ThinRings out;
    for (ThinRings& block : blocks) {
        for (ThinRing ring : block.rings) {
            ring.first += out.points.size();
            out.rings.push_back(ring);
        }
        out.points.insert(out.points.end(), block.points.begin(), block.points.end());
        out.specks.insert(out.specks.end(), block.specks.begin(), block.specks.end());
        block = {};
    }
    return out;
}

}  // namespace diaban
