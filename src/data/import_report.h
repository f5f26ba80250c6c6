// What reading a file found, understood and did: what an import assistant shows before anything is taken in, and what
// `diaban info` prints. Rows are counted from 1 as they stand in the file, title rows included.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "data/import_options.h"
#include "data/table.h"
#include "geo/crs/propose_crs.h"

namespace diaban {

/// A cell that could not be read as its column's type; it counts as having no value.
struct UnreadCell {
    int64_t row = 0;
    std::string text;
    bool operator==(const UnreadCell&) const = default;
};

/// Text as it stood in the file and as it was understood.
struct TextSample {
    std::string before;
    std::string after;
    bool operator==(const TextSample&) const = default;
};

struct ColumnReport {
    std::string name;    ///< in the table
    std::string header;  ///< as it stood in the file, the rows of a header separated by " · "
    ColumnType type = ColumnType::text;
    std::string encoding;             ///< an encoding's id when its text was not plain Unicode; else empty
    std::vector<TextSample> samples;  ///< of what the encoding changed; at most 5
    NumberConvention convention = NumberConvention::automatic;  ///< as used; automatic where nothing depends on it
    bool ambiguous = false;          ///< "1.234" may be 1234 or 1.234: the column stays text until the user decides
    bool percent = false;            ///< its numbers bore "%": "12,5%" is 12.5
    std::vector<UnreadCell> unread;  ///< all of them
    bool operator==(const ColumnReport&) const = default;
};

/// A row of the file that is no row of the table.
struct LeftOutRow {
    enum class Why { title, header, total, empty, note };  ///< column numbers are part of the header
    int64_t row = 0;
    Why why = Why::empty;
    std::string text;  ///< its first cells
    bool operator==(const LeftOutRow&) const = default;
};

/// Columns that are one quantity in several years: "SDD 2021", "SDD 2022".
struct YearGroup {
    std::string name;  ///< "SDD"
    std::vector<std::string> columns;
    std::vector<int64_t> years;  ///< of each column
    bool operator==(const YearGroup&) const = default;
};

/// What the user should decide; until then the cautious reading holds.
struct Question {
    enum class Kind { number_convention, encoding, crs, swapped_axes };
    Kind kind = Kind::number_convention;
    std::string column;  ///< where it is about one
    std::string text;    ///< one translated sentence, with the evidence
    bool operator==(const Question&) const = default;
};

struct ImportReport {
    std::string encoding;    ///< of the whole file: an encoding's id; empty where the format says it
    std::string separator;   ///< of a text file
    int64_t header_row = 0;  ///< first row of the header; 0: there is none
    int header_rows = 0;
    int64_t rows_in_file = 0;  ///< rows read: those of the table (before it became long) and `left_out` together
    std::vector<LeftOutRow> left_out;
    std::vector<std::vector<std::string>> head;  ///< the first rows as they stand, for a preview; at most 20
    std::vector<ColumnReport> columns;
    std::vector<YearGroup> year_groups;
    std::optional<PointColumns> points;      ///< the columns that were taken for coordinates
    std::vector<CrsProposal> crs_proposals;  ///< where the file names no CRS, or an impossible one; the likeliest first
    std::vector<Question> questions;

    [[nodiscard]] const ColumnReport* find(std::string_view column) const;
};

using ImportReportPtr = std::shared_ptr<const ImportReport>;

}  // namespace diaban
