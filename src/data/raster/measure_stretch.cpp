// How bright is black, and how bright white: told from a sample, since a large raster is not read to be opened.
#include <algorithm>
#include <cmath>
#include <cstdint>

#include "data/raster/open_raster.h"

namespace diaban {

namespace {

struct Piece {
    int x = 0, y = 0, width = 0, height = 0;
};

constexpr int64_t enough = 250'000;  ///< values of a sample
constexpr int64_t most = 4'000'000;  ///< values read at once

int64_t size_of(GDALRasterBandH band) {
    return int64_t{GDALGetRasterBandXSize(band)} * GDALGetRasterBandYSize(band);
}

/// The smallest overview that is sample enough, else the band itself.
GDALRasterBandH sampled_band(GDALRasterBandH band) {
    GDALRasterBandH best = band;
    for (int i = 0; i < GDALGetOverviewCount(band); ++i) {
        GDALRasterBandH overview = GDALGetOverview(band, i);
        if (overview != nullptr && size_of(overview) >= enough && size_of(overview) < size_of(best)) best = overview;
    }
    return best;
}

/// All of it, or as many of its blocks as make a sample, evenly.
std::vector<Piece> sampled_pieces(GDALRasterBandH band) {
    const int width = GDALGetRasterBandXSize(band), height = GDALGetRasterBandYSize(band);
    if (size_of(band) <= most) return {{0, 0, width, height}};
    int block_width = 0, block_height = 0;
    GDALGetBlockSize(band, &block_width, &block_height);
    block_width = std::clamp(block_width, 1, std::min(width, 4096));
    block_height = std::clamp(block_height, 1, std::min(height, 1024));
    const int64_t across = (width + block_width - 1) / block_width, down = (height + block_height - 1) / block_height;
    const int64_t wanted = std::clamp<int64_t>(4 * enough / (int64_t{block_width} * block_height), 16, 256);
    const int64_t step = std::max<int64_t>(1, across * down / wanted);
    std::vector<Piece> pieces;
    // From the middle of each step, and by a row's blocks not all in one column.
    for (int64_t i = step / 2; i < across * down; i += step) {
        const int64_t row = i / across, column = (i + row) % across;
        const int x = static_cast<int>(column) * block_width, y = static_cast<int>(row) * block_height;
        pieces.push_back({x, y, std::min(block_width, width - x), std::min(block_height, height - y)});
    }
    return pieces;
}

std::vector<float> sample(GDALRasterBandH whole) {
    GDALRasterBandH band = sampled_band(whole);
    GDALRasterBandH mask = GDALGetMaskBand(band);
    std::vector<float> values, out;
    std::vector<uint8_t> there;
    for (const Piece& p : sampled_pieces(band)) {
        const auto count = static_cast<std::size_t>(p.width) * static_cast<std::size_t>(p.height);
        values.resize(count), there.resize(count);
        const bool read = GDALRasterIO(band, GF_Read, p.x, p.y, p.width, p.height, values.data(), p.width, p.height,
                                       GDT_Float32, 0, 0) == CE_None &&
                          GDALRasterIO(mask, GF_Read, p.x, p.y, p.width, p.height, there.data(), p.width, p.height,
                                       GDT_Byte, 0, 0) == CE_None;
        if (!read) continue;  // what is damaged is told when it is painted
        for (std::size_t i = 0; i < count; ++i)
            if (there[i] != 0 && std::isfinite(values[i])) out.push_back(values[i]);
    }
    return out;
}

float percentile(std::vector<float>& values, double share) {
    const auto at = static_cast<std::ptrdiff_t>(std::lround(share * static_cast<double>(values.size() - 1)));
    std::nth_element(values.begin(), values.begin() + at, values.end());
    return values[static_cast<std::size_t>(at)];
}

ValueStretch stretch_of(std::vector<float> values) {
    if (values.empty()) return {};
    ValueStretch out{percentile(values, 0.02), percentile(values, 0.98)};
    if (out.low < out.high) return out;
    const auto [least, largest] = std::ranges::minmax(values);
    // Of one value alone: a middling grey.
    return least < largest ? ValueStretch{least, largest} : ValueStretch{least - 1.0, least + 1.0};
}

}  // namespace

std::vector<ValueStretch> measure_stretch(const OpenRaster& raster) {
    const gdal::Messages messages;
    GDALDatasetH file = raster.painted();
    if (raster.colours == 3 && GDALGetRasterDataType(GDALGetRasterBand(file, 1)) == GDT_Byte) return {};
    std::vector<ValueStretch> out;
    for (int band = 1; band <= raster.colours; ++band)
        out.push_back(stretch_of(sample(GDALGetRasterBand(file, band))));
    return out;
}

}  // namespace diaban
