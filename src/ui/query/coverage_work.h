// What the coverage section computes: distances once, in the background; the answer at each distance at once.
#pragma once

#include "ui/ui.h"

namespace diaban::ui {

/// Chooses layers where none are chosen or they went away; false when there is nothing to ask about.
[[nodiscard]] bool choose_layers(Ui& ui);
/// Measures anew where something changed that the distances hang on, and takes the answer at the present distance in.
void refresh_coverage(Ui& ui);
/// After the distance changed: lights the villages up on the map that state.light says, if they are few enough for
/// each step of a drag.
void light_up(Ui& ui, bool dragging);
/// Demand features that are (not) reached.
[[nodiscard]] std::vector<uint32_t> covered_features(const CoverageState& state, bool covered);

// ── what becomes of it ──
void select_gap(Ui& ui);
void gap_as_layer(Ui& ui);
/// The list shown as a layer of this session (it is not saved), or as CSV through the file dialog.
void list_as_layer(Ui& ui);
void list_as_csv(Ui& ui);

}  // namespace diaban::ui
