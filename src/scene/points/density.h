// Points as a surface of how many there are to the square kilometre: a kernel density estimate (Silverman 1986,
// eq. 4.2) with a Gaussian kernel, on a grid of the map's own cells, so that it neither swims nor flickers while the
// view moves.
//
// Points are counted cell by cell, and the counts blurred along rows, then columns (a Gaussian is separable): the time
// is that of the points in view plus that of the cells. Areas are of the ground: on the ellipsoid, whatever the scale
// of the map's CRS is at each place.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "geo/crs.h"
#include "scene/points/point_crowd.h"
#include "scene/scene.h"

namespace diaban {

/// Whole cells of a level of the curve's order; they may lie outside its square.
struct CellWindow {
    int level = 0;
    int64_t column = 0, row = 0;  ///< of its south-western cell
    int columns = 0, rows = 0;
    bool operator==(const CellWindow&) const = default;
};

/// The window that a view's surface is made for: larger than the view by half a picture's tile and more, and the same
/// while the view moves within it. `sigma`: the kernel's deviation, map units.
[[nodiscard]] CellWindow density_window(const CurveOrder& order, const Frame& frame, double sigma);
/// The deviation for a radius in logical pixels, three deviations to the radius: to within a sixteenth of an octave
/// (4.4 %), so that a surface outlives a little zooming.
[[nodiscard]] double kernel_deviation(const Frame& frame, double radius);
[[nodiscard]] Box box_of(const CurveOrder& order, const CellWindow& window);

/// Points to a cell, row by row from the south: shown points spread out by a Gaussian of deviation `sigma` (map units),
/// cut off at three of them. Of everything there is they sum to the number of points.
[[nodiscard]] std::vector<float> kernel_counts(const PointCrowd& crowd, const CellWindow& window, double sigma);

/// Square metres of ground to one square map unit at a place, on the WGS 84 ellipsoid, by the transform's derivatives
/// over `step` map units. NaN where the place has no degrees.
[[nodiscard]] double ground_scale(Point at, double step, const Transform& to_degrees);

/// What the colours of a surface mean: densities from `top` / range to `top` run through the ramp, evenly by their
/// logarithm; thinner ones fade out, denser ones keep the last colour.
struct DensityScale {
    static constexpr double range = 64;
    double top = 0;          ///< points to a square kilometre, or to a square map unit
    bool square_km = true;   ///< whether the ground's area is known
    std::vector<Rgba> ramp;  ///< thin to dense
    [[nodiscard]] Rgba colour(double density) const;
    /// Round densities from thin to dense, for the legend: 1, 2 or 5 × 10^k.
    [[nodiscard]] std::vector<double> marks() const;
};

struct DensitySurface {
    std::shared_ptr<const MapImage> image;
    Box extent;
    DensityScale scale;
};

/// `peak`: the density that gets the last colour, in points to a square map unit; the same for all places at one scale,
/// so that colours keep their meaning while the view moves. `to_degrees` is the map's, nothing where its CRS is
/// unknown.
[[nodiscard]] DensitySurface make_density(const PointCrowd& crowd, const CellWindow& window, double sigma, double peak,
                                          std::vector<Rgba> ramp, const std::optional<Transform>& to_degrees);

}  // namespace diaban
