// The crosswalk assistant on the demo's nutrition programme: 171 old units, keyed by name, to today's communes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "panels_support.h"
#include "ui/crosswalk/crosswalk_actions.h"
#include "workspace/file.h"

namespace diaban::ui {
namespace {

using testing::HasSubstr;

struct CrosswalkAssistant : testing::Test {
    TemporaryFolder folder;
    Harness h{1440, 900};
    CrosswalkState& state = h.ui.panels.crosswalk;
    std::string communes;  ///< the first layer of communes

    void SetUp() override {
        const auto demo = std::filesystem::path(DIABAN_SOURCE_DIR) / "data" / "quang_ninh" / "demo.toml";
        h.open({demo});
        for (const Layer& layer : h.ui.session.workspace().layers)
            if (communes.empty() && layer.source == "communes") communes = layer.id;
        ASSERT_FALSE(communes.empty());
        h.ui.session.active_layer = communes;
    }
    void settle() {
        for (int i = 0; i < 3; ++i) {
            h.frames(2);
            h.ui.session.jobs().finish();
        }
        h.frames(2);
    }
    double sum(const std::string& carried, const std::string& column) {
        double total = 0;
        const auto& table = h.ui.session.datasets().at(carried)->table;
        for (std::size_t row = 0; row < table.row_count(); ++row)
            total += table.find(column)->number(row).value_or(0);
        return total;
    }
    /// A pair that is only assumed, of a unit in two mergers.
    const Correspondence* split_pair() {
        for (const Correspondence& pair : state.shown->data->crosswalk.pairs)
            if (pair.basis == Basis::equal_split) return &pair;
        return nullptr;
    }
};

TEST_F(CrosswalkAssistant, finds_the_table_its_pairs_and_the_columns_by_itself) {
    // As if nobody had carried anything yet.
    h.ui.session.edit("forget", [](Workspace& w) {
        w.carried.clear();
        for (Layer& layer : w.layers)
            std::erase_if(layer.joins, [](const Join& join) { return join.source == "nutrition"; });
    });
    ASSERT_TRUE(run_command(h.ui, "analyse.carry_over"));
    settle();
    EXPECT_EQ(state.carried.data, "child_nutrition");
    EXPECT_EQ(state.carried.key, "old_full_name");
    const auto* pairs = std::get_if<PairsOf>(&state.carried.by);
    ASSERT_NE(pairs, nullptr);
    EXPECT_EQ(pairs->source, "old_units");
    EXPECT_EQ(pairs->columns.from, "old_full_name");
    EXPECT_EQ(pairs->columns.to, "new_code");
    EXPECT_EQ(state.layer_key, "code");
    ASSERT_TRUE(state.shown);
    for (const CarriedTotal& total : state.shown->data->totals) {
        EXPECT_EQ(total.before, total.after) << total.column;
        EXPECT_EQ(total.lost, 0) << total.column;
    }
    state.view = CrosswalkView::totals;
    h.frames(2);
    EXPECT_THAT(h.texts(), HasSubstr("All totals are kept"));
}

TEST_F(CrosswalkAssistant, adds_the_carried_data_and_its_join_as_one_step) {
    ASSERT_TRUE(run_command(h.ui, "analyse.carry_over"));
    settle();
    choose_table(h.ui, "child_nutrition");
    settle();
    const Workspace before = h.ui.session.workspace();
    ASSERT_TRUE(click_on(h, "Carry over"));
    EXPECT_FALSE(state.open);
    settle();
    const Workspace& now = h.ui.session.workspace();
    ASSERT_EQ(now.carried.size(), before.carried.size() + 1);
    const std::string id = now.carried.back().id;
    const auto& joins = now.find_layer(communes)->joins;
    ASSERT_TRUE(std::ranges::any_of(joins, [&](const Join& j) { return j.source == id && j.key == "code"; }));
    ASSERT_TRUE(h.ui.session.datasets().contains(id));
    double published = 0;
    const auto& table = h.ui.session.datasets().at("child_nutrition")->table;
    for (std::size_t row = 0; row < table.row_count(); ++row)
        published += table.find("models")->number(row).value_or(0);
    EXPECT_EQ(sum(id, "models"), published);
    h.ui.session.undo();
    EXPECT_EQ(h.ui.session.workspace(), before);
}

TEST_F(CrosswalkAssistant, a_corrected_share_survives_saving_and_undo_takes_it_back) {
    ASSERT_TRUE(run_command(h.ui, "analyse.edit_carried"));
    settle();
    EXPECT_EQ(state.editing, "nutrition");
    ASSERT_TRUE(state.shown);
    const Correspondence* split = split_pair();
    ASSERT_NE(split, nullptr);
    const Correspondence pair = *split;
    const CarriedSource before = h.ui.session.workspace().carried.front();
    correct_share(state, {pair.from, pair.to, 0.9, "commune office, 3 March 2026"});
    settle();
    EXPECT_THAT(state.shown->data->crosswalk.pairs,
                testing::Contains(testing::AllOf(
                    testing::Field(&Correspondence::from, pair.from), testing::Field(&Correspondence::to, pair.to),
                    testing::Field(&Correspondence::share, 0.9), testing::Field(&Correspondence::corrected, true))));
    for (const CarriedTotal& total : state.shown->data->totals)
        EXPECT_EQ(total.before, total.after) << total.column;
    const DatasetPtr old_data = h.ui.session.datasets().at("nutrition");
    ASSERT_TRUE(click_on(h, "Apply"));
    settle();
    EXPECT_NE(h.ui.session.datasets().at("nutrition"), old_data);
    ASSERT_TRUE(h.ui.session.save(folder.path() / "map.toml"));
    const auto loaded = load_workspace(folder.path() / "map.toml");
    ASSERT_TRUE(loaded) << to_text(loaded.error());
    const std::vector<Correction> expected{{pair.from, pair.to, 0.9, "commune office, 3 March 2026"}};
    EXPECT_EQ(loaded->find_carried("nutrition")->corrections, expected);
    h.ui.session.undo();
    settle();
    EXPECT_EQ(h.ui.session.workspace().carried.front(), before);
    EXPECT_EQ(h.ui.session.datasets().at("nutrition"), old_data);
}

TEST_F(CrosswalkAssistant, shows_only_what_is_assumed_when_asked_and_takes_a_correction_back) {
    ASSERT_TRUE(run_command(h.ui, "analyse.edit_carried"));
    settle();
    state.assumed_only = true;
    h.frames(2);
    EXPECT_THAT(h.texts(), HasSubstr("assumed equal"));
    const Correspondence pair = *split_pair();
    correct_share(state, {pair.from, pair.to, 0.9, "a"});
    correct_share(state, {pair.from, pair.to, 0.8, "b"});
    ASSERT_EQ(state.carried.corrections.size(), 1U);
    EXPECT_EQ(state.carried.corrections.front().share, 0.8);
    take_back_share(state, pair.from, pair.to);
    EXPECT_TRUE(state.carried.corrections.empty());
}

TEST_F(CrosswalkAssistant, says_what_is_missing_and_leaves_everything_as_it_was_when_given_up) {
    const Workspace before = h.ui.session.workspace();
    ASSERT_TRUE(run_command(h.ui, "analyse.carry_over"));
    state.carried.key.clear();
    h.frames(3);
    EXPECT_THAT(h.texts(), HasSubstr("Choose the table's column of units"));
    h.key(256 /* Esc */);
    h.frames(2);
    EXPECT_FALSE(state.open);
    EXPECT_EQ(h.ui.session.workspace(), before);
}

}  // namespace
}  // namespace diaban::ui
