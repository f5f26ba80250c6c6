// A layer's shapes on the ellipsoid, made for distances: every vertex in earth-centred coordinates (metres, WGS 84),
// where the straight line between two places is a distance whatever the meridian, the zone or the pole. Edges are
// straight in the CRS of the data; long ones are cut into pieces of at most 500 m, none of whose middles lies more than
// 5 mm from that of its chord. Distances between points are exact to a micrometre, whatever their length; those to
// edges to a centimetre, from a metre on to a tenth of a millimetre where the data are in degrees (earth/cut.cpp and
// earth/earth_point.cpp have the bounds). Nearer than a micrometre is touching.
//
//     auto shelters = EarthShapes::make(layer.geometry, to_degrees, progress).value();
//     auto near = nearest(villages, shelters, {}, Metres(infinity), progress).value();
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/progress.h"
#include "base/units.h"
#include "geo/crs.h"
#include "geo/geometry.h"

namespace diaban {

/// Never changed once made; shared by pointer; safe to use from several threads.
class EarthShapes {
public:
    /// `to_degrees`: from the geometry's CRS to longitude and latitude of WGS 84. Places that cannot be transformed, or
    /// are not finite, are left out, and a feature of nothing else is far from everything. Rings may
    /// run on across the antimeridian (179°, 181°), and once round a pole. About 100 bytes a point of its own, 30 to 50
    /// a vertex of an outline. The only error is cancelled.
    [[nodiscard]] static Expected<std::shared_ptr<const EarthShapes>> make(const Geometry& geometry,
                                                                           const Transform& to_degrees,
                                                                           Progress& progress);
    ~EarthShapes();
    EarthShapes(const EarthShapes&) = delete;
    EarthShapes& operator=(const EarthShapes&) = delete;

    [[nodiscard]] uint32_t feature_count() const;
    [[nodiscard]] GeometryKind kind() const;
    /// Of memory, with the coordinates in degrees, which it may share with the geometry it was made of.
    [[nodiscard]] std::size_t bytes() const;

    struct State;
    [[nodiscard]] const State& state() const { return *state_; }

private:
    explicit EarthShapes(std::unique_ptr<const State> state);
    std::unique_ptr<const State> state_;
};
using EarthShapesPtr = std::shared_ptr<const EarthShapes>;

inline constexpr uint32_t no_feature = static_cast<uint32_t>(-1);

struct NearestFeature {
    uint32_t feature = no_feature;  ///< of the other layer; none within reach: no_feature
    double metres = 0;              ///< 0 where they touch or overlap; infinity for none
    Point from, to;                 ///< the two places, degrees; equal where they touch
};

/// For each feature of `of` the nearest one of `among` no farther than `reach`; of equally near ones the first. Only
/// features with among_considered[f] != 0 count (an empty span: all). With `not_itself`, both are the same layer, and a
/// feature is not its own neighbour. Geodesic (PROJ) between the two nearest places. The only error is cancelled.
[[nodiscard]] Expected<std::vector<NearestFeature>> nearest(const EarthShapes& of, const EarthShapes& among,
                                                            std::span<const uint8_t> among_considered, Metres reach,
                                                            Progress& progress, bool not_itself = false);

struct Neighbour {
    uint32_t feature = no_feature;
    double metres = 0;
    bool operator==(const Neighbour&) const = default;
};
/// The k nearest, nearest first: k entries a feature, the last ones no_feature (infinitely far) where there are fewer.
[[nodiscard]] Expected<std::vector<Neighbour>> nearest_k(const EarthShapes& of, const EarthShapes& among,
                                                         std::span<const uint8_t> among_considered, uint32_t k,
                                                         Metres reach, Progress& progress);

/// Everything of `among` within reach of each feature of `of`: neighbours[offsets[f]] … neighbours[offsets[f + 1]], in
/// the order of `among`.
struct Neighbours {
    std::vector<std::size_t> offsets;
    std::vector<Neighbour> neighbours;
};
[[nodiscard]] Expected<Neighbours> neighbours_within(const EarthShapes& of, const EarthShapes& among, Metres reach,
                                                     Progress& progress);

/// How many metres of each feature's outline (or path) run no farther than `tolerance` from any considered feature of
/// `along`; 0 for points. To a few metres in a kilometre.
[[nodiscard]] Expected<std::vector<double>> length_along(const EarthShapes& of, const EarthShapes& along,
                                                         std::span<const uint8_t> along_considered, Metres tolerance,
                                                         Progress& progress);

}  // namespace diaban
