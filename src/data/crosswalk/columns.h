// For the builders' own .cpp files: columns by name, units of a layer, findings in words.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "data/crosswalk/correspondence.h"
#include "data/dataset.h"
#include "data/examples.h"

namespace diaban::crosswalk {

/// The column, or an error that names the nearest one.
[[nodiscard]] Expected<const Column*> require_column(const Dataset& dataset, const std::string& name);
/// The same, null for an empty name.
[[nodiscard]] Expected<const Column*> optional_column(const Dataset& dataset, const std::string& name);

[[nodiscard]] Place place_of(const Dataset& dataset, std::string field = {});

/// A diagnostic whose `what` has places for the count and the examples; nothing when there are none.
void report(Diagnostics& diagnostics, Severity severity, Place where, const char* what, const Examples& examples);

/// Units in the order of their first row, each id once.
class UnitList {
public:
    /// Position of the unit; a name that was empty so far is filled in.
    std::size_t add(const std::string& id, const std::string& name);
    [[nodiscard]] const std::vector<Unit>& units() const { return units_; }

private:
    std::vector<Unit> units_;
    std::unordered_map<std::string, std::size_t> positions_;
};

/// Text of a cell as it counts here: NFC, trimmed; empty for null.
[[nodiscard]] std::string cell(const Column* column, std::size_t row);

}  // namespace diaban::crosswalk
