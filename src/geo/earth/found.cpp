#include "geo/earth/found.h"

#include <algorithm>
#include <tuple>

#include "geo/measures.h"

namespace diaban::earth {
namespace {

/// Nearer together than this, PROJ's own geodesics decide which of two distances is less, or whether one is within
/// reach.
constexpr double too_close_to_tell = 1e-6;

constexpr auto nearer = [](const Found::Candidate& a, const Found::Candidate& b) {
    return std::tie(a.chord, a.feature) < std::tie(b.chord, b.feature);
};

Point lerp(Point a, Point b, double share) {
    return {a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}

Point degrees(const State& state, Spot spot) {
    const auto points = state.ground.degrees.points();
    return spot.share == 0 ? points[spot.corner] : lerp(points[spot.corner], points[spot.corner + 1], spot.share);
}

/// The spot of an edge that is nearest to `p` on the ground: the share was found on the chord, and the edge itself, in
/// degrees, runs along it at another pace.
Spot refined(const State& state, Spot spot, EarthPoint p) {
    if (spot.share <= 0 || spot.share >= 1) return spot;
    const EarthPoint a = state.ground.places[spot.corner], b = state.ground.places[spot.corner + 1];
    const EarthPoint along = b - a, here = to_earth_point(degrees(state, spot));
    const double step = dot(p - here, along) / dot(along, along);
    return {spot.corner, std::clamp(spot.share + step, 0.0, 1.0)};
}

/// A share of 1 is the next coordinate, to the last bit.
Spot on_corner(Spot spot) {
    return spot.share == 1 ? Spot{spot.corner + 1, 0} : spot;
}

Point turned_home(Point p) {
    return {p.x > 180 || p.x < -180 ? std::remainder(p.x, 360.0) : p.x, p.y};
}

Found::Result result_of(const Found::Candidate& candidate, const State& of, const State& among) {
    if (candidate.touching) {
        const Point at = turned_home(candidate.at);
        return {candidate.feature, 0, at, at};
    }
    Spot from = candidate.from, to = candidate.to;
    if (from.share > 0)
        from = on_corner(refined(of, from, earth_point(among, to)));
    else if (to.share > 0)
        to = on_corner(refined(among, to, earth_point(of, from)));
    Found::Result result{candidate.feature, 0, turned_home(degrees(of, from)), turned_home(degrees(among, to))};
    result.metres = metres_between(result.from, result.to, earth_point(of, from), earth_point(among, to));
    if (result.metres == 0) result.to = result.from;
    return result;
}

}  // namespace

EarthPoint earth_point(const State& state, Spot spot) {
    return spot.share == 0 ? state.ground.places[spot.corner] : to_earth_point(degrees(state, spot));
}

Found::Found(uint32_t wanted, Metres reach) : wanted_(wanted), reach_(reach.value()) {
    start(std::numeric_limits<double>::infinity());
}

void Found::set_limit(double limit) {
    limit_ = limit;
    // Of nothing wanted, or a reach that is none, no chord is short enough.
    squared_limit_ = limit >= 0 ? earth::squared_limit(limit) : -1;
}

void Found::start(double limit) {
    candidates_.clear();
    const bool any = wanted_ > 0 && reach_ >= 0;
    set_limit(any ? std::min(reach_ + chord_error, limit) : -1);
}

bool Found::settled(uint32_t feature) const {
    if (wanted_ == 1 && !candidates_.empty() && candidates_[0].touching && candidates_[0].feature <= feature)
        return true;
    return std::ranges::any_of(candidates_, [&](const Candidate& c) { return c.feature == feature && c.touching; });
}

void Found::offer(const Candidate& candidate) {
    if (!(candidate.chord <= limit_)) return;
    if (candidates_.size() >= wanted_ && candidate.chord == candidates_[wanted_ - 1].chord &&
        candidate.feature >= candidates_[wanted_ - 1].feature)
        return;
    const auto same = std::ranges::find(candidates_, candidate.feature, &Candidate::feature);
    if (same != candidates_.end()) {
        if (same->touching || (same->chord <= candidate.chord && !candidate.touching)) return;
        candidates_.erase(same);
    }
    const auto at = std::ranges::upper_bound(candidates_, candidate, nearer);
    candidates_.insert(at, candidate);
    if (candidates_.size() < wanted_) return;
    // Of many at one place the firsts are enough: thousands of features may stand there.
    while (candidates_.size() > wanted_ && candidates_[wanted_].chord == candidates_[wanted_ - 1].chord)
        candidates_.erase(candidates_.begin() + wanted_);
    set_limit(std::min(limit_, widest_chord(candidates_[wanted_ - 1].chord) + chord_error));
    while (candidates_.back().chord > limit_)
        candidates_.pop_back();
}

const std::vector<Found::Result>& Found::settle(const State& of, const State& among) {
    results_.clear();
    for (const Candidate& candidate : candidates_)
        results_.push_back(result_of(candidate, of, among));
    const auto by_proj = [](Result& result) {
        if (result.metres > 0) result.metres = geodesic_distance(result.from, result.to).value();
    };
    const auto in_order = [](const Result& a, const Result& b) {
        return std::tie(a.metres, a.feature) < std::tie(b.metres, b.feature);
    };
    std::ranges::sort(results_, in_order);
    bool told = true;
    for (std::size_t i = 1; i < results_.size(); ++i)
        told = told && results_[i].metres - results_[i - 1].metres > too_close_to_tell;
    for (Result& result : results_)
        if (!told || std::abs(result.metres - reach_) < too_close_to_tell) by_proj(result);
    if (!told) std::ranges::sort(results_, in_order);
    std::erase_if(results_, [&](const Result& result) { return !(result.metres <= reach_); });
    if (results_.size() > wanted_) results_.resize(wanted_);
    return results_;
}

}  // namespace diaban::earth
