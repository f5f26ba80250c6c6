// The question that the section "Find" builds. Its text is the truth: the rows are the tree read from it, the words are
// said from that tree, and what is typed takes its place as soon as it can be read.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "query/language/edit.h"
#include "query/query.h"
#include "ui/query/clause.h"
#include "ui/query/live.h"
#include "ui/query/starters.h"
#include "ui/ui.h"

namespace diaban::ui {

/// As many as can be marked within a frame; more of them would cover the map anyway.
constexpr uint32_t most_marked = 50'000;

/// A question with the year it is asked for: what is saved under a name.
struct Draft {
    FeatureQuery ask;
    std::optional<int64_t> time;
    bool operator==(const Draft&) const = default;
};

struct FindState {
    Draft draft;
    std::string saved;        ///< the saved query it came from; empty: none yet
    query::Condition tree;    ///< of draft.ask.where; everything where that is broken
    std::string tree_of;      ///< the text that it was read from
    bool broken = false;      ///< the text cannot be read: from a file changed by hand
    std::vector<Draft> past;  ///< undo within the question
    std::vector<Draft> future;
    std::string merge;  ///< changes with the same key are one step, as long as the mouse is held

    bool text_open = false;
    bool typing = false;  ///< the text has the keyboard
    std::string typed;    ///< the text form as typed so far
    std::string typed_of;
    std::optional<Error> typed_error;

    Live<Answer> live;
    std::shared_ptr<const Selection> marked;  ///< the hits, on the map; null where they are all, or too many
    QueryLayers layers;                       ///< of `content`, at the draft's year
    Selection selected;                       ///< as it was last looked at
    uint64_t content = 0;
    std::optional<int64_t> layers_time;
    std::map<std::string, ColumnFacts> facts;  ///< by layer and column; of `content`

    std::optional<query::Path> as_text;  ///< the row being written as text
    std::string row_text;
    std::optional<Error> row_error;
    std::string search;        ///< in the list that is open
    unsigned int field = 0;    ///< the field being typed into, and what is there
    unsigned int dragged = 0;  ///< the number being dragged
    std::string field_text;
    unsigned int wrong_field = 0;  ///< one whose last entry could not be taken, and why
    std::string wrong_entry;
    std::string name;  ///< typed for "Save as…" and renaming
    std::string renaming;
    bool ask_replace = false;
    std::map<std::string, uint32_t> hit_counts;  ///< of saved queries, as last found out here
    uint64_t opening = 0;
};

/// The section's state, made anew when another workspace was opened: the shown layer, and nothing asked of it.
[[nodiscard]] FindState& find_state(Ui& ui);
/// Layers and rows brought up to date, the question asked, what came back taken in and marked on the map.
void follow(Ui& ui, FindState& state);

/// The asked layer; null where there is none, or its data could not be read.
[[nodiscard]] const QueryLayer* asked_layer(const FindState& state);
[[nodiscard]] std::size_t time_of(const FindState& state, const QueryLayer& layer);
[[nodiscard]] Ground ground_of(Ui& ui, FindState& state, const QueryLayer& of);
/// Made once for each state of the data.
[[nodiscard]] const ColumnFacts& column_facts(FindState& state, const QueryLayer& of, const Field& field);
[[nodiscard]] std::string layer_name(const FindState& state, const std::string& id);

// ── changing the question ──
void change(FindState& state, Draft next, const std::string& merge = {});
void change_where(FindState& state, const query::Condition& where, const std::string& merge = {});
void undo(FindState& state);
void redo(FindState& state);
/// The text with a line for each part of the outermost group, for a narrow field.
[[nodiscard]] std::string in_lines(const query::Condition& tree);
/// As typed: applied when it can be read; else the error stays beside the field.
void apply_typed(FindState& state);

// ── saved questions ──
[[nodiscard]] bool dirty(const Session& session, const FindState& state);
[[nodiscard]] std::vector<const SavedQuery*> saved_questions(const Session& session);
void open_saved(Ui& ui, FindState& state, const std::string& id);
void new_question(Ui& ui, FindState& state);
/// Into the saved query it came from, or a new one under the name.
void save(Ui& ui, FindState& state, const std::string& name);
void save_over(Ui& ui, FindState& state, const std::string& id);
void rename_saved(Ui& ui, const std::string& id, const std::string& name);
void duplicate_saved(Ui& ui, FindState& state, const std::string& id);
void remove_saved(Ui& ui, FindState& state, const std::string& id);
/// The saved question of this name (fold()ed) but for the one with `except`; null when the name is free.
[[nodiscard]] const SavedQuery* named(const Session& session, const std::string& name, const std::string& except);

}  // namespace diaban::ui
