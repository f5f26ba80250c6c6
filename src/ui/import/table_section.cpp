// The sheet as it stands in the file: where its header is, and which rows are no rows of the table.
#include <fmt/format.h>

#include <algorithm>
#include <cfloat>

#include "base/format.h"
#include "base/i18n.h"
#include "ui/icons.h"
#include "ui/import/import_parts.h"

namespace diaban::ui {

namespace {

constexpr int most_columns = 40;

const char* in_words(LeftOutRow::Why why) {
    switch (why) {
        case LeftOutRow::Why::title:
            return tr("title");
        case LeftOutRow::Why::header:
            return tr("header");
        case LeftOutRow::Why::total:
            return tr("total");
        case LeftOutRow::Why::empty:
            return tr("empty");
        case LeftOutRow::Why::note:
            return tr("note");
    }
    return "";
}

/// "270 rows read: 263 taken, 5 title rows, 2 totals left out".
std::string count_line(const Dataset& dataset, const ImportReport& report) {
    std::string line = fmt::format(
        fmt::runtime(tr_n("{} row read: {} taken", "{} rows read: {} taken", static_cast<long>(report.rows_in_file))),
        format_integer(report.rows_in_file), format_integer(static_cast<int64_t>(dataset.size())));
    const auto add = [&](LeftOutRow::Why why, const char* one, const char* many) {
        const int64_t count = left_out_count(report, why);
        if (count > 0)
            line += ", " + fmt::format(fmt::runtime(tr_n(one, many, static_cast<long>(count))), format_integer(count));
    };
    add(LeftOutRow::Why::title, "{} title row", "{} title rows");
    add(LeftOutRow::Why::header, "{} header row", "{} header rows");
    add(LeftOutRow::Why::total, "{} total left out", "{} totals left out");
    add(LeftOutRow::Why::empty, "{} empty", "{} empty");
    add(LeftOutRow::Why::note, "{} note left out", "{} notes left out");
    return line + ".";
}

void small_label(std::string_view shown) {
    ImGui::AlignTextToFramePadding();
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
    text(shown);
    ImGui::PopStyleColor();
    ImGui::SameLine(0, px(6));
}

/// Where the header begins and how many rows it has: found, unless the user says it.
void header_controls(Ui& ui, ImportItem& item, const ImportReport& report) {
    ImportOptions& options = item.options;
    const auto last = static_cast<int>(std::clamp<int64_t>(report.rows_in_file, 1, 1000));
    int row = options.header_row != 0 ? std::max(0, options.header_row) : static_cast<int>(report.header_row);
    int rows = options.header_rows != 0 ? options.header_rows : report.header_rows;
    small_label(tr("Header begins in row"));
    if (integer_stepper("header row", row, 0, last)) {
        options.header_row = row == 0 ? -1 : row;
        decided(ui, item);
    }
    tooltip(tr("0: the sheet has no header, its columns are numbered"));
    ImGui::SameLine(0, px(20));
    small_label(tr("and has"));
    if (integer_stepper("header rows", rows, 1, 5)) {
        options.header_rows = rows;
        if (options.header_row == 0 && report.header_row > 0) options.header_row = static_cast<int>(report.header_row);
        decided(ui, item);
    }
    ImGui::SameLine(0, px(6));
    ImGui::AlignTextToFramePadding();
    text_in(fonts().regular, palette().muted, tr_n("row", "rows", rows));
    ImGui::SameLine(0, px(12));
    if (options.header_row != 0 || options.header_rows != 0) {
        if (button(tr("Find it again"))) {
            options.header_row = 0;
            options.header_rows = 0;
            decided(ui, item);
        }
        tooltip(tr("Leaves it to the program to find the header"));
    } else {
        ImGui::AlignTextToFramePadding();
        text_in(fonts().small, palette().muted, tr("found by itself"));
    }
}

/// "SDD: 2021–2025".
std::string in_words(const YearGroup& group) {
    if (group.years.empty()) return group.name;
    const auto [first, last] = std::ranges::minmax(group.years);
    std::string years = std::to_string(first);
    if (last != first) years += "–" + std::to_string(last);
    return (group.name.empty() ? std::string() : group.name + " ") + years;
}

void totals_and_years(Ui& ui, ImportItem& item, const ImportReport& report) {
    ImportOptions& options = item.options;
    const bool years = !report.year_groups.empty() || !options.long_form.empty();
    if (left_out_count(report, LeftOutRow::Why::total) > 0 || options.keep_totals) {
        if (checkbox(tr("Keep total rows"), options.keep_totals)) decided(ui, item);
        tooltip(tr("Rows such as “Tổng”, “Cộng” or “Total” sum up the others; on a map they are no place."));
        if (years) ImGui::SameLine(0, px(20));
    }
    if (!years) return;
    bool long_form = !options.long_form.empty();
    if (checkbox(tr("Years as rows"), long_form)) {
        options.long_form = long_form ? "year" : "";
        decided(ui, item);
    }
    tooltip(tr("A column for each year becomes a row for each year, and the map gets a year to step through."));
    ImGui::SameLine(0, px(10));
    std::string groups;
    for (const YearGroup& group : report.year_groups)
        groups += (groups.empty() ? "" : ", ") + in_words(group);
    ImGui::AlignTextToFramePadding();
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
    text_cut(groups);
    ImGui::PopStyleColor();
}

// ── the grid ────────────────────────────────────────────────────────────────────────────────────────────────────────

enum class RowKind { taken, header, left_out };

struct RowLook {
    RowKind kind = RowKind::taken;
    const char* why = "";
};

RowLook look_of(const ImportReport& report, int64_t row) {
    const bool header =
        report.header_row > 0 && row >= report.header_row && row < report.header_row + report.header_rows;
    if (header) return {RowKind::header, tr("header")};
    const auto out = std::ranges::find(report.left_out, row, &LeftOutRow::row);
    if (out == report.left_out.end()) return {};
    return {out->why == LeftOutRow::Why::header ? RowKind::header : RowKind::left_out, in_words(out->why)};
}

/// A title stands over its empty neighbours, as in a spreadsheet: up to `right`.
void left_out_cell(const std::string& shown, float right) {
    if (shown.empty()) return;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const std::string cut = cut_to(shown, right - at.x);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const float width = text_width(cut);
    const float height = ImGui::GetTextLineHeight();
    // Beyond the column, but not beyond the grid.
    const ImVec2 from = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
    const float scrollbar = ImGui::GetStyle().ScrollbarSize;
    draw->PushClipRect({std::max(at.x, from.x), std::max(at.y, from.y)},
                       {std::min(at.x + width + px(2), from.x + size.x - scrollbar),
                        std::min(at.y + height, from.y + size.y - (ImGui::GetScrollMaxX() > 0 ? scrollbar : 0))},
                       false);
    draw_text(at, palette().muted, cut);
    draw->AddLine({at.x, at.y + height / 2}, {at.x + width, at.y + height / 2}, to_u32(palette().muted),
                  std::max(1.0F, px(1)));
    draw->PopClipRect();
}

/// Where the next cell with text begins, or the grid ends.
float free_until(const std::vector<std::string>& row, std::size_t column, std::size_t columns, float grid_right) {
    float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    for (std::size_t c = column + 1; c < columns; ++c) {
        if (c < row.size() && !row[c].empty()) return right;
        right += ImGui::GetContentRegionAvail().x;
    }
    return grid_right;
}

void grid_cell(const std::string& shown, RowKind kind) {
    if (kind == RowKind::header) ImGui::PushFont(fonts().medium);
    text_cut(shown, std::max(ImGui::GetContentRegionAvail().x, px(24)));
    if (kind == RowKind::header) ImGui::PopFont();
}

/// A column as wide as what stands in it, within reason; a title spreads over its neighbours in a spreadsheet, so rows
/// that are left out do not count.
float column_width(const ImportReport& report, std::size_t column) {
    float width = px(48);
    for (std::size_t row = 0; row < report.head.size(); ++row) {
        if (look_of(report, static_cast<int64_t>(row) + 1).kind == RowKind::left_out) continue;
        if (column < report.head[row].size()) width = std::max(width, text_width(report.head[row][column]) + px(6));
    }
    return std::min(width, px(190));
}

void head_grid(const ImportReport& report) {
    std::size_t columns = 0;
    for (const auto& row : report.head)
        columns = std::max(columns, row.size());
    columns = std::min<std::size_t>(columns, most_columns);
    if (columns == 0) return;
    const auto flags = ImGuiTableFlags_ScrollX | ImGuiTableFlags_ScrollY | ImGuiTableFlags_BordersInnerV |
                       ImGuiTableFlags_BordersOuter | ImGuiTableFlags_NoSavedSettings | ImGuiTableFlags_SizingFixedFit;
    const float line = ImGui::GetTextLineHeight() + 2 * ImGui::GetStyle().CellPadding.y;
    const float grid_right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x - px(16);
    const float rows = static_cast<float>(std::min<std::size_t>(report.head.size(), 11));
    if (!ImGui::BeginTable("head", static_cast<int>(columns) + 2, flags,
                           {0, rows * line + ImGui::GetStyle().ScrollbarSize + px(4)}))
        return;
    ImGui::TableSetupColumn("##row", ImGuiTableColumnFlags_WidthFixed, px(24));
    ImGui::TableSetupColumn("##why", ImGuiTableColumnFlags_WidthFixed, px(46));
    for (std::size_t c = 0; c < columns; ++c)
        ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthFixed, column_width(report, c));
    ImGui::TableSetupScrollFreeze(2, 0);
    for (std::size_t r = 0; r < report.head.size(); ++r) {
        const RowLook look = look_of(report, static_cast<int64_t>(r) + 1);
        ImGui::TableNextRow();
        if (look.kind == RowKind::header)
            ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg0, to_u32(palette().accent, 0.13F));
        ImGui::TableSetColumnIndex(0);
        const std::string number = std::to_string(r + 1);
        ImGui::SetCursorPosX(ImGui::GetCursorPosX() +
                             std::max(0.0F, ImGui::GetContentRegionAvail().x - text_width(number, fonts().small)));
        text_in(fonts().small, palette().muted, number);
        ImGui::TableSetColumnIndex(1);
        text_in(fonts().small, look.kind == RowKind::header ? palette().accent : palette().muted, look.why);
        for (std::size_t c = 0; c < columns && c < report.head[r].size(); ++c) {
            if (!ImGui::TableSetColumnIndex(static_cast<int>(c) + 2)) continue;
            const std::string& shown = report.head[r][c];
            if (look.kind == RowKind::left_out) {
                left_out_cell(shown, free_until(report.head[r], c, columns, grid_right));
            } else {
                grid_cell(shown, look.kind);
            }
        }
    }
    ImGui::EndTable();
}

/// What is left out further down, where the grid does not reach.
void left_out_below(const ImportReport& report) {
    std::string rows;
    int named = 0;
    int64_t more = 0;
    for (const LeftOutRow& row : report.left_out) {
        const bool below = row.row > std::ssize(report.head);
        if (!below || row.why == LeftOutRow::Why::empty || row.why == LeftOutRow::Why::header) continue;
        if (++named > 6) {
            ++more;
            continue;
        }
        if (!rows.empty()) rows += "; ";
        rows += fmt::format(fmt::runtime(tr("row {} ({}): {}")), row.row, in_words(row.why), cut_to(row.text, px(220)));
    }
    if (rows.empty()) return;
    if (more > 0) rows += "; " + fmt::format(fmt::runtime(tr("and {} more")), format_integer(more));
    text_muted(std::string(tr("Left out further down")) + ": " + rows + ".");
}

}  // namespace

void table_section(Ui& ui, ImportItem& item) {
    const ImportReport* report = item.report();
    columns_that_ask(ui, item);
    if (report && !report->head.empty()) {
        header_controls(ui, item, *report);
        totals_and_years(ui, item, *report);
        gap(4);
        // The item may be read anew from here on; the report stays what it is in this frame.
        head_grid(*report);
        text_in(fonts().medium, palette().text, count_line(*item.dataset, *report));
        left_out_below(*report);
        gap(8);
    }
    columns_list(ui, item);
}

}  // namespace diaban::ui
