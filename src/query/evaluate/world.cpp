#include "query/evaluate/world.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/i18n.h"
#include "query/evaluate/check.h"
#include "query/language/parse.h"
#include "query/language/tokens.h"
#include "query/language/write.h"

namespace diaban {

void note(const World& world, Diagnostic diagnostic) {
    if (world.notes == nullptr || std::ranges::find(*world.notes, diagnostic) != world.notes->end()) return;
    world.notes->push_back(std::move(diagnostic));
}

Error placed(Error error, query::Written written) {
    error.what = language_error(written.at, error.what).what;
    return error;
}

std::string described(const query::Sum& sum) {
    if (std::holds_alternative<query::Number>(sum.is) || std::holds_alternative<query::Text>(sum.is))
        return to_text(sum);
    if (const auto* column = std::get_if<query::ColumnName>(&sum.is)) return "“" + column->name + "”";
    const bool calculated =
        std::holds_alternative<query::Arithmetic>(sum.is) || std::holds_alternative<query::Negative>(sum.is);
    return calculated ? std::string(tr("the calculation")) : "“" + to_text(sum) + "”";
}

namespace {

/// "“a” → “b” → “a”" where the asked layer's filter is being evaluated already; else empty.
std::string circle_of(const World& world) {
    std::string way = "“" + world.of.name + "”";
    for (const OpenFilters* open = world.open; open != nullptr; open = open->outer) {
        way = fmt::format("“{}” → {}", open->layer->name, way);
        if (open->layer->id == world.of.id) return way;
    }
    return {};
}

}  // namespace

Expected<OwnFilter> checked_filter(const World& world) {
    OwnFilter filter{{}, {&world.of, world.open}};
    // Before there being none: what is asked may be meant to become this layer's filter (can_ask()).
    if (const std::string circle = circle_of(world); !circle.empty())
        return fail(ErrorKind::wrong_usage,
                    fmt::format(fmt::runtime(tr("filters ask for each other in a circle: {}")), circle), {},
                    tr("Change one of these filters."));
    if (world.of.filter.empty()) return filter;
    auto condition = parse_condition(world.of.filter);
    if (!condition) return tl::unexpected(condition.error());
    filter.condition = std::move(*condition);
    World inner = world;
    inner.open = &filter.open;
    if (const auto checked = check(filter.condition, inner); !checked) return tl::unexpected(checked.error());
    return filter;
}

Expected<OwnFilter> own_filter(const World& world) {
    auto filter = checked_filter(world);
    if (filter || error_position(filter.error()) == 0) return filter;
    // The character is one of that filter's text.
    Error error = filter.error();
    error.what = fmt::format(fmt::runtime(tr("the filter of “{}”, {}")), world.of.name, error.what);
    return tl::unexpected(std::move(error));
}

}  // namespace diaban
