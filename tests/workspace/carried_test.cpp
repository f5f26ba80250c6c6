#include "workspace/carried.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "temporary_folder.h"
#include "workspace/open.h"

namespace diaban {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

void put(const std::filesystem::path& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
}

/// Old units A and B became X; C was split between X and Y, nobody said how.
class Carried : public testing::Test {
protected:
    Carried() {
        put(folder.path() / "old.csv", "unit_name,children,rate\nA,10,0.5\nB,20,0.25\nC,7,0.1\n");
        put(folder.path() / "pairs.csv", "from,to\nA,X\nB,X\nC,X\nC,Y\n");
        put(folder.path() / "new.geojson",
            R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"X"},"geometry":{"type":"Polygon","coordinates":[[[107,21],[108,21],[108,22],[107,21]]]}},
{"type":"Feature","properties":{"code":"Y"},"geometry":{"type":"Polygon","coordinates":[[[108,21],[109,21],[109,22],[108,21]]]}}]})");
    }
    /// `extra` stands at the end of the carried source.
    Opened open(const std::string& extra =
                    "rules = [{ column = 'rate', kind = 'leave_out' }, { column = 'children', kind "
                    "= 'whole_count' }]") {
        put(folder.path() / "w.toml", R"(version = 1
[[sources]]
id = "old"
path = "old.csv"
attribution = "the office"
invented = true
[[sources]]
id = "pairs"
path = "pairs.csv"
[[sources]]
id = "new"
path = "new.geojson"
[[carried]]
id = "children"
data = "old"
key = "unit_name"
pairs = { source = "pairs", from = "from", to = "to" }
)" + extra + R"(
[[layers]]
id = "new"
source = "new"
[[layers.joins]]
source = "children"
key = "code"
foreign_key = "unit"
)");
        Progress progress;
        auto opened = open_files({folder.path() / "w.toml"}, progress);
        EXPECT_TRUE(opened) << to_text(opened.error());
        return std::move(*opened);
    }
    static int64_t children(const Opened& opened, std::size_t row) {
        return opened.datasets.at("children")->table.find("children")->integer(row).value();
    }
    TemporaryFolder folder;
};

TEST_F(Carried, source_of_a_workspace_is_made_on_opening_and_keeps_totals) {
    const Opened opened = open();
    ASSERT_TRUE(opened.datasets.contains("children"));
    const Table& table = opened.datasets.at("children")->table;
    ASSERT_EQ(table.row_count(), 2U);
    EXPECT_EQ(table.find("unit")->text(0), "X");
    // C's 7 in equal parts are 3.5 each; the remainder goes to one of them: 10 + 20 + 4, and 3 (or 3 and 4).
    EXPECT_EQ(children(opened, 0) + children(opened, 1), 37);
    EXPECT_GE(children(opened, 1), 3);
    EXPECT_LE(children(opened, 1), 4);
    EXPECT_DOUBLE_EQ(table.find("children.assumed")->number(1).value(), 1);
}

TEST_F(Carried, share_that_was_corrected_is_used_and_is_no_assumption) {
    const Opened opened = open(
        "rules = [{ column = 'children', kind = 'whole_count' }]\ncorrections = [{ from = 'C', to = "
        "'Y', share = 1.0, source = 'commune office' }]");
    EXPECT_EQ(children(opened, 0), 30);
    EXPECT_EQ(children(opened, 1), 7);
    EXPECT_EQ(opened.datasets.at("children")->table.find("children.assumed"), nullptr);
}

TEST_F(Carried, rate_without_its_parts_is_asked_for_and_leaves_the_layers_intact) {
    const Opened opened = open("");
    EXPECT_FALSE(opened.datasets.contains("children"));
    EXPECT_TRUE(opened.datasets.contains("new"));
    std::string failure;
    for (const Diagnostic& diagnostic : opened.diagnostics)
        if (diagnostic.kind == DiagnosticKind::layer_failed) failure = to_text(diagnostic);
    EXPECT_THAT(failure, HasSubstr("children"));
    EXPECT_THAT(failure, HasSubstr("rate"));
}

TEST_F(Carried, source_owes_the_files_behind_it) {
    const Opened opened = open();
    std::vector<std::string> ids;
    for (const Source* source : opened.workspace.files_behind("children"))
        ids.push_back(source->id);
    EXPECT_THAT(ids, testing::ElementsAre("old", "pairs"));
    EXPECT_THAT(opened.workspace.files_behind("nobody"), IsEmpty());
    EXPECT_TRUE(opened.workspace.needs("pairs"));
    EXPECT_FALSE(opened.workspace.needs("nobody"));
}

TEST_F(Carried, source_of_a_missing_file_names_it) {
    std::filesystem::remove(folder.path() / "pairs.csv");
    const Opened opened = open();
    EXPECT_FALSE(opened.datasets.contains("children"));
    bool said = false;
    for (const Diagnostic& diagnostic : opened.diagnostics)
        said = said || to_text(diagnostic).find("the source “pairs” is not available") != std::string::npos;
    EXPECT_TRUE(said);
}

}  // namespace
}  // namespace diaban
