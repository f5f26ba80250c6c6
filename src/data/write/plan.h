// What is going to be written, settled before any byte is: names, columns and shapes as the format can hold them, and
// what that loses.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "data/write/columns.h"
#include "data/write/format.h"

namespace diaban {

struct OutLayer {
    std::string name;
    Place where;  ///< of its errors
    std::vector<OutColumn> columns;
    std::size_t rows = 0;
    std::shared_ptr<const Geometry> geometry;  ///< null where no geometry is written as such
    Crs crs;                                   ///< of `geometry`
    bool multi = false;                        ///< some feature has several parts
    bool skip_shapeless = false;               ///< rows without a shape are left out
    int decimals = 15;                         ///< of coordinates, where a format writes them as digits
};

struct OutPlan {
    std::vector<OutLayer> layers;
    Diagnostics diagnostics;
};

/// How many rows of the layer are written.
[[nodiscard]] std::size_t written_rows(const OutLayer& layer);

/// `file` is the target's name, for people. Errors (bad_input): more rows or
/// columns than the format takes; no way from the data's CRS to degrees.
[[nodiscard]] Expected<OutPlan> plan_output(std::span<const DatasetPtr> datasets, const FormatRules& rules,
                                            const std::string& file);

}  // namespace diaban
