// "Coordinates" of reading data in, each clause a test.
#include "cli/import_sentences.h"

namespace diaban {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class Coordinates : public ImportSentence {
protected:
    /// The layer's extent, rounded to four decimals.
    static std::vector<double> extent(const Json& layer) {
        std::vector<double> box;
        if (layer.at("extent").is_null()) return box;
        for (const Json& edge : layer.at("extent"))
            box.push_back(std::round(edge.get<double>() * 1e4) / 1e4);
        return box;
    }
};

// Hạ Long in VN-2000 / TM-3 107-45, and what PROJ's cs2cs makes of it in degrees of WGS 84.
const std::string in_zone = "tên,x,y\nA,430000.5,2317000.25\nB,431000.5,2318000.25\n";

TEST_F(Coordinates, any_crs_through_proj_with_the_operation_and_its_accuracy_shown) {
    put("t.csv", in_zone);
    for (const char* crs :
         {"EPSG:5899", "EPSG:32648", "+proj=tmerc +lon_0=107.75 +k=0.9999 +x_0=500000 +ellps=WGS84"}) {
        const auto result = run({"import", "t.csv", "-o", "o.geojson", "--crs", crs, "--to-crs", "EPSG:4326"});
        EXPECT_EQ(result.code, 0) << result.err;
        EXPECT_THAT(result.out, HasSubstr("transformed to WGS 84 (EPSG:4326): ")) << crs;
    }
    const auto zone = run({"import", "t.csv", "--dry-run", "--crs", "EPSG:5899", "--to-crs", "EPSG:4326"});
    EXPECT_THAT(zone.out, HasSubstr("VN-2000 to WGS 84"));
    EXPECT_THAT(zone.out, HasSubstr("about 1 m"));
    EXPECT_THAT(refused({"t.csv", "-o", "x.gpkg", "--crs", "EPSG:99999"}), HasSubstr("EPSG:99999"));
    EXPECT_THAT(refused({"t.csv", "-o", "x.gpkg", "--crs", "EPSG:5899", "--to-crs", "EPSG:0"}), HasSubstr("EPSG:0"));
}

TEST_F(Coordinates, a_missing_crs_is_proposed_from_the_numbers_with_a_preview_and_confirmed_by_the_user) {
    put("t.csv", in_zone);
    const Json asked = layer("t.csv");
    EXPECT_TRUE(asked["crs"].is_null());
    EXPECT_EQ(asked["import"]["questions"][0]["kind"], "crs");
    EXPECT_THAT(refused({"t.csv", "-o", "x.gpkg"}),
                StartsWith("3 diaban: t.csv: something has to be decided first:\n"));
    const Json told = layer("t.csv", {"--crs", "EPSG:5899"});
    EXPECT_EQ(told["crs"]["code"], "EPSG:5899");
    EXPECT_FALSE(told["import"].contains("questions"));
}

TEST_F(Coordinates, degrees_utm_a_provincial_zone_and_web_mercator_are_told_from_the_numbers) {
    const auto proposed = [&](const std::string& rows) {
        put("p.csv", "tên,x,y\n" + rows);
        std::vector<std::string> codes;
        const Json found = layer("p.csv");
        if (!found["crs"].is_null()) return std::vector<std::string>{found["crs"]["code"].get<std::string>()};
        for (const Json& one : found["import"]["crs_proposals"])
            codes.push_back(one["crs"]);
        return codes;
    };
    EXPECT_THAT(proposed("A,107.0123,20.9512\nB,107.1123,20.9612\n"), ElementsAre("EPSG:4326"));
    EXPECT_THAT(proposed("A,712000.5,2317000.25\nB,713000.5,2318000.25\n"), Contains("EPSG:3405"));
    EXPECT_THAT(proposed("A,430000.5,2317000.25\nB,431000.5,2318000.25\n"), Contains("EPSG:5899"));
    EXPECT_THAT(proposed("A,11912520.5,2386214.25\nB,11923652.5,2397344.25\n"), Contains("EPSG:3857"));
}

TEST_F(Coordinates, a_zone_is_told_by_trying_which_one_lands_in_the_province) {
    put("province.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":
{"type":"Polygon","coordinates":[[[106.4,20.7],[108.1,20.7],[108.1,21.7],[106.4,21.7],[106.4,20.7]]]}}]})");
    put("t.csv", in_zone);
    const Json found = layer("t.csv", {"--near", "province.geojson"});
    EXPECT_EQ(found["import"]["crs_proposals"][0]["crs"], "EPSG:5899");
    EXPECT_EQ(found["import"]["questions"][0]["answer"], "--crs EPSG:5899");
}

TEST_F(Coordinates, swapped_axes_are_noticed) {
    put("t.csv", "tên,x,y\nA,2317000.25,430000.5\nB,2318000.25,431000.5\n");
    const Json asked = layer("t.csv");
    EXPECT_EQ(asked["import"]["crs_proposals"][0]["swapped"], true);
    ASSERT_EQ(asked["import"]["questions"].size(), 1U);  // one answer settles both
    EXPECT_THAT(asked["import"]["questions"][0]["answer"].get<std::string>(), HasSubstr(" --swap-axes"));
    const Json told = layer("t.csv", {"--crs", "EPSG:5899", "--swap-axes", "--to-crs", "EPSG:4326"});
    EXPECT_FALSE(told["import"].contains("questions"));
    put("right.csv", in_zone);
    EXPECT_EQ(extent(told), extent(layer("right.csv", {"--crs", "EPSG:5899", "--to-crs", "EPSG:4326"})));
    put("degrees.csv", "tên,lon,lat\nA,20.95,107.01\nB,20.96,107.12\n");
    EXPECT_THAT(refused({"degrees.csv", "-o", "x.gpkg"}), HasSubstr("--crs EPSG:4326 --swap-axes\n"));
}

TEST_F(Coordinates, degrees_minutes_seconds_in_tables_are_read) {
    put("t.csv", "tên;Kinh độ;Vĩ độ\nA;107°05'12\";20°57'03\"\nB;107 06 12;20 58 03\nC;107°6.5' Đ;20°58.5' B\n");
    const Json found = layer("t.csv");
    EXPECT_EQ(found["geometry"], "point");
    // 5'12" = 0.08667°, 57'03" = 0.95083°, 6.5' = 0.10833°, 58.5' = 0.975°.
    EXPECT_THAT(extent(found), ElementsAre(107.0867, 20.9508, 107.1083, 20.975));
}

TEST_F(Coordinates, points_from_columns_x_y_lon_lat_and_kinh_do_vi_do) {
    for (const char* header :
         {"tên,x,y", "tên,lon,lat", "tên,Kinh độ,Vĩ độ", "tên,Longitude,Latitude", "nama,Bujur,Lintang"}) {
        put("t.csv", std::string(header) + "\nA,107.0123,20.9512\nB,107.1123,20.9612\n");
        const Json found = layer("t.csv");
        EXPECT_EQ(found["geometry"], "point") << header;
        EXPECT_THAT(extent(found), ElementsAre(107.0123, 20.9512, 107.1123, 20.9612)) << header;
    }
    EXPECT_EQ(layer("t.csv", {"--no-points"})["geometry"], "none");
}

TEST_F(Coordinates, points_from_one_column_and_from_wkt) {
    put("t.csv", "tên;tọa độ\nA;21.5, 107.4\nB;21.6, 107.5\n");
    EXPECT_THAT(extent(layer("t.csv")), ElementsAre(107.4, 21.5, 107.5, 21.6));
    put("w.csv", "tên;geom\nA;POINT(107.4 21.5)\nB;POINT(107.5 21.6)\n");
    EXPECT_THAT(extent(layer("w.csv")), ElementsAre(107.4, 21.5, 107.5, 21.6));
    put("two.csv", "name;location\nA;\"45.1, 10.2\"\nB;\"46.3, 11.2\"\n");
    EXPECT_THAT(refused({"two.csv", "-o", "x.gpkg"}), HasSubstr("--swap-axes exchanges them, --as-is leaves them"));
    EXPECT_THAT(extent(layer("two.csv", {"--swap-axes"})), ElementsAre(45.1, 10.2, 46.3, 11.2));
}

TEST_F(Coordinates, columns_that_are_not_there_are_refused_with_the_nearest_name) {
    put("t.csv", in_zone);
    EXPECT_EQ(refused({"t.csv", "-o", "x.gpkg", "--points", "xx,y"}),
              "2 diaban: there is no column “xx”. Did you mean “x”?\n");
    put("n.csv", "xã;Số hộ\nA;1.234\n");
    EXPECT_EQ(refused({"n.csv", "-o", "x.csv", "--numbers", "So hộ=comma"}),
              "2 diaban: there is no column “So hộ”. Did you mean “Số hộ”?\n");
    EXPECT_EQ(refused({"n.csv", "-o", "x.csv", "--numbers", "Số hộ=dot"}),
              "2 diaban: \"dot\" is no way of writing numbers. Write --numbers COLUMN=comma (1.234,5) or COLUMN=point "
              "(1,234.5).\n");
}

TEST_F(Coordinates, that_cannot_be_read_are_listed_once_with_their_row) {
    put("t.csv", "tên,Kinh độ,Vĩ độ\nA,107.05,20.95\nB,107.06,20.96\nC,không rõ,\n");
    EXPECT_EQ(column(layer("t.csv"), "Kinh độ")["unread"], Json::parse(R"([{"row":4,"text":"không rõ"}])"));
    const std::string words = run({"info", "t.csv"}).out;
    EXPECT_EQ(words.find("không rõ"), words.rfind("không rõ"));
    EXPECT_THAT(words, HasSubstr("1 row has no geometry and is not on the map: C."));
}

}  // namespace
}  // namespace diaban
