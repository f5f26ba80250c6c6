// One circle for many points.
#pragma once

#include "scene/points/curve_order.h"

namespace diaban {

struct Cluster {
    CurveCell cell;
    CurveRange points;   ///< positions on the layer's curve
    uint32_t count = 0;  ///< of the shown ones
    Point mean;          ///< of them
    Point at;            ///< of its circle: the mean, moved no farther than keeps the circle within its cell
    double radius = 0;   ///< of the circle, logical pixels
    bool operator==(const Cluster&) const = default;
};

}  // namespace diaban
