// What the SQL console works with between frames.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/progress.h"
#include "data/features.h"

namespace diaban::ui {

/// A statement that was sent off; its job writes the outcome here, whatever became of the console meanwhile.
struct SqlRun {
    std::string sql;
    double begun = 0;  ///< Session::seconds()
    std::shared_ptr<Progress> progress;
    std::optional<Expected<DatasetPtr>> outcome;
    double seconds = 0;  ///< it took
};

/// The last good result: it stays on screen whatever goes wrong after it.
struct SqlResult {
    std::string sql;
    DatasetPtr dataset;
    std::shared_ptr<const Features> rows;  ///< of `dataset`
    double seconds = 0;
    std::vector<uint32_t> order;  ///< of the rows as listed
    std::string sort_field;
    bool descending = false;
    uint64_t number = 0;  ///< each its own: a table's memory of widths hangs on it
};

struct SqlError {
    Error error;
    std::string sql;  ///< what it is about: marked while this stands in the editor
};

struct SqlState {
    std::string text;
    int cursor = 0;               ///< in `text`, in bytes, as the editor had it last
    std::optional<int> go_to;     ///< where the cursor is to be set
    bool replaced = false;        ///< `text` was changed by something other than typing
    bool focus = false;           ///< the editor is to have the keyboard
    std::set<std::string> open;   ///< tables whose columns are listed
    bool tables_seen = false;     ///< `open` was chosen
    std::shared_ptr<SqlRun> run;  ///< under way
    std::optional<SqlResult> result;
    std::optional<SqlError> error;
    bool stopped = false;  ///< the last run was cancelled
    std::vector<std::string> history;
    std::size_t recalled = 0;  ///< which entry of `history` is shown; its size: none, but `draft`
    std::string draft;         ///< what was typed before going through the history
    std::string name;          ///< typed for a query to be saved
    uint64_t results = 0;
};

}  // namespace diaban::ui
