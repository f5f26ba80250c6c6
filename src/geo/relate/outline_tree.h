// The edges of one polygon feature, made for asking about many points: stretches of consecutive edges with their boxes,
// and stretches of stretches. Made in one pass over the coordinates, hardly slower than their box alone.
//
// A stretch that lies wholly east of a point is not opened: a ray to the east passes it an odd number of times when its
// first and last corner lie on different sides of the ray, whatever it does between. What is opened are stretches whose
// box has the point in it, and those are few wherever the point is (O(log n) but for shapes like long slanting combs).
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "geo/geometry.h"

namespace diaban {

enum class Side { outside, border, inside };

class OutlineTree {
public:
    OutlineTree() = default;
    OutlineTree(const Geometry& polygons, uint32_t feature) { assign(polygons, feature); }
    /// Forgets what it held and keeps its memory. The geometry has to live as long as it is asked.
    void assign(const Geometry& polygons, uint32_t feature);

    /// Of the finite coordinates.
    [[nodiscard]] const Box& box() const { return box_; }
    /// The answer of contains() of geo/planar.h, for a finite point.
    [[nodiscard]] bool contains(Point p) const;
    /// By the even-odd rule, with the border told apart: exact.
    [[nodiscard]] Side locate(Point p) const;

    /// Calls body(corner, next) for all edges whose box meets `box`, in their order; it returns false to stop. Where
    /// all coordinates are finite and all rings closed, both lie in the geometry's own array.
    template <class Body>
    bool each_edge_near(const Box& box, const Body& body) const {
        return box_.intersects(box) && edges_near(top_, static_cast<uint32_t>(nodes_.size()), box, body);
    }

private:
    static constexpr uint32_t whole_rings = static_cast<uint32_t>(-1);
    /// Consecutive edges (of a leaf) or nodes.
    struct Node {
        Box box;
        double first_y = 0, last_y = 0;  ///< of a part of a ring its ends; equal for whole rings
        uint32_t begin = 0, count = 0;   ///< corner that the first edge starts at, and edges; else child nodes
        uint32_t ring = whole_rings;     ///< the ring that it is a part of
    };

    void copy_clean(const Geometry& polygons, uint32_t feature);
    void add_ring(uint32_t ring, uint32_t begin, uint32_t end);
    void add_levels();
    [[nodiscard]] bool leaf(uint32_t node) const { return node < leaf_count_; }
    [[nodiscard]] bool passes_oddly(uint32_t begin, uint32_t end, Point p) const;
    [[nodiscard]] bool on_border(uint32_t begin, uint32_t end, Point p) const;
    template <class Body>
    bool edges_near(uint32_t begin, uint32_t end, const Box& box, const Body& body) const {
        for (uint32_t i = begin; i < end; ++i) {
            const Node& node = nodes_[i];
            if (!node.box.intersects(box)) continue;
            if (!leaf(i)) {
                if (!edges_near(node.begin, node.begin + node.count, box, body)) return false;
                continue;
            }
            for (const Point* p = points_ + node.begin; p != points_ + node.begin + node.count; ++p) {
                const bool beside = std::max(p[0].x, p[1].x) < box.min_x || std::min(p[0].x, p[1].x) > box.max_x ||
                                    std::max(p[0].y, p[1].y) < box.min_y || std::min(p[0].y, p[1].y) > box.max_y;
                if (!beside && !body(p[0], p[1])) return false;
            }
        }
        return true;
    }

    const Point* points_ = nullptr;
    std::vector<Point> clean_;  ///< where the feature's own coordinates cannot be used as they are
    std::vector<uint32_t> clean_rings_;
    std::vector<Node> nodes_;
    uint32_t leaf_count_ = 0, top_ = 0;  ///< leaves come first, the top level from top_ on
    Box box_;
};

}  // namespace diaban
