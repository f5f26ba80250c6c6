// Pictures laid on the map: see map_bands.h.
#include <algorithm>
#include <cmath>
#include <vector>

#include "base/error.h"
#include "render/software/device_plane.h"
#include "render/software/map_bands.h"

namespace diaban {
namespace {

/// Which pixels of the picture, along one axis, make up each pixel of a run on the surface, and in what shares.
struct Taps {
    struct Sum {
        int first = 0;         ///< of the picture's pixels
        uint32_t weights = 0;  ///< where its shares begin
        int count = 0;
    };
    int start = 0;  ///< of the surface's pixels
    std::vector<Sum> sums;
    std::vector<float> weights;

    void begin(int first) { sums.push_back({first, static_cast<uint32_t>(weights.size()), 0}); }
    void add(double weight) {
        weights.push_back(static_cast<float>(weight));
        ++sums.back().count;
    }
};

/// Two neighbours, by how near their middles are; beyond the outer middles the outer pixel alone.
void between_middles(Taps& taps, double middle, int count) {
    const double at = std::clamp(middle - 0.5, 0.0, count - 1.0);
    const int first = std::min(static_cast<int>(at), std::max(count - 2, 0));
    taps.begin(first);
    if (count == 1) return taps.add(1);
    taps.add(1 - (at - first));
    taps.add(at - first);
}

/// What lies under the pixel, by how much of it does.
void under(Taps& taps, double from, double to, int count) {
    from = std::clamp(from, 0.0, static_cast<double>(count));
    to = std::clamp(to, from, static_cast<double>(count));
    const int first = std::min(static_cast<int>(from), count - 1);
    const int last = std::clamp(static_cast<int>(std::ceil(to)) - 1, first, count - 1);
    taps.begin(first);
    if (first == last) return taps.add(1);
    for (int i = first; i <= last; ++i)
        taps.add((std::min(i + 1.0, to) - std::max<double>(i, from)) / (to - from));
}

/// `low`, `high`: where the picture begins and ends, in the surface's pixels. Those whose middle lies on it are drawn,
/// so that pictures side by side neither overlap nor leave a gap.
Taps taps_along(double low, double high, int count, int size, bool smooth) {
    Taps taps;
    const double step = count / (high - low);  // picture's pixels a pixel of the surface
    taps.start = static_cast<int>(std::clamp(std::ceil(low - 0.5), 0.0, static_cast<double>(size)));
    const int end = static_cast<int>(std::clamp(std::ceil(high - 0.5), 0.0, static_cast<double>(size)));
    for (int x = taps.start; x < end; ++x) {
        if (smooth && step < 1)
            between_middles(taps, (x + 0.5 - low) * step, count);
        else
            under(taps, (x - low) * step, (x + 1 - low) * step, count);
    }
    return taps;
}

class ImageBands final : public BandPainter {
public:
    ImageBands(const MapImage& image, double opacity, Taps columns, Taps rows)
        : image_(image), opacity_(static_cast<float>(opacity)), columns_(std::move(columns)), rows_(std::move(rows)) {
        for (const Taps::Sum& sum : columns_.sums) {
            left_ = std::min(left_, sum.first);
            right_ = std::max(right_, sum.first + sum.count);
        }
    }

    void paint(const Surface& surface, int first, int last) const override {
        thread_local std::vector<float> line;
        const int from = std::max(first, rows_.start);
        const int to = std::min(last, rows_.start + static_cast<int>(rows_.sums.size()));
        for (int row = from; row < to; ++row) {
            gather(rows_.sums[static_cast<std::size_t>(row - rows_.start)], line);
            uint8_t* pixel = surface.row(row) + std::ptrdiff_t{4} * columns_.start;
            for (const Taps::Sum& sum : columns_.sums) {
                lay(pixel, line.data() + std::ptrdiff_t{4} * (sum.first - left_), sum);
                pixel += 4;
            }
        }
    }

private:
    /// A row of the picture, or of what several come to, between the columns that are seen.
    void gather(const Taps::Sum& sum, std::vector<float>& line) const {
        const auto length = static_cast<std::size_t>(right_ - left_) * 4;
        line.assign(length, 0);
        for (int i = 0; i < sum.count; ++i) {
            const float weight = rows_.weights[sum.weights + static_cast<uint32_t>(i)] * opacity_;
            const uint8_t* from =
                image_.rgba.data() + (static_cast<std::size_t>(sum.first + i) * static_cast<std::size_t>(image_.width) +
                                      static_cast<std::size_t>(left_)) *
                                         4;
            for (std::size_t k = 0; k < length; ++k)
                line[k] += weight * static_cast<float>(from[k]);
        }
    }

    void lay(uint8_t* pixel, const float* from, const Taps::Sum& sum) const {
        float mean[4] = {};
        for (int i = 0; i < sum.count; ++i) {
            const float weight = columns_.weights[sum.weights + static_cast<uint32_t>(i)];
            for (int c = 0; c < 4; ++c)
                mean[c] += weight * from[4 * i + c];
        }
        const float rest = 1 - mean[3] / 255;
        for (int c = 0; c < 4; ++c)
            pixel[c] = static_cast<uint8_t>(std::min(mean[c] + static_cast<float>(pixel[c]) * rest + 0.5F, 255.0F));
    }

    const MapImage& image_;
    float opacity_;
    Taps columns_, rows_;
    int left_ = 1 << 30, right_ = 0;  ///< the picture's columns that are seen
};

}  // namespace

BandPainterPtr prepare(const ImageItem& item, const PartView& view) {
    if (!item.image || item.image->width <= 0 || item.image->height <= 0 || !(item.opacity > 0)) return nullptr;
    const MapImage& image = *item.image;
    DIABAN_CHECK(image.rgba.size() ==
                 static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 4);
    if (!paintable(view)) return nullptr;
    const Frame& frame = view.frame;
    const double s = view.scale();
    // In the whole picture first, so that parts of it round alike.
    const double middle_x = frame.width * frame.pixel_ratio / 2;
    const double middle_y = frame.height * frame.pixel_ratio / 2;
    const double left = middle_x + (item.extent.min_x - frame.centre.x) * s - view.part.x;
    const double right = middle_x + (item.extent.max_x - frame.centre.x) * s - view.part.x;
    const double top = middle_y - (item.extent.max_y - frame.centre.y) * s - view.part.y;
    const double bottom = middle_y - (item.extent.min_y - frame.centre.y) * s - view.part.y;
    if (!(right > left) || !(bottom > top) || !std::isfinite(right - left) || !std::isfinite(bottom - top))
        return nullptr;
    Taps columns = taps_along(left, right, image.width, view.part.width, item.smooth);
    Taps rows = taps_along(top, bottom, image.height, view.part.height, item.smooth);
    if (columns.sums.empty() || rows.sums.empty()) return nullptr;
    return std::make_unique<const ImageBands>(image, std::min(item.opacity, 1.0), std::move(columns), std::move(rows));
}

}  // namespace diaban
