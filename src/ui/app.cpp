#include "ui/app.h"

#include <epoxy/gl.h>
// After epoxy, which brings its own OpenGL declarations.
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <memory>

#include "base/file.h"
#include "base/i18n.h"
#include "base/trace.h"
#include "render/painter.h"
#include "ui/key_queue.h"
#include "ui/layout.h"
#include "ui/map_canvas.h"
#include "ui/ui.h"

namespace diaban::ui {

namespace {

/// ImGui needs a frame to notice an event, one to act and one to show what followed.
constexpr int frames_after_event = 3;

struct Glfw {
    bool up = glfwInit() == GLFW_TRUE;
    Glfw() = default;
    Glfw(const Glfw&) = delete;
    Glfw& operator=(const Glfw&) = delete;
    ~Glfw() {
        if (up) glfwTerminate();
    }
};

struct DestroyWindow {
    void operator()(GLFWwindow* window) const { glfwDestroyWindow(window); }
};
using WindowPtr = std::unique_ptr<GLFWwindow, DestroyWindow>;

/// ImGui with its two backends, for one window.
struct ImGuiHost {
    explicit ImGuiHost(GLFWwindow* window) {
        ImGui::CreateContext();
        ImGui::GetIO().IniFilename = nullptr;  // the layout is ours; nothing is left in the working folder
        ImGui_ImplGlfw_InitForOpenGL(window, true);
        ImGui_ImplOpenGL3_Init("#version 330 core");
    }
    ImGuiHost(const ImGuiHost&) = delete;
    ImGuiHost& operator=(const ImGuiHost&) = delete;
    ~ImGuiHost() {
        ImGui_ImplOpenGL3_Shutdown();
        ImGui_ImplGlfw_Shutdown();
        ImGui::DestroyContext();
    }
};

/// What GLFW's callbacks reach.
struct Window {
    GLFWwindow* handle = nullptr;
    Ui ui;
    KeyQueue held;  ///< what ImGui sees of the keyboard
    int frames_due = frames_after_event;
    std::atomic<bool> better_picture = false;  ///< can be painted; set on another thread
    bool full_screen = false;
    int x = 0, y = 0, width = 0, height = 0;  ///< before full screen
    std::string title;
    std::filesystem::path trace;  ///< where slow frames go; empty: nowhere
    double slow_milliseconds = 50;
    std::vector<FrameTime> slow_frames;
    std::size_t written_frames = 0;
};

Window& of(GLFWwindow* handle) {
    return *static_cast<Window*>(glfwGetWindowUserPointer(handle));
}

void wake(GLFWwindow* handle) {
    of(handle).frames_due = frames_after_event;
}

void on_key(GLFWwindow* handle, int key, int /*scancode*/, int action, int mods) {
    wake(handle);
    if (action != GLFW_REPEAT) of(handle).held.push(key, action == GLFW_PRESS);  // ImGui repeats by itself
    if (action == GLFW_RELEASE || key == GLFW_KEY_UNKNOWN) return;
    // Held keys repeat, but only those that move by steps; a toggle would flicker.
    const bool moves = (key >= GLFW_KEY_RIGHT && key <= GLFW_KEY_UP) || key == GLFW_KEY_EQUAL ||
                       key == GLFW_KEY_MINUS || key == GLFW_KEY_KP_ADD || key == GLFW_KEY_KP_SUBTRACT ||
                       key == GLFW_KEY_LEFT_BRACKET || key == GLFW_KEY_RIGHT_BRACKET || key == GLFW_KEY_Z;
    if (action == GLFW_REPEAT && !moves) return;
    // Letters by what the keyboard's layout prints, so that Ctrl+Z is where it is written.
    if (const char* name = glfwGetKeyName(key, 0);
        name != nullptr && name[0] >= 'a' && name[0] <= 'z' && name[1] == 0) {
        key = GLFW_KEY_A + (name[0] - 'a');
    }
    const bool ctrl = (mods & (GLFW_MOD_CONTROL | GLFW_MOD_SUPER)) != 0;
    of(handle).ui.keys.push_back({key, ctrl, (mods & GLFW_MOD_SHIFT) != 0, (mods & GLFW_MOD_ALT) != 0});
}

void on_drop(GLFWwindow* handle, int count, const char** paths) {
    wake(handle);
    for (int i = 0; i < count; ++i)
        of(handle).ui.dropped.emplace_back(paths[i]);
}

void on_close(GLFWwindow* handle) {
    wake(handle);
    Ui& ui = of(handle).ui;
    if (!ui.session.unsaved()) return;
    glfwSetWindowShouldClose(handle, GLFW_FALSE);
    ui.panels.pending_open.clear();
    ui.panels.ask_unsaved = true;
}

/// Before ImGui's own callbacks, which call these and then do theirs.
void set_callbacks(GLFWwindow* handle) {
    glfwSetKeyCallback(handle, on_key);
    glfwSetDropCallback(handle, on_drop);
    glfwSetWindowCloseCallback(handle, on_close);
    glfwSetCharCallback(handle, [](GLFWwindow* w, unsigned) { wake(w); });
    glfwSetMouseButtonCallback(handle, [](GLFWwindow* w, int, int, int) { wake(w); });
    glfwSetScrollCallback(handle, [](GLFWwindow* w, double, double) { wake(w); });
    glfwSetCursorPosCallback(handle, [](GLFWwindow* w, double, double) { wake(w); });
    glfwSetCursorEnterCallback(handle, [](GLFWwindow* w, int) { wake(w); });
    glfwSetWindowFocusCallback(handle, [](GLFWwindow* w, int) { wake(w); });
    glfwSetWindowRefreshCallback(handle, [](GLFWwindow* w) { wake(w); });
    glfwSetFramebufferSizeCallback(handle, [](GLFWwindow* w, int, int) { wake(w); });
    glfwSetWindowContentScaleCallback(handle, [](GLFWwindow* w, float, float) { wake(w); });
}

Error no_window() {
    const char* reason = nullptr;
    glfwGetError(&reason);
    Error error{ErrorKind::failure, tr("No window could be opened"), {}, {}};
    if (reason != nullptr) error.what += std::string(" (") + reason + ")";
    error.remedy = tr("Draw without a window instead: diaban render FILE -o map.png.");
    return error;
}

/// The monitor's scale, less what the framebuffer is already larger than the window by.
void follow_scale(Window& window) {
    int width = 1, height = 1, device_width = 1, device_height = 1;
    glfwGetWindowSize(window.handle, &width, &height);
    glfwGetFramebufferSize(window.handle, &device_width, &device_height);
    if (width <= 0 || height <= 0) return;
    float content_x = 1, content_y = 1;
    glfwGetWindowContentScale(window.handle, &content_x, &content_y);
    window.ui.pixel_ratio = static_cast<double>(device_width) / static_cast<double>(width);
    const float scale = std::clamp(content_x / static_cast<float>(window.ui.pixel_ratio), 1.0F, 4.0F);
    if (std::abs(scale - window.ui.scale) < 0.01F && ImGui::GetIO().Fonts->IsBuilt()) return;
    window.ui.scale = scale;
    load_fonts(scale);
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
}

void follow_mode(Window& window) {
    const bool wanted = window.ui.mode == Mode::present;
    if (wanted == window.full_screen) return;
    window.full_screen = wanted;
    if (!wanted) {
        glfwSetWindowMonitor(window.handle, nullptr, window.x, window.y, window.width, window.height, GLFW_DONT_CARE);
        return;
    }
    glfwGetWindowPos(window.handle, &window.x, &window.y);
    glfwGetWindowSize(window.handle, &window.width, &window.height);
    GLFWmonitor* monitor = glfwGetPrimaryMonitor();
    const GLFWvidmode* mode = monitor != nullptr ? glfwGetVideoMode(monitor) : nullptr;
    if (mode != nullptr) {
        glfwSetWindowMonitor(window.handle, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
    }
}

void follow_title(Window& window) {
    std::string title = window.ui.session.file_name() + (window.ui.session.unsaved() ? " •" : "") + " — Diaban";
    if (title == window.title) return;
    window.title = std::move(title);
    glfwSetWindowTitle(window.handle, window.title.c_str());
}

/// Overrules what ImGui's own callback noted: see KeyQueue.
void follow_keys(Window& window) {
    KeyQueue& keys = window.held;
    keys.advance();
    ImGuiIO& io = ImGui::GetIO();
    for (int key = 0; key < static_cast<int>(KeyQueue::key_count); ++key)
        io.KeysDown[key] = keys.down(key);
    io.KeyCtrl = keys.down(GLFW_KEY_LEFT_CONTROL) || keys.down(GLFW_KEY_RIGHT_CONTROL);
    io.KeyShift = keys.down(GLFW_KEY_LEFT_SHIFT) || keys.down(GLFW_KEY_RIGHT_SHIFT);
    io.KeyAlt = keys.down(GLFW_KEY_LEFT_ALT) || keys.down(GLFW_KEY_RIGHT_ALT);
    io.KeySuper = keys.down(GLFW_KEY_LEFT_SUPER) || keys.down(GLFW_KEY_RIGHT_SUPER);
    if (keys.pending()) window.frames_due = frames_after_event;
}

void draw(Window& window) {
    follow_scale(window);
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplGlfw_NewFrame();
    follow_keys(window);
    {
        const Stage stage("interface");
        ImGui::NewFrame();
        draw_frame(window.ui);
        ImGui::Render();
    }

    int width = 0, height = 0;
    glfwGetFramebufferSize(window.handle, &width, &height);
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    glViewport(0, 0, width, height);
    glDisable(GL_SCISSOR_TEST);
    const Rgba ground = palette(window.ui.theme).window;
    glClearColor(static_cast<float>(ground.r) / 255, static_cast<float>(ground.g) / 255,
                 static_cast<float>(ground.b) / 255, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    paint_map(window.ui, height);
    glViewport(0, 0, width, height);
    {
        const Stage stage("paint/interface");
        ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    }
    const Stage stage("swap");
    glfwSwapBuffers(window.handle);
}

/// Keeps the frame that has just ended if it was slow.
void note_slow_frame(Window& window) {
    constexpr std::size_t most = 1000;
    if (window.trace.empty() || window.slow_frames.size() >= most) return;
    const std::vector<FrameTime> frames = traced_frames();
    if (!frames.empty() && frames.back().milliseconds() > window.slow_milliseconds)
        window.slow_frames.push_back(frames.back());
}

/// While nothing else is to be done. A file that cannot be written is said once.
void write_slow_frames(Window& window) {
    if (window.trace.empty() || window.slow_frames.size() == window.written_frames) return;
    window.written_frames = window.slow_frames.size();
    const auto written = write_file(window.trace, trace_json(window.slow_frames));
    if (written) return;
    window.ui.session.say(written.error());
    window.trace.clear();
}

/// Sleeps until something happens, and no longer than the interface wants to move by itself.
void wait(Window& window) {
    if (window.frames_due > 0) {
        glfwPollEvents();
        return;
    }
    write_slow_frames(window);
    const double seconds = seconds_to_next_frame(window.ui);
    if (seconds < 0) {
        glfwWaitEvents();
    } else {
        glfwWaitEventsTimeout(seconds);
        window.frames_due = std::max(window.frames_due, 1);
    }
}

bool poll(Window& window) {
    const Stage stage("poll");
    return window.ui.session.poll();
}

void run(Window& window) {
    uint64_t drawn = 0;
    while (glfwWindowShouldClose(window.handle) == GLFW_FALSE && !window.ui.wants_quit) {
        begin_frame();
        if (poll(window) || window.ui.session.revision() != drawn || window.better_picture.exchange(false)) {
            window.frames_due = std::max(window.frames_due, frames_after_event - 1);
        }
        if (window.frames_due > 0) {
            --window.frames_due;
            drawn = window.ui.session.revision();
            follow_mode(window);
            draw(window);
            follow_title(window);
            end_frame();
            note_slow_frame(window);
        } else {
            drop_frame();
        }
        wait(window);
    }
}

}  // namespace

Expected<int> run_window(const WindowOptions& options) {
    const Glfw glfw;
    if (!glfw.up) return tl::make_unexpected(no_window());
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
    glfwWindowHintString(GLFW_X11_CLASS_NAME, "diaban");
    glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "diaban");
    const WindowPtr handle(glfwCreateWindow(options.width, options.height, "Diaban", nullptr, nullptr));
    if (!handle) return tl::make_unexpected(no_window());
    glfwMakeContextCurrent(handle.get());
    glfwSwapInterval(1);
    glfwSetWindowSizeLimits(handle.get(), 800, 560, GLFW_DONT_CARE, GLFW_DONT_CARE);

    Window window;
    window.handle = handle.get();
    glfwSetWindowUserPointer(handle.get(), &window);
    set_callbacks(handle.get());
    const ImGuiHost imgui(handle.get());
    Painter painter(Rasteriser::automatic, [&window] {
        window.better_picture = true;
        glfwPostEmptyEvent();
    });
    window.ui.painter = &painter;
    window.ui.theme = options.dark ? Theme::dark : Theme::light;
    if (options.presentation) window.ui.mode = Mode::present;
    DetailMaker maker([&window] {
        window.ui.session.made_better();
        window.better_picture = true;
        glfwPostEmptyEvent();
    });
    window.ui.session.maker = &maker;
    window.ui.session.keep_in(CacheFolder::of_user());
    window.ui.session.jobs().set_wake([] { glfwPostEmptyEvent(); });
    window.ui.session.checks().set_wake([] { glfwPostEmptyEvent(); });
    window.trace = options.trace;
    window.slow_milliseconds = options.slow_milliseconds;
    window.ui.always_traced = !options.trace.empty();
    set_tracing(window.ui.always_traced);
    window.ui.session.open(options.files);
    run(window);
    write_slow_frames(window);
    window.ui.session.jobs().cancel_all();
    window.ui.session.checks().cancel_all();
    window.ui.session.maker = nullptr;
    window.ui.painter = nullptr;
    return 0;
}

}  // namespace diaban::ui
