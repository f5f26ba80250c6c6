// Ear clipping of one polygon part. For triangulate.cpp alone; kept between parts so that its memory is used again.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "geo/geometry.h"

namespace diaban {

/// The polygon is a ring of nodes, linked both ways; an ear (three neighbours whose triangle nothing reaches into)
/// gives a triangle and loses its middle node, until nothing is left. Cutting an ear can only make ears of its two
/// neighbours, so that each node is looked at a bounded number of times. Only reflex nodes can reach into an ear; a
/// grid finds them.
class EarClipper {
public:
    /// Appends the triangles of a part, counter-clockwise, as indices into geometry.points().
    void clip(const Geometry& polygons, uint32_t part, std::vector<uint32_t>& triangles);

private:
    static constexpr uint32_t none = 0xffffffff;

    struct Node {
        Point at;
        uint32_t index = 0;  ///< into geometry.points()
        uint32_t prev = none;
        uint32_t next = none;
        uint32_t cell = none;  ///< of the grid, for reflex nodes
        uint32_t slot = 0;     ///< in the grid's members
        uint32_t round = 0;    ///< in which this node waits its turn
        bool queued = false;
        bool alive = true;
        bool pinned = false;  ///< added on an edge that another ring touches; not dropped for being collinear
    };
    /// How much may reach into an ear before it is refused.
    enum class Test { strict, loose };

    // The ring of nodes, and holes joined to it (ear_clipper_rings.cpp)
    uint32_t load_ring(const Geometry& polygons, uint32_t ring, bool counter_clockwise);
    uint32_t insert_after(uint32_t node, Point at, uint32_t index);
    void unlink(uint32_t node);
    void join_hole(uint32_t leftmost);
    void build_strips();
    void enter_strips(uint32_t node);
    [[nodiscard]] std::size_t strip_of(double y) const;
    [[nodiscard]] uint32_t find_bridge(uint32_t leftmost) const;
    [[nodiscard]] uint32_t seen_from(uint32_t leftmost, uint32_t edge, double x) const;
    [[nodiscard]] uint32_t with_room_towards(Point at, Point to) const;
    [[nodiscard]] bool wedge_holds(uint32_t node, Point p) const;
    void drop_straight_nodes();
    [[nodiscard]] int turn(uint32_t node) const;

    // Clipping (ear_clipper.cpp)
    [[nodiscard]] bool is_ear(uint32_t node, Test test) const;
    [[nodiscard]] bool blocks(uint32_t other, uint32_t node, Test test) const;
    void cut(uint32_t node, bool emit);
    void enqueue(uint32_t node);
    void enqueue_all();
    void clip_ears();
    bool pin_touched_edges();
    bool clip_one_loosely();
    void clip_what_is_left();

    // The grid of reflex nodes (ear_clipper_grid.cpp)
    void build_grid();
    void leave_grid(uint32_t node);
    [[nodiscard]] uint32_t cell_of(Point p) const;
    [[nodiscard]] uint32_t column_of(double x) const;
    [[nodiscard]] uint32_t row_of(double y) const;
    /// Where the triangle lies between two levels: from and to.
    [[nodiscard]] static std::pair<double, double> span_between(const Point (&triangle)[3], double low, double high);
    /// The same for a triangle, along which a row's cells are narrowed: slivers have large boxes and little area.
    template <class Found>
    bool any_reflex_in(const Point (&triangle)[3], const Found& found) const {
        Box box;
        for (const Point p : triangle)
            box.extend(p);
        if (reflex_ == 0 || !grid_box_.intersects(box)) return false;
        const uint32_t bottom = row_of(box.min_y), top = row_of(box.max_y);
        const uint32_t left = column_of(box.min_x), right = column_of(box.max_x);
        const bool narrow = top - bottom > 1 && right - left > 1;
        for (uint32_t row = bottom; row <= top; ++row) {
            uint32_t from = left, to = right;
            if (narrow) {
                // A little wider than the row, against rounding.
                const double low = grid_box_.min_y + (row - 0.01) / per_cell_y_;
                const double high = grid_box_.min_y + (row + 1.01) / per_cell_y_;
                const auto [min_x, max_x] =
                    span_between(triangle, row == bottom ? box.min_y : low, row == top ? box.max_y : high);
                if (!(min_x <= max_x)) continue;
                from = column_of(min_x), to = column_of(max_x);
                from -= from > left, to += to < right;
            }
            for (uint32_t cell = row * columns_ + from; cell <= row * columns_ + to; ++cell)
                for (uint32_t i = cell_begin_[cell]; i < cell_end_[cell]; ++i)
                    if (box.contains(nodes_[members_[i]].at) && found(members_[i])) return true;
        }
        return false;
    }
    /// Calls found(node) for the reflex nodes in cells that `box` meets, until it returns true; whether it did.
    template <class Found>
    bool any_reflex_near(const Box& box, const Found& found) const {
        if (reflex_ == 0 || !grid_box_.intersects(box)) return false;
        const uint32_t left = column_of(box.min_x), right = column_of(box.max_x), top = row_of(box.max_y);
        for (uint32_t row = row_of(box.min_y); row <= top; ++row)
            for (uint32_t cell = row * columns_ + left; cell <= row * columns_ + right; ++cell)
                for (uint32_t i = cell_begin_[cell]; i < cell_end_[cell]; ++i)
                    if (found(members_[i])) return true;
        return false;
    }

    std::vector<Node> nodes_;
    uint32_t start_ = none;                     ///< a node of the ring, alive
    uint32_t alive_ = 0;                        ///< nodes in the ring
    std::vector<uint32_t> round_, next_round_;  ///< who is looked at now, and who after that
    uint32_t round_number_ = 0;
    std::vector<uint32_t> holes_;  ///< the leftmost node of each
    /// For joining holes: level strips, each with the nodes whose edge to their next has been in it.
    std::vector<std::vector<uint32_t>> strips_;
    double strips_from_ = 0, strips_per_unit_ = 0;
    int64_t patience_ = 0;  ///< steps left for polygons that are not valid

    std::vector<uint32_t> cell_begin_, cell_end_, members_, placed_;
    uint32_t columns_ = 0, rows_ = 0;
    uint32_t reflex_ = 0, reflex_when_built_ = 0;
    Box grid_box_;
    double per_cell_x_ = 0, per_cell_y_ = 0;

    std::vector<uint32_t>* triangles_ = nullptr;
};

}  // namespace diaban
