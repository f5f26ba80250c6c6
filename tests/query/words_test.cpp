#include "query/language/words.h"

#include <gtest/gtest.h>

#include "query/language/parse.h"
#include "random_condition.h"

namespace diaban {
namespace {

const LayerNames names = [](const std::string& id) -> std::string {
    if (id == "border") return "Border line";
    if (id == "shelters") return "Border shelters";
    if (id == "sanitation") return "Sanitation facilities";
    return id;
};

std::string words(std::string_view text) {
    return in_words(parse_condition(text).value(), names);
}
std::string sum_words(std::string_view text) {
    return in_words(parse_sum(text).value(), names);
}

TEST(Words, say_the_question_of_a_coordinator) {
    EXPECT_EQ(words("along border and stunted / measured > 20% and density(sanitation per 100 households) < 10 and "
                    "beyond 5 km of shelters"),
              "that run along “Border line”, whose stunted / measured is above 20%, with fewer than 10 “Sanitation "
              "facilities” per 100 households and that are farther than 5 km from every one of “Border shelters”");
    EXPECT_EQ(words(""), "");
}

TEST(Words, say_comparisons) {
    EXPECT_EQ(words("a = 1"), "whose a is 1");
    EXPECT_EQ(words("a != 'x'"), "whose a is not “x”");
    EXPECT_EQ(words("a < 12500.5"), "whose a is below 12,500.5");
    EXPECT_EQ(words("year <= 2021"), "whose year is at most 2021");
    EXPECT_EQ(words("\"số hộ\" >= 0.05"), "whose “số hộ” is at least 0.05");
    EXPECT_EQ(words("5 <= a"), "whose a is at least 5");
    EXPECT_EQ(words("(a - b) * c > -1"), "whose (a − b) × c is above −1");
    EXPECT_EQ(words("a - (b - c) > a / (b * c)"), "whose a − (b − c) is above a / (b × c)");
    EXPECT_EQ(words("a between 1 and 2"), "whose a is between 1 and 2");
    EXPECT_EQ(words("a in (1, 2, 3)"), "whose a is 1, 2 or 3");
    EXPECT_EQ(words("a not in ('x', 'y')"), "whose a is none of “x” and “y”");
    EXPECT_EQ(words("a not in ('x')"), "whose a is not “x”");
    EXPECT_EQ(words("a is null"), "whose a is not known");
    EXPECT_EQ(words("a is not null"), "whose a is known");
    EXPECT_EQ(words("plain(name) = 'binh lieu'"), "whose name without diacritics is “binh lieu”");
}

TEST(Words, say_days_as_days) {
    EXPECT_EQ(words("since <= '2025-06-30'"), "whose since is 2025-06-30 or before");
    EXPECT_EQ(words("since > '2025-06-30'"), "whose since is after 2025-06-30");
    EXPECT_EQ(words("not since > '2025-06-30'"), "whose since is 2025-06-30 or before (or not known)");
    EXPECT_EQ(words("since between '2025-01-01' and '2025-06-30'"), "whose since is between 2025-01-01 and 2025-06-30");
    EXPECT_EQ(words("since < '2025'"), "whose since is below “2025”") << "a year is no day";
}

TEST(Words, say_patterns_by_where_they_are_open) {
    EXPECT_EQ(words("name like 'Xã %'"), "whose name begins with “Xã ”");
    EXPECT_EQ(words("name like '%x'"), "whose name ends in “x”");
    EXPECT_EQ(words("name not like '%x%'"), "whose name does not contain “x”");
    EXPECT_EQ(words("name like 'x'"), "whose name is “x”");
    EXPECT_EQ(words("name like 'a%b_'"), "whose name is like “a%b_”");
    EXPECT_EQ(words("name like '%'"), "whose name is like “%”");
}

TEST(Words, say_counts_as_people_do) {
    EXPECT_EQ(words("count(sanitation within 2 km) < 10"), "with fewer than 10 “Sanitation facilities” within 2 km");
    EXPECT_EQ(words("count(sanitation) >= 3"), "with at least 3 “Sanitation facilities” in them");
    EXPECT_EQ(words("count(sanitation) = 0"), "with no “Sanitation facilities” in them");
    EXPECT_EQ(words("count(sanitation) < 1"), "with no “Sanitation facilities” in them");
    EXPECT_EQ(words("0 < count(sanitation)"), "with “Sanitation facilities” in them");
    EXPECT_EQ(words("not count(sanitation) < 10"), "with at least 10 “Sanitation facilities” in them");
    EXPECT_EQ(words("density(sanitation) > 2"), "with more than 2 “Sanitation facilities” per km²");
    EXPECT_EQ(words("count(sanitation) / households < 0.1"),
              "whose number of “Sanitation facilities” / households is below 0.1");
}

TEST(Words, say_what_is_around) {
    EXPECT_EQ(words("within 500 m of shelters"), "that are within 500 m of one of “Border shelters”");
    EXPECT_EQ(words("touches shelters where (kind = 'x' and a > 1)"),
              "that touch one of “Border shelters” (those whose kind is “x” and whose a is above 1)");
    EXPECT_EQ(words("among 3 nearest to shelters"), "that are among the 3 nearest to one of “Border shelters”");
    EXPECT_EQ(words("among 1 nearest to shelters"), "that are the nearest to one of “Border shelters”");
    EXPECT_EQ(words("along border within 50 m for 2 km"),
              "that run along “Border line” for at least 2 km no farther than 50 m from it");
    EXPECT_EQ(words("in belt 500 m of border"), "that reach into the border belt 500 m deep from “Border line”");
    EXPECT_EQ(words("in circle (107.4, 21.5, 5 km)"), "that reach into the circle of 5 km around 21.5000°N 107.4000°E");
    EXPECT_EQ(words("in box (1, 2, 3, 4)"), "that reach into the drawn rectangle");
    EXPECT_EQ(words("distance(shelters) > 5 km"), "whose distance to the nearest of “Border shelters” is above 5 km");
}

TEST(Words, group_and_negate) {
    EXPECT_EQ(words("a = 1 or b = 2 or c = 3"), "whose a is 1, whose b is 2 or whose c is 3");
    EXPECT_EQ(words("a = 1 and (b = 2 or c = 3)"), "whose a is 1, and either whose b is 2 or whose c is 3");
    EXPECT_EQ(words("a = 1 and b = 2 or c = 3"), "whose a is 1 and whose b is 2, or whose c is 3");
    EXPECT_EQ(words("a = 1 and (b = 2 or c = 3 and d = 4)"),
              "whose a is 1, and (whose b is 2, or whose c is 3 and whose d is 4)");
    EXPECT_EQ(words("not a = 1"), "whose a is not 1 (or not known)");
    EXPECT_EQ(words("not (not a > 1)"), "whose a is above 1");
    EXPECT_EQ(words("not a is null"), "whose a is known");
    EXPECT_EQ(words("not (a = 1 or touches x)"), "that are not among those (whose a is 1 or that touch one of “x”)");
    EXPECT_EQ(words("not within 5 km of x"), "that are within 5 km of none of “x”");
    EXPECT_EQ(words("not along border"), "that do not run along “Border line”");
}

TEST(Words, say_columns) {
    EXPECT_EQ(sum_words("count(sanitation within 5 km)"), "number of “Sanitation facilities” within 5 km");
    EXPECT_EQ(sum_words("mean(seats of sanitation)"), "mean seats of “Sanitation facilities”");
    EXPECT_EQ(sum_words("distinct(kind of sanitation)"), "number of different kind of “Sanitation facilities”");
    EXPECT_EQ(sum_words("density(sanitation per 1000 households)"),
              "number of “Sanitation facilities” per 1000 households");
    EXPECT_EQ(sum_words("nearest(shelters)"), "nearest of “Border shelters”");
    EXPECT_EQ(sum_words("area() / 2 ha"), "area / 2 ha");
}

TEST(Words, are_found_for_whatever_can_be_written) {
    const uint32_t seed = std::random_device()();
    query::RandomConditions random(seed);
    for (int i = 0; i < 1000; ++i)
        EXPECT_FALSE(in_words(random.condition(), names).empty()) << "seed " << seed;
}

}  // namespace
}  // namespace diaban
