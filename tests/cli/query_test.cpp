// `diaban query` with small files and the real program.
#include <gmock/gmock.h>

#include "sentences.h"

namespace diaban {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// Three communes of 0.1° in a row from 107° E, 21° N; points in the first two, one of them on their shared border.
class QueryCommandTest : public Sentences {
protected:
    QueryCommandTest() {
        put("communes.geojson",
            collection({rectangle(R"("code":"06838","name":"Bình Liêu","households":100)", 107.0, 21, 0.1, 0.1),
                        rectangle(R"("code":"06841","name":"Hoành Mô","households":50)", 107.1, 21, 0.1, 0.1),
                        rectangle(R"("code":"06856","name":"Lục Hồn","households":20)", 107.2, 21, 0.1, 0.1)}));
        put("points.csv",
            "id,kind,x,y\n1,a,107.02,21.02\n2,a,107.03,21.05\n3,b,107.15,21.05\n4,b,107.1,21.05\n5,b,107.5,21.5\n");
        put("w.toml", R"toml(version = 1
[[sources]]
id = "communes"
path = "communes.geojson"
date = "2025"
[[sources]]
id = "facilities"
path = "points.csv"
[[layers]]
id = "xa"
name = "Communes"
source = "communes"
[[layers]]
id = "facilities"
name = "Facilities"
source = "facilities"
filter = "kind = 'b'"
[[queries]]
id = "without"
name = "Communes without facilities"
kind = "find"
layer = "xa"
where = "count(facilities) = 0"
columns = [ { name = "far", value = "distance(facilities)" } ]
[[queries]]
id = "around"
name = "Around facilities"
kind = "buffer"
layer = "facilities"
distance = "1 km"
)toml");
    }
    [[nodiscard]] ProgramResult query(std::vector<std::string> words) const {
        words.insert(words.begin(), "query");
        return run(words);
    }
};

TEST_F(QueryCommandTest, counts_the_points_of_a_csv_in_each_commune_into_a_column_named_after_them) {
    const ProgramResult done =
        query({"communes.geojson", "points.csv", "--layer", "communes", "--count", "points", "-o", "counts.csv"});
    ASSERT_EQ(done.code, 0) << done.err;
    const auto counts = column("counts.csv", "code", "points");
    EXPECT_EQ(counts.size(), 3U);
    int inside = 0;
    for (const auto& [code, count] : counts)
        inside += std::stoi(count);
    EXPECT_EQ(inside, 4) << "a point on a border that two share is counted once";
    EXPECT_EQ(counts.at("06856"), "0") << "a count of nothing is 0";
    EXPECT_GE(std::stoi(counts.at("06838")), 2);
    EXPECT_THAT(done.out, HasSubstr("counts.csv: 3 rows."));
    EXPECT_THAT(text_of("counts.csv"), Not(HasSubstr("POLYGON"))) << "a spreadsheet of counts, not of outlines";
    ASSERT_EQ(query({"communes.geojson", "points.csv", "--layer", "communes", "--count", "points", "--shapes", "-o",
                     "shapes.csv"})
                  .code,
              0);
    EXPECT_THAT(text_of("shapes.csv"), HasSubstr("POLYGON"));
}

TEST_F(QueryCommandTest, gives_a_count_a_free_name_where_the_layer_has_such_a_column) {
    put("households.csv", "x,y\n107.02,21.02\n107.15,21.05\n");
    ASSERT_EQ(
        query({"communes.geojson", "households.csv", "--layer", "communes", "--count", "households", "-o", "out.csv"})
            .code,
        0);
    EXPECT_EQ(column("out.csv", "code", "households").at("06838"), "100");
    EXPECT_THAT(text_of("out.csv").substr(0, text_of("out.csv").find('\n')), HasSubstr("households_2"));
}

TEST_F(QueryCommandTest, keeps_what_fulfils_all_conditions) {
    const Json found =
        json({"query", "communes.geojson", "points.csv", "--layer", "communes", "--where", "households < 60", "--near",
              "points where (kind = 'b') within 15 km", "--nearest", "points", "--column", "twice = 2 * households"});
    EXPECT_EQ(found["count"], 2);
    EXPECT_EQ(found["asked"], 3);
    EXPECT_EQ(found["rows"][0]["twice"], 100);
    EXPECT_EQ(found["rows"][0]["points.distance_m"], 0);
    // From 107.2° E to the point at 107.15° E, 21.05° N: PROJ's program geod says 5,196.79 m, to the west.
    EXPECT_NEAR(found["rows"][1]["points.distance_m"].get<double>(), 5196.79, 0.1);
    EXPECT_NEAR(found["rows"][1]["points.direction"].get<double>(), 270, 0.1);
    EXPECT_EQ(found["rows"][1]["code"], "06856");
    EXPECT_FALSE(found["rows"][0].contains("geometry"));
}

TEST_F(QueryCommandTest, runs_a_saved_query_by_its_id_or_its_name) {
    for (const char* name : {"without", "Communes without facilities", "communes WITHOUT facilities"}) {
        const Json found = json({"query", "w.toml", name});
        EXPECT_EQ(found["query"], "without");
        EXPECT_EQ(found["count"], 2) << "the layer's own filter leaves out what is not of kind b";
    }
    const ProgramResult unknown = query({"w.toml", "witout"});
    EXPECT_EQ(unknown.code, 2);
    EXPECT_THAT(unknown.err, AllOf(HasSubstr("there is no saved query “witout”"), HasSubstr("“without”")));
}

TEST_F(QueryCommandTest, lists_the_saved_queries) {
    const ProgramResult listed = query({"w.toml", "--list"});
    EXPECT_EQ(listed.code, 0);
    EXPECT_EQ(listed.out,
              "without: Communes without facilities\n    xa where count(facilities) = 0; far = "
              "distance(facilities)\naround: Around facilities\n    facilities within 1 km\n");
    EXPECT_THAT(run({"info", "w.toml"}).out, HasSubstr("Saved queries:\n    without: Communes without facilities\n"));
    EXPECT_EQ(query({"communes.geojson", "--list"}).code, 2);
}

TEST_F(QueryCommandTest, says_what_it_is_and_shows_the_first_rows) {
    const ProgramResult shown = query({"w.toml", "--layer", "Communes", "--count", "Facilities", "--rows", "2"});
    ASSERT_EQ(shown.code, 0) << shown.err;
    EXPECT_THAT(shown.out, AllOf(HasSubstr("Communes"), HasSubstr("\nname       code   Facilities  households\n"),
                                 HasSubstr("\n… 1 more row\n")));
}

TEST_F(QueryCommandTest, puts_a_mark_under_the_character_that_is_wrong) {
    const ProgramResult column = query({"w.toml", "--layer", "xa", "--where", "code = '06838' and housholds > 5"});
    EXPECT_EQ(column.code, 2);
    EXPECT_THAT(column.err, AllOf(HasSubstr("“housholds”"), HasSubstr("“households”"),
                                  HasSubstr("\n  code = '06838' and housholds > 5\n                     ^\n")));
    const ProgramResult unit = query({"w.toml", "--layer", "xa", "--near", "facilities within 5"});
    EXPECT_EQ(unit.code, 2);
    EXPECT_THAT(unit.err, HasSubstr("\n  facilities within 5\n"));
    const ProgramResult sum = query({"w.toml", "--layer", "xa", "--column", "n = count(facilties)"});
    EXPECT_EQ(sum.code, 2);
    EXPECT_THAT(sum.err, AllOf(HasSubstr("“facilties”"), HasSubstr("“facilities”"),
                               HasSubstr("\n  count(facilties)\n        ^\n")));
}

TEST_F(QueryCommandTest, refuses_what_is_not_there_and_writes_nothing) {
    const ProgramResult layer = query({"w.toml", "--layer", "comunes", "-o", "out.csv"});
    EXPECT_EQ(layer.code, 2);
    EXPECT_THAT(layer.err, AllOf(HasSubstr("there is no layer “comunes”"), HasSubstr("“Communes”")));
    EXPECT_EQ(query({"w.toml", "--layer", "xa", "--count", "facilites", "-o", "out.csv"}).code, 2);
    EXPECT_EQ(query({"w.toml", "--layer", "xa", "--year", "2020", "-o", "out.nonsense"}).code, 2);
    EXPECT_EQ(query({"missing.gpkg", "--layer", "xa", "-o", "out.csv"}).code, 3);
    EXPECT_EQ(query({"w.toml"}).code, 2) << "nothing is asked";
    EXPECT_EQ(query({"w.toml", "without", "--layer", "xa"}).code, 2) << "two questions";
    EXPECT_EQ(query({"communes.geojson", "points.csv", "--count", "points"}).code, 2) << "of which layer?";
    EXPECT_EQ(query({"w.toml", "--layer", "xa", "-o", "communes.geojson"}).code, 2) << "it would be overwritten";
    EXPECT_FALSE(exists("out.csv"));
    std::filesystem::remove(folder.path() / "points.csv");
    const ProgramResult gone = query({"w.toml", "without", "-o", "out.csv"});
    EXPECT_EQ(gone.code, 3);
    EXPECT_THAT(gone.err, HasSubstr("points.csv"));
    EXPECT_EQ(query({"w.toml", "--layer", "xa", "--where", "households > 1"}).code, 0)
        << "what the question does not need may be missing";
    EXPECT_FALSE(exists("out.csv"));
}

TEST_F(QueryCommandTest, takes_layers_by_names_with_blanks_and_signs) {
    put("Điểm trường 2025-07.csv", "x,y\n107.02,21.02\n107.15,21.05\n");
    const std::string layer = "Điểm trường 2025-07";
    const auto ask = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"query", "communes.geojson", layer + ".csv", "--layer", "communes"});
        return json(words);
    };
    EXPECT_EQ(ask({"--near", layer + " within 1 m"})["count"], 2);
    EXPECT_EQ(ask({"--near", layer + " where (x > 107.1) within 1 m"})["count"], 1);
    EXPECT_EQ(ask({"--near", "1 nearest to " + layer})["count"], 2);
    EXPECT_EQ(ask({"--near", "\"" + layer + "\" within 1 m"})["count"], 2) << "quoted as the language asks for";
    // From 107.2° E to the point at 107.15° E, 21.05° N: PROJ's program geod says 5,196.79 m.
    const Json counted = ask({"--count", layer + " within 5.2 km"});
    EXPECT_EQ(counted["rows"][2][layer], 1);
    EXPECT_EQ(ask({"--nearest", layer + " where (x < 107.1)"})["columns"].back(), layer + ".direction");
}

TEST_F(QueryCommandTest, does_not_choose_among_layers_of_one_name) {
    std::string twice = text_of("w.toml");
    twice.replace(twice.find("\"Facilities\""), 12, "\"Communes\"");
    put("twice.toml", twice);
    for (const std::vector<std::string>& words : {std::vector<std::string>{"--layer", "Communes"},
                                                  {"--layer", "xa", "--count", "communes"},
                                                  {"--layer", "xa", "--where", "count(Communes) > 0"}}) {
        std::vector<std::string> all{"twice.toml"};
        all.insert(all.end(), words.begin(), words.end());
        const ProgramResult asked = query(all);
        EXPECT_EQ(asked.code, 2) << asked.out;
        EXPECT_THAT(asked.err,
                    AllOf(HasSubstr("several layers are called “"), HasSubstr("Write “xa” or “facilities”.")));
    }
}

TEST_F(QueryCommandTest, says_that_a_table_without_shapes_is_no_layer) {
    put("stunting.csv", "code,stunted\n06838,12\n06841,5\n06856,3\n");
    const std::vector<std::string> files{"communes.geojson", "stunting.csv"};
    const ProgramResult asked = query({files[0], files[1], "--layer", "stunting"});
    EXPECT_EQ(asked.code, 2);
    EXPECT_EQ(asked.err,
              "diaban: “stunting” is a table without shapes. Ask for its columns in the layer that it is "
              "joined to, “communes”.\n");
    EXPECT_EQ(json({"query", files[0], files[1], "--layer", "communes", "--where", "stunted > 4"})["count"], 2);
    const ProgramResult slip = query({files[0], files[1], "--layer", "communes", "--where", "stuntd > 4"});
    EXPECT_THAT(slip.err, HasSubstr("Did you mean “stunted”?\n  stuntd > 4\n  ^\n"));
}

TEST_F(QueryCommandTest, counts_nothing_in_a_file_that_has_no_rows_left) {
    ASSERT_EQ(query({"points.csv", "--layer", "points", "--where", "id < 0", "-o", "none.gpkg"}).code, 0);
    const Json counted = json({"query", "communes.geojson", "none.gpkg", "--layer", "communes", "--count", "none",
                               "--nearest", "none", "--where", "beyond 5 km of none"});
    EXPECT_EQ(counted["count"], 3) << "everything is beyond 5 km of nothing";
    for (const Json& row : counted["rows"]) {
        EXPECT_EQ(row["none"], 0);
        EXPECT_TRUE(row["none.distance_m"].is_null());
    }
    EXPECT_THAT(counted["diagnostics"].dump(), HasSubstr("The layer is empty"));
    put("nothing.geojson", collection({}));
    EXPECT_EQ(json({"query", "communes.geojson", "nothing.geojson", "--layer", "communes", "--count",
                    "nothing within 5 km"})["rows"][1]["nothing"],
              0);
}

TEST_F(QueryCommandTest, says_which_compared_shapes_had_to_be_repaired) {
    put("bow.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"n":1},"geometry":
{"type":"Polygon","coordinates":[[[107.01,21.01],[107.09,21.09],[107.09,21.01],[107.01,21.09],[107.01,21.01]]]}}]})");
    const std::vector<std::string> words{"communes.geojson", "bow.geojson", "--layer", "communes", "--where"};
    for (const char* condition : {"intersects bow", "within 1 km of bow", "count(bow) > 0"}) {
        std::vector<std::string> all = words;
        all.emplace_back(condition);
        EXPECT_THAT(query(all).out, HasSubstr("1 feature had an invalid ring and was repaired")) << condition;
    }
    const ProgramResult without =
        query({"communes.geojson", "bow.geojson", "--layer", "communes", "--where", "households > 1"});
    EXPECT_THAT(without.out, testing::Not(HasSubstr("repaired"))) << "not asked about";
}

TEST_F(QueryCommandTest, tells_the_rows_that_the_format_could_hold) {
    put("villages.geojson", R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"n":1},"geometry":{"type":"Point","coordinates":[107.01,21.01]}},
{"type":"Feature","properties":{"n":2},"geometry":null}]})");
    EXPECT_THAT(query({"villages.geojson", "--layer", "villages", "-o", "out.fgb"}).out,
                AllOf(HasSubstr("1 row without a shape is left out"), HasSubstr("out.fgb: 1 row.\n")));
    EXPECT_THAT(query({"villages.geojson", "--layer", "villages", "-o", "out.csv"}).out, HasSubstr("out.csv: 2 rows."));
}

TEST_F(QueryCommandTest, does_not_guess_a_coordinate_system) {
    put("plane.csv", "x,y\n412345.6,2345678.9\n422345.6,2355678.9\n");
    const std::vector<std::string> words{"communes.geojson", "plane.csv", "--layer", "communes", "--count", "plane"};
    const ProgramResult asked = query(words);
    EXPECT_EQ(asked.code, 3);
    EXPECT_THAT(asked.err, HasSubstr("--crs plane.csv=EPSG:"));
    std::vector<std::string> told = words;
    told.insert(told.end(), {"--crs", "plane.csv=EPSG:5899"});
    EXPECT_EQ(query(told).code, 0);
    told.back() = "plain.csv=EPSG:5899";
    EXPECT_EQ(query(told).code, 2);
}

TEST_F(QueryCommandTest, says_who_is_reached_and_who_is_not) {
    put("villages.csv", "name,hh,x,y\nA,10,107.02,21.02\nB,30,107.15,21.051\nC,60,107.29,21.05\n");
    const std::vector<std::string> words{"query",      "communes.geojson",
                                         "points.csv", "villages.csv",
                                         "--coverage", "villages by points within 1 km",
                                         "--weight",   "hh",
                                         "--by",       "communes"};
    const Json told = json(words);
    EXPECT_EQ(told["count"], 1);
    EXPECT_EQ(told["rows"][0]["name"], "C");
    EXPECT_EQ(told["coverage"]["covered"], 40);
    EXPECT_EQ(told["coverage"]["total"], 100);
    EXPECT_DOUBLE_EQ(told["coverage"]["share"].get<double>(), 0.4);
    EXPECT_EQ(told["coverage"]["areas"].size(), 3U);
    auto written = words;
    written.insert(written.end(), {"-o", "gap.gpkg"});
    ASSERT_EQ(run(written).code, 0);
    EXPECT_EQ(json({"info", "gap.gpkg"})["files"][0]["layers"].size(), 3U) << "the gap, the areas, the facilities";
    auto areas = words;
    areas.insert(areas.end(), {"--part", "areas"});
    EXPECT_EQ(json(areas)["count"], 3);
    EXPECT_EQ(query({"villages.csv", "points.csv", "--coverage", "villages of points"}).code, 2);
    EXPECT_EQ(query({"villages.csv", "points.csv", "--coverage", "villages by pionts within 1 km"}).code, 2);
    EXPECT_EQ(query({"villages.csv", "points.csv", "--coverage", "villages by points within 1"}).code, 2);
}

TEST_F(QueryCommandTest, writes_the_ground_around_places) {
    ASSERT_EQ(query({"points.csv", "--buffer", "points where (kind = 'a') 1 km", "-o", "around.gpkg"}).code, 0);
    EXPECT_EQ(json({"info", "around.gpkg"})["files"][0]["layers"][0]["features"], 2);
    ASSERT_EQ(query({"points.csv", "--buffer", "points 1 km", "--dissolve", "-o", "one.geojson"}).code, 0);
    EXPECT_EQ(json({"info", "one.geojson"})["files"][0]["layers"][0]["features"], 1);
    EXPECT_EQ(query({"points.csv", "--buffer", "points 1", "-o", "none.gpkg"}).code, 2);
    ASSERT_EQ(
        query({"communes.geojson", "points.csv", "--service-areas", "points", "--clip", "communes", "-o", "areas.gpkg"})
            .code,
        0);
    EXPECT_FALSE(exists("none.gpkg"));
}

TEST_F(QueryCommandTest, asks_in_SQL) {
    const Json told = json({"query", "w.toml", "--sql", "select name, households from xa where households > 30"});
    EXPECT_EQ(told["count"], 2);
    EXPECT_EQ(told["rows"][0]["name"], "Bình Liêu");
    const ProgramResult wrong = query({"w.toml", "--sql", "select nam from xa"});
    EXPECT_EQ(wrong.code, 2);
    EXPECT_THAT(wrong.err, HasSubstr("nam"));
}

TEST_F(QueryCommandTest, answers_the_demos_sentence) {
    const std::string demo = DIABAN_SOURCE_DIR "/data/quang_ninh/demo.toml";
    std::vector<std::string> communes;
    const Json short_of_help = json({"query", demo, "border_communes_short_of_help"});
    for (const Json& row : short_of_help["rows"])
        communes.push_back(row["name"]);
    // By hand from the demo's tables: over 18% stunted in 2025 and along the border are these, Hoành Mô and Đường Hoa,
    // none with as many as 4 facilities per 100 households; in these some village is more than 5 km from any shelter.
    EXPECT_THAT(communes, testing::UnorderedElementsAre("Hải Sơn", "Bình Liêu", "Quảng Đức"));
    const Json villages = json({"query", demo, "far_border_villages"});
    EXPECT_EQ(villages["count"], 8);
    for (const Json& row : villages["rows"])
        EXPECT_GT(row["shelter_metres"].get<double>(), 5000);
    const Json coverage = json({"query", demo, "shelter_coverage"})["coverage"];
    EXPECT_GT(coverage["covered"].get<double>(), 0);
    EXPECT_LT(coverage["share"].get<double>(), 1);
}

}  // namespace
}  // namespace diaban
