// Text tables after RFC 4180, and as programs really write them.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "data/import_options.h"
#include "data/sheet/sheet.h"

namespace diaban {

/// The separator among , ; tab | under which most rows have the same number (at least 2) of cells: in "A;1,5;2,5" that
/// is the semicolon, as the header has no decimal commas. Where several do equally well, tab goes before |, ; and the
/// comma, which also stands in numbers and sentences. A first line "sep=;" decides. `columns` is 1 where no separator
/// divides the rows.
struct Separator {
    char character = ',';
    std::size_t columns = 1;  ///< that most rows have
    double agreement = 0;     ///< the share of rows that have as many
    bool operator==(const Separator&) const = default;
};
[[nodiscard]] Separator detect_separator(std::string_view text);

/// The whole text, whose encoding may not be known yet (any in which ASCII is ASCII). Cells in quotes may hold
/// separators, doubled quotes and line breaks; a quote inside a cell that does not begin with one is a letter. Lines
/// end with LF, CRLF or CR. A quote that is never closed is taken as a letter, with a diagnostic that names its row, so
/// that it does not swallow the rest of the file.
[[nodiscard]] Sheet read_delimited(std::string_view text, char separator, const Place& where);

}  // namespace diaban
