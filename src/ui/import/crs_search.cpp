// Any coordinate system that there is: by its code, its name, where it is used, or its definition pasted in.
#include <algorithm>

#include "base/i18n.h"
#include "geo/crs/find_crs.h"
#include "ui/icons.h"
#include "ui/import/import_parts.h"

namespace diaban::ui {

namespace {

constexpr std::size_t most_found = 40;

void choose(Ui& ui, ImportItem& item, const std::string& definition) {
    const auto crs = Crs::from_text(definition);
    if (!crs) {
        ui.panels.crs_search.error = to_text(crs.error());
        return;
    }
    ui.panels.crs_search = {};
    item.crs = crs->definition();
    item.options.swap_axes = false;
    decided(ui, item);
}

void found_row(Ui& ui, ImportItem& item, const ListedCrs& found) {
    ImGui::PushID(found.code.c_str());
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const bool clicked = ImGui::Selectable("##found", false, 0, {0, px(38)});
    tooltip(found.area);
    const float code_width = text_width(found.code, fonts().small);
    draw_text({from.x + px(4), from.y + px(3)}, palette().text, cut_to(found.name, width - code_width - px(18)));
    draw_text({from.x + width - code_width - px(4), from.y + px(5)}, palette().muted, found.code, fonts().small);
    ImGui::PushFont(fonts().small);
    const std::string area = cut_to(found.area, width - px(8));
    ImGui::PopFont();
    draw_text({from.x + px(4), from.y + px(20)}, palette().muted, area, fonts().small);
    ImGui::PopID();
    if (clicked) choose(ui, item, found.code);
}

}  // namespace

void crs_search(Ui& ui, ImportItem& item) {
    CrsSearchState& state = ui.panels.crs_search;
    text_in(fonts().small, palette().muted, tr("Or any other, by code, name or place"));
    if (search_field("crs", tr("EPSG:5899, VN-2000, Quang Ninh …"), state.text)) {
        state.found = find_crs(state.text, most_found);
        state.error.clear();
    }
    if (!state.error.empty()) notice(palette().error, icon::alert_circle, state.error);
    if (state.text.empty()) return;
    // A definition is too long for any list, and no list has it.
    if (state.found.empty()) {
        if (button(tr("Take this as its definition"))) choose(ui, item, state.text);
        tooltip(tr("Well-known text (WKT), PROJJSON or a PROJ string"));
        return;
    }
    const std::vector<ListedCrs> found = state.found;
    const float room = std::max(ImGui::GetContentRegionAvail().y, px(120));
    if (ImGui::BeginChild("found", {0, room}, true)) {
        for (const ListedCrs& crs : found)
            found_row(ui, item, crs);
    }
    ImGui::EndChild();
}

}  // namespace diaban::ui
