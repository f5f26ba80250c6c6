// What the panels remember between frames: nothing here is part of the workspace.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "data/features.h"
#include "data/problems.h"
#include "geo/crs/find_crs.h"
#include "plan/rank.h"
#include "ui/crosswalk/crosswalk_state.h"
#include "ui/database/database_state.h"
#include "ui/import/outline.h"
#include "ui/query/coverage_state.h"
#include "ui/query/query_state.h"
#include "ui/sql/sql_state.h"
#include "ui/tools/measure_state.h"

namespace diaban::ui {

enum class Drawer { none, table, ranking, match, problems, diagnostics, sql };
enum class Inspector { style, feature, labels, query };

struct LayersState {
    std::string renaming;  ///< id of the layer whose name is being typed
    std::string name;
    bool focus_name = false;
};

struct StyleState {
    std::string layer;    ///< that `filter` was taken from
    std::string filter;   ///< as typed so far
    std::string applied;  ///< the layer's filter when `filter` was last taken from it
    std::string filter_error;
};

struct TableState {
    std::string search;
    std::string sort_field;
    bool descending = false;
    bool only_selected = false;
    /// The rows as listed, and what they were made from: searched and sorted again only when one of these changed.
    std::vector<uint32_t> rows;
    std::string key;
    std::shared_ptr<const Features> rows_of;
    std::optional<uint32_t> anchor;         ///< where a shift-click's range begins
    std::optional<uint32_t> last_selected;  ///< scrolled to when it changes
};

struct RankingState {
    std::string key;
    std::shared_ptr<const Features> ranked_of;
    std::vector<Criterion> criteria;
    std::vector<Ranked> ranked;
    std::string error;
};

struct FileDialogState {
    enum class Purpose { none, open, add, import, save_workspace, save_picture, save_text, save_trace, export_layer };
    Purpose purpose = Purpose::none;
    std::filesystem::path folder;
    std::string file_name;
    std::string filter;
    double picture_scale = 2;
    std::string text;  ///< what save_text writes, a list as CSV, and save_trace
    // What the dialog works with while it is open.
    struct Entry {
        std::filesystem::path path;
        std::string name;  ///< UTF-8
        bool folder = false;
        uint64_t size = 0;
    };
    std::filesystem::path listed;  ///< the folder that `entries` are of
    std::string listed_filter;
    Purpose listed_purpose = Purpose::none;
    std::vector<Entry> entries;
    std::string error;     ///< in words, shown in the dialog
    int highlighted = -1;  ///< by the arrow keys
    bool ask_overwrite = false;
    bool all_files = false;
    std::vector<std::filesystem::path> recent;  ///< folders, the last one first
};

enum class ExportRows { shown, selected, all };

/// What the file dialog writes for Purpose::export_layer.
struct ExportState {
    std::string layer;
    ExportRows rows = ExportRows::shown;
    std::string extension = ".gpkg";  ///< of a name without one
};

/// The search for a coordinate system in the import assistant.
struct CrsSearchState {
    std::string text;
    std::vector<ListedCrs> found;
    std::string error;
};

enum class MatchFilter { all, suggested, ambiguous, unmatched, without_row, duplicates };

struct MatchPanelState {
    std::string source;  ///< which of the layer's joins is shown
    MatchFilter filter = MatchFilter::all;
    double least_score = 0.9;            ///< of what "accept all" takes
    std::map<uint32_t, uint32_t> picks;  ///< by key of the report: the feature picked among its candidates
    /// The rows listed (features, where those without a row are), and what they were made from.
    std::vector<uint32_t> rows;
    std::shared_ptr<const Features> rows_of;
    std::string rows_join;
    MatchFilter rows_filter = MatchFilter::all;
};

struct ProblemsState {
    std::string search;
    int column = 3;  ///< sorted by: 0 kind, 1 units, 2 detail, 3 area
    bool descending = true;
    /// The problems as listed, and what they were made from.
    std::vector<uint32_t> rows;
    std::vector<std::string> units;  ///< of every problem, in words
    std::shared_ptr<const Problems> rows_of;
    std::string key;
    std::optional<uint32_t> chosen;  ///< zoomed to last
};

/// What is typed into the dialog that adds a basemap.
struct BasemapState {
    bool open = false;
    std::string address, attribution;
    int max_zoom = 19;
    std::string error;
};

struct FeatureState {
    std::size_t position = 0;  ///< which of several selected features the card shows
};

struct PanelState {
    bool layers_open = true;
    bool inspector_open = true;
    Inspector inspector = Inspector::style;
    Drawer drawer = Drawer::none;
    LayersState layers;
    StyleState style;
    FeatureState feature;
    TableState table;
    RankingState ranking;
    MatchPanelState match;
    ProblemsState problems;
    CrsSearchState crs_search;
    Outlines outlines;  ///< of the little map
    FileDialogState dialog;
    ExportState exporting;
    DatabaseState database;
    CrosswalkState crosswalk;
    BasemapState basemap;
    QueryPanelState query;
    CoverageState coverage;
    AreasState areas;
    SqlState sql;
    MeasureState measure;
    bool palette_open = false;  ///< the search box "commune, layer, command"
    std::string palette_text;
    int palette_row = 0;  ///< which of its hits Enter runs
    bool shortcuts_open = false;
    bool frame_times_open = false;  ///< the overlay; frames are traced while it is open
    bool ask_unsaved = false;       ///< "save changes before …?"
    std::vector<std::filesystem::path> pending_open;
};

}  // namespace diaban::ui
