// Small good files, damaged at random: each is read to something that is right in itself, or refused with a reason.
// DIABAN_MUTATIONS is how many damaged files each good one gives (20), DIABAN_SEED where they begin (1).
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>

#include "data/crosswalk/build.h"
#include "data/encoding/detect.h"
#include "data/features.h"
#include "data/join/match.h"
#include "data/join/names.h"
#include "data/mutations.h"
#include "data/sheet/dates.h"
#include "data/sheet/delimited.h"
#include "data/sheet/long_form.h"
#include "data/sheet/numbers.h"
#include "data/sheet/workbook.h"
#include "geo/angle.h"

namespace diaban {
namespace {

std::size_t number_from(const char* variable, std::size_t otherwise) {
    const char* text = std::getenv(variable);
    return text ? std::strtoul(text, nullptr, 10) : otherwise;
}

std::size_t mutation_count() {
    return number_from("DIABAN_MUTATIONS", 20);
}

const std::string words =
    "Bảng 1. Suy dinh dưỡng;;;;\nMã xã;Tên xã;Số hộ;Tỷ lệ 2023;Tỷ lệ 2024\n;;(hộ);(%);(%)\n"
    "06838;Xã Bình Liêu;1.234;12,5;11,0\n06841;P. Móng Cái 1;2.345;-;9,25\n06842;Đặc khu Cô Tô;967;3,5;…\n"
    ";Tổng cộng;4.546;;\n\nGhi chú: số liệu sơ bộ;;;;\n";

std::string in_utf16(const std::string& text) {
    std::string bytes = "\xFF\xFE";
    for (const char c : text) {
        bytes += c;
        bytes += '\0';
    }
    return bytes;
}

SeedFile workbook() {
    const std::string main = R"(xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main")";
    const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const std::string rows =
        R"(<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="3"><c r="A3" t="s"><v>1</v></c>)"
        R"(<c r="B3" t="inlineStr"><is><t>Số hộ</t></is></c><c r="D3" t="str"><v>Ngày</v></c></row>)"
        R"(<row r="4"><c r="A4" t="s"><v>2</v></c><c r="B4"><v>120</v></c><c r="D4" s="1"><v>45000</v></c></row>)"
        R"(<row r="5"><c r="A5" t="s"><v>2</v></c><c r="B5" s="2"><v>0.125</v></c><c r="D5" s="3"><v>1.5</v></c></row>)"
        R"(</sheetData><mergeCells count="1"><mergeCell ref="B3:C3"/></mergeCells>)";
    return {"t.xlsx",
            {{"xl/workbook.xml", "<workbook " + main + " xmlns:r=\"" + office +
                                     R"("><sheets><sheet name="Biểu 1" sheetId="1" r:id="rId1"/></sheets></workbook>)"},
             {"xl/_rels/workbook.xml.rels",
              R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)"
              R"(<Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>)"},
             {"xl/styles.xml", "<styleSheet " + main +
                                   R"(><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\ hh:mm"/></numFmts>)"
                                   R"(<cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="164"/>)"
                                   R"(</cellXfs></styleSheet>)"},
             {"xl/sharedStrings.xml",
              "<sst " + main +
                  "><si><t>Bảng</t></si><si><t>Xã</t></si><si><r><t>Bình </t></r><r><t>Liêu</t></r></si></sst>"},
             {"xl/worksheets/sheet1.xml", "<worksheet " + main + ">" + rows + "</worksheet>"}},
            true};
}

SeedFile open_document() {
    const std::string names = R"(xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" )"
                              R"(xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" )"
                              R"(xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0")";
    const std::string body =
        R"(<table:table table:name="Biểu 1"><table:table-row><table:table-cell table:number-columns-spanned="2" )"
        R"(office:value-type="string"><text:p>Xã<text:s text:c="3"/>x</text:p></table:table-cell>)"
        R"(<table:covered-table-cell/><table:table-cell office:value-type="string"><text:p>Hộ</text:p>)"
        R"(</table:table-cell></table:table-row><table:table-row table:number-rows-repeated="3">)"
        R"(<table:table-cell office:value-type="string"><text:p>Bình Liêu</text:p></table:table-cell>)"
        R"(<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="12"/>)"
        R"(</table:table-row><table:table-row table:number-rows-repeated="1000"><table:table-cell )"
        R"(table:number-columns-repeated="1000"/></table:table-row></table:table>)";
    return {"t.ods",
            {{"content.xml", "<office:document-content " + names + "><office:body><office:spreadsheet>" + body +
                                 "</office:spreadsheet></office:body></office:document-content>"}},
            true};
}

/// As GDAL writes them.
SeedFile written(const std::string& driver, const std::string& name, OGRwkbGeometryType type) {
    const TemporaryFolder folder;
    write_layers(
        folder.path() / name, driver.c_str(),
        {{"layer",
          type,
          {{"06838", "POLYGON((107 21,108 21,108 22,107 22,107 21),(107.2 21.2,107.4 21.2,107.4 21.4,107.2 21.2))"},
           {"06841", "POLYGON((108 21,109 22,109 21,108 22,108 21))"},
           {"06842", ""}}}});
    SeedFile seed{name, {}, false};
    for (const std::string& file : folder.names())
        seed.parts.emplace_back(file, whole_file(folder.path() / file));
    return seed;
}

std::vector<SeedFile> seeds() {
    std::vector<SeedFile> seeds{
        {"vi.csv", {{"vi.csv", words}}},
        {"utf16.csv", {{"utf16.csv", in_utf16("code,value,name\n1,2.5,a\n2,3.5,b\n3,,c\n")}}},
        {"tcvn3.csv", {{"tcvn3.csv", "ma,ten,ho\n1,B\xD7nh Li\xAAu,5\n2,M\xE3ng C\xB8i,\"1,5\"\n3,C\xAB T\xAB,n/a\n"}}},
        {"wide.tsv", {{"wide.tsv", "name\tSDD 2021\tSDD 2022\nA\t1\t2\nB\t3\t4\n"}}},
        {"wkt.csv", {{"wkt.csv", "id,shape\n1,\"POINT(107.4 21.5)\"\n2,\"SRID=4326;POINT(107.5 21.6)\"\n3,\n"}}},
        {"gdal.csv", {{"gdal.csv", "WKT,id\n\"POLYGON((0 0,1 0,1 1,0 0))\",1\n\"POLYGON((0 0,2 0,2 2,0 0))\",2\n"}}},
        {"dms.csv",
         {{"dms.csv", "ten,Vĩ độ,Kinh độ\na,\"21°31'24\"\"B\",\"107°24'07\"\"Đ\"\nb,21°30'B,107°20'Đ\nc,x,\n"}}},
        {"utm.csv", {{"utm.csv", "name;x;y\na;432.123,5;2.379.123,4\nb;433.000,0;2.380.000,0\n"}}},
        {"t.geojson",
         {{"t.geojson", geojson({{R"("code":"06838","n":1.5,"d":"2025-07-01")", square(107, 21)},
                                 {R"("code":"06841","n":null,"d":"x")", R"({"type":"Point","coordinates":[107,21]})"},
                                 {R"("code":"06842","n":2)", ""}})}}},
        workbook(),
        open_document()};
    seeds.push_back(written("ESRI Shapefile", "t.shp", wkbPolygon));
    for (auto& [name, content] : seeds.back().parts)
        if (name == "t.dbf")
            if (const auto at = content.find("06841"); at != std::string::npos) content.replace(at, 5, "B\xD7nh\xAA");
    seeds.push_back(written("GPKG", "t.gpkg", wkbPolygon));
    seeds.push_back(written("FlatGeobuf", "t.fgb", wkbPolygon));
    seeds.push_back(written("GML", "t.gml", wkbPolygon));
    seeds.push_back(written("KML", "t.kml", wkbPolygon));
    return seeds;
}

ReadOptions some_options(Random& random) {
    ReadOptions options;
    if (below(random, 3) != 0) return options;
    ImportOptions& import = options.import;
    const auto encodings = all_encodings();
    if (below(random, 4) == 0) import.encoding = to_id(encodings[below(random, encodings.size())]);
    if (below(random, 4) == 0) import.separator = std::string(1, ";,\t|\" \nx"[below(random, 8)]);
    if (below(random, 4) == 0) import.header_row = static_cast<int>(below(random, 12)) - 1;
    if (below(random, 4) == 0)
        import.header_rows = below(random, 9) == 0 ? 1'000'000 : static_cast<int>(below(random, 4));
    import.keep_totals = below(random, 2) == 0;
    import.swap_axes = below(random, 2) == 0;
    import.repair = below(random, 2) == 0;
    if (below(random, 4) == 0) import.long_form = below(random, 2) == 0 ? "year" : "name";
    if (below(random, 4) == 0) import.points = PointColumns{"x", below(random, 2) == 0 ? "y" : ""};
    if (below(random, 4) == 0) import.numbers["Số hộ"] = NumberConvention::comma_decimal;
    if (below(random, 6) == 0) options.crs = "EPSG:3405";
    if (below(random, 4) == 0) options.near = Box{106, 20, 108, 22};
    return options;
}

TEST(Mutations, the_seeds_themselves_are_read) {
    const TemporaryFolder folder;
    for (const SeedFile& seed : seeds()) {
        write_seed(folder.path() / "f", seed);
        const auto read = read_all(folder.path() / "f" / seed.name);
        EXPECT_TRUE(read) << seed.name << ": " << (read ? "" : to_text(read.error()));
        EXPECT_EQ(wrong_with(read, true), "") << seed.name;
    }
}

TEST(Mutations, of_a_file_are_read_rightly_or_refused_with_a_reason) {
    const TemporaryFolder folder;
    const std::filesystem::path place = folder.path() / "f";
    constexpr auto longest = std::chrono::seconds(60);
    std::size_t read_at_all = 0, tried = 0;
    for (const SeedFile& seed : seeds()) {
        for (std::size_t i = 0; i < mutation_count(); ++i, ++tried) {
            const std::size_t number = number_from("DIABAN_SEED", 1) + i;
            Random random(number * 1000003 + seed.name.size());
            SeedFile damaged = seed;
            const bool whole = seed.zip && below(random, 4) == 0;  // the zip's own bytes
            std::string& part = damaged.parts[below(random, damaged.parts.size())].second;
            if (!whole) part = mutated(part, random);
            write_seed(place, damaged);
            if (whole) put(place / seed.name, mutated(whole_file(place / seed.name), random));
            const ReadOptions options = some_options(random);
            const std::string name = seed.name + ", DIABAN_SEED=" + std::to_string(number);
            const auto start = std::chrono::steady_clock::now();
            try {
                const auto read = read_all(place / seed.name, options);
                EXPECT_EQ(wrong_with(read, options.import.long_form.empty()), "") << name;
                read_at_all += read ? 1U : 0U;
                if (i % 4 == 0) {
                    const auto info = inspect(place / seed.name);
                    EXPECT_EQ(info ? "" : wrong_with(info.error()), "") << name;
                }
            } catch (const std::exception& exception) {
                ADD_FAILURE() << name << ": " << exception.what();
            }
            EXPECT_LT(std::chrono::steady_clock::now() - start, longest) << name;
        }
    }
    // A test that only ever saw refusals would show nothing.
    EXPECT_GT(read_at_all * 3, tried);
    RecordProperty("read", static_cast<int>(read_at_all));
}

TEST(Mutations, of_texts_give_no_surprise) {
    const std::vector<std::string> texts{words,
                                         "B\xD7nh Li\xAAu",
                                         "Xã Hải Lạng và một phần diện tích tự nhiên của các xã Bắc Hồng (Đông Anh)",
                                         "TT. Ba Chẽ-2 (mới)",
                                         "21°31'24,5\"B 107°24'07\"Đ",
                                         "POINT(107.4 21.5)",
                                         "(1.234.567,89%)",
                                         "2025-07-01T08:30:15.250+07:00",
                                         "[$-42A]d mmmm \"năm\" yyyy;@",
                                         "Năm 2023 · Số hộ"};
    for (std::size_t i = 0; i < mutation_count() * 20; ++i) {
        const std::size_t number = number_from("DIABAN_SEED", 1) + i;
        SCOPED_TRACE("DIABAN_SEED=" + std::to_string(number));
        Random random(number);
        const std::string text = mutated(texts[below(random, texts.size())], random);
        for (const Encoding encoding : all_encodings())
            EXPECT_TRUE(is_clean(decode(text, encoding).text)) << to_id(encoding);
        const std::string cell = to_nfc(text);
        const std::vector<std::string> cells{text, cell, "Xã"};
        EXPECT_TRUE(is_clean(repair_text(text, detect_encoding(cells))));
        const NumberLook look = look_at_number(cell);
        for (const auto convention : {NumberConvention::point_decimal, NumberConvention::comma_decimal}) {
            const auto parsed = parse_number(cell, convention);
            EXPECT_TRUE(!parsed || std::isfinite(parsed->value));
            EXPECT_TRUE(look.writing != Writing::both || parsed == parse_number(cell, NumberConvention::point_decimal));
        }
        const auto angle = parse_angle(cell);
        EXPECT_TRUE(!angle || std::abs(angle->degrees) <= 360);
        const auto point = parse_point(cell);
        EXPECT_TRUE(!point || (std::isfinite(point->first) && std::isfinite(point->second)));
        const auto date = parse_iso_date(cell);
        EXPECT_TRUE(!date || std::abs(date->days) < 4'000'000);
        for (const MergedUnit& unit : read_merger_list(cell, ",", "giữ nguyên"))
            EXPECT_TRUE(is_clean(unit.name));
        const UnitName name = parse_unit_name(cell);
        EXPECT_TRUE(name.empty() || compare_names(name, name) == NameMatch::same);
        EXPECT_EQ(fold(fold(cell)), fold(cell));
        static_cast<void>(is_date_format(cell) && is_percent_format(cell));
        static_cast<void>(parse_year_name(cell));
        static_cast<void>(read_delimited(cell, detect_separator(cell).character, {}));
    }
}

TEST(Mutations, of_a_table_are_joined_with_every_row_accounted_for_and_made_a_crosswalk_that_owns_up_to_its_faults) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder.path() / "t.csv";
    const std::string content =
        "from,name,to,share,district\n06838,Xã Bình Liêu,A,0.5,Bình Liêu\n06838,Xã Bình Liêu,B,0.5,Bình Liêu\n"
        "06841,Phường Móng Cái 1,B,1,Móng Cái\n06842,P. Móng Cái I,,,Móng Cái\n06843,xa binh lieu,C,,\n";
    put(path, content);
    const DatasetPtr base = read_one(path);
    for (std::size_t i = 0; i < mutation_count(); ++i) {
        const std::size_t number = number_from("DIABAN_SEED", 1) + i;
        SCOPED_TRACE("DIABAN_SEED=" + std::to_string(number));
        Random random(number);
        put(path, mutated(content, random));
        const auto tables = read_all(path);
        if (!tables) continue;
        if (const auto crosswalk = from_table(*tables->front(), {.from = "from", .to = "to", .share = "share"})) {
            for (const Correspondence& pair : crosswalk->pairs)
                EXPECT_TRUE(pair.share >= 0 && std::isfinite(pair.share)) << pair.share;
            for (const double sum : share_sums(*crosswalk))
                EXPECT_TRUE(sum <= 1 + share_tolerance || !check(*crosswalk).empty()) << sum;
        }
        JoinSpec spec{.name = "t", .table = tables->front(), .key = "from", .foreign_key = "from"};
        spec.further = {{"name", "name", KeyRole::name}, {"district", "district", KeyRole::parent}};
        if (const auto matched = match_rows(*base, spec)) {
            EXPECT_EQ(matched->report.rows.size(), tables->front()->size());
            EXPECT_TRUE(is_utf8(to_csv(matched->report)));
            EXPECT_FALSE(summary(matched->report).empty());
        }
    }
}

}  // namespace
}  // namespace diaban
