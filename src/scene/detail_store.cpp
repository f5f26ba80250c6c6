#include "scene/detail_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/content_hash.h"

namespace diaban {
namespace {

/// Grows whenever levels are made otherwise than before.
constexpr int maker_version = 3;

bool cuts(std::span<const uint32_t> offsets, std::size_t size) {
    return !offsets.empty() && offsets.front() == 0 && offsets.back() == size && std::ranges::is_sorted(offsets);
}

/// Nothing in it points outside of it.
bool sound(const Detail& detail, uint32_t features) {
    const auto is_feature = [features](uint32_t f) { return f < features || f == Arc::nobody; };
    const bool arcs = std::ranges::all_of(detail.arcs, [&](const Arc& arc) {
        return arc.count >= 2 && arc.first <= detail.points.size() && arc.count <= detail.points.size() - arc.first &&
               is_feature(arc.left) && is_feature(arc.right);
    });
    const bool refs =
        std::ranges::all_of(detail.arc_refs, [&](int32_t ref) { return arc_of(ref) < detail.arcs.size(); });
    const bool dots = std::ranges::all_of(detail.dots, [&](const Dot& dot) { return dot.feature < features; });
    return arcs && refs && dots && cuts(detail.ring_offsets, detail.arc_refs.size()) &&
           cuts(detail.feature_offsets, detail.holes.size()) && detail.ring_offsets.size() == detail.holes.size() + 1 &&
           detail.feature_count() == features &&
           (detail.kind == GeometryKind::polygon || detail.kind == GeometryKind::line);
}

}  // namespace

std::string DetailStore::name_of(const std::string& what) const {
    return "detail-" + hash_of(fmt::format("{}\n{}\n{}", maker_version, content, what)).text();
}

DetailPtr DetailStore::find(int octave, bool every_point, uint32_t features) const {
    const CacheEntryPtr entry = folder->find(name_of(fmt::format("level {} {}", octave, every_point)));
    if (!entry) return nullptr;
    ByteReader in(entry->bytes());
    auto detail = std::make_shared<Detail>();
    detail->kind = in.get<GeometryKind>();
    detail->tolerance = in.get<double>();
    detail->extent = in.get<Box>();
    detail->origin = in.get<Point>();
    detail->unit = in.get<double>();
    detail->points = in.get_vector<LatticePoint>();
    detail->arcs = in.get_vector<Arc>();
    detail->arc_refs = in.get_vector<int32_t>();
    detail->ring_offsets = in.get_vector<uint32_t>();
    detail->holes = in.get_vector<uint8_t>();
    detail->feature_offsets = in.get_vector<uint32_t>();
    detail->dots = in.get_vector<Dot>();
    if (!in.ok() || !sound(*detail, features)) return nullptr;
    detail->build_index();
    return detail;
}

void DetailStore::keep(int octave, bool every_point, const Detail& detail) const {
    ByteWriter out;
    out.put(detail.kind);
    out.put(detail.tolerance);
    out.put(detail.extent);
    out.put(detail.origin);
    out.put(detail.unit);
    out.put_array(std::span<const LatticePoint>(detail.points));
    out.put_array(std::span<const Arc>(detail.arcs));
    out.put_array(std::span<const int32_t>(detail.arc_refs));
    out.put_array(std::span<const uint32_t>(detail.ring_offsets));
    out.put_array(std::span<const uint8_t>(detail.holes));
    out.put_array(std::span<const uint32_t>(detail.feature_offsets));
    out.put_array(std::span<const Dot>(detail.dots));
    folder->keep(name_of(fmt::format("level {} {}", octave, every_point)), out.parts());
}

std::optional<std::vector<Box>> DetailStore::find_boxes(uint32_t features) const {
    const CacheEntryPtr entry = folder->find(name_of("boxes"));
    if (!entry) return std::nullopt;
    ByteReader in(entry->bytes());
    std::vector<Box> boxes = in.get_vector<Box>();
    if (!in.ok() || boxes.size() != features) return std::nullopt;
    return boxes;
}

void DetailStore::keep_boxes(const std::vector<Box>& boxes) const {
    ByteWriter out;
    out.put_array(std::span<const Box>(boxes));
    folder->keep(name_of("boxes"), out.parts());
}

}  // namespace diaban
