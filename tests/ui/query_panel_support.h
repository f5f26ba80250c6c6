// What tests of the query panel share: a small province, and the panel open over it.
#pragma once

#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "panels_support.h"
#include "ui/query/find_state.h"

namespace diaban::ui {

/// Four square communes of a degree in a row, A to D from 107° E, 21 to 22° N, each with 100 households. A, B and C lie
/// on the border in the north. A: 30% stunted, 3 facilities. B: 30%, 12 facilities and the shelter, half a degree
/// (51.8 km: 0.5° of the parallel of 21.5° on WGS 84) from A. C: 10%, none. D: 30%, none, not at the border.
struct Province {
    TemporaryFolder folder;
    static std::string feature(const std::string& properties, const std::string& geometry) {
        return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":)" + geometry + "}";
    }
    static std::string collection(const std::string& features) {
        return R"({"type":"FeatureCollection","features":[)" + features + "]}";
    }
    static std::string point(double x, double y) {
        return R"({"type":"Point","coordinates":[)" + std::to_string(x) + "," + std::to_string(y) + "]}";
    }
    [[nodiscard]] std::vector<std::filesystem::path> files() const {
        std::string communes;
        const char* stunted[] = {"30", "30", "10", "30"};
        for (int i = 0; i < 4; ++i) {
            const std::string x = std::to_string(107 + i);
            const std::string east = std::to_string(108 + i);
            communes += std::string(i > 0 ? "," : "") +
                        feature(std::string(R"("name":")") + static_cast<char>('A' + i) + R"(","kind":")" +
                                    (i < 2 ? "ward" : "commune") + R"(","stunted":)" + stunted[i] +
                                    R"(,"measured":100,"households":100)",
                                R"({"type":"Polygon","coordinates":[[[)" + x + ",21],[" + east + ",21],[" + east +
                                    ",22],[" + x + ",22],[" + x + ",21]]]}");
        }
        std::string sanitation;
        for (int i = 0; i < 15; ++i) {
            const bool in_a = i < 3;
            sanitation += (i > 0 ? "," : "") +
                          feature(R"("type":"latrine")", point((in_a ? 107.2 : 108.1) + 0.05 * i, in_a ? 21.3 : 21.7));
        }
        return {folder.write("communes.geojson", collection(communes)),
                folder.write("border.geojson",
                             collection(feature(
                                 R"("name":"Border")",
                                 R"({"type":"LineString","coordinates":[[107,22],[108,22],[109,22],[110,22]]})"))),
                folder.write("sanitation.geojson", collection(sanitation)),
                folder.write("shelters.geojson",
                             collection(feature(R"("work":"built","since":"2023-05-01")", point(108.5, 21.5))))};
    }
};

struct QueryPanel : testing::Test {
    Province province;
    Harness h{1280, 1400};
    void SetUp() override {
        h.open(province.files());
        h.ui.session.active_layer = "communes";
        h.ui.panels.inspector = Inspector::query;
        settle();
    }
    void settle() {
        for (int i = 0; i < 3; ++i) {
            h.frame();
            h.ui.session.jobs().finish();
        }
        h.frames(2);
    }
    [[nodiscard]] FindState& state() { return find_state(h.ui); }
    [[nodiscard]] const std::string& where() { return state().draft.ask.where; }
    void ask(const std::string& text) {
        state().draft.ask.where = text;
        settle();
    }
    void add(const char* kind) {
        ASSERT_TRUE(click_on(h, "Condition"));
        ASSERT_TRUE(click_on(h, kind)) << kind;
        settle();
    }
    /// The n-th place from the top where a text stands in the panel: chips come before the words that repeat them.
    [[nodiscard]] ImVec2 chip_at(const std::string& text, std::size_t n = 0) {
        h.frame();
        std::vector<ImVec2> places = places_of(text);
        std::erase_if(places, [](ImVec2 at) { return at.x < 965 || at.y < 60; });
        std::ranges::stable_sort(places, {}, &ImVec2::y);
        if (n < places.size()) return places[n];
        ADD_FAILURE() << text << " is not in\n" << h.texts();
        return {0, 0};
    }
    void click_chip(const std::string& text, std::size_t n = 0) {
        const ImVec2 at = chip_at(text, n);
        h.move(at.x, at.y);
        h.click();
    }
    /// Clicks a chip, and then the entry of the list that opens.
    void pick(const std::string& now, const std::string& entry, std::size_t n = 0) {
        click_chip(now, n);
        ASSERT_TRUE(click_on(h, entry)) << entry << " in\n" << h.texts();
        settle();
    }
    void type_over(const std::string& now, const std::string& text) {
        click_chip(now);
        h.key(GLFW_KEY_A, true);
        h.type(text);
        h.key(GLFW_KEY_ENTER);
        settle();
    }
    [[nodiscard]] const Answer& answer() { return *state().live.good(); }
};

}  // namespace diaban::ui
