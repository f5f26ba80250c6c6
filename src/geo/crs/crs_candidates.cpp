#include "geo/crs/crs_candidates.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "geo/crs/proj_handles.h"
#include "geo/crs/vietnam_zones.h"

namespace diaban {
namespace {

using Family = CrsCandidate::Family;

/// Nothing where PROJ knows no way to degrees.
void add(std::vector<CrsCandidate>& list, Family family, const Crs& crs, int epsg, double meridian, int prefix = 0) {
    if (auto way = Transform::between(crs, Crs::wgs84()))
        list.push_back({family, crs, epsg, meridian, prefix, std::move(*way)});
}

constexpr double zone_prefix = 1e6;  // what a zone's number is multiplied by in front of an easting

Crs epsg(int code) {
    return Crs::from_text("EPSG:" + std::to_string(code)).value();
}

/// At least nine of ten: single slips do not rule a CRS out.
template <class Test>
bool mostly(std::span<const Point> points, const Test& test) {
    return std::ranges::count_if(points, test) * 10 >= static_cast<std::ptrdiff_t>(points.size()) * 9;
}

/// Transverse Mercator is used to a few degrees off its central meridian, which is at 500 km.
bool like_easting(double x) {
    return x > -300'000 && x < 1'300'000;
}

double central_meridian(int zone) {
    return zone * 6.0 - 183;
}

/// UTM on the geodetic base of `base`, with the zone's number before the eastings.
std::optional<Crs> prefixed_utm(const Crs& base, int zone, bool north) {
    PJ_CONTEXT* context = proj::thread_context();
    const proj::Pj projected(proj_create(context, base.definition().c_str()));
    const proj::Pj geodetic(projected ? proj_crs_get_geodetic_crs(context, projected.get()) : nullptr);
    const proj::Pj conversion(proj_create_conversion_transverse_mercator(
        context, 0, central_meridian(zone), 0.9996, 500'000 + zone * zone_prefix, north ? 0 : 10'000'000, "degree",
        0.017453292519943295, "metre", 1));
    const proj::Pj axes(proj_create_cartesian_2D_cs(context, PJ_CART2D_EASTING_NORTHING, "metre", 1));
    if (!geodetic || !conversion || !axes) return {};
    const std::string name = base.name() + ", eastings with the zone's number";
    const proj::Pj crs(proj_create_projected_crs(context, name.c_str(), geodetic.get(), conversion.get(), axes.get()));
    const char* wkt = crs ? proj_as_wkt(context, crs.get(), PJ_WKT2_2019, nullptr) : nullptr;
    if (!wkt) return {};
    auto result = Crs::from_text(wkt);
    return result ? std::optional(std::move(*result)) : std::nullopt;
}

/// The zone whose number stands before most eastings; 0: none does.
int prefix_of(std::span<const Point> points) {
    const int zone = static_cast<int>(std::floor(points[points.size() / 2].x / zone_prefix));
    if (zone < 1 || zone > 60) return 0;
    const bool all = mostly(points, [&](Point p) {
        const double easting = p.x - zone * zone_prefix;
        return easting > 100'000 && easting < 900'000 && std::abs(p.y) < 10'000'000;
    });
    return all ? zone : 0;
}

void add_prefixed(std::vector<CrsCandidate>& list, int zone) {
    const double meridian = central_meridian(zone);
    const auto add_one = [&](Family family, int code, bool north) {
        if (const auto crs = prefixed_utm(epsg(code), zone, north)) add(list, family, *crs, 0, meridian, zone);
    };
    if (zone == 48 || zone == 49) add_one(Family::vn2000_utm, zone == 48 ? 3405 : 3406, true);
    add_one(Family::utm, 32600 + zone, true);
    add_one(Family::utm, 32700 + zone, false);
}

/// Made once: finding the way between two CRSs takes PROJ some milliseconds.
const std::vector<CrsCandidate>& vietnamese() {
    static const std::vector<CrsCandidate> made = [] {
        std::vector<int> codes;
        for (const ZoneSeat& seat : vn2000_zone_seats())
            if (std::ranges::find(codes, seat.epsg) == codes.end()) codes.push_back(seat.epsg);
        std::vector<CrsCandidate> list;
        for (const int code : codes)
            add(list, Family::vn2000_zone, epsg(code), code, 0);
        add(list, Family::vn2000_utm, epsg(3405), 0, central_meridian(48));
        add(list, Family::vn2000_utm, epsg(3406), 0, central_meridian(49));
        return list;
    }();
    return made;
}

/// The zones that the box meets and one more on either side; Vietnam's two without a box.
void add_utm(std::vector<CrsCandidate>& list, const std::optional<Box>& near) {
    const auto zone_of = [](double lon) { return static_cast<int>(std::floor((lon + 180) / 6)); };  // from 0
    const int first = near ? zone_of(near->min_x) - 1 : 47, last = near ? zone_of(near->max_x) + 1 : 48;
    for (int i = first; i <= last; ++i) {
        const int zone = 1 + ((i % 60) + 60) % 60;
        add(list, Family::utm, epsg(32600 + zone), 0, central_meridian(zone));
        if (near && near->min_y < 10) add(list, Family::utm, epsg(32700 + zone), 0, central_meridian(zone));
    }
}

}  // namespace

std::vector<CrsCandidate> crs_candidates(std::span<const Point> points, const std::optional<Box>& near) {
    std::vector<CrsCandidate> list;
    const bool degrees = mostly(points, [](Point p) { return std::abs(p.x) <= 360 && std::abs(p.y) <= 90; });
    // Degrees in the other order are degrees as well: no metres.
    if (mostly(points, [](Point p) { return std::abs(p.x) <= 360 && std::abs(p.y) <= 360; })) {
        if (degrees) add(list, Family::degrees, Crs::wgs84(), 0, 0);
        return list;
    }
    if (mostly(points, [](Point p) { return like_easting(p.x) && p.y > 800'000 && p.y < 2'800'000; }))
        list = vietnamese();
    if (mostly(points, [](Point p) { return like_easting(p.x) && std::abs(p.y) < 10'100'000; })) add_utm(list, near);
    if (const int zone = prefix_of(points)) add_prefixed(list, zone);
    constexpr double edge = 20'037'508.35;
    if (mostly(points, [](Point p) { return std::abs(p.x) <= edge * 2 && std::abs(p.y) <= edge; }))
        add(list, Family::mercator, epsg(3857), 0, 0);
    return list;
}

}  // namespace diaban
