#include "ui/commands.h"

#include <GLFW/glfw3.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <tuple>

#include "ui/harness.h"
#include "ui/sample.h"

namespace diaban::ui {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Commands, have_ids_of_their_own_names_and_something_to_do) {
    std::set<std::string> ids;
    for (const Command& command : commands()) {
        EXPECT_TRUE(ids.insert(command.id).second) << command.id;
        EXPECT_FALSE(command.name.empty()) << command.id;
        EXPECT_TRUE(command.run) << command.id;
    }
    EXPECT_EQ(find_command("no.such"), nullptr);
}

TEST(Commands, share_no_key) {
    std::map<std::tuple<int, bool, bool>, std::string> bound;
    for (const Command& command : commands()) {
        std::vector<Shortcut> keys = command.also;
        if (command.key != 0) keys.push_back({command.key, command.ctrl, command.shift});
        for (const Shortcut& key : keys) {
            const auto [it, fresh] = bound.emplace(std::tuple(key.key, key.ctrl, key.shift), command.id);
            EXPECT_TRUE(fresh) << key_text(key) << ": " << it->second << " and " << command.id;
        }
    }
}

TEST(Commands, write_their_keys_as_they_stand_on_a_keyboard) {
    EXPECT_EQ(key_text(*find_command("workspace.save_as")), "Ctrl+Shift+S");
    EXPECT_EQ(key_text(*find_command("view.present")), "F5");
    EXPECT_EQ(key_text(*find_command("view.zoom_everything")), "Home");
    EXPECT_EQ(key_text(*find_command("edit.clear_selection")), "");
}

struct CommandsTest : testing::Test {
    Sample sample;
    Harness h;
    void SetUp() override { h.open({sample.path("communes.geojson")}); }
    [[nodiscard]] std::string layer() const { return h.ui.session.workspace().layers.at(0).id; }
};

TEST_F(CommandsTest, undo_and_redo_by_their_keys) {
    h.ui.session.rename_layer(layer(), "Renamed");
    h.key(GLFW_KEY_Z, true);
    EXPECT_NE(h.ui.session.workspace().layers[0].name, "Renamed");
    h.key(GLFW_KEY_Z, true, true);
    EXPECT_EQ(h.ui.session.workspace().layers[0].name, "Renamed");
    h.key(GLFW_KEY_Z, true);
    h.key(GLFW_KEY_Y, true);
    EXPECT_EQ(h.ui.session.workspace().layers[0].name, "Renamed");
}

TEST_F(CommandsTest, do_nothing_where_they_are_not_enabled) {
    EXPECT_FALSE(run_command(h.ui, "edit.undo"));
    EXPECT_FALSE(run_command(h.ui, "view.zoom_selection"));
    EXPECT_FALSE(run_command(h.ui, "no.such"));
    EXPECT_FALSE(run_key(h.ui, 0, false, false));
}

TEST_F(CommandsTest, select_everything_and_the_rest) {
    run_command(h.ui, "edit.select_all");
    EXPECT_EQ(h.ui.session.selection.features.size(), 4u);
    h.ui.session.select(layer(), {1, 2});
    run_command(h.ui, "edit.invert_selection");
    EXPECT_THAT(h.ui.session.selection.features, ElementsAre(0, 3));
}

TEST_F(CommandsTest, leave_the_nearest_thing_first) {
    h.ui.session.select(layer(), {1});
    h.key(GLFW_KEY_B);
    EXPECT_EQ(h.ui.tool, Tool::select_box);
    h.key(GLFW_KEY_F5);
    EXPECT_EQ(h.ui.mode, Mode::present);
    h.key(GLFW_KEY_ESCAPE);
    EXPECT_EQ(h.ui.mode, Mode::explore);
    EXPECT_EQ(h.ui.tool, Tool::select_box);
    h.key(GLFW_KEY_ESCAPE);
    EXPECT_EQ(h.ui.tool, Tool::pan);
    EXPECT_FALSE(h.ui.session.selection.empty());
    h.key(GLFW_KEY_ESCAPE);
    EXPECT_TRUE(h.ui.session.selection.empty());
}

TEST_F(CommandsTest, ask_before_unsaved_changes_are_lost) {
    request_quit(h.ui);
    EXPECT_TRUE(h.ui.wants_quit);
    h.ui.wants_quit = false;
    h.ui.session.rename_layer(layer(), "Renamed");
    request_quit(h.ui);
    EXPECT_FALSE(h.ui.wants_quit);
    EXPECT_TRUE(h.ui.panels.ask_unsaved);
    stay_after_question(h.ui);
    EXPECT_FALSE(h.ui.panels.ask_unsaved);

    request_open(h.ui, {sample.path("good.toml")});
    EXPECT_TRUE(h.ui.panels.ask_unsaved);
    proceed_after_question(h.ui);
    h.ui.session.jobs().finish();
    EXPECT_EQ(h.ui.session.file_name(), "good.toml");
    EXPECT_FALSE(h.ui.wants_quit);
}

TEST_F(CommandsTest, take_dropped_data_as_layers_without_asking) {
    h.ui.session.rename_layer(layer(), "Renamed");
    h.ui.dropped = {sample.path("posts.geojson")};
    h.frame();
    h.ui.session.jobs().finish();
    h.frames(2);
    EXPECT_EQ(h.ui.session.workspace().layers.size(), 2u);
    EXPECT_FALSE(h.ui.panels.ask_unsaved);
}

// ── the map under the pointer ──

TEST_F(CommandsTest, a_click_selects_and_opens_the_card_and_a_click_beside_clears) {
    const Pixel middle = h.ui.map.frame().to_pixel(h.ui.session.layer(layer())->shapes->box_of(0).centre());
    const ImVec2 on = h.on_map(middle.x, middle.y);
    h.move(on.x, on.y);
    ASSERT_TRUE(h.ui.session.hover);
    EXPECT_EQ(h.ui.session.hover->feature, 0u);
    EXPECT_THAT(h.texts(), HasSubstr("Bình Liêu"));
    h.click();
    EXPECT_THAT(h.ui.session.selection.features, ElementsAre(0));
    EXPECT_EQ(h.ui.panels.inspector, Inspector::feature);
    const ImVec2 beside = h.on_map(6, h.ui.map.frame().height / 2);
    h.move(beside.x, beside.y);
    h.click();
    EXPECT_TRUE(h.ui.session.selection.empty());
}

TEST_F(CommandsTest, a_drag_moves_the_map_and_the_wheel_zooms_at_the_pointer) {
    const Frame before = h.ui.map.frame();
    const ImVec2 from = h.on_map(200, 200);
    h.drag(from.x, from.y, from.x + 50, from.y + 20);
    EXPECT_NEAR(h.ui.map.frame().centre.x, before.centre.x - 50 * before.units_per_pixel, 1e-6);
    EXPECT_TRUE(h.ui.session.selection.empty());
    const Point under = h.ui.map.frame().to_map({250, 220});
    h.wheel(1);
    EXPECT_LT(h.ui.map.frame().units_per_pixel, before.units_per_pixel);
    EXPECT_NEAR(h.ui.map.frame().to_map({250, 220}).x, under.x, 1e-3);
}

TEST_F(CommandsTest, shift_and_drag_selects_a_box) {
    const Frame& frame = h.ui.map.frame();
    const Box all = h.ui.session.layer(layer())->shapes->box();
    const Pixel a = frame.to_pixel({all.min_x + all.width() * 0.1, all.max_y - all.height() * 0.1});
    const Pixel b = frame.to_pixel({all.max_x - all.width() * 0.1, all.max_y - all.height() * 0.2});
    const ImVec2 from = h.on_map(a.x, a.y);
    const ImVec2 to = h.on_map(b.x, b.y);
    h.hold(true);
    h.drag(from.x, from.y, to.x, to.y);
    h.hold(false);
    EXPECT_THAT(h.ui.session.selection.features, ElementsAre(2, 3));
}

// ── what is on screen ──

TEST_F(CommandsTest, nothing_is_clipped_at_1280_by_720_with_everything_open) {
    h.ui.panels.drawer = Drawer::table;
    h.frames(3);
    EXPECT_THAT(h.windows_outside(), IsEmpty());
    EXPECT_GE(h.ui.layout.map.width, 640);
    EXPECT_GE(h.ui.layout.map.height, 200);
}

TEST_F(CommandsTest, a_presentation_hides_everything_but_the_map) {
    EXPECT_THAT(h.texts(), HasSubstr("Explore"));
    h.key(GLFW_KEY_SPACE);
    EXPECT_EQ(h.ui.layout.map.width, 1280);
    EXPECT_EQ(h.ui.layout.map.height, 720);
    EXPECT_THAT(h.texts(), testing::Not(HasSubstr("Explore")));
    EXPECT_GT(h.ui.furniture().text_scale, 1.5);
}

TEST(Canvas, says_that_there_is_nothing_yet) {
    Harness h;
    EXPECT_THAT(h.texts(), HasSubstr("Nothing to show yet"));
    EXPECT_TRUE(years(h.ui.session).empty());
    EXPECT_LT(seconds_to_next_frame(h.ui), 0);
}

}  // namespace
}  // namespace diaban::ui
