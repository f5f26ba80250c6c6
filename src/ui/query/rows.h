// The builder: a condition as rows of sentences made of chips, in groups. Everything here changes the values it is
// given and returns true when it did; the caller turns them into the question's text.
#pragma once

#include <optional>
#include <string>

#include "ui/query/chips.h"
#include "ui/query/find_state.h"

namespace diaban::ui {

struct Rows {
    Ui& ui;
    FindState& state;
    std::string merge = {};          ///< what the change belongs to while something is dragged: one step of undo
    const QueryLayer* of = nullptr;  ///< whose columns are spoken of
    bool outermost = true;           ///< the question itself, not a condition on a target
    std::optional<query::Path> troubled = {};  ///< the row that the error is about
    std::string wrong_entry = {};              ///< what was typed into the row being drawn and could not be taken
};

/// The whole condition, with live counts where `hits` are of this very condition, and the button that adds to it.
bool condition_rows(Rows& rows, query::Condition& whole, const Hits* hits);

// ── parts of a row, into the row's flow of chips ──
bool condition_chips(Rows& rows, Flow& flow, query::Condition& condition);
bool clause_chips(Rows& rows, Flow& flow, Clause& clause);
bool sum_chips(Rows& rows, Flow& flow, query::Sum& sum);
bool value_chips(Rows& rows, Flow& flow, Clause& clause);
/// One text or several, ticked in a list of a column's values.
bool text_chip(Rows& rows, Flow& flow, Clause& clause);
/// A layer, and which of its features; `shape`: only layers of such are offered.
bool target_chips(Rows& rows, Flow& flow, query::Target& target, std::optional<GeometryKind> shape = std::nullopt);
/// A distance dragged or typed, and its unit. Between these lengths in metres.
bool distance_chips(Rows& rows, Flow& flow, const char* id, query::Distance& distance, double low, double high);
/// A line below a row to drag a distance on, a logarithmic one.
bool distance_slider(Rows& rows, const char* id, query::Distance& distance, double low, double high);
/// A chip that shows an expression and opens a field to write it in.
bool formula_chip(Rows& rows, Flow& flow, const char* id, query::Sum& sum);
/// An ISO date typed or picked from a calendar.
bool date_chip(Rows& rows, Flow& flow, const char* id, std::string& date);
/// A text field whose text counts when Enter is pressed or the field is left; Esc gives it back.
bool text_entry(Rows& rows, const char* id, const char* hint, std::string& value, float width);
/// A number dragged or (clicked) typed, as a chip. `speed`: per pixel; `beside`: Flow::place's.
bool number_chip(Rows& rows, Flow& flow, const char* id, double& value, double speed, double low, double high,
                 const std::string& unit, bool whole, float beside = 0);

/// The list of kinds of conditions, in an open popup: a condition made anew when one was chosen.
/// `as_text`: it is to be written by hand.
std::optional<query::Condition> starter_list(Rows& rows, bool& as_text);

}  // namespace diaban::ui
