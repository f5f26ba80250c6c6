// Which features a question is about: what several kinds of questions begin with.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "query/answer.h"

namespace diaban {

/// The layer, which has to have shapes and a coordinate system. Errors (wrong_usage, bad_input) say what it lacks.
[[nodiscard]] Expected<const QueryLayer*> layer_on_ground(const QueryLayers& layers, const std::string& id);

/// One a feature: passes the layer's own filter and the condition, and has geometry.
[[nodiscard]] Expected<std::vector<uint8_t>> asked_features(const QueryLayers& layers, const QueryLayer& of,
                                                            const std::string& where, QueryCache& cache,
                                                            Progress& progress, Diagnostics& notes);

[[nodiscard]] uint32_t count_of(const std::vector<uint8_t>& mask);

/// What each feature is called: by its name column, else its code, else "No. 12".
[[nodiscard]] std::vector<std::string> feature_names(const QueryLayer& of);

/// "Border shelters whose kind is “built”": its name, with its own filter and the condition in words.
[[nodiscard]] std::string asked_in_words(const QueryLayers& layers, const QueryLayer& of, const std::string& where);

/// "From villages.gpkg, layer villages, 2025; shelters.csv (invented)." for the layers named, each once.
[[nodiscard]] std::string sources_in_words(const QueryLayers& layers, const std::vector<std::string>& ids);

/// The features of the mask with their columns at the year asked for, and further ones (a row for each feature of the
/// layer).
[[nodiscard]] Dataset with_columns(const QueryLayers& layers, const QueryLayer& of, std::vector<uint8_t> mask,
                                   std::vector<Column> columns, std::string name);

}  // namespace diaban
