// The style, feature and label panels.
#include <GLFW/glfw3.h>
#include <gmock/gmock.h>

#include "panels_support.h"
#include "ui/icons.h"
#include "ui/panels/parts.h"

namespace diaban::ui {
namespace {

using testing::HasSubstr;

struct InspectorPanel : testing::Test {
    TemporaryFolder folder;
    Harness h{1280, 900};
    void SetUp() override { h.open({folder.write("communes.geojson", four_communes())}); }
    [[nodiscard]] const Layer& layer() { return h.ui.session.workspace().layers.front(); }
    void show_rate() {
        Style style = layer().style;
        style.fill = GraduatedFill{.measure = {.numerator = "stunted",
                                               .denominator = "measured",
                                               .scale = 100,
                                               .unit = "%",
                                               .label = "Stunted"},
                                   .method = ClassMethod::equal_interval,
                                   .classes = 3,
                                   .manual_bounds = {}};
        h.ui.session.set_style(layer().id, style, "rate", "");
        h.frames(2);
    }
};

TEST_F(InspectorPanel, makes_classes_of_a_single_fill_as_one_undo_step) {
    ASSERT_TRUE(click_on(h, "Classes"));
    EXPECT_TRUE(std::holds_alternative<GraduatedFill>(layer().style.fill));
    h.ui.session.undo();
    EXPECT_TRUE(std::holds_alternative<SingleFill>(layer().style.fill));
}

TEST_F(InspectorPanel, shows_the_classes_with_how_many_are_in_each) {
    show_rate();
    // 20%, 60%, 0% and nothing: equal intervals of 20 over 0 … 60.
    EXPECT_TRUE(shows("0 – <20"));
    EXPECT_TRUE(shows("40 – 60"));
    EXPECT_TRUE(shows("No data"));
}

TEST_F(InspectorPanel, says_what_is_wrong_with_a_filter_and_leaves_the_layer_alone) {
    const auto header = places_of("Filter");
    ASSERT_FALSE(header.empty());
    ASSERT_TRUE(click_on(h, "Filter"));
    ASSERT_TRUE(click_on(h, "e.g. population"));
    h.type("popluation > 5");
    h.key(GLFW_KEY_ENTER);
    EXPECT_THAT(h.ui.panels.style.filter_error, HasSubstr("popluation"));
    EXPECT_EQ(layer().filter, "");
}

TEST_F(InspectorPanel, applies_a_filter_that_is_right) {
    ASSERT_TRUE(click_on(h, "Filter"));
    ASSERT_TRUE(click_on(h, "e.g. population"));
    h.type("population > 5000");
    h.key(GLFW_KEY_ENTER);
    EXPECT_EQ(layer().filter, "population > 5000");
    h.frame();
    EXPECT_TRUE(shows("3 of 4 shown"));
}

TEST_F(InspectorPanel, shows_a_rate_with_its_numerator_denominator_and_interval) {
    show_rate();
    h.ui.panels.inspector = Inspector::feature;
    h.ui.session.select(layer().id, {0});
    h.frames(2);
    EXPECT_TRUE(shows("Xã Bình Liêu"));
    EXPECT_TRUE(shows("20.0%"));
    EXPECT_TRUE(shows("20 / 100"));
    // Wilson 95% for 20/100, by statsmodels' proportion_confint(20, 100, method="wilson"): 0.1334, 0.2888.
    EXPECT_TRUE(shows("13.3%"));
    EXPECT_TRUE(shows("28.9%"));
    EXPECT_FALSE(shows("Small denominator"));
}

TEST_F(InspectorPanel, warns_of_a_small_denominator) {
    show_rate();
    h.ui.panels.inspector = Inspector::feature;
    h.ui.session.select(layer().id, {1});
    h.frames(2);
    EXPECT_TRUE(shows("3 / 5"));
    EXPECT_TRUE(shows("Small denominator: uncertain"));
}

TEST_F(InspectorPanel, shows_no_data_apart_from_zero) {
    show_rate();
    h.ui.panels.inspector = Inspector::feature;
    h.ui.session.select(layer().id, {3});
    h.frames(2);
    EXPECT_TRUE(shows("No data"));
    h.ui.session.select(layer().id, {2});
    h.frames(2);
    EXPECT_TRUE(shows("0 / 50"));
}

TEST_F(InspectorPanel, makes_the_rate_of_several_features_from_their_sums) {
    show_rate();
    h.ui.panels.inspector = Inspector::feature;
    h.ui.session.select(layer().id, {0, 1, 3});
    h.frames(2);
    EXPECT_TRUE(shows("3 selected"));
    // (20 + 3) / (100 + 5) = 21.9%; the commune without data adds to neither.
    EXPECT_TRUE(shows("23 / 105"));
    EXPECT_TRUE(shows("21.9%"));
    EXPECT_TRUE(shows("71,000")) << "population: 9,000 + 12,000 + 50,000";
}

TEST_F(InspectorPanel, steps_to_the_next_feature) {
    h.ui.panels.inspector = Inspector::feature;
    h.ui.session.select(layer().id, {3});
    h.frames(2);
    ASSERT_FALSE(places_of(icon::chevron_right).empty());
    const auto places = places_of(icon::chevron_right);
    h.move(places.front().x, places.front().y);
    h.click();
    EXPECT_EQ(h.ui.session.selection.features, std::set<uint32_t>{0}) << "after the last comes the first";
}

TEST_F(InspectorPanel, says_what_to_do_when_nothing_is_selected) {
    h.ui.panels.inspector = Inspector::feature;
    h.frame();
    EXPECT_TRUE(shows("Nothing selected"));
}

TEST(PointsPanel, shows_many_points_as_clusters_as_one_undo_step) {
    TemporaryFolder folder;
    Harness h{1280, 900};
    h.open({folder.write("points.csv", "name,x,y\na,107.1,21.1\nb,107.2,21.2\nc,107.3,21.1\n")});
    const auto crowding = [&] { return h.ui.session.workspace().layers.front().style.crowding; };
    ASSERT_EQ(crowding().mode, CrowdingMode::automatic);
    ASSERT_TRUE(click_on(h, "Automatic"));
    ASSERT_TRUE(click_on(h, "Density surface"));
    EXPECT_EQ(crowding().mode, CrowdingMode::density);
    h.frames(2);
    EXPECT_TRUE(shows("Radius"));
    h.ui.session.undo();
    EXPECT_EQ(crowding(), Crowding{});
}

TEST_F(InspectorPanel, turns_bold_labels_on) {
    h.ui.panels.inspector = Inspector::labels;
    h.frame();
    ASSERT_TRUE(layer().style.labels.has_value());
    const bool before = layer().style.labels->bold;
    ASSERT_TRUE(click_on(h, icon::format_bold));
    EXPECT_NE(layer().style.labels->bold, before);
}

/// Communes with figures of two years joined to them.
struct JoinedFiles {
    TemporaryFolder folder;
    [[nodiscard]] std::filesystem::path workspace() const {
        (void)folder.write("communes.geojson", four_communes());
        (void)folder.write("figures.csv", "xa,year,cases\n06838,2024,7\n06838,2025,8\n06895,2025,9\n");
        return folder.write("map.toml",
                            "version = 1\ntime = 2025\n[[sources]]\nid = \"communes\"\npath = "
                            "\"communes.geojson\"\n[[sources]]\nid = \"figures\"\npath = \"figures.csv\"\n"
                            "[[layers]]\nid = \"communes\"\nname = \"Communes\"\nsource = \"communes\"\n"
                            "[[layers.joins]]\nsource = \"figures\"\nkey = \"code\"\nforeign_key = \"xa\"\n"
                            "time_field = \"year\"\n");
    }
};

struct JoinedCommunes : testing::Test {
    JoinedFiles files;
    Harness h{1280, 900};
    void SetUp() override {
        h.open({files.workspace()});
        h.ui.panels.inspector = Inspector::feature;
        h.ui.session.select("communes", {0});
        h.frames(2);
    }
    [[nodiscard]] const Layer& layer() { return h.ui.session.workspace().layers.front(); }
};

TEST_F(JoinedCommunes, are_shown_under_the_tables_name_and_year_and_no_id) {
    EXPECT_TRUE(shows("figures · 2025"));
    EXPECT_FALSE(shows("##"));
    EXPECT_TRUE(shows("cases"));
}

TEST_F(JoinedCommunes, are_shown_without_the_joins_key_and_time) {
    const LayerResultPtr result = h.ui.session.layer("communes");
    ASSERT_TRUE(result && result->features);
    std::vector<std::string> names;
    for (const Field& field : fields_shown(layer(), *result->features))
        names.push_back(field.name());
    EXPECT_THAT(names, testing::ElementsAre("name", "code", "population", "stunted", "measured", "figures.cases"));
}

TEST(JoinedCommunesNarrow, keep_the_tools_clear_of_the_years) {
    for (const float width : {900.0F, 960.0F, 1024.0F, 1280.0F}) {
        JoinedFiles files;
        Harness h{width, 620};
        h.open({files.workspace()});
        h.frames(2);
        // Right of the first year's text (the latest one is in the knob) there are no tools.
        const auto years = places_of("2024");
        ASSERT_FALSE(years.empty()) << width;
        for (const char* tool : {icon::cursor_move, icon::ruler}) {
            const auto tools = places_of(tool);
            ASSERT_FALSE(tools.empty());
            EXPECT_LT(tools.back().x + 20, years.back().x) << width;
        }
        if (width < 950) {
            EXPECT_FALSE(shows("Diagnostics")) << "names give way";
        }
        if (width > 1200) {
            EXPECT_TRUE(shows("Diagnostics")) << "where there is room they are there";
        }
    }
}

TEST_F(JoinedCommunes, do_not_add_up_years_and_codes) {
    const Features& features = *h.ui.session.layer("communes")->features;
    EXPECT_TRUE(is_quantity(*features.field("figures.cases")));
    EXPECT_TRUE(is_quantity(*features.field("population")));
    EXPECT_FALSE(is_quantity(*features.field("figures.year")));
    EXPECT_FALSE(is_quantity(*features.field("figures.xa"))) << "text";
}

TEST(Parts, name_fields_values_and_measures_for_people) {
    EXPECT_EQ(field_label("malnutrition.stunted"), "stunted · malnutrition");
    EXPECT_EQ(field_label("name"), "name");
    EXPECT_EQ(measure_label({.numerator = "a", .denominator = "b"}), "a ÷ b");
    EXPECT_EQ(measure_label({.numerator = "a", .label = "Stunted"}), "Stunted");
    EXPECT_EQ(measure_label({}), "No value chosen");
    EXPECT_EQ(value_text({.unit = "%"}, 23.46), "23.5%");
    EXPECT_EQ(value_text({.unit = "households"}, 1240), "1,240 households");
}

}  // namespace
}  // namespace diaban::ui
