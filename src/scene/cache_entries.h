// What DeriveCache remembers, each by what it depends on. Datasets are compared by identity: they never change.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "query/answer.h"
#include "scene/at_rest.h"
#include "scene/derive.h"
#include "scene/layer_shape.h"
#include "scene/memo.h"
#include "scene/points/density.h"
#include "scene/raster/raster_tiles.h"

namespace diaban {

struct FeaturesKey {
    DatasetPtr base;
    std::vector<JoinSpec> joins;
    bool operator==(const FeaturesKey&) const = default;
};

struct JoinedFeatures {
    std::shared_ptr<const Features> features;
    std::map<std::string, std::string> source_dates;
    Diagnostics diagnostics;
    std::optional<Error> not_calculated;  ///< why `features` lack the layer's calculated columns
};

/// Another layer as a filter or a calculated column sees it.
struct SeenLayer {
    std::string id, name, filter;
    std::shared_ptr<const Features> features;
    std::size_t time;
    bool operator==(const SeenLayer&) const = default;
};

struct CalculatedKey {
    std::string layer_id;
    std::shared_ptr<const Features> features;
    std::vector<AskedColumn> columns;
    std::size_t time;
    std::vector<SeenLayer> seen;
    bool operator==(const CalculatedKey&) const = default;
};

struct CalculatedFeatures {
    std::shared_ptr<const Features> features;
    std::optional<Error> error;
};

/// Datasets that share their geometry's arrays share what is made of them.
struct ProjectedKey {
    Geometry geometry;
    std::string data_crs, map_crs;
    bool operator==(const ProjectedKey& o) const {
        return geometry.same_arrays(o.geometry) && data_crs == o.data_crs && map_crs == o.map_crs;
    }
};

struct Projected {
    MapShapesPtr shapes;
    std::shared_ptr<const LayerShape> shape;
    Diagnostics diagnostics;
};

struct ClassesKey {
    std::shared_ptr<const Features> features;
    Measure measure;
    ClassMethod method;
    int count;
    std::vector<double> manual_bounds;
    bool operator==(const ClassesKey&) const = default;
};

struct ShownKey {
    std::shared_ptr<const Features> features;
    MapShapesPtr shapes;
    std::string filter;
    std::size_t time;
    std::vector<SeenLayer> seen;  ///< by the filter
    bool operator==(const ShownKey&) const = default;
};

struct Shown {
    std::vector<uint8_t> shown;
    std::optional<Error> error;
};

struct ResultKey {
    std::string layer_id, layer_name;
    std::shared_ptr<const Features> features;
    MapShapesPtr shapes;
    std::string filter;
    std::size_t time;
    std::vector<SeenLayer> seen;
    std::optional<Error> not_calculated;
    Fill fill;
    std::optional<Measure> circles;
    bool operator==(const ResultKey&) const = default;
};

struct DensityKey {
    PointCrowdPtr crowd;
    CellWindow window;
    double sigma, peak;
    std::string ramp;
    bool reversed;
    bool operator==(const DensityKey&) const = default;
};

/// A layer that is a raster.
struct PictureKey {
    std::string layer_id;
    DatasetPtr dataset;
    std::string map_crs;
    bool operator==(const PictureKey&) const = default;
};

/// What feature_colour() looks at, once for all features.
struct ColoursKey {
    LayerResultPtr result;
    Fill fill;
    Rgba no_data;
    Theme theme;
    bool background;
    bool operator==(const ColoursKey&) const = default;
};

struct DeriveCache::Entries {
    CacheFolderPtr folder;
    Memo<std::string, Crs> crs_by_text{16};
    Memo<std::vector<DatasetPtr>, Crs> suggested_crs{8};
    Memo<std::string, std::optional<Transform>> to_degrees{8};
    Memo<FeaturesKey, JoinedFeatures> features{128};
    Memo<CalculatedKey, CalculatedFeatures> calculated{32};
    std::shared_ptr<QueryCache> queries = std::make_shared<QueryCache>();
    Memo<ProjectedKey, Projected> projected{128};
    Memo<MapShapesPtr, std::vector<Point>> anchors{64};
    Memo<ClassesKey, Classes> classes{128};
    Memo<ShownKey, Shown> shown{128};
    Memo<MapShapesPtr, CurveOrderPtr> orders{64};
    Memo<ShownKey, PointCrowdPtr> crowds{64};
    Memo<std::pair<PointCrowdPtr, int>, uint32_t> fullest{256};
    Memo<DensityKey, DensitySurface> densities{8};
    Memo<ResultKey, LayerResultPtr> results{256};
    Memo<ColoursKey, FeatureColours> colours{128};
    Memo<LayerResultPtr, std::vector<uint32_t>> circles{64};  ///< features with a circle, the largest first
    RestKeeper rest;
    Memo<PictureKey, LayerResultPtr> pictures{64};
    std::shared_ptr<RasterTiles> raster_tiles = std::make_shared<RasterTiles>();  ///< shared with what is being made

    /// map_crs() with its look-ups remembered.
    [[nodiscard]] Crs crs_of(const Workspace& workspace, const Datasets& datasets);
    /// From the map CRS to degrees; nothing when it is unknown.
    [[nodiscard]] std::optional<Transform> transform_to_degrees(const Crs& crs);
};

}  // namespace diaban
