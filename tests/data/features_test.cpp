#include "data/features.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Integers = std::vector<int64_t>;
using Reals = std::vector<double>;
using Texts = std::vector<std::string>;

DatasetPtr table(const std::string& name, std::vector<Column> columns) {
    auto dataset = std::make_shared<Dataset>();
    dataset->name = name;
    dataset->from.path = name + ".csv";
    const std::size_t rows = columns.empty() ? 0 : columns.front().size();
    dataset->table = Table(std::move(columns), rows);
    return dataset;
}

DatasetPtr communes() {
    return table("communes", {Column("code", ColumnType::text, Texts{"06838", "06841", "06862"}),
                              Column("name", ColumnType::text, Texts{"Bình Liêu", "Hoành Mô", "Lục Hồn"}),
                              Column("area", ColumnType::real, Reals{10, 20, 30})});
}

std::vector<std::string> texts_of(const Diagnostics& diagnostics) {
    std::vector<std::string> texts;
    for (const Diagnostic& diagnostic : diagnostics)
        texts.push_back(to_text(diagnostic));
    return texts;
}

TEST(Features, have_the_fields_of_their_own_table_and_one_time) {
    const Features features(communes());
    EXPECT_EQ(features.count(), 3U);
    EXPECT_THAT(features.times(), ElementsAre(0));
    EXPECT_EQ(features.time_index({}), 0U);
    EXPECT_EQ(features.field("area")->number(1, 0), 20.0);
    EXPECT_FALSE(features.field("area")->has_times());
    EXPECT_EQ(features.fields().size(), 3U);
}

TEST(Features, of_an_empty_dataset_are_none) {
    const Features features(table("nothing", {}));
    EXPECT_EQ(features.count(), 0U);
    EXPECT_THAT(features.fields(), IsEmpty());
}

TEST(Join, puts_a_tables_values_beside_the_features_in_whatever_order) {
    Features features(communes());
    const auto notes =
        features.join({"counts",
                       table("counts", {Column("ma", ColumnType::text, Texts{"06862", " 06838", "06841"}),
                                        Column("stunted", ColumnType::integer, Integers{3, 1, 2})}),
                       "code", "ma", ""});
    ASSERT_TRUE(notes);
    EXPECT_THAT(*notes, IsEmpty());
    const auto stunted = features.field("stunted");
    ASSERT_TRUE(stunted);
    EXPECT_EQ(stunted->name(), "counts.stunted");
    EXPECT_EQ(stunted->number(0, 0), 1.0);
    EXPECT_EQ(stunted->number(1, 0), 2.0);
    EXPECT_EQ(stunted->number(2, 0), 3.0);
    EXPECT_EQ(stunted->text(2, 0), "3");
}

TEST(Join, gives_codes_their_lost_zeros_back_and_says_so) {
    Features features(communes());
    const auto notes = features.join({"counts",
                                      table("counts", {Column("code", ColumnType::integer, Integers{6838, 6841, 6862}),
                                                       Column("n", ColumnType::integer, Integers{1, 2, 3})}),
                                      "code", "code", ""});
    ASSERT_TRUE(notes);
    EXPECT_THAT(
        texts_of(*notes),
        ElementsAre("counts.csv, layer counts, field code: codes had lost their leading zeros: 6838 is taken as "
                    "06838."));
    EXPECT_EQ(features.field("n")->number(2, 0), 3.0);
}

TEST(Join, gives_the_features_own_codes_their_lost_zeros_back) {
    Features features(table("communes", {Column("code", ColumnType::real, Reals{6838, 6841})}));
    const auto notes = features.join({"counts",
                                      table("counts", {Column("code", ColumnType::text, Texts{"06841", "06838"}),
                                                       Column("n", ColumnType::integer, Integers{2, 1})}),
                                      "code", "code", ""});
    ASSERT_TRUE(notes);
    ASSERT_EQ(notes->size(), 1U);
    EXPECT_EQ(features.field("n")->number(0, 0), 1.0);
}

TEST(Join, does_not_pad_numbers_that_never_had_zeros) {
    Features features(table("zones", {Column("id", ColumnType::integer, Integers{10, 11})}));
    const auto notes = features.join({"counts",
                                      table("counts", {Column("id", ColumnType::integer, Integers{1, 10, 11}),
                                                       Column("n", ColumnType::integer, Integers{1, 2, 3})}),
                                      "id", "id", ""});
    ASSERT_TRUE(notes);
    EXPECT_THAT(texts_of(*notes),
                ElementsAre("counts.csv, layer counts, field id: 1 row of the table matches no feature: 1."));
}

TEST(Join, reports_what_matches_nothing_or_twice_and_takes_the_first_row) {
    Features features(communes());
    const auto notes = features.join(
        {"counts",
         table("counts",
               {Column("code", ColumnType::text, Texts{"06838", "06838", "99999", "", "06841"}, {1, 1, 1, 0, 1}),
                Column("n", ColumnType::integer, Integers{1, 2, 3, 4, 5})}),
         "code", "code", ""});
    ASSERT_TRUE(notes);
    EXPECT_THAT(texts_of(*notes),
                ElementsAre("counts.csv, layer counts, field code: 1 feature has no row in the joined table: Lục Hồn.",
                            "counts.csv, layer counts, field code: 1 row of the table matches no feature: 99999.",
                            "counts.csv, layer counts, field code: 1 row repeats a code: 06838.",
                            "counts.csv, layer counts, field code, row 4: 1 row has no code."));
    const auto n = features.field("n");
    EXPECT_EQ(n->number(0, 0), 1.0);
    EXPECT_EQ(n->number(2, 0), std::nullopt);
    EXPECT_TRUE(n->is_null(2, 0));
    EXPECT_EQ(n->text(2, 0), "");
}

TEST(Join, by_time_keeps_a_row_for_each_year_and_asks_by_index) {
    Features features(communes());
    const auto years = table("years", {Column("code", ColumnType::text, Texts{"06838", "06838", "06841", "06862"}),
                                       Column("year", ColumnType::integer, Integers{2023, 2021, 2021, 2023}),
                                       Column("n", ColumnType::integer, Integers{30, 10, 11, 32})});
    ASSERT_TRUE(features.join({"years", years, "code", "code", "year"}));
    EXPECT_THAT(features.times(), ElementsAre(2021, 2023));
    EXPECT_EQ(features.time_index(2021), 0U);
    EXPECT_EQ(features.time_index(2022), 0U);  // the latest one before it
    EXPECT_EQ(features.time_index(1999), 0U);
    EXPECT_EQ(features.time_index({}), 1U);  // none: the latest there is
    const auto n = features.field("n");
    EXPECT_TRUE(n->has_times());
    EXPECT_EQ(n->number(0, 0), 10.0);
    EXPECT_EQ(n->number(0, 1), 30.0);
    EXPECT_EQ(n->number(1, 1), std::nullopt);
    EXPECT_EQ(features.field("area")->number(1, 1), 20.0);
}

TEST(Join, of_a_second_table_with_other_years_keeps_the_first_right) {
    Features features(communes());
    const auto one = table("one", {Column("code", ColumnType::text, Texts{"06838", "06838"}),
                                   Column("year", ColumnType::integer, Integers{2021, 2023}),
                                   Column("a", ColumnType::integer, Integers{1, 3})});
    const auto two = table("two", {Column("code", ColumnType::text, Texts{"06838", "06838"}),
                                   Column("year", ColumnType::text, Texts{"2022", "2023"}),
                                   Column("b", ColumnType::integer, Integers{20, 30})});
    ASSERT_TRUE(features.join({"one", one, "code", "code", "year"}));
    const auto a = features.field("a");
    ASSERT_TRUE(features.join({"two", two, "code", "code", "year"}));
    EXPECT_THAT(features.times(), ElementsAre(2021, 2022, 2023));
    const auto b = features.field("b");
    EXPECT_EQ(a->number(0, 0), 1.0);  // a field taken before the second join stays valid
    EXPECT_EQ(a->number(0, 1), std::nullopt);
    EXPECT_EQ(a->number(0, 2), 3.0);
    EXPECT_EQ(b->number(0, 0), std::nullopt);
    EXPECT_EQ(b->number(0, 2), 30.0);
}

TEST(Join, reports_two_rows_for_one_code_and_year) {
    Features features(table("communes", {Column("code", ColumnType::text, Texts{"a"})}));
    const auto years = table("years", {Column("code", ColumnType::text, Texts{"a", "a"}),
                                       Column("year", ColumnType::integer, Integers{2021, 2021})});
    const auto notes = features.join({"years", years, "code", "code", "year"});
    ASSERT_TRUE(notes);
    EXPECT_THAT(texts_of(*notes), ElementsAre("years.csv, layer years, field code: 1 row repeats a code: a (2021)."));
}

TEST(Join, refuses_columns_that_are_not_there_and_changes_nothing) {
    Features features(communes());
    const auto counts = table(
        "counts", {Column("code", ColumnType::text, Texts{"06838"}), Column("kind", ColumnType::text, Texts{"xã"})});
    const auto no_key = features.join({"counts", counts, "cod", "code", ""});
    ASSERT_FALSE(no_key);
    EXPECT_EQ(to_text(no_key.error()),
              "communes.csv, layer communes: there is no field “cod” to join by. Did you mean “code”?");
    const auto no_foreign = features.join({"counts", counts, "code", "zzzzzz", ""});
    ASSERT_FALSE(no_foreign);
    EXPECT_EQ(to_text(no_foreign.error()),
              "counts.csv, layer counts: there is no field “zzzzzz” to join by. There are: code, kind.");
    const auto no_year = features.join({"counts", counts, "code", "code", "kind"});
    ASSERT_FALSE(no_year);
    EXPECT_EQ(to_text(no_year.error()),
              "counts.csv, layer counts: the field “kind” holds no whole numbers to tell times by. Choose a field of "
              "years.");
    EXPECT_EQ(features.fields().size(), 3U);
    EXPECT_THAT(features.times(), ElementsAre(0));
}

TEST(RequireField, names_the_nearest_column_of_a_joined_table_as_it_may_be_called) {
    Features features(communes());
    ASSERT_TRUE(features.join({"malnutrition",
                               table("malnutrition", {Column("code", ColumnType::text, Texts{"06838"}),
                                                      Column("stunted", ColumnType::integer, Integers{1})}),
                               "code", "code", ""}));
    EXPECT_EQ(to_text(features.require_field("stuntd").error()),
              "layer communes: there is no field “stuntd”. Did you mean “stunted”?");
    EXPECT_EQ(to_text(features.require_field("malnutrition.stuntd").error()),
              "layer communes: there is no field “malnutrition.stuntd”. Did you mean “malnutrition.stunted”?");
}

TEST(RequireField, names_the_nearest_one_and_tells_homonyms_apart) {
    Features features(communes());
    for (const char* name : {"a", "b"})
        ASSERT_TRUE(features.join({name,
                                   table(name, {Column("code", ColumnType::text, Texts{"06838"}),
                                                Column("households", ColumnType::integer, Integers{1})}),
                                   "code", "code", ""}));
    const auto slip = features.require_field("nam");
    ASSERT_FALSE(slip);
    EXPECT_EQ(to_text(slip.error()), "layer communes: there is no field “nam”. Did you mean “name”?");
    const auto twice = features.require_field("households");
    ASSERT_FALSE(twice);
    EXPECT_EQ(
        to_text(twice.error()),
        "layer communes: several joined tables have a field “households”. Write “a.households” or “b.households”.");
    EXPECT_TRUE(features.require_field("b.households"));
    EXPECT_EQ(features.require_field("code")->name(), "code");  // the layer's own comes first
}

Features with_years() {
    Features features(communes());
    const auto years = table("years", {Column("code", ColumnType::text, Texts{"06838", "06838", "06841", "06841"}),
                                       Column("year", ColumnType::integer, Integers{2021, 2022, 2021, 2022}),
                                       Column("measured", ColumnType::integer, Integers{200, 100, 0, 50}),
                                       Column("stunted", ColumnType::integer, Integers{50, 20, 0, 0}, {1, 1, 1, 0})});
    if (!features.join({"years", years, "code", "code", "year"})) throw std::runtime_error("no join");
    return features;
}

TEST(MeasureValues, divide_and_scale_but_never_by_zero_or_null) {
    const Features features = with_years();
    const auto values = MeasureValues::bind(features, {"stunted", "measured", 100, "%", "Stunted"});
    ASSERT_TRUE(values);
    EXPECT_TRUE(values->is_ratio());
    EXPECT_EQ(values->value(0, 0), 25.0);
    EXPECT_EQ(values->numerator(0, 0), 50.0);
    EXPECT_EQ(values->denominator(0, 0), 200.0);
    EXPECT_EQ(values->value(1, 0), std::nullopt);  // 0 of 0
    EXPECT_EQ(values->value(1, 1), std::nullopt);  // null of 50
    EXPECT_EQ(values->value(2, 0), std::nullopt);  // no row
    EXPECT_THAT(values->all_values(features.count(), features.times().size()), ElementsAre(25, 20));
}

TEST(MeasureValues, of_a_column_without_times_count_once) {
    const Features features = with_years();
    const auto values = MeasureValues::bind(features, {"area", "", 100, "km²", ""});
    ASSERT_TRUE(values);
    EXPECT_EQ(values->value(0, 1), 10.0);  // the scale is for ratios
    EXPECT_THAT(values->all_values(features.count(), features.times().size()), ElementsAre(10, 20, 30));
    EXPECT_THAT(values->all_values(0, 0), IsEmpty());
}

TEST(MeasureValues, refuse_text) {
    const auto values = MeasureValues::bind(Features(communes()), {"name", "", 1, "", ""});
    ASSERT_FALSE(values);
    EXPECT_EQ(to_text(values.error()),
              "layer communes, field name: the field “name” holds text, and a number is needed. Choose a field of "
              "numbers.");
}

TEST(Features, with_calculated_columns_have_them_beside_the_joined_ones_at_every_time) {
    Features features(communes());
    ASSERT_TRUE(features.join({"counts",
                               table("counts", {Column("ma", ColumnType::text, Texts{"06838", "06838", "06862"}),
                                                Column("nam", ColumnType::integer, Integers{2024, 2025, 2025}),
                                                Column("stunted", ColumnType::integer, Integers{1, 2, 3})}),
                               "code", "ma", "nam"}));
    const Features more =
        features.with_columns("query", table("near", {Column("shelters", ColumnType::integer, Integers{7, 8, 9}),
                                                      Column("area", ColumnType::real, Reals{1, 2, 3})}));
    EXPECT_EQ(more.field("shelters")->number(2, 0), 9.0);
    EXPECT_EQ(more.field("query.shelters")->number(2, 1), 9.0);
    EXPECT_FALSE(more.field("query.shelters")->has_times());
    EXPECT_EQ(more.field("area")->number(0, 0), 10.0) << "a plain name is the layer's own column first";
    EXPECT_EQ(more.field("stunted")->number(0, 1), 2.0);
    EXPECT_EQ(more.fields().size(), features.fields().size() + 2);
    EXPECT_FALSE(features.field("shelters")) << "what it was made from stays as it was";
    EXPECT_THROW((void)features.with_columns("query", table("short", {Column("n", ColumnType::real, Reals{1})})),
                 std::logic_error);
}

TEST(Features, that_share_joins_each_keep_their_own_times) {
    Features first(communes());
    const auto yearly = [](const char* name, int64_t year) {
        return table(
            name, {Column("ma", ColumnType::text, Texts{"06838"}), Column("nam", ColumnType::integer, Integers{year}),
                   Column(name, ColumnType::integer, Integers{year})});
    };
    ASSERT_TRUE(first.join({"a", yearly("a", 2024), "code", "ma", "nam"}));
    Features second = first.with_columns("query", table("n", {Column("n", ColumnType::real, Reals{1, 2, 3})}));
    ASSERT_TRUE(second.join({"b", yearly("b", 2025), "code", "ma", "nam"}));
    EXPECT_THAT(first.times(), ElementsAre(2024));
    EXPECT_EQ(first.field("a")->number(0, 0), 2024.0);
    EXPECT_THAT(second.times(), ElementsAre(2024, 2025));
    EXPECT_EQ(second.field("a")->number(0, 0), 2024.0);
    EXPECT_TRUE(second.field("a")->is_null(0, 1));
    EXPECT_EQ(second.field("b")->number(0, 1), 2025.0);
}

}  // namespace
}  // namespace diaban
