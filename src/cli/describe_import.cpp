#include "cli/describe_import.h"

#include "cli/reading.h"

namespace diaban {

namespace {

using Json = nlohmann::ordered_json;

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
    for (const OpenQuestion& one : open_questions(report))
        questions.push_back({{"kind", kind_id(one.question.kind)},
                             {"column", one.question.column},
                             {"text", one.question.text},
                             {"answer", one.answer}});
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

}  // namespace diaban
