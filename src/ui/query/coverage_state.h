// What the sections for coverage, buffers and service areas work with between frames.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "query/coverage.h"
#include "scene/derive.h"

namespace diaban::ui {

/// Which villages light up on the map while the distance is dragged.
enum class CoverageLight { gap, reached, none };
enum class CoverageList { areas, facilities };

/// Which saved query a section shows, and what is typed to name it.
struct SavedBar {
    std::string id;  ///< empty: none
    std::string name;
    bool renaming = false;
};

struct CoverageState {
    CoverageQuery query;          ///< as chosen; its gap is the question of the layer that is made
    std::optional<int64_t> time;  ///< the year that a saved query asks for; empty: the one shown
    SavedBar saved;
    std::string weight_text;                     ///< as typed so far, where the weight is more than a column
    bool weight_typed = false;                   ///< the weight is written as text
    std::string demand_where, facilities_where;  ///< as typed so far
    std::string reach_text;                      ///< as typed so far; empty while nobody types
    CoverageLight light = CoverageLight::gap;
    CoverageList list = CoverageList::areas;

    // ── on the map ──
    std::shared_ptr<const Selection> marked;  ///< those that light up; null: none, or too many
    std::string marked_of;                    ///< what it was made for
    uint32_t lit_count = 0;                   ///< of all that ought to be marked …
    uint32_t lit_in_view = 0;                 ///< … those that lie in view
    Selection selected;                       ///< as it was last looked at: a new one is wanted to be seen
    bool marks_wanted = true;                 ///< the answer changed since then

    // ── the distances, measured in the background ──
    uint64_t seen_content = 0;  ///< Session::content() that was looked at last …
    CoverageQuery seen;         ///< … and the question then
    std::optional<int64_t> seen_time;
    std::string asked;                   ///< what `basis` is to be of, all that it hangs on
    std::shared_ptr<Progress> progress;  ///< of the job that measures; null: none does
    CoverageBasisPtr basis;              ///< the last good one
    CoverageQuery basis_of;              ///< what it answers, whatever the distance
    std::optional<Error> error;
    QueryLayers layers;  ///< that it was measured on

    // ── the answer at the distance chosen ──
    CoverageBasisPtr answer_of;
    CoverageAnswer answer;
    std::string sentence;
    std::vector<std::string> area_names, facility_names;
    int column = 1;  ///< the list is sorted by: 0 name, 1 and 2 the numbers
    bool descending = true;
    std::vector<uint32_t> rows;  ///< of the list, sorted
    std::string rows_key;
};

enum class AreasKind { buffers, service };

struct AreasState {
    AreasKind kind = AreasKind::buffers;
    BufferQuery buffers{.layer = {}, .where = {}, .distance = {1, query::LengthUnit::kilometre}, .dissolve = true};
    ServiceAreaQuery service;
    SavedBar saved;
    std::string where;       ///< as typed so far
    std::string reach_text;  ///< as typed so far; empty while nobody types
};

}  // namespace diaban::ui
