// The section "Find" where something is wrong, missing or slow: files changed by hand, names that are not there,
// entries that are no dates, questions that are stopped.
#include <GLFW/glfw3.h>
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "query_panel_support.h"
#include "ui/icons.h"

namespace diaban::ui {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

struct QueryPanelTrouble : QueryPanel {
    /// What can be read, whatever line it stands on.
    [[nodiscard]] std::string said() const {
        std::string texts = h.texts();
        std::ranges::replace(texts, '\n', ' ');
        return texts;
    }
    /// As a file changed by hand may hold it.
    void save_by_hand(const std::string& id, const std::string& layer, const std::string& where) {
        h.ui.session.edit("", [&](Workspace& workspace) {
            workspace.queries.push_back({id, id, FeatureQuery{layer, where, {}}, {}});
        });
    }
};

TEST_F(QueryPanelTrouble, shows_the_text_of_a_saved_question_that_cannot_be_read_and_no_rows_of_another) {
    save_by_hand("broken", "communes", "stunted > and (5");
    ask("kind = 'ward'");
    open_saved(h.ui, state(), "broken");
    settle();
    EXPECT_FALSE(shows("“ward”")) << "the rows of the question before";
    EXPECT_THAT(h.texts(), HasSubstr("stunted > and (5"));
    EXPECT_THAT(h.texts(), HasSubstr("was expected"));
    EXPECT_EQ(state().live.good(), nullptr) << "the answer to the question before is none to this one";
    EXPECT_EQ(h.ui.panels.query.preview, nullptr);
    EXPECT_FALSE(dirty(h.ui.session, state()));
    // It can be mended where it is.
    state().typed = "stunted > 20";
    apply_typed(state());
    settle();
    EXPECT_EQ(where(), "stunted > 20");
    EXPECT_TRUE(shows("is more than"));
    EXPECT_TRUE(shows("3 of 4"));
}

TEST_F(QueryPanelTrouble, keeps_no_answer_of_another_question_or_layer) {
    save_by_hand("misspelt", "communes", "stuntd > 5");
    ask("kind = 'ward'");
    ASSERT_TRUE(shows("2 of 4"));
    open_saved(h.ui, state(), "misspelt");
    settle();
    EXPECT_FALSE(shows("2 of 4"));
    EXPECT_THAT(h.texts(), HasSubstr("Did you mean “stunted”?"));
    // Undo within the question may change the layer.
    ask("kind = 'ward'");
    Draft next = state().draft;
    next.ask = {"shelters", "works = 'built'", {}};
    change(state(), next);
    settle();
    EXPECT_EQ(state().live.good(), nullptr);
    undo(state());
    settle();
    EXPECT_EQ(answer().layer, "communes");
}

TEST_F(QueryPanelTrouble, tells_data_that_could_not_be_read_from_a_layer_that_is_not_there) {
    save_by_hand("gone", "nothing", "kind = 'ward'");
    open_saved(h.ui, state(), "gone");
    settle();
    EXPECT_THAT(h.texts(), HasSubstr("is not there"));
}

TEST_F(QueryPanelTrouble, says_at_its_row_that_an_entry_is_no_date_and_takes_dates_as_they_are_written) {
    state().draft.ask.layer = "shelters";
    settle();
    add("Period");
    ASSERT_EQ(where(), "since between '2023-05-01' and '2023-05-01'");
    const auto type_date = [&](const char* text) {
        const ImVec2 at = chip_at("2023-05-01");
        h.move(at.x, at.y);
        h.click();
        h.key(GLFW_KEY_A, true);
        h.type(text);
        h.key(GLFW_KEY_ENTER);
        settle();
    };
    type_date("31/02/2023");
    EXPECT_THAT(h.texts(), HasSubstr("is no date"));
    EXPECT_EQ(where(), "since between '2023-05-01' and '2023-05-01'");
    EXPECT_TRUE(h.ui.session.messages().empty()) << "said where it is, not in a corner";
    type_date("1/2/2023");
    EXPECT_EQ(where(), "since between '2023-02-01' and '2023-05-01'");
    EXPECT_THAT(h.texts(), Not(HasSubstr("is no date")));
    EXPECT_THAT(said(), HasSubstr("whose since is between 2023-02-01 and 2023-05-01"));
}

TEST_F(QueryPanelTrouble, offers_a_period_only_where_there_are_dates) {
    ASSERT_TRUE(click_on(h, "Condition"));
    h.frame();
    EXPECT_TRUE(shows("Attribute"));
    EXPECT_FALSE(shows("Period"));
}

TEST_F(QueryPanelTrouble, keeps_a_unit_beside_its_number) {
    ask("along border");
    const ImVec2 number = chip_at("500");
    const auto units = places_of("m");
    EXPECT_TRUE(std::ranges::any_of(units, [&](ImVec2 at) {
        return std::abs(at.y - number.y) < 6 && at.x > number.x && at.x < number.x + 60;
    })) << h.texts();
}

TEST_F(QueryPanelTrouble, wraps_the_text_at_blanks_and_never_within_quotes) {
    state().text_open = true;
    const std::string quoted = "'a name with many blanks in it that is far longer than the field of the panel is wide'";
    ask("name = " + quoted + " or (kind = 'ward' and stunted > 20 and measured > 50 and households > 10)");
    EXPECT_THAT(state().typed, HasSubstr(quoted));
    std::string unwrapped = state().typed;
    std::ranges::replace(unwrapped, '\n', ' ');
    EXPECT_EQ(unwrapped, where()) << "every character keeps its place";
    EXPECT_GE(std::ranges::count(state().typed, '\n'), 3);
    // And while it is typed.
    click_chip("kind = 'ward'");
    h.key(GLFW_KEY_A, true);
    h.type("stunted > 10 and measured > 10 and households > 10 and stunted < 40");
    settle();
    EXPECT_GE(std::ranges::count(state().typed, '\n'), 1);
    EXPECT_TRUE(shows("3 of 4")) << "all but C, which has 10";
}

TEST_F(QueryPanelTrouble, stops_asking_with_a_key_and_keeps_the_answer_and_the_selection) {
    ask("kind = 'ward'");
    h.ui.session.select("communes", {3});
    h.frame();
    std::atomic<bool> go_on = false;
    state().live.ask(h.ui.session.jobs(), {"slow", "slow", "slow", [&](Progress&) -> Expected<Answer> {
                                               while (!go_on)
                                                   std::this_thread::sleep_for(std::chrono::milliseconds(1));
                                               return fail(ErrorKind::cancelled, "stopped");
                                           }});
    // The panel's own question waits behind it.
    state().draft.ask.where = "kind = 'commune'";
    h.frame();
    EXPECT_TRUE(state().live.waiting());
    h.key(GLFW_KEY_ESCAPE);
    EXPECT_FALSE(state().live.waiting());
    EXPECT_THAT(h.ui.session.selection.features, ElementsAre(3)) << "Esc stops the nearest thing alone";
    go_on = true;
    settle();
    EXPECT_EQ(answer().hits.count, 2U);
    EXPECT_THAT(answer().hits.kept, ElementsAre(1, 1, 0, 0)) << "the last good answer";
    // It answers another question than the one that stands there: nothing is made of it.
    EXPECT_TRUE(state().live.stopped());
    h.key(GLFW_KEY_ENTER, true);
    EXPECT_THAT(h.ui.session.selection.features, ElementsAre(3));
    click_chip(icon::refresh);
    settle();
    EXPECT_THAT(answer().hits.kept, ElementsAre(0, 0, 1, 1)) << "asked again";
    EXPECT_FALSE(state().live.stopped());
    h.key(GLFW_KEY_ESCAPE);
    EXPECT_TRUE(h.ui.session.selection.empty());
}

TEST_F(QueryPanelTrouble, makes_no_filter_of_a_question_that_looks_at_its_own_layer) {
    ask("touches communes where (kind = 'commune')");
    // B touches C, and C and D each other.
    EXPECT_THAT(answer().hits.kept, ElementsAre(0, 1, 1, 1));
    ASSERT_TRUE(click_on(h, "As filter"));
    settle();
    EXPECT_EQ(h.ui.session.workspace().find_layer("communes")->filter, "") << "it would ask for itself in a circle";
    ASSERT_TRUE(click_on(h, "As layer"));
    settle();
    const LayerResultPtr made = h.ui.session.layer(h.ui.session.active_layer);
    ASSERT_TRUE(made);
    EXPECT_THAT(made->shown, ElementsAre(0, 1, 1, 1));
}

TEST_F(QueryPanelTrouble, begins_anew_in_another_workspace) {
    ask("kind = 'ward'");
    ASSERT_NE(h.ui.panels.query.preview, nullptr);
    h.ui.panels.measure.drawn = query::DrawnBox{{107, 21, 108, 22}};
    const Province other;
    h.open(other.files());
    settle();
    EXPECT_EQ(where(), "") << "the question was about data that are gone";
    EXPECT_EQ(h.ui.panels.query.preview, nullptr);
    EXPECT_FALSE(h.ui.panels.measure.drawn);
}

TEST_F(QueryPanelTrouble, says_that_too_many_hits_are_not_marked) {
    std::string features;
    for (uint32_t i = 0; i <= most_marked; ++i)
        features += (i > 0 ? "," : "") +
                    Province::feature(R"("n":1)", Province::point(107 + i % 250 * 0.01, 21 + i / 250 * 0.005));
    h.open({province.folder.write("many.geojson", Province::collection(features))});
    settle();
    const QueryLayers layers = h.ui.session.query_layers();
    const auto many = std::ranges::find_if(
        layers.list, [](const QueryLayer& layer) { return layer.features && layer.features->count() > most_marked; });
    ASSERT_NE(many, layers.list.end());
    state().draft.ask.layer = many->id;
    ask("n = 1");
    EXPECT_THAT(said(), HasSubstr("are not marked on the map"));
    EXPECT_EQ(h.ui.panels.query.preview, nullptr);
    ask("n = 2");
    EXPECT_THAT(said(), Not(HasSubstr("are not marked on the map")));
}

}  // namespace
}  // namespace diaban::ui
