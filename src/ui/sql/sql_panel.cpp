// The SQL console: tables, editor, result, side by side in the drawer.
#include <imgui.h>

#include <algorithm>

#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "ui/icons.h"
#include "ui/panels/panels.h"
#include "ui/sql/sql_parts.h"
#include "ui/sql/sql_run.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

/// Run or stop, what can be written, and what was written before.
void editor_toolbar(Ui& ui, const std::vector<SqlTable>& tables) {
    SqlState& state = ui.panels.sql;
    if (state.run) {
        if (button((std::string(icon::close) + "  " + tr("Stop") + "###run").c_str())) stop_sql(state);
        tooltip(tr("Stop (Esc)"));
    } else {
        if (primary_button((std::string(icon::play) + "  " + tr("Run") + "###run").c_str())) start_sql(ui);
        tooltip(tr("Run (Ctrl+Enter)"));
    }
    ImGui::SameLine(0, px(6));
    sql_examples(ui, tables);
    ImGui::SameLine(0, px(6));
    if (icon_button("older", icon::arrow_up, tr("The statement before (Ctrl+Up)"), state.recalled > 0))
        recall_sql(state, -1);
    ImGui::SameLine(0, 0);
    if (icon_button("newer", icon::arrow_down, tr("The statement after (Ctrl+Down)"),
                    state.recalled < state.history.size()))
        recall_sql(state, 1);
}

/// What is going on, or went wrong; nothing where all is well.
std::string said(Session& session, const SqlState& state) {
    if (state.run) {
        const std::string stage = state.run->progress->stage();
        return (stage.empty() ? std::string(tr("Asking")) : stage) + " … " +
               format_number(session.seconds() - state.run->begun, 1) + " s";
    }
    if (state.error) return to_text(state.error->error);
    return state.stopped ? std::string(tr("Stopped.")) : std::string();
}

void message(Ui& ui, float width, float& height) {
    const SqlState& state = ui.panels.sql;
    const std::string words = said(ui.session, state);
    height = 0;
    if (words.empty()) return;
    const bool error = !state.run && state.error;
    const Rgba colour = error ? palette().error : palette().muted;
    const float icon_width = px(22);
    height = ImGui::CalcTextSize(words.c_str(), nullptr, false, width - icon_width).y;
    const float most = 3 * ImGui::GetTextLineHeight();
    height = std::min(height, most) + px(6);
    if (ImGui::BeginChild("said", {width, height - px(4)}, false, ImGuiWindowFlags_NoBackground)) {
        text_in(fonts().regular, colour, error ? icon::alert_circle : state.run ? icon::play : icon::information);
        ImGui::SameLine(icon_width, 0);
        ImGui::PushStyleColor(ImGuiCol_Text, to_vec(colour));
        ImGui::PushTextWrapPos(0);
        text(words);
        ImGui::PopTextWrapPos();
        ImGui::PopStyleColor();
    }
    ImGui::EndChild();
}

void editor_side(Ui& ui, const std::vector<SqlTable>& tables) {
    editor_toolbar(ui, tables);
    float taken = 0;
    message(ui, ImGui::GetContentRegionAvail().x, taken);
    sql_editor(ui, std::max(px(40), ImGui::GetContentRegionAvail().y));
}

}  // namespace

void sql_panel(Ui& ui) {
    take_sql_outcome(ui);
    const std::vector<SqlTable> tables = sql_tables(ui.session);
    const float room = ImGui::GetContentRegionAvail().x;
    const float list = std::clamp(room * 0.16F, px(150), px(240));
    const float editor = std::clamp((room - list) * 0.42F, px(220), px(640));
    if (ImGui::BeginChild("tables", {list, 0})) sql_table_list(ui, tables);
    ImGui::EndChild();
    ImGui::SameLine(0, px(12));
    if (ImGui::BeginChild("editor", {editor, 0}, false, ImGuiWindowFlags_NoScrollbar)) editor_side(ui, tables);
    ImGui::EndChild();
    ImGui::SameLine(0, px(12));
    if (ImGui::BeginChild("result", {0, 0}, false, ImGuiWindowFlags_NoScrollbar)) sql_result(ui);
    ImGui::EndChild();
}

}  // namespace diaban::ui
