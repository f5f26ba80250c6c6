// Geometry as the graphics card holds it: triangles of polygons, and outlines at the level of detail of a scale. Kept
// by identity of the geometry and dropped when that is gone.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "geo/triangulate.h"
#include "render/gl_handle.h"
#include "scene/scene.h"

namespace diaban {

/// A double as the sum of two floats; exact to about 2^-48 of it.
struct SplitFloat {
    explicit SplitFloat(double value) : high(static_cast<float>(value)), low(static_cast<float>(value - high)) {}
    float high, low;
};

/// Consecutive vertices or indices: what one draw call takes.
struct Range {
    uint32_t first = 0;
    uint32_t count = 0;
};

/// Triangles of all features, in their order.
struct FillMesh {
    GlName vertices, indices, arrays;
    std::vector<uint32_t> feature_offsets;  ///< cuts the indices into features
};

/// Paths as points, each with its path's length so far; the segment from the last point of a path is marked as none.
struct StrokeMesh {
    struct Vertex {
        float high_x, high_y, low_x, low_y;
        float length;
        uint32_t feature;  ///< no_feature: no segment starts here
    };
    static constexpr uint32_t no_feature = 0xffffffff;
    struct Chunk {
        Range vertices;
        Box box;
        uint32_t first_feature, last_feature;
    };
    /// The vertices once more, from the geometry's centre: where on the picture a frame's lines run.
    struct Place {
        float x, y;
        uint32_t feature;  ///< as the vertex's
    };
    GlName vertices, arrays;
    std::vector<Chunk> chunks;
    std::vector<Place> places;
};

class GpuGeometry {
public:
    GpuGeometry(const DetailPtr& detail, GlBinPtr bin);

    [[nodiscard]] Point centre() const { return centre_; }
    [[nodiscard]] const std::vector<Box>& boxes() const { return boxes_; }
    [[nodiscard]] bool alive() const { return !detail_.expired(); }
    [[nodiscard]] const Geometry& geometry() const { return geometry_; }

    /// Triangulated at the first call. Points nearer to each other than about `tolerance` (map units) are taken as one,
    /// in all polygons alike, so that neighbours stay joined; 0: none are. The few levels used last are kept.
    [[nodiscard]] const FillMesh& fill(double tolerance);
    /// With points nearer to each other than about `tolerance` left out of each path.
    [[nodiscard]] const StrokeMesh& stroke(double tolerance);

private:
    template <class Mesh>
    struct Level {
        int exponent = 0;  ///< of two: the tolerance
        Mesh mesh;
    };
    template <class Mesh, class Make>
    static const Mesh& level(std::list<Level<Mesh>>& levels, double tolerance, const Make& make);

    std::weak_ptr<const Detail> detail_;
    Geometry geometry_;
    GlBinPtr bin_;
    Point centre_;
    std::vector<Box> boxes_;
    std::optional<Triangles> triangles_;
    std::list<Level<FillMesh>> fills_;  ///< the one used last is in front
    std::list<Level<StrokeMesh>> strokes_;
};

/// All geometries drawn lately.
class GpuGeometries {
public:
    explicit GpuGeometries(GlBinPtr bin) : bin_(std::move(bin)) {}
    [[nodiscard]] GpuGeometry& of(const DetailPtr& detail);
    /// Forgets those whose geometry nobody holds any more.
    void drop_unused();
    [[nodiscard]] std::size_t size() const { return known_.size(); }

private:
    GlBinPtr bin_;
    std::map<const Detail*, GpuGeometry> known_;
};

}  // namespace diaban
