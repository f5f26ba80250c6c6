#include "data/raster/raster.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <optional>

#include <cpl_string.h>
#include <fmt/format.h>
#include <gdal_utils.h>
#include <ogr_srs_api.h>

#include "base/i18n.h"
#include "data/raster/open_raster.h"
#include "data/read/read_layer.h"

namespace diaban {

namespace {

struct FreeWarpOptions {
    void operator()(GDALWarpAppOptions* options) const { GDALWarpAppOptionsFree(options); }
};

Point apply(const std::array<double, 6>& to_map, double column, double row) {
    return {to_map[0] + column * to_map[1] + row * to_map[2], to_map[3] + column * to_map[4] + row * to_map[5]};
}

std::vector<Point> outline_of(const std::array<double, 6>& to_map, double width, double height) {
    constexpr int steps = 16;  // a side, since in another CRS it is no straight line
    const std::array<Point, 5> corners{{{0, 0}, {width, 0}, {width, height}, {0, height}, {0, 0}}};
    std::vector<Point> out;
    for (std::size_t side = 0; side + 1 < corners.size(); ++side)
        for (int i = 0; i < steps; ++i) {
            const double t = static_cast<double>(i) / steps;
            out.push_back(apply(to_map, std::lerp(corners[side].x, corners[side + 1].x, t),
                                std::lerp(corners[side].y, corners[side + 1].y, t)));
        }
    out.push_back(out.front());
    return out;
}

/// How many of the raster's pixels lie side by side in one of the window, where it is looked at most closely; 0 where
/// the raster's CRS does not reach the window. Where the window is very much larger elsewhere (the antimeridian, the
/// edge of a projection) more, so that what is read stays within bounds.
double reduction(const RasterWindow& window, const std::array<double, 6>& to_map) {
    std::optional<Transform> to_raster;
    if (window.from.known() && window.to.known()) {
        auto found = Transform::between(window.to, window.from);
        if (!found) return 0;
        to_raster = std::move(*found);
    }
    const double determinant = to_map[1] * to_map[5] - to_map[2] * to_map[4];
    const auto to_pixel = [&](Point p) {
        if (to_raster) p = to_raster->apply(p);
        const double x = p.x - to_map[0], y = p.y - to_map[3];
        return Point{(x * to_map[5] - y * to_map[2]) / determinant, (y * to_map[1] - x * to_map[4]) / determinant};
    };
    const double step_x = window.extent.width() / window.width, step_y = window.extent.height() / window.height;
    double least = std::numeric_limits<double>::infinity();
    Box seen;
    for (const double across : {0.05, 0.5, 0.95})
        for (const double down : {0.05, 0.5, 0.95}) {
            const Point at{window.extent.min_x + across * window.extent.width(),
                           window.extent.min_y + down * window.extent.height()};
            const Point here = to_pixel(at), east = to_pixel({at.x + step_x, at.y}),
                        north = to_pixel({at.x, at.y + step_y});
            const double a = std::hypot(east.x - here.x, east.y - here.y);
            const double b = std::hypot(north.x - here.x, north.y - here.y);
            if (!std::isfinite(a) || !std::isfinite(b)) continue;
            least = std::min(least, std::sqrt(a * b));
            seen.extend(here);
        }
    if (!std::isfinite(least)) return 0;
    constexpr double much = 3;
    return std::max(least, std::sqrt(seen.width() / window.width * seen.height() / window.height) / much);
}

/// The coarsest overview that is as fine as the window, or nearly: a number for gdalwarp, -1: none.
int overview_for(double wanted, const std::vector<double>& factors) {
    constexpr double nearly = 1.2;
    int best = -1;
    double best_factor = 1;
    for (std::size_t i = 0; i < factors.size(); ++i) {
        if (factors[i] > wanted * nearly || factors[i] <= best_factor) continue;
        best = static_cast<int>(i), best_factor = factors[i];
    }
    return best;
}

gdal::Dataset warp(const OpenRaster& raster, const RasterWindow& window, int overview) {
    CPLStringList words;
    const auto add = [&](std::initializer_list<std::string> more) {
        for (const std::string& word : more)
            words.AddString(word.c_str());
    };
    const auto number = [](double value) { return fmt::format("{:.17g}", value); };
    const Box& box = window.extent;
    add({"-of", "MEM", "-te", number(box.min_x), number(box.min_y), number(box.max_x), number(box.max_y)});
    add({"-ts", std::to_string(window.width), std::to_string(window.height)});
    add({"-r", window.smooth ? "bilinear" : "near", "-dstalpha", "-wo", "DST_ALPHA_MAX=255"});
    add({"-ovr", overview < 0 ? "NONE" : std::to_string(overview)});
    const bool bytes = GDALGetRasterDataType(GDALGetRasterBand(raster.painted(), 1)) == GDT_Byte;
    if (!bytes) add({"-ot", "Float32"});
    const Crs& from = window.from.known() ? window.from : window.to;
    if (from.known()) add({"-s_srs", from.definition(), "-t_srs", (window.to.known() ? window.to : from).definition()});
    const std::unique_ptr<GDALWarpAppOptions, FreeWarpOptions> options(GDALWarpAppOptionsNew(words.List(), nullptr));
    if (!options) return nullptr;
    GDALDatasetH source = raster.painted();
    int wrong_usage = FALSE;
    return gdal::Dataset(GDALWarp("", nullptr, 1, &source, options.get(), &wrong_usage));
}

uint8_t to_byte(double value) {
    return static_cast<uint8_t>(std::lround(std::clamp(value, 0.0, 255.0)));
}

/// Values, pixel by pixel, each pixel's transparency last.
template <class Value>
std::optional<std::vector<Value>> values_of(GDALDatasetH picture, int colours, GDALDataType type) {
    const int width = GDALGetRasterXSize(picture), height = GDALGetRasterYSize(picture), bands = colours + 1;
    if (GDALGetRasterCount(picture) != bands) return std::nullopt;
    std::vector<Value> values(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                              static_cast<std::size_t>(bands));
    const auto size = static_cast<int>(sizeof(Value));
    if (GDALDatasetRasterIO(picture, GF_Read, 0, 0, width, height, values.data(), width, height, type, bands, nullptr,
                            size * bands, size * bands * width, size) != CE_None)
        return std::nullopt;
    return values;
}

template <class Value>
std::vector<uint8_t> coloured(const std::vector<Value>& values, int colours, const std::vector<ValueStretch>& stretch) {
    const auto bands = static_cast<std::size_t>(colours) + 1;
    const std::size_t pixels = values.size() / bands;
    std::vector<uint8_t> rgba(pixels * 4);
    for (std::size_t i = 0; i < pixels; ++i) {
        const Value* pixel = values.data() + i * bands;
        const double alpha = std::clamp(static_cast<double>(pixel[bands - 1]), 0.0, 255.0);
        if (!(alpha > 0)) continue;
        for (std::size_t c = 0; c < 3; ++c) {
            const std::size_t band = colours == 3 ? c : 0;
            double value = static_cast<double>(pixel[band]);
            if (!stretch.empty()) {
                const ValueStretch& s = stretch[band];
                value = std::clamp((value - s.low) / (s.high - s.low), 0.0, 1.0) * 255;
            }
            rgba[i * 4 + c] = std::isfinite(value) ? to_byte(value * alpha / 255) : uint8_t{0};
        }
        rgba[i * 4 + 3] = to_byte(alpha);
    }
    return rgba;
}

}  // namespace

bool RasterPixels::blank() const {
    for (std::size_t i = 3; i < rgba.size(); i += 4)
        if (rgba[i] != 0) return false;
    return true;
}

// ── handles: each is used by one thread at a time ──

struct Raster::Handles {
    std::mutex lock;
    std::vector<OpenRaster> idle;
    int failed_in_a_row = 0;
    std::optional<Error> last_error;
};

Raster::Raster() : handles_(std::make_unique<Handles>()) {}
Raster::~Raster() = default;

Expected<RasterPtr> Raster::open(const RasterName& name) {
    auto opened = open_raster(name);
    if (!opened) return tl::make_unexpected(opened.error());
    const std::shared_ptr<Raster> raster(new Raster());
    raster->name_ = name;
    raster->info_ = opened->info;
    GDALDatasetH file = opened->whole();
    const OGRSpatialReferenceH reference = GDALGetSpatialRef(file);
    if (reference != nullptr) raster->crs_ = crs_of_reference(reference);
    GDALGetGeoTransform(file, raster->to_map_.data());
    const std::array<double, 6>& to_map = raster->to_map_;
    raster->pixel_ = std::sqrt(std::abs(to_map[1] * to_map[5] - to_map[2] * to_map[4]));
    raster->outline_ = outline_of(to_map, opened->info.width, opened->info.height);
    GDALRasterBandH band = GDALGetRasterBand(opened->painted(), 1);
    for (int i = 0; i < GDALGetOverviewCount(band); ++i) {
        GDALRasterBandH overview = GDALGetOverview(band, i);
        const int width = overview == nullptr ? 0 : GDALGetRasterBandXSize(overview);
        raster->factors_.push_back(width > 0 ? static_cast<double>(opened->info.width) / width : 1);
    }
    raster->stretch_ = measure_stretch(*opened);
    raster->handles_->idle.push_back(std::move(*opened));
    return RasterPtr(raster);
}

Expected<RasterPixels> Raster::read(const RasterWindow& window) const {
    DIABAN_CHECK(window.width > 0 && window.height > 0 && !window.extent.empty());
    const double reduced = reduction(window, to_map_);
    if (reduced == 0) {
        const auto pixels = static_cast<std::size_t>(window.width) * static_cast<std::size_t>(window.height);
        return RasterPixels{window.width, window.height, std::vector<uint8_t>(pixels * 4)};
    }
    std::optional<OpenRaster> handle;
    {
        const std::lock_guard guard(handles_->lock);
        constexpr int patience = 3;
        if (info_.served && handles_->failed_in_a_row >= patience) return tl::make_unexpected(*handles_->last_error);
        if (!handles_->idle.empty()) {
            handle = std::move(handles_->idle.back());
            handles_->idle.pop_back();
        }
    }
    const NetworkPatience limits;
    const gdal::Messages messages;
    if (!handle) {
        auto opened = open_raster(name_);
        if (!opened) return tl::make_unexpected(opened.error());
        handle = std::move(*opened);
    }
    RasterPixels out{window.width, window.height, {}};
    const int overview = overview_for(reduced, factors_);
    const gdal::Dataset picture = warp(*handle, window, overview);
    const bool bytes = picture && GDALGetRasterDataType(GDALGetRasterBand(picture.get(), 1)) == GDT_Byte;
    if (picture && bytes) {
        if (const auto values = values_of<uint8_t>(picture.get(), handle->colours, GDT_Byte))
            out.rgba = coloured(*values, handle->colours, stretch_);
    } else if (picture) {
        if (const auto values = values_of<float>(picture.get(), handle->colours, GDT_Float32))
            out.rgba = coloured(*values, handle->colours, stretch_);
    }
    const std::lock_guard guard(handles_->lock);
    if (!out.rgba.empty()) {
        handles_->failed_in_a_row = 0;
        handles_->idle.push_back(std::move(*handle));
        return out;
    }
    // The handle may be in any state, and is not used again.
    ++handles_->failed_in_a_row;
    std::string what =
        info_.served ? tr("the server did not send its pictures") : tr("part of the raster cannot be read");
    // An address may hold a key.
    if (const std::string why = messages.first_failure(); !why.empty() && why.find("://") == std::string::npos)
        what += fmt::format(" ({})", why);
    handles_->last_error =
        Error{ErrorKind::bad_input, std::move(what), place_of(name_),
              info_.served ? tr("See whether its address is right and the network is there, then reload it.")
                           : tr("Get the file again, or export it anew; then reload it.")};
    return tl::make_unexpected(*handles_->last_error);
}

}  // namespace diaban
