// The frame-time overlay: a key shows it, frames are traced while it does, and the slowest can be saved.
#include <GLFW/glfw3.h>
#include <gmock/gmock.h>

#include <thread>

#include "base/trace.h"
#include "panels_support.h"
#include "ui/sample.h"

namespace diaban::ui {
namespace {

using testing::HasSubstr;
using testing::Not;

struct FrameTimes : testing::Test {
    Harness h;
    FrameTimes() { set_tracing(false); }
    ~FrameTimes() override { set_tracing(false); }
    /// As the window draws: a traced frame with a stage of at least 20 ms.
    void traced_frame() {
        begin_frame();
        {
            const Stage stage("derive/labels");
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        h.frame();
        end_frame();
    }
};

TEST_F(FrameTimes, come_and_go_with_their_key) {
    EXPECT_THAT(h.texts(), Not(HasSubstr("Frame times")));
    h.key(GLFW_KEY_F3);
    EXPECT_TRUE(h.ui.panels.frame_times_open);
    EXPECT_TRUE(tracing());
    EXPECT_THAT(h.texts(), HasSubstr("Frame times"));
    EXPECT_THAT(h.texts(), HasSubstr("Move the map"));
    h.key(GLFW_KEY_F3);
    EXPECT_FALSE(tracing());
    EXPECT_THAT(h.texts(), Not(HasSubstr("Frame times")));
}

TEST_F(FrameTimes, say_how_long_frames_took_and_which_stage_most_of_it) {
    h.key(GLFW_KEY_F3);
    for (int i = 0; i < 3; ++i)
        traced_frame();
    h.frame();
    EXPECT_THAT(h.texts(), HasSubstr("median"));
    EXPECT_THAT(h.texts(), HasSubstr("99%"));
    EXPECT_THAT(h.texts(), HasSubstr("derive/labels"));
    EXPECT_THAT(h.texts(), HasSubstr("other"));
    EXPECT_THAT(h.texts(), HasSubstr("Slowest frame"));
    EXPECT_THAT(h.texts(), HasSubstr("mostly"));
    EXPECT_THAT(h.windows_outside(), testing::IsEmpty());
}

TEST_F(FrameTimes, go_on_being_traced_for_a_file_when_the_overlay_is_closed) {
    h.ui.always_traced = true;
    set_tracing(true);
    h.key(GLFW_KEY_F3);
    h.key(GLFW_KEY_F3);
    EXPECT_TRUE(tracing());
}

TEST_F(FrameTimes, offer_the_slowest_frames_trace_once_there_is_one) {
    h.key(GLFW_KEY_F3);
    forget_slowest_frame();
    EXPECT_FALSE(run_command(h.ui, "view.save_slowest_frame"));
    traced_frame();
    ASSERT_TRUE(run_command(h.ui, "view.save_slowest_frame"));
    EXPECT_EQ(h.ui.panels.dialog.purpose, FileDialogState::Purpose::save_trace);
    EXPECT_EQ(h.ui.panels.dialog.file_name, "slow-frame.json");
    EXPECT_THAT(h.ui.panels.dialog.text, HasSubstr("\"derive/labels\""));
    h.frames(2);
    EXPECT_THAT(h.texts(), HasSubstr("Save trace"));
}

TEST(MovingCanvas, wakes_the_window_when_the_view_comes_to_rest) {
    Sample sample;
    Harness h;
    h.open({sample.path("communes.geojson")});
    h.ui.session.messages().clear();
    static_cast<void>(h.ui.map.scene(h.ui.session, h.ui.theme, h.ui.furniture()));
    EXPECT_LT(seconds_to_next_frame(h.ui), 0);
    h.key(GLFW_KEY_LEFT);
    static_cast<void>(h.ui.map.scene(h.ui.session, h.ui.theme, h.ui.furniture()));
    EXPECT_GE(seconds_to_next_frame(h.ui), 0);
    EXPECT_LE(seconds_to_next_frame(h.ui), MapView::rest_seconds);
    h.ui.map.rest();
    EXPECT_LT(seconds_to_next_frame(h.ui), 0);
}

TEST(MovingCanvas, rests_as_soon_as_a_drag_ends) {
    Sample sample;
    Harness h;
    h.open({sample.path("communes.geojson")});
    const ImVec2 from = h.on_map(200, 200);
    const Frame before = h.ui.map.frame();
    h.drag(from.x, from.y, from.x + 60, from.y + 20);
    EXPECT_NE(h.ui.map.frame(), before);
    EXPECT_LT(h.ui.map.seconds_to_rest(h.ui.session), 0);
}

}  // namespace
}  // namespace diaban::ui
