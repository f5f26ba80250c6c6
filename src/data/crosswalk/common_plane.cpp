#include "data/crosswalk/common_plane.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/i18n.h"
#include "data/crosswalk/columns.h"

namespace diaban::crosswalk {
namespace {

/// Nearer to a pole the projection's shapes become too thin to be handled well.
constexpr double most_latitude = 70;

Expected<Crs> equal_area_crs(std::span<const Dataset* const> layers) {
    Box box;
    for (const Dataset* layer : layers)
        box.extend(layer->lon_lat_box());
    const Point middle = box.empty() ? Point{} : box.centre();
    return Crs::from_text(fmt::format("+proj=cea +lon_0={} +lat_ts={} +datum=WGS84 +units=m +type=crs", middle.x,
                                      std::clamp(middle.y, -most_latitude, most_latitude)));
}

}  // namespace

Expected<Plane> in_common_plane(std::span<const Dataset* const> layers) {
    Plane plane;
    const auto unknown = std::find_if(layers.begin(), layers.end(), [](const Dataset* d) { return !d->crs.known(); });
    const bool all_unknown =
        std::none_of(layers.begin(), layers.end(), [](const Dataset* d) { return d->crs.known(); });
    if (all_unknown) {
        for (const Dataset* layer : layers)
            plane.layers.push_back(layer->geometry);
        return plane;
    }
    if (unknown != layers.end())
        return fail(ErrorKind::bad_input, tr("the layer has no coordinate system, but another one of them has"),
                    place_of(**unknown), tr("Name its coordinate system."));
    const auto crs = equal_area_crs(layers);
    if (!crs) return tl::make_unexpected(crs.error());
    for (const Dataset* layer : layers) {
        const auto transform = Transform::between(layer->crs, *crs);
        if (!transform) return tl::make_unexpected(transform.error());
        std::size_t failed = 0;
        plane.layers.push_back(transform->apply(layer->geometry, &failed));
        if (failed > 0)
            plane.diagnostics.push_back({DiagnosticKind::dropped_by_transform,
                                         Severity::warning,
                                         place_of(*layer),
                                         static_cast<int64_t>(failed),
                                         {}});
    }
    return plane;
}

}  // namespace diaban::crosswalk
