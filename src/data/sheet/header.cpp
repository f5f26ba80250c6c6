#include "data/sheet/header.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "base/text.h"
#include "data/sheet/numbers.h"
#include "data/sheet/table_shape.h"

namespace diaban {

namespace {

constexpr std::size_t most_heading_rows = 4;
/// A heading deeper down than this is not looked for.
constexpr std::size_t rows_looked_at = 100;

bool is_year(double value) {
    return value == std::floor(value) && value >= 1900 && value <= 2100;
}

/// The cell as a number, whatever its convention.
std::optional<double> number_of(const Cell& cell) {
    if (cell.kind == Cell::Kind::number) return cell.value;
    if (cell.kind != Cell::Kind::text) return {};
    const Writing writing = look_at_number(cell.text).writing;
    if (writing == Writing::none || writing == Writing::no_value) return {};
    if (writing == Writing::code) return -1;
    const auto number = parse_number(
        cell.text, writing == Writing::comma ? NumberConvention::comma_decimal : NumberConvention::point_decimal);
    return number ? number->value : std::optional<double>();
}

/// What a row looks like.
struct RowLook {
    std::size_t filled = 0;
    std::size_t numbers = 0;
    bool like_data = false;  ///< holds numbers or dates that are no years and no running numbers
};

RowLook look_at_row(const Grid& grid, std::size_t row) {
    RowLook look;
    bool running = true, years = true;
    std::optional<double> last;
    for (std::size_t column = 0; column < grid.width(); ++column) {
        const Cell* cell = grid.at(row, column);
        if (!cell) continue;
        ++look.filled;
        if (cell->kind == Cell::Kind::date || cell->kind == Cell::Kind::date_time || cell->kind == Cell::Kind::boolean)
            look.like_data = true;
        const auto number = number_of(*cell);
        if (!number) continue;
        ++look.numbers;
        running = running && (!last || *number == *last + 1);
        years = years && is_year(*number);
        last = number;
    }
    const bool labels = years || (running && look.numbers >= 3 && look.numbers < look.filled);
    look.like_data = look.like_data || (look.numbers > 0 && !labels);
    return look;
}

/// Letterheads and titles that stand in two cells of a narrow table.
bool is_letterhead(const Grid& grid, std::size_t row) {
    static constexpr std::string_view words[] = {"cộng hòa xã hội",
                                                 "cộng hoà xã hội",
                                                 "độc lập - tự do",
                                                 "độc lập – tự do",
                                                 "ủy ban nhân dân",
                                                 "uỷ ban nhân dân",
                                                 "ubnd tỉnh",
                                                 "báo cáo kết quả",
                                                 "đơn vị tính:",
                                                 "đơn vị báo cáo",
                                                 "đvt:",
                                                 "mẫu số",
                                                 "biểu số",
                                                 "pemerintah kabupaten",
                                                 "pemerintah provinsi"};
    for (std::size_t column = 0; column < grid.width(); ++column) {
        const std::string text = lower_case(grid.text(row, column));
        for (const std::string_view word : words)
            if (text.find(word) != std::string::npos) return true;
    }
    return false;
}

/// The merged cells that begin at or cover a place.
const MergedCells* merged_at(const Grid& grid, std::size_t row, std::size_t column) {
    for (const MergedCells& cells : grid.merged())
        if (row >= cells.row && row < cells.row + cells.rows && column >= cells.column &&
            column < cells.column + cells.columns)
            return &cells;
    return nullptr;
}

/// The column whose text stands over this one in a row of the heading: its own where it has one, else that of the
/// merged cell it lies in, else that of the next text to the left within `from`; nothing when there is none.
std::optional<std::size_t> head_of(const Grid& grid, std::size_t row, std::size_t column, std::size_t from) {
    if (grid.at(row, column)) return column;
    if (const MergedCells* merged = merged_at(grid, row, column))
        return merged->row == row && grid.at(row, merged->column) ? std::optional(merged->column) : std::nullopt;
    for (std::size_t c = column; c-- > from;) {
        if (!grid.at(row, c)) continue;
        const MergedCells* merged = merged_at(grid, row, c);  // a merged heading ends where it says
        return merged && merged->column + merged->columns <= column && merged->columns > 1
                   ? std::optional<std::size_t>()
                   : std::optional<std::size_t>(c);
    }
    return {};
}

/// "(hộ)", "(%)", "%": nothing that could be a name or a number.
bool is_unit(const std::string& text) {
    if (text == "%" || text == "‰") return true;
    return text.size() >= 3 && text.front() == '(' && text.back() == ')' &&
           look_at_number(text).writing == Writing::none;
}

bool holds_only_units(const Grid& grid, std::size_t row) {
    bool any = false;
    for (std::size_t column = 0; column < grid.width(); ++column) {
        if (!grid.at(row, column)) continue;
        if (!is_unit(grid.text(row, column))) return false;
        any = true;
    }
    return any;
}

/// Whether most of the cells below one are numbers.
bool stands_over_numbers(const Grid& grid, std::size_t row, std::size_t column) {
    constexpr std::size_t rows_compared = 20;
    std::size_t numbers = 0, others = 0;
    for (std::size_t below = row + 1; below < grid.row_count() && numbers + others < rows_compared; ++below) {
        const Cell* cell = grid.at(below, column);
        if (!cell || (cell->kind == Cell::Kind::text && look_at_number(cell->text).writing == Writing::no_value))
            continue;
        ++(number_of(*cell) ? numbers : others);
    }
    return numbers > others;
}

/// Words, each over a column of numbers, that leave the first column to its heading: units and subheadings, no row of
/// the table.
bool names_columns_of_numbers(const Grid& grid, std::size_t first, std::size_t next) {
    std::size_t words = 0;
    bool beginning = true;
    for (std::size_t column = 0; column < grid.width(); ++column) {
        const Cell* cell = grid.at(next, column);
        const bool headed = grid.at(first, column) != nullptr;
        if (!cell && headed) beginning = false;
        if (!cell) continue;
        if (beginning || cell->kind != Cell::Kind::text || !stands_over_numbers(grid, next, column)) return false;
        const Writing writing = look_at_number(cell->text).writing;
        if (writing == Writing::no_value) continue;
        if (writing != Writing::none) return false;
        ++words;
    }
    return words >= 2;
}

bool covered_by_merge_from(const Grid& grid, std::size_t first_row, std::size_t row) {
    return std::ranges::any_of(grid.merged(), [&](const MergedCells& cells) {
        return cells.row >= first_row && cells.row < row && cells.row + cells.rows > row &&
               grid.at(cells.row, cells.column);
    });
}

/// Whether the row `next` continues the heading whose last row is `row`.
bool continues_heading(const Grid& grid, std::size_t first, std::size_t row, std::size_t next) {
    if (next >= grid.row_count() || grid.filled(next) == 0) return false;
    if (covered_by_merge_from(grid, first, next)) return true;
    if (look_at_row(grid, next).like_data) return false;
    if (holds_only_units(grid, next) || names_columns_of_numbers(grid, first, next)) return true;
    bool fills_a_gap = false, leaves_one = false;
    for (std::size_t column = 0; column < grid.width(); ++column) {
        const bool above = grid.at(row, column) != nullptr, here = grid.at(next, column) != nullptr;
        if (!here) {
            // Merged downwards, or simply named once.
            for (std::size_t r = first; r <= row; ++r)
                leaves_one = leaves_one || grid.at(r, column) != nullptr;
            continue;
        }
        if (!above) {
            if (!head_of(grid, row, column, 0)) return false;
            fills_a_gap = true;
            continue;
        }
        // Under a heading of one column there is nothing but a unit to fill in: that would be a row of the table.
        bool group = is_unit(grid.text(next, column));
        for (std::size_t c = column + 1; c < grid.width() && !grid.at(row, c) && !group; ++c)
            group = grid.at(next, c) != nullptr;
        if (!group) return false;
    }
    if (!fills_a_gap) return false;
    if (leaves_one) return true;
    // All columns lie in groups: what follows has to differ, or it is a table of words whose heading has gaps.
    return next + 1 < grid.row_count() && look_at_row(grid, next + 1).like_data;
}

/// Whether the row above a heading belongs to it: groups of its columns, or names merged downwards.
bool heads_groups(const Grid& grid, std::size_t row, std::size_t below, std::size_t width) {
    const RowLook look = look_at_row(grid, row);
    if (look.filled == 0 || look.like_data || is_letterhead(grid, row)) return false;
    bool completes = false;
    std::size_t first = grid.width(), last = 0;
    for (std::size_t column = 0; column < grid.width(); ++column) {
        if (!grid.at(row, column)) continue;
        first = std::min(first, column);
        last = column;
        completes = completes || !grid.at(below, column);
    }
    if (look.filled >= 2) return completes || (first == 0 && last + 1 < width);
    // One text alone is a title, unless it stands over some of the columns and not the first.
    const MergedCells* merged = merged_at(grid, row, first);
    const bool some_columns = merged ? merged->columns > 1 && merged->columns < width : last + 1 < width;
    return first > 0 && some_columns && !is_note_label(grid.text(row, first));
}

std::size_t widest(const Grid& grid) {
    std::size_t width = 0;
    for (std::size_t row = 0; row < grid.row_count(); ++row)
        width = std::max(width, grid.filled(row));
    return width;
}

struct Start {
    std::optional<std::size_t> heading;  ///< where it is looked for first; nothing where no row can be one
    std::size_t table = 0;               ///< without a heading: the first row of the table
};

/// Walks down to the first row of numbers, keeping the widest row of words that stands nearest above it.
Start find_start(const Grid& grid, std::size_t width) {
    const std::size_t enough = std::max<std::size_t>(std::min<std::size_t>(width, 2), (width + 1) / 2);
    Start start;
    bool blank_since = false;
    for (std::size_t row = 0; row < std::min(grid.row_count(), rows_looked_at); ++row) {
        const RowLook look = look_at_row(grid, row);
        if (look.filled == 0) {
            blank_since = true;
            continue;
        }
        if (look.filled < enough) continue;
        if (look.like_data) {
            start.table = row;
            // The first row of a file names its columns, numbers among the names or not, unless all are numbers.
            if (!start.heading && row == 0 && look.numbers < look.filled) start.heading = row;
            return start;
        }
        if (is_letterhead(grid, row)) continue;
        // Words below the heading are its rows; behind a blank row, a letterhead gives way to a wider heading.
        if (start.heading && (!blank_since || grid.filled(*start.heading) >= look.filled)) continue;
        start.heading = row;
        blank_since = false;
    }
    return start;
}

/// "(1)", "[1]", "1", "(3)=(1)+(2)": its number; a single capital letter: 0.
std::optional<int> column_number(const std::string& text) {
    if (text.size() == 1 && text[0] >= 'A' && text[0] <= 'Z') return 0;
    std::size_t at = text.find_first_not_of("([");
    int number = 0;
    std::size_t digits = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && digits < 3; ++at, ++digits)
        number = number * 10 + (text[at] - '0');
    if (digits == 0) return {};
    const std::string_view rest = std::string_view(text).substr(at);
    const bool closed = rest.empty() || rest == ")" || rest == "]";
    const bool formula = rest.find('=') != std::string_view::npos &&
                         rest.find_first_not_of("()[]=+-*/:x0123456789 ") == std::string_view::npos;
    return closed || formula ? std::optional(number) : std::nullopt;
}

/// Whether the cells below one are of another form than it, so that it cannot be one of them.
bool differs_from_those_below(const Grid& grid, std::size_t row, std::size_t column) {
    constexpr std::size_t rows_compared = 20;
    std::size_t compared = 0;
    for (std::size_t below = row + 1; below < grid.row_count() && compared < rows_compared; ++below) {
        const std::string text = grid.text(below, column);
        if (text.empty()) continue;
        ++compared;
        if (column_number(text) || look_at_number(text).writing != Writing::none) return false;
    }
    return compared > 0;
}

bool is_column_numbers(const Grid& grid, std::size_t row) {
    if (row >= grid.row_count()) return false;
    std::optional<int> last;
    std::size_t numbers = 0, filled = 0;
    bool bracketed = true, differs = false;
    for (std::size_t column = 0; column < grid.width(); ++column) {
        const std::string text = grid.text(row, column);
        if (text.empty()) continue;
        ++filled;
        const auto number = column_number(text);
        if (!number || (*number == 0 && last)) return false;  // letters come first
        differs = differs || differs_from_those_below(grid, row, column);
        if (*number == 0) continue;
        if (last ? *number != *last + 1 : *number > 2) return false;
        bracketed = bracketed && (text.front() == '(' || text.front() == '[');
        last = number;
        ++numbers;
    }
    if (numbers < 2 || filled * 2 < grid.filled(row)) return false;
    return differs || (bracketed && numbers >= 3);
}

}  // namespace

Heading find_heading(const Grid& grid, const ImportOptions& options) {
    const std::size_t rows = grid.row_count();
    Heading heading;
    if (options.header_row < 0) return heading;
    const std::size_t width = widest(grid);
    if (options.header_row > 0) {
        heading.row = std::min(static_cast<std::size_t>(options.header_row) - 1, rows);
    } else {
        const Start start = find_start(grid, width);
        if (!start.heading) {
            heading.row = start.table;
            return heading;
        }
        heading.row = *start.heading;
        for (std::size_t above = 0; above + 1 < most_heading_rows && heading.row > 0; ++above) {
            if (!heads_groups(grid, heading.row - 1, heading.row, width)) break;
            --heading.row;
        }
        heading.rows = *start.heading - heading.row;
    }
    if (heading.row >= rows) return heading;
    ++heading.rows;
    if (options.header_rows > 0)
        heading.rows = std::min(static_cast<std::size_t>(options.header_rows), rows - heading.row);
    else
        while (heading.rows < most_heading_rows &&
               continues_heading(grid, heading.row, heading.row + heading.rows - 1, heading.row + heading.rows))
            ++heading.rows;
    heading.numbered = is_column_numbers(grid, heading.row + heading.rows);
    return heading;
}

std::vector<std::string> heading_texts(const Grid& grid, const Heading& heading, std::size_t column) {
    std::vector<std::string> texts;
    std::size_t from = 0;  // where the group of the row above begins
    for (std::size_t i = 0; i < heading.rows; ++i) {
        const std::size_t row = heading.row + i;
        std::optional<std::size_t> head = head_of(grid, row, column, from);
        if (head && *head != column && !merged_at(grid, row, column)) {
            // Text to the left heads this column only where rows below divide both.
            const auto divided = [&](std::size_t c) {
                for (std::size_t below = row + 1; below < heading.row + heading.rows; ++below)
                    if (grid.at(below, c)) return true;
                return false;
            };
            if (!divided(*head) || !divided(column)) head.reset();
        }
        if (!head) continue;
        from = *head;
        const std::string text = grid.text(row, *head);
        if (!text.empty() && (texts.empty() || texts.back() != text)) texts.push_back(text);
    }
    return texts;
}

}  // namespace diaban
