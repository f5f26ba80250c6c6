// Controls that the query sections for coverage and areas share.
#pragma once

#include <string>

#include "query/query.h"
#include "ui/ui.h"

namespace diaban::ui {

enum class LayersOf { shapes, points, polygons };

/// Whether a layer shows such shapes and can be asked: it is no background, and its data are there.
[[nodiscard]] bool layer_has(Session& session, const Layer& layer, LayersOf which);
/// The first such layer from the top that is not `except`; empty: there is none.
[[nodiscard]] std::string first_layer(Session& session, LayersOf which, const std::string& except = {});
/// The one of them with most features (of several the one that is shown), those that a query made only where there are
/// no others; empty: there is none.
[[nodiscard]] std::string largest_layer(Session& session, LayersOf which, const std::string& except = {});
/// The column that says how many live there (households, children, people); empty: none looks like it.
[[nodiscard]] std::string likely_weight(const Features& features);
/// A list of such layers; true when another was chosen. With `none` the first entry of that text means "".
bool layer_choice(const char* id, Session& session, LayersOf which, std::string& layer, const char* none = nullptr);

/// A condition typed as text, taken when Enter is pressed or the field is left; true when `taken` changed. Under it
/// what is wrong with it.
bool condition_field(const char* id, const char* hint, std::string& typed, std::string& taken);

/// A slider from 100 m to 50 km, its steps even in proportion, with a field for any other number and its unit; true
/// while it changes.
bool distance_rows(query::Distance& distance, std::string& typed);
/// "5 km".
[[nodiscard]] std::string distance_text(const query::Distance& distance);

/// A saved query and a layer that takes it as its source, below the layer `under` (empty: on top): one undo step. The
/// layer becomes the active one.
void add_query_layer(Session& session, const std::string& label, const std::string& name, const Query& ask,
                     const Style& style, const std::string& under, double opacity);

}  // namespace diaban::ui
