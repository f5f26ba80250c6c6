#include "workspace/open.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "temporary_folder.h"
#include "workspace/file.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

void put(const std::filesystem::path& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
}

std::string collection(const std::string& name, const std::string& geometry) {
    return R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"06838","name":")" + name +
           R"("},"geometry":)" + geometry + "}]}";
}

/// polygons.geojson, lines.geojson, points.geojson and table.csv.
class Open : public testing::Test {
protected:
    Open() {
        put(folder.path() / "polygons.geojson",
            collection("A", R"({"type":"Polygon","coordinates":[[[107,21],[108,21],[108,22],[107,21]]]})"));
        put(folder.path() / "lines.geojson",
            collection("B", R"({"type":"LineString","coordinates":[[107,21],[108,22]]})"));
        put(folder.path() / "points.geojson", collection("C", R"({"type":"Point","coordinates":[107,21]})"));
        put(folder.path() / "table.csv", "code,year,n\n06838,2021,5\n");
    }
    [[nodiscard]] Expected<Opened> open(const std::vector<std::string>& names) {
        std::vector<std::filesystem::path> paths;
        for (const std::string& name : names)
            paths.push_back(folder.path() / name);
        return open_files(paths, progress);
    }
    [[nodiscard]] std::string message(const std::vector<std::string>& names) {
        const auto opened = open(names);
        if (opened) return "(opened)";
        return relative(to_text(opened.error()));
    }
    [[nodiscard]] std::string relative(std::string text) const {
        const std::string prefix = folder.path().string() + "/";
        for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix))
            text.erase(at, prefix.size());
        return text;
    }
    static std::vector<std::string> layer_names(const Workspace& workspace) {
        std::vector<std::string> names;
        for (const Layer& layer : workspace.layers)
            names.push_back(layer.name);
        return names;
    }
    TemporaryFolder folder;
    Progress progress;
};

TEST_F(Open, draws_points_over_lines_over_polygons_whatever_the_order_of_files) {
    for (const auto& names : {std::vector<std::string>{"points.geojson", "polygons.geojson", "lines.geojson"},
                              {"polygons.geojson", "lines.geojson", "points.geojson"}}) {
        const auto opened = open(names);
        ASSERT_TRUE(opened);
        EXPECT_THAT(layer_names(opened->workspace), ElementsAre("points", "lines", "polygons"));
        EXPECT_THAT(opened->datasets, SizeIs(3));
        EXPECT_THAT(opened->diagnostics, IsEmpty());
    }
}

TEST_F(Open, gives_every_layer_its_data_and_the_workspace_a_title) {
    const auto opened = open({"polygons.geojson", "polygons.geojson"});
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->workspace.title, "polygons");
    ASSERT_THAT(opened->workspace.layers, SizeIs(2));
    EXPECT_NE(opened->workspace.layers[0].id, opened->workspace.layers[1].id);
    for (const Layer& layer : opened->workspace.layers) {
        ASSERT_TRUE(opened->datasets.contains(layer.source));
        const Source* source = opened->workspace.find_source(layer.source);
        ASSERT_NE(source, nullptr);
        EXPECT_TRUE(source->path.is_absolute());
        EXPECT_EQ(source->layer, "");  // a GeoJSON file is its only layer
    }
}

TEST_F(Open, reads_again_what_it_made_of_a_mixed_file) {
    put(folder.path() / "mixed.geojson",
        R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":1},"geometry":{"type":"Point","coordinates":[107,21]}},
{"type":"Feature","properties":{"id":2},"geometry":{"type":"LineString","coordinates":[[107,21],[108,22]]}}]})");
    const auto opened = open({"mixed.geojson"});
    ASSERT_TRUE(opened);
    EXPECT_THAT(layer_names(opened->workspace), ElementsAre("mixed (points)", "mixed (lines)"));
    for (const Layer& layer : opened->workspace.layers) {
        const auto again = read_source(*opened->workspace.find_source(layer.source), progress);
        ASSERT_TRUE(again);
        EXPECT_EQ((*again)->geometry, opened->datasets.at(layer.source)->geometry);
    }
}

TEST_F(Open, joins_a_table_to_the_layer_that_has_its_code_column) {
    const auto opened = open({"table.csv", "polygons.geojson"});
    ASSERT_TRUE(opened);
    EXPECT_THAT(layer_names(opened->workspace), ElementsAre("polygons"));
    EXPECT_THAT(opened->workspace.sources, SizeIs(2));
    EXPECT_THAT(opened->datasets, SizeIs(2));
    ASSERT_THAT(opened->diagnostics, SizeIs(1));
    EXPECT_EQ(to_text(opened->diagnostics[0]),
              "table.csv, layer table: it is a table, joined by the column “code” to the layer “polygons” (1 of 1 rows "
              "matched: 1 by code).");
    const Join expected{.source = "table", .key = "code", .foreign_key = "code", .time_field = "year"};
    EXPECT_THAT(opened->workspace.layers[0].joins, ElementsAre(expected));
}

TEST_F(Open, joins_a_table_by_names_within_their_districts_to_the_layer_of_which_most_rows_are) {
    const auto unit = [](const std::string& name, const std::string& district, int x) {
        return R"({"type":"Feature","properties":{"ten":")" + name + R"(","huyen":")" + district +
               R"("},"geometry":{"type":"Polygon","coordinates":[[[)" + std::to_string(x) + ",21],[" +
               std::to_string(x + 1) + ",21],[" + std::to_string(x) + ",22],[" + std::to_string(x) + ",21]]]}}";
    };
    put(folder.path() / "few.geojson",
        R"({"type":"FeatureCollection","features":[)" + unit("Xã Hải Sơn", "Móng Cái", 100) + "]}");
    put(folder.path() / "units.geojson",
        R"({"type":"FeatureCollection","features":[)" + unit("Xã Hoà Bình", "Hạ Long", 105) + "," +
            unit("Xã Hoà Bình", "Móng Cái", 106) + "," + unit("Xã Hải Sơn", "Móng Cái", 107) + "]}");
    put(folder.path() / "names.csv", "xa,thuoc,n\nX. Hòa Bình,TP Hạ Long,1\nHoà Bình,Móng Cái,2\nHải Sơn,Móng Cái,3\n");
    const auto opened = open({"few.geojson", "units.geojson", "names.csv"});
    ASSERT_TRUE(opened);
    EXPECT_THAT(opened->workspace.layers[0].joins, IsEmpty());
    const Join expected{.source = "names",
                        .key = "ten",
                        .foreign_key = "xa",
                        .time_field = {},
                        .role = KeyRole::name,
                        .further = {{"huyen", "thuoc", KeyRole::parent}}};
    EXPECT_THAT(opened->workspace.layers[1].joins, ElementsAre(expected));
}

TEST_F(Open, keeps_a_table_that_belongs_to_no_layer_as_a_source) {
    put(folder.path() / "other.csv", "what,n\nx,5\n");
    const auto opened = open({"other.csv", "polygons.geojson"});
    ASSERT_TRUE(opened);
    EXPECT_THAT(opened->workspace.layers[0].joins, IsEmpty());
    EXPECT_THAT(opened->datasets, SizeIs(2));
    ASSERT_THAT(opened->diagnostics, SizeIs(1));
    EXPECT_EQ(to_text(opened->diagnostics[0]),
              "other.csv, layer other: it is a table without geometry, and joined to no layer: none of its columns "
              "holds the codes or names of “polygons”.");
}

TEST_F(Open, refuses_a_table_alone_a_missing_file_and_nothing) {
    EXPECT_EQ(
        message({"table.csv"}),
        "table.csv: it is a table without geometry: there is nothing to draw. Open boundaries, lines or points, and "
        "join the table to them in a workspace.");
    EXPECT_EQ(message({"polygons.geojson", "line.geojson"}),
              "line.geojson: there is no such file. Did you mean “lines.geojson”?");
    EXPECT_EQ(message({}), "no file was named. Name a workspace or data files.");
    put(folder.path() / "w.toml", "version = 1\n");
    EXPECT_EQ(message({"w.toml", "polygons.geojson"}),
              "w.toml: a workspace is opened by itself, without other files. Open the workspace, then add the other "
              "files to it.");
}

/// A workspace of two layers, the source of one of which is `path`.
Workspace two_layers(const std::filesystem::path& folder, const std::string& path) {
    Workspace workspace;
    workspace.title = "Two";
    workspace.sources = {{.id = "good", .path = folder / "polygons.geojson"}, {.id = "other", .path = folder / path}};
    workspace.layers.resize(2);
    workspace.layers[0].id = "a";
    workspace.layers[0].name = "Communes";
    workspace.layers[0].source = "good";
    workspace.layers[1].id = "b";
    workspace.layers[1].name = "Posts";
    workspace.layers[1].source = "other";
    return workspace;
}

TEST_F(Open, reads_each_source_of_a_workspace_once) {
    Workspace workspace = two_layers(folder.path(), "polygons.geojson");
    workspace.layers[1].joins.push_back({"table", "code", "code", "year"});
    workspace.sources.push_back({.id = "table", .path = folder.path() / "table.csv"});
    ASSERT_TRUE(save_workspace(workspace, folder.path() / "w.toml"));
    const auto opened = open({"w.toml"});
    ASSERT_TRUE(opened) << to_text(opened.error());
    EXPECT_EQ(opened->workspace, workspace);
    EXPECT_THAT(opened->diagnostics, IsEmpty());
    EXPECT_EQ(opened->datasets.at("good"), opened->datasets.at("other"));  // the same object
    EXPECT_EQ(opened->datasets.at("table")->size(), 1U);
}

TEST_F(Open, keeps_the_other_layers_when_a_workspace_names_a_wrong_path) {
    ASSERT_TRUE(save_workspace(two_layers(folder.path(), "point.geojson"), folder.path() / "w.toml"));
    const auto opened = open({"w.toml"});
    ASSERT_TRUE(opened);
    EXPECT_THAT(layer_names(opened->workspace), ElementsAre("Communes", "Posts"));
    EXPECT_TRUE(opened->datasets.contains("good"));
    EXPECT_FALSE(opened->datasets.contains("other"));
    ASSERT_THAT(opened->diagnostics, SizeIs(1));
    EXPECT_EQ(opened->diagnostics[0].kind, DiagnosticKind::layer_failed);
    EXPECT_EQ(relative(to_text(opened->diagnostics[0])),
              "point.geojson, layer Posts: the layer could not be opened: there is no such file (Did you mean "
              "“points.geojson”?).");
}

TEST_F(Open, says_when_a_workspaces_layer_is_a_table) {
    ASSERT_TRUE(save_workspace(two_layers(folder.path(), "table.csv"), folder.path() / "w.toml"));
    const auto opened = open({"w.toml"});
    ASSERT_TRUE(opened);
    ASSERT_THAT(opened->diagnostics, SizeIs(1));
    EXPECT_EQ(
        relative(to_text(opened->diagnostics[0])),
        "table.csv, layer Posts: the layer could not be opened: it is a table without geometry, which can be joined "
        "but not drawn.");
}

TEST_F(Open, refuses_a_workspace_that_is_missing_or_newer) {
    EXPECT_NE(message({"none.toml"}).find("none.toml"), std::string::npos);
    put(folder.path() / "newer.toml", "version = 99\n");
    EXPECT_NE(message({"newer.toml"}).find("newer Diaban"), std::string::npos);
}

TEST_F(Open, stops_when_it_is_asked_to) {
    progress.cancel();
    ASSERT_TRUE(save_workspace(two_layers(folder.path(), "points.geojson"), folder.path() / "w.toml"));
    for (const char* name : {"w.toml", "points.geojson"}) {
        const auto opened = open({name});
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().kind, ErrorKind::cancelled);
    }
}

TEST_F(Open, adds_a_dataset_on_top_and_a_table_as_a_source_only) {
    const auto opened = open({"polygons.geojson", "table.csv"});
    ASSERT_TRUE(opened);
    Workspace workspace;
    for (const auto& [id, dataset] : opened->datasets) {
        const std::string layer = add_dataset(workspace, dataset);
        EXPECT_EQ(layer.empty(), !dataset->has_geometry());
        if (layer.empty()) continue;
        EXPECT_EQ(workspace.layers.front().id, layer);
    }
    EXPECT_THAT(workspace.sources, SizeIs(2));
    EXPECT_THAT(workspace.layers, SizeIs(1));
}

}  // namespace
}  // namespace diaban
