// A layer's features as a file: which of them, in which format, and what that format cannot hold.
#pragma once

#include <filesystem>

#include "ui/ui.h"

namespace diaban::ui {

/// Whether the active layer has features to write.
[[nodiscard]] bool can_export(Session& session);

/// The rows of the file dialog for Purpose::export_layer, and how many lines they take.
void export_rows(Ui& ui);
inline constexpr float export_row_count = 3;

/// The name with its own extension where that is one of a format, else with `extension` behind it; a name without a
/// stem gives an empty path.
[[nodiscard]] std::filesystem::path export_target(const std::filesystem::path& name, const std::string& extension);
/// Errors: the target is a file that the workspace reads.
[[nodiscard]] Expected<void> check_export(const Session& session, const std::filesystem::path& path);
/// Starts writing what ui.panels.exporting says (without a layer: the SQL console's result, in the order listed), with
/// the columns of joined tables (several times side by side, as "stunted_2021"). What the format loses is said in a
/// message and kept in Diagnostics. Errors: no such features.
Expected<void> export_layer(Ui& ui, const std::filesystem::path& path);

}  // namespace diaban::ui
