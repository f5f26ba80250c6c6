#include "geo/detail.h"

#include <algorithm>
#include <cmath>

#include "geo/detail/lattice.h"

namespace diaban {

std::span<const Dot> Detail::dots_of(uint32_t feature) const {
    const auto [first, last] = std::ranges::equal_range(dots, feature, {}, &Dot::feature);
    return {first, last};
}

std::size_t Detail::bytes() const {
    return sizeof(Detail) + points.size() * sizeof(LatticePoint) + arcs.size() * sizeof(Arc) +
           (arc_refs.size() + ring_offsets.size() + feature_offsets.size()) * sizeof(uint32_t) +
           dots.size() * sizeof(Dot) + index.size() * (sizeof(Box) + sizeof(uint32_t));
}

void Detail::build_index() {
    std::vector<Box> boxes(feature_count());
    for (uint32_t f = 0; f < boxes.size(); ++f) {
        LatticeBox box;
        for (const int32_t ref : arcs_of(f))
            box.extend(arcs[arc_of(ref)].box);
        if (box.min_x > box.max_x) continue;
        boxes[f].extend(to_map({box.min_x, box.min_y}));
        boxes[f].extend(to_map({box.max_x, box.max_y}));
    }
    for (const Dot& dot : dots) {
        const Point at = to_map(dot.at);
        boxes[dot.feature].extend(Box{at.x, at.y, at.x, at.y}.grown(double{dot.width} / 2));
    }
    index = SpatialIndex(boxes);
}

Detail plain_detail(const Geometry& geometry) {
    Detail out;
    if (geometry.kind() != GeometryKind::polygon && geometry.kind() != GeometryKind::line) return out;
    out.kind = geometry.kind();
    out.extent = geometry.box();
    const Lattice lattice(geometry.box());
    out.origin = lattice.origin();
    out.unit = lattice.unit();
    const bool closed = geometry.kind() == GeometryKind::polygon;
    out.ring_offsets.push_back(0);
    out.feature_offsets.push_back(0);
    std::vector<LatticePoint> run;
    const auto end_run = [&](uint32_t feature, bool hole) {
        if (run.size() > 1) {
            const std::size_t first = out.arcs.size();
            append_arcs(out, run, feature, Arc::nobody);
            for (std::size_t arc = first; arc < out.arcs.size(); ++arc)
                out.arc_refs.push_back(static_cast<int32_t>(arc));
            out.ring_offsets.push_back(static_cast<uint32_t>(out.arc_refs.size()));
            out.holes.push_back(hole ? 1 : 0);
        }
        run.clear();
    };
    for (uint32_t feature = 0; feature < geometry.feature_count(); ++feature) {
        for (const uint32_t part : geometry.parts_of(feature)) {
            bool hole = false;
            for (const uint32_t ring : geometry.rings_of_part(part)) {
                for (const Point p : geometry.ring(ring)) {
                    if (std::isfinite(p.x) && std::isfinite(p.y))
                        run.push_back(lattice.place(p));
                    else if (!closed)
                        end_run(feature, false);  // a line is broken there; a ring does without the point
                }
                if (closed && run.size() > 1 && run.front() != run.back()) run.push_back(run.front());
                end_run(feature, hole);
                hole = closed;
            }
        }
        out.feature_offsets.push_back(static_cast<uint32_t>(out.ring_offsets.size() - 1));
    }
    out.index = SpatialIndex(geometry);
    return out;
}

}  // namespace diaban
