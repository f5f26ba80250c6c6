#include "render/software/placed_shapes.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"

namespace diaban {
namespace {

constexpr uint32_t unknown = 0xffffffff;
constexpr uint32_t out_of_sight = 0xfffffffe;

class Placing {
public:
    Placing(const Detail& detail, const PartView& view)
        : detail_(detail),
          plane_(detail, view),
          width_(view.part.width * fixed_one),
          height_(view.part.height * fixed_one),
          path_of_(detail.arcs.size(), unknown) {
        dot_scale_ = view.scale() * fixed_one;
    }

    /// Of the detail's features most will be added.
    void expect_most() {
        out_.sides.reserve(detail_.arc_refs.size());
        out_.paths.reserve(detail_.arcs.size());
        out_.shapes.reserve(detail_.feature_count());
        whole_.reserve(detail_.arcs.size());
    }

    void add(uint32_t feature) {
        add_shape(feature);
        for (const Dot& dot : detail_.dots_of(feature))
            add_dot(dot);
    }

    PlacedShapes finish() && {
        out_.points.resize(point_count_);
        const auto place = [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i)
                plane_.place(
                    detail_.points_of(detail_.arcs[whole_[i].arc]),
                    std::span(out_.points).subspan(out_.paths[whole_[i].path].first, out_.paths[whole_[i].path].count));
        };
        constexpr std::size_t worth_sharing = 512;
        if (whole_.size() < worth_sharing)
            place(0, whole_.size());
        else
            parallel_ranges(whole_.size(), place);
        // Those that were cut on the way lie behind.
        for (PlacedShapes::Path& path : out_.paths)
            if (path.first >= cut_mark) path.first = path.first - cut_mark + point_count_;
        out_.points.insert(out_.points.end(), cut_.begin(), cut_.end());
        return std::move(out_);
    }

private:
    static constexpr uint32_t cut_mark = 0x80000000;  ///< path.first of those whose points are in cut_
    struct Whole {
        uint32_t arc = 0;
        uint32_t path = 0;
    };

    void add_shape(uint32_t feature) {
        PlacedShapes::Shape shape{feature, static_cast<uint32_t>(out_.sides.size()), 0, 0, 0, 0, 0};
        FixedBox box{width_, height_, 0, 0};
        const auto rings = detail_.rings_of(feature);
        for (const uint32_t ring : rings) {
            // Only where several rings share a pixel does it matter which way they run.
            const int turn = rings.size() > 1 ? turn_of(ring) : 1;
            for (const int32_t ref : detail_.arcs_of_ring(ring)) {
                const uint32_t path = path_of(arc_of(ref));
                if (path == out_of_sight) continue;
                const FixedBox& b = out_.paths[path].box;
                box = {std::min(box.min_x, b.min_x), std::min(box.min_y, b.min_y), std::max(box.max_x, b.max_x),
                       std::max(box.max_y, b.max_y)};
                out_.sides.push_back({path, backwards(ref) ? -turn : turn});
            }
        }
        shape.count = static_cast<uint32_t>(out_.sides.size()) - shape.first;
        shape.first_column = std::max(box.min_x, 0) >> fixed_bits;
        shape.first_row = std::max(box.min_y, 0) >> fixed_bits;
        shape.end_column = (std::min(box.max_x, width_) + fixed_one - 1) >> fixed_bits;
        shape.end_row = (std::min(box.max_y, height_) + fixed_one - 1) >> fixed_bits;
        // To the right of the part no arc is kept: what is open there reaches to its side.
        if (cut_right_) shape.end_column = width_ >> fixed_bits;
        cut_right_ = false;
        if (shape.count > 0 && shape.first_column < shape.end_column && shape.first_row < shape.end_row)
            out_.shapes.push_back(shape);
        else
            out_.sides.resize(shape.first);
    }

    /// So that all outlines run one way and all holes the other; lattice areas, as the plane only scales them.
    [[nodiscard]] int turn_of(uint32_t ring) const {
        double area = 0;
        LatticePoint from{};
        bool started = false;
        for (const int32_t ref : detail_.arcs_of_ring(ring)) {
            const auto points = detail_.points_of(detail_.arcs[arc_of(ref)]);
            if (!started) from = points.front();
            started = true;
            double sum = 0;
            for (std::size_t i = 1; i < points.size(); ++i) {
                const double x = double{1} * points[i - 1].x - from.x;
                const double y = double{1} * points[i - 1].y - from.y;
                sum += x * (double{1} * points[i].y - from.y) - (double{1} * points[i].x - from.x) * y;
            }
            area += backwards(ref) ? -sum : sum;
        }
        return (area < 0) != (detail_.holes[ring] != 0) ? -1 : 1;
    }

    /// The path of an arc, placed when it is first met.
    uint32_t path_of(uint32_t index) {
        const Arc& arc = detail_.arcs[index];
        uint32_t& path = path_of_[index];
        if (path == unknown) path = make_path(index, arc);
        if (path == right_of_sight) cut_right_ = true;
        return path >= right_of_sight ? out_of_sight : path;
    }

    uint32_t make_path(uint32_t index, const Arc& arc) {
        if (arc.left == arc.right) return out_of_sight;  // bounds nothing
        const auto [box, too_far] = plane_.place(arc.box);
        PlacedShapes::Path path{0, arc.count, box};
        if (box.max_y <= 0 || box.min_y >= height_ || box.min_y == box.max_y) return out_of_sight;
        if (box.min_x >= width_) return right_of_sight;
        const auto points = detail_.points_of(arc);
        const auto number = static_cast<uint32_t>(out_.paths.size());
        const bool to_the_left = box.max_x <= 0;
        if (to_the_left || too_far) {
            path.first = cut_mark + static_cast<uint32_t>(cut_.size());
            if (to_the_left)  // only how far it rises counts
                cut_.insert(cut_.end(), {plane_.place(points.front()), plane_.place(points.back())});
            else
                append_clamped(plane_, points, cut_);
            path.count = cut_mark + static_cast<uint32_t>(cut_.size()) - path.first;
        } else {
            path.first = point_count_;
            point_count_ += arc.count;
            whole_.push_back({index, number});
        }
        out_.paths.push_back(path);
        return number;
    }

    void add_dot(const Dot& dot) {
        const FixedPoint at = plane_.place(dot.at);
        const double half = std::clamp(static_cast<double>(dot.width) * dot_scale_, double{fixed_one}, 1e8) / 2;
        const auto h = static_cast<int32_t>(std::lround(half));
        const FixedBox box{at.x - h, at.y - h, at.x + h, at.y + h};
        if (box.max_x > 0 && box.max_y > 0 && box.min_x < width_ && box.min_y < height_)
            out_.dots.push_back({dot.feature, box});
    }

    static constexpr uint32_t right_of_sight = 0xfffffffd;
    const Detail& detail_;
    DevicePlane plane_;
    int32_t width_, height_;
    double dot_scale_ = 1;
    std::vector<uint32_t> path_of_;  ///< one an arc
    bool cut_right_ = false;         ///< the shape being added had arcs to the right
    PlacedShapes out_;
    std::vector<Whole> whole_;     ///< to be placed as they are
    uint32_t point_count_ = 0;     ///< of those
    std::vector<FixedPoint> cut_;  ///< points of the others
};

}  // namespace

PlacedShapes place_shapes(const Detail& detail, std::span<const uint32_t> features, const PartView& view) {
    Placing placing(detail, view);
    if (features.size() > detail.feature_count() / 4) placing.expect_most();
    for (const uint32_t feature : features)
        placing.add(feature);
    return std::move(placing).finish();
}

}  // namespace diaban
