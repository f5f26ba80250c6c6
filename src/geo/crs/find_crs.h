// Looking a CRS up by its code, its name or where it is used, among those that EPSG lists.
//
//     for (const ListedCrs& found : find_crs("vn-2000 quang ninh", 20)) …
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace diaban {

struct ListedCrs {
    std::string code;  ///< "EPSG:5899"
    std::string name;  ///< "VN-2000 / TM-3 107-45"
    std::string area;  ///< in EPSG's words: "Vietnam - Quang Ninh"
    bool operator==(const ListedCrs&) const = default;
};

/// Geographic (two-dimensional) and projected ones, deprecated ones left out, in which every word of `words` occurs,
/// whatever its case and diacritics; at most `most`. A code comes first, then what has the words in its name. Empty for
/// empty words. Safe to use from several threads at once.
[[nodiscard]] std::vector<ListedCrs> find_crs(std::string_view words, std::size_t most);

}  // namespace diaban
