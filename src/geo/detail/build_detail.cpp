#include "geo/build_detail.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/parallel.h"
#include "geo/detail/borders.h"
#include "geo/detail/lattice.h"
#include "geo/detail/rings.h"
#include "geo/planar.h"

namespace diaban {
namespace {

// Shares of the tolerance: of the cells whose points become one (at most their diagonal), and of what straight lines
// then miss. Together no more than all of it.
constexpr double cell_share = 0.45;
constexpr double line_share = 0.36;
/// Of a speck, in tolerances: what is smaller is drawn this large, and specks of one feature in a square of the other
/// size are one dot.
constexpr double dot_share = 2;
constexpr double dot_square = 8;
/// A lattice reaches this many times the extent to either side.
constexpr double lattice_reach = 50;

bool finite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

/// Which places of a run are kept: the ends, and those that a straight line between kept ones would miss by more than
/// the tolerance (Douglas and Peucker 1973). The two ends may be one place.
std::vector<uint32_t> keep_corners(std::span<const uint32_t> run, const std::vector<Point>& places, double tolerance) {
    std::vector<uint8_t> kept(run.size(), 0);
    kept.front() = kept.back() = 1;
    std::vector<std::pair<std::size_t, std::size_t>> waiting{{0, run.size() - 1}};
    while (!waiting.empty()) {
        const auto [first, last] = waiting.back();
        waiting.pop_back();
        const Point a = places[run[first]];
        const Point b = places[run[last]];
        const double x = b.x - a.x;
        const double y = b.y - a.y;
        const double squared = x * x + y * y;
        double farthest = tolerance * tolerance;
        std::size_t corner = first;
        for (std::size_t i = first + 1; i < last; ++i) {
            const Point p = places[run[i]];
            const double px = p.x - a.x;
            const double py = p.y - a.y;
            const double t = squared > 0 ? std::clamp((px * x + py * y) / squared, 0.0, 1.0) : 0;
            const double off = (px - t * x) * (px - t * x) + (py - t * y) * (py - t * y);
            if (off <= farthest) continue;
            farthest = off;
            corner = i;
        }
        if (corner == first) continue;
        kept[corner] = 1;
        waiting.emplace_back(first, corner);
        waiting.emplace_back(corner, last);
    }
    std::vector<uint32_t> out;
    for (std::size_t i = 0; i < run.size(); ++i)
        if (kept[i] != 0) out.push_back(run[i]);
    return out;
}

/// A closed run keeps at least three places: the one farthest from its start, and the one farthest from the line
/// between these.
std::vector<uint32_t> keep_ring_corners(std::span<const uint32_t> run, const std::vector<Point>& places,
                                        double tolerance) {
    const Point start = places[run.front()];
    std::size_t far = 1;
    double most = -1;
    for (std::size_t i = 1; i + 1 < run.size(); ++i) {
        const double d = std::hypot(places[run[i]].x - start.x, places[run[i]].y - start.y);
        if (d > most) most = d, far = i;
    }
    std::vector<uint32_t> out = keep_corners(run.first(far + 1), places, tolerance);
    const std::vector<uint32_t> back = keep_corners(run.subspan(far), places, tolerance);
    out.insert(out.end(), back.begin() + 1, back.end());
    if (out.size() > 3) return out;
    std::size_t third = 0;
    most = -1;
    for (std::size_t i = 1; i + 1 < run.size(); ++i) {
        const double d = i == far ? -1 : distance_to_segment(places[run[i]], start, places[run[far]]);
        if (d > most) most = d, third = i;
    }
    if (third == 0) return out;
    if (third < far) return {run.front(), run[third], run[far], run.back()};
    return {run.front(), run[far], run[third], run.back()};
}

std::vector<std::vector<uint32_t>> simplify(const Borders& borders, const DetailWish& wish) {
    std::vector<std::vector<uint32_t>> out(borders.borders.size());
    parallel_ranges(out.size(), [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const Border& border = borders.borders[i];
            const auto run = std::span(borders.walk).subspan(border.first, border.count);
            if (wish.every_point)
                out[i].assign(run.begin(), run.end());
            else if (border.closed && run.size() > 3)
                out[i] = keep_ring_corners(run, borders.places, wish.tolerance * line_share);
            else
                out[i] = keep_corners(run, borders.places, wish.tolerance * line_share);
        }
    });
    return out;
}

Box lattice_box(const Borders& borders, const DetailWish& wish) {
    Box box;
    if (wish.extent.empty()) {
        for (const Point p : borders.places)
            if (finite(p)) box.extend(p);
        return box;
    }
    return wish.extent.grown(lattice_reach * std::max(wish.extent.width(), wish.extent.height()));
}

/// A border's arcs in the detail.
struct ArcRange {
    uint32_t first = 0, end = 0;
};

std::vector<ArcRange> add_arcs(Detail& detail, const Borders& borders, const std::vector<std::vector<uint32_t>>& kept,
                               const Lattice& lattice) {
    std::vector<ArcRange> ranges(kept.size());
    std::vector<LatticePoint> run;
    for (std::size_t i = 0; i < kept.size(); ++i) {
        run.clear();
        for (const uint32_t place : kept[i]) {
            const LatticePoint p = lattice.place(borders.places[place]);
            if (run.empty() || run.back() != p) run.push_back(p);
        }
        if (run.size() == 1) run.push_back(run.front());
        const auto first = static_cast<uint32_t>(detail.arcs.size());
        append_arcs(detail, run, borders.borders[i].left, borders.borders[i].right);
        ranges[i] = {first, static_cast<uint32_t>(detail.arcs.size())};
    }
    return ranges;
}

void add_rings(Detail& detail, const Borders& borders, const std::vector<ArcRange>& ranges, uint32_t feature_count) {
    detail.ring_offsets.assign(1, 0);
    detail.feature_offsets.assign(1, 0);
    detail.feature_offsets.reserve(std::size_t{feature_count} + 1);
    for (const BorderRing& ring : borders.rings) {
        while (detail.feature_offsets.size() <= ring.feature)
            detail.feature_offsets.push_back(static_cast<uint32_t>(detail.holes.size()));
        for (const int32_t border : ring.borders) {
            const ArcRange range = ranges[arc_of(border)];
            for (uint32_t a = range.first; a < range.end; ++a)
                detail.arc_refs.push_back(backwards(border) ? ~static_cast<int32_t>(range.end - 1 - (a - range.first))
                                                            : static_cast<int32_t>(a));
        }
        detail.ring_offsets.push_back(static_cast<uint32_t>(detail.arc_refs.size()));
        detail.holes.push_back(ring.hole ? 1 : 0);
    }
    while (detail.feature_offsets.size() <= feature_count)
        detail.feature_offsets.push_back(static_cast<uint32_t>(detail.holes.size()));
}

/// Twice the area of a feature's rings in lattice steps, holes not told apart: 0 when nothing of it would be filled.
double lattice_area(const Detail& detail, uint32_t feature) {
    double all = 0;
    for (const uint32_t ring : detail.rings_of(feature)) {
        double sum = 0;
        for (const int32_t ref : detail.arcs_of_ring(ring)) {
            double arc = 0;
            const auto points = detail.points_of(detail.arcs[arc_of(ref)]);
            for (std::size_t i = 0; i + 1 < points.size(); ++i)
                arc += double{1} * points[i].x * points[i + 1].y - double{1} * points[i + 1].x * points[i].y;
            sum += backwards(ref) ? -arc : arc;
        }
        all += std::abs(sum);
    }
    return all;
}

/// A dot before it has its place on the lattice.
struct PlaneDot {
    uint32_t feature = 0;
    Point at;
    double width = 0;
};

/// Specks of one feature that lie together become one dot, where the largest of them is. By feature.
std::vector<PlaneDot> dots_of(const std::vector<Speck>& specks, const GridTransform& to_plane, double tolerance) {
    struct Key {
        uint32_t feature;
        int64_t column, row;
        auto operator<=>(const Key&) const = default;
    };
    struct Sum {
        Point at;
        double largest = -1, area = 0;
    };
    std::map<Key, Sum> squares;
    const double square = dot_square * tolerance;
    for (const Speck& speck : specks) {
        const Point at = to_plane.apply(speck.at);
        if (!finite(at)) continue;
        const auto cell = [square](double v) {
            return static_cast<int64_t>(std::clamp(std::floor(v / square), -9e18, 9e18));
        };
        Sum& sum = squares[{speck.feature, cell(at.x), cell(at.y)}];
        if (speck.area > sum.largest) sum.at = at, sum.largest = speck.area;
        sum.area += speck.area;
    }
    const double scale = to_plane.scale_x() * to_plane.scale_y();
    std::vector<PlaneDot> dots;
    for (const auto& [key, sum] : squares)
        dots.push_back({key.feature, sum.at, std::clamp(std::sqrt(sum.area * scale), dot_share * tolerance, square)});
    return dots;
}

/// A dot has an outline too: a line without length, so that outlines alone show where it is.
void add_outlines(Borders& borders, const std::vector<PlaneDot>& dots) {
    for (const PlaneDot& dot : dots) {
        const auto place = static_cast<uint32_t>(borders.places.size());
        borders.places.push_back(dot.at);
        const auto border = static_cast<int32_t>(borders.borders.size());
        borders.borders.push_back({borders.walk.size(), 2, dot.feature, Arc::nobody, false});
        borders.walk.insert(borders.walk.end(), {place, place});
        borders.rings.push_back({dot.feature, false, {border}});
    }
    std::ranges::stable_sort(borders.rings, {}, &BorderRing::feature);
}

/// A feature whose rings have closed to lines stays as a dot.
void add_dots_of_lines(Detail& detail, double tolerance) {
    const double least = tolerance / detail.unit * (tolerance / detail.unit) / 8;
    std::vector<Dot> more;
    for (uint32_t f = 0; f < detail.feature_count(); ++f) {
        if (detail.rings_of(f).empty() || !detail.dots_of(f).empty() || lattice_area(detail, f) > least) continue;
        const Arc& arc = detail.arcs[arc_of(detail.arcs_of(f).front())];
        more.push_back({detail.points_of(arc)[arc.count / 2], f, static_cast<float>(dot_share * tolerance)});
    }
    if (more.empty()) return;
    detail.dots.insert(detail.dots.end(), more.begin(), more.end());
    std::ranges::stable_sort(detail.dots, {}, &Dot::feature);
}

}  // namespace

Detail build_detail(const Geometry& source, const GridTransform& to_plane, const DetailWish& wish) {
    Detail detail;
    detail.tolerance = wish.every_point ? 0 : wish.tolerance;
    detail.feature_offsets.assign(std::size_t{source.feature_count()} + 1, 0);
    detail.ring_offsets.assign(1, 0);
    if (source.kind() != GeometryKind::polygon && source.kind() != GeometryKind::line) return detail;
    detail.kind = source.kind();
    const bool closed = source.kind() == GeometryKind::polygon;
    CellSize cells{.from = source.box().empty() ? Point{} : Point{source.box().min_x, source.box().min_y}};
    if (!wish.every_point) {
        const double cell = wish.tolerance * cell_share;
        cells.x = cell / to_plane.scale_x();
        cells.y = cell / to_plane.scale_y();
    }
    ThinRings thin = thin_rings(source, to_plane, wish, cells);
    Borders borders = find_borders(thin, to_plane, cells, closed);
    thin.points = {};
    thin.specks.insert(thin.specks.end(), borders.specks.begin(), borders.specks.end());

    const std::vector<PlaneDot> dots =
        closed ? dots_of(thin.specks, to_plane, wish.tolerance) : std::vector<PlaneDot>();
    add_outlines(borders, dots);
    const Box box = lattice_box(borders, wish);
    const Lattice lattice(box);
    detail.origin = lattice.origin();
    detail.unit = lattice.unit();
    detail.extent = wish.extent.empty() ? box : wish.extent;
    const std::vector<ArcRange> ranges = add_arcs(detail, borders, simplify(borders, wish), lattice);
    add_rings(detail, borders, ranges, source.feature_count());
    for (const PlaneDot& dot : dots)
        detail.dots.push_back({lattice.place(dot.at), dot.feature, static_cast<float>(dot.width)});
    if (closed) add_dots_of_lines(detail, wish.tolerance);
    detail.build_index();
    detail.points.shrink_to_fit();
    return detail;
}

}  // namespace diaban
