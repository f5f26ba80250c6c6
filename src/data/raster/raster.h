// A raster (hillshade, imagery, a scanned map, tiles of a server) as what it is here: something to be painted under a
// map. Read piece by piece, in the CRS and at the size in which each piece is wanted, through GDAL.
//
//     auto raster = Raster::open({.path = "hillshade.tif"});
//     auto pixels = (*raster)->read({.from = crs, .to = map_crs, .extent = tile, .width = 512, .height = 512});
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "geo/crs.h"
#include "geo/geometry.h"

namespace diaban {

/// What is opened.
struct RasterName {
    std::filesystem::path path;  ///< a file, one of GDAL's own names, or an address of tiles (tile_address.h)
    std::string layer;           ///< one of several rasters of a file; empty: its only, or first, one
    int max_zoom = -1;           ///< of an address of tiles; -1: usual_max_zoom
};

struct RasterInfo {
    std::string driver;  ///< "GTiff"
    std::string layer;   ///< of a file of several rasters, the one that this is
    int width = 0, height = 0;
    int bands = 0;
    std::string type;         ///< of its values, GDAL's word: "Byte", "Float32"
    std::string nodata;       ///< the value that means "nothing here"; empty: none does
    bool palette = false;     ///< its values are numbers of colours
    int overviews = 0;        ///< how many smaller copies of itself it holds
    std::string description;  ///< as far as the file says it
    std::string attribution;  ///< likewise: who published it
    bool served = false;      ///< comes over a network
    bool operator==(const RasterInfo&) const = default;
};

/// Values that become black and white.
struct ValueStretch {
    double low = 0;
    double high = 255;
    bool operator==(const ValueStretch&) const = default;
};

/// Premultiplied alpha, 4 bytes each (red, green, blue, alpha), rows from the top.
struct RasterPixels {
    int width = 0;
    int height = 0;
    std::vector<uint8_t> rgba;
    /// Nothing of it would be seen.
    [[nodiscard]] bool blank() const;
};

/// A piece of a raster as a map wants it.
struct RasterWindow {
    Crs from;  ///< of the raster; unknown: taken as being in `to`
    Crs to;
    Box extent;  ///< in `to`
    int width = 0, height = 0;
    bool smooth = true;  ///< values between the raster's own are interpolated; else each is one of the raster's
};

class Raster {
public:
    /// Errors (bad_input): missing, unreadable, damaged, no raster, has no such layer, does not say where it lies.
    /// A server is not asked for anything yet.
    [[nodiscard]] static Expected<std::shared_ptr<const Raster>> open(const RasterName& name);
    ~Raster();
    Raster(const Raster&) = delete;
    Raster& operator=(const Raster&) = delete;

    [[nodiscard]] const RasterInfo& info() const { return info_; }
    /// As it says itself; unknown when it does not.
    [[nodiscard]] const Crs& crs() const { return crs_; }
    /// In its own coordinates: its edge as a closed path, several points a side; and the width of a pixel.
    [[nodiscard]] const std::vector<Point>& outline() const { return outline_; }
    [[nodiscard]] double pixel() const { return pixel_; }
    /// Of one band, or of red, green and blue; empty: values are colours as they are.
    [[nodiscard]] const std::vector<ValueStretch>& stretch() const { return stretch_; }

    /// Safe to call from several threads at once: each uses a handle of its own. What lies outside the raster, has no
    /// data or is masked is transparent. The smallest overview that is fine enough is read, never more than that.
    /// Errors (bad_input): the file, or the server, did not give what was asked for. A server that failed three times
    /// in a row is not asked again.
    [[nodiscard]] Expected<RasterPixels> read(const RasterWindow& window) const;

private:
    Raster();
    struct Handles;
    RasterName name_;
    RasterInfo info_;
    Crs crs_;
    std::vector<Point> outline_;
    double pixel_ = 0;
    std::array<double, 6> to_map_{};  ///< GDAL's geotransform: from pixels to its coordinates
    std::vector<double> factors_;     ///< how many pixels wide a pixel of each overview is
    std::vector<ValueStretch> stretch_;
    std::unique_ptr<Handles> handles_;
};

using RasterPtr = std::shared_ptr<const Raster>;

}  // namespace diaban
