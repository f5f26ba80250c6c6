// A number for a segment that is the same in both directions.
#pragma once

#include <bit>
#include <cstdint>

#include "geo/geometry.h"

namespace diaban {

/// Well mixed in all bits; 0 and -0 are one coordinate.
[[nodiscard]] inline uint64_t hash_point(Point p) {
    const auto bits = [](double value) { return std::bit_cast<uint64_t>(value + 0.0); };
    const auto mixed = [](uint64_t h) {  // the finalizer of SplitMix64 (Steele, Lea and Flood 2014)
        h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9U;
        h = (h ^ (h >> 27)) * 0x94d049bb133111ebU;
        return h ^ (h >> 31);
    };
    return mixed(mixed(bits(p.x) + 0x9e3779b97f4a7c15U) ^ bits(p.y));
}

[[nodiscard]] inline uint64_t hash_segment(Point a, Point b) {
    // The sum does not ask for the order; the multiplication keeps sums of hashes of a ring's segments from becoming
    // twice the sum of its points' hashes, whatever joins them.
    const uint64_t both = hash_point(a) + hash_point(b);
    return (both ^ (both >> 29)) * 0xff51afd7ed558ccdU;
}

}  // namespace diaban
