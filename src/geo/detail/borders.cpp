#include "geo/detail/borders.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "base/error.h"
#include "base/parallel.h"

namespace diaban {
namespace {

constexpr uint32_t none = 0xffffffff;

bool finite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

/// Numbers for places: equal for points of one cell (or for equal points), in the order in which they come.
class Places {
public:
    Places(const CellSize& cells, std::span<const Point> points) : cells_(cells), points_(points) {
        slots_.assign(std::bit_ceil(std::max<std::size_t>(16, 2 * points.size())), none);
        const int shift = 64 - std::countr_zero(slots_.size());
        keys_.resize(points.size());
        home_.resize(points.size());
        parallel_ranges(points.size(), [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i) {
                keys_[i] = key_of(points[i]);
                home_[i] = static_cast<uint32_t>(hash(keys_[i]) >> shift);
            }
        });
        firsts.reserve(points.size() / 2);
    }

    /// Of the i-th point; points are asked for in their order.
    uint32_t number_of(std::size_t i) {
        // The table is larger than the caches: what will be looked at soon is fetched now.
        constexpr std::size_t ahead = 12;
        if (i + ahead < home_.size()) __builtin_prefetch(&slots_[home_[i + ahead]]);
        for (std::size_t slot = home_[i];; slot = (slot + 1) & (slots_.size() - 1)) {
            if (slots_[slot] == none) {
                slots_[slot] = static_cast<uint32_t>(firsts.size());
                firsts.push_back(static_cast<uint32_t>(i));
                return slots_[slot];
            }
            if (keys_[firsts[slots_[slot]]] == keys_[i]) return slots_[slot];
        }
    }

    [[nodiscard]] Point point_of(uint32_t place) const { return points_[firsts[place]]; }

    std::vector<uint32_t> firsts;  ///< the first point of each place

private:
    struct Key {
        uint64_t x, y;
        bool operator==(const Key&) const = default;
    };
    [[nodiscard]] Key key_of(Point p) const {
        if (!(cells_.x > 0)) return {std::bit_cast<uint64_t>(p.x + 0.0), std::bit_cast<uint64_t>(p.y + 0.0)};
        const auto cell = [](double v) {
            return static_cast<uint64_t>(static_cast<int64_t>(std::clamp(v, -9e18, 9e18)));
        };
        return {cell((p.x - cells_.from.x) / cells_.x), cell((p.y - cells_.from.y) / cells_.y)};
    }
    /// Multiplied and folded, so that neighbouring cells land far apart.
    static uint64_t hash(Key key) {
        uint64_t h = key.x * 0x9e3779b97f4a7c15U + key.y;
        h ^= h >> 32U;
        h *= 0xd6e8feb86659fd93U;
        h ^= h >> 32U;
        return h * 0x9e3779b97f4a7c15U;
    }

    const CellSize& cells_;
    std::span<const Point> points_;
    std::vector<uint32_t> slots_;
    std::vector<Key> keys_;
    std::vector<uint32_t> home_;  ///< the slot at which the search for each point begins
};

struct Walk {
    std::size_t ring = 0;  ///< of ThinRings
    std::vector<uint32_t> places;
};

/// The walk with repeated places left out; a ring's last does not repeat its first.
void tidy(std::vector<uint32_t>& walk, bool closed, const std::vector<Point>& plane) {
    std::erase_if(walk, [&](uint32_t p) { return !finite(plane[p]); });
    walk.erase(std::unique(walk.begin(), walk.end()), walk.end());
    while (closed && walk.size() > 1 && walk.front() == walk.back())
        walk.pop_back();
}

/// Marks the places at which borders part: those with different neighbours in different walks, and the ends of lines.
std::vector<uint8_t> find_nodes(const std::vector<Walk>& walks, std::size_t places, bool closed) {
    std::vector<uint8_t> node(places, 0);
    std::vector<std::pair<uint32_t, uint32_t>> neighbours(places, {none, none});
    for (const Walk& walk : walks) {
        const std::size_t count = walk.places.size();
        for (std::size_t i = 0; i < count; ++i) {
            const uint32_t at = walk.places[i];
            if (!closed && (i == 0 || i + 1 == count)) {
                node[at] = 1;
                continue;
            }
            const auto [a, b] =
                std::minmax(walk.places[i == 0 ? count - 1 : i - 1], walk.places[i + 1 == count ? 0 : i + 1]);
            auto& known = neighbours[at];
            if (known.first == none)
                known = {a, b};
            else if (known != std::pair(a, b))
                node[at] = 1;
        }
    }
    return node;
}

/// Puts borders together and finds them again.
class BorderStore {
public:
    explicit BorderStore(Borders& out) : out_(out) {}

    /// The border that runs along these places (either way), now with this feature beside it.
    int32_t add(std::span<const uint32_t> run, uint32_t feature) {
        const bool closed = run.front() == run.back();
        const uint32_t second = run[1];
        const uint32_t last_but_one = run[run.size() - 2];
        const bool reversed = closed ? second > last_but_one : run.front() > run.back();
        const uint32_t start = reversed ? run.back() : run.front();
        const uint32_t next = reversed ? last_but_one : second;
        const uint64_t key = (uint64_t{start} << 32U) | next;
        const auto [known, fresh] = known_.try_emplace(key, static_cast<int32_t>(out_.borders.size()));
        if (!fresh) {
            Border& border = out_.borders[static_cast<std::size_t>(known->second)];
            if (border.count == run.size() && border.right == Arc::nobody) {
                border.right = feature;
                return reversed ? ~known->second : known->second;
            }
        }
        // New, or beside a third feature already: a border of its own.
        const auto index = static_cast<int32_t>(out_.borders.size());
        out_.borders.push_back({out_.walk.size(), run.size(), feature, Arc::nobody, closed});
        if (reversed)
            out_.walk.insert(out_.walk.end(), run.rbegin(), run.rend());
        else
            out_.walk.insert(out_.walk.end(), run.begin(), run.end());
        known->second = index;
        return reversed ? ~index : index;
    }

private:
    Borders& out_;
    std::unordered_map<uint64_t, int32_t> known_;
};

/// Cuts a walk at its nodes.
void cut(const std::vector<uint32_t>& walk, const std::vector<uint8_t>& node, bool closed, BorderStore& store,
         BorderRing& ring) {
    std::vector<uint32_t> around = walk;
    if (closed) {
        // From a node, else from the place with the least number, so that equal rings are cut alike.
        auto start = std::ranges::find_if(around, [&](uint32_t p) { return node[p] != 0; });
        if (start == around.end()) start = std::ranges::min_element(around);
        std::rotate(around.begin(), start, around.end());
        around.push_back(around.front());
    }
    std::size_t from = 0;
    for (std::size_t i = 1; i < around.size(); ++i) {
        if (node[around[i]] == 0 && i + 1 != around.size()) continue;
        ring.borders.push_back(store.add(std::span(around).subspan(from, i + 1 - from), ring.feature));
        from = i;
    }
}

}  // namespace

Borders find_borders(const ThinRings& thin, const GridTransform& to_plane, const CellSize& cells, bool closed) {
    Borders out;
    DIABAN_CHECK(thin.points.size() < none / 4);
    Places places(cells, thin.points);
    std::vector<Walk> walks(thin.rings.size());
    for (std::size_t i = 0; i < thin.rings.size(); ++i) {
        const ThinRing& ring = thin.rings[i];
        walks[i].ring = i;
        walks[i].places.reserve(ring.count);
        for (std::size_t p = ring.first; p < ring.first + ring.count; ++p)
            walks[i].places.push_back(places.number_of(p));
    }
    out.places.resize(places.firsts.size());
    parallel_ranges(out.places.size(), [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            out.places[i] = to_plane.apply(places.point_of(static_cast<uint32_t>(i)));
    });
    const std::size_t fewest = closed ? 3 : 2;
    for (Walk& walk : walks) {
        const Point at = walk.places.empty() ? Point{} : places.point_of(walk.places.front());
        tidy(walk.places, closed, out.places);
        if (!closed && walk.places.size() == 1)
            walk.places.push_back(walk.places.front());  // a line is drawn, however short
        if (walk.places.size() >= fewest) continue;
        const ThinRing& ring = thin.rings[walk.ring];
        if (!ring.hole && !walk.places.empty()) out.specks.push_back({ring.feature, at, 0});
        walk.places.clear();
    }
    std::erase_if(walks, [](const Walk& walk) { return walk.places.empty(); });

    const std::vector<uint8_t> node = find_nodes(walks, out.places.size(), closed);
    BorderStore store(out);
    out.rings.reserve(walks.size());
    for (const Walk& walk : walks) {
        BorderRing ring{thin.rings[walk.ring].feature, thin.rings[walk.ring].hole, {}};
        cut(walk.places, node, closed, store, ring);
        out.rings.push_back(std::move(ring));
    }
    return out;
}

}  // namespace diaban
