// Small rasters for tests, made through GDAL.
#pragma once

#include <cpl_string.h>
#include <gdal.h>
#include <ogr_srs_api.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace diaban {

/// What a test raster is to be; its values are functions of column and row.
struct RasterSpec {
    int width = 8, height = 8;
    std::string crs = "EPSG:4326";                             ///< empty: none
    std::array<double, 6> to_map{107, 0.01, 0, 22, 0, -0.01};  ///< all zero: none
    GDALDataType type = GDT_Byte;
    std::vector<std::function<double(int, int)>> bands;
    std::vector<std::array<short, 3>> palette = {};
    std::vector<double> nodata = {};
    std::vector<int> overviews = {};
    std::string driver = "GTiff";
    std::vector<std::string> options = {};
};

inline void write_raster(const std::filesystem::path& path, const RasterSpec& spec) {
    GDALAllRegister();
    CPLStringList words;
    for (const std::string& option : spec.options)
        words.AddString(option.c_str());
    const int bands = static_cast<int>(spec.bands.size());
    const bool direct = spec.driver == "GTiff";
    GDALDatasetH file = GDALCreate(GDALGetDriverByName(direct ? "GTiff" : "MEM"), direct ? path.c_str() : "",
                                   spec.width, spec.height, bands, spec.type, direct ? words.List() : nullptr);
    if (file == nullptr) throw std::runtime_error("no raster: " + path.string());
    auto to_map = spec.to_map;
    if (to_map[1] != 0 || to_map[2] != 0) GDALSetGeoTransform(file, to_map.data());
    if (!spec.crs.empty()) {
        OGRSpatialReferenceH crs = OSRNewSpatialReference(nullptr);
        OSRSetFromUserInput(crs, spec.crs.c_str());
        OSRSetAxisMappingStrategy(crs, OAMS_TRADITIONAL_GIS_ORDER);
        GDALSetSpatialRef(file, crs);
        OSRDestroySpatialReference(crs);
    }
    if (!spec.palette.empty()) {
        GDALColorTableH table = GDALCreateColorTable(GPI_RGB);
        for (std::size_t i = 0; i < spec.palette.size(); ++i) {
            const GDALColorEntry entry{spec.palette[i][0], spec.palette[i][1], spec.palette[i][2], 255};
            GDALSetColorEntry(table, static_cast<int>(i), &entry);
        }
        GDALSetRasterColorTable(GDALGetRasterBand(file, 1), table);
        GDALDestroyColorTable(table);
    }
    for (int b = 1; b <= bands; ++b) {
        GDALRasterBandH band = GDALGetRasterBand(file, b);
        if (!spec.nodata.empty()) GDALSetRasterNoDataValue(band, spec.nodata.front());
        const auto& value = spec.bands[static_cast<std::size_t>(b - 1)];
        if (!value) continue;  // left as it is: sparse
        std::vector<double> row(static_cast<std::size_t>(spec.width));
        for (int y = 0; y < spec.height; ++y) {
            for (int x = 0; x < spec.width; ++x)
                row[static_cast<std::size_t>(x)] = value(x, y);
            if (GDALRasterIO(band, GF_Write, 0, y, spec.width, 1, row.data(), spec.width, 1, GDT_Float64, 0, 0) !=
                CE_None)
                throw std::runtime_error("cannot write " + path.string());
        }
    }
    auto overviews = spec.overviews;
    if (!overviews.empty() && GDALBuildOverviews(file, "NEAREST", static_cast<int>(overviews.size()), overviews.data(),
                                                 0, nullptr, nullptr, nullptr) != CE_None)
        throw std::runtime_error("no overviews in " + path.string());
    if (!direct) {
        GDALDatasetH copy = GDALCreateCopy(GDALGetDriverByName(spec.driver.c_str()), path.c_str(), file, FALSE,
                                           words.List(), nullptr, nullptr);
        if (copy == nullptr) throw std::runtime_error("no " + spec.driver + ": " + path.string());
        GDALClose(copy);
    }
    GDALClose(file);
}

/// The same everywhere.
inline std::function<double(int, int)> all(double value) {
    return [value](int, int) { return value; };
}

}  // namespace diaban
