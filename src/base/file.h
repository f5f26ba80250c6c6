// Files, whole: read at once, written so that a crash leaves either the old one or the new one.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace diaban {

[[nodiscard]] Expected<std::string> read_file(const std::filesystem::path& path);

/// Writes beside the target and renames over it. On an error the target is as it was and nothing is left behind.
Expected<void> write_file(const std::filesystem::path& path, std::string_view bytes);

/// The same for a writer that needs a path: `write` gets the temporary path (same folder, same extension).
Expected<void> write_file_with(const std::filesystem::path& path,
                               const std::function<Expected<void>(const std::filesystem::path& temporary)>& write);

/// UTF-8 text of a path, for messages.
[[nodiscard]] std::string to_utf8(const std::filesystem::path& path);

/// Where the program's own data (the demo, translations) lies: beside the build in a source tree, or the install
/// prefix's share/diaban. DIABAN_DATA_DIR overrides. Empty when there is none.
[[nodiscard]] std::filesystem::path program_data_dir();

}  // namespace diaban
