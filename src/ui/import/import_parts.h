// The parts of the import assistant (assistant.cpp puts them together). Each draws one section of an item at ImGui's
// cursor; what the user decides goes into the item and through the session.
#pragma once

#include <string>

#include "ui/panels/parts.h"

namespace diaban::ui {

void table_section(Ui& ui, ImportItem& item);     ///< the sheet as it stands, its header, what was left out
void columns_that_ask(Ui& ui, ImportItem& item);  ///< whose numbers can be read in two ways, or were decided
void columns_list(Ui& ui, ImportItem& item);      ///< each column's type and how its numbers are written
void text_section(Ui& ui, ImportItem& item);      ///< what an encoding changed, before and after
void places_section(Ui& ui, ImportItem& item);    ///< point columns, axes, CRS with a little map
void crs_search(Ui& ui, ImportItem& item);        ///< any CRS by its code, name or place
void join_section(Ui& ui, ImportItem& item);      ///< to which layer, by which columns, and what becomes of the rows
void problems_section(Ui& ui, ImportItem& item);  ///< what was noticed about its data

/// What the button will do, and the buttons: sets what was pressed.
void import_foot(Ui& ui, bool& cancel, bool& go);
/// Enter imports; Esc closes an open list first, then takes the question back, then leaves; the arrows go through the
/// list and the sections.
void import_keys(Ui& ui, bool& cancel, bool& go);
/// Takes in what is ticked; with questions open it asks first, and shows the first of them.
void import_now(Ui& ui);

/// The item's geometry, as one of its proposals or its CRS places it, over the outlines of what is open.
void little_map(Ui& ui, const ImportItem& item, const Crs& crs, bool swapped, ImVec2 size);

/// The open questions of a kind, each as a line in the colour of a warning. With a column, only those about it.
void questions_about(const ImportItem& item, std::initializer_list<Question::Kind> kinds);
/// The item's options or CRS changed: reads it again.
void decided(Ui& ui, ImportItem& item);
/// A quiet line "label: value".
void fact(std::string_view label, std::string_view value);

}  // namespace diaban::ui
