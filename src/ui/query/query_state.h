// What the query panel works with between frames.
#pragma once

#include <memory>

namespace diaban {
struct Selection;
}

namespace diaban::ui {

struct FindState;  // find_state.h

/// What the panel asks: which features, who is reached, what ground is near.
enum class QueryKind { find, coverage, areas };

struct QueryPanelState {
    QueryKind kind = QueryKind::find;
    std::shared_ptr<FindState> find;  ///< null until the section was shown
    /// Marked on the map in place of the selection while the panel is open; null: the selection. Every section sets it
    /// anew in each frame.
    std::shared_ptr<const Selection> preview;
};

}  // namespace diaban::ui
