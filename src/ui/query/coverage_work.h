// What the coverage section computes: distances once, in the background; the answer at each distance at once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/ui.h"

namespace diaban::ui {

/// Chooses layers where none are chosen or they went away; false when there is nothing to ask about.
[[nodiscard]] bool choose_layers(Ui& ui);
/// Measures anew where something changed that the distances hang on, and takes the answer at the present distance in.
void refresh_coverage(Ui& ui);
/// Marks the villages on the map that state.light says, all of them or those in view; the selection stays as it is.
void light_up(Ui& ui);
/// The weight that is this column (empty: each counts 1), and back; nothing for one that is more than a column.
[[nodiscard]] std::string to_weight(const std::string& field);
[[nodiscard]] std::optional<std::string> weight_column(const std::string& weight);
/// Demand features that are (not) reached.
[[nodiscard]] std::vector<uint32_t> covered_features(const CoverageState& state, bool covered);

/// Whether those to be marked are too many even in view.
[[nodiscard]] bool too_many_to_mark(const CoverageState& state);
/// What is counted: "households", else the layer's name.
[[nodiscard]] std::string counted(Ui& ui, const CoverageState& state);

// ── what becomes of it ──
void select_gap(Ui& ui);
void gap_as_layer(Ui& ui);
/// The list shown as a layer of this session (it is not saved) that shows the share, or what each facility reaches.
void list_as_layer(Ui& ui);
/// As a file chosen in the file dialog, the sentence at its end.
void list_as_csv(Ui& ui);

}  // namespace diaban::ui
