#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/join/guess_join.h"
#include "data/join/join_tables.h"
#include "files.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using Texts = std::vector<std::string>;
using Integers = std::vector<int64_t>;

DatasetPtr dataset(const std::string& name, std::vector<Column> columns) {
    auto made = std::make_shared<Dataset>();
    made->name = name;
    made->from.path = name + ".csv";
    const std::size_t rows = columns.empty() ? 0 : columns.front().size();
    made->table = Table(std::move(columns), rows);
    return made;
}

Column texts(const std::string& name, Texts values) {
    return Column(name, ColumnType::text, std::move(values));
}

Column integers(const std::string& name, Integers values) {
    return Column(name, ColumnType::integer, std::move(values));
}

DatasetPtr communes() {
    auto made = std::make_shared<Dataset>(*dataset(
        "communes",
        {texts("code", {"06838", "06841", "06862"}), texts("name", {"Xã Bình Liêu", "Xã Hoành Mô", "Xã Lục Hồn"}),
         texts("district", {"Huyện Bình Liêu", "Huyện Bình Liêu", "Huyện Hải Hà"})}));
    made->geometry = geometry_from_wkt(std::vector<std::string_view>{
        "POLYGON((0 0,1 0,1 1,0 0))", "POLYGON((1 0,2 0,2 1,1 0))", "POLYGON((2 0,3 0,3 1,2 0))"});
    made->crs = Crs::wgs84();
    return made;
}

/// "code=06838 …": a row as text, "-" for null.
Texts rows_of(const Dataset& joined) {
    Texts rows;
    for (std::size_t row = 0; row < joined.size(); ++row) {
        std::string line;
        for (const Column& column : joined.table.columns())
            line += (line.empty() ? "" : "|") + (column.is_null(row) ? std::string("-") : column.text(row));
        rows.push_back(line);
    }
    return rows;
}

Texts names_of(const Dataset& joined) {
    Texts names;
    for (const Column& column : joined.table.columns())
        names.push_back(column.name());
    return names;
}

TEST(JoinTables, puts_the_tables_columns_beside_the_boundaries) {
    const auto table = dataset(
        "programme", {integers("ma", {6862, 6838}), texts("Name", {"lục hồn", "bình liêu"}), integers("n", {3, 1})});
    const auto joined =
        join_tables(*communes(), {.name = "p", .table = table, .key = "code", .foreign_key = "ma", .time_field = {}});
    ASSERT_TRUE(joined);
    const Dataset& made = *joined->dataset;
    // "ma" says what "code" says once its zeros are back; "Name" would be one column with "name" in a file.
    EXPECT_THAT(names_of(made), ElementsAre("code", "name", "district", "p_Name", "n"));
    EXPECT_THAT(rows_of(made),
                ElementsAre("06838|Xã Bình Liêu|Huyện Bình Liêu|bình liêu|1", "06841|Xã Hoành Mô|Huyện Bình Liêu|-|-",
                            "06862|Xã Lục Hồn|Huyện Hải Hà|lục hồn|3"));
    EXPECT_EQ(made.geometry, communes()->geometry);
    EXPECT_TRUE(made.crs.known());
    EXPECT_EQ(summary(joined->report), "2 of 2 rows matched: 2 by code; 1 feature has no row");
    EXPECT_EQ(joined->diagnostics.size(), 2U);  // zeros given back, a feature without a row
}

DatasetPtr years() {
    return dataset("years", {texts("code", {"06838", "06862", "06838"}), integers("year", {2025, 2021, 2021}),
                             integers("n", {5, 3, 1})});
}
JoinSpec by_year() {
    return {.name = "y", .table = years(), .key = "code", .foreign_key = "code", .time_field = "year"};
}

TEST(JoinTables, makes_a_column_for_each_year) {
    const auto joined = join_tables(*communes(), by_year());
    ASSERT_TRUE(joined);
    EXPECT_THAT(names_of(*joined->dataset), ElementsAre("code", "name", "district", "n_2021", "n_2025"));
    EXPECT_THAT(rows_of(*joined->dataset),
                ElementsAre("06838|Xã Bình Liêu|Huyện Bình Liêu|1|5", "06841|Xã Hoành Mô|Huyện Bình Liêu|-|-",
                            "06862|Xã Lục Hồn|Huyện Hải Hà|3|-"));
}

TEST(JoinTables, or_a_row_for_each_year) {
    const auto joined = join_tables(*communes(), by_year(), TimeLayout::long_form);
    ASSERT_TRUE(joined);
    EXPECT_THAT(names_of(*joined->dataset), ElementsAre("code", "name", "district", "year", "n"));
    EXPECT_THAT(rows_of(*joined->dataset),
                ElementsAre("06838|Xã Bình Liêu|Huyện Bình Liêu|2021|1", "06838|Xã Bình Liêu|Huyện Bình Liêu|2025|5",
                            "06841|Xã Hoành Mô|Huyện Bình Liêu|-|-", "06862|Xã Lục Hồn|Huyện Hải Hà|2021|3"));
    ASSERT_EQ(joined->dataset->geometry.feature_count(), 4U);
    EXPECT_EQ(joined->dataset->geometry.box_of(1), communes()->geometry.box_of(0));
    EXPECT_EQ(joined->dataset->geometry.box_of(3), communes()->geometry.box_of(2));
}

TEST(JoinTables, keeps_a_key_column_that_says_something_else) {
    const auto table = dataset("t", {texts("code", {"x"}), texts("ten", {"Lục Hồn"}), integers("CODE_2", {7})});
    JoinSpec spec{.name = "code", .table = table, .key = "code", .foreign_key = "code", .time_field = {}};
    spec.further = {{"name", "ten", KeyRole::name}};
    const auto joined = join_tables(*communes(), spec);
    ASSERT_TRUE(joined);
    EXPECT_THAT(names_of(*joined->dataset), ElementsAre("code", "name", "district", "code_code", "ten", "CODE_2"));
    EXPECT_EQ(rows_of(*joined->dataset)[2], "06862|Xã Lục Hồn|Huyện Hải Hà|x|Lục Hồn|7");
}

TEST(JoinTables, refuses_a_column_that_is_not_there) {
    JoinSpec spec = by_year();
    spec.foreign_key = "cod";
    const auto joined = join_tables(*communes(), spec);
    ASSERT_FALSE(joined);
    EXPECT_EQ(to_text(joined.error()), "years.csv, layer y: there is no field “cod” to join by. Did you mean “code”?");
}

/// "code=ma name~ten district^huyen @year"
std::string in_short(const std::optional<JoinSpec>& spec) {
    if (!spec) return "none";
    std::vector<KeyPair> pairs{{spec->key, spec->foreign_key, spec->role}};
    pairs.insert(pairs.end(), spec->further.begin(), spec->further.end());
    std::string text;
    for (const KeyPair& pair : pairs) {
        text += (text.empty() ? "" : " ") + pair.field;
        text += pair.role == KeyRole::code ? "=" : pair.role == KeyRole::name ? "~" : "^";
        text += pair.foreign_field;
    }
    return text + (spec->time_field.empty() ? "" : " @" + spec->time_field);
}

TEST(GuessJoin, finds_keys_by_what_is_in_them) {
    EXPECT_EQ(
        in_short(guess_join(*communes(), *dataset("t", {integers("STT", {1, 2, 3}), integers("A", {6862, 6838, 11111}),
                                                        integers("dân số", {900, 800, 700})}))),
        "code=A");
    EXPECT_EQ(in_short(guess_join(*communes(), *dataset("t", {texts("đơn vị", {"Lục Hồn", "X. Hoành Mô", "Tổng"}),
                                                              texts("Huyện", {"Hải Hà", "Bình Liêu", ""}),
                                                              integers("Năm", {2024, 2024, 2024})}))),
              "name~đơn vị district^Huyện @Năm");
    EXPECT_EQ(in_short(guess_join(*communes(), *dataset("t", {texts("Mã", {"06862", "06838", "06838"}),
                                                              texts("Tên", {"Lục Hồn", "Bình Liêu", "Bình Liêu"}),
                                                              integers("kỳ", {2024, 2024, 2025})}))),
              "code=Mã name~Tên @kỳ");
}

TEST(GuessJoin, prefers_names_where_codes_are_mostly_of_something_else) {
    EXPECT_EQ(in_short(guess_join(*communes(), *dataset("t", {texts("code", {"06862", "00001", "00002"}),
                                                              texts("xã", {"Bình Liêu", "Hoành Mô", "Lục Hồn"})}))),
              "name~xã");
}

TEST(GuessJoin, finds_names_without_diacritics_though_they_can_only_be_suggested) {
    EXPECT_EQ(in_short(guess_join(*communes(), *dataset("t", {texts("commune", {"Binh Lieu", "Luc Hon"})}))),
              "name~commune");
}

TEST(GuessJoin, is_not_taken_in_by_numbers_that_count) {
    const auto zones = dataset("zones", {integers("fid", {1, 2, 3}), integers("zone", {1, 2, 3})});
    EXPECT_EQ(in_short(guess_join(*zones, *dataset("t", {integers("fid", {1, 2, 3}), integers("n", {2, 3, 1})}))),
              "none");
    EXPECT_EQ(in_short(guess_join(*zones, *dataset("t", {integers("zone", {3, 1}), integers("n", {2, 3})}))),
              "zone=zone");
    EXPECT_EQ(in_short(guess_join(*communes(), *dataset("t", {integers("since_year", {2021, 2022})}))), "none");
    EXPECT_EQ(in_short(guess_join(*communes(), *dataset("t", {}))), "none");
    EXPECT_EQ(in_short(guess_join(*dataset("nothing", {}), *communes())), "none");
}

TEST(GuessJoin, finds_the_keys_of_the_demos_tables) {
    const std::filesystem::path demo = DIABAN_SOURCE_DIR "/data/quang_ninh";
    const auto boundaries = read_one(demo / "communes.geojson");
    EXPECT_EQ(in_short(guess_join(*boundaries, *read_one(demo / "malnutrition.csv"))), "code=code @year");
    EXPECT_EQ(in_short(guess_join(*boundaries, *read_one(demo / "five_have_three_clean.csv"))), "code=code");
    EXPECT_EQ(in_short(guess_join(*read_one(demo / "old_units.csv"), *read_one(demo / "child_nutrition.csv"))),
              "old_full_name~old_full_name");
}

}  // namespace
}  // namespace diaban
