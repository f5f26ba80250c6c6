// The match report: what waits for a yes gets it here.
#include <GLFW/glfw3.h>
#include <gmock/gmock.h>

#include <cmath>

#include "panels_support.h"

namespace diaban::ui {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// Of the four communes one is named as it is, one without its diacritics (a suggestion), and "Nowhere" is nothing.
struct MatchPanel : testing::Test {
    TemporaryFolder folder;
    Harness h{1280, 900};
    void SetUp() override {
        (void)folder.write("communes.geojson", four_communes());
        (void)folder.write("cases.csv", "commune,cases\nXã Đầm Hà,7\nXa Ba Che,8\nSomewhere else,9\n");
        h.open({folder.write("map.toml",
                             "version = 1\n[[sources]]\nid = \"communes\"\npath = \"communes.geojson\"\n"
                             "[[sources]]\nid = \"cases\"\npath = \"cases.csv\"\n"
                             "[[layers]]\nid = \"communes\"\nname = \"Communes\"\nsource = \"communes\"\n"
                             "[[layers.joins]]\nsource = \"cases\"\nkey = \"name\"\nforeign_key = \"commune\"\n"
                             "role = \"name\"\n")});
        h.key(GLFW_KEY_M);
        h.frames(3);
    }
    [[nodiscard]] const Join& join() { return h.ui.session.workspace().layers.front().joins.front(); }
    [[nodiscard]] std::optional<double> cases(uint32_t feature) {
        return h.ui.session.layer("communes")->features->field("cases")->number(feature, 0);
    }
};

TEST_F(MatchPanel, lists_every_row_with_its_state_and_counts_them) {
    EXPECT_EQ(h.ui.panels.drawer, Drawer::match);
    EXPECT_TRUE(shows("All  3")) << h.texts();
    EXPECT_TRUE(shows("Suggested  1"));
    EXPECT_TRUE(shows("Unmatched  1"));
    EXPECT_TRUE(shows("Units without a row  3"));
    EXPECT_TRUE(shows("Somewhere else"));
}

TEST_F(MatchPanel, a_yes_joins_the_row_and_undo_takes_it_back) {
    EXPECT_FALSE(cases(2));
    ASSERT_TRUE(click_on(h, "Yes"));
    EXPECT_EQ(cases(2), 8);
    ASSERT_THAT(join().confirmed, SizeIs(1));
    EXPECT_TRUE(shows("Take back")) << h.texts();
    h.ui.session.undo();
    EXPECT_FALSE(cases(2));
    EXPECT_THAT(join().confirmed, IsEmpty());
}

TEST_F(MatchPanel, a_no_refuses_the_row_and_can_be_taken_back) {
    // The button beside "Yes": other words begin with these letters too.
    const auto yes = places_of("Yes");
    ASSERT_FALSE(yes.empty());
    for (const ImVec2& no : places_of("No"))
        if (std::abs(no.y - yes.back().y) < 2) h.move(no.x, no.y);
    h.click();
    ASSERT_THAT(join().confirmed, SizeIs(1));
    EXPECT_EQ(join().confirmed[0].feature, "");
    EXPECT_TRUE(shows("Unmatched  2"));
    ASSERT_TRUE(click_on(h, "Take back"));
    EXPECT_THAT(join().confirmed, IsEmpty());
    EXPECT_TRUE(shows("Suggested  1"));
}

TEST_F(MatchPanel, all_suggestions_that_are_alike_enough_are_accepted_in_one_step) {
    h.ui.panels.match.least_score = 0.5;
    h.frame();
    ASSERT_TRUE(click_on(h, "Accept 1 with at least")) << h.texts();
    EXPECT_EQ(cases(2), 8);
    h.ui.session.undo();
    EXPECT_FALSE(cases(2));
}

TEST_F(MatchPanel, filters_and_selects_what_a_row_speaks_of) {
    ASSERT_TRUE(click_on(h, "Suggested  1"));
    EXPECT_THAT(h.ui.panels.match.rows, ElementsAre(1));
    ASSERT_TRUE(click_on(h, "Xa Ba Che"));
    EXPECT_THAT(h.ui.session.selection.features, ElementsAre(2));
    ASSERT_TRUE(click_on(h, "Units without a row  3"));
    EXPECT_THAT(h.ui.panels.match.rows, ElementsAre(0, 2, 3));
}

TEST_F(MatchPanel, a_row_is_joined_to_the_unit_selected_on_the_map) {
    h.ui.session.select("communes", {3});
    ASSERT_TRUE(click_on(h, "Unmatched  1"));
    ASSERT_TRUE(click_on(h, "It is Phường Hạ Long")) << h.texts();
    EXPECT_EQ(cases(3), 9);
}

TEST_F(MatchPanel, goes_to_a_spreadsheet) {
    const auto width = ImGui::GetIO().DisplaySize.x;
    h.move(width - 26, h.ui.layout.map.y + h.ui.layout.map.height + 5 + 36 + 24);
    h.click();
    EXPECT_EQ(h.ui.panels.dialog.purpose, FileDialogState::Purpose::save_text);
    EXPECT_THAT(h.ui.panels.dialog.text, HasSubstr("Xa Ba Che"));
}

TEST_F(MatchPanel, says_so_where_no_table_is_joined) {
    h.ui.session.edit("none", [](Workspace& w) { w.layers.front().joins.clear(); });
    h.frames(2);
    EXPECT_TRUE(shows("No table is joined to this layer"));
}

}  // namespace
}  // namespace diaban::ui
