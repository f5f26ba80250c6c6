#include <GLFW/glfw3.h>
#include <gmock/gmock.h>

#include "panels_support.h"
#include "ui/icons.h"

namespace diaban::ui {
namespace {

struct Layers : testing::Test {
    TemporaryFolder folder;
    Harness h;
    void open_two() {
        h.open({folder.write("communes.geojson", four_communes())});
        h.ui.session.edit("copy", [](Workspace& workspace) {
            Layer copy = workspace.layers.front();
            copy.id = "second";
            copy.name = "Second";
            workspace.layers.push_back(copy);
        });
        h.frames(2);
    }
    [[nodiscard]] const std::vector<Layer>& layers() { return h.ui.session.workspace().layers; }
};

TEST_F(Layers, invite_to_drop_files_when_there_are_none) {
    h.frame();
    EXPECT_TRUE(shows("Drop files here, or open the demo."));
}

TEST_F(Layers, are_listed_with_their_feature_counts) {
    open_two();
    EXPECT_TRUE(shows("communes"));
    EXPECT_TRUE(shows("Second"));
    EXPECT_FALSE(places_of("4").empty());
}

TEST_F(Layers, are_hidden_and_shown_by_the_eye) {
    open_two();
    ASSERT_TRUE(click_on(h, icon::eye));  // the last drawn is the lowest layer's
    EXPECT_TRUE(layers()[0].visible);
    EXPECT_FALSE(layers()[1].visible);
    ASSERT_TRUE(click_on(h, icon::eye_off));
    EXPECT_TRUE(layers()[1].visible);
    h.ui.session.undo();
    EXPECT_FALSE(layers()[1].visible) << "hiding and showing are one undo step each";
}

TEST_F(Layers, become_active_by_a_click_and_are_renamed_by_a_double_click) {
    open_two();
    ASSERT_TRUE(click_on(h, "Second"));
    EXPECT_EQ(h.ui.session.active_layer, "second");
    h.double_click();
    EXPECT_EQ(h.ui.panels.layers.renaming, "second");
    h.key(GLFW_KEY_A, true);
    h.type("Xã mới");
    h.key(GLFW_KEY_ENTER);
    EXPECT_EQ(layers()[1].name, "Xã mới");
    EXPECT_TRUE(h.ui.panels.layers.renaming.empty());
}

TEST_F(Layers, change_places_when_dragged) {
    open_two();
    const auto lower = places_of("Second");
    ASSERT_FALSE(lower.empty());
    // Onto the upper half of the first row: one row of 32 px, and a little, further up.
    h.drag(lower.front().x, lower.front().y, lower.front().x, lower.front().y - 44);
    EXPECT_EQ(layers()[0].name, "Second");
    h.ui.session.undo();
    EXPECT_EQ(layers()[1].name, "Second");
}

TEST_F(Layers, are_removed_and_duplicated_by_the_buttons_below) {
    open_two();
    ASSERT_TRUE(click_on(h, "Second"));
    ASSERT_TRUE(click_on(h, icon::duplicate));
    ASSERT_EQ(layers().size(), 3U);
    EXPECT_EQ(layers()[1].name, "Second (copy)");
    ASSERT_TRUE(click_on(h, icon::remove));
    EXPECT_EQ(layers().size(), 2U);
}

}  // namespace
}  // namespace diaban::ui
