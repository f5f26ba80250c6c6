#include "data/postgis/postgis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include "data/connection.h"
#include "data/files.h"
#include "data/postgis/condition.h"
#include "data/postgis/conninfo.h"
#include "data/postgres_server.h"

namespace diaban {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(Connection, is_told_from_a_path) {
    for (const char* connection :
         {"PG:dbname=a", "pg:service=b", "postgresql://h/db", "postgres://h/db", "service=c"}) {
        EXPECT_TRUE(is_connection(connection)) << connection;
        EXPECT_TRUE(is_postgres(connection)) << connection;
    }
    for (const char* other : {"/vsizip/a.zip/b.shp", "WFS:https://example.org", "MySQL:db"}) {
        EXPECT_TRUE(is_connection(other)) << other;
        EXPECT_FALSE(is_postgres(other)) << other;
    }
    for (const char* path : {"a.gpkg", "C:/a.gpkg", "/tmp/a:b.csv", "folder/PG:x", "xã", "pgdata", ""})
        EXPECT_FALSE(is_connection(path)) << path;
}

TEST(Connection, may_be_the_name_of_a_service) {
    const TemporaryFolder folder;
    put(folder.path() / "services.conf", "# ours\n[province]\nhost=db.example.org\n");
    setenv("PGSERVICEFILE", (folder.path() / "services.conf").c_str(), 1);
    EXPECT_TRUE(is_postgres("province"));
    EXPECT_FALSE(is_postgres("provinces"));
    unsetenv("PGSERVICEFILE");
    EXPECT_FALSE(is_postgres("province"));
}

TEST(Connection, loses_its_password_and_nothing_else) {
    EXPECT_EQ(without_password("PG:host=a password=x dbname=b"), "PG:host=a dbname=b");
    EXPECT_EQ(without_password("PG: host = a password = 'x \\' y' dbname='two words'"), "PG:host=a dbname='two words'");
    EXPECT_EQ(without_password("service=s PASSWORD=x"), "service=s");
    EXPECT_EQ(without_password("PG:host=a dbname=b"), "PG:host=a dbname=b");
    EXPECT_EQ(without_password("PG:password='never closed"), "PG:");
    EXPECT_EQ(without_password("postgresql://me:s%40cret@h:5432/db?sslmode=require&password=x"),
              "postgresql://me@h:5432/db?sslmode=require");
    EXPECT_EQ(without_password("postgresql://me:p@ss@h/db?password=x"), "postgresql://me@h/db");
    EXPECT_EQ(without_password("postgresql://me@h/db"), "postgresql://me@h/db");
    EXPECT_EQ(without_password("MySQL:db,user=me,password=x,port=3"), "MySQL:db,user=me,port=3");
    EXPECT_EQ(without_password("MSSQL:server=s;PWD=x;database=d"), "MSSQL:server=s;database=d");
    EXPECT_EQ(without_password("password=x.gpkg"), "password=x.gpkg");  // a file
}

TEST(Connection, is_completed_for_the_library) {
    EXPECT_THAT(complete_connection("PG:dbname=a", "it's \\"),
                AllOf(HasSubstr("PG:dbname=a connect_timeout=10 "), HasSubstr(" password='it\\'s \\\\'"),
                      HasSubstr(" options='-c default_transaction_read_only=on'")));
    EXPECT_THAT(complete_connection("PG:connect_timeout=2 password=old", "new"),
                AllOf(HasSubstr("connect_timeout=2 password=new"), Not(HasSubstr("connect_timeout=10"))));
    EXPECT_THAT(complete_connection("province", ""), HasSubstr("PG:service=province "));
    EXPECT_THAT(complete_connection("postgres://h/db?connect_timeout=3", "a&b"),
                AllOf(HasSubstr("postgresql://h/db?connect_timeout=3&"), HasSubstr("&password=a%26b")));
}

TEST(Connection, to_a_server_that_never_answers_is_given_up) {
    const int silent = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* any = reinterpret_cast<sockaddr*>(&address);
    ASSERT_EQ(bind(silent, any, size), 0);
    ASSERT_EQ(getsockname(silent, any, &size), 0);
    ASSERT_EQ(listen(silent, 1), 0);
    const auto before = std::chrono::steady_clock::now();
    Progress progress;
    const auto tables = list_tables(
        "PG:host=127.0.0.1 dbname=a user=b connect_timeout=2 port=" + std::to_string(ntohs(address.sin_port)), {},
        progress);
    close(silent);
    ASSERT_FALSE(tables);
    EXPECT_THAT(tables.error().what, HasSubstr("no database server answers"));
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(8));
}

TEST(Condition, is_one_or_is_refused) {
    for (const char* fine : {"a > 1", "name = 'Bình; Liêu' AND (b OR c)", "\"odd;name\" IS NULL", "x = 'it''s'"})
        EXPECT_TRUE(pg::is_one_condition(fine)) << fine;
    for (const char* more :
         {"1=1; DROP TABLE a", "1=1) OR (2=2", "(a", "a = 'x", "a -- b", "a /* b", "a = E'\\' ; x'", "a = $$;$$"})
        EXPECT_FALSE(pg::is_one_condition(more)) << more;
}

/// One server for all tests: starting it takes longer than any of them.
class PostGis : public testing::Test {
protected:
    static void SetUpTestSuite() {
        if (PostgresServer::programs().empty() || !PostgresServer::has_postgis()) return;
        server_ = std::make_unique<PostgresServer>();
        server_->sql("CREATE EXTENSION postgis; CREATE DATABASE plain;");
        server_->sql(
            "CREATE SCHEMA health;"
            "CREATE TABLE public.communes (id serial PRIMARY KEY, code text, \"Tên\" text, is_border boolean, "
            "households "
            "bigint, rate double precision, day date, at timestamptz, geom geometry(MultiPolygon, 5899));"
            "INSERT INTO communes (code, \"Tên\", is_border, households, rate, day, at, geom) VALUES "
            "('06838', 'Bình Liêu', true, 1234, 0.5, '2025-07-01', '2025-07-01T10:20:30.123Z', "
            "'SRID=5899;MULTIPOLYGON(((450000 2380000,460000 2380000,460000 2390000,450000 2380000),"
            "(455000 2382000,458000 2385000,458000 2382000,455000 2382000)))'),"
            "(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"
            "('06841', 'Hoành Mô', false, -5, 2, '1960-02-28', '1970-01-01T00:00:00Z', "
            "'SRID=5899;MULTIPOLYGON(((480000 2380000,481000 2380000,481000 2381000,480000 2380000)))');"
            "CREATE TABLE health.posts (name text, place geography(Point), centre geometry(Point, 4326));"
            "INSERT INTO health.posts VALUES ('A', 'POINT(107.4 21.5)', 'SRID=4326;POINT(1 2)');"
            "CREATE VIEW health.border AS SELECT code, geom FROM public.communes WHERE is_border;"
            "CREATE TABLE health.numbers AS SELECT i, 'row ' || i AS text, ST_SetSRID(ST_Point(100 + i / 1e4, 10), "
            "4326)"
            "::geometry(Point, 4326) AS geom FROM generate_series(1, 20000) AS i;"
            "CREATE TABLE health.budget (code text, amount numeric(12, 2));"
            "INSERT INTO health.budget VALUES ('06838', 12.25), ('06841', NULL);"
            // Row 5,000 takes its time: a test can end the connection while the rest is being waited for.
            "CREATE TABLE health.delay AS SELECT 30::float8 AS seconds;"
            "CREATE VIEW health.slow AS SELECT i, CASE WHEN i = 5000 THEN pg_sleep((SELECT seconds FROM health.delay))"
            "::text END AS text, geom FROM health.numbers;"
            "ANALYZE;");
    }
    static void TearDownTestSuite() { server_.reset(); }
    void SetUp() override {
        if (!server_) GTEST_SKIP() << "PostgreSQL with PostGIS is not installed";
    }

    static ReadOptions options(const std::string& layer) {
        ReadOptions options;
        options.layer = layer;
        options.password = PostgresServer::password();
        return options;
    }
    static DatasetPtr read_layer(const ReadOptions& options) { return read_one(server_->connection(), options); }
    static Error error_of(const std::string& connection, const ReadOptions& options) {
        const auto read = read_all(connection, options);
        if (read) throw std::runtime_error("it could be read");
        return read.error();
    }

    static std::unique_ptr<PostgresServer> server_;
};
std::unique_ptr<PostgresServer> PostGis::server_;

TEST_F(PostGis, lists_tables_views_and_columns_of_shapes) {
    Progress progress;
    const auto tables = list_tables(server_->connection(), PostgresServer::password(), progress);
    ASSERT_TRUE(tables) << to_text(tables.error());
    std::vector<std::string> found;
    for (const PgTable& table : *tables)
        found.push_back(layer_name(table, *tables) + " " + table.geometry_column + " " + table.kind + " " +
                        std::to_string(table.srid));
    EXPECT_THAT(found, ElementsAre("health.border geom MultiPolygon 5899", "health.budget   0", "health.delay   0",
                                   "health.numbers geom Point 4326", "health.posts place Point 4326",
                                   "health.posts(centre) centre Point 4326", "health.slow geom Point 4326",
                                   "public.communes geom MultiPolygon 5899"));
    EXPECT_EQ((*tables)[3].estimated_rows, 20000);
    EXPECT_TRUE((*tables)[4].geography);
}

TEST_F(PostGis, reads_types_nulls_text_crs_and_shapes) {
    const DatasetPtr communes = read_layer(options("public.communes"));
    EXPECT_EQ(communes->name, "communes");
    EXPECT_EQ(communes->crs.code(), "EPSG:5899");
    EXPECT_EQ(communes->from.driver, "PostgreSQL");
    EXPECT_EQ(communes->from.layer, "public.communes");
    const auto row = [&](std::size_t i) {
        std::string text;
        for (const Column& column : communes->table.columns())
            text += column.name() + "=" + (column.is_null(i) ? "∅" : column.text(i)) + " ";
        return text;
    };
    EXPECT_EQ(row(0),
              "id=1 code=06838 Tên=Bình Liêu is_border=true households=1234 rate=0.5 day=2025-07-01 "
              "at=2025-07-01T10:20:30.123Z ");
    EXPECT_EQ(row(1), "id=2 code=∅ Tên=∅ is_border=∅ households=∅ rate=∅ day=∅ at=∅ ");
    EXPECT_EQ(communes->table.find("is_border")->type(), ColumnType::boolean);
    EXPECT_EQ(communes->table.find("households")->type(), ColumnType::integer);
    EXPECT_EQ(communes->table.find("rate")->type(), ColumnType::real);
    EXPECT_EQ(communes->table.find("day")->type(), ColumnType::date);
    EXPECT_EQ(communes->table.find("at")->type(), ColumnType::date_time);
    EXPECT_THAT(communes->geometry.feature_offsets(), ElementsAre(0U, 1U, 1U, 2U));
    EXPECT_THAT(communes->geometry.part_offsets(), ElementsAre(0U, 2U, 3U));
    EXPECT_EQ(communes->geometry.box(), (Box{450000, 2380000, 481000, 2390000}));

    EXPECT_EQ(read_layer(options("border"))->size(), 1U);  // a view, its schema left out
    const DatasetPtr budget = read_layer(options("health.budget"));
    EXPECT_FALSE(budget->has_geometry());
    EXPECT_EQ(budget->table.find("amount")->number(0), 12.25);
    EXPECT_EQ(read_layer(options("health.posts"))->geometry.points().front(), (Point{107.4, 21.5}));
    EXPECT_EQ(read_layer(options("health.posts(centre)"))->geometry.points().front(), (Point{1, 2}));
}

TEST_F(PostGis, leaves_filter_and_extent_to_the_database) {
    ReadOptions some = options("health.numbers");
    some.import.where = "i % 2 = 0 AND text <> 'row 100; x'";
    some.import.extent = {100.00005, 9, 100.00105, 11};  // rows 1 to 10
    const DatasetPtr numbers = read_layer(some);
    ASSERT_EQ(numbers->size(), 5U);
    EXPECT_EQ(numbers->table.find("i")->number(4), 10);
    const std::string log = server_->log();
    EXPECT_THAT(log, HasSubstr("WHERE (i % 2 = 0 AND text <> 'row 100; x') AND \"geom\" OPERATOR(\"public\".&&) "
                               "\"public\".ST_MakeEnvelope(100.00005, 9, 100.00105, 11, 4326)"));

    // Degrees become the table's metres: at 21.5° N, 0.2° west of 107.75° is 20.7 km west of x = 500,000, in the
    // first commune's box and not in the other's.
    ReadOptions near = options("public.communes");
    near.import.extent = {107.55, 21.5, 107.6, 21.53};
    EXPECT_EQ(read_layer(near)->size(), 1U);
    near.import.extent = {100, 10, 101, 11};
    EXPECT_EQ(read_layer(near)->size(), 0U);
}

TEST_F(PostGis, writes_nothing_whatever_the_filter_says) {
    ReadOptions bad = options("health.budget");
    bad.import.where = "true; DROP TABLE health.budget";
    EXPECT_THAT(error_of(server_->connection(), bad).what, HasSubstr("more than one condition"));
    bad.import.where = "amont > 1";
    const Error error = error_of(server_->connection(), bad);
    EXPECT_THAT(error.what, AllOf(HasSubstr("does not understand"), HasSubstr("amont")));
    server_->sql(
        "CREATE FUNCTION health.sweep() RETURNS boolean LANGUAGE sql AS 'DELETE FROM health.budget RETURNING "
        "true'");
    bad.import.where = "health.sweep()";
    EXPECT_THAT(error_of(server_->connection(), bad).what, HasSubstr("read-only"));
    EXPECT_EQ(read_layer(options("health.budget"))->size(), 2U);
}

TEST_F(PostGis, says_what_is_wrong_and_never_the_password) {
    const std::string secret = "falsches";
    ReadOptions wrong = options("public.communes");
    wrong.password = secret;
    Error error = error_of(server_->connection(), wrong);
    EXPECT_EQ(error.kind, ErrorKind::bad_input);
    EXPECT_THAT(to_text(error), AllOf(HasSubstr("refuses the password"), Not(HasSubstr(secret))));

    wrong.password.clear();
    error = error_of(server_->connection() + " password=" + secret, wrong);
    EXPECT_THAT(to_text(error), AllOf(HasSubstr("refuses the password"), Not(HasSubstr(secret))));

    error = error_of("PG:host=127.0.0.1 port=1 user=owner dbname=x", options("a"));
    EXPECT_THAT(to_text(error),
                AllOf(HasSubstr("no database server answers"), HasSubstr("127.0.0.1"), HasSubstr("port 1 ")));
    EXPECT_THAT(to_text(error_of(server_->connection("nowhere"), options("a"))), HasSubstr("no such database"));
    EXPECT_THAT(to_text(error_of("PG:service=none_such", options("a"))), HasSubstr("no such service"));

    error = error_of(server_->connection(), options("public.comunes"));
    EXPECT_THAT(to_text(error),
                AllOf(HasSubstr("no table “public.comunes”"), HasSubstr("Did you mean “public.communes”?")));
    EXPECT_THAT(to_text(error_of(server_->connection(), options(""))),
                AllOf(HasSubstr("several tables"), HasSubstr("health.posts(centre)"), HasSubstr("public.communes")));

    Progress progress;
    const auto plain = list_tables(server_->connection("plain"), PostgresServer::password(), progress);
    ASSERT_FALSE(plain);
    EXPECT_THAT(to_text(plain.error()), AllOf(HasSubstr("no PostGIS"), HasSubstr("CREATE EXTENSION postgis")));
}

TEST_F(PostGis, opens_by_uri_and_by_service_and_keeps_no_password) {
    const std::string uri =
        "postgresql://owner:geheim%27%5C%201@127.0.0.1:" + std::to_string(server_->port()) + "/postgres";
    const DatasetPtr by_uri = read_one(uri, {.layer = "health.budget"});
    EXPECT_EQ(by_uri->size(), 2U);
    EXPECT_THAT(by_uri->from.path.string(), AllOf(HasSubstr("owner@127.0.0.1"), Not(HasSubstr("geheim"))));

    const TemporaryFolder folder;
    put(folder.path() / "services.conf",
        "[province]\nhost=127.0.0.1\nuser=owner\ndbname=postgres\nport=" + std::to_string(server_->port()) + "\n");
    setenv("PGSERVICEFILE", (folder.path() / "services.conf").c_str(), 1);
    EXPECT_EQ(read_one("province", options("health.budget"))->size(), 2U);
    EXPECT_EQ(read_one("PG:service=province", options("health.budget"))->size(), 2U);
    unsetenv("PGSERVICEFILE");
    EXPECT_EQ(inspect(uri)->layers.size(), 8U);
}

/// Reads `layer` on a thread of its own, and calls `meanwhile` when the first rows are there.
Expected<std::vector<DatasetPtr>> read_while(const std::string& connection, const ReadOptions& options,
                                             const std::function<void(Progress&)>& meanwhile) {
    Progress progress;
    std::atomic<bool> done = false;
    std::thread other([&] {
        while (progress.fraction() <= 0 && !done)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        meanwhile(progress);
    });
    auto result = read(connection, options, progress);
    done = true;
    other.join();
    return result;
}

/// The next attempt need not wait.
constexpr const char* end_all_others =
    "UPDATE health.delay SET seconds = 0;"
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'diaban';";

TEST_F(PostGis, reads_again_when_the_connection_is_lost_on_the_way) {
    server_->sql("UPDATE health.delay SET seconds = 30");
    const auto read =
        read_while(server_->connection(), options("health.slow"), [](Progress&) { server_->sql(end_all_others); });
    ASSERT_TRUE(read) << to_text(read.error());
    EXPECT_EQ(read->front()->size(), 20000U);
    EXPECT_THAT(server_->log(), HasSubstr("terminating connection due to administrator command"));
}

TEST_F(PostGis, gives_an_error_and_no_half_table_when_the_server_goes_and_works_when_it_is_back) {
    server_->sql("UPDATE health.delay SET seconds = 30");
    const DatasetPtr before = read_layer(options("health.numbers"));
    const auto read = read_while(server_->connection(), options("health.slow"), [](Progress&) { server_->stop(); });
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::bad_input);
    EXPECT_THAT(to_text(read.error()), AllOf(HasSubstr("no database server answers"), Not(HasSubstr("geheim"))));
    EXPECT_EQ(before->size(), 20000U);  // what was read before is untouched
    server_->start();
    EXPECT_EQ(read_layer(options("health.numbers"))->table, before->table);
}

TEST_F(PostGis, stops_when_cancelled) {
    server_->sql("UPDATE health.delay SET seconds = 1");
    const auto read =
        read_while(server_->connection(), options("health.slow"), [](Progress& progress) { progress.cancel(); });
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::cancelled);
}

}  // namespace
}  // namespace diaban
