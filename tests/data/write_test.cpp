#include "data/write/write.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <cstring>
#include <limits>

#include "data/files.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr double infinity = std::numeric_limits<double>::infinity();

Geometry from_wkt(std::initializer_list<std::string_view> features) {
    const std::vector<std::string_view> texts(features);
    return geometry_from_wkt(texts);
}

/// A row with everything, a row with nothing and a row of extremes, in every type a column can have.
Table every_type() {
    std::vector<Column> columns;
    const std::vector<uint8_t> present{1, 0, 1};
    columns.emplace_back("mã xã", ColumnType::text, std::vector<std::string>{"06838", "", "06841"}, present);
    columns.emplace_back("name", ColumnType::text,
                         std::vector<std::string>{"Bình Liêu, \"cũ\"", "", "Hoành Mô\nĐồng Văn"}, present);
    columns.emplace_back("is_border", ColumnType::boolean, std::vector<int64_t>{1, 0, 0}, present);
    columns.emplace_back("households", ColumnType::integer, std::vector<int64_t>{1234, 0, -9007199254740993}, present);
    columns.emplace_back("rate", ColumnType::real, std::vector<double>{0.1, 0, 123456.7890123}, present);
    columns.emplace_back("day", ColumnType::date, std::vector<int64_t>{20270, 0, -3595},
                         present);  // 2025-07-01, 1960-02-28
    columns.emplace_back("at", ColumnType::date_time, std::vector<int64_t>{1751365230123, 0, -1}, present);
    return Table(std::move(columns), 3);
}

/// Metres of Quảng Ninh's zone: two parts and a hole, nothing, one part.
Geometry polygons() {
    return from_wkt(
        {"MULTIPOLYGON(((450000.125 2380000.25,460000 2380000,460000 2390000,450000.125 2380000.25),"
         "(455000 2382000,458000 2385000,458000 2382000,455000 2382000)),"
         "((470000 2380000,471000 2380000,471000.1 2381000.3,470000 2380000)))",
         "", "POLYGON((480000 2380000,481000 2380000,481000 2381000,480000 2380000))"});
}

DatasetPtr dataset_of(Table table, Geometry geometry, const char* crs, const std::string& name = "xã") {
    Dataset dataset;
    dataset.name = name;
    dataset.table = std::move(table);
    dataset.geometry = std::move(geometry);
    if (crs) dataset.crs = Crs::from_text(crs).value();
    return std::make_shared<const Dataset>(std::move(dataset));
}

DatasetPtr everything() {
    return dataset_of(every_type(), polygons(), "EPSG:5899");
}

Expected<Diagnostics> write_all(const std::filesystem::path& path, const std::vector<DatasetPtr>& datasets,
                                const WriteOptions& options = {}) {
    Progress progress;
    return write_datasets(path, datasets, options, progress);
}

/// What the writer says, and what comes back.
struct RoundTrip {
    std::vector<std::string> said;
    DatasetPtr read;
};
RoundTrip round_trip(const DatasetPtr& dataset, const std::string& file, const TemporaryFolder& folder) {
    const auto written = write_all(folder.path() / file, {dataset});
    if (!written) throw std::runtime_error(to_text(written.error()));
    return {texts_of(*written), read_one(folder.path() / file, {.check_geometry = false})};
}

/// "mã xã text 06838|∅|06841": a column as one line.
std::string line(const Column& column) {
    std::string text = column.name() + " " + to_text(column.type()) + " ";
    for (std::size_t row = 0; row < column.size(); ++row)
        text += (row ? "|" : "") + (column.is_null(row) ? "∅" : column.text(row));
    return text;
}
std::vector<std::string> lines(const Table& table) {
    std::vector<std::string> all;
    for (const Column& column : table.columns())
        all.push_back(line(column));
    return all;
}

/// Every ring's corners sorted: what is left of a shape when its direction and its start do not count.
std::vector<std::vector<std::pair<double, double>>> corners(const Geometry& geometry) {
    std::vector<std::vector<std::pair<double, double>>> rings;
    for (uint32_t r = 0; r < geometry.ring_count(); ++r) {
        auto& ring = rings.emplace_back();
        for (const Point p : geometry.ring(r).subspan(1))
            ring.emplace_back(p.x, p.y);
        std::sort(ring.begin(), ring.end());
    }
    return rings;
}

void expect_same_shapes(const Geometry& a, const Geometry& b) {
    EXPECT_EQ(a.kind(), b.kind());
    EXPECT_TRUE(std::ranges::equal(a.feature_offsets(), b.feature_offsets()));
    EXPECT_TRUE(std::ranges::equal(a.part_offsets(), b.part_offsets()));
    EXPECT_EQ(corners(a), corners(b));
}

/// What a round trip that loses nothing gives.
std::vector<std::string> original_lines() {
    return lines(every_type());
}

TEST(WriteGeoPackage, gives_back_types_nulls_text_crs_and_every_bit_of_the_shapes) {
    const TemporaryFolder folder;
    const auto [said, read] = round_trip(everything(), "a.gpkg", folder);
    EXPECT_THAT(said, IsEmpty());
    EXPECT_EQ(read->table, every_type());
    EXPECT_TRUE(std::ranges::equal(read->geometry.points(), polygons().points()));
    EXPECT_EQ(read->crs.code(), "EPSG:5899");
    EXPECT_EQ(read->name, "xã");
    EXPECT_THAT(folder.names(), ElementsAre("a.gpkg"));
}

TEST(WriteGeoPackage, holds_several_layers_and_tables_under_names_of_their_own) {
    const TemporaryFolder folder;
    const auto table = dataset_of(every_type(), {}, nullptr, "gpkg_xã");
    const auto lines_layer =
        dataset_of(every_type(),
                   from_wkt({"LINESTRING(500000 2300000,500001 2300001)", "",
                             "MULTILINESTRING((500000 2300000,500001 2300001),(500005 2300005,500006 "
                             "2300006,500007 2300005))"}),
                   "EPSG:3405", "Xã");
    const auto points = dataset_of(every_type(), from_wkt({"POINT(107.1 21.2)", "", "POINT(1 2)"}), "EPSG:4326", "XÃ");
    const auto written = write_all(folder.path() / "a.gpkg", {table, lines_layer, points, lines_layer});
    ASSERT_TRUE(written) << to_text(written.error());
    EXPECT_THAT(texts_of(*written), ElementsAre("a.gpkg, layer layer_gpkg_xã: the layer “gpkg_xã” got another name.",
                                                "a.gpkg, layer layer_gpkg_xã: 1 row without any value is passed over "
                                                "when the file is read.",
                                                "a.gpkg, layer Xã_2: the layer “Xã” got another name."));
    const auto read = read_all(folder.path() / "a.gpkg", {.check_geometry = false}).value();
    ASSERT_EQ(read.size(), 4U);
    for (const DatasetPtr& dataset : read) {
        if (dataset->has_geometry()) {
            EXPECT_EQ(dataset->table, every_type());
        }
    }
    const auto named = [&](const std::string& name) {
        return *std::find_if(read.begin(), read.end(), [&](const DatasetPtr& d) { return d->name == name; });
    };
    EXPECT_FALSE(named("layer_gpkg_xã")->has_geometry());
    EXPECT_EQ(line(named("layer_gpkg_xã")->table.columns()[3]), "households whole number 1234|-9007199254740993");
    EXPECT_EQ(named("Xã")->geometry, lines_layer->geometry);
    EXPECT_EQ(named("Xã")->crs.code(), "EPSG:3405");
    EXPECT_EQ(named("XÃ")->geometry, points->geometry);
}

TEST(WriteGeoPackage, makes_room_for_columns_called_as_its_own_and_tells_apart_those_that_differ_in_case) {
    const TemporaryFolder folder;
    std::vector<Column> columns;
    for (const char* name : {"fid", "geom", "Name", "name", "NAME_2"})
        columns.emplace_back(name, ColumnType::text, std::vector<std::string>{name});
    const auto dataset = dataset_of(Table(std::move(columns), 1), from_wkt({"POINT(1 2)"}), "EPSG:4326");
    const auto [said, read] = round_trip(dataset, "a.gpkg", folder);
    EXPECT_THAT(said, ElementsAre("a.gpkg, layer xã: 1 column got another name: name → name_3."));
    EXPECT_THAT(lines(read->table), ElementsAre("fid text fid", "geom text geom", "Name text Name", "name_3 text name",
                                                "NAME_2 text NAME_2"));
}

TEST(WriteGeoPackage, keeps_a_custom_crs_and_an_unknown_one) {
    const TemporaryFolder folder;
    const char* own = "+proj=tmerc +lat_0=0 +lon_0=107.25 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 +units=m +no_defs";
    const Crs read = round_trip(dataset_of(every_type(), polygons(), own), "a.gpkg", folder).read->crs;
    // The words of the definition may change, the places may not.
    EXPECT_TRUE(Transform::between(read, Crs::from_text(own).value())->identity());
    EXPECT_FALSE(round_trip(dataset_of(every_type(), polygons(), nullptr), "b.gpkg", folder).read->crs.known());
}

TEST(WriteFlatGeobuf, gives_back_all_but_dates_and_rows_without_a_shape) {
    const TemporaryFolder folder;
    const auto [said, read] = round_trip(everything(), "xã.fgb", folder);
    EXPECT_THAT(said, ElementsAre("xã.fgb: 1 row without a shape is left out, which FlatGeobuf cannot hold.",
                                  "xã.fgb, field day: dates are kept as dates and times, at midnight UTC."));
    EXPECT_THAT(
        lines(read->table),
        ElementsAre("mã xã text 06838|06841", "name text Bình Liêu, \"cũ\"|Hoành Mô\nĐồng Văn",
                    "is_border yes or no true|false", "households whole number 1234|-9007199254740993",
                    "rate number 0.1|123456.7890123", "day date and time 2025-07-01T00:00:00Z|1960-02-28T00:00:00Z",
                    "at date and time 2025-07-01T10:20:30.123Z|1969-12-31T23:59:59.999Z"));
    EXPECT_TRUE(std::ranges::equal(read->geometry.points(), polygons().points()));
    EXPECT_THAT(read->geometry.feature_offsets(), ElementsAre(0U, 2U, 3U));
    EXPECT_EQ(read->crs.code(), "EPSG:5899");
}

TEST(WriteGeoJson, gives_back_types_and_nulls_and_shapes_in_degrees) {
    const TemporaryFolder folder;
    const auto [said, read] = round_trip(everything(), "xã.geojson", folder);
    ASSERT_EQ(said.size(), 1U);
    EXPECT_THAT(said[0],
                HasSubstr("reprojected from VN-2000 / TM-3 107-45 to degrees of WGS 84, which GeoJSON asks for"));
    EXPECT_EQ(lines(read->table), original_lines());
    EXPECT_EQ(read->crs, Crs::wgs84());
    const Geometry expected = Transform::between(everything()->crs, Crs::wgs84())->apply(polygons());
    ASSERT_TRUE(std::ranges::equal(read->geometry.part_offsets(), expected.part_offsets()));
    for (uint32_t f : {0U, 2U}) {
        EXPECT_NEAR(read->geometry.box_of(f).min_x, expected.box_of(f).min_x, 1e-9);
        EXPECT_NEAR(read->geometry.box_of(f).max_y, expected.box_of(f).max_y, 1e-9);
    }
}

TEST(WriteGeoJson, keeps_degrees_exactly_and_winds_rings_as_the_standard_says) {
    const TemporaryFolder folder;
    const auto clockwise =
        from_wkt({"POLYGON((107.1 21.2,107.1234567890123 22.7654321098765,108.3 21.9,107.1 21.2))", "",
                  "POLYGON((100 0,101 0,101 1,100 1,100 0),(100.2 0.2,100.2 0.8,100.8 0.8,100.2 0.2))"});
    const auto dataset = dataset_of(every_type(), clockwise, "EPSG:4326");
    const auto [said, read] = round_trip(dataset, "a.json", folder);
    EXPECT_THAT(said, IsEmpty());
    expect_same_shapes(read->geometry, clockwise);
    // RFC 7946, 3.1.6: outer rings turn counter-clockwise. The shoelace sum of the first one was negative.
    double twice_area = 0;
    const auto ring = read->geometry.ring(0);
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
        twice_area += ring[i].x * ring[i + 1].y - ring[i + 1].x * ring[i].y;
    EXPECT_GT(twice_area, 0);
}

TEST(WriteGeoJson, says_what_it_cannot_hold) {
    const TemporaryFolder folder;
    std::vector<Column> columns;
    columns.emplace_back("r", ColumnType::real, std::vector<double>{infinity, 1});
    columns.emplace_back("n", ColumnType::integer, std::vector<int64_t>{0, 0}, std::vector<uint8_t>{0, 0});
    columns.emplace_back("t", ColumnType::text, std::vector<std::string>{"2025-07-01", "2025/07/02"});
    columns.emplace_back("e", ColumnType::text, std::vector<std::string>{"", "x"});
    const auto dataset = dataset_of(Table(std::move(columns), 2), from_wkt({"POINT(450000 2380000)", ""}), nullptr);
    const auto [said, read] = round_trip(dataset, "a.geojson", folder);
    EXPECT_THAT(said, ElementsAre("a.geojson: its coordinate system is unknown: the coordinates are written as they "
                                  "are, though readers of GeoJSON take them for degrees (WGS 84).",
                                  "a.geojson, field r: 1 infinite number becomes “no value”.",
                                  "a.geojson, field n: it has no value to tell its type (whole number) from, and is "
                                  "read as text.",
                                  "a.geojson, field t: its texts all look like dates and are read as dates."));
    EXPECT_THAT(lines(read->table),
                ElementsAre("r number ∅|1", "n text ∅|∅", "t date 2025-07-01|2025-07-02", "e text |x"));
    EXPECT_EQ(read->geometry.points().front(), (Point{450000, 2380000}));
}

TEST(WriteShapefile, gives_back_shapes_crs_and_text_and_says_what_types_become) {
    const TemporaryFolder folder;
    const auto [said, read] = round_trip(everything(), "xã.shp", folder);
    EXPECT_THAT(said, ElementsAre("xã.shp, field is_border: yes or no is kept as 1 or 0.",
                                  "xã.shp, field at: dates and times are kept as text."));
    auto expected = original_lines();
    expected[2] = "is_border whole number 1|∅|0";
    expected[6] = "at text 2025-07-01T10:20:30.123Z|∅|1969-12-31T23:59:59.999Z";
    EXPECT_EQ(lines(read->table), expected);
    expect_same_shapes(read->geometry, polygons());
    EXPECT_EQ(read->crs.code(), "EPSG:5899");
    EXPECT_THAT(folder.names(), ElementsAre("xã.cpg", "xã.dbf", "xã.prj", "xã.shp", "xã.shx"));
    EXPECT_EQ(whole_file(folder.path() / "xã.cpg"), "UTF-8");
}

TEST(WriteShapefile, warns_of_every_name_text_and_number_that_is_cut) {
    const TemporaryFolder folder;
    std::vector<Column> columns;
    const std::string long_text = std::string(253, 'a') + "ã" + "b";  // 256 bytes, ã in bytes 254 and 255
    columns.emplace_back("thấp còi 2021", ColumnType::text, std::vector<std::string>{long_text, ""});
    columns.emplace_back("thấp còi 2022", ColumnType::real, std::vector<double>{1.0 / 3, 1e9});
    columns.emplace_back("THẤP CÒ", ColumnType::integer, std::vector<int64_t>{1, 1'000'000'000'000'000'000});
    columns.emplace_back("huge", ColumnType::real, std::vector<double>{1e300, -infinity});
    const auto dataset = dataset_of(Table(std::move(columns), 2), from_wkt({"POINT(1 2)", "POINT(3 4)"}), "EPSG:4326");
    const auto [said, read] = round_trip(dataset, "a.shp", folder);
    // ấ takes three bytes of UTF-8 and ò two, so that "thấp cò" and "THẤP CÒ" have just 10.
    EXPECT_THAT(
        said,
        ElementsAre("a.shp: 2 columns got other names, of at most 10 bytes: thấp còi 2021 → thấp cò; thấp còi 2022 → "
                    "thấp c_2.",
                    "a.shp, field thấp còi 2021: 1 empty text becomes “no value”.",
                    "a.shp, field thấp còi 2021: 1 text is longer than the 254 bytes there is room for and was cut: " +
                        std::string(40, 'a') + "….",
                    "a.shp, field thấp còi 2022: 1 number was rounded to 15 decimals.",
                    "a.shp, field THẤP CÒ: it holds whole numbers of more than 17 digits and is kept as text.",
                    "a.shp, field huge: 1 infinite number becomes “no value”.",
                    "a.shp, field huge: its numbers are too large and are kept as text."));
    EXPECT_THAT(lines(read->table), ElementsAre("thấp cò text " + std::string(253, 'a') + "|∅",
                                                "thấp c_2 number 0.333333333333333|1000000000",
                                                "THẤP CÒ text 1|1000000000000000000", "huge text 1e+300|∅"));
}

TEST(WriteShapefile, replaces_all_files_of_the_old_one_or_none) {
    const TemporaryFolder folder;
    ASSERT_TRUE(write_all(folder.path() / "a.shp", {everything()}));
    put(folder.path() / "a.qix", "an index of the old shapes");
    put(folder.path() / "a.txt", "not its own");
    const auto unknown = dataset_of(every_type(), polygons(), nullptr);
    ASSERT_TRUE(write_all(folder.path() / "a.shp", {unknown}));
    EXPECT_THAT(folder.names(), ElementsAre("a.cpg", "a.dbf", "a.shp", "a.shx", "a.txt"));

    const std::string before = whole_file(folder.path() / "a.shp");
    Progress progress;
    progress.cancel();
    const auto cancelled = write_datasets(folder.path() / "a.shp", std::vector{everything()}, {}, progress);
    ASSERT_FALSE(cancelled);
    EXPECT_EQ(cancelled.error().kind, ErrorKind::cancelled);
    EXPECT_EQ(whole_file(folder.path() / "a.shp"), before);
    EXPECT_THAT(folder.names(), ElementsAre("a.cpg", "a.dbf", "a.shp", "a.shx", "a.txt"));
}

TEST(WriteCsv, gives_back_values_and_shapes_as_text_in_degrees) {
    const TemporaryFolder folder;
    const auto written = write_all(folder.path() / "a.csv", {everything()});
    ASSERT_TRUE(written);
    const auto said = texts_of(*written);
    ASSERT_EQ(said.size(), 5U);
    EXPECT_THAT(said[0], HasSubstr("reprojected from VN-2000 / TM-3 107-45 to degrees of WGS 84"));
    EXPECT_EQ(said[1], "a.csv, field is_border: yes or no is written as the text true or false.");
    EXPECT_EQ(said[2], "a.csv, field day: dates are kept as text.");
    EXPECT_EQ(said[3], "a.csv, field at: dates and times are kept as text.");
    EXPECT_EQ(said[4], "a.csv: 1 row without any value is passed over when the file is read.");
    const std::string text = whole_file(folder.path() / "a.csv");
    EXPECT_TRUE(
        text.starts_with("mã xã,name,is_border,households,rate,day,at,WKT\n"
                         "06838,\"Bình Liêu, \"\"cũ\"\"\",true,1234,0.1,2025-07-01,2025-07-01T10:20:30.123Z,"
                         "\"MULTIPOLYGON (((107."))
        << text;
    EXPECT_THAT(text, HasSubstr("\n,,,,,,,\n06841,\"Hoành Mô\nĐồng Văn\",false,-9007199254740993,123456.7890123,"
                                "1960-02-28,1969-12-31T23:59:59.999Z,\"POLYGON ((107."));
}

TEST(WriteCsv, writes_points_as_two_columns_unless_the_table_has_them) {
    const TemporaryFolder folder;
    std::vector<Column> columns;
    columns.emplace_back("code", ColumnType::text, std::vector<std::string>{"01", "02"});
    const auto dataset =
        dataset_of(Table(columns, 2), from_wkt({"POINT(107.1234567890123 21.2)", "POINT(108 22)"}), "EPSG:4326");
    const auto [said, read] = round_trip(dataset, "a.csv", folder);
    EXPECT_THAT(said, IsEmpty());
    EXPECT_EQ(whole_file(folder.path() / "a.csv"), "code,lon,lat\n01,107.1234567890123,21.2\n02,108,22\n");
    EXPECT_EQ(read->geometry, dataset->geometry);
    EXPECT_EQ(read->crs, Crs::wgs84());

    ASSERT_TRUE(write_all(folder.path() / "b.csv", {read}, {.byte_order_mark = true}));
    EXPECT_EQ(whole_file(folder.path() / "b.csv"), "\xEF\xBB\xBF" + whole_file(folder.path() / "a.csv"));
    EXPECT_EQ(read_one(folder.path() / "b.csv")->table, read->table);
}

TEST(WriteXlsx, gives_back_the_table_and_points_and_says_that_other_shapes_stay_behind) {
    const TemporaryFolder folder;
    const auto [said, read] = round_trip(everything(), "a.xlsx", folder);
    EXPECT_THAT(said,
                ElementsAre("a.xlsx, layer xã: its shapes are not written: of shapes, XLSX holds single points alone.",
                            "a.xlsx, layer xã, field households: it holds whole numbers of more than 15 digits "
                            "and is kept as text.",
                            "a.xlsx, layer xã: 1 row without any value is passed over when the file is read."));
    EXPECT_THAT(lines(read->table),
                ElementsAre("mã xã text 06838|06841", "name text Bình Liêu, \"cũ\"|Hoành Mô\nĐồng Văn",
                            "is_border yes or no true|false",
                            // Kept as text, and told from the text to be numbers.
                            "households whole number 1234|-9007199254740993", "rate number 0.1|123456.7890123",
                            "day date 2025-07-01|1960-02-28",
                            // Excel's days are doubles: a time is good to a millisecond.
                            "at date and time 2025-07-01T10:20:30.123Z|1969-12-31T23:59:59.999Z"));

    const auto points = dataset_of(every_type(), from_wkt({"POINT(107.5 21.25)", "POINT(107 21)", "POINT(108 22)"}),
                                   "EPSG:4326", "A very long name: of more than [31] letters");
    const auto again = round_trip(points, "b.xlsx", folder);
    EXPECT_THAT(again.said, testing::Contains("b.xlsx, layer A very long name_ of more than : the layer “A very long "
                                              "name: of more than [31] letters” got another name."));
    EXPECT_EQ(again.read->geometry, points->geometry);
}

TEST(WriteDatasets, refuses_what_makes_no_file_and_leaves_nothing) {
    const TemporaryFolder folder;
    const auto error = [&](const char* file, const std::vector<DatasetPtr>& datasets) {
        const auto written = write_all(folder.path() / file, datasets);
        EXPECT_FALSE(written);
        EXPECT_EQ(written.error().kind, ErrorKind::wrong_usage);
        return written.error().what + " / " + written.error().remedy;
    };
    EXPECT_EQ(error("a.kmz", {everything()}),
              "Diaban does not write .kmz files / Name a file that ends in one of .gpkg, .geojson, .json, .fgb, .shp, "
              ".csv, .xlsx.");
    EXPECT_THAT(error("a", {everything()}), HasSubstr("has no extension"));
    EXPECT_THAT(error("a.gpkg", {}), HasSubstr("nothing to write"));
    EXPECT_EQ(error("a.geojson", {everything(), everything()}),
              "2 layers do not go into a GeoJSON file, which holds one / Write a GeoPackage (.gpkg), or one layer at a "
              "time.");
    EXPECT_THAT(error("a.shp", {dataset_of(every_type(), {}, nullptr)}), HasSubstr("without shapes"));
    EXPECT_THAT(error("a.fgb", {dataset_of(every_type(), from_wkt({"", "", ""}), nullptr)}),
                HasSubstr("without shapes"));
    const auto no_folder = write_all(folder.path() / "none" / "a.gpkg", {everything()});
    EXPECT_EQ(no_folder.error().kind, ErrorKind::bad_input);
    EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(WriteDatasets, knows_an_output_that_is_an_input) {
    const TemporaryFolder folder;
    put(folder.path() / "a.gpkg", "x");
    std::filesystem::create_symlink("a.gpkg", folder.path() / "link.gpkg");
    const auto check = [&](const std::string& out, const std::string& in) {
        const std::vector inputs{folder.path() / "other.csv", folder.path() / in};
        return check_output(folder.path() / out, inputs).has_value();
    };
    EXPECT_TRUE(check("b.gpkg", "a.gpkg"));
    EXPECT_FALSE(check("a.gpkg", "a.gpkg"));
    EXPECT_FALSE(check("link.gpkg", "a.gpkg"));
    EXPECT_FALSE(check("x/../a.gpkg", "a.gpkg"));
    EXPECT_FALSE(check("b.shp", "b.dbf"));
    EXPECT_TRUE(check("b.shp", "b.csv"));
    EXPECT_FALSE(check("b.kml", "a.gpkg"));
}

/// While it lives, no file of this process grows past `bytes`.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) {
        old_handler_ = std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &old_);
        const rlimit small{bytes, old_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~FullDisk() {
        setrlimit(RLIMIT_FSIZE, &old_);
        std::signal(SIGXFSZ, old_handler_);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit old_{};
    void (*old_handler_)(int) = nullptr;
};

DatasetPtr many_points(std::size_t count) {
    GeometryBuilder builder(GeometryKind::point);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < count; ++i) {
        const Point p{100 + static_cast<double>(i % 1000) / 1000, 10 + static_cast<double>(i) / 1e6};
        builder.begin_feature();
        builder.begin_part();
        builder.add_ring({&p, 1});
        texts.push_back("point number " + std::to_string(i));
    }
    std::vector<Column> columns;
    columns.emplace_back("text", ColumnType::text, std::move(texts));
    return dataset_of(Table(std::move(columns), count), std::move(builder).finish(), "EPSG:4326");
}

TEST(WriteDatasets, leaves_the_old_file_when_the_disk_is_full_or_the_user_cancels) {
    const auto points = many_points(20'000);
    for (const std::string& extension : written_extensions()) {
        SCOPED_TRACE(extension);
        const TemporaryFolder folder;
        const auto path = folder.path() / ("a" + extension);
        ASSERT_TRUE(write_all(path, {many_points(3)}));
        const auto names = folder.names();
        const std::string before = whole_file(path);
        {
            const FullDisk full(100'000);
            const auto written = write_all(path, {points});
            ASSERT_FALSE(written);
            EXPECT_EQ(written.error().kind, ErrorKind::bad_input);
            EXPECT_THAT(written.error().what, HasSubstr("cannot be written"));
        }
        EXPECT_EQ(whole_file(path), before);
        EXPECT_EQ(folder.names(), names);

        Progress progress;
        progress.cancel();
        EXPECT_EQ(write_datasets(path, std::vector{points}, {}, progress).error().kind, ErrorKind::cancelled);
        EXPECT_EQ(whole_file(path), before);
        EXPECT_EQ(folder.names(), names);
    }
}

}  // namespace
}  // namespace diaban
