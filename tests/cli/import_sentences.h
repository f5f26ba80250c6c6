// Reading data in, a sentence of its promises at a time, through the real program.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/odd_files.h"
#include "cli/program.h"

namespace diaban {

class ImportSentence : public testing::Test {
protected:
    using Json = nlohmann::json;

    void put(const std::string& name, const std::string& bytes) { put_file(folder.path() / name, bytes); }
    [[nodiscard]] bool there(const std::string& name) const { return std::filesystem::exists(folder.path() / name); }

    ProgramResult run(const std::vector<std::string>& words) { return run_program(words, folder.path()); }

    /// What `import --dry-run` understands of a file: all its layers.
    Json layers(const std::string& file, const std::vector<std::string>& words = {}) {
        std::vector<std::string> line{"import", file, "--dry-run", "--json"};
        line.insert(line.end(), words.begin(), words.end());
        const ProgramResult result = run(line);
        EXPECT_EQ(result.code, 0) << result.err;
        return result.code == 0 ? Json::parse(result.out).at("layers") : Json();
    }
    Json layer(const std::string& file, const std::vector<std::string>& words = {}) {
        const Json all = layers(file, words);
        EXPECT_EQ(all.size(), 1U);
        return all.empty() ? Json() : all[0];
    }

    /// The file imported as CSV.
    std::string csv(const std::string& file, const std::vector<std::string>& words = {}) {
        std::vector<std::string> line{"import", file, "-o", "imported.csv"};
        line.insert(line.end(), words.begin(), words.end());
        std::filesystem::remove(folder.path() / "imported.csv");
        const ProgramResult result = run(line);
        EXPECT_EQ(result.code, 0) << result.err;
        return whole_file(folder.path() / "imported.csv");
    }

    /// Exit code and message of a call that is refused and writes nothing.
    std::string refused(const std::vector<std::string>& words) {
        std::vector<std::string> line{"import"};
        line.insert(line.end(), words.begin(), words.end());
        const auto before = folder.names();
        const ProgramResult result = run(line);
        EXPECT_EQ(result.out, "");
        EXPECT_EQ(folder.names(), before);
        return std::to_string(result.code) + " " + result.err;
    }

    static std::vector<std::string> names(const Json& layer) {
        std::vector<std::string> list;
        for (const Json& field : layer.at("fields"))
            list.push_back(field.at("name"));
        return list;
    }
    static Json field(const Json& layer, const std::string& name) {
        for (const Json& one : layer.at("fields"))
            if (one.at("name") == name) return one;
        ADD_FAILURE() << "no field " << name;
        return {{"type", ""}};
    }
    static Json column(const Json& layer, const std::string& name) {
        for (const Json& one : layer.at("import").at("columns"))
            if (one.at("name") == name) return one;
        ADD_FAILURE() << "nothing said of " << name;
        return Json::object();
    }
    /// "row 4 total: Tổng cộng; 5".
    static std::vector<std::string> left_out(const Json& layer) {
        std::vector<std::string> list;
        for (const Json& row : layer.at("import").at("left_out"))
            list.push_back("row " + std::to_string(row.at("row").get<int>()) + " " + row.at("why").get<std::string>() +
                           ": " + row.at("text").get<std::string>());
        return list;
    }

    TemporaryFolder folder;
};

}  // namespace diaban
