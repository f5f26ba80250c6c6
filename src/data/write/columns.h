// A table's columns as a format can hold them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "data/table.h"
#include "data/write/format.h"

namespace diaban {

/// A column ready to be written as its type says; `values` is the table's own where nothing had to change.
struct OutColumn {
    std::string name;
    std::shared_ptr<const Column> values;
    int width = 0;     ///< of a Shapefile's number, in characters; 0 where that does not matter
    int decimals = 0;  ///< of it
};

/// The values in types, ranges and lengths that the format has; every loss is a diagnostic at `where`.
[[nodiscard]] OutColumn fit_column(std::shared_ptr<const Column> column, const FormatRules& rules, const Place& where,
                                   Diagnostics& diagnostics);

/// Names as short and as different as the format asks, in the same order: those that can stay do. A name that is in
/// `taken` is not given away.
[[nodiscard]] std::vector<std::string> fit_names(const std::vector<std::string>& names, const FormatRules& rules,
                                                 const std::vector<std::string>& taken = {});

/// At most so many bytes of the text, without cutting a character in two.
[[nodiscard]] std::string whole_characters(const std::string& text, std::size_t bytes);

}  // namespace diaban
