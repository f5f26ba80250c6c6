// The nearest features found so far, by the chord; and what they come to on the ground.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/earth/earth_shapes.h"
#include "geo/earth/state.h"

namespace diaban::earth {

/// A place on an outline: a share of the way from one coordinate to the next, 0 for the coordinate itself.
struct Spot {
    uint32_t corner = 0;
    double share = 0;
};

[[nodiscard]] EarthPoint earth_point(const State& state, Spot spot);

/// How far chords may be off: both ends may lie on edges that sag.
inline constexpr double chord_error = 2 * deepest_sag;

class Found {
public:
    struct Candidate {
        double chord = 0;
        uint32_t feature = no_feature;
        Spot from, to;
        bool touching = false;  ///< where they do: `at`
        Point at;
    };

    /// Looks for the `wanted` nearest features within reach. A reach of NaN or less than 0 finds nothing.
    Found(uint32_t wanted, Metres reach);

    /// Forgets what was found. No more than `limit` of chord need be looked at, if that is known.
    void start(double limit);

    /// Farther chords need not be offered.
    [[nodiscard]] double limit() const { return limit_; }
    [[nodiscard]] float squared_limit() const { return squared_limit_; }
    void offer(const Candidate& candidate);
    /// Whether nothing that this feature may still have to offer matters.
    [[nodiscard]] bool settled(uint32_t feature) const;
    [[nodiscard]] const std::vector<Candidate>& candidates() const { return candidates_; }

    struct Result {
        uint32_t feature = no_feature;
        double metres = 0;
        Point from, to;
    };
    /// The nearest ones within reach by their geodesic distances, nearest first, of equals the first; at most `wanted`.
    [[nodiscard]] const std::vector<Result>& settle(const State& of, const State& among);

private:
    void set_limit(double limit);

    uint32_t wanted_;
    double reach_;
    double limit_ = 0;
    float squared_limit_ = 0;
    std::vector<Candidate> candidates_;  ///< by chord
    std::vector<Result> results_;
};

}  // namespace diaban::earth
