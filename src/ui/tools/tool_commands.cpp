// Commands of the tools that measure, and the keys of whatever is drawn point by point.
#include <GLFW/glfw3.h>

#include "base/i18n.h"
#include "ui/command_list.h"
#include "ui/icons.h"
#include "ui/tools/draw_tools.h"
#include "ui/tools/drawing.h"

namespace diaban::ui {

namespace {

/// A key does what the buttons say; with a pointer it may be held keys that say it.
void finish(Ui& ui) {
    finish_points(ui, combine_wanted(ui, {}));
}

void clear(Ui& ui) {
    MeasureState& state = ui.panels.measure;
    state.points.clear();
    state.done = false;
    state.drawn.reset();
}

}  // namespace

Command tool_command(const char* id, const char* name, const char* menu, const char* picture, int key, Tool tool) {
    return {.id = id,
            .name = name,
            .menu = menu,
            .icon = picture,
            .key = key,
            .checked = [tool](Ui& ui) { return ui.tool == tool; },
            .run = [tool](Ui& ui) { ui.tool = tool; }};
}

std::vector<Command> measure_commands(const char* menu) {
    std::vector<Command> list;
    const auto tool = [&](const char* id, const char* name, const char* picture, int key, Tool which) {
        list.push_back(tool_command(id, name, menu, picture, key, which));
        list.back().separator_before = which == Tool::measure_distance;
    };
    tool("analyse.measure_distance", tr("Measure distances"), icon::ruler, GLFW_KEY_K, Tool::measure_distance);
    tool("analyse.measure_area", tr("Measure an area"), icon::vector_polygon, GLFW_KEY_A, Tool::measure_area);
    tool("analyse.measure_bearing", tr("Measure a bearing"), icon::compass_outline, GLFW_KEY_H, Tool::measure_bearing);
    list.push_back({.id = "analyse.copy_measured",
                    .name = tr("Copy what was measured"),
                    .menu = menu,
                    .icon = icon::copy,
                    .key = GLFW_KEY_C,
                    .ctrl = true,
                    .enabled = [](Ui& ui) { return !measured_words(ui).empty(); },
                    .run = copy_measured});
    list.push_back({.id = "analyse.clear_drawing",
                    .name = tr("Clear what was measured or drawn"),
                    .menu = menu,
                    .enabled =
                        [](Ui& ui) {
                            const MeasureState& state = ui.panels.measure;
                            return !state.points.empty() || state.drawn.has_value();
                        },
                    .run = clear});
    list.push_back({.id = "map.finish_drawing",
                    .name = tr("Finish drawing"),
                    .key = GLFW_KEY_ENTER,
                    .enabled = [](Ui& ui) { return drawing(ui); },
                    .run = finish,
                    .also = {{GLFW_KEY_KP_ENTER, false, false}}});
    list.push_back({.id = "map.take_back_point",
                    .name = tr("Take the last point back"),
                    .key = GLFW_KEY_BACKSPACE,
                    .enabled = [](Ui& ui) { return drawing(ui); },
                    .run = take_back_point});
    return list;
}

}  // namespace diaban::ui
