// Coverage beside every distance measured one by one (GeographicLib's algorithms through PROJ, by geo/measures.h).
#include "query/coverage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "geo/earth/earth_shapes.h"
#include "geo/measures.h"
#include "geo/shapes.h"
#include "small_world.h"

namespace diaban {
namespace {

using testing::Each;
using testing::HasSubstr;

/// Four villages along the 21st parallel, 0.1° (10.4 km) apart, two posts at the ends, two communes of two villages
/// each; the last village lies 0.01° from the second post and in no commune.
QueryLayers little_province() {
    QueryLayers layers;
    layers.list.push_back(
        layer_of("villages", "Villages",
                 {texts("name", {"A", "B", "C", "D"}),
                  Column("households", ColumnType::integer, std::vector<int64_t>{10, 20, 30, 40})},
                 wkt({"POINT (107.0 21)", "POINT (107.1 21)", "POINT (107.2 21)", "POINT (107.3 21)"})));
    layers.list.push_back(
        layer_of("posts", "Posts", {texts("name", {"West", "East"})}, wkt({"POINT (107.0 21)", "POINT (107.31 21)"})));
    layers.list.push_back(
        layer_of("communes", "Communes", {texts("name", {"Xã Một", "Xã Hai"})},
                 wkt({"POLYGON ((106.9 20.9, 107.15 20.9, 107.15 21.1, 106.9 21.1, 106.9 20.9))",
                      "POLYGON ((107.15 20.9, 107.25 20.9, 107.25 21.1, 107.15 21.1, 107.15 20.9))"})));
    for (QueryLayer& layer : layers.list)
        layer.date = "2025";
    return layers;
}

CoverageQuery question() {
    CoverageQuery query;
    query.demand = "villages", query.facilities = "posts", query.weight = "households", query.by = "communes";
    query.reach = {5, query::LengthUnit::kilometre};
    return query;
}

struct Asked {
    QueryLayers layers;
    CoverageQuery query;
    QueryCache cache;
    Progress progress;
    Expected<CoverageBasisPtr> basis() { return coverage_basis(query, layers, cache, progress); }
};

TEST(Coverage, counts_who_is_reached_in_total_by_area_and_by_facility) {
    Asked a{little_province(), question()};
    const CoverageBasisPtr basis = a.basis().value();
    // 5 km: A (10) by West, D (40) by East; by hand.
    const CoverageAnswer five = covered_within(*basis, Metres(5000));
    EXPECT_EQ(five.covered, (std::vector<uint8_t>{1, 0, 0, 1}));
    EXPECT_EQ(five.total, (CoverageShare{50, 100, 2, 4}));
    EXPECT_EQ(five.by_area, (std::vector<CoverageShare>{{10, 30, 1, 2}, {0, 30, 0, 1}}));
    EXPECT_EQ(five.nowhere, (CoverageShare{40, 40, 1, 1}));
    EXPECT_EQ(five.reached_by, (std::vector<double>{10, 40}));
    EXPECT_EQ(five.alone, (std::vector<double>{10, 40}));
    // 25 km: all, and B (10.4 km from West, 21.8 from East) and C (20.8, 11.4) have both.
    const CoverageAnswer far = covered_within(*basis, Metres(25'000));
    EXPECT_EQ(far.total, (CoverageShare{100, 100, 4, 4}));
    EXPECT_EQ(far.reached_by, (std::vector<double>{30, 70}));
    EXPECT_EQ(far.alone, (std::vector<double>{10, 40}));
}

TEST(Coverage, says_what_it_found_with_all_numbers_and_where_the_gap_is) {
    Asked a{little_province(), question()};
    const CoverageBasisPtr basis = a.basis().value();
    const std::string words = in_words(a.query, covered_within(*basis, Metres(5000)), *basis, a.layers);
    EXPECT_THAT(words, HasSubstr("Villages (4, weighted by households) within 5 km of Posts (2): 50 of 100 households, "
                                 "50.0%."));
    EXPECT_THAT(words, HasSubstr("2 of 4 of them are reached."));
    EXPECT_THAT(words, HasSubstr("The largest gap is in Xã Hai: 30 of 30 households are not reached."));
    EXPECT_THAT(words, HasSubstr("1 of 4 lie in none of Communes."));
    EXPECT_THAT(words, HasSubstr("From villages.gpkg, 2025; posts.gpkg, 2025; communes.gpkg, 2025."));
}

TEST(Coverage, of_unweighted_villages_counts_them) {
    Asked a{little_province(), question()};
    a.query.weight.clear(), a.query.by.clear();
    const CoverageBasisPtr basis = a.basis().value();
    const CoverageAnswer answer = covered_within(*basis, Metres(5000));
    EXPECT_EQ(answer.total, (CoverageShare{2, 4, 2, 4}));
    EXPECT_TRUE(answer.by_area.empty());
    EXPECT_THAT(in_words(a.query, answer, *basis, a.layers), HasSubstr("2 of 4 Villages, 50.0%"));
}

TEST(Coverage, asks_only_for_what_conditions_and_filters_keep) {
    Asked a{little_province(), question()};
    a.query.demand_where = "households > 10";
    a.layers.list[1].filter = "name = 'West'";
    const CoverageBasisPtr basis = a.basis().value();
    EXPECT_EQ(basis->asked, (std::vector<uint8_t>{0, 1, 1, 1}));
    EXPECT_EQ(basis->offered, (std::vector<uint8_t>{1, 0}));
    const CoverageAnswer answer = covered_within(*basis, Metres(15'000));
    EXPECT_EQ(answer.total, (CoverageShare{20, 90, 1, 3}));
    EXPECT_EQ(answer.alone, (std::vector<double>{20, 0}));
}

TEST(Coverage, counts_missing_and_negative_weights_as_nothing_and_says_so) {
    Asked a{little_province(), question()};
    const Column weights("households", ColumnType::real, std::vector<double>{-5, 20, 0, 40}, {1, 1, 0, 1});
    a.layers.list[0] = layer_of("villages", "Villages", {weights}, a.layers.list[0].features->base().geometry);
    const CoverageBasisPtr basis = a.basis().value();
    EXPECT_EQ(basis->weight, (std::vector<double>{0, 20, 0, 40}));
    ASSERT_EQ(basis->notes.size(), 2U);
    EXPECT_THAT(to_text(basis->notes[0]), HasSubstr("1 without a weight count as 0"));
    EXPECT_THAT(to_text(basis->notes[1]), HasSubstr("1 with a weight below 0 count as 0"));
}

TEST(Coverage, says_who_cannot_be_placed_on_the_earth) {
    Asked a{little_province(), question()};
    // Far outside of what the projection can undo.
    a.layers.list[1] =
        layer_of("posts", "Posts", {texts("name", {"West", "Lost"})},
                 wkt({"POINT (700000 2323000)", "POINT (1e30 1e30)"}), Crs::from_text("EPSG:32648").value());
    const CoverageBasisPtr basis = a.basis().value();
    ASSERT_EQ(basis->notes.size(), 1U);
    EXPECT_THAT(to_text(basis->notes[0]), HasSubstr("1 whose place cannot be transformed reach nobody"));
    EXPECT_THAT(basis->first, Each(0U));
}

TEST(Coverage, without_any_facility_reaches_nobody) {
    Asked a{little_province(), question()};
    a.query.facilities_where = "name = 'North'";
    const CoverageBasisPtr basis = a.basis().value();
    const CoverageAnswer answer = covered_within(*basis, Metres(1e6));
    EXPECT_EQ(answer.total, (CoverageShare{0, 100, 0, 4}));
    EXPECT_EQ(answer.reached_by, (std::vector<double>{0, 0}));
    const DatasetPtr gap = gap_dataset(a.query, answer, *basis, a.layers);
    EXPECT_EQ(gap->size(), 4U);
    EXPECT_EQ(gap->table.find("distance_m")->null_count(), 4U);
}

TEST(Coverage, tells_the_gap_areas_and_facilities_as_layers) {
    Asked a{little_province(), question()};
    const CoverageBasisPtr basis = a.basis().value();
    const CoverageAnswer answer = covered_within(*basis, Metres(5000));
    const DatasetPtr gap = gap_dataset(a.query, answer, *basis, a.layers);
    ASSERT_EQ(gap->size(), 2U);
    EXPECT_EQ(gap->name, "Villages farther than 5 km from Posts");
    EXPECT_EQ(gap->table.find("name")->text(0), "B");
    EXPECT_EQ(gap->table.find("nearest")->text(1), "East");
    EXPECT_NEAR(*gap->table.find("distance_m")->number(0), geodesic_distance({107, 21}, {107.1, 21}).value(), 0.1);
    EXPECT_EQ(gap->geometry.feature_count(), 2U);
    a.query.gap = false;
    EXPECT_EQ(gap_dataset(a.query, answer, *basis, a.layers)->table.find("name")->text(1), "D");

    const DatasetPtr areas = areas_dataset(a.query, answer, *basis, a.layers);
    ASSERT_EQ(areas->size(), 2U);
    EXPECT_EQ(areas->table.find("uncovered")->text(0), "20");
    EXPECT_NEAR(*areas->table.find("share")->number(0), 10.0 / 30, 1e-12);
    EXPECT_EQ(areas->geometry.kind(), GeometryKind::polygon);
    const DatasetPtr facilities = facilities_dataset(a.query, answer, *basis, a.layers);
    EXPECT_EQ(facilities->table.find("alone")->text(1), "40");
}

TEST(Coverage, agrees_with_every_distance_measured_one_by_one) {
    std::mt19937 random(17);
    std::uniform_real_distribution<double> east(106.5, 108.5), north(20.5, 22), weight(0, 50);
    const auto scattered = [&](int count) {
        GeometryBuilder builder(GeometryKind::point);
        for (int i = 0; i < count; ++i) {
            const Point p{east(random), north(random)};
            builder.begin_feature();
            builder.begin_part();
            builder.add_ring(std::span(&p, 1));
        }
        return std::move(builder).finish();
    };
    std::vector<double> weights(700);
    std::ranges::generate(weights, [&] { return weight(random); });
    Asked a{little_province(), question()};
    a.layers.list[0] =
        layer_of("villages", "Villages", {Column("households", ColumnType::real, weights)}, scattered(700));
    a.layers.list[1] = layer_of("posts", "Posts", {}, scattered(60));
    const CoverageBasisPtr basis = a.basis().value();
    const auto villages = a.layers.list[0].features->base().geometry.points();
    const auto posts = a.layers.list[1].features->base().geometry.points();
    for (const double reach : {500.0, 4000.0, 12'345.0, 40'000.0}) {
        const CoverageAnswer answer = covered_within(*basis, Metres(reach));
        double covered = 0;
        std::vector<double> alone(posts.size());
        for (std::size_t v = 0; v < villages.size(); ++v) {
            std::vector<std::size_t> near;
            for (std::size_t p = 0; p < posts.size(); ++p)
                if (geodesic_distance(villages[v], posts[p]).value() <= reach) near.push_back(p);
            EXPECT_EQ(answer.covered[v] != 0, !near.empty());
            if (!near.empty()) covered += weights[v];
            if (near.size() == 1) alone[near[0]] += weights[v];
        }
        EXPECT_NEAR(answer.total.covered, covered, 1e-6);
        for (std::size_t p = 0; p < posts.size(); ++p)
            EXPECT_NEAR(answer.alone[p], alone[p], 1e-6);
        const CoverageAnswer again = covered_within(*basis, Metres(reach));
        EXPECT_EQ(again.total, answer.total);
        EXPECT_EQ(again.reached_by, answer.reached_by);
    }
}

TEST(Coverage, refuses_what_cannot_be_measured_and_stops_when_asked) {
    const auto error_of = [](const std::function<void(Asked&)>& change) {
        Asked a{little_province(), question()};
        change(a);
        const auto basis = a.basis();
        return basis ? Error{} : basis.error();
    };
    EXPECT_EQ(error_of([](Asked& a) { a.query.demand = "vilages"; }).kind, ErrorKind::wrong_usage);
    EXPECT_THAT(to_text(error_of([](Asked& a) { a.query.demand = "vilages"; })), HasSubstr("villages"));
    EXPECT_THAT(to_text(error_of([](Asked& a) { a.query.weight = "name"; })),
                HasSubstr("the weight “name” is no number"));
    EXPECT_THAT(to_text(error_of([](Asked& a) { a.query.weight = "housholds"; })), HasSubstr("households"));
    EXPECT_THAT(to_text(error_of([](Asked& a) { a.query.by = "posts"; })), HasSubstr("has no areas"));
    EXPECT_THAT(to_text(error_of([](Asked& a) {
                    a.layers.list[1] =
                        layer_of("posts", "Posts", {}, a.layers.list[1].features->base().geometry, Crs());
                })),
                HasSubstr("the layer has no coordinate system"));
    EXPECT_EQ(error_of([](Asked& a) { a.progress.cancel(); }).kind, ErrorKind::cancelled);
}

}  // namespace
}  // namespace diaban
