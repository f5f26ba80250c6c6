// What was noticed about the user's data without stopping: success may carry diagnostics.
// A diagnostic is data (kind, severity, place, count); it is put into words only where it is shown.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"

namespace diaban {

enum class Severity { note, warning, error };

enum class DiagnosticKind {
    no_crs,                ///< the file names no coordinate system; `detail` is the one assumed, if any
    missing_geometry,      ///< rows without a geometry; kept in the table, absent from the map
    mixed_geometry,        ///< one layer holds several kinds; it was split
    invalid_ring,          ///< a ring crosses or touches itself; drawn as it is
    repaired_ring,         ///< an invalid ring that was repaired; the original is kept beside
    duplicate_feature,     ///< rows that repeat another one, shape and attributes
    duplicate_shape,       ///< features with the very shape of another one
    sliver,                ///< parts too thin to be meant
    overlap,               ///< where several features cover the same ground
    gap,                   ///< enclosed by features and covered by none
    missing_code,          ///< rows with an empty key
    duplicate_code,        ///< rows whose key another row bears; `detail` is the key
    unmatched_feature,     ///< features for which a joined table has no row
    unmatched_row,         ///< rows of a joined table that match no feature
    suggested_match,       ///< rows that match no feature surely, but some likely ones, which wait for a yes
    ambiguous_name,        ///< rows whose name is that of several features
    name_differs,          ///< rows joined by code to a feature of another name
    unreadable_value,      ///< a cell that could not be read as its column's type
    text_encoding,         ///< text with bytes that mean nothing in its encoding
    text_repaired,         ///< text not in the encoding its file says; `detail`: the true one; samples before → after
    kept_as_text,          ///< a field most of whose values are numbers; `detail` names those that are none
    totals_left_out,       ///< rows of totals that are not in the table; `detail` names them
    undecided,             ///< what the user has to decide, as a question says; `detail` says it all
    layer_failed,          ///< a layer of a workspace could not be opened; `detail` is the error in words
    dropped_by_transform,  ///< coordinates that the map's CRS cannot hold
    unlabelled,            ///< features that found no room for their label; `detail` names them
    other,                 ///< `detail` says it all
};

struct Diagnostic {
    DiagnosticKind kind = DiagnosticKind::other;
    Severity severity = Severity::warning;
    Place where;
    int64_t count = 1;   ///< how many rows, features or values it concerns
    std::string detail;  ///< kind-specific; examples are separated by "; "

    bool operator==(const Diagnostic&) const = default;
};

using Diagnostics = std::vector<Diagnostic>;

/// The diagnostic as one translated sentence with a full stop, its place first.
[[nodiscard]] std::string to_text(const Diagnostic& diagnostic);

/// What to do about a diagnostic of this kind, one translated sentence; may be empty.
[[nodiscard]] std::string remedy(DiagnosticKind kind);

/// A short stable English identifier for machines: "invalid_ring".
[[nodiscard]] std::string to_id(DiagnosticKind kind);
[[nodiscard]] std::string to_id(Severity severity);

/// CSV with the header severity,kind,file,layer,field,row,count,detail — for export.
[[nodiscard]] std::string to_csv(const Diagnostics& diagnostics);

}  // namespace diaban
