// Four floats at once, for what is computed of four neighbouring pixels.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

namespace diaban {

using FloatQuad = float __attribute__((vector_size(16)));

[[nodiscard]] inline FloatQuad least(FloatQuad a, FloatQuad b) {
    return a < b ? a : b;
}
[[nodiscard]] inline FloatQuad most(FloatQuad a, FloatQuad b) {
    return a > b ? a : b;
}
[[nodiscard]] inline FloatQuad magnitude(FloatQuad v) {
    return most(v, -v);
}
/// Kept within 0 and 1.
[[nodiscard]] inline FloatQuad part_of_one(FloatQuad v) {
    return least(most(v, FloatQuad{}), FloatQuad{} + 1.0F);
}
[[nodiscard]] inline FloatQuad root(FloatQuad v) {
    return FloatQuad{std::sqrt(v[0]), std::sqrt(v[1]), std::sqrt(v[2]), std::sqrt(v[3])};
}
/// To the nearest step of 255, of what lies between 0 and 1.
[[nodiscard]] inline auto steps(FloatQuad v) {
    using Steps = int32_t __attribute__((vector_size(16)));
    using Bits = uint32_t __attribute__((vector_size(16)));
    return std::bit_cast<Bits>(__builtin_convertvector(v * 255.0F + 0.5F, Steps));
}

}  // namespace diaban
