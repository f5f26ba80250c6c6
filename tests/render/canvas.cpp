#include "render/canvas.h"

#include <epoxy/gl.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <numbers>

#include "render/gl_target.h"
#include "render/part.h"

namespace diaban::testing {
namespace {

OffscreenContext made_context() {
    auto context = OffscreenContext::create();
    if (!context) throw std::runtime_error(to_text(context.error()));
    context->make_current();
    return std::move(*context);
}

/// What the framebuffer shows of an opaque picture.
Image read_back(const GlTarget& target) {
    Image image;
    image.width = target.width();
    image.height = target.height();
    const auto row = static_cast<std::size_t>(image.width) * 4;
    image.rgba.resize(row * static_cast<std::size_t>(image.height));
    glBindFramebuffer(GL_FRAMEBUFFER, target.framebuffer());
    for (int y = 0; y < image.height; ++y)
        glReadPixels(0, image.height - 1 - y, image.width, 1, GL_RGBA, GL_UNSIGNED_BYTE,
                     image.rgba.data() + row * static_cast<std::size_t>(y));
    return image;
}

/// Calls paint(framebuffer) for a framebuffer of the scene's size, and returns what it shows then.
template <class Paint>
Image looked_at(const Scene& scene, const Paint& paint) {
    const auto bin = std::make_shared<GlBin>();
    Image image;
    {
        GlTarget target(TargetFormat::colour, 0);
        target.resize(device_width(scene.frame), device_height(scene.frame), bin);
        if (paint(target.framebuffer())) image = read_back(target);
    }
    bin->empty();
    return image;
}

}  // namespace

Canvas::Canvas(Rasteriser rasteriser, std::function<void()> wake)
    : context_(made_context()), painter_(rasteriser, std::move(wake)) {}

Image Canvas::show(const Scene& scene) {
    context_.make_current();
    return looked_at(scene, [&](uint32_t framebuffer) {
        painter_.paint(scene, framebuffer);
        return true;
    });
}

Image Canvas::show_again(const Scene& scene) {
    context_.make_current();
    return looked_at(scene, [&](uint32_t framebuffer) { return painter_.repeat(framebuffer); });
}

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

DetailPtr two_neighbours() {
    auto detail = std::make_shared<Detail>();
    detail->kind = GeometryKind::polygon;
    detail->extent = {10, 10, 90, 50};
    const auto add = [&](std::vector<LatticePoint> points, uint32_t left, uint32_t right) {
        Arc arc{static_cast<uint32_t>(detail->points.size()), static_cast<uint32_t>(points.size()), {}, left, right};
        for (const LatticePoint p : points)
            arc.box.extend(p);
        detail->points.insert(detail->points.end(), points.begin(), points.end());
        detail->arcs.push_back(arc);
    };
    add({{50, 10}, {50, 50}}, 0, 1);
    add({{50, 50}, {10, 50}, {10, 10}, {50, 10}}, 0, Arc::nobody);
    add({{50, 10}, {90, 10}, {90, 50}, {50, 50}}, 1, Arc::nobody);
    detail->arc_refs = {0, 1, 2, ~0};
    detail->ring_offsets = {0, 2, 4};
    detail->holes = {0, 0};
    detail->feature_offsets = {0, 1, 2};
    detail->index = SpatialIndex(geometry_from_wkt(std::vector<std::string_view>{
        "POLYGON((10 10,50 10,50 50,10 50,10 10))", "POLYGON((50 10,90 10,90 50,50 50,50 10))"}));
    return detail;
}

DetailPtr dots_alone(std::vector<Dot> dots, uint32_t features) {
    auto detail = std::make_shared<Detail>();
    detail->kind = GeometryKind::polygon;
    detail->unit = 0.125;
    detail->ring_offsets = {0};
    detail->feature_offsets.assign(features + 1, 0);
    GeometryBuilder places(GeometryKind::point);
    for (uint32_t feature = 0; feature < features; ++feature) {
        places.begin_feature();
        for (const Dot& dot : dots) {
            if (dot.feature != feature) continue;
            const std::vector<Point> at{detail->to_map(dot.at)};
            places.begin_part();
            places.add_ring(at);
            detail->extent.extend(at.front());
        }
    }
    detail->index = SpatialIndex(std::move(places).finish());
    detail->dots = std::move(dots);
    return detail;
}

DetailPtr circle(Point centre, double radius, int corners) {
    std::vector<Point> points;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * std::numbers::pi * i / corners;
        points.push_back({centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
    }
    GeometryBuilder builder(GeometryKind::polygon);
    builder.begin_feature();
    builder.begin_part();
    builder.add_ring(points);
    return std::make_shared<Detail>(plain_detail(std::move(builder).finish()));
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
