// Which CRS suits a map of this box of degrees? Vietnam by its provinces' own zones, the rest of the world by width.
#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "base/format.h"
#include "base/i18n.h"
#include "geo/crs.h"
#include "geo/crs/proj_handles.h"
#include "geo/crs/vietnam_zones.h"

namespace diaban {
namespace {

Crs epsg(int code) {
    return Crs::from_text("EPSG:" + std::to_string(code)).value();
}

bool plausible_degrees(const Box& box) {
    return !box.empty() && std::isfinite(box.width()) && std::isfinite(box.height()) && box.min_y >= -91 &&
           box.max_y <= 91 && box.min_x >= -361 && box.max_x <= 361;
}

/// How much of the box is Vietnam, by a grid of points.
double share_in_vietnam(const Box& box) {
    constexpr int steps = 20;
    int inside = 0;
    for (int i = 0; i < steps; ++i)
        for (int j = 0; j < steps; ++j)
            inside +=
                in_vietnam({box.min_x + box.width() * (i + 0.5) / steps, box.min_y + box.height() * (j + 0.5) / steps});
    return static_cast<double>(inside) / (steps * steps);
}

/// The country from end to end. Its middle lies in Laos, and the archipelagos may reach far east.
bool whole_vietnam(const Box& box) {
    return std::abs(box.min_x - 102.14) < 0.5 && std::abs(box.max_y - 23.4) < 0.5 && box.min_y > 5.5 &&
           box.min_y < 9.2 && box.max_x > 109 && box.max_x < 118.5;
}

std::optional<int> vietnamese_crs(const Box& box) {
    constexpr int utm_48n = 3405, utm_49n = 3406;
    if (whole_vietnam(box)) return utm_48n;
    const Box room = vietnam_extent;
    if (!room.contains({box.min_x, box.min_y}) || !room.contains({box.max_x, box.max_y})) return std::nullopt;
    if (!in_vietnam(box.centre()) || share_in_vietnam(box) < 0.5) return std::nullopt;
    // The widest old province, Nghệ An, takes 2.0°; the longest, Bình Thuận, 2.2°.
    constexpr double one_province = 2.4;
    if (std::max(box.width(), box.height()) <= one_province) return nearest_zone_seat(box.centre()).epsg;
    return box.min_x >= 108 ? utm_49n : utm_48n;
}

int utm_zone(Point centre) {
    const double lon = std::remainder(centre.x, 360.0);
    return 1 + std::clamp(static_cast<int>(std::floor((lon + 180) / 6)), 0, 59);
}

Crs utm(Point centre) {
    return epsg((centre.y < 0 ? 32700 : 32600) + utm_zone(centre));
}

/// Lambert azimuthal equal-area, true at the middle of the box, to whole degrees so that small changes keep it.
Crs equal_area(Point centre) {
    const double lon = std::round(std::remainder(centre.x, 360.0)), lat = std::round(std::clamp(centre.y, -90.0, 90.0));
    const std::string text = "+proj=laea +lat_0=" + std::to_string(static_cast<int>(lat)) +
                             " +lon_0=" + std::to_string(static_cast<int>(lon)) + " +datum=WGS84 +units=m +type=crs";
    PJ_CONTEXT* context = proj::thread_context();
    const proj::Pj unnamed(proj_create(context, text.c_str()));
    const std::string name = "Lambert azimuthal equal-area, " + format_lon_lat(lon, lat);
    const proj::Pj named(unnamed ? proj_alter_name(context, unnamed.get(), name.c_str()) : nullptr);
    DIABAN_CHECK(named != nullptr);
    return Crs::from_text(proj_as_wkt(context, named.get(), PJ_WKT2_2019, nullptr)).value();
}

}  // namespace

Crs suggest_map_crs(const Box& degrees) {
    constexpr int equal_earth = 8857;
    if (!plausible_degrees(degrees)) return epsg(equal_earth);
    if (const auto code = vietnamese_crs(degrees)) return epsg(*code);
    if (degrees.width() > 180 || degrees.height() > 130) return epsg(equal_earth);
    const bool in_utm_latitudes = degrees.min_y >= -80 && degrees.max_y <= 84;
    if (degrees.width() <= 12 && in_utm_latitudes) return utm(degrees.centre());
    return equal_area(degrees.centre());
}

std::vector<Crs> map_crs_choices(const Box& degrees) {
    std::vector<Crs> choices{suggest_map_crs(degrees)};
    const auto offer = [&](Crs crs) {
        if (std::ranges::find(choices, crs) == choices.end()) choices.push_back(std::move(crs));
    };
    offer(Crs::wgs84());
    offer(epsg(3857));
    if (plausible_degrees(degrees)) offer(utm(degrees.centre()));
    return choices;
}

}  // namespace diaban
