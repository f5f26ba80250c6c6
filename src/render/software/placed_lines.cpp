#include "render/software/placed_lines.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "render/software/stroke_cover.h"

namespace diaban {
namespace {

constexpr double longest = StrokeCover::longest;

Pixel between(Pixel a, Pixel b, double t) {
    return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

/// The part of an edge inside a box, as shares of its length; from > to: none (Liang and Barsky 1984).
struct Inside {
    double from = 0, to = 1;
    void cut(double a, double b, double low, double high) {
        const double d = b - a;
        if (d == 0) {
            if (a < low || a > high) to = -1;
            return;
        }
        const double enters = ((d > 0 ? low : high) - a) / d;
        const double leaves = ((d > 0 ? high : low) - a) / d;
        from = std::max(from, enters);
        to = std::min(to, leaves);
    }
};

/// Whether no step of a path that lies in a box is longer than a segment may be. `longest_step`: lattice steps.
bool short_everywhere(std::span<const LatticePoint> points, const FixedBox& box, double longest_step) {
    const int32_t most = StrokeCover::longest / 2;
    if (box.max_x - box.min_x <= most && box.max_y - box.min_y <= most) return true;
    const auto limit = static_cast<int64_t>(std::min(longest_step, 1e10));
    int64_t longest_found = 0;
    for (std::size_t i = 1; i < points.size(); ++i)
        longest_found = std::max({longest_found, std::abs(int64_t{points[i].x} - points[i - 1].x),
                                  std::abs(int64_t{points[i].y} - points[i - 1].y)});
    return longest_found <= limit;
}

/// Cuts lines into short segments, near the picture only. Coordinates are 256ths in the whole picture, so that parts of
/// it get the same segments.
class Cutting {
public:
    Cutting(const PartView& view, double reach, double period, PlacedLines& out)
        : view_(view), margin_((reach + 2) * fixed_one), reach_(reach), period_(period), out_(out) {
        width_ = std::ceil(view.frame.width * view.frame.pixel_ratio) * fixed_one;
        height_ = std::ceil(view.frame.height * view.frame.pixel_ratio) * fixed_one;
    }

    /// `along`: 256ths from the start of the line.
    void start(Pixel at, double along) {
        end();
        at_ = at;
        along_ = along;
    }

    void to(Pixel next) {
        const double length = std::hypot(next.x - at_.x, next.y - at_.y);
        Inside inside;
        inside.cut(at_.x, next.x, -margin_, width_ + margin_);
        inside.cut(at_.y, next.y, -margin_, height_ + margin_);
        if (inside.from <= inside.to) {
            if (inside.from > 0) end();
            if (path_.count == 0) add(between(at_, next, inside.from), along_ + length * inside.from);
            const double share = inside.to - inside.from;
            const double pieces = std::max(1.0, std::ceil(length * share / longest));
            for (double i = 1; i <= pieces; ++i) {
                const double t = i < pieces ? inside.from + share * i / pieces : inside.to;
                add(between(at_, next, t), along_ + length * t);
            }
            if (inside.to < 1) end();
        } else {
            end();
        }
        at_ = next;
        along_ += length;
    }

    void end() {
        if (path_.count > 1 && reaches(path_.box))
            out_.paths.push_back(path_);
        else if (path_.count > 0)  // with none, `first` may lie before points of others
            drop();
        path_ = {static_cast<uint32_t>(out_.points.size()), 0, {}};
    }

    [[nodiscard]] bool reaches(const FixedBox& box) const {
        const double r = reach_ * fixed_one;
        return box.max_x + r >= 0 && box.max_y + r >= 0 && box.min_x - r <= view_.part.width * double{fixed_one} &&
               box.min_y - r <= view_.part.height * double{fixed_one};
    }

private:
    void drop() {
        out_.points.resize(path_.first);
        if (period_ > 0) out_.along.resize(path_.first);
    }

    void add(Pixel exact, double along) {
        const FixedPoint p{static_cast<int32_t>(std::lround(exact.x)) - view_.part.x * fixed_one,
                           static_cast<int32_t>(std::lround(exact.y)) - view_.part.y * fixed_one};
        if (path_.count == 0) {
            path_.first = static_cast<uint32_t>(out_.points.size());
            path_.box = {p.x, p.y, p.x, p.y};
            whole_periods_ = period_ > 0 ? std::floor(along / fixed_one / period_) * period_ : 0;
        }
        ++path_.count;
        FixedBox& box = path_.box;
        box = {std::min(box.min_x, p.x), std::min(box.min_y, p.y), std::max(box.max_x, p.x), std::max(box.max_y, p.y)};
        out_.points.push_back(p);
        if (period_ > 0) out_.along.push_back(static_cast<float>(std::max(0.0, along / fixed_one - whole_periods_)));
        if (path_.count <= Arc::most_edges) return;
        end();
        add(exact, along);
    }

    const PartView& view_;
    double margin_, reach_, period_;
    double width_ = 0, height_ = 0;
    PlacedLines& out_;
    PlacedLines::Path path_;
    Pixel at_;
    double along_ = 0;
    double whole_periods_ = 0;
};

/// An arc that is short everywhere, and the path it becomes.
struct Whole {
    uint32_t arc = 0;
    uint32_t path = 0;
};

void place_whole(const Detail& detail, const DevicePlane& plane, const std::vector<Whole>& whole, PlacedLines& out) {
    parallel_ranges(whole.size(), [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const PlacedLines::Path& path = out.paths[whole[i].path];
            plane.place(detail.points_of(detail.arcs[whole[i].arc]),
                        std::span(out.points).subspan(path.first, path.count));
        }
    });
}

}  // namespace

PlacedLines place_lines(const Detail& detail, std::span<const uint32_t> features, const PartView& view, double reach,
                        double period, std::span<const uint8_t> inside) {
    const auto is_inside = [&](uint32_t feature) { return feature != Arc::nobody && inside[feature] != 0; };
    PlacedLines out;
    const DevicePlane plane(detail, view);
    Cutting cutting(view, reach, period, out);
    const double longest_step = longest / (2 * detail.unit * view.scale() * fixed_one);
    std::vector<Whole> whole;
    std::vector<uint32_t> long_arcs;
    uint32_t count = 0;
    std::vector<uint8_t> met(detail.arcs.size());
    if (features.size() > detail.feature_count() / 4) {
        whole.reserve(detail.arcs.size());
        out.paths.reserve(detail.arcs.size());
    }
    for (const uint32_t feature : features) {
        for (const int32_t ref : detail.arcs_of(feature)) {
            const uint32_t index = arc_of(ref);
            if (met[index] != 0) continue;
            met[index] = 1;
            const Arc& arc = detail.arcs[index];
            if (!inside.empty() && is_inside(arc.left) && is_inside(arc.right)) continue;
            const auto [box, too_far] = plane.place(arc.box);
            if (!cutting.reaches(box)) continue;
            if (period > 0 || too_far || !short_everywhere(detail.points_of(arc), box, longest_step)) {
                long_arcs.push_back(index);
                continue;
            }
            whole.push_back({index, static_cast<uint32_t>(out.paths.size())});
            out.paths.push_back({count, arc.count, box});
            count += arc.count;
        }
    }
    out.points.resize(count);
    place_whole(detail, plane, whole, out);
    for (const uint32_t index : long_arcs) {
        const Arc& arc = detail.arcs[index];
        const auto points = detail.points_of(arc);
        cutting.start(plane.exact(points.front()), static_cast<double>(arc.from) * view.scale() * fixed_one);
        for (const LatticePoint p : points.subspan(1))
            cutting.to(plane.exact(p));
    }
    cutting.end();
    return out;
}

PlacedLines place_path(std::span<const Pixel> path, bool closed, const PartView& view, double reach, double period) {
    PlacedLines out;
    Cutting cutting(view, reach, period, out);
    const double scale = view.frame.pixel_ratio * fixed_one;
    bool going = false;
    const auto visit = [&](Pixel p) {
        if (!std::isfinite(p.x) || !std::isfinite(p.y)) {
            going = false;
            return;
        }
        const Pixel exact{p.x * scale, p.y * scale};
        if (going)
            cutting.to(exact);
        else
            cutting.start(exact, 0);
        going = true;
    };
    for (const Pixel p : path)
        visit(p);
    if (closed && path.size() > 1) visit(path.front());
    cutting.end();
    return out;
}

}  // namespace diaban
