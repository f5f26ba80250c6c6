// What several panels share: which layer they speak of, how fields and features are called, and pickers for them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ui/ui.h"
#include "ui/widgets.h"

namespace diaban::ui {

/// The layer that panels on the right and the table show: the active one, else the first that is not background; null
/// when there is none. Valid until the workspace changes.
[[nodiscard]] const Layer* shown_layer(Session& session);
/// Its features, or null when its source could not be read.
[[nodiscard]] LayerResultPtr shown_result(Session& session);

/// "stunted · malnutrition" for "malnutrition.stunted": the column first, then the table it came from.
[[nodiscard]] std::string field_label(std::string_view qualified);
/// The fields worth showing: all but what ties a joined table's rows to the features, its key and its time.
[[nodiscard]] std::vector<Field> fields_shown(const Layer& layer, const Features& features);
/// Whether a number may be added up or ranked by: a year, a code or an id may not.
[[nodiscard]] bool is_quantity(const Field& field);
/// What a feature is called: by the field its labels show, else its name column, else "No. 12".
[[nodiscard]] std::string feature_name(const Layer& layer, const Features& features, uint32_t feature,
                                       std::size_t time);
/// A cell as people read it: numbers formatted (integers whole, years and codes as they are), "–" for null.
[[nodiscard]] std::string cell_text(const Field& field, uint32_t feature, std::size_t time);
/// What a measure is called: its label, else "stunted ÷ measured".
[[nodiscard]] std::string measure_label(const Measure& measure);
/// A value with its unit: "23.4%", "1,240 households".
[[nodiscard]] std::string value_text(const Measure& measure, double value);
/// The measures that a layer's style shows: of its fill and of its circles.
[[nodiscard]] std::vector<Measure> shown_measures(const Style& style);

enum class FieldsOf { all, numbers };
/// A list of the features' fields; true when another was chosen. With `none`, the first entry of that text means "".
bool field_choice(const char* id, const Features& features, FieldsOf which, std::string& field,
                  const char* none = nullptr);
/// Rows for numerator, denominator, scale and unit; true when the measure changed.
bool measure_rows(const Features& features, Measure& measure);

/// Whether a key (GLFW_KEY_*) was pressed for the dialog being drawn; never in the frame in which it appears, since
/// that press opened it. Presses shorter than a frame count too, which ImGui would miss.
[[nodiscard]] bool key_pressed(const Ui& ui, int key);

/// Selects the features and moves the map to them.
void zoom_to_features(Ui& ui, const std::string& layer, const std::vector<uint32_t>& features);

}  // namespace diaban::ui
