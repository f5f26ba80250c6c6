// The real program in a real window, under a virtual display (window_e2e.sh does the pressing of keys).
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <sstream>
#include <string>

#include "ui/sample.h"

namespace diaban::ui {
namespace {

bool installed(const std::string& program) {
    return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0;
}

struct ClosePipe {
    void operator()(std::FILE* pipe) const { pclose(pipe); }
};

/// What the script said: the first word (for colours the first two) and the rest of the line.
std::map<std::string, std::string> drive(const std::filesystem::path& workspace, const std::filesystem::path& folder,
                                         const std::string& size) {
    const std::string command = std::string(DIABAN_SOURCE_DIR) + "/tests/ui/window_e2e.sh '" + DIABAN_BINARY_DIR +
                                "/diaban' '" + workspace.string() + "' '" + folder.string() + "' " + size;
    const std::unique_ptr<std::FILE, ClosePipe> pipe(popen(command.c_str(), "r"));
    std::string output;
    std::array<char, 512> part{};
    while (pipe && std::fgets(part.data(), static_cast<int>(part.size()), pipe.get()) != nullptr)
        output += part.data();
    std::map<std::string, std::string> said;
    std::istringstream lines(output);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string key;
        words >> key;
        if (key == "colours") {
            std::string name;
            words >> name;
            key += " " + name;
        }
        std::string rest;
        std::getline(words >> std::ws, rest);
        said[key] = rest;
    }
    if (said.contains("died")) ADD_FAILURE() << output;
    return said;
}

struct WindowTest : testing::TestWithParam<const char*> {
    Sample sample;
    void SetUp() override {
        for (const char* program : {"Xvfb", "xdotool", "import", "identify"}) {
            if (!installed(program)) GTEST_SKIP() << program << " is not installed";
        }
        if (!std::filesystem::exists(std::string(DIABAN_BINARY_DIR) + "/diaban")) {
            GTEST_SKIP() << "the program is not built";
        }
    }
};

TEST_P(WindowTest, opens_shows_selects_presents_idles_without_work_and_leaves) {
    const std::filesystem::path demo = std::filesystem::path(DIABAN_SOURCE_DIR) / "data/quang_ninh/demo.toml";
    const auto workspace = std::filesystem::exists(demo) ? demo : sample.path("good.toml");
    const auto folder = std::filesystem::path(DIABAN_BINARY_DIR) / "screenshots" / GetParam();
    std::filesystem::create_directories(folder);
    const auto said = drive(workspace, folder, GetParam());
    const auto number = [&](const std::string& key) {
        return said.contains(key) ? std::atof(said.at(key).c_str()) : -1.0;
    };
    EXPECT_TRUE(said.contains("appeared"));
    ASSERT_TRUE(said.contains("title"));
    EXPECT_EQ(said.at("title"), workspace.filename().string() + " — Diaban");
    // A window that failed to draw is one colour; text alone, antialiased, makes dozens.
    for (const char* shot : {"first", "selected", "table", "dark", "presentation"}) {
        EXPECT_GT(number(std::string("colours ") + shot), 100) << folder << "/" << shot << ".png";
    }
    EXPECT_GE(number("idle"), 0);
    EXPECT_LT(number("idle"), 5) << "per cent of a processor while nothing happens";
    EXPECT_EQ(number("exit"), 0);
}

INSTANTIATE_TEST_SUITE_P(Sizes, WindowTest, testing::Values("1440x900", "1280x720"),
                         [](const auto& size) { return "at_" + std::string(size.param); });

TEST(WindowWithoutDisplay, is_an_error_that_says_what_to_do_instead) {
    const std::filesystem::path program = std::string(DIABAN_BINARY_DIR) + "/diaban";
    if (!std::filesystem::exists(program)) GTEST_SKIP() << "the program is not built";
    const Sample sample;
    const std::string command =
        "env -u DISPLAY -u WAYLAND_DISPLAY '" + program.string() + "' '" + sample.path("good.toml").string() + "' 2>&1";
    std::FILE* pipe = popen(command.c_str(), "r");
    ASSERT_NE(pipe, nullptr);
    std::string output;
    std::array<char, 512> part{};
    while (std::fgets(part.data(), static_cast<int>(part.size()), pipe) != nullptr)
        output += part.data();
    const int status = pclose(pipe);
    EXPECT_EQ(WEXITSTATUS(status), 4);
    EXPECT_NE(output.find("No window could be opened"), std::string::npos) << output;
    EXPECT_NE(output.find("diaban render"), std::string::npos) << output;
}

}  // namespace
}  // namespace diaban::ui
