#include "data/crosswalk/columns.h"

#include <fmt/format.h>

#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/crosswalk/unit_lookup.h"
#include "data/did_you_mean.h"

namespace diaban::crosswalk {

Expected<const Column*> require_column(const Dataset& dataset, const std::string& name) {
    if (const Column* column = dataset.table.find(name)) return column;
    std::vector<std::string> known;
    for (const Column& column : dataset.table.columns())
        known.push_back(column.name());
    return fail(ErrorKind::bad_input, fmt::format(fmt::runtime(tr("there is no field “{}”")), name), place_of(dataset),
                did_you_mean(name, known));
}

Expected<const Column*> optional_column(const Dataset& dataset, const std::string& name) {
    if (name.empty()) return nullptr;
    return require_column(dataset, name);
}

Place place_of(const Dataset& dataset, std::string field) {
    return {.file = to_utf8(dataset.from.path.filename()),
            .layer = dataset.from.layer,
            .field = std::move(field),
            .row = {}};
}

void report(Diagnostics& diagnostics, Severity severity, Place where, const char* what, const Examples& examples) {
    if (examples.count() == 0) return;
    diagnostics.push_back({DiagnosticKind::other, severity, std::move(where), examples.count(),
                           fmt::format(fmt::runtime(what), format_integer(examples.count()), examples.text())});
}

std::size_t UnitList::add(const std::string& id, const std::string& name) {
    const auto [it, added] = positions_.emplace(comparing_key(id), units_.size());
    if (added)
        units_.push_back({id, name});
    else if (units_[it->second].name.empty())
        units_[it->second].name = name;
    return it->second;
}

std::string cell(const Column* column, std::size_t row) {
    return column ? trim(to_nfc(column->text(row))) : std::string();
}

}  // namespace diaban::crosswalk
