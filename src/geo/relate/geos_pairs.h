// Two features compared by GEOS. For one thread: what it makes of features is kept for the next pairs.
#pragma once

#include <optional>
#include <unordered_map>

#include "geo/geos_handles.h"
#include "geo/relate/layer_shapes.h"
#include "geo/relate/related.h"

namespace diaban {

class GeosPairs {
public:
    GeosPairs(const LayerShapes& a, const LayerShapes& b) : a_{a, {}}, b_{b, {}} {}

    /// a[i] relation b[j], both of which have shapes. Nothing where GEOS gives up on the two: an error of its own.
    [[nodiscard]] std::optional<bool> holds(SpatialRelation relation, uint32_t i, uint32_t j);

private:
    struct PreparedDeleter {
        void operator()(const GEOSPreparedGeometry* prepared) const {
            GEOSPreparedGeom_destroy_r(geos::context(), prepared);
        }
    };
    struct Made {
        geos::GeometryHandle handle;
        std::unique_ptr<const GEOSPreparedGeometry, PreparedDeleter> prepared;  // before what it looks at
    };
    struct Layer {
        const LayerShapes& shapes;
        std::unordered_map<uint32_t, Made> made;
        std::size_t corners = 0;  ///< of what is made

        Made& get(uint32_t feature);
        const GEOSPreparedGeometry* prepared(uint32_t feature);
    };
    Layer a_, b_;
};

}  // namespace diaban
