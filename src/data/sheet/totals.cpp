#include "data/sheet/totals.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "data/sheet/numbers.h"

namespace diaban {

namespace {

/// Whether a cell numbers its row: "1", "IV", "2.1", "a)". A bare letter may as well be a name.
bool is_ordinal(const std::string& text) {
    if (text.size() == 2 && (text[1] == ')' || text[1] == '.')) return true;
    return text.size() <= 5 && text.find_first_not_of("IVX0123456789.)*") == std::string::npos;
}

/// The column of the first words of a row, with nothing but blank cells and running numbers before it.
std::optional<std::size_t> label_column(const Grid& grid, std::size_t row) {
    for (std::size_t column = 0; column < grid.width_of(row); ++column) {
        const Cell* cell = grid.at(row, column);
        if (!cell) continue;
        const std::string text = grid.text(row, column);
        if (cell->kind == Cell::Kind::text && (is_total_label(text) || !totalled_area(text).empty())) return column;
        if (!is_ordinal(text)) return {};
    }
    return {};
}

bool has_code(const Grid& grid, std::size_t row, std::size_t label, const std::vector<std::size_t>& code_columns) {
    return std::ranges::any_of(code_columns, [&](std::size_t code) {
        return code != label && grid.at(row, code) && look_at_number(grid.text(row, code)).writing != Writing::no_value;
    });
}

/// Rows whose label says that they are totals.
class LabelledTotals {
public:
    LabelledTotals(const Grid& grid, std::size_t first, std::size_t end, const std::vector<std::size_t>& code_columns)
        : grid_(grid), first_(first), end_(end), code_columns_(code_columns) {}

    [[nodiscard]] bool contain(std::size_t row) {
        const auto label = label_column(grid_, row);
        if (!label) return false;
        const std::string text = grid_.text(row, *label);
        if (is_total_label(text))
            return text.find(' ') != std::string::npos || !has_code(grid_, row, *label, code_columns_);
        return !has_code(grid_, row, *label, code_columns_) && areas().contains(totalled_area(text));
    }

private:
    /// The names in the table, read when the first subtotal asks for them.
    const std::set<std::string>& areas() {
        if (areas_) return *areas_;
        areas_.emplace();
        for (std::size_t row = first_; row < end_; ++row)
            for (std::size_t column = 0; column < grid_.width_of(row); ++column) {
                const Cell* cell = grid_.at(row, column);
                if (cell && cell->kind == Cell::Kind::text) areas_->insert(bare_area(cell->text));
            }
        areas_->erase(std::string());
        return *areas_;
    }

    const Grid& grid_;
    std::size_t first_, end_;
    const std::vector<std::size_t>& code_columns_;
    std::optional<std::set<std::string>> areas_;
};

// ── groups that are numbered otherwise than what they hold ──

std::string without_marks(std::string text) {
    while (!text.empty() && (text.back() == '.' || text.back() == ')'))
        text.pop_back();
    return text;
}

std::string roman(std::size_t number) {
    static constexpr std::pair<std::size_t, const char*> parts[] = {{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"},
                                                                    {5, "V"},  {4, "IV"},  {1, "I"}};
    std::string text;
    for (const auto& [value, letters] : parts)
        for (; number >= value; number -= value)
            text += letters;
    return text;
}

bool is_whole_number(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

/// Rows whose first cells are I, II, III … or A, B, C … where all others have numbers; empty when it is not so.
std::vector<std::size_t> group_rows(const Grid& grid, std::size_t first, std::size_t end,
                                    const std::vector<std::size_t>& labelled) {
    std::vector<std::size_t> groups;
    bool letters = false;
    for (std::size_t row = first; row < end; ++row) {
        if (grid.filled(row) == 0 || std::ranges::binary_search(labelled, row)) continue;
        const std::string text = without_marks(grid.text(row, 0));
        if (is_whole_number(text)) {
            if (groups.empty()) return {};
            continue;
        }
        if (groups.empty()) letters = text == "A";
        const std::string expected =
            letters ? std::string(1, static_cast<char>('A' + groups.size())) : roman(groups.size() + 1);
        if (text != expected) return {};
        groups.push_back(row);
    }
    return groups;
}

std::optional<double> number_at(const Grid& grid, std::size_t row, std::size_t column, NumberConvention convention) {
    const Cell* cell = grid.at(row, column);
    if (!cell) return 0;
    if (cell->kind == Cell::Kind::number) return cell->value;
    if (cell->kind != Cell::Kind::text) return {};
    if (look_at_number(cell->text).writing == Writing::no_value) return 0;
    const auto number = parse_number(cell->text, convention);
    return number ? std::optional(number->value) : std::nullopt;
}

/// Whether the column's value in each group's row is the sum of those below it, up to the next group.
bool column_adds_up(const Grid& grid, std::size_t column, const std::vector<std::size_t>& groups, std::size_t end,
                    const std::vector<std::size_t>& labelled, NumberConvention convention) {
    bool any = false;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const auto total = number_at(grid, groups[i], column, convention);
        if (!total) return false;
        double sum = 0;
        const std::size_t next = i + 1 < groups.size() ? groups[i + 1] : end;
        for (std::size_t row = groups[i] + 1; row < next; ++row) {
            if (std::ranges::binary_search(labelled, row)) continue;
            const auto value = number_at(grid, row, column, convention);
            if (!value) return false;
            sum += *value;
        }
        if (std::abs(sum - *total) > 1e-9 * std::abs(sum) + 1e-6) return false;
        any = any || *total != 0;
    }
    return any;
}

}  // namespace

std::vector<std::size_t> total_rows(const Grid& grid, std::size_t first, std::size_t end,
                                    const std::vector<std::size_t>& code_columns) {
    std::vector<std::size_t> totals;
    LabelledTotals labelled(grid, first, end, code_columns);
    for (std::size_t row = first; row < end; ++row)
        if (labelled.contain(row)) totals.push_back(row);
    const auto groups = group_rows(grid, first, end, totals);
    if (groups.empty()) return totals;
    bool add_up = false;
    for (std::size_t column = 1; column < grid.width() && !add_up; ++column)
        add_up = column_adds_up(grid, column, groups, end, totals, NumberConvention::comma_decimal) ||
                 column_adds_up(grid, column, groups, end, totals, NumberConvention::point_decimal);
    if (!add_up) return totals;
    totals.insert(totals.end(), groups.begin(), groups.end());
    std::ranges::sort(totals);
    return totals;
}

}  // namespace diaban
