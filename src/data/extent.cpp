#include "data/extent.h"

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"

namespace diaban {

Expected<void> check_extent(std::size_t rows, std::size_t columns, std::size_t filled, const Place& where) {
    constexpr std::size_t always = 50'000'000, for_each_value = 200;
    if (columns == 0 || rows <= (always + for_each_value * filled) / columns) return {};
    return fail(
        ErrorKind::bad_input,
        fmt::format(fmt::runtime(tr("a table of {} rows and {} columns that is nearly all blank is too large to "
                                    "be read")),
                    format_integer(static_cast<int64_t>(rows)), format_integer(static_cast<int64_t>(columns))),
        where, tr("Delete what stands far outside of the table, or save the table to a file of its own."));
}

}  // namespace diaban
