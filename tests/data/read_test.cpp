#include "data/read.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "data/files.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> texts(const DatasetPtr& dataset, const std::string& field) {
    std::vector<std::string> result;
    const Column* column = dataset->table.find(field);
    for (std::size_t row = 0; column && row < column->size(); ++row)
        result.push_back(column->is_null(row) ? "(null)" : column->text(row));
    return result;
}

TEST(ReadGeoJson, keeps_codes_text_and_types_and_nulls) {
    const TemporaryFolder folder;
    put(folder.path() / "xã.geojson",
        geojson(
            {{R"("code":"06838","n":3,"rate":0.5,"ok":true,"day":"2025-07-01","name":"Bi\u0300nh Liêu","list":["a","b"])",
              square(107, 21)},
             {R"("code":"06841","n":null,"rate":2,"ok":false,"day":null,"name":"Hoành Mô","list":["c"])",
              square(108, 21)}}));
    const auto dataset = read_one(folder.path() / "xã.geojson");
    EXPECT_EQ(dataset->name, "xã");
    EXPECT_EQ(dataset->from.driver, "GeoJSON");
    EXPECT_EQ(dataset->from.modified.size(), 10U);
    EXPECT_THAT(texts(dataset, "code"), ElementsAre("06838", "06841"));
    EXPECT_EQ(dataset->table.find("n")->type(), ColumnType::integer);
    EXPECT_THAT(texts(dataset, "n"), ElementsAre("3", "(null)"));
    EXPECT_EQ(dataset->table.find("rate")->type(), ColumnType::real);
    EXPECT_EQ(dataset->table.find("ok")->type(), ColumnType::boolean);
    EXPECT_EQ(dataset->table.find("day")->type(), ColumnType::date);
    EXPECT_THAT(texts(dataset, "day"), ElementsAre("2025-07-01", "(null)"));
    EXPECT_THAT(texts(dataset, "name"), ElementsAre("Bình Liêu", "Hoành Mô"));  // NFC, though the file has NFD
    EXPECT_EQ(dataset->table.find("list")->type(), ColumnType::text);
    EXPECT_EQ(dataset->crs, Crs::wgs84());
    EXPECT_EQ(dataset->geometry.kind(), GeometryKind::polygon);
    EXPECT_EQ(dataset->lon_lat_box(), (Box{107, 21, 109, 22}));
    EXPECT_THAT(dataset->diagnostics, IsEmpty());
}

TEST(ReadGeometry, cuts_parts_and_holes_and_closes_rings) {
    const TemporaryFolder folder;
    write_layers(folder.path() / "a.gpkg", "GPKG",
                 {{"areas",
                   wkbMultiPolygon,
                   {{"1", "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0),(1 1,2 1,2 2,1 1)),((20 0,21 0,21 1,20 0)))"},
                    {"2", ""},
                    {"3", "MULTIPOLYGON(((30 0,31 0,31 1,30 0)))"}}}});
    const auto dataset = read_one(folder.path() / "a.gpkg");
    const Geometry& g = dataset->geometry;
    EXPECT_EQ(g.feature_count(), 3U);
    EXPECT_THAT(g.feature_offsets(), ElementsAre(0U, 2U, 2U, 3U));
    EXPECT_THAT(g.part_offsets(), ElementsAre(0U, 2U, 3U, 4U));
    EXPECT_THAT(g.ring_offsets(), ElementsAre(0U, 5U, 9U, 13U, 17U));
    EXPECT_EQ(g.ring(1).front(), (Point{1, 1}));
    EXPECT_EQ(g.box_of(2), (Box{30, 0, 31, 1}));
}

TEST(ReadGeometry, drops_z_and_m_and_makes_lines_of_curves) {
    const TemporaryFolder folder;
    write_layers(folder.path() / "a.gpkg", "GPKG",
                 {{"z", wkbLineString25D, {{"1", "LINESTRING Z(0 0 5,1 2 6)"}}},
                  {"curve", wkbCircularString, {{"1", "CIRCULARSTRING(0 0,1 1,2 0)"}}},
                  {"many", wkbMultiPoint, {{"1", "MULTIPOINT(1 2,3 4)"}, {"2", "MULTIPOINT EMPTY"}}},
                  {"surface", wkbCurvePolygon, {{"1", "CURVEPOLYGON(CIRCULARSTRING(0 0,2 0,0 0))"}}}});
    const auto datasets = read_all(folder.path() / "a.gpkg");
    ASSERT_TRUE(datasets);
    ASSERT_EQ(datasets->size(), 4U);
    EXPECT_THAT((*datasets)[0]->geometry.points(), ElementsAre(Point{0, 0}, Point{1, 2}));
    const Geometry& arc = (*datasets)[1]->geometry;
    EXPECT_EQ(arc.kind(), GeometryKind::line);
    EXPECT_GT(arc.points().size(), 10U);
    EXPECT_NEAR(arc.box().max_y, 1, 1e-3);  // half a circle of radius 1 round (1, 0)
    const Geometry& many = (*datasets)[2]->geometry;
    EXPECT_THAT(many.feature_offsets(), ElementsAre(0U, 2U, 2U));
    EXPECT_THAT(many.points(), ElementsAre(Point{1, 2}, Point{3, 4}));
    EXPECT_EQ((*datasets)[3]->geometry.kind(), GeometryKind::polygon);
}

TEST(ReadGeometry, takes_a_collection_apart) {
    const TemporaryFolder folder;
    write_layers(
        folder.path() / "a.gpkg", "GPKG",
        {{"mixed", wkbUnknown, {{"1", "GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))"}, {"2", "POINT(3 4)"}}}});
    const auto datasets = read_all(folder.path() / "a.gpkg");
    ASSERT_TRUE(datasets);
    ASSERT_EQ(datasets->size(), 2U);
    EXPECT_EQ((*datasets)[0]->name, "mixed (lines)");
    EXPECT_THAT(texts((*datasets)[0], "code"), ElementsAre("1"));
    EXPECT_THAT(texts((*datasets)[1], "code"), ElementsAre("1", "2"));
}

TEST(ReadLayers, come_in_the_files_order_or_one_by_name) {
    const TemporaryFolder folder;
    write_layers(
        folder.path() / "a.gpkg", "GPKG",
        {{"posts", wkbPoint, {{"1", "POINT(107 21)"}}}, {"roads", wkbLineString, {{"2", "LINESTRING(0 0,1 1)"}}}});
    const auto all = read_all(folder.path() / "a.gpkg");
    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 2U);
    EXPECT_EQ((*all)[0]->name, "posts");
    EXPECT_EQ((*all)[1]->from.layer, "roads");
    EXPECT_EQ(read_one(folder.path() / "a.gpkg", {.layer = "roads"})->geometry.kind(), GeometryKind::line);
}

TEST(ReadCrs, comes_from_the_file_and_can_be_overridden) {
    const TemporaryFolder folder;
    write_layers(folder.path() / "a.gpkg", "GPKG", {{"p", wkbPoint, {{"1", "POINT(450000 2370000)"}}, "EPSG:5899"}});
    EXPECT_EQ(read_one(folder.path() / "a.gpkg")->crs.code(), "EPSG:5899");
    EXPECT_EQ(read_one(folder.path() / "a.gpkg", {.crs = "EPSG:3405"})->crs.code(), "EPSG:3405");
}

TEST(ReadCsv, makes_numbers_only_where_nothing_is_lost) {
    const TemporaryFolder folder;
    put(folder.path() / "t.csv",
        "code,n,rate,mixed,zero,phone,big,exp,blank\n"
        "06838,1,0.5,1,0,0912,12345678901234567890,12E4,\n"
        "16841,-2,3,x,5,123,1,1E2,  \n"
        "06844,,1e-3,y,-7,5,2,3E1,\n");
    const auto dataset = read_one(folder.path() / "t.csv");
    const auto type = [&](const char* field) { return dataset->table.find(field)->type(); };
    EXPECT_EQ(type("code"), ColumnType::text);
    EXPECT_EQ(type("n"), ColumnType::integer);
    EXPECT_THAT(texts(dataset, "n"), ElementsAre("1", "-2", "(null)"));
    EXPECT_EQ(type("rate"), ColumnType::real);
    EXPECT_THAT(texts(dataset, "rate"), ElementsAre("0.5", "3", "0.001"));
    EXPECT_EQ(type("mixed"), ColumnType::text);
    EXPECT_EQ(type("zero"), ColumnType::integer);
    EXPECT_EQ(type("phone"), ColumnType::text);
    EXPECT_EQ(type("big"), ColumnType::text);
    EXPECT_EQ(type("exp"), ColumnType::text);
    EXPECT_EQ(type("blank"), ColumnType::text);
    EXPECT_THAT(texts(dataset, "blank"), ElementsAre("(null)", "(null)", "(null)"));
    EXPECT_FALSE(dataset->has_geometry());
}

TEST(ReadCsv, takes_the_first_row_for_names_even_when_they_are_years_or_repeat) {
    const TemporaryFolder folder;
    put(folder.path() / "t.csv",
        "\xef\xbb\xbf"
        "code,2021,2022,code\n06838,5,6,x\n");
    const auto dataset = read_one(folder.path() / "t.csv");
    std::vector<std::string> names;
    for (const Column& column : dataset->table.columns())
        names.push_back(column.name());
    ASSERT_EQ(names.size(), 4U);
    EXPECT_EQ(names[0], "code");
    EXPECT_EQ(names[1], "2021");
    EXPECT_NE(names[3], "code");
    EXPECT_THAT(texts(dataset, "2022"), ElementsAre("6"));
}

TEST(ReadCsv, reads_semicolons_quotes_and_line_breaks_in_cells) {
    const TemporaryFolder folder;
    put(folder.path() / "t.csv", "code;name\n1;\"a;b\"\n2;\"c\nd\"\n");
    EXPECT_THAT(texts(read_one(folder.path() / "t.csv"), "name"), ElementsAre("a;b", "c\nd"));
}

TEST(ReadCsv, with_longitude_and_latitude_makes_points) {
    const TemporaryFolder folder;
    put(folder.path() / "posts.csv", "name,lon,lat\nA,107.5,21.5\nB,,\nC,107.6,21.4\n");
    const auto dataset = read_one(folder.path() / "posts.csv");
    EXPECT_EQ(dataset->geometry.kind(), GeometryKind::point);
    EXPECT_EQ(dataset->crs, Crs::wgs84());
    EXPECT_THAT(dataset->geometry.points(), ElementsAre(Point{107.5, 21.5}, Point{107.6, 21.4}));
    EXPECT_FALSE(dataset->geometry.has_geometry(1));
    put(folder.path() / "metres.csv", "name,lon,lat\nA,450000,2370000\n");
    const auto metres = read_one(folder.path() / "metres.csv");  // the names are right, the unit is not
    EXPECT_EQ(metres->geometry.kind(), GeometryKind::point);
    EXPECT_FALSE(metres->crs.known());
}

/// Through GDAL's own writer, which stores text as text and numbers as numbers.
void write_xlsx(const std::filesystem::path& path) {
    GDALAllRegister();
    GDALDatasetH file = GDALCreate(GDALGetDriverByName("XLSX"), path.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
    ASSERT_NE(file, nullptr);
    OGRLayerH layer = GDALDatasetCreateLayer(file, "Sheet1", nullptr, wkbNone, nullptr);
    for (const auto& [name, type] :
         {std::pair("mã", OFTString), std::pair("tên", OFTString), std::pair("n", OFTInteger)}) {
        OGRFieldDefnH field = OGR_Fld_Create(name, type);
        OGR_L_CreateField(layer, field, TRUE);
        OGR_Fld_Destroy(field);
    }
    for (const auto& [code, n] : {std::pair("06838", 12), std::pair("06841", 7)}) {
        OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGR_F_SetFieldString(feature, 0, code);
        OGR_F_SetFieldString(feature, 1, "Bình Liêu");
        OGR_F_SetFieldInteger(feature, 2, n);
        EXPECT_EQ(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
        OGR_F_Destroy(feature);
    }
    GDALClose(file);
}

TEST(ReadXlsx, keeps_codes_that_are_text_and_takes_the_first_row_for_names) {
    const TemporaryFolder folder;
    write_xlsx(folder.path() / "counts.xlsx");
    const auto dataset = read_one(folder.path() / "counts.xlsx");
    EXPECT_EQ(dataset->name, "counts");
    EXPECT_THAT(texts(dataset, "mã"), ElementsAre("06838", "06841"));
    EXPECT_EQ(dataset->table.find("n")->type(), ColumnType::integer);
    EXPECT_THAT(texts(dataset, "n"), ElementsAre("12", "7"));
    EXPECT_FALSE(dataset->has_geometry());
}

TEST(LonLatBox, is_narrow_where_the_data_lies_on_both_sides_of_the_antimeridian) {
    const TemporaryFolder folder;
    put(folder.path() / "fiji.geojson",
        geojson({{R"("name":"Viti Levu")", square(177, -18)}, {R"("name":"Lau")", square(-180, -19)}}));
    EXPECT_EQ(read_one(folder.path() / "fiji.geojson")->lon_lat_box(), (Box{177, -19, 181, -17}));
}

TEST(LonLatBox, of_the_whole_world_stays_whole) {
    const TemporaryFolder folder;
    put(folder.path() / "world.geojson",
        geojson({{R"("name":"W")",
                  R"({"type":"Polygon","coordinates":[[[-180,-90],[180,-90],[180,90],[-180,90],[-180,-90]]]})"}}));
    EXPECT_EQ(read_one(folder.path() / "world.geojson")->lon_lat_box(), (Box{-180, -90, 180, 90}));
}

TEST(ReadXlsx, takes_the_first_row_for_names_where_every_cell_is_text) {
    const TemporaryFolder folder;
    write_layers(folder.path() / "names.xlsx", "XLSX",
                 {{"Sheet1", wkbNone, {{"Bình Liêu", ""}, {"Hoành Mô", ""}}, nullptr}});
    EXPECT_THAT(texts(read_one(folder.path() / "names.xlsx"), "code"), ElementsAre("Bình Liêu", "Hoành Mô"));
}

TEST(ReadZip, takes_a_zipped_file_by_a_relative_path_in_a_folder_of_any_name) {
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder.path() / "vsi");
    write_layers("/vsizip/" + (folder.path() / "vsi" / "posts.zip").string() + "/posts.geojson", "GeoJSON",
                 {{"posts", wkbPoint, {{"1", "POINT(107 21)"}}}});
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(folder.path());
    const auto datasets = read_all("vsi/posts.zip");
    std::filesystem::current_path(before);
    ASSERT_TRUE(datasets) << to_text(datasets.error());
    EXPECT_EQ(datasets->front()->size(), 1U);
}

TEST(Inspect, tells_what_is_in_a_file_without_reading_it) {
    const TemporaryFolder folder;
    write_layers(folder.path() / "a.gpkg", "GPKG",
                 {{"posts", wkbPoint, {{"1", "POINT(107 21)"}}}, {"none", wkbNone, {{"2", ""}}, nullptr}});
    const auto info = inspect(folder.path() / "a.gpkg");
    ASSERT_TRUE(info);
    EXPECT_EQ(info->driver, "GPKG");
    ASSERT_EQ(info->layers.size(), 2U);
    EXPECT_EQ(info->layers[0].name, "posts");
    EXPECT_EQ(info->layers[0].feature_count, 1);
    EXPECT_EQ(info->layers[0].geometry, "Point");
    EXPECT_EQ(info->layers[0].crs, "WGS 84 (EPSG:4326)");
    EXPECT_EQ(info->layers[1].crs, "");
    EXPECT_FALSE(inspect(folder.path() / "none.gpkg"));
}

TEST(Read, stops_when_it_is_asked_to) {
    const TemporaryFolder folder;
    put(folder.path() / "t.csv", "code,n\n1,2\n");
    Progress progress;
    progress.cancel();
    const auto datasets = read(folder.path() / "t.csv", {}, progress);
    ASSERT_FALSE(datasets);
    EXPECT_EQ(datasets.error().kind, ErrorKind::cancelled);
}

TEST(Read, tells_how_far_it_is_and_what_it_reads) {
    const TemporaryFolder folder;
    put(folder.path() / "t.csv", "code,n\n1,2\n");
    Progress progress;
    ASSERT_TRUE(read(folder.path() / "t.csv", {}, progress));
    EXPECT_EQ(progress.fraction(), 1.0);
    EXPECT_EQ(progress.stage(), "Reading t.csv");
}

TEST(ReadRealData, takes_quang_ninh_whole) {
    const std::filesystem::path path = DIABAN_SOURCE_DIR "/../shared/data/quang_ninh.gpkg";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "the shared data are not here";
    const auto datasets = read_all(path);
    ASSERT_TRUE(datasets);
    ASSERT_EQ(datasets->size(), 2U);
    const Dataset& communes = *datasets->front();
    // Counts from the data's README.
    EXPECT_EQ(communes.size(), 54U);
    EXPECT_EQ(communes.geometry.points().size(), 195779U);
    EXPECT_EQ(communes.geometry.part_count(), 1386U);
    EXPECT_EQ(guess_code_column(communes.table), "code");
    EXPECT_EQ(guess_name_column(communes.table), "name");
    EXPECT_EQ((*datasets)[1]->geometry.kind(), GeometryKind::line);
}

}  // namespace
}  // namespace diaban
