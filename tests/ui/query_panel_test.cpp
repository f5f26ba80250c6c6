// The section "Find" of the query panel: sentences built with the mouse.
#include <GLFW/glfw3.h>
#include <gmock/gmock.h>

#include "query_panel_support.h"
#include "ui/icons.h"

namespace diaban::ui {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST_F(QueryPanel, begins_with_all_features_of_the_layer_shown) {
    EXPECT_EQ(state().draft.ask.layer, "communes");
    EXPECT_TRUE(shows("4 of 4"));
    EXPECT_EQ(h.ui.panels.query.preview, nullptr) << "nothing is marked while nothing is asked";
}

TEST_F(QueryPanel, builds_the_coordinators_sentence_with_the_mouse) {
    add("Border area");
    EXPECT_EQ(where(), "along border");
    EXPECT_TRUE(shows("3 of 4"));
    add("Rate");
    EXPECT_EQ(where(), "along border and stunted / measured > 20%");
    EXPECT_TRUE(shows("2 of 4"));
    add("Number nearby");
    pick("number of", "density of");
    pick("km²", "households");
    type_over("1000", "100");
    EXPECT_EQ(where(), "along border and stunted / measured > 20% and density(sanitation per 100 households) < 10");
    EXPECT_TRUE(shows("1 of 4"));
    add("Distance");
    pick("sanitation", "shelters", 1);
    EXPECT_EQ(
        where(),
        "along border and stunted / measured > 20% and density(sanitation per 100 households) < 10 and beyond 5 km "
        "of shelters");
    EXPECT_TRUE(shows("1 of 4"));
    EXPECT_THAT(answer().hits.kept, ElementsAre(1, 0, 0, 0));
    // The counts of the rows, each for itself: three at the border, three above 20%, three below ten, three far away.
    ASSERT_EQ(answer().hits.parts.size(), 4U);
    for (const Hits& part : answer().hits.parts)
        EXPECT_EQ(part.count, 3U);
}

TEST_F(QueryPanel, shows_typed_text_as_rows_and_words) {
    ask("kind = 'ward' or (beyond 5 km of shelters and not stunted < 20)");
    EXPECT_TRUE(shows("kind"));
    EXPECT_TRUE(shows("“ward”"));
    EXPECT_TRUE(shows("farther than"));
    EXPECT_TRUE(shows("All of these"));
    EXPECT_TRUE(shows("not"));
    // A and B are wards; of the others far from the shelter D has 30 stunted, C 10.
    EXPECT_TRUE(shows("3 of 4"));
}

TEST_F(QueryPanel, changes_the_answer_while_the_distance_is_dragged) {
    ask("beyond 5 km of shelters");
    EXPECT_TRUE(shows("3 of 4"));
    const ImVec2 unit = chip_at("km");
    const float y = unit.y + 24;  // the line below
    h.move(1100, y);
    h.press();
    h.move(1262, y);  // to the right end: 200 km
    settle();
    EXPECT_TRUE(shows("0 of 4")) << "while the button is held";
    EXPECT_THAT(where(), HasSubstr("beyond 200 km of shelters"));
    h.release();
    undo(state());
    settle();
    EXPECT_EQ(where(), "beyond 5 km of shelters") << "a drag is one step";
}

TEST_F(QueryPanel, marks_the_hits_on_the_map_without_selecting_them) {
    ask("kind = 'commune'");
    ASSERT_NE(h.ui.panels.query.preview, nullptr);
    EXPECT_THAT(h.ui.panels.query.preview->features, ElementsAre(2, 3));
    EXPECT_TRUE(h.ui.session.selection.empty());
    static_cast<void>(h.ui.map.scene(h.ui.session, h.ui.theme, h.ui.furniture()));
    const uint64_t before = h.ui.map.derived();
    ask("kind = 'ward'");
    static_cast<void>(h.ui.map.scene(h.ui.session, h.ui.theme, h.ui.furniture()));
    EXPECT_EQ(h.ui.map.derived(), before + 1) << "the map follows";
    EXPECT_THAT(h.ui.panels.query.preview->features, ElementsAre(0, 1));
}

TEST_F(QueryPanel, stays_when_a_feature_is_clicked_on_the_map) {
    ask("kind = 'ward'");
    const Frame& frame = h.ui.map.frame();
    // The province is four times as wide as it is high, so that a little beside the middle lies in C.
    const ImVec2 at = h.on_map(frame.width / 2 + frame.width / 16, frame.height / 2);
    h.move(at.x, at.y);
    h.click();
    h.frames(2);
    EXPECT_FALSE(h.ui.session.selection.empty());
    EXPECT_EQ(h.ui.panels.inspector, Inspector::query);
    EXPECT_EQ(answer().hits.count, 2U);
}

TEST_F(QueryPanel, keeps_the_last_good_answer_and_says_what_is_wrong_where_it_is) {
    ask("kind = 'ward'");
    ask("kind = 'ward' and stuntd > 5");
    EXPECT_TRUE(state().live.error());
    EXPECT_EQ(answer().hits.count, 2U);
    EXPECT_THAT(h.texts(), HasSubstr("stunted")) << "the nearest name";
}

TEST_F(QueryPanel, leaves_the_rows_alone_while_what_is_typed_cannot_be_read) {
    ask("kind = 'ward'");
    state().typed = "kind = ";
    apply_typed(state());
    settle();
    ASSERT_TRUE(state().typed_error);
    EXPECT_EQ(where(), "kind = 'ward'");
    EXPECT_EQ(answer().hits.count, 2U);
    state().typed = "kind = 'commune'";
    apply_typed(state());
    settle();
    EXPECT_FALSE(state().typed_error);
    EXPECT_EQ(where(), "kind = 'commune'");
}

TEST_F(QueryPanel, chooses_among_the_texts_that_there_are) {
    ask("kind = 'ward'");
    click_chip("“ward”");
    click_chip("commune", 1);  // below the layer's name
    settle();
    EXPECT_EQ(where(), "kind in ('ward', 'commune')");
    EXPECT_TRUE(shows("4 of 4"));
}

TEST_F(QueryPanel, turns_and_into_or) {
    ask("kind = 'ward' and stunted > 20");
    EXPECT_TRUE(shows("2 of 4"));
    click_chip("and");
    settle();
    EXPECT_EQ(where(), "kind = 'ward' or stunted > 20");
    EXPECT_TRUE(shows("3 of 4"));
}

TEST_F(QueryPanel, offers_alternatives_negation_and_removal_in_a_rows_menu) {
    ask("kind = 'ward'");
    const auto menu = [&](const char* entry) {
        ASSERT_TRUE(click_on(h, icon::more));
        ASSERT_TRUE(click_on(h, entry)) << h.texts();
        settle();
    };
    menu("Duplicate");
    EXPECT_EQ(where(), "kind = 'ward' and kind = 'ward'");
    menu("Not");
    EXPECT_EQ(where(), "kind = 'ward' and not kind = 'ward'");
    menu("Remove");
    EXPECT_EQ(where(), "kind = 'ward'");
}

TEST_F(QueryPanel, saves_under_a_name_as_one_step_that_can_be_undone_and_opens_again) {
    ask("kind = 'ward'");
    EXPECT_TRUE(dirty(h.ui.session, state()));
    save(h.ui, state(), "Wards");
    settle();
    ASSERT_EQ(h.ui.session.workspace().queries.size(), 1U);
    EXPECT_EQ(h.ui.session.workspace().queries[0].name, "Wards");
    EXPECT_FALSE(dirty(h.ui.session, state()));
    ask("kind = 'commune'");
    EXPECT_TRUE(dirty(h.ui.session, state()));
    open_saved(h.ui, state(), state().saved);
    settle();
    EXPECT_EQ(where(), "kind = 'ward'");
    EXPECT_NE(named(h.ui.session, "wards", {}), nullptr) << "names are compared as people read them";
    h.ui.session.undo();
    settle();
    EXPECT_TRUE(h.ui.session.workspace().queries.empty());
    EXPECT_TRUE(dirty(h.ui.session, state()));
    h.ui.session.redo();
    EXPECT_EQ(h.ui.session.workspace().queries.size(), 1U);
}

TEST_F(QueryPanel, asks_about_a_name_that_there_is_already) {
    ask("kind = 'ward'");
    save(h.ui, state(), "Wards");
    new_question(h.ui, state());
    ask("kind = 'commune'");
    click_chip(icon::save);
    h.key(GLFW_KEY_A, true);
    h.type("wards");
    h.key(GLFW_KEY_ENTER);
    EXPECT_EQ(h.ui.session.workspace().queries.size(), 1U) << "nothing is saved twice under a name";
    EXPECT_TRUE(shows("Replace it"));
    ASSERT_TRUE(click_on(h, "Replace it"));
    settle();
    ASSERT_EQ(h.ui.session.workspace().queries.size(), 1U);
    EXPECT_EQ(std::get<FeatureQuery>(h.ui.session.workspace().queries[0].ask).where, "kind = 'commune'");
}

TEST_F(QueryPanel, renames_duplicates_and_deletes_saved_questions) {
    ask("kind = 'ward'");
    save(h.ui, state(), "Wards");
    rename_saved(h.ui, state().saved, "Towns");
    duplicate_saved(h.ui, state(), state().saved);
    ASSERT_EQ(h.ui.session.workspace().queries.size(), 2U);
    EXPECT_EQ(h.ui.session.workspace().queries[0].name, "Towns");
    EXPECT_EQ(h.ui.session.workspace().queries[1].name, "Towns (2)");
    EXPECT_EQ(state().saved, h.ui.session.workspace().queries[1].id) << "the copy is what is worked on";
    remove_saved(h.ui, state(), std::string(state().saved));
    EXPECT_EQ(h.ui.session.workspace().queries.size(), 1U);
    EXPECT_EQ(state().saved, "");
    EXPECT_EQ(where(), "kind = 'ward'") << "the question itself stays";
}

TEST_F(QueryPanel, gives_calculated_columns_to_the_layer_as_one_step) {
    state().draft.ask.columns = {{"shelters", "count(shelters)"}};
    settle();
    ASSERT_TRUE(click_on(h, "Give them to the layer"));
    ASSERT_EQ(h.ui.session.workspace().find_layer("communes")->columns.size(), 1U);
    h.ui.session.undo();
    EXPECT_TRUE(h.ui.session.workspace().find_layer("communes")->columns.empty());
}

TEST_F(QueryPanel, makes_a_selection_a_filter_and_a_layer_of_the_hits) {
    ask("kind = 'ward'");
    ASSERT_TRUE(click_on(h, "Select"));
    EXPECT_THAT(h.ui.session.selection.features, ElementsAre(0, 1));
    EXPECT_EQ(h.ui.panels.query.preview, nullptr) << "the selection is seen again";
    ASSERT_TRUE(click_on(h, "As layer"));
    settle();
    ASSERT_EQ(h.ui.session.workspace().layers.size(), 5U);
    const Layer* made = h.ui.session.workspace().find_layer(h.ui.session.active_layer);
    ASSERT_NE(made, nullptr);
    EXPECT_EQ(made->filter, "kind = 'ward'");
    h.ui.session.undo();
    ASSERT_TRUE(click_on(h, "As filter"));
    EXPECT_EQ(h.ui.session.workspace().find_layer("communes")->filter, "kind = 'ward'");
    h.ui.session.undo();
    EXPECT_EQ(h.ui.session.workspace().find_layer("communes")->filter, "");
}

TEST_F(QueryPanel, selects_the_hits_with_a_key) {
    ask("kind = 'commune'");
    h.key(GLFW_KEY_ENTER, true);
    EXPECT_THAT(h.ui.session.selection.features, ElementsAre(2, 3));
}

TEST_F(QueryPanel, calculates_columns_that_are_listed) {
    click_chip("Columns");
    click_chip("Column", 1);  // the button below the heading
    ASSERT_TRUE(click_on(h, "Number of"));
    settle();
    ASSERT_EQ(state().draft.ask.columns.size(), 1U);
    const AskedColumn& column = state().draft.ask.columns[0];
    EXPECT_THAT(column.value, HasSubstr("count("));
    ASSERT_EQ(answer().columns.size(), 1U);
}

TEST_F(QueryPanel, asks_nothing_of_a_workspace_without_data) {
    Harness empty;
    empty.ui.panels.inspector = Inspector::query;
    empty.frames(3);
    EXPECT_TRUE(shows("Nothing to ask yet"));
}

}  // namespace
}  // namespace diaban::ui
