// Conditions to begin with: what "+ Condition" puts into the sentence, chosen from what the layers hold so that it says
// something at once. No ImGui here.
#pragma once

#include <string>
#include <vector>

#include "query/language/condition.h"
#include "query/layers.h"
#include "style/style.h"

namespace diaban::ui {

enum class Starter { attribute, rate, period, nearby, distance, nearest, place, border_area, border_belt, drawn };

/// What conditions about a layer are made from.
struct Ground {
    const QueryLayers* layers = nullptr;
    const QueryLayer* of = nullptr;  ///< its features are there
    std::size_t time = 0;
    std::vector<Measure> measures;  ///< that its style shows: rates that matter
    Box view;                       ///< what the map shows, in degrees; empty while it shows nothing
};

/// Why there can be none, for a tooltip; empty where there can.
[[nodiscard]] std::string hindrance(Starter starter, const Ground& ground);
/// Everything where there is a hindrance.
[[nodiscard]] query::Condition started(Starter starter, const Ground& ground);

/// Layers that a condition may speak of: those with data; with `shape` only such.
[[nodiscard]] std::vector<const QueryLayer*> layers_with(const QueryLayers& layers,
                                                         std::optional<GeometryKind> shape = std::nullopt);
/// What is likely meant by the border line: a layer of lines, one called so before others. Null where there is none.
[[nodiscard]] const QueryLayer* border_line(const QueryLayers& layers);
/// What is likely counted in, or near, a layer's features: points before others, never itself. Null where there is
/// none.
[[nodiscard]] const QueryLayer* likely_target(const QueryLayers& layers, const QueryLayer& of);

}  // namespace diaban::ui
