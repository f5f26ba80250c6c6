#include "query/search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Features units() {
    Dataset dataset;
    dataset.name = "units";
    dataset.table =
        Table({Column("name", ColumnType::text,
                      std::vector<std::string>{"Phường Tân Bình Liêu", "Xã Bình Liêu Hạ", "Xã Bình Liêu", "Xã Ất",
                                               "Đặc khu Cô Tô", "Xã An", ""},
                      {1, 1, 1, 1, 1, 1, 0}),
               Column("code", ColumnType::integer, std::vector<int64_t>{6838, 6840, 7001, 7002, 68, 7003, 7004}),
               Column("rate", ColumnType::real,
                      std::vector<double>{2, -1, 2, std::numeric_limits<double>::quiet_NaN(), 10, 0, 3},
                      {1, 1, 1, 1, 1, 0, 1})},
              7);
    return Features(std::make_shared<const Dataset>(std::move(dataset)));
}

TEST(Search, finds_names_typed_without_diacritics_best_first) {
    EXPECT_THAT(search(units(), "binh lieu"), ElementsAre(2, 1, 0));
    EXPECT_THAT(search(units(), "  BÌNH   Liêu "), ElementsAre(2, 1, 0));
    EXPECT_THAT(search(units(), "xa binh"), ElementsAre(1, 2));
    EXPECT_THAT(search(units(), "co to"), ElementsAre(4));
    EXPECT_THAT(search(units(), "đặc khu"), ElementsAre(4));
}

TEST(Search, finds_codes) {
    EXPECT_THAT(search(units(), "68"), ElementsAre(4, 0, 1));
    EXPECT_THAT(search(units(), "7001"), ElementsAre(2));
}

TEST(Search, finds_every_feature_for_a_blank_and_none_for_what_is_not_there) {
    EXPECT_EQ(search(units(), " ").size(), 7U);
    EXPECT_THAT(search(units(), "Hạ Long"), IsEmpty());
    EXPECT_THAT(search(units(), "-1"), IsEmpty());  // a rate is no name
}

TEST(Search, finds_nothing_in_nothing) {
    EXPECT_THAT(search(Features(std::make_shared<const Dataset>()), "a"), IsEmpty());
}

TEST(SortedBy, orders_numbers_by_value_with_nulls_last_either_way) {
    const Features features = units();
    const Field rate = features.field("rate").value();
    EXPECT_THAT(sorted_by(features, rate, 0, false), ElementsAre(1, 0, 2, 6, 4, 3, 5));
    EXPECT_THAT(sorted_by(features, rate, 0, true), ElementsAre(4, 6, 0, 2, 1, 3, 5));
}

TEST(SortedBy, orders_text_the_vietnamese_way) {
    const Features features = units();
    const Field name = features.field("name").value();
    // Đ before P before X; A before Â, and both before B.
    EXPECT_THAT(sorted_by(features, name, 0, false), ElementsAre(4, 0, 5, 3, 2, 1, 6));
    EXPECT_THAT(sorted_by(features, name, 0, true), ElementsAre(1, 2, 3, 5, 0, 4, 6));
}

}  // namespace
}  // namespace diaban
