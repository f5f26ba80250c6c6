// A question of `diaban query` answered: datasets to be written or shown, and what they are.
#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

#include "cli/query.h"
#include "cli/query_question.h"
#include "query/answer.h"

namespace diaban {

struct QueryAnswer {
    std::string sentence;              ///< what it is: what, where, when, from which file, under which filter
    std::vector<DatasetPtr> datasets;  ///< the first is the answer, others tell more of it
    std::size_t calculated = 0;        ///< how many of the first one's columns, its last, were calculated
    std::optional<int64_t> asked;      ///< of how many features the answer's are some
    nlohmann::ordered_json facts;      ///< what a coverage comes to; else null
    Diagnostics notes;
};

/// `all_parts`: of a coverage, areas and facilities too. Errors: those of the kinds of questions; each with the text
/// that it points into.
[[nodiscard]] Understood<QueryAnswer> answer_of(const SavedQuery& query, const QueryLayers& layers, CoveragePart part,
                                                bool all_parts, Progress& progress);

/// The dataset's rows as JSON objects, without shapes.
[[nodiscard]] nlohmann::ordered_json rows_as_json(const Dataset& dataset);

/// Its first rows as a table that fits a terminal: what names the rows, then what was calculated, then whatever finds
/// room; and how much is left out.
[[nodiscard]] std::string rows_as_text(const Dataset& dataset, std::size_t calculated, std::size_t most_rows);

}  // namespace diaban
