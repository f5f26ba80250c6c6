// A few examples of many cases, for the detail of a diagnostic.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "data/dataset.h"

namespace diaban {

/// Counts cases and keeps the first different ones.
class Examples {
public:
    static constexpr std::size_t most = 5;

    void add(const std::string& example);
    [[nodiscard]] int64_t count() const { return count_; }
    /// "Bình Liêu; Hải Sơn; …" — the dots where there are more different ones than are named.
    [[nodiscard]] std::string text() const;

private:
    int64_t count_ = 0;
    bool more_ = false;
    std::vector<std::string> first_;
};

/// How a person would call rows: by their name, else their code, else "row 7". Valid as long as the dataset.
class RowNames {
public:
    explicit RowNames(const Dataset& dataset);
    [[nodiscard]] std::string operator()(std::size_t row) const;

private:
    std::vector<const Column*> columns_;
};

/// The same for a single row; RowNames is quicker for several.
[[nodiscard]] std::string name_of_row(const Dataset& dataset, std::size_t row);

}  // namespace diaban
