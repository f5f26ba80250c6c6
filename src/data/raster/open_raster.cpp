#include "data/raster/open_raster.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <cpl_string.h>
#include <fmt/format.h>
#include <gdal_utils.h>
#include <gdalwarper.h>

#include "base/cache_folder.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/connection.h"
#include "data/did_you_mean.h"
#include "data/gdal/open_file.h"
#include "data/raster/tile_address.h"

namespace diaban {

namespace {

struct FreeTranslateOptions {
    void operator()(GDALTranslateOptions* options) const { GDALTranslateOptionsFree(options); }
};

gdal::Dataset open_as_raster(const std::string& name) {
    return gdal::Dataset(GDALOpenEx(name.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY, nullptr, nullptr, nullptr));
}

tl::unexpected<Error> refuse(const RasterName& name, std::string what, std::string remedy) {
    return fail(ErrorKind::bad_input, std::move(what), place_of(name), std::move(remedy));
}

std::string item(GDALMajorObjectH object, const char* key, const char* domain = nullptr) {
    const char* value = GDALGetMetadataItem(object, key, domain);
    return value ? trim(to_nfc(value)) : std::string();
}

// ── one raster of several ──

struct Part {
    std::string name;   ///< GDAL's
    std::string layer;  ///< what tells it from the others: the end of that
};

std::vector<Part> parts_of(GDALDatasetH file) {
    std::vector<Part> parts;
    for (int i = 1;; ++i) {
        const std::string name = item(file, fmt::format("SUBDATASET_{}_NAME", i).c_str(), "SUBDATASETS");
        if (name.empty()) return parts;
        std::string layer = name.substr(name.rfind(':') + 1);
        std::erase(layer, '"');
        parts.push_back({name, std::move(layer)});
    }
}

/// Exchanges a file of several rasters for the one that is meant.
Expected<void> choose_part(const RasterName& name, OpenRaster& raster) {
    const std::vector<Part> parts = parts_of(raster.file.get());
    const bool holds_itself = GDALGetRasterCount(raster.file.get()) > 0;
    if (name.layer.empty() && holds_itself) return {};
    const auto part = name.layer.empty() ? parts.begin() : std::ranges::find(parts, name.layer, &Part::layer);
    if (part != parts.end()) {
        raster.file = open_as_raster(part->name);
        raster.info.layer = part->layer;
        if (raster.file) return {};
        return refuse(name, tr("the raster in it cannot be opened"), tr("Export it anew as a GeoTIFF file."));
    }
    // A GeoPackage with one raster opens as that raster.
    if (holds_itself && item(raster.file.get(), "IDENTIFIER") == name.layer) return {};
    std::vector<std::string> known;
    for (const Part& one : parts)
        known.push_back(one.layer);
    return refuse(name, fmt::format(fmt::runtime(tr("there is no raster “{}” in it")), name.layer),
                  known.empty() ? std::string(tr("Leave the layer's name out.")) : did_you_mean(name.layer, known));
}

// ── where it lies ──

bool has_place(GDALDatasetH file) {
    std::array<double, 6> to_map{};
    if (GDALGetGeoTransform(file, to_map.data()) != CE_None) return false;
    const bool pixels = to_map[0] == 0 && to_map[1] == 1 && to_map[2] == 0 && to_map[3] == 0 && to_map[4] == 0 &&
                        std::abs(to_map[5]) == 1;
    const double area = to_map[1] * to_map[5] - to_map[2] * to_map[4];
    return !pixels && std::isfinite(area) && area != 0 && std::isfinite(to_map[0]) && std::isfinite(to_map[3]);
}

Expected<void> find_place(const RasterName& name, OpenRaster& raster) {
    GDALDatasetH file = raster.file.get();
    if (has_place(file)) return {};
    const char* control = GDALGetGCPProjection(file);
    if (GDALGetGCPCount(file) > 2) {
        constexpr double within = 0.125;  // of a pixel
        raster.placed.reset(GDALAutoCreateWarpedVRT(file, control, control, GRA_Bilinear, within, nullptr));
        if (raster.placed && has_place(raster.placed.get())) return {};
    }
    return refuse(name, tr("the picture does not say where on the map it lies"),
                  tr("Put its world file (.tfw, .pgw, .jgw) beside it, or georeference it and open the result."));
}

// ── what is painted of it ──

int band_of(GDALDatasetH file, GDALColorInterp meaning) {
    for (int band = 1; band <= GDALGetRasterCount(file); ++band)
        if (GDALGetRasterColorInterpretation(GDALGetRasterBand(file, band)) == meaning) return band;
    return 0;
}

/// Its bands as red, green and blue, or the first alone; before a transparency band, if there is one.
std::vector<int> painted_bands(GDALDatasetH file) {
    const int transparency = band_of(file, GCI_AlphaBand);
    std::vector<int> bands{band_of(file, GCI_RedBand), band_of(file, GCI_GreenBand), band_of(file, GCI_BlueBand)};
    if (std::ranges::find(bands, 0) != bands.end()) {
        std::vector<int> others;
        for (int band = 1; band <= GDALGetRasterCount(file); ++band)
            if (band != transparency) others.push_back(band);
        bands.assign(others.begin(), others.begin() + (others.size() >= 3 ? 3 : 1));
    }
    if (transparency > 0) bands.push_back(transparency);
    return bands;
}

/// A view of the same file; it keeps the overviews.
gdal::Dataset rearranged(GDALDatasetH file, const std::vector<std::string>& how) {
    CPLStringList words;
    words.AddString("-of").AddString("VRT");
    for (const std::string& word : how)
        words.AddString(word.c_str());
    const std::unique_ptr<GDALTranslateOptions, FreeTranslateOptions> options(
        GDALTranslateOptionsNew(words.List(), nullptr));
    return gdal::Dataset(GDALTranslate("", file, options.get(), nullptr));
}

Expected<void> choose_bands(const RasterName& name, OpenRaster& raster) {
    GDALDatasetH file = raster.whole();
    const GDALColorTableH palette = GDALGetRasterColorTable(GDALGetRasterBand(file, 1));
    raster.info.palette = palette != nullptr && GDALGetRasterCount(file) < 3;
    std::vector<std::string> how;
    if (raster.info.palette) {
        how = {"-b", "1", "-expand", "rgba"};
        raster.colours = 3;
    } else {
        const std::vector<int> bands = painted_bands(file);
        raster.colours = bands.size() >= 3 ? 3 : 1;
        bool as_they_are = static_cast<int>(bands.size()) == GDALGetRasterCount(file);
        for (std::size_t i = 0; i < bands.size(); ++i) {
            how.insert(how.end(), {"-b", std::to_string(bands[i])});
            as_they_are = as_they_are && bands[i] == static_cast<int>(i) + 1;
        }
        if (as_they_are) return {};
    }
    raster.shown = rearranged(file, how);
    if (raster.shown) return {};
    return refuse(name, tr("its bands cannot be shown as colours"), tr("Export it anew as a GeoTIFF file."));
}

void describe(const RasterName& name, OpenRaster& raster) {
    GDALDatasetH file = raster.whole();
    const GDALRasterBandH band = GDALGetRasterBand(file, 1);
    RasterInfo& info = raster.info;
    info.driver = GDALGetDriverShortName(GDALGetDatasetDriver(raster.file.get()));
    info.width = GDALGetRasterXSize(file);
    info.height = GDALGetRasterYSize(file);
    info.bands = GDALGetRasterCount(raster.file.get());
    info.type = GDALGetDataTypeName(GDALGetRasterDataType(band));
    int has_nodata = FALSE;
    const double nodata = GDALGetRasterNoDataValue(band, &has_nodata);
    if (has_nodata) info.nodata = fmt::format("{}", nodata);
    info.overviews = GDALGetOverviewCount(band);
    for (const char* key : {"TIFFTAG_IMAGEDESCRIPTION", "description", "DESCRIPTION", "Description"})
        if (info.description.empty()) info.description = item(raster.file.get(), key);
    for (const char* key : {"attribution", "ATTRIBUTION", "TIFFTAG_COPYRIGHT", "COPYRIGHT"})
        if (info.attribution.empty()) info.attribution = item(raster.file.get(), key);
    const std::string path = to_utf8(name.path);
    info.served = (is_tile_address(path) && !path.starts_with("file://")) || path.starts_with("/vsicurl") ||
                  path.starts_with("/vsis3") || info.driver == "WMS" || info.driver == "WMTS" || info.driver == "WCS";
    if (path.starts_with("file://")) info.served = false;
}

std::string name_for_gdal(const RasterName& name, Expected<std::string>& service) {
    const std::string path = to_utf8(name.path);
    if (!is_tile_address(path)) return path;
    const CacheFolderPtr cache = CacheFolder::of_user();
    service = gdal_tile_service(path, name.max_zoom < 0 ? usual_max_zoom : name.max_zoom,
                                cache ? to_utf8(cache->folder() / "map_tiles") : std::string());
    return service ? *service : std::string();
}

tl::unexpected<Error> cannot_open(const RasterName& name, const gdal::Messages& messages) {
    const std::string path = to_utf8(name.path);
    const std::string reason = is_tile_address(path) ? std::string() : messages.first_failure();
    if (!GDALIdentifyDriverEx(path.c_str(), GDAL_OF_RASTER, nullptr, nullptr) && !is_tile_address(path))
        return refuse(name, tr("the file is no raster that Diaban can read"),
                      tr("Open a GeoTIFF, PNG or JPEG with a world file, MBTiles or an address of map tiles."));
    std::string what = tr("the raster is damaged or incomplete");
    if (!reason.empty()) what += fmt::format(" ({})", reason);
    return refuse(name, std::move(what), tr("Get the file again, or export it anew from the program that made it."));
}

}  // namespace

Place place_of(const RasterName& name) {
    const std::string path = to_utf8(name.path);
    return {.file = is_tile_address(path) ? host_of(path) : without_password(path),
            .layer = name.layer,
            .field = {},
            .row = {}};
}

NetworkPatience::NetworkPatience()
    : connect_("GDAL_HTTP_CONNECTTIMEOUT", "5"),
      whole_("GDAL_HTTP_TIMEOUT", "10"),
      retries_("GDAL_HTTP_MAX_RETRY", "0") {}

Expected<OpenRaster> open_raster(const RasterName& name) {
    gdal::set_up();
    const gdal::Messages messages;
    const NetworkPatience patience;
    if (const auto fine = check_path(name.path); !fine) return tl::make_unexpected(fine.error());
    Expected<std::string> service = std::string();
    const std::string gdal_name = name_for_gdal(name, service);
    if (!service) return tl::make_unexpected(service.error());
    OpenRaster raster;
    raster.file = open_as_raster(gdal_name);
    if (!raster.file) return cannot_open(name, messages);
    if (const auto chosen = choose_part(name, raster); !chosen) return tl::make_unexpected(chosen.error());
    if (GDALGetRasterCount(raster.file.get()) == 0)
        return refuse(name, tr("there is no picture in it"), tr("Open a file with a raster in it."));
    if (const auto found = find_place(name, raster); !found) return tl::make_unexpected(found.error());
    describe(name, raster);
    if (const auto chosen = choose_bands(name, raster); !chosen) return tl::make_unexpected(chosen.error());
    return raster;
}

}  // namespace diaban
