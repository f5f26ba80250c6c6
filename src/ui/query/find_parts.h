// The parts of the section "Find", from top to bottom. Only find_section.cpp includes this.
#pragma once

#include "ui/query/find_state.h"

namespace diaban::ui {

/// Which saved question this is, the list of all of them, saving; undo within the question.
void saved_bar(Ui& ui, FindState& state);
/// The question as text, where that is open; what is wrong with it.
void text_form(FindState& state);
/// What can be made of the hits.
void result_buttons(Ui& ui, FindState& state);
/// Calculated columns: the list, and adding to it.
void columns_section(Ui& ui, FindState& state);
/// The features found, ascending.
[[nodiscard]] std::vector<uint32_t> found_features(const Answer& answer);
/// Selects what was found.
void select_hits(Ui& ui, const FindState& state, Combine how);

}  // namespace diaban::ui
