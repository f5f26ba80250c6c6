#include "data/sql/pitfalls.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"

namespace diaban::sql {

namespace {

constexpr std::array conditions{"contains", "within",   "intersects", "touches",   "crosses",     "overlaps",
                                "equals",   "disjoint", "covers",     "coveredby", "ptdistwithin"};

int64_t rows_without_shape(const Geometry& geometry) {
    int64_t count = 0;
    for (uint32_t feature = 0; feature < geometry.feature_count(); ++feature)
        count += geometry.has_geometry(feature) ? 0 : 1;
    return count;
}

std::string system_of(const Crs& crs) {
    if (!crs.known()) return tr("no coordinate system");
    return crs.code().empty() ? crs.name() : crs.code();
}

}  // namespace

Diagnostics pitfalls(std::span<const SqlTable> tables, const Reads& reads) {
    std::vector<const SqlTable*> with_shapes;
    for (const SqlTable& table : tables)
        if (table.features->base().has_geometry() && reads.column(table.name, sql_shape_column))
            with_shapes.push_back(&table);
    const bool compares = std::ranges::any_of(conditions, [&](const char* name) { return reads.function(name); });
    Diagnostics found;
    for (const SqlTable* table : with_shapes) {
        const int64_t without = compares ? rows_without_shape(table->features->base().geometry) : 0;
        if (without == 0) continue;
        found.push_back({DiagnosticKind::other,
                         Severity::warning,
                         {.layer = table->name},
                         without,
                         fmt::format(fmt::runtime(tr_n("{} row has no shape: conditions such as ST_Contains give -1 "
                                                       "for it, which counts as true; compare them with = 1",
                                                       "{} rows have no shape: conditions such as ST_Contains give -1 "
                                                       "for them, which counts as true; compare them with = 1",
                                                       static_cast<long>(without))),
                                     format_integer(without))});
    }
    if (with_shapes.empty() || reads.function("transform") || reads.function("setsrid")) return found;
    const SqlTable& first = *with_shapes.front();
    for (const SqlTable* table : with_shapes) {
        const Crs &one = first.features->base().crs, &other = table->features->base().crs;
        if (one == other) continue;
        found.push_back({DiagnosticKind::other,
                         Severity::warning,
                         {},
                         1,
                         fmt::format(fmt::runtime(tr("the shapes of {} are in {} and those of {} in {}: their "
                                                     "coordinates are compared as they are; ST_Transform brings "
                                                     "them together")),
                                     first.name, system_of(one), table->name, system_of(other))});
    }
    return found;
}

}  // namespace diaban::sql
