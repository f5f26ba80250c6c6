// The sentences about geometry and about databases, each tried with small odd files and the real program.
#include <gmock/gmock.h>

#include <cmath>
#include <cstdlib>

#include "data/postgres_server.h"
#include "sentences.h"

namespace diaban {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string code(const std::string& value) {
    return R"("code":")" + value + '"';
}

class GeometrySentences : public Sentences {
protected:
    void put_boundaries(const std::vector<std::string>& features) const { put("b.geojson", collection(features)); }
    /// All that `diaban info` says is wrong with it.
    [[nodiscard]] std::string wrong(const std::string& kind = {}) const {
        return said(json({"info", "b.geojson"})["files"][0]["layers"][0]["diagnostics"], kind);
    }
    /// The problems of one kind in the layer that `diaban import --problems` writes.
    [[nodiscard]] Json problems(const std::string& kind) const {
        (void)json({"import", "b.geojson", "-o", "clean.geojson", "--problems", "problems.geojson"});
        Json found = Json::array();
        const Json layer = Json::parse(text_of("problems.geojson"));
        for (const Json& feature : layer["features"])
            if (feature["properties"]["kind"] == kind) found.push_back(feature);
        return found;
    }
    /// m² of a rectangle of degrees at 21° north, by the ellipsoid's radii there; right to 0.1 %.
    static double square_metres(double width, double height) {
        constexpr double metres_east = 103'966.0, metres_north = 110'704.0;  // a degree at 21.05° on WGS 84
        return width * metres_east * height * metres_north;
    }
};

TEST_F(GeometrySentences, invalid_rings_are_repaired_the_area_change_reported_the_original_kept) {
    const std::string bow = polygon(code("bow"), "[[[107,21],[107.1,21.1],[107.1,21],[107,21.1],[107,21]]]");
    put_boundaries({bow, rectangle(code("good"), 108, 21, 0.1, 0.1)});
    EXPECT_THAT(wrong("repaired_ring"), AllOf(HasSubstr("bow"), HasSubstr("its area was 0 m²"), HasSubstr("km²")));
    const Json repaired = problems("repaired ring");
    ASSERT_EQ(repaired.size(), 1U);
    EXPECT_NEAR(repaired[0]["properties"]["area_m2"].get<double>(), square_metres(0.1, 0.1) / 2, 1e5)
        << "two triangles of a quarter each";
    (void)json({"import", "b.geojson", "-o", "original.geojson", "--keep-invalid"});
    const Json original = Json::parse(text_of("original.geojson"));
    EXPECT_EQ(original["features"][0]["geometry"]["coordinates"].dump().find("107.05"), std::string::npos)
        << "the original has no corner where its ring crosses itself";
}

TEST_F(GeometrySentences, duplicates_empty_and_slivers_are_reported) {
    put_boundaries({rectangle(code("a"), 107, 21, 0.1, 0.1), rectangle(code("a"), 107, 21, 0.1, 0.1),
                    rectangle(code("b"), 107, 21, 0.1, 0.1), rectangle(code("thin"), 108, 21, 0.2, 0.0000005),
                    polygon(code("empty"), "[]"),
                    R"({"type":"Feature","properties":{"code":"null"},"geometry":null})"});
    EXPECT_THAT(wrong("duplicate_feature"), HasSubstr("1 row repeats another one"));
    EXPECT_THAT(wrong("duplicate_shape"), HasSubstr("b has the shape of a"));
    EXPECT_THAT(wrong("sliver"), HasSubstr("thin"));
    EXPECT_THAT(wrong("missing_geometry"), HasSubstr("2 rows have no geometry"));
}

TEST_F(GeometrySentences, overlaps_between_neighbours_with_their_area) {
    put_boundaries({rectangle(code("a"), 107, 21, 0.1, 0.1), rectangle(code("b"), 107.09, 21, 0.1, 0.1)});
    EXPECT_THAT(wrong("overlap"), HasSubstr("there is 1 overlap of neighbours: a – b (11.5"));
    const Json overlaps = problems("overlap");
    ASSERT_EQ(overlaps.size(), 1U);
    EXPECT_NEAR(overlaps[0]["properties"]["area_m2"].get<double>() / square_metres(0.01, 0.1), 1, 1e-3);
    EXPECT_EQ(overlaps[0]["properties"]["unit"], "a");
    EXPECT_EQ(overlaps[0]["properties"]["other_unit"], "b");
}

TEST_F(GeometrySentences, gaps_between_neighbours_with_their_area) {
    put_boundaries({polygon(code("u"),
                            "[[[107,21],[107.3,21],[107.3,21.3],[107.2,21.3],[107.2,21.1],[107.1,21.1],"
                            "[107.1,21.3],[107,21.3],[107,21]]]"),
                    rectangle(code("lid"), 107.1, 21.2, 0.1, 0.1)});
    EXPECT_THAT(wrong("gap"), HasSubstr("u – lid"));
    const Json gaps = problems("gap");
    ASSERT_EQ(gaps.size(), 1U);
    EXPECT_NEAR(gaps[0]["properties"]["area_m2"].get<double>() / square_metres(0.1, 0.1), 1, 2e-3);
}

TEST_F(GeometrySentences, the_layer_of_problems_can_be_zoomed_to) {
    put_boundaries({rectangle(code("a"), 107, 21, 0.1, 0.1), rectangle(code("b"), 107.09, 21, 0.1, 0.1)});
    (void)problems("overlap");
    const Json layer = json({"info", "problems.geojson"})["files"][0]["layers"][0];
    EXPECT_EQ(layer["geometry"], "polygon");
    EXPECT_NEAR(layer["extent"][0].get<double>(), 107.09, 1e-6);
    EXPECT_NEAR(layer["extent"][2].get<double>(), 107.1, 1e-6);
}

TEST_F(GeometrySentences, neighbours_that_agree_have_nothing_wrong_and_no_layer_of_problems_is_written) {
    put_boundaries({rectangle(code("a"), 107, 21, 0.1, 0.1), rectangle(code("b"), 107.1, 21, 0.1, 0.1)});
    EXPECT_EQ(wrong(), "");
    const ProgramResult result = run({"import", "b.geojson", "-o", "clean.gpkg", "--problems", "problems.gpkg"});
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("problems.gpkg: not written, for there are no problems"));
    EXPECT_FALSE(exists("problems.gpkg"));
    EXPECT_EQ(run({"import", "b.geojson", "-o", "o.gpkg", "--problems", "p.gpkg", "--no-check"}).code, 2);
}

TEST_F(GeometrySentences, one_impossible_coordinate_does_not_hide_the_faults_of_all_others) {
    put_boundaries({rectangle(code("a"), 107, 21, 0.1, 0.1), rectangle(code("b"), 107.09, 21, 0.1, 0.1),
                    polygon(code("slip"), "[[[107.5,21],[1075000000,21],[107.6,21.1],[107.5,21]]]")});
    EXPECT_THAT(wrong("overlap"), HasSubstr("a – b"));
    EXPECT_THAT(wrong("other"), HasSubstr("1 feature has impossible coordinates, and was not compared"));
}

TEST_F(GeometrySentences, zones_that_are_meant_to_overlap_are_no_list_of_overlaps) {
    std::vector<std::string> zones;
    for (int i = 0; i < 30; ++i)
        zones.push_back(rectangle(code("z" + std::to_string(i)), 107 + 0.003 * i, 21 + 0.002 * (i % 7), 0.2, 0.2));
    put_boundaries(zones);
    EXPECT_EQ(wrong("overlap"), "");
    EXPECT_THAT(wrong(), HasSubstr("taken to be no division of the land"));
    EXPECT_THAT(run({"import", "b.geojson", "-o", "o.gpkg"}).out, HasSubstr("taken to be no division of the land"));
}

TEST_F(GeometrySentences, a_province_as_published_is_read_whole_and_its_neighbours_fit) {
    const std::filesystem::path province = DIABAN_SOURCE_DIR "/../shared/data/quang_ninh.gpkg";
    if (!std::filesystem::exists(province)) GTEST_SKIP() << "needs " << province;
    const Json communes = json({"info", province.string()})["files"][0]["layers"][0];
    EXPECT_EQ(communes["features"], 54);
    EXPECT_EQ(communes["vertices"], 195'779);
    EXPECT_THAT(said(communes["diagnostics"]), Not(AnyOf(HasSubstr("overlap"), HasSubstr("gap"))));
}

class PostgisSentences : public Sentences {
protected:
    void SetUp() override {
        if (PostgresServer::programs().empty() || !PostgresServer::has_postgis())
            GTEST_SKIP() << "needs PostgreSQL with PostGIS: apt-get install postgresql postgresql-15-postgis-3";
        setenv("PGPASSWORD", PostgresServer::password().c_str(), 1);
        server.emplace();
        server->sql(R"(create extension postgis; create schema "Địa bàn";
create table "Địa bàn".communes (code text primary key, name text, people integer, shape geometry(Polygon, 4326));
insert into "Địa bàn".communes values
 ('06838', 'Bình Liêu', 100, ST_MakeEnvelope(107.3, 21.4, 107.4, 21.5, 4326)),
 ('06841', 'Hoành Mô', 80, ST_MakeEnvelope(107.4, 21.4, 107.5, 21.5, 4326)),
 ('07000', 'Xa', 5, ST_MakeEnvelope(109, 21.4, 109.1, 21.5, 4326));
create table villages (id integer, households integer);
insert into villages values (1, 10), (2, null);)");
    }
    void TearDown() override { unsetenv("PGPASSWORD"); }
    std::optional<PostgresServer> server;
};

TEST_F(PostgisSentences, lists_tables) {
    const Json database = json({"info", server->connection()})["files"][0];
    std::vector<std::string> names;
    for (const Json& table : database["tables"])
        names.push_back(table["name"]);
    EXPECT_THAT(names, testing::UnorderedElementsAre("Địa bàn.communes", "public.villages"));
    EXPECT_THAT(run({"info", server->connection()}).out,
                AllOf(HasSubstr("Địa bàn.communes: Polygon"), HasSubstr("public.villages: None")));
}

TEST_F(PostgisSentences, reads_with_the_views_extent_and_filter_pushed_down) {
    const Json done = json({"import", server->connection(), "--layer", "Địa bàn.communes", "--where", "people < 100",
                            "--extent", "107", "21", "108", "22", "-o", "out.geojson"});
    ASSERT_EQ(done["layers"].size(), 1U);
    EXPECT_EQ(done["layers"][0]["features"], 1);
    const Json written = Json::parse(text_of("out.geojson"));
    EXPECT_EQ(written["features"][0]["properties"]["code"], "06841");
    EXPECT_THAT(server->log(), AllOf(HasSubstr("people < 100"), HasSubstr("&&"))) << "the server does the choosing";
}

TEST_F(PostgisSentences, the_password_is_never_in_what_is_said_or_written) {
    const std::string secret = PostgresServer::password();
    unsetenv("PGPASSWORD");
    const std::string with_password = server->connection() + R"( password='geheim\'\\ 1')";
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"import", with_password, "--layer", "Địa bàn.communes", "-o", "o.geojson"},
          {"import", with_password, "--layer", "Địa bàn.communes", "-o", "o.geojson", "--json"},
          {"info", with_password, "--json"},
          {"import", with_password, "--layer", "no such table", "-o", "o.geojson"},
          {"import", with_password + " options=nonsense", "-o", "o.geojson"}}) {
        const ProgramResult result = run(words);
        EXPECT_THAT(result.out + result.err, AllOf(Not(HasSubstr("geheim")), Not(HasSubstr("password=")))) << words[0];
    }
    EXPECT_TRUE(exists("o.geojson"));
    EXPECT_THAT(text_of("o.geojson"), Not(HasSubstr("geheim")));
}

TEST_F(PostgisSentences, a_lost_connection_is_one_message_and_an_exit_code) {
    server->stop();
    const ProgramResult result =
        run({"import", server->connection(), "--layer", "Địa bàn.communes", "-o", "out.geojson"});
    EXPECT_EQ(result.code, 3);
    EXPECT_THAT(result.err, AllOf(HasSubstr("127.0.0.1"), Not(HasSubstr("geheim"))));
    EXPECT_FALSE(exists("out.geojson"));
    server->start();
    EXPECT_EQ(run({"import", server->connection(), "--layer", "Địa bàn.communes", "-o", "out.geojson"}).code, 0);
}

}  // namespace
}  // namespace diaban
