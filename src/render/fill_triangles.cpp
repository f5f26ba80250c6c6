#include "render/fill_triangles.h"

#include <algorithm>

#include "base/error.h"
#include "base/parallel.h"
#include "geo/triangulate/ear_clipper.h"

namespace diaban {
namespace {

/// An outline and its holes.
struct PolygonPart {
    uint32_t feature = 0;
    uint32_t first_ring = 0, end_ring = 0;
    std::size_t points = 0;
};

std::vector<PolygonPart> parts_of(const Detail& detail) {
    std::vector<PolygonPart> parts;
    for (uint32_t feature = 0; feature < detail.feature_count(); ++feature) {
        bool first = true;
        for (const uint32_t ring : detail.rings_of(feature)) {
            if (first || detail.holes[ring] == 0) parts.push_back({feature, ring, ring, 0});
            first = false;
            parts.back().end_ring = ring + 1;
            for (const int32_t ref : detail.arcs_of_ring(ring))
                parts.back().points += detail.arcs[arc_of(ref)].count;
        }
    }
    return parts;
}

/// Where blocks of parts of about equal work begin, and the end: a country of islands is shared out, one large part
/// is alone.
std::vector<std::size_t> block_begins(const std::vector<PolygonPart>& parts) {
    constexpr std::size_t points_a_block = 16'384;
    std::vector<std::size_t> begins{0};
    std::size_t points = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (points > 0 && points + parts[i].points > points_a_block) {
            begins.push_back(i);
            points = 0;
        }
        points += parts[i].points;
    }
    begins.push_back(parts.size());
    return begins;
}

/// The points of a ring, closed; what neighbouring arcs have in common once.
void add_ring(const Detail& detail, uint32_t ring, std::vector<Point>& out) {
    const std::size_t begin = out.size();
    for (const int32_t ref : detail.arcs_of_ring(ring)) {
        const auto points = detail.points_of(detail.arcs[arc_of(ref)]);
        for (std::size_t i = out.size() == begin ? 0 : 1; i < points.size(); ++i) {
            const LatticePoint p = points[backwards(ref) ? points.size() - 1 - i : i];
            out.push_back({double{1} * p.x, double{1} * p.y});
        }
    }
    if (out.size() > begin && out[begin] != out.back()) out.push_back(out[begin]);
}

struct Block {
    std::vector<FillTriangles::Vertex> vertices;
    std::vector<uint32_t> indices;
    std::vector<uint32_t> part_ends;  ///< of each part's indices
};

Block triangulate_block(const Detail& detail, std::span<const PolygonPart> parts, EarClipper& clipper) {
    std::vector<Point> points;
    std::vector<uint32_t> ring_offsets{0}, part_offsets{0};
    Block block;
    for (const PolygonPart& part : parts) {
        for (uint32_t ring = part.first_ring; ring < part.end_ring; ++ring) {
            add_ring(detail, ring, points);
            ring_offsets.push_back(static_cast<uint32_t>(points.size()));
        }
        part_offsets.push_back(static_cast<uint32_t>(ring_offsets.size() - 1));
        for (std::size_t i = block.vertices.size(); i < points.size(); ++i)
            block.vertices.push_back(
                {{static_cast<int32_t>(points[i].x), static_cast<int32_t>(points[i].y)}, part.feature});
    }
    const auto count = static_cast<uint32_t>(parts.size());
    const Geometry polygons(GeometryKind::polygon, std::move(points), std::move(ring_offsets), std::move(part_offsets),
                            {0, count});
    for (uint32_t part = 0; part < count; ++part) {
        clipper.clip(polygons, part, block.indices);
        block.part_ends.push_back(static_cast<uint32_t>(block.indices.size()));
    }
    return block;
}

/// One after the other.
FillTriangles joined(std::vector<Block>& blocks, const std::vector<PolygonPart>& parts, uint32_t feature_count) {
    FillTriangles out;
    std::size_t vertices = 0, indices = 0;
    for (const Block& block : blocks)
        vertices += block.vertices.size(), indices += block.indices.size();
    DIABAN_CHECK(vertices < 0xffffffff && indices < 0xffffffff);
    out.vertices.reserve(vertices);
    out.indices.reserve(indices);
    out.feature_offsets.assign(std::size_t{feature_count} + 1, 0);
    std::size_t part = 0;
    for (Block& block : blocks) {
        const auto base = static_cast<uint32_t>(out.vertices.size());
        const auto first = static_cast<uint32_t>(out.indices.size());
        out.vertices.insert(out.vertices.end(), block.vertices.begin(), block.vertices.end());
        for (const uint32_t index : block.indices)
            out.indices.push_back(base + index);
        for (const uint32_t end : block.part_ends)
            out.feature_offsets[parts[part++].feature + 1] = first + end;
        block = {};
    }
    // Features without parts end where the one before does.
    for (std::size_t i = 1; i < out.feature_offsets.size(); ++i)
        out.feature_offsets[i] = std::max(out.feature_offsets[i], out.feature_offsets[i - 1]);
    return out;
}

}  // namespace

FillTriangles fill_triangles(const Detail& detail, const std::stop_token& stop) {
    FillTriangles nothing;
    nothing.feature_offsets.assign(std::size_t{detail.feature_count()} + 1, 0);
    if (detail.kind != GeometryKind::polygon) return nothing;
    const std::vector<PolygonPart> parts = parts_of(detail);
    const std::vector<std::size_t> begins = block_begins(parts);
    std::vector<Block> blocks(begins.size() - 1);
    parallel_ranges(blocks.size(), [&](std::size_t first, std::size_t last) {
        EarClipper clipper;
        for (std::size_t i = first; i < last && !stop.stop_requested(); ++i)
            blocks[i] =
                triangulate_block(detail, std::span(parts).subspan(begins[i], begins[i + 1] - begins[i]), clipper);
    });
    if (stop.stop_requested()) return nothing;
    return joined(blocks, parts, detail.feature_count());
}

}  // namespace diaban
