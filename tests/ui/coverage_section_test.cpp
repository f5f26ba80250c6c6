// Who is reached, and ground nearby, asked in the window: four villages along the 21st parallel, two posts, two
// communes (the last village lies in none).
#include <GLFW/glfw3.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "panels_support.h"
#include "query/language/parse.h"
#include "ui/query/coverage_work.h"
#include "ui/query/saved_queries.h"

namespace diaban::ui {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string point(const char* name, const char* lon, int households) {
    return std::string(R"({"type":"Feature","properties":{"name":")") + name + R"(","households":)" +
           std::to_string(households) + R"(},"geometry":{"type":"Point","coordinates":[)" + lon + ",21]}}";
}
std::string commune(const char* name, const char* west, const char* east) {
    const auto at = [](const char* x, const char* y) { return std::string("[") + x + "," + y + "]"; };
    return std::string(R"({"type":"Feature","properties":{"name":")") + name +
           R"("},"geometry":{"type":"Polygon","coordinates":[[)" + at(west, "20.9") + "," + at(east, "20.9") + "," +
           at(east, "21.1") + "," + at(west, "21.1") + "," + at(west, "20.9") + "]]}}";
}
std::string collection(const std::string& features) {
    return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

struct QuerySections : testing::Test {
    TemporaryFolder folder;
    Harness h{1440, 1000};
    CoverageState& state = h.ui.panels.coverage;

    void SetUp() override {
        h.open(
            {folder.write("communes.geojson", collection(commune("Xã Một", "106.9", "107.15") + "," +
                                                         commune("Xã Hai", "107.15", "107.25"))),
             folder.write("villages.geojson", collection(point("A", "107.0", 10) + "," + point("B", "107.1", 20) + "," +
                                                         point("C", "107.2", 30) + "," + point("D", "107.3", 40))),
             folder.write("posts.geojson", collection(point("West", "107.0", 0) + "," + point("East", "107.31", 0)))});
        h.ui.panels.inspector_open = true;
        h.ui.panels.inspector = Inspector::query;
    }
    void show(QueryKind kind) {
        h.ui.panels.query.kind = kind;
        settle();
    }
    void settle() {
        h.frames(2);
        h.ui.session.jobs().finish();
        h.frames(3);
    }
    /// Who is asked for, whichever order the files were stacked in.
    void ask() {
        state.query.demand = "villages", state.query.facilities = "posts", state.query.by = "communes";
        state.query.weight = state.weight_text = "households";
        show(QueryKind::coverage);
    }
    std::vector<uint32_t> selected() const {
        return {h.ui.session.selection.features.begin(), h.ui.session.selection.features.end()};
    }
};

TEST_F(QuerySections, coverage_shows_the_share_and_where_the_gap_is) {
    ask();
    ASSERT_TRUE(state.basis);
    EXPECT_TRUE(shows("50.0%"));
    EXPECT_TRUE(shows("50 of 100 households"));
    EXPECT_THAT(state.sentence, HasSubstr("The largest gap is in Xã Hai"));
    EXPECT_TRUE(shows("Xã Hai"));
    EXPECT_EQ(state.rows, (std::vector<uint32_t>{1, 0}));  // 30 households not reached, then 20
}

TEST_F(QuerySections, coverage_follows_the_distance_at_once_and_lights_up_the_gap) {
    ask();
    const CoverageBasisPtr before = state.basis;
    // The slider lies left of the field with the distance; its right end is 50 km.
    const auto typed = places_of("5 km");
    ASSERT_FALSE(typed.empty());
    h.move(1440 - 140, typed.front().y);
    h.press();
    h.frames(2);
    EXPECT_GT(state.query.reach.metres().value(), 5000);
    EXPECT_EQ(state.answer.reach, state.query.reach.metres());
    EXPECT_EQ(state.basis, before);  // nothing was measured anew
    h.release();
    h.frames(2);
    EXPECT_TRUE(selected().empty());  // marked, not selected
    ASSERT_TRUE(h.ui.panels.query.preview);
    EXPECT_EQ(h.ui.panels.query.preview->layer_id, "villages");
    const auto gap = covered_features(state, false);
    EXPECT_EQ(h.ui.panels.query.preview->features, std::set<uint32_t>(gap.begin(), gap.end()));
}

TEST_F(QuerySections, what_is_selected_is_seen_until_another_distance_is_asked) {
    ask();
    h.frames(2);
    ASSERT_TRUE(h.ui.panels.query.preview);
    h.ui.session.select("communes", {0});
    h.frames(2);
    EXPECT_FALSE(h.ui.panels.query.preview);
    state.query.reach = {2, query::LengthUnit::kilometre};
    h.frames(2);
    ASSERT_TRUE(h.ui.panels.query.preview);
    EXPECT_EQ(selected(), (std::vector<uint32_t>{0}));  // and the selection was left alone
    state.light = CoverageLight::none;
    h.frames(2);
    EXPECT_FALSE(h.ui.panels.query.preview);
}

TEST_F(QuerySections, coverage_begins_with_the_largest_layer_of_points_and_its_households) {
    show(QueryKind::coverage);
    EXPECT_EQ(state.query.demand, "villages");
    EXPECT_EQ(state.query.weight, "households");
    EXPECT_EQ(state.query.facilities, "posts");
    EXPECT_EQ(state.query.by, "communes");
    EXPECT_TRUE(shows("50 of 100 households"));
}

TEST_F(QuerySections, a_weight_may_be_a_sum_and_what_is_wrong_with_it_is_said) {
    ask();
    state.weight_typed = true;
    state.query.weight = state.weight_text = "2 * households";
    settle();
    EXPECT_TRUE(shows("100 of 200 2 * households"));
    state.weight_text = "2 *";
    h.frames(2);
    EXPECT_TRUE(shows("100 of 200 2 * households"));  // the last good answer
    const auto error = parse_sum("2 *");
    ASSERT_FALSE(error);
    EXPECT_THAT(h.texts(), HasSubstr(error.error().what.substr(0, 12)));
}

TEST_F(QuerySections, a_saved_query_opens_where_its_kind_is_asked) {
    h.ui.session.edit("queries", [](Workspace& w) {
        w.queries.push_back({.id = "far",
                             .name = "Far away",
                             .ask = CoverageQuery{.demand = "villages",
                                                  .demand_where = {},
                                                  .weight = "households",
                                                  .facilities = "posts",
                                                  .facilities_where = "name = 'West'",
                                                  .reach = {7, query::LengthUnit::kilometre},
                                                  .by = "communes"},
                             .time = {}});
        w.queries.push_back(
            {.id = "ring",
             .name = "A ring",
             .ask =
                 BufferQuery{
                     .layer = "posts", .where = {}, .distance = {3, query::LengthUnit::kilometre}, .dissolve = true},
             .time = {}});
        w.queries.push_back({.id = "cells",
                             .name = "Cells",
                             .ask = ServiceAreaQuery{.facilities = "posts", .where = {}, .clip = "communes"},
                             .time = {}});
        w.queries.push_back({.id = "count", .name = "Count", .ask = SqlQuery{"SELECT 1 AS one"}, .time = {}});
        w.queries.push_back(
            {.id = "all", .name = "All", .ask = FeatureQuery{"villages", "households > 15", {}}, .time = {}});
    });
    open_query(h.ui, "far");
    settle();
    EXPECT_EQ(h.ui.panels.query.kind, QueryKind::coverage);
    EXPECT_EQ(state.query.reach.value, 7);
    EXPECT_EQ(state.facilities_where, "name = 'West'");
    EXPECT_TRUE(shows("10 of 100 households"));
    EXPECT_TRUE(shows("Far away"));
    state.query.reach.value = 8;
    h.frames(2);
    EXPECT_TRUE(shows("Far away •"));
    open_query(h.ui, "ring");
    h.frames(2);
    EXPECT_EQ(h.ui.panels.query.kind, QueryKind::areas);
    EXPECT_TRUE(shows("A ring"));
    EXPECT_EQ(h.ui.panels.areas.buffers.distance.value, 3);
    open_query(h.ui, "cells");
    h.frames(2);
    EXPECT_EQ(h.ui.panels.areas.kind, AreasKind::service);
    EXPECT_EQ(h.ui.panels.areas.service.clip, "communes");
    open_query(h.ui, "count");
    h.frames(2);
    EXPECT_EQ(h.ui.panels.drawer, Drawer::sql);
    EXPECT_EQ(h.ui.panels.sql.text, "SELECT 1 AS one");
    open_query(h.ui, "all");
    h.frames(2);
    EXPECT_EQ(h.ui.panels.query.kind, QueryKind::find);
}

TEST_F(QuerySections, coverage_takes_a_typed_distance_with_its_unit) {
    ask();
    h.frame();
    ASSERT_FALSE(places_of("5 km").empty());
    const ImVec2 field = places_of("5 km").front();  // the sentence below says it too
    h.move(field.x, field.y);
    h.click();
    h.type("12000 m");
    h.key(GLFW_KEY_ENTER);
    h.frames(2);
    EXPECT_EQ(state.query.reach, (query::Distance{12'000, query::LengthUnit::metre}));
    EXPECT_EQ(state.answer.total.covered_count, 4U);  // B is 10.4 km from West, C 11.4 km from East
    EXPECT_TRUE(shows("100.0%"));
}

TEST_F(QuerySections, coverage_takes_a_distance_however_people_write_numbers) {
    ask();
    h.frame();
    ASSERT_FALSE(places_of("5 km").empty());
    const ImVec2 field = places_of("5 km").front();
    const std::vector<std::pair<const char*, query::Distance>> written = {
        {"12,500 m", {12'500, query::LengthUnit::metre}}, {"2,5 km", {2.5, query::LengthUnit::kilometre}},
        {"3.25", {3.25, query::LengthUnit::kilometre}},   {"1.234,5m", {1234.5, query::LengthUnit::metre}},
        {"-3 km", {1234.5, query::LengthUnit::metre}},    {"7 miles", {1234.5, query::LengthUnit::metre}},
    };
    for (const auto& [typed, expected] : written) {
        SCOPED_TRACE(typed);
        h.move(field.x, field.y);
        h.click();
        h.type(typed);
        h.key(GLFW_KEY_ENTER);
        h.frames(2);
        EXPECT_EQ(state.query.reach, expected);
    }
}

TEST_F(QuerySections, coverage_goes_to_a_commune_that_is_clicked) {
    ask();
    ASSERT_TRUE(click_on(h, "Xã Hai"));
    h.frame();
    EXPECT_EQ(h.ui.session.selection.layer_id, "communes");
    EXPECT_THAT(selected(), ElementsAre(1U));
}

TEST_F(QuerySections, coverage_selects_the_gap_and_makes_layers_that_undo_takes_away) {
    ask();
    select_gap(h.ui);
    EXPECT_EQ(h.ui.session.selection.layer_id, "villages");
    EXPECT_THAT(selected(), ElementsAre(1U, 2U));

    gap_as_layer(h.ui);
    settle();
    const Workspace& workspace = h.ui.session.workspace();
    ASSERT_EQ(workspace.queries.size(), 1U);
    ASSERT_EQ(workspace.layers.size(), 4U);
    EXPECT_EQ(workspace.layers.front().source, workspace.queries.front().id);
    const LayerResultPtr made = h.ui.session.layer(workspace.layers.front().id);
    ASSERT_TRUE(made && made->features);
    EXPECT_EQ(made->features->count(), 2U);
    EXPECT_EQ(state.answer.total.covered_count, 2U);  // a layer more asks nothing anew
    h.ui.session.undo();
    EXPECT_EQ(h.ui.session.workspace().layers.size(), 3U);
    EXPECT_TRUE(h.ui.session.workspace().queries.empty());

    list_as_layer(h.ui);
    settle();
    ASSERT_EQ(h.ui.session.workspace().layers.size(), 4U);
    const LayerResultPtr areas = h.ui.session.layer(h.ui.session.active_layer);
    ASSERT_TRUE(areas && areas->features);
    EXPECT_TRUE(areas->features->field("uncovered"));
    const Layer& list = h.ui.session.workspace().layers.at(2);  // under the points, over the communes
    EXPECT_EQ(list.id, h.ui.session.active_layer);
    const auto* fill = std::get_if<GraduatedFill>(&list.style.fill);
    ASSERT_TRUE(fill);
    EXPECT_EQ(fill->measure.denominator, "total");
    EXPECT_EQ(fill->measure.unit, "%");
    EXPECT_EQ(fill->measure.label, "households within 5 km of posts, share");
    EXPECT_TRUE(h.ui.session.workspace().sources.back().session_only);
    h.ui.session.undo();
    EXPECT_EQ(h.ui.session.workspace().layers.size(), 3U);
}

TEST_F(QuerySections, coverage_gives_its_list_as_csv) {
    ask();
    list_as_csv(h.ui);
    EXPECT_EQ(h.ui.panels.dialog.purpose, FileDialogState::Purpose::save_text);
    EXPECT_THAT(h.ui.panels.dialog.text, HasSubstr("name,total,covered,uncovered,share"));
    EXPECT_THAT(h.ui.panels.dialog.text, HasSubstr("Xã Hai,30,0,30,0"));
    EXPECT_THAT(h.ui.panels.dialog.text, HasSubstr("within 5 km of posts"));  // the sentence, at the end
}

TEST_F(QuerySections, coverage_keeps_the_last_answer_when_a_question_fails_and_says_why) {
    ask();
    state.query.facilities_where = "nme = 'West'";
    settle();
    ASSERT_TRUE(state.error);
    EXPECT_THAT(to_text(*state.error), HasSubstr("name"));
    EXPECT_TRUE(shows("50 of 100 households"));
    state.query.facilities_where = "name = 'West'";
    settle();
    EXPECT_FALSE(state.error);
    EXPECT_TRUE(shows("10 of 100 households"));
}

TEST_F(QuerySections, a_saved_query_is_deleted_unless_a_layer_is_made_from_it) {
    ask();
    gap_as_layer(h.ui);
    const std::string gap = h.ui.session.workspace().queries.front().id;
    h.ui.session.edit("one more", [](Workspace& w) {
        w.queries.push_back({.id = "count", .name = "Count", .ask = SqlQuery{"SELECT 1 AS one"}, .time = {}});
    });
    remove_query(h.ui, gap);
    remove_query(h.ui, "count");
    remove_query(h.ui, "not there");
    ASSERT_EQ(h.ui.session.workspace().queries.size(), 1U);
    EXPECT_EQ(h.ui.session.workspace().queries.front().id, gap);
    h.ui.session.undo();
    EXPECT_EQ(h.ui.session.workspace().queries.size(), 2U);
}

TEST_F(QuerySections, coverage_says_that_nothing_of_a_hidden_layer_is_marked) {
    ask();
    EXPECT_FALSE(shows("Show the layer"));
    h.ui.session.edit("hide", [](Workspace& w) { w.find_layer("villages")->visible = false; });
    h.frames(2);
    EXPECT_THAT(h.texts(), HasSubstr("“villages” is hidden"));
    ASSERT_TRUE(click_on(h, "Show the layer"));
    h.frames(2);
    EXPECT_TRUE(h.ui.session.workspace().find_layer("villages")->visible);
}

TEST_F(QuerySections, coverage_of_nothing_says_what_to_do) {
    Harness empty{1440, 900};
    empty.open({folder.write("fine.geojson", four_communes())});
    empty.ui.panels.inspector = Inspector::query;
    empty.ui.panels.query.kind = QueryKind::coverage;
    empty.frames(3);
    EXPECT_TRUE(shows("Nobody to reach yet"));
}

TEST_F(QuerySections, areas_become_layers_below_what_they_are_made_from) {
    show(QueryKind::areas);
    AreasState& areas = h.ui.panels.areas;
    areas.buffers.layer = "posts";
    h.frames(2);
    EXPECT_THAT(h.texts(), HasSubstr("all ground within 1 km of"));
    ASSERT_TRUE(click_on(h, "Add as layer"));
    settle();
    const Workspace& workspace = h.ui.session.workspace();
    ASSERT_EQ(workspace.layers.size(), 4U);
    const auto posts = std::ranges::find(workspace.layers, "posts", &Layer::id);
    ASSERT_NE(posts + 1, workspace.layers.end());
    EXPECT_EQ((posts + 1)->name, "Within 1 km of posts");
    const LayerResultPtr made = h.ui.session.layer((posts + 1)->id);
    ASSERT_TRUE(made && made->features);
    EXPECT_EQ(made->features->base().geometry.part_count(), 2U);
    h.ui.session.undo();
    EXPECT_EQ(h.ui.session.workspace().layers.size(), 3U);
}

TEST_F(QuerySections, service_areas_are_cut_to_the_communes_that_are_there) {
    show(QueryKind::areas);
    h.ui.panels.areas.kind = AreasKind::service;
    h.ui.panels.areas.service.facilities = "posts";
    h.frames(2);
    EXPECT_EQ(h.ui.panels.areas.service.clip, "communes");
    EXPECT_TRUE(shows("Service areas"));
    ASSERT_TRUE(click_on(h, "Add as layer"));
    settle();
    ASSERT_EQ(h.ui.session.workspace().queries.size(), 1U);
    const LayerResultPtr made = h.ui.session.layer(h.ui.session.active_layer);
    ASSERT_TRUE(made && made->features);
    EXPECT_EQ(made->features->count(), 2U);
    EXPECT_TRUE(made->features->field("area_km2"));
}

}  // namespace
}  // namespace diaban::ui
