#include "geo/areas/unite.h"

#include <algorithm>
#include <atomic>
#include <stdexcept>

#include "base/parallel.h"
#include "geo/geos_handles.h"
#include "geo/repair.h"

namespace diaban {
namespace {

using geos::context;

/// How many shapes make a block: enough for GEOS's own cascade, few enough for all cores to have some.
constexpr std::size_t group_size = 512;

geos::GeometryHandle union_of(std::span<const Geometry> shapes) {
    std::vector<geos::GeometryHandle> parts;
    for (const Geometry& shape : shapes)
        for (uint32_t f = 0; f < shape.feature_count(); ++f)
            if (shape.has_geometry(f)) parts.push_back(geos::from_feature(shape, f));
    std::vector<GEOSGeometry*> raw;
    for (auto& part : parts)
        raw.push_back(part.release());
    const geos::GeometryHandle all(
        GEOSGeom_createCollection_r(context(), GEOS_GEOMETRYCOLLECTION, raw.data(), static_cast<unsigned>(raw.size())));
    if (!all) throw std::runtime_error(geos::last_message());
    return geos::GeometryHandle(GEOSUnaryUnion_r(context(), all.get()));
}

/// Into groups of neighbours: halved along the longer side of their box until they are few.
void order_by_place(std::span<std::pair<Point, std::size_t>> items) {
    if (items.size() <= group_size) return;
    Box box;
    for (const auto& [at, index] : items)
        box.extend(at);
    const auto middle = static_cast<std::ptrdiff_t>((items.size() / 2 + group_size - 1) / group_size * group_size);
    if (middle >= static_cast<std::ptrdiff_t>(items.size())) return;
    const bool wide = box.width() > box.height();
    std::nth_element(items.begin(), items.begin() + middle, items.end(), [wide](const auto& a, const auto& b) {
        const double p = wide ? a.first.x : a.first.y, q = wide ? b.first.x : b.first.y;
        return p != q ? p < q : a.second < b.second;
    });
    order_by_place(items.first(static_cast<std::size_t>(middle)));
    order_by_place(items.subspan(static_cast<std::size_t>(middle)));
}

std::vector<Geometry> in_place_order(std::vector<Geometry> shapes) {
    std::vector<std::pair<Point, std::size_t>> places;
    for (std::size_t i = 0; i < shapes.size(); ++i)
        if (!shapes[i].box().empty()) places.emplace_back(shapes[i].box().centre(), i);
    order_by_place(places);
    std::vector<Geometry> ordered;
    ordered.reserve(places.size());
    for (const auto& [at, index] : places)
        ordered.push_back(std::move(shapes[index]));
    return ordered;
}

Geometry nothing() {
    GeometryBuilder builder(GeometryKind::polygon);
    builder.begin_feature();
    return std::move(builder).finish();
}

}  // namespace

Geometry united(std::span<const Geometry> shapes) {
    if (shapes.empty()) return nothing();
    if (shapes.size() == 1 && shapes[0].feature_count() == 1) return shapes[0];
    geos::GeometryHandle all = union_of(shapes);
    if (!all) {
        std::vector<Geometry> repaired;
        for (const Geometry& shape : shapes)
            repaired.push_back(repair_invalid(shape).geometry);
        all = union_of(repaired);
    }
    if (!all) throw std::runtime_error(geos::last_message());
    GeometryBuilder builder(GeometryKind::polygon);
    builder.begin_feature();
    geos::add_polygons(builder, all.get());
    return std::move(builder).finish();
}

Expected<Geometry> unite(std::vector<Geometry> shapes, Progress& progress, double from, double to) {
    std::vector<Geometry> left = in_place_order(std::move(shapes));
    // GEOS's own cascade is at its best with all at once; blocks of neighbours first, so that all cores have some.
    if (left.size() > group_size) {
        std::vector<Geometry> blocks((left.size() + group_size - 1) / group_size);
        std::atomic<std::size_t> done = 0;
        parallel_for(blocks.size(), [&](std::size_t i) {
            if (progress.cancelled()) return;
            const std::size_t first = i * group_size;
            blocks[i] = united(std::span(left).subspan(first, std::min(group_size, left.size() - first)));
            const double share = static_cast<double>(++done) / static_cast<double>(blocks.size());
            progress.set(from + (to - from) * 0.7 * share);
        });
        left = std::move(blocks);
    }
    if (progress.cancelled()) return tl::unexpected(cancelled_error());
    return left.empty() ? nothing() : united(left);
}

}  // namespace diaban
