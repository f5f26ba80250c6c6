// The words with which every command that reads data says how a file is to be understood.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "data/read.h"

namespace CLI {
class App;
}

namespace diaban {

/// As typed, filled in by CLI11.
struct ReadingWords {
    std::string layer, crs, near;
    std::string encoding, separator, long_form, where;
    std::vector<std::string> numbers, points;
    std::vector<double> extent;
    int header_row = 0, header_rows = 0;
    bool keep_totals = false, no_points = false, swap_axes = false, keep_invalid = false;
};

void add_reading_words(CLI::App& command, ReadingWords& words);

/// Errors (wrong_usage): a word that is none of those there are; a file to be near to that cannot be read.
[[nodiscard]] Expected<ReadOptions> to_read_options(const ReadingWords& words);

/// "Tên=comma": split at the last "=". Errors (wrong_usage) name the option and show the form.
[[nodiscard]] Expected<std::pair<std::string, std::string>> split_pair(const std::string& word, const char* option);

/// The one dataset that is meant: the layer named, else with `shapes` the first one that has any, else the first.
[[nodiscard]] Expected<DatasetPtr> read_one_dataset(const std::filesystem::path& path, const ReadOptions& options,
                                                    bool shapes, Progress& progress);

/// What the user should decide, with the words that decide it: `--numbers "so_ho=comma" or --numbers "so_ho=point"`.
struct OpenQuestion {
    Question question;
    std::string answer;
};
/// Without those that the answer to another one settles.
[[nodiscard]] std::vector<OpenQuestion> open_questions(const ImportReport& report);

/// Errors (wrong_usage): a column named by --numbers or --points that is in none of the datasets.
[[nodiscard]] Expected<void> check_named_columns(const std::vector<DatasetPtr>& datasets, const ImportOptions& options);

/// Refuses what still asks; `as_is` takes the cautious reading instead.
[[nodiscard]] Expected<void> refuse_questions(const std::vector<DatasetPtr>& datasets, bool as_is,
                                              const std::filesystem::path& file);

}  // namespace diaban
