// What the tests of the issue's sentences share: a folder of small files, the real program, and what it said as JSON.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <array>
#include <map>

#include "program.h"

namespace diaban {

using Json = nlohmann::json;

class Sentences : public testing::Test {
protected:
    void put(const std::string& name, const std::string& content) const {
        std::ofstream(folder.path() / name, std::ios::binary) << content;
    }
    [[nodiscard]] std::string text_of(const std::string& name) const { return whole_file(folder.path() / name); }
    [[nodiscard]] bool exists(const std::string& name) const { return std::filesystem::exists(folder.path() / name); }
    [[nodiscard]] ProgramResult run(const std::vector<std::string>& words) const {
        return run_program(words, folder.path());
    }
    /// What a run that has to succeed says with --json.
    [[nodiscard]] Json json(std::vector<std::string> words) const {
        words.emplace_back("--json");
        const ProgramResult result = run(words);
        EXPECT_EQ(result.code, 0) << result.err;
        return result.code == 0 ? Json::parse(result.out) : Json();
    }
    /// The lines of a file that was written, without the header; no cell of these tests' files holds a comma.
    [[nodiscard]] std::vector<std::vector<std::string>> rows_of(const std::string& name) const {
        std::vector<std::vector<std::string>> rows;
        std::istringstream lines(text_of(name));
        std::string line, cell;
        std::getline(lines, line);
        while (std::getline(lines, line)) {
            auto& row = rows.emplace_back();
            std::istringstream cells(line + ",");
            while (std::getline(cells, cell, ','))
                row.push_back(cell);
        }
        return rows;
    }
    /// One column's cells by another's: {"06838": "Bình Liêu"}.
    [[nodiscard]] std::map<std::string, std::string> column(const std::string& name, const std::string& key,
                                                            const std::string& value) const {
        std::istringstream lines(text_of(name));
        std::string header, cell;
        std::getline(lines, header);
        std::vector<std::string> names;
        std::istringstream cells(header);
        while (std::getline(cells, cell, ','))
            names.push_back(cell);
        const auto place = [&](const std::string& wanted) {
            const auto found = std::find(names.begin(), names.end(), wanted);
            EXPECT_NE(found, names.end()) << wanted << " is not in " << header;
            return static_cast<std::size_t>(found - names.begin());
        };
        const std::size_t of_key = place(key), of_value = place(value);
        std::map<std::string, std::string> result;
        for (const auto& row : rows_of(name))
            if (std::max(of_key, of_value) < row.size()) result[row[of_key]] = row[of_value];
        return result;
    }
    /// The words of all diagnostics of some kind ("" is any).
    static std::string said(const Json& diagnostics, const std::string& kind = {}) {
        std::string text;
        for (const Json& diagnostic : diagnostics)
            if (kind.empty() || diagnostic["kind"] == kind) text += diagnostic["text"].get<std::string>() + "\n";
        return text;
    }
    /// A feature with a rectangle from (west, south) in degrees; `properties` is JSON without the braces.
    static std::string rectangle(const std::string& properties, double west, double south, double width,
                                 double height) {
        const auto corner = [](double x, double y) { return Json::array({x, y}); };
        const Json ring = {corner(west, south), corner(west + width, south), corner(west + width, south + height),
                           corner(west, south + height), corner(west, south)};
        return polygon(properties, Json::array({ring}).dump());
    }
    static std::string polygon(const std::string& properties, const std::string& rings) {
        return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":{"type":"Polygon","coordinates":)" +
               rings + "}}";
    }
    static std::string collection(const std::vector<std::string>& features) {
        std::string text;
        for (const std::string& feature : features)
            text += (text.empty() ? "" : ",") + feature;
        return R"({"type":"FeatureCollection","features":[)" + text + "]}";
    }

    TemporaryFolder folder;
};

}  // namespace diaban
