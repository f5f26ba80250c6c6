// "Out" of reading data in, each clause a test.
#include "cli/import_sentences.h"

namespace diaban {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSubsetOf;

class Out : public ImportSentence {
protected:
    Out() {
        put("in.geojson", R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"ma":"06838","ten":"Bình Liêu","ho":5,"ty_le":1.5,"ngay":"2025-07-01"},"geometry":{"type":"Polygon","coordinates":[[[107,21],[107.1,21],[107.1,21.1],[107,21]]]}},
{"type":"Feature","properties":{"ma":"06841","ten":"Đồng Văn","ho":null,"ty_le":null,"ngay":null},"geometry":{"type":"Polygon","coordinates":[[[107.1,21],[107.2,21],[107.2,21.1],[107.1,21]]]}}]})");
    }
    static std::vector<std::string> types(const Json& layer) {
        std::vector<std::string> list;
        for (const Json& field : layer.at("fields"))
            list.push_back(field.at("name").get<std::string>() + " " + field.at("type").get<std::string>() + " " +
                           std::to_string(field.at("nulls").get<int>()));
        return list;
    }
};

TEST_F(Out, what_is_written_and_read_again_is_the_same) {
    const std::vector<std::string> expected{"ma text 0", "ten text 0", "ho integer 1", "ty_le real 1", "ngay date 1"};
    for (const char* file : {"o.gpkg", "o.geojson", "o.shp", "o.csv"}) {
        const auto written = run({"import", "in.geojson", "-o", file});
        EXPECT_EQ(written.code, 0) << written.err;
        EXPECT_THAT(written.out, HasSubstr(std::string(file) + ": 2 rows written\n"));
        const Json again = layer(file);
        EXPECT_THAT(expected, IsSubsetOf(types(again))) << file;
        EXPECT_EQ(again["geometry"], "polygon") << file;
        EXPECT_EQ(again["extent"], Json::parse("[107.0,21.0,107.2,21.1]")) << file;
        EXPECT_THAT(again["crs"]["name"].get<std::string>(), HasSubstr("WGS 84")) << file;
        EXPECT_EQ(field(again, "ten")["example"], "Bình Liêu") << file;
    }
}

TEST_F(Out, flatgeobuf_says_what_it_cannot_hold_and_counts_what_was_written) {
    put("t.geojson", R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"ten":"A","ngay":"2025-07-01"},"geometry":{"type":"Point","coordinates":[107,21]}},
{"type":"Feature","properties":{"ten":"B","ngay":null},"geometry":null}]})");
    const auto written = run({"import", "t.geojson", "-o", "o.fgb"});
    EXPECT_THAT(written.out, HasSubstr("o.fgb: 1 row without a shape is left out, which FlatGeobuf cannot hold.\n"));
    EXPECT_THAT(written.out, HasSubstr("o.fgb: 1 row written\n"));
    EXPECT_EQ(layer("o.fgb")["features"], 1);
    EXPECT_EQ(layer("o.fgb")["crs"]["code"], "EPSG:4326");
}

TEST_F(Out, shapefile_with_cpg_and_a_warning_for_what_its_field_names_lose) {
    put("t.csv", "mã xã,tên đơn vị hành chính\n06838,Bình Liêu\n");
    const auto boundaries = run({"import", "in.geojson", "-o", "o.shp"});
    EXPECT_EQ(whole_file(folder.path() / "o.cpg"), "UTF-8");
    put("l.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"dân_số_năm_2021":5},
"geometry":{"type":"Point","coordinates":[107,21]}}]})");
    const auto long_name = run({"import", "l.geojson", "-o", "l.shp"});
    EXPECT_THAT(long_name.out, HasSubstr("l.shp: 1 column got another name, of at most 10 bytes: dân_số_năm_2021 → "));
}

TEST_F(Out, xlsx_keeps_types_nulls_and_codes) {
    put("t.csv", "mã,tên,n,tỷ lệ\n06838,Bình Liêu,5,1.5\n06841,Đồng Văn,,\n");
    EXPECT_EQ(run({"import", "t.csv", "-o", "o.xlsx"}).code, 0);
    EXPECT_EQ(csv("o.xlsx"), whole_file(folder.path() / "t.csv"));
    EXPECT_THAT(types(layer("o.xlsx")), ElementsAre("mã text 0", "tên text 0", "n integer 1", "tỷ lệ real 1"));
}

TEST_F(Out, csv_begins_with_a_byte_order_mark_on_request) {
    put("t.csv", "tên,n\nA,1\n");
    EXPECT_EQ(csv("t.csv", {"--bom"}), "\xef\xbb\xbftên,n\nA,1\n");
}

TEST_F(Out, never_overwrites_what_is_read) {
    std::filesystem::create_symlink("in.geojson", folder.path() / "link.geojson");
    std::filesystem::create_directory(folder.path() / "sub");
    const std::string before = whole_file(folder.path() / "in.geojson");
    for (const char* file : {"in.geojson", "./sub/../in.geojson", "link.geojson"})
        EXPECT_EQ(refused({"in.geojson", "-o", file}), std::string("2 diaban: ") + file +
                                                           ": the file to write is one of those that are read. Name "
                                                           "another file.\n");
    EXPECT_EQ(whole_file(folder.path() / "in.geojson"), before);
}

TEST_F(Out, to_an_unknown_format_a_missing_folder_or_nowhere_is_refused) {
    const std::string known = "Name a file that ends in one of .gpkg, .geojson, .json, .fgb, .shp, .csv, .xlsx.\n";
    EXPECT_EQ(refused({"in.geojson", "-o", "o.kml"}), "2 diaban: o.kml: Diaban does not write .kml files. " + known);
    EXPECT_EQ(refused({"in.geojson", "-o", "o"}),
              "2 diaban: o: the file to write has no extension that tells its format. " + known);
    EXPECT_THAT(refused({"in.geojson", "-o", "none/o.gpkg"}), HasSubstr("there is no such folder to write into"));
    EXPECT_THAT(refused({"in.geojson"}), HasSubstr("2 diaban: there is no output to write to."));
    EXPECT_THAT(refused({"in.geojson", "-o", "a.gpkg", "--problems", "a.gpkg"}), HasSubstr("two files"));
}

TEST_F(Out, several_layers_do_not_go_into_one_that_holds_one) {
    put("two.xlsx", xlsx_of({{"a", {{"x", "n"}, {"A", "=1"}}, {}}, {"b", {{"x", "n"}, {"B", "=2"}}, {}}}));
    EXPECT_THAT(refused({"two.xlsx", "-o", "o.csv"}),
                HasSubstr("2 layers do not go into a CSV file, which holds one."));
    EXPECT_EQ(csv("two.xlsx", {"--layer", "b"}), "x,n\nB,2\n");
    EXPECT_EQ(run({"import", "two.xlsx", "-o", "o.gpkg"}).code, 0);
    EXPECT_EQ(layers("o.gpkg").size(), 2U);
}

TEST_F(Out, that_fails_leaves_nothing_and_what_was_there_before) {
    put("keep.csv", "old\n");
    put("unread.csv", "xã;n\nA;1.234\n");
    EXPECT_THAT(refused({"unread.csv", "-o", "keep.csv"}), HasSubstr("something has to be decided first"));
    EXPECT_THAT(refused({"in.geojson", "none.csv", "-o", "keep.csv"}),
                HasSubstr("3 diaban: none.csv: there is no such file"));
    EXPECT_EQ(whole_file(folder.path() / "keep.csv"), "old\n");
    // Out of an unknown coordinate system there is no way into another.
    put("where.csv", "tên,x,y\nA,430000.5,2317000.25\nB,431000.5,2318000.25\n");
    EXPECT_THAT(refused({"where.csv", "-o", "o.geojson", "--as-is", "--to-crs", "EPSG:4326"}), HasSubstr("3 diaban: "));
}

TEST_F(Out, of_a_dry_run_is_nothing) {
    const auto before = folder.names();
    const auto result = run({"import", "in.geojson", "-o", "o.gpkg", "--dry-run"});
    EXPECT_EQ(result.code, 0);
    EXPECT_THAT(result.out, HasSubstr("Nothing was written: this was a dry run.\n"));
    EXPECT_EQ(folder.names(), before);
}

}  // namespace
}  // namespace diaban
