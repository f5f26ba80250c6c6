#include "data/table.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "data/dataset.h"

namespace diaban {
namespace {

using Integers = std::vector<int64_t>;
using Reals = std::vector<double>;
using Texts = std::vector<std::string>;

TEST(Column, gives_numbers_and_nothing_for_null) {
    const Column column("measured", ColumnType::integer, Integers{12, 0, 7}, {1, 0, 1});
    EXPECT_EQ(column.number(0), 12.0);
    EXPECT_EQ(column.number(1), std::nullopt);
    EXPECT_EQ(column.integer(2), 7);
    EXPECT_EQ(column.null_count(), 1U);
    EXPECT_EQ(column.text(1), "");
    EXPECT_TRUE(column.numeric());
}

TEST(Column, has_no_number_for_nan_text_and_dates) {
    EXPECT_EQ(Column("x", ColumnType::real, Reals{std::nan("")}).number(0), std::nullopt);
    EXPECT_EQ(Column("x", ColumnType::text, Texts{"12"}).number(0), std::nullopt);
    EXPECT_EQ(Column("x", ColumnType::date, Integers{12}).number(0), std::nullopt);
    EXPECT_EQ(Column("x", ColumnType::boolean, Integers{1}).number(0), 1.0);
}

TEST(Column, takes_a_real_for_an_integer_only_when_it_is_whole_and_fits) {
    const Column column("x", ColumnType::real, Reals{6838.0, 0.5, 1e300, -9223372036854775808.0});
    EXPECT_EQ(column.integer(0), 6838);
    EXPECT_EQ(column.integer(1), std::nullopt);
    EXPECT_EQ(column.integer(2), std::nullopt);
    EXPECT_EQ(column.integer(3), std::numeric_limits<int64_t>::min());
}

TEST(Column, writes_values_as_they_would_stand_in_a_csv) {
    EXPECT_EQ(Column("x", ColumnType::real, Reals{6838.0}).text(0), "6838");
    EXPECT_EQ(Column("x", ColumnType::real, Reals{0.1}).text(0), "0.1");
    EXPECT_EQ(Column("x", ColumnType::real, Reals{1234567.5}).text(0), "1234567.5");
    EXPECT_EQ(Column("x", ColumnType::real, Reals{1e300}).text(0), "1e+300");
    EXPECT_EQ(Column("x", ColumnType::integer, Integers{1234567}).text(0), "1234567");
    EXPECT_EQ(Column("x", ColumnType::boolean, Integers{0}).text(0), "false");
}

// Days and milliseconds after `date -u -d 2025-07-01 +%s` (1751328000) and its neighbours.
TEST(Column, writes_dates_in_iso_form) {
    EXPECT_EQ(Column("x", ColumnType::date, Integers{20270}).text(0), "2025-07-01");
    EXPECT_EQ(Column("x", ColumnType::date, Integers{-1}).text(0), "1969-12-31");
    EXPECT_EQ(Column("x", ColumnType::date_time, Integers{1751328000000}).text(0), "2025-07-01T00:00:00Z");
    EXPECT_EQ(Column("x", ColumnType::date_time, Integers{-1}).text(0), "1969-12-31T23:59:59.999Z");
}

TEST(Column, refuses_values_that_do_not_fit_its_type_or_its_nulls) {
    EXPECT_THROW(Column("x", ColumnType::text, Integers{1}), std::logic_error);
    EXPECT_THROW(Column("x", ColumnType::integer, Integers{1, 2}, {1}), std::logic_error);
}

TEST(Table, finds_columns_by_exact_name) {
    const Table table({Column("code", ColumnType::text, Texts{"06838"})}, 1);
    ASSERT_NE(table.find("code"), nullptr);
    EXPECT_EQ(table.find("Code"), nullptr);
    EXPECT_EQ(Table().find("code"), nullptr);
    EXPECT_EQ(Table().row_count(), 0U);
}

TEST(Table, refuses_columns_of_unequal_length_and_of_one_name) {
    EXPECT_THROW(Table({Column("a", ColumnType::text, Texts{"x"})}, 2), std::logic_error);
    EXPECT_THROW(Table({Column("a", ColumnType::text, Texts{}), Column("a", ColumnType::text, Texts{})}, 0),
                 std::logic_error);
}

TEST(GuessCodeColumn, prefers_the_plain_name_and_wants_different_values) {
    const Column id("id", ColumnType::integer, Integers{1, 2, 3});
    const Column code("Mã xã", ColumnType::text, Texts{"06838", "06841", "06844"});
    const Column province("province_code", ColumnType::text, Texts{"22", "22", "22"});
    EXPECT_EQ(guess_code_column(Table({province, code, id}, 3)), "id");
    EXPECT_EQ(guess_code_column(Table({province, code}, 3)), "Mã xã");
    EXPECT_EQ(guess_code_column(Table({province}, 3)), "");
    EXPECT_EQ(guess_code_column(Table()), "");
}

TEST(GuessCodeColumn, forgives_a_slip_so_that_it_can_be_reported) {
    const Column code("code", ColumnType::text, Texts{"a", "b", "b", "c", ""}, {1, 1, 1, 1, 0});
    EXPECT_EQ(guess_code_column(Table({code}, 5)), "code");
}

TEST(GuessNameColumn, takes_text_called_name_or_ten) {
    const Column full("full_name", ColumnType::text, Texts{"Xã Bình Liêu"});
    const Column name("Tên", ColumnType::text, Texts{"Bình Liêu"});
    const Column number("name", ColumnType::integer, Integers{1});
    EXPECT_EQ(guess_name_column(Table({full, name, number}, 1)), "Tên");
    EXPECT_EQ(guess_name_column(Table({full, number}, 1)), "full_name");
    EXPECT_EQ(guess_name_column(Table({number}, 1)), "");
}

TEST(Dataset, has_no_box_of_degrees_without_a_crs_or_geometry) {
    Dataset dataset;
    EXPECT_TRUE(dataset.lon_lat_box().empty());
    const std::string_view wkt[] = {"POINT(107 21)", "POINT(108 20)"};
    dataset.geometry = geometry_from_wkt(wkt);
    EXPECT_TRUE(dataset.lon_lat_box().empty());
    dataset.crs = Crs::wgs84();
    EXPECT_EQ(dataset.lon_lat_box(), (Box{107, 20, 108, 21}));
}

}  // namespace
}  // namespace diaban
