// What the tests of render share: a context with a painter, scenes of a few shapes, and pictures asked about pixels.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "render/image.h"
#include "render/painter.h"

namespace diaban::testing {

class Canvas {
public:
    Canvas();
    [[nodiscard]] Image draw(const Scene& scene);
    [[nodiscard]] const OffscreenContext& context() const { return context_; }
    [[nodiscard]] Painter& painter() { return painter_; }

private:
    OffscreenContext context_;
    Painter painter_{Rasteriser::opengl};
};

/// A scene in which map coordinates are logical pixels from the bottom left; white ground.
[[nodiscard]] Scene scene_of(double width, double height, double pixel_ratio = 1);
[[nodiscard]] DetailPtr shapes(std::initializer_list<std::string_view> wkt);
[[nodiscard]] FeatureMask mask(std::vector<uint8_t> marks);
[[nodiscard]] FillItem fill(const DetailPtr& detail, std::vector<Rgba> colours);

[[nodiscard]] Rgba pixel(const Image& image, int x, int y);
/// How much ink there is, in pixels: black is 1, white 0.
[[nodiscard]] double ink(const Image& image);

/// Compares with tests/golden/NAME.png: at most `share` of the pixels may differ by more than 24 of 255. A failure
/// leaves the actual picture and the difference in the build's golden-failures/. With DIABAN_UPDATE_GOLDEN set the
/// picture is written instead.
[[nodiscard]] ::testing::AssertionResult matches_golden(const Image& image, const std::string& name,
                                                        double share = 0.005);

/// A folder of this test's own, removed with it.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

inline constexpr Rgba black{0, 0, 0, 255};
inline constexpr Rgba white{255, 255, 255, 255};
inline constexpr Rgba red{220, 40, 40, 255};
inline constexpr Rgba blue{50, 100, 200, 255};
inline constexpr Rgba green{60, 160, 80, 255};
inline constexpr Rgba sand{238, 222, 184, 255};

}  // namespace diaban::testing
