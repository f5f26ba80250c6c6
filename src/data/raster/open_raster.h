// A raster opened through GDAL, in the form in which it is painted.
#pragma once

#include <memory>
#include <vector>

#include "data/gdal/gdal_handles.h"
#include "data/raster/raster.h"

namespace diaban {

/// One thread at a time.
struct OpenRaster {
    gdal::Dataset file;
    gdal::Dataset placed;  ///< `file` with a place on the map, where only control points tell it; else null
    gdal::Dataset shown;   ///< the bands that are painted, palettes taken apart; null: those of the file as they are
    RasterInfo info;
    int colours = 1;  ///< bands that are painted: 1 or 3, before a transparency band

    [[nodiscard]] GDALDatasetH whole() const { return placed ? placed.get() : file.get(); }
    [[nodiscard]] GDALDatasetH painted() const { return shown ? shown.get() : whole(); }
};

/// GDAL's limits on waiting for a network, on this thread while it lives.
class NetworkPatience {
public:
    NetworkPatience();

private:
    gdal::ThreadOption connect_, whole_, retries_;
};

/// Errors: as Raster::open().
[[nodiscard]] Expected<OpenRaster> open_raster(const RasterName& name);

/// Of the bands that are painted, from an overview or from blocks here and there: values between the 2nd and the 98th
/// percentile are told apart. Empty for colours of 8 bits.
[[nodiscard]] std::vector<ValueStretch> measure_stretch(const OpenRaster& raster);

/// How raster errors name it: never with what may be a secret in an address.
[[nodiscard]] Place place_of(const RasterName& name);

}  // namespace diaban
