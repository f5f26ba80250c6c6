// What holds for every crosswalk, tried on random ones. Each case logs its seed.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>
#include <set>

#include "data/crosswalk/build.h"
#include "data/crosswalk/carry.h"
#include "data/crosswalk/crosswalk_table.h"

namespace diaban {
namespace {

using Random = std::mt19937_64;

int up_to(Random& random, int most) {
    return static_cast<int>(random() % static_cast<uint64_t>(most + 1));
}
double unit_interval(Random& random) {
    return static_cast<double>(random() >> 11) * 0x1.0p-53;
}

std::string id(char kind, int number) {
    return kind + std::to_string(1000 + number);
}

/// Every from-unit goes to one to five of the to-units, by shares that add up to 1 but for rounding.
Crosswalk random_crosswalk(Random& random) {
    Crosswalk crosswalk;
    const int from = 1 + up_to(random, 30), to = 1 + up_to(random, 15);
    for (int t = 0; t < to; ++t)
        crosswalk.to_units.push_back({id('t', t), ""});
    for (int f = 0; f < from; ++f) {
        crosswalk.from_units.push_back({id('f', f), ""});
        std::set<int> targets;
        for (int k = up_to(random, 4); k >= 0; --k)
            targets.insert(up_to(random, to - 1));
        std::map<int, double> weights;
        double sum = 0;
        for (const int target : targets)
            sum += weights[target] = unit_interval(random) + 1e-6;
        const Basis basis = targets.size() == 1     ? Basis::whole
                            : up_to(random, 1) == 0 ? Basis::table
                                                    : Basis::equal_split;
        for (const auto& [target, weight] : weights)
            crosswalk.pairs.push_back({id('f', f), id('t', target), weight / sum, basis, "drawn", false});
    }
    put_in_order(crosswalk);
    return crosswalk;
}

/// Integers, reals and texts for some of the units, with nulls.
Table random_table(Random& random, const std::vector<Unit>& units) {
    std::vector<std::string> keys, notes;
    std::vector<int64_t> years, counts;
    std::vector<double> reals;
    std::vector<uint8_t> present;
    for (int64_t year = 2021; year < 2024; ++year)
        for (const Unit& unit : units) {
            if (up_to(random, 9) == 0) continue;
            keys.push_back(unit.id), years.push_back(year);
            counts.push_back(up_to(random, 3) == 0 ? up_to(random, 3) : up_to(random, 100000));
            reals.push_back((unit_interval(random) - 0.2) * 1000);
            notes.push_back(id('n', up_to(random, 3)));
            present.push_back(up_to(random, 9) == 0 ? 0 : 1);
            if (present.back() == 0) counts.back() = 0, reals.back() = 0;
        }
    const std::size_t rows = keys.size();
    return Table({Column("unit", ColumnType::text, keys), Column("year", ColumnType::integer, years),
                  Column("count", ColumnType::integer, counts, present),
                  Column("real", ColumnType::real, reals, present), Column("note", ColumnType::text, notes)},
                 rows);
}

const std::vector<ColumnRule> rules{
    {"count", CarryKind::whole_count}, {"real", CarryKind::count}, {"note", CarryKind::label}};

struct Sums {
    std::map<int64_t, int64_t> count;
    std::map<int64_t, double> real, magnitude;
};
Sums sums_of(const Table& table) {
    Sums sums;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const int64_t year = table.find("year")->integer(row).value();
        sums.count[year] += table.find("count")->integer(row).value_or(0);
        sums.real[year] += table.find("real")->number(row).value_or(0);
        sums.magnitude[year] += std::abs(table.find("real")->number(row).value_or(0));
    }
    return sums;
}

class RandomCrosswalks : public testing::TestWithParam<uint64_t> {};

TEST_P(RandomCrosswalks, keep_the_totals_of_each_year_and_whole_numbers_whole) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    Random random(GetParam());
    const Crosswalk crosswalk = random_crosswalk(random);
    const Table table = random_table(random, crosswalk.from_units);
    const auto carried = carry(table, "unit", "year", rules, crosswalk);
    ASSERT_TRUE(carried) << to_text(carried.error());
    ASSERT_EQ(carried->table.find("count")->type(), ColumnType::integer);
    const Sums before = sums_of(table), after = sums_of(carried->table);
    EXPECT_EQ(after.count, before.count);
    for (const auto& [year, sum] : before.real)
        EXPECT_NEAR(after.real.at(year), sum, 1e-13 * before.magnitude.at(year));
    for (const CarriedTotal& total : carried->totals)
        EXPECT_EQ(total.lost, 0);
    for (const Column& column : carried->table.columns())
        if (column.name().ends_with(".assumed"))
            for (std::size_t row = 0; row < column.size(); ++row) {
                EXPECT_GE(column.number(row), 0.0);
                EXPECT_LE(column.number(row), 1.0 + 1e-12);
            }
}

TEST_P(RandomCrosswalks, lose_nothing_on_the_way_through_a_table) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    Random random(GetParam());
    Crosswalk crosswalk = random_crosswalk(random);
    const auto back = from_table(to_dataset(crosswalk, "pairs"), crosswalk_columns());
    ASSERT_TRUE(back);
    EXPECT_EQ(back->pairs, crosswalk.pairs);
    EXPECT_EQ(back->from_units, crosswalk.from_units);
    EXPECT_EQ(back->to_units, crosswalk.to_units);
}

/// Cells of a grid with lines at random places, put together to units at random: a unit is one row a cell.
struct Partition {
    std::vector<double> xs, ys;
    std::vector<int> unit_of_cell;
    Dataset layer;
};
std::vector<double> random_lines(Random& random) {
    std::set<double> lines{0, 100};
    for (int k = up_to(random, 5); k > 0; --k)
        lines.insert(std::round(unit_interval(random) * 100 * 8) / 8);
    return {lines.begin(), lines.end()};
}
Partition random_partition(Random& random) {
    Partition partition{random_lines(random), random_lines(random), {}, {}};
    GeometryBuilder shapes(GeometryKind::polygon);
    std::vector<std::string> ids;
    const int units = 1 + up_to(random, 7);
    for (std::size_t i = 0; i + 1 < partition.xs.size(); ++i)
        for (std::size_t j = 0; j + 1 < partition.ys.size(); ++j) {
            partition.unit_of_cell.push_back(up_to(random, units - 1));
            ids.push_back(id('u', partition.unit_of_cell.back()));
            const double x0 = partition.xs[i], x1 = partition.xs[i + 1], y0 = partition.ys[j], y1 = partition.ys[j + 1];
            shapes.begin_feature();
            shapes.begin_part();
            shapes.add_ring(std::vector<Point>{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}});
        }
    const std::size_t rows = ids.size();
    partition.layer.table = Table({Column("code", ColumnType::text, std::move(ids))}, rows);
    partition.layer.geometry = std::move(shapes).finish();
    return partition;
}

double common(double a0, double a1, double b0, double b1) {
    return std::max(0.0, std::min(a1, b1) - std::max(a0, b0));
}

/// The areas of units' overlaps, rectangle by rectangle.
std::map<std::pair<std::string, std::string>, double> analytic_areas(const Partition& a, const Partition& b) {
    std::map<std::pair<std::string, std::string>, double> areas;
    std::size_t cell_a = 0;
    for (std::size_t i = 0; i + 1 < a.xs.size(); ++i)
        for (std::size_t j = 0; j + 1 < a.ys.size(); ++j, ++cell_a) {
            std::size_t cell_b = 0;
            for (std::size_t k = 0; k + 1 < b.xs.size(); ++k)
                for (std::size_t l = 0; l + 1 < b.ys.size(); ++l, ++cell_b)
                    areas[{id('u', a.unit_of_cell[cell_a]), id('u', b.unit_of_cell[cell_b])}] +=
                        common(a.xs[i], a.xs[i + 1], b.xs[k], b.xs[k + 1]) *
                        common(a.ys[j], a.ys[j + 1], b.ys[l], b.ys[l + 1]);
        }
    return areas;
}

Crosswalk laid_over(const Partition& a, const Partition& b) {
    Progress progress;
    return from_overlay({a.layer, "code", ""}, {b.layer, "code", ""}, {.sliver = 0, .gap = 1e-6}, progress).value();
}

TEST_P(RandomCrosswalks, have_the_analytic_shares_when_rectangles_are_laid_over_rectangles) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    Random random(GetParam());
    const Partition a = random_partition(random), b = random_partition(random);
    const Crosswalk crosswalk = laid_over(a, b);
    const auto areas = analytic_areas(a, b);
    std::map<std::string, double> wholes;
    std::size_t positive = 0;
    for (const auto& [pair, area] : areas) {
        wholes[pair.first] += area;
        positive += area > 0 ? 1U : 0U;
    }
    EXPECT_EQ(crosswalk.pairs.size(), positive);
    for (const Correspondence& pair : crosswalk.pairs)
        EXPECT_NEAR(pair.share, areas.at({pair.from, pair.to}) / wholes.at(pair.from), 1e-12) << pair.from << pair.to;
    EXPECT_TRUE(crosswalk.diagnostics.empty());

    const Table table = random_table(random, crosswalk.from_units);
    const auto carried = carry(table, "unit", "year", rules, crosswalk);
    ASSERT_TRUE(carried) << to_text(carried.error());
    EXPECT_EQ(sums_of(carried->table).count, sums_of(table).count);
}

TEST_P(RandomCrosswalks, there_and_back_are_the_identity_on_identical_partitions) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    Random random(GetParam());
    const Partition a = random_partition(random);
    const Crosswalk there = laid_over(a, a);
    ASSERT_TRUE(is_identity(there));
    std::map<std::string, double> weights;
    for (const Unit& unit : there.from_units)
        weights[unit.id] = 1 + unit_interval(random);
    const Crosswalk back = invert(there, weights);
    ASSERT_TRUE(is_identity(back));
    const Table table = random_table(random, there.from_units);
    const auto carried = carry(table, "unit", "year", rules, there);
    ASSERT_TRUE(carried);
    const auto returned = carry(carried->table, "unit", "year", rules, back);
    ASSERT_TRUE(returned);
    EXPECT_EQ(returned->table, table);
    EXPECT_TRUE(returned->diagnostics.empty());
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomCrosswalks, testing::Range<uint64_t>(1, 61));

}  // namespace
}  // namespace diaban
