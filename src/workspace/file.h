// The workspace file: TOML, paths relative to it, written atomically, readable by people.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"
#include "workspace/workspace.h"

namespace diaban {

/// The version this program writes. A newer one in a file is an error that says so and asks for an update.
inline constexpr int workspace_version = 1;

/// `folder` is what relative paths are relative to. Errors name the line, or the key and what stood there.
[[nodiscard]] Expected<Workspace> workspace_from_toml(std::string_view text, const std::filesystem::path& folder);
/// What equals a default is left out. workspace_from_toml(workspace_to_toml(w, f), f) == saved_part(w).
[[nodiscard]] std::string workspace_to_toml(const Workspace& workspace, const std::filesystem::path& folder);

[[nodiscard]] Expected<Workspace> load_workspace(const std::filesystem::path& path);
Expected<void> save_workspace(const Workspace& workspace, const std::filesystem::path& path);

/// Whether a path is a workspace by its name: *.toml.
[[nodiscard]] bool is_workspace_path(const std::filesystem::path& path);

}  // namespace diaban
