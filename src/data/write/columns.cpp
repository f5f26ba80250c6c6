#include "data/write/columns.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/examples.h"

namespace diaban {

namespace {

constexpr int64_t milliseconds_a_day = 86'400'000;

void report(Diagnostics& diagnostics, Severity severity, const Place& where, int64_t count, std::string detail) {
    diagnostics.push_back({DiagnosticKind::other, severity, where, count, std::move(detail)});
}

/// A sentence with one number in it.
std::string counted(const char* singular, const char* plural, int64_t count) {
    return fmt::format(fmt::runtime(tr_n(singular, plural, static_cast<long>(count))), format_integer(count));
}

std::vector<uint8_t> present_of(const Column& column) {
    std::vector<uint8_t> present(column.size());
    for (std::size_t row = 0; row < column.size(); ++row)
        present[row] = column.is_null(row) ? 0 : 1;
    return present;
}

std::shared_ptr<const Column> as_text(const Column& column) {
    std::vector<std::string> texts(column.size());
    for (std::size_t row = 0; row < column.size(); ++row)
        texts[row] = column.text(row);
    return std::make_shared<Column>(column.name(), ColumnType::text, std::move(texts), present_of(column));
}

std::shared_ptr<const Column> with_type(const Column& column, ColumnType type, int64_t factor) {
    std::vector<int64_t> values = std::get<std::vector<int64_t>>(column.values());
    for (std::size_t row = 0; row < values.size(); ++row)
        values[row] = column.is_null(row) ? 0 : values[row] * factor;
    return std::make_shared<Column>(column.name(), type, std::move(values), present_of(column));
}

/// Dates, times and yes-or-no in the nearest type that the format has.
std::shared_ptr<const Column> in_known_type(std::shared_ptr<const Column> column, const FormatRules& rules,
                                            const Place& where, Diagnostics& diagnostics) {
    const auto note = [&](const char* text) { report(diagnostics, Severity::note, where, 1, text); };
    switch (column->type()) {
        case ColumnType::boolean:
            if (rules.boolean) return column;
            // A CSV's values are all text: "true" says more than "1" there.
            if (rules.format == OutFormat::csv) {
                note(tr("yes or no is written as the text true or false"));
                return as_text(*column);
            }
            note(tr("yes or no is kept as 1 or 0"));
            return with_type(*column, ColumnType::integer, 1);
        case ColumnType::date:
            if (rules.date) return column;
            if (rules.date_time) {
                note(tr("dates are kept as dates and times, at midnight UTC"));
                return with_type(*column, ColumnType::date_time, milliseconds_a_day);
            }
            note(tr("dates are kept as text"));
            return as_text(*column);
        case ColumnType::date_time:
            if (rules.date_time) return column;
            note(tr("dates and times are kept as text"));
            return as_text(*column);
        case ColumnType::integer:
        case ColumnType::real:
        case ColumnType::text:
            return column;
    }
    return column;
}

/// Whole numbers too long for the format: the column becomes text rather than lose digits.
std::shared_ptr<const Column> with_short_integers(std::shared_ptr<const Column> column, const FormatRules& rules,
                                                  const Place& where, Diagnostics& diagnostics) {
    if (rules.integer_digits >= FormatRules{}.integer_digits) return column;
    const auto limit = static_cast<int64_t>(std::pow(10.0, rules.integer_digits));
    const auto& values = std::get<std::vector<int64_t>>(column->values());
    int64_t longer = 0;
    for (std::size_t row = 0; row < values.size(); ++row)
        if (!column->is_null(row) && (values[row] >= limit || values[row] <= -limit)) ++longer;
    if (longer == 0) return column;
    report(diagnostics, Severity::warning, where, longer,
           fmt::format(fmt::runtime(tr("it holds whole numbers of more than {} digits and is kept as text")),
                       format_integer(rules.integer_digits)));
    return as_text(*column);
}

std::shared_ptr<const Column> without_infinities(std::shared_ptr<const Column> column, const FormatRules& rules,
                                                 const Place& where, Diagnostics& diagnostics) {
    if (rules.infinities) return column;
    std::vector<double> values = std::get<std::vector<double>>(column->values());
    std::vector<uint8_t> present = present_of(*column);
    int64_t lost = 0;
    for (std::size_t row = 0; row < values.size(); ++row) {
        if (!present[row] || !std::isinf(values[row])) continue;
        present[row] = 0;
        ++lost;
    }
    if (lost == 0) return column;
    report(diagnostics, Severity::warning, where, lost,
           counted("{} infinite number becomes “no value”", "{} infinite numbers become “no value”", lost));
    return std::make_shared<Column>(column->name(), ColumnType::real, std::move(values), std::move(present));
}

std::shared_ptr<const Column> with_short_texts(std::shared_ptr<const Column> column, const FormatRules& rules,
                                               const Place& where, Diagnostics& diagnostics) {
    const auto& texts = std::get<std::vector<std::string>>(column->values());
    std::vector<std::string> shorter;
    Examples cut;
    for (std::size_t row = 0; row < texts.size(); ++row) {
        if (column->is_null(row) || texts[row].size() <= rules.text_bytes) continue;
        if (shorter.empty()) shorter = texts;
        shorter[row] = whole_characters(texts[row], rules.text_bytes);
        cut.add(whole_characters(texts[row], 40) + "…");
    }
    if (cut.count() == 0) return column;
    report(
        diagnostics, Severity::warning, where, cut.count(),
        fmt::format(fmt::runtime(tr_n("{} text is longer than the {} bytes there is room for and was cut: {}",
                                      "{} texts are longer than the {} bytes there is room for and were cut: {}",
                                      static_cast<long>(cut.count()))),
                    format_integer(cut.count()), format_integer(static_cast<int64_t>(rules.text_bytes)), cut.text()));
    return std::make_shared<Column>(column->name(), ColumnType::text, std::move(shorter), present_of(*column));
}

void report_empty_texts(const Column& column, const FormatRules& rules, const Place& where, Diagnostics& diagnostics) {
    if (rules.empty_text) return;
    const auto& texts = std::get<std::vector<std::string>>(column.values());
    int64_t empty = 0;
    for (std::size_t row = 0; row < texts.size(); ++row)
        if (!column.is_null(row) && texts[row].empty()) ++empty;
    if (empty > 0)
        report(diagnostics, Severity::note, where, empty,
               counted("{} empty text becomes “no value”", "{} empty texts become “no value”", empty));
}

// ── a Shapefile's numbers: decimal digits in a column of fixed width ──

bool is_exact(double value, int decimals) {
    std::array<char, 400> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, value);
    return std::strtod(buffer.data(), nullptr) == value;
}

/// Room for the longest number before the point and for as many decimals as show every value, as far as they go into
/// the 32 characters that readers agree on.
void set_width(OutColumn& out, const Place& where, Diagnostics& diagnostics) {
    constexpr int most_decimals = 15, most_digits = 15;
    int digits = 1;
    int decimals = 1;  // with none it would be read as a whole number
    int64_t rounded = 0;
    const Column& column = *out.values;
    for (std::size_t row = 0; row < column.size(); ++row) {
        const auto value = column.number(row);
        if (!value) continue;
        if (std::abs(*value) >= 1) digits = std::max(digits, static_cast<int>(std::log10(std::abs(*value))) + 2);
        while (decimals < most_decimals && !is_exact(*value, decimals))
            ++decimals;
        if (decimals == most_decimals && !is_exact(*value, decimals)) ++rounded;
    }
    if (digits > most_digits + 1) {
        report(diagnostics, Severity::warning, where, 1, tr("its numbers are too large and are kept as text"));
        out.values = as_text(column);
        return;
    }
    out.decimals = decimals;
    out.width = digits + decimals + 2;
    if (rounded > 0)
        report(diagnostics, Severity::warning, where, rounded,
               fmt::format(fmt::runtime(tr_n("{} number was rounded to {} decimals",
                                             "{} numbers were rounded to {} decimals", static_cast<long>(rounded))),
                           format_integer(rounded), format_integer(decimals)));
}

bool looks_like_date(const std::string& text) {
    if (text.size() < 10) return false;
    constexpr std::string_view shape = "0000-00-00";
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == '0' ? !digit : text[i] != '-' && text[i] != '/') return false;
    }
    return true;
}

bool looks_like_number(const std::string& text) {
    const bool leading_zero = text.size() > 1 && text[0] == '0' && text[1] != '.';
    char* end = nullptr;
    std::strtod(text.c_str(), &end);
    return !text.empty() && !leading_zero && *end == '\0';
}

/// Formats without declared types tell them from the values; what that gets wrong is said.
void report_lost_type(const Column& column, const FormatRules& rules, const Place& where, Diagnostics& diagnostics) {
    if (rules.typed || column.size() == 0) return;
    if (column.null_count() == column.size()) {
        if (column.type() != ColumnType::text)
            report(diagnostics, Severity::note, where, 1,
                   fmt::format(fmt::runtime(tr("it has no value to tell its type ({}) from, and is read as text")),
                               to_text(column.type())));
        return;
    }
    const bool json = rules.format == OutFormat::geojson;
    if (column.type() != ColumnType::text || (!json && rules.format != OutFormat::csv)) return;
    const auto& texts = std::get<std::vector<std::string>>(column.values());
    for (std::size_t row = 0; row < texts.size(); ++row)
        if (!column.is_null(row) && !(json ? looks_like_date(texts[row]) : looks_like_number(texts[row]))) return;
    report(diagnostics, Severity::note, where, 1,
           json ? tr("its texts all look like dates and are read as dates")
                : tr("its texts all look like numbers and are read as numbers"));
}

}  // namespace

OutColumn fit_column(std::shared_ptr<const Column> column, const FormatRules& rules, const Place& where,
                     Diagnostics& diagnostics) {
    report_lost_type(*column, rules, where, diagnostics);
    std::string name = column->name();
    auto values = in_known_type(std::move(column), rules, where, diagnostics);
    if (values->type() == ColumnType::integer)
        values = with_short_integers(std::move(values), rules, where, diagnostics);
    if (values->type() == ColumnType::real) values = without_infinities(std::move(values), rules, where, diagnostics);
    OutColumn out{std::move(name), std::move(values)};
    if (rules.format == OutFormat::shapefile && out.values->type() == ColumnType::real)
        set_width(out, where, diagnostics);
    if (out.values->type() == ColumnType::text) {
        report_empty_texts(*out.values, rules, where, diagnostics);
        out.values = with_short_texts(std::move(out.values), rules, where, diagnostics);
    }
    return out;
}

std::string whole_characters(const std::string& text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    const auto continues = [&](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U; };
    while (bytes > 0 && continues(bytes))
        --bytes;
    return text.substr(0, bytes);
}

std::vector<std::string> fit_names(const std::vector<std::string>& names, const FormatRules& rules,
                                   const std::vector<std::string>& taken) {
    // Readers fold ASCII letters alone; folding a little more only renames a little more.
    const auto key = [&](std::string name) {
        if (!rules.names_differ_in_case)
            for (char& c : name)
                if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        return name;
    };
    std::set<std::string> used;
    for (const std::string& name : taken)
        used.insert(key(name));
    std::vector<std::string> result(names.size());
    // First those that fit as they are, so that a long name never takes a short one's place.
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i].size() <= rules.name_bytes && used.insert(key(names[i])).second) result[i] = names[i];
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!result[i].empty()) continue;
        result[i] = whole_characters(names[i], rules.name_bytes);
        for (int n = 2; !used.insert(key(result[i])).second; ++n) {
            const std::string number = fmt::format("_{}", n);
            const std::size_t room =
                rules.name_bytes == FormatRules::no_limit ? names[i].size() : rules.name_bytes - number.size();
            result[i] = whole_characters(names[i], room) + number;
        }
    }
    return result;
}

}  // namespace diaban
