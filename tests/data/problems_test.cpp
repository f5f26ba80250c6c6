#include "data/problems.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>

#include "data/files.h"
#include "data/ground.h"
#include "geo/planar.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Read from a GeoPackage with a text field "code".
DatasetPtr read_wkt(const std::vector<std::pair<std::string, std::string>>& features, const char* crs = "EPSG:4326",
                    const ReadOptions& options = {}) {
    const TemporaryFolder folder;
    write_layers(folder.path() / "a.gpkg", "GPKG", {{"units", wkbUnknown, features, crs}});
    return read_one(folder.path() / "a.gpkg", options);
}

Problems problems_of(const DatasetPtr& dataset) {
    Progress progress;
    auto problems = find_problems(*dataset, progress);
    if (!problems) throw std::runtime_error(to_text(problems.error()));
    EXPECT_EQ(problems->shapes.feature_count(), problems->list.size());
    return std::move(*problems);
}

/// "overlap 0 1: 25".
std::vector<std::string> in_words(const Problems& problems) {
    std::vector<std::string> words;
    for (const Problem& p : problems.list)
        words.push_back(to_id(p.kind) + " " + std::to_string(p.feature) +
                        (p.other ? " " + std::to_string(*p.other) : "") + ": " + std::to_string(std::lround(p.area)));
    return words;
}

/// The area of a box of degrees on the WGS 84 ellipsoid, by the closed form for zones (Snyder 1987, eq. 3-12): the
/// sides of constant latitude are parallels, not geodesics, which for small boxes makes no difference.
double box_area(double width, double south, double north) {
    constexpr double a = 6378137, f = 1 / 298.257223563, pi = 3.14159265358979323846;
    const double e = std::sqrt(f * (2 - f));
    const auto q = [&](double degrees) {
        const double s = std::sin(degrees * pi / 180);
        return (1 - e * e) * (s / (1 - e * e * s * s) - std::log((1 - e * s) / (1 + e * s)) / (2 * e));
    };
    return a * a / 2 * (q(north) - q(south)) * width * pi / 180;
}

const std::string bow = "POLYGON ((107 21,107.02 21.02,107.02 21,107 21.02,107 21))";

TEST(ReadGeometry, repairs_invalid_rings_keeps_the_originals_and_tells_how_areas_change) {
    const auto dataset = read_wkt({{"a", "POLYGON ((106 21,106.01 21,106.01 21.01,106 21))"}, {"b", bow}});
    EXPECT_THAT(find_invalid(dataset->geometry), IsEmpty());
    ASSERT_EQ(dataset->repairs.list.size(), 1U);
    const Repair& repair = dataset->repairs.list[0];
    EXPECT_EQ(repair.feature, 1U);
    EXPECT_EQ(repair.reason, "Self-intersection");
    EXPECT_TRUE(repair.mended);
    // Two triangles, each a quarter of the box; the bow as it came winds both ways, and its area is nearly nothing.
    EXPECT_NEAR(repair.area_after, box_area(0.02, 21, 21.02) / 2, 100);
    EXPECT_LT(repair.area_before, 0.01 * repair.area_after);
    ASSERT_EQ(dataset->repairs.originals.feature_count(), 1U);
    EXPECT_EQ(dataset->repairs.originals.points_of(0).size(), 5U);
    EXPECT_EQ(dataset->repairs.originals.points_of(0)[1], (Point{107.02, 21.02}));
    ASSERT_EQ(dataset->diagnostics.size(), 1U);
    EXPECT_EQ(dataset->diagnostics[0].kind, DiagnosticKind::repaired_ring);
    EXPECT_THAT(to_text(dataset->diagnostics[0]),
                AllOf(HasSubstr("1 feature had an invalid ring and was repaired: b (Self-intersection; repaired: its "
                                "area was "),
                      HasSubstr("; together they grew by 2.302 km².")));
}

TEST(ReadGeometry, leaves_invalid_rings_alone_when_asked_to) {
    ReadOptions options;
    options.import.repair = false;
    const auto dataset = read_wkt({{"b", bow}}, "EPSG:4326", options);
    EXPECT_EQ(dataset->geometry.points_of(0).size(), 5U);
    EXPECT_THAT(dataset->repairs.list, IsEmpty());
    EXPECT_THAT(texts_of(dataset->diagnostics),
                ElementsAre("a.gpkg, layer units: 1 feature has an invalid ring: b (Self-intersection)."));
    options.check_geometry = false;
    EXPECT_THAT(read_wkt({{"b", bow}}, "EPSG:4326", options)->diagnostics, IsEmpty());
}

TEST(ReadGeometry, keeps_a_shape_of_which_no_repair_would_leave_anything) {
    const auto dataset = read_wkt({{"a", "POLYGON ((106 21,107 22,108 23,106 21))"}});
    ASSERT_EQ(dataset->repairs.list.size(), 1U);
    EXPECT_FALSE(dataset->repairs.list[0].mended);
    EXPECT_TRUE(dataset->geometry.has_geometry(0));
    ASSERT_EQ(dataset->diagnostics.size(), 1U);
    EXPECT_EQ(dataset->diagnostics[0].kind, DiagnosticKind::invalid_ring);
    EXPECT_THAT(dataset->diagnostics[0].detail, HasSubstr("nothing would be left of it"));
}

TEST(ReadGeometry, tells_repeated_rows_repeated_shapes_and_rows_without_any) {
    const std::string square_a = "POLYGON ((106 21,106.1 21,106.1 21.1,106 21.1,106 21))";
    const auto dataset = read_wkt({{"a", square_a}, {"b", square_a}, {"a", square_a}, {"c", ""}});
    std::vector<std::string> words;
    for (const Diagnostic& d : dataset->diagnostics)
        words.push_back(to_id(d.kind) + " " + std::to_string(d.count) + ": " + d.detail);
    EXPECT_THAT(words, testing::IsSupersetOf({"missing_geometry 1: c", "duplicate_feature 1: a has the shape of a",
                                              "duplicate_shape 1: b has the shape of a"}));
    // Of points in one place only the severity differs: villages at a commune's centre are meant.
    const auto points = read_wkt({{"a", "POINT (106 21)"}, {"b", "POINT (106 21)"}});
    ASSERT_EQ(points->diagnostics.size(), 1U);
    EXPECT_EQ(points->diagnostics[0].severity, Severity::note);
}

TEST(ReadGeometry, tells_slivers_from_small_islands) {
    // In metres: a strip 200 m long and 0.5 m wide, an islet 2 m wide, a rock of 0.5 m, a road 3 m wide.
    const auto dataset = read_wkt(
        {{"strip",
          "MULTIPOLYGON (((500000 2300000,500200 2300000,500200 2300000.5,500000 2300000.5,500000 2300000)),((500300 "
          "2300000,500900 2300000,500900 2300600,500300 2300000)))"},
         {"islet", "POLYGON ((500000 2300010,500002 2300010,500002 2300012,500000 2300012,500000 2300010))"},
         {"rock", "POLYGON ((500000 2300020,500000.5 2300020,500000.5 2300020.5,500000 2300020.5,500000 2300020))"},
         {"road", "POLYGON ((500000 2300030,500900 2300030,500900 2300033,500000 2300033,500000 2300030))"}},
        "EPSG:5899");
    ASSERT_EQ(dataset->diagnostics.size(), 1U);
    EXPECT_EQ(dataset->diagnostics[0].kind, DiagnosticKind::sliver);
    EXPECT_EQ(dataset->diagnostics[0].count, 1);
    EXPECT_EQ(dataset->diagnostics[0].detail, "strip (a part 200 m long is 0.50 m wide on average); together 100 m²");
    // The same in degrees: 0.000005° is 0.55 m.
    EXPECT_EQ(read_wkt({{"strip", "POLYGON ((106 21,106.01 21,106.01 21.000005,106 21.000005,106 21))"}})
                  ->diagnostics.at(0)
                  .kind,
              DiagnosticKind::sliver);
}

TEST(Ground, measures_in_degrees_in_a_projection_and_without_a_crs) {
    const auto degrees = read_wkt({{"a", "POLYGON ((107 21,107.02 21,107.02 21.02,107 21.02,107 21))"}});
    const double expected = box_area(0.02, 21, 21.02);
    EXPECT_NEAR(Ground(degrees->crs).area(degrees->geometry, 0), expected, 1e-5 * expected);
    const Crs zone = *Crs::from_text("EPSG:32648");
    const Geometry projected = Transform::between(Crs::wgs84(), zone)->apply(degrees->geometry);
    EXPECT_NEAR(Ground(zone).area(projected, 0), expected, 1e-5 * expected);
    EXPECT_EQ(Ground(Crs()).area(projected, 0), area(projected, 0));
    EXPECT_EQ(Ground(zone).area_in_words(1234567), "1.235 km²");
    EXPECT_EQ(Ground(zone).area_in_words(950), "950 m²");
    EXPECT_EQ(Ground(Crs()).area_in_words(12), "12 square units");
}

TEST(FindProblems, lists_overlaps_and_gaps_with_their_areas_and_both_units) {
    // UTM 48N on its central meridian, where a metre is 0.9996 m: areas on the ground are 1.0008 of those drawn.
    const auto dataset =
        read_wkt({{"a", "POLYGON ((499000 2300000,500000 2300000,500000 2301000,499000 2301000,499000 2300000))"},
                  {"b", "POLYGON ((499950 2300000,501000 2300000,501000 2301000,499950 2301000,499950 2300000))"},
                  {"c",
                   "POLYGON ((499000 2301000,501000 2301000,501000 2302000,499000 2302000,499000 2301000),"
                   "(499100 2301100,499100 2301200,499200 2301200,499200 2301100,499100 2301100))"}},
                 "EPSG:32648");
    const Problems problems = problems_of(dataset);
    ASSERT_EQ(problems.list.size(), 2U);
    const Problem& overlap = problems.list[0];
    EXPECT_EQ(overlap.kind, DiagnosticKind::overlap);
    EXPECT_EQ(overlap.feature, 0U);
    EXPECT_EQ(overlap.other, 1U);
    EXPECT_NEAR(overlap.area, 50000 / (0.9996 * 0.9996), 1);
    EXPECT_EQ(overlap.detail, "covered by a; b");
    EXPECT_EQ(problems.shapes.box_of(0), (Box{499950, 2300000, 500000, 2301000}));
    EXPECT_TRUE(contains(problems.shapes, 0, overlap.at));
    const Problem& gap = problems.list[1];
    EXPECT_EQ(gap.kind, DiagnosticKind::gap);
    EXPECT_EQ(gap.feature, 2U);
    EXPECT_FALSE(gap.other);
    EXPECT_NEAR(gap.area, 10000 / (0.9996 * 0.9996), 1);
    EXPECT_EQ(gap.detail, "a hole in c");
    EXPECT_THAT(
        texts_of(problem_diagnostics(*dataset, problems, {.file = "a.gpkg", .layer = {}, .field = {}, .row = {}})),
        ElementsAre("a.gpkg: there is 1 overlap of neighbours: a – b (50,040 m²); together 50,040 m².",
                    "a.gpkg: there is 1 gap between features or within one: c (10,008 m²); together "
                    "10,008 m²."));
}

TEST(FindProblems, finds_what_reading_was_not_asked_to_check) {
    ReadOptions options;
    options.check_geometry = false;
    const std::string square_a = "POLYGON ((106 21,106.1 21,106.1 21.1,106 21.1,106 21))";
    const auto dataset = read_wkt({{"a", square_a}, {"b", bow}, {"c", ""}, {"d", square_a}}, "EPSG:4326", options);
    const Problems problems = problems_of(dataset);
    ASSERT_EQ(problems.list.size(), 3U);
    EXPECT_EQ(problems.list[0].kind, DiagnosticKind::missing_geometry);
    EXPECT_EQ(problems.list[0].feature, 2U);
    EXPECT_EQ(problems.list[1].kind, DiagnosticKind::invalid_ring);
    EXPECT_EQ(problems.list[1].feature, 1U);
    EXPECT_EQ(problems.list[2].kind, DiagnosticKind::duplicate_shape);
    EXPECT_EQ(problems.list[2].feature, 3U);
    EXPECT_EQ(problems.list[2].other, 0U);
    EXPECT_NEAR(problems.list[2].area, box_area(0.1, 21, 21.1), 1e-4 * box_area(0.1, 21, 21.1));
}

TEST(FindProblems, finds_nothing_wrong_with_what_is_right_and_with_what_is_no_polygon) {
    EXPECT_THAT(
        in_words(problems_of(read_wkt({{"a", "POLYGON ((0 0,1 0,1 1,0 0))"}, {"b", "POLYGON ((1 0,2 0,1 1,1 0))"}}))),
        IsEmpty());
    EXPECT_THAT(in_words(problems_of(read_wkt({{"a", "LINESTRING (0 0,2 2,2 0,0 2)"}}))), IsEmpty());
    EXPECT_THAT(in_words(problems_of(std::make_shared<Dataset>())), IsEmpty());
    Progress progress;
    progress.cancel();
    EXPECT_EQ(find_problems(*read_wkt({{"a", "POLYGON ((0 0,1 0,1 1,0 0))"}}), progress).error().kind,
              ErrorKind::cancelled);
}

TEST(ProblemsLayer, shows_every_problem_at_its_place) {
    const auto dataset = read_wkt({{"a", "POLYGON ((106 21,106.1 21,106.1 21.1,106 21.1,106 21))"},
                                   {"b", "POLYGON ((106.05 21,106.2 21,106.2 21.1,106.05 21.1,106.05 21))"},
                                   {"c", bow},
                                   {"d", ""}});
    const Problems problems = problems_of(dataset);
    const DatasetPtr layer = problems_layer(*dataset, problems);
    EXPECT_EQ(layer->name, dataset->name + ": problems");
    EXPECT_EQ(layer->crs, dataset->crs);
    ASSERT_EQ(layer->size(), 3U);
    ASSERT_EQ(layer->geometry.feature_count(), 3U);
    std::vector<std::string> rows;
    for (std::size_t row = 0; row < layer->size(); ++row)
        rows.push_back(layer->table.find("kind")->text(row) + ", " + layer->table.find("unit")->text(row) + ", " +
                       layer->table.find("other_unit")->text(row));
    EXPECT_THAT(rows, ElementsAre("no geometry, d, ", "repaired ring, c, ", "overlap, a, b"));
    EXPECT_FALSE(layer->geometry.has_geometry(0));
    EXPECT_TRUE(layer->geometry.box_of(1).contains({107.01, 21.01}));
    EXPECT_LT(layer->geometry.box_of(1).width(), 0.001);
    EXPECT_NEAR(*layer->table.find("area_m2")->number(2), box_area(0.05, 21, 21.1), 1000);
    EXPECT_TRUE(layer->table.find("other_unit")->is_null(0));
}

TEST(ProblemsLayer, gives_points_and_lines_a_square_around_them) {
    const auto dataset = read_wkt({{"a", "POINT (106 21)"}, {"b", "POINT (106 21)"}, {"c", "POINT (107 22)"}});
    const auto layer = problems_layer(*dataset, problems_of(dataset));
    ASSERT_EQ(layer->size(), 1U);
    EXPECT_EQ(layer->geometry.box_of(0).centre(), (Point{106, 21}));
    EXPECT_GT(layer->geometry.box_of(0).width(), 0);
}

TEST(FindProblems, checks_a_province) {
    const std::filesystem::path path = DIABAN_SOURCE_DIR "/../shared/data/quang_ninh.gpkg";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not there";
    const auto communes = read_one(path, {.layer = "communes"});
    EXPECT_THAT(communes->repairs.list, IsEmpty());
    EXPECT_THAT(in_words(problems_of(communes)), IsEmpty());

    // One commune moved by 0.001° to the east: what it leaves open and what it covers is the same on both sides but
    // for its coast.
    Dataset moved = *communes;
    std::vector<Point> points(moved.geometry.points().begin(), moved.geometry.points().end());
    const auto first = static_cast<std::size_t>(moved.geometry.points_of(7).data() - moved.geometry.points().data());
    for (std::size_t i = first; i < first + moved.geometry.points_of(7).size(); ++i)
        points[i].x += 0.001;
    moved.geometry = moved.geometry.with_points(std::move(points));
    Progress progress;
    const auto problems = find_coverage_problems(moved, progress);
    ASSERT_TRUE(problems);
    double overlaps = 0;
    for (const Problem& problem : problems->list) {
        const bool concerned = problem.feature == 7 || problem.kind == DiagnosticKind::gap || problem.other == 7U;
        EXPECT_TRUE(concerned) << problem.detail;
        if (problem.kind == DiagnosticKind::overlap) overlaps += problem.area;
    }
    EXPECT_GT(overlaps, 1e5);
    EXPECT_THAT(find_invalid(problems->shapes), IsEmpty());
}

}  // namespace
}  // namespace diaban
