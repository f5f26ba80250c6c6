#include "geo/earth/curve.h"

#include <algorithm>
#include <array>

#include "base/parallel.h"
#include "geo/hilbert.h"

namespace diaban::earth {
namespace {

struct Keyed {
    uint64_t key;
    uint32_t item;
};

/// Seen from the earth's centre on a cube: which side, and where on it (-1 to 1).
struct OnCube {
    uint32_t side = 0;
    Point at;
};

OnCube on_cube(EarthPoint p) {
    const double x = std::abs(p.x), y = std::abs(p.y), z = std::abs(p.z);
    if (x >= y && x >= z) return {p.x < 0 ? 1U : 0U, {p.y / p.x, p.z / p.x}};
    if (y >= z) return {p.y < 0 ? 3U : 2U, {p.x / p.y, p.z / p.y}};
    return {p.z < 0 ? 5U : 4U, {p.x / p.z, p.y / p.z}};
}

/// By key (35 bits), ties left as they were: twelve bits at a time, the lowest first.
void sort_by_key(std::vector<Keyed>& items) {
    constexpr uint32_t bits = 12, all_bits = 36;
    constexpr std::size_t heaps = std::size_t{1} << bits;
    if (items.size() < heaps) {
        std::ranges::stable_sort(items, {}, &Keyed::key);
        return;
    }
    std::vector<Keyed> other(items.size());
    for (uint32_t shift = 0; shift < all_bits; shift += bits) {
        std::vector<std::size_t> next(heaps + 1);
        const auto heap = [shift](const Keyed& k) { return static_cast<std::size_t>(k.key >> shift) & (heaps - 1); };
        for (const Keyed& k : items)
            ++next[heap(k) + 1];
        for (std::size_t i = 0; i < heaps; ++i)
            next[i + 1] += next[i];
        for (const Keyed& k : items)
            other[next[heap(k)]++] = k;
        items.swap(other);
    }
}

}  // namespace

std::vector<uint32_t> curve_order(std::span<const EarthPoint> places) {
    std::array<Box, 6> boxes;
    for (const EarthPoint p : places) {
        const OnCube c = on_cube(p);
        boxes[c.side].extend(c.at);
    }
    std::vector<Keyed> keyed(places.size());
    const auto give_keys = [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const OnCube c = on_cube(places[i]);
            const Box& box = boxes[c.side];
            const double per_cell = std::max(box.width(), box.height()) / 65535;
            const auto cell = [&](double v) { return per_cell > 0 ? static_cast<uint32_t>(v / per_cell) : 0U; };
            const uint32_t along = along_hilbert(cell(c.at.x - box.min_x), cell(c.at.y - box.min_y));
            keyed[i] = {uint64_t{c.side} << 32 | along, static_cast<uint32_t>(i)};
        }
    };
    constexpr std::size_t worth_sharing = 20'000;
    if (places.size() < worth_sharing)
        give_keys(0, places.size());
    else
        parallel_ranges(places.size(), give_keys);
    sort_by_key(keyed);
    std::vector<uint32_t> order(places.size());
    std::ranges::transform(keyed, order.begin(), &Keyed::item);
    return order;
}

}  // namespace diaban::earth
