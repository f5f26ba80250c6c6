// What letters were taken for: samples before and after, and another encoding where the guess is wrong.
#include <algorithm>

#include "base/i18n.h"
#include "data/encoding/encoding.h"
#include "ui/icons.h"
#include "ui/import/import_parts.h"

namespace diaban::ui {

namespace {

std::string encoding_name(const std::string& id) {
    const auto encoding = encoding_from_id(id);
    return encoding ? to_text(*encoding) : id;
}

void encoding_choice(Ui& ui, ImportItem& item) {
    property(tr("Encoding"));
    ImGui::SetNextItemWidth(px(340));
    const std::string told =
        item.report() && !item.report()->encoding.empty()
            ? std::string(tr("told from the letters")) + ": " + encoding_name(item.report()->encoding)
            : std::string(tr("told from the letters, column by column"));
    const std::string shown = item.options.encoding.empty() ? told : encoding_name(item.options.encoding);
    if (!begin_choice("##encoding", shown.c_str())) return;
    const auto offer = [&](const std::string& id, const std::string& label) {
        const bool now = item.options.encoding == id;
        if (ImGui::Selectable((label + "###" + id + "encoding").c_str(), now) && !now) {
            item.options.encoding = id;
            decided(ui, item);
        }
    };
    offer("", tr("told from the letters, column by column"));
    for (const Encoding encoding : all_encodings())
        offer(to_id(encoding), to_text(encoding));
    ImGui::EndCombo();
}

void samples_table(const std::vector<ColumnReport>& columns) {
    const auto flags = ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_NoSavedSettings | ImGuiTableFlags_PadOuterX;
    if (!ImGui::BeginTable("samples", 4, flags)) return;
    ImGui::TableSetupColumn(tr("Column"), ImGuiTableColumnFlags_WidthStretch, 2);
    ImGui::TableSetupColumn(tr("Encoding"), ImGuiTableColumnFlags_WidthStretch, 2);
    ImGui::TableSetupColumn(tr("As it stands in the file"), ImGuiTableColumnFlags_WidthStretch, 3);
    ImGui::TableSetupColumn(tr("As it is understood"), ImGuiTableColumnFlags_WidthStretch, 3);
    ImGui::TableNextRow(ImGuiTableRowFlags_Headers);
    for (int c = 0; c < 4; ++c) {
        ImGui::TableSetColumnIndex(c);
        text_in(fonts().small, palette().muted, ImGui::TableGetColumnName(c));
    }
    for (const ColumnReport& column : columns) {
        bool first = true;
        for (const TextSample& sample : column.samples) {
            ImGui::TableNextRow();
            if (first) {
                ImGui::TableSetColumnIndex(0);
                ImGui::PushFont(fonts().medium);
                text_cut(column.name);
                ImGui::PopFont();
                ImGui::TableSetColumnIndex(1);
                text_in(fonts().regular, palette().muted, encoding_name(column.encoding));
            }
            first = false;
            ImGui::TableSetColumnIndex(2);
            ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
            text_cut(sample.before);
            ImGui::PopStyleColor();
            ImGui::TableSetColumnIndex(3);
            text_cut(sample.after);
        }
    }
    ImGui::EndTable();
}

/// The open question about a column's encoding can be answered by "it is right".
void keep_as_understood(Ui& ui, ImportItem& item) {
    const std::vector<Question> questions = open_questions(item);
    if (std::ranges::find(questions, Question::Kind::encoding, &Question::kind) == questions.end()) return;
    if (button(tr("It reads well as it is"))) {
        for (const Question& question : questions)
            if (question.kind == Question::Kind::encoding) item.settled.push_back(question_key(question));
        ui.session.touch();
    }
    gap(4);
}

}  // namespace

void text_section(Ui& ui, ImportItem& item) {
    questions_about(item, {Question::Kind::encoding});
    keep_as_understood(ui, item);
    encoding_choice(ui, item);
    gap(8);
    const ImportReport* report = item.report();
    const bool changed = report && std::ranges::any_of(report->columns, [](const ColumnReport& column) {
                             return !column.samples.empty();
                         });
    if (changed) return samples_table(report->columns);
    empty_state(icon::check, tr("Nothing to convert"),
                tr("All text is Unicode as it stands. Where letters look wrong, choose another encoding above."));
}

}  // namespace diaban::ui
