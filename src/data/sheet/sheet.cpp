#include "data/sheet/sheet.h"

#include <cpl_conv.h>
#include <cpl_vsi.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/encoding/detect.h"
#include "data/gdal/open_file.h"
#include "data/sheet/delimited.h"
#include "data/sheet/workbook.h"
#include "data/sheet/zip_xml.h"

namespace diaban {

namespace {

/// A number as people would write it by itself: the shortest form that reads back, "6838" rather than "6838.0".
std::string shortest(double value) {
    std::array<char, 64> buffer{};
    const double magnitude = std::abs(value);
    const bool plain = magnitude == 0 || (magnitude >= 1e-5 && magnitude < 1e16);
    const auto end = plain
                         ? std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed)
                         : std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), end.ptr};
}

Column time_column(ColumnType type, int64_t value) {
    return {"", type, std::vector<int64_t>{value}};
}

Expected<std::string> whole_file(const std::string& path, const Place& where) {
    GByte* bytes = nullptr;
    vsi_l_offset size = 0;
    if (!VSIIngestFile(nullptr, path.c_str(), &bytes, &size, -1))
        return fail(ErrorKind::bad_input, tr("the file cannot be read"), where, tr("Copy it to a folder of your own."));
    const gdal::Text owner(reinterpret_cast<char*>(bytes));
    return std::string(owner.get(), static_cast<std::size_t>(size));
}

Expected<Sheet> read_text(const std::filesystem::path& path, const ImportOptions& options, const Place& whole) {
    std::error_code problem;
    constexpr std::uintmax_t most_bytes = std::numeric_limits<int32_t>::max();
    if (std::filesystem::file_size(path, problem) > most_bytes && !problem)
        return fail(ErrorKind::bad_input, tr("text tables of more than 2 GB are not read"), whole,
                    tr("Convert it to a GeoPackage first."));
    auto raw = whole_file(to_utf8(path), whole);
    if (!raw) return tl::make_unexpected(raw.error());
    const FileEncoding encoding = detect_file_encoding(*raw);
    std::string text = to_utf8_file(*raw);
    raw->clear();
    Separator separator = detect_separator(text);
    const bool zero_bytes = text.find('\0') != std::string::npos;
    // The name promises a table for these, even if it has one column; any text may be called ".txt".
    const std::string extension = lower_extension(path);
    const bool promised = extension == ".csv" || extension == ".tsv" || extension == ".psv" || extension == ".tab";
    if (zero_bytes && promised)
        return fail(ErrorKind::bad_input, tr("it has zero bytes in it, which no text has"), whole,
                    tr("Get the file again, or export it anew from the program that made it."));
    if (zero_bytes || (!promised && options.separator.empty() && (separator.columns < 2 || separator.agreement < 0.6)))
        return no_known_format(whole);
    if (separator.columns < 2 && extension == ".tsv") separator.character = '\t';
    if (!options.separator.empty()) separator.character = options.separator == "\\t" ? '\t' : options.separator.front();
    Place place = whole;
    place.file = to_utf8(path.filename());
    Sheet sheet = read_delimited(text, separator.character, place);
    if (encoding.encoding) sheet.encoding = to_id(*encoding.encoding);
    return sheet;
}

}  // namespace

Cell blank_cell() {
    return {};
}

Cell text_cell(std::string text) {
    Cell cell;
    const std::size_t start = text.find_first_not_of(" \t\r\n\v\f");
    if (start == std::string::npos) return cell;
    if (static_cast<unsigned char>(text[start]) >= 0x80 && trim(text).empty()) return cell;  // no-break blanks
    cell.kind = Cell::Kind::text;
    cell.text = std::move(text);
    return cell;
}

Cell number_cell(double value) {
    if (!std::isfinite(value)) return {};
    return {Cell::Kind::number, false, value, shortest(value)};
}

Cell percent_cell(double shown) {
    Cell cell = number_cell(shown);
    cell.percent = cell.kind == Cell::Kind::number;
    if (cell.percent) cell.text += '%';
    return cell;
}

Cell boolean_cell(bool value) {
    return {Cell::Kind::boolean, false, value ? 1.0 : 0.0, value ? "true" : "false"};
}

Cell date_cell(int64_t days) {
    return {Cell::Kind::date, false, static_cast<double>(days), time_column(ColumnType::date, days).text(0)};
}

Cell date_time_cell(int64_t milliseconds) {
    return {Cell::Kind::date_time, false, static_cast<double>(milliseconds),
            time_column(ColumnType::date_time, milliseconds).text(0)};
}

bool is_sheet_file(const std::filesystem::path& path) {
    static constexpr std::array<std::string_view, 9> extensions{".csv",  ".tsv",  ".psv", ".tab", ".txt",
                                                                ".xlsx", ".xlsm", ".xls", ".ods"};
    return std::ranges::find(extensions, lower_extension(path)) != extensions.end();
}

namespace {

Expected<std::vector<Sheet>> read_any(const std::filesystem::path& path, const ImportOptions& options,
                                      Progress& progress) {
    gdal::set_up();
    const gdal::Messages messages;
    if (const auto fine = check_path(path); !fine) return tl::make_unexpected(fine.error());
    if (progress.cancelled()) return tl::make_unexpected(cancelled_error());
    const std::string name = to_utf8(path);
    const Place whole{.file = name, .layer = {}, .field = {}, .row = {}};
    if (has_member(name, "xl/workbook.xml")) return read_xlsx(name, progress);
    if (has_member(name, "content.xml")) return read_ods(name, progress);
    const std::string start = first_bytes(name, 8);
    const bool zip = start.starts_with("PK"), compound = start.starts_with("\xD0\xCF\x11\xE0");
    const std::string extension = lower_extension(path);
    if (zip || compound || extension == ".xlsx" || extension == ".xlsm" || extension == ".ods") {
        // What is no spreadsheet, GDAL says as of any other file.
        const auto file = open_file(path, messages);
        if (!file) return tl::make_unexpected(file.error());
        if (file->driver == "XLS") return read_xls(name, progress);
        return no_known_format(whole);
    }
    auto sheet = read_text(path, options, whole);
    if (!sheet) return tl::make_unexpected(sheet.error());
    std::vector<Sheet> one;
    one.push_back(std::move(*sheet));
    return one;
}

}  // namespace

Expected<std::vector<Sheet>> read_sheets(const std::filesystem::path& path, const ImportOptions& options,
                                         Progress& progress) {
    auto sheets = read_any(path, options, progress);
    if (!sheets) return sheets;
    if (sheets->empty())
        return fail(ErrorKind::bad_input, tr("there are no tables in it"),
                    {.file = to_utf8(path), .layer = {}, .field = {}, .row = {}}, tr("Open another file."));
    for (const Sheet& sheet : *sheets) {
        const Place where{.file = to_utf8(path), .layer = to_nfc(sheet.name), .field = {}, .row = {}};
        if (const auto fits = check_extent(sheet, where); !fits) return tl::make_unexpected(fits.error());
    }
    return sheets;
}

}  // namespace diaban
