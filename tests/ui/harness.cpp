#include "ui/harness.h"

#include <GLFW/glfw3.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace diaban::ui {

namespace {

/// As ImGui's GLFW backend maps them.
void map_keys(ImGuiIO& io) {
    io.KeyMap[ImGuiKey_Tab] = GLFW_KEY_TAB;
    io.KeyMap[ImGuiKey_LeftArrow] = GLFW_KEY_LEFT;
    io.KeyMap[ImGuiKey_RightArrow] = GLFW_KEY_RIGHT;
    io.KeyMap[ImGuiKey_UpArrow] = GLFW_KEY_UP;
    io.KeyMap[ImGuiKey_DownArrow] = GLFW_KEY_DOWN;
    io.KeyMap[ImGuiKey_PageUp] = GLFW_KEY_PAGE_UP;
    io.KeyMap[ImGuiKey_PageDown] = GLFW_KEY_PAGE_DOWN;
    io.KeyMap[ImGuiKey_Home] = GLFW_KEY_HOME;
    io.KeyMap[ImGuiKey_End] = GLFW_KEY_END;
    io.KeyMap[ImGuiKey_Delete] = GLFW_KEY_DELETE;
    io.KeyMap[ImGuiKey_Backspace] = GLFW_KEY_BACKSPACE;
    io.KeyMap[ImGuiKey_Space] = GLFW_KEY_SPACE;
    io.KeyMap[ImGuiKey_Enter] = GLFW_KEY_ENTER;
    io.KeyMap[ImGuiKey_Escape] = GLFW_KEY_ESCAPE;
    io.KeyMap[ImGuiKey_KeyPadEnter] = GLFW_KEY_KP_ENTER;
    io.KeyMap[ImGuiKey_A] = GLFW_KEY_A;
    io.KeyMap[ImGuiKey_C] = GLFW_KEY_C;
    io.KeyMap[ImGuiKey_V] = GLFW_KEY_V;
    io.KeyMap[ImGuiKey_X] = GLFW_KEY_X;
    io.KeyMap[ImGuiKey_Y] = GLFW_KEY_Y;
    io.KeyMap[ImGuiKey_Z] = GLFW_KEY_Z;
}

/// A glyph of any font of the atlas, found by where its picture begins.
struct Letter {
    const ImFontGlyph* glyph = nullptr;
    float blank = 4;  ///< how wide a blank is in its font
};
using Letters = std::map<std::pair<float, float>, Letter>;

Letters letters_of(const ImFontAtlas& atlas) {
    Letters letters;
    for (const ImFont* font : atlas.Fonts) {
        for (const ImFontGlyph& glyph : font->Glyphs) {
            if (glyph.Visible != 0) letters[{glyph.U0, glyph.V0}] = {&glyph, font->GetCharAdvance(' ')};
        }
    }
    return letters;
}

/// Reads what was drawn back from its quads: blanks are where the pen jumped a little, and another line or a wider gap
/// begins a new line.
void read_back(const ImDrawList& list, const Letters& letters, std::string& texts) {
    ImVec2 pen{-1e6F, -1e6F};
    for (const ImDrawCmd& command : list.CmdBuffer) {
        for (unsigned i = 0; i + 5 < command.ElemCount; i += 3) {
            const int first = static_cast<int>(command.IdxOffset + i);
            const ImDrawVert& corner = list.VtxBuffer[static_cast<int>(list.IdxBuffer[first] + command.VtxOffset)];
            const auto it = letters.find({corner.uv.x, corner.uv.y});
            if (it == letters.end()) continue;
            const ImFontGlyph& glyph = *it->second.glyph;
            const ImVec2 at{corner.pos.x - glyph.X0, corner.pos.y - glyph.Y0};
            const float gap = at.x - pen.x;
            if (std::abs(at.y - pen.y) > 0.5F || gap < -1 || gap > 2.5F * it->second.blank) {
                texts += '\n';
            } else if (gap > it->second.blank / 2) {
                texts += ' ';
            }
            char utf8[5];
            texts += ImTextCharToUtf8(utf8, glyph.Codepoint);
            pen = {at.x + glyph.AdvanceX, at.y};
            i += 3;  // the quad's second triangle
        }
    }
}

}  // namespace

Harness::Harness(float width, float height, float scale) : context_(ImGui::CreateContext()) {
    ImGui::SetCurrentContext(context_);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.DisplaySize = {width, height};
    io.MousePos = {-1, -1};
    map_keys(io);
    ui.scale = scale;
    load_fonts(scale);
    // Building the atlas is the renderer's part; there is none.
    unsigned char* pixels = nullptr;
    int atlas_width = 0;
    int atlas_height = 0;
    io.Fonts->GetTexDataAsRGBA32(&pixels, &atlas_width, &atlas_height);
    frames(2);
}

Harness::~Harness() {
    ui.session.jobs().cancel_all();
    ImGui::DestroyContext(context_);
}

void Harness::open(const std::vector<std::filesystem::path>& paths) {
    ui.session.open(paths);
    ui.session.jobs().finish();
    frames(3);
}

void Harness::frame(double seconds) {
    ImGui::SetCurrentContext(context_);
    ImGui::GetIO().DeltaTime = static_cast<float>(seconds);
    ui.session.poll();
    ImGui::NewFrame();
    draw_frame(ui);
    ImGui::Render();
    texts_.clear();
    const Letters letters = letters_of(*ImGui::GetIO().Fonts);
    const ImDrawData& drawn = *ImGui::GetDrawData();
    for (int i = 0; i < drawn.CmdListsCount; ++i)
        read_back(*drawn.CmdLists[i], letters, texts_);
}

void Harness::frames(int count) {
    for (int i = 0; i < count; ++i)
        frame();
}

void Harness::move(float x, float y) {
    ImGui::GetIO().MousePos = {x, y};
    frames(2);
}

void Harness::press(int button) {
    ImGui::GetIO().MouseDown[button] = true;
    frame();
}

void Harness::release(int button) {
    ImGui::GetIO().MouseDown[button] = false;
    frames(2);
}

void Harness::click(int button) {
    press(button);
    release(button);
    // So that two clicks of a test are not a double click.
    frame(1);
}

void Harness::double_click() {
    press();
    ImGui::GetIO().MouseDown[0] = false;
    frame();
    press();
    release();
    frame(1);
}

void Harness::wheel(float steps) {
    ImGui::GetIO().MouseWheel = steps;
    frames(2);
}

void Harness::drag(float from_x, float from_y, float to_x, float to_y, int button) {
    move(from_x, from_y);
    press(button);
    constexpr int steps = 5;
    for (int i = 1; i <= steps; ++i) {
        const float t = static_cast<float>(i) / steps;
        ImGui::GetIO().MousePos = {from_x + (to_x - from_x) * t, from_y + (to_y - from_y) * t};
        frame();
    }
    release(button);
    frame(1);
}

void Harness::hold(bool shift, bool alt, bool ctrl) {
    ImGuiIO& io = ImGui::GetIO();
    io.KeyShift = shift;
    io.KeyAlt = alt;
    io.KeyCtrl = ctrl;
}

void Harness::key(int glfw_key, bool ctrl, bool shift) {
    ImGuiIO& io = ImGui::GetIO();
    hold(shift, false, ctrl);
    io.KeysDown[glfw_key] = true;
    ui.keys.push_back({glfw_key, ctrl, shift, false});
    frame();
    io.KeysDown[glfw_key] = false;
    hold(false);
    frames(2);
}

void Harness::type(const std::string& text) {
    ImGui::GetIO().AddInputCharactersUTF8(text.c_str());
    frames(2);
}

ImVec2 Harness::on_map(double x, double y) const {
    return {ui.layout.map.x + static_cast<float>(x) * ui.scale, ui.layout.map.y + static_cast<float>(y) * ui.scale};
}

std::vector<std::string> Harness::windows_outside() const {
    std::vector<std::string> outside;
    const ImVec2 size = context_->IO.DisplaySize;
    for (const ImGuiWindow* window : context_->Windows) {
        if (!window->WasActive || window->Hidden || (window->Flags & ImGuiWindowFlags_ChildWindow) != 0) continue;
        const ImRect box = window->Rect();
        if (box.Min.x < -0.5F || box.Min.y < -0.5F || box.Max.x > size.x + 0.5F || box.Max.y > size.y + 0.5F) {
            outside.emplace_back(window->Name);
        }
    }
    return outside;
}

}  // namespace diaban::ui
