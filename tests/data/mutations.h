// Files that were damaged at random, and what has to hold of whatever is read from them.
#pragma once

#include <cpl_vsi.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "data/encoding/encoding.h"
#include "data/files.h"

namespace diaban {

using Random = std::mt19937_64;

inline std::size_t below(Random& random, std::size_t count) {
    return count == 0 ? 0 : static_cast<std::size_t>(random() % count);
}

/// One to four slips: bytes flipped, put in, left out, written twice, moved, or replaced by what readers stumble over;
/// the end cut off.
inline std::string mutated(std::string text, Random& random) {
    static constexpr std::array<std::string_view, 30> traps{
        "\"",    ",",     ";",          "\t",           "\r",       "\n",         "<",
        "</",    "&#0;",  "&lt;",       "\xEF\xBB\xBF", "\xFF\xFE", "\xCC\x81",   "\xF0\x9F\x98\x80",
        "\xC3",  "-1",    "0",          "2147483648",   "1e309",    "4294967295", "9223372036854775807",
        "NaN",   "((((",  "XFD1048576", "999999999999", "{\"a\":[", "]}",         "#N/A",
        "16384", "1e-320"};
    const std::size_t slips = 1 + below(random, 4);
    for (std::size_t slip = 0; slip < slips; ++slip) {
        const std::size_t at = below(random, text.size() + 1);
        const std::size_t length = std::min(text.size() - at, std::size_t{1} << below(random, 8));
        switch (below(random, 8)) {
            case 0:
                if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(random, 8)));
                break;
            case 1:
                if (at < text.size()) text[at] = static_cast<char>(below(random, 256));
                break;
            case 2:
                text.erase(at, length);
                break;
            case 3:
                text.insert(at, text.substr(at, length));
                break;
            case 4:
                text.insert(below(random, text.size() + 1), text.substr(at, length));
                break;
            case 5:
                if (below(random, 4) == 0) text.resize(at);
                break;
            case 6:
                text.insert(at, traps[below(random, traps.size())]);
                break;
            default: {
                const std::string_view trap = traps[below(random, traps.size())];
                text.replace(at, std::min(text.size() - at, trap.size()), trap);
            }
        }
    }
    return text;
}

/// A file with what lies beside it, or a zip with its members.
struct SeedFile {
    std::string name;                                        ///< "t.csv": what is opened
    std::vector<std::pair<std::string, std::string>> parts;  ///< file names, or members of the zip
    bool zip = false;
};

inline void write_seed(const std::filesystem::path& folder, const SeedFile& seed) {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    if (!seed.zip) {
        for (const auto& [name, content] : seed.parts)
            put(folder / name, content);
        return;
    }
    for (const auto& [member, content] : seed.parts) {
        const std::string path = "/vsizip/{" + (folder / seed.name).string() + "}/" + member;
        VSILFILE* file = VSIFOpenL(path.c_str(), "wb");
        ASSERT_NE(file, nullptr) << path;
        VSIFWriteL(content.data(), 1, content.size(), file);
        VSIFCloseL(file);
    }
}

// ── what has to hold; each returns what does not, in words ──

inline bool is_clean(const std::string& text) {
    return is_utf8(text) && to_nfc(text) == text;
}

inline std::string wrong_with(const Error& error) {
    if (error.kind != ErrorKind::bad_input) return "another error than bad input: " + to_text(error);
    if (error.what.empty() || !is_utf8(to_text(error))) return "an error without words: " + to_text(error);
    return {};
}

inline std::string wrong_with(const Table& table) {
    std::set<std::string> names;
    for (const Column& column : table.columns()) {
        const std::string& name = column.name();
        if (name.empty() || !is_clean(name) || !names.insert(name).second) return "the column name “" + name + "”";
        if (column.size() != table.row_count()) return "the length of “" + name + "”";
        for (std::size_t row = 0; row < column.size(); ++row)
            if (!is_clean(column.text(row))) return "the text “" + column.text(row) + "” in “" + name + "”";
    }
    return {};
}

inline std::string wrong_with(std::span<const uint32_t> offsets, std::size_t end) {
    const bool right = !offsets.empty() && offsets.front() == 0 && offsets.back() == end;
    return right && std::is_sorted(offsets.begin(), offsets.end()) ? "" : "offsets";
}

inline std::string wrong_with(const Geometry& geometry) {
    if (geometry.kind() == GeometryKind::none) return geometry.points().empty() ? "" : "points of no kind";
    std::string wrong = wrong_with(geometry.feature_offsets(), geometry.part_count()) +
                        wrong_with(geometry.part_offsets(), geometry.ring_count()) +
                        wrong_with(geometry.ring_offsets(), geometry.points().size());
    for (const Point p : geometry.points())
        if (!std::isfinite(p.x) || !std::isfinite(p.y)) wrong += "a coordinate that is not finite";
    for (uint32_t ring = 0; ring < geometry.ring_count() && geometry.kind() == GeometryKind::polygon; ++ring) {
        const auto points = geometry.ring(ring);
        if (points.size() < 4 || points.front() != points.back()) wrong += "an open ring";
    }
    return wrong;
}

inline std::string wrong_with(const ImportReport& report) {
    int64_t last = 0;
    for (const LeftOutRow& row : report.left_out) {
        if (row.row <= last || row.row > report.rows_in_file) return "a row left out, " + std::to_string(row.row);
        if (!is_clean(row.text)) return "the text of a row left out";
        last = row.row;
    }
    for (const ColumnReport& column : report.columns) {
        if (!column.encoding.empty() && !encoding_from_id(column.encoding)) return "the encoding " + column.encoding;
        for (const UnreadCell& cell : column.unread)
            if (cell.row < 1 || cell.row > report.rows_in_file || !is_clean(cell.text)) return "a cell not read";
    }
    for (const auto& row : report.head)
        if (!std::ranges::all_of(row, is_clean)) return "the preview";
    for (const Question& question : report.questions)
        if (question.text.empty() || !is_utf8(question.text)) return "a question: " + question.text;
    return {};
}

inline std::string wrong_with(const Dataset& dataset) {
    if (!is_clean(dataset.name)) return "the name " + dataset.name;
    if (const auto wrong = wrong_with(dataset.table); !wrong.empty()) return wrong;
    if (const auto wrong = wrong_with(dataset.geometry); !wrong.empty()) return wrong;
    if (dataset.has_geometry() && dataset.geometry.feature_count() != dataset.size()) return "features and rows";
    if (dataset.repairs.originals.feature_count() != dataset.repairs.list.size()) return "repairs and originals";
    for (const Diagnostic& diagnostic : dataset.diagnostics)
        if (to_text(diagnostic).empty() || !is_utf8(to_text(diagnostic))) return "a diagnostic: " + to_text(diagnostic);
    if (!dataset.import) return "no report";
    for (const ColumnReport& column : dataset.import->columns) {
        const Column* found = dataset.table.find(column.name);
        if (found && found->type() != column.type) return "the reported type of " + column.name;
    }
    return wrong_with(*dataset.import);
}

/// Of a whole file. `wide`: its tables were not turned into long form, so that their rows can be counted.
inline std::string wrong_with(const Expected<std::vector<DatasetPtr>>& read, bool wide) {
    if (!read) return wrong_with(read.error());
    if (read->empty()) return "nothing read, and no error";
    std::map<std::string, std::pair<int64_t, int64_t>>
        rows;  // of a layer, which may be several datasets: in it, in all
    for (const DatasetPtr& dataset : *read) {
        if (const auto wrong = wrong_with(*dataset); !wrong.empty()) return wrong;
        const std::string& layer = dataset->from.layer;
        auto& [seen, all] = rows[layer.substr(0, layer.rfind('#'))];
        seen += static_cast<int64_t>(dataset->size());
        all = dataset->import->rows_in_file - static_cast<int64_t>(dataset->import->left_out.size());
    }
    for (const auto& [layer, counts] : rows)
        if (wide && counts.first != counts.second)
            return "rows: " + std::to_string(counts.first) + " of " + std::to_string(counts.second);
    return {};
}

}  // namespace diaban
