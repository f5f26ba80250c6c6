// Labels of what is drawn on the map: boxed, so that they can be read over any map, and none over another.
#pragma once

#include <imgui.h>

#include <string>
#include <vector>

namespace diaban::ui {

class MapLabels {
public:
    /// `low` and `high`: the corners of the map, beyond which no label reaches.
    MapLabels(ImDrawList* draw, ImVec2 low, ImVec2 high) : draw_(draw), low_(low), high_(high) {}

    /// Round a place in window coordinates; the first line stands out. `always`: even over another.
    void centred(ImVec2 at, const std::vector<std::string>& lines, bool always);
    /// Beside a place, as a tooltip is beside the pointer.
    void beside(ImVec2 at, const std::vector<std::string>& lines, bool always);
    [[nodiscard]] static ImVec2 size_of(const std::vector<std::string>& lines);

private:
    void put(ImVec2 from, ImVec2 size, const std::vector<std::string>& lines, bool always);

    ImDrawList* draw_;
    ImVec2 low_, high_;
    std::vector<ImVec4> taken_;  ///< left, top, right, bottom
};

}  // namespace diaban::ui
