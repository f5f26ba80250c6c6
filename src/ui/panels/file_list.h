// What the file dialog knows about folders and names, without drawing anything.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "ui/panels/panel_state.h"

namespace diaban::ui {

/// Whether a file is offered for a purpose, by its extension (in any case): data for adding, data and workspaces for
/// opening, *.toml, *.png or *.csv for saving. A folder that GDAL reads as one (*.gdb) counts as a file.
[[nodiscard]] bool offered(const std::filesystem::path& path, FileDialogState::Purpose purpose);

/// The folder's entries whose names contain the folded `filter`: folders first, then files, each by Vietnamese
/// collation; hidden ones are left out. Errors (bad_input): there is no such folder, or it may not be read.
[[nodiscard]] Expected<std::vector<FileDialogState::Entry>> list_folder(const std::filesystem::path& folder,
                                                                        std::string_view filter,
                                                                        FileDialogState::Purpose purpose,
                                                                        bool all_files);

/// The name with the extension that the purpose writes (".toml", ".png", ".csv") unless it has it; a name without a
/// stem, such as "" or ".", gives an empty path.
[[nodiscard]] std::filesystem::path with_extension(const std::filesystem::path& name, FileDialogState::Purpose purpose);

/// Home, or the current folder where the environment names none.
[[nodiscard]] std::filesystem::path home_folder();

/// "12 kB".
[[nodiscard]] std::string file_size_text(uint64_t bytes);

}  // namespace diaban::ui
