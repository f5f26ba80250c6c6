#include "cli/info.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "temporary_folder.h"

namespace diaban {
namespace {

class InfoCommand : public testing::Test {
protected:
    void put(const std::string& name, const std::string& content) {
        std::ofstream(folder.path() / name, std::ios::binary) << content;
    }
    int run(const std::vector<std::string>& names, bool json) {
        std::vector<std::filesystem::path> paths;
        for (const std::string& name : names)
            paths.push_back(folder.path() / name);
        out.str("");
        err.str("");
        return info_command(paths, json, out, err);
    }
    /// Without the test's own folder.
    [[nodiscard]] std::string relative(std::string text) const {
        const std::string prefix = folder.path().string() + "/";
        for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix))
            text.erase(at, prefix.size());
        return text;
    }
    InfoCommand() {
        put("communes.geojson",
            R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"06838","area":12.5},"geometry":{"type":"Polygon","coordinates":[[[107,21],[108,21],[108,22],[107,21]]]}},
{"type":"Feature","properties":{"code":"06838","area":3},"geometry":null},
{"type":"Feature","properties":{"code":"06841","area":null},"geometry":null},
{"type":"Feature","properties":{"code":"06844","area":7},"geometry":null}]})");
        put("counts.csv", "code,year,n\n6838,2021,5\n6841,2022,\n");
    }
    TemporaryFolder folder;
    std::ostringstream out, err;
};

TEST_F(InfoCommand, describes_a_file_in_words) {
    ASSERT_EQ(run({"communes.geojson"}, false), 0);
    EXPECT_EQ(relative(out.str()), R"(communes.geojson (GeoJSON)

  communes
    4 polygon features, 4 vertices
    Coordinate system: WGS 84 (EPSG:4326)
    Extent: 21.0000°N 107.0000°E to 22.0000°N 108.0000°E
    Fields:
      code: text, 3 different, for example 06838
      area: number, 1 empty, 3 to 12.5
    To note:
      communes.geojson: 3 rows have no geometry and are not on the map: 06838; 06841; 06844. Nothing to do if these rows are not meant to be mapped.
      communes.geojson, field code, row 2: 1 row repeats a code: 06838. Tables cannot be joined to these rows by code; mend the codes.
)");
    EXPECT_EQ(err.str(), "");
}

TEST_F(InfoCommand, describes_a_table_in_words) {
    ASSERT_EQ(run({"counts.csv"}, false), 0);
    EXPECT_EQ(relative(out.str()), R"(counts.csv (CSV)

  counts
    table of 2 rows
    Fields:
      code: text, 2 different, for example 6838
      year: whole number, 2021 to 2022
      n: whole number, 1 empty, 5 to 5
    Nothing wrong was found.
)");
}

TEST_F(InfoCommand, describes_files_for_machines) {
    ASSERT_EQ(run({"communes.geojson", "counts.csv"}, true), 0);
    const auto json = nlohmann::json::parse(out.str());
    ASSERT_EQ(json.at("files").size(), 2U);
    const auto& layer = json["files"][0]["layers"][0];
    EXPECT_EQ(layer["geometry"], "polygon");
    EXPECT_EQ(layer["features"], 4);
    EXPECT_EQ(layer["crs"]["code"], "EPSG:4326");
    EXPECT_EQ(layer["extent"], nlohmann::json::array({107, 21, 108, 22}));
    EXPECT_EQ(layer["fields"][0]["distinct"], 3);
    EXPECT_EQ(layer["fields"][1]["min"], 3);
    EXPECT_EQ(layer["diagnostics"][1]["kind"], "duplicate_code");
    EXPECT_EQ(layer["diagnostics"][1]["row"], 2);
    const auto& table = json["files"][1]["layers"][0];
    EXPECT_EQ(table["geometry"], "none");
    EXPECT_TRUE(table["crs"].is_null());
    EXPECT_TRUE(table["extent"].is_null());
}

TEST_F(InfoCommand, joins_a_workspaces_tables_and_tells_what_does_not_match) {
    put("w.toml", R"(version = 1
title = "Two"

[[sources]]
id = "communes"
path = "communes.geojson"

[[sources]]
id = "counts"
path = "counts.csv"

[[layers]]
id = "communes"
name = "Communes"
source = "communes"

[[layers.joins]]
source = "counts"
key = "code"
foreign_key = "code"
time_field = "year"
)");
    ASSERT_EQ(run({"w.toml"}, true), 0) << err.str();
    const auto file = nlohmann::json::parse(out.str()).at("files").at(0);
    EXPECT_EQ(file["workspace"], "Two");
    EXPECT_EQ(file["sources"].size(), 2U);
    EXPECT_EQ(file["layers"][0]["joins"][0]["source"], "counts");
    std::vector<std::string> kinds;
    for (const auto& diagnostic : file["diagnostics"])
        kinds.push_back(diagnostic["kind"]);
    EXPECT_EQ(kinds, (std::vector<std::string>{"missing_geometry", "duplicate_code", "other", "unmatched_feature"}));
}

TEST_F(InfoCommand, says_nothing_but_the_error_when_one_file_cannot_be_read) {
    EXPECT_EQ(run({"communes.geojson", "none.gpkg"}, false), 3);
    EXPECT_EQ(out.str(), "");
    EXPECT_EQ(relative(err.str()), "diaban: none.gpkg: there is no such file. Check the path and its spelling.\n");
}

}  // namespace
}  // namespace diaban
