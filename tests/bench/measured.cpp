#include "bench/measured.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>
#include <system_error>

#include <unistd.h>

#include "geo/crs.h"

namespace diaban::bench {
namespace {

namespace fs = std::filesystem;

class ScratchFolder {
public:
    ScratchFolder() : path_(fs::temp_directory_path() / ("diaban-bench-" + std::to_string(getpid()))) {
        fs::create_directories(path_);
    }
    ~ScratchFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

fs::path find_data_file() {
    if (const char* named = std::getenv("DIABAN_DATA")) return named;
    const fs::path packed = DIABAN_SOURCE_DIR "/../shared/data/vietnam_communes.gpkg.xz";
    if (fs::exists(packed)) {
        const fs::path unpacked = scratch_folder() / packed.stem();
        if (std::system(("xz -dc '" + packed.string() + "' > '" + unpacked.string() + "'").c_str()) == 0)
            return unpacked;
    }
    const fs::path province = DIABAN_SOURCE_DIR "/../shared/data/quang_ninh.gpkg";
    return fs::exists(province) ? province : fs::path();
}

/// The column that the peers take.
const Column* column_for_classes(const Table& table) {
    if (const Column* area = table.find("area_km2"); area != nullptr && area->numeric()) return area;
    for (const Column& column : table.columns())
        if (column.numeric()) return &column;
    return nullptr;
}

std::optional<Point> centre_asked_for() {
    const char* text = std::getenv("CENTRE");
    if (text == nullptr) return std::nullopt;
    char* end = nullptr;
    const double lon = std::strtod(text, &end);
    if (end == text || *end != ',') return std::nullopt;
    return Point{lon, std::strtod(end + 1, nullptr)};
}

/// The middle feature of the fullest of 32 × 32 cells, in the data's CRS.
Point fullest_place(const Geometry& geometry) {
    constexpr int cells = 32;
    const Box& box = geometry.box();
    std::array<std::vector<uint32_t>, cells * cells> features;
    for (uint32_t f = 0; f < geometry.feature_count(); ++f) {
        if (!geometry.has_geometry(f)) continue;
        const Point at = geometry.box_of(f).centre();
        const auto cell = [](double share) { return std::clamp(static_cast<int>(share * cells), 0, cells - 1); };
        const int x = cell((at.x - box.min_x) / std::max(box.width(), 1e-9));
        const int y = cell((at.y - box.min_y) / std::max(box.height(), 1e-9));
        features[static_cast<std::size_t>(y * cells + x)].push_back(f);
    }
    const auto& fullest = *std::max_element(features.begin(), features.end(),
                                            [](const auto& a, const auto& b) { return a.size() < b.size(); });
    return fullest.empty() ? box.centre() : geometry.box_of(fullest[fullest.size() / 2]).centre();
}

}  // namespace

const fs::path& scratch_folder() {
    static const ScratchFolder folder;
    return folder.path();
}

const fs::path& data_file() {
    static const fs::path file = find_data_file();
    return file;
}

fs::path data_file(benchmark::State& state) {
    if (data_file().empty()) state.SkipWithError("no data: set DIABAN_DATA");
    return data_file();
}

const Opened* opened_data(benchmark::State& state) {
    static std::optional<Opened> kept;
    if (kept) return &*kept;
    const fs::path file = data_file(state);
    if (file.empty()) return nullptr;
    Progress progress;
    auto opened = open_files({file}, progress);
    if (!opened) {
        state.SkipWithError(to_text(opened.error()).c_str());
        return nullptr;
    }
    kept = std::move(*opened);
    style_as_peers(file, *kept);
    return &*kept;
}

void style_as_peers(const fs::path& file, Opened& opened) {
    if (file.extension() == ".toml") return;
    for (Layer& layer : opened.workspace.layers) {
        const auto found = opened.datasets.find(layer.source);
        if (found == opened.datasets.end() || found->second->geometry.kind() != GeometryKind::polygon) continue;
        const Column* column = column_for_classes(found->second->table);
        if (column == nullptr) continue;
        GraduatedFill fill;
        fill.measure.numerator = column->name();
        fill.ramp = "Reds";
        layer.style.fill = fill;
        layer.style.outline = Stroke{.colour = {35, 35, 35, 255}, .width = Pixels(1)};
    }
}

GraduatedFill* graduated_fill(Workspace& workspace) {
    for (Layer& layer : workspace.layers)
        if (auto* fill = std::get_if<GraduatedFill>(&layer.style.fill)) return fill;
    return nullptr;
}

MapRequest request_for(Content content) {
    MapRequest request{.width = width, .height = height};
    if (content == Content::map_alone) {
        request.furniture = {.title = false,
                             .legend = false,
                             .scale_bar = false,
                             .north_arrow = false,
                             .sources = false,
                             .labels = false};
    }
    return request;
}

Frame whole_frame(const Opened& opened, DeriveCache& cache) {
    const Box box = full_extent(opened.workspace, derive_layers(opened.workspace, opened.datasets, cache));
    const Frame frame{.width = width, .height = height};
    return box.empty() ? frame : frame.fitted(box, {0, 0, width, height});
}

Point dense_place(const Dataset& dataset) {
    constexpr Point hanoi{105.8, 21.0};
    if (const auto asked = centre_asked_for()) return *asked;
    const auto to_degrees = Transform::between(dataset.crs, Crs::wgs84());
    if (to_degrees && dataset.lon_lat_box().contains(hanoi)) return hanoi;
    const Point fullest = fullest_place(dataset.geometry);
    return to_degrees ? to_degrees->apply(fullest) : fullest;
}

DatasetPtr main_dataset(const Opened& opened) {
    DatasetPtr out;
    for (const Layer& layer : opened.workspace.layers) {
        const auto found = opened.datasets.find(layer.source);
        if (layer.background || found == opened.datasets.end() || !found->second->has_geometry()) continue;
        if (!out || found->second->geometry.points().size() > out->geometry.points().size()) out = found->second;
    }
    return out;
}

Point dense_place_on_map(const Opened& opened) {
    const DatasetPtr dataset = main_dataset(opened);
    if (!dataset) return {};
    const Point degrees = dense_place(*dataset);
    const auto to_map = Transform::between(Crs::wgs84(), map_crs(opened.workspace, opened.datasets));
    return to_map ? to_map->apply(degrees) : degrees;
}

double quantile(std::vector<double> values, double q) {
    if (values.empty()) return 0;
    const auto rank = static_cast<std::size_t>(std::ceil(q * static_cast<double>(values.size())));
    const std::size_t index = std::clamp<std::size_t>(rank, 1, values.size()) - 1;
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(index), values.end());
    return values[index];
}

void tell_times(benchmark::State& state, const std::vector<double>& milliseconds) {
    state.counters["p50_ms"] = quantile(milliseconds, 0.5);
    state.counters["p99_ms"] = quantile(milliseconds, 0.99);
}

}  // namespace diaban::bench
