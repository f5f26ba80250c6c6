#include "data/sheet/delimited.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/format.h"
#include "base/i18n.h"
#include "data/sheet/workbook.h"

namespace diaban {

namespace {

/// Reads record by record.
class Records {
public:
    Records(std::string_view text, char separator) : text_(text), separator_(separator) {}

    [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
    /// Calls cell(text) for each cell of the next record.
    template <class Take>
    void next(Take cell) {
        while (true) {
            cell(next_cell());
            if (at_end()) {
                // "a," at the end of the file has a second, empty cell.
                if (!text_.empty() && text_.back() == separator_ && ended_by_separator_) cell(std::string());
                return;
            }
            if (!ended_by_separator_) return;
        }
    }
    [[nodiscard]] bool open_quote_seen() const { return open_quote_; }

private:
    std::string next_cell() {
        std::string cell;
        if (at_ < text_.size() && text_[at_] == '"' && !quotes_are_letters_here()) {
            if (auto quoted = quoted_cell()) cell = std::move(*quoted);
        }
        const std::size_t end = std::min(text_.find_first_of(stops_, at_), text_.size());
        cell.append(text_.substr(at_, end - at_));
        at_ = end;
        ended_by_separator_ = at_ < text_.size() && text_[at_] == separator_;
        if (at_ < text_.size()) {
            const bool crlf = text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
            at_ += crlf ? 2 : 1;
        }
        return cell;
    }

    /// After a quote that is never closed, only quotes that close on their own line are believed.
    [[nodiscard]] bool quotes_are_letters_here() const {
        if (!open_quote_) return false;
        const std::size_t stop = text_.find_first_of("\"\r\n", at_ + 1);
        return stop == std::string_view::npos || text_[stop] != '"';
    }

    /// The content of the quotes that begin here, up to behind them; nothing, and nowhere gone, when they never close.
    std::optional<std::string> quoted_cell() {
        std::string cell;
        std::size_t from = at_ + 1;
        while (true) {
            const std::size_t quote = text_.find('"', from);
            if (quote == std::string_view::npos) {
                open_quote_ = true;
                return {};
            }
            cell.append(text_.substr(from, quote - from));
            const bool doubled = quote + 1 < text_.size() && text_[quote + 1] == '"';
            if (!doubled) {
                at_ = quote + 1;
                return cell;
            }
            cell += '"';
            from = quote + 2;
        }
    }

    std::string_view text_;
    char separator_;
    std::array<char, 3> stop_characters_{separator_, '\r', '\n'};
    std::string_view stops_{stop_characters_.data(), stop_characters_.size()};
    std::size_t at_ = 0;
    bool ended_by_separator_ = false;
    bool open_quote_ = false;
};

/// How many cells most of the first rows have, and which share of them.
Separator agreement_under(std::string_view text, char separator) {
    constexpr std::size_t rows_looked_at = 500;
    Records records(text, separator);
    std::map<std::size_t, std::size_t> rows_by_count;
    std::size_t rows = 0;
    while (!records.at_end() && rows < rows_looked_at) {
        std::size_t cells = 0;
        bool filled = false;
        records.next([&](const std::string& cell) {
            ++cells;
            filled = filled || !cell.empty();
        });
        if (!filled) continue;
        ++rows;
        ++rows_by_count[cells];
    }
    Separator best{separator, 1, 0};
    for (const auto& [cells, count] : rows_by_count) {
        const double share = static_cast<double>(count) / static_cast<double>(rows);
        if (cells >= 2 && share >= best.agreement) best = {separator, cells, share};
    }
    return best;
}

std::string_view first_line(std::string_view text) {
    return text.substr(0, std::min(text.find_first_of("\r\n"), text.size()));
}

}  // namespace

Separator detect_separator(std::string_view text) {
    const std::string_view line = first_line(text);
    if (line.size() == 5 && (line.starts_with("sep=") || line.starts_with("SEP=")))
        return agreement_under(text, line.back());
    Separator best;
    for (const char candidate : {'\t', '|', ';', ','}) {
        const Separator found = agreement_under(text, candidate);
        if (found.columns >= 2 && found.agreement > best.agreement + 1e-9) best = found;
    }
    return best;
}

Sheet read_delimited(std::string_view text, char separator, const Place& where) {
    Sheet sheet;
    sheet.format = "CSV";
    sheet.separator = std::string(1, separator);
    Records records(text, separator);
    bool open_quote_reported = false;
    std::size_t width = 0;
    while (!records.at_end()) {
        std::vector<Cell> row;
        row.reserve(width);
        records.next([&](std::string cell) {
            // One too many is enough to refuse the table for.
            if (row.size() <= Room::most_columns) row.push_back(text_cell(std::move(cell)));
        });
        width = row.size();
        sheet.rows.push_back(std::move(row));
        if (records.open_quote_seen() && !open_quote_reported) {
            open_quote_reported = true;
            Place place = where;
            place.row = static_cast<int64_t>(sheet.rows.size());
            sheet.diagnostics.push_back({DiagnosticKind::other, Severity::warning, place, 1,
                                         tr("a quote that opens here is never closed; it was taken as a letter")});
        }
    }
    trim_sheet(sheet);
    return sheet;
}

}  // namespace diaban
