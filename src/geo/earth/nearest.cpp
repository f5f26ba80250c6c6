#include <algorithm>
#include <atomic>

#include "base/parallel.h"
#include "geo/earth/earth_shapes.h"
#include "geo/earth/overlaying.h"
#include "geo/earth/search.h"

namespace diaban {
namespace earth {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Has the memory fetch what searches from these features look at first: along the curve, a layer of points lies
/// anywhere in it. Always inline: GCC takes a function that only prefetches for one without effect, and drops its
/// calls.
__attribute__((always_inline)) inline void fetch(const State& of, std::span<const uint32_t> features) {
    for (const uint32_t feature : features)
        __builtin_prefetch(&of.roots[feature]);
    for (const uint32_t feature : features)
        if (is_chain(of.roots[feature])) __builtin_prefetch(&of.chain(of.roots[feature]));
    for (const uint32_t feature : features) {
        if (!is_chain(of.roots[feature])) continue;
        const uint32_t corner = of.chain(of.roots[feature]).first;
        __builtin_prefetch(&of.ground.places[corner]);
        __builtin_prefetch(&of.ground.degrees.points()[corner]);
    }
}

/// body(features of a block) for blocks of the features that are somewhere, neighbours on the ground one after the
/// other, on all cores. The only error is cancelled.
template <class Body>
Expected<void> each_block(const State& of, Progress& progress, const Body& body) {
    // Of outlines one feature may be much work.
    const std::size_t block = of.ground.degrees.kind() == GeometryKind::point ? 64 : 4;
    const std::size_t blocks = (of.order.size() + block - 1) / block;
    std::atomic<std::size_t> done{0};
    parallel_for(blocks, [&](std::size_t i) {
        if (progress.cancelled()) return;
        const std::size_t begin = i * block, end = std::min(of.order.size(), begin + block);
        body(std::span(of.order).subspan(begin, end - begin));
        progress.set(static_cast<double>(++done) / static_cast<double>(blocks));
    });
    if (progress.cancelled()) return tl::unexpected(cancelled_error());
    return {};
}

void offer_overlays(const Overlays& overlays, const Choice& among, uint32_t feature, uint32_t without, Found& found) {
    if (overlays.overlays.empty()) return;
    for (const Overlay& overlay : overlays.of(feature))
        if (overlay.other != without && among.has(overlay.other))
            found.offer({0, overlay.other, {}, {}, true, overlay.at});
}

/// What was found for the feature before tells how far there is to look at most: its neighbours are ours too.
double likely_limit(const State& of, const State& among, uint32_t feature, uint32_t wanted, uint32_t without,
                    const std::vector<Found::Candidate>& before) {
    const Ref root = of.roots[feature];
    if (wanted == 0 || before.size() < wanted || !is_chain(root) || of.chain(root).edges > 0) return infinity;
    const EarthPoint here = of.ground.places[of.chain(root).first];
    double farthest = 0;
    for (const Found::Candidate& each : std::span(before).first(wanted)) {
        if (each.touching || each.feature == without) return infinity;
        farthest = std::max(farthest, length(earth_point(among, each.to) - here));
    }
    return widest_chord(farthest) + chord_error;
}

/// take(feature, results) for each feature of `of`, from several threads.
template <class Take>
Expected<void> find_nearest(const State& of, const Choice& among, uint32_t wanted, Metres reach, bool not_itself,
                            Progress& progress, const Take& take) {
    const auto overlays = overlaying(of, among.state(), progress);
    if (!overlays) return tl::unexpected(overlays.error());
    return each_block(of, progress, [&](std::span<const uint32_t> features) {
        Search search(of, among);
        Found found(wanted, reach);
        fetch(of, features);
        for (const uint32_t feature : features) {
            if (progress.cancelled()) return;
            const uint32_t without = not_itself ? feature : no_feature;
            found.start(likely_limit(of, among.state(), feature, wanted, without, found.candidates()));
            offer_overlays(*overlays, among, feature, without, found);
            search.run(feature, found, without);
            take(feature, found.settle(of, among.state()));
        }
    });
}

}  // namespace
}  // namespace earth

Expected<std::vector<NearestFeature>> nearest(const EarthShapes& of, const EarthShapes& among,
                                              std::span<const uint8_t> among_considered, Metres reach,
                                              Progress& progress, bool not_itself) {
    std::vector<NearestFeature> result(of.feature_count(), NearestFeature{no_feature, earth::infinity, {}, {}});
    const earth::Choice choice(among.state(), among_considered);
    const auto done = earth::find_nearest(
        of.state(), choice, 1, reach, not_itself, progress, [&](uint32_t feature, const auto& found) {
            if (found.empty()) return;
            result[feature] = {found[0].feature, found[0].metres, found[0].from, found[0].to};
        });
    if (!done) return tl::unexpected(done.error());
    return result;
}

Expected<std::vector<Neighbour>> nearest_k(const EarthShapes& of, const EarthShapes& among,
                                           std::span<const uint8_t> among_considered, uint32_t k, Metres reach,
                                           Progress& progress) {
    std::vector<Neighbour> result(std::size_t{of.feature_count()} * k, Neighbour{no_feature, earth::infinity});
    const earth::Choice choice(among.state(), among_considered);
    const auto done =
        earth::find_nearest(of.state(), choice, k, reach, false, progress, [&](uint32_t feature, const auto& found) {
            for (std::size_t i = 0; i < found.size(); ++i)
                result[std::size_t{feature} * k + i] = {found[i].feature, found[i].metres};
        });
    if (!done) return tl::unexpected(done.error());
    return result;
}

Expected<Neighbours> neighbours_within(const EarthShapes& of, const EarthShapes& among, Metres reach,
                                       Progress& progress) {
    const earth::State &here = of.state(), &there = among.state();
    const earth::Choice choice(there, {});
    const auto overlays = earth::overlaying(here, there, progress);
    if (!overlays) return tl::unexpected(overlays.error());
    std::vector<std::vector<Neighbour>> found_for(of.feature_count());
    const double chord = reach.value() + earth::chord_error;
    const auto done = earth::each_block(here, progress, [&](std::span<const uint32_t> features) {
        earth::Search search(here, choice);
        earth::Found found(1, reach);
        for (const uint32_t feature : features) {
            const auto held = overlays->of(feature);
            for (const uint32_t other : earth::features_near(choice, here.box(here.roots[feature]), chord)) {
                if (progress.cancelled()) return;
                found.start(earth::infinity);
                const auto overlay = std::ranges::lower_bound(held, other, {}, &earth::Overlay::other);
                if (overlay != held.end() && overlay->other == other)
                    found.offer({0, other, {}, {}, true, overlay->at});
                else
                    search.run_on(feature, there.roots[other], found);
                for (const auto& each : found.settle(here, there))
                    found_for[feature].push_back({each.feature, each.metres});
            }
        }
    });
    if (!done) return tl::unexpected(done.error());
    Neighbours result;
    result.offsets.push_back(0);
    for (const auto& each : found_for) {
        result.neighbours.insert(result.neighbours.end(), each.begin(), each.end());
        result.offsets.push_back(result.neighbours.size());
    }
    return result;
}

}  // namespace diaban
