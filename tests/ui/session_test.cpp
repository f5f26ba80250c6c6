#include "ui/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ui/sample.h"
#include "workspace/file.h"

namespace diaban::ui {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct SessionTest : testing::Test {
    Sample sample;
    Session session;

    void open(const std::vector<std::filesystem::path>& paths) {
        session.open(paths);
        session.jobs().finish();
        session.poll();
    }
    void add(const std::vector<std::filesystem::path>& paths) {
        session.add_files(paths);
        // A table that was read asks for a matching of its rows.
        do
            session.jobs().finish();
        while (session.poll());
    }
};

TEST_F(SessionTest, asks_before_it_joins_an_added_table_to_the_layer_that_has_its_codes) {
    open({sample.path("communes.geojson")});
    add({sample.path("malnutrition.csv")});
    ASSERT_TRUE(session.import.open);
    EXPECT_TRUE(session.workspace().layers[0].joins.empty());
    session.finish_import();
    ASSERT_EQ(session.workspace().layers.size(), 1U) << "a table is no layer";
    const Join expected{
        .source = session.workspace().sources.back().id, .key = "code", .foreign_key = "code", .time_field = "year"};
    EXPECT_EQ(session.workspace().layers[0].joins, std::vector<Join>{expected});
    session.undo();
    EXPECT_TRUE(session.workspace().layers[0].joins.empty()) << "one step with the table itself";
}

TEST_F(SessionTest, opens_what_it_can_beside_a_broken_file_and_gives_one_message) {
    open({sample.path("communes.geojson"), sample.path("broken.geojson"), sample.path("malnutrition.csv")});
    ASSERT_EQ(session.workspace().layers.size(), 1U);
    EXPECT_EQ(session.workspace().layers[0].joins.size(), 1U) << "the table belongs to the communes";
    ASSERT_EQ(session.messages().size(), 1U);
    EXPECT_NE(session.messages()[0].text.find("broken.geojson"), std::string::npos);
}

TEST_F(SessionTest, begins_at_the_areas_rather_than_at_what_lies_on_top) {
    open({sample.path("communes.geojson"), sample.path("posts.geojson")});
    ASSERT_EQ(session.workspace().layers.size(), 2U);
    EXPECT_EQ(session.workspace().find_layer(session.active_layer)->name, "communes");
}

TEST_F(SessionTest, keeps_a_table_that_fits_no_layer_aside) {
    sample.write("other.csv", "place,value\nA,77\n");
    open({sample.path("communes.geojson")});
    add({sample.path("other.csv")});
    ASSERT_EQ(session.import.items.size(), 1U);
    EXPECT_EQ(session.import.items[0].join.key, "");
    session.finish_import();
    EXPECT_TRUE(session.workspace().layers[0].joins.empty());
    EXPECT_EQ(session.workspace().sources.size(), 2U);
}

TEST_F(SessionTest, goes_on_at_the_neighbour_of_a_removed_layer) {
    open({sample.path("communes.geojson"), sample.path("posts.geojson")});
    ASSERT_EQ(session.workspace().layers.size(), 2U);
    const std::string upper = session.workspace().layers[0].id, lower = session.workspace().layers[1].id;
    session.active_layer = lower;
    session.remove_layer(lower);
    EXPECT_EQ(session.active_layer, upper);
}

TEST_F(SessionTest, is_empty_untitled_and_saved_at_first) {
    EXPECT_EQ(session.file_name(), "Untitled");
    EXPECT_FALSE(session.unsaved());
    EXPECT_TRUE(session.layers().empty());
    EXPECT_EQ(session.layer("none"), nullptr);
    EXPECT_FALSE(session.crs().known());
    EXPECT_FALSE(session.to_degrees().has_value());
    EXPECT_TRUE(session.diagnostics().empty());
    session.undo();
    session.redo();
    EXPECT_FALSE(session.unsaved());
}

TEST_F(SessionTest, opens_data_files_as_an_unsaved_workspace_of_their_layers) {
    open({sample.path("communes.geojson")});
    ASSERT_EQ(session.workspace().layers.size(), 1u);
    EXPECT_EQ(session.file_name(), "Untitled");
    EXPECT_EQ(session.active_layer, session.workspace().layers[0].id);
    ASSERT_EQ(session.layers().size(), 1u);
    EXPECT_EQ(session.layers()[0]->shown_count, 4u);
    EXPECT_EQ(session.openings(), 1u);
    // The 3° zone of 107°E–107.2°E has its central meridian at 107°45′ (Circular 973/2001/TT-TCĐC, Quảng Ninh).
    EXPECT_EQ(session.crs().code(), "EPSG:5899");
}

TEST_F(SessionTest, gives_a_failed_file_one_message_and_keeps_everything_else) {
    open({sample.path("communes.geojson"), sample.path("missing.gpkg")});
    EXPECT_EQ(session.workspace().layers.size(), 1u);
    ASSERT_EQ(session.messages().size(), 1u);
    EXPECT_EQ(session.messages()[0].severity, Severity::error);
    EXPECT_THAT(session.messages()[0].text, HasSubstr("missing.gpkg"));

    add({sample.path("broken.geojson"), sample.path("posts.geojson")});
    EXPECT_EQ(session.workspace().layers.size(), 2u);
    ASSERT_EQ(session.messages().size(), 2u);
    EXPECT_THAT(session.messages()[1].text, HasSubstr("broken.geojson"));
}

TEST_F(SessionTest, adds_files_in_one_undo_step_and_brings_them_back_by_redo) {
    open({sample.path("communes.geojson")});
    add({sample.path("posts.geojson")});
    ASSERT_EQ(session.workspace().layers.size(), 2u);
    EXPECT_TRUE(session.unsaved());
    session.undo();
    EXPECT_EQ(session.workspace().layers.size(), 1u);
    session.redo();
    ASSERT_EQ(session.workspace().layers.size(), 2u);
    for (const LayerResultPtr& layer : session.layers())
        EXPECT_NE(layer->features, nullptr) << layer->layer_id;
}

TEST_F(SessionTest, brings_a_removed_layer_back_with_its_data) {
    open({sample.path("communes.geojson")});
    const std::string id = session.workspace().layers[0].id;
    session.select(id, {1});
    session.remove_layer(id);
    EXPECT_TRUE(session.workspace().layers.empty());
    EXPECT_TRUE(session.workspace().sources.empty());
    EXPECT_TRUE(session.selection.empty());
    EXPECT_EQ(session.active_layer, "");
    session.undo();
    ASSERT_EQ(session.layers().size(), 1u);
    EXPECT_EQ(session.layers()[0]->shown_count, 4u);
}

TEST_F(SessionTest, makes_one_undo_step_of_a_slider_and_a_new_one_after_seal) {
    open({sample.path("communes.geojson")});
    const std::string id = session.workspace().layers[0].id;
    session.set_opacity(id, 0.9);
    session.set_opacity(id, 0.5);
    session.seal();
    session.set_opacity(id, 0.2);
    session.undo();
    EXPECT_EQ(session.workspace().layers[0].opacity, 0.5);
    session.undo();
    EXPECT_EQ(session.workspace().layers[0].opacity, 1);
    EXPECT_FALSE(session.history().can_undo());
}

TEST_F(SessionTest, clamps_an_opacity_outside_of_0_to_1) {
    open({sample.path("communes.geojson")});
    session.set_opacity(session.workspace().layers[0].id, -3);
    EXPECT_EQ(session.workspace().layers[0].opacity, 0);
}

TEST_F(SessionTest, makes_no_step_of_what_changes_nothing) {
    open({sample.path("communes.geojson")});
    session.rename_layer("no such layer", "x");
    session.set_visible(session.workspace().layers[0].id, true);
    session.move_layer("no such layer", 0);
    EXPECT_FALSE(session.history().can_undo());
    EXPECT_FALSE(session.unsaved());
}

TEST_F(SessionTest, moves_a_layer_to_where_it_is_put_and_no_farther_than_the_end) {
    open({sample.path("communes.geojson"), sample.path("posts.geojson")});
    const std::string first = session.workspace().layers[0].id;
    const std::string second = session.workspace().layers[1].id;
    session.move_layer(first, 99);
    EXPECT_EQ(session.workspace().layers[0].id, second);
    EXPECT_EQ(session.workspace().layers[1].id, first);
    session.move_layer(first, 0);
    EXPECT_EQ(session.workspace().layers[0].id, first);
}

TEST_F(SessionTest, saves_and_knows_that_it_did) {
    open({sample.path("communes.geojson")});
    session.rename_layer(session.workspace().layers[0].id, "Xã");
    EXPECT_TRUE(session.unsaved());
    ASSERT_TRUE(session.save(sample.path("saved.toml")));
    EXPECT_FALSE(session.unsaved());
    EXPECT_EQ(session.file_name(), "saved.toml");
    const auto again = load_workspace(sample.path("saved.toml"));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->layers[0].name, "Xã");
    EXPECT_FALSE(session.save(sample.path("no/such/folder/x.toml")));
    EXPECT_EQ(session.file_name(), "saved.toml");
}

TEST_F(SessionTest, keeps_the_view_when_saving_without_counting_it_as_a_change) {
    open({sample.path("communes.geojson")});
    ASSERT_TRUE(session.save(sample.path("saved.toml")));
    session.set_view({{1, 2, 3, 4}});
    EXPECT_FALSE(session.unsaved());
    ASSERT_TRUE(session.save(sample.path("saved.toml")));
    EXPECT_EQ(load_workspace(sample.path("saved.toml"))->view.extent, (Box{1, 2, 3, 4}));
}

TEST_F(SessionTest, selects_in_one_layer_at_a_time) {
    open({sample.path("communes.geojson"), sample.path("posts.geojson")});
    const std::string a = session.workspace().layers[0].id;
    const std::string b = session.workspace().layers[1].id;
    session.select(b, {1, 2});
    session.select(b, {3}, Combine::add);
    EXPECT_THAT(session.selection.features, ElementsAre(1, 2, 3));
    EXPECT_EQ(session.active_layer, b);
    session.toggle(b, 2);
    EXPECT_THAT(session.selection.features, ElementsAre(1, 3));
    session.toggle(a, 0);
    EXPECT_EQ(session.selection.layer_id, a);
    EXPECT_THAT(session.selection.features, ElementsAre(0));
    session.toggle(a, 0);
    EXPECT_EQ(session.selection, Selection{});
}

TEST_F(SessionTest, counts_up_only_when_something_changed) {
    open({sample.path("communes.geojson")});
    const uint64_t before = session.revision();
    const uint64_t content = session.content();
    session.clear_selection();
    EXPECT_FALSE(session.poll());
    EXPECT_EQ(session.revision(), before);
    session.select(session.workspace().layers[0].id, {0});
    EXPECT_GT(session.revision(), before);
    EXPECT_EQ(session.content(), content);
    session.set_map_crs("EPSG:4326");
    EXPECT_GT(session.content(), content);
    EXPECT_EQ(session.crs().code(), "EPSG:4326");
}

TEST_F(SessionTest, says_nothing_about_what_the_user_cancelled) {
    session.say(cancelled_error());
    EXPECT_TRUE(session.messages().empty());
    session.say(Error{ErrorKind::bad_input, "the file is empty", {"x.csv", {}, {}, {}}, ""});
    ASSERT_EQ(session.messages().size(), 1u);
    EXPECT_EQ(session.messages()[0].severity, Severity::error);
}

}  // namespace
}  // namespace diaban::ui
