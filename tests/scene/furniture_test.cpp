#include "scene/furniture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "scene/layer_shape.h"
#include "scene/legend.h"
#include "small_world.h"

namespace diaban {
namespace {

using test::four_squares;
using test::make_table;
using test::number_column;
using test::text_column;
using test::texts_of;
using test::World;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

World rich_world() {
    World world;
    world.workspace.title = "Children under 5 who are stunted, and the shelters near them";
    world.workspace.subtitle = "Quảng Ninh, 54 communes since 1 July 2025";
    world.workspace.note = "Invented demonstration data";
    Style style;
    style.fill = GraduatedFill{.measure = {.numerator = "counts.n", .unit = "%", .label = "Stunted children under 5"},
                               .method = ClassMethod::equal_interval,
                               .classes = 5};
    style.circles = ProportionalCircles{.measure = {.numerator = "value", .label = "Something counted"}};
    Layer& layer = world.add("squares", four_squares(), style);
    layer.joins.push_back({"counts", "code", "code", "year"});
    world.workspace.sources.push_back({.id = "counts", .path = "/nowhere/counts.csv", .date = "2021–2025"});
    world.datasets["counts"] =
        make_table("counts",
                   {text_column("code", {"1", "2", "3", "9"}),
                    Column("year", ColumnType::integer, std::vector<int64_t>{2025, 2025, 2025, 2025}),
                    number_column("n", {1, 2, 3, 50})},
                   4);
    return world;
}

// The box of an item, as far as it can be clipped.
PixelBox box_of(const PixelItem& item) {
    struct Measure {
        PixelBox operator()(const TextItem& t) const {
            const TextSize size = measure_text(t.text, t.style, t.wrap_width);
            return {t.at.x, t.at.y, size.width, size.height};
        }
        PixelBox operator()(const RectItem& r) const { return r.box; }
        PixelBox operator()(const PathItem& p) const { return {p.points[0].x, p.points[0].y, 0, 0}; }
        PixelBox operator()(const MarkItem& m) const {
            return {m.at.x - m.radius, m.at.y - m.radius, 2 * m.radius, 2 * m.radius};
        }
    };
    return std::visit(Measure{}, item);
}

TEST(Furniture, lies_within_the_picture_at_every_size) {
    struct Case {
        double width, height, text_scale;
    };
    for (const Case c :
         {Case{1280, 720, 1}, {640, 480, 1}, {640, 480, 2}, {1280, 720, 2}, {3840, 2160, 2}, {400, 300, 1}}) {
        SCOPED_TRACE(std::to_string(c.width) + " at " + std::to_string(c.text_scale));
        World world = rich_world();
        MapRequest request;
        request.width = c.width;
        request.height = c.height;
        request.furniture.text_scale = c.text_scale;
        const Scene scene = world.scene(request);
        EXPECT_FALSE(scene.furniture.empty());
        for (const PixelItem& item : scene.furniture) {
            const PixelBox box = box_of(item);
            EXPECT_GE(box.x, -0.01);
            EXPECT_GE(box.y, -0.01);
            EXPECT_LE(box.x + box.width, c.width + 0.01);
            EXPECT_LE(box.y + box.height, c.height + 0.01);
        }
    }
}

TEST(Furniture, parts_do_not_overlap) {
    World world = rich_world();
    const auto layers = derive_layers(world.workspace, world.datasets, world.cache);
    for (const double scale : {1.0, 1.5, 2.0}) {
        MapRequest request;
        request.furniture.text_scale = scale;
        const Frame frame = resolve_frame(world.workspace, layers, request);
        const auto blocks = make_furniture_blocks(world.workspace, layers, request, Crs());
        const auto boxes = place_furniture(blocks, world.workspace, layers, request, frame).boxes();
        EXPECT_EQ(boxes.size(), 5U);
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            for (std::size_t j = i + 1; j < boxes.size(); ++j) {
                EXPECT_FALSE(boxes[i].intersects(boxes[j])) << i << " and " << j << " at " << scale;
            }
        }
    }
}

TEST(Furniture, is_absent_when_not_wanted) {
    World world = rich_world();
    MapRequest request;
    request.furniture = {false, false, false, false, false, false, 1};
    const Scene scene = world.scene(request);
    EXPECT_THAT(scene.furniture, IsEmpty());
    EXPECT_THAT(scene.labels, IsEmpty());
}

TEST(Furniture, tells_where_it_lies) {
    World world = rich_world();
    MapRequest request;
    const Scene scene = world.scene(request);
    EXPECT_EQ(scene.furniture_boxes.size(), 5U);
    EXPECT_THAT(scene.furniture_boxes,
                Contains(::testing::Field(&PixelBox::width, request.width)));  // the sources' strip
    request.furniture = {false, false, false, false, false, false, 1};
    EXPECT_THAT(world.scene(request).furniture_boxes, IsEmpty());
}

TEST(FurnitureScale, is_smaller_on_small_pictures_but_not_for_a_room) {
    MapRequest request;
    EXPECT_EQ(furniture_scale(request), 1);
    request.width = 692;
    request.height = 614;
    EXPECT_NEAR(furniture_scale(request), 692.0 / 900, 1e-12);
    request.width = 640;
    request.height = 480;
    EXPECT_EQ(furniture_scale(request), 0.76);
    request.width = 1280;
    request.height = 720;
    request.furniture.text_scale = 1.6;
    EXPECT_EQ(furniture_scale(request), 1.6);
}

TEST(Title, says_the_year_when_there_is_no_legend_to_say_it) {
    World world = rich_world();
    MapRequest request;
    EXPECT_THAT(texts_of(world.scene(request).furniture), Contains(world.workspace.subtitle));
    request.furniture.legend = false;
    EXPECT_THAT(texts_of(world.scene(request).furniture), Contains(world.workspace.subtitle + ", 2025"));
    // What lies above and has no years says nothing of them.
    world.workspace.layers.insert(world.workspace.layers.begin(), world.workspace.layers[0]);
    world.workspace.layers[0].id = "timeless";
    world.workspace.layers[0].joins.clear();
    EXPECT_THAT(texts_of(world.scene(request).furniture), Contains(world.workspace.subtitle + ", 2025"));
}

TEST(ResolveFrame, lets_the_map_fill_a_small_picture) {
    // Data four times as wide as high, in the map's part of a small window: nothing keeps it from the full width.
    World world = rich_world();
    const auto layers = derive_layers(world.workspace, world.datasets, world.cache);
    MapRequest request;
    request.width = 692;
    request.height = 614;
    const Frame frame = resolve_frame(world.workspace, layers, request);
    const Box extent = full_extent(world.workspace, layers);
    EXPECT_GT(extent.width() / frame.units_per_pixel, 0.9 * 692);
    const PixelBox data{frame.to_pixel({extent.min_x, extent.max_y}).x, frame.to_pixel({extent.min_x, extent.max_y}).y,
                        extent.width() / frame.units_per_pixel, extent.height() / frame.units_per_pixel};
    for (const PixelBox& box : world.scene(request).furniture_boxes) {
        EXPECT_FALSE(box.intersects(data.grown(-3)));
    }
}

TEST(Legend, takes_two_columns_before_it_leaves_layers_out) {
    World world;
    for (int i = 0; i < 10; ++i) {
        world.add("layer " + std::to_string(i), four_squares(), {});
    }
    const auto layers = derive_layers(world.workspace, world.datasets, world.cache);
    const Block legend = make_legend(world.workspace, layers, {}, 300, 200, 600);
    EXPECT_LE(legend.height, 200);
    EXPECT_LE(legend.width, 600);
    const std::vector<std::string> texts = texts_of(legend.items);
    EXPECT_EQ(texts.size(), 10U);
    EXPECT_THAT(texts, Not(Contains(HasSubstr("more layer"))));
}

TEST(Legend, does_not_repeat_a_unit_that_the_label_says) {
    World world = rich_world();
    world.workspace.layers[0].style.circles->measure.label = "Households helped in the year";
    world.workspace.layers[0].style.circles->measure.unit = "households";
    EXPECT_THAT(texts_of(world.scene().furniture), Contains("Households helped in the year"));
    world.workspace.layers[0].style.circles->measure.unit = "people";
    EXPECT_THAT(texts_of(world.scene().furniture), Contains("Households helped in the year (people)"));
}

TEST(Legend, states_measure_unit_year_classes_and_no_data) {
    World world = rich_world();
    const std::vector<std::string> texts = texts_of(world.scene().furniture);
    EXPECT_THAT(texts, Contains("squares"));
    const LayerResultPtr layer = world.layer();
    for (const std::string& label : class_labels(layer->classes)) {
        EXPECT_THAT(texts, Contains(label));
    }
    EXPECT_THAT(texts, Contains("No data (1)"));
    EXPECT_THAT(texts, Contains(HasSubstr("Stunted children under 5 (%)")));
}

TEST(Legend, says_how_many_values_rest_on_an_assumption) {
    World world = rich_world();
    EXPECT_THAT(texts_of(world.scene().furniture), Not(Contains(HasSubstr("assumed"))));
    world.workspace.layers[0].joins.push_back({"carried", "code", "code"});
    world.datasets["carried"] =
        test::make_table("carried",
                         {test::text_column("code", {"1", "2", "3"}), test::number_column("n", {5, 10, 20}),
                          test::number_column("n.assumed", {0, 0.4, 1})},
                         3);
    std::get<GraduatedFill>(world.workspace.layers[0].style.fill).measure = {.numerator = "carried.n"};
    EXPECT_THAT(texts_of(world.scene().furniture), Contains("≈ partly from assumed shares (2)"));
}

TEST(Legend, leaves_out_layers_that_are_hidden_or_unwanted) {
    World world = rich_world();
    world.workspace.layers[0].in_legend = false;
    EXPECT_THAT(texts_of(world.scene().furniture), Not(Contains("No data (1)")));
    world.workspace.layers[0].in_legend = true;
    world.workspace.layers[0].visible = false;
    EXPECT_THAT(texts_of(world.scene().furniture), Not(Contains("No data (1)")));
}

TEST(Legend, says_how_many_layers_it_had_no_room_for) {
    World world;
    for (int i = 0; i < 40; ++i) {
        world.add("layer " + std::to_string(i), four_squares(), {});
    }
    const auto layers = derive_layers(world.workspace, world.datasets, world.cache);
    const Block legend = make_legend(world.workspace, layers, {}, 300, 200);
    EXPECT_LE(legend.height, 200);
    EXPECT_THAT(texts_of(legend.items), Contains(HasSubstr("more layers")));
}

TEST(CircleLegendValues, are_round_and_not_above_the_largest) {
    EXPECT_THAT(circle_legend_values(1234), ElementsAre(1000, 200, 100));
    EXPECT_THAT(circle_legend_values(20), ElementsAre(20, 5, 2));
    EXPECT_THAT(circle_legend_values(1), ElementsAre(1, 0.2, 0.1));
    EXPECT_THAT(circle_legend_values(0), IsEmpty());
    EXPECT_THAT(circle_legend_values(-3), IsEmpty());
}

TEST(SourcesStatement, names_sources_filter_counts_crs_and_note) {
    World world = rich_world();
    world.workspace.layers[0].filter = "value < 15";
    const auto layers = derive_layers(world.workspace, world.datasets, world.cache);
    const std::string text = sources_statement(world.workspace, layers, map_crs(world.workspace, world.datasets));
    EXPECT_EQ(text,
              "Sources: squares.gpkg (2026-01-31); counts.csv (2021–2025). Filter: squares: value < 15. "
              "Units shown: squares 2 of 4, 1 row not matched. Map: VN-2000 / TM-3 107-45. "
              "Invented demonstration data.");
    EXPECT_EQ(sources_statement(Workspace{}, {}, Crs()), "");
}

TEST(SourcesStatement, names_whom_it_owes_several_files_once) {
    World world;
    for (const char* id : {"a", "b"}) {
        world.add(id, four_squares(), {});
        world.workspace.sources.back().attribution = "Statistics Office";
        world.workspace.sources.back().date = id[0] == 'a' ? "2024" : "2025";
    }
    const auto layers = derive_layers(world.workspace, world.datasets, world.cache);
    EXPECT_EQ(sources_statement(world.workspace, layers, Crs(), false),
              "Sources: Statistics Office (2024, 2025). Units shown: a 4 of 4; b 4 of 4.");
}

TEST(SourcesStatement, is_brief_where_there_is_little_room) {
    World world = rich_world();
    world.workspace.layers[0].filter = "value < 15";
    world.add("whole", four_squares(), {});
    const auto layers = derive_layers(world.workspace, world.datasets, world.cache);
    EXPECT_EQ(sources_statement(world.workspace, layers, map_crs(world.workspace, world.datasets), false, true),
              "Sources: squares.gpkg (2026-01-31); counts.csv (2021–2025). Filter: squares: value < 15. "
              "Units shown: squares 2 of 4, 1 row not matched.");
}

TEST(SourcesStatement, marks_invented_sources) {
    World world;
    world.add("squares", four_squares(), {});
    world.workspace.sources[0].invented = true;
    world.workspace.sources[0].attribution = "Diaban's demonstration";
    const auto layers = derive_layers(world.workspace, world.datasets, world.cache);
    EXPECT_THAT(sources_statement(world.workspace, layers, Crs()), HasSubstr("Diaban's demonstration (invented)"));
    EXPECT_THAT(texts_of(world.scene().furniture), Contains("Invented demonstration data"));
}

TEST(ScaleBar, takes_the_longest_round_length) {
    EXPECT_EQ(scale_bar_metres(100, 130), 10'000);
    EXPECT_EQ(scale_bar_metres(1, 130), 100);
    EXPECT_EQ(scale_bar_metres(4, 130), 500);
    EXPECT_EQ(scale_bar_metres(0, 130), 0);
    EXPECT_EQ(scale_bar_metres(std::numeric_limits<double>::quiet_NaN(), 130), 0);
}

TEST(MetresPerPixel, is_geodesic_in_a_mercator_map) {
    // A degree of longitude is N(φ) cos φ long on the ground and a on the map, so a unit is cos φ / sqrt(1 - e² sin² φ)
    // metres: at 60° north, with e² = 0.00669438, by hand, 0.50126.
    const Crs mercator = Crs::from_text("EPSG:3857").value();
    const auto to_degrees = Transform::between(mercator, Crs::wgs84());
    ASSERT_TRUE(to_degrees);
    const Frame frame{.centre = {0, 8'399'737.89}, .units_per_pixel = 10};
    EXPECT_NEAR(metres_per_pixel(frame, *to_degrees), 5.0126, 0.001);
    EXPECT_EQ(metres_per_pixel(frame, std::nullopt), 0);
}

TEST(TrueNorth, turns_with_the_meridians_convergence) {
    // UTM 48N (105°E) at 107.5°E, 21.3°N: the convergence is atan(tan Δλ · sin φ) = 0.9084°, by hand. East of the
    // central meridian meridians lean towards it, so the arrow leans to the left.
    const Crs utm = Crs::from_text("EPSG:32648").value();
    const auto to_degrees = Transform::between(utm, Crs::wgs84());
    ASSERT_TRUE(to_degrees);
    Frame frame;
    frame.centre = to_degrees->inverse().apply(Point{107.5, 21.3});
    EXPECT_NEAR(true_north(frame, *to_degrees).value(), -0.9084, 0.002);
    EXPECT_EQ(true_north(frame, std::nullopt).value(), 0);
}

TEST(CoveredCells, are_those_whose_centres_a_polygon_holds) {
    const std::vector<std::string_view> wkt{"POLYGON((0 0,4 0,4 3,0 3,0 0),(1 1,2 1,2 2,1 2,1 1))"};
    const Detail polygon = plain_detail(geometry_from_wkt(wkt));
    const CellGrid grid{{-1, -1}, 1, 7, 6};
    std::vector<std::vector<int>> cells(6, std::vector<int>(7, 0));
    for (const CellRun& run : covered_cells(polygon, 0, grid)) {
        for (int c = run.first; c <= run.last; ++c) {
            cells[static_cast<std::size_t>(run.row)][static_cast<std::size_t>(c)] = 1;
        }
    }
    EXPECT_THAT(cells[0], ElementsAre(0, 0, 0, 0, 0, 0, 0));
    EXPECT_THAT(cells[1], ElementsAre(0, 1, 1, 1, 1, 0, 0));
    EXPECT_THAT(cells[2], ElementsAre(0, 1, 0, 1, 1, 0, 0));
    EXPECT_THAT(cells[3], ElementsAre(0, 1, 1, 1, 1, 0, 0));
    EXPECT_THAT(cells[4], ElementsAre(0, 0, 0, 0, 0, 0, 0));
}

}  // namespace
}  // namespace diaban
