// How much of an outline runs along something. What lies within the tolerance of a straight edge is a convex body (two
// balls and the cylinder between them), so that of a straight piece of outline it holds one stretch, whose ends are
// roots of quadratic equations; the stretches of all edges near are put together. Whole chains far away, or wholly
// near, are told by their boxes.
#include <algorithm>
#include <atomic>

#include "base/parallel.h"
#include "geo/earth/earth_shapes.h"
#include "geo/earth/overlaying.h"
#include "geo/earth/search.h"

namespace diaban {
namespace earth {
namespace {

/// A stretch of a piece, in shares of its length; empty when made without arguments.
struct Stretch {
    double from = 1;
    double to = 0;
    [[nodiscard]] bool empty() const { return !(from <= to); }
    void extend(Stretch other) {
        if (other.empty()) return;
        *this = empty() ? other : Stretch{std::min(from, other.from), std::max(to, other.to)};
    }
};

/// The shares s from 0 to 1 for which a·s² + 2b·s + c ≤ 0, a ≥ 0.
Stretch not_positive(double a, double b, double c) {
    if (!(a > 0)) return b == 0 && c <= 0 ? Stretch{0, 1} : Stretch{};
    const double root2 = b * b - a * c;
    if (root2 < 0) return {};
    const double root = std::sqrt(root2);
    const Stretch result{std::max(0.0, (-b - root) / a), std::min(1.0, (-b + root) / a)};
    return result.empty() ? Stretch{} : result;
}

Stretch in_ball(EarthPoint p, EarthPoint step, EarthPoint centre, double radius) {
    const EarthPoint away = p - centre;
    return not_positive(dot(step, step), dot(step, away), dot(away, away) - radius * radius);
}

/// Beside the edge from a to b, not beyond its ends.
Stretch in_cylinder(EarthPoint p, EarthPoint step, EarthPoint a, EarthPoint b, double radius) {
    const EarthPoint axis = b - a, away = p - a;
    const double length2 = dot(axis, axis);
    if (!(length2 > 0)) return {};
    const double pace = dot(step, axis) / length2, start = dot(away, axis) / length2;
    const EarthPoint step_off = step - axis * pace, away_off = away - axis * start;
    Stretch result =
        not_positive(dot(step_off, step_off), dot(step_off, away_off), dot(away_off, away_off) - radius * radius);
    // 0 ≤ start + s · pace ≤ 1
    if (pace == 0) return start >= 0 && start <= 1 ? result : Stretch{};
    const double enters = -start / pace, leaves = (1 - start) / pace;
    result.from = std::max(result.from, std::min(enters, leaves));
    result.to = std::min(result.to, std::max(enters, leaves));
    return result;
}

/// A stretch of outline that is nowhere near an outline of `along`, but may lie within one.
struct Apart {
    uint32_t feature;
    double metres;
    Point at;
};

class Along {
public:
    Along(const State& of, const Choice& along, double tolerance) : of_(of), along_(along), tolerance_(tolerance) {}

    [[nodiscard]] double metres(uint32_t feature, const Progress& progress) {
        metres_ = 0;
        if (of_.roots[feature] != no_ref) descend(of_.roots[feature], of_.box(of_.roots[feature]), progress);
        return metres_;
    }
    [[nodiscard]] std::vector<Apart>& apart() { return apart_; }

private:
    enum class Near { none, some, all };

    [[nodiscard]] Near near(EarthPoint middle, double half) const {
        const double nearest = nearest_chord(along_, middle, tolerance_ + half);
        if (nearest > tolerance_ + half) return Near::none;
        return nearest + half <= tolerance_ ? Near::all : Near::some;
    }

    void descend(Ref ref, const EarthBox& box, const Progress& progress) {
        if (progress.cancelled()) return;
        const Near whole = near(box.middle(), box.across() / 2);
        if (whole != Near::some) return take(ref, whole);
        if (is_chain(ref)) {
            const State::Chain& chain = of_.chain(ref);
            chains_near(along_, box, tolerance_, candidates_);
            for (uint32_t edge = 0; edge < chain.edges; ++edge)
                measure(chain, chain.first + edge);
            return;
        }
        const Node& node = of_.nodes[ref];
        for (std::size_t child = 0; child < node.children.size(); ++child)
            if (node.children[child] != no_ref) descend(node.children[child], node.box(child), progress);
    }

    /// All below `ref` at once.
    void take(Ref ref, Near whole) {
        if (whole == Near::none && along_.state().ground.degrees.kind() != GeometryKind::polygon) return;
        if (!is_chain(ref)) {
            for (const Ref child : of_.nodes[ref].children)
                if (child != no_ref) take(child, whole);
            return;
        }
        const State::Chain& chain = of_.chain(ref);
        const auto corners = of_.corners(chain);
        double metres = 0;
        for (uint32_t edge = 0; edge < chain.edges; ++edge)
            metres += length(corners[edge + 1] - corners[edge]);
        if (whole == Near::all)
            metres_ += metres;
        else if (metres > 0)
            apart_.push_back({chain.feature, metres, of_.ground.degrees.points()[chain.first]});
    }

    void measure(const State::Chain& chain, uint32_t corner) {
        const EarthPoint a = of_.ground.places[corner], b = of_.ground.places[corner + 1];
        const double metres = length(b - a);
        if (!(metres > 0)) return;
        stretches_.clear();
        for (const Ref ref : candidates_)
            if (add_stretches(along_.state().chain(ref), a, b)) {
                metres_ += metres;
                return;
            }
        std::ranges::sort(stretches_, {}, &Stretch::from);
        double reached = 0;
        for (const Stretch& stretch : stretches_) {
            if (stretch.from > reached) leave_out(chain, corner, metres, {reached, stretch.from});
            metres_ += metres * std::max(0.0, stretch.to - std::max(reached, stretch.from));
            reached = std::max(reached, stretch.to);
        }
        if (reached < 1) leave_out(chain, corner, metres, {reached, 1});
    }

    /// Whether one of them is the whole piece.
    bool add_stretches(const State::Chain& chain, EarthPoint a, EarthPoint b) {
        const auto corners = along_.state().corners(chain);
        const EarthPoint step = b - a;
        for (uint32_t i = 0; i <= chain.edges; ++i) {
            Stretch stretch = in_ball(a, step, corners[i], tolerance_);
            if (i < chain.edges) {
                stretch.extend(in_ball(a, step, corners[i + 1], tolerance_));
                stretch.extend(in_cylinder(a, step, corners[i], corners[i + 1], tolerance_));
            }
            if (stretch.empty()) continue;
            if (stretch.from <= 0 && stretch.to >= 1) return true;
            stretches_.push_back(stretch);
        }
        return false;
    }

    void leave_out(const State::Chain& chain, uint32_t corner, double metres, Stretch stretch) {
        if (along_.state().ground.degrees.kind() != GeometryKind::polygon) return;
        const Point a = of_.ground.degrees.points()[corner], b = of_.ground.degrees.points()[corner + 1];
        const double middle = (stretch.from + stretch.to) / 2;
        apart_.push_back({chain.feature,
                          metres * (stretch.to - stretch.from),
                          {a.x + (b.x - a.x) * middle, a.y + (b.y - a.y) * middle}});
    }

    const State& of_;
    const Choice& along_;
    double tolerance_;
    double metres_ = 0;
    std::vector<Ref> candidates_;
    std::vector<Stretch> stretches_;
    std::vector<Apart> apart_;
};

/// Adds those that lie within areas.
Expected<void> add_held(const Choice& areas, const std::vector<std::vector<Apart>>& apart, std::vector<double>& metres,
                        Progress& progress) {
    std::vector<Point> places;
    for (const auto& of_feature : apart)
        for (const Apart& each : of_feature)
            places.push_back(each.at);
    if (places.empty()) return {};
    const auto inside = held(areas, places, progress);
    if (!inside) return tl::unexpected(inside.error());
    std::size_t i = 0;
    for (const auto& of_feature : apart)
        for (const Apart& each : of_feature)
            if ((*inside)[i++]) metres[each.feature] += each.metres;
    return {};
}

}  // namespace
}  // namespace earth

Expected<std::vector<double>> length_along(const EarthShapes& of, const EarthShapes& along,
                                           std::span<const uint8_t> along_considered, Metres tolerance,
                                           Progress& progress) {
    std::vector<double> metres(of.feature_count());
    if (!(tolerance.value() >= 0)) return metres;
    const earth::State& here = of.state();
    const earth::Choice choice(along.state(), along_considered);
    std::vector<std::vector<earth::Apart>> apart(of.feature_count());
    std::atomic<std::size_t> done{0};
    parallel_for(metres.size(), [&](std::size_t feature) {
        if (progress.cancelled()) return;
        earth::Along measured(here, choice, tolerance.value() + earth::chord_error);
        metres[feature] = measured.metres(static_cast<uint32_t>(feature), progress);
        apart[feature] = std::move(measured.apart());
        progress.set(static_cast<double>(++done) / static_cast<double>(metres.size()));
    });
    if (progress.cancelled()) return tl::unexpected(cancelled_error());
    const auto added = earth::add_held(choice, apart, metres, progress);
    if (!added) return tl::unexpected(added.error());
    return metres;
}

}  // namespace diaban
