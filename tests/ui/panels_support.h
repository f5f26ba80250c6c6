// What the panels' tests share: a small map on disk, and finding what is written on screen.
#pragma once

#include <imgui.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "harness.h"

namespace diaban::ui {

/// A folder of its own, gone when the test is over.
class TemporaryFolder {
public:
    TemporaryFolder() {
        static int count = 0;
        path_ = std::filesystem::temp_directory_path() /
                ("diaban-panels-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
        std::filesystem::create_directories(path_);
    }
    ~TemporaryFolder() {
        std::error_code none;
        std::filesystem::remove_all(path_, none);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path write(const std::string& name, const std::string& text) const {
        std::ofstream(path_ / name, std::ios::binary) << text;
        return path_ / name;
    }

private:
    std::filesystem::path path_;
};

/// Four square communes in a row. Stunted of measured: 20/100, 3/5, 0/50, and no data.
inline std::string four_communes() {
    struct Row {
        const char* name;
        const char* code;
        const char* population;
        const char* stunted;
        const char* measured;
    };
    const Row rows[] = {{"Xã Bình Liêu", "06838", "9000", "20", "100"},
                        {"Xã Đầm Hà", "06895", "12000", "3", "5"},
                        {"Xã Ba Chẽ", "06970", "4000", "0", "50"},
                        {"Phường Hạ Long", "06652", "50000", "null", "null"}};
    std::string json = R"({"type":"FeatureCollection","features":[)";
    int x = 107;
    for (const Row& r : rows) {
        const auto at = [](int lon, const char* lat) { return "[" + std::to_string(lon) + "," + lat + "]"; };
        if (x > 107) json += ",";
        json += R"({"type":"Feature","properties":{"name":")" + std::string(r.name) + R"(","code":")" + r.code +
                R"(","population":)" + r.population + R"(,"stunted":)" + r.stunted + R"(,"measured":)" + r.measured +
                R"(},"geometry":{"type":"Polygon","coordinates":[[)" + at(x, "21") + "," + at(x + 1, "21") + "," +
                at(x + 1, "22") + "," + at(x, "22") + "," + at(x, "21") + "]]}}";
        ++x;
    }
    return json + "]}";
}

/// Centres of the places where a text is written on screen, in the order drawn. The text is found by its glyphs in what
/// ImGui asked to be painted, so what is clipped away entirely, or covered, may be among them.
inline std::vector<ImVec2> places_of(const std::string& text) {
    std::vector<ImVec2> places;
    const ImDrawData* data = ImGui::GetDrawData();
    if (!data) return places;
    for (ImFont* font : {fonts().regular, fonts().medium, fonts().small, fonts().large}) {
        std::vector<const ImFontGlyph*> glyphs;
        for (const char* at = text.c_str(); *at != '\0';) {
            unsigned int letter = static_cast<unsigned char>(*at);
            int length = 1;
            if (letter >= 0xE0) {
                length = 3;
                letter = (letter & 0x0FU) << 12U | (static_cast<unsigned char>(at[1]) & 0x3FU) << 6U |
                         (static_cast<unsigned char>(at[2]) & 0x3FU);
            } else if (letter >= 0xC0) {
                length = 2;
                letter = (letter & 0x1FU) << 6U | (static_cast<unsigned char>(at[1]) & 0x3FU);
            }
            at += length;
            const ImFontGlyph* glyph = font->FindGlyph(static_cast<ImWchar>(letter));
            if (glyph->Visible) glyphs.push_back(glyph);
        }
        if (glyphs.empty()) continue;
        for (int l = 0; l < data->CmdListsCount; ++l) {
            const auto& vertices = data->CmdLists[l]->VtxBuffer;
            const auto same = [&](int v, const ImFontGlyph* g) {
                return vertices[v].uv.x == g->U0 && vertices[v].uv.y == g->V0 && vertices[v + 2].uv.x == g->U1 &&
                       vertices[v + 2].uv.y == g->V1;
            };
            const int letters = static_cast<int>(glyphs.size());
            for (int v = 0; v + 4 * letters <= vertices.Size; ++v) {
                int i = 0;
                while (i < letters && same(v + 4 * i, glyphs[static_cast<std::size_t>(i)]))
                    ++i;
                if (i < letters) continue;
                const ImVec2 from = vertices[v].pos;
                const ImVec2 to = vertices[v + 4 * (letters - 1) + 2].pos;
                places.push_back({(from.x + to.x) / 2, (from.y + to.y) / 2});
            }
        }
    }
    return places;
}

/// Whether the text was written anywhere in the last frame.
inline bool shows(const std::string& text) {
    return !places_of(text).empty();
}

/// Moves to the last (topmost) place where the text is written and clicks it; false when it is nowhere.
inline bool click_on(Harness& h, const std::string& text) {
    h.frame();
    const auto places = places_of(text);
    if (places.empty()) return false;
    h.move(places.back().x, places.back().y);
    h.click();
    return true;
}

}  // namespace diaban::ui
