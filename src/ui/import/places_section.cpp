// Where the data are: which columns are coordinates, in which order, and in which coordinate system.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "base/i18n.h"
#include "ui/icons.h"
#include "ui/import/import_parts.h"

namespace diaban::ui {

namespace {

// ── points from columns ─────────────────────────────────────────────────────────────────────────────────────────────

/// The columns that coordinates may come from: those of the reading, whatever became of them.
std::vector<std::string> column_names(const ImportItem& item) {
    std::vector<std::string> names;
    if (item.report())
        for (const ColumnReport& column : item.report()->columns)
            names.push_back(column.name);
    if (names.empty())
        for (const Column& column : item.dataset->table.columns())
            names.push_back(column.name());
    return names;
}

void column_choice(Ui& ui, ImportItem& item, const char* label, std::string PointColumns::*which, const char* none) {
    const std::vector<std::string> names = column_names(item);
    PointColumns now =
        item.options.points.value_or(item.report() && item.report()->points ? *item.report()->points : PointColumns{});
    property(label);
    ImGui::SetNextItemWidth(px(260));
    ImGui::PushID(label);
    const std::string shown = (now.*which).empty() ? none : now.*which;
    if (begin_choice("##column", shown.c_str())) {
        const auto offer = [&](const std::string& name, const std::string& text) {
            const bool on = now.*which == name;
            if (!ImGui::Selectable((text + "###" + name + "column").c_str(), on) || on) return;
            now.*which = name;
            item.options.points = now;
            item.options.no_points = false;
            if (!now.x.empty()) decided(ui, item);
        };
        if (*none != '\0') offer("", none);
        for (const std::string& name : names)
            offer(name, name);
        ImGui::EndCombo();
    }
    ImGui::PopID();
}

/// Only for what came as a table: a spreadsheet, a text file.
void point_columns(Ui& ui, ImportItem& item) {
    const bool from_columns =
        item.options.points || item.options.no_points || item.table_only() || (item.report() && item.report()->points);
    if (!from_columns) return;
    const bool points = item.dataset->has_geometry();
    const std::string kinds[] = {tr("No places: a table to join"), tr("A point for each row")};
    int now = item.options.no_points ? 0 : points || item.options.points || item.asks_for_points ? 1 : 0;
    if (segmented("points", kinds, now, px(420))) {
        item.asks_for_points = now == 1;
        item.options.no_points = now == 0;
        if (now == 0) item.options.points.reset();
        if (now == 0 || (item.report() && item.report()->points)) decided(ui, item);
    }
    gap(4);
    if (now == 0) return;
    column_choice(ui, item, tr("East, or whole point"), &PointColumns::x, tr("choose a column"));
    tooltip(
        tr("Longitude or easting; or a column in which each cell holds both: “21.5, 107.4”, degrees with minutes "
           "and seconds, or WKT."));
    column_choice(ui, item, tr("North"), &PointColumns::y, tr("in the same column"));
    gap(4);
}

// ── axes ────────────────────────────────────────────────────────────────────────────────────────────────────────────

void axes(Ui& ui, ImportItem& item) {
    questions_about(item, {Question::Kind::swapped_axes});
    const std::vector<Question> questions = open_questions(item);
    const auto asked = std::ranges::find(questions, Question::Kind::swapped_axes, &Question::kind);
    if (asked != questions.end()) {
        if (primary_button(tr("Exchange the axes"))) {
            item.options.swap_axes = true;
            return decided(ui, item);
        }
        ImGui::SameLine(0, px(8));
        if (button(tr("They are right"))) {
            item.settled.push_back(question_key(*asked));
            ui.session.touch();
        }
        gap(6);
        return;
    }
    if (checkbox(tr("North comes before east: exchange the axes"), item.options.swap_axes)) decided(ui, item);
    gap(4);
}

// ── the coordinate system ───────────────────────────────────────────────────────────────────────────────────────────

/// "through “VN-2000 to WGS 84 (1)”, to about 1 m".
std::string way_to_degrees(const Crs& crs) {
    const auto way = Transform::between(crs, Crs::wgs84());
    if (!way) return to_text(way.error());
    if (way->identity()) return tr("They are degrees of WGS 84 already.");
    const double metres = way->accuracy().value();
    const std::string how = fmt::format(fmt::runtime(tr("To degrees by “{}”")), way->operation());
    if (metres < 0) return how + ", " + tr("how exactly is not known.");
    if (metres == 0) return how + ", " + tr("without loss.");
    return how + ", " + fmt::format(fmt::runtime(tr("exact to about {}.")), format_length_metres(metres));
}

std::string name_with_code(const Crs& crs) {
    return crs.name() + (crs.code().empty() ? "" : "  (" + crs.code() + ")");
}

bool chosen(const ImportItem& item, const CrsProposal& proposal) {
    return item.crs == proposal.crs.definition() && item.options.swap_axes == proposal.swapped;
}

void use(Ui& ui, ImportItem& item, const Crs& crs, bool swapped) {
    item.crs = crs.definition();
    item.options.swap_axes = swapped;
    decided(ui, item);
}

/// A line of the list: which CRS, and why it is likely; clicking shows it on the little map.
void proposal_row(Ui& ui, ImportItem& item, int index) {
    const CrsProposal proposal = item.proposals[static_cast<std::size_t>(index)];
    ImGui::PushID(index);
    const float height = px(42);
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const bool shown = item.previewed == index;
    if (row_selectable("##proposal", shown, ImGuiSelectableFlags_AllowDoubleClick, {0, height})) {
        item.previewed = index;
        if (ImGui::IsMouseDoubleClicked(0)) use(ui, item, proposal.crs, proposal.swapped);
        ui.session.touch();
    }
    tooltip(proposal.reason);
    const bool on = chosen(item, proposal);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const ImVec2 dot{from.x + px(14), from.y + height / 2};
    draw->AddCircle(dot, px(6.5F), to_u32(on ? palette().accent : palette().muted), 0, px(1.5F));
    if (on) draw->AddCircleFilled(dot, px(3.5F), to_u32(palette().accent));
    std::string name = name_with_code(proposal.crs);
    if (proposal.swapped) name += std::string("  ·  ") + tr("axes exchanged");
    ImGui::PushFont(on ? fonts().medium : fonts().regular);
    draw_text({from.x + px(30), from.y + px(4)}, palette().text, cut_to(name, width - px(36)), ImGui::GetFont());
    ImGui::PopFont();
    ImGui::PushFont(fonts().small);
    const std::string reason = cut_to(proposal.reason, width - px(36));
    ImGui::PopFont();
    draw_text({from.x + px(30), from.y + px(23)}, palette().muted, reason, fonts().small);
    ImGui::PopID();
}

/// The CRS that the little map shows: the proposal looked at, unless another one was chosen by hand.
struct Placing {
    Crs crs;
    bool swapped = false;
    bool proposed = false;
};

Placing shown_placing(const ImportItem& item) {
    const bool by_hand = !item.crs.empty() && std::ranges::none_of(item.proposals, [&](const CrsProposal& p) {
        return item.crs == p.crs.definition();
    });
    if (by_hand || item.proposals.empty()) return {item.dataset->crs, false, false};
    const auto index =
        std::clamp<std::size_t>(static_cast<std::size_t>(std::max(0, item.previewed)), 0, item.proposals.size() - 1);
    return {item.proposals[index].crs, item.proposals[index].swapped, true};
}

void use_button(Ui& ui, ImportItem& item, const Placing& placing) {
    if (!placing.proposed) return;
    const bool on = item.crs == placing.crs.definition() && item.options.swap_axes == placing.swapped;
    if (on) {
        text_in(fonts().medium, palette().good, std::string(icon::check) + "  " + tr("This one is used"));
        return;
    }
    const std::string label = fmt::format(fmt::runtime(tr("Use {}")), placing.crs.name());
    if (primary_button(label.c_str())) use(ui, item, placing.crs, placing.swapped);
    tooltip(tr("Takes the coordinates to be in this system; the map shows where they land."));
}

void coordinate_system(Ui& ui, ImportItem& item) {
    text_in(fonts().medium, palette().text, tr("Coordinate system"));
    const std::vector<Question> questions = open_questions(item);
    if (std::ranges::find(questions, Question::Kind::crs, &Question::kind) != questions.end()) {
        notice(
            palette().warning, icon::help_circle_outline,
            item.proposals.empty()
                ? tr("Nothing says in which coordinate system these numbers are. Choose it below.")
                : tr("Nothing says in which coordinate system these numbers are. The likeliest are listed, each with "
                     "where it would put them; none is used before you say so."));
        gap(4);
    }
    const Placing placing = shown_placing(item);
    const float left = std::min(px(410), ImGui::GetContentRegionAvail().x * 0.48F);
    const float height = std::max(px(300), ImGui::GetContentRegionAvail().y - px(4));
    if (ImGui::BeginChild("systems", {left, height})) {
        if (item.proposals.empty()) {
            fact(tr("In use"), item.dataset->crs.known() ? name_with_code(item.dataset->crs) : std::string(tr("none")));
        } else {
            const float lines = static_cast<float>(std::min<std::size_t>(item.proposals.size(), 4));
            if (ImGui::BeginChild("proposals", {0, lines * px(42) + px(10)}, true)) {
                ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
                for (int i = 0; i < static_cast<int>(item.proposals.size()); ++i)
                    proposal_row(ui, item, i);
                ImGui::PopStyleVar();
            }
            ImGui::EndChild();
            use_button(ui, item, placing);
        }
        if (placing.crs.known()) text_muted(way_to_degrees(placing.crs));
        if (!item.crs.empty()) {
            if (!placing.proposed) {
                const auto crs = Crs::from_text(item.crs);
                text_muted(fmt::format(fmt::runtime(tr("Chosen by hand: {}")), crs ? name_with_code(*crs) : item.crs));
            }
            if (button(tr("As the file says"))) {
                item.crs.clear();
                item.options.swap_axes = false;
                decided(ui, item);
            }
            tooltip(tr("Takes the choice back"));
        }
        gap(6);
        crs_search(ui, item);
    }
    ImGui::EndChild();
    ImGui::SameLine(0, px(16));
    little_map(ui, item, placing.crs, placing.swapped, {ImGui::GetContentRegionAvail().x, height - px(4)});
}

}  // namespace

void places_section(Ui& ui, ImportItem& item) {
    point_columns(ui, item);
    if (!item.dataset->has_geometry()) {
        if (!item.asks_for_points)
            text_muted(tr("This table holds no coordinates; it gets its places from the layer it is joined to."));
        return;
    }
    axes(ui, item);
    coordinate_system(ui, item);
}

}  // namespace diaban::ui
