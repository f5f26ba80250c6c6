// Rows of a table that add up other rows, told by their labels, and where labels say nothing by their sums.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "data/sheet/grid.h"

namespace diaban {

/// Which rows among [first, end) of the sheet are totals, ascending:
///
/// - a row whose first words are nothing but a word for a total ("Tổng cộng", "Toàn tỉnh", "TOTAL:", see
///   is_total_label()), with nothing but running numbers before it;
/// - the same with the name of an area that another cell of the table bears ("Cộng Hạ Long", "Jumlah Kec. Srandakan",
///   Excel's "Ha Long Total");
/// - rows numbered I, II, III … or A, B, C … above rows numbered 1, 2, 3 …, if in some column each of them is the sum
/// of
///   the rows below it: a district above its communes.
///
/// One word may be a name: a code of its own tells ("Cộng Hòa" is a commune, and "Tổng Cọt").
[[nodiscard]] std::vector<std::size_t> total_rows(const Grid& grid, std::size_t first, std::size_t end,
                                                  const std::vector<std::size_t>& code_columns);

// ── its parts, for tests ──

/// Whether a cell's text is a word for a total.
[[nodiscard]] bool is_total_label(std::string_view text);
/// "hạ long" for "Cộng TP. Hạ Long" and "Hạ Long Total"; empty where it is no subtotal of one area.
[[nodiscard]] std::string totalled_area(std::string_view text);
/// The name of an area as totalled_area() gives it: small letters, no kind before it, no punctuation.
[[nodiscard]] std::string bare_area(std::string_view text);

}  // namespace diaban
