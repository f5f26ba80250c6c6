// XLSX (ECMA-376): a zip of XML parts; xl/workbook.xml names the worksheets, xl/styles.xml says which numbers are
// dates.
#include <fmt/format.h>

#include <charconv>
#include <map>
#include <optional>

#include "base/i18n.h"
#include "data/sheet/workbook.h"
#include "data/sheet/zip_xml.h"

namespace diaban {

namespace {

enum class Shown : uint8_t { plain, date, percent };

struct Workbook {
    std::string path;
    Place where;
    Unpacked unpacked;
    bool from_1904 = false;
    std::vector<std::pair<std::string, std::string>> sheets;  ///< name, relation
    std::map<std::string, std::string> members;               ///< by relation
    std::vector<std::string> strings;
    std::vector<Shown> styles;
};

std::string normal_member(std::string target) {
    if (target.starts_with('/')) return target.substr(1);
    if (target.starts_with("./")) target.erase(0, 2);
    return "xl/" + target;
}

Expected<bool> read_workbook(Workbook& book, Progress& progress) {
    const XmlHandlers sheets{.open =
                                 [&](std::string_view element, const Attributes& attributes) {
                                     if (element == "workbookPr") {
                                         const std::string flag = attributes.text("date1904");
                                         book.from_1904 = flag == "1" || flag == "true";
                                     }
                                     if (element == "sheet")
                                         book.sheets.emplace_back(attributes.text("name"), attributes.text("r:id"));
                                 },
                             .close = {},
                             .text = {}};
    if (const auto found = parse_zipped_xml(book.path, "xl/workbook.xml", sheets, book.where, book.unpacked, progress);
        !found)
        return found;
    const XmlHandlers relations{.open =
                                    [&](std::string_view element, const Attributes& attributes) {
                                        if (element == "Relationship")
                                            book.members[attributes.text("Id")] =
                                                normal_member(attributes.text("Target"));
                                    },
                                .close = {},
                                .text = {}};
    return parse_zipped_xml(book.path, "xl/_rels/workbook.xml.rels", relations, book.where, book.unpacked, progress);
}

/// Strings are kept once and named by number. Runs of differently formatted letters are one text; readings of East
/// Asian characters (rPh) are none.
Expected<bool> read_strings(Workbook& book, Progress& progress) {
    bool in_text = false, in_reading = false;
    const XmlHandlers handlers{.open =
                                   [&](std::string_view element, const Attributes&) {
                                       if (element == "si") book.strings.emplace_back();
                                       if (element == "rPh") in_reading = true;
                                       in_text = element == "t" && !in_reading;
                                   },
                               .close =
                                   [&](std::string_view element) {
                                       if (element == "rPh") in_reading = false;
                                       in_text = false;
                                   },
                               .text =
                                   [&](std::string_view characters) {
                                       if (in_text && !book.strings.empty()) book.strings.back() += characters;
                                   }};
    return parse_zipped_xml(book.path, "xl/sharedStrings.xml", handlers, book.where, book.unpacked, progress);
}

/// Formats that every program knows by number (ECMA-376 part 1, 18.8.30).
Shown shown_by_known_format(int64_t id) {
    if (id == 9 || id == 10) return Shown::percent;
    const bool date =
        (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
    return date ? Shown::date : Shown::plain;
}

Expected<bool> read_styles(Workbook& book, Progress& progress) {
    std::map<int64_t, Shown> formats;
    bool in_cell_formats = false;
    const XmlHandlers handlers{
        .open =
            [&](std::string_view element, const Attributes& attributes) {
                if (element == "numFmt") {
                    const std::string code = attributes.text("formatCode");
                    formats[attributes.integer("numFmtId", -1)] =
                        is_date_format(code) ? Shown::date : (is_percent_format(code) ? Shown::percent : Shown::plain);
                }
                if (element == "cellXfs") in_cell_formats = true;
                if (element == "xf" && in_cell_formats) {
                    const int64_t id = attributes.integer("numFmtId", 0);
                    const auto own = formats.find(id);
                    book.styles.push_back(own == formats.end() ? shown_by_known_format(id) : own->second);
                }
            },
        .close =
            [&](std::string_view element) {
                if (element == "cellXfs") in_cell_formats = false;
            },
        .text = {}};
    return parse_zipped_xml(book.path, "xl/styles.xml", handlers, book.where, book.unpacked, progress);
}

/// "BC12" as row 11, column 54; nothing when it is no such name.
struct CellName {
    std::size_t row = 0, column = 0;
};
std::optional<CellName> parse_cell_name(std::string_view name) {
    std::size_t column = 0, i = 0;
    for (; i < name.size() && name[i] >= 'A' && name[i] <= 'Z' && column <= Room::most_columns; ++i)
        column = column * 26 + static_cast<std::size_t>(name[i] - 'A' + 1);
    std::size_t row = 0;
    const auto [end, problem] = std::from_chars(name.data() + i, name.data() + name.size(), row);
    if (problem != std::errc() || end != name.data() + name.size() || column == 0 || column > Room::most_columns ||
        row == 0 || row > Room::most_rows)
        return {};
    return CellName{row - 1, column - 1};
}

std::optional<MergedCells> parse_range(std::string_view range) {
    const auto colon = range.find(':');
    if (colon == std::string_view::npos) return {};
    const auto from = parse_cell_name(range.substr(0, colon)), to = parse_cell_name(range.substr(colon + 1));
    if (!from || !to || to->row < from->row || to->column < from->column) return {};
    return MergedCells{from->row, from->column, to->row - from->row + 1, to->column - from->column + 1};
}

/// Takes a worksheet's elements as they come.
class SheetReader {
public:
    SheetReader(const Workbook& book, Sheet& sheet, Room& room) : book_(book), sheet_(sheet), room_(room) {}

    void open(std::string_view element, const Attributes& attributes) {
        if (element == "row") {
            // Rows and cells may go without their number: they follow the one before.
            const int64_t number = attributes.integer("r", 0);
            row_ = number > 0 ? static_cast<std::size_t>(number - 1) : rows_begun_;
            rows_begun_ = row_ + 1;
            column_ = no_column;
        } else if (element == "c") {
            const auto at = parse_cell_name(attributes.text("r"));
            column_ = at ? at->column : column_ + 1;
            type_ = attributes.text("t");
            style_ = attributes.integer("s", 0);
            value_.clear();
        } else if (element == "mergeCell") {
            if (const auto range = parse_range(attributes.text("ref"))) sheet_.merged.push_back(*range);
        } else if (element == "rPh") {
            in_reading_ = true;
        }
        in_value_ = element == "v" || (element == "t" && !in_reading_);
    }

    void text(std::string_view characters) {
        if (in_value_) value_ += characters;
    }

    void close(std::string_view element) {
        in_value_ = false;
        if (element == "rPh") in_reading_ = false;
        if (element != "c") return;
        room_.count_written();
        room_.put(sheet_, row_, column_, cell());
    }

private:
    static constexpr std::size_t no_column = static_cast<std::size_t>(-1);

    [[nodiscard]] Cell cell() const {
        if (type_ == "s") {
            std::size_t index = 0;
            const auto [end, problem] = std::from_chars(value_.data(), value_.data() + value_.size(), index);
            const bool known = problem == std::errc() && index < book_.strings.size();
            return known ? text_cell(book_.strings[index]) : Cell();
        }
        if (type_ == "inlineStr" || type_ == "str" || type_ == "e") return text_cell(value_);
        if (value_.empty()) return {};
        if (type_ == "b") return boolean_cell(value_ == "1" || value_ == "true");
        double number = 0;
        const auto [end, problem] = std::from_chars(value_.data(), value_.data() + value_.size(), number);
        if (problem != std::errc() || end != value_.data() + value_.size()) return text_cell(value_);  // t="d", too
        const auto style = static_cast<std::size_t>(style_);
        const Shown shown = style < book_.styles.size() ? book_.styles[style] : Shown::plain;
        if (shown == Shown::date) return cell_from_serial_day(number, book_.from_1904);
        return shown == Shown::percent ? percent_cell(in_percent(number)) : number_cell(number);
    }

    const Workbook& book_;
    Sheet& sheet_;
    Room& room_;
    std::size_t row_ = 0, rows_begun_ = 0;
    std::size_t column_ = no_column;
    std::string type_, value_;
    int64_t style_ = 0;
    bool in_value_ = false, in_reading_ = false;
};

}  // namespace

Expected<std::vector<Sheet>> read_xlsx(const std::string& path, Progress& progress) {
    Workbook book;
    book.path = path;
    book.where.file = path;
    for (const auto part : {read_workbook, read_strings, read_styles})
        if (const auto done = part(book, progress); !done) return tl::make_unexpected(done.error());
    std::vector<Sheet> sheets;
    Room room;
    for (const auto& [name, relation] : book.sheets) {
        const auto member = book.members.find(relation);
        // Charts have sheets of their own.
        if (member == book.members.end() || member->second.find("worksheets/") == std::string::npos) continue;
        Sheet sheet;
        sheet.format = "XLSX";
        sheet.name = name;
        SheetReader reader(book, sheet, room);
        const XmlHandlers handlers{
            .open = [&](std::string_view element, const Attributes& attributes) { reader.open(element, attributes); },
            .close = [&](std::string_view element) { reader.close(element); },
            .text = [&](std::string_view characters) { reader.text(characters); }};
        const auto found = parse_zipped_xml(path, member->second, handlers, book.where, book.unpacked, progress);
        if (!found) return tl::make_unexpected(found.error());
        if (const auto fits = room.check(book.where); !fits) return tl::make_unexpected(fits.error());
        trim_sheet(sheet);
        sheets.push_back(std::move(sheet));
    }
    return sheets;
}

}  // namespace diaban
