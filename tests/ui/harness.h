// Runs the interface without a window: the same draw_frame() that the application calls, with events put into ImGui by
// hand. Nothing is painted, so it needs no display and no graphics card.
//
//     Harness h;                              // 1280 × 720, light theme
//     h.open({path});                         // reads it, waits for it, draws a few frames
//     h.ui.panels.drawer = Drawer::table;
//     h.frame();                              // one frame; h.frames(3) for what needs time to settle
//     h.move(300, 200); h.click();            // pointer in window coordinates
//     h.key(GLFW_KEY_T); h.key(GLFW_KEY_Z, true);
//     h.type("binh lieu");                    // into whatever text field has the keyboard
//     EXPECT_EQ(h.ui.session.selection.features.size(), 1u);
//     h.texts()                               // everything that can be read in the last frame
#pragma once

#include <imgui.h>

#include <filesystem>
#include <string>
#include <vector>

#include "ui/commands.h"
#include "ui/layout.h"
#include "ui/map_canvas.h"
#include "ui/ui.h"

namespace diaban::ui {

class Harness {
public:
    explicit Harness(float width = 1280, float height = 720, float scale = 1);
    ~Harness();
    Harness(const Harness&) = delete;
    Harness& operator=(const Harness&) = delete;

    Ui ui;

    /// Opens files, waits until they are read and draws three frames.
    void open(const std::vector<std::filesystem::path>& paths);
    void frame(double seconds = 1.0 / 60);
    void frames(int count);

    // ── pointer, in window coordinates; each draws the frames that ImGui needs to notice ──
    void move(float x, float y);
    void press(int button = 0);
    void release(int button = 0);
    void click(int button = 0);
    void double_click();
    void wheel(float steps);
    /// Press, move there in a few steps, release.
    void drag(float from_x, float from_y, float to_x, float to_y, int button = 0);
    /// Held while the pointer moves and clicks.
    void hold(bool shift, bool alt = false, bool ctrl = false);

    // ── keyboard ──
    void key(int glfw_key, bool ctrl = false, bool shift = false);
    void type(const std::string& text);

    /// Where a place of the map (pixels from the map's top left) is in the window.
    [[nodiscard]] ImVec2 on_map(double x, double y) const;
    /// Everything that can be read in the last frame (what is scrolled or clipped away is not), a run of text a line:
    /// for EXPECT_THAT(h.texts(), HasSubstr("…")).
    [[nodiscard]] const std::string& texts() const { return texts_; }
    /// Windows that stick out of the display, by name: what is clipped at this size.
    [[nodiscard]] std::vector<std::string> windows_outside() const;

private:
    ImGuiContext* context_ = nullptr;
    std::string texts_;
};

}  // namespace diaban::ui
