// What a result says of itself.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "query/answer.h"
#include "query/language/words.h"

namespace diaban {

struct AskedParts {
    query::Condition where;
    std::vector<std::pair<std::string, query::Sum>> columns;
};

/// "Communes that …: 12 of 54. In 2025. …": what, how many, when, with which columns, from which files and periods,
/// under which filters, and whether any of it is invented.
[[nodiscard]] std::string sentence_of(const AskedParts& asked, const QueryLayers& layers, const QueryLayer& of,
                                      uint32_t hit_count, uint32_t asked_count);

/// Layers by their names for people, as in_words() wants them.
[[nodiscard]] LayerNames names_of(const QueryLayers& layers);

}  // namespace diaban
