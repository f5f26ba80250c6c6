// Reading into the flat arrays beside the least that GDAL itself takes for the same features, and writing them again.
//
// Both count what they saw, and how much memory the process came to hold while they ran, also as a multiple of the
// file.
#include <benchmark/benchmark.h>
#include <gdal.h>
#include <ogr_api.h>

#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

#include "bench/measured.h"
#include "data/read.h"
#include "data/write/write.h"

namespace diaban {
namespace {

namespace fs = std::filesystem;

using bench::data_file;

bool has_data(benchmark::State& state) {
    return !data_file(state).empty();
}

/// The kernel's high-water mark of resident memory, from here on.
void reset_peak_memory() {
    std::ofstream("/proc/self/clear_refs") << "5";
}
double peak_memory_bytes() {
    std::ifstream status("/proc/self/status");
    std::string word;
    double kilobytes = 0;
    while (status >> word)
        if (word == "VmHWM:") status >> kilobytes;
    return kilobytes * 1024;
}

void count(benchmark::State& state, double features, double vertices) {
    state.counters["features"] = features;
    state.counters["vertices"] = vertices;
    state.counters["peak_MB"] = peak_memory_bytes() / 1e6;
    state.counters["peak_per_file"] = peak_memory_bytes() / static_cast<double>(fs::file_size(data_file()));
}

/// Touches every corner's coordinates, ring by ring.
double sum_of(OGRGeometryH geometry, double& vertices) {
    double sum = 0;
    if (const int members = OGR_G_GetGeometryCount(geometry); members > 0) {
        for (int i = 0; i < members; ++i)
            sum += sum_of(OGR_G_GetGeometryRef(geometry, i), vertices);
        return sum;
    }
    const int points = OGR_G_GetPointCount(geometry);
    for (int i = 0; i < points; ++i)
        sum += OGR_G_GetX(geometry, i);
    vertices += points;
    return sum;
}

/// Every feature of every layer with its geometry, on one thread, nothing kept; `touch` looks at each corner too.
void bare_gdal(benchmark::State& state, bool touch) {
    if (!has_data(state)) return;
    GDALAllRegister();
    reset_peak_memory();
    double features = 0, vertices = 0;
    for (auto _ : state) {
        features = vertices = 0;
        double sum = 0;
        GDALDatasetH file =
            GDALOpenEx(data_file().c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, nullptr, nullptr, nullptr);
        if (!file) return state.SkipWithError("GDAL cannot open the file");
        for (int i = 0; i < GDALDatasetGetLayerCount(file); ++i) {
            const OGRLayerH layer = GDALDatasetGetLayer(file, i);
            while (OGRFeatureH feature = OGR_L_GetNextFeature(layer)) {
                const OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
                benchmark::DoNotOptimize(geometry);
                if (geometry && touch) sum += sum_of(geometry, vertices);
                OGR_F_Destroy(feature);
                ++features;
            }
        }
        GDALClose(file);
        benchmark::DoNotOptimize(sum);
    }
    count(state, features, vertices);
}
BENCHMARK_CAPTURE(bare_gdal, only, false)->Name("read/bare_gdal")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(bare_gdal, touched, true)->Name("read/bare_gdal_touched")->Unit(benchmark::kMillisecond);

void arrays(benchmark::State& state, bool check) {
    if (!has_data(state)) return;
    reset_peak_memory();
    double features = 0, vertices = 0;
    for (auto _ : state) {
        Progress progress;
        const auto datasets = read(data_file(), {.check_geometry = check}, progress);
        if (!datasets) return state.SkipWithError(to_text(datasets.error()).c_str());
        features = vertices = 0;
        for (const DatasetPtr& dataset : *datasets) {
            features += static_cast<double>(dataset->size());
            vertices += static_cast<double>(dataset->geometry.points().size());
        }
    }
    count(state, features, vertices);
}
BENCHMARK_CAPTURE(arrays, plain, false)->Name("read/arrays")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(arrays, checked, true)->Name("read/arrays_checked")->Unit(benchmark::kMillisecond);

void write_again(benchmark::State& state, const char* extension) {
    if (!has_data(state)) return;
    Progress progress;
    const auto datasets = read(data_file(), {.check_geometry = false}, progress);
    if (!datasets) return state.SkipWithError(to_text(datasets.error()).c_str());
    const fs::path target =
        fs::temp_directory_path() / ("diaban-bench-" + std::to_string(getpid()) + std::string(extension));
    for (auto _ : state) {
        const auto written = write_datasets(target, std::span(*datasets).first(1), {}, progress);
        if (!written) return state.SkipWithError(to_text(written.error()).c_str());
    }
    std::error_code ignored;
    fs::remove(target, ignored);
}
BENCHMARK_CAPTURE(write_again, geopackage, ".gpkg")->Name("write/gpkg")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(write_again, flatgeobuf, ".fgb")->Name("write/fgb")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(write_again, geojson, ".geojson")->Name("write/geojson")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace diaban
