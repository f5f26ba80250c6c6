// How a table is joined: to which layer, by which columns, and what becomes of its rows.
#include <fmt/format.h>

#include <algorithm>
#include <cfloat>

#include "base/format.h"
#include "base/i18n.h"
#include "data/join/match_report.h"
#include "ui/icons.h"
#include "ui/import/import_parts.h"

namespace diaban::ui {

namespace {

std::string target_name(const Session& session, const JoinTarget& target) {
    if (const ImportItem* item = session.import.find(target.item)) return item->dataset ? item->dataset->name : "";
    const Layer* layer = session.workspace().find_layer(target.layer);
    return layer ? layer->name : std::string();
}

void rematch(Ui& ui, ImportItem& item) {
    ui.session.match_again(item.id);
}

void target_choice(Ui& ui, ImportItem& item) {
    property(tr("Joined to"));
    ImGui::SetNextItemWidth(px(340));
    const std::string now = item.joins ? target_name(ui.session, item.target) : std::string(tr("nothing, kept aside"));
    const std::string shown = now.empty() ? std::string(tr("choose a layer")) : now;
    if (!begin_choice("##target", shown.c_str())) return;
    for (const JoinTarget& target : ui.session.join_targets()) {
        const bool on = item.joins && item.target == target;
        ImGui::PushID(static_cast<int>(target.item));
        if (ImGui::Selectable((target_name(ui.session, target) + "###" + target.layer).c_str(), on) && !on) {
            ui.session.join_to(item.id, target);
        }
        ImGui::PopID();
    }
    ImGui::Separator();
    if (ImGui::Selectable(tr("nothing, kept aside"), !item.joins) && item.joins) {
        item.joins = false;
        rematch(ui, item);
    }
    ImGui::EndCombo();
}

bool column_choice(const char* id, const Table& table, std::string& column, float width, const char* none = nullptr) {
    ImGui::SetNextItemWidth(width);
    const std::string shown = !column.empty() ? column : none ? none : tr("choose a column");
    bool changed = false;
    if (!begin_choice(id, shown.c_str())) return false;
    const auto offer = [&](const std::string& name, const char* label) {
        if (ImGui::Selectable((std::string(label) + "###c" + name).c_str(), column == name) && column != name) {
            column = name;
            changed = true;
        }
    };
    if (none) offer("", none);
    for (const Column& c : table.columns())
        offer(c.name(), c.name().c_str());
    ImGui::EndCombo();
    return changed;
}

const char* in_words(KeyRole role) {
    switch (role) {
        case KeyRole::code:
            return tr("code");
        case KeyRole::name:
            return tr("name");
        case KeyRole::parent:
            return tr("unit above");
        case KeyRole::exact:
            return tr("exactly the same");
    }
    return "";
}

bool role_choice(KeyRole& role, bool first) {
    std::vector<KeyRole> roles{KeyRole::code, KeyRole::name};
    if (!first) roles.insert(roles.end(), {KeyRole::parent, KeyRole::exact});
    std::vector<std::string> names;
    int now = -1;
    for (const KeyRole r : roles) {
        if (r == role) now = static_cast<int>(names.size());
        names.emplace_back(in_words(r));
    }
    ImGui::SetNextItemWidth(px(150));
    if (!choice("##role", names, now)) return false;
    role = roles[static_cast<std::size_t>(now)];
    return true;
}

/// One pair of columns a line: the layer's, what they are, the table's.
enum class PairChange { none, changed, removed };

PairChange pair_row(KeyPair& pair, bool first, const Table& target, const Table& table) {
    PairChange change = PairChange::none;
    const float width = px(220);
    if (column_choice("##field", target, pair.field, width)) change = PairChange::changed;
    ImGui::SameLine(0, px(8));
    if (role_choice(pair.role, first)) change = PairChange::changed;
    tooltip(
        tr("How the two compare: codes digit by digit with lost zeros given back, names as people mean them, the "
           "unit above only to choose among equal names."));
    ImGui::SameLine(0, px(8));
    if (column_choice("##foreign", table, pair.foreign_field, width)) change = PairChange::changed;
    if (!first) {
        ImGui::SameLine(0, px(4));
        if (icon_button("remove", icon::close, tr("Without this pair"))) change = PairChange::removed;
    }
    return change;
}

void pairs(Ui& ui, ImportItem& item, const Table& target) {
    const Table& table = item.dataset->table;
    text_in(fonts().small, palette().muted, tr("Column of the layer"));
    ImGui::SameLine(px(228));
    text_in(fonts().small, palette().muted, tr("compared as"));
    ImGui::SameLine(px(386));
    text_in(fonts().small, palette().muted, tr("Column of the table"));
    KeyPair first{item.join.key, item.join.foreign_key, item.join.role};
    ImGui::PushID(-1);
    if (pair_row(first, true, target, table) == PairChange::changed) {
        item.join.key = first.field;
        item.join.foreign_key = first.foreign_field;
        item.join.role = first.role;
        rematch(ui, item);
    }
    ImGui::PopID();
    for (std::size_t i = 0; i < item.join.further.size(); ++i) {
        ImGui::PushID(static_cast<int>(i));
        const PairChange change = pair_row(item.join.further[i], false, target, table);
        ImGui::PopID();
        if (change == PairChange::removed) item.join.further.erase(item.join.further.begin() + std::ptrdiff_t(i));
        if (change != PairChange::none) rematch(ui, item);
        if (change == PairChange::removed) break;
    }
    const std::string more = std::string(icon::plus) + "  " + tr("Another pair of columns");
    if (button(more.c_str())) item.join.further.push_back({guess_name_column(target), "", KeyRole::name});
    tooltip(
        tr("Names to fall back on where a code is missing, the district to tell equal names apart, or whatever else "
           "has to agree."));
    gap(4);
    property(tr("Year column"));
    if (column_choice("##time", table, item.join.time_field, px(220), tr("none: one row a unit"))) rematch(ui, item);
}

/// A count with its word, large: matched, suggested, unmatched …
void tally(std::size_t count, const char* word, Rgba colour) {
    ImGui::BeginGroup();
    text_in(fonts().large, count > 0 ? colour : palette().muted, format_integer(static_cast<int64_t>(count)));
    text_in(fonts().small, palette().muted, word);
    ImGui::EndGroup();
    ImGui::SameLine(0, px(28));
}

void counts(const MatchReport& report) {
    tally(report.count(MatchState::matched), tr("matched"), palette().good);
    tally(report.count(MatchState::suggested), tr("suggested"), palette().warning);
    tally(report.count(MatchState::ambiguous), tr("ambiguous"), palette().warning);
    tally(report.count(MatchState::unmatched), tr("unmatched"), palette().error);
    tally(report.count(MatchState::duplicate), tr("duplicates"), palette().warning);
    tally(report.features_without_row.size(), tr("units without a row"), palette().warning);
    ImGui::NewLine();
    text_muted(summary(report) + ".");
}

/// What did not match by itself, the beginning of it; all of it stands in the match report once it is imported.
void leftovers(const MatchReport& report) {
    constexpr int most = 200;
    const auto flags = ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_ScrollY | ImGuiTableFlags_NoSavedSettings |
                       ImGuiTableFlags_PadOuterX;
    const float room = std::max(px(140), ImGui::GetContentRegionAvail().y - px(4));
    if (!ImGui::BeginTable("leftovers", 4, flags, {0, room})) return;
    ImGui::TableSetupColumn("##row", ImGuiTableColumnFlags_WidthFixed, px(48));
    ImGui::TableSetupColumn("##key", ImGuiTableColumnFlags_WidthStretch, 3);
    ImGui::TableSetupColumn("##state", ImGuiTableColumnFlags_WidthFixed, px(110));
    ImGui::TableSetupColumn("##suggestions", ImGuiTableColumnFlags_WidthStretch, 4);
    int listed = 0;
    for (std::size_t row = 0; row < report.rows.size() && listed < most; ++row) {
        const RowMatch& match = report.rows[row];
        if (match.state == MatchState::matched) continue;
        ++listed;
        ImGui::TableNextRow();
        ImGui::TableSetColumnIndex(0);
        text_in(fonts().regular, palette().muted, format_integer(static_cast<int64_t>(row) + 1));
        ImGui::TableSetColumnIndex(1);
        const MatchKey& key = report.key_of(row);
        text_cut(key.words.empty() ? std::string("–") : key.words);
        ImGui::TableSetColumnIndex(2);
        const bool lost = match.state == MatchState::unmatched;
        text_in(fonts().regular, lost ? palette().error : palette().warning, to_text(match.state));
        ImGui::TableSetColumnIndex(3);
        std::string likely;
        for (const Suggestion& suggestion : key.suggestions)
            likely += (likely.empty() ? "" : ",  ") + report.features[suggestion.feature].name;
        ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
        text_cut(likely);
        ImGui::PopStyleColor();
    }
    ImGui::EndTable();
}

}  // namespace

void join_section(Ui& ui, ImportItem& item) {
    if (ui.session.join_targets().empty())
        return empty_state(icon::layers, tr("Nothing to join it to yet"),
                           tr("Import the boundaries that it belongs to together with it: More files, at the left."));
    target_choice(ui, item);
    if (!item.joins) return text_muted(tr("The table stays in the workspace without being shown."));
    const DatasetPtr target = ui.session.join_target(item.target);
    if (!target) {
        gap(4);
        return text_muted(tr("No layer has its codes or names by itself; choose the layer that it belongs to."));
    }
    gap(6);
    pairs(ui, item, target->table);
    gap(10);
    if (item.matching.waiting()) text_in(fonts().small, palette().muted, tr("Matching …"));
    if (!item.match_error.empty()) notice(palette().error, icon::alert_circle, item.match_error);
    if (!item.match) return;
    const std::shared_ptr<const MatchReport> report = item.match;
    counts(*report);
    gap(4);
    if (report->count(MatchState::matched) < report->rows.size()) {
        text_in(fonts().small, palette().muted,
                tr("Suggestions wait for your yes in the match report, after the import."));
        leftovers(*report);
    }
}

}  // namespace diaban::ui
