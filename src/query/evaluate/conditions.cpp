#include "query/evaluate/conditions.h"

#include <algorithm>

namespace diaban {

using namespace query;

namespace {

uint32_t count_of(const std::vector<uint8_t>& kept) {
    uint32_t count = 0;
    for (const uint8_t one : kept)
        count += one;
    return count;
}

class ConditionHits {
public:
    explicit ConditionHits(const World& world) : world_(world) {}

    Expected<Hits> operator()(const Everything&) const { return hits(std::vector<uint8_t>(world_.count(), 1)); }
    Expected<Hits> operator()(const AllOf& all) const {
        return joined(all.of, 1, [](uint8_t& kept, uint8_t part) { kept &= part; });
    }
    Expected<Hits> operator()(const AnyOf& any) const {
        return joined(any.of, 0, [](uint8_t& kept, uint8_t part) { kept |= part; });
    }
    Expected<Hits> operator()(const Not& negated) const {
        return joined(negated.of, 1, [](uint8_t& kept, uint8_t part) { kept = part == 0 ? 1 : 0; });
    }

    Expected<Hits> operator()(const Compare& compare) const {
        return with(compare.sides, [&](const std::vector<Values>& sides) {
            return compared(sides[0], compare.sign, sides[1], world_.count());
        });
    }
    Expected<Hits> operator()(const In& in) const {
        return with(in.values, [&](const std::vector<Values>& values) {
            return is_in(values[0], {values.begin() + 1, values.end()}, in.inverted, world_.count());
        });
    }
    Expected<Hits> operator()(const Between& between) const {
        return with(between.values, [&](const std::vector<Values>& values) {
            return is_between(values[0], values[1], values[2], between.inverted, world_.count());
        });
    }
    Expected<Hits> operator()(const Like& like) const {
        return with(like.of, [&](const std::vector<Values>& values) {
            return is_like(values[0], like.pattern, like.inverted, world_.count());
        });
    }
    Expected<Hits> operator()(const IsNull& null) const {
        return with(null.of, [&](const std::vector<Values>& values) {
            std::vector<uint8_t> kept(world_.count());
            for (std::size_t f = 0; f < kept.size(); ++f)
                kept[f] = values[0].is_null(f) != null.inverted ? 1 : 0;
            return kept;
        });
    }
    template <class Spatial>
    Expected<Hits> operator()(const Spatial& spatial) const {
        auto kept = evaluate_spatial(spatial, world_);
        if (!kept) return tl::unexpected(kept.error());
        return hits(std::move(*kept));
    }

private:
    static Hits hits(std::vector<uint8_t> kept) {
        Hits hits{.kept = std::move(kept), .count = 0, .parts = {}};
        hits.count = count_of(hits.kept);
        return hits;
    }

    template <class Join>
    Expected<Hits> joined(const std::vector<Condition>& parts, uint8_t start, Join join) const {
        std::vector<uint8_t> kept(world_.count(), start);
        std::vector<Hits> part_hits;
        for (const Condition& part : parts) {
            auto found = evaluate(part, world_);
            if (!found) return found;
            for (std::size_t f = 0; f < kept.size(); ++f)
                join(kept[f], found->kept[f]);
            part_hits.push_back(std::move(*found));
        }
        Hits all = hits(std::move(kept));
        all.parts = std::move(part_hits);
        return all;
    }

    template <class Holds>
    Expected<Hits> with(const std::vector<Sum>& sums, Holds holds) const {
        std::vector<Values> values;
        for (const Sum& sum : sums) {
            auto found = evaluate(sum, world_);
            if (!found) return tl::unexpected(found.error());
            values.push_back(std::move(*found));
        }
        return hits(holds(values));
    }

    const World& world_;
};

}  // namespace

Expected<Hits> evaluate(const Condition& condition, const World& world) {
    if (world.progress.cancelled()) return tl::unexpected(cancelled_error());
    return std::visit(ConditionHits(world), condition.is);
}

}  // namespace diaban
