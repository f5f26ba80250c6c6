// What the tests of render share: a context with a painter, scenes of a few shapes, and pictures asked about pixels.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
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
    explicit Canvas(Rasteriser rasteriser = Rasteriser::opengl, std::function<void()> wake = {});
    [[nodiscard]] Image draw(const Scene& scene);
    /// The same the way a window does: painted into a framebuffer, perhaps unfinished, and looked at there.
    [[nodiscard]] Image show(const Scene& scene);
    /// What the window then shows when the picture is repeated; empty when there is none to repeat.
    [[nodiscard]] Image show_again(const Scene& scene);
    [[nodiscard]] const OffscreenContext& context() const { return context_; }
    [[nodiscard]] Painter& painter() { return painter_; }

private:
    OffscreenContext context_;
    Painter painter_;
};

/// A scene in which map coordinates are logical pixels from the bottom left; white ground.
[[nodiscard]] Scene scene_of(double width, double height, double pixel_ratio = 1);
[[nodiscard]] DetailPtr shapes(std::initializer_list<std::string_view> wkt);
/// Two squares, from (10, 10) to (50, 50) and on to (90, 50), with the border between them kept once: feature 0 to its
/// left, feature 1 to its right. A lattice step is a map unit.
[[nodiscard]] DetailPtr two_neighbours();
/// No shapes but these dots.
[[nodiscard]] DetailPtr dots_alone(std::vector<Dot> dots, uint32_t features);
/// A circle of so many corners.
[[nodiscard]] DetailPtr circle(Point centre, double radius, int corners);
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
