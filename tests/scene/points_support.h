// Layers of many points, for the scene's tests.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "scene/points/point_crowd.h"
#include "small_world.h"

namespace diaban::test {

inline Geometry geometry_of(const std::vector<Point>& points) {
    GeometryBuilder builder(GeometryKind::point);
    for (const Point& p : points) {
        builder.begin_feature();
        builder.begin_part();
        builder.add_ring(std::span(&p, 1));
    }
    return std::move(builder).finish();
}

inline PointCrowdPtr crowd_of(const std::vector<Point>& points, const std::vector<uint8_t>& shown = {}) {
    const MapShapes shapes(std::make_shared<const Geometry>(geometry_of(points)), std::nullopt);
    const std::vector<uint8_t> all(points.size(), 1);
    return std::make_shared<const PointCrowd>(std::make_shared<const CurveOrder>(shapes), shown.empty() ? all : shown);
}

/// Over 100 km by 80 km at Quảng Ninh, half of them in a town.
inline std::vector<Point> scattered(std::size_t count) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> x(350000, 450000), y(2300000, 2380000);
    std::normal_distribution<double> near(0, 1500);
    std::vector<Point> out;
    for (std::size_t i = 0; i < count; ++i) {
        out.push_back(i % 2 == 0 ? Point{x(random), y(random)} : Point{401000 + near(random), 2333000 + near(random)});
    }
    return out;
}

inline Frame frame_at(Point centre, double units_per_pixel) {
    return {.width = 800, .height = 600, .pixel_ratio = 1, .centre = centre, .units_per_pixel = units_per_pixel};
}

inline DatasetPtr dataset_of(const std::vector<Point>& points) {
    auto dataset = std::make_shared<Dataset>();
    dataset->name = "points";
    dataset->from.path = "points.gpkg";
    std::vector<std::string> names;
    std::vector<double> numbers;
    for (std::size_t i = 0; i < points.size(); ++i) {
        names.push_back("P" + std::to_string(i));
        numbers.push_back(static_cast<double>(i));
    }
    dataset->table = Table({text_column("name", names), number_column("n", numbers)}, points.size());
    dataset->geometry = geometry_of(points);
    dataset->crs = Crs::from_text("EPSG:5899").value();
    return dataset;
}

inline World world_of(const std::vector<Point>& points, CrowdingMode mode) {
    World world;
    Style style;
    style.fill = SingleFill{{10, 60, 120, 255}};
    style.outline.reset();
    style.crowding.mode = mode;
    world.add("points", dataset_of(points), style);
    return world;
}

}  // namespace diaban::test
