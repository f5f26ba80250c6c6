#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "query/language/parse.h"
#include "query/language/words.h"
#include "query/language/write.h"
#include "random_condition.h"

namespace diaban {
namespace {

using namespace query;
using testing::HasSubstr;

Condition parsed(std::string_view text) {
    auto condition = parse_condition(text);
    if (!condition) throw std::runtime_error(to_text(condition.error()));
    return std::move(*condition);
}

std::string parse_error(std::string_view text) {
    const auto condition = parse_condition(text);
    return condition ? "no error" : to_text(condition.error());
}

/// Written back: what the canonical form of a text is.
std::string rewritten(std::string_view text) {
    return to_text(parsed(text));
}

Sum column(const char* name) {
    return {ColumnName{name}, {}};
}
Sum number(double value, NumberUnit unit = NumberUnit::none) {
    return {Number{value, unit}, {}};
}
Condition compared(Sum left, Comparison sign, Sum right) {
    return {Compare{sign, {std::move(left), std::move(right)}}, {}};
}
Distance km(double value) {
    return {value, LengthUnit::kilometre};
}
Distance m(double value) {
    return {value, LengthUnit::metre};
}
Target layer(const char* name) {
    return {.layer = name, .where = {}, .written = {}};
}

TEST(Language, reads_attribute_conditions_as_trees) {
    EXPECT_EQ(parsed("a > 1"), compared(column("a"), Comparison::greater, number(1)));
    EXPECT_EQ(parsed("a <> 20%"), compared(column("a"), Comparison::not_equal, number(20, NumberUnit::percent)));
    EXPECT_EQ(parsed("a / b >= 1"),
              compared({Arithmetic{'/', {column("a"), column("b")}}, {}}, Comparison::at_least, number(1)));
    EXPECT_EQ(parsed("a - b - c = 0"),
              compared({Arithmetic{'-', {{Arithmetic{'-', {column("a"), column("b")}}, {}}, column("c")}}, {}},
                       Comparison::equal, number(0)));
    EXPECT_EQ(parsed("a = 1 or b = 2 and not c is null"),
              (Condition{AnyOf{{compared(column("a"), Comparison::equal, number(1)),
                                {AllOf{{compared(column("b"), Comparison::equal, number(2)),
                                        {Not{{{IsNull{{column("c")}, false}, {}}}}, {}}}},
                                 {}}}},
                         {}}));
    EXPECT_EQ(parsed("a not in (-1, 'x')"), (Condition{In{{column("a"), number(-1), {Text{"x"}, {}}}, true}, {}}));
    EXPECT_TRUE(parsed(" \n").keeps_all());
}

TEST(Language, reads_spatial_conditions_as_trees) {
    EXPECT_EQ(parsed("intersects zones"), (Condition{Relates{Relation::intersects, layer("zones")}, {}}));
    EXPECT_EQ(parsed("within zones"), (Condition{Relates{Relation::within, layer("zones")}, {}}));
    EXPECT_EQ(parsed("within 5 km of shelters"), (Condition{Near{false, km(5), layer("shelters")}, {}}));
    EXPECT_EQ(parsed("BEYOND 500M OF \"Border shelters\""),
              (Condition{Near{true, m(500), layer("Border shelters")}, {}}));
    EXPECT_EQ(parsed("among 3 nearest to shelters"), (Condition{AmongNearest{3, layer("shelters")}, {}}));
    EXPECT_EQ(parsed("along border"), (Condition{RunsAlong{layer("border"), m(100), m(500)}, {}}));
    EXPECT_EQ(parsed("along border within 50 m for 2 km"), (Condition{RunsAlong{layer("border"), m(50), km(2)}, {}}));
    EXPECT_EQ(parsed("in belt 500 m of border"), (Condition{InBelt{m(500), layer("border")}, {}}));
    EXPECT_EQ(parsed("in box (107, 21, 108, 22)"), (Condition{InDrawn{DrawnBox{{107, 21, 108, 22}}}, {}}));
    EXPECT_EQ(parsed("in circle (107.25, -21, 5 km)"), (Condition{InDrawn{DrawnCircle{{107.25, -21}, km(5)}}, {}}));
    EXPECT_EQ(parsed("in polygon (107 21, 108 21, -107.5 -22)"),
              (Condition{InDrawn{DrawnPolygon{{{107, 21}, {108, 21}, {-107.5, -22}}}}, {}}));
    Target built = layer("shelters");
    built.where.push_back(compared(column("kind"), Comparison::equal, {Text{"built"}, {}}));
    EXPECT_EQ(parsed("touches shelters where (kind = 'built')"), (Condition{Relates{Relation::touches, built}, {}}));
}

TEST(Language, takes_a_box_over_the_antimeridian_on_beyond_180_degrees) {
    EXPECT_EQ(parsed("in box (170, -20, -170, -10)"), (Condition{InDrawn{DrawnBox{{170, -20, 190, -10}}}, {}}));
    EXPECT_EQ(rewritten("in box (170, -20, -170, -10)"), "in box (170, -20, 190, -10)");
}

TEST(Language, reads_functions_as_trees) {
    const auto sum_of = [](std::string_view text) { return parse_sum(text).value(); };
    EXPECT_EQ(sum_of("count(points)"), (Sum{Aggregate{.kind = AggregateKind::count, .target = layer("points")}, {}}));
    EXPECT_EQ(sum_of("sum(a + b of points within 5km)"),
              (Sum{Aggregate{.kind = AggregateKind::sum,
                             .of = {{Arithmetic{'+', {column("a"), column("b")}}, {}}},
                             .target = layer("points"),
                             .reach = km(5)},
                   {}}));
    EXPECT_EQ(sum_of("density(points per 100 households)"), (Sum{Aggregate{.kind = AggregateKind::density,
                                                                           .target = layer("points"),
                                                                           .per = {column("households")},
                                                                           .per_each = 100},
                                                                 {}}));
    EXPECT_EQ(sum_of("distance(points)"), (Sum{ToNearest{NearestPart::distance, layer("points")}, {}}));
    EXPECT_EQ(sum_of("plain(name)"), (Sum{Plain{{column("name")}}, {}}));
    EXPECT_EQ(sum_of("area()"), (Sum{OwnMeasure::area, {}}));
    EXPECT_EQ(sum_of("length ( )"), (Sum{OwnMeasure::length, {}}));
}

TEST(Language, reads_units_in_every_spelling) {
    using enum NumberUnit;
    const auto unit = [](std::string_view text) { return std::get<Number>(parse_sum(text).value().is).unit; };
    EXPECT_EQ(unit("5 km"), kilometre);
    EXPECT_EQ(unit("5km"), kilometre);
    EXPECT_EQ(unit("500 m"), metre);
    EXPECT_EQ(unit("20%"), percent);
    EXPECT_EQ(unit("20 %"), percent);
    EXPECT_EQ(unit("12.5 ha"), hectare);
    EXPECT_EQ(unit("12.5HA"), hectare);
    EXPECT_EQ(unit("3 km2"), square_kilometre);
    EXPECT_EQ(unit("3 km²"), square_kilometre);
    EXPECT_EQ(unit("3km²"), square_kilometre);
    EXPECT_EQ(unit("3 m²"), square_metre);
    EXPECT_EQ(unit("3m2"), square_metre);
    EXPECT_EQ(unit("3"), none);
}

TEST(Language, takes_its_words_for_columns_where_the_grammar_has_no_use_for_them) {
    for (const char* word :
         {"count", "sum",  "nearest", "distance", "within", "contains", "beyond", "among", "along", "of",
          "where", "belt", "per",     "to",       "for",    "m",        "km",     "area",  "plain", "box"}) {
        const std::string text = std::string(word) + " = 3";
        EXPECT_EQ(parsed(text), compared(column(word), Comparison::equal, number(3))) << text;
        EXPECT_EQ(rewritten(text), text);
    }
    EXPECT_EQ(parsed("within in (1)"), (Condition{In{{column("within"), number(1)}, false}, {}}));
    EXPECT_EQ(parsed("contains is not null"), (Condition{IsNull{{column("contains")}, true}, {}}));
}

TEST(Language, takes_any_name_for_a_layer) {
    EXPECT_EQ(parsed("within within"), (Condition{Relates{Relation::within, layer("within")}, {}}));
    EXPECT_EQ(parsed("within 5 km of of"), (Condition{Near{false, km(5), layer("of")}, {}}));
    EXPECT_EQ(parsed("along for for 1 km"), (Condition{RunsAlong{layer("for"), m(100), km(1)}, {}}));
    EXPECT_EQ(parsed("touches \"in\""), (Condition{Relates{Relation::touches, layer("in")}, {}}));
    EXPECT_EQ(rewritten("touches \"in\" or touches \"zones\""), "touches \"in\" or touches zones");
}

TEST(Language, remembers_at_which_character_each_thing_was_written) {
    const Condition condition = parsed("a = 1 and  within 5 km of b");
    const auto& parts = std::get<AllOf>(condition.is).of;
    EXPECT_EQ(parts[0].written.at, 3u);  // the sign
    EXPECT_EQ(std::get<Compare>(parts[0].is).sides[1].written.at, 5u);
    EXPECT_EQ(parts[1].written.at, 12u);
    EXPECT_EQ(std::get<Near>(parts[1].is).target.written.at, 27u);
}

TEST(Language, writes_brackets_only_where_they_are_needed) {
    EXPECT_EQ(rewritten("((a + b)) * ((c)) > (1)"), "(a + b) * c > 1");
    EXPECT_EQ(rewritten("a + (b * c) - (d - e) = 1"), "a + b * c - (d - e) = 1");
    EXPECT_EQ(rewritten("a / (b * c) = -(5) + -5"), "a / (b * c) = -(5) + -5");
    EXPECT_EQ(rewritten("(a=1 and b=2) or (c=3)"), "a = 1 and b = 2 or c = 3");
    EXPECT_EQ(rewritten("a=1 and (b=2 or c=3)"), "a = 1 and (b = 2 or c = 3)");
    EXPECT_EQ(rewritten("NOT (NOT (a = 1))"), "not (not a = 1)");
    EXPECT_EQ(rewritten("a IS NOT NULL AND b NOT BETWEEN 1 AND 2"), "a is not null and b not between 1 and 2");
    EXPECT_EQ(rewritten("nearest( x )like 'it''s%'"), "nearest(x) like 'it''s%'");
    EXPECT_EQ(rewritten("density(x where (a=1) within 500m per 1000(b+c)) < 10.50"),
              "density(x where (a = 1) within 500 m per 1000 (b + c)) < 10.5");
    EXPECT_EQ(to_text(km(0.5)), "0.5 km");
    EXPECT_EQ(to_text(Condition{}), "");
}

TEST(Language, reads_back_whatever_it_writes) {
    const uint32_t seed = std::random_device()();
    RandomConditions random(seed);
    for (int i = 0; i < 3000; ++i) {
        const Condition condition = random.condition();
        const std::string text = to_text(condition);
        const auto again = parse_condition(text);
        ASSERT_TRUE(again) << "seed " << seed << ": " << text << "\n" << to_text(again.error());
        ASSERT_EQ(*again, condition) << "seed " << seed << ": " << text << "\n" << to_text(*again);
        ASSERT_EQ(to_text(*again), text);
    }
    for (int i = 0; i < 1000; ++i) {
        const Sum sum = random.sum();
        const auto again = parse_sum(to_text(sum));
        ASSERT_TRUE(again) << "seed " << seed << ": " << to_text(sum);
        ASSERT_EQ(*again, sum) << "seed " << seed << ": " << to_text(sum);
    }
}

TEST(Language, says_what_is_missing_round_a_layer_or_a_distance) {
    EXPECT_EQ(parse_error("within 5 of shelters"), "at character 8: a distance needs a unit. Write 5 km or 5 m.");
    EXPECT_EQ(parse_error("beyond 5 ha of shelters"), "at character 8: a distance needs a unit. Write 5 km or 5 m.");
    EXPECT_EQ(parse_error("beyond shelters"), "at character 8: a distance such as 5 km was expected, not “shelters”.");
    EXPECT_EQ(parse_error("within 5 km shelters"), "at character 13: “of” was expected, not “shelters”.");
    EXPECT_EQ(parse_error("within 5 km of"), "at character 15: a layer was expected, not the end.");
    EXPECT_EQ(parse_error("touches"), "at character 8: a layer was expected, not the end.");
    EXPECT_EQ(parse_error("touches and a = 1"), "at character 9: a layer was expected, not “and”.");
    EXPECT_EQ(parse_error("touches 'zones'"), "at character 9: a layer was expected, not “zones”.");
    EXPECT_EQ(parse_error("touches zones where a = 1"), "at character 21: “(” was expected, not “a”.");
    EXPECT_EQ(parse_error("touches zones where (a = 1"), "at character 27: “)” was expected, not the end.");
    EXPECT_EQ(parse_error("touches zones where (a)"),
              "at character 23: a comparison such as “=” or “in” was expected, not “)”.");
    EXPECT_EQ(parse_error("among 2.5 nearest to x"),
              "at character 7: a whole number such as 3 was expected, not “2.5”.");
    EXPECT_EQ(parse_error("among 0 nearest to x"), "at character 7: a whole number such as 3 was expected, not “0”.");
    EXPECT_EQ(parse_error("among 2 to x"), "at character 9: “nearest” was expected, not “to”.");
    EXPECT_EQ(parse_error("along border for 5"), "at character 18: a distance needs a unit. Write 5 km or 5 m.");
}

TEST(Language, says_what_is_wrong_with_a_distance) {
    EXPECT_EQ(parse_error("within 5,5 km of x"), "at character 8: decimals stand behind a point. Write 5.5.");
    EXPECT_EQ(parse_error("distance(x) > 5,5 km"), "at character 15: decimals stand behind a point. Write 5.5.");
    EXPECT_EQ(parse_error("stunted > 20,5%"), "at character 11: decimals stand behind a point. Write 20.5.");
    EXPECT_EQ(parse_error("within -5 km of x"), "at character 8: a distance is never negative.");
    EXPECT_EQ(parse_error("beyond -5 km of x"), "at character 8: a distance is never negative.");
    EXPECT_EQ(parse_error("count(x within -5 km) > 1"), "at character 16: a distance is never negative.");
    EXPECT_EQ(parse_error("within 5 miles of x"),
              "at character 10: “miles” is no unit of distance. Write 5 km or 5 m.");
    EXPECT_EQ(rewritten("within - 5 > 3 and beyond -5 < of"), "within - 5 > 3 and beyond - 5 < of");
}

TEST(Language, says_what_is_wrong_with_a_drawn_shape) {
    EXPECT_EQ(parse_error("in 5 km"), "at character 4: “belt”, “box”, “circle” or “polygon” was expected, not “5”.");
    EXPECT_EQ(parse_error("in box (1, 2, 3)"), "at character 16: “,” was expected, not “)”.");
    EXPECT_EQ(parse_error("in box (1, 95, 3, 4)"), "at character 12: a latitude is at most 90 degrees.");
    EXPECT_EQ(parse_error("in box (1, 2, 3, 1)"), "at character 18: the north of the box lies south of its south.");
    EXPECT_EQ(parse_error("in circle (361, 2, 5 km)"), "at character 12: a longitude is at most 360 degrees.");
    EXPECT_EQ(parse_error("in circle (1, 2, 5)"), "at character 18: a distance needs a unit. Write 5 km or 5 m.");
    EXPECT_EQ(parse_error("in polygon (1 2, 3 4)"), "at character 21: a polygon has three corners or more.");
    EXPECT_EQ(parse_error("in polygon (1 2, x 4)"), "at character 18: degrees such as 107.25 was expected, not “x”.");
}

TEST(Language, says_what_is_wrong_with_a_function) {
    EXPECT_EQ(parse_error("counts(x) > 1"),
              "at character 1: there is no such function. There are: count, sum, mean, min, max, distinct, density, "
              "distance, direction, nearest, area, length, plain.");
    EXPECT_EQ(parse_error("sum(x) > 1"), "at character 6: “of” was expected, not “)”.");
    EXPECT_EQ(parse_error("count() > 1"), "at character 7: a layer was expected, not “)”.");
    EXPECT_EQ(parse_error("count(x within 5) > 1"), "at character 16: a distance needs a unit. Write 5 km or 5 m.");
    EXPECT_EQ(parse_error("density(x per households) > 1"),
              "at character 15: a number such as 1000 was expected, not “households”.");
    EXPECT_EQ(parse_error("density(x per 0 households) > 1"),
              "at character 15: a number such as 1000 was expected, not “0”.");
    EXPECT_EQ(parse_error("area(x) > 1"), "at character 6: “)” was expected, not “x”.");
}

TEST(Language, finds_the_character_of_an_error_again) {
    EXPECT_EQ(error_position(parse_condition("within 5 of shelters").error()), 8u);
    EXPECT_EQ(error_position(parse_condition("số_hộ > ;").error()), 9u);
    EXPECT_EQ(error_position({.what = "no place"}), 0u);
    EXPECT_EQ(error_position({}), 0u);
}

TEST(Language, reads_what_near_says_with_the_layer_first) {
    const auto near = [](std::string_view text) { return to_text(parse_near(text).value()); };
    EXPECT_EQ(near("shelters within 5 km"), "within 5 km of shelters");
    EXPECT_EQ(near("shelters where (kind = 'x') beyond 5 km"), "beyond 5 km of shelters where (kind = 'x')");
    EXPECT_EQ(near("3 nearest to shelters"), "among 3 nearest to shelters");
    const auto refused = [](std::string_view text) { return to_text(parse_near(text).error()); };
    EXPECT_EQ(refused("shelters"), "at character 9: “within” or “beyond” was expected, not the end.");
    EXPECT_EQ(refused("shelters within 5"), "at character 17: a distance needs a unit. Write 5 km or 5 m.");
    EXPECT_EQ(refused("shelters within 5 km and x"), "at character 22: the end was expected, not “and”.");
    EXPECT_EQ(refused(""), "at character 1: a layer was expected, not the end.");
}

TEST(Language, reads_every_example_of_the_guide) {
    std::ifstream guide(DIABAN_SOURCE_DIR "/docs/queries.md");
    ASSERT_TRUE(guide);
    std::string kind;
    int conditions = 0;
    for (std::string line; std::getline(guide, line);) {
        if (line.starts_with("```")) {
            kind = line.substr(3);
        } else if (kind == "query") {
            EXPECT_TRUE(parse_condition(line)) << line << ": " << parse_error(line);
            ++conditions;
        } else if (kind == "sum") {
            EXPECT_TRUE(parse_sum(line)) << line;
        }
    }
    EXPECT_GT(conditions, 20);
}

}  // namespace
}  // namespace diaban
