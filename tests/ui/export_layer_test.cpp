// Exporting a layer: what is written is read again, with the filter and the joined columns.
#include <GLFW/glfw3.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/read.h"
#include "panels_support.h"
#include "ui/panels/export_layer.h"

namespace diaban::ui {
namespace {

using testing::HasSubstr;
using Purpose = FileDialogState::Purpose;

struct ExportLayer : testing::Test {
    TemporaryFolder folder;
    Harness h{1440, 900};
    void SetUp() override {
        h.open({folder.write("communes.geojson", four_communes())});
        h.ui.panels.dialog.folder = folder.path();
    }
    void begin(const std::string& name) {
        ASSERT_TRUE(run_command(h.ui, "workspace.export_layer"));
        h.ui.panels.dialog.folder = folder.path();
        h.ui.panels.dialog.file_name = name;
        h.frames(3);
    }
    void accept() {
        h.key(GLFW_KEY_ENTER);
        h.ui.session.jobs().finish();
        h.frames(2);
    }
    DatasetPtr read_back(const std::string& name) {
        Progress progress;
        const auto datasets = read(folder.path() / name, {}, progress);
        return datasets ? datasets->front() : nullptr;
    }
    void filter(const std::string& condition) {
        h.ui.session.edit("filter", [&](Workspace& w) { w.layers.front().filter = condition; });
    }
};

TEST_F(ExportLayer, writes_what_the_filter_leaves) {
    filter("population > 8000");
    begin("some.gpkg");
    EXPECT_THAT(h.texts(), HasSubstr("Filtered"));
    accept();
    EXPECT_EQ(h.ui.panels.dialog.purpose, Purpose::none);
    const DatasetPtr written = read_back("some.gpkg");
    ASSERT_NE(written, nullptr);
    EXPECT_EQ(written->size(), 3U);  // of 9,000, 12,000, 4,000 and 50,000
    EXPECT_EQ(written->table.find("name")->text(0), "Xã Bình Liêu");
    EXPECT_EQ(written->geometry.kind(), GeometryKind::polygon);
}

TEST_F(ExportLayer, writes_only_the_selected_or_all_when_asked) {
    filter("population > 8000");
    h.ui.session.select(h.ui.session.active_layer, {1});
    begin("one.geojson");
    h.ui.panels.exporting.rows = ExportRows::selected;
    accept();
    ASSERT_NE(read_back("one.geojson"), nullptr);
    EXPECT_EQ(read_back("one.geojson")->size(), 1U);
    begin("all.geojson");
    h.ui.panels.exporting.rows = ExportRows::all;
    accept();
    EXPECT_EQ(read_back("all.geojson")->size(), 4U);
}

TEST_F(ExportLayer, writes_joined_columns_with_one_for_each_year) {
    const auto table = folder.write("figures.csv", "code,year,cases\n06838,2024,5\n06838,2025,7\n06895,2025,1\n");
    Progress progress;
    const auto read_table = read(table, {}, progress);
    ASSERT_TRUE(read_table);
    Source source;
    source.path = table;
    h.ui.session.add_sources({{source, read_table->front()}});
    ASSERT_EQ(h.ui.session.workspace().layers.front().joins.size(), 1U);
    begin("joined.gpkg");
    accept();
    const DatasetPtr written = read_back("joined.gpkg");
    ASSERT_NE(written, nullptr);
    ASSERT_NE(written->table.find("cases_2025"), nullptr);
    EXPECT_EQ(written->table.find("cases_2024")->integer(0), 5);
    EXPECT_EQ(written->table.find("cases_2025")->integer(0), 7);
    EXPECT_EQ(written->table.find("cases_2025")->integer(1), 1);
    EXPECT_TRUE(written->table.find("cases_2024")->is_null(1));
}

TEST_F(ExportLayer, never_writes_over_a_file_that_it_reads) {
    const auto before = std::filesystem::file_size(folder.path() / "communes.geojson");
    begin("communes.geojson");
    accept();
    EXPECT_EQ(h.ui.panels.dialog.purpose, Purpose::export_layer);
    EXPECT_FALSE(h.ui.panels.dialog.ask_overwrite);
    EXPECT_THAT(h.texts(), HasSubstr("one of those that are read"));
    EXPECT_EQ(std::filesystem::file_size(folder.path() / "communes.geojson"), before);
}

TEST_F(ExportLayer, asks_before_replacing_another_file) {
    (void)folder.write("old.geojson", "{}");
    begin("old.geojson");
    accept();
    EXPECT_TRUE(h.ui.panels.dialog.ask_overwrite);
    EXPECT_EQ(std::filesystem::file_size(folder.path() / "old.geojson"), 2U);
    accept();
    ASSERT_NE(read_back("old.geojson"), nullptr);
    EXPECT_EQ(read_back("old.geojson")->size(), 4U);
}

TEST_F(ExportLayer, says_what_a_format_loses_and_keeps_it_in_diagnostics) {
    h.open({folder.write("long.geojson",
                         R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":
        {"a_very_long_column_name":1},"geometry":{"type":"Point","coordinates":[107,21]}}]})")});
    begin("short.shp");
    accept();
    ASSERT_FALSE(h.ui.session.messages().empty());
    EXPECT_EQ(h.ui.session.messages().back().severity, Severity::warning);
    EXPECT_THAT(h.ui.session.messages().back().text, HasSubstr("a_very_long_column_name"));
    const auto& all = h.ui.session.diagnostics();
    EXPECT_TRUE(std::ranges::any_of(
        all, [](const Diagnostic& d) { return to_text(d).find("a_very_long_column_name") != std::string::npos; }));
}

TEST_F(ExportLayer, a_name_without_an_extension_gets_the_chosen_one) {
    EXPECT_EQ(export_target("folder/communes", ".fgb"), std::filesystem::path("folder/communes.fgb"));
    EXPECT_EQ(export_target("folder/communes.CSV", ".fgb"), std::filesystem::path("folder/communes.CSV"));
    EXPECT_EQ(export_target("folder/v1.2", ".gpkg"), std::filesystem::path("folder/v1.2.gpkg"));
    EXPECT_TRUE(export_target("folder/.gpkg", ".gpkg").empty());
}

}  // namespace
}  // namespace diaban::ui
