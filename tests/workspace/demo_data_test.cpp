// The demo's numbers: published totals are kept, counts are possible, keys agree. Expected values are read from the
// facts that lie beside the demo, or are the counts that these were published with.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/file.h"
#include "demo_files.h"

namespace diaban {
namespace {

using demo::communes;
using demo::gazetteer;
using demo::Rows;
using CodeYear = std::pair<std::string, std::string>;

/// What the demo has for each published total, by programme and item.
std::map<std::pair<std::string, std::string>, double> demo_totals() {
    const Rows five_no("five_no_three_clean.csv");
    const Rows five_have("five_have_three_clean.csv");
    const Rows border("border_women.csv");
    const Rows nutrition("child_nutrition.csv");
    const Rows project8("project8.csv");
    const auto size = [](const auto& rows) { return static_cast<double>(rows.size()); };
    return {
        {{"Five No Three Clean", "households helped to meet the 8 criteria"}, five_no.sum("households_helped")},
        {{"Five Have Three Clean", "communes applying it"}, size(five_have.by("code"))},
        {{"Five Have Three Clean", "models"}, five_have.sum("models")},
        {{"Border Women", "border communes"}, size(border.by("code"))},
        {{"Border Women", "resources mobilised"}, border.sum("resources_vnd") / 1e9},
        {{"Border Women", "propaganda sessions"}, border.sum("sessions")},
        {{"Border Women", "members reached by the sessions"}, border.sum("members")},
        {{"Border Women", "household economic models supported"}, border.sum("livelihood_models")},
        {{"Border Women", "border shelters built or repaired"}, size(Rows("shelters.geojson"))},
        {{"Border Women", "sanitation facilities built"}, size(Rows("sanitation.geojson"))},
        {{"Border Women", "students supported regularly"}, border.sum("students")},
        {{"Child Nutrition", "communes covered"}, size(nutrition.by("old_full_name"))},
        {{"Child Nutrition", "focus communes with a high malnutrition rate"}, nutrition.sum("focus")},
        {{"Child Nutrition", "childcare and education models"}, nutrition.sum("models")},
        {{"Child Nutrition", "children in the models with a growth book"},
         100 * nutrition.sum("children_with_growth_book") / nutrition.sum("children_in_models")},
        {{"Child Nutrition", "training classes"}, nutrition.sum("training_classes")},
        {{"Child Nutrition", "competitions"}, nutrition.sum("competitions")},
        {{"Child Nutrition", "leaflets handed out"}, nutrition.sum("leaflets")},
        {{"Project 8", "community communication teams"}, project8.sum("teams")},
        {{"Project 8", "Leaders of Change clubs"}, project8.sum("clubs")},
        {{"Project 8", "communication sessions"}, project8.sum("sessions")},
        {{"Project 8", "trainings"}, project8.sum("trainings")},
        {{"Project 8", "participants in sessions and trainings"}, project8.sum("participants")},
    };
}

TEST(DemoData, agrees_with_every_published_total_as_its_qualifier_says) {
    const Rows published("facts/programme_totals.csv");
    const auto totals = demo_totals();
    ASSERT_EQ(published.size(), totals.size());
    for (std::size_t row = 0; row < published.size(); ++row) {
        const std::pair key(published.text("programme", row), published.text("item", row));
        SCOPED_TRACE(key.first + ": " + key.second);
        ASSERT_TRUE(totals.contains(key));
        const double ours = totals.at(key);
        const double value = published.number("value", row);
        const std::string qualifier = published.text("qualifier", row);
        if (qualifier == "exactly") {
            EXPECT_EQ(ours, value);
        } else if (qualifier == "nearly") {
            EXPECT_LT(ours, value);
            EXPECT_GE(ours, 0.985 * value);
        } else {
            ASSERT_EQ(qualifier, "more than");
            EXPECT_GT(ours, value);
            EXPECT_LE(ours, 1.05 * value);
        }
    }
}

TEST(DemoData, has_the_54_communes_of_the_gazetteer_with_its_facts) {
    ASSERT_EQ(communes().size(), 54U);
    const auto rows = communes().by("code");
    ASSERT_EQ(rows.size(), 54U);
    for (std::size_t row = 0; row < gazetteer().size(); ++row) {
        const std::string code = gazetteer().text("code", row);
        SCOPED_TRACE(code);
        ASSERT_TRUE(rows.contains(code));
        for (const std::string_view column : {"name", "full_name", "kind", "on_land_border"})
            EXPECT_EQ(communes().text(column, rows.at(code)), gazetteer().text(column, row));
        EXPECT_EQ(communes().number("area_km2", rows.at(code)), gazetteer().number("area_km2", row));
    }
}

TEST(DemoData, keeps_codes_as_text_of_five_digits) {
    const auto codes = communes().by("code");
    for (const std::string_view file :
         {"population.csv", "malnutrition.csv", "five_no_three_clean.csv", "five_have_three_clean.csv",
          "border_women.csv", "project8.csv", "villages.geojson", "sanitation.geojson", "shelters.geojson",
          "border_posts.geojson"}) {
        SCOPED_TRACE(file);
        const Rows rows(file);
        EXPECT_EQ(rows.data().table.find("code")->type(), ColumnType::text);
        for (const auto& [code, row] : rows.by("code"))
            EXPECT_TRUE(codes.contains(code)) << code;
    }
}

TEST(DemoData, lists_the_171_former_units_with_where_each_went) {
    const Rows units("old_units.csv");
    const Rows facts("facts/quang_ninh_old_units.csv");
    const auto codes = communes().by("code");
    EXPECT_EQ(units.by("old_full_name").size(), 171U);
    ASSERT_EQ(units.size(), facts.size());
    for (std::size_t row = 0; row < units.size(); ++row) {
        EXPECT_EQ(units.text("old_full_name", row), facts.text("old_full_name", row));
        EXPECT_EQ(units.text("new_code", row), facts.text("new_code", row));
        EXPECT_TRUE(codes.contains(units.text("new_code", row)));
    }
}

TEST(DemoData, keys_child_nutrition_to_former_units_only) {
    const Rows nutrition("child_nutrition.csv");
    const auto former = Rows("old_units.csv").by("old_full_name");
    for (const auto& [name, row] : nutrition.by("old_full_name")) {
        EXPECT_TRUE(former.contains(name)) << name;
        EXPECT_LE(nutrition.number("children_with_growth_book", row), nutrition.number("children_in_models", row));
        EXPECT_GE(nutrition.number("since_year", row), 2022);
    }
    EXPECT_EQ(nutrition.data().table.find("code"), nullptr);
    EXPECT_EQ(nutrition.data().table.find("new_code"), nullptr);
}

TEST(DemoData, has_people_for_every_commune_and_year_about_as_many_as_the_province) {
    const Rows population("population.csv");
    std::set<CodeYear> keys;
    std::map<std::string, double> by_year;
    for (std::size_t row = 0; row < population.size(); ++row) {
        keys.emplace(population.text("code", row), population.text("year", row));
        by_year[population.text("year", row)] += population.number("population", row);
        EXPECT_LE(population.number("poor_households", row), population.number("households", row));
        EXPECT_LT(population.number("households", row), population.number("population", row));
        EXPECT_GT(population.number("households", row), 0);
    }
    EXPECT_EQ(keys.size(), 54U * 5U);
    for (const auto& [year, people] : by_year)
        EXPECT_NEAR(people, 1.4e6, 0.06e6) << year;
}

TEST(DemoData, never_counts_more_malnourished_than_measured_children) {
    const Rows measured("malnutrition.csv");
    for (std::size_t row = 0; row < measured.size(); ++row) {
        EXPECT_LE(measured.number("stunted", row), measured.number("children_measured", row));
        EXPECT_LE(measured.number("underweight", row), measured.number("children_measured", row));
        EXPECT_GE(measured.number("underweight", row), 0);
    }
}

TEST(DemoData, leaves_out_a_commune_two_years_and_has_one_year_in_which_nobody_came) {
    const Rows measured("malnutrition.csv");
    std::set<CodeYear> missing;
    for (const auto& [code, commune] : communes().by("code"))
        for (int year = 2021; year <= 2025; ++year)
            missing.emplace(code, std::to_string(year));
    std::vector<CodeYear> nobody;
    for (std::size_t row = 0; row < measured.size(); ++row) {
        const CodeYear key(measured.text("code", row), measured.text("year", row));
        EXPECT_EQ(missing.erase(key), 1U) << key.first << ' ' << key.second;
        if (measured.number("children_measured", row) == 0) nobody.push_back(key);
    }
    EXPECT_THAT(missing,
                testing::ElementsAre(CodeYear("06886", "2021"), CodeYear("06979", "2021"), CodeYear("06979", "2022"),
                                     CodeYear("06979", "2023"), CodeYear("06979", "2024"), CodeYear("06979", "2025"),
                                     CodeYear("07192", "2023")));
    EXPECT_THAT(nobody, testing::ElementsAre(CodeYear("06967", "2022")));
}

TEST(DemoData, never_helps_more_households_than_were_registered) {
    const Rows rows("five_no_three_clean.csv");
    for (std::size_t row = 0; row < rows.size(); ++row)
        EXPECT_LE(rows.number("households_helped", row), rows.number("households_registered", row));
}

TEST(DemoData, works_in_the_border_communes_that_are_no_wards) {
    const auto rows = communes().by("code");
    for (const std::string_view file : {"border_women.csv", "sanitation.geojson", "shelters.geojson"}) {
        SCOPED_TRACE(file);
        const auto codes = Rows(file).by("code");
        EXPECT_EQ(codes.size(), 6U);
        for (const auto& [code, row] : codes) {
            EXPECT_EQ(communes().number("on_land_border", rows.at(code)), 1) << code;
            EXPECT_EQ(communes().text("kind", rows.at(code)), "commune") << code;
        }
    }
}

TEST(DemoData, has_villages_whose_households_and_children_add_up) {
    const Rows villages("villages.geojson");
    EXPECT_EQ(villages.size(), 1500U);
    EXPECT_EQ(villages.by("id").size(), 1500U);
    std::map<std::string, double> households;
    std::map<std::string, double> children;
    for (std::size_t row = 0; row < villages.size(); ++row) {
        households[villages.text("code", row)] += villages.number("households", row);
        children[villages.text("code", row)] += villages.number("children_under_5", row);
    }
    const Rows population("population.csv");
    for (std::size_t row = 0; row < population.size(); ++row)
        if (population.text("year", row) == "2025") {
            EXPECT_EQ(households[population.text("code", row)], population.number("households", row));
        }
    const Rows measured("malnutrition.csv");
    for (std::size_t row = 0; row < measured.size(); ++row)
        if (measured.text("year", row) == "2025") {
            const double coverage = measured.number("children_measured", row) / children[measured.text("code", row)];
            EXPECT_GE(coverage, 0.55) << measured.text("code", row);
            EXPECT_LE(coverage, 0.96) << measured.text("code", row);
        }
}

TEST(DemoData, says_in_its_files_what_it_is) {
    for (const auto& [file, words] : std::map<std::string, std::string>{{"communes.geojson", "schematic"},
                                                                        {"land_border.geojson", "schematic"},
                                                                        {"villages.geojson", "invented"},
                                                                        {"sanitation.geojson", "invented"},
                                                                        {"shelters.geojson", "invented"},
                                                                        {"border_posts.geojson", "invented"}}) {
        const auto text = read_file(demo::folder() / file);
        ASSERT_TRUE(text) << file;
        EXPECT_THAT(text->substr(0, text->find("\"features\"")), testing::HasSubstr(words)) << file;
    }
}

}  // namespace
}  // namespace diaban
