// Cutting edges. The chord of an arc of length L lies L²/8R below the ground in its middle (the sag): 4.9 mm at 500 m.
// An edge that is straight in degrees or on a map also bends sideways: a parallel at latitude φ by L²·tan φ/8R, and so,
// at most, any edge that is straight in degrees or in a conformal cylindrical projection. An edge for which L²(1 + tan
// φ)/8R is small enough is left alone; of others the middle is transformed and looked at, and halves are looked at
// again. As the sag is vertical and the final distance is measured between places on the ground, what is left of it in
// a distance d is sag²/2d: 0.01 mm at a metre.
#include "geo/earth/cut.h"

#include <bit>

#include "base/parallel.h"

namespace diaban::earth {
namespace {

constexpr double mean_radius = 6'371'009;
constexpr std::size_t block_size = 4096;

struct Corner {
    Point source;
    Point degrees;
    EarthPoint place;
};

bool surely_short(EarthPoint a, EarthPoint b) {
    const EarthPoint v = b - a;
    const double across = std::sqrt(a.x * a.x + a.y * a.y);
    return dot(v, v) * (across + std::abs(a.z)) <= 8 * mean_radius * deepest_sag * across;
}

/// Across the antimeridian, or all round the earth: the chord does not tell.
bool goes_far_round(Point a, Point b) {
    return std::abs(b.x - a.x) >= 180;
}

std::size_t block_count(std::size_t count) {
    return (count + block_size - 1) / block_size;
}

/// body(begin, end) for blocks of `count`, on all cores, until cancelled.
template <class Body>
void each_block(std::size_t count, const Progress& progress, const Body& body) {
    parallel_for(block_count(count), [&](std::size_t block) {
        if (progress.cancelled()) return;
        body(block * block_size, std::min(count, (block + 1) * block_size));
    });
}

Geometry in_degrees(const Geometry& geometry, const Transform& to_degrees, const Progress& progress) {
    if (to_degrees.identity()) return geometry;
    std::vector<Point> degrees(geometry.points().size());
    each_block(degrees.size(), progress, [&](std::size_t begin, std::size_t end) {
        const auto made = to_degrees.apply(geometry.points().subspan(begin, end - begin));
        std::ranges::copy(made, degrees.begin() + static_cast<std::ptrdiff_t>(begin));
    });
    return geometry.with_points(std::move(degrees));
}

/// One ring (or path, or point) as it has to be instead.
struct Replaced {
    std::vector<Point> degrees;
    std::vector<EarthPoint> places;

    /// A ring once round a pole ends a turn from where it began: by way of the pole it holds, in the plane of degrees,
    /// what lies between. The nearer pole is meant.
    void close_round_pole() {
        if (degrees.empty() || !(std::abs(degrees.back().x - degrees.front().x) > 180)) return;
        double sum = 0;
        for (const Point p : degrees)
            sum += p.y;
        const double pole = sum < 0 ? -90 : 90;
        for (const Point p : {Point{degrees.back().x, pole}, Point{degrees.front().x, pole}, degrees.front()}) {
            degrees.push_back(p);
            places.push_back(to_earth_point(p));
        }
    }
    void reserve(std::size_t count) { degrees.reserve(count), places.reserve(count); }
    void add(const Corner& corner) {
        Point p = corner.degrees;
        if (!degrees.empty() && std::abs(p.x - degrees.back().x) > 180) {
            // Exactly 360° is an edge along a pole, from one end of a map of the world to the other.
            const double step = p.x - degrees.back().x, turn = std::round(step / 360) * 360;
            if (step != turn) p.x -= turn;
        }
        degrees.push_back(p);
        places.push_back(corner.place);
    }
};

class Cutter {
public:
    Cutter(const Geometry& source, const Ground& ground, const Transform& to_degrees)
        : source_(source), ground_(ground), to_degrees_(to_degrees) {}

    /// Whether a ring is good as it is.
    [[nodiscard]] bool plain(uint32_t ring) const {
        const uint32_t begin = source_.ring_offsets()[ring], end = source_.ring_offsets()[ring + 1];
        for (uint32_t i = begin; i < end; ++i) {
            if (!on_earth(degrees(i))) return false;
            if (i > begin &&
                (!surely_short(ground_.places[i - 1], ground_.places[i]) || goes_far_round(degrees(i - 1), degrees(i))))
                return false;
        }
        return true;
    }

    [[nodiscard]] Replaced replace(uint32_t ring) const {
        Replaced result;
        result.reserve(expected_size(ring));
        Corner last;
        const auto add = [&](const Corner& corner) {
            if (!result.degrees.empty()) cut(last, corner, result, 0);
            result.add(corner);
            last = corner;
        };
        const uint32_t begin = source_.ring_offsets()[ring], end = source_.ring_offsets()[ring + 1];
        std::size_t kept = 0;
        Corner first;
        for (uint32_t i = begin; i < end; ++i) {
            if (!on_earth(degrees(i))) continue;
            const Corner corner{source_.points()[i], degrees(i), ground_.places[i]};
            if (kept++ == 0) first = corner;
            add(corner);
        }
        const bool open = kept > 1 && last.source != first.source;
        if (source_.kind() == GeometryKind::polygon && open) add(first);
        if (source_.kind() == GeometryKind::polygon) result.close_round_pole();
        return result;
    }

private:
    [[nodiscard]] Point degrees(uint32_t i) const { return ground_.degrees.points()[i]; }

    /// Of a ring once cut, or hardly less.
    [[nodiscard]] std::size_t expected_size(uint32_t ring) const {
        const uint32_t begin = source_.ring_offsets()[ring], end = source_.ring_offsets()[ring + 1];
        std::size_t size = 1;
        for (uint32_t i = begin; i + 1 < end; ++i) {
            const double chord = length(ground_.places[i + 1] - ground_.places[i]);
            size += std::bit_ceil(static_cast<std::size_t>(std::ceil(chord / longest_piece)));
        }
        return size;
    }

    /// Adds what has to lie between a and b.
    void cut(const Corner& a, const Corner& b, Replaced& result, int depth) const {
        constexpr int deepest = 18;  // 2^18 pieces of 500 m are more than three times round the earth
        if (depth == deepest || (surely_short(a.place, b.place) && depth > 0)) return;
        Corner middle;
        middle.source = {(a.source.x + b.source.x) / 2, (a.source.y + b.source.y) / 2};
        middle.degrees = to_degrees_.apply(middle.source);
        if (!on_earth(middle.degrees)) return;
        middle.place = to_earth_point(middle.degrees);
        const double chord = length(b.place - a.place);
        if (chord <= longest_piece && length(middle.place - (a.place + b.place) * 0.5) <= deepest_sag) return;
        cut(a, middle, result, depth + 1);
        result.add(middle);
        cut(middle, b, result, depth + 1);
    }

    const Geometry& source_;
    const Ground& ground_;
    const Transform& to_degrees_;
};

/// The same features with some of their rings replaced.
class Assembly {
public:
    /// Takes `replaced` piece by piece, so that memory holds it once.
    Assembly(const Ground& old, const std::vector<uint32_t>& which, std::vector<Replaced>& replaced)
        : old_(old), which_(which), replaced_(replaced) {
        std::size_t count = old.places.size();
        for (std::size_t i = 0; i < which.size(); ++i)
            count += replaced[i].places.size() - old.degrees.ring(which[i]).size();
        points_.reserve(count), places_.reserve(count);
    }

    [[nodiscard]] Ground make() && {
        const Geometry& from = old_.degrees;
        for (uint32_t feature = 0; feature < from.feature_count(); ++feature) {
            for (const uint32_t part : from.parts_of(feature))
                add_part(part);
            features_.push_back(static_cast<uint32_t>(parts_.size() - 1));
        }
        return {Geometry(from.kind(), std::move(points_), std::move(rings_), std::move(parts_), std::move(features_)),
                std::move(places_)};
    }

private:
    void add_part(uint32_t part) {
        const std::size_t before = rings_.size();
        bool outer = true;
        for (const uint32_t ring : old_.degrees.rings_of_part(part)) {
            const std::size_t start = points_.size();
            add_ring(ring);
            // A part whose outline is nowhere has no holes either.
            const bool lost = points_.size() == start;
            if (!lost && (outer || rings_.size() > before)) rings_.push_back(static_cast<uint32_t>(points_.size()));
            if (lost && outer) {
                next_ += rings_left_out(part, ring);
                break;
            }
            outer = false;
        }
        if (rings_.size() > before) parts_.push_back(static_cast<uint32_t>(rings_.size() - 1));
    }

    /// How many of the replaced rings belong to the rest of a part that is passed over.
    [[nodiscard]] std::size_t rings_left_out(uint32_t part, uint32_t after) const {
        std::size_t count = 0;
        for (const uint32_t ring : old_.degrees.rings_of_part(part))
            if (ring > after && next_ + count < which_.size() && which_[next_ + count] == ring) ++count;
        return count;
    }

    void add_ring(uint32_t ring) {
        const uint32_t begin = old_.degrees.ring_offsets()[ring], end = old_.degrees.ring_offsets()[ring + 1];
        if (next_ < which_.size() && which_[next_] == ring) {
            const Replaced other = std::move(replaced_[next_++]);
            points_.insert(points_.end(), other.degrees.begin(), other.degrees.end());
            places_.insert(places_.end(), other.places.begin(), other.places.end());
            return;
        }
        const auto points = old_.degrees.points().subspan(begin, end - begin);
        points_.insert(points_.end(), points.begin(), points.end());
        places_.insert(places_.end(), old_.places.begin() + begin, old_.places.begin() + end);
    }

    const Ground& old_;
    const std::vector<uint32_t>& which_;
    std::vector<Replaced>& replaced_;
    std::size_t next_ = 0;
    std::vector<Point> points_;
    std::vector<EarthPoint> places_;
    std::vector<uint32_t> rings_{0}, parts_{0}, features_{0};
};

}  // namespace

Expected<Ground> lay_on_ground(const Geometry& geometry, const Transform& to_degrees, Progress& progress) {
    Ground ground{in_degrees(geometry, to_degrees, progress), {}};
    const auto degrees = ground.degrees.points();
    ground.places.resize(degrees.size());
    each_block(degrees.size(), progress, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            if (on_earth(degrees[i])) ground.places[i] = to_earth_point(degrees[i]);
    });

    const Cutter cutter(geometry, ground, to_degrees);
    std::vector<uint8_t> plain(geometry.ring_count());
    parallel_for(plain.size(), [&](std::size_t ring) {
        if (!progress.cancelled()) plain[ring] = cutter.plain(static_cast<uint32_t>(ring));
    });
    if (progress.cancelled()) return tl::unexpected(cancelled_error());

    std::vector<uint32_t> which;
    for (uint32_t ring = 0; ring < plain.size(); ++ring)
        if (!plain[ring]) which.push_back(ring);
    if (which.empty()) return ground;
    std::vector<Replaced> replaced(which.size());
    parallel_for(which.size(), [&](std::size_t i) {
        if (!progress.cancelled()) replaced[i] = cutter.replace(which[i]);
    });
    if (progress.cancelled()) return tl::unexpected(cancelled_error());
    return Assembly(ground, which, replaced).make();
}

}  // namespace diaban::earth
