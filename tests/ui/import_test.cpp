// The import assistant, driven as a person would: files that leave questions open are dropped on the window.
#include <GLFW/glfw3.h>
#include <gmock/gmock.h>

#include <cmath>

#include "panels_support.h"
#include "ui/import/outline.h"

namespace diaban::ui {
namespace {

using testing::SizeIs;

/// Title, an empty row, a header, three communes of the four and a total. Only the rows "1.234" and "2.500" tell how
/// the column "households" is written, and they can be read in two ways.
constexpr const char* messy =
    "BẢNG TỔNG HỢP SỐ HỘ NĂM 2025,,\n"
    ",,\n"
    "code,name,households\n"
    "06838,Xã Bình Liêu,1.234\n"
    "06895,Xã Đầm Hà,2.500\n"
    "06970,Xã Ba Chẽ,3.100\n"
    ",Tổng cộng,6.834\n";

struct ImportTest : testing::Test {
    TemporaryFolder folder;
    Harness h{1280, 860};
    void SetUp() override { h.open({folder.write("communes.geojson", four_communes())}); }

    [[nodiscard]] Session& session() { return h.ui.session; }
    [[nodiscard]] ImportState& state() { return h.ui.session.import; }
    [[nodiscard]] ImportItem& item() { return state().items.front(); }

    /// Until nothing is under way: a reading may ask for another, and that for a matching.
    void settle() {
        for (int i = 0; i < 50; ++i) {
            session().jobs().finish();
            h.frame();
            if (!session().jobs().busy()) break;
        }
        h.frames(3);
    }
    void drop(const std::vector<std::filesystem::path>& paths) {
        h.ui.dropped = paths;
        h.frame();
        settle();
    }
};

TEST_F(ImportTest, a_clean_layer_goes_straight_in) {
    drop({folder.write("posts.geojson", R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"name":"A"},"geometry":{"type":"Point","coordinates":[107.5,21.5]}}]})")});
    EXPECT_FALSE(state().open);
    EXPECT_EQ(session().workspace().layers.size(), 2U);
}

TEST_F(ImportTest, a_messy_table_opens_the_assistant_and_is_joined_in_one_step_once_it_is_decided) {
    const Workspace before = session().workspace();
    drop({folder.write("households.csv", messy)});
    ASSERT_TRUE(state().open);
    EXPECT_EQ(session().workspace(), before) << "nothing is taken in before it is shown";
    ASSERT_THAT(state().items, SizeIs(1));
    EXPECT_TRUE(shows("BẢNG TỔNG HỢP SỐ HỘ NĂM 2025")) << "the sheet as it stands";
    EXPECT_TRUE(shows("3 taken")) << h.texts();
    ASSERT_EQ(open_questions(state()), 1) << "1.234 is 1234 or 1.234";

    // Enter does not import over an open question.
    h.key(GLFW_KEY_ENTER);
    EXPECT_TRUE(state().open);
    EXPECT_TRUE(shows("Import anyway"));
    EXPECT_EQ(session().workspace(), before);

    ASSERT_TRUE(click_on(h, "decimal comma: 1.234,5"));
    settle();
    EXPECT_EQ(open_questions(state()), 0);
    ASSERT_TRUE(item().match) << item().match_error;
    h.key(GLFW_KEY_ENTER);
    settle();
    EXPECT_FALSE(state().open);

    const Workspace& now = session().workspace();
    ASSERT_THAT(now.sources, SizeIs(2));
    EXPECT_EQ(now.sources[1].import.numbers.at("households"), NumberConvention::comma_decimal);
    ASSERT_THAT(now.layers, SizeIs(1));
    ASSERT_THAT(now.layers[0].joins, SizeIs(1));
    EXPECT_EQ(now.layers[0].joins[0].source, now.sources[1].id);
    const auto field = session().layer(now.layers[0].id)->features->field("households");
    ASSERT_TRUE(field);
    EXPECT_EQ(field->number(0, 0), 1234);

    session().undo();
    EXPECT_EQ(session().workspace(), before) << "one step";
    session().redo();
    EXPECT_TRUE(session().layer(now.layers[0].id)->features->field("households")) << "its data are still at hand";
}

TEST_F(ImportTest, an_open_question_can_be_left_to_the_cautious_reading) {
    drop({folder.write("households.csv", messy)});
    h.key(GLFW_KEY_ENTER);
    h.key(GLFW_KEY_ENTER);
    EXPECT_FALSE(state().open);
    EXPECT_THAT(session().workspace().sources, SizeIs(2));
}

TEST_F(ImportTest, escape_leaves_the_workspace_untouched) {
    const Workspace before = session().workspace();
    drop({folder.write("households.csv", messy)});
    ASSERT_TRUE(click_on(h, "decimal comma: 1.234,5"));
    h.key(GLFW_KEY_ESCAPE);
    settle();
    EXPECT_FALSE(state().open);
    EXPECT_TRUE(state().items.empty());
    EXPECT_EQ(session().workspace(), before);
    EXPECT_FALSE(session().history().can_undo());
}

TEST_F(ImportTest, a_file_that_cannot_be_read_says_why_and_the_others_stay) {
    session().begin_import({folder.write("empty.csv", ""), folder.write("households.csv", messy)});
    settle();
    ASSERT_TRUE(state().open);
    ASSERT_THAT(state().items, SizeIs(2));
    EXPECT_TRUE(state().items[0].error);
    EXPECT_TRUE(state().items[1].dataset);
    EXPECT_TRUE(shows("This file could not be read")) << h.texts();
    EXPECT_THAT(session().workspace().layers, SizeIs(1));
    h.key(GLFW_KEY_DOWN);
    EXPECT_TRUE(shows("BẢNG TỔNG HỢP SỐ HỘ NĂM 2025"));
}

TEST_F(ImportTest, a_reading_that_fails_keeps_the_last_good_one_on_screen) {
    drop({folder.write("households.csv", messy)});
    const DatasetPtr good = item().dataset;
    std::filesystem::remove(folder.path() / "households.csv");
    session().read_again(item().id);
    settle();
    EXPECT_EQ(item().dataset, good);
    ASSERT_TRUE(item().error);
    EXPECT_TRUE(shows("Shown is the last reading that went well."));
}

TEST_F(ImportTest, only_the_newest_of_several_decisions_is_read) {
    drop({folder.write("households.csv", messy)});
    const uint64_t asked = item().reading.wanted;
    for (const bool keep : {true, false, true}) {
        item().options.keep_totals = keep;
        session().read_again(item().id);
    }
    settle();
    EXPECT_EQ(item().reading.done, asked + 3);
    EXPECT_FALSE(item().reading.waiting());
    EXPECT_EQ(item().dataset->size(), 4U) << "with the total";
}

TEST_F(ImportTest, stopping_everything_that_is_under_way_is_no_endless_wait) {
    drop({folder.write("households.csv", messy)});
    session().read_again(item().id);
    session().jobs().cancel_all();
    for (int i = 0; i < 2000 && item().reading.waiting(); ++i)
        h.frame();
    EXPECT_FALSE(item().reading.waiting());
    EXPECT_TRUE(item().dataset);
}

TEST_F(ImportTest, a_missing_coordinate_system_is_proposed_shown_and_used_only_after_a_yes) {
    // Metres in VN-2000 / UTM 48N about where the four communes lie; a table says nothing about it.
    drop({folder.write("posts.csv", "name,x,y\nA,709000,2378000\nB,759000,2400000\nC,801000,2420000\n")});
    ASSERT_TRUE(state().open);
    ASSERT_TRUE(item().dataset->has_geometry()) << h.texts();
    ASSERT_FALSE(item().proposals.empty());
    EXPECT_EQ(state().section, ImportSection::places);
    EXPECT_TRUE(item().crs.empty());
    EXPECT_GE(open_questions(state()), 1);
    const CrsProposal first = item().proposals.front();
    ASSERT_TRUE(click_on(h, "Use " + first.crs.name())) << h.texts();
    settle();
    EXPECT_EQ(item().crs, first.crs.definition());
    EXPECT_EQ(open_questions(state()), 0);
    EXPECT_FALSE(item().proposals.empty()) << "the choice can still be changed";
    h.key(GLFW_KEY_ENTER);
    settle();
    ASSERT_FALSE(state().open);
    ASSERT_THAT(session().workspace().layers, SizeIs(2));
    const Source* source = session().workspace().find_source(session().workspace().layers[0].source);
    EXPECT_EQ(source->crs, first.crs.definition());
    EXPECT_EQ(session().datasets().at(source->id)->crs, first.crs);
}

TEST_F(ImportTest, any_system_is_found_by_its_code) {
    drop({folder.write("posts.csv", "name,x,y\nA,709000,2378000\nB,759000,2400000\n")});
    ASSERT_TRUE(state().open);
    ASSERT_TRUE(click_on(h, "EPSG:5899, VN-2000"));
    h.type("32648");
    h.frames(2);
    ASSERT_TRUE(click_on(h, "WGS 84 / UTM zone 48N")) << h.texts();
    settle();
    EXPECT_EQ(item().crs, "EPSG:32648");
    EXPECT_EQ(item().dataset->crs.code(), "EPSG:32648");
}

TEST_F(ImportTest, settings_of_a_source_are_changed_in_one_step_that_undo_takes_back_with_the_data) {
    drop({folder.write("households.csv", messy)});
    ASSERT_TRUE(click_on(h, "decimal comma: 1.234,5"));
    settle();
    h.key(GLFW_KEY_ENTER);
    settle();
    const std::string source = session().workspace().sources[1].id;
    const DatasetPtr before = session().datasets().at(source);
    const auto households = [&] {
        return session().layer(session().workspace().layers[0].id)->features->field("households")->number(0, 0);
    };
    ASSERT_EQ(households(), 1234);

    session().begin_import_settings(source);
    settle();
    ASSERT_TRUE(state().open);
    EXPECT_TRUE(shows("Import settings"));
    EXPECT_EQ(item().join, session().workspace().layers[0].joins[0]);
    ASSERT_TRUE(click_on(h, "decimal point: 1,234.5")) << h.texts();
    settle();
    h.key(GLFW_KEY_ENTER);
    settle();
    ASSERT_FALSE(state().open);
    EXPECT_EQ(households(), 1.234);
    EXPECT_THAT(session().workspace().layers[0].joins, SizeIs(1));

    session().undo();
    EXPECT_EQ(households(), 1234);
    EXPECT_EQ(session().datasets().at(source), before) << "the data follow the workspace";
    session().redo();
    EXPECT_EQ(households(), 1.234);
}

TEST_F(ImportTest, a_table_and_its_boundaries_are_imported_together) {
    Harness empty{1280, 860};
    empty.ui.dropped = {folder.write("households.csv", messy), folder.path() / "communes.geojson"};
    empty.frame();
    for (int i = 0; i < 20; ++i) {
        empty.ui.session.jobs().finish();
        empty.frame();
    }
    ImportState& import = empty.ui.session.import;
    ASSERT_TRUE(import.open);
    ASSERT_THAT(import.items, SizeIs(2));
    EXPECT_TRUE(empty.ui.session.workspace().layers.empty());
    empty.ui.session.finish_import();
    empty.frames(3);
    ASSERT_THAT(empty.ui.session.workspace().layers, SizeIs(1));
    EXPECT_THAT(empty.ui.session.workspace().layers[0].joins, SizeIs(1));
    EXPECT_TRUE(empty.ui.map.placed()) << "the map goes to what was imported";
}

TEST_F(ImportTest, fits_a_small_window) {
    Harness small{800, 560};
    small.open({folder.path() / "communes.geojson"});
    small.ui.session.begin_import({folder.write("households.csv", messy)});
    for (int i = 0; i < 10; ++i) {
        small.ui.session.jobs().finish();
        small.frame();
    }
    for (const ImportSection section : {ImportSection::table, ImportSection::text, ImportSection::places,
                                        ImportSection::join, ImportSection::problems}) {
        small.ui.session.import.section = section;
        small.frames(2);
        EXPECT_THAT(small.windows_outside(), testing::IsEmpty());
    }
}

TEST(Outline, thins_to_its_budget_and_leaves_the_box_as_it_is) {
    std::vector<Point> ring;
    for (int i = 0; i <= 100000; ++i)
        ring.push_back(
            {107 + std::cos(i * 2 * 3.14159265358979 / 100000), 21 + std::sin(i * 2 * 3.14159265358979 / 100000)});
    GeometryBuilder builder(GeometryKind::polygon);
    builder.begin_feature();
    builder.begin_part();
    builder.add_ring(ring);
    const Outline thin = outline(std::move(builder).finish(), Crs::wgs84(), false, 1000);
    ASSERT_THAT(thin.paths, SizeIs(1));
    EXPECT_THAT(thin.paths[0], SizeIs(1000));
    EXPECT_NEAR(thin.box.width(), 2, 1e-4);
    EXPECT_TRUE(outline({}, Crs::wgs84(), false).paths.empty());
    EXPECT_TRUE(outline(geometry_from_wkt(std::vector<std::string_view>{"POINT (1 2)"}), Crs(), false).paths.empty())
        << "nobody knows where that is";
    const Outline swapped =
        outline(geometry_from_wkt(std::vector<std::string_view>{"POINT (21 107)"}), Crs::wgs84(), true);
    ASSERT_THAT(swapped.paths, SizeIs(1));
    EXPECT_EQ(swapped.paths[0][0], (Point{107, 21}));
}

}  // namespace
}  // namespace diaban::ui
