// Layers without the view: features with their joins, geometry in the map CRS, classes, what is shown.
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "base/i18n.h"
#include "base/text.h"
#include "base/trace.h"
#include "query/answer.h"
#include "scene/cache_entries.h"
#include "scene/layers_seen.h"

namespace diaban {
namespace {

constexpr Rgba other_colour{170, 170, 170, 255};
constexpr std::size_t most_categories = 12;

Projected project(const DatasetPtr& dataset, const Crs& crs, const CacheFolderPtr& folder) {
    Projected out;
    const auto report = [&](DiagnosticKind kind, int64_t count) {
        Diagnostic note{.kind = kind, .severity = Severity::warning, .count = count};
        note.where = {.file = dataset->from.path.filename().string(), .layer = dataset->name};
        out.diagnostics.push_back(std::move(note));
    };
    // Data whose CRS nobody knows is taken as being in the map's: the reader has said so in the data's diagnostics.
    auto source = std::make_shared<const Geometry>(dataset->geometry);
    // What repairs changed is not what the file holds.
    DetailStore store;
    if (folder && !dataset->content.empty())
        store = {folder, dataset->content + (dataset->repairs.list.empty() ? "" : " repaired") + "\n" +
                             dataset->crs.definition() + "\n" + crs.definition()};
    const auto transform = Transform::between(dataset->crs, crs);
    if (!transform || transform->identity()) {
        out.shapes = std::make_shared<const MapShapes>(std::move(source), std::nullopt, std::move(store));
    } else {
        out.shapes = std::make_shared<const MapShapes>(std::move(source), *transform, std::move(store));
    }
    if (out.shapes->lost() > 0) report(DiagnosticKind::dropped_by_transform, static_cast<int64_t>(out.shapes->lost()));
    out.shape = std::make_shared<const LayerShape>(make_layer_shape(*out.shapes));
    return out;
}

Shown find_shown(const ShownKey& key, const Layer& layer, const QueryLayers& layers, QueryCache& queries) {
    Shown out;
    const uint32_t count = key.features->count();
    out.shown.assign(count, 1);
    if (!key.filter.empty()) {
        const auto own = std::ranges::find(layers.list, layer.id, &QueryLayer::id);
        DIABAN_CHECK(own != layers.list.end());
        Progress progress;
        if (auto kept = kept_by_filter(layers, *own, queries, progress); kept) {
            out.shown = std::move(*kept);
        } else {
            out.error = kept.error();
        }
    }
    for (uint32_t f = 0; f < count; ++f) {
        if (f >= key.shapes->feature_count() || !key.shapes->has_geometry(f)) out.shown[f] = 0;
    }
    return out;
}

Classes make_classes(const ClassesKey& key, const MeasureValues& values) {
    const std::vector<double> all = values.all_values(key.features->count(), key.features->times().size());
    if (key.method == ClassMethod::manual) return manual_classes(all, key.manual_bounds);
    return classify(all, key.method, std::clamp(key.count, 2, 12));
}

void mark_assumed(LayerResult& result, const MeasureValues& values) {
    std::vector<uint8_t> assumed(result.features->count());
    uint32_t count = 0;
    for (uint32_t f = 0; f < assumed.size(); ++f) {
        assumed[f] = result.shown[f] != 0 && values.assumed_share(f, result.time) > 0 ? 1 : 0;
        count += assumed[f];
    }
    if (count == 0) return;
    result.assumed = std::move(assumed);
    result.assumed_count = count;
}

// Fills a result's colours and classes; what it cannot do is a diagnostic, and the features have no data.
class Classifier {
public:
    Classifier(LayerResult& result, const std::string& layer_name, DeriveCache::Entries& cache)
        : result_(result), layer_name_(layer_name), cache_(cache) {}

    void operator()(const std::monostate&) const {}
    void operator()(const SingleFill&) const {}

    void operator()(const GraduatedFill& fill) const {
        set_all(-1);
        const auto values = MeasureValues::bind(*result_.features, fill.measure);
        if (!values) return report(values.error());
        const ClassesKey key{result_.features, fill.measure, fill.method, fill.classes, fill.manual_bounds};
        result_.classes = cache_.classes.get(key, [&] { return make_classes(key, *values); });
        result_.class_colours = colours(fill.ramp, result_.classes.count(), fill.reversed);
        mark_assumed(result_, *values);
        for (uint32_t f = 0; f < result_.features->count(); ++f) {
            if (result_.class_of[f] == -2) continue;
            if (const auto value = values->value(f, result_.time)) {
                result_.class_of[f] = result_.classes.class_of(*value);
            }
        }
    }

    void operator()(const CategorisedFill& fill) const {
        set_all(-1);
        const auto field = result_.features->require_field(fill.field);
        if (!field) return report(field.error());
        const std::map<std::string, int> positions = find_categories(*field);
        result_.category_colours = colours(fill.ramp, static_cast<int>(result_.categories.size()), false);
        for (std::size_t i = 0; i < result_.categories.size(); ++i) {
            const auto by_hand = fill.colours.find(result_.categories[i]);
            if (by_hand != fill.colours.end()) result_.category_colours[i] = by_hand->second;
        }
        const bool has_other = positions.size() > most_categories;
        if (has_other) result_.category_colours.back() = other_colour;
        for (uint32_t f = 0; f < result_.features->count(); ++f) {
            if (result_.class_of[f] == -2 || field->is_null(f, result_.time)) continue;
            const auto found = positions.find(field->text(f, result_.time));
            if (found != positions.end()) result_.class_of[f] = found->second;
        }
    }

private:
    void report(const Error& error) const { result_.diagnostics.push_back(layer_trouble(error, layer_name_)); }

    void set_all(int value) const {
        for (std::size_t f = 0; f < result_.class_of.size(); ++f) {
            if (result_.class_of[f] != -2) result_.class_of[f] = value;
        }
    }

    [[nodiscard]] std::vector<Rgba> colours(const std::string& ramp, int count, bool reversed) const {
        if (count == 0) return {};
        auto found = ramp_colours(ramp, count, reversed);
        if (found) return std::move(*found);
        report(found.error());
        return std::vector<Rgba>(static_cast<std::size_t>(count), other_colour);
    }

    // Category texts of all times and where each stands in result_.categories.
    [[nodiscard]] std::map<std::string, int> find_categories(const Field& field) const {
        std::map<std::string, int64_t> counts;
        const std::size_t times = field.has_times() ? result_.features->times().size() : 1;
        for (std::size_t t = 0; t < times; ++t) {
            for (uint32_t f = 0; f < result_.features->count(); ++f) {
                if (!field.is_null(f, t)) ++counts[field.text(f, t)];
            }
        }
        counts.erase("");
        std::vector<std::string> names;
        for (const auto& [name, count] : counts) {
            names.push_back(name);
        }
        const bool has_other = names.size() > most_categories;
        if (has_other) {
            std::stable_sort(names.begin(), names.end(),
                             [&](const auto& a, const auto& b) { return counts[a] > counts[b]; });
            names.resize(most_categories - 1);
        }
        std::stable_sort(names.begin(), names.end(),
                         [](const auto& a, const auto& b) { return compare_vietnamese(a, b) < 0; });
        std::map<std::string, int> positions;
        const int other = static_cast<int>(names.size());
        for (const auto& [name, count] : counts) {
            const auto found = std::find(names.begin(), names.end(), name);
            positions[name] = found == names.end() ? other : static_cast<int>(found - names.begin());
        }
        if (has_other) names.emplace_back(tr("Other"));
        result_.categories = std::move(names);
        return positions;
    }

    LayerResult& result_;
    const std::string& layer_name_;
    DeriveCache::Entries& cache_;
};

void measure_circles(LayerResult& result, const Measure& measure, const std::string& layer_name,
                     DeriveCache::Entries& cache) {
    const auto values = MeasureValues::bind(*result.features, measure);
    if (!values) {
        result.diagnostics.push_back(layer_trouble(values.error(), layer_name));
        return;
    }
    for (const double value : values->all_values(result.features->count(), result.features->times().size())) {
        if (std::isfinite(value)) result.circle_max = std::max(result.circle_max, value);
    }
    result.circle_values.assign(result.features->count(), std::numeric_limits<double>::quiet_NaN());
    for (uint32_t f = 0; f < result.features->count(); ++f) {
        if (result.shown[f] == 0) continue;
        if (const auto value = values->value(f, result.time)) result.circle_values[f] = *value;
    }
    if (result.assumed.empty()) mark_assumed(result, *values);
    result.anchors = cache.anchors.get(result.shapes, [&] { return make_anchors(*result.shapes); });
}

LayerResultPtr make_result(const ResultKey& key, const JoinedFeatures& joined, const Projected& projected,
                           const std::function<Shown(const ShownKey&)>& find, DeriveCache::Entries& cache) {
    auto result = std::make_shared<LayerResult>();
    result->layer_id = key.layer_id;
    result->features = key.features;
    result->shapes = key.shapes;
    result->shape = projected.shape;
    result->time = key.time;
    result->source_dates = joined.source_dates;
    result->diagnostics = joined.diagnostics;
    result->diagnostics.insert(result->diagnostics.end(), projected.diagnostics.begin(), projected.diagnostics.end());
    if (key.not_calculated) result->diagnostics.push_back(layer_trouble(*key.not_calculated, key.layer_name));
    for (const Diagnostic& d : joined.diagnostics) {
        if (d.kind == DiagnosticKind::unmatched_row) result->unmatched_rows += static_cast<uint32_t>(d.count);
    }

    const ShownKey shown_key{key.features, key.shapes, key.filter, key.time, key.seen};
    const Shown& shown = cache.shown.get(shown_key, [&] { return find(shown_key); });
    if (shown.error) result->diagnostics.push_back(layer_trouble(*shown.error, key.layer_name));
    result->shown = shown.shown;
    result->shown_count = static_cast<uint32_t>(std::count(result->shown.begin(), result->shown.end(), 1));
    if (key.shapes->kind() == GeometryKind::point) {
        result->crowd = cache.crowds.get(shown_key, [&] {
            CurveOrderPtr order =
                cache.orders.get(key.shapes, [&] { return std::make_shared<const CurveOrder>(*key.shapes); });
            return std::make_shared<const PointCrowd>(std::move(order), result->shown);
        });
    }
    result->class_of.resize(result->shown.size());
    for (std::size_t f = 0; f < result->shown.size(); ++f) {
        result->class_of[f] = result->shown[f] != 0 ? 0 : -2;
    }
    std::visit(Classifier(*result, key.layer_name, cache), key.fill);
    result->no_data_count = static_cast<uint32_t>(std::count(result->class_of.begin(), result->class_of.end(), -1));
    if (key.circles) measure_circles(*result, *key.circles, key.layer_name, cache);
    return result;
}

LayerResultPtr make_picture(const PictureKey& key, const Layer& layer, const Crs& crs) {
    auto result = std::make_shared<LayerResult>();
    result->layer_id = key.layer_id;
    result->picture = key.dataset;
    result->picture_box = key.dataset->geometry.box();
    result->source_dates[layer.source] = key.dataset->from.modified;
    if (!key.dataset->crs.known() || !crs.known()) return result;
    const auto to_map = Transform::between(key.dataset->crs, crs);
    if (to_map) {
        result->picture_box = to_map->apply(result->picture_box);
    } else {
        result->diagnostics.push_back(layer_trouble(to_map.error(), layer.name));
    }
    return result;
}

DatasetPtr find_dataset(const Datasets& datasets, const std::string& id) {
    const auto found = datasets.find(id);
    return found == datasets.end() ? nullptr : found->second;
}

LayerResultPtr derive_layer(const Layer& layer, const Workspace& workspace, const Datasets& datasets, const Crs& crs,
                            const LayersSeen& seen, DeriveCache::Entries& cache) {
    const DatasetPtr base = find_dataset(datasets, layer.source);
    if (base == nullptr) {
        auto unreadable = std::make_shared<LayerResult>();
        unreadable->layer_id = layer.id;
        return unreadable;
    }
    const auto definition = [](const Crs& c) { return c.known() ? c.definition() : std::string(); };
    if (base->is_raster()) {
        const PictureKey picture{layer.id, base, definition(crs)};
        return cache.pictures.get(picture, [&] { return make_picture(picture, layer, crs); });
    }
    const JoinedFeatures& joined = seen.joined.at(layer.id);
    const ProjectedKey projected_key{base->geometry, definition(base->crs), definition(crs)};
    // A copy: making one entry may push another out of the cache.
    const Projected projected = cache.projected.get(projected_key, [&] { return project(base, crs, cache.folder); });
    const ResultKey result_key{layer.id,
                               layer.name,
                               joined.features,
                               projected.shapes,
                               layer.filter,
                               joined.features->time_index(workspace.time),
                               layer.filter.empty() ? std::vector<SeenLayer>() : seen.seen_by(layer, workspace),
                               joined.not_calculated,
                               layer.style.fill,
                               layer.style.circles ? std::optional(layer.style.circles->measure) : std::nullopt};
    const auto find = [&](const ShownKey& key) {
        return find_shown(key, layer, seen.with(layer, workspace), *cache.queries);
    };
    return cache.results.get(result_key, [&] { return make_result(result_key, joined, projected, find, cache); });
}

Crs suggest_for(const std::vector<DatasetPtr>& datasets) {
    Box degrees;
    // Rasters are all there is: in their own plane they are seen as they are.
    const bool planar = !datasets.empty() && datasets.front()->is_raster() && datasets.front()->crs.known() &&
                        !datasets.front()->crs.geographic();
    if (planar) return datasets.front()->crs;
    for (const DatasetPtr& dataset : datasets) {
        const Box box = dataset->lon_lat_box();
        if (!box.empty()) degrees.extend(box);
    }
    return degrees.empty() ? Crs() : suggest_map_crs(degrees);
}

std::vector<DatasetPtr> datasets_that_matter(const Workspace& workspace, const Datasets& datasets) {
    std::vector<DatasetPtr> out;
    for (const bool background : {false, true}) {
        for (const Layer& layer : workspace.layers) {
            const DatasetPtr dataset = layer.background == background ? find_dataset(datasets, layer.source) : nullptr;
            if (dataset != nullptr && dataset->has_geometry() && !dataset->is_raster()) out.push_back(dataset);
        }
        if (!out.empty()) return out;  // background decides only where there is nothing else
    }
    for (const Layer& layer : workspace.layers)
        if (const DatasetPtr dataset = find_dataset(datasets, layer.source); dataset != nullptr && dataset->is_raster())
            out.push_back(dataset);
    return out;
}

}  // namespace

DeriveCache::DeriveCache() : entries_(std::make_unique<Entries>()) {}
DeriveCache::~DeriveCache() = default;

const std::shared_ptr<QueryCache>& DeriveCache::query_cache() const {
    return entries_->queries;
}

void DeriveCache::keep_in(CacheFolderPtr folder) {
    entries_->folder = std::move(folder);
}

DeriveCache::DeriveCache(DeriveCache&&) noexcept = default;
DeriveCache& DeriveCache::operator=(DeriveCache&&) noexcept = default;

Crs DeriveCache::Entries::crs_of(const Workspace& workspace, const Datasets& datasets) {
    if (!workspace.map_crs.empty()) {
        const Crs chosen =
            crs_by_text.get(workspace.map_crs, [&] { return Crs::from_text(workspace.map_crs).value_or(Crs()); });
        if (chosen.known()) return chosen;
    }
    const auto matter = datasets_that_matter(workspace, datasets);
    return suggested_crs.get(matter, [&] { return suggest_for(matter); });
}

std::optional<Transform> DeriveCache::Entries::transform_to_degrees(const Crs& crs) {
    if (!crs.known()) return std::nullopt;
    return to_degrees.get(crs.definition(), [&]() -> std::optional<Transform> {
        auto transform = Transform::between(crs, Crs::wgs84());
        if (!transform) return std::nullopt;
        return *transform;
    });
}

Crs map_crs(const Workspace& workspace, const Datasets& datasets) {
    DeriveCache cache;
    return cache.entries().crs_of(workspace, datasets);
}

std::vector<LayerResultPtr> derive_layers(const Workspace& workspace, const Datasets& datasets, DeriveCache& cache) {
    const Stage stage("derive/layers");
    DeriveCache::Entries& entries = cache.entries();
    const Crs crs = entries.crs_of(workspace, datasets);
    const LayersSeen seen = see_layers(workspace, datasets, entries);
    std::vector<LayerResultPtr> out;
    for (const Layer& layer : workspace.layers) {
        out.push_back(derive_layer(layer, workspace, datasets, crs, seen, entries));
    }
    return out;
}

}  // namespace diaban
