// The parts of the SQL console, which sql_panel.cpp puts together. Nothing else includes this.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "data/sql/sql_console.h"
#include "ui/ui.h"

namespace diaban::ui {

/// The workspace's layers as tables, at the year shown.
[[nodiscard]] std::vector<SqlTable> sql_tables(Session& session);

// ── running (sql_run.cpp) ──
/// Sends the statement off, after stopping the one under way; it is remembered in the history.
void start_sql(Ui& ui);
/// Takes in what a finished run brought; a good result replaces the last one, an error leaves it.
void take_sql_outcome(Ui& ui);
/// Puts an older (-1) or newer (+1) statement of the history into the editor.
void recall_sql(SqlState& state, int step);
/// Puts the words in at the cursor, with blanks where they would run into others.
void insert_sql(SqlState& state, std::string_view words);

// ── drawing ──
void sql_table_list(Ui& ui, const std::vector<SqlTable>& tables);
void sql_editor(Ui& ui, float height);
void sql_examples(Ui& ui, const std::vector<SqlTable>& tables);
void sql_result(Ui& ui);

// ── keeping a result (sql_keep.cpp): each one undo step ──
/// Saves the result's statement as a query of this name; returns the query's id.
std::string save_sql_query(Ui& ui, const std::string& name);
/// Saves it and shows its shapes as a layer above the others.
void keep_sql_as_layer(Ui& ui);
/// Saves it and joins its rows to the layer that they belong to, unless the statement itself reads that layer.
void keep_sql_as_table(Ui& ui);

}  // namespace diaban::ui
