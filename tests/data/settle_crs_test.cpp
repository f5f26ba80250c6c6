// What reading does where a file says nothing, or the wrong thing, of its coordinate system.
#include "data/places/settle_crs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/files.h"
#include "data/places/reproject.h"

namespace diaban {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr Box quang_ninh{106.43, 20.7, 108.1, 21.67};
const std::vector<Point> communes{{107.40, 21.52}, {107.154, 20.962}, {106.974, 20.995}, {107.966, 21.526},
                                  {106.60, 21.09}, {107.36, 21.33},   {107.49, 21.00}};

class SettleCrs : public testing::Test {
protected:
    /// A shapefile of the communes in one CRS, that says it is in another one, or in none.
    std::filesystem::path shapefile(const std::string& in, const char* said, bool exchanged = false) {
        std::vector<std::pair<std::string, std::string>> features;
        const auto transform = Transform::between(Crs::wgs84(), Crs::from_text(in).value()).value();
        for (const Point degrees : communes) {
            const Point p = transform.apply(degrees);
            features.emplace_back("06838", "POINT(" + std::to_string(exchanged ? p.y : p.x) + " " +
                                               std::to_string(exchanged ? p.x : p.y) + ")");
        }
        write_layers(folder.path() / "posts.shp", "ESRI Shapefile", {{"posts", wkbPoint, features, said}});
        return folder.path() / "posts.shp";
    }
    static std::vector<Question::Kind> questions(const DatasetPtr& dataset) {
        std::vector<Question::Kind> kinds;
        if (dataset->import)
            for (const Question& question : dataset->import->questions)
                kinds.push_back(question.kind);
        return kinds;
    }
    static std::vector<std::string> about_crs(const DatasetPtr& dataset) {
        std::vector<std::string> texts = texts_of(dataset->diagnostics);
        std::erase_if(texts, [](const std::string& text) { return text.find("repeat") != std::string::npos; });
        return texts;
    }
    TemporaryFolder folder;
};

TEST_F(SettleCrs, proposes_one_where_the_file_names_none) {
    const auto dataset = read_one(shapefile("EPSG:5899", nullptr));
    EXPECT_FALSE(dataset->crs.known());
    EXPECT_THAT(
        about_crs(dataset),
        Contains(testing::AllOf(HasSubstr("posts.shp: the file names no coordinate system: its coordinates look "
                                          "like VN-2000 / TM-3 107-45 (EPSG:5899), or else "),
                                HasSubstr("; name it with --crs EPSG:5899."))));
    ASSERT_TRUE(dataset->import);
    EXPECT_EQ(dataset->import->crs_proposals.at(0).crs.code(), "EPSG:5899");
    EXPECT_THAT(questions(dataset), ElementsAre(Question::Kind::crs));
    const auto near = read_one(folder.path() / "posts.shp", {.near = quang_ninh});
    EXPECT_EQ(near->import->crs_proposals.at(0).reason,
              "lands where data are expected, in a province that works in this zone");
}

TEST_F(SettleCrs, says_which_axes_to_exchange_and_exchanges_them_when_told) {
    const auto path = shapefile("EPSG:5899", nullptr, true);
    const auto dataset = read_one(path);
    EXPECT_THAT(about_crs(dataset), Contains(HasSubstr("; name it with --crs EPSG:5899 --swap-axes.")));
    EXPECT_THAT(questions(dataset), ElementsAre(Question::Kind::crs, Question::Kind::swapped_axes));
    ReadOptions told{.crs = "EPSG:5899"};
    told.import.swap_axes = true;
    const auto right = read_one(path, told);
    EXPECT_THAT(questions(right), IsEmpty());
    EXPECT_NEAR(right->lon_lat_box().max_y, 21.526, 1e-3);
    // Told wrongly: the proposals are against the file, so they say not to exchange.
    told.crs.clear();
    const auto again = read_one(path, told);
    EXPECT_TRUE(again->import->crs_proposals.at(0).swapped);
}

TEST_F(SettleCrs, notices_axes_exchanged_under_the_right_name) {
    const auto dataset = read_one(shapefile("EPSG:5899", "EPSG:5899", true));
    EXPECT_EQ(dataset->crs.code(), "EPSG:5899");
    EXPECT_THAT(about_crs(dataset), Contains("posts.shp: its coordinates make sense only with the axes exchanged; "
                                             "exchange them with --swap-axes."));
    EXPECT_THAT(questions(dataset), ElementsAre(Question::Kind::swapped_axes));
    EXPECT_TRUE(dataset->import->crs_proposals.at(0).swapped);
    EXPECT_EQ(dataset->import->crs_proposals.at(0).crs.code(), "EPSG:5899");
}

TEST_F(SettleCrs, refuses_degrees_that_are_said_to_be_metres_and_the_other_way_round) {
    const auto degrees = read_one(shapefile("EPSG:4326", "EPSG:5899"));
    EXPECT_FALSE(degrees->crs.known());
    EXPECT_THAT(about_crs(degrees),
                Contains("posts.shp: its coordinates are degrees and cannot be in the coordinate system that it names "
                         "(VN-2000 / TM-3 107-45), which is taken as unknown; its coordinates look like WGS 84 "
                         "(EPSG:4326); name it with --crs EPSG:4326."));
    const auto metres = read_one(shapefile("EPSG:5899", "EPSG:4326"));
    EXPECT_FALSE(metres->crs.known());
    EXPECT_EQ(metres->import->crs_proposals.at(0).crs.code(), "EPSG:5899");
}

TEST_F(SettleCrs, warns_where_the_coordinates_lie_far_from_where_the_named_one_is_used) {
    // Web map metres that say they are UTM.
    const auto dataset = read_one(shapefile("EPSG:3857", "EPSG:32648"));
    EXPECT_EQ(dataset->crs.code(), "EPSG:32648");
    EXPECT_THAT(about_crs(dataset), Contains(HasSubstr("; its coordinates look like WGS 84 / Pseudo-Mercator")));
    EXPECT_THAT(questions(dataset), ElementsAre(Question::Kind::crs));
}

TEST_F(SettleCrs, leaves_alone_what_is_right) {
    for (const char* crs : {"EPSG:5899", "EPSG:3405", "EPSG:4326", "EPSG:3857", "EPSG:32648"}) {
        const auto dataset = read_one(shapefile(crs, crs), {.near = quang_ninh});
        EXPECT_EQ(dataset->crs.code(), crs);
        EXPECT_THAT(questions(dataset), IsEmpty()) << crs;
    }
}

TEST_F(SettleCrs, notices_latitude_before_longitude) {
    const auto impossible = read_one(shapefile("EPSG:4326", "EPSG:4326", true));
    EXPECT_FALSE(impossible->crs.known());
    EXPECT_THAT(about_crs(impossible),
                Contains(HasSubstr("WGS 84 (EPSG:4326) with the axes exchanged; name it with --crs EPSG:4326 "
                                   "--swap-axes.")));
    // Paris: possible both ways, so only what is open tells.
    write_layers(folder.path() / "paris.shp", "ESRI Shapefile",
                 {{"paris", wkbPoint, {{"1", "POINT(48.85 2.35)"}, {"2", "POINT(48.9 2.3)"}}, "EPSG:4326"}});
    const auto paris = read_one(folder.path() / "paris.shp", {.near = Box{1.4, 48.1, 3.6, 49.3}});
    EXPECT_EQ(paris->crs, Crs::wgs84());
    EXPECT_THAT(questions(paris), ElementsAre(Question::Kind::swapped_axes));
    EXPECT_THAT(questions(read_one(folder.path() / "paris.shp")), IsEmpty());
}

TEST_F(SettleCrs, treats_points_from_columns_alike) {
    // As on paper in Vietnam: X is the northing, Y the easting. In EPSG:5899.
    put(folder.path() / "moc.csv",
        "Mốc,X (m),Y (m)\n1,2379123.12,452345.67\n2,2381000.5,460100.25\n3,2350000.5,470000.5\n");
    const auto dataset = read_one(folder.path() / "moc.csv", {.near = quang_ninh});
    EXPECT_EQ(dataset->geometry.kind(), GeometryKind::point);
    EXPECT_FALSE(dataset->crs.known());
    EXPECT_EQ(dataset->import->crs_proposals.at(0).crs.code(), "EPSG:5899");
    EXPECT_TRUE(dataset->import->crs_proposals.at(0).swapped);
    ReadOptions told{.crs = "EPSG:5899"};
    told.import.swap_axes = true;
    EXPECT_EQ(read_one(folder.path() / "moc.csv", told)->geometry.points()[0], (Point{452345.67, 2379123.12}));
    // The headers say longitude and latitude, the cells have them the other way round.
    put(folder.path() / "tram.csv", "lon,lat\n21.5,107.4\n21.4,107.5\n");
    EXPECT_FALSE(read_one(folder.path() / "tram.csv")->crs.known());
    told.crs.clear();
    const auto right = read_one(folder.path() / "tram.csv", told);
    EXPECT_EQ(right->crs, Crs::wgs84());
    EXPECT_THAT(right->diagnostics, IsEmpty());
}

TEST_F(SettleCrs, lets_the_user_name_the_crs_of_columns) {
    put(folder.path() / "t.csv", "lon,lat\n107.4,21.5\n");
    EXPECT_EQ(read_one(folder.path() / "t.csv", {.crs = "EPSG:4756"})->crs.code(), "EPSG:4756");
}

TEST(Reproject, gives_the_same_features_in_another_crs_and_says_how) {
    const TemporaryFolder folder;
    write_layers(folder.path() / "a.gpkg", "GPKG",
                 {{"a", wkbPoint, {{"1", "POINT(107.5 21.5)"}, {"2", ""}}, "EPSG:4326"}});
    const auto dataset = read_one(folder.path() / "a.gpkg");
    const auto there = reproject(*dataset, Crs::from_text("EPSG:5899").value());
    ASSERT_TRUE(there);
    EXPECT_EQ(there->crs.code(), "EPSG:5899");
    EXPECT_EQ(there->table, dataset->table);
    // cs2cs 9.1.1: echo "21.5 107.5" | cs2cs -f %.4f EPSG:4326 EPSG:5899
    EXPECT_NEAR(there->geometry.points()[0].x, 473902.4663, 1e-3);
    EXPECT_NEAR(there->geometry.points()[0].y, 2378331.2072, 1e-3);
    EXPECT_THAT(
        texts_of(there->diagnostics),
        Contains("transformed to VN-2000 / TM-3 107-45 (EPSG:5899): Inverse of VN-2000 to WGS 84 (2), about 1 m."));
}

TEST(Reproject, lists_what_it_cannot_transform_and_refuses_what_it_cannot_do) {
    Dataset dataset;
    dataset.name = "posts";
    dataset.table = Table({Column("name", ColumnType::text, std::vector<std::string>{"A", "B", "C"})}, 3);
    dataset.geometry =
        Geometry(GeometryKind::point, {{107, 21}, {107, 95}, {107, 22}}, {0, 1, 2, 3}, {0, 1, 2, 3}, {0, 1, 2, 3});
    dataset.crs = Crs::wgs84();
    const auto there = reproject(dataset, Crs::from_text("EPSG:3857").value());
    ASSERT_TRUE(there);
    EXPECT_THAT(texts_of(there->diagnostics),
                Contains(HasSubstr("1 coordinate lies outside the map's coordinate system: B")));
    EXPECT_EQ(there->geometry.feature_count(), 3U);
    const auto unknown = reproject(dataset, Crs());
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().what, "Coordinates of an unknown coordinate system cannot be transformed");
    dataset.geometry = Geometry(GeometryKind::point, {{107, 95}}, {0, 1}, {0, 1}, {0, 1});
    dataset.table = Table({Column("name", ColumnType::text, std::vector<std::string>{"B"})}, 1);
    EXPECT_FALSE(reproject(dataset, Crs::from_text("EPSG:3857").value()));
    Dataset plain;
    EXPECT_TRUE(reproject(plain, Crs::wgs84()));
}

}  // namespace
}  // namespace diaban
