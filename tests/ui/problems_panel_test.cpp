// Checking boundaries: what is found is a layer and a list, lives as long as the session, and is never saved.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/file.h"
#include "panels_support.h"
#include "workspace/file.h"

namespace diaban::ui {
namespace {

using testing::HasSubstr;

/// B has a bump of 0.1° × 0.2° into A, and C a hole of 0.2° × 0.2°: by hand.
std::string faulty_communes() {
    const auto feature = [](const char* name, const char* rings) {
        return std::string(R"({"type":"Feature","properties":{"name":")") + name +
               R"("},"geometry":{"type":"Polygon","coordinates":)" + rings + "}}";
    };
    return R"({"type":"FeatureCollection","features":[)" +
           feature("A", "[[[107,21],[108,21],[108,22],[107,22],[107,21]]]") + "," +
           feature("B",
                   "[[[108,21],[109,21],[109,22],[108,22],[108,21.6],[107.9,21.6],[107.9,21.4],[108,21.4],[108,21]]]") +
           "," +
           feature("C",
                   "[[[109,21],[110,21],[110,22],[109,22],[109,21]],"
                   "[[109.4,21.4],[109.4,21.6],[109.6,21.6],[109.6,21.4],[109.4,21.4]]]") +
           "]}";
}

struct ProblemsPanel : testing::Test {
    TemporaryFolder folder;
    Harness h{1440, 900};
    void SetUp() override {
        h.open({folder.write("communes.geojson", faulty_communes())});
        layer = h.ui.session.active_layer;
    }
    void check() {
        ASSERT_TRUE(run_command(h.ui, "analyse.check_boundaries"));
        h.ui.session.jobs().finish();
        h.frames(3);
    }
    std::string layer;
};

TEST_F(ProblemsPanel, lists_what_was_found_and_shows_it_as_a_layer_above) {
    check();
    const FoundProblems* found = h.ui.session.problems_of(layer);
    ASSERT_NE(found, nullptr);
    const auto overlaps = std::ranges::count(found->problems->list, DiagnosticKind::overlap, &Problem::kind);
    EXPECT_EQ(overlaps, 1);
    ASSERT_EQ(h.ui.session.workspace().layers.size(), 2U);
    EXPECT_EQ(h.ui.session.workspace().layers.front().name, "Problems in communes");
    EXPECT_EQ(h.ui.panels.drawer, Drawer::problems);
    EXPECT_THAT(h.texts(), HasSubstr("overlap"));
    EXPECT_TRUE(shows("A – B"));
    EXPECT_TRUE(shows("km²"));
}

TEST_F(ProblemsPanel, goes_to_a_problem_that_is_clicked_and_highlights_it) {
    check();
    const double before = h.ui.map.frame().units_per_pixel;
    ASSERT_TRUE(click_on(h, "A – B"));
    h.frame();
    EXPECT_LT(h.ui.map.frame().units_per_pixel, before);
    const auto lon_lat = h.ui.map.lon_lat(h.ui.session, {h.ui.map.frame().width / 2, h.ui.map.frame().height / 2});
    ASSERT_TRUE(lon_lat);
    EXPECT_NEAR(lon_lat->x, 107.95, 0.02);
    EXPECT_NEAR(lon_lat->y, 21.5, 0.02);
    EXPECT_EQ(h.ui.session.selection.layer_id, h.ui.session.workspace().layers.front().id);
    EXPECT_EQ(h.ui.session.selection.features.size(), 1U);
}

TEST_F(ProblemsPanel, is_no_change_to_save_and_leaves_nothing_in_the_file) {
    ASSERT_TRUE(h.ui.session.save(folder.path() / "map.toml"));
    check();
    EXPECT_FALSE(h.ui.session.unsaved());
    ASSERT_TRUE(h.ui.session.save(folder.path() / "map.toml"));
    const auto saved = load_workspace(folder.path() / "map.toml");
    ASSERT_TRUE(saved);
    EXPECT_EQ(saved->layers.size(), 1U);
    EXPECT_EQ(saved->sources.size(), 1U);
    EXPECT_EQ(h.ui.session.workspace().layers.size(), 2U);  // the layer itself stays
}

TEST_F(ProblemsPanel, undo_takes_the_layer_away_and_redo_brings_it_back_with_its_data) {
    check();
    h.ui.session.undo();
    EXPECT_EQ(h.ui.session.workspace().layers.size(), 1U);
    h.ui.session.redo();
    ASSERT_EQ(h.ui.session.workspace().layers.size(), 2U);
    const auto result = h.ui.session.layer(h.ui.session.workspace().layers.front().id);
    ASSERT_TRUE(result && result->features);
    EXPECT_GT(result->shown_count, 0U);
}

TEST_F(ProblemsPanel, checking_again_replaces_the_layer_instead_of_adding_another) {
    check();
    h.ui.session.active_layer = layer;
    check();
    EXPECT_EQ(h.ui.session.workspace().layers.size(), 2U);
    EXPECT_EQ(h.ui.session.workspace().sources.size(), 2U);
}

TEST_F(ProblemsPanel, saves_the_list_with_its_places) {
    check();
    h.ui.session.active_layer = layer;
    h.frames(2);
    h.ui.panels.dialog.folder = folder.path();
    // The list's button is the middle one of three at the right end of the toolbar.
    const auto search = places_of("Find a unit or kind");
    ASSERT_FALSE(search.empty());
    h.move(1440 - 12 - 28 - 2 - 14, search.back().y);
    h.click();
    h.frames(2);
    ASSERT_EQ(h.ui.panels.dialog.purpose, FileDialogState::Purpose::save_text);
    EXPECT_THAT(h.ui.panels.dialog.text, HasSubstr("kind,unit,other_unit,area_m2,lon,lat,detail"));
    EXPECT_THAT(h.ui.panels.dialog.text, HasSubstr("overlap,A,B,"));
}

TEST_F(ProblemsPanel, coverages_are_checked_by_themselves_when_data_come_in) {
    h.ui.session.checks().finish();
    h.frames(2);
    const Diagnostics& all = h.ui.session.diagnostics();
    EXPECT_EQ(std::ranges::count(all, DiagnosticKind::overlap, &Diagnostic::kind), 1);
    // A layer that is removed takes its findings with it.
    h.ui.session.remove_layer(layer);
    EXPECT_EQ(std::ranges::count(h.ui.session.diagnostics(), DiagnosticKind::overlap, &Diagnostic::kind), 0);
}

TEST_F(ProblemsPanel, says_when_nothing_is_wrong) {
    Harness fine{1440, 900};
    fine.open({folder.write("fine.geojson", four_communes())});
    ASSERT_TRUE(run_command(fine.ui, "analyse.check_boundaries"));
    fine.ui.session.jobs().finish();
    fine.frames(3);
    EXPECT_EQ(fine.ui.session.workspace().layers.size(), 1U);
    EXPECT_THAT(fine.texts(), HasSubstr("No problem was found"));
}

}  // namespace
}  // namespace diaban::ui
