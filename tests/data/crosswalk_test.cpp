// Crosswalks: where they come from, what is wrong with them, how they are mended. Expected shares are worked out by
// hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

#include "base/text.h"
#include "data/crosswalk/build.h"
#include "data/crosswalk/crosswalk_table.h"
#include "data/crosswalk/unit_lookup.h"
#include "files.h"

namespace diaban {
namespace {

using Texts = std::vector<std::string>;

const std::filesystem::path facts = std::filesystem::path(DIABAN_SOURCE_DIR) / "data/quang_ninh/facts";

Dataset table_of(std::vector<Column> columns) {
    const std::size_t rows = columns.front().size();
    Dataset dataset;
    dataset.name = "pairs";
    dataset.from.path = "pairs.csv";
    dataset.table = Table(std::move(columns), rows);
    return dataset;
}

Column texts(const std::string& name, Texts values) {
    std::vector<uint8_t> present;
    for (const std::string& value : values)
        present.push_back(value.empty() ? 0 : 1);
    return Column(name, ColumnType::text, std::move(values), std::move(present));
}

Dataset polygons(const std::vector<std::pair<std::string, std::string>>& units, const char* crs = nullptr) {
    Texts ids;
    std::vector<std::string_view> wkt;
    for (const auto& [id, shape] : units) {
        ids.push_back(id);
        wkt.push_back(shape);
    }
    Dataset dataset = table_of({texts("code", ids)});
    dataset.geometry = geometry_from_wkt(wkt);
    if (crs) dataset.crs = Crs::from_text(crs).value();
    return dataset;
}

std::string box(double x0, double y0, double x1, double y1) {
    const auto at = [](double x, double y) { return std::to_string(x) + " " + std::to_string(y); };
    return "POLYGON((" + at(x0, y0) + "," + at(x1, y0) + "," + at(x1, y1) + "," + at(x0, y1) + "," + at(x0, y0) + "))";
}

/// "a>X 0.5 area": a crosswalk as a test reads it.
Texts in_short(const Crosswalk& crosswalk) {
    Texts lines;
    for (const Correspondence& pair : crosswalk.pairs)
        lines.push_back(pair.from + ">" + pair.to + " " +
                        Column("", ColumnType::real, std::vector<double>{std::round(pair.share * 1e6) / 1e6}).text(0) +
                        " " + to_id(pair.basis));
    return lines;
}

Crosswalk overlay(const Dataset& old_units, const Dataset& new_units, const OverlayOptions& options = {}) {
    Progress progress;
    auto crosswalk = from_overlay({old_units, "code", ""}, {new_units, "code", ""}, options, progress);
    if (!crosswalk) throw std::runtime_error(to_text(crosswalk.error()));
    return *crosswalk;
}

Expected<Crosswalk> pairs_of(const Dataset& table, const std::string& share = {}) {
    return from_table(table, {.from = "from", .to = "to", .from_name = {}, .to_name = {}, .share = share});
}

// ── from a table ──

TEST(CrosswalkFromTable, takes_shares_as_fractions_or_percent_and_splits_the_rest_equally) {
    const auto fractions =
        table_of({texts("from", {"a", "a", "b"}), texts("to", {"X", "Y", "Y"}), texts("share", {"0.25", "0.75", ""})});
    EXPECT_EQ(in_short(*pairs_of(fractions, "share")), (Texts{"a>X 0.25 table", "a>Y 0.75 table", "b>Y 1 whole"}));
    const auto percent =
        table_of({texts("from", {"a", "a", "a"}), texts("to", {"X", "Y", "Z"}), texts("share", {"50 %", "", ""})});
    const auto crosswalk = pairs_of(percent, "share");
    EXPECT_EQ(in_short(*crosswalk), (Texts{"a>X 0.5 table", "a>Y 0.25 equal_split", "a>Z 0.25 equal_split"}));
    EXPECT_EQ(texts_of(crosswalk->diagnostics), (Texts{"pairs.csv, field share: the shares are taken as percent."}));
}

TEST(CrosswalkFromTable, splits_a_unit_without_shares_equally_as_an_assumption) {
    const auto table = table_of({texts("from", {"a", "b", "a"}), texts("to", {"X", "X", "Y"})});
    const auto crosswalk = pairs_of(table);
    EXPECT_EQ(in_short(*crosswalk), (Texts{"a>X 0.5 equal_split", "a>Y 0.5 equal_split", "b>X 1 whole"}));
    EXPECT_EQ(texts_of(check(*crosswalk)), (Texts{"units whose shares are assumed: 1: a."}));
    EXPECT_EQ(crosswalk->pairs[0].source, "pairs.csv");
}

TEST(CrosswalkFromTable, scales_rounded_shares_and_reports_wrong_ones) {
    const auto rounded = table_of(
        {texts("from", {"a", "a", "a"}), texts("to", {"X", "Y", "Z"}), texts("share", {"33.3", "33.3", "33.3"})});
    const auto thirds = pairs_of(rounded, "share");
    EXPECT_DOUBLE_EQ(thirds->pairs[0].share, 1.0 / 3);
    EXPECT_TRUE(check(*thirds).empty());
    const auto wrong =
        table_of({texts("from", {"a", "a", "b"}), texts("to", {"X", "Y", "X"}), texts("share", {"0.9", "0.4", "0.5"})});
    EXPECT_EQ(texts_of(check(*pairs_of(wrong, "share"))),
              (Texts{"units with shares above 100% in sum: 1: a (130.00%).",
                     "units with shares below 100% in sum, the rest of which is lost: 1: b (50.00%)."}));
}

TEST(CrosswalkFromTable, knows_units_that_go_nowhere_and_units_that_receive_nothing) {
    const auto table = table_of({texts("from", {"a", "b", "", ""}), texts("to", {"X", "", "Y", ""})});
    const auto crosswalk = pairs_of(table);
    EXPECT_EQ(texts_of(crosswalk->diagnostics), (Texts{"pairs.csv: rows without a unit: 1: row 4."}));
    EXPECT_EQ(texts_of(check(*crosswalk)),
              (Texts{"units that go nowhere: 1: b.", "units that receive nothing: 1: Y."}));
}

TEST(CrosswalkFromTable, refuses_what_is_no_share_and_what_is_no_column) {
    const auto table = table_of({texts("from", {"a"}), texts("to", {"X"}), texts("share", {"half"})});
    EXPECT_EQ(to_text(pairs_of(table, "share").error()),
              "pairs.csv, field share, row 1: “half” is no share. A share is a number from 0 to 1, or from 0 to 100.");
    EXPECT_EQ(to_text(pairs_of(table, "shares").error()),
              "pairs.csv: there is no field “shares”. Did you mean “share”?");
    const auto empty = table_of({texts("from", {}), texts("to", {})});
    EXPECT_EQ(pairs_of(empty).error().kind, ErrorKind::bad_input);
}

// ── from names ──

TEST(MergerList, reads_the_wordings_of_resolutions) {
    const auto read = [](std::string_view list) {
        std::string text;
        for (const MergedUnit& unit : read_merger_list(list, ",", "Xã Cái Chiên"))
            text += (text.empty() ? "" : "|") + unit.name + (unit.partial ? "*" : "");
        return text;
    };
    EXPECT_EQ(read("Phường Hà Phong, Phường Hà Tu"), "Phường Hà Phong|Phường Hà Tu");
    EXPECT_EQ(read("giữ nguyên"), "Xã Cái Chiên");
    EXPECT_EQ(read(""), "");
    EXPECT_EQ(read("Xã Phúc Sơn, Xã Gia Sinh và phần còn lại của  Xã Gia Tân"), "Xã Phúc Sơn|Xã Gia Sinh|Xã Gia Tân*");
    EXPECT_EQ(read("Xã Minh Hải và một phần diện tích tự nhiên, quy mô dân số của Xã Lạc Đạo"),
              "Xã Minh Hải|Xã Lạc Đạo*");
    EXPECT_EQ(
        read(
            "một phần diện tích TN, quy mô dân số của các phường Cửa Nam, Điện Biên, phần còn lại của phường Cửa Đông, "
            "Đồng Xuân sau khi sắp Xếp"),
        "Phường Cửa Nam*|Phường Điện Biên*|Phường Cửa Đông*|Phường Đồng Xuân*");
    EXPECT_EQ(
        read("Xã Vân Nội và Xã Vĩnh Ngọc, Xã Xuân Nộn (phần còn lại sau khi sáp nhập vào xã Thư Lâm, xã Đông Anh), "
             "Phường Quang Trung (quận Đống Đa)"),
        "Xã Vân Nội|Xã Vĩnh Ngọc|Xã Xuân Nộn*|Phường Quang Trung (quận Đống Đa)");
    EXPECT_EQ(read("các xã An Hòa, Bình Hòa và thị trấn Chợ Mới"), "Xã An Hòa|Xã Bình Hòa|Thị trấn Chợ Mới");
    EXPECT_EQ(read("Sắp xếp một phần diện tích TN, toàn bộ quy mô dân số của phường Phường Tây Tựu"),
              "Phường Tây Tựu*");
    EXPECT_EQ(read("Alpha, Beta"), "Alpha|Beta");
}

TEST(CrosswalkFromNames, recognises_split_units_and_parts) {
    const auto units =
        table_of({texts("code", {"1", "2", "3"}), texts("list", {"Xã A, Xã B", "Xã B, một phần của Xã C", ""})});
    const auto crosswalk =
        from_name_lists(units, {.id = "code", .name = {}, .list = "list", .separator = {}, .parent = {}});
    EXPECT_EQ(in_short(*crosswalk),
              (Texts{"Xã A>1 1 names", "Xã B>1 0.5 equal_split", "Xã B>2 0.5 equal_split", "Xã C>2 1 equal_split"}));
    EXPECT_EQ(
        texts_of(crosswalk->diagnostics),
        (Texts{
            "pairs.csv, field list: units without a list: 1: 3.",
            "pairs.csv, field list: names in several mergers, of units that were split or of several places: 1: Xã B.",
            "pairs.csv, field list: units of which only a part is named: 1: Xã C."}));
}

// Counts after data/quang_ninh/README.md and the facts beside it: 171 units before, 54 after, 12 names in several
// mergers (11 in two, Xã Hải Lạng in three), so 171 + 12 + 1 = 184 pairs.
TEST(CrosswalkFromNames, understands_the_published_lists_of_quang_ninh) {
    const auto gazetteer = read_one(facts / "quang_ninh_gazetteer.csv");
    const auto lists = from_name_lists(*gazetteer, {.id = "code", .name = "full_name", .list = "merged_from"});
    ASSERT_TRUE(lists) << to_text(lists.error());
    const auto old_units = read_one(facts / "quang_ninh_old_units.csv");
    const auto table = from_table(*old_units, {.from = "old_full_name",
                                               .to = "new_code",
                                               .from_name = {},
                                               .to_name = "new_full_name",
                                               .mentions = "named_in_mergers"});
    ASSERT_TRUE(table) << to_text(table.error());
    for (const Crosswalk& crosswalk : {*lists, *table}) {
        EXPECT_EQ(crosswalk.pairs.size(), 184U);
        EXPECT_EQ(crosswalk.from_units.size(), 171U);
        EXPECT_EQ(crosswalk.to_units.size(), 54U);
        std::set<std::string> split;
        for (const Correspondence& pair : crosswalk.pairs)
            if (pair.basis == Basis::equal_split) split.insert(pair.from);
        EXPECT_EQ(split.size(), 12U);
        const auto findings = check(crosswalk);
        ASSERT_EQ(findings.size(), 1U);
        EXPECT_EQ(findings.front().count, 12);
    }
    EXPECT_TRUE(table->diagnostics.empty());  // no row miscounted
    // Both say the same, but for what they rest on.
    EXPECT_EQ(lists->from_units, table->from_units);
    EXPECT_EQ(lists->to_units, table->to_units);
    for (std::size_t i = 0; i < lists->pairs.size(); ++i) {
        EXPECT_EQ(lists->pairs[i].to, table->pairs[i].to);
        EXPECT_EQ(lists->pairs[i].share, table->pairs[i].share);
    }
}

TEST(UnitLookup, finds_by_code_name_and_bare_name_but_not_where_two_bear_it) {
    const UnitLookup lookup({{"06838", "Xã Bình Liêu"}, {"06820", "Phường Bắc Sơn"}, {"06724", "Xã Bắc Sơn"}});
    EXPECT_EQ(lookup.find("6838").unit, 0U);
    EXPECT_EQ(lookup.find(" xã  Bình Liêu ").unit, 0U);
    EXPECT_EQ(lookup.find("Bình Liêu").unit, 0U);
    EXPECT_EQ(lookup.find("Xã Bắc Sơn").unit, 2U);
    EXPECT_TRUE(lookup.find("Bắc Sơn").ambiguous);
    EXPECT_FALSE(lookup.find("Phường Bình Liêu").unit);
    EXPECT_FALSE(lookup.find("").unit);
    EXPECT_TRUE(same_unit_key("Xã Hoà Bình", "XÃ HÒA-BÌNH"));  // tone-mark convention, case, hyphen
    EXPECT_FALSE(same_unit_key("Phường Quang Trung (Hà Đông)", "Phường Quang Trung (Đống Đa)"));
    EXPECT_TRUE(same_unit_key("Xa\u0303 Hải Sơn", "Xã Hải Sơn"));  // decomposed and composed
}

// ── from shapes ──

TEST(CrosswalkFromOverlay, shares_by_area) {
    const auto old_units = polygons({{"a", box(0, 0, 4, 4)}, {"b", box(4, 0, 8, 4)}});
    const auto new_units = polygons({{"X", box(0, 0, 5, 4)}, {"Y", box(5, 0, 8, 4)}});
    const auto crosswalk = overlay(old_units, new_units);
    EXPECT_EQ(in_short(crosswalk), (Texts{"a>X 1 whole", "b>X 0.25 area", "b>Y 0.75 area"}));
    EXPECT_TRUE(crosswalk.diagnostics.empty());
    EXPECT_EQ(crosswalk.pairs[1].source, "pairs.csv over pairs.csv");
}

TEST(CrosswalkFromOverlay, knows_holes_islands_and_units_in_several_rows) {
    // A ring around a square of 2 × 2 (16 − 4 = 12), and a unit of two islands.
    const auto old_units = polygons({{"ring", "POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,3 1,3 3,1 3,1 1))"},
                                     {"core", box(1, 1, 3, 3)},
                                     {"isles", box(10, 0, 11, 1)},
                                     {"isles", box(12, 0, 13, 3)}});
    const auto new_units = polygons({{"west", box(0, 0, 2, 4)},
                                     {"east", "MULTIPOLYGON(((2 0,4 0,4 4,2 4,2 0)),((12 0,13 0,13 3,12 3,12 0)))"},
                                     {"small", box(10, 0, 11, 1)}});
    EXPECT_EQ(in_short(overlay(old_units, new_units)),
              (Texts{"core>east 0.5 area", "core>west 0.5 area", "isles>east 0.75 area", "isles>small 0.25 area",
                     "ring>east 0.5 area", "ring>west 0.5 area"}));
}

TEST(CrosswalkFromOverlay, snaps_slivers_away_and_leaves_gaps_open) {
    const auto old_units = polygons({{"a", box(0, 0, 10, 10)}, {"b", box(10, 0, 20, 10)}, {"c", box(20, 0, 30, 10)}});
    const auto new_units =
        polygons({{"A", box(0, 0, 10.005, 10)}, {"B", box(10.005, 0, 20, 10)}, {"C", box(20, 0, 25, 10)}});
    const auto crosswalk = overlay(old_units, new_units);
    EXPECT_EQ(in_short(crosswalk), (Texts{"a>A 1 whole", "b>B 1 whole", "c>C 0.5 area"}));
    EXPECT_EQ(texts_of(crosswalk.diagnostics),
              (Texts{"pairs.csv: slivers between boundaries, left out: 1: b.",
                     "pairs.csv: units that the new boundaries cover in part only: 1: c (50.0% uncovered)."}));
}

TEST(CrosswalkFromOverlay, keeps_a_small_unit_that_lies_in_a_large_one) {
    const auto old_units = polygons({{"large", box(0, 0, 100, 100)}});
    const auto new_units = polygons({{"rest", "POLYGON((0 0,100 0,100 100,0 100,0 0),(50 50,51 50,51 51,50 51,50 50))"},
                                     {"tiny", box(50, 50, 51, 51)}});
    EXPECT_EQ(in_short(overlay(old_units, new_units)), (Texts{"large>rest 0.9999 area", "large>tiny 0.0001 area"}));
}

// Between two parallels the ellipsoid's area goes with the difference of q = 2 × the authalic function of the latitude
// (Snyder, Map Projections: A Working Manual, 1987, equation 3-12), here worked out independently.
TEST(CrosswalkFromOverlay, measures_true_areas_of_degrees) {
    const auto q = [](double degrees) {
        const double e2 = 0.00669437999014, e = std::sqrt(e2), s = std::sin(degrees * std::numbers::pi / 180);
        return (1 - e2) * (s / (1 - e2 * s * s) - std::log((1 - e * s) / (1 + e * s)) / (2 * e));
    };
    const auto old_units = polygons({{"a", box(10, 0, 11, 60)}}, "EPSG:4326");
    const auto new_units = polygons({{"S", box(10, 0, 11, 30)}, {"N", box(10, 30, 11, 60)}}, "EPSG:4326");
    const auto crosswalk = overlay(old_units, new_units);
    ASSERT_EQ(crosswalk.pairs.size(), 2U);
    EXPECT_EQ(crosswalk.pairs[1].to, "S");
    EXPECT_NEAR(crosswalk.pairs[1].share, q(30) / q(60), 1e-9);
    EXPECT_GT(crosswalk.pairs[1].share, 0.57);  // in degrees it would be a half
}

TEST(CrosswalkFromOverlay, brings_different_coordinate_systems_together) {
    const auto degrees = polygons({{"a", box(107, 21, 107.1, 21.1)}, {"b", box(107.1, 21, 107.2, 21.1)}}, "EPSG:4326");
    Dataset metres = degrees;
    metres.crs = Crs::from_text("EPSG:32648").value();
    metres.geometry = Transform::between(degrees.crs, metres.crs)->apply(degrees.geometry);
    EXPECT_EQ(in_short(overlay(degrees, metres)), (Texts{"a>a 1 whole", "b>b 1 whole"}));
    metres.crs = {};
    Progress progress;
    EXPECT_EQ(
        to_text(from_overlay({degrees, "code", ""}, {metres, "code", ""}, {}, progress).error()),
        "pairs.csv: the layer has no coordinate system, but another one of them has. Name its coordinate system.");
}

TEST(CrosswalkFromOverlay, is_the_identity_on_identical_partitions) {
    const auto units = polygons({{"a", box(107, 21, 107.1, 21.1)}, {"b", box(107.1, 21, 107.2, 21.1)}}, "EPSG:4326");
    const auto crosswalk = overlay(units, units);
    EXPECT_TRUE(is_identity(crosswalk));
    EXPECT_TRUE(crosswalk.diagnostics.empty());
}

TEST(CrosswalkFromOverlay, is_the_identity_on_a_faulty_layer_too_and_reports_overlaps_else) {
    const auto faulty = polygons({{"a", box(0, 0, 10, 10)}, {"b", box(9, 0, 20, 10)}});
    EXPECT_TRUE(is_identity(overlay(faulty, faulty)));
    const auto old_units = polygons({{"all", box(0, 0, 20, 10)}});
    const auto crosswalk = overlay(old_units, faulty);
    EXPECT_EQ(in_short(crosswalk), (Texts{"all>a 0.47619 area", "all>b 0.52381 area"}));  // 100 and 110 of 210
    EXPECT_EQ(texts_of(crosswalk.diagnostics),
              (Texts{"pairs.csv: units where the new boundaries overlap each other: 1: all (105.0%)."}));
}

TEST(CrosswalkFromOverlay, refuses_points_and_can_be_cancelled) {
    const auto units = polygons({{"a", box(0, 0, 1, 1)}});
    auto points = units;
    const std::string_view wkt[] = {"POINT(0 0)"};
    points.geometry = geometry_from_wkt(wkt);
    Progress progress;
    EXPECT_EQ(to_text(from_overlay({units, "code", ""}, {points, "code", ""}, {}, progress).error()),
              "pairs.csv: the layer has no polygons. Choose a layer of boundaries.");
    progress.cancel();
    EXPECT_EQ(from_overlay({units, "code", ""}, {units, "code", ""}, {}, progress).error().kind, ErrorKind::cancelled);
}

TEST(CrosswalkFromPoints, shares_by_weight_and_falls_back_on_area) {
    const auto old_units = polygons({{"a", box(0, 0, 2, 2)}, {"b", box(2, 0, 6, 2)}});
    const auto new_units = polygons({{"X", box(0, 0, 1, 2)}, {"Y", box(1, 0, 3, 2)}, {"Z", box(3, 0, 6, 2)}});
    Dataset villages =
        table_of({Column("households", ColumnType::real, std::vector<double>{30, 60, 90, 5, 7}, {1, 1, 1, 1, 0})});
    const std::string_view wkt[] = {"POINT(0.5 1)", "POINT(1.5 1)", "POINT(1.2 1.5)", "POINT(40 40)", "POINT(0.2 0.2)"};
    villages.geometry = geometry_from_wkt(wkt);
    Progress progress;
    const auto crosswalk =
        from_points({old_units, "code", ""}, {new_units, "code", ""}, villages, "households", {}, progress);
    ASSERT_TRUE(crosswalk) << to_text(crosswalk.error());
    EXPECT_EQ(in_short(*crosswalk),
              (Texts{"a>X 0.166667 points", "a>Y 0.833333 points", "b>Y 0.25 area", "b>Z 0.75 area"}));
    EXPECT_EQ(texts_of(crosswalk->diagnostics),
              (Texts{"pairs.csv: points without a weight or a place, left out: 1: row 5.",
                     "pairs.csv: points outside the old units, left out: 1: row 4.",
                     "pairs.csv: units without points, shared by area: 1: b."}));
    villages.table = Table({Column("households", ColumnType::integer, std::vector<int64_t>{3, 6, -9, 5, 7})}, 5);
    EXPECT_EQ(
        to_text(from_points({old_units, "code", ""}, {new_units, "code", ""}, villages, "households", {}, progress)
                    .error()),
        "pairs.csv, field households, row 3: the weight is negative. Mend it in the source.");
}

// The boundaries of the whole province, 195,779 vertices, islands and all.
TEST(CrosswalkFromOverlay, is_the_identity_on_real_boundaries_and_finds_units_put_together_whole) {
    const std::filesystem::path path = std::filesystem::path(DIABAN_SOURCE_DIR) / "../shared/data/quang_ninh.gpkg";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "no real boundaries beside the project";
    const auto communes = read_one(path, {.layer = "communes", .check_geometry = false});
    EXPECT_TRUE(is_identity(overlay(*communes, *communes)));
    Dataset groups = *communes;
    Texts ids;
    for (std::size_t row = 0; row < communes->size(); ++row)
        ids.push_back(communes->table.find("code")->text(row).substr(0, 4));
    groups.table = Table({texts("code", ids)}, ids.size());
    for (const Correspondence& pair : overlay(*communes, groups).pairs) {
        EXPECT_EQ(pair.to, pair.from.substr(0, 4));
        EXPECT_EQ(pair.share, 1);
        EXPECT_EQ(pair.basis, Basis::whole);
    }
}

// ── the other direction, corrections, tables ──

Crosswalk example() {
    return *pairs_of(
        table_of({texts("from", {"a", "a", "b"}), texts("to", {"X", "Y", "Y"}), texts("share", {"0.25", "0.75", "1"})}),
        "share");
}

TEST(CrosswalkInvert, weighs_the_sources_of_each_new_unit) {
    // Y holds 0.75 of a's 80 people and all of b's 20: 60 and 20.
    EXPECT_EQ(in_short(invert(example(), {{"a", 80}, {"b", 20}})),
              (Texts{"X>a 1 whole", "Y>a 0.75 points", "Y>b 0.25 points"}));
    const auto unweighted = invert(example(), {{"a", 80}});
    EXPECT_EQ(in_short(unweighted), (Texts{"X>a 1 whole", "Y>a 0.5 equal_split", "Y>b 0.5 equal_split"}));
    EXPECT_EQ(texts_of(unweighted.diagnostics),
              (Texts{"units split equally because a part of theirs has no weight: 1: Y."}));
}

TEST(CrosswalkCorrect, replaces_shares_and_scales_the_rest_of_the_unit) {
    const auto corrected = correct(example(), {{"a", "X", 0.4, "land office"}});
    EXPECT_EQ(in_short(*corrected), (Texts{"a>X 0.4 corrected", "a>Y 0.6 corrected", "b>Y 1 whole"}));
    EXPECT_EQ(corrections_of(*corrected), (std::vector<Correction>{{"a", "X", 0.4, "land office"}}));
    // A pair that nobody had thought of; the correction before stays.
    EXPECT_EQ(in_short(*correct(*corrected, {{"b", "X", 0.1, ""}})),
              (Texts{"a>X 0.4 corrected", "a>Y 0.6 corrected", "b>X 0.1 corrected", "b>Y 0.9 corrected"}));
    EXPECT_EQ(to_text(correct(example(), {{"north", "X", 1, ""}}).error()),
              "the crosswalk has no unit “north”. There are: a, b.");
    EXPECT_EQ(to_text(correct(example(), {{"a", "X", 0.7, ""}, {"a", "Y", 0.7, ""}}).error()),
              "the corrected shares of a add up to 140.0%. They may be 100% at most.");
    EXPECT_EQ(correct(example(), {{"a", "X", std::nan(""), ""}}).error().kind, ErrorKind::bad_input);
}

TEST(CrosswalkBetterShares, replace_equal_ones_only_and_only_among_the_places_named) {
    const auto names = *pairs_of(table_of({texts("from", {"a", "a", "b"}), texts("to", {"X", "Y", "Y"})}));
    const auto old_units = polygons({{"a", box(0, 0, 10, 1)}, {"b", box(10, 0, 12, 1)}});
    const auto new_units = polygons({{"X", box(0, 0, 6, 1)}, {"Y", box(6, 0, 8, 1)}, {"Z", box(8, 0, 12, 1)}});
    EXPECT_EQ(in_short(with_better_shares(names, overlay(old_units, new_units))),
              (Texts{"a>X 0.75 area", "a>Y 0.25 area", "b>Y 1 whole"}));
}

TEST(CrosswalkTable, is_read_back_from_csv_as_it_was_written) {
    TemporaryFolder folder;
    auto crosswalk = *correct(example(), {{"a", "X", 1.0 / 3, "minutes of 3 March, page 2"}});
    crosswalk.from_units.push_back({"lost", "Xã Lost"});
    crosswalk.to_units.push_back({"W", "Xã W"});
    put_in_order(crosswalk);
    put(folder.path() / "pairs.csv", to_csv(crosswalk));
    const auto back = from_table(*read_one(folder.path() / "pairs.csv"), crosswalk_columns());
    ASSERT_TRUE(back) << to_text(back.error());
    EXPECT_EQ(back->pairs, crosswalk.pairs);
    EXPECT_EQ(back->from_units, crosswalk.from_units);
    EXPECT_EQ(back->to_units, crosswalk.to_units);
    EXPECT_EQ(to_csv(crosswalk).substr(0, to_csv(crosswalk).find('\n')),
              "from,from_name,to,to_name,share,basis,source,corrected");
}

}  // namespace
}  // namespace diaban
