// What checks of boundaries found: kept by the session beside the data, no part of the workspace.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/progress.h"
#include "data/dataset.h"
#include "data/problems.h"
#include "workspace/workspace.h"

namespace diaban::ui {

/// Everything that was found in one dataset.
struct FoundProblems {
    DatasetPtr checked;
    std::shared_ptr<const Problems> problems;
    DatasetPtr layer;  ///< of polygons, a row for each of `problems`
};

/// The check of a coverage that runs by itself.
struct CoverageCheck {
    DatasetPtr dataset;
    std::shared_ptr<Progress> progress;
    std::optional<Diagnostics> found;  ///< nothing while it runs
};

/// How problems are drawn: red and orange, hatched, by kind, over whatever lies below.
[[nodiscard]] Style problem_style(const FoundProblems& found);

}  // namespace diaban::ui
