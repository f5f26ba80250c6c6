#include "data/sql/statement_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/text.h"
#include "data/did_you_mean.h"
#include "data/sql/sqlite_handles.h"

namespace diaban::sql {

namespace {

bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::size_t characters_in(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// What stands behind `words` in a message of SQLite; empty where the message is another.
std::string name_behind(const std::string& message, std::string_view words) {
    return message.starts_with(words) ? message.substr(words.size()) : std::string();
}

bool same_letters(std::string_view a, std::string_view b) {
    return lower_case(a) == lower_case(b);
}

/// Tables whose names stand in the statement; all where none does.
std::vector<const SqlTable*> tables_in(std::string_view sql, std::span<const SqlTable> tables) {
    std::vector<const SqlTable*> named, all;
    const std::string text = lower_case(sql);
    for (const SqlTable& table : tables) {
        all.push_back(&table);
        if (text.find(lower_case(table.name)) != std::string::npos) named.push_back(&table);
    }
    return named.empty() ? all : named;
}

std::string column_remedy(std::string_view sql, const std::string& name, std::span<const SqlTable> tables) {
    std::vector<std::string> known;
    for (const SqlTable* table : tables_in(sql, tables))
        for (const SqlColumn& column : sql_columns(*table->features))
            if (std::ranges::find(known, column.name) == known.end()) known.push_back(column.name);
    const auto dotted = std::ranges::find_if(known, [&](const std::string& k) { return same_letters(k, name); });
    if (dotted != known.end())
        return fmt::format(fmt::runtime(tr("A name with a dot in it is written in double quotes: {}.")),
                           sql_name(*dotted));
    if (sql.find('"' + name + '"') != std::string_view::npos && !name.empty() && nearest_word(name, known).empty())
        return tr("Text is written in single quotes: 'so'.");
    const auto dot = name.rfind('.');
    const std::string plain =
        dot == std::string::npos || !nearest_word(name, known).empty() ? name : name.substr(dot + 1);
    return did_you_mean(plain, known);
}

std::string remedy_for(std::string_view sql, const std::string& message, std::span<const SqlTable> tables,
                       const std::set<std::string>& functions) {
    if (const std::string name = name_behind(message, "no such column: "); !name.empty())
        return column_remedy(sql, name, tables);
    if (const std::string name = name_behind(message, "no such table: "); !name.empty()) {
        std::vector<std::string> known;
        for (const SqlTable& table : tables)
            known.push_back(table.name);
        return did_you_mean(name, known);
    }
    if (const std::string name = name_behind(message, "no such function: "); !name.empty()) {
        const std::string nearest = nearest_word(name, {functions.begin(), functions.end()});
        return nearest.empty() ? std::string() : did_you_mean(name, {nearest});
    }
    if (const std::string name = name_behind(message, "ambiguous column name: "); !name.empty())
        return tr("Put the table's name and a dot before it.");
    return {};
}

/// Where a name that the message speaks of stands, for messages without a place.
int place_of(std::string_view sql, const std::string& message) {
    const auto colon = message.find(": ");
    if (colon == std::string::npos) return -1;
    const auto at = lower_case(sql).find(lower_case(message.substr(colon + 2)));
    return at == std::string::npos || at >= sql.size() ? -1 : static_cast<int>(at);
}

}  // namespace

std::size_t next_word(std::string_view sql, std::size_t at, bool semicolons) {
    while (at < sql.size()) {
        if (is_blank(sql[at]) || (semicolons && sql[at] == ';')) {
            ++at;
        } else if (sql.substr(at).starts_with("--")) {
            at = std::min(sql.find('\n', at), sql.size());
        } else if (sql.substr(at).starts_with("/*")) {
            const auto close = sql.find("*/", at + 2);
            at = close == std::string_view::npos ? sql.size() : close + 2;
        } else {
            break;
        }
    }
    return at;
}

Expected<void> check_beginning(std::string_view sql) {
    constexpr std::array<std::string_view, 4> allowed{"select", "with", "values", "explain"};
    const std::size_t begin = next_word(sql, 0, true);
    if (begin == sql.size())
        return fail(ErrorKind::wrong_usage, tr("there is no statement"), {}, tr("Write one, such as SELECT 1."));
    std::size_t end = begin;
    while (end < sql.size() && is_letter(sql[end]))
        ++end;
    const std::string word = lower_case(sql.substr(begin, end - begin));
    if (std::ranges::find(allowed, word) != allowed.end()) return {};
    return tl::make_unexpected(error_at(
        sql, begin, tr("only reading is possible here: a statement begins with SELECT, WITH, VALUES or EXPLAIN")));
}

Error error_at(std::string_view sql, std::size_t at, std::string_view message, std::string remedy) {
    const std::size_t character = characters_in(sql.substr(0, std::min(at, sql.size()))) + 1;
    return {ErrorKind::wrong_usage,
            fmt::format(fmt::runtime(tr("at character {}: {}")), character, message),
            {},
            std::move(remedy)};
}

Error refused_statement(std::string_view sql, const std::string& message, int at, std::span<const SqlTable> tables,
                        const std::set<std::string>& functions) {
    std::string remedy = remedy_for(sql, message, tables, functions);
    if (at < 0) at = place_of(sql, message);
    if (at < 0) return {ErrorKind::wrong_usage, message, {}, std::move(remedy)};
    return error_at(sql, static_cast<std::size_t>(at), message, std::move(remedy));
}

}  // namespace diaban::sql

namespace diaban {

std::size_t sql_error_position(const Error& error) {
    const std::string pattern = tr("at character {}: {}");
    const std::string before = pattern.substr(0, pattern.find("{}"));
    if (!error.what.starts_with(before)) return 0;
    std::size_t position = 0;
    std::from_chars(error.what.data() + before.size(), error.what.data() + error.what.size(), position);
    return position;
}

std::string sql_name(std::string_view name) {
    const auto plain = [](char c) { return sql::is_letter(c) || c == '_' || (c >= '0' && c <= '9'); };
    const bool bare = !name.empty() && std::ranges::all_of(name, plain) && !(name[0] >= '0' && name[0] <= '9') &&
                      sqlite3_keyword_check(name.data(), static_cast<int>(name.size())) == 0;
    return bare ? std::string(name) : sql::quote_name(name);
}

}  // namespace diaban
