#include "geo/crs/describe_transform.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "base/format.h"
#include "base/i18n.h"
#include "geo/crs/proj_handles.h"

namespace diaban {
namespace {

/// The middle of where both are used, in degrees; of the first where they do not meet or nobody knows.
Point common_middle(const Box& a, const Box& b) {
    if (a.empty() || b.empty()) return a.empty() ? (b.empty() ? Point{} : b.centre()) : a.centre();
    const Box both{std::max(a.min_x, b.min_x), std::max(a.min_y, b.min_y), std::min(a.max_x, b.max_x),
                   std::min(a.max_y, b.max_y)};
    return both.empty() ? a.centre() : both.centre();
}

/// "Inverse of UTM zone 48N + VN-2000 to WGS 84 (2) + axis order change (2D)": the steps that change the datum.
std::string datum_steps(std::string_view name) {
    constexpr std::string_view separator = " + ";
    std::string result;
    while (!name.empty()) {
        const auto end = std::min(name.find(separator), name.size());
        const std::string_view step = name.substr(0, end);
        name.remove_prefix(std::min(name.size(), end + separator.size()));
        const bool changes = step.find(" to ") != std::string_view::npos;
        if (changes) result += (result.empty() ? "" : " + ") + std::string(step);
    }
    return result;
}

}  // namespace

Expected<TransformDescription> describe_transform(const Crs& from, const Crs& to, const std::optional<Point>& at) {
    const auto way = Transform::between(from, to);
    if (!way) return tl::make_unexpected(way.error());
    TransformDescription description;
    if (way->identity()) return description;
    Point where = at.value_or(Point{});
    if (!at) {
        where = common_middle(from.area_of_use(), to.area_of_use());
        if (const auto into = Transform::between(Crs::wgs84(), from)) where = into->apply(where);
    }
    PJ_CONTEXT* context = proj::thread_context();
    const proj::Complaint quiet(context);
    const proj::Pj raw(proj_create_crs_to_crs(context, from.definition().c_str(), to.definition().c_str(), nullptr));
    const proj::Pj pj(raw ? proj_normalize_for_visualization(context, raw.get()) : nullptr);
    DIABAN_CHECK(pj != nullptr);  // Transform::between() found a way
    (void)proj_trans(pj.get(), PJ_FWD, proj_coord(where.x, where.y, 0, 0));
    const proj::Pj used(proj_trans_get_last_used_operation(pj.get()));
    if (!used) {
        // Nothing can be transformed there: what PROJ names first stands for it.
        description.operation = datum_steps(way->operation());
        description.accuracy = way->accuracy();
        return description;
    }
    description.operation = datum_steps(proj_get_name(used.get()));
    description.ballpark = proj_coordoperation_has_ballpark_transformation(context, used.get()) != 0;
    description.accuracy = Metres(proj_coordoperation_get_accuracy(context, used.get()));
    if (description.operation.empty()) description.accuracy = Metres(0);
    return description;
}

std::string to_text(const TransformDescription& description) {
    if (description.operation.empty()) return tr("no change of datum");
    std::string text = description.operation + ", ";
    if (description.accuracy < Metres(0)) return text + tr("accuracy unknown");
    return text + tr("about") + " " + format_length_metres(description.accuracy.value());
}

}  // namespace diaban
