// Saved queries: whose data they need, and their answers as sources.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "temporary_folder.h"
#include "workspace/file.h"
#include "workspace/open.h"
#include "workspace/query_layers.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

void put(const std::filesystem::path& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
}

Layer layer(const std::string& id, const std::string& source, const std::string& filter = {}) {
    Layer made;
    made.id = id;
    made.name = "The " + id;
    made.source = source;
    made.filter = filter;
    return made;
}

std::vector<std::string> ids_of(const std::vector<const Layer*>& layers) {
    std::vector<std::string> ids;
    for (const Layer* one : layers)
        ids.push_back(one->id);
    return ids;
}

TEST(LayersOf, names_every_layer_that_a_question_speaks_of_once) {
    EXPECT_THAT(layers_of(FeatureQuery{"communes",
                                       "beyond 5 km of shelters where (within wards) and count(sanitation) / 2 > 1 or "
                                       "not (among 3 nearest to posts)",
                                       {{"n", "distance(shelters) + sum(children of schools within 1 km)"}}}),
                ElementsAre("communes", "shelters", "wards", "sanitation", "posts", "schools"));
    EXPECT_THAT(layers_of(CoverageQuery{.demand = "villages",
                                        .weight = "households",
                                        .facilities = "shelters",
                                        .facilities_where = "along border",
                                        .by = "communes"}),
                ElementsAre("villages", "shelters", "border", "communes"));
    EXPECT_THAT(layers_of(ServiceAreaQuery{"shelters", "", "province"}), ElementsAre("shelters", "province"));
}

TEST(LayersOf, a_text_that_cannot_be_understood_are_none) {
    EXPECT_THAT(layers_of(FeatureQuery{"communes", "beyond 5 of shelters (", {}}), ElementsAre("communes"));
}

TEST(LayersOf, a_statement_in_SQL_are_among_its_names_but_not_in_its_texts_and_comments) {
    const auto names =
        layers_of(SqlQuery{"select a.x, 'posts' from communes a join \"old units\" -- shelters\n"
                           "/* wards */ join [b c]"});
    EXPECT_THAT(names, testing::IsSupersetOf({"communes", "old units", "b c"}));
    for (const char* none : {"posts", "shelters", "wards"})
        EXPECT_EQ(std::ranges::find(names, none), names.end()) << none;
}

TEST(LayersBehind, a_question_are_those_it_names_and_those_that_their_filters_and_columns_look_at) {
    Workspace w;
    w.layers = {layer("communes", "s"), layer("shelters", "s", "within 1 km of posts"), layer("posts", "s"),
                layer("schools", "s")};
    w.layers[2].columns = {{"n", "count(\"The schools\")"}};
    EXPECT_THAT(ids_of(layers_behind(w, {"shelters"})), ElementsAre("shelters", "posts", "schools"))
        << "a layer may be called by its name";
    EXPECT_THAT(ids_of(layers_behind(w, {"communes", "nothing"})), ElementsAre("communes"));
    w.layers[3].filter = "touches shelters";
    EXPECT_THAT(ids_of(layers_behind(w, {"schools"})), ElementsAre("shelters", "posts", "schools"))
        << "also where they go round in a circle";
}

TEST(CalculationOrder, puts_layers_behind_those_that_their_columns_look_at) {
    Workspace w;
    w.layers = {layer("a", "s"), layer("b", "s"), layer("c", "s"), layer("plain", "s")};
    w.layers[0].columns = {{"n", "count(b where (query.n > 1))"}};
    w.layers[1].columns = {{"n", "count(plain)"}};
    w.layers[3].filter = "within c";
    w.layers[2].columns = {{"n", "area()"}};
    EXPECT_THAT(ids_of(calculation_order(w)), ElementsAre("c", "b", "a"));
    w.layers[2].columns = {{"n", "count(a)"}};
    EXPECT_THAT(ids_of(calculation_order(w)), UnorderedElementsAre("a", "b", "c")) << "a circle ends, too";
}

/// One commune of 0.1° with two points in it, two more beside it.
class QuerySources : public testing::Test {
protected:
    QuerySources() {
        put(folder.path() / "communes.geojson",
            R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"06838","name":"A"},)"
            R"("geometry":{"type":"Polygon","coordinates":[[[107,21],[107.1,21],[107.1,21.1],[107,21.1],[107,21]]]}}]})");
        put_points({{107.02, 21.02}, {107.05, 21.05}, {107.2, 21.05}, {107.3, 21.05}});
        put(folder.path() / "table.csv", "code,n\n06838,5\n");
    }
    void put_points(const std::vector<std::pair<double, double>>& places) {
        std::string features;
        for (const auto& [x, y] : places)
            features +=
                (features.empty() ? "" : ",") +
                (R"({"type":"Feature","properties":{"households":10},"geometry":{"type":"Point","coordinates":[)" +
                 std::to_string(x) + "," + std::to_string(y) + "]}}");
        put(folder.path() / "points.geojson", R"({"type":"FeatureCollection","features":[)" + features + "]}");
    }
    [[nodiscard]] Opened open(const std::string& more) {
        put(folder.path() / "w.toml", std::string(R"(version = 1
[[sources]]
id = "communes"
path = "communes.geojson"
date = "2025"
[[sources]]
id = "points"
path = "points.geojson"
invented = true
[[sources]]
id = "table"
path = "table.csv"
[[layers]]
id = "communes"
source = "communes"
[[layers]]
id = "points"
source = "points"
)") + more);
        auto opened = open_files({folder.path() / "w.toml"}, progress);
        EXPECT_TRUE(opened) << to_text(opened.error());
        return opened ? *std::move(opened) : Opened();
    }
    static std::string failures(const Opened& opened) {
        std::string text;
        for (const Diagnostic& d : opened.diagnostics)
            if (d.kind == DiagnosticKind::layer_failed) text += d.where.layer + " | " + d.detail + "\n";
        return text;
    }
    TemporaryFolder folder;
    Progress progress;
};

constexpr const char* outside = R"toml(
[[queries]]
id = "outside"
name = "Points outside"
kind = "find"
layer = "points"
where = "not (within communes)"
columns = [ { name = "far", value = "distance(communes)" } ]
[[layers]]
id = "shown"
source = "outside"
)toml";

TEST_F(QuerySources, are_made_when_the_workspace_is_opened_and_next_months_data_give_next_months_answer) {
    const Opened opened = open(outside);
    EXPECT_EQ(failures(opened), "");
    ASSERT_TRUE(opened.datasets.contains("outside"));
    const Dataset& made = *opened.datasets.at("outside");
    EXPECT_EQ(made.name, "Points outside");
    EXPECT_EQ(made.size(), 2U);
    EXPECT_EQ(made.geometry.kind(), GeometryKind::point);
    ASSERT_NE(made.table.find("far"), nullptr);
    // 0.1° and 0.2° east of the border at 21.05° N; PROJ's program geod says so of the places level with them.
    EXPECT_NEAR(made.table.find("far")->number(0).value_or(0), 10393.57, 0.1);
    EXPECT_NEAR(made.table.find("far")->number(1).value_or(0), 20787.15, 0.1);
    put_points({{107.02, 21.02}, {107.2, 21.05}});
    EXPECT_EQ(open(outside).datasets.at("outside")->size(), 1U);
}

TEST_F(QuerySources, come_from_the_files_of_all_layers_that_they_look_at) {
    const Opened opened = open(outside);
    std::vector<std::string> files;
    for (const Source* file : opened.workspace.files_behind("outside"))
        files.push_back(file->id);
    EXPECT_THAT(files, UnorderedElementsAre("points", "communes"));
    EXPECT_TRUE(opened.workspace.needs("outside"));
    EXPECT_EQ(unused_id(opened.workspace, "Outside"), "outside_2");
}

TEST_F(QuerySources, may_rest_on_each_other_in_whatever_order_they_are_listed) {
    const Opened opened = open(std::string(R"(
[[queries]]
id = "around"
kind = "find"
layer = "shown"
where = "far > 15000"
[[layers]]
id = "around_shown"
source = "around"
)") + outside);
    EXPECT_EQ(failures(opened), "");
    EXPECT_EQ(opened.datasets.at("around")->size(), 1U);
}

TEST_F(QuerySources, that_need_their_own_answer_are_told_with_the_way_round) {
    const Opened opened = open(R"(
[[queries]]
id = "a"
kind = "find"
layer = "of_b"
[[queries]]
id = "b"
kind = "find"
layer = "points"
where = "within 1 km of of_a"
[[layers]]
id = "of_a"
source = "a"
[[layers]]
id = "of_b"
source = "b"
)");
    EXPECT_EQ(
        failures(opened),
        "of_a | the query “a” needs its own answer: a → b → a\nof_b | the query “b” needs its own answer: b → a → "
        "b\n");
    EXPECT_FALSE(opened.datasets.contains("a"));
    EXPECT_THAT(opened.workspace.files_behind("a"), SizeIs(1)) << "the walk back ends, too";
}

TEST_F(QuerySources, that_cannot_be_carried_out_leave_the_other_layers_as_they_are) {
    const Opened opened = open(R"(
[[queries]]
id = "q"
name = "Wrong"
kind = "find"
layer = "points"
where = "housholds > 5"
[[layers]]
id = "of_q"
source = "q"
)");
    EXPECT_THAT(failures(opened), HasSubstr("of_q | Wrong: "));
    EXPECT_THAT(failures(opened), HasSubstr("“housholds”"));
    EXPECT_THAT(failures(opened), HasSubstr("“households”")) << "the nearest name";
    EXPECT_TRUE(opened.datasets.contains("points"));
}

TEST_F(QuerySources, are_made_only_where_a_layer_shows_or_joins_them) {
    const std::string query = std::string(outside).substr(0, std::string(outside).find("[[layers]]"));
    EXPECT_FALSE(open(query).datasets.contains("outside"));
}

TEST_F(QuerySources, see_joined_tables_filters_and_calculated_columns_of_the_layers) {
    const Opened opened = open(R"toml(
[[layers]]
id = "counted"
source = "communes"
filter = "query.inside > 1"
columns = [ { name = "inside", value = "count(points)" }, { name = "twice", value = "inside * table.n" } ]
[[layers.joins]]
source = "table"
key = "code"
foreign_key = "code"
[[queries]]
id = "q"
kind = "find"
layer = "points"
where = "within counted where (twice = 10)"
[[layers]]
id = "shown"
source = "q"
)toml");
    EXPECT_EQ(failures(opened), "");
    ASSERT_TRUE(opened.datasets.contains("q"));
    EXPECT_EQ(opened.datasets.at("q")->size(), 2U) << "two points lie inside, twice five is ten";
}

TEST(SavedPart, leaves_out_queries_about_what_is_not_saved_and_what_rests_on_them) {
    Workspace w;
    w.sources = {{.id = "s", .path = "/s"}, {.id = "found", .path = "/s", .session_only = true}};
    w.layers = {layer("kept", "s"), layer("passing", "found"), layer("made", "q"), layer("other", "keeps")};
    w.queries = {{"q", "q", FeatureQuery{"kept", "touches passing", {}}, {}},
                 {"of_made", "r", FeatureQuery{"made", "", {}}, {}},
                 {"keeps", "k", FeatureQuery{"kept", "", {}}, {}}};
    const Workspace saved = saved_part(w);
    EXPECT_THAT(saved.queries, ElementsAre(w.queries[2]));
    EXPECT_THAT(saved.layers, SizeIs(2));
    EXPECT_EQ(saved.find_layer("made"), nullptr);
    EXPECT_NE(saved.find_layer("other"), nullptr);
}

TEST(QueryInputs, change_with_what_the_answer_hangs_on_and_with_nothing_else) {
    Workspace w;
    w.layers = {layer("a", "s"), layer("b", "t"), layer("c", "u")};
    const SavedQuery query{"q", "q", FeatureQuery{"a", "within b", {}}, {}};
    const auto data = std::make_shared<const Dataset>();
    const Datasets datasets{{"s", data}, {"t", data}, {"u", data}};
    const QueryInputs before = inputs_of(query, w, datasets);
    EXPECT_THAT(before.datasets, SizeIs(2));

    Workspace looks = w;
    looks.layers[0].opacity = 0.5;
    looks.layers[0].visible = false;
    looks.layers[2].filter = "x = 1";
    std::swap(looks.layers[0], looks.layers[1]);
    EXPECT_EQ(inputs_of(query, looks, datasets), before) << "how layers are drawn, and layers it does not look at";

    Workspace filtered = w;
    filtered.layers[1].filter = "x = 1";
    EXPECT_NE(inputs_of(query, filtered, datasets), before);
    Workspace later = w;
    later.time = 2025;
    EXPECT_NE(inputs_of(query, later, datasets), before);
    Datasets others = datasets;
    others["t"] = std::make_shared<const Dataset>();
    EXPECT_NE(inputs_of(query, w, others), before);
}

}  // namespace
}  // namespace diaban
