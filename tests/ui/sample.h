// A small province for the interface's tests: four square communes of 0.1°, two by two, with counts for two years.
//
//     c d      (north)     south-west corner 107°E 21°N
//     a b
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace diaban::ui {

class Sample {
public:
    Sample() : folder_(std::filesystem::temp_directory_path() / ("diaban-ui-" + std::to_string(::getpid()))) {
        std::filesystem::create_directories(folder_);
        write("communes.geojson", communes());
        write("posts.geojson", R"({"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"name":"Đồn A"},"geometry":{"type":"Point","coordinates":[107.05,21.05]}}]})");
        write("malnutrition.csv",
              "code,year,measured,stunted\n00001,2024,100,30\n00001,2025,100,20\n00002,2025,50,5\n");
        write("good.toml", workspace("communes.geojson"));
        write("broken.geojson", "{\"type\": ");
    }
    ~Sample() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Sample(const Sample&) = delete;
    Sample& operator=(const Sample&) = delete;

    [[nodiscard]] std::filesystem::path path(const std::string& name) const { return folder_ / name; }
    void write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name) << text; }

private:
    static std::string commune(const char* code, const char* name, double x, double y) {
        const auto at = [](double px, double py) { return "[" + std::to_string(px) + "," + std::to_string(py) + "]"; };
        return std::string(R"({"type":"Feature","properties":{"code":")") + code + R"(","name":")" + name +
               R"("},"geometry":{"type":"Polygon","coordinates":[[)" + at(x, y) + "," + at(x + 0.1, y) + "," +
               at(x + 0.1, y + 0.1) + "," + at(x, y + 0.1) + "," + at(x, y) + "]]}}";
    }
    static std::string communes() {
        return R"({"type":"FeatureCollection","features":[)" + commune("00001", "Bình Liêu", 107.0, 21.0) + "," +
               commune("00002", "Hoành Mô", 107.1, 21.0) + "," + commune("00003", "Lục Hồn", 107.0, 21.1) + "," +
               commune("00004", "Hải Sơn", 107.1, 21.1) + "]}";
    }
    static std::string workspace(const std::string& file) {
        return "version = 1\ntitle = \"Sample\"\n[[sources]]\nid = \"communes\"\npath = \"" + file +
               "\"\n[[layers]]\nid = \"communes\"\nname = \"Communes\"\nsource = \"communes\"\n";
    }

    std::filesystem::path folder_;
};

}  // namespace diaban::ui
