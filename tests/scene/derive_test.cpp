#include "scene/derive.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "scene/map_items.h"
#include "small_world.h"

namespace diaban {
namespace {

using test::four_squares;
using test::items_of;
using test::make_dataset;
using test::make_table;
using test::number_column;
using test::text_column;
using test::World;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Style graduated(const std::string& numerator, int classes = 2) {
    Style style;
    style.fill =
        GraduatedFill{.measure = {.numerator = numerator}, .method = ClassMethod::equal_interval, .classes = classes};
    return style;
}

// Values of two years for the squares: the second year's are far above the first's.
World two_years() {
    World world;
    Layer& layer = world.add("squares", four_squares(), graduated("counts.n", 4));
    layer.joins.push_back({"counts", "code", "code", "year"});
    world.datasets["counts"] =
        make_table("counts",
                   {text_column("code", {"1", "2", "3", "1", "2", "3"}),
                    Column("year", ColumnType::integer, std::vector<int64_t>{2021, 2021, 2021, 2025, 2025, 2025}),
                    number_column("n", {1, 2, 3, 50, 60, 80})},
                   6);
    return world;
}

// Of the squares' values, two fifths of the second rest on an assumption.
World carried_over() {
    World world;
    Layer& layer = world.add("squares", four_squares(), graduated("carried.n"));
    layer.joins.push_back({"carried", "code", "code"});
    world.datasets["carried"] = make_table("carried",
                                           {text_column("code", {"1", "2", "3"}), number_column("n", {5, 10, 20}),
                                            number_column("n.assumed", {0, 0.4, 0})},
                                           3);
    return world;
}

TEST(DeriveLayers, marks_the_features_whose_value_rests_on_an_assumption) {
    World world = carried_over();
    const LayerResultPtr layer = world.layer();
    EXPECT_EQ(layer->assumed, (std::vector<uint8_t>{0, 1, 0, 0}));
    EXPECT_EQ(layer->assumed_count, 1U);
    const auto values = MeasureValues::bind(*layer->features, {.numerator = "carried.n"}).value();
    EXPECT_DOUBLE_EQ(values.assumed_share(1, 0), 0.4);
    EXPECT_DOUBLE_EQ(values.assumed_share(3, 0), 0);
}

TEST(DeriveLayers, marks_nothing_where_all_was_counted) {
    EXPECT_THAT(two_years().layer()->assumed, IsEmpty());
}

TEST(Derive, hatches_what_rests_on_an_assumption_unless_the_layer_has_a_hatch_of_its_own) {
    World world = carried_over();
    const auto fills = items_of<FillItem>(world.scene().map);
    ASSERT_THAT(fills, SizeIs(1));
    EXPECT_EQ(fills[0].hatch, assumed_hatch);
    EXPECT_EQ(*fills[0].hatched, (std::vector<uint8_t>{0, 1, 0, 0}));
    world.workspace.layers[0].style.hatch = Hatch{.spacing = Pixels(9)};
    EXPECT_EQ(items_of<FillItem>(world.scene().map)[0].hatch->spacing, Pixels(9));
}

TEST(DeriveLayers, gives_nothing_for_an_empty_workspace) {
    World world;
    EXPECT_THAT(derive_layers(world.workspace, world.datasets, world.cache), IsEmpty());
    const Scene scene = world.scene();
    EXPECT_THAT(scene.map, IsEmpty());
    EXPECT_THAT(scene.labels, IsEmpty());
}

TEST(DeriveLayers, keeps_a_layer_whose_source_is_missing_in_its_place) {
    World world;
    world.add("squares", four_squares(), {});
    world.datasets.clear();
    ASSERT_THAT(derive_layers(world.workspace, world.datasets, world.cache), SizeIs(1));
    EXPECT_EQ(world.layer()->features, nullptr);
    EXPECT_THAT(world.scene().map, IsEmpty());
}

TEST(DeriveLayers, tells_no_data_from_zero) {
    World world;
    world.add("squares", four_squares(), graduated("value"));
    const LayerResultPtr layer = world.layer();
    EXPECT_THAT(layer->class_of, ElementsAre(0, 1, 1, -1));  // by hand: bounds 0, 10, 20; 10 belongs to the upper class
    EXPECT_EQ(layer->no_data_count, 1U);
    EXPECT_EQ(layer->shown_count, 4U);
}

TEST(DeriveLayers, makes_the_same_classes_for_every_year) {
    World world = two_years();
    world.workspace.time = 2021;
    const LayerResultPtr early = world.layer();
    world.workspace.time = 2025;
    const LayerResultPtr late = world.layer();
    EXPECT_EQ(early->classes, late->classes);
    EXPECT_EQ(early->classes.bounds.front(), 1);
    EXPECT_EQ(early->classes.bounds.back(), 80);
    EXPECT_EQ(early->class_of[2], 0);
    EXPECT_EQ(late->class_of[2], 3);
}

TEST(DeriveLayers, keeps_classes_when_a_filter_hides_features) {
    World world;
    world.add("squares", four_squares(), graduated("value"));
    const Classes before = world.layer()->classes;
    world.workspace.layers[0].filter = "value < 5";
    const LayerResultPtr layer = world.layer();
    EXPECT_EQ(layer->classes, before);
    EXPECT_THAT(layer->class_of, ElementsAre(0, -2, -2, -2));
    EXPECT_EQ(layer->shown_count, 1U);
}

TEST(DeriveLayers, reports_an_unknown_column_and_still_draws_the_layer) {
    World world;
    world.add("squares", four_squares(), graduated("valve"));
    const LayerResultPtr layer = world.layer();
    ASSERT_THAT(layer->diagnostics, SizeIs(1));
    EXPECT_EQ(layer->diagnostics[0].where.layer, "squares");
    EXPECT_EQ(layer->diagnostics[0].severity, Severity::error);
    EXPECT_THAT(layer->diagnostics[0].detail, HasSubstr("value"));
    EXPECT_THAT(layer->class_of, ElementsAre(-1, -1, -1, -1));
    const auto fills = items_of<FillItem>(world.scene().map);
    ASSERT_THAT(fills, SizeIs(1));
    EXPECT_EQ(fills[0].colours->at(0), world.workspace.layers[0].style.no_data);
}

TEST(DeriveLayers, reports_a_bad_filter_and_shows_everything) {
    World world;
    world.add("squares", four_squares(), {}).filter = "value <";
    const LayerResultPtr layer = world.layer();
    EXPECT_THAT(layer->diagnostics, SizeIs(1));
    EXPECT_EQ(layer->shown_count, 4U);
}

TEST(DeriveLayers, puts_categories_in_vietnamese_order) {
    World world;
    Style style;
    style.fill = CategorisedFill{.field = "name", .ramp = "Set2", .colours = {{"Cô Tô", Rgba{1, 2, 3, 255}}}};
    world.add("squares", four_squares(), style);
    const LayerResultPtr layer = world.layer();
    EXPECT_THAT(layer->categories, ElementsAre("Bình Liêu", "Cô Tô", "Hạ Long", "Vân Đồn"));
    EXPECT_THAT(layer->class_of, ElementsAre(2, 0, 1, 3));
    EXPECT_EQ(layer->category_colours[1], (Rgba{1, 2, 3, 255}));
}

TEST(DeriveLayers, gathers_rare_categories_beyond_twelve) {
    std::vector<std::string> wkt_texts;
    std::vector<std::string> kinds;
    for (int i = 0; i < 30; ++i) {
        wkt_texts.push_back("POINT(" + std::to_string(400000 + i * 1000) + " 2350000)");
        kinds.push_back(i < 15 ? "common" : "rare " + std::to_string(i));
    }
    World world;
    Style style;
    style.fill = CategorisedFill{.field = "kind"};
    world.add("points", make_dataset("points", {wkt_texts.begin(), wkt_texts.end()}, {text_column("kind", kinds)}),
              style);
    const LayerResultPtr layer = world.layer();
    ASSERT_THAT(layer->categories, SizeIs(12));
    EXPECT_EQ(layer->categories.back(), "Other");
    EXPECT_EQ(layer->categories.front(), "common");
    EXPECT_EQ(std::count(layer->class_of.begin(), layer->class_of.end(), 11), 5);  // 16 kinds less the 11 kept
}

TEST(DeriveLayers, shares_what_a_change_of_colour_does_not_touch) {
    World world;
    world.add("squares", four_squares(), graduated("value"));
    const LayerResultPtr before = world.layer();
    EXPECT_EQ(world.layer(), before);
    world.workspace.layers[0].opacity = 0.5;
    EXPECT_EQ(world.layer(), before);
    std::get<GraduatedFill>(world.workspace.layers[0].style.fill).ramp = "Blues";
    const LayerResultPtr after = world.layer();
    EXPECT_NE(after, before);
    EXPECT_EQ(after->shapes, before->shapes);
    EXPECT_EQ(after->features, before->features);
}

TEST(MapCrs, is_the_provinces_zone_for_data_of_quang_ninh) {
    World world;
    world.add("squares", four_squares(), {});
    EXPECT_EQ(map_crs(world.workspace, world.datasets).code(), "EPSG:5899");
    world.workspace.map_crs = "EPSG:3857";
    EXPECT_EQ(map_crs(world.workspace, world.datasets).code(), "EPSG:3857");
    world.workspace.map_crs = "no such thing";
    EXPECT_EQ(map_crs(world.workspace, world.datasets).code(), "EPSG:5899");
}

TEST(FullExtent, passes_over_hidden_and_background_layers) {
    World world;
    world.add("squares", four_squares(), {});
    world.add("far", make_dataset("far", {"POINT(700000 2000000)"}, {}), {}).background = true;
    const auto layers = derive_layers(world.workspace, world.datasets, world.cache);
    const Box box = full_extent(world.workspace, layers);
    EXPECT_NEAR(box.min_x, 400000, 1e-6);
    EXPECT_NEAR(box.max_x, 440000, 1e-6);
    world.workspace.layers[0].visible = false;
    EXPECT_NEAR(full_extent(world.workspace, layers).min_x, 700000, 1e-6);
    EXPECT_TRUE(full_extent(Workspace{}, {}).empty());
}

TEST(Frame, fits_a_box_into_a_part_of_the_picture) {
    const Frame frame{.width = 1000, .height = 500};
    const Frame fitted = frame.fitted(Box{0, 0, 100, 100}, PixelBox{500, 0, 500, 500});
    EXPECT_DOUBLE_EQ(fitted.units_per_pixel, 0.2);
    EXPECT_NEAR(fitted.to_pixel({0, 100}).x, 500, 1e-9);
    EXPECT_NEAR(fitted.to_pixel({0, 100}).y, 0, 1e-9);
    EXPECT_EQ(frame.fitted(Box{}, PixelBox{0, 0, 10, 10}), frame);
}

TEST(ResolveFrame, honours_frame_then_extent_then_the_saved_view) {
    World world;
    world.add("squares", four_squares(), {});
    const auto layers = derive_layers(world.workspace, world.datasets, world.cache);
    MapRequest request;
    world.workspace.view.extent = {0, 0, 1280, 720};
    EXPECT_DOUBLE_EQ(resolve_frame(world.workspace, layers, request).units_per_pixel, 1);
    request.extent = Box{0, 0, 2560, 1440};
    EXPECT_DOUBLE_EQ(resolve_frame(world.workspace, layers, request).units_per_pixel, 2);
    request.frame = Frame{.width = 300, .height = 200, .units_per_pixel = 7};
    EXPECT_EQ(resolve_frame(world.workspace, layers, request), *request.frame);
}

TEST(ResolveFrame, shows_all_data_beside_the_furniture) {
    World world;
    world.add("squares", four_squares(), graduated("value"));
    const auto layers = derive_layers(world.workspace, world.datasets, world.cache);
    const Frame frame = resolve_frame(world.workspace, layers, {});
    const Box seen = frame.extent();
    EXPECT_LE(seen.min_x, 400000);
    EXPECT_GE(seen.max_x, 440000);
    EXPECT_LT(seen.width(), 40000 * 1.6);
}

TEST(ResolveFrame, finds_a_scale_for_a_single_point) {
    World world;
    world.add("point", make_dataset("point", {"POINT(400000 2350000)"}, {}), {});
    const auto layers = derive_layers(world.workspace, world.datasets, world.cache);
    const Frame frame = resolve_frame(world.workspace, layers, {});
    EXPECT_GT(frame.units_per_pixel, 0.5);
    EXPECT_LT(frame.units_per_pixel, 50);
    EXPECT_TRUE(frame.extent().contains({400000, 2350000}));
}

TEST(Scene, draws_the_last_layer_first_and_the_selection_over_everything) {
    World world;
    world.add("top", four_squares(), {});
    world.add("bottom", four_squares(), {});
    MapRequest request;
    request.selection = {"top", {1, 99}};
    request.hover = Hover{"bottom", 2};
    const Scene scene = world.scene(request);
    ASSERT_THAT(scene.map, SizeIs(6));  // two layers of fill and outline, hover, selection
    EXPECT_EQ(std::get<FillItem>(scene.map[0]).detail, diaban::test::detail_of(world.layer(1)));
    EXPECT_EQ(std::get<FillItem>(scene.map[2]).detail, diaban::test::detail_of(world.layer(0)));
    EXPECT_THAT(*std::get<StrokeItem>(scene.map[4]).shown, ElementsAre(0, 0, 1, 0));
    EXPECT_THAT(*std::get<StrokeItem>(scene.map[5]).shown, ElementsAre(0, 1, 0, 0));
}

TEST(Scene, marks_many_selected_features_as_one_tinted_area) {
    World world;
    std::vector<std::string> squares;
    for (int i = 0; i < 300; ++i)
        squares.push_back(fmt::format("POLYGON(({0} 2350000,{1} 2350000,{1} 2351000,{0} 2351000,{0} 2350000))",
                                      400000 + 1000 * i, 401000 + 1000 * i));
    world.add("row", make_dataset("row", {squares.begin(), squares.end()}, {}), {});
    MapRequest request;
    request.selection.layer_id = "row";
    const Scene plain = world.scene(request);
    for (uint32_t f = 0; f < 200; ++f)
        request.selection.features.insert(f);
    const Scene few = world.scene(request);
    request.selection.features.insert(200);
    const Scene many = world.scene(request);
    const auto colours = [](const Scene& scene) { return *items_of<FillItem>(scene.map)[0].colours; };
    const auto mark = [](const Scene& scene) { return items_of<StrokeItem>(scene.map).back(); };
    EXPECT_EQ(colours(few), colours(plain));
    EXPECT_FALSE(mark(few).around);
    EXPECT_TRUE(mark(many).around);
    EXPECT_LT(mark(many).stroke.width.value(), mark(few).stroke.width.value());
    EXPECT_NE(colours(many)[200], colours(plain)[200]);
    EXPECT_EQ(colours(many)[201], colours(plain)[201]);
}

TEST(Scene, leaves_out_hidden_layers) {
    World world;
    world.add("squares", four_squares(), {}).visible = false;
    EXPECT_THAT(world.scene().map, IsEmpty());
}

TEST(Scene, hatches_only_what_is_shown) {
    World world;
    Style style;
    style.fill = std::monostate{};
    style.hatch = Hatch{};
    world.add("squares", four_squares(), style).filter = "value >= 10";
    const auto fills = items_of<FillItem>(world.scene().map);
    ASSERT_THAT(fills, SizeIs(1));
    EXPECT_THAT(*fills[0].hatched, ElementsAre(0, 1, 1, 0));
    EXPECT_EQ(fills[0].colours->at(1).a, 0);
}

TEST(Scene, culls_symbols_outside_the_frame) {
    World world;
    world.add("points", make_dataset("points", {"POINT(400000 2350000)", "POINT(500000 2350000)", ""}, {}), {});
    MapRequest request;
    request.frame = Frame{.centre = {400000, 2350000}, .units_per_pixel = 10};
    const auto symbols = items_of<SymbolItem>(world.scene(request).map);
    ASSERT_THAT(symbols, SizeIs(1));
    ASSERT_THAT(symbols[0].symbols, SizeIs(1));
    EXPECT_EQ(symbols[0].symbols[0].feature, 0U);
}

TEST(CircleRadius, makes_areas_proportional_to_values) {
    EXPECT_DOUBLE_EQ(circle_radius(100, 100, 20), 20);
    EXPECT_DOUBLE_EQ(circle_radius(25, 100, 20), 10);
    EXPECT_DOUBLE_EQ(circle_radius(0, 100, 20), 0);
    EXPECT_DOUBLE_EQ(circle_radius(-5, 100, 20), 0);
    EXPECT_DOUBLE_EQ(circle_radius(std::nan(""), 100, 20), 0);
    EXPECT_DOUBLE_EQ(circle_radius(1, 0, 20), 0);
}

TEST(Scene, draws_big_circles_first_inside_their_polygons) {
    World world;
    Style style;
    style.circles = ProportionalCircles{.measure = {.numerator = "value"}, .max_radius = Pixels(20)};
    world.add("squares", four_squares(), style);
    const auto symbols = items_of<SymbolItem>(world.scene().map);
    ASSERT_THAT(symbols, SizeIs(1));
    ASSERT_THAT(symbols[0].symbols, SizeIs(2));  // 20 and 10; no circle for 0 and for null
    EXPECT_DOUBLE_EQ(symbols[0].symbols[0].radius, 20);
    EXPECT_NEAR(symbols[0].symbols[1].radius, 20 * std::sqrt(0.5), 1e-12);
    EXPECT_NEAR(symbols[0].symbols[0].at.x, 425000, 500);
    EXPECT_NEAR(symbols[0].symbols[0].at.y, 2355000, 500);
}

TEST(CollectDiagnostics, adds_layers_and_unlabelled_features_to_the_datas_own) {
    World world;
    world.add("squares", four_squares(), graduated("nothing"));
    Scene scene;
    scene.unlabelled = {{"squares", 0, "Hạ Long"}, {"squares", 2, "Cô Tô"}};
    const Diagnostics all = collect_diagnostics({Diagnostic{.kind = DiagnosticKind::no_crs}},
                                                derive_layers(world.workspace, world.datasets, world.cache), &scene);
    ASSERT_THAT(all, SizeIs(3));
    EXPECT_EQ(all[0].kind, DiagnosticKind::no_crs);
    EXPECT_EQ(all[2].kind, DiagnosticKind::unlabelled);
    EXPECT_EQ(all[2].count, 2);
    EXPECT_EQ(all[2].detail, "Hạ Long; Cô Tô");
    EXPECT_THAT(collect_diagnostics({}, {}, nullptr), IsEmpty());
}

}  // namespace
}  // namespace diaban
