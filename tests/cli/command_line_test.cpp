// The real program, end to end, without a window.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <nlohmann/json.hpp>
#include <set>

#include "program.h"

namespace diaban {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* two_communes = R"({"type": "FeatureCollection", "features": [
 {"type": "Feature", "properties": {"code": "06838", "name": "Bình Liêu", "measured": 100, "stunted": 25},
  "geometry": {"type": "Polygon", "coordinates": [[[107.3, 21.4], [107.5, 21.4], [107.5, 21.6], [107.3, 21.6], [107.3, 21.4]]]}},
 {"type": "Feature", "properties": {"code": "06841", "name": "Hoành Mô", "measured": 80, "stunted": 8},
  "geometry": {"type": "Polygon", "coordinates": [[[107.5, 21.4], [107.7, 21.4], [107.7, 21.6], [107.5, 21.6], [107.5, 21.4]]]}}
]})";

void put(const std::filesystem::path& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
}

/// Width and height out of a PNG's header.
std::pair<int, int> png_size(const std::string& bytes) {
    if (bytes.size() < 24 || bytes.compare(1, 3, "PNG") != 0) return {0, 0};
    const auto number = [&bytes](std::size_t at) {
        int value = 0;
        for (std::size_t i = 0; i < 4; ++i)
            value = value * 256 + static_cast<unsigned char>(bytes[at + i]);
        return value;
    };
    return {number(16), number(20)};
}

TEST(Render, draws_a_data_file_into_a_picture_of_the_size_asked_for) {
    const TemporaryFolder folder;
    put(folder.path() / "communes.geojson", two_communes);
    const auto result = run_program(
        {"render", "communes.geojson", "-o", "map.png", "--size", "400x300", "--scale", "2"}, folder.path());
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_THAT(result.out, StartsWith("map.png"));
    EXPECT_EQ(png_size(whole_file(folder.path() / "map.png")), std::pair(800, 600));
}

TEST(Render, shows_points_as_asked_whatever_the_workspace_says) {
    const TemporaryFolder folder;
    std::string table = "x,y\n";
    for (int i = 0; i < 60; ++i)
        table += "107." + std::to_string(100 + i % 7) + ",21." + std::to_string(100 + i % 5) + "\n";
    put(folder.path() / "points.csv", table);
    std::set<std::string> pictures;
    for (const char* mode : {"markers", "clusters", "density"}) {
        const auto result =
            run_program({"render", "points.csv", "-o", "p.png", "--size", "400x300", "--points", mode}, folder.path());
        ASSERT_EQ(result.code, 0) << result.err;
        EXPECT_THAT(result.out, HasSubstr("60 features"));
        pictures.insert(whole_file(folder.path() / "p.png"));
    }
    EXPECT_EQ(pictures.size(), 3U);
    // Few points are markers anyway.
    ASSERT_EQ(
        run_program({"render", "points.csv", "-o", "p.png", "--size", "400x300", "--points", "auto"}, folder.path())
            .code,
        0);
    EXPECT_TRUE(pictures.contains(whole_file(folder.path() / "p.png")));
    const auto wrong = run_program({"render", "points.csv", "-o", "q.png", "--points", "heaps"}, folder.path());
    EXPECT_EQ(wrong.code, 2);
    EXPECT_THAT(wrong.err, HasSubstr("clusters"));
}

TEST(Render, says_which_stage_took_how_long) {
    const TemporaryFolder folder;
    put(folder.path() / "communes.geojson", two_communes);
    const std::vector<std::string> words{"render", "communes.geojson", "-o",       "map.png",
                                         "--size", "300x200",          "--timings"};
    const auto table = run_program(words, folder.path());
    ASSERT_EQ(table.code, 0) << table.err;
    EXPECT_THAT(table.out, StartsWith("map.png"));
    for (const char* stage : {"start", "read", "derive", "  derive/labels", "paint", "write", "other", "total"})
        EXPECT_THAT(table.err, HasSubstr(std::string("\n") + stage + " ")) << stage;

    std::vector<std::string> as_json = words;
    as_json.emplace_back("--json");
    const auto result = run_program(as_json, folder.path());
    const auto json = nlohmann::json::parse(result.err);
    double own = 0;
    for (const auto& stage : json.at("stages"))
        own += stage.at("thread") == 0 ? stage.at("own_ms").get<double>() : 0;
    EXPECT_NEAR(own, json.at("total_ms"), 1e-6);
    EXPECT_EQ(nlohmann::json::parse(result.out).at("width"), 300);
}

TEST(Render, makes_the_same_picture_twice) {
    const TemporaryFolder folder;
    put(folder.path() / "communes.geojson", two_communes);
    for (const char* name : {"a.png", "b.png"}) {
        ASSERT_EQ(run_program({"render", "communes.geojson", "-o", name, "--size", "300x200"}, folder.path()).code, 0);
    }
    EXPECT_EQ(whole_file(folder.path() / "a.png"), whole_file(folder.path() / "b.png"));
}

TEST(Render, shows_only_the_box_and_the_layers_asked_for) {
    const TemporaryFolder folder;
    put(folder.path() / "communes.geojson", two_communes);
    const auto whole = run_program({"render", "communes.geojson", "-o", "a.png", "--size", "300x200"}, folder.path());
    const auto part = run_program(
        {"render", "communes.geojson", "-o", "b.png", "--size", "300x200", "--bbox", "107.35,21.45,107.4,21.5"},
        folder.path());
    ASSERT_EQ(whole.code, 0) << whole.err;
    ASSERT_EQ(part.code, 0) << part.err;
    EXPECT_NE(whole_file(folder.path() / "a.png"), whole_file(folder.path() / "b.png"));
    const auto unknown =
        run_program({"render", "communes.geojson", "-o", "c.png", "--layer", "comunes"}, folder.path());
    EXPECT_NE(unknown.code, 0);
    EXPECT_THAT(unknown.err, HasSubstr("communes"));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "c.png"));
}

TEST(Render, of_the_demo_says_how_many_communes_it_drew) {
    const TemporaryFolder folder;
    const auto result = run_program(
        {"render", DIABAN_SOURCE_DIR "/data/quang_ninh/demo.toml", "-o", "demo.png", "--json"}, folder.path());
    ASSERT_EQ(result.code, 0) << result.err;
    const auto json = nlohmann::json::parse(result.out);
    EXPECT_EQ(json.at("width"), 1600);
    EXPECT_EQ(json.at("height"), 1000);
    EXPECT_EQ(png_size(whole_file(folder.path() / "demo.png")), std::pair(1600, 1000));
}

// What a workspace of the two communes is made of.
constexpr const char* source_and_layer = R"(version = 1
[[sources]]
id = "communes"
path = "communes.geojson"
[[layers]]
id = "communes"
name = "Communes"
source = "communes"
)";

/// Two layers over one file, of which the lower one is hidden, and a table with two years.
void put_workspace(const std::filesystem::path& folder) {
    put(folder / "communes.geojson", two_communes);
    put(folder / "counts.csv", "code,year,n\n06838,2021,1\n06841,2021,9\n06838,2022,9\n06841,2022,1\n");
    put(folder / "w.toml", std::string(source_and_layer) + R"([[layers.joins]]
source = "counts"
key = "code"
time_field = "year"
[layers.style.fill]
type = "graduated"
numerator = "counts.n"
method = "equal_interval"
classes = 2
ramp = "Blues"
[[sources]]
id = "counts"
path = "counts.csv"
[[layers]]
id = "below"
name = "Địa bàn"
source = "communes"
visible = false
)");
}

TEST(Render, draws_what_each_option_asks_for) {
    const TemporaryFolder folder;
    put_workspace(folder.path());
    const auto draw = [&](std::vector<std::string> options) {
        std::vector<std::string> words{"render", "w.toml", "-o", "x.png", "--size", "900x600"};
        words.insert(words.end(), options.begin(), options.end());
        const auto result = run_program(words, folder.path());
        EXPECT_EQ(result.code, 0) << result.err;
        EXPECT_EQ(result.err, "");
        return whole_file(folder.path() / "x.png");
    };
    // Compared as truth values: a failure is not to print the pictures.
    const std::string plain = draw({});
    EXPECT_TRUE(draw({"--year", "2022"}) == plain) << "the latest year is the one shown";
    EXPECT_TRUE(draw({"--year", "2021"}) != plain);
    EXPECT_TRUE(draw({"--layer", "below"}) != plain);
    EXPECT_TRUE(draw({"--layer", "dia ban"}) == draw({"--layer", "Below"})) << "by name or id, as people type them";
    EXPECT_TRUE(draw({"--dark"}) != plain);
    EXPECT_TRUE(draw({"--present"}) != plain);
    EXPECT_TRUE(draw({"--no-legend"}) != plain);
}

TEST(Render, leaves_out_labels_and_title_where_it_is_asked_to) {
    const TemporaryFolder folder;
    put(folder.path() / "communes.geojson", two_communes);
    const auto draw = [&](std::vector<std::string> options) {
        std::vector<std::string> words{"render", "communes.geojson", "-o", "x.png", "--size", "600x400"};
        words.insert(words.end(), options.begin(), options.end());
        const auto result = run_program(words, folder.path());
        EXPECT_EQ(result.code, 0) << result.err;
        return whole_file(folder.path() / "x.png");
    };
    const std::string plain = draw({});
    EXPECT_TRUE(draw({"--no-labels"}) != plain);
    EXPECT_TRUE(draw({"--no-title"}) != plain);
    const std::string bare = draw({"--bare"});
    EXPECT_TRUE(bare != draw({"--no-labels", "--no-legend", "--no-title"}))
        << "sources, scale bar and arrow remain there";
    EXPECT_TRUE(bare == draw({"--bare", "--no-labels", "--no-legend", "--no-title"}));
}

TEST(Render, of_a_year_without_data_says_which_years_there_are) {
    const TemporaryFolder folder;
    put_workspace(folder.path());
    const auto result = run_program({"render", "w.toml", "-o", "x.png", "--year", "1999"}, folder.path());
    EXPECT_EQ(result.code, 2);
    EXPECT_EQ(result.err, "diaban: There is no data for the year 1999. There are: 2021, 2022.\n");
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "x.png"));
}

TEST(Render, tells_machines_what_it_drew) {
    const TemporaryFolder folder;
    put_workspace(folder.path());
    const auto result = run_program(
        {"render", "w.toml", "-o", "x.png", "--size", "400x300", "--json", "--layer", "below", "--layer", "communes"},
        folder.path());
    ASSERT_EQ(result.code, 0) << result.err;
    const auto json = nlohmann::json::parse(result.out);
    EXPECT_EQ(json.at("file"), "x.png");
    EXPECT_EQ(json.at("width"), 400);
    EXPECT_EQ(json.at("height"), 300);
    EXPECT_EQ(json.at("features"), 4) << "two communes in two layers";
    EXPECT_EQ(json.at("layers"), nlohmann::json::array({"communes", "below"}));
    EXPECT_TRUE(json.at("unlabelled").is_array());
}

struct Wrong {
    const char* name;
    std::vector<std::string> words;
    int code;
    const char* message;
};

class WrongCall : public testing::TestWithParam<Wrong> {};

/// One clear message on the error stream, nothing on the other, and nothing written.
TEST_P(WrongCall, gets_its_exit_code_and_one_message_and_writes_nothing) {
    const TemporaryFolder folder;
    put(folder.path() / "communes.geojson", two_communes);
    put(folder.path() / "empty.geojson", "");
    put(folder.path() / "text.gpkg", "this is no database");
    put(folder.path() / "newer.toml", "version = 99\n");
    const std::string start = source_and_layer;
    put(folder.path() / "filter.toml", start + "filter = \"nam = 'A'\"\n");
    put(folder.path() / "broken_filter.toml", start + "filter = \"name = = 3\"\n");
    put(folder.path() / "column.toml", start + "[layers.style.fill]\ntype = \"graduated\"\nnumerator = \"stuntd\"\n");
    put(folder.path() / "join.toml", start + "[[layers.joins]]\nsource = \"communes\"\nkey = \"cod\"\n");
    put(folder.path() / "path.toml", start + "[[sources]]\nid = \"gone\"\npath = \"gone.csv\"\n" +
                                         "[[layers]]\nid = \"gone\"\nname = \"Posts\"\nsource = \"gone\"\n");
    put(folder.path() / "itself.toml",
        "version = 1\n[[sources]]\nid = \"a\"\npath = \"itself.toml\"\n[[layers]]\nid = \"a\"\nsource = \"a\"\n");
    put(folder.path() / "no_layers.toml", "version = 1\n");
    put(folder.path() / "map.png", two_communes);
    ASSERT_EQ(::mkfifo((folder.path() / "pipe.toml").c_str(), 0600), 0);
    const auto before = folder.names();
    const auto result = run_program(GetParam().words, folder.path());
    EXPECT_EQ(result.code, GetParam().code) << result.err;
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, HasSubstr(GetParam().message));
    EXPECT_EQ(folder.names(), before);
    EXPECT_EQ(whole_file(folder.path() / "map.png"), two_communes);
}

INSTANTIATE_TEST_SUITE_P(
    Each, WrongCall,
    testing::Values(
        Wrong{"render_missing", {"render", "none.gpkg", "-o", "x.png"}, 3, "none.gpkg: there is no such file"},
        Wrong{"render_empty", {"render", "empty.geojson", "-o", "x.png"}, 3, "empty.geojson: the file is empty"},
        Wrong{"render_garbage", {"render", "text.gpkg", "-o", "x.png"}, 3, "text.gpkg: "},
        Wrong{"render_newer", {"render", "newer.toml", "-o", "x.png"}, 3, "saved by a newer Diaban"},
        Wrong{"render_into_nowhere", {"render", "communes.geojson", "-o", "none/x.png"}, 3, "there is no such folder"},
        Wrong{"render_unknown_format", {"render", "communes.geojson", "-o", "x.bmp"}, 2, "bmp"},
        Wrong{
            "render_bad_size", {"render", "communes.geojson", "-o", "x.png", "--size", "big"}, 2, "\"big\" is no size"},
        Wrong{"render_bad_box", {"render", "communes.geojson", "-o", "x.png", "--bbox", "3,2,1,0"}, 2, "west"},
        Wrong{"render_without_output", {"render", "communes.geojson"}, 2, "--output"},
        Wrong{"render_unknown_field_in_a_filter", {"render", "filter.toml", "-o", "x.png"}, 3, "layer Communes: "},
        Wrong{"render_broken_filter", {"render", "broken_filter.toml", "-o", "x.png"}, 3, "layer Communes: "},
        Wrong{"render_unknown_column", {"render", "column.toml", "-o", "x.png"}, 3, "Did you mean “stunted”?"},
        Wrong{"render_unknown_key", {"render", "join.toml", "-o", "x.png"}, 3, "Did you mean “code”?"},
        Wrong{"render_wrong_path", {"render", "path.toml", "-o", "x.png"}, 3, "layer Posts: there is no such file"},
        Wrong{"render_itself", {"render", "itself.toml", "-o", "x.png"}, 3, "in no format that Diaban can read"},
        Wrong{"render_no_layers", {"render", "no_layers.toml", "-o", "x.png"}, 3, "has no layers"},
        Wrong{"render_over_its_input", {"render", "map.png", "-o", "map.png"}, 2, "would overwrite the data"},
        Wrong{"render_pipe", {"render", "pipe.toml", "-o", "x.png"}, 3, "a device or a pipe"},
        Wrong{"render_folder", {"render", ".", "-o", "x.png"}, 3, "this is a folder"},
        Wrong{"render_unknown_layer", {"render", "communes.geojson", "-o", "x.png", "--layer", "x"}, 2, "no layer"},
        Wrong{"render_bad_year", {"render", "communes.geojson", "-o", "x.png", "--year", "now"}, 2, "--year"},
        Wrong{"render_bad_scale", {"render", "communes.geojson", "-o", "x.png", "--scale", "0"}, 2, "--scale"},
        Wrong{"info_missing", {"info", "none.gpkg"}, 3, "none.gpkg: there is no such file"},
        Wrong{"info_empty", {"info", "empty.geojson"}, 3, "empty.geojson: the file is empty"},
        Wrong{"info_without_file", {"info"}, 2, "FILE"}, Wrong{"unknown_option", {"--colour"}, 2, "--colour"}),
    [](const auto& wrong) { return wrong.param.name; });

TEST(Info, tells_people_and_machines_the_same) {
    const TemporaryFolder folder;
    put(folder.path() / "communes.geojson", two_communes);
    const auto people = run_program({"info", "communes.geojson"}, folder.path());
    EXPECT_EQ(people.code, 0) << people.err;
    EXPECT_THAT(people.out, HasSubstr("communes"));
    EXPECT_THAT(people.out, HasSubstr("WGS 84"));
    const auto machines = run_program({"info", "communes.geojson", "--json"}, folder.path());
    EXPECT_EQ(machines.code, 0) << machines.err;
    EXPECT_TRUE(nlohmann::json::accept(machines.out)) << machines.out;
    EXPECT_THAT(machines.out, HasSubstr("06838"));
}

TEST(Help, is_there_for_every_command_with_an_example) {
    for (const char* command : {"info", "render"}) {
        const auto help = run_program({command, "--help"});
        EXPECT_EQ(help.code, 0);
        EXPECT_THAT(help.out, HasSubstr("Example: diaban "));
    }
}

TEST(Window, without_a_display_is_an_error_that_says_so) {
    const auto result = run_program({});
    EXPECT_EQ(result.code, 4);
    EXPECT_THAT(result.err, HasSubstr("display"));
}

}  // namespace
}  // namespace diaban
