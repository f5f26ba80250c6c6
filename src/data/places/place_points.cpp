#include "data/places/place_points.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "data/examples.h"
#include "data/places/amend_report.h"
#include "data/places/point_columns.h"

namespace diaban {

namespace {

/// For each row of the table, counted from 1, its row in the file: titles, headers and totals left out count there.
/// Empty where the report does not tell; the rows of the table then stand for themselves.
std::vector<int64_t> rows_in_file(const Dataset& dataset) {
    std::vector<int64_t> rows;
    if (!dataset.import || dataset.import->rows_in_file == 0) return rows;
    auto left_out = dataset.import->left_out;
    std::ranges::sort(left_out, {}, &LeftOutRow::row);
    auto next = left_out.begin();
    for (int64_t row = 1; row <= dataset.import->rows_in_file; ++row) {
        while (next != left_out.end() && next->row < row)
            ++next;
        if (next == left_out.end() || next->row != row) rows.push_back(row);
    }
    // Title and header rows that are counted nowhere: the table is the file's end.
    if (rows.size() > dataset.size())
        rows.erase(rows.begin(), rows.end() - static_cast<std::ptrdiff_t>(dataset.size()));
    return rows.size() == dataset.size() ? rows : std::vector<int64_t>();
}

void report_unread(Dataset& dataset, std::vector<UnreadColumn> unread, const Place& where) {
    const auto rows = rows_in_file(dataset);
    for (UnreadColumn& column : unread) {
        Examples examples;
        for (UnreadCell& cell : column.cells) {
            if (!rows.empty()) cell.row = rows[static_cast<std::size_t>(cell.row - 1)];
            examples.add(fmt::format(fmt::runtime(tr("row {}: {}")), format_integer(cell.row),
                                     cell.text.empty() ? tr("blank") : "“" + cell.text + "”"));
        }
        Place place = where;
        place.field = column.column;
        place.row = column.cells.front().row;
        dataset.diagnostics.push_back({DiagnosticKind::unreadable_value, Severity::warning, place,
                                       static_cast<int64_t>(column.cells.size()), examples.text()});
    }
    amend_report(dataset, [&](ImportReport& report) {
        for (UnreadColumn& column : unread) {
            auto found = std::ranges::find(report.columns, column.column, &ColumnReport::name);
            if (found == report.columns.end()) {
                ColumnReport one;
                one.name = one.header = column.column;
                if (const Column* of_table = dataset.table.find(column.column)) one.type = of_table->type();
                found = report.columns.insert(found, std::move(one));
            }
            found->unread = std::move(column.cells);
        }
    });
}

void report_order(Dataset& dataset, const std::string& column, const Place& where) {
    Place place = where;
    place.field = column;
    dataset.diagnostics.push_back(
        {DiagnosticKind::undecided, Severity::note, place, 1,
         tr("nothing says which of the two numbers is the latitude; the first one is taken for it (--swap-axes "
            "exchanges them)")});
    amend_report(dataset, [&](ImportReport& report) {
        report.questions.push_back(
            {Question::Kind::swapped_axes, column,
             tr("Nothing says which of the two numbers is the latitude; the first one is taken for it.")});
    });
}

/// The columns that the user named, if the table has them.
std::optional<PointColumns> asked_for(Dataset& dataset, const PointColumns& columns, const Place& where) {
    for (const std::string& name : {columns.x, columns.y}) {
        if (dataset.table.find(name) || (name.empty() && &name != &columns.x && !columns.x.empty())) continue;
        dataset.diagnostics.push_back(
            {DiagnosticKind::other, Severity::error, where, 1,
             fmt::format(fmt::runtime(tr("there is no column “{}” to take coordinates from")), name)});
        return {};
    }
    return columns;
}

}  // namespace

void place_points(Dataset& dataset, const ImportOptions& options, const std::optional<Box>& near, const Place& where) {
    if (options.no_points) return;
    const auto columns =
        options.points ? asked_for(dataset, *options.points, where) : find_point_columns(dataset.table, near);
    if (!columns) return;
    TablePoints points = points_from_table(dataset.table, *columns, {near, options.numbers});
    dataset.geometry = std::move(points.geometry);
    dataset.crs = points.crs;
    amend_report(dataset, [&](ImportReport& report) { report.points = columns; });
    if (!points.unread.empty()) report_unread(dataset, std::move(points.unread), where);
    if (points.order_assumed && !options.swap_axes) report_order(dataset, columns->x, where);
    if (points.other_kinds > 0)
        dataset.diagnostics.push_back(
            {DiagnosticKind::other, Severity::warning, where, points.other_kinds,
             fmt::format(fmt::runtime(tr_n("{} row holds a shape of another kind than most and is not on the map",
                                           "{} rows hold shapes of another kind than most and are not on the map",
                                           static_cast<long>(points.other_kinds))),
                         format_integer(points.other_kinds))});
}

}  // namespace diaban
