// Workspace + data → Scene. A pure function; the cache only remembers, by what each result depends on.
//
//     DeriveCache cache;
//     Scene scene = derive(workspace, datasets, request, cache);
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/cache_folder.h"
#include "scene/map_shapes.h"
#include "scene/points/cluster.h"
#include "scene/scene.h"
#include "workspace/open.h"
#include "workspace/workspace.h"

namespace diaban {

class PointCrowd;
class QueryCache;
struct LayerShape;

/// A layer with everything that hangs on its data, filter and style but not on the view.
struct LayerResult {
    std::string layer_id;
    std::shared_ptr<const Features> features;  ///< null when its source could not be read
    MapShapesPtr shapes;                       ///< in the map CRS; null as `features`
    DatasetPtr picture;                        ///< a raster, which has neither; else null
    Box picture_box;                           ///< what it covers, in the map CRS
    std::size_t time = 0;                      ///< index into features->times()
    std::shared_ptr<const PointCrowd> crowd;   ///< how many points are shown where; null for other kinds
    std::vector<uint8_t> shown;                ///< one a feature: passes the filter and has geometry
    std::shared_ptr<const LayerShape> shape;   ///< what labels and furniture need to know of them (layer_shape.h)
    /// Of a graduated fill, over all times and all features of the layer, whatever its filter: neither a step of the
    /// time slider nor a filter changes what a colour means.
    Classes classes;
    std::vector<Rgba> class_colours;
    std::vector<int> class_of;  ///< one a feature; -1: no data, -2: not shown; categorised: category
    /// Of a categorised fill, in legend order (Vietnamese collation). Beyond 12, the commonest 11 and "Other".
    std::vector<std::string> categories;
    std::vector<Rgba> category_colours;
    std::vector<double> circle_values;  ///< of proportional circles, one a feature; NaN: none
    double circle_max = 0;              ///< their largest value of all times: the one of `max_radius`
    std::vector<Point> anchors;         ///< where a feature's circle stands; filled only with circles
    /// One a feature: whether the value shown (of the fill, else of the circles) rests in part on an assumption, as of
    /// data carried over from split units. Empty when none does.
    std::vector<uint8_t> assumed;
    uint32_t assumed_count = 0;                       ///< of the shown ones
    uint32_t shown_count = 0;                         ///< of features->count()
    uint32_t no_data_count = 0;                       ///< of the shown ones, for classified fills
    uint32_t unmatched_rows = 0;                      ///< rows of joined tables that found no feature
    std::map<std::string, std::string> source_dates;  ///< by source id: its file's last change, ISO date
    Diagnostics diagnostics;                          ///< joins, filter errors, missing columns, transform losses
};
using LayerResultPtr = std::shared_ptr<const LayerResult>;

/// One selection, shared by map, table and charts: features of one layer.
struct Selection {
    std::string layer_id;
    std::set<uint32_t> features;
    bool operator==(const Selection&) const = default;
    [[nodiscard]] bool empty() const { return features.empty(); }
};

struct Hover {
    std::string layer_id;
    uint32_t feature = 0;
    std::optional<Cluster> cluster;  ///< the circle that stands for several points, `feature` being one of them
    bool operator==(const Hover&) const = default;
};

enum class Theme { light, dark };

/// What the picture is to hold besides the map.
struct Furniture {
    bool title = true;
    bool legend = true;
    bool scale_bar = true;
    bool north_arrow = true;
    bool sources = true;  ///< source, date, filters, units left out; always on in exported pictures
    bool labels = true;
    /// 1 for screen and print, larger for a room. Furniture that would not fit takes less; map labels take half of the
    /// growth, so that they still find room.
    double text_scale = 1;
    bool operator==(const Furniture&) const = default;
};

struct MapRequest {
    double width = 1280, height = 720, pixel_ratio = 1;
    std::optional<Frame> frame;  ///< where to look; none: the workspace's view, else everything
    std::optional<Box> extent;   ///< map CRS; overrides the workspace's view when there is no frame
    Furniture furniture;
    Theme theme = Theme::light;
    Selection selection;
    std::optional<Hover> hover;
    /// Where better levels of detail are made while the scene makes do with what is at hand (Scene::unfinished); null:
    /// they are made at once.
    DetailMaker* maker = nullptr;
    /// The same for pieces of rasters, so that a slow server holds up nothing else; null: `maker`.
    DetailMaker* raster_maker = nullptr;
    /// The view is being moved: labels placed at rest keep their places on the map for as long as they find room, and
    /// new ones wait until it rests again.
    bool moving = false;
};

/// Results kept between calls. Not thread-safe; one for each place that derives.
class DeriveCache {
public:
    DeriveCache();
    ~DeriveCache();
    DeriveCache(DeriveCache&&) noexcept;
    DeriveCache& operator=(DeriveCache&&) noexcept;

    /// Where levels of detail are kept between runs; null: nowhere.
    void keep_in(CacheFolderPtr folder);

    /// What filters and calculated columns remember of other layers. It alone may be used from other threads meanwhile.
    [[nodiscard]] const std::shared_ptr<QueryCache>& query_cache() const;

    struct Entries;
    [[nodiscard]] Entries& entries() { return *entries_; }

private:
    std::unique_ptr<Entries> entries_;
};

/// The workspace's map CRS, or the one chosen from the data (all layers but the background ones and rasters; of rasters
/// alone the first one's own, where that is a plane).
[[nodiscard]] Crs map_crs(const Workspace& workspace, const Datasets& datasets);

/// One result a layer of the workspace, in its order. Unreadable sources give a result without features.
[[nodiscard]] std::vector<LayerResultPtr> derive_layers(const Workspace& workspace, const Datasets& datasets,
                                                        DeriveCache& cache);

/// Extent of the visible layers, in the map CRS: background and rasters count only where there is nothing else.
[[nodiscard]] Box full_extent(const Workspace& workspace, const std::vector<LayerResultPtr>& layers);

/// The frame that a request asks for: its own, or the extent fitted beside the furniture.
[[nodiscard]] Frame resolve_frame(const Workspace& workspace, const std::vector<LayerResultPtr>& layers,
                                  const MapRequest& request);

[[nodiscard]] Scene derive(const Workspace& workspace, const Datasets& datasets, const MapRequest& request,
                           DeriveCache& cache);

/// All diagnostics at hand: of the data, the layers and (if given) the scene's labels.
[[nodiscard]] Diagnostics collect_diagnostics(const Diagnostics& of_data, const std::vector<LayerResultPtr>& layers,
                                              const Scene* scene);

}  // namespace diaban
