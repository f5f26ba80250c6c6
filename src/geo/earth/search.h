// Walks through the trees: from a point, or from a feature, to what is near.
#pragma once

#include <span>
#include <vector>

#include "geo/earth/found.h"
#include "geo/earth/state.h"

namespace diaban::earth {

/// A node or chain to be looked at, and how far its box is.
struct Waiting {
    Ref ref;
    float squared;
};

/// Reused from one search to the next.
class Search {
public:
    Search(const State& of, const Choice& among) : of_(of), among_(among) {}

    /// Offers everything near a feature of `of`; `without` is not looked at (no_feature: everything is).
    void run(uint32_t feature, Found& found, uint32_t without = no_feature);
    /// Likewise of a single feature among the others.
    void run_on(uint32_t feature, Ref other, Found& found);

private:
    void from_point(uint32_t corner, Ref root, Found& found, uint32_t without);
    void from_outline(Ref feature_root, Ref root, Found& found, uint32_t without);

    struct Pair {
        float squared;
        double size;
        Ref of, among;
        EarthBox of_box, among_box;
    };
    static bool later(const Pair& a, const Pair& b);
    void push_children(const Node& node, bool of_side, const Pair& pair, const Found& found);
    void compare(const Pair& pair, Found& found, uint32_t without) const;

    const State& of_;
    const Choice& among_;
    std::vector<Waiting> stack_;
    std::vector<Pair> heap_;
};

/// The chord from p to the nearest outline or point, if it is no longer than `limit`; infinity else.
[[nodiscard]] double nearest_chord(const Choice& among, EarthPoint p, double limit);

/// The chains of `among` whose boxes are no farther than `metres` from `box`.
void chains_near(const Choice& among, const EarthBox& box, double metres, std::vector<Ref>& chains);
/// The features likewise, by the boxes of all of each, in the order of the layer.
[[nodiscard]] std::vector<uint32_t> features_near(const Choice& among, const EarthBox& box, double metres);

}  // namespace diaban::earth
