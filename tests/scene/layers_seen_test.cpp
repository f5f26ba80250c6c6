// Filters and calculated columns that look at other layers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_world.h"

namespace diaban {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// Points of `kind` at kilometre `x` of the row of four squares, which are 10 km wide and called 1 to 4.
DatasetPtr points_at(const std::vector<double>& kilometres, const std::vector<std::string>& kinds) {
    std::vector<std::string> wkt;
    for (const double x : kilometres)
        wkt.push_back("POINT(" + std::to_string(400000 + 1000 * x) + " 2355000)");
    return make_dataset("points", {wkt.begin(), wkt.end()}, {text_column("kind", kinds)});
}

class LayersSeen : public testing::Test {
protected:
    LayersSeen() {
        world.add("squares", four_squares(), {});
        world.add("points", points_at({2, 4, 15}, {"a", "a", "b"}), {});
    }
    Layer& squares() { return world.workspace.layers[0]; }
    Layer& points() { return world.workspace.layers[1]; }
    [[nodiscard]] std::vector<uint8_t> shown() { return world.layer(0)->shown; }
    [[nodiscard]] std::vector<double> numbers(const std::string& field) {
        const LayerResultPtr result = world.layer(0);
        const auto found = result->features->field(field);
        std::vector<double> values;
        for (uint32_t f = 0; found && f < result->features->count(); ++f)
            values.push_back(found->number(f, result->time).value_or(-1));
        return values;
    }
    World world;
};

TEST_F(LayersSeen, by_a_filter_decide_what_is_shown) {
    squares().filter = "contains points";
    EXPECT_THAT(shown(), ElementsAre(1, 1, 0, 0));
    squares().filter = "count(points) > 1";
    EXPECT_THAT(shown(), ElementsAre(1, 0, 0, 0));
}

TEST_F(LayersSeen, by_a_filter_are_seen_with_their_own_filter_and_anew_when_that_changes) {
    squares().filter = "contains points";
    EXPECT_THAT(shown(), ElementsAre(1, 1, 0, 0));
    points().filter = "kind = 'b'";
    EXPECT_THAT(shown(), ElementsAre(0, 1, 0, 0));
    points().filter.clear();
    EXPECT_THAT(shown(), ElementsAre(1, 1, 0, 0));
}

TEST_F(LayersSeen, by_a_filter_are_seen_anew_when_their_data_are_others) {
    squares().filter = "contains points";
    EXPECT_THAT(shown(), ElementsAre(1, 1, 0, 0));
    world.datasets["points"] = points_at({35}, {"a"});
    EXPECT_THAT(shown(), ElementsAre(0, 0, 0, 1));
}

TEST_F(LayersSeen, leave_results_as_they_are_while_nothing_that_they_hang_on_changes) {
    squares().filter = "contains points";
    const LayerResultPtr before = world.layer(0);
    points().opacity = 0.5;
    points().visible = false;
    EXPECT_EQ(world.layer(0), before);
    points().filter = "kind = 'a'";
    EXPECT_NE(world.layer(0), before);
}

TEST_F(LayersSeen, that_are_not_there_are_the_layers_trouble_and_nothing_is_left_out) {
    squares().filter = "contains pionts";
    const LayerResultPtr result = world.layer(0);
    EXPECT_THAT(result->shown, ElementsAre(1, 1, 1, 1));
    ASSERT_THAT(result->diagnostics, SizeIs(1));
    EXPECT_EQ(result->diagnostics[0].severity, Severity::error);
    EXPECT_EQ(result->diagnostics[0].where.layer, "squares");
    EXPECT_THAT(result->diagnostics[0].detail, HasSubstr("“pionts”"));
    EXPECT_THAT(result->diagnostics[0].detail, HasSubstr("“points”"));
    squares().filter = "contains points";
    EXPECT_THAT(world.layer(0)->diagnostics, IsEmpty());
}

TEST_F(LayersSeen, by_calculated_columns_give_fields_that_filters_and_styles_see) {
    squares().columns = {{"inside", "count(points)"}, {"more", "inside * 10 + value"}};
    EXPECT_THAT(numbers("query.inside"), ElementsAre(2, 1, 0, 0));
    EXPECT_THAT(numbers("more"), ElementsAre(20, 20, 20, -1)) << "null with null is null";
    squares().filter = "query.inside > 0";
    EXPECT_THAT(shown(), ElementsAre(1, 1, 0, 0));
    GraduatedFill fill;
    fill.measure = {"query.inside", "", 1, "", ""};
    fill.method = ClassMethod::manual;
    fill.manual_bounds = {1.5};
    squares().style.fill = fill;
    EXPECT_THAT(world.layer(0)->class_of, ElementsAre(1, 0, -2, -2));
}

TEST_F(LayersSeen, by_calculated_columns_may_have_calculated_columns_whatever_the_order_of_layers) {
    squares().columns = {{"far", "count(points where (query.alone > 9000))"}};
    points().columns = {{"alone", "distance(squares where (code = '4'))"}};
    EXPECT_THAT(numbers("far"), ElementsAre(2, 1, 0, 0));
}

TEST_F(LayersSeen, by_columns_that_cannot_be_calculated_are_named_with_the_column) {
    squares().columns = {{"n", "count(points) +"}};
    LayerResultPtr result = world.layer(0);
    ASSERT_THAT(result->diagnostics, SizeIs(1));
    EXPECT_THAT(result->diagnostics[0].detail, HasSubstr("the column “n” cannot be calculated: at character"));
    EXPECT_FALSE(result->features->field("query.n"));
    squares().columns.clear();
    EXPECT_THAT(world.layer(0)->diagnostics, IsEmpty()) << "what was wrong is forgotten with it";
}

TEST_F(LayersSeen, are_credited_on_the_picture_when_a_filter_looks_at_them) {
    world.workspace.sources[0].attribution = "The surveyors";
    world.workspace.sources[1].attribution = "The builders";
    world.workspace.sources[1].invented = true;
    points().visible = false;
    const auto said = [&] {
        std::string all;
        for (const std::string& text : texts_of(world.scene().furniture))
            all += text + " ";
        return all;
    };
    EXPECT_THAT(said(), testing::Not(HasSubstr("The builders")));
    squares().filter = "contains points";
    EXPECT_THAT(said(), HasSubstr("The builders"));
    EXPECT_THAT(said(), HasSubstr("nvented"));
}

}  // namespace
}  // namespace diaban
