#include "render/canvas.h"

#include <unistd.h>

#include <cstdlib>

namespace diaban::testing {
namespace {

OffscreenContext made_context() {
    auto context = OffscreenContext::create();
    if (!context) throw std::runtime_error(to_text(context.error()));
    context->make_current();
    return std::move(*context);
}

}  // namespace

Canvas::Canvas() : context_(made_context()) {}

Image Canvas::draw(const Scene& scene) {
    auto image = draw_image(context_, painter_, scene);
    if (!image) throw std::runtime_error(to_text(image.error()));
    return std::move(*image);
}

Scene scene_of(double width, double height, double pixel_ratio) {
    Scene scene;
    scene.frame = {width, height, pixel_ratio, {width / 2, height / 2}, 1};
    scene.background = white;
    return scene;
}

DetailPtr shapes(std::initializer_list<std::string_view> wkt) {
    return std::make_shared<Detail>(plain_detail(geometry_from_wkt(std::vector<std::string_view>(wkt))));
}

FeatureMask mask(std::vector<uint8_t> marks) {
    return std::make_shared<const std::vector<uint8_t>>(std::move(marks));
}

FillItem fill(const DetailPtr& detail, std::vector<Rgba> colours) {
    FillItem item;
    item.detail = detail;
    item.colours = std::make_shared<const std::vector<Rgba>>(std::move(colours));
    return item;
}

Rgba pixel(const Image& image, int x, int y) {
    const auto i =
        (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) + static_cast<std::size_t>(x)) * 4;
    return {image.rgba.at(i), image.rgba.at(i + 1), image.rgba.at(i + 2), image.rgba.at(i + 3)};
}

double ink(const Image& image) {
    double sum = 0;
    for (std::size_t i = 0; i < image.rgba.size(); i += 4)
        sum += 255 - image.rgba[i];
    return sum / 255;
}

::testing::AssertionResult matches_golden(const Image& image, const std::string& name, double share) {
    const std::filesystem::path path = std::filesystem::path(DIABAN_SOURCE_DIR) / "tests" / "golden" / (name + ".png");
    if (std::getenv("DIABAN_UPDATE_GOLDEN") != nullptr) {
        const auto written = write_png(image, path);
        return written ? ::testing::AssertionSuccess() : ::testing::AssertionFailure() << to_text(written.error());
    }
    const auto expected = read_png(path);
    if (!expected) return ::testing::AssertionFailure() << to_text(expected.error());
    constexpr int tolerance = 24;
    const ImageDifference difference = compare_images(*expected, image, tolerance);
    if (difference.share <= share) return ::testing::AssertionSuccess();
    const std::filesystem::path folder = std::filesystem::path(DIABAN_BINARY_DIR) / "golden-failures";
    std::filesystem::create_directories(folder);
    (void)write_png(image, folder / (name + ".png"));
    (void)write_png(difference_image(*expected, image, tolerance), folder / (name + "-difference.png"));
    return ::testing::AssertionFailure() << name << ": " << difference.share * 100
                                         << "% of the pixels differ, the largest by " << difference.largest << "; see "
                                         << folder.string();
}

TemporaryFolder::TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "diaban-render-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace diaban::testing
