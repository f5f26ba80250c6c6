#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "cli/describe_import.h"
#include "cli/say.h"
#include "data/encoding/encoding.h"

namespace diaban {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_rows_shown = 10;
constexpr std::size_t most_columns_shown = 8;
constexpr std::size_t most_cells_shown = 5;
constexpr std::size_t most_samples_shown = 3;
constexpr std::size_t most_proposals_shown = 3;
constexpr std::size_t most_questions_shown = 5;

/// "“a”, “b”, …".
std::string list_of(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), most_columns_shown); ++i)
        text += (i > 0 ? ", “" : "“") + names[i] + "”";
    return names.size() > most_columns_shown ? text + ", …" : text;
}

// ── rows ──

std::string why_in_words(const std::string& id, int64_t count) {
    const auto n = static_cast<long>(count);
    const std::string number = format_integer(count);
    if (id == "title") return say(tr_n("{} title row", "{} title rows", n), number);
    if (id == "header") return say(tr_n("{} header row", "{} header rows", n), number);
    if (id == "total") return say(tr_n("{} row of totals", "{} rows of totals", n), number);
    if (id == "note") return say(tr_n("{} note", "{} notes", n), number);
    return say(tr_n("{} empty row", "{} empty rows", n), number);
}

void print_left_out(const Json& import, const std::string& indent, std::ostream& out) {
    if (!import.contains("rows_in_file")) return;
    const auto& left_out = import["left_out"];
    // A header over the rows is what every table has.
    if (left_out.size() <= 1 && std::ranges::all_of(left_out, [](const Json& row) { return row["why"] == "header"; }))
        return;
    std::string parts;
    for (const char* why : {"title", "header", "total", "note", "empty"}) {
        const auto count =
            std::count_if(left_out.begin(), left_out.end(), [&](const Json& row) { return row["why"] == why; });
        if (count > 0) parts += (parts.empty() ? "" : ", ") + why_in_words(why, count);
    }
    const auto rows = import["rows_in_file"].get<int64_t>();
    const auto taken = rows - static_cast<int64_t>(left_out.size());
    out << indent
        << (parts.empty()
                ? say(tr("{} rows read, all taken"), format_integer(rows))
                : say(tr("{} rows read: {} taken; left out {}"), format_integer(rows), format_integer(taken), parts))
        << "\n";
    std::size_t shown = 0;
    for (const Json& row : left_out) {
        if (row["why"] == "empty" || row["why"] == "header") continue;
        if (++shown > most_rows_shown) break;
        out << indent << "  " << say(tr("row {}: {}"), row["row"].get<int64_t>(), row["text"].get<std::string>())
            << "\n";
    }
    if (shown > most_rows_shown) out << indent << "  …\n";
}

// ── columns ──

std::vector<std::string> columns_with(const Json& columns, const char* key, const std::string& value) {
    std::vector<std::string> names;
    for (const Json& column : columns)
        if (column.contains(key) && column[key] == value) names.push_back(column["name"]);
    return names;
}

/// Columns in one encoding share a line, with a sample of each until there are enough.
void print_encodings(const Json& columns, const std::string& indent, std::ostream& out) {
    for (const Encoding encoding : all_encodings()) {
        const std::string id = to_id(encoding);
        const auto names = columns_with(columns, "encoding", id);
        if (names.empty()) continue;
        std::string samples;
        std::size_t shown = 0;
        for (const Json& column : columns) {
            if (column.value("encoding", std::string()) != id || shown == most_samples_shown) continue;
            // VISCII's "ã" looks the same before and after.
            const auto sample =
                std::ranges::find_if(column["samples"], [](const Json& one) { return one["before"] != one["after"]; });
            if (sample == column["samples"].end()) continue;
            samples += (shown++ > 0 ? "; " : ": ") + (*sample)["before"].get<std::string>() + " → " +
                       (*sample)["after"].get<std::string>();
        }
        out << indent
            << say(tr_n("{} was written in {}", "{} were written in {}", static_cast<long>(names.size())),
                   list_of(names), to_text(encoding))
            << samples << "\n";
    }
}

void print_conventions(const Json& columns, const std::string& indent, std::ostream& out) {
    if (const auto names = columns_with(columns, "numbers", "comma"); !names.empty())
        out << indent << say(tr("Numbers with a decimal comma (1.234,5): {}"), list_of(names)) << "\n";
    if (const auto names = columns_with(columns, "numbers", "point"); !names.empty())
        out << indent << say(tr("Numbers with a decimal point (1,234.5): {}"), list_of(names)) << "\n";
}

void print_unread(const Json& column, const std::string& indent, std::ostream& out) {
    if (!column.contains("unread")) return;
    const Json& unread = column["unread"];
    const auto count = static_cast<long>(unread.size());
    out << indent
        << say(tr_n("“{}”: {} cell could not be read and counts as empty",
                    "“{}”: {} cells could not be read and count as empty", count),
               column["name"].get<std::string>(), format_integer(count));
    for (std::size_t i = 0; i < std::min(most_cells_shown, unread.size()); ++i) {
        const std::string text = unread[i]["text"];
        const auto row = unread[i]["row"].get<int64_t>();
        out << (i == 0 ? ": " : "; ")
            << (text.empty() ? say(tr("row {} (blank)"), row) : say(tr("row {} “{}”"), row, text));
    }
    out << (unread.size() > most_cells_shown ? "; …\n" : "\n");
}

void print_years(const Json& group, const std::string& indent, std::ostream& out) {
    const auto first = std::ranges::min(group["years"].get<std::vector<int64_t>>());
    const auto last = std::ranges::max(group["years"].get<std::vector<int64_t>>());
    const auto columns = group["columns"].get<std::vector<std::string>>();
    out << indent
        << say(tr("{}: one quantity in the years {} to {}; --long year makes a row of each year"), list_of(columns),
               first, last)
        << "\n";
}

// ── places and questions ──

void print_places(const Json& import, const std::string& indent, std::ostream& out) {
    if (import.contains("points")) {
        const std::string y = import["points"]["y"];
        out << indent
            << say(tr("Points from “{}”"), import["points"]["x"].get<std::string>() + (y.empty() ? "" : "”, “" + y))
            << "\n";
    }
    std::size_t shown = 0;
    const Json proposals = import.value("crs_proposals", Json::array());
    for (const Json& proposal : proposals) {
        if (shown++ == most_proposals_shown) {
            const auto more = static_cast<long>(proposals.size() - most_proposals_shown);
            out << indent << say(tr_n("… or {} other", "… or one of {} others", more), more) << "\n";
            break;
        }
        const std::string name = proposal["name"].get<std::string>() + " (" + proposal["crs"].get<std::string>() + ")";
        const std::string reason = proposal["reason"];
        out << indent
            << (proposal["swapped"].get<bool>() ? say(tr("Perhaps {} with the axes exchanged: {}"), name, reason)
                                                : say(tr("Perhaps {}: {}"), name, reason))
            << "\n";
    }
}

void print_questions(const Json& questions, const std::string& indent, std::ostream& out) {
    std::size_t shown = 0;
    for (const Json& question : questions) {
        if (shown++ == most_questions_shown) {
            const auto more = static_cast<long>(questions.size() - most_questions_shown);
            out << indent << say(tr_n("… and {} more question", "… and {} more questions", more), more) << "\n";
            return;
        }
        out << indent << say(tr("To decide: {}"), question["text"].get<std::string>()) << " "
            << question["answer"].get<std::string>() << "\n";
    }
}

}  // namespace

void print_import(const Json& import, const std::string& indent, std::ostream& out) {
    if (import.is_null() || import.empty()) return;
    print_left_out(import, indent, out);
    const Json columns = import.value("columns", Json::array());
    print_encodings(columns, indent, out);
    print_conventions(columns, indent, out);
    for (const Json& column : columns)
        print_unread(column, indent, out);
    for (const Json& group : import.value("year_groups", Json::array()))
        print_years(group, indent, out);
    print_places(import, indent, out);
    print_questions(import.value("questions", Json::array()), indent, out);
}

bool said_by_import(const Json& import, const Json& diagnostic) {
    if (import.is_null()) return false;
    const std::string kind = diagnostic["kind"];
    const std::string field = diagnostic.value("field", std::string());
    const auto column_has = [&](const char* key) {
        return std::ranges::any_of(import.value("columns", Json::array()),
                                   [&](const Json& one) { return one["name"] == field && one.contains(key); });
    };
    if (kind == "unreadable_value" || kind == "kept_as_text") return column_has("unread");
    if (kind == "text_repaired") return column_has("encoding");
    if (kind == "totals_left_out") return true;
    const auto asks = [&](const char* about) {
        return std::ranges::any_of(import.value("questions", Json::array()),
                                   [&](const Json& question) { return !about || question["kind"] == about; });
    };
    return (kind == "undecided" && asks(nullptr)) || (kind == "no_crs" && asks("crs"));
}

}  // namespace diaban
