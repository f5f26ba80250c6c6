// A Transform that is wanted for millions of places in one region: bicubic patches between exactly transformed nodes,
// checked against the exact way, which is used where they are not good enough.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "geo/crs.h"

namespace diaban {

class GridTransform {
public:
    /// The identity.
    GridTransform() = default;
    /// For places in `region` (of the source's CRS; elsewhere the exact way is taken). Patches are off by at most
    /// `precision` times the larger side of the region (in target units, by the median scale) where they were checked,
    /// nine places in each; the default is 2 mm for a country 2,000 km long.
    GridTransform(const Transform& exact, const Box& region, double precision = 1e-9);

    /// NaN in both for a place that cannot be transformed.
    [[nodiscard]] Point apply(Point p) const;
    [[nodiscard]] bool identity() const { return !exact_; }
    /// Whether every place of the region has one, as far as its patches were checked.
    [[nodiscard]] bool everywhere() const { return everywhere_; }

    /// How far the middle of a straight line of length `length` (source units) comes to lie from the straight line
    /// between its transformed ends, at most, in target units: length² × bend().
    [[nodiscard]] double bend() const { return bend_; }
    /// Target units a source unit, along the source's two axes: the median over the region.
    [[nodiscard]] double scale_x() const { return scale_x_; }
    [[nodiscard]] double scale_y() const { return scale_y_; }

private:
    struct Patch {
        double x[4][4];  ///< coefficients of u^i v^j, the place in the patch from 0 to 1
        double y[4][4];
    };
    bool try_patches(const Transform& exact, uint32_t side, double tolerance);
    void measure(const Transform& exact);

    std::optional<Transform> exact_;
    Box region_;
    uint32_t side_ = 0;  ///< patches along each axis
    double per_unit_x_ = 0, per_unit_y_ = 0;
    std::vector<Patch> patches_;
    std::vector<uint8_t> good_;
    uint32_t exact_patches_ = 0;
    bool everywhere_ = true;
    double bend_ = 0, scale_x_ = 1, scale_y_ = 1;
};

}  // namespace diaban
