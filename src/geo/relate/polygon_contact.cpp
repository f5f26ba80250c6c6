// The edges of each are looked at against the other's. An edge is cut where the other's corners lie on it, so that a
// piece has nothing of the other's border between its ends, unless an edge of the other crosses it properly or runs
// along it. A piece with an end that is not on the other's border lies on that end's side as a whole. What is left are
// pieces with both ends on the border that do not run along it (chords): of those it takes more to know the side.
#include "geo/relate/polygon_contact.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "geo/orientation.h"

namespace diaban {
namespace {

Box box_of_edge(Point p, Point q) {
    return {std::min(p.x, q.x), std::min(p.y, q.y), std::max(p.x, q.x), std::max(p.y, q.y)};
}

/// For points of one line: whether p comes no later than q on the way from u to v.
bool in_order(Point u, Point v, Point p, Point q) {
    if (u.x != v.x) return u.x < v.x ? p.x <= q.x : p.x >= q.x;
    return u.y < v.y ? p.y <= q.y : p.y >= q.y;
}

/// a's edges beside b.
class Beside {
public:
    Beside(const PolygonShape& a, const PolygonShape& b, bool all) : a_(a), b_(b), all_(all) {}

    bool crosses = false, interiors = false, meet = false, unsure = false, beyond = false;

    void look() {
        const Box& own = a_.tree().box();
        const Box& other = b_.tree().box();
        beyond =
            own.min_x < other.min_x || own.min_y < other.min_y || own.max_x > other.max_x || own.max_y > other.max_y;
        a_.tree().each_edge_near(other, [&](const Point& p, const Point& q) {
            if (p == q) return true;
            take_edge(p, q);
            return !crosses && (all_ || !interiors);
        });
    }

private:
    Side side_of(Point p) {
        if (p == last_ && known_) return last_side_;
        last_ = p, known_ = true;
        return last_side_ = b_.tree().locate(p);
    }
    void note(Side side) {
        meet |= side != Side::outside;
        interiors |= side == Side::inside;
        beyond |= side == Side::outside;
    }

    void take_edge(const Point& p, const Point& q) {
        const Side at_p = side_of(p), at_q = side_of(q);
        note(at_p), note(at_q);
        stops_.assign(1, p);
        along_.clear();
        b_.tree().each_edge_near(box_of_edge(p, q), [&](const Point& u, const Point& v) {
            if (u != v) take_pair(p, q, u, v);
            return !crosses;
        });
        if (crosses) return;
        stops_.push_back(q);
        std::sort(stops_.begin(), stops_.end(), [&](Point s, Point t) { return s != t && in_order(p, q, s, t); });
        for (std::size_t i = 1; i < stops_.size(); ++i) {
            if (stops_[i - 1] == stops_[i]) continue;
            const bool starts = i > 1 || at_p == Side::border, ends = i + 1 < stops_.size() || at_q == Side::border;
            if (starts && ends) take_piece(p, q, stops_[i - 1], stops_[i]);
        }
    }

    void take_pair(Point p, Point q, const Point& u, const Point& v) {
        const int at_u = orientation(p, q, u), at_v = orientation(p, q, v);
        if (at_u * at_v > 0) return;
        if (at_u == 0 && u != p && u != q && box_of_edge(p, q).contains(u)) stops_.push_back(u), meet = true;
        if (at_u == 0 && at_v == 0)
            along_.push_back({&u, &v});
        else if (at_u * at_v < 0 && orientation(u, v, p) * orientation(u, v, q) < 0)
            crosses = interiors = meet = beyond = true;
    }

    /// From s to t, both on b's border.
    void take_piece(const Point& p, Point q, Point s, Point t) {
        for (const auto& [u, v] : along_) {
            const bool same_way = in_order(p, q, *u, *v);
            const Point &from = same_way ? *u : *v, &to = same_way ? *v : *u;
            if (!in_order(p, q, from, s) || !in_order(p, q, t, to)) continue;
            // Both insides on the same side of the piece: they have what lies next to it in common.
            const bool same_side = (a_.inside_is_left(p) == b_.inside_is_left(*u)) == same_way;
            interiors |= same_side;
            return;
        }
        unsure = true;
    }

    const PolygonShape& a_;
    const PolygonShape& b_;
    const bool all_;
    Point last_;
    Side last_side_ = Side::outside;
    bool known_ = false;
    std::vector<Point> stops_;                                  ///< of the edge: its ends, b's corners between
    std::vector<std::pair<const Point*, const Point*>> along_;  ///< b's edges on the edge's line
};

}  // namespace

PolygonContact polygon_contact(const PolygonShape& a, const PolygonShape& b, bool all) {
    Beside a_beside_b(a, b, all);
    a_beside_b.look();
    if (a_beside_b.crosses) return {true, Known::yes, true, true};
    if (a_beside_b.interiors && !all) return {true, Known::yes, a_beside_b.beyond, false};
    // The other way round, too: one may lie wholly inside of the other, whose corners then see nothing of it.
    Beside b_beside_a(b, a, all);
    b_beside_a.look();
    if (b_beside_a.crosses) return {true, Known::yes, true, true};
    PolygonContact contact{a_beside_b.meet || b_beside_a.meet, Known::no, a_beside_b.beyond, b_beside_a.beyond};
    if (a_beside_b.interiors || b_beside_a.interiors)
        contact.interiors = Known::yes;
    else if (a_beside_b.unsure || b_beside_a.unsure)
        contact.interiors = Known::unsure;
    return contact;
}

}  // namespace diaban
