// The SQL console: a statement is typed and run, stopped, corrected, and its rows are kept.
#include <GLFW/glfw3.h>
#include <gmock/gmock.h>

#include <chrono>
#include <thread>

#include "data/read.h"
#include "panels_support.h"

namespace diaban::ui {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

struct SqlPanel : testing::Test {
    TemporaryFolder folder;
    Harness h{1280, 900};
    void SetUp() override {
        (void)folder.write("communes.geojson", four_communes());
        h.open({folder.write("map.toml",
                             "version = 1\n[[sources]]\nid = \"file\"\npath = \"communes.geojson\"\n"
                             "[[layers]]\nid = \"communes\"\nname = \"Communes\"\nsource = \"file\"\n")});
        h.key(GLFW_KEY_S);
        h.frames(3);
    }
    [[nodiscard]] SqlState& sql() { return h.ui.panels.sql; }
    /// Puts the statement into the editor as if it had been typed, and the keyboard with it.
    void write(const std::string& text) {
        sql().text.clear();
        sql().replaced = true;
        sql().focus = true;
        h.frames(3);
        h.type(text);
    }
    void finish() {
        h.ui.session.jobs().finish();
        h.frames(3);
    }
    void ask(const std::string& text) {
        write(text);
        h.key(GLFW_KEY_ENTER, true);
        finish();
    }
};

TEST_F(SqlPanel, lists_the_layers_as_tables_with_their_columns) {
    EXPECT_EQ(h.ui.panels.drawer, Drawer::sql);
    EXPECT_TRUE(shows("communes")) << h.texts();
    EXPECT_TRUE(shows("population"));
    EXPECT_TRUE(shows("No result yet"));
}

TEST_F(SqlPanel, a_click_on_a_table_or_a_column_puts_its_name_in) {
    write("SELECT");
    ASSERT_TRUE(click_on(h, "population"));
    EXPECT_EQ(sql().text, "SELECT population");
    h.type(" FROM");
    h.frames(2);
    const auto places = places_of("communes");
    ASSERT_FALSE(places.empty());
    for (const ImVec2& place : places)
        if (place.x < 260 && place.y > h.ui.layout.map.y + h.ui.layout.map.height) h.move(place.x, place.y);
    h.click();
    EXPECT_EQ(sql().text, "SELECT population FROM communes");
}

TEST_F(SqlPanel, runs_on_ctrl_enter_and_shows_rows_count_and_time) {
    ask("SELECT name, population * 2 AS twice FROM communes ORDER BY population");
    ASSERT_TRUE(sql().result) << h.texts();
    EXPECT_THAT(h.texts(), HasSubstr("4 rows, "));
    EXPECT_TRUE(shows("twice"));
    EXPECT_TRUE(shows("100,000"));  // Hạ Long's 50,000 twice
    EXPECT_EQ(h.ui.panels.drawer, Drawer::sql);
    h.type(";");
    EXPECT_THAT(sql().text, HasSubstr("population;")) << "the editor keeps the keyboard";
}

TEST_F(SqlPanel, marks_what_is_wrong_and_keeps_the_last_good_result) {
    ask("SELECT name FROM communes");
    ask("SELECT nam FROM communes");
    ASSERT_TRUE(sql().error);
    EXPECT_THAT(h.texts(), HasSubstr("no such column: nam"));
    EXPECT_THAT(h.texts(), HasSubstr("Did you mean “name”?"));
    ASSERT_TRUE(sql().result);
    EXPECT_EQ(sql().result->sql, "SELECT name FROM communes");
    EXPECT_TRUE(shows("4 rows"));
    ask("SELECT name FROM communes LIMIT 1");
    EXPECT_FALSE(sql().error);
    EXPECT_EQ(sql().result->dataset->size(), 1U);
}

TEST_F(SqlPanel, esc_stops_a_statement_at_once_and_takes_nothing_of_the_text_back) {
    h.ui.session.select("communes", {1});
    const std::string endless = "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    write(endless);
    h.key(GLFW_KEY_ENTER, true);
    ASSERT_TRUE(sql().run);
    EXPECT_TRUE(shows("Stop"));
    const auto asked = std::chrono::steady_clock::now();
    h.key(GLFW_KEY_ESCAPE);
    EXPECT_FALSE(sql().run);
    h.ui.session.jobs().finish();
    EXPECT_LT(std::chrono::steady_clock::now() - asked, std::chrono::seconds(5));
    h.frames(2);
    EXPECT_TRUE(shows("Stopped.")) << h.texts();
    EXPECT_EQ(sql().text, endless);
    EXPECT_FALSE(sql().result);
    EXPECT_THAT(h.ui.session.messages(), IsEmpty());
    EXPECT_THAT(h.ui.session.selection.features, ElementsAre(1));
}

TEST_F(SqlPanel, goes_through_what_was_run_before) {
    ask("SELECT 1");
    ask("SELECT 2");
    write("SELECT 3");
    h.key(GLFW_KEY_UP, true);
    EXPECT_EQ(sql().text, "SELECT 2");
    h.key(GLFW_KEY_UP, true);
    EXPECT_EQ(sql().text, "SELECT 1");
    h.key(GLFW_KEY_UP, true);
    EXPECT_EQ(sql().text, "SELECT 1");
    h.key(GLFW_KEY_DOWN, true);
    h.key(GLFW_KEY_DOWN, true);
    EXPECT_EQ(sql().text, "SELECT 3");
}

TEST_F(SqlPanel, a_result_with_shapes_becomes_a_layer_in_one_step) {
    ask("SELECT name, ST_Centroid(geometry) AS geometry FROM communes WHERE population > 5000");
    EXPECT_THAT(h.texts(), HasSubstr("with points"));
    ASSERT_TRUE(click_on(h, "As a layer"));
    finish();
    const Workspace& workspace = h.ui.session.workspace();
    ASSERT_THAT(workspace.queries, SizeIs(1));
    EXPECT_EQ(std::get<SqlQuery>(workspace.queries[0].ask).sql, sql().result->sql);
    ASSERT_THAT(workspace.layers, SizeIs(2));
    EXPECT_EQ(workspace.layers[0].source, workspace.queries[0].id);
    const auto layer = h.ui.session.layer(workspace.layers[0].id);
    ASSERT_TRUE(layer && layer->features);
    EXPECT_EQ(layer->features->count(), 3U);
    h.ui.session.undo();
    EXPECT_THAT(h.ui.session.workspace().layers, SizeIs(1));
    EXPECT_THAT(h.ui.session.workspace().queries, IsEmpty());
}

TEST_F(SqlPanel, a_result_without_shapes_is_joined_where_its_rows_belong) {
    ask("SELECT * FROM (VALUES ('06838', 7), ('06895', 8)) ");
    ask("SELECT column1 AS code, column2 AS posts FROM (VALUES ('06838', 7), ('06895', 8))");
    ASSERT_TRUE(click_on(h, "As a table")) << h.texts();
    finish();
    const Workspace& workspace = h.ui.session.workspace();
    ASSERT_THAT(workspace.queries, SizeIs(1));
    ASSERT_THAT(workspace.layers.front().joins, SizeIs(1));
    const auto posts = h.ui.session.layer("communes")->features->field("posts");
    ASSERT_TRUE(posts);
    EXPECT_EQ(posts->number(0, 0), 7);
}

TEST_F(SqlPanel, a_table_is_not_joined_to_the_layer_that_it_reads_itself) {
    ask("SELECT code, population * 2 AS twice FROM communes");
    ASSERT_TRUE(click_on(h, "As a table"));
    finish();
    EXPECT_THAT(h.ui.session.workspace().queries, SizeIs(1));
    EXPECT_THAT(h.ui.session.workspace().layers.front().joins, IsEmpty());
    EXPECT_THAT(h.ui.session.messages().back().text, HasSubstr("joined to no layer"));
}

TEST_F(SqlPanel, a_query_is_saved_under_a_name) {
    ask("SELECT name FROM communes");
    ASSERT_TRUE(click_on(h, "Save query…"));
    h.type("Names");
    h.key(GLFW_KEY_ENTER);
    ASSERT_THAT(h.ui.session.workspace().queries, SizeIs(1));
    EXPECT_EQ(h.ui.session.workspace().queries[0].name, "Names");
    EXPECT_EQ(h.ui.session.workspace().queries[0].id, "names");
}

TEST_F(SqlPanel, rows_go_to_a_file_and_to_the_clipboard) {
    ask("SELECT code, population FROM communes ORDER BY population DESC LIMIT 2");
    ASSERT_TRUE(click_on(h, "Export…"));
    EXPECT_EQ(h.ui.panels.dialog.purpose, FileDialogState::Purpose::export_layer);
    h.ui.panels.dialog.folder = folder.path();
    h.frames(2);
    EXPECT_TRUE(shows("2 rows")) << h.texts();
    h.key(GLFW_KEY_ENTER);
    finish();
    Progress progress;
    const auto written = read(folder.path() / "result.csv", {}, progress);
    ASSERT_TRUE(written) << to_text(written.error()) << h.ui.session.messages().back().text;
    EXPECT_EQ(written->front()->table.find("code")->text(0), "06652");
    EXPECT_EQ(written->front()->size(), 2U);
}

TEST_F(SqlPanel, an_empty_statement_is_told_what_is_missing) {
    write("  ");
    h.key(GLFW_KEY_ENTER, true);
    finish();
    EXPECT_THAT(h.texts(), HasSubstr("there is no statement"));
    EXPECT_THAT(sql().history, IsEmpty());
}

TEST_F(SqlPanel, fits_a_small_window) {
    Harness small(900, 560);
    small.open({folder.path() / "map.toml"});
    small.key(GLFW_KEY_S);
    small.frames(3);
    EXPECT_THAT(small.windows_outside(), IsEmpty());
}

}  // namespace
}  // namespace diaban::ui
