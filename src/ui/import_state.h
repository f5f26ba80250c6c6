// What the import assistant works on: files that were read but not taken in yet, and what the user decided about each.
// Nothing here is part of the workspace until Session::finish_import().
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/progress.h"
#include "workspace/workspace.h"

namespace diaban {
struct MatchReport;
}

namespace diaban::ui {

/// What a table is joined to: a layer of the workspace, or another item of the assistant (its id).
struct JoinTarget {
    std::string layer;
    uint64_t item = 0;
    [[nodiscard]] bool none() const { return layer.empty() && item == 0; }
    bool operator==(const JoinTarget&) const = default;
};

/// Work under way for an item. Only the newest counts; a superseded one is cancelled and its result is passed over.
struct Errand {
    uint64_t wanted = 0;  ///< counts what was asked for
    uint64_t begun = 0;   ///< the last that was started …
    uint64_t done = 0;    ///< … and the last that came home
    std::shared_ptr<Progress> progress;
    std::weak_ptr<const uint64_t> alive;  ///< of the job: expired once it came home or was thrown away

    void ask() { ++wanted; }
    [[nodiscard]] bool under_way() const { return !alive.expired(); }
    [[nodiscard]] bool due() const { return wanted != begun && !under_way(); }
    [[nodiscard]] bool waiting() const { return wanted != done; }
};

/// A layer or sheet of a file. Until the file was read for the first time it stands for the whole of it.
struct ImportItem {
    uint64_t id = 0;
    std::filesystem::path path;
    std::string layer;   ///< as Source::layer
    std::string source;  ///< whose settings are changed; empty: it is new
    bool take = true;

    // ── decided ──
    ImportOptions options;
    std::string crs;                   ///< overrides the file's; empty: as the file says
    std::vector<std::string> settled;  ///< questions answered by "as it is": see question_key()
    bool asks_for_points = false;      ///< points were asked for, their columns not yet
    bool joins = true;                 ///< a table: whether it is joined to `target`
    JoinTarget target;
    Join join;
    std::vector<JoinTarget> guess_among;  ///< the next matching looks for the keys itself, among these
    std::string joined_before;            ///< the layer that it is joined to now, where settings are changed

    // ── found ──
    DatasetPtr dataset;                        ///< the last good reading
    DatasetPtr unplaced;                       ///< as it was read without any CRS: what `proposals` speak of
    std::vector<CrsProposal> proposals;        ///< kept when a CRS was chosen, so that the choice can be changed
    int previewed = 0;                         ///< which of them the little map shows
    std::optional<Error> error;                ///< why the last reading brought nothing new
    std::shared_ptr<const MatchReport> match;  ///< of the table's rows with the target, by `join`
    std::string match_error;                   ///< why there is none

    Errand reading;
    Errand matching;

    [[nodiscard]] bool table_only() const { return dataset && !dataset->has_geometry(); }
    [[nodiscard]] const ImportReport* report() const { return dataset ? dataset->import.get() : nullptr; }
};

enum class ImportSection { table, text, places, join, problems };

struct ImportState {
    bool open = false;
    std::vector<ImportItem> items;
    uint64_t shown = 0;  ///< the item that the right half shows
    ImportSection section = ImportSection::table;
    bool ask_open_questions = false;  ///< "import although … questions are open?"
    uint64_t next_id = 1;

    [[nodiscard]] ImportItem* find(uint64_t id);
    [[nodiscard]] const ImportItem* find(uint64_t id) const;
};

/// Names a question for `settled`: its kind and column.
[[nodiscard]] std::string question_key(const Question& question);
/// What the user has still to decide about an item. A geometry whose CRS nobody knows is a question too, also where no
/// report asks it.
[[nodiscard]] std::vector<Question> open_questions(const ImportItem& item);
[[nodiscard]] std::vector<Question> open_questions(const Dataset& dataset);
/// Open questions of everything that is ticked.
[[nodiscard]] int open_questions(const ImportState& state);
/// Whether the user should see a dataset before it is taken in: something is asked, was left out or was converted, or
/// (with `tables`) it is a table that will be joined.
[[nodiscard]] bool wants_assistant(const Dataset& dataset, bool tables);
/// The sections that an item has something for, in order.
[[nodiscard]] std::vector<ImportSection> sections_of(const ImportItem& item);
/// The one to show first: where something is asked, else the first there is.
[[nodiscard]] ImportSection first_section(const ImportItem& item);
/// Where a question is answered.
[[nodiscard]] ImportSection section_of(Question::Kind kind);
/// How many rows were left out for this reason.
[[nodiscard]] int64_t left_out_count(const ImportReport& report, LeftOutRow::Why why);
/// An encoding that is not what Unicode files have: an id such as "TCVN3"; empty and "UTF-8" are not.
[[nodiscard]] bool is_legacy_encoding(const std::string& id);

}  // namespace diaban::ui
