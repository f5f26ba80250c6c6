// The way between two CRSs. A PJ serves one thread at a time, so each thread keeps its own clones.
#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <mutex>

#include "base/i18n.h"
#include "base/parallel.h"
#include "geo/crs.h"
#include "geo/crs/proj_handles.h"

namespace diaban {

struct Transform::State {
    uint64_t id = 0;  ///< never used again, unlike an address
    mutable std::once_flag described;
    mutable std::string operation;
    mutable double accuracy = -1;
    std::string from, to;  ///< definitions
    proj::Context context;
    proj::Pj original;        ///< only cloned from, under the mutex
    mutable std::mutex lock;  // guards `original`, which cloning may touch

    [[nodiscard]] proj::Pj clone(PJ_CONTEXT* target) const {
        const std::lock_guard guard(lock);
        proj::Pj pj(proj_clone(target, original.get()));
        DIABAN_CHECK(pj != nullptr);
        return pj;
    }

    /// Looks up `operation` and `accuracy`: hardly anybody asks, and it takes longer than all the rest.
    void describe_once() const;

    /// This thread's clone, made at first use; the longest unused is dropped when there are many.
    [[nodiscard]] PJ* for_this_thread() const;
};

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

struct Clone {
    uint64_t id;
    proj::Pj pj;
};

uint64_t next_id() {
    static std::atomic<uint64_t> last{0};
    return ++last;
}

/// Which operation PROJ would take first, for people.
void describe(PJ_CONTEXT* context, const PJ* from, const PJ* to, std::string& operation, double& accuracy) {
    const proj::FactoryContext factory(proj_create_operation_factory_context(context, nullptr));
    if (!factory) return;
    proj_operation_factory_context_set_spatial_criterion(context, factory.get(),
                                                         PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
    proj_operation_factory_context_set_grid_availability_use(context, factory.get(),
                                                             PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID);
    const proj::List list(proj_create_operations(context, from, to, factory.get()));
    if (!list || proj_list_get_count(list.get()) == 0) return;
    const proj::Pj first(proj_list_get(context, list.get(), 0));
    operation = proj_get_name(first.get());
    accuracy = proj_coordoperation_get_accuracy(context, first.get());
}

}  // namespace

void Transform::State::describe_once() const {
    std::call_once(described, [this] {
        const proj::Context own = proj::make_context();
        const proj::Pj source(proj_create(own.get(), from.c_str()));
        const proj::Pj target(proj_create(own.get(), to.c_str()));
        if (source && target) describe(own.get(), source.get(), target.get(), operation, accuracy);
    });
}

namespace {

std::size_t count_nan(std::span<const Point> points) {
    return static_cast<std::size_t>(std::ranges::count_if(points, [](Point p) { return std::isnan(p.x); }));
}

}  // namespace

PJ* Transform::State::for_this_thread() const {
    // The context is named first so that the clones made in it die before it does.
    PJ_CONTEXT* own_context = proj::thread_context();
    thread_local std::vector<Clone> clones;
    constexpr std::size_t kept = 16;
    const auto found = std::ranges::find(clones, id, &Clone::id);
    if (found != clones.end()) {
        std::rotate(clones.begin(), found, found + 1);
    } else {
        if (clones.size() == kept) clones.pop_back();
        clones.insert(clones.begin(), Clone{id, clone(own_context)});
    }
    return clones.front().pj.get();
}

namespace {

void transform_in_place(PJ* pj, bool forward, std::span<Point> points) {
    if (points.empty()) return;
    // PROJ passes HUGE_VAL through as an error; what it makes of NaN and infinities depends on the projection.
    for (Point& p : points)
        if (!std::isfinite(p.x) || !std::isfinite(p.y)) p = {HUGE_VAL, HUGE_VAL};
    proj_errno_reset(pj);
    proj_trans_generic(pj, forward ? PJ_FWD : PJ_INV, &points[0].x, sizeof(Point), points.size(), &points[0].y,
                       sizeof(Point), points.size(), nullptr, 0, 0, nullptr, 0, 0);
    for (Point& p : points)
        if (!std::isfinite(p.x) || !std::isfinite(p.y)) p = {nan, nan};
}

}  // namespace

Expected<Transform> Transform::between(const Crs& from, const Crs& to) {
    if (!from.known() || !to.known())
        return fail(ErrorKind::bad_input, tr("Coordinates of an unknown coordinate system cannot be transformed"), {},
                    tr("Say which coordinate system the data is in."));
    Transform result;
    if (from == to) return result;

    auto state = std::make_shared<State>();
    state->context = proj::make_context();
    PJ_CONTEXT* context = state->context.get();
    const proj::Complaint complaint(context);
    const proj::Pj source(proj_create(context, from.definition().c_str()));
    const proj::Pj target(proj_create(context, to.definition().c_str()));
    DIABAN_CHECK(source && target);
    // The same but for its axis order (EPSG:4326, OGC:CRS84) is the same here, where longitude always comes first.
    if (proj_is_equivalent_to_with_ctx(context, source.get(), target.get(),
                                       PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS))
        return result;

    const proj::Pj raw(proj_create_crs_to_crs_from_pj(context, source.get(), target.get(), nullptr, nullptr));
    if (raw) state->original.reset(proj_normalize_for_visualization(context, raw.get()));
    if (!state->original)
        return fail(ErrorKind::bad_input,
                    std::string(tr("There is no way between these coordinate systems:")) + " " + from.name() + ", " +
                        to.name() + (complaint.text().empty() ? "" : " (" + complaint.text() + ")"),
                    {}, tr("Choose another coordinate system for the map."));
    state->id = next_id();
    state->from = from.definition();
    state->to = to.definition();
    result.state_ = std::move(state);
    return result;
}

Point Transform::apply(Point p) const {
    if (!identity()) transform_in_place(state_->for_this_thread(), forward_, {&p, 1});
    return p;
}

std::vector<Point> Transform::apply(std::span<const Point> points) const {
    std::vector<Point> result(points.begin(), points.end());
    if (!identity()) transform_in_place(state_->for_this_thread(), forward_, result);
    return result;
}

Geometry Transform::apply(const Geometry& geometry, std::size_t* failed) const {
    if (failed) *failed = 0;
    if (identity()) return geometry;
    std::vector<Point> points(geometry.points().begin(), geometry.points().end());
    // Blocks large enough that fetching the clone costs nothing, small enough to share out evenly.
    constexpr std::size_t block = 4096;
    const std::size_t blocks = (points.size() + block - 1) / block;
    std::vector<std::size_t> lost(blocks);
    parallel_for(blocks, [&](std::size_t i) {
        const auto part = std::span(points).subspan(i * block, std::min(block, points.size() - i * block));
        transform_in_place(state_->for_this_thread(), forward_, part);
        lost[i] = count_nan(part);
    });
    if (failed)
        for (const std::size_t n : lost)
            *failed += n;
    return geometry.with_points(std::move(points));
}

Box Transform::apply(const Box& box) const {
    if (box.empty() || identity()) return box;
    constexpr int steps = 20;
    std::vector<Point> grid;
    grid.reserve((steps + 1) * (steps + 1));
    for (int i = 0; i <= steps; ++i)
        for (int j = 0; j <= steps; ++j)
            grid.push_back({box.min_x + box.width() * i / steps, box.min_y + box.height() * j / steps});
    transform_in_place(state_->for_this_thread(), forward_, grid);
    Box result;
    for (const Point p : grid)
        if (std::isfinite(p.x)) result.extend(p);
    return result;
}

Transform Transform::inverse() const {
    Transform result = *this;
    result.forward_ = !forward_;
    return result;
}

std::string Transform::operation() const {
    if (identity()) return tr("No change");
    state_->describe_once();
    return forward_ ? state_->operation : std::string(tr("Inverse of")) + " " + state_->operation;
}

Metres Transform::accuracy() const {
    if (identity()) return Metres(0);
    state_->describe_once();
    return Metres(state_->accuracy);
}

}  // namespace diaban
