#include "bench/scattered.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

#include "data/read.h"
#include "geo/coverage/boundary.h"

namespace diaban::bench {
namespace {

constexpr const char* border_layer = "land_border";

DatasetPtr named_border(const Opened& opened) {
    for (const auto& [id, dataset] : opened.datasets)
        if (dataset->from.layer == border_layer && dataset->geometry.kind() == GeometryKind::line) return dataset;
    return nullptr;
}

DatasetPtr border_of_province() {
    const std::filesystem::path file = DIABAN_SOURCE_DIR "/../shared/data/quang_ninh.gpkg";
    if (!std::filesystem::exists(file)) return nullptr;
    Progress progress;
    const auto read_one = read(file, {.layer = border_layer, .check_geometry = false}, progress);
    return read_one && !read_one->empty() ? read_one->front() : nullptr;
}

/// One feature of as many parts as there are runs of segments that stand alone.
DatasetPtr outline_of(const Dataset& areas) {
    const Geometry& polygons = areas.geometry;
    const Boundary boundary(polygons, std::vector<uint8_t>(polygons.feature_count(), 0));
    GeometryBuilder builder(GeometryKind::line);
    builder.begin_feature();
    const auto offsets = polygons.ring_offsets();
    for (std::size_t ring = 0; ring + 1 < offsets.size(); ++ring) {
        std::vector<Point> run;
        const auto end_run = [&] {
            if (run.size() > 1) {
                builder.begin_part();
                builder.add_ring(run);
            }
            run.clear();
        };
        for (uint32_t i = offsets[ring]; i + 1 < offsets[ring + 1]; ++i) {
            if (!boundary.alone(i)) {
                end_run();
                continue;
            }
            if (run.empty()) run.push_back(polygons.points()[i]);
            run.push_back(polygons.points()[i + 1]);
        }
        end_run();
    }
    auto dataset = std::make_shared<Dataset>();
    dataset->geometry = std::move(builder).finish();
    dataset->table = Table({}, 1);
    dataset->crs = areas.crs;
    return dataset;
}

}  // namespace

DatasetPtr scattered(const Box& degrees, uint32_t count, uint64_t seed) {
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> east(degrees.min_x, degrees.max_x), north(degrees.min_y, degrees.max_y);
    std::uniform_int_distribution<int64_t> households(1, 500);
    GeometryBuilder builder(GeometryKind::point);
    builder.reserve(count, count);
    std::vector<int64_t> weights;
    std::vector<std::string> names;
    for (uint32_t i = 0; i < count; ++i) {
        const Point p{east(random), north(random)};
        builder.begin_feature();
        builder.begin_part();
        builder.add_ring(std::span(&p, 1));
        weights.push_back(households(random));
        names.push_back(fmt::format("Thôn Bản Mới {}", i));
    }
    auto dataset = std::make_shared<Dataset>();
    dataset->geometry = std::move(builder).finish();
    dataset->table = Table({Column("households", ColumnType::integer, std::move(weights)),
                            Column("name", ColumnType::text, std::move(names))},
                           count);
    dataset->crs = Crs::wgs84();
    return dataset;
}

DatasetPtr border_line(benchmark::State& state, const Opened& opened) {
    if (DatasetPtr own = named_border(opened)) return own;
    if (DatasetPtr province = border_of_province()) return province;
    const DatasetPtr areas = main_dataset(opened);
    if (areas && areas->geometry.kind() == GeometryKind::polygon) return outline_of(*areas);
    state.SkipWithError("neither a border line nor polygons in the data");
    return nullptr;
}

QueryLayer layer_of(const std::string& id, DatasetPtr data) {
    return {.id = id, .name = id, .features = std::make_shared<const Features>(Features(std::move(data)))};
}

}  // namespace diaban::bench
