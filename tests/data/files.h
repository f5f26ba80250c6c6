// Small files for tests, written by hand or through GDAL.
#pragma once

#include <cpl_error.h>
#include <gdal.h>
#include <gtest/gtest.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "data/read.h"
#include "temporary_folder.h"

namespace diaban {

inline void put(const std::filesystem::path& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
}

inline std::string whole_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline Expected<std::vector<DatasetPtr>> read_all(const std::filesystem::path& path, const ReadOptions& options = {}) {
    Progress progress;
    return read(path, options, progress);
}

/// The only dataset of a file that has to be readable.
inline DatasetPtr read_one(const std::filesystem::path& path, const ReadOptions& options = {}) {
    const auto datasets = read_all(path, options);
    if (!datasets) throw std::runtime_error(to_text(datasets.error()));
    if (datasets->size() != 1) throw std::runtime_error("not one dataset");
    return datasets->front();
}

inline std::vector<std::string> texts_of(const Diagnostics& diagnostics) {
    std::vector<std::string> texts;
    for (const Diagnostic& diagnostic : diagnostics)
        texts.push_back(to_text(diagnostic));
    return texts;
}

/// A GeoJSON collection of features, each given as properties and geometry ("" for null).
inline std::string geojson(const std::vector<std::pair<std::string, std::string>>& features,
                           const std::string& crs = {}) {
    std::string text = R"({"type":"FeatureCollection",)" + crs + R"("features":[)";
    for (std::size_t i = 0; i < features.size(); ++i)
        text += (i ? ",\n" : "\n") + std::string(R"({"type":"Feature","properties":{)") + features[i].first +
                R"(},"geometry":)" + (features[i].second.empty() ? "null" : features[i].second) + "}";
    return text + "]}";
}

inline std::string square(double x, double y) {
    const auto at = [](double px, double py) { return "[" + std::to_string(px) + "," + std::to_string(py) + "]"; };
    return R"({"type":"Polygon","coordinates":[[)" + at(x, y) + "," + at(x + 1, y) + "," + at(x + 1, y + 1) + "," +
           at(x, y + 1) + "," + at(x, y) + "]]}";
}

/// A layer of features given as well-known text ("" for null), with a text field `code`, in any format GDAL writes.
struct WktLayer {
    std::string name;
    OGRwkbGeometryType type = wkbUnknown;
    std::vector<std::pair<std::string, std::string>> features;  ///< code, WKT
    const char* crs = "EPSG:4326";
};

inline void write_layers(const std::filesystem::path& path, const char* driver, const std::vector<WktLayer>& layers) {
    GDALAllRegister();
    GDALDatasetH file = GDALCreate(GDALGetDriverByName(driver), path.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
    ASSERT_NE(file, nullptr);
    for (const WktLayer& wanted : layers) {
        OGRSpatialReferenceH crs = nullptr;
        if (wanted.crs) {
            crs = OSRNewSpatialReference(nullptr);
            OSRSetFromUserInput(crs, wanted.crs);
            OSRSetAxisMappingStrategy(crs, OAMS_TRADITIONAL_GIS_ORDER);
        }
        OGRLayerH layer = GDALDatasetCreateLayer(file, wanted.name.c_str(), crs, wanted.type, nullptr);
        ASSERT_NE(layer, nullptr);
        OGRFieldDefnH code = OGR_Fld_Create("code", OFTString);
        OGR_L_CreateField(layer, code, TRUE);
        OGR_Fld_Destroy(code);
        for (const auto& [text, wkt] : wanted.features) {
            OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
            OGR_F_SetFieldString(feature, 0, text.c_str());
            if (!wkt.empty()) {
                OGRGeometryH geometry = nullptr;
                std::string copy = wkt;
                char* at = copy.data();
                ASSERT_EQ(OGR_G_CreateFromWkt(&at, nullptr, &geometry), OGRERR_NONE) << wkt;
                OGR_F_SetGeometryDirectly(feature, geometry);
            }
            ASSERT_EQ(OGR_L_CreateFeature(layer, feature), OGRERR_NONE) << wkt;
            OGR_F_Destroy(feature);
        }
        if (crs) OSRRelease(crs);
    }
    GDALClose(file);
}

}  // namespace diaban
