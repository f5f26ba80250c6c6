#include "style/style.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace diaban {
namespace {

Dataset communes(std::vector<std::string_view> wkt) {
    Dataset dataset;
    dataset.name = "communes";
    dataset.geometry = geometry_from_wkt(wkt);
    std::vector<std::string> names;
    std::vector<int64_t> cases;
    for (std::size_t i = 0; i < wkt.size(); ++i) {
        names.push_back("Xã " + std::to_string(i));
        cases.push_back(static_cast<int64_t>(i));
    }
    dataset.table =
        Table({Column("name", ColumnType::text, names), Column("cases", ColumnType::integer, cases)}, wkt.size());
    return dataset;
}

constexpr std::string_view square = "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))";

TEST(DefaultStyle, gives_polygons_one_soft_fill_an_outline_and_their_names) {
    const Style style = default_style(communes({square, square}), 0);
    ASSERT_TRUE(std::holds_alternative<SingleFill>(style.fill));  // a numeric column is no reason for a choropleth
    EXPECT_GT(luminance(std::get<SingleFill>(style.fill).colour), 0.5);
    ASSERT_TRUE(style.outline);
    ASSERT_TRUE(style.labels);
    EXPECT_EQ(style.labels->field, "name");
    EXPECT_GT(contrast(style.labels->colour, std::get<SingleFill>(style.fill).colour), 4.5);
}

TEST(DefaultStyle, strokes_lines) {
    const Style style = default_style(communes({"LINESTRING (0 0, 1 1)"}), 0);
    EXPECT_TRUE(std::holds_alternative<std::monostate>(style.fill));
    ASSERT_TRUE(style.outline);
    EXPECT_GT(style.outline->width, Pixels(1));
    EXPECT_FALSE(style.labels);
}

TEST(DefaultStyle, marks_points_strongly) {
    const Style style = default_style(communes({"POINT (0 0)"}), 0);
    ASSERT_TRUE(std::holds_alternative<SingleFill>(style.fill));
    EXPECT_GT(contrast(std::get<SingleFill>(style.fill).colour, {255, 255, 255}), 3);
    EXPECT_FALSE(style.circles);
}

TEST(DefaultStyle, labels_nothing_where_nothing_is_named) {
    Dataset dataset = communes({square});
    dataset.table = Table({Column("cases", ColumnType::integer, std::vector<int64_t>{1})}, 1);
    EXPECT_FALSE(default_style(dataset, 0).labels);
}

TEST(DefaultStyle, differs_from_layer_to_layer_and_is_the_same_each_time) {
    const Dataset dataset = communes({square});
    for (std::size_t i = 0; i < 7; ++i)
        EXPECT_NE(default_style(dataset, i).fill, default_style(dataset, i + 1).fill);
    EXPECT_EQ(default_style(dataset, 3), default_style(dataset, 3));
    EXPECT_EQ(default_style(dataset, 0), default_style(dataset, 8));
}

TEST(DefaultStyle, takes_a_plain_table) {
    Dataset dataset;
    EXPECT_FALSE(default_style(dataset, 0).labels);
}

TEST(MarkerShape, goes_to_a_file_and_back) {
    EXPECT_EQ(marker_shapes().size(), 8U);
    for (const MarkerShape shape : marker_shapes()) {
        EXPECT_EQ(marker_shape_from_id(to_id(shape)).value(), shape);
        EXPECT_FALSE(to_text(shape).empty());
    }
    EXPECT_EQ(to_id(MarkerShape::shelter), "shelter");
    EXPECT_EQ(to_text(marker_shape_from_id("sheltre").error()),
              "there is no marker “sheltre”. Did you mean “shelter”?");
    EXPECT_FALSE(marker_shape_from_id(""));
}

}  // namespace
}  // namespace diaban
