// ODS (OpenDocument 1.2): a zip whose content.xml holds all tables; what repeats is written once with a count.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

#include "data/sheet/dates.h"
#include "data/sheet/workbook.h"
#include "data/sheet/zip_xml.h"

namespace diaban {

namespace {

/// Takes the elements of content.xml as they come.
class ContentReader {
public:
    ContentReader(std::vector<Sheet>& sheets, Room& room) : sheets_(sheets), room_(room) {}

    void open(std::string_view element, const Attributes& attributes) {
        if (element == "table") {
            Sheet sheet;
            sheet.format = "ODS";
            sheet.name = attributes.text("table:name");
            sheets_.push_back(std::move(sheet));
            row_ = 0;
        } else if (element == "table-row") {
            cells_.clear();
            column_ = 0;
            row_repeats_ = repeats(attributes, "table:number-rows-repeated");
        } else if (element == "table-cell" || element == "covered-table-cell") {
            open_cell(attributes);
        } else if (in_cell_ && (element == "annotation" || element == "ruby-text")) {
            ++aside_;
        } else if (in_cell_ && element == "p") {
            if (paragraphs_++ > 0) text_ += '\n';
            ++in_paragraph_;
        } else if (in_paragraph_ && element == "s") {
            if (aside_ == 0) text_.append(std::min(repeats(attributes, "text:c"), most_blanks), ' ');
        } else if (in_paragraph_ && (element == "line-break" || element == "tab")) {
            if (aside_ == 0) text_ += element == "tab" ? '\t' : '\n';
        }
    }

    void text(std::string_view characters) {
        if (in_paragraph_ && aside_ == 0) text_ += characters;
    }

    void close(std::string_view element) {
        if (element == "table-row") {
            close_row();
        } else if (element == "table-cell" || element == "covered-table-cell") {
            close_cell();
        } else if (in_cell_ && (element == "annotation" || element == "ruby-text")) {
            --aside_;
            paragraphs_ = 0;
        } else if (in_cell_ && element == "p") {
            --in_paragraph_;
        } else if (element == "table" && !sheets_.empty()) {
            trim_sheet(sheets_.back());
        }
    }

private:
    static constexpr std::size_t most_blanks = 1000;

    /// Beyond what a sheet can hold, one is as good as the other.
    static std::size_t repeats(const Attributes& attributes, std::string_view name) {
        constexpr int64_t beyond_any_sheet = 2 * int64_t{Room::most_rows};
        return static_cast<std::size_t>(std::clamp<int64_t>(attributes.integer(name, 1), 1, beyond_any_sheet));
    }

    void open_cell(const Attributes& attributes) {
        in_cell_ = true;
        paragraphs_ = in_paragraph_ = aside_ = 0;
        text_.clear();
        type_ = attributes.text("office:value-type");
        value_ = attributes.text(type_ == "date"      ? "office:date-value"
                                 : type_ == "boolean" ? "office:boolean-value"
                                 : type_ == "string"  ? "office:string-value"
                                                      : "office:value");
        cell_repeats_ = repeats(attributes, "table:number-columns-repeated");
        const std::size_t wide = repeats(attributes, "table:number-columns-spanned");
        const std::size_t high = repeats(attributes, "table:number-rows-spanned");
        if ((wide > 1 || high > 1) && !sheets_.empty()) sheets_.back().merged.push_back({row_, column_, high, wide});
    }

    void close_cell() {
        in_cell_ = false;
        const Cell cell = this->cell();
        room_.count_written();
        if (cell.kind != Cell::Kind::blank) {
            for (std::size_t i = 0; i < std::min(cell_repeats_, Room::most_columns); ++i)
                cells_.emplace_back(column_ + i, cell);
        }
        column_ += cell_repeats_;
    }

    void close_row() {
        if (!sheets_.empty())
            for (std::size_t i = 0; i < row_repeats_ && !cells_.empty() && room_.left(); ++i)
                for (const auto& [column, cell] : cells_)
                    room_.put(sheets_.back(), row_ + i, column, cell);
        row_ += row_repeats_;
    }

    [[nodiscard]] Cell cell() const {
        const bool numeric = type_ == "float" || type_ == "currency" || type_ == "percentage";
        if (numeric) {
            double number = 0;
            const auto [end, problem] = std::from_chars(value_.data(), value_.data() + value_.size(), number);
            if (problem != std::errc() || end != value_.data() + value_.size()) return text_cell(text_);
            if (type_ != "percentage") return number_cell(number);
            return percent_cell(in_percent(number));
        }
        if (type_ == "boolean") return boolean_cell(value_ == "true");
        if (type_ == "date")
            if (const auto moment = parse_iso_date(value_))
                return moment->milliseconds ? date_time_cell(moment->days * milliseconds_a_day + *moment->milliseconds)
                                            : date_cell(moment->days);
        return text_cell(type_ == "string" && !value_.empty() ? value_ : text_);
    }

    std::vector<Sheet>& sheets_;
    Room& room_;
    std::vector<std::pair<std::size_t, Cell>> cells_;  ///< of the row, with their columns
    std::size_t row_ = 0, column_ = 0, row_repeats_ = 1, cell_repeats_ = 1;
    std::string type_, value_, text_;
    bool in_cell_ = false;
    int in_paragraph_ = 0, aside_ = 0, paragraphs_ = 0;
};

}  // namespace

Expected<std::vector<Sheet>> read_ods(const std::string& path, Progress& progress) {
    std::vector<Sheet> sheets;
    Room room;
    Unpacked unpacked;
    ContentReader reader(sheets, room);
    const XmlHandlers handlers{
        .open = [&](std::string_view element, const Attributes& attributes) { reader.open(element, attributes); },
        .close = [&](std::string_view element) { reader.close(element); },
        .text = [&](std::string_view characters) { reader.text(characters); }};
    const Place where{.file = path, .layer = {}, .field = {}, .row = {}};
    if (const auto found = parse_zipped_xml(path, "content.xml", handlers, where, unpacked, progress); !found)
        return tl::make_unexpected(found.error());
    if (const auto fits = room.check(where); !fits) return tl::make_unexpected(fits.error());
    return sheets;
}

}  // namespace diaban
