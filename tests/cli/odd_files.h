// Files as offices make them, written byte by byte: what the program reads here no library of ours has written.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace diaban {

inline void put_file(const std::filesystem::path& path, const std::string& bytes) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
}

/// An integer's bytes, the smallest first.
inline std::string little(uint64_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i, value >>= 8U)
        text += static_cast<char>(value & 0xFFU);
    return text;
}

inline std::string big(uint32_t value) {
    const std::string text = little(value, 4);
    return {text.rbegin(), text.rend()};
}

inline std::string utf16le(const std::u16string& text) {
    std::string bytes = "\xff\xfe";
    for (const char16_t c : text)
        bytes += little(c, 2);
    return bytes;
}

// ── workbooks ──

inline uint32_t crc32_of(const std::string& bytes) {
    uint32_t crc = 0xFFFFFFFFU;
    for (const char c : bytes) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
    }
    return ~crc;
}

/// A ZIP of files that are not compressed.
inline std::string zip_of(const std::vector<std::pair<std::string, std::string>>& files) {
    std::string body, directory;
    for (const auto& [name, content] : files) {
        const std::string facts = little(0x0800, 2) + little(0, 2) + little(0, 4) + little(crc32_of(content), 4) +
                                  little(content.size(), 4) + little(content.size(), 4) + little(name.size(), 2);
        directory +=
            "PK\x01\x02" + little(20, 2) + little(20, 2) + facts + little(0, 12) + little(body.size(), 4) + name;
        body += "PK\x03\x04" + little(20, 2) + facts + little(0, 2) + name + content;
    }
    return body + directory + "PK\x05\x06" + little(0, 4) + little(files.size(), 2) + little(files.size(), 2) +
           little(directory.size(), 4) + little(body.size(), 4) + little(0, 2);
}

/// Rows of cells, "" a blank one, a text that begins with "=" a number; `merged` as in "A1:B2".
struct SheetShown {
    std::string name;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> merged;
};

inline std::string xlsx_of(const std::vector<SheetShown>& sheets) {
    const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const std::string main = " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    std::string list, relations;
    std::vector<std::pair<std::string, std::string>> files;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        const std::string n = std::to_string(i + 1);
        list += "<sheet name=\"" + sheets[i].name + "\" sheetId=\"" + n + "\" r:id=\"rId" + n + "\"/>";
        relations += "<Relationship Id=\"rId" + n + "\" Type=\"" + office + "/worksheet\" Target=\"worksheets/sheet" +
                     n + ".xml\"/>";
        std::string xml = "<worksheet" + main + "><sheetData>";
        for (std::size_t row = 0; row < sheets[i].rows.size(); ++row) {
            xml += "<row r=\"" + std::to_string(row + 1) + "\">";
            for (std::size_t column = 0; column < sheets[i].rows[row].size(); ++column) {
                const std::string& cell = sheets[i].rows[row][column];
                const std::string at = std::string(1, static_cast<char>('A' + column)) + std::to_string(row + 1);
                if (cell.starts_with('='))
                    xml += "<c r=\"" + at + "\"><v>" + cell.substr(1) + "</v></c>";
                else if (!cell.empty())
                    xml += "<c r=\"" + at + "\" t=\"inlineStr\"><is><t>" + cell + "</t></is></c>";
            }
            xml += "</row>";
        }
        xml += "</sheetData>";
        if (!sheets[i].merged.empty()) {
            xml += "<mergeCells>";
            for (const std::string& cells : sheets[i].merged)
                xml += "<mergeCell ref=\"" + cells + "\"/>";
            xml += "</mergeCells>";
        }
        files.emplace_back("xl/worksheets/sheet" + n + ".xml", xml + "</worksheet>");
    }
    files.emplace_back("xl/workbook.xml",
                       "<workbook" + main + " xmlns:r=\"" + office + "\"><sheets>" + list + "</sheets></workbook>");
    files.emplace_back("xl/_rels/workbook.xml.rels",
                       "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
                           relations + "</Relationships>");
    return zip_of(files);
}

inline std::string ods_of(const std::vector<std::vector<std::string>>& rows) {
    const std::string urn = "urn:oasis:names:tc:opendocument:xmlns:";
    std::string xml = "<office:document-content xmlns:office=\"" + urn + "office:1.0\" xmlns:table=\"" + urn +
                      "table:1.0\" xmlns:text=\"" + urn +
                      "text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"Sheet1\">";
    for (const auto& row : rows) {
        xml += "<table:table-row>";
        for (const std::string& cell : row)
            xml +=
                cell.starts_with('=')
                    ? "<table:table-cell office:value-type=\"float\" office:value=\"" + cell.substr(1) + "\"/>"
                    : "<table:table-cell office:value-type=\"string\"><text:p>" + cell + "</text:p></table:table-cell>";
        xml += "</table:table-row>";
    }
    return zip_of(
        {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
         {"content.xml", xml + "</table:table></office:spreadsheet></office:body></office:document-content>"}});
}

// ── shapefiles ──

/// A dBASE table of text fields 30 bytes wide, its cells as they are.
inline std::string dbf_of(const std::vector<std::string>& fields, const std::vector<std::vector<std::string>>& rows) {
    constexpr std::size_t width = 30;
    std::string bytes = std::string("\x03\x7d\x01\x01", 4) + little(rows.size(), 4) +
                        little(33 + 32 * fields.size(), 2) + little(1 + width * fields.size(), 2) + little(0, 20);
    for (std::string field : fields) {
        field.resize(11);
        bytes += field + "C" + little(0, 4) + little(width, 1) + little(0, 15);
    }
    bytes += '\r';
    for (const auto& row : rows) {
        bytes += ' ';
        for (std::string cell : row) {
            cell.resize(width, ' ');
            bytes += cell;
        }
    }
    return bytes + '\x1a';
}

/// A Shapefile of points without a .prj; `cpg` is what its .cpg says, none when it is empty.
inline void put_shapefile(const std::filesystem::path& path, const std::vector<std::pair<double, double>>& points,
                          const std::string& dbf, const std::string& cpg = {}) {
    std::string records, index;
    for (std::size_t i = 0; i < points.size(); ++i) {
        index += big(static_cast<uint32_t>(50 + records.size() / 2)) + big(10);
        records += big(static_cast<uint32_t>(i + 1)) + big(10) + little(1, 4) +
                   little(std::bit_cast<uint64_t>(points[i].first), 8) +
                   little(std::bit_cast<uint64_t>(points[i].second), 8);
    }
    const auto with_header = [](const std::string& content) {
        return big(9994) + little(0, 20) + big(static_cast<uint32_t>(50 + content.size() / 2)) + little(1000, 4) +
               little(1, 4) + little(0, 64) + content;
    };
    std::filesystem::path part = path;
    put_file(part.replace_extension(".shp"), with_header(records));
    put_file(part.replace_extension(".shx"), with_header(index));
    put_file(part.replace_extension(".dbf"), dbf);
    if (!cpg.empty()) put_file(part.replace_extension(".cpg"), cpg);
}

}  // namespace diaban
