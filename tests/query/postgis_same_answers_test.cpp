// The same questions to PostGIS and to Diaban, of the same data, compared pair by pair and count by count. Where
// PostGIS is not installed, these tests are skipped.
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <sstream>
#include <utility>

#include "data/postgres_server.h"
#include "data/read.h"
#include "geo/earth/earth_shapes.h"
#include "geo/earth_support.h"
#include "geo/relate/lies_in.h"
#include "geo/relate/related.h"
#include "geo/validity.h"

namespace diaban {
namespace {

using Pairs = std::set<std::pair<uint32_t, uint32_t>>;
using Texts = std::vector<std::string_view>;

constexpr std::array<std::pair<SpatialRelation, const char*>, 6> relations{
    {{SpatialRelation::intersects, "ST_Intersects"},
     {SpatialRelation::within, "ST_Within"},
     {SpatialRelation::contains, "ST_Contains"},
     {SpatialRelation::touches, "ST_Touches"},
     {SpatialRelation::overlaps, "ST_Overlaps"},
     {SpatialRelation::crosses, "ST_Crosses"}}};

/// What a coverage of communes has, small: shared edges and corners, a hole and what fills it, parts that touch in a
/// corner, corners in the middle of a neighbour's edge, overlaps, the same ground twice.
const Texts tricky_areas{
    "POLYGON ((0 0,4 0,4 4,0 4,0 0),(1 1,3 1,3 3,1 3,1 1))",
    "POLYGON ((1 1,3 1,3 3,1 3,1 1))",
    "POLYGON ((4 0,8 0,8 4,4 4,4 0))",
    "POLYGON ((4 4,8 4,8 8,4 8,4 4))",
    "POLYGON ((0 4,4 4,4 6,2 7,0 6,0 4))",
    "MULTIPOLYGON (((8 0,10 0,10 2,8 2,8 0)),((10 2,12 2,12 4,10 4,10 2)))",
    "POLYGON ((8 2,10 2,10 4,8 4,8 2))",
    "POLYGON ((8 -1,11 -1,11 0,8 0,8 -1))",
    "POLYGON ((2 2,6 2,6 6,2 6,2 2))",
    "POLYGON ((8 0,4 0,4 2,4 4,8 4,8 0))",
    "POLYGON ((1 1,2 3,3 1,1 1))",
    "POLYGON ((4 1,6 2,4 3,4 1))",
    "MULTIPOLYGON (((0 0,1 0,1 -1,0 0)),((2 0,3 0,3 -1,2 0)),((5 5,6 5,6 6,5 5)))",
    "",
};
const Texts tricky_lines{"LINESTRING (0 0,4 4)",
                         "LINESTRING (4 0,4 4,8 4)",
                         "LINESTRING (-1 2,13 2)",
                         "LINESTRING (1 1,3 1,3 3)",
                         "LINESTRING (1.5 1.5,2.5 2.5)",
                         "LINESTRING (0 -2,0 -1)",
                         "LINESTRING (4 2,6 2)",
                         "LINESTRING (6 2,4 2)",
                         "LINESTRING (5 1,5 3)",
                         "LINESTRING (10 2,11 1)",
                         "LINESTRING (5 2,7 2)",
                         "LINESTRING (0 0,0 4,4 4,4 0,0 0)",
                         "MULTILINESTRING ((0 0,1 0),(8 0,8 4))"};
const Texts tricky_points{"POINT (0 0)",     "POINT (2 2)", "POINT (1 2)", "POINT (4 2)",
                          "POINT (10 2)",    "POINT (5 1)", "POINT (8 4)", "POINT (20 20)",
                          "POINT (0.5 0.5)", "POINT (6 2)", "POINT (4 4)", "POINT (2 -0.5)"};
const Texts tricky_clumps{"MULTIPOINT ((0 0),(2 2))", "MULTIPOINT ((4 2),(20 20))", "MULTIPOINT ((0.5 0.5),(0 0))",
                          "MULTIPOINT ((5 1),(20 20))"};

class SameAnswers : public testing::Test {
protected:
    static void SetUpTestSuite() {
        if (PostgresServer::programs().empty() || !PostgresServer::has_postgis()) return;
        server_ = std::make_unique<PostgresServer>();
        server_->sql("CREATE EXTENSION postgis;");
    }
    static void TearDownTestSuite() { server_.reset(); }
    void SetUp() override {
        if (!server_) GTEST_SKIP() << "PostgreSQL with PostGIS is not installed";
    }

    /// A table of (id, geom), numbered as the features are.
    static void put_table(const std::string& name, const Geometry& geometry) {
        const auto rows = server_->folder() / (name + ".tsv");
        {
            std::ofstream file(rows);
            for (uint32_t f = 0; f < geometry.feature_count(); ++f)
                if (geometry.has_geometry(f)) file << f << '\t' << to_wkt(geometry, f) << '\n';
        }
        server_->sql("CREATE TABLE " + name + " (id int, geom geometry); \\copy " + name + " FROM '" + rows.string() +
                     "'\nCREATE INDEX ON " + name + " USING gist (geom); ANALYZE " + name + ";");
    }
    static void put_points(const std::string& name, const std::vector<Point>& points) {
        const auto rows = server_->folder() / (name + ".tsv");
        {
            std::ofstream file(rows);
            file.precision(17);
            for (std::size_t i = 0; i < points.size(); ++i)
                file << i << '\t' << points[i].x << '\t' << points[i].y << '\n';
        }
        server_->sql("CREATE TABLE " + name + "_xy (id int, x float8, y float8); \\copy " + name + "_xy FROM '" +
                     rows.string() + "'\nCREATE TABLE " + name + " AS SELECT id, ST_MakePoint(x, y) AS geom FROM " +
                     name + "_xy; CREATE INDEX ON " + name + " USING gist (geom); ANALYZE " + name + ";");
    }
    /// The rows that a SELECT gives, as lines of words.
    static std::vector<std::vector<double>> rows_of(const std::string& select) {
        const auto file = server_->folder() / "answer.tsv";
        server_->sql("\\copy (" + select + ") TO '" + file.string() + "'\n");
        std::vector<std::vector<double>> rows;
        std::ifstream in(file);
        for (std::string line; std::getline(in, line);) {
            std::istringstream words(line);
            rows.emplace_back();
            for (double number = 0; words >> number;)
                rows.back().push_back(number);
        }
        return rows;
    }
    static Pairs pairs_of(const std::string& select) {
        Pairs pairs;
        for (const auto& row : rows_of(select))
            pairs.emplace(static_cast<uint32_t>(row[0]), static_cast<uint32_t>(row[1]));
        return pairs;
    }

    /// Which features of one table have each relation to which of another, of the pairs `among` which is asked.
    static std::map<SpatialRelation, Pairs> related_pairs(const std::string& a, const std::string& b,
                                                          const std::string& among) {
        std::string asked;
        for (const auto& [relation, function] : relations)
            asked += std::string(", ") + function + "(a.geom, b.geom)::int";
        std::map<SpatialRelation, Pairs> all;
        for (const auto& [relation, function] : relations)
            all[relation];
        for (const auto& row : rows_of("SELECT a.id, b.id" + asked + " FROM " + a + " a, " + b + " b WHERE " + among))
            for (std::size_t i = 0; i < relations.size(); ++i)
                if (row[2 + i] != 0)
                    all[relations[i].first].emplace(static_cast<uint32_t>(row[0]), static_cast<uint32_t>(row[1]));
        return all;
    }

    static std::unique_ptr<PostgresServer> server_;
};
std::unique_ptr<PostgresServer> SameAnswers::server_;

/// Which feature of a has the relation to which of b: b's features considered one at a time.
Pairs pairs_by_diaban(const Geometry& a, const Geometry& b, SpatialRelation relation) {
    Pairs pairs;
    for (uint32_t j = 0; j < b.feature_count(); ++j) {
        std::vector<uint8_t> considered(b.feature_count());
        considered[j] = 1;
        Progress progress;
        const Related found = related(a, b, considered, relation, progress).value();
        for (uint32_t i = 0; i < a.feature_count(); ++i)
            if (found.kept[i]) pairs.emplace(i, j);
    }
    return pairs;
}

std::vector<Point> scattered(const Box& box, std::size_t count, unsigned seed) {
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> x(box.min_x, box.max_x), y(box.min_y, box.max_y);
    std::vector<Point> points(count);
    for (Point& p : points)
        p = {x(random), y(random)};
    return points;
}

/// Area, point: what lies_in() says.
Pairs pairs_in(const Containment& all) {
    Pairs pairs;
    for (uint32_t area = 0; area + 1 < all.offsets.size(); ++area)
        for (std::size_t i = all.offsets[area]; i < all.offsets[area + 1]; ++i)
            pairs.emplace(area, all.items[i]);
    return pairs;
}

/// 54 communes with tens of thousands of corners; null where the file is not there.
DatasetPtr communes() {
    const std::filesystem::path file = DIABAN_SOURCE_DIR "/../shared/data/quang_ninh.gpkg";
    if (!std::filesystem::exists(file)) return nullptr;
    Progress progress;
    const auto layers = read(file, {.layer = "communes"}, progress);
    return layers ? layers->front() : nullptr;
}

TEST_F(SameAnswers, in_each_pair_of_tricky_shapes) {
    const std::map<std::string, Geometry> layers{{"areas", geometry_from_wkt(tricky_areas)},
                                                 {"lines", geometry_from_wkt(tricky_lines)},
                                                 {"points", geometry_from_wkt(tricky_points)},
                                                 {"clumps", geometry_from_wkt(tricky_clumps)}};
    for (const auto& [name, geometry] : layers)
        put_table(name, geometry);
    std::size_t found = 0;
    for (const auto& [name_a, a] : layers)
        for (const auto& [name_b, b] : layers) {
            const auto theirs = related_pairs(name_a, name_b, "true");
            for (const auto& [relation, function] : relations) {
                EXPECT_EQ(pairs_by_diaban(a, b, relation), theirs.at(relation))
                    << name_a << " " << function << " " << name_b;
                found += theirs.at(relation).size();
            }
        }
    EXPECT_GT(found, 500U);  // so that agreeing on nothing is not enough
}

TEST_F(SameAnswers, of_points_within_areas_and_a_point_on_a_shared_border_counts_once) {
    // A net of 6 × 6 cells; points anywhere, and on borders and corners that two or four cells share.
    GeometryBuilder builder(GeometryKind::polygon);
    constexpr int side = 6;
    for (int i = 0; i < side * side; ++i) {
        const double x = i % side, y = i / side;
        builder.begin_feature(), builder.begin_part();
        builder.add_ring(std::vector<Point>{{x, y}, {x + 1, y}, {x + 1, y + 1}, {x, y + 1}});
    }
    const Geometry cells = std::move(builder).finish();
    std::vector<Point> points = scattered({-1, -1, side + 1, side + 1}, 5'000, 11);
    const std::size_t anywhere = points.size();
    for (int i = 1; i < side; ++i)
        for (int k = 0; k < 4 * side; ++k)
            if (const double at = 0.25 * k + 0.25; at < side)
                points.push_back({1.0 * i, at}), points.push_back({at, 1.0 * i});
    put_table("cells", cells);
    put_points("places", points);
    Progress progress;
    const Pairs ours = pairs_in(lies_in(cells, points, progress).value());
    const Pairs contained = pairs_of("SELECT a.id, p.id FROM cells a JOIN places p ON ST_Contains(a.geom, p.geom)");
    const Pairs covered = pairs_of("SELECT a.id, p.id FROM cells a JOIN places p ON ST_Covers(a.geom, p.geom)");
    std::vector<int> counted(points.size()), in_none(points.size()), in_both(points.size());
    for (const auto& pair : ours)
        ++counted[pair.second];
    for (const auto& pair : contained)
        ++in_none[pair.second];
    for (const auto& pair : covered)
        ++in_both[pair.second];
    for (std::size_t i = 0; i < points.size(); ++i) {
        SCOPED_TRACE(testing::Message() << points[i].x << " " << points[i].y);
        if (i < anywhere) {
            ASSERT_EQ(counted[i], in_none[i]);
            continue;
        }
        ASSERT_EQ(counted[i], 1);  // by the stated rule: east of an upright border, north of a level one
        ASSERT_EQ(in_none[i], 0);
        ASSERT_GE(in_both[i], 2);
    }
    // Whichever cell counts a point, PostGIS has the point in that cell or on its border.
    for (const auto& pair : ours)
        ASSERT_TRUE(covered.contains(pair));
    for (const auto& pair : contained)
        ASSERT_TRUE(ours.contains(pair));
}

TEST_F(SameAnswers, of_20_000_points_in_the_communes_of_a_province) {
    const DatasetPtr data = communes();
    if (!data) GTEST_SKIP() << "there is no ../shared/data/quang_ninh.gpkg";
    const std::vector<Point> points = scattered(data->geometry.box(), 20'000, 12);
    put_table("communes", data->geometry);
    put_points("people", points);
    Progress progress;
    const Pairs ours = pairs_in(lies_in(data->geometry, points, progress).value());
    EXPECT_EQ(ours, pairs_of("SELECT a.id, p.id FROM communes a JOIN people p ON ST_Contains(a.geom, p.geom)"));
    EXPECT_GT(ours.size(), 3'000U);
    // Of two communes each once: PostGIS takes its time for shapes of so many corners.
    const auto theirs = related_pairs("communes", "communes", "a.id < b.id AND a.geom && b.geom");
    for (const auto& [relation, function] : relations) {
        Pairs pairs = pairs_by_diaban(data->geometry, data->geometry, relation);
        std::erase_if(pairs, [](const auto& pair) { return pair.first >= pair.second; });
        EXPECT_EQ(pairs, theirs.at(relation)) << function;
    }
    EXPECT_GT(theirs.at(SpatialRelation::intersects).size(), 54U);
}

TEST_F(SameAnswers, of_distances_between_places) {
    // Villages and shelters in a country's box, and a few beyond the dateline and near the pole.
    std::vector<Point> villages = scattered({102, 8, 110, 23}, 500, 21),
                       shelters = scattered({102, 8, 110, 23}, 300, 22);
    villages.insert(villages.end(), {{179.9, -17}, {-179.95, 66}, {10, 89.9}, {105, 0}});
    shelters.insert(shelters.end(), {{-179.8, -17.1}, {179.9, 66.1}, {-160, 89.8}});
    put_points("villages", villages);
    put_points("shelters", shelters);
    const EarthShapesPtr of = on_earth(points_geometry(villages)), among = on_earth(points_geometry(shelters));
    Progress progress;
    const auto near = nearest(*of, *among, {}, Metres(std::numeric_limits<double>::infinity()), progress).value();
    const auto theirs = rows_of(
        "SELECT DISTINCT ON (v.id) v.id, s.id, ST_Distance(v.geom::geography, s.geom::geography) AS d "
        "FROM villages v, shelters s ORDER BY v.id, d");
    ASSERT_EQ(theirs.size(), villages.size());
    for (std::size_t i = 0; i < theirs.size(); ++i) {
        SCOPED_TRACE(testing::Message() << villages[i].x << " " << villages[i].y);
        EXPECT_EQ(near[i].feature, static_cast<uint32_t>(theirs[i][1]));
        EXPECT_NEAR(near[i].metres, theirs[i][2], 1e-3);
    }
    const auto within = neighbours_within(*of, *among, Metres(50'000), progress).value();
    Pairs ours;
    for (uint32_t i = 0; i + 1 < within.offsets.size(); ++i)
        for (std::size_t k = within.offsets[i]; k < within.offsets[i + 1]; ++k)
            ours.emplace(i, within.neighbours[k].feature);
    EXPECT_EQ(ours, pairs_of("SELECT v.id, s.id FROM villages v JOIN shelters s ON ST_DWithin(v.geom::geography, "
                             "s.geom::geography, 50000)"));
    EXPECT_GT(ours.size(), 500U);
}

TEST_F(SameAnswers, of_distances_to_the_communes_of_a_province) {
    const DatasetPtr data = communes();
    if (!data) GTEST_SKIP() << "there is no ../shared/data/quang_ninh.gpkg";
    ASSERT_TRUE(data->crs.geographic()) << "the test hands its coordinates over as degrees";
    const std::vector<Point> villages = scattered(data->geometry.box().grown(0.3), 25, 23);
    put_table("units", data->geometry);
    put_points("hamlets", villages);
    const EarthShapesPtr of = on_earth(points_geometry(villages)), among = on_earth(data->geometry);
    Progress progress;
    const auto near = nearest(*of, *among, {}, Metres(std::numeric_limits<double>::infinity()), progress).value();
    const auto theirs = rows_of(
        "SELECT h.id, min(ST_Distance(h.geom::geography, u.geom::geography)) FROM hamlets h, units u GROUP BY h.id "
        "ORDER BY h.id");
    ASSERT_EQ(theirs.size(), villages.size());
    for (std::size_t i = 0; i < theirs.size(); ++i)
        EXPECT_NEAR(near[i].metres, theirs[i][1], 1) << villages[i].x << " " << villages[i].y;
}

}  // namespace
}  // namespace diaban
