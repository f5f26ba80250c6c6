// Saved queries of every kind: opened where they are asked, and the bar above coverage and areas that saves them.
#pragma once

#include <string>

#include "query/query.h"
#include "ui/ui.h"

namespace diaban::ui {

/// Shows a saved query where its kind is asked: the sections of the query panel, or the SQL console.
void open_query(Ui& ui, const std::string& id);

/// "Coverage": what a list says beside a query's name.
[[nodiscard]] std::string kind_of(const Query& query);
/// Entries of a list that is open, for all saved queries but those that the list has already shown (of the kind of
/// `except`; null: none); the id of the one that was clicked.
[[nodiscard]] std::string query_entries(const Session& session, const Query* except, const std::string& now);

/// The list of saved queries with saving, renaming and deleting. `now` is the question as it stands, `proposed` a name
/// to begin with.
void query_bar(Ui& ui, SavedBar& bar, const Query& now, const std::string& proposed);

}  // namespace diaban::ui
