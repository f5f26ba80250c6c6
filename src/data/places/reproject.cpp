#include "data/places/reproject.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "data/examples.h"
#include "geo/crs/describe_transform.h"
#include "geo/crs/propose_crs.h"

namespace diaban {

namespace {

bool lost(Point p) {
    return !std::isfinite(p.x) || !std::isfinite(p.y);
}

/// Coordinates that were numbers before and are none now, by the features they belong to.
void report_lost(Dataset& result, const Geometry& before) {
    Examples examples;
    int64_t count = 0;
    for (uint32_t feature = 0; feature < before.feature_count(); ++feature) {
        const auto old_points = before.points_of(feature), new_points = result.geometry.points_of(feature);
        int64_t here = 0;
        for (std::size_t i = 0; i < new_points.size(); ++i)
            here += lost(new_points[i]) && !lost(old_points[i]) ? 1 : 0;
        if (here > 0) examples.add(name_of_row(result, feature));
        count += here;
    }
    if (count > 0)
        result.diagnostics.push_back(
            {DiagnosticKind::dropped_by_transform, Severity::warning, {}, count, examples.text()});
}

}  // namespace

Expected<Dataset> reproject(const Dataset& dataset, const Crs& to) {
    if (!dataset.has_geometry()) return dataset;
    const auto transform = Transform::between(dataset.crs, to);
    if (!transform) return tl::make_unexpected(transform.error());
    Dataset result = dataset;
    result.crs = to;
    if (transform->identity()) return result;
    std::size_t failed = 0;
    result.geometry = transform->apply(dataset.geometry, &failed);
    result.repairs.originals = transform->apply(dataset.repairs.originals);
    for (Repair& repair : result.repairs.list)
        repair.at = transform->apply(repair.at);
    if (failed > 0 && failed == dataset.geometry.points().size())
        return fail(
            ErrorKind::bad_input,
            fmt::format(fmt::runtime(tr("none of the coordinates of {} can be given in {}")), dataset.name, to.name()),
            {}, tr("Check in which coordinate system the data are, and choose another one to write."));
    if (failed > 0) report_lost(result, dataset.geometry);
    const auto points = main_points(dataset.geometry.points(), 1);
    const auto how = describe_transform(dataset.crs, to, points.empty() ? std::nullopt : std::optional(points.front()));
    if (how)
        result.diagnostics.push_back(
            {DiagnosticKind::other,
             Severity::note,
             {},
             1,
             fmt::format(fmt::runtime(tr("transformed to {}: {}")), in_words(to), to_text(*how))});
    return result;
}

}  // namespace diaban
