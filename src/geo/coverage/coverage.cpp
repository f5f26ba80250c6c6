#include "geo/coverage.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

#include "base/parallel.h"
#include "geo/coverage/boundary.h"
#include "geo/coverage/duplicates.h"
#include "geo/coverage/problem_faces.h"
#include "geo/planar.h"
#include "geo/spatial_index.h"

namespace diaban {
namespace {

constexpr double default_tolerance = 1.0 / 17179869184.0;  // 2^-34 of the larger side
constexpr double cells_per_tolerance = 4;

/// Cells of a coarse raster that some boxes touch.
class Mask {
public:
    explicit Mask(const Box& box) : box_(box), cells_(side * side) {}
    void mark(const Box& box) {
        for_each_cell(box, [this](std::size_t i) { cells_[i] = 1; });
    }
    [[nodiscard]] bool touches(const Box& box) const {
        bool marked = false;
        for_each_cell(box, [&](std::size_t i) { marked = marked || cells_[i] != 0; });
        return marked;
    }

private:
    static constexpr std::size_t side = 2048;
    static std::size_t step(double value, double from, double width) {
        const double share = width > 0 ? (value - from) / width : 0;
        return static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(side - 1));
    }
    template <class Body>
    void for_each_cell(const Box& box, Body body) const {
        const std::size_t left = step(box.min_x, box_.min_x, box_.width());
        const std::size_t right = step(box.max_x, box_.min_x, box_.width());
        for (std::size_t y = step(box.min_y, box_.min_y, box_.height());
             y <= step(box.max_y, box_.min_y, box_.height()); ++y)
            for (std::size_t x = left; x <= right; ++x)
                body(y * side + x);
    }

    Box box_;
    std::vector<uint8_t> cells_;
};

Box box_around(const std::vector<Point>& ring) {
    Box box;
    for (const Point p : ring)
        box.extend(p);
    return box;
}

/// Where faces are covered by several polygons; nothing when none is.
std::optional<Mask> overlap_mask(const std::vector<ProblemFace>& faces, const Box& whole) {
    std::optional<Mask> mask;
    for (const ProblemFace& face : faces) {
        if (face.covered < 2) continue;
        if (!mask) mask.emplace(whole);
        mask->mark(box_around(face.rings.front()));
    }
    return mask;
}

/// The features that cover a face: those whose boundary it has on its inner side and, where they are too few, those
/// that it lies in altogether.
std::vector<uint32_t> features_over(const ProblemFace& face, const Geometry& polygons, const SpatialIndex& index,
                                    const std::vector<uint8_t>& passed_over) {
    std::vector<uint32_t> features = face.inside;
    if (std::cmp_greater_equal(features.size(), face.covered)) return features;
    for (const uint32_t candidate : index.query(face.on_edge))
        if (!passed_over[candidate] && !std::ranges::binary_search(face.inside, candidate) &&
            !std::ranges::binary_search(face.outside, candidate) && contains(polygons, candidate, face.on_edge))
            features.push_back(candidate);
    std::ranges::sort(features);
    return features;
}

bool within(const Box& inner, const Box& outer) {
    return inner.min_x >= outer.min_x && inner.min_y >= outer.min_y && inner.max_x <= outer.max_x &&
           inner.max_y <= outer.max_y;
}

/// The work of check_coverage, step by step.
class Check {
public:
    Check(const Geometry& polygons, const CoverageOptions& options, Progress& progress)
        : polygons_(polygons), options_(options), progress_(progress), passed_over_(polygons.feature_count()) {
        for (uint32_t feature = 0; feature < polygons.feature_count(); ++feature) {
            const Box& box = polygons.box_of(feature);
            if (box.empty()) continue;
            if (within(box, options.domain)) {
                box_.extend(box);
                continue;
            }
            passed_over_[feature] = 1;
            outside_.push_back(feature);
        }
        tolerance_ =
            options.tolerance > 0 ? options.tolerance : std::max(box_.width(), box_.height()) * default_tolerance;
        for (const DuplicateShape& duplicate : find_duplicates(polygons))
            passed_over_[duplicate.feature] = 1;
    }

    [[nodiscard]] Expected<Coverage> run() {
        if (box_.empty()) return nothing();
        const SnapGrid grid(box_, tolerance_ / cells_per_tolerance);
        const Boundary boundary(polygons_, passed_over_);
        auto faces = faces_of(boundary.network(grid, [&](uint32_t s) { return boundary.alone(s); }), grid, false);
        if (!faces) return tl::make_unexpected(faces.error());
        // Where polygons overlap, borders on which others agree may run through the overlap and divide it.
        if (const auto mask = *faces ? overlap_mask(**faces, box_) : std::nullopt) {
            const auto& points = polygons_.points();
            const auto wanted = [&](uint32_t s) {
                if (!boundary.shared(s)) return true;
                Box box;
                box.extend(points[s]);
                box.extend(points[s + 1]);
                return mask->touches(box);
            };
            faces = faces_of(boundary.network(grid, wanted), grid, true);
            if (!faces) return tl::make_unexpected(faces.error());
        }
        Coverage coverage = nothing();
        coverage.given_up = !*faces;
        if (*faces) report(coverage, std::move(**faces));
        return coverage;
    }

private:
    [[nodiscard]] Coverage nothing() const {
        Coverage coverage;
        coverage.outside = outside_;
        coverage.tolerance = tolerance_;
        return coverage;
    }

    using Faces = std::optional<std::vector<ProblemFace>>;

    /// Nothing when there are too many crossings.
    [[nodiscard]] Expected<Faces> faces_of(Network network, const SnapGrid& grid, bool with_shared) {
        if (progress_.cancelled()) return tl::make_unexpected(cancelled_error());
        const auto cut = cut_at_crossings(std::move(network), options_.most_crossings);
        if (!cut) return Faces{};
        if (progress_.cancelled()) return tl::make_unexpected(cancelled_error());
        return Faces(problem_faces(PlanarGraph(*cut, with_shared), grid));
    }

    void report(Coverage& coverage, std::vector<ProblemFace> faces) const {
        std::erase_if(faces, [&](const ProblemFace& face) {
            return 2 * face.area < tolerance_ * face.perimeter ||
                   (face.covered == 0 && face.area > options_.largest_gap);
        });
        std::ranges::stable_sort(faces, {},
                                 [](const ProblemFace& face) { return std::tuple(face.covered == 0, -face.area); });
        const SpatialIndex index =
            std::ranges::any_of(faces, covered_by_more) ? SpatialIndex(polygons_) : SpatialIndex();
        std::vector<CoverageProblem> problems(faces.size());
        parallel_for(faces.size(), [&](std::size_t i) {
            const bool gap = faces[i].covered == 0;
            problems[i].fault = gap ? CoverageFault::gap : CoverageFault::overlap;
            problems[i].features = gap ? faces[i].outside : features_over(faces[i], polygons_, index, passed_over_);
            problems[i].area = faces[i].area;
        });
        GeometryBuilder builder(GeometryKind::polygon);
        for (std::size_t i = 0; i < faces.size(); ++i) {
            // An invalid polygon that winds twice around a place, or the wrong way, is no matter between neighbours.
            if (problems[i].features.size() < (problems[i].fault == CoverageFault::overlap ? 2U : 1U)) continue;
            builder.begin_feature();
            builder.begin_part();
            for (const auto& ring : faces[i].rings)
                builder.add_ring(ring);
            coverage.problems.push_back(std::move(problems[i]));
        }
        coverage.shapes = std::move(builder).finish();
        place(coverage);
    }

    static bool covered_by_more(const ProblemFace& face) {
        return face.covered > 0 && std::cmp_less(face.inside.size(), face.covered);
    }

    /// A point well inside each shape: on a map it is where one looks.
    static void place(Coverage& coverage) {
        constexpr double share_of_box = 1.0 / 16;
        parallel_for(coverage.problems.size(), [&](std::size_t i) {
            const auto feature = static_cast<uint32_t>(i);
            const Box box = coverage.shapes.box_of(feature);
            const double precision = std::max(box.width(), box.height()) * share_of_box;
            coverage.problems[i].at = label_circle(coverage.shapes, feature, precision).centre;
        });
    }

    const Geometry& polygons_;
    const CoverageOptions& options_;
    Progress& progress_;
    std::vector<uint8_t> passed_over_;
    std::vector<uint32_t> outside_;
    Box box_;  ///< of all that are not outside
    double tolerance_ = 0;
};

}  // namespace

Expected<Coverage> check_coverage(const Geometry& polygons, const CoverageOptions& options, Progress& progress) {
    if (polygons.kind() != GeometryKind::polygon || polygons.box().empty()) return Coverage{};
    return Check(polygons, options, progress).run();
}

}  // namespace diaban
