#include "query/combine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::set<uint32_t> selected{2, 5, 9};
const std::vector<uint32_t> found{9, 1, 5, 5};
const std::vector<uint32_t> nothing;

TEST(Combine, replaces_adds_to_removes_from_and_looks_within_the_selection) {
    EXPECT_THAT(combined(selected, found, Combine::replace), ElementsAre(1, 5, 9));
    EXPECT_THAT(combined(selected, found, Combine::add), ElementsAre(1, 2, 5, 9));
    EXPECT_THAT(combined(selected, found, Combine::remove), ElementsAre(2));
    EXPECT_THAT(combined(selected, found, Combine::within), ElementsAre(5, 9));
}

TEST(Combine, of_nothing_found_leaves_what_adding_and_removing_leave) {
    EXPECT_THAT(combined(selected, nothing, Combine::replace), IsEmpty());
    EXPECT_THAT(combined(selected, nothing, Combine::add), ElementsAre(2, 5, 9));
    EXPECT_THAT(combined(selected, nothing, Combine::remove), ElementsAre(2, 5, 9));
    EXPECT_THAT(combined(selected, nothing, Combine::within), IsEmpty());
}

TEST(Combine, with_nothing_selected_finds_only_by_replacing_and_adding) {
    EXPECT_THAT(combined({}, found, Combine::replace), ElementsAre(1, 5, 9));
    EXPECT_THAT(combined({}, found, Combine::add), ElementsAre(1, 5, 9));
    EXPECT_THAT(combined({}, found, Combine::remove), IsEmpty());
    EXPECT_THAT(combined({}, found, Combine::within), IsEmpty());
}

}  // namespace
}  // namespace diaban
