// Everything that the window works on, without any window: the workspace with its history, the data, what is selected,
// and the one place where actions are applied. Panels read it and call it; tests drive it.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "query/answer.h"
#include "query/combine.h"
#include "scene/derive.h"
#include "ui/found_problems.h"
#include "ui/import_state.h"
#include "ui/jobs.h"
#include "workspace/history.h"
#include "workspace/open.h"
#include "workspace/query_layers.h"

namespace diaban::ui {

enum class Mode { explore, plan, present };
enum class Tool {
    pan,
    select_box,
    select_lasso,
    select_polygon,
    select_circle,
    measure_distance,
    measure_area,
    measure_bearing
};

/// A database that refuses what it was given.
struct PasswordWanted {
    std::string connection;            ///< without a password
    std::vector<std::string> sources;  ///< to be read when there is one
    std::string why;
};

/// A message for the user that stays until read: shown as a toast and kept in Diagnostics.
struct Message {
    Severity severity = Severity::note;
    std::string text;
    double shown_at = 0;      ///< seconds since start, as Session::seconds()
    std::string action = {};  ///< a button's words: "Try again"; empty: none
    std::function<void()> act = {};
};

class Session {
public:
    Session();

    // ── reading ──
    [[nodiscard]] const Workspace& workspace() const { return history_.current(); }
    [[nodiscard]] const Datasets& datasets() const { return datasets_; }
    /// Results of all layers for the current workspace; derived on demand, cached.
    [[nodiscard]] const std::vector<LayerResultPtr>& layers();
    /// Null when there is no such layer.
    [[nodiscard]] LayerResultPtr layer(const std::string& id);
    /// The map's CRS, and the way from it to degrees (nothing while it is unknown); cached.
    [[nodiscard]] const Crs& crs();
    [[nodiscard]] const std::optional<Transform>& to_degrees();
    [[nodiscard]] const Diagnostics& diagnostics();
    [[nodiscard]] const History& history() const { return history_; }
    [[nodiscard]] bool unsaved() const { return history_.unsaved(); }
    [[nodiscard]] const std::filesystem::path& file() const { return file_; }
    /// "demo.toml", "Untitled".
    [[nodiscard]] std::string file_name() const;
    [[nodiscard]] Jobs& jobs() { return jobs_; }
    [[nodiscard]] DeriveCache& cache() { return cache_; }
    /// Where the window has better pictures made; null: nowhere, and pictures are as good as they get at once.
    DetailMaker* maker = nullptr;
    DetailMaker* raster_maker = nullptr;  ///< the same for pieces of rasters (MapRequest::raster_maker)
    /// Grows when something better was made. Called from any thread.
    void made_better() { ++made_; }
    [[nodiscard]] uint64_t made() const { return made_; }
    /// Grows with everything that changes what is on screen; equal means nothing to redraw.
    [[nodiscard]] uint64_t revision() const { return revision_; }
    void touch() { ++revision_; }
    /// Grows only when the workspace (its view apart) or the data changed.
    [[nodiscard]] uint64_t content() const { return content_; }
    /// How many times a workspace was taken up: a new one means that the map looks where it says.
    [[nodiscard]] uint64_t openings() const { return openings_; }

    // ── changing the workspace: one undo step each ──
    /// The way all panels edit: change a copy; see History::apply for `merge`.
    void edit(const std::string& label, const std::function<void(Workspace&)>& change, const std::string& merge = {});
    void seal() { history_.seal(); }
    void undo();
    void redo();
    void set_visible(const std::string& layer, bool visible);
    void set_opacity(const std::string& layer, double opacity);
    void rename_layer(const std::string& layer, const std::string& name);
    void remove_layer(const std::string& layer);
    /// Moves the layer to position `to` of the list (0 is on top).
    void move_layer(const std::string& layer, std::size_t to);
    void set_style(const std::string& layer, const Style& style, const std::string& label, const std::string& merge);
    void set_map_crs(const std::string& definition);
    void set_time(std::optional<int64_t> time);
    /// Where the map looks: kept for saving, no undo step and no change to save.
    void set_view(const View& view) { history_.amend_view(view); }

    // ── files; reading happens in the background, poll() brings the results ──
    /// A workspace replaces this one (after the window asked about unsaved changes), and data files are an unsaved
    /// workspace of their own. Of several data files those that cannot be read give a message each. Where a data file
    /// leaves questions open, the import assistant opens with all of them instead.
    void open(const std::vector<std::filesystem::path>& paths);
    /// Data files become layers above the others, one undo step for all, through the import assistant where something
    /// is to be decided or a table joined; a workspace among them is opened, and so is everything while this workspace
    /// is empty.
    void add_files(const std::vector<std::filesystem::path>& paths);
    Expected<void> save(const std::filesystem::path& path);
    /// Takes finished jobs' results in; true when anything changed.
    bool poll();

    // ── importing: files are read and looked at before anything is taken in (session_import.cpp) ──
    ImportState import;
    /// Reads the files and opens the assistant; while it is open, they join those it has.
    void begin_import(const std::vector<std::filesystem::path>& paths);
    /// Opens the assistant with a source as it was taken in.
    void begin_import_settings(const std::string& source);
    /// After an item's options or CRS changed: reads it again in the background, the last good reading stays.
    void read_again(uint64_t item);
    /// After an item's join changed: matches its rows anew in the background.
    void match_again(uint64_t item);
    /// Joins a table to another layer, by the columns that they most likely share.
    void join_to(uint64_t item, const JoinTarget& target);
    /// Everything that is ticked and was read becomes sources, layers and joins, in one undo step.
    void finish_import();
    /// Forgets it all; the workspace is as it was.
    void cancel_import();
    /// What a table may be joined to, the chosen layer first.
    [[nodiscard]] std::vector<JoinTarget> join_targets() const;
    /// Its data: a layer's, or another item's; null when there are none.
    [[nodiscard]] DatasetPtr join_target(const JoinTarget& target) const;

    // ── boundaries: overlaps, gaps and faults of shapes (session_checks.cpp) ──
    /// Looks for all of them in the background; what is found becomes a layer above this one that lives as long as the
    /// session (Source::session_only), and is listed in the drawer.
    void check_boundaries(const std::string& layer);
    /// What was found in the data that a layer shows, or that made this layer; null when they were not checked.
    [[nodiscard]] const FoundProblems* problems_of(const std::string& layer) const;
    /// The checks of coverages that run by themselves when data come in: apart from the jobs, so that they hold nobody
    /// up.
    [[nodiscard]] Jobs& checks() { return checks_; }

    // ── data from databases, and data read again (session_reload.cpp) ──
    /// Reads sources again in the background (empty: all of them). Where that fails, the data stay as they are and a
    /// message offers to try again; where a database refuses the password, `password_wanted` asks for another.
    void reload(std::vector<std::string> sources);
    /// Sources that were read already become layers and, without shapes, joined tables: one undo step.
    void add_sources(const std::vector<std::pair<Source, DatasetPtr>>& sources, const std::string& merge = {});
    /// Where what was read, and levels of detail, are kept between runs; null: nowhere.
    void keep_in(CacheFolderPtr folder);

    /// By connection, without its password; in memory only.
    void set_password(const std::string& connection, const std::string& password);
    [[nodiscard]] std::string password_of(const std::string& connection) const;
    std::optional<PasswordWanted> password_wanted;

    /// What was noticed while something was done with the data: kept in Diagnostics beside what they are themselves.
    void note(const Diagnostics& noticed);

    // ── queries (session_query.cpp) ──
    /// The layers as queries see them, at the year shown; cheap, their features are shared.
    [[nodiscard]] QueryLayers query_layers();
    /// What queries remember between calls; jobs hold it while they run.
    [[nodiscard]] const std::shared_ptr<QueryCache>& query_cache() const { return cache_.query_cache(); }

    // ── what is looked at ──
    Selection selection;
    std::optional<Hover> hover;
    std::string active_layer;  ///< the layer that panels on the right and the table show
    /// Features of one layer, which becomes the active one, combined with those already selected in it. While another
    /// layer's are selected, adding starts anew, and removing and looking within do nothing.
    void select(const std::string& layer, const std::vector<uint32_t>& features, Combine how = Combine::replace);
    /// In if it was out, out if it was in; selecting in another layer starts anew.
    void toggle(const std::string& layer, uint32_t feature);
    void clear_selection();

    // ── messages ──
    void say(Severity severity, std::string text);
    /// With a button beside it that does something about it.
    void offer(Severity severity, std::string text, std::string action, std::function<void()> act);
    void say(const Error& error);
    [[nodiscard]] std::vector<Message>& messages() { return messages_; }
    /// Since this session began.
    [[nodiscard]] double seconds() const;

private:
    void open(const std::vector<std::filesystem::path>& paths, bool ask_about_tables);
    [[nodiscard]] OpenOptions opening() const { return {folder_, corners_checked_at_once, {}, query_cache()}; }
    void take_in(Opened opened, const std::filesystem::path& file);
    void add_layers(const std::vector<DatasetPtr>& datasets);
    // ── data follow the workspace, also back to how a file was understood before (session_data.cpp) ──
    void remember(Opened& opened);
    /// A reading, for its source and for whichever asks for the same.
    void remember(const Source& source, const DatasetPtr& dataset);
    void follow_sources();
    void follow_carried(const CarriedSource& carried);
    void follow_query(const SavedQuery& query);
    void stop_asking(const std::string& query);
    void take_answer(const QueryInputs& of, const Expected<DatasetPtr>& made);
    [[nodiscard]] Diagnostics data_diagnostics() const;
    /// Starts what is not checked yet, cancels what is no longer needed.
    void follow_checks();
    void take_problems(const std::string& layer, FoundProblems found);
    /// Checks and repairs in the background what was shown before that.
    void check_shapes_later();
    void take_checked(const DatasetPtr& before, const DatasetPtr& checked);
    void take_reload(const std::vector<std::pair<Source, Expected<DatasetPtr>>>& readings);
    void ask_for_passwords();
    /// Opens the assistant with what was read already.
    void offer_import(const std::vector<DatasetPtr>& datasets, const std::vector<Error>& errors);
    [[nodiscard]] std::optional<Box> expected_place() const;
    void begin_reading(ImportItem& item);
    void take_reading(uint64_t item, uint64_t errand, const Expected<std::vector<DatasetPtr>>& reading);
    void begin_matching(ImportItem& item);
    void guess_joins();
    /// Starts what is due; true when anything changed.
    bool advance_import();
    void changed();

    History history_;
    struct Reading {
        Source of;
        DatasetPtr dataset;
    };
    struct Carried {
        CarriedSource of;
        std::vector<DatasetPtr> from;
        DatasetPtr dataset;  ///< null while it is being made, and when that failed
    };
    std::vector<Reading> readings_;  ///< every one since this workspace was opened: undo may ask for it
    std::vector<Carried> carried_;   ///< likewise
    struct Asked {
        QueryInputs of;
        DatasetPtr dataset;                  ///< null while it is being made, and when that failed
        std::shared_ptr<Progress> progress;  ///< of the job that makes it
        std::optional<Error> error;          ///< why it failed
    };
    std::vector<Asked> asked_;         ///< the last few of each saved query that makes a source
    Datasets datasets_;                ///< of the current sources
    Diagnostics opening_diagnostics_;  ///< of opening, not of any dataset
    std::filesystem::path file_;
    DeriveCache cache_;
    std::vector<LayerResultPtr> layers_;
    uint64_t layers_content_ = 0;  ///< content() that layers_ is of; 0: none
    Crs crs_;
    std::optional<Transform> to_degrees_;
    uint64_t crs_content_ = 0;
    Diagnostics diagnostics_;
    uint64_t diagnostics_content_ = 0;
    uint64_t revision_ = 1;
    uint64_t content_ = 1;
    uint64_t openings_ = 0;
    std::atomic<uint64_t> made_ = 0;
    std::vector<Message> messages_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::vector<FoundProblems> problems_;  ///< one a dataset that is still at hand
    std::vector<CoverageCheck> coverage_checks_;
    std::vector<DatasetPtr> shape_checks_;  ///< under way
    CacheFolderPtr folder_;
    uint64_t problem_readings_ = 0;
    std::map<std::string, std::string> passwords_;
    Jobs checks_;
    Jobs jobs_;  // last, so that its threads end before anything they might touch
};

}  // namespace diaban::ui
