// What the benchmarks measure: the file, how it is styled, where they look, and how their numbers are told.
#pragma once

#include <benchmark/benchmark.h>

#include <filesystem>
#include <optional>
#include <vector>

#include "geo/geometry.h"
#include "scene/derive.h"
#include "workspace/open.h"

namespace diaban::bench {

/// The picture that all rows draw, in device pixels.
inline constexpr int width = 1920, height = 1080;

// ── the file ──
/// DIABAN_DATA, else the national file of ../shared/data, unpacked for as long as the program runs, else the
/// province's. Empty where there is none of them.
[[nodiscard]] const std::filesystem::path& data_file();
/// data_file(); empty with the benchmark told why.
[[nodiscard]] std::filesystem::path data_file(benchmark::State& state);
/// A folder that goes when the program ends.
[[nodiscard]] const std::filesystem::path& scratch_folder();

/// Opened once for all rows and styled; null with the benchmark told why.
[[nodiscard]] const Opened* opened_data(benchmark::State& state);

// ── how it looks ──
/// As the peers draw it: polygons in five classes by quantiles of `area_km2`, else of the first column of numbers, with
/// outlines of a pixel. Workspaces stay as they are, and so does what has no such column.
void style_as_peers(const std::filesystem::path& file, Opened& opened);
/// The fill of the topmost layer, if it is one of classes.
[[nodiscard]] GraduatedFill* graduated_fill(Workspace& workspace);

/// The whole picture with its labels and furniture, or the map alone, as the peers draw it.
enum class Content { picture, map_alone };
[[nodiscard]] MapRequest request_for(Content content);
/// All of it as large as the picture allows, with nothing beside it: what the peers show.
[[nodiscard]] Frame whole_frame(const Opened& opened, DeriveCache& cache);

// ── where it looks ──
/// Where the zoomed frames look, in degrees: CENTRE ("lon,lat"), else Hanoi where the data reach that far, else where
/// most features lie.
[[nodiscard]] Point dense_place(const Dataset& dataset);
/// The data of most corners that a layer shows, background apart; null without.
[[nodiscard]] DatasetPtr main_dataset(const Opened& opened);
/// dense_place() on the map.
[[nodiscard]] Point dense_place_on_map(const Opened& opened);

// ── numbers ──
/// The smallest of those that a share `q` of them do not exceed; 0 without any.
[[nodiscard]] double quantile(std::vector<double> values, double q);
/// Counters p50_ms and p99_ms.
void tell_times(benchmark::State& state, const std::vector<double>& milliseconds);

}  // namespace diaban::bench
