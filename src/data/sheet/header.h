// The rows of a table's heading, and the names they give.
#pragma once

#include <string>
#include <vector>

#include "data/import_options.h"
#include "data/sheet/grid.h"

namespace diaban {

struct Heading {
    std::size_t row = 0;    ///< counted from 0
    std::size_t rows = 0;   ///< 0: there is none, and the table begins at `row`
    bool numbered = false;  ///< a row of column numbers follows
    bool operator==(const Heading&) const = default;
};

/// See find_table().
[[nodiscard]] Heading find_heading(const Grid& grid, const ImportOptions& options);

/// The texts over a column, from above, a heading of a group repeated for each of its columns.
[[nodiscard]] std::vector<std::string> heading_texts(const Grid& grid, const Heading& heading, std::size_t column);

}  // namespace diaban
