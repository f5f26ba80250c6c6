// Everything that a file can do wrong gives one message that says what, where and what to do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/files.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class WrongFile : public testing::Test {
protected:
    /// The message for a file of the folder, its path left out.
    std::string message(const std::string& name, const ReadOptions& options = {}) {
        const auto datasets = read_all(folder.path() / name, options);
        if (datasets) return "(read)";
        EXPECT_EQ(datasets.error().kind, ErrorKind::bad_input);
        std::string text = to_text(datasets.error());
        const std::string prefix = folder.path().string() + "/";
        for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix))
            text.erase(at, prefix.size());
        return text;
    }
    std::vector<std::string> notes(const std::string& name) {
        return texts_of(read_one(folder.path() / name)->diagnostics);
    }
    TemporaryFolder folder;
};

TEST_F(WrongFile, missing) {
    EXPECT_EQ(message("none.gpkg"), "none.gpkg: there is no such file. Check the path and its spelling.");
    put(folder.path() / "communes.gpkg", "x");
    EXPECT_EQ(message("comunes.gpkg"), "comunes.gpkg: there is no such file. Did you mean “communes.gpkg”?");
    EXPECT_EQ(message("no/such/folder.gpkg"),
              "no/such/folder.gpkg: there is no such file. Check the path and its spelling.");
}

TEST_F(WrongFile, a_folder) {
    std::filesystem::create_directory(folder.path() / "maps");
    EXPECT_EQ(message("maps"), "maps: this is a folder, not a file. Name the file in it that is to be opened.");
}

TEST_F(WrongFile, a_pipe_without_waiting_for_it) {
    ASSERT_EQ(::mkfifo((folder.path() / "pipe.geojson").c_str(), 0600), 0);
    EXPECT_EQ(message("pipe.geojson"),
              "pipe.geojson: this is no ordinary file but a device or a pipe. Copy its content to a file first.");
}

TEST_F(WrongFile, a_link_that_leads_nowhere) {
    std::filesystem::create_symlink("gone.geojson", folder.path() / "link.geojson");
    EXPECT_EQ(message("link.geojson"),
              "link.geojson: this is a link to a file that is not there. Put the file back where it was, or name the "
              "file itself.");
}

TEST_F(WrongFile, unreadable) {
    if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
    put(folder.path() / "secret.geojson", "{}");
    std::filesystem::permissions(folder.path() / "secret.geojson", std::filesystem::perms::none);
    EXPECT_EQ(
        message("secret.geojson"),
        "secret.geojson: the file cannot be read (Permission denied). Ask for the right to read it, or copy it to "
        "a folder of your own.");
}

TEST_F(WrongFile, zero_bytes) {
    put(folder.path() / "communes.geojson", "");
    EXPECT_EQ(message("communes.geojson"),
              "communes.geojson: the file is empty: it has 0 bytes. Get the file again; it was probably not copied to "
              "the end.");
}

TEST_F(WrongFile, no_data_at_all) {
    put(folder.path() / "notes.txt", "Dear colleagues,\nplease find attached …\n");
    EXPECT_EQ(
        message("notes.txt"),
        "notes.txt: the file is in no format that Diaban can read. Open a GeoPackage, GeoJSON, Shapefile, KML, CSV "
        "or XLSX file.");
}

TEST_F(WrongFile, geojson_with_a_syntax_error) {
    put(folder.path() / "communes.geojson", R"({"type":"FeatureCollection","features":[{]})");
    // The words in brackets are GDAL's, and change with its version.
    EXPECT_THAT(message("communes.geojson"),
                testing::AllOf(testing::StartsWith("communes.geojson: the file is damaged or incomplete ("),
                               testing::HasSubstr("haracter 42"),
                               testing::EndsWith("). Get the file again, or export it anew from the program that made "
                                                 "it.")));
}

TEST_F(WrongFile, truncated_geojson) {
    const std::string whole = geojson({{R"("code":"1")", square(0, 0)}, {R"("code":"2")", square(1, 0)}});
    put(folder.path() / "communes.geojson", whole.substr(0, whole.size() / 2));
    EXPECT_THAT(message("communes.geojson"),
                testing::StartsWith("communes.geojson: the file is damaged or incomplete ("));
}

TEST_F(WrongFile, truncated_geopackage) {
    WktLayer layer{"communes", wkbPolygon, {}};
    for (int i = 0; i < 3000; ++i)
        layer.features.emplace_back(std::to_string(i), "POLYGON((0 0,1 0,1 1,0 1,0.5 0.5,0.2 0.7,0 0))");
    write_layers(folder.path() / "communes.gpkg", "GPKG", {layer});
    const std::string whole = whole_file(folder.path() / "communes.gpkg");
    put(folder.path() / "communes.gpkg", whole.substr(0, whole.size() / 2));
    const char* malformed =
        "communes.gpkg: the file is damaged or incomplete (database disk image is malformed). Get the file again, or "
        "export it anew from the program that made it.";
    EXPECT_EQ(message("communes.gpkg"), malformed);
    put(folder.path() / "communes.gpkg", whole.substr(0, 1000));
    EXPECT_EQ(message("communes.gpkg"), malformed);
}

TEST_F(WrongFile, text_called_a_geopackage) {
    put(folder.path() / "communes.gpkg", "this is no database");
    EXPECT_EQ(
        message("communes.gpkg"),
        "communes.gpkg: the file is damaged, or is not what its name says it is. Get the file again, or export it "
        "anew from the program that made it.");
}

TEST_F(WrongFile, without_rows) {
    put(folder.path() / "communes.geojson", geojson({}));
    EXPECT_EQ(message("communes.geojson"), "communes.geojson: there are no rows in it. Open another file.");
    put(folder.path() / "table.csv", "code,name\n");
    EXPECT_EQ(message("table.csv"), "table.csv: there are no rows in it. Open another file.");
}

TEST_F(WrongFile, without_rows_in_one_of_several_layers) {
    write_layers(folder.path() / "two.gpkg", "GPKG",
                 {{"empty", wkbPolygon, {}}, {"full", wkbPoint, {{"1", "POINT(107 21)"}}}});
    const auto both = read_all(folder.path() / "two.gpkg");
    ASSERT_TRUE(both);
    ASSERT_EQ(both->size(), 2U);
    for (const DatasetPtr& dataset : *both) {
        const auto notes_of = texts_of(dataset->diagnostics);
        const std::vector<std::string> wanted{"two.gpkg, layer empty: there are no rows in it."};
        EXPECT_EQ(notes_of, dataset->name == "empty" ? wanted : std::vector<std::string>{});
    }
    EXPECT_EQ(message("two.gpkg", {.layer = "empty"}),
              "two.gpkg, layer empty: there are no rows in it. Choose another layer of the file.");
}

TEST_F(WrongFile, without_the_layer_asked_for) {
    write_layers(folder.path() / "two.gpkg", "GPKG",
                 {{"communes", wkbPoint, {{"1", "POINT(107 21)"}}}, {"posts", wkbPoint, {{"1", "POINT(107 21)"}}}});
    EXPECT_EQ(message("two.gpkg", {.layer = "comunes"}),
              "two.gpkg: the file has no layer “comunes”. Did you mean “communes”?");
    EXPECT_EQ(message("two.gpkg", {.layer = "zzzzzzzz"}),
              "two.gpkg: the file has no layer “zzzzzzzz”. There are: communes, posts.");
}

TEST_F(WrongFile, with_a_crs_that_nobody_knows_asked_for) {
    put(folder.path() / "posts.geojson", geojson({{R"("a":1)", R"({"type":"Point","coordinates":[107,21]})"}}));
    EXPECT_THAT(message("posts.geojson", {.crs = "EPSG:999999"}), testing::StartsWith("posts.geojson: "));
}

TEST_F(WrongFile, without_geometry_in_some_rows) {
    put(folder.path() / "communes.geojson",
        geojson({{R"("name":"Bình Liêu")", square(107, 21)}, {R"("name":"Hoành Mô")", ""}}));
    const auto dataset = read_one(folder.path() / "communes.geojson");
    EXPECT_EQ(dataset->size(), 2U);
    EXPECT_FALSE(dataset->geometry.has_geometry(1));
    EXPECT_THAT(texts_of(dataset->diagnostics),
                ElementsAre("communes.geojson: 1 row has no geometry and is not on the map: Hoành Mô."));
}

TEST_F(WrongFile, without_any_geometry_in_a_layer_of_polygons) {
    write_layers(folder.path() / "a.gpkg", "GPKG", {{"communes", wkbPolygon, {{"1", ""}, {"2", ""}}}});
    const auto dataset = read_one(folder.path() / "a.gpkg");
    EXPECT_EQ(dataset->geometry.kind(), GeometryKind::polygon);
    EXPECT_THAT(texts_of(dataset->diagnostics),
                ElementsAre("a.gpkg, layer communes: 2 rows have no geometry and are not on the map: 1; 2."));
}

TEST_F(WrongFile, of_mixed_geometry) {
    put(folder.path() / "places.geojson",
        geojson({{R"("id":1)", R"({"type":"Point","coordinates":[107,21]})"},
                 {R"("id":2)", square(107, 21)},
                 {R"("id":3)", R"({"type":"LineString","coordinates":[[107,21],[108,21]]})"},
                 {R"("id":4)", R"({"type":"Point","coordinates":[107.5,21]})"}}));
    const auto parts = read_all(folder.path() / "places.geojson");
    ASSERT_TRUE(parts);
    ASSERT_EQ(parts->size(), 3U);
    EXPECT_EQ((*parts)[0]->name, "places (polygons)");
    EXPECT_EQ((*parts)[1]->name, "places (lines)");
    EXPECT_EQ((*parts)[2]->name, "places (points)");
    EXPECT_EQ((*parts)[2]->table.find("id")->integer(1), 4);
    EXPECT_EQ((*parts)[2]->from.layer, "places#points");
    EXPECT_THAT(texts_of((*parts)[0]->diagnostics),
                ElementsAre("places.geojson: the layer mixes kinds of geometry and was split: 1 polygons; 1 lines; 2 "
                            "points."));
    const auto points = read_one(folder.path() / "places.geojson", {.layer = "places#points"});
    EXPECT_EQ(points->size(), 2U);
}

TEST_F(WrongFile, without_a_crs_but_with_degrees) {
    write_layers(folder.path() / "posts.shp", "ESRI Shapefile",
                 {{"posts", wkbPoint, {{"1", "POINT(107 21)"}}, nullptr}});
    const auto dataset = read_one(folder.path() / "posts.shp");
    EXPECT_EQ(dataset->crs, Crs::wgs84());
    EXPECT_THAT(texts_of(dataset->diagnostics),
                ElementsAre("posts.shp: the file names no coordinate system: its coordinates look like "
                            "degrees, so WGS 84 is assumed."));
}

TEST_F(WrongFile, without_a_crs_and_without_degrees) {
    write_layers(folder.path() / "posts.shp", "ESRI Shapefile",
                 {{"posts", wkbPoint, {{"1", "POINT(450000 2370000)"}}, nullptr}});
    const auto dataset = read_one(folder.path() / "posts.shp");
    EXPECT_FALSE(dataset->crs.known());
    EXPECT_THAT(texts_of(dataset->diagnostics),
                ElementsAre(testing::StartsWith(
                    "posts.shp: the file names no coordinate system: its coordinates look like VN-2000 / ")));
    const auto told = read_one(folder.path() / "posts.shp", {.crs = "EPSG:5899"});
    EXPECT_EQ(told->crs.code(), "EPSG:5899");
    EXPECT_THAT(told->diagnostics, IsEmpty());
}

TEST_F(WrongFile, with_metres_that_are_said_to_be_degrees) {
    put(folder.path() / "metres.geojson", geojson({{R"("name":"A")", square(11911185, 2391878)}}));
    const auto dataset = read_one(folder.path() / "metres.geojson");
    EXPECT_FALSE(dataset->crs.known());
    EXPECT_THAT(texts_of(dataset->diagnostics),
                ElementsAre("metres.geojson: it says that its coordinates are degrees (WGS 84), which they cannot be, "
                            "so its coordinate system is taken as unknown; its coordinates look like WGS 84 / "
                            "Pseudo-Mercator (EPSG:3857); name it with --crs EPSG:3857."));
    ReadOptions right;
    right.crs = "EPSG:3857";
    EXPECT_EQ(read_one(folder.path() / "metres.geojson", right)->crs.code(), "EPSG:3857");
}

TEST_F(WrongFile, with_one_corner_off_the_globe) {
    put(folder.path() / "a.geojson",
        geojson({{R"("name":"A")",
                  R"({"type":"Polygon","coordinates":[[[107,21],[108,21],[108,2200],[107,22],[107,21]]]})"}}));
    const auto dataset = read_one(folder.path() / "a.geojson");
    EXPECT_EQ(dataset->crs.code(), "EPSG:4326");
    EXPECT_THAT(texts_of(dataset->diagnostics),
                ElementsAre("a.geojson: 1 coordinate is not on the globe; mend it in the source."));
}

TEST_F(WrongFile, with_longitudes_past_the_antimeridian_is_not_wrong) {
    put(folder.path() / "fiji.geojson", geojson({{R"("name":"A")", square(179.5, -18)}}));
    EXPECT_THAT(notes("fiji.geojson"), IsEmpty());
}

TEST_F(WrongFile, with_one_shape_off_the_globe_keeps_the_box_of_the_others) {
    put(folder.path() / "a.geojson", geojson({{R"("name":"A")", square(1e30, 1e30)},
                                              {R"("name":"B")", square(107, 21)},
                                              {R"("name":"C")", square(108, 21)}}));
    EXPECT_EQ(read_one(folder.path() / "a.geojson")->lon_lat_box(), (Box{107, 21, 109, 22}));
}

TEST_F(WrongFile, with_coordinates_at_infinity) {
    // By a GeoPackage, as GeoJSON and well-known text have no word for infinity.
    write_layers(
        folder.path() / "a.gpkg", "GPKG",
        {{"a", wkbLineString, {{"1", "LINESTRING(107 21, 1e999 21, 108 22)"}, {"2", "LINESTRING(0 0, 1 1)"}}}});
    const auto dataset = read_one(folder.path() / "a.gpkg");
    EXPECT_EQ(dataset->geometry.points().size(), 4U);
    EXPECT_THAT(texts_of(dataset->diagnostics),
                ElementsAre("a.gpkg, layer a: 1 coordinate that is no finite number was left out."));
}

TEST_F(WrongFile, with_a_bow_tie_for_a_polygon) {
    put(folder.path() / "communes.geojson",
        geojson({{R"("name":"Bình Liêu")", square(107, 21)},
                 {R"("name":"Hoành Mô")", R"({"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]})"}}));
    EXPECT_THAT(notes("communes.geojson"),
                ElementsAre("communes.geojson: 1 feature had an invalid ring and was repaired: Hoành Mô "
                            "(Self-intersection; repaired: its area was 0 m², and is 6,154 km²); together they grew by "
                            "6,154 km²."));
    const auto unchecked = read_one(folder.path() / "communes.geojson", {.check_geometry = false});
    EXPECT_THAT(unchecked->diagnostics, IsEmpty());
}

TEST_F(WrongFile, with_rings_that_are_none) {
    put(folder.path() / "communes.geojson",
        geojson({{R"("name":"A")", square(107, 21)},
                 {R"("name":"B")", R"({"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0],[1,1],[0,0]]]})"}}));
    EXPECT_THAT(notes("communes.geojson"),
                ElementsAre("communes.geojson: 1 ring or line with too few corners to be one was left out.",
                            "communes.geojson: 1 row has no geometry and is not on the map: B."));
}

TEST_F(WrongFile, with_duplicate_and_missing_codes) {
    put(folder.path() / "communes.csv", "code,name\n06838,A\n06841,B\n06838,C\n,D\n06844,E\n06847,F\n");
    EXPECT_THAT(notes("communes.csv"), ElementsAre("communes.csv, field code, row 5: 1 row has no code: D.",
                                                   "communes.csv, field code, row 4: 1 row repeats a code: 06838."));
}

TEST_F(WrongFile, with_text_in_another_encoding) {
    put(folder.path() / "communes.csv", "code,name\n1,B\xd7nh Li\xaau\n2,Ho\xb5nh M\xab\n");
    EXPECT_EQ(read_one(folder.path() / "communes.csv")->table.find("name")->text(0), "Bình Liêu");
    EXPECT_THAT(notes("communes.csv"),
                ElementsAre("communes.csv, field name: 2 texts were read in the encoding that their letters "
                            "show: TCVN3 (ABC), B×nh Liªu → Bình Liêu."));
}

TEST_F(WrongFile, with_words_among_numbers) {
    put(folder.path() / "t.csv", "code,n\n1,1\n2,2\n3,n/a\n4,about 4\n5,5\n6,6\n");
    const auto dataset = read_one(folder.path() / "t.csv");
    EXPECT_EQ(dataset->table.find("n")->type(), ColumnType::integer);
    EXPECT_EQ(dataset->table.find("n")->null_count(), 2U);
    EXPECT_THAT(texts_of(dataset->diagnostics),
                ElementsAre("t.csv, field n, row 5: 1 value could not be read: about 4."));
}

class WrongShapefile : public WrongFile {
protected:
    WrongShapefile() {
        write_layers(folder.path() / "posts.shp", "ESRI Shapefile",
                     {{"posts", wkbPoint, {{"06838", "POINT(107 21)"}, {"06841", "POINT(108 21)"}}}});
    }
};

TEST_F(WrongShapefile, without_index_is_read_and_nothing_is_written_beside_it) {
    std::filesystem::remove(folder.path() / "posts.shx");
    const auto before = folder.names();
    const auto dataset = read_one(folder.path() / "posts.shp");
    EXPECT_EQ(dataset->size(), 2U);
    EXPECT_EQ(dataset->name, "posts");
    EXPECT_EQ(dataset->table.find("code")->text(1), "06841");
    EXPECT_EQ(dataset->geometry.points()[1], (Point{108, 21}));
    EXPECT_THAT(texts_of(dataset->diagnostics),
                ElementsAre("posts.shp: its index (.shx) is missing and was made anew for reading."));
    EXPECT_EQ(folder.names(), before);
}

TEST_F(WrongShapefile, cut_off_before_its_first_shape) {
    std::filesystem::resize_file(folder.path() / "posts.shp", 100);
    EXPECT_THAT(message("posts.shp"), testing::HasSubstr("posts.shp: the file is damaged"));
}

TEST_F(WrongShapefile, without_table_is_read_without_values) {
    std::filesystem::remove(folder.path() / "posts.dbf");
    EXPECT_THAT(notes("posts.shp"),
                ElementsAre("posts.shp: its table (.dbf) is missing: the shapes have no names or other values."));
}

TEST_F(WrongFile, prints_nothing) {
    put(folder.path() / "communes.geojson", "{[");
    testing::internal::CaptureStderr();
    testing::internal::CaptureStdout();
    const auto text = message("communes.geojson");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
    EXPECT_NE(text, "(read)");
}

}  // namespace
}  // namespace diaban
