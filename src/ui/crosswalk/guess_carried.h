// What the crosswalk assistant begins with: which table, which correspondence and which columns fit each other, told
// from their values.
#pragma once

#include <string>

#include "workspace/open.h"

namespace diaban::ui {

struct GuessedCarrying {
    CarriedSource carried;  ///< without an id; parts that nothing fits are empty
    std::string layer_key;  ///< the layer's column that names the units carried to
};

/// For a layer of units and, unless it is empty, a table (its source's id). Otherwise the table is the one whose keys
/// are best known to some table of pairs, those that are joined or carried already left aside.
[[nodiscard]] GuessedCarrying guess_carrying(const Workspace& workspace, const Datasets& datasets,
                                             const std::string& layer, const std::string& table);

// ── one way each; their columns are empty where nothing fits ──
[[nodiscard]] PairsOf guess_pairs(const Workspace& workspace, const Datasets& datasets, const std::string& layer,
                                  const std::string& table, const std::string& key);
[[nodiscard]] PairColumns guess_pair_columns(const Dataset& pairs, const Dataset* data, const std::string& key,
                                             const Dataset* units);
[[nodiscard]] NamesOf guess_names(const Workspace& workspace, const Datasets& datasets, const std::string& layer);
[[nodiscard]] OverlayOf guess_overlay(const Workspace& workspace, const Datasets& datasets, const std::string& layer,
                                      bool by_points);
/// The column of `units` whose values those of `column` are best among; empty when none has any of them.
[[nodiscard]] std::string best_partner(const Dataset& units, const Dataset& table, const std::string& column);

}  // namespace diaban::ui
