// What more data cost: the first layer of the file laid out 1, 4 and 16 times, each copy as much smaller as makes them
// fill the box of the one together, so that any coordinate system holds them. A copy looked at as much nearer is the
// same content on screen.
#include <benchmark/benchmark.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "bench/child.h"
#include "bench/measured.h"
#include "bench/moving_view.h"
#include "render/software/software_painter.h"

namespace diaban::bench {
namespace {

namespace fs = std::filesystem;

struct CloseFile {
    void operator()(void* file) const { GDALClose(file); }
};
using File = std::unique_ptr<void, CloseFile>;
struct DestroyFeature {
    void operator()(OGRFeatureH feature) const { OGR_F_Destroy(feature); }
};
using OwnFeature = std::unique_ptr<std::remove_pointer_t<OGRFeatureH>, DestroyFeature>;

/// Where one of `side` × `side` copies lies.
struct Tile {
    OGREnvelope box;
    int side = 1, column = 0, row = 0;
    [[nodiscard]] Point place(Point p) const {
        const double w = box.MaxX - box.MinX, h = box.MaxY - box.MinY;
        return {box.MinX + ((p.x - box.MinX) + column * w) / side, box.MinY + ((p.y - box.MinY) + row * h) / side};
    }
};

void move_into(OGRGeometryH geometry, const Tile& tile) {
    if (const int members = OGR_G_GetGeometryCount(geometry); members > 0) {
        for (int i = 0; i < members; ++i)
            move_into(OGR_G_GetGeometryRef(geometry, i), tile);
        return;
    }
    for (int i = 0; i < OGR_G_GetPointCount(geometry); ++i) {
        const Point to = tile.place({OGR_G_GetX(geometry, i), OGR_G_GetY(geometry, i)});
        OGR_G_SetPoint_2D(geometry, i, to.x, to.y);
    }
}

bool copy_tile(OGRLayerH from, OGRLayerH to, const Tile& tile) {
    const OGRFeatureDefnH columns = OGR_L_GetLayerDefn(to);
    OGR_L_ResetReading(from);
    while (const OwnFeature feature{OGR_L_GetNextFeature(from)}) {
        const OwnFeature copy{OGR_F_Create(columns)};
        if (OGR_F_SetFrom(copy.get(), feature.get(), 1) != OGRERR_NONE) return false;
        if (const OGRGeometryH geometry = OGR_F_GetGeometryRef(copy.get())) move_into(geometry, tile);
        OGR_F_SetFID(copy.get(), OGRNullFID);
        if (OGR_L_CreateFeature(to, copy.get()) != OGRERR_NONE) return false;
    }
    return true;
}

bool write_copies(const fs::path& file, const fs::path& target, int side) {
    GDALAllRegister();
    const File from{GDALOpenEx(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, nullptr, nullptr, nullptr)};
    const OGRLayerH layer = from ? GDALDatasetGetLayer(from.get(), 0) : nullptr;
    Tile tile{.side = side};
    if (layer == nullptr || OGR_L_GetExtent(layer, &tile.box, 1) != OGRERR_NONE) return false;
    const File to{GDALCreate(GDALGetDriverByName("GPKG"), target.c_str(), 0, 0, 0, GDT_Unknown, nullptr)};
    if (!to) return false;
    std::string option = "SPATIAL_INDEX=NO";
    std::vector<char*> options{option.data(), nullptr};
    const OGRLayerH copies = GDALDatasetCreateLayer(to.get(), OGR_L_GetName(layer), OGR_L_GetSpatialRef(layer),
                                                    OGR_L_GetGeomType(layer), options.data());
    if (copies == nullptr) return false;
    const OGRFeatureDefnH columns = OGR_L_GetLayerDefn(layer);
    for (int i = 0; i < OGR_FD_GetFieldCount(columns); ++i)
        if (OGR_L_CreateField(copies, OGR_FD_GetFieldDefn(columns, i), 1) != OGRERR_NONE) return false;
    if (GDALDatasetStartTransaction(to.get(), 0) != OGRERR_NONE) return false;
    for (tile.row = 0; tile.row < side; ++tile.row)
        for (tile.column = 0; tile.column < side; ++tile.column)
            if (!copy_tile(layer, copies, tile)) return false;
    return GDALDatasetCommitTransaction(to.get()) == OGRERR_NONE;
}

/// What can be taken without pushing other programs out of memory.
double free_memory() {
    std::ifstream info("/proc/meminfo");
    std::string word;
    double kilobytes = 0;
    while (info >> word)
        if (word == "MemAvailable:") info >> kilobytes;
    return kilobytes * 1024;
}

/// side² copies of the file, written once; empty with the benchmark told why.
fs::path copies_of(benchmark::State& state, int side) {
    static std::map<int, fs::path> written;
    const fs::path file = data_file(state);
    if (file.empty()) return {};
    if (file.extension() == ".toml") {
        state.SkipWithError("copies are made of data, not of workspaces");
        return {};
    }
    if (const auto found = written.find(side); found != written.end()) return found->second;
    const double size = static_cast<double>(fs::file_size(file)) * side * side;
    std::error_code problem;
    const auto disk = static_cast<double>(fs::space(scratch_folder(), problem).available);
    if (disk < 2.5 * size || free_memory() < 4 * size) {
        state.SkipWithError("not enough room for so many copies");
        return {};
    }
    const fs::path target = scratch_folder() / ("copies-" + std::to_string(side * side) + ".gpkg");
    if (!write_copies(file, target, side)) {
        state.SkipWithError("the copies could not be written");
        return {};
    }
    return written[side] = target;
}

/// Where places of the single file lie in a copy near the middle, both on their maps.
class InCopy {
public:
    InCopy(const Opened& opened, const Opened& single, int side) {
        const DatasetPtr dataset = main_dataset(single);
        const Box& box = dataset->geometry.box();
        tile_ = {.side = side, .column = side / 2, .row = side / 2};
        tile_.box.MinX = box.min_x, tile_.box.MaxX = box.max_x, tile_.box.MinY = box.min_y, tile_.box.MaxY = box.max_y;
        to_data_ = way(map_crs(single.workspace, single.datasets), dataset->crs);
        to_map_ = way(main_dataset(opened)->crs, map_crs(opened.workspace, opened.datasets));
    }
    [[nodiscard]] Point operator()(Point p) const {
        if (to_data_) p = to_data_->apply(p);
        p = tile_.place(p);
        return to_map_ ? to_map_->apply(p) : p;
    }

private:
    static std::optional<Transform> way(const Crs& from, const Crs& to) {
        auto transform = Transform::between(from, to);
        return transform ? std::optional(std::move(*transform)) : std::nullopt;
    }
    Tile tile_;
    std::optional<Transform> to_data_, to_map_;
};

/// As many places as a view comes by within the frames measured, so that each number of copies sees the same.
std::vector<Point> a_few(const std::vector<Point>& places, Point centre) {
    constexpr std::size_t most = 24;
    std::vector<Point> out = places;
    const auto nearer = [&](Point a, Point b) {
        return std::hypot(a.x - centre.x, a.y - centre.y) < std::hypot(b.x - centre.x, b.y - centre.y);
    };
    std::sort(out.begin(), out.end(), nearer);
    out.resize(std::min(out.size(), most));
    return out;
}

/// A moving frame at the same content, 16 times nearer than one copy as a whole.
void growth(benchmark::State& state, int side) {
    constexpr double nearer = 16;
    const fs::path one = copies_of(state, 1), file = one.empty() ? fs::path() : copies_of(state, side);
    if (file.empty()) return;
    Progress progress;
    const auto single = open_files({one}, progress);
    auto opened = open_files({file}, progress);
    if (!single || !opened) return state.SkipWithError("the copies cannot be opened");
    if (!main_dataset(*single)) return state.SkipWithError("no shapes");
    style_as_peers(file, *opened);
    const Point centre = dense_place_on_map(*single);
    const InCopy in_copy(*opened, *single, side);
    std::vector<Point> places = a_few(MovingView(*single, Content::map_alone, nearer, centre).places(), centre);
    std::transform(places.begin(), places.end(), places.begin(), in_copy);
    MovingView view(*opened, Content::map_alone, nearer * side, in_copy(centre));
    view.go_to(std::move(places));
    SoftwarePainter painter;
    std::vector<uint8_t> pixels(std::size_t{4} * width * height);
    const auto paint = [&] {
        const auto begin = std::chrono::steady_clock::now();
        painter.paint(view.next(), {0, 0, width, height}, {pixels.data(), width, height, std::ptrdiff_t{4} * width});
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    };
    for (int i = 0; i < 8; ++i)
        paint();
    std::vector<double> times;
    for (auto _ : state)
        times.push_back(paint());
    tell_times(state, times);
    state.counters["features"] = static_cast<double>(main_dataset(*opened)->size());
}

/// A process with an empty cache, to its first picture of all copies.
void growth_of_opening(benchmark::State& state, int side) {
    const fs::path file = copies_of(state, side);
    if (file.empty()) return;
    const fs::path cache = scratch_folder() / "growth-cache";
    std::vector<double> times, most;
    for (auto _ : state) {
        state.PauseTiming();
        std::error_code ignored;
        fs::remove_all(cache, ignored);
        state.ResumeTiming();
        const auto opened = run_child({.file = file, .cache = cache, .content = Content::map_alone});
        if (!opened) return state.SkipWithError(to_text(opened.error()).c_str());
        times.push_back(opened->picture_ms);
        most.push_back(opened->most_resident);
    }
    tell_times(state, times);
    state.counters["most_per_file"] = quantile(most, 0.5) / static_cast<double>(fs::file_size(file));
}

[[maybe_unused]] const bool added = [] {
    for (const int side : {1, 2, 4}) {
        const std::string copies = "x" + std::to_string(side * side);
        benchmark::RegisterBenchmark(("growth/" + copies).c_str(), growth, side)->Unit(benchmark::kMillisecond);
        benchmark::RegisterBenchmark(("growth/open_" + copies).c_str(), growth_of_opening, side)
            ->Unit(benchmark::kMillisecond);
    }
    return true;
}();

}  // namespace
}  // namespace diaban::bench
