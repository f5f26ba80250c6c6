#include "cli/describe_import.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "data/encoding/encoding.h"

namespace diaban {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_shown = 10;

template <class... Arguments>
std::string say(const char* translated, const Arguments&... arguments) {
    return fmt::format(fmt::runtime(translated), arguments...);
}

const char* why_id(LeftOutRow::Why why) {
    switch (why) {
        case LeftOutRow::Why::title:
            return "title";
        case LeftOutRow::Why::header:
            return "header";
        case LeftOutRow::Why::total:
            return "total";
        case LeftOutRow::Why::empty:
            return "empty";
        case LeftOutRow::Why::note:
            return "note";
    }
    return "";
}

std::string why_in_words(const std::string& id, int64_t count) {
    const auto n = static_cast<long>(count);
    const std::string number = format_integer(count);
    if (id == "title") return say(tr_n("{} title row", "{} title rows", n), number);
    if (id == "header") return say(tr_n("{} header row", "{} header rows", n), number);
    if (id == "total") return say(tr_n("{} row of totals", "{} rows of totals", n), number);
    if (id == "note") return say(tr_n("{} note", "{} notes", n), number);
    return say(tr_n("{} empty row", "{} empty rows", n), number);
}

const char* kind_id(Question::Kind kind) {
    switch (kind) {
        case Question::Kind::number_convention:
            return "number_convention";
        case Question::Kind::encoding:
            return "encoding";
        case Question::Kind::crs:
            return "crs";
        case Question::Kind::swapped_axes:
            return "swapped_axes";
    }
    return "";
}

/// Nothing for a column of which there is nothing to say.
Json describe(const ColumnReport& column) {
    Json one;
    if (column.header != column.name) one["header"] = column.header;
    if (!column.encoding.empty()) {
        one["encoding"] = column.encoding;
        Json samples = Json::array();
        for (const TextSample& sample : column.samples)
            samples.push_back({{"before", sample.before}, {"after", sample.after}});
        one["samples"] = std::move(samples);
    }
    if (column.convention != NumberConvention::automatic) one["numbers"] = to_id(column.convention);
    if (column.percent) one["percent"] = true;
    if (column.ambiguous) one["ambiguous"] = true;
    if (!column.unread.empty()) {
        Json unread = Json::array();
        for (const UnreadCell& cell : column.unread)
            unread.push_back({{"row", cell.row}, {"text", cell.text}});
        one["unread"] = std::move(unread);
    }
    if (one.is_null()) return one;
    Json named{{"name", column.name}};
    named.update(one);
    return named;
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
        if (++shown > most_shown) break;
        out << indent << "  " << say(tr("row {}: {}"), row["row"].get<int64_t>(), row["text"].get<std::string>())
            << "\n";
    }
    if (shown > most_shown) out << indent << "  …\n";
}

void print_column(const Json& column, const std::string& indent, std::ostream& out) {
    const std::string name = column["name"];
    if (column.contains("encoding")) {
        const auto encoding = encoding_from_id(column["encoding"].get<std::string>());
        out << indent
            << say(tr("“{}” was written in {}"), name,
                   encoding ? to_text(*encoding) : column["encoding"].get<std::string>());
        for (std::size_t i = 0; i < std::min<std::size_t>(2, column["samples"].size()); ++i)
            out << (i == 0 ? ": " : "; ") << column["samples"][i]["before"].get<std::string>() << " → "
                << column["samples"][i]["after"].get<std::string>();
        out << "\n";
    }
    if (column.contains("numbers"))
        out << indent
            << say(column["numbers"] == "comma" ? tr("“{}”: numbers with a decimal comma (1.234,5)")
                                                : tr("“{}”: numbers with a decimal point (1,234.5)"),
                   name)
            << "\n";
    if (column.contains("unread")) {
        const Json& unread = column["unread"];
        const auto count = static_cast<long>(unread.size());
        out << indent
            << say(tr_n("“{}”: {} cell could not be read", "“{}”: {} cells could not be read", count), name,
                   format_integer(count));
        for (std::size_t i = 0; i < std::min(most_shown, unread.size()); ++i)
            out << (i == 0 ? ": " : "; ")
                << say(tr("row {} “{}”"), unread[i]["row"].get<int64_t>(), unread[i]["text"].get<std::string>());
        out << (unread.size() > most_shown ? "; …\n" : "\n");
    }
}

}  // namespace

Json describe(const ImportReport& report) {
    Json result;
    if (!report.encoding.empty()) result["encoding"] = report.encoding;
    if (!report.separator.empty()) result["separator"] = report.separator;
    if (report.rows_in_file > 0) {
        result["header_row"] = report.header_row;
        result["header_rows"] = report.header_rows;
        result["rows_in_file"] = report.rows_in_file;
        Json left_out = Json::array();
        for (const LeftOutRow& row : report.left_out)
            left_out.push_back({{"row", row.row}, {"why", why_id(row.why)}, {"text", row.text}});
        result["left_out"] = std::move(left_out);
    }
    Json columns = Json::array();
    for (const ColumnReport& column : report.columns)
        if (Json one = describe(column); !one.is_null()) columns.push_back(std::move(one));
    if (!columns.empty()) result["columns"] = std::move(columns);
    Json groups = Json::array();
    for (const YearGroup& group : report.year_groups)
        groups.push_back({{"name", group.name}, {"columns", group.columns}, {"years", group.years}});
    if (!groups.empty()) result["year_groups"] = std::move(groups);
    if (report.points) result["points"] = {{"x", report.points->x}, {"y", report.points->y}};
    Json proposals = Json::array();
    for (const CrsProposal& proposal : report.crs_proposals)
        proposals.push_back({{"crs", proposal.crs.code().empty() ? proposal.crs.name() : proposal.crs.code()},
                             {"name", proposal.crs.name()},
                             {"swapped", proposal.swapped},
                             {"reason", proposal.reason}});
    if (!proposals.empty()) result["crs_proposals"] = std::move(proposals);
    Json questions = Json::array();
    for (const Question& question : report.questions)
        questions.push_back({{"kind", kind_id(question.kind)}, {"column", question.column}, {"text", question.text}});
    if (!questions.empty()) result["questions"] = std::move(questions);
    return result;
}

Json describe(const Repairs& repairs) {
    Json list = Json::array();
    for (const Repair& repair : repairs.list)
        list.push_back({{"feature", repair.feature},
                        {"reason", repair.reason},
                        {"at", {repair.at.x, repair.at.y}},
                        {"area_before", repair.area_before},
                        {"area_after", repair.area_after}});
    return list;
}

void print_import(const Json& import, const std::string& indent, std::ostream& out) {
    if (import.is_null() || import.empty()) return;
    print_left_out(import, indent, out);
    for (const Json& column : import.value("columns", Json::array()))
        print_column(column, indent, out);
    for (const Json& group : import.value("year_groups", Json::array()))
        out << indent
            << say(tr("“{}” has a column for each of {} years; --long year makes rows of them"),
                   group["name"].get<std::string>(), group["years"].size())
            << "\n";
    if (import.contains("points")) {
        const std::string y = import["points"]["y"];
        out << indent
            << say(tr("Points from “{}”"), import["points"]["x"].get<std::string>() + (y.empty() ? "" : "”, “" + y))
            << "\n";
    }
    for (const Json& proposal : import.value("crs_proposals", Json::array()))
        out << indent
            << say(tr("Perhaps {}: {}"),
                   proposal["name"].get<std::string>() + " (" + proposal["crs"].get<std::string>() + ")",
                   proposal["reason"].get<std::string>())
            << "\n";
    for (const Json& question : import.value("questions", Json::array()))
        out << indent << say(tr("To decide: {}"), question["text"].get<std::string>()) << "\n";
}

}  // namespace diaban
