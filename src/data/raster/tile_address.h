// Addresses of map tiles on a server: "https://host/{z}/{x}/{y}.png", as map providers publish them.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace diaban {

/// Holds "{z}", "{x}" and "{y}" (or "{-y}", counted from the south).
[[nodiscard]] bool is_tile_address(std::string_view text);

/// For people, without anything that may be a secret: "tile.example.org"; of a file's address, its folder.
[[nodiscard]] std::string host_of(std::string_view address);

/// Deepest zoom of a server of which nobody has said it.
inline constexpr int usual_max_zoom = 19;

/// What GDAL's WMS driver is given to read them. Tiles are squares of Web Mercator, 256 pixels wide, or 512 where the
/// address says "@2x" or "/512/". "{s}" becomes "a", "{r}" nothing. `cache` is a folder in which GDAL keeps what was
/// fetched; empty: nothing is kept.
/// Errors (bad_input): a placeholder that means nothing; a zoom outside 0–24; an address without "://".
[[nodiscard]] Expected<std::string> gdal_tile_service(std::string_view address, int max_zoom, const std::string& cache);

}  // namespace diaban
