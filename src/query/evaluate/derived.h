// What is computed from whole layers and remembered: it does not hang on the numbers of a condition, so that dragging
// one of them is a comparison. All of it is found for every feature; errors are cancelled, and for the ways between
// coordinate systems that there is none (check() has asked before).
#pragma once

#include "geo/crs.h"
#include "geo/earth/earth_shapes.h"
#include "geo/relate/lies_in.h"
#include "geo/relate/related.h"
#include "query/evaluate/world.h"

namespace diaban {

/// The features of a target that count.
struct Considered {
    const QueryLayer* layer = nullptr;
    std::vector<uint8_t> mask;  ///< one a feature; empty: all
    std::string name;           ///< of the mask, by its content
    bool itself = false;        ///< the target is the asked layer
    uint32_t count = 0;         ///< how many

    [[nodiscard]] bool has(uint32_t feature) const { return mask.empty() || mask[feature] != 0; }
};
/// Those that the layer's own filter keeps and for which `where` holds. A note where there are none.
[[nodiscard]] Expected<Considered> considered(const query::Target& target, const World& world);

[[nodiscard]] Expected<Transform> way_between(const World& world, const Crs& from, const Crs& to);

/// The asked layer's shapes on the ellipsoid.
[[nodiscard]] Expected<EarthShapesPtr> earth_shapes(const World& world);
/// The target's shapes in the plane of the asked layer. Features that cannot be brought there are without geometry, and
/// noted.
[[nodiscard]] Expected<std::shared_ptr<const Geometry>> in_plane(const Considered& target, const World& world);

/// Structure of arrays: one of them is run through at each step of a dragged distance.
struct Nearest {
    std::vector<double> metres;  ///< infinity: there is none
    std::vector<NearestFeature> which;
};
[[nodiscard]] Expected<std::shared_ptr<const Nearest>> nearest_of(const Considered& target, const World& world);

/// For each feature of the asked layer whether it is among the `count` nearest to some considered one.
[[nodiscard]] Expected<std::shared_ptr<const std::vector<uint8_t>>> among_nearest(const Considered& target, int count,
                                                                                  const World& world);
[[nodiscard]] Expected<std::shared_ptr<const std::vector<double>>> metres_along(const Considered& target,
                                                                                Metres tolerance, const World& world);
[[nodiscard]] Expected<std::shared_ptr<const Related>> relation_to(const Considered& target, SpatialRelation relation,
                                                                   const World& world);
/// Which of the target's features (all of them) lie in each of the asked layer's areas.
[[nodiscard]] Expected<std::shared_ptr<const Containment>> contained(const Considered& target, const World& world);
/// Which of the target's features (all of them) lie within `reach` or a little more; remembered.
[[nodiscard]] Expected<std::shared_ptr<const Neighbours>> neighbours_about(const Considered& target, Metres reach,
                                                                           const World& world);

enum class Measured { area, length };
/// m² or m on the ellipsoid, of the asked layer's features.
[[nodiscard]] Expected<std::shared_ptr<const std::vector<double>>> own_measures(Measured what, const World& world);

}  // namespace diaban
