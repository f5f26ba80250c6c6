// The table, the ranking and the diagnostics.
#include <GLFW/glfw3.h>
#include <gmock/gmock.h>

#include <cmath>

#include "panels_support.h"
#include "ui/icons.h"
#include "ui/panels/ranking_csv.h"

namespace diaban::ui {
namespace {

using testing::ElementsAre;

struct DrawerPanel : testing::Test {
    TemporaryFolder folder;
    Harness h{1280, 900};
    void SetUp() override { h.open({folder.write("communes.geojson", four_communes())}); }
    void show(Drawer drawer) {
        h.ui.panels.drawer = drawer;
        h.frames(3);
    }
    [[nodiscard]] TableState& table() { return h.ui.panels.table; }
    [[nodiscard]] const Layer& layer() { return h.ui.session.workspace().layers.front(); }
};

TEST_F(DrawerPanel, table_lists_every_row_and_says_how_many) {
    show(Drawer::table);
    EXPECT_TRUE(shows("4 rows"));
    EXPECT_TRUE(shows("06838"));
    EXPECT_TRUE(shows("50,000"));
    EXPECT_TRUE(shows("–")) << "null";
}

TEST_F(DrawerPanel, table_finds_names_without_diacritics) {
    show(Drawer::table);
    ASSERT_TRUE(click_on(h, "Find in table"));
    h.type("binh lieu");
    h.frame();
    EXPECT_THAT(table().rows, ElementsAre(0));
    EXPECT_TRUE(shows("1 of 4 rows"));
}

TEST_F(DrawerPanel, table_says_when_nothing_is_found) {
    show(Drawer::table);
    table().search = "xyz";
    h.frames(2);
    EXPECT_TRUE(table().rows.empty());
    EXPECT_TRUE(shows("Nothing found for"));
}

TEST_F(DrawerPanel, table_sorts_by_a_header_in_Vietnamese_order) {
    show(Drawer::table);
    const auto headers = places_of("name");
    ASSERT_FALSE(headers.empty());
    h.move(headers.back().x, headers.back().y);
    h.click();
    EXPECT_EQ(table().sort_field, "name");
    // Phường Hạ Long; Xã Ba Chẽ, Xã Bình Liêu, Xã Đầm Hà.
    EXPECT_THAT(table().rows, ElementsAre(3, 2, 0, 1));
}

TEST_F(DrawerPanel, table_selects_by_click_adds_by_control_and_takes_ranges_by_shift) {
    show(Drawer::table);
    const auto& selection = h.ui.session.selection.features;
    ASSERT_TRUE(click_on(h, "06838"));
    EXPECT_THAT(selection, ElementsAre(0));
    h.hold(false, false, true);
    ASSERT_TRUE(click_on(h, "06970"));
    EXPECT_THAT(selection, ElementsAre(0, 2));
    h.hold(false);
    ASSERT_TRUE(click_on(h, "06895"));
    EXPECT_THAT(selection, ElementsAre(1));
    h.hold(true);
    ASSERT_TRUE(click_on(h, "06652"));
    EXPECT_THAT(selection, ElementsAre(1, 2, 3));
}

TEST_F(DrawerPanel, table_shows_only_what_is_selected_when_asked) {
    show(Drawer::table);
    h.ui.session.select(layer().id, {1, 3});
    table().only_selected = true;
    h.frames(2);
    EXPECT_THAT(table().rows, ElementsAre(1, 3));
    EXPECT_TRUE(shows("2 of 4 rows, 2 selected"));
}

TEST_F(DrawerPanel, table_of_3321_rows_draws_within_a_frame) {
    std::string csv_like = R"({"type":"FeatureCollection","features":[)";
    for (int i = 0; i < 3321; ++i)
        csv_like += std::string(i ? "," : "") + R"({"type":"Feature","properties":{"name":"Xã )" + std::to_string(i) +
                    R"(","n":)" + std::to_string(i) + R"(},"geometry":{"type":"Point","coordinates":[)" +
                    std::to_string(105 + i % 60 * 0.05) + "," + std::to_string(9 + i / 60 * 0.05) + "]}}";
    h.open({folder.write("many.geojson", csv_like + "]}")});
    h.ui.session.active_layer = h.ui.session.workspace().layers.front().id;
    show(Drawer::table);
    ASSERT_EQ(table().rows.size(), 3321U);
    table().search = "xa 33";
    h.frame();
    const std::string key = table().key;
    const auto* rows = table().rows.data();
    h.frames(3);
    EXPECT_EQ(table().key, key);
    EXPECT_EQ(table().rows.data(), rows) << "searched and sorted once, not each frame";
}

TEST_F(DrawerPanel, ranking_lists_the_units_highest_priority_first) {
    h.ui.session.edit("criteria", [](Workspace& workspace) {
        workspace.criteria = {
            {.measure = {.numerator = "stunted", .denominator = "measured", .scale = 100, .unit = "%"}}};
    });
    show(Drawer::ranking);
    const auto& ranked = h.ui.panels.ranking.ranked;
    ASSERT_EQ(ranked.size(), 4U);
    EXPECT_EQ(ranked[0].feature, 1U);  // 60%
    EXPECT_EQ(ranked[1].feature, 0U);  // 20%
    EXPECT_TRUE(shows("stunted ÷ measured"));
    ASSERT_TRUE(click_on(h, "Xã Ba Chẽ"));
    EXPECT_THAT(h.ui.session.selection.features, ElementsAre(2));
}

TEST_F(DrawerPanel, ranking_asks_for_a_criterion_and_adds_one) {
    show(Drawer::ranking);
    EXPECT_TRUE(shows("No ranking yet"));
    ASSERT_TRUE(click_on(h, "Add criterion"));
    EXPECT_EQ(h.ui.session.workspace().criteria.size(), 1U);
    h.ui.session.undo();
    EXPECT_TRUE(h.ui.session.workspace().criteria.empty());
}

TEST_F(DrawerPanel, ranking_offers_what_the_map_shows_as_a_criterion) {
    Style style = layer().style;
    const Measure rate{
        .numerator = "stunted", .denominator = "measured", .scale = 100, .unit = "%", .label = "Stunting"};
    style.fill = GraduatedFill{.measure = rate, .classes = 3, .manual_bounds = {}};
    h.ui.session.set_style(layer().id, style, "rate", "");
    show(Drawer::ranking);
    ASSERT_TRUE(click_on(h, icon::plus + std::string("  Stunting")));
    ASSERT_EQ(h.ui.session.workspace().criteria.size(), 1U);
    EXPECT_EQ(h.ui.session.workspace().criteria.front().measure, rate);
    h.frame();
    EXPECT_FALSE(shows(icon::plus + std::string("  Stunting"))) << "it is a criterion already";
}

TEST_F(DrawerPanel, ranking_leads_to_the_layer_that_has_the_values) {
    const std::string communes = layer().id;
    h.ui.session.add_files({folder.write("posts.geojson", R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"name":"A"},"geometry":{"type":"Point","coordinates":[107.5,21.5]}}]})")});
    for (int i = 0; i < 500 && h.ui.session.workspace().layers.size() < 2; ++i)
        h.frame();
    ASSERT_EQ(h.ui.session.workspace().layers.size(), 2U);
    h.ui.session.edit("criteria",
                      [](Workspace& workspace) { workspace.criteria = {{.measure = {.numerator = "population"}}}; });
    h.ui.session.active_layer = layer().id;
    show(Drawer::ranking);
    EXPECT_TRUE(shows("This layer has no values for"));
    ASSERT_TRUE(click_on(h, "communes"));
    EXPECT_EQ(h.ui.session.active_layer, communes);
    h.frames(2);
    EXPECT_EQ(h.ui.panels.ranking.ranked.size(), 4U);
}

TEST_F(DrawerPanel, ranking_says_which_column_is_missing) {
    h.ui.session.edit("criteria",
                      [](Workspace& workspace) { workspace.criteria = {{.measure = {.numerator = "stuntd"}}}; });
    show(Drawer::ranking);
    EXPECT_TRUE(shows("stuntd"));
}

TEST_F(DrawerPanel, ranking_goes_to_a_spreadsheet_with_numerators_and_denominators) {
    const std::vector<Criterion> criteria{
        {.measure = {.numerator = "stunted", .denominator = "measured", .scale = 100}}};
    const Features& features = *h.ui.session.layer(layer().id)->features;
    const std::vector<Ranked> ranked{{.feature = 1, .score = 1, .rank = 1, .incomplete = false},
                                     {.feature = 3, .score = NAN, .rank = 0, .incomplete = true}};
    const auto name = [](uint32_t f) { return f == 1 ? std::string("Đầm \"Hà\", xã") : std::string("Hạ Long"); };
    EXPECT_EQ(ranking_csv(features, criteria, ranked, 0, name),
              "\xEF\xBB\xBFrank,name,score,incomplete,stunted ÷ measured,stunted,measured\n"
              "1,\"Đầm \"\"Hà\"\", xã\",1,0,60,3,5\n"
              ",Hạ Long,,1,,,\n");
    EXPECT_EQ(ranking_csv(features, {}, {}, 0, name), "\xEF\xBB\xBFrank,name,score,incomplete\n");
    EXPECT_TRUE(ranking_csv(features, {}, ranked, 0, name, "invented").ends_with(",invented\n"));
}

TEST_F(DrawerPanel, ranking_says_in_a_spreadsheet_which_part_of_a_value_is_assumed) {
    Dataset dataset;
    dataset.table = Table({Column("n", ColumnType::real, std::vector<double>{8, 5}),
                           Column("n.assumed", ColumnType::real, std::vector<double>{0.25, 0})},
                          2);
    const Features features(std::make_shared<const Dataset>(std::move(dataset)));
    const std::vector<Ranked> ranked{{.feature = 0, .score = 1, .rank = 1}, {.feature = 1, .score = 0, .rank = 2}};
    EXPECT_EQ(ranking_csv(features, {{.measure = {.numerator = "n"}}}, ranked, 0,
                          [](uint32_t f) { return f == 0 ? std::string("A") : std::string("B"); }),
              "\xEF\xBB\xBFrank,name,score,incomplete,n,n (assumed share)\n1,A,1,0,8,0.25\n2,B,0,0,5,0\n");
}

TEST_F(DrawerPanel, diagnostics_say_that_there_is_nothing_or_what_there_is) {
    show(Drawer::diagnostics);
    h.ui.session.edit("filter", [](Workspace& workspace) { workspace.layers.front().filter = "popluation > 3"; });
    h.frames(2);
    EXPECT_TRUE(shows("popluation"));
    EXPECT_TRUE(shows("Noticed about the data"));
}

}  // namespace
}  // namespace diaban::ui
