// Data of one set of units carried over to another (the communes before a reform and after it): how it was decided, as
// the workspace keeps it, and the data that come of it. A carried source is a source like any other: layers and joins
// refer to its id.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/progress.h"
#include "data/crosswalk/build.h"
#include "data/crosswalk/carry.h"
#include "data/crosswalk/correspondence.h"
#include "data/dataset.h"

namespace diaban {

// ── where the correspondence is told; sources are named by their ids ──
struct PairsOf {
    std::string source;  ///< a table of pairs
    PairColumns columns;
    bool operator==(const PairsOf&) const = default;
};
struct NamesOf {
    std::string source;  ///< the new units, each with the list of what it was merged from
    NameListColumns columns;
    bool operator==(const NamesOf&) const = default;
};
struct OverlayOf {
    std::string old_units, old_id, old_name;
    std::string new_units, new_id, new_name;
    std::string points;  ///< a source of points that weigh the shares; empty: by area
    std::string weight;  ///< its column; empty: each counts 1
    bool operator==(const OverlayOf&) const = default;
};
using CorrespondenceOf = std::variant<PairsOf, NamesOf, OverlayOf>;

struct CarriedSource {
    std::string id;
    std::string data;        ///< the source whose rows are keyed to the other units
    std::string key;         ///< its column of them: codes or names
    std::string time_field;  ///< empty: one row a unit
    CorrespondenceOf by;
    std::optional<OverlayOf> shares_by;  ///< better shares for units of which `by` knows only where they went
    bool reverse = false;                ///< from the new units to the old ones
    std::vector<ColumnRule> rules;       ///< asked once; empty: as guess_rules() suggests
    std::vector<Correction> corrections;
    bool operator==(const CarriedSource&) const = default;
};

/// The column of the carried data that identifies the units carried to.
inline constexpr std::string_view carried_key = "unit";

/// The dataset of a source, or null.
using SourceLookup = std::function<DatasetPtr(const std::string& id)>;

/// The correspondence with its corrections. Errors: a source that is not there, and those of its builder.
[[nodiscard]] Expected<Crosswalk> crosswalk_of(const CarriedSource& carried, const SourceLookup& sources,
                                               Progress& progress);

struct CarriedData {
    DatasetPtr dataset;  ///< a table, keyed by `carried_key`; its diagnostics say what was lost or assumed
    Crosswalk crosswalk;
    std::vector<CarriedTotal> totals;
};
/// Errors besides: a rule that still asks (GuessedRules::questions).
[[nodiscard]] Expected<CarriedData> carry_source(const CarriedSource& carried, const SourceLookup& sources,
                                                 Progress& progress);

/// Ids of the sources that it is made from.
[[nodiscard]] std::vector<std::string> sources_of(const CarriedSource& carried);

}  // namespace diaban
