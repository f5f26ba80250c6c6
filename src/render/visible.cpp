#include "render/visible.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace diaban {
namespace {

/// Records between two ranges that are rather drawn than left out.
constexpr uint32_t record_gap = 1'024;

bool contains(const LatticeBox& outer, const LatticeBox& inner) {
    return outer.min_x <= inner.min_x && outer.min_y <= inner.min_y && outer.max_x >= inner.max_x &&
           outer.max_y >= inner.max_y;
}

void extend(LatticeBox& box, const LatticeBox& by) {
    box.extend(LatticePoint{by.min_x, by.min_y});
    box.extend(LatticePoint{by.max_x, by.max_y});
}

double area(const Box& box) {
    return box.width() * box.height();
}

}  // namespace

LatticeBox lattice_box(const Detail& detail, const Box& box) {
    if (box.empty()) return {};
    const auto whole = [&](double v, double origin, auto&& round) {
        constexpr double least = std::numeric_limits<int32_t>::min(), most = std::numeric_limits<int32_t>::max();
        return static_cast<int32_t>(std::clamp(round((v - origin) / detail.unit), least, most));
    };
    const auto down = [](double v) { return std::floor(v); };
    const auto up = [](double v) { return std::ceil(v); };
    return {whole(box.min_x, detail.origin.x, down), whole(box.min_y, detail.origin.y, down),
            whole(box.max_x, detail.origin.x, up), whole(box.max_y, detail.origin.y, up)};
}

Box content_box(const Detail& detail) {
    Box box;
    for (const Arc& arc : detail.arcs) {
        box.extend(detail.to_map({arc.box.min_x, arc.box.min_y}));
        box.extend(detail.to_map({arc.box.max_x, arc.box.max_y}));
    }
    for (const Dot& dot : detail.dots) {
        const Point at = detail.to_map(dot.at);
        box.extend(Box{at.x, at.y, at.x, at.y}.grown(double{dot.width} / 2));
    }
    return box;
}

ArcRecords arc_records(const Detail& detail) {
    ArcRecords out;
    std::size_t count = 0;
    for (const Arc& arc : detail.arcs)
        count += arc.count;
    out.texels.reserve(4 * count);
    out.firsts.reserve(detail.arcs.size() + 1);
    for (const Arc& arc : detail.arcs) {
        out.firsts.push_back(static_cast<uint32_t>(out.texels.size() / 4));
        const auto left = std::bit_cast<int32_t>(arc.left), right = std::bit_cast<int32_t>(arc.right);
        for (const LatticePoint p : detail.points_of(arc))
            out.texels.insert(out.texels.end(), {p.x, p.y, left, right});
        if (arc.count == 0) continue;
        *(out.texels.end() - 2) = ArcRecords::nobody;
        *(out.texels.end() - 1) = ArcRecords::nobody;
    }
    out.firsts.push_back(static_cast<uint32_t>(out.texels.size() / 4));
    return out;
}

std::vector<float> arc_lengths(const Detail& detail) {
    std::vector<float> out;
    for (const Arc& arc : detail.arcs) {
        double length = double{arc.from};
        const auto points = detail.points_of(arc);
        for (std::size_t i = 0; i < points.size(); ++i) {
            if (i > 0)
                length +=
                    std::hypot(double{1} * points[i].x - points[i - 1].x, double{1} * points[i].y - points[i - 1].y) *
                    detail.unit;
            out.push_back(static_cast<float>(length));
        }
    }
    return out;
}

std::vector<LatticeBox> arc_groups(const Detail& detail) {
    std::vector<LatticeBox> groups((detail.arcs.size() + arcs_a_group - 1) / arcs_a_group);
    for (std::size_t i = 0; i < detail.arcs.size(); ++i)
        extend(groups[i / arcs_a_group], detail.arcs[i].box);
    return groups;
}

VisibleArcs visible_arcs(const Detail& detail, std::span<const uint32_t> firsts, std::span<const LatticeBox> groups,
                         const LatticeBox& seen, std::span<const uint8_t> shown, bool around) {
    VisibleArcs out;
    const auto wanted = [&](uint32_t feature) { return feature != Arc::nobody && shown[feature] != 0; };
    for (std::size_t group = 0; group < groups.size(); ++group) {
        if (!groups[group].intersects(seen)) continue;
        const std::size_t begin = group * arcs_a_group;
        const std::size_t end = std::min(begin + arcs_a_group, detail.arcs.size());
        if (shown.empty() && contains(seen, groups[group])) {
            add_range(out.ranges, {firsts[begin], firsts[end] - firsts[begin]}, record_gap);
            extend(out.box, groups[group]);
            continue;
        }
        for (std::size_t i = begin; i < end; ++i) {
            const Arc& arc = detail.arcs[i];
            if (!arc.box.intersects(seen)) continue;
            if (!shown.empty()) {
                const bool left = wanted(arc.left), right = wanted(arc.right);
                if (!(around ? left != right : left || right)) continue;
            }
            add_range(out.ranges, {firsts[i], arc.count}, record_gap);
            extend(out.box, arc.box);
        }
    }
    return out;
}

std::vector<Range> VisibleFeatures::ranges(std::span<const uint32_t> offsets, uint32_t gap) const {
    std::vector<Range> out;
    if (offsets.empty()) return out;
    if (all) add_range(out, {0, offsets.back()}, 0);
    for (const uint32_t feature : features)
        add_range(out, {offsets[feature], offsets[feature + 1] - offsets[feature]}, gap);
    return out;
}

VisibleFeatures visible_features(const Detail& detail, const Box& content, const Box& seen) {
    if (!content.intersects(seen)) return {};
    const Box common{std::max(content.min_x, seen.min_x), std::max(content.min_y, seen.min_y),
                     std::min(content.max_x, seen.max_x), std::min(content.max_y, seen.max_y)};
    if (area(common) * 2 >= area(content)) return {true, {}};
    return {false, detail.index.query(seen)};
}

}  // namespace diaban
