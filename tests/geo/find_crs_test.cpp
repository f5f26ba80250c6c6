#include "geo/crs/find_crs.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace diaban {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

// Codes and names as epsg.org has them.
TEST(FindCrs, finds_a_code_before_everything_that_has_its_digits) {
    const auto found = find_crs("5899", 5);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front().code, "EPSG:5899");
    EXPECT_EQ(found.front().name, "VN-2000 / TM-3 107-45");
    EXPECT_EQ(find_crs("epsg:5899", 5), std::vector<ListedCrs>{found.front()});
}

TEST(FindCrs, finds_by_all_the_words_of_name_and_place_whatever_their_case_and_diacritics) {
    const auto found = find_crs("vn-2000 QUẢNG ninh", 50);
    EXPECT_NE(std::ranges::find(found, "EPSG:5899", &ListedCrs::code), found.end());
    for (const ListedCrs& crs : found)
        EXPECT_NE(crs.name.find("VN-2000"), std::string::npos) << crs.name;
}

TEST(FindCrs, gives_no_more_than_asked_for_and_nothing_for_nothing) {
    EXPECT_THAT(find_crs("utm", 7), SizeIs(7));
    EXPECT_THAT(find_crs("", 7), IsEmpty());
    EXPECT_THAT(find_crs("  ", 7), IsEmpty());
    EXPECT_THAT(find_crs("no such place anywhere", 7), IsEmpty());
    EXPECT_THAT(find_crs("utm", 0), IsEmpty());
}

}  // namespace
}  // namespace diaban
