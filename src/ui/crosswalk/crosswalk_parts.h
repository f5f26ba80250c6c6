// The parts of the crosswalk assistant (assistant.cpp puts them together).
#pragma once

#include <string>

#include "ui/ui.h"

namespace diaban::ui {

// ── left: what is decided ──
void crosswalk_form(Ui& ui);

// ── right: what comes of it ──
void crosswalk_pairs(Ui& ui);    ///< from, to, share, basis, who says so; shares can be corrected
void crosswalk_totals(Ui& ui);   ///< each counted column before and after, and what was noticed
void crosswalk_columns(Ui& ui);  ///< the rule of each column

/// A column of a table; true when another was chosen. With `none`, the first entry of that text means "".
bool pick_column(const char* id, const Dataset* table, std::string& column, const char* none = nullptr);
[[nodiscard]] const Dataset* dataset_of(const Session& session, const std::string& source);

}  // namespace diaban::ui
