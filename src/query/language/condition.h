// A condition on the features of a layer, as a tree of values: what the text form, the words and the builder are three
// views of. parse.h makes it from text, write.h text from it, words.h a sentence; evaluate/ finds what it holds for.
//
//     auto condition = parse_condition("stunted / measured > 20% and beyond 5 km of shelters").value();
//     std::get<query::AllOf>(condition.is).of.size();                    // 2
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/units.h"
#include "geo/geometry.h"

namespace diaban::query {

/// At which character of the text something was written, from 1; 0: it was not written. No part of what it says: all
/// are equal.
struct Written {
    std::size_t at = 0;
    bool operator==(const Written&) const { return true; }
};

enum class LengthUnit { metre, kilometre };

/// A distance on the ground, in the unit that it was written in.
struct Distance {
    double value = 0;
    LengthUnit unit = LengthUnit::kilometre;
    bool operator==(const Distance&) const = default;
    [[nodiscard]] Metres metres() const { return Metres(unit == LengthUnit::kilometre ? value * 1000 : value); }
};

struct Condition;
struct Sum;

/// The features of another layer (or of the same one) that a condition speaks of: those that the layer's own filter
/// keeps and, where there is one, for which `where` holds too.
struct Target {
    std::string layer;             ///< its id, or its name where no id says so
    std::vector<Condition> where;  ///< none or one; its columns are those of the target
    Written written;
    bool operator==(const Target&) const;
};

// ── sums: a number, a text, a distance or an area for each feature ──

enum class NumberUnit { none, percent, metre, kilometre, square_metre, hectare, square_kilometre };

struct Number {
    double value = 0;  ///< as written: 20 for 20%
    NumberUnit unit = NumberUnit::none;
    bool operator==(const Number&) const = default;
};
struct Text {
    std::string text;
    bool operator==(const Text&) const = default;
};
struct ColumnName {
    std::string name;  ///< as Features::field() takes it
    bool operator==(const ColumnName&) const = default;
};
/// A text without its diacritics: compared so, 'binh lieu' equals “Bình Liêu”.
struct Plain {
    std::vector<Sum> of;  ///< one
    bool operator==(const Plain&) const;
};
struct Negative {
    std::vector<Sum> of;  ///< one
    bool operator==(const Negative&) const;
};
struct Arithmetic {
    char sign = '+';         ///< + - * /
    std::vector<Sum> sides;  ///< left, right
    bool operator==(const Arithmetic&) const;
};

enum class AggregateKind { count, sum, mean, min, max, distinct, density };

/// Of the target's features that lie within the feature, or within a distance of it. What lies within: points by
/// contains() of geo/planar.h, so that a point on a border that two share counts once; lines and polygons where a point
/// of theirs lies (label_circle()), so that they count once too. Within a distance: whatever comes that near, so that
/// it may count for several. A count, sum, density or number of distinct values of nothing is 0, a mean, min or max
/// null.
struct Aggregate {
    AggregateKind kind = AggregateKind::count;
    std::vector<Sum> of;  ///< what is summed up, of the target's columns: one; none for count and density
    Target target;
    std::optional<Distance> reach;  ///< none: within the feature itself
    std::vector<Sum> per;    ///< density: none: km² of the feature; one: so many of this column of the feature …
    double per_each = 1000;  ///< … as here: per 1000 households
    bool operator==(const Aggregate&) const;
};

enum class NearestPart { distance, direction, name };

/// How far the nearest of the target's features is (a distance; 0 where they touch), in which direction (degrees,
/// clockwise from north; null where they touch), or what it is called (its name column, else its code, else its row).
struct ToNearest {
    NearestPart part = NearestPart::distance;
    Target target;
    bool operator==(const ToNearest&) const = default;
};

/// Of the feature itself, on the ellipsoid: a polygon's area; a line's length, a polygon's circumference.
enum class OwnMeasure { area, length };

struct Sum {
    using Is = std::variant<Number, Text, ColumnName, Plain, Negative, Arithmetic, Aggregate, ToNearest, OwnMeasure>;
    Is is;
    Written written;
    bool operator==(const Sum&) const = default;
};

// ── conditions ──

enum class Comparison { equal, not_equal, less, at_most, greater, at_least };

struct Compare {
    Comparison sign = Comparison::equal;
    std::vector<Sum> sides;  ///< left, right
    bool operator==(const Compare&) const = default;
};
struct In {
    std::vector<Sum> values;  ///< the one looked for, then those it may be: numbers and texts
    bool inverted = false;
    bool operator==(const In&) const = default;
};
struct Between {
    std::vector<Sum> values;  ///< value, low, high; both ends belong to it
    bool inverted = false;
    bool operator==(const Between&) const = default;
};
struct Like {
    std::vector<Sum> of;  ///< one
    std::string pattern;  ///< % any run of characters, _ one
    bool inverted = false;
    bool operator==(const Like&) const = default;
};
struct IsNull {
    std::vector<Sum> of;  ///< one
    bool inverted = false;
    bool operator==(const IsNull&) const = default;
};

/// As the OGC (DE-9IM) has them, with any of the target's features. In the plane of the asked layer's coordinates.
enum class Relation { intersects, within, contains, touches, overlaps, crosses };

struct Relates {
    Relation relation = Relation::intersects;
    Target target;
    bool operator==(const Relates&) const = default;
};
/// No farther than `distance` from the nearest of the target's features, or (beyond) farther than that from all.
struct Near {
    bool beyond = false;
    Distance distance;
    Target target;
    bool operator==(const Near&) const = default;
};
/// Among the `count` features of the asked layer nearest to some feature of the target; of equally near ones the first.
struct AmongNearest {
    int count = 1;
    Target target;
    bool operator==(const AmongNearest&) const = default;
};
/// In the border area: the boundary runs along the target (the border line) for at least `length`, all that while no
/// farther from it than `tolerance`.
struct RunsAlong {
    Target target;
    Distance tolerance{100, LengthUnit::metre};
    Distance length{500, LengthUnit::metre};
    bool operator==(const RunsAlong&) const = default;
};
/// In the border belt: some part lies no deeper than `depth` (100 to 1000 m by Decree 34/2014/NĐ-CP; others are an
/// error) from the target, the border line.
struct InBelt {
    Distance depth{1000, LengthUnit::metre};
    Target target;
    bool operator==(const InBelt&) const = default;
};

// Drawn on the map; degrees of WGS 84, edges straight in degrees. Some part of the feature lies in it.
struct DrawnBox {
    Box degrees;
    bool operator==(const DrawnBox&) const = default;
};
struct DrawnPolygon {
    std::vector<Point> degrees;  ///< three or more, not closed
    bool operator==(const DrawnPolygon&) const = default;
};
struct DrawnCircle {
    Point centre;
    Distance radius;
    bool operator==(const DrawnCircle&) const = default;
};
using DrawnShape = std::variant<DrawnBox, DrawnPolygon, DrawnCircle>;
struct InDrawn {
    DrawnShape shape;
    bool operator==(const InDrawn&) const = default;
};

/// The empty condition, which holds for everything.
struct Everything {
    bool operator==(const Everything&) const = default;
};
struct AllOf {
    std::vector<Condition> of;  ///< and
    bool operator==(const AllOf&) const;
};
struct AnyOf {
    std::vector<Condition> of;  ///< or
    bool operator==(const AnyOf&) const;
};
struct Not {
    std::vector<Condition> of;  ///< one
    bool operator==(const Not&) const;
};

struct Condition {
    using Is = std::variant<Everything, AllOf, AnyOf, Not, Compare, In, Between, Like, IsNull, Relates, Near,
                            AmongNearest, RunsAlong, InBelt, InDrawn>;
    Is is;
    Written written;
    bool operator==(const Condition&) const = default;
    [[nodiscard]] bool keeps_all() const { return std::holds_alternative<Everything>(is); }
};

inline bool Target::operator==(const Target& o) const {
    return layer == o.layer && where == o.where;
}
inline bool Plain::operator==(const Plain& o) const {
    return of == o.of;
}
inline bool Negative::operator==(const Negative& o) const {
    return of == o.of;
}
inline bool Arithmetic::operator==(const Arithmetic& o) const {
    return sign == o.sign && sides == o.sides;
}
inline bool Aggregate::operator==(const Aggregate& o) const {
    return kind == o.kind && of == o.of && target == o.target && reach == o.reach && per == o.per &&
           per_each == o.per_each;
}
inline bool AllOf::operator==(const AllOf& o) const {
    return of == o.of;
}
inline bool AnyOf::operator==(const AnyOf& o) const {
    return of == o.of;
}
inline bool Not::operator==(const Not& o) const {
    return of == o.of;
}

}  // namespace diaban::query
