// Joining a table by name: 100,000 rows, written as people write and one in twenty misspelt, to the units of
// DIABAN_DATA (a file with a column full_name, or name), else to as many made-up names as the country has units.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "../data/decorated_names.h"
#include "data/join/match.h"
#include "data/read.h"

namespace diaban {
namespace {

constexpr std::size_t row_count = 100'000;

std::vector<std::string> made_up_names() {
    static const std::vector<std::string> syllables{"An",    "Bình", "Cường",  "Đông", "Giang", "Hải",   "Hòa",
                                                    "Khánh", "Liên", "Minh",   "Ngọc", "Phú",   "Quảng", "Sơn",
                                                    "Tân",   "Thủy", "Trường", "Vân",  "Xuân",  "Yên"};
    std::vector<std::string> names;
    std::mt19937 random(2025);
    std::set<std::string> taken;
    constexpr std::size_t units_of_the_country = 3321;
    while (names.size() < units_of_the_country) {
        std::string name = random() % 4 ? "Xã" : "Phường";
        for (std::size_t i = 2 + random() % 2; i > 0; --i)
            name += " " + syllables[random() % syllables.size()];
        if (taken.insert(name).second) names.push_back(name);
    }
    return names;
}

std::vector<std::string> names_of_units() {
    const char* named = std::getenv("DIABAN_DATA");
    if (!named) return made_up_names();
    Progress progress;
    const auto datasets = read(named, {}, progress);
    if (!datasets) return {};
    const Table& table = datasets->front()->table;
    const Column* column = table.find("full_name") ? table.find("full_name") : table.find("name");
    std::vector<std::string> names;
    for (std::size_t row = 0; column && row < column->size(); ++row)
        names.push_back(column->text(row));
    return names;
}

/// A letter left out, doubled or replaced, or two swapped, not in the first word.
std::string misspelt(std::string name, std::mt19937& random) {
    const std::size_t from = name.find(' ') == std::string::npos ? 0 : name.find(' ') + 1;
    std::vector<std::size_t> letters;
    for (std::size_t i = from; i + 1 < name.size(); ++i)
        if ((name[i] >= 'a' && name[i] <= 'z') && (name[i + 1] >= 'a' && name[i + 1] <= 'z')) letters.push_back(i);
    if (letters.empty()) return name + "x";
    const std::size_t at = letters[random() % letters.size()];
    switch (random() % 4) {
        case 0:
            return name.erase(at, 1);
        case 1:
            return name.insert(at, 1, name[at]);
        case 2:
            name[at] = static_cast<char>('a' + random() % 26);
            return name;
        default:
            std::swap(name[at], name[at + 1]);
            return name;
    }
}

DatasetPtr of_names(const char* column, std::vector<std::string> names) {
    auto dataset = std::make_shared<Dataset>();
    const std::size_t rows = names.size();
    dataset->table = Table({Column(column, ColumnType::text, std::move(names))}, rows);
    return dataset;
}

void join_by_name(benchmark::State& state) {
    const auto names = names_of_units();
    if (names.empty()) return state.SkipWithError("no names in DIABAN_DATA");
    std::mt19937 random(3);
    std::vector<std::string> written;
    constexpr std::size_t one_in = 20;
    for (std::size_t row = 0; row < row_count; ++row) {
        const std::string& name = names[random() % names.size()];
        written.push_back(decorated(row % one_in == 0 ? misspelt(name, random) : name, random));
    }
    const DatasetPtr base = of_names("name", names);
    JoinSpec spec{
        .name = "rows", .table = of_names("ten", written), .key = "name", .foreign_key = "ten", .time_field = {}};
    spec.role = KeyRole::name;
    for (auto _ : state) {
        const auto matched = match_rows(*base, spec);
        if (!matched) return state.SkipWithError(to_text(matched.error()).c_str());
        const auto count = [&](MatchState of) { return static_cast<double>(matched->report.count(of)); };
        state.counters["found"] = count(MatchState::matched) + count(MatchState::duplicate);
        state.counters["suggested"] = count(MatchState::suggested);
        state.counters["ambiguous"] = count(MatchState::ambiguous);
        state.counters["unmatched"] = count(MatchState::unmatched);
        state.counters["keys"] = static_cast<double>(matched->report.keys.size());
    }
}
BENCHMARK(join_by_name)->Name("join/by_name")->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace
}  // namespace diaban
