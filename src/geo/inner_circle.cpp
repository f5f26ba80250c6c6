// Where a label goes: the largest circle inside a polygon, by refining the most promising square of a quadtree first.
#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>
#include <vector>

#include "geo/planar.h"

namespace diaban {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// Squares of distances, whose roots need not be drawn until the least of them is known.
double square_to_box(Point p, const Box& box) {
    const double dx = std::max({box.min_x - p.x, 0.0, p.x - box.max_x});
    const double dy = std::max({box.min_y - p.y, 0.0, p.y - box.max_y});
    return dx * dx + dy * dy;
}

double square_to_segment(Point p, Point a, Point b) {
    const double dx = b.x - a.x, dy = b.y - a.y, px = p.x - a.x, py = p.y - a.y;
    const double length2 = dx * dx + dy * dy;
    const double t = length2 > 0 ? std::clamp((px * dx + py * dy) / length2, 0.0, 1.0) : 0.0;
    return (px - t * dx) * (px - t * dx) + (py - t * dy) * (py - t * dy);
}

/// The edges of a part in runs with a box each, so that a distance need not look at far runs.
class Outline {
public:
    Outline(const Geometry& polygons, uint32_t part) {
        constexpr std::size_t run_length = 24;
        for (const uint32_t r : polygons.rings_of_part(part)) {
            const auto ring = polygons.ring(r);
            for (std::size_t i = 0; i + 1 < ring.size(); i += run_length) {
                Run run{{}, ring.subspan(i, std::min(run_length + 1, ring.size() - i))};
                for (const Point p : run.points)
                    if (std::isfinite(p.x) && std::isfinite(p.y)) run.box.extend(p);
                if (!run.box.empty()) runs_.push_back(run);
                box_.extend(run.box);
            }
        }
    }

    [[nodiscard]] const Box& box() const { return box_; }

    /// To the nearest edge: positive inside, negative outside.
    [[nodiscard]] double signed_distance(Point p) const {
        double nearest = infinity;
        bool inside = false;
        for (const Run& run : runs_) {
            const bool beside = run.box.min_y > p.y || run.box.max_y < p.y || run.box.max_x < p.x;
            const bool far = square_to_box(p, run.box) >= nearest;
            if (beside && far) continue;
            if (!beside) inside ^= passes_oddly(run.points, p);
            if (!far)
                for (std::size_t i = 1; i < run.points.size(); ++i)
                    nearest = std::min(nearest, square_to_segment(p, run.points[i - 1], run.points[i]));
        }
        return inside ? std::sqrt(nearest) : -std::sqrt(nearest);
    }

private:
    struct Run {
        Box box;
        std::span<const Point> points;
    };

    static bool passes_oddly(std::span<const Point> points, Point p) {
        bool odd = false;
        for (std::size_t i = 1; i < points.size(); ++i) {
            const Point a = points[i - 1], b = points[i];
            if ((a.y > p.y) != (b.y > p.y)) odd ^= p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x);
        }
        return odd;
    }

    std::vector<Run> runs_;
    Box box_;
};

/// A square, the distance at its centre, and the largest distance there could be anywhere in it.
struct Cell {
    Point centre;
    double half = 0;
    double at_centre = 0;
    double at_most = 0;
    bool operator<(const Cell& other) const { return at_most < other.at_most; }
};

Cell make_cell(const Outline& outline, Point centre, double half) {
    const double d = outline.signed_distance(centre);
    return {centre, half, d, d + half * std::sqrt(2.0)};
}

Point centroid(std::span<const Point> ring) {
    if (ring.empty()) return {};
    const Point o = ring[0];
    double twice = 0, x = 0, y = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const double ax = ring[i - 1].x - o.x, ay = ring[i - 1].y - o.y, bx = ring[i].x - o.x, by = ring[i].y - o.y;
        const double w = ax * by - bx * ay;
        twice += w, x += (ax + bx) * w, y += (ay + by) * w;
    }
    return twice == 0 ? o : Point{o.x + x / (3 * twice), o.y + y / (3 * twice)};
}

/// Nothing is looked for once it is clear that no circle is larger than `at_least`.
InnerCircle find_circle(const Geometry& polygons, uint32_t part, double precision, double at_least) {
    const Outline outline(polygons, part);
    const Box& box = outline.box();
    const auto outer = polygons.ring(polygons.part_offsets()[part]);
    const double shorter = std::min(box.width(), box.height());
    if (box.empty() || !(shorter > 0)) return {box.empty() ? Point{} : box.centre(), 0};
    if (shorter / 2 <= at_least) return {box.centre(), 0};
    // A finer answer than this shows nowhere, and asking for none at all would never end.
    precision = std::max(std::isfinite(precision) ? precision : 0.0, shorter * 1e-6);

    // A centre outside is taken too, with a negative radius, until a better one is found.
    Cell best = make_cell(outline, centroid(outer), 0);
    const auto consider = [&](const Cell& cell) {
        if (cell.at_centre > best.at_centre) best = cell;
    };
    consider(make_cell(outline, box.centre(), 0));

    std::priority_queue<Cell> queue;
    const auto columns = static_cast<int>(std::clamp(std::ceil(box.width() / shorter), 1.0, 64.0));
    const auto rows = static_cast<int>(std::clamp(std::ceil(box.height() / shorter), 1.0, 64.0));
    const double half = std::max(box.width() / columns, box.height() / rows) / 2;
    for (int i = 0; i < columns; ++i)
        for (int j = 0; j < rows; ++j) {
            const Cell cell = make_cell(outline,
                                        {box.min_x + box.width() * (2 * i + 1) / (2.0 * columns),
                                         box.min_y + box.height() * (2 * j + 1) / (2.0 * rows)},
                                        half);
            consider(cell);
            queue.push(cell);
        }

    constexpr int patience = 20'000;  // cells; a label's place is not worth more
    for (int looked = 0; !queue.empty() && looked < patience; ++looked) {
        const Cell cell = queue.top();
        queue.pop();
        if (cell.at_most - std::max(best.at_centre, at_least) <= precision) break;
        const double h = cell.half / 2;
        for (const Point step : {Point{-h, -h}, Point{h, -h}, Point{-h, h}, Point{h, h}}) {
            const Cell child = make_cell(outline, {cell.centre.x + step.x, cell.centre.y + step.y}, h);
            consider(child);
            if (child.at_most - best.at_centre > precision) queue.push(child);
        }
    }
    return {best.centre, std::max(best.at_centre, 0.0)};
}

InnerCircle middle_of_longest_path(const Geometry& lines, uint32_t feature) {
    double longest = -1;
    Point middle;
    for (const uint32_t r : lines.rings_of(feature)) {
        const auto path = lines.ring(r);
        double length = 0;
        for (std::size_t i = 1; i < path.size(); ++i)
            length += std::hypot(path[i].x - path[i - 1].x, path[i].y - path[i - 1].y);
        if (!(length > longest) || path.empty()) continue;
        longest = length;
        middle = path[0];
        double left = length / 2;
        for (std::size_t i = 1; i < path.size(); ++i) {
            const double step = std::hypot(path[i].x - path[i - 1].x, path[i].y - path[i - 1].y);
            const double t = step > 0 ? std::min(left / step, 1.0) : 0.0;
            middle = {path[i - 1].x + t * (path[i].x - path[i - 1].x), path[i - 1].y + t * (path[i].y - path[i - 1].y)};
            if (left <= step) break;
            left -= step;
        }
    }
    return {middle, 0};
}

}  // namespace

InnerCircle inner_circle(const Geometry& polygons, uint32_t part, double precision) {
    return find_circle(polygons, part, precision, 0);
}

InnerCircle label_circle(const Geometry& geometry, uint32_t feature, double precision) {
    const auto points = geometry.points_of(feature);
    if (points.empty()) return {};
    switch (geometry.kind()) {
        case GeometryKind::line:
            return middle_of_longest_path(geometry, feature);
        case GeometryKind::polygon:
            break;
        case GeometryKind::point:
        case GeometryKind::none:
            return {points.front(), 0};
    }
    // Roomy parts first, so that the many small islands of a coast are ruled out by their boxes alone.
    struct Candidate {
        double room;
        uint32_t part;
    };
    std::vector<Candidate> candidates;
    for (const uint32_t part : geometry.parts_of(feature)) {
        Box box;
        for (const Point p : geometry.ring(geometry.part_offsets()[part]))
            if (std::isfinite(p.x) && std::isfinite(p.y)) box.extend(p);
        candidates.push_back({std::min(box.width(), box.height()) / 2, part});
    }
    std::ranges::stable_sort(candidates, std::greater{}, &Candidate::room);
    InnerCircle best{points.front(), -1};
    for (const Candidate& candidate : candidates) {
        if (candidate.room <= best.radius) break;
        const InnerCircle circle = find_circle(geometry, candidate.part, precision, std::max(best.radius, 0.0));
        if (circle.radius > best.radius) best = circle;
    }
    best.radius = std::max(best.radius, 0.0);
    return best;
}

}  // namespace diaban
