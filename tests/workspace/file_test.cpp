#include "workspace/file.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "temporary_folder.h"

namespace diaban {
namespace {

CarriedSource carried_by_pairs() {
    return {
        .id = "by_pairs",
        .data = "malnutrition",
        .key = "old_name",
        .time_field = "year",
        .by = PairsOf{"communes",
                      {.from = "a",
                       .to = "b",
                       .from_name = "c",
                       .to_name = "d",
                       .share = "e",
                       .basis = "f",
                       .source = "g",
                       .corrected = "h",
                       .mentions = "i"}},
        .shares_by = OverlayOf{"communes", "code", "name", "malnutrition", "code", "name", "communes", "households"},
        .reverse = true,
        .rules = {{"stunted", CarryKind::whole_count, "", "", 1},
                  {"rate", CarryKind::rate, "stunted", "measured", 100}},
        .corrections = {{"Xã Đại Dực", "06862", 0.7, "commune office, 3 March 2026"}}};
}

CarriedSource carried_by_names() {
    return {.id = "by_names",
            .data = "by_pairs",
            .key = "unit",
            .by = NamesOf{"communes",
                          {.id = "code", .name = "full_name", .list = "merged_from", .separator = ";", .parent = "p"}}};
}

CarriedSource carried_by_overlay() {
    return {.id = "by_overlay",
            .data = "malnutrition",
            .key = "code",
            .by = OverlayOf{.old_units = "communes", .old_id = "code", .new_units = "malnutrition", .new_id = "code"}};
}

std::vector<SavedQuery> queries_of_all_kinds() {
    return {
        {"far", "Far from help", FeatureQuery{"plain", "beyond 5 km of stunting", {{"n", "count(stunting)"}}}, 2023},
        {"gap",
         "The gap",
         CoverageQuery{.demand = "plain",
                       .demand_where = "a > 1",
                       .weight = "households",
                       .facilities = "stunting",
                       .facilities_where = "b = 'x'",
                       .reach = {2.5, query::LengthUnit::kilometre},
                       .by = "stunting",
                       .gap = false},
         {}},
        {"around", "Around", BufferQuery{"plain", "a = 1", {300, query::LengthUnit::metre}, true}, {}},
        {"cells", "Cells", ServiceAreaQuery{"plain", "a = 1", "stunting"}, {}},
        {"by_hand", "By hand", SqlQuery{"select 'it''s', \"a b\" from plain -- all"}, {}}};
}

/// A workspace in which every member differs from its default.
Workspace everything_set() {
    Workspace w;
    w.title = "Thấp còi ở trẻ dưới 5 tuổi";
    w.subtitle = "Quảng Ninh";
    w.note = "invented";
    w.map_crs = "EPSG:5899";
    w.time = 2024;
    w.view.extent = {1.5, 2, 3, 4};
    w.sources = {{"communes", "/maps/communes.geojson", "layer one", "EPSG:4326", "somebody", "2025-07-01", true},
                 {"malnutrition", "/maps/tables/malnutrition.csv", "", "", "", "", false}};
    w.sources[1].import = {.encoding = "tcvn3",
                           .separator = ";",
                           .header_row = 4,
                           .header_rows = 2,
                           .keep_totals = true,
                           .numbers = {{"Số hộ", NumberConvention::comma_decimal}},
                           .long_form = "year",
                           .points = PointColumns{"X (m)", "Y (m)"},
                           .no_points = true,
                           .swap_axes = true,
                           .repair = false,
                           .where = "huyen = 'Bình Liêu'",
                           .extent = {107, 21, 108, 22}};
    w.carried = {carried_by_pairs(), carried_by_names(), carried_by_overlay()};
    Layer layer;
    layer.id = "stunting";
    layer.name = "Stunting";
    layer.source = "communes";
    layer.joins = {{.source = "malnutrition",
                    .key = "name",
                    .foreign_key = "ten_xa",
                    .time_field = "year",
                    .role = KeyRole::name,
                    .further = {{"district", "huyen", KeyRole::parent}, {"code", "ma", KeyRole::exact}},
                    .confirmed = {{"Xã Hà Lâm", "06676"}, {"Xã Không Có", ""}}}};
    layer.filter = "kind = 'commune' and \"area km2\" > 5";
    layer.columns = {{"shelters", "count(plain within 5 km)"}, {"share", "shelters / households"}};
    layer.visible = false;
    layer.opacity = 0.5;
    layer.in_legend = false;
    layer.background = true;
    GraduatedFill fill;
    fill.measure = {"malnutrition.stunted", "malnutrition.measured", 100, "%", "Stunted"};
    fill.method = ClassMethod::manual;
    fill.classes = 4;
    fill.manual_bounds = {10, 20.5, 30};
    fill.ramp = "PuOr";
    fill.reversed = true;
    layer.style.fill = fill;
    layer.style.no_data = {1, 2, 3, 4};
    layer.style.hatch = Hatch{{9, 8, 7, 6}, Pixels(2), Pixels(9), Degrees(30), true};
    layer.style.outline = Stroke{{1, 1, 1, 255}, Pixels(3), {4, 2}, Rgba{5, 5, 5, 255}, Pixels(1.5)};
    layer.style.crowding = {CrowdingMode::density, Pixels(31), "Blues", true};
    layer.style.marker = {MarkerShape::shelter, Pixels(14), {2, 2, 2, 255}, Pixels(2)};
    layer.style.circles =
        ProportionalCircles{{"a", "b", 1000, "per 1,000", "l"}, Pixels(30), {1, 2, 3, 200}, {4, 4, 4, 255}, Pixels(2)};
    layer.style.labels = Labels{"name", Pixels(13), {1, 1, 1, 255}, {2, 2, 2, 255}, Pixels(2), true, true, false, 3};
    w.layers.push_back(layer);
    Layer plain;
    plain.id = plain.name = "plain";
    plain.source = "communes";
    CategorisedFill categorised;
    categorised.field = "kind";
    categorised.ramp = "Dark2";
    categorised.colours = {{"ward", {1, 2, 3, 255}}};
    plain.style.fill = categorised;
    plain.style.outline.reset();
    w.layers.push_back(plain);
    w.criteria = {{{"x", "y", 100, "%", "X"}, 2.5, false}};
    w.queries = queries_of_all_kinds();
    Layer made;
    made.id = made.name = "made";
    made.source = "gap";
    w.layers.push_back(made);
    return w;
}

TEST(WorkspaceFile, holds_everything_that_a_workspace_holds) {
    const auto original = everything_set();
    const auto read = workspace_from_toml(workspace_to_toml(original, "/maps"), "/maps");
    ASSERT_TRUE(read) << to_text(read.error());
    EXPECT_EQ(*read, original);
}

TEST(WorkspaceFile, of_an_empty_workspace_is_only_its_version) {
    EXPECT_EQ(workspace_to_toml({}, "/maps"), "version = 1\n");
    EXPECT_EQ(workspace_from_toml("version = 1", "/maps").value(), Workspace{});
}

TEST(WorkspaceFile, writes_numbers_as_people_do_and_leaves_text_alone) {
    Workspace w;
    w.layers.push_back({.id = "a", .name = "0.30000000000000004", .source = "s", .opacity = 0.7});
    w.layers[0].style.marker.outline_width = Pixels(1.4);
    w.view.extent = {1e-7, 0.1 + 0.2, 107.1, 108.5};
    const auto text = workspace_to_toml(w, "/maps");
    EXPECT_NE(text.find("outline_width = 1.4\n"), std::string::npos) << text;
    EXPECT_NE(text.find("opacity = 0.7\n"), std::string::npos) << text;
    EXPECT_NE(text.find("'0.30000000000000004'"), std::string::npos) << text;
    EXPECT_NE(text.find("0.30000000000000004, 107.1, 108.5"), std::string::npos) << text;
}

TEST(WorkspaceFile, writes_paths_relative_to_itself) {
    const auto text = workspace_to_toml(everything_set(), "/maps");
    EXPECT_NE(text.find("tables/malnutrition.csv"), std::string::npos);
    EXPECT_EQ(text.find("/maps/"), std::string::npos);
}

TEST(WorkspaceFile, moved_with_its_data_still_finds_them) {
    const auto text = workspace_to_toml(everything_set(), "/maps");
    const auto elsewhere = workspace_from_toml(text, "/usb/maps").value();
    EXPECT_EQ(elsewhere.sources[1].path, "/usb/maps/tables/malnutrition.csv");
}

TEST(WorkspaceFile, leaves_connection_strings_alone) {
    Workspace w;
    w.sources = {{.id = "db", .path = "PG:service=province"}};
    EXPECT_EQ(workspace_from_toml(workspace_to_toml(w, "/maps"), "/maps").value(), w);
}

TEST(WorkspaceFile, never_holds_the_password_of_a_database) {
    Workspace w;
    w.sources = {{.id = "a", .path = "PG:host=h password=secret dbname=d"},
                 {.id = "b", .path = "postgresql://me:secret@h/d"}};
    const std::string text = workspace_to_toml(w, "/maps");
    EXPECT_EQ(text.find("secret"), std::string::npos) << text;
    EXPECT_EQ(workspace_from_toml(text, "/maps").value().sources[0].path, "PG:host=h dbname=d");
    EXPECT_EQ(workspace_from_toml(text, "/maps").value().sources[1].path, "postgresql://me@h/d");
}

struct WrongFile {
    const char* name;
    const char* toml;
    const char* message;
};

class WrongWorkspaceFile : public testing::TestWithParam<WrongFile> {};

TEST_P(WrongWorkspaceFile, gets_one_clear_message) {
    const auto result = workspace_from_toml(GetParam().toml, "/maps");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::bad_input);
    EXPECT_EQ(to_text(result.error()), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Each, WrongWorkspaceFile,
    testing::Values(
        WrongFile{"empty", "",
                  "this TOML file is no Diaban workspace: it has no version. Open a workspace that Diaban saved."},
        WrongFile{
            "newer", "version = 7\nbrand_new = 1",
            "the workspace was saved by a newer Diaban (version 7; this one reads 1). Update Diaban, or ask for the "
            "workspace in the older version."},
        WrongFile{"version_zero", "version = 0", "there is no version 0 of a workspace. Write version = 1."},
        WrongFile{"misspelt_key", "version = 1\ntitel = 'x'",
                  "row 2: \"titel\" is no key that belongs here. Did you mean \"title\"?"},
        WrongFile{"wrong_type", "version = 1\ntitle = 5", "row 2: \"title\" has to be text in quotes."},
        WrongFile{
            "bad_colour",
            "version = 1\n[[sources]]\nid='a'\npath='a'\n[[layers]]\nid='a'\nsource='a'\n[layers.style]\nno_data='red'",
            "row 9: \"no_data\" has to be a colour such as \"#1f78b4\"."},
        WrongFile{"bad_opacity",
                  "version = 1\n[[sources]]\nid='a'\npath='a'\n[[layers]]\nid='a'\nsource='a'\nopacity = 2",
                  "row 8: the opacity has to be from 0 to 1."},
        WrongFile{"unknown_source",
                  "version = 1\n[[sources]]\nid='communes'\npath='a'\n[[layers]]\nid='a'\nsource='comunes'",
                  "layer \"a\" names the source \"comunes\", which is not there. Did you mean \"communes\"?"},
        WrongFile{"twice", "version = 1\n[[sources]]\nid='a'\npath='a'\n[[sources]]\nid='a'\npath='b'",
                  "two sources have the id \"a\"."},
        WrongFile{"no_path", "version = 1\n[[sources]]\nid='a'", "row 2: source \"a\" needs a path."},
        WrongFile{"bad_number_convention",
                  "version = 1\n[[sources]]\nid='a'\npath='a'\n[sources.import]\nnumbers = { x = 'dot' }",
                  "row 6: how numbers are written has to be \"point\" or \"comma\"."},
        WrongFile{"bad_role",
                  "version = 1\n[[sources]]\nid='a'\npath='a'\n[[layers]]\nid='a'\nsource='a'\n[[layers.joins]]\n"
                  "source='a'\nkey='k'\nrole='nam'",
                  "row 11: a key's role has to be \"code\", \"name\", \"parent\" or \"exact\"."},
        WrongFile{
            "carried_from_nowhere",
            "version = 1\n[[sources]]\nid='nutrition'\npath='a'\n[[carried]]\nid='c'\ndata='nutritoin'\nkey='k'\n"
            "pairs = { source='nutrition', from='a', to='b' }",
            "the carried source \"c\" is made from \"nutritoin\", which is not there or not above it. Did you mean "
            "“nutrition”?"},
        WrongFile{"carried_two_ways",
                  "version = 1\n[[sources]]\nid='n'\npath='a'\n[[carried]]\nid='c'\ndata='n'\nkey='k'\n"
                  "pairs = { source='n', from='a', to='b' }\nnames = { source='n', id='a', list='b' }",
                  "row 5: a carried source needs one of \"pairs\", \"names\" and \"overlay\"."},
        WrongFile{"query_without_kind", "version = 1\n[[queries]]\nid='q'\nkind='coverge'",
                  "row 4: a query needs its kind: \"find\", \"coverage\", \"buffer\", \"service_areas\" or \"sql\". "
                  "Did you mean “coverage”?"},
        WrongFile{"query_without_layer", "version = 1\n[[queries]]\nid='q'\nkind='find'",
                  "row 2: a query of the kind \"find\" needs its layer."},
        WrongFile{"query_with_a_key_of_another_kind",
                  "version = 1\n[[queries]]\nid='q'\nkind='buffer'\nlayer='a'\ndistance='5 km'\nwithin='5 km'",
                  "row 7: \"within\" is no key that belongs here. Remove it."},
        WrongFile{"distance_without_unit", "version = 1\n[[queries]]\nid='q'\nkind='buffer'\nlayer='a'\ndistance='5'",
                  "row 6: \"distance\" has to be a distance such as \"5 km\" or \"300 m\"."},
        WrongFile{"distance_that_is_missing",
                  "version = 1\n[[queries]]\nid='q'\nkind='coverage'\ndemand='a'\nfacilities='b'",
                  "row 2: \"within\" has to be a distance such as \"5 km\" or \"300 m\"."},
        WrongFile{"column_twice",
                  "version = 1\n[[queries]]\nid='q'\nkind='find'\nlayer='a'\n"
                  "columns = [ { name='n', value='1' }, { name='n', value='2' } ]",
                  "row 6: two columns are called \"n\"."},
        WrongFile{"query_with_the_id_of_a_layer",
                  "version = 1\n[[sources]]\nid='s'\npath='a'\n[[layers]]\nid='a'\nsource='s'\n"
                  "[[queries]]\nid='a'\nkind='sql'\nsql='select 1'",
                  "the query \"a\" has the id of a source, a layer or another query."},
        WrongFile{"bad_view", "version = 1\nview = [1, 2]",
                  "row 2: the view has to be four numbers: left, bottom, right, top."}),
    [](const auto& wrong) { return wrong.param.name; });

TEST(WorkspaceFile, with_a_map_crs_that_nobody_knows_names_it_and_its_line) {
    const auto result = workspace_from_toml("version = 1\nmap_crs = 'nonsense'", "/maps");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().where.row, 2);
    EXPECT_NE(result.error().what.find("“nonsense”"), std::string::npos) << result.error().what;
    EXPECT_NE(result.error().remedy.find("EPSG:5899"), std::string::npos) << result.error().remedy;
}

TEST(WorkspaceFile, with_a_syntax_error_names_the_line) {
    const auto result = workspace_from_toml("version = 1\ntitle = \n", "/maps");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().where.row, 2);
}

TEST(LoadWorkspace, names_the_file_that_is_wrong) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "broken.toml";
    ASSERT_TRUE(write_file(path, "version = 99"));
    const auto result = load_workspace(path);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().where.file, path.string());
}

TEST(SaveWorkspace, and_load_give_the_same_value) {
    const TemporaryFolder folder;
    auto w = everything_set();
    w.sources[0].path = folder.path() / "communes.geojson";
    w.sources[1].path = folder.path() / "tables" / "malnutrition.csv";
    ASSERT_TRUE(save_workspace(w, folder.path() / "w.toml"));
    EXPECT_EQ(load_workspace(folder.path() / "w.toml").value(), w);
    EXPECT_EQ(folder.names(), std::vector<std::string>{"w.toml"});
}

TEST(IsWorkspacePath, goes_by_the_ending) {
    EXPECT_TRUE(is_workspace_path("a/Demo.TOML"));
    EXPECT_FALSE(is_workspace_path("a/demo.gpkg"));
}

}  // namespace
}  // namespace diaban
