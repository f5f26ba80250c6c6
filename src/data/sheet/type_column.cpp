#include "data/sheet/type_column.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/i18n.h"
#include "base/text.h"
#include "data/examples.h"
#include "data/folded_words.h"
#include "data/sheet/dates.h"
#include "data/sheet/numbers.h"

namespace diaban {

namespace {

/// So many that the rest look like slips.
bool nearly_all(std::size_t good, std::size_t others) {
    return good > 0 && good >= 4 * others;
}

bool is_ascii(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

/// As it is kept in a column of text.
std::string kept_text(const std::string& text) {
    std::string kept = trim(text);
    return is_ascii(kept) ? kept : to_nfc(kept);
}

bool any_word(std::string_view name, std::span<const std::string_view> wanted) {
    return std::ranges::any_of(folded_words(name), [&](const std::string& word) {
        return std::ranges::find(wanted, std::string_view(word)) != wanted.end();
    });
}

/// What the cells of a column are, counted.
struct Tally {
    std::size_t filled = 0;  ///< cells with anything in them
    std::size_t number_cells = 0, booleans = 0, date_cells = 0, date_time_cells = 0;
    std::size_t both = 0, point = 0, comma = 0, either = 0, codes = 0, no_value = 0;
    std::size_t percent = 0;
    std::size_t iso_dates = 0, day_first = 0, month_first = 0, date_either = 0;
    bool zero_led = false, times = false, all_whole_digits = true, equal_length = true;
    std::size_t length = 0;
    bool either_with_point = false, either_with_comma = false;
    std::string either_example, point_example, comma_example, day_example, month_example;

    [[nodiscard]] std::size_t numbers() const { return number_cells + both + point + comma + either; }
    [[nodiscard]] std::size_t dates() const {
        return date_cells + date_time_cells + iso_dates + day_first + month_first + date_either;
    }
    [[nodiscard]] std::size_t with_value() const { return filled - no_value; }
};

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

void keep_first(std::string& example, const std::string& text) {
    if (example.empty()) example = text;
}

bool looks_like_date(std::string_view text) {
    return text.size() >= 8 && text.size() <= 32 && text[0] >= '0' && text[0] <= '9' &&
           text.substr(0, 5).find_first_of("/-.") != std::string_view::npos;
}

/// Whether it was one.
bool count_date(const std::string& text, Tally& tally) {
    if (!looks_like_date(text)) return false;
    if (const auto moment = parse_iso_date(text)) {
        ++tally.iso_dates;
        tally.times = tally.times || moment->milliseconds;
        return true;
    }
    const auto by_day = parse_date(text, DateOrder::day_first), by_month = parse_date(text, DateOrder::month_first);
    if (!by_day && !by_month) return false;
    tally.times = tally.times || (by_day ? by_day : by_month)->milliseconds;
    if (by_day && by_month) {
        ++(*by_day == *by_month ? tally.iso_dates : tally.date_either);
    } else if (by_day) {
        ++tally.day_first;
        keep_first(tally.day_example, text);
    } else {
        ++tally.month_first;
        keep_first(tally.month_example, text);
    }
    return true;
}

void count_digits(const std::string& text, Tally& tally) {
    if (!is_digits(text)) {
        tally.all_whole_digits = false;
        return;
    }
    if (tally.length == 0) tally.length = text.size();
    tally.equal_length = tally.equal_length && tally.length == text.size();
}

void count_text(const std::string& raw, Tally& tally) {
    const std::string text = trim(raw);
    const NumberLook look = look_at_number(text);
    if (look.writing != Writing::no_value) count_digits(text, tally);
    if (look.percent) ++tally.percent;
    switch (look.writing) {
        case Writing::no_value:
            ++tally.no_value;
            break;
        case Writing::both:
            ++tally.both;
            break;
        case Writing::point:
            ++tally.point;
            keep_first(tally.point_example, text);
            break;
        case Writing::comma:
            ++tally.comma;
            keep_first(tally.comma_example, text);
            break;
        case Writing::either:
            ++tally.either;
            (text.find('.') != std::string::npos ? tally.either_with_point : tally.either_with_comma) = true;
            keep_first(tally.either_example, text);
            break;
        case Writing::code:
            ++tally.codes;
            tally.zero_led = tally.zero_led || text.front() == '0';
            break;
        case Writing::none:
            count_date(text, tally);
            break;
    }
}

Tally tally_of(const std::vector<const Cell*>& cells) {
    Tally tally;
    for (const Cell* cell : cells) {
        if (!cell || cell->kind == Cell::Kind::blank) continue;
        ++tally.filled;
        switch (cell->kind) {
            case Cell::Kind::number:
                ++tally.number_cells;
                if (cell->percent) ++tally.percent;
                count_digits(cell->text, tally);
                break;
            case Cell::Kind::boolean:
                ++tally.booleans;
                break;
            case Cell::Kind::date:
                ++tally.date_cells;
                break;
            case Cell::Kind::date_time:
                ++tally.date_time_cells;
                tally.times = true;
                break;
            case Cell::Kind::text:
                count_text(cell->text, tally);
                break;
            case Cell::Kind::blank:
                break;
        }
    }
    return tally;
}

bool are_codes(const Tally& tally, std::string_view header) {
    static constexpr std::array<std::string_view, 3> ids{"id", "gid", "fid"};
    if (tally.zero_led) return true;
    if (!tally.all_whole_digits || tally.with_value() == 0) return false;
    return names_codes(header) || (any_word(header, ids) && tally.equal_length && tally.length > 1);
}

/// Builds the column, noting what cannot be read.
class Builder {
public:
    Builder(const ColumnCells& input, std::span<const int64_t> rows, const Tally& tally, const Place& where)
        : input_(input), rows_(rows), tally_(tally), where_(where), present_(input.cells.size(), 0) {
        where_.field = input.name;
        report_.name = input.name;
        report_.header = input.header;
    }

    TypedColumn text() {
        std::vector<std::string> values(input_.cells.size());
        for_filled([&](std::size_t i, const Cell& cell) {
            values[i] = kept_text(cell.text);
            present_[i] = values[i].empty() ? 0 : 1;
        });
        return finish(ColumnType::text, std::move(values));
    }

    TypedColumn booleans() {
        std::vector<int64_t> values(input_.cells.size());
        for_filled([&](std::size_t i, const Cell& cell) {
            values[i] = cell.value != 0 ? 1 : 0;
            present_[i] = 1;
        });
        return finish(ColumnType::boolean, std::move(values));
    }

    TypedColumn dates(DateOrder order) {
        const bool with_time = tally_.times;
        std::vector<int64_t> values(input_.cells.size());
        for_filled([&](std::size_t i, const Cell& cell) {
            if (const auto moment = moment_of(cell, order)) {
                values[i] =
                    with_time ? moment->days * milliseconds_a_day + moment->milliseconds.value_or(0) : moment->days;
                present_[i] = 1;
            } else if (has_value(cell)) {
                unread(i, cell);
            }
        });
        return finish(with_time ? ColumnType::date_time : ColumnType::date, std::move(values));
    }

    TypedColumn numbers(NumberConvention convention) {
        std::vector<double> values(input_.cells.size());
        std::vector<int64_t> wholes(input_.cells.size());
        bool all_whole = true;
        const auto used = convention == NumberConvention::automatic ? NumberConvention::point_decimal : convention;
        for_filled([&](std::size_t i, const Cell& cell) {
            const auto number = number_of(cell, used);
            if (!number) {
                if (has_value(cell)) unread(i, cell);
                return;
            }
            values[i] = number->value;
            wholes[i] = number->whole.value_or(0);
            all_whole = all_whole && number->whole.has_value();
            present_[i] = 1;
        });
        report_.percent = tally_.percent > 0;
        report_.convention = convention;
        note_mixed_percent();
        return all_whole ? finish(ColumnType::integer, std::move(wholes)) : finish(ColumnType::real, std::move(values));
    }

    void note(Severity severity, int64_t count, std::string detail) {
        diagnostics_.push_back({DiagnosticKind::other, severity, where_, count, std::move(detail)});
    }
    void note_mostly_numbers() {
        Examples others;
        for_filled([&](std::size_t i, const Cell& cell) {
            if (cell.kind != Cell::Kind::text || look_at_number(cell.text).writing != Writing::none) return;
            if (others.count() == 0) where_.row = rows_[i];
            others.add(kept_text(cell.text));
        });
        diagnostics_.push_back({DiagnosticKind::kept_as_text, Severity::note, where_, others.count(), others.text()});
        where_.row.reset();
    }

    ColumnReport& report() { return report_; }

private:
    template <class Take>
    void for_filled(Take take) {
        for (std::size_t i = 0; i < input_.cells.size(); ++i)
            if (input_.cells[i] && input_.cells[i]->kind != Cell::Kind::blank) take(i, *input_.cells[i]);
    }

    static bool has_value(const Cell& cell) {
        return cell.kind != Cell::Kind::text || look_at_number(cell.text).writing != Writing::no_value;
    }

    static std::optional<Number> number_of(const Cell& cell, NumberConvention convention) {
        if (cell.kind == Cell::Kind::text) return parse_number(cell.text, convention);
        if (cell.kind != Cell::Kind::number) return {};
        constexpr double exact = 9007199254740992.0;  // 2^53
        Number number{cell.value, {}};
        if (cell.value >= -exact && cell.value <= exact &&
            static_cast<double>(static_cast<int64_t>(cell.value)) == cell.value)
            number.whole = static_cast<int64_t>(cell.value);
        return number;
    }

    static std::optional<Moment> moment_of(const Cell& cell, DateOrder order) {
        if (cell.kind == Cell::Kind::date) return Moment{static_cast<int64_t>(cell.value), {}};
        if (cell.kind == Cell::Kind::date_time) {
            const auto at = static_cast<int64_t>(cell.value);
            const int64_t days = at / milliseconds_a_day - (at % milliseconds_a_day < 0 ? 1 : 0);
            return Moment{days, at - days * milliseconds_a_day};
        }
        if (cell.kind != Cell::Kind::text) return {};
        const std::string text = trim(cell.text);
        const auto iso = parse_iso_date(text);
        return iso ? iso : parse_date(text, order);
    }

    void unread(std::size_t i, const Cell& cell) { report_.unread.push_back({rows_[i], kept_text(cell.text)}); }

    void note_mixed_percent() {
        const std::size_t plain = tally_.numbers() - std::min(tally_.percent, tally_.numbers());
        if (tally_.percent == 0 || plain == 0) return;
        note(Severity::warning, static_cast<int64_t>(plain),
             tr("some of its numbers bear “%” and others do not; all were taken as they are written"));
    }

    TypedColumn finish(ColumnType type, Column::Values values) {
        report_.type = type;
        if (!report_.unread.empty()) {
            Examples examples;
            for (const UnreadCell& cell : report_.unread)
                examples.add(cell.text);
            Place place = where_;
            place.row = report_.unread.front().row;
            diagnostics_.push_back(
                {DiagnosticKind::unreadable_value, Severity::warning, place, examples.count(), examples.text()});
        }
        return {Column(input_.name, type, std::move(values), std::move(present_)), std::move(report_),
                std::move(diagnostics_)};
    }

    const ColumnCells& input_;
    std::span<const int64_t> rows_;
    const Tally& tally_;
    Place where_;
    std::vector<uint8_t> present_;
    ColumnReport report_;
    Diagnostics diagnostics_;
};

TypedColumn typed_dates(Builder& builder, const Tally& tally) {
    if (tally.day_first > 0 && tally.month_first > 0) {
        builder.note(Severity::warning, 1,
                     fmt::format(fmt::runtime(tr("the field stays text: “{}” can only be written day first, “{}” only "
                                                 "month first")),
                                 tally.day_example, tally.month_example));
        return builder.text();
    }
    if (tally.date_either > 0 && tally.day_first == 0 && tally.month_first == 0)
        builder.note(Severity::note, static_cast<int64_t>(tally.date_either),
                     tr("its dates were read day first, then month; nothing in the column says otherwise"));
    return builder.dates(tally.month_first > 0 ? DateOrder::month_first : DateOrder::day_first);
}

bool names_degrees(std::string_view name) {
    static constexpr std::array<std::string_view, 8> words{"lon", "long",     "lng",   "longitude",
                                                           "lat", "latitude", "bujur", "lintang"};
    std::string folded = fold(name);
    std::ranges::replace(folded, '_', ' ');
    return any_word(name, words) || folded.find("kinh do") != std::string::npos ||
           folded.find("vi do") != std::string::npos;
}

/// "107.154" under "lon": thousands would be no degrees. Nothing where that does not settle it.
std::optional<NumberConvention> convention_of_degrees(const ColumnCells& input, const Tally& tally) {
    if (!names_degrees(input.name) || tally.either_with_point == tally.either_with_comma) return {};
    const auto convention = tally.either_with_point ? NumberConvention::point_decimal : NumberConvention::comma_decimal;
    for (const Cell* cell : input.cells) {
        if (!cell || cell->kind != Cell::Kind::text) continue;
        const auto number = parse_number(cell->text, convention);
        if (number && (number->value < -360 || number->value > 360)) return {};
    }
    return convention;
}

TypedColumn typed_numbers(Builder& builder, const ColumnCells& input, const Tally& tally, DecidedNumbers decided) {
    if (decided.here != NumberConvention::automatic) return builder.numbers(decided.here);
    if (tally.point > 0 && tally.comma > 0) {
        builder.note(Severity::warning, 1,
                     fmt::format(fmt::runtime(tr("the field stays text: “{}” has a decimal point, “{}” a decimal "
                                                 "comma; say which is meant")),
                                 tally.point_example, tally.comma_example));
        return builder.text();
    }
    if (tally.point > 0) return builder.numbers(NumberConvention::point_decimal);
    if (tally.comma > 0) return builder.numbers(NumberConvention::comma_decimal);
    if (tally.either > 0) {
        if (const auto degrees = convention_of_degrees(input, tally)) return builder.numbers(*degrees);
        if (decided.where_unclear != NumberConvention::automatic) return builder.numbers(decided.where_unclear);
        builder.report().ambiguous = true;
        return builder.text();
    }
    return builder.numbers(NumberConvention::automatic);
}

}  // namespace

bool names_codes(std::string_view name) {
    static constexpr std::array<std::string_view, 27> words{
        "code",  "codes", "ma",  "maso",  "maxa", "mahuyen", "matinh", "mahc",    "madvhc",
        "pcode", "kode",  "gso", "geoid", "fips", "nik",     "zip",    "cccd",    "cmnd",
        "sdt",   "phone", "tel", "telp",  "fax",  "mobile",  "hp",     "telepon", "telephone"};
    const std::string folded = fold(name);
    return any_word(name, words) || folded.find("dien thoai") != std::string::npos;
}

TypedColumn type_column(const ColumnCells& input, std::span<const int64_t> rows, DecidedNumbers decided,
                        const Place& where) {
    DIABAN_CHECK(rows.size() == input.cells.size());
    const Tally tally = tally_of(input.cells);
    Builder builder(input, rows, tally, where);
    const std::size_t values = tally.with_value();
    const bool told = decided.here != NumberConvention::automatic && tally.numbers() > 0;
    if (values == 0) return builder.text();
    if (!told && are_codes(tally, input.name)) return builder.text();
    if (tally.booleans == values) return builder.booleans();
    if (nearly_all(tally.dates(), values - tally.dates())) return typed_dates(builder, tally);
    if (told || (nearly_all(tally.numbers(), values - tally.numbers()) && tally.codes == 0))
        return typed_numbers(builder, input, tally, decided);
    if (tally.codes == 0 && tally.numbers() * 2 > values) builder.note_mostly_numbers();
    return builder.text();
}

}  // namespace diaban
