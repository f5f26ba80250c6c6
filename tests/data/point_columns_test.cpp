#include "data/places/point_columns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/files.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Column text_column(const std::string& name, std::vector<std::string> cells) {
    std::vector<uint8_t> present;
    for (const std::string& cell : cells)
        present.push_back(cell.empty() ? 0 : 1);
    return {name, ColumnType::text, std::move(cells), std::move(present)};
}
Column numbers(const std::string& name, std::vector<double> values) {
    return {name, ColumnType::real, std::move(values)};
}
Table table(std::vector<Column> columns) {
    const std::size_t rows = columns.front().size();
    return Table(std::move(columns), rows);
}

/// "lon|lat", "cell|" for whole points, "-" for none.
std::string found(const Table& t, const std::optional<Box>& near = {}) {
    const auto columns = find_point_columns(t, near);
    return columns ? columns->x + "|" + columns->y : "-";
}

TEST(FindPointColumns, knows_headers_in_three_languages_and_with_units) {
    const std::vector<std::pair<std::string, std::string>> pairs{{"lon", "lat"},
                                                                 {"LNG", "LAT"},
                                                                 {"long", "lat"},
                                                                 {"Longitude", "Latitude"},
                                                                 {"Kinh độ", "Vĩ độ"},
                                                                 {"kinh_do", "vi_do"},
                                                                 {"KINH ĐỘ (Đông)", "VĨ ĐỘ (Bắc)"},
                                                                 {"Bujur", "Lintang"},
                                                                 {"_gps_longitude", "_gps_latitude"},
                                                                 {"x", "y"},
                                                                 {"POINT_X", "POINT_Y"},
                                                                 {"Tọa độ X", "Tọa độ Y"},
                                                                 {"Toạ độ X (WGS84)", "Toạ độ Y (WGS84)"},
                                                                 {"X_coord", "Y_coord"}};
    for (const auto& [x, y] : pairs)
        EXPECT_EQ(found(table({text_column("tên", {"A", "B"}), numbers(y, {21.5233, 21.4})  // y before x
                               ,
                               numbers(x, {107.4019, 107.5})})),
                  x + "|" + y);
    EXPECT_EQ(found(table({numbers("X (m)", {452345.2, 453000}), numbers("Y (m)", {2379123, 2380000})})),
              "X (m)|Y (m)");
    EXPECT_EQ(found(table({numbers("Easting", {300000}), numbers("Northing", {5'412'000})})), "Easting|Northing");
}

TEST(FindPointColumns, knows_columns_of_whole_points) {
    for (const char* name : {"Tọa độ", "coordinates", "location", "GPS", "Kinh độ, vĩ độ", "lat/lon", "anything"})
        EXPECT_EQ(found(table({text_column(name, {"21.5233, 107.4019", "", "21.4, 107.55"})})), std::string(name) + "|")
            << name;
    for (const char* name : {"wkt", "geom", "the_geom", "anything"})
        EXPECT_EQ(found(table({text_column(name, {"POINT(1 2)", "SRID=4326;POINT(1 2)"})})), std::string(name) + "|");
    // By the letters in the cells alone.
    EXPECT_EQ(found(table({text_column("a", {"21°31'B", "21°30'B"}), text_column("b", {"107°24'Đ", "107°30'Đ"})})),
              "b|a");
}

TEST(FindPointColumns, leaves_other_tables_alone) {
    EXPECT_EQ(found(table({numbers("x", {1, 2, 3}), numbers("y", {2, 4, 6})})), "-");
    EXPECT_EQ(found(table({numbers("x", {1.5, 2.5}), numbers("y", {200, 400})})), "-");
    EXPECT_EQ(found(table({text_column("location", {"Hà Nội, Việt Nam", "Hạ Long"})})), "-");
    EXPECT_EQ(found(table({numbers("lat", {21.5})})), "-");
    EXPECT_EQ(found(table({text_column("lon", {"xa", "gần"}), text_column("lat", {"a", "b"})})), "-");
    EXPECT_EQ(found(table({text_column("ngày", {"12/05/2025", "13/05/2025"}), numbers("n", {3, 4})})), "-");
    EXPECT_EQ(found(table({text_column("rate", {"12,5", "13,25"})})), "-");
    EXPECT_EQ(found(table({text_column("lon", {"", ""}), text_column("lat", {"", ""})})), "-");
    EXPECT_EQ(found(Table()), "-");
    // Metres under bare names that lie nowhere in Vietnam count once something is open where they lie.
    const Table france = table({numbers("x", {452'000}), numbers("y", {5'411'000})});
    EXPECT_EQ(found(france), "-");
    EXPECT_EQ(found(france, Box{1.4, 48.1, 3.6, 49.3}), "x|y");
}

TEST(PointsFromTable, takes_two_columns_and_lists_each_cell_that_is_none) {
    const Table t = table({text_column("Kinh độ", {"107°24'07\"", "107,5", "xa lắm", "", "107.4"}),
                           text_column("Vĩ độ", {"21°31'24\"", "21,25", "21.5", "", ""})});
    const TablePoints points = points_from_table(t, {"Kinh độ", "Vĩ độ"});
    EXPECT_EQ(points.crs, Crs::wgs84());
    EXPECT_EQ(points.geometry.feature_count(), 5U);
    ASSERT_THAT(points.geometry.points(), SizeIs(2));
    EXPECT_NEAR(points.geometry.points()[0].x, 107 + 24.0 / 60 + 7.0 / 3600, 1e-9);
    EXPECT_EQ(points.geometry.points()[1], (Point{107.5, 21.25}));
    EXPECT_THAT(points.unread, ElementsAre(UnreadColumn{"Kinh độ", {{3, "xa lắm"}}}, UnreadColumn{"Vĩ độ", {{5, ""}}}));
}

TEST(PointsFromTable, reads_metres_with_grouped_thousands) {
    const auto first = [](const std::string& x, const std::string& y, const PointReading& reading = {}) {
        const TablePoints points =
            points_from_table(table({text_column("x", {x}), text_column("y", {y})}), {"x", "y"}, reading);
        EXPECT_FALSE(points.crs.known());
        return points.geometry.points().empty() ? Point{} : points.geometry.points()[0];
    };
    const Point expected{452345.25, 2379123};
    EXPECT_EQ(first("452.345,25", "2.379.123"), expected);
    EXPECT_EQ(first("452,345.25", "2,379,123"), expected);
    EXPECT_EQ(first("452 345,25", "2 379 123"), expected);
    EXPECT_EQ(first("452345.25", "2379123 m"), expected);
    EXPECT_EQ(first("452.345", "2.379.123"), (Point{452345, 2379123}));  // y proves what the point means
    EXPECT_EQ(first("452.345", "952.379", {.numbers = {{"x", NumberConvention::comma_decimal}}}),
              (Point{452345, 952379}));
}

TEST(PointsFromTable, goes_by_letters_before_headers) {
    const TablePoints points =
        points_from_table(table({text_column("X", {"21°30'B"}), text_column("Y", {"107°24'Đ"})}), {"X", "Y"});
    ASSERT_THAT(points.geometry.points(), SizeIs(1));
    EXPECT_NEAR(points.geometry.points()[0].x, 107.4, 1e-9);
}

TEST(PointsFromTable, takes_whole_points_in_the_order_that_the_column_tells) {
    const auto read = [](const std::string& name, std::vector<std::string> cells, const PointReading& reading = {}) {
        return points_from_table(table({text_column(name, std::move(cells))}), {name, {}}, reading);
    };
    const TablePoints vietnam = read("Tọa độ", {"21.5, 107.4", "21,25; 107,5", "?", ""});
    EXPECT_THAT(vietnam.geometry.points(), ElementsAre(Point{107.4, 21.5}, Point{107.5, 21.25}));
    EXPECT_FALSE(vietnam.order_assumed);
    EXPECT_THAT(vietnam.unread, ElementsAre(UnreadColumn{"Tọa độ", {{3, "?"}}}));
    EXPECT_EQ(vietnam.crs, Crs::wgs84());
    const TablePoints paris = read("place", {"48.85, 2.35"});
    EXPECT_THAT(paris.geometry.points(), ElementsAre(Point{2.35, 48.85}));
    EXPECT_TRUE(paris.order_assumed);
    EXPECT_THAT(read("lon, lat", {"2.35, 48.85"}).geometry.points(), ElementsAre(Point{2.35, 48.85}));
    EXPECT_THAT(read("place", {"2.35, 48.85"}, {.near = Box{1.4, 48.1, 3.6, 49.3}}).geometry.points(),
                ElementsAre(Point{2.35, 48.85}));
}

TEST(PointsFromTable, takes_the_shapes_that_wkt_holds) {
    const auto read = [](std::vector<std::string> cells) {
        return points_from_table(table({text_column("wkt", std::move(cells))}), {"wkt", {}});
    };
    const TablePoints areas = read({"POLYGON((107 21,108 21,108 22,107 21))", "", "POINT(107 21)", "POLYGON((",
                                    "MULTIPOLYGON(((1 1,2 1,2 2,1 1)))"});
    EXPECT_EQ(areas.geometry.kind(), GeometryKind::polygon);
    EXPECT_EQ(areas.geometry.feature_count(), 5U);
    EXPECT_TRUE(areas.geometry.has_geometry(4));
    EXPECT_FALSE(areas.geometry.has_geometry(2));
    EXPECT_EQ(areas.other_kinds, 1);
    EXPECT_THAT(areas.unread, ElementsAre(UnreadColumn{"wkt", {{4, "POLYGON(("}}}));
    EXPECT_EQ(areas.crs, Crs::wgs84());
    EXPECT_EQ(read({"SRID=5899;POINT(452345 2379123)"}).crs.code(), "EPSG:5899");
    EXPECT_FALSE(read({"POINT(452345 2379123)"}).crs.known());
    EXPECT_EQ(read({"LINESTRING(0 0,1 1)"}).geometry.kind(), GeometryKind::line);
}

// ── through read() ──

TEST(ReadPoints, puts_a_csv_on_the_map_and_lists_the_rows_that_are_not) {
    const TemporaryFolder folder;
    put(folder.path() / "tram.csv",
        "Tên,Kinh độ,Vĩ độ\nBình Liêu,\"107°24'07\"\"Đ\",\"21°31'24\"\"B\"\nHoành Mô,không rõ,21°36'B\nMóng "
        "Cái,107°58'Đ,21°32'B\n");
    const auto dataset = read_one(folder.path() / "tram.csv");
    EXPECT_EQ(dataset->geometry.kind(), GeometryKind::point);
    EXPECT_EQ(dataset->crs, Crs::wgs84());
    EXPECT_THAT(
        texts_of(dataset->diagnostics),
        testing::Contains(testing::HasSubstr("field Kinh độ, row 3: 1 value could not be read: row 3: “không rõ”")));
    ASSERT_TRUE(dataset->import);
    EXPECT_EQ(dataset->import->points, (PointColumns{"Kinh độ", "Vĩ độ"}));
    EXPECT_THAT(dataset->import->find("Kinh độ")->unread, ElementsAre(UnreadCell{3, "không rõ"}));
}

TEST(ReadPoints, does_as_the_user_says) {
    const TemporaryFolder folder;
    put(folder.path() / "t.csv", "lon,lat,a,b\n107.5,21.5,107.6,21.6\n");
    ReadOptions options;
    options.import.no_points = true;
    EXPECT_FALSE(read_one(folder.path() / "t.csv", options)->has_geometry());
    options = {};
    options.import.points = PointColumns{"a", "b"};
    EXPECT_THAT(read_one(folder.path() / "t.csv", options)->geometry.points(), ElementsAre(Point{107.6, 21.6}));
    options.import.points = PointColumns{"a", "none"};
    const auto dataset = read_one(folder.path() / "t.csv", options);
    EXPECT_FALSE(dataset->has_geometry());
    EXPECT_THAT(texts_of(dataset->diagnostics),
                ElementsAre("t.csv: there is no column “none” to take coordinates from."));
}

}  // namespace
}  // namespace diaban
