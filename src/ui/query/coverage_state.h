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

namespace diaban::ui {

/// Which villages light up on the map while the distance is dragged.
enum class CoverageLight { gap, reached, none };
enum class CoverageList { areas, facilities };

struct CoverageState {
    CoverageQuery query;                         ///< as chosen; its gap is the question of the layer that is made
    std::string weight_field;                    ///< the column that query.weight names; empty: each counts 1
    std::string demand_where, facilities_where;  ///< as typed so far
    std::string reach_text;                      ///< as typed so far; empty while nobody types
    bool reach_dragged = false;                  ///< the distance changed since the button is held
    CoverageLight light = CoverageLight::gap;
    CoverageList list = CoverageList::areas;

    // ── the distances, measured in the background ──
    uint64_t seen_content = 0;           ///< Session::content() that was looked at last …
    CoverageQuery seen;                  ///< … and the question then
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
    std::string where;       ///< as typed so far
    std::string reach_text;  ///< as typed so far; empty while nobody types
};

}  // namespace diaban::ui
