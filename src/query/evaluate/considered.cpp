#include <fmt/format.h>

#include <algorithm>

#include "base/content_hash.h"
#include "base/i18n.h"
#include "query/evaluate/conditions.h"
#include "query/evaluate/derived.h"

namespace diaban {

namespace {

void note_empty(const QueryLayer& layer, const World& world) {
    const bool empty = layer.features->count() == 0;
    note(world, {.kind = DiagnosticKind::other,
                 .severity = Severity::warning,
                 .where = {.file = layer.file, .layer = layer.name, .field = {}, .row = {}},
                 .detail = empty ? tr("The layer is empty: nothing lies in or near it")
                                 : tr("None of its features is asked for: nothing lies in or near them")});
}

}  // namespace

Expected<Considered> considered(const query::Target& target, const World& world) {
    const auto layer = world.layers.require(target.layer);
    if (!layer) return tl::unexpected(layer.error());
    Considered found{.layer = *layer, .mask = {}, .name = "all", .itself = (*layer)->id == world.of.id};
    const World there = world.asking(**layer);
    std::vector<uint8_t> mask;
    const auto keep = [&](const query::Condition& condition, const World& in) -> Expected<void> {
        if (condition.keeps_all()) return {};
        auto hits = evaluate(condition, in);
        if (!hits) return tl::unexpected(hits.error());
        if (mask.empty()) {
            mask = std::move(hits->kept);
        } else {
            for (std::size_t f = 0; f < mask.size(); ++f)
                mask[f] &= hits->kept[f];
        }
        return {};
    };
    const auto filter = own_filter(there);
    if (!filter) return tl::unexpected(filter.error());
    World filtering = there;
    filtering.open = &filter->open;
    if (const auto kept = keep(filter->condition, filtering); !kept) return tl::unexpected(kept.error());
    for (const query::Condition& where : target.where)
        if (const auto kept = keep(where, there); !kept) return tl::unexpected(kept.error());

    found.count = (*layer)->features->count();
    if (!mask.empty()) {
        const auto kept = static_cast<uint32_t>(std::ranges::count(mask, uint8_t{1}));
        if (kept < found.count) {
            found.name = hash_of(std::as_bytes(std::span(mask))).text();
            found.mask = std::move(mask);
            found.count = kept;
        }
    }
    if (found.count == 0) note_empty(**layer, world);
    return found;
}

}  // namespace diaban
