// What the query panel works with between frames.
#pragma once

namespace diaban::ui {

/// What the panel asks: which features, who is reached, what ground is near.
enum class QueryKind { find, coverage, areas };

struct QueryPanelState {
    QueryKind kind = QueryKind::find;
};

}  // namespace diaban::ui
