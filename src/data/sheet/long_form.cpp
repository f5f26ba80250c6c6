#include "data/sheet/long_form.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "base/error.h"
#include "base/text.h"
#include "data/unique_names.h"

namespace diaban {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Without marks and blanks at either end, and without a word for "year" there.
std::string cleaned(std::string_view text) {
    static constexpr std::string_view marks[] = {" ", "_", "-", ".", ",", ":", "/", "(", ")", "[", "]", "·", "–", "—"};
    static constexpr std::string_view years[] = {"năm", "year", "tahun", "nam"};
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view mark : marks) {
            if (text.starts_with(mark)) {
                text.remove_prefix(mark.size());
                again = true;
            } else if (text.ends_with(mark)) {
                text.remove_suffix(mark.size());
                again = true;
            }
        }
    }
    const std::string lower = lower_case(text);
    for (const std::string_view year : years) {
        if (lower == year) return {};
        // Small and capital letters of these words take the same number of bytes.
        if (lower.ends_with(year) && (lower[lower.size() - year.size() - 1] == ' '))
            return cleaned(text.substr(0, text.size() - year.size()));
        if (lower.starts_with(std::string(year) + " ")) return cleaned(text.substr(year.size()));
    }
    return std::string(text);
}

ColumnType common_type(const std::vector<const Column*>& columns) {
    std::set<ColumnType> types;
    for (const Column* column : columns)
        if (column->null_count() < column->size()) types.insert(column->type());
    if (types.empty()) return columns.front()->type();
    if (types.size() == 1) return *types.begin();
    const bool numbers = std::ranges::all_of(
        types, [](ColumnType type) { return type == ColumnType::integer || type == ColumnType::real; });
    return numbers ? ColumnType::real : ColumnType::text;
}

/// Values are asked for one after the other; a null column stands for none.
class ColumnWriter {
public:
    ColumnWriter(std::string name, ColumnType type) : name_(std::move(name)), type_(type) {
        if (type == ColumnType::real) values_ = std::vector<double>();
        if (type == ColumnType::text) values_ = std::vector<std::string>();
    }

    void add(const Column* column, std::size_t row) {
        const bool present = column && !column->is_null(row);
        present_.push_back(present ? 1 : 0);
        if (auto* texts = std::get_if<std::vector<std::string>>(&values_))
            texts->push_back(present ? column->text(row) : std::string());
        else if (auto* reals = std::get_if<std::vector<double>>(&values_))
            reals->push_back(present ? column->number(row).value_or(0) : 0);
        else
            std::get<std::vector<int64_t>>(values_).push_back(present ? column->integer(row).value_or(0) : 0);
    }

    Column finish() && { return {std::move(name_), type_, std::move(values_), std::move(present_)}; }

private:
    std::string name_;
    ColumnType type_;
    Column::Values values_;
    std::vector<uint8_t> present_;
};

}  // namespace

std::optional<YearName> parse_year_name(std::string_view column) {
    constexpr std::size_t longest = 1000;
    if (column.size() > longest) return {};
    std::optional<YearName> found;
    for (std::size_t at = 0; at < column.size();) {
        if (!is_digit(column[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        int64_t number = 0;
        while (end < column.size() && is_digit(column[end])) {
            if (end - at < 9) number = number * 10 + (column[end] - '0');
            ++end;
        }
        if (end - at == 4 && number >= 1900 && number <= 2100) {
            if (found) return {};
            const std::string before = cleaned(column.substr(0, at)), behind = cleaned(column.substr(end));
            // Rows of a heading stay apart.
            const char* between = column.find("·") == std::string_view::npos ? " " : " · ";
            found = YearName{before + (before.empty() || behind.empty() ? "" : between) + behind, number};
        }
        at = end;
    }
    return found;
}

std::vector<YearGroup> find_year_groups(const Table& table) {
    std::vector<YearGroup> groups;
    std::unordered_map<std::string, std::size_t> by_name;
    for (const Column& column : table.columns()) {
        const auto parsed = parse_year_name(column.name());
        if (!parsed) continue;
        const std::string name = parsed->name.empty() ? "value" : parsed->name;
        const auto [found, is_new] = by_name.try_emplace(lower_case(name), groups.size());
        if (is_new) groups.push_back({name, {}, {}});
        YearGroup& group = groups[found->second];
        group.columns.push_back(column.name());
        group.years.push_back(parsed->year);
    }
    std::erase_if(groups, [](const YearGroup& group) {
        const std::set<int64_t> different(group.years.begin(), group.years.end());
        return different.size() < 2 || different.size() < group.years.size();
    });
    return groups;
}

LongForm to_long_form(const Table& table, const std::vector<YearGroup>& groups, const std::string& year_column) {
    std::set<int64_t> years;
    std::set<std::string> wide;
    for (const YearGroup& group : groups) {
        years.insert(group.years.begin(), group.years.end());
        wide.insert(group.columns.begin(), group.columns.end());
    }
    LongForm result;
    const std::size_t rows = table.row_count() * years.size();
    std::vector<int64_t> year_values;
    for (std::size_t row = 0; row < table.row_count(); ++row)
        for (const int64_t year : years) {
            result.from_rows.push_back(row);
            year_values.push_back(year);
        }

    UniqueNames names;
    for (const Column& column : table.columns())
        if (!wide.contains(column.name())) names.take(column.name());
    std::vector<Column> columns;
    bool groups_written = false;
    for (const Column& column : table.columns()) {
        if (!wide.contains(column.name())) {
            ColumnWriter writer(column.name(), column.type());
            for (const std::size_t row : result.from_rows)
                writer.add(&column, row);
            columns.push_back(std::move(writer).finish());
            continue;
        }
        if (groups_written) continue;
        groups_written = true;
        columns.emplace_back(names.take(year_column), ColumnType::integer, year_values);
        for (const YearGroup& group : groups) {
            std::map<int64_t, const Column*> by_year;
            std::vector<const Column*> all;
            for (std::size_t i = 0; i < group.columns.size(); ++i) {
                all.push_back(table.find(group.columns[i]));
                DIABAN_CHECK(all.back() != nullptr);
                by_year[group.years[i]] = all.back();
            }
            ColumnWriter writer(names.take(group.name), common_type(all));
            for (std::size_t i = 0; i < rows; ++i) {
                const auto found = by_year.find(year_values[i]);
                writer.add(found == by_year.end() ? nullptr : found->second, result.from_rows[i]);
            }
            columns.push_back(std::move(writer).finish());
        }
    }
    result.table = Table(std::move(columns), rows);
    return result;
}

}  // namespace diaban
