#include "query/language/edit.h"

#include <gtest/gtest.h>

#include <string>

#include "query/language/parse.h"
#include "query/language/write.h"

namespace diaban::query {
namespace {

Condition read(const std::string& text) {
    return parse_condition(text).value();
}

const Condition other = read("z = 9");

TEST(EditCondition, joins_another_part_behind_one_of_a_group_joined_alike) {
    EXPECT_EQ(to_text(joined(read("a = 1 and b = 2"), {0}, Joint::all_of, other)), "a = 1 and z = 9 and b = 2");
}

TEST(EditCondition, joins_an_alternative_to_one_part_alone) {
    EXPECT_EQ(to_text(joined(read("a = 1 and b = 2"), {1}, Joint::any_of, other)), "a = 1 and (b = 2 or z = 9)");
    EXPECT_EQ(to_text(joined(read("a = 1"), {}, Joint::any_of, other)), "a = 1 or z = 9");
}

TEST(EditCondition, takes_the_condition_itself_where_nothing_was_asked) {
    EXPECT_EQ(to_text(joined(Condition(), {}, Joint::all_of, other)), "z = 9");
}

TEST(EditCondition, melts_a_group_of_one_into_its_surroundings_when_a_part_is_removed) {
    EXPECT_EQ(to_text(removed(read("a = 1 and (b = 2 or c = 3)"), {1, 0})), "a = 1 and c = 3");
    EXPECT_TRUE(removed(read("a = 1"), {}).keeps_all());
    // "and" of what is left inside an "and" is no group of its own.
    EXPECT_EQ(removed(read("a = 1 and (b = 2 or (c = 3 and d = 4))"), {1, 0}), read("a = 1 and c = 3 and d = 4"));
}

TEST(EditCondition, removes_a_negation_with_what_it_negates) {
    EXPECT_EQ(to_text(removed(read("a = 1 and not (b = 2)"), {1, 0})), "a = 1");
}

TEST(EditCondition, negates_and_takes_the_negation_away_again) {
    const Condition before = read("a = 1 and b = 2");
    const Condition inverted = negated(before, {1});
    EXPECT_EQ(inverted, read("a = 1 and not b = 2"));
    EXPECT_EQ(negated(inverted, {1}), before);
    EXPECT_TRUE(negated(Condition(), {}).keeps_all());
}

TEST(EditCondition, joins_a_group_otherwise) {
    EXPECT_EQ(rejoined(read("a = 1 and b = 2"), {}, Joint::any_of), read("a = 1 or b = 2"));
    // The inner group becomes part of the outer one, now that both say "or".
    EXPECT_EQ(rejoined(read("a = 1 and (b = 2 or c = 3)"), {}, Joint::any_of), read("a = 1 or b = 2 or c = 3"));
}

TEST(EditCondition, duplicates_and_moves_within_a_group) {
    EXPECT_EQ(duplicated(read("a = 1 or b = 2"), {0}), read("a = 1 or a = 1 or b = 2"));
    EXPECT_EQ(duplicated(read("a = 1"), {}), read("a = 1 and a = 1"));
    EXPECT_EQ(moved(read("a = 1 and b = 2 and c = 3"), {2}, 0), read("c = 3 and a = 1 and b = 2"));
    EXPECT_EQ(moved(read("a = 1 and b = 2"), {0}, 99), read("b = 2 and a = 1"));
}

TEST(EditCondition, leaves_everything_as_it_is_for_a_path_that_leads_nowhere) {
    const Condition before = read("a = 1 and b = 2");
    for (const Path& path : {Path{2}, Path{0, 0}, Path{1, 5, 3}}) {
        EXPECT_EQ(removed(before, path), before);
        EXPECT_EQ(negated(before, path), before);
        EXPECT_EQ(joined(before, path, Joint::any_of, other), before);
        EXPECT_EQ(moved(before, path, 0), before);
        EXPECT_EQ(duplicated(before, path), before);
        EXPECT_EQ(part_at(before, path), nullptr);
    }
}

TEST(EditCondition, finds_the_part_that_was_written_at_a_character) {
    //                               1         11        21
    const Condition whole = read("a = 1 and (beyond 5 km of nowhere or c > 3)");
    EXPECT_EQ(part_written_at(whole, 1), (Path{0}));
    EXPECT_EQ(part_written_at(whole, 5), (Path{0}));
    EXPECT_EQ(part_written_at(whole, 27), (Path{1, 0}));
    EXPECT_EQ(part_written_at(whole, 38), (Path{1, 1}));
    EXPECT_EQ(part_written_at(Condition(), 1), std::nullopt);
}

}  // namespace
}  // namespace diaban::query
