// What the user decided: a plain value. Copying it is an undo step, comparing two is "unsaved changes", writing it is
// the workspace file.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "data/features.h"
#include "data/import_options.h"
#include "geo/geometry.h"
#include "plan/rank.h"
#include "query/query.h"
#include "style/style.h"
#include "workspace/carried.h"

namespace diaban {

/// A file that layers and joins refer to by id.
struct Source {
    std::string id;
    std::filesystem::path path;  ///< absolute here; written relative to the workspace file
    std::string layer;           ///< of the file; empty: its only (or first) one
    std::string crs;             ///< overrides the file's; empty: the file's own
    std::string attribution;     ///< who published it: "Natural Earth, public domain"
    std::string date;            ///< what time it speaks of: "2025-07-01", "2021–2025"
    bool invented = false;       ///< demonstration data; every picture says so
    bool session_only = false;   ///< made by the running program from other data (problems found), never saved
    ImportOptions import;        ///< how its content is to be understood, where the file does not say so
    bool operator==(const Source&) const = default;
};

struct Join {
    std::string source;       ///< of a source, a carried one or a saved query: its id; also the prefix of its columns
    std::string key;          ///< column of the layer
    std::string foreign_key;  ///< column of the table
    std::string time_field;   ///< e.g. "year"; empty when the table has one row a feature
    KeyRole role = KeyRole::code;           ///< how key and foreign_key compare
    std::vector<KeyPair> further;           ///< names to fall back on, the parent unit, whatever else has to agree
    std::vector<ConfirmedMatch> confirmed;  ///< what the user said about rows that the rules alone did not match
    bool operator==(const Join&) const = default;
};

struct Layer {
    std::string id;
    std::string name;
    std::string source;  ///< likewise an id
    std::vector<Join> joins;
    std::string filter;                ///< in the language of queries (query/language/parse.h); empty: everything
    std::vector<AskedColumn> columns;  ///< calculated for each feature at the year shown: its fields "query.NAME"
    bool visible = true;
    double opacity = 1;
    bool in_legend = true;
    bool background = false;  ///< quiet context: not hovered, not selected, not counted, not zoomed to
    Style style;
    bool operator==(const Layer&) const = default;
};

/// Where the map looks, in coordinates of the map CRS. Empty box: everything.
struct View {
    Box extent;
    bool operator==(const View&) const = default;
};

struct Workspace {
    std::string title;
    std::string subtitle;
    std::string note;  ///< what the reader of every picture has to know ("distribution invented")
    std::vector<Source> sources;
    std::vector<CarriedSource> carried;  ///< each may use the sources and those before it
    std::vector<Layer> layers;           ///< as listed: the first is drawn on top
    std::string map_crs;                 ///< a Crs definition; empty: chosen from the data
    std::optional<int64_t> time;         ///< the year shown; empty: the latest there is
    std::vector<Criterion> criteria;
    /// Saved under names; one that makes a dataset is a source like any other: a layer may refer to its id.
    std::vector<SavedQuery> queries;
    View view;
    bool operator==(const Workspace&) const = default;

    [[nodiscard]] const Source* find_source(std::string_view id) const;
    [[nodiscard]] const CarriedSource* find_carried(std::string_view id) const;
    [[nodiscard]] const SavedQuery* find_query(std::string_view id) const;
    /// The files that a source, a carried one or one that a query makes comes from; empty when there is no such id.
    [[nodiscard]] std::vector<const Source*> files_behind(std::string_view id) const;
    /// Whether a layer, a join or a carried source needs this source (which a query may make).
    [[nodiscard]] bool needs(std::string_view source) const;
    [[nodiscard]] const Layer* find_layer(std::string_view id) const;
    [[nodiscard]] Layer* find_layer(std::string_view id);
};

/// What of it is kept in a file: without session-only sources and all that rests on them.
[[nodiscard]] Workspace saved_part(const Workspace& workspace);

/// The join of this table as the data see it.
[[nodiscard]] JoinSpec to_spec(const Join& join, DatasetPtr table);

/// An id made from `wish` (folded, blanks as "_") that no source, layer or query bears yet.
[[nodiscard]] std::string unused_id(const Workspace& workspace, std::string_view wish);

}  // namespace diaban
