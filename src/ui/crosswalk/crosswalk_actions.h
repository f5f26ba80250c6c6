// What the crosswalk assistant does; it draws itself in panels.h.
#pragma once

#include <string>

#include "ui/ui.h"

namespace diaban::ui {

/// Opens it for the active layer, with what fits prefilled.
void begin_crosswalk(Ui& ui);
/// Opens it for a carried source as it is.
void edit_crosswalk(Ui& ui, const std::string& carried);
/// The carried source that the active layer shows, else the first; empty when there is none.
[[nodiscard]] std::string carried_to_edit(Ui& ui);

/// Another table: its key, correspondence and rules are guessed anew, corrections forgotten.
void choose_table(Ui& ui, const std::string& source);
/// Rules anew, after key or time changed.
void guess_rules_again(Ui& ui);
/// Why there can be no result yet, in words; empty when everything is chosen.
[[nodiscard]] std::string what_is_missing(const CrosswalkState& state);
/// Keeps the preview in line with what is decided: once a frame.
void follow_preview(Ui& ui);

/// The share of a pair as somebody says it is; one for the same pair is replaced.
void correct_share(CrosswalkState& state, const Correction& correction);
void take_back_share(CrosswalkState& state, const std::string& from, const std::string& to);

/// The carried source and its join become part of the workspace, in one undo step.
void apply_crosswalk(Ui& ui);
void close_crosswalk(Ui& ui);

}  // namespace diaban::ui
