#include "data/sql/sql_console.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <thread>

#include "data/files.h"

namespace diaban {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;
using Integers = std::vector<int64_t>;
using Reals = std::vector<double>;
using Texts = std::vector<std::string>;
using Clock = std::chrono::steady_clock;

Geometry from_wkt(std::initializer_list<std::string_view> features) {
    const std::vector<std::string_view> texts(features);
    return geometry_from_wkt(texts);
}

DatasetPtr dataset_of(std::vector<Column> columns, Geometry geometry, const char* crs) {
    Dataset dataset;
    const std::size_t rows = columns.front().size();
    dataset.table = Table(std::move(columns), rows);
    dataset.geometry = std::move(geometry);
    if (crs) dataset.crs = Crs::from_text(crs).value();
    return std::make_shared<const Dataset>(std::move(dataset));
}

std::shared_ptr<const Features> features_of(DatasetPtr dataset) {
    return std::make_shared<const Features>(std::move(dataset));
}

/// Three squares of 2 km in Quảng Ninh's zone, side by side, and a commune without a shape.
SqlTable communes(const char* crs = "EPSG:5899") {
    return {"communes",
            features_of(dataset_of(
                {Column("code", ColumnType::text, Texts{"06838", "06841", "06862", "06868"}),
                 Column("name", ColumnType::text, Texts{"Bình Liêu", "Hoành Mô", "Lục Hồn", "Đồng Văn"}),
                 Column("households", ColumnType::integer, Integers{100, 250, 0, 40}, {1, 1, 0, 1}),
                 Column("rate", ColumnType::real, Reals{0.5, 0.25, 2, NAN})},
                from_wkt({"POLYGON((500000 2300000,502000 2300000,502000 2302000,500000 2302000,500000 2300000))",
                          "POLYGON((502000 2300000,504000 2300000,504000 2302000,502000 2302000,502000 2300000))",
                          "POLYGON((504000 2300000,506000 2300000,506000 2302000,504000 2302000,504000 2300000))", ""}),
                crs))};
}

SqlTable posts() {
    return {"posts",
            features_of(dataset_of(
                {Column("post", ColumnType::text, Texts{"A", "B", "C"})},
                from_wkt({"POINT(500500 2300500)", "POINT(501000 2301000)", "POINT(505000 2301000)"}), "EPSG:5899"))};
}

Expected<DatasetPtr> ask(std::string_view sql, const std::vector<SqlTable>& tables, const SqlOptions& options = {}) {
    Progress progress;
    return run_sql(sql, tables, options, progress);
}

/// The answer to what has to be right.
DatasetPtr answer(std::string_view sql, const std::vector<SqlTable>& tables) {
    auto result = ask(sql, tables);
    if (!result) throw std::runtime_error(to_text(result.error()));
    return *result;
}

std::vector<std::string> column(const Dataset& dataset, std::string_view name) {
    std::vector<std::string> texts;
    const Column* found = dataset.table.find(name);
    if (!found) return {"no column"};
    for (std::size_t row = 0; row < found->size(); ++row)
        texts.push_back(found->is_null(row) ? "null" : found->text(row));
    return texts;
}

std::string refusal(std::string_view sql, const std::vector<SqlTable>& tables = {communes(), posts()}) {
    const auto result = ask(sql, tables);
    if (result) return "no refusal";
    EXPECT_EQ(result.error().kind, ErrorKind::wrong_usage);
    return to_text(result.error());
}

// ── asking ──

TEST(Sql, gives_the_rows_that_are_asked_for) {
    const auto rows =
        answer("select name, households * 2 as twice from communes where households > 60 order by name", {communes()});
    EXPECT_FALSE(rows->has_geometry());
    EXPECT_THAT(column(*rows, "name"), ElementsAre("Bình Liêu", "Hoành Mô"));
    EXPECT_THAT(column(*rows, "twice"), ElementsAre("200", "500"));
    EXPECT_EQ(rows->table.find("twice")->type(), ColumnType::integer);
    EXPECT_THAT(rows->diagnostics, IsEmpty());
}

TEST(Sql, needs_no_table) {
    EXPECT_THAT(column(*answer("VALUES (1), (2)", {}), "column1"), ElementsAre("1", "2"));
    EXPECT_THAT(
        column(*answer("with n(i) as (select 1 union all select i + 1 from n where i < 3) select i from n", {}), "i"),
        ElementsAre("1", "2", "3"));
    EXPECT_GT(answer("explain query plan select * from communes", {communes()})->size(), 0U);
    EXPECT_EQ(answer("  -- a remark\n/* another */ ;select 1; -- behind", {})->size(), 1U);
}

TEST(Sql, finds_a_table_whatever_its_capitals_and_quotes) {
    for (const char* sql : {"select count(*) as n from COMMUNES", "select count(*) as n from \"Communes\"",
                            "select count(*) as n from [communes]", "select count(*) as n from `communes`"})
        EXPECT_THAT(column(*answer(sql, {communes()}), "n"), ElementsAre("4")) << sql;
}

TEST(Sql, gives_every_type_and_null_back_as_it_was) {
    const std::vector<uint8_t> present{1, 0, 1};
    std::vector<Column> columns;
    columns.emplace_back("mã xã", ColumnType::text, Texts{"06838", "", ""}, present);
    columns.emplace_back("is_border", ColumnType::boolean, Integers{1, 0, 0}, present);
    columns.emplace_back("big", ColumnType::integer, Integers{9007199254740993, 0, -1}, present);
    columns.emplace_back("rate", ColumnType::real, Reals{3, 0, 0.1}, present);
    columns.emplace_back("day", ColumnType::date, Integers{20270, 0, -3595}, present);  // 2025-07-01, 1960-02-28
    columns.emplace_back("at", ColumnType::date_time, Integers{1751365230123, 0, -1}, present);
    const auto table = dataset_of(std::move(columns), {}, nullptr);
    const auto back = answer("select * from t", {{"t", features_of(table)}});
    EXPECT_EQ(back->table, table->table);
    // Through a sub-select, and in the order of dates.
    const auto days = answer("select day, \"at\" from (select * from t) where day is not null order by day",
                             {{"t", features_of(table)}});
    EXPECT_EQ(days->table.find("day")->type(), ColumnType::date);
    EXPECT_THAT(column(*days, "day"), ElementsAre("1960-02-28", "2025-07-01"));
    EXPECT_EQ(days->table.find("at")->type(), ColumnType::date_time);
    // Columns without a value keep their types, too.
    EXPECT_EQ(
        answer("select * from t where \"mã xã\" = 'none'", {{"t", features_of(table)}})->table.find("rate")->type(),
        ColumnType::real);
}

TEST(Sql, tells_the_type_of_an_expression_from_all_its_values_and_not_from_the_first) {
    const auto mixed = answer("select * from (values (1, 1, null, 'a'), (2.5, 'two', 7, x'00ff'))", {});
    EXPECT_THAT(column(*mixed, "column1"), ElementsAre("1", "2.5"));
    EXPECT_EQ(mixed->table.find("column1")->type(), ColumnType::real);
    EXPECT_THAT(column(*mixed, "column2"), ElementsAre("1", "two"));
    EXPECT_EQ(mixed->table.find("column3")->type(), ColumnType::integer);
    EXPECT_THAT(column(*mixed, "column4"), ElementsAre("a", "00FF"));
    const auto dates = dataset_of({Column("day", ColumnType::date, Integers{20270, 20000})}, {}, nullptr);
    EXPECT_EQ(answer("select max(day) as last from t", {{"t", features_of(dates)}})->table.find("last")->type(),
              ColumnType::date);
}

TEST(Sql, names_columns_so_that_each_is_found) {
    EXPECT_THAT(column(*answer("select 1 as a, 2 as a, 3 as A", {}), "a_2"), ElementsAre("2"));
    const SqlTable table{"t", features_of(dataset_of({Column("Name", ColumnType::text, Texts{"x"}),
                                                      Column("name", ColumnType::text, Texts{"y"}),
                                                      Column("geometry", ColumnType::text, Texts{"z"})},
                                                     from_wkt({"POINT(1 2)"}), nullptr))};
    EXPECT_THAT(sql_columns(*table.features),
                ElementsAre(SqlColumn{"Name", ColumnType::text}, SqlColumn{"name_2", ColumnType::text},
                            SqlColumn{"geometry_2", ColumnType::text}, SqlColumn{"geometry", {}}));
    EXPECT_THAT(column(*answer("select name_2, geometry_2 from t", {table}), "geometry_2"), ElementsAre("z"));
    EXPECT_EQ(sql_name("name"), "name");
    EXPECT_EQ(sql_name("malnutrition.stunted"), "\"malnutrition.stunted\"");
    EXPECT_EQ(sql_name("Group"), "\"Group\"");
    EXPECT_EQ(sql_name("say \"so\""), "\"say \"\"so\"\"\"");
}

TEST(Sql, sees_the_columns_of_joined_tables_at_the_tables_year) {
    Features features(dataset_of({Column("code", ColumnType::text, Texts{"06838", "06841"})}, {}, nullptr));
    const auto counts = dataset_of({Column("code", ColumnType::text, Texts{"06838", "06838", "06841"}),
                                    Column("year", ColumnType::integer, Integers{2024, 2025, 2025}),
                                    Column("stunted", ColumnType::integer, Integers{30, 20, 5})},
                                   {}, nullptr);
    ASSERT_TRUE(features.join({"malnutrition", counts, "code", "code", "year"}));
    const std::size_t in_2024 = features.time_index(2024), in_2025 = features.time_index(2025);
    const auto shared = std::make_shared<const Features>(std::move(features));
    const char* sql = "select \"malnutrition.stunted\" as n from communes order by code";
    EXPECT_THAT(column(*answer(sql, {{"communes", shared, in_2025}}), "n"), ElementsAre("20", "5"));
    EXPECT_THAT(column(*answer(sql, {{"communes", shared, in_2024}}), "n"), ElementsAre("30", "null"));
    EXPECT_EQ(refusal("select malnutrition.stunted from communes", {{"communes", shared, in_2025}}),
              "at character 8: no such column: malnutrition.stunted. A name with a dot in it is written in double "
              "quotes: \"malnutrition.stunted\".");
}

TEST(Sql, says_that_there_are_more_rows_than_are_wanted) {
    const auto two = ask("select name from communes", {communes()}, {.most_rows = 2});
    ASSERT_TRUE(two);
    EXPECT_EQ((*two)->size(), 2U);
    EXPECT_THAT(texts_of((*two)->diagnostics), ElementsAre("these are the first 2 rows; there are more."));
    EXPECT_THAT((*ask("select name from communes", {communes()}, {.most_rows = 4}))->diagnostics, IsEmpty());
}

// ── shapes ──

TEST(Sql, gives_shapes_back_to_the_last_bit_in_their_own_system) {
    const Geometry shapes = from_wkt({"MULTIPOLYGON(((0.1 0,9 0,9 9,0.1 0),(2 1,8 1,8 7,2 1)),((20 0,21 0,21 1,20 0)))",
                                      "", "POLYGON((30 0,31 0,31 1,30 0))"});
    const std::vector<Column> columns{Column("n", ColumnType::integer, Integers{1, 2, 3})};
    const SqlTable table{"t", features_of(dataset_of(columns, shapes, "EPSG:5899"))};
    const auto all = answer("select * from t", {table});
    EXPECT_EQ(all->geometry, shapes);
    EXPECT_EQ(all->crs.code(), "EPSG:5899");
    EXPECT_EQ(all->table, table.features->base().table);
    for (const auto& [wkt, kind] :
         {std::pair("LINESTRING(0 0,1 1,2 0)", GeometryKind::line),
          std::pair("MULTILINESTRING((0 0,1 1),(5 5,6 6))", GeometryKind::line),
          std::pair("POINT(1 2)", GeometryKind::point), std::pair("MULTIPOINT(1 2,3 4)", GeometryKind::point)}) {
        const SqlTable one{
            "t", features_of(dataset_of({Column("n", ColumnType::integer, Integers{1})}, from_wkt({wkt}), nullptr))};
        const auto back = answer("select geometry, n from t", {one});
        EXPECT_EQ(back->geometry, from_wkt({wkt})) << wkt;
        EXPECT_EQ(back->geometry.kind(), kind);
        EXPECT_FALSE(back->crs.known());
    }
}

TEST(Sql, measures_and_transforms_as_GEOS_and_PROJ_do) {
    const auto areas = answer(
        "select st_area(geometry) as a, st_srid(geometry) as s from communes where code = '06838'", {communes()});
    EXPECT_THAT(column(*areas, "a"), ElementsAre("4000000"));
    EXPECT_THAT(column(*areas, "s"), ElementsAre("5899"));
    // By cs2cs 9.1.1: 500000 2300000 in EPSG:5899 is 107.751874029 E, 20.792636102 N.
    const auto degrees = answer(
        "select st_transform(st_centroid(st_pointn(st_exteriorring(geometry), 1)), 4326) as p "
        "from communes where code = '06838'",
        {communes()});
    ASSERT_EQ(degrees->geometry.kind(), GeometryKind::point);
    EXPECT_EQ(degrees->crs, Crs::wgs84());
    EXPECT_NEAR(degrees->geometry.points()[0].x, 107.751874029, 1e-9);
    EXPECT_NEAR(degrees->geometry.points()[0].y, 20.792636102, 1e-9);
    // Along the meridian from 21 to 22 degrees north: 110,723.6 m on WGS 84 (GeographicLib's GeodSolve).
    const auto metres = answer("select st_distance(makepoint(107,21,4326), makepoint(107,22,4326), 1) as d", {});
    EXPECT_NEAR(metres->table.find("d")->number(0).value_or(0), 110723.609, 0.001);
}

TEST(Sql, joins_tables_by_where_things_lie) {
    const char* sql =
        "select c.name, count(p.post) as posts from communes c left join posts p "
        "on st_contains(c.geometry, p.geometry) = 1 group by c.code order by c.code";
    EXPECT_THAT(column(*answer(sql, {communes(), posts()}), "posts"), ElementsAre("2", "0", "1", "0"));
    const char* indexed =
        "select c.name, count(*) as posts from communes c join posts p on st_contains(c.geometry, p.geometry) "
        "and p.rowid in (select rowid from SpatialIndex where f_table_name = 'posts' and "
        "search_frame = c.geometry) group by c.code order by c.code";
    EXPECT_THAT(column(*answer(indexed, {communes(), posts()}), "posts"), ElementsAre("2", "1"));
}

TEST(Sql, transforms_systems_that_no_authority_knows_and_gives_them_back) {
    const char* local = "+proj=tmerc +lat_0=0 +lon_0=107.5 +k=0.9999 +x_0=500000 +y_0=0 +datum=WGS84 +units=m +no_defs";
    const auto there = answer("select st_transform(geometry, 4326) as geometry from communes", {communes(local)});
    const auto oracle = Transform::between(Crs::from_text(local).value(), Crs::wgs84()).value();
    const Point expected = oracle.apply(Point{500000, 2300000});
    ASSERT_TRUE(there->has_geometry());
    EXPECT_NEAR(there->geometry.points()[0].x, expected.x, 1e-9);
    EXPECT_NEAR(there->geometry.points()[0].y, expected.y, 1e-9);
    EXPECT_EQ(answer("select geometry from communes", {communes(local)})->crs, Crs::from_text(local).value());
    // And one of another authority.
    EXPECT_EQ(answer("select geometry from communes", {communes("ESRI:102028")})->crs.code(), "ESRI:102028");
}

TEST(Sql, keeps_the_commonest_kind_of_shape_and_says_what_it_left_out) {
    const auto mixed = answer("select geometry from posts union all select geometry from communes where code = '06838'",
                              {communes(), posts()});
    EXPECT_EQ(mixed->geometry.kind(), GeometryKind::point);
    EXPECT_EQ(mixed->size(), 4U);
    EXPECT_THAT(texts_of(mixed->diagnostics), ElementsAre("1 shape of another kind than most is left out."));
    const auto two =
        answer("select geometry from posts union all select st_transform(geometry, 4326) from posts", {posts()});
    EXPECT_THAT(texts_of(two->diagnostics), ElementsAre(StartsWith("3 shapes in another coordinate system")));
    EXPECT_EQ(two->crs.code(), "EPSG:5899");
    const auto further = answer("select post, geometry, st_buffer(geometry, 5) as around from posts", {posts()});
    EXPECT_EQ(further->geometry.kind(), GeometryKind::point);
    EXPECT_EQ(further->table.columns().size(), 1U);
    EXPECT_THAT(texts_of(further->diagnostics), ElementsAre(HasSubstr("“around” holds shapes too")));
}

TEST(Sql, knows_the_kind_of_shapes_of_no_rows) {
    const auto none = answer("select * from posts where post = 'Z'", {posts()});
    EXPECT_EQ(none->geometry.kind(), GeometryKind::point);
    EXPECT_EQ(none->size(), 0U);
}

/// The same statement by GDAL's own dialect, over its in-memory layers: an independent way through other tables.
TEST(Sql, answers_as_GDALs_own_dialect_does) {
    const TemporaryFolder folder;
    const std::string text = geojson({{R"("name":"a","n":1)", square(107, 21)},
                                      {R"("name":"b","n":null)", square(108, 21)},
                                      {R"("name":"c","n":5)", ""}});
    put(folder.path() / "squares.geojson", text);
    const SqlTable table{"squares", features_of(read_one(folder.path() / "squares.geojson"))};
    const GDALDatasetH file =
        GDALOpenEx((folder.path() / "squares.geojson").c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr);
    ASSERT_NE(file, nullptr);
    for (const char* sql :
         {"select name, n * 2 as x from squares order by name", "select sum(n) as x from squares",
          "select name, st_area(st_transform(geometry, 3405)) as x from squares order by name",
          "select a.name, st_distance(a.geometry, b.geometry, 1) as x from squares a, squares b order by 1, 2",
          "select hstore_get_value('k=>v', 'k') as x"}) {
        const auto ours = answer(sql, {table});
        const OGRLayerH theirs = GDALDatasetExecuteSQL(file, sql, nullptr, "SQLite");
        ASSERT_NE(theirs, nullptr) << sql;
        std::vector<std::string> values;
        while (const OGRFeatureH feature = OGR_L_GetNextFeature(theirs)) {
            const int field = OGR_F_GetFieldIndex(feature, "x");
            values.emplace_back(OGR_F_IsFieldSetAndNotNull(feature, field) ? OGR_F_GetFieldAsString(feature, field)
                                                                           : "null");
            OGR_F_Destroy(feature);
        }
        const auto own = column(*ours, "x");
        ASSERT_EQ(own.size(), values.size()) << sql;
        for (std::size_t i = 0; i < own.size(); ++i)
            if (own[i] != values[i]) {
                EXPECT_NEAR(std::stod(own[i]), std::stod(values[i]), std::abs(std::stod(own[i])) * 1e-12) << sql;
            }
        GDALDatasetReleaseResultSet(file, theirs);
    }
    GDALClose(file);
}

// ── refusing ──

TEST(Sql, says_where_a_name_is_wrong_and_which_was_meant) {
    EXPECT_EQ(refusal("select nam from communes"), "at character 8: no such column: nam. Did you mean “name”?");
    EXPECT_EQ(refusal("select 'Bình', nam from communes"),
              "at character 16: no such column: nam. Did you mean “name”?");
    EXPECT_EQ(refusal("select c.nam from communes c"), "at character 8: no such column: c.nam. Did you mean “name”?");
    EXPECT_EQ(refusal("select * from comunes"), "at character 15: no such table: comunes. Did you mean “communes”?");
    EXPECT_EQ(refusal("select st_aera(geometry) from communes"),
              "at character 8: no such function: st_aera. Did you mean “st_area”?");
    EXPECT_THAT(refusal("select name from communes, communes"), HasSubstr("ambiguous column name: name"));
    EXPECT_THAT(refusal("selec name"), HasSubstr("at character 1: only reading is possible here"));
    EXPECT_THAT(refusal("select name frm communes where"),
                StartsWith("at character 17: near \"communes\": syntax error"));
    EXPECT_THAT(refusal("select name from communes where name = \"Bình Liêu\""), HasSubstr("single quotes"));
    EXPECT_THAT(refusal("select \"nam\" from communes"), HasSubstr("Did you mean “name”?"));
    EXPECT_THAT(refusal("select * from communes where code = ?"), HasSubstr("has no value"));
    const auto error = ask("select nam from communes", {communes()});
    EXPECT_EQ(sql_error_position(error.error()), 8U);
    EXPECT_EQ(sql_error_position({.what = "no place"}), 0U);
}

TEST(Sql, refuses_the_empty_statement_and_a_second_one) {
    for (const char* sql : {"", "  \n ", "-- only a remark", ";;", "/* open"})
        EXPECT_EQ(refusal(sql), "there is no statement. Write one, such as SELECT 1.") << sql;
    EXPECT_EQ(refusal("select 1; select 2"), "at character 11: one statement at a time. Run the others on their own.");
    EXPECT_THAT(refusal("select 1; drop table communes"), HasSubstr("one statement at a time"));
}

TEST(Sql, only_reads) {
    for (const char* sql :
         {"delete from communes", "update communes set name = ''", "insert into communes(name) values ('x')",
          "drop table communes", "create table t(a)", "attach '/tmp/x.db' as x", "pragma journal_mode",
          "vacuum into '/tmp/x.db'", "begin", "detach main", "reindex", "analyze",
          "with x as (select 1) delete from communes", "explain delete from communes",
          "with x as (select 1) insert into communes(name) select 'x' from x"})
        EXPECT_THAT(refusal(sql), HasSubstr("only reading is possible here")) << sql;
    // Functions of SpatiaLite that would write, or reach beyond the tables.
    for (const char* sql :
         {"select createspatialindex('communes', 'geometry')", "select droptable(null, 'communes')",
          "select load_extension('x.so')", "select blobfromfile('/etc/passwd')", "select importshp('a', 'b', 'utf-8')",
          "select exportgeojson2('communes', 'geometry', '/tmp/x')", "select ogr_datasource_load_layers('/tmp/x.gpkg')",
          "select ogr_geocode('Hà Nội')", "select ogr_layer_extent('communes')", "select zipfile_numshp('/tmp/x.zip')",
          "select xb_create(x'00', 1, 'http://example.org/x.xsd')", "select proj_setdatabasepath('/tmp')",
          "select sqlproc_fromfile('/tmp/x')", "select eval('delete from communes')", "select pause()",
          "select * from pragma_database_list"}) {
        const auto result = ask(sql, {communes()});
        ASSERT_FALSE(result) << sql;
        EXPECT_EQ(result.error().kind, ErrorKind::wrong_usage) << sql;
    }
}

TEST(Sql, warns_of_what_SpatiaLite_does_without_a_word) {
    const char* sql = "select count(*) as n from communes c, posts p where st_intersects(c.geometry, p.geometry)";
    EXPECT_THAT(texts_of(answer(sql, {communes(), posts()})->diagnostics),
                ElementsAre(StartsWith("layer communes: 1 row has no shape: conditions such as ST_Contains give -1")));
    SqlTable elsewhere = communes("EPSG:3405");
    elsewhere.name = "posts";
    EXPECT_THAT(texts_of(answer("select a.name, b.name from communes a, posts b where a.geometry = b.geometry",
                                {communes(), elsewhere})
                             ->diagnostics),
                ElementsAre(StartsWith("the shapes of communes are in EPSG:5899 and those of posts in EPSG:3405")));
    EXPECT_THAT(
        texts_of(answer("select a.name from communes a, posts b where a.geometry = st_transform(b.geometry, 5899)",
                        {communes(), elsewhere})
                     ->diagnostics),
        IsEmpty());
}

TEST(Sql, passes_on_what_a_function_says_while_it_runs) {
    EXPECT_THAT(refusal("select st_transform(geometry, 4326) from communes", {communes(nullptr)}),
                HasSubstr("ST_Transform"));
    EXPECT_THAT(refusal("select abs(-9223372036854775808)"), HasSubstr("integer overflow"));
}

TEST(Sql, takes_layers_without_columns_rows_or_data) {
    const SqlTable bare{"bare", features_of(std::make_shared<const Dataset>())};
    EXPECT_THAT(column(*answer("select count(*) as n from bare", {bare, {"absent", nullptr}}), "n"), ElementsAre("0"));
    EXPECT_THAT(refusal("select * from absent", {bare, {"absent", nullptr}}), HasSubstr("no such table: absent"));
    // One name that SQLite keeps for itself does not spoil the others.
    const auto kept = answer("select 1", {{"sqlite_x", communes().features}, communes()});
    EXPECT_THAT(texts_of(kept->diagnostics),
                ElementsAre(StartsWith("layer sqlite_x: SQLite takes no table of this name")));
}

// ── stopping ──

/// How long it takes to come back after being cancelled in the middle: a moment, where the statements would go on for
/// ever or for many seconds; the bounds leave room for a busy machine.
double seconds_to_stop(const char* sql, const std::vector<SqlTable>& tables) {
    Progress progress;
    Clock::time_point asked;
    std::thread other([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        asked = Clock::now();
        progress.cancel();
    });
    const auto result = run_sql(sql, tables, {}, progress);
    const auto back = Clock::now();
    other.join();
    EXPECT_FALSE(result);
    if (!result) {
        EXPECT_EQ(result.error().kind, ErrorKind::cancelled);
    }
    return std::chrono::duration<double>(back - asked).count();
}

TEST(Sql, stops_at_once_in_the_middle_of_one_long_step) {
    EXPECT_LT(seconds_to_stop("with n(i) as (select 1 union all select i + 1 from n) select count(*) from n", {}), 5.0);
    EXPECT_LT(seconds_to_stop("with n(i) as (select 1 union all select i + 1 from n limit 20000) "
                              "select count(*) from n a, n b, n c where a.i + b.i + c.i = 7",
                              {}),
              5.0);
    EXPECT_LT(seconds_to_stop("with n(i) as (select 1 union all select i + 1 from n) select i from n", {}), 5.0);
}

TEST(Sql, stops_cleanly_whenever_it_is_cancelled) {
    for (int i = 0; i < 12; ++i) {
        Progress progress;
        std::thread other([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(6 * i));
            progress.cancel();
        });
        const auto result = run_sql("select a.name, st_buffer(a.geometry, 5) from communes a, communes b, communes c",
                                    std::vector<SqlTable>{communes()}, {}, progress);
        other.join();
        EXPECT_TRUE(result || result.error().kind == ErrorKind::cancelled);
    }
}

TEST(Sql, comes_back_from_a_function_that_cannot_be_interrupted) {
    // A buffer of many corners round each of thousands of points, in one call of GEOS.
    const char* sql =
        "with n(i) as (select 1 union all select i + 1 from n limit 2500) "
        "select st_area(st_buffer(st_collect(makepoint(i * 0.37 - i / 90 * 33, i / 90)), 3, 60)) from n";
    EXPECT_LT(seconds_to_stop(sql, {}), 2.0);
}

TEST(Sql, does_not_begin_when_cancelled_already_and_runs_side_by_side) {
    Progress cancelled;
    cancelled.cancel();
    EXPECT_EQ(run_sql("select 1", {}, {}, cancelled).error().kind, ErrorKind::cancelled);
    std::vector<std::thread> threads;
    std::vector<std::string> found(6);
    for (std::size_t i = 0; i < found.size(); ++i)
        threads.emplace_back([&, i] {
            found[i] =
                column(*answer("select " + std::to_string(i) + " + count(*) as n from communes", {communes()}), "n")
                    .front();
        });
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_THAT(found, ElementsAre("4", "5", "6", "7", "8", "9"));
}

}  // namespace
}  // namespace diaban
