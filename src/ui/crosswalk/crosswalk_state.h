// What the crosswalk assistant works on: a carried source that is not taken in yet, and what would come of it.
// Nothing here is part of the workspace until apply_crosswalk().
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/progress.h"
#include "workspace/carried.h"

namespace diaban::ui {

/// What a carried source would give, made in the background.
struct CrosswalkPreview {
    CarriedSource of;
    std::vector<DatasetPtr> from;  ///< the data it was made from: a reload makes another
    std::shared_ptr<Progress> progress;
    bool done = false;
    std::optional<Error> error;
    std::optional<CarriedData> data;
    std::map<std::string, std::string> from_names, to_names;  ///< units by id
    [[nodiscard]] bool under_way() const { return !done && !progress->cancelled(); }
};

enum class CrosswalkView { pairs, totals, columns };

struct CrosswalkState {
    bool open = false;
    std::string editing;  ///< id of the carried source that is changed; empty: a new one
    CarriedSource carried;
    std::string layer;      ///< that the result is joined to
    std::string layer_key;  ///< its column of units
    std::vector<GuessedRules::Question> questions;
    std::vector<std::string> answered;  ///< columns whose rule the user has seen to
    CrosswalkView view = CrosswalkView::pairs;
    std::shared_ptr<CrosswalkPreview> preview;  ///< the newest
    std::shared_ptr<CrosswalkPreview> shown;    ///< the last that went well
    std::string search;
    bool assumed_only = false;
    std::optional<Correction> correcting;  ///< the pair whose share is being typed
};

}  // namespace diaban::ui
