#include "geo/crs/propose_crs.h"

#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "base/i18n.h"
#include "geo/crs/crs_candidates.h"
#include "geo/crs/vietnam_zones.h"

namespace diaban {
namespace {

using Family = CrsCandidate::Family;

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

template <class Part>
double median_of(std::span<const Point> points, const Part& part) {
    std::vector<double> values;
    values.reserve(points.size());
    for (const Point p : points)
        values.push_back(part(p));
    return median(std::move(values));
}

Box box_of(std::span<const Point> points) {
    Box box;
    for (const Point p : points)
        box.extend(p);
    return box;
}

/// Where a candidate puts the data.
struct Landing {
    std::vector<Point> points;  ///< degrees
    Point centre;
    double in_vietnam = 0;  ///< shares, of the points given
    double in_near = 0;
    double kilometres_off = 0;  ///< from the middle of `near`
    double zone_fits = 0;       ///< 0–1: whether it is a province that works in the candidate's 3° zone
};

/// How well a VN-2000 3° zone suits a place: near to a seat of its own, and nearer than to any other zone's.
double zone_fits(Point place, int epsg) {
    constexpr double province = 60, doubt = 10;  // km: how far provinces reach; how sharp their borders are here
    double own = 1e9, other = 1e9;
    for (const ZoneSeat& seat : vn2000_zone_seats()) {
        double& nearest = seat.epsg == epsg ? own : other;
        nearest = std::min(nearest, kilometres(rough_distance(place, {seat.lon, seat.lat})));
    }
    const double typical = 1 / (1 + own * own / (province * province));
    return typical / (1 + std::exp(std::clamp((own - other) / doubt, -50.0, 50.0)));
}

/// A box in which 10% more still counts as inside: the data may reach beyond what is open.
Box with_margin(const Box& near) {
    return near.grown(0.1 * std::max(near.width(), near.height()) + 0.02);
}

std::optional<Landing> land(const CrsCandidate& candidate, std::span<const Point> points,
                            const std::optional<Box>& near) {
    Landing landing;
    for (const Point p : candidate.to_degrees.apply(points))
        if (std::isfinite(p.x) && std::abs(p.x) <= 540 && std::abs(p.y) <= 90) landing.points.push_back(p);
    if (landing.points.size() * 2 < points.size() || landing.points.empty()) return {};
    const auto all = static_cast<double>(points.size());
    landing.centre = {median_of(landing.points, [](Point p) { return p.x; }),
                      median_of(landing.points, [](Point p) { return p.y; })};
    landing.in_vietnam = static_cast<double>(std::ranges::count_if(landing.points, in_vietnam)) / all;
    if (near) {
        landing.in_near = share_inside(landing.points, with_margin(*near));
        Point middle = near->centre();
        middle.x += 360 * std::round((landing.centre.x - middle.x) / 360);
        landing.kilometres_off = kilometres(rough_distance(landing.centre, middle));
    }
    if (candidate.family == Family::vn2000_zone) {
        for (const Point p : landing.points)
            landing.zone_fits += zone_fits(p, candidate.epsg) / all;
    }
    return landing;
}

/// How likely a file is in a CRS of this family, having landed where it should.
double family_likelihood(const CrsCandidate& candidate, const Landing& landing) {
    const double off = std::abs(std::remainder(landing.centre.x - candidate.central_meridian, 360.0));
    switch (candidate.family) {
        case Family::degrees:
            return 0.98;
        case Family::mercator:
            return 0.8;
        case Family::vn2000_zone:
            return (0.2 + 0.75 * landing.zone_fits) * (0.3 + 0.7 * landing.in_vietnam);
        case Family::vn2000_utm:
            // Near the middle of a UTM zone a 3° zone is as likely; far from it, and in the zone, nothing else is.
            return (candidate.prefix > 0 ? 0.9
                    : off > 3.4          ? 0.4
                    : off > 1.5          ? 0.75
                                         : 0.45) *
                   (0.3 + 0.7 * landing.in_vietnam);
        case Family::utm: {
            const double base = candidate.prefix > 0 ? 0.85 : off > 3.4 ? 0.45 : 0.8;
            // In Vietnam the national datum comes first; the two lie some 200 m apart.
            const double vietnamese = candidate.prefix > 0 ? 0.8 : off > 3.4 ? 0.35 : off > 1.5 ? 0.68 : 0.4;
            return base + (vietnamese - base) * landing.in_vietnam;
        }
    }
    return 0;
}

/// How well the landing agrees with where data are expected, 0–1.
double place_fits(const Landing& landing, const Box& near) {
    if (landing.in_near > 0) {
        // Data that fill what is open tell neighbouring zones apart by how well the two boxes agree.
        const Box box = box_of(landing.points);
        const double width = std::min(box.max_x, near.max_x) - std::max(box.min_x, near.min_x);
        const double height = std::min(box.max_y, near.max_y) - std::max(box.min_y, near.min_y);
        const double common = std::max(0.0, width) * std::max(0.0, height);
        const double all = box.width() * box.height() + near.width() * near.height() - common;
        return landing.in_near * (0.7 + 0.3 * (all > 0 ? common / all : 0));
    }
    const double across = kilometres(rough_distance({near.min_x, near.min_y}, {near.max_x, near.max_y}));
    return landing.kilometres_off < 2 * across + 50 ? 0.2 : 0;
}

/// The same where nobody says where data are expected: Vietnam, or what the numbers alone can tell.
double place_fits(const CrsCandidate& candidate, const Landing& landing, bool exchanged) {
    constexpr double enough = 0.3;
    if (landing.in_vietnam > enough) return landing.in_vietnam;
    // A zone up to 20 may as well be a web map's easting, one up to 9 a northing.
    if (candidate.prefix > 0) return candidate.prefix > 20 ? 0.6 : candidate.prefix > 9 ? 0.2 : 0;
    if (candidate.family == Family::degrees) return 0.8;
    const bool no_easting = std::abs(landing.centre.x) > 12 && std::abs(landing.centre.y) < 75;
    if (candidate.family == Family::mercator && !exchanged && no_easting) return 0.4;
    return 0;
}

std::string reason_for(const CrsCandidate& candidate, const Landing& landing, const std::optional<Box>& near) {
    const bool own_zone = candidate.family == Family::vn2000_zone && landing.zone_fits > 0.4;
    if (near && landing.in_near > 0)
        return own_zone ? tr("lands where data are expected, in a province that works in this zone")
                        : tr("lands where data are expected");
    if (near)
        return std::string(tr("lands near where data are expected, this far off:")) + " " +
               format_length_metres(landing.kilometres_off * 1000);
    if (landing.in_vietnam > 0.3) {
        if (own_zone) return tr("lands in a province of Vietnam that works in this zone");
        if (candidate.family == Family::vn2000_zone)
            return tr("lands in Vietnam, but in a province that works in another zone");
        return tr("lands in Vietnam");
    }
    if (candidate.prefix > 0) return tr("the eastings begin with the number of this zone");
    return candidate.family == Family::degrees ? tr("the numbers can be degrees")
                                               : tr("the numbers can be metres of a web map");
}

void propose(std::vector<CrsProposal>& proposals, std::span<const Point> points, bool exchanged,
             const std::optional<Box>& near) {
    for (const CrsCandidate& candidate : crs_candidates(points, near)) {
        const auto landing = land(candidate, points, near);
        if (!landing) continue;
        const double place = near ? place_fits(*landing, *near) : place_fits(candidate, *landing, exchanged);
        const double score = place * family_likelihood(candidate, *landing);
        constexpr double worth_a_look = 0.03;
        if (score < worth_a_look) continue;
        proposals.push_back(
            {candidate.crs, exchanged, box_of(landing->points), score, reason_for(candidate, *landing, near)});
    }
}

/// Degrees are as they stand unless they cannot be, or only the other order lands where data are expected.
void settle_order_of_degrees(std::vector<CrsProposal>& proposals, const std::optional<Box>& near) {
    const auto degrees = [](bool exchanged) {
        return [exchanged](const CrsProposal& p) { return p.crs.geographic() && p.swapped == exchanged; };
    };
    if (near || std::ranges::none_of(proposals, degrees(false))) return;
    std::erase_if(proposals, degrees(true));
}

std::vector<CrsProposal> ranked(std::span<const Point> points, const std::optional<Box>& near) {
    std::vector<Point> exchanged(points.begin(), points.end());
    for (Point& p : exchanged)
        std::swap(p.x, p.y);
    std::vector<CrsProposal> proposals;
    propose(proposals, points, false, near);
    propose(proposals, exchanged, true, near);
    settle_order_of_degrees(proposals, near);
    std::ranges::stable_sort(proposals, std::greater(), &CrsProposal::score);
    constexpr std::size_t most = 12;
    if (proposals.size() > most) proposals.resize(most);
    return proposals;
}

/// A box that says nothing: none, or half of the world.
bool tells_a_place(const std::optional<Box>& near) {
    return near && !near->empty() && std::isfinite(near->width() + near->height()) && near->width() < 40 &&
           near->height() < 60;
}

}  // namespace

std::vector<Point> main_points(std::span<const Point> points, std::size_t most) {
    // Of millions, every so many-th tells as much.
    const std::size_t step = std::max<std::size_t>(1, points.size() / (most * 50));
    std::vector<Point> kept;
    for (std::size_t i = 0; i < points.size(); i += step)
        if (const Point p = points[i]; std::isfinite(p.x) && std::isfinite(p.y) && (p.x != 0 || p.y != 0))
            kept.push_back(p);
    if (kept.empty()) return kept;
    const Point middle{median_of(kept, [](Point p) { return p.x; }), median_of(kept, [](Point p) { return p.y; })};
    const auto off = [&](Point p) { return std::max(std::abs(p.x - middle.x), std::abs(p.y - middle.y)); };
    const double usual = median_of(kept, off);
    constexpr double far = 20;
    if (usual > 0) std::erase_if(kept, [&](Point p) { return off(p) > far * usual; });
    if (kept.size() <= most) return kept;
    std::vector<Point> taken;
    for (std::size_t i = 0; i < most; ++i)
        taken.push_back(kept[i * kept.size() / most]);
    return taken;
}

Geometry with_axes_exchanged(const Geometry& geometry) {
    std::vector<Point> points(geometry.points().begin(), geometry.points().end());
    for (Point& p : points)
        std::swap(p.x, p.y);
    return geometry.with_points(std::move(points));
}

double share_inside(std::span<const Point> degrees, const Box& box) {
    if (degrees.empty() || box.empty()) return 0;
    const auto inside = [&](Point p) {
        return box.contains(p) || box.contains({p.x + 360, p.y}) || box.contains({p.x - 360, p.y});
    };
    return static_cast<double>(std::ranges::count_if(degrees, inside)) / static_cast<double>(degrees.size());
}

std::vector<CrsProposal> propose_crs(std::span<const Point> points, const std::optional<Box>& near) {
    const std::vector<Point> main = main_points(points);
    if (main.empty()) return {};
    if (tells_a_place(near)) {
        auto proposals = ranked(main, near);
        if (!proposals.empty()) return proposals;
        proposals = ranked(main, {});
        for (CrsProposal& p : proposals) {
            p.score /= 2;
            p.reason += std::string("; ") + tr("far from where data are expected");
        }
        return proposals;
    }
    return ranked(main, {});
}

std::vector<CrsProposal> propose_crs(const Geometry& geometry, const std::optional<Box>& near) {
    return propose_crs(std::span(geometry.points()), near);
}

std::string in_words(const Crs& crs) {
    return crs.code().empty() ? crs.name() : crs.name() + " (" + crs.code() + ")";
}

std::string in_words(const CrsProposal& proposal) {
    return in_words(proposal.crs) + (proposal.swapped ? std::string(" ") + tr("with the axes exchanged") : "");
}

}  // namespace diaban
