#include "ui/query/saved_queries.h"

#include <GLFW/glfw3.h>
#include <fmt/format.h>

#include <algorithm>
#include <cfloat>

#include "base/i18n.h"
#include "base/text.h"
#include "query/language/write.h"
#include "ui/icons.h"
#include "ui/panels/parts.h"
#include "ui/query/chips.h"
#include "ui/query/find_state.h"
#include "workspace/query_layers.h"

namespace diaban::ui {

namespace {

constexpr const char* name_popup = "name of the query";

/// A saved query may name a layer where the section speaks of ids.
void by_id(const Workspace& workspace, std::string& layer) {
    if (const Layer* found = find_layer_called(workspace, layer); found != nullptr && !layer.empty()) layer = found->id;
}

void open_coverage(const Workspace& workspace, CoverageState& state, const SavedQuery& saved) {
    const auto& query = std::get<CoverageQuery>(saved.ask);
    state.query = query;
    for (std::string* layer : {&state.query.demand, &state.query.facilities, &state.query.by})
        by_id(workspace, *layer);
    state.weight_typed = false;
    state.weight_text = query.weight;
    state.demand_where = query.demand_where;
    state.facilities_where = query.facilities_where;
    state.reach_text.clear();
    state.time = saved.time;
    state.saved.id = saved.id;
}

void open_areas(const Workspace& workspace, AreasState& state, const SavedQuery& saved) {
    if (const auto* buffers = std::get_if<BufferQuery>(&saved.ask)) {
        state.kind = AreasKind::buffers;
        state.buffers = *buffers;
        by_id(workspace, state.buffers.layer);
        state.where = buffers->where;
    } else if (const auto* service = std::get_if<ServiceAreaQuery>(&saved.ask)) {
        state.kind = AreasKind::service;
        state.service = *service;
        by_id(workspace, state.service.facilities);
        by_id(workspace, state.service.clip);
        state.where = service->where;
    }
    state.reach_text.clear();
    state.saved.id = saved.id;
}

void show(Ui& ui, QueryKind kind) {
    ui.panels.inspector_open = true;
    ui.panels.inspector = Inspector::query;
    ui.panels.query.kind = kind;
}

struct Opening {
    Ui& ui;
    const SavedQuery& saved;
    void operator()(const FeatureQuery&) const {
        show(ui, QueryKind::find);
        open_saved(ui, find_state(ui), std::string(saved.id));
    }
    void operator()(const CoverageQuery&) const {
        show(ui, QueryKind::coverage);
        open_coverage(ui.session.workspace(), ui.panels.coverage, saved);
    }
    void operator()(const BufferQuery&) const {
        show(ui, QueryKind::areas);
        open_areas(ui.session.workspace(), ui.panels.areas, saved);
    }
    void operator()(const ServiceAreaQuery&) const {
        show(ui, QueryKind::areas);
        open_areas(ui.session.workspace(), ui.panels.areas, saved);
    }
    void operator()(const SqlQuery& query) const {
        ui.panels.drawer = Drawer::sql;
        ui.panels.sql.text = query.sql;
        ui.panels.sql.go_to = static_cast<int>(query.sql.size());
        ui.panels.sql.replaced = ui.panels.sql.focus = true;
        ui.panels.sql.name = saved.name;
    }
};

void save_new(Ui& ui, SavedBar& bar, const Query& now, const std::string& name) {
    ui.session.edit(fmt::format(fmt::runtime(tr("Save query “{}”")), name), [&](Workspace& workspace) {
        SavedQuery query{.id = unused_id(workspace, name), .name = name, .ask = now, .time = {}};
        bar.id = query.id;
        workspace.queries.push_back(std::move(query));
    });
}

void save_over(Ui& ui, const std::string& id, const Query& now) {
    const std::string name = ui.session.workspace().find_query(id)->name;
    ui.session.edit(fmt::format(fmt::runtime(tr("Save query “{}”")), name), [&](Workspace& workspace) {
        std::ranges::find(workspace.queries, id, &SavedQuery::id)->ask = now;
    });
}

void remove(Ui& ui, const std::string& id) {
    const SavedQuery& query = *ui.session.workspace().find_query(id);
    if (ui.session.workspace().needs(id))
        return ui.session.say(
            Severity::warning,
            fmt::format(fmt::runtime(tr("“{}” cannot be deleted: a layer is made from it.")), query.name));
    ui.session.edit(fmt::format(fmt::runtime(tr("Delete query “{}”")), query.name), [&](Workspace& changed) {
        std::erase_if(changed.queries, [&](const auto& one) { return one.id == id; });
    });
}

void name_dialog(Ui& ui, SavedBar& bar, const Query& now) {
    ImGui::SetNextWindowSize({px(290), 0});
    if (!begin_popup_at_item(name_popup)) return;
    text_in(fonts().medium, palette().text, bar.renaming ? tr("Rename the question") : tr("Save the question as"));
    if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
    ImGui::SetNextItemWidth(-FLT_MIN);
    bool accepted = ImGui::InputTextWithHint("##name", tr("Name"), &bar.name, ImGuiInputTextFlags_EnterReturnsTrue);
    const std::string name = trim(bar.name);
    const SavedQuery* taken = named(ui.session, name, bar.renaming ? bar.id : std::string());
    if (taken != nullptr)
        notice(palette().warning, icon::alert,
               fmt::format(fmt::runtime(tr("There is a question “{}” already.")), taken->name));
    const bool can = !name.empty() && taken == nullptr;
    ImGui::BeginDisabled(!can);
    accepted |= primary_button(bar.renaming ? tr("Rename") : tr("Save"));
    ImGui::EndDisabled();
    if (accepted && can) {
        bar.renaming ? rename_saved(ui, bar.id, name) : save_new(ui, bar, now, name);
        ImGui::CloseCurrentPopup();
    }
    ImGui::SameLine();
    if (button(tr("Cancel")) || key_pressed(ui, GLFW_KEY_ESCAPE)) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
}

/// True when a name is to be typed; that popup cannot be opened inside of this one.
bool menu(Ui& ui, SavedBar& bar, const std::string& proposed, bool changed) {
    if (!begin_popup_at_item("saved menu")) return false;
    const SavedQuery* query = ui.session.workspace().find_query(bar.id);
    const auto item = [](const char* icon, const char* name, bool enabled) {
        return ImGui::MenuItem((std::string(icon) + "  " + name).c_str(), nullptr, false, enabled);
    };
    bool ask_name = false;
    if (item(icon::save, tr("Save as…"), true)) {
        bar.renaming = false, bar.name = proposed;
        ask_name = true;
    }
    if (item(icon::pencil, tr("Rename…"), query != nullptr)) {
        bar.renaming = true, bar.name = query->name;
        ask_name = true;
    }
    if (item(icon::history, tr("Back to what was saved"), query != nullptr && changed))
        open_query(ui, std::string(bar.id));
    ImGui::Separator();
    if (item(icon::remove, tr("Delete"), query != nullptr)) remove(ui, std::string(bar.id));
    ImGui::EndPopup();
    return ask_name;
}

}  // namespace

void open_query(Ui& ui, const std::string& id) {
    const SavedQuery* found = ui.session.workspace().find_query(id);
    if (found == nullptr) return;
    const SavedQuery saved = *found;
    std::visit(Opening{ui, saved}, saved.ask);
    ui.session.touch();
}

std::string kind_of(const Query& query) {
    struct Kind {
        std::string operator()(const FeatureQuery&) const { return tr("Find"); }
        std::string operator()(const CoverageQuery&) const { return tr("Coverage"); }
        std::string operator()(const BufferQuery&) const { return tr("Buffers"); }
        std::string operator()(const ServiceAreaQuery&) const { return tr("Service areas"); }
        std::string operator()(const SqlQuery&) const { return tr("SQL"); }
    };
    return std::visit(Kind{}, query);
}

std::string query_entries(const Session& session, const Query* except, const std::string& now) {
    std::string chosen;
    for (const SavedQuery& query : session.workspace().queries) {
        if (except != nullptr && query.ask.index() == except->index()) continue;
        const std::string kind = kind_of(query.ask);
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float room = std::max(ImGui::GetContentRegionAvail().x, px(240));
        const float kind_width = text_width(kind, fonts().small);
        const std::string name = cut_to(query.name, room - kind_width - px(12));
        if (ImGui::Selectable((name + "##" + query.id).c_str(), query.id == now, 0, {room, 0})) chosen = query.id;
        if (name != query.name) tooltip(query.name);
        draw_text({at.x + room - kind_width, at.y}, palette().muted, kind, fonts().small);
    }
    return chosen;
}

void query_bar(Ui& ui, SavedBar& bar, const Query& now, const std::string& proposed) {
    const SavedQuery* query = ui.session.workspace().find_query(bar.id);
    // Undo may have taken it away, or another workspace was opened.
    if (query == nullptr || kind_of(query->ask) != kind_of(now)) query = nullptr, bar.id.clear();
    const bool changed = query == nullptr || query->ask != now;
    const std::string shown = query == nullptr ? tr("Not saved") : query->name + (changed ? " •" : "");
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - 2 * ImGui::GetFrameHeight() - px(4));
    std::string chosen;
    if (begin_choice("##saved", shown.c_str(), true)) {
        if (ui.session.workspace().queries.empty()) text_muted(tr("No saved questions yet"));
        chosen = query_entries(ui.session, nullptr, bar.id);
        ImGui::EndCombo();
    }
    tooltip(tr("Saved questions"));
    ImGui::SameLine(0, px(2));
    bool ask_name = false;
    if (icon_button("save", icon::save, tr("Save the question with the workspace"), changed)) {
        if (query != nullptr) {
            save_over(ui, bar.id, now);
        } else {
            bar.renaming = false, bar.name = proposed;
            ask_name = true;
        }
    }
    ImGui::SameLine(0, 0);
    if (icon_button("menu", icon::more, tr("Save as, rename, delete"))) ImGui::OpenPopup("saved menu");
    ask_name |= menu(ui, bar, proposed, changed);
    if (ask_name) ImGui::OpenPopup(name_popup);
    name_dialog(ui, bar, now);
    if (!chosen.empty()) open_query(ui, chosen);
    gap(4);
}

}  // namespace diaban::ui
