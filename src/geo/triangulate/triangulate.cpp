#include "geo/triangulate.h"

#include <algorithm>

#include "base/error.h"
#include "base/parallel.h"
#include "geo/triangulate/ear_clipper.h"

namespace diaban {
namespace {

/// Runs of parts of about equal work, so that a feature of a thousand islands is shared out and one large part is
/// alone.
std::vector<uint32_t> cut_into_blocks(const Geometry& polygons) {
    constexpr std::size_t points_a_block = 16'384;
    std::vector<uint32_t> begins{0};
    std::size_t points = 0;
    for (uint32_t part = 0; part < polygons.part_count(); ++part) {
        const auto& rings = polygons.ring_offsets();
        const auto& parts = polygons.part_offsets();
        const std::size_t size = rings[parts[part + 1]] - rings[parts[part]];
        if (points > 0 && points + size > points_a_block) {
            begins.push_back(part);
            points = 0;
        }
        points += size;
    }
    begins.push_back(polygons.part_count());
    return begins;
}

}  // namespace

std::vector<uint32_t> triangulate_part(const Geometry& polygons, uint32_t part) {
    std::vector<uint32_t> triangles;
    if (polygons.kind() == GeometryKind::polygon) EarClipper().clip(polygons, part, triangles);
    return triangles;
}

Triangles triangulate(const Geometry& polygons) {
    Triangles result;
    result.feature_offsets.assign(std::size_t{polygons.feature_count()} + 1, 0);
    if (polygons.kind() != GeometryKind::polygon) return result;

    const auto begins = cut_into_blocks(polygons);
    std::vector<std::vector<uint32_t>> blocks(begins.size() - 1);
    std::vector<std::size_t> part_sizes(polygons.part_count());
    parallel_ranges(blocks.size(), [&](std::size_t first, std::size_t last) {
        EarClipper clipper;
        for (std::size_t block = first; block < last; ++block) {
            blocks[block].reserve(std::size_t{3} * 16'384);
            for (uint32_t part = begins[block]; part < begins[block + 1]; ++part) {
                const std::size_t before = blocks[block].size();
                clipper.clip(polygons, part, blocks[block]);
                part_sizes[part] = blocks[block].size() - before;
            }
        }
    });

    std::size_t total = 0;
    for (const auto& block : blocks)
        total += block.size();
    DIABAN_CHECK(total < 0xffffffff);
    result.indices.reserve(total);
    for (auto& block : blocks) {
        result.indices.insert(result.indices.end(), block.begin(), block.end());
        block = {};
    }
    std::size_t sum = 0;
    for (uint32_t feature = 0; feature < polygons.feature_count(); ++feature) {
        for (const uint32_t part : polygons.parts_of(feature))
            sum += part_sizes[part];
        result.feature_offsets[feature + 1] = static_cast<uint32_t>(sum);
    }
    return result;
}

}  // namespace diaban
