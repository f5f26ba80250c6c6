#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "base/parallel.h"
#include "query/evaluate/derived.h"
#include "query/evaluate/neighbourhoods.h"
#include "query/evaluate/values.h"

namespace diaban {

using namespace query;

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// What is told apart where different values are counted: the number, or a number for each text that is another.
std::vector<double> identities(const Values& values, std::size_t count) {
    std::vector<double> out(count);
    if (!values.is_text) {
        for (std::size_t f = 0; f < count; ++f)
            out[f] = values.number(f) == 0 ? 0 : values.number(f);  // −0 is 0
        return out;
    }
    std::unordered_map<std::string_view, std::size_t> known;
    std::vector<double> of_code;
    for (const std::string& text : values.texts->comparable)
        of_code.push_back(static_cast<double>(known.try_emplace(text, known.size()).first->second));
    for (std::size_t f = 0; f < count; ++f)
        out[f] = values.code(f) == Texts::null ? nan : of_code[values.code(f)];
    return out;
}

/// Values of the target's features, and what they add up to.
class Totals {
public:
    /// `values` are empty where features are only counted.
    Totals(AggregateKind kind, std::vector<double> values) : kind_(kind), values_(std::move(values)) {}

    /// Of the features that member(i) gives for i in [0, count), no_feature for one to be passed over.
    template <class Member>
    [[nodiscard]] double over(std::size_t count, Member&& member) const {
        if (kind_ == AggregateKind::distinct) return different(count, member);
        double total = 0;
        double least = std::numeric_limits<double>::infinity();
        double most = -least;
        std::size_t found = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const uint32_t feature = member(i);
            if (feature == no_feature) continue;
            const double value = values_.empty() ? 1 : values_[feature];
            if (std::isnan(value)) continue;
            ++found;
            total += value;
            least = std::min(least, value);
            most = std::max(most, value);
        }
        switch (kind_) {
            case AggregateKind::count:
            case AggregateKind::density:
            case AggregateKind::sum:
                return total;
            case AggregateKind::mean:
                return found == 0 ? nan : total / static_cast<double>(found);
            case AggregateKind::min:
                return found == 0 ? nan : least;
            case AggregateKind::max:
                return found == 0 ? nan : most;
            case AggregateKind::distinct:
                break;
        }
        throw std::logic_error("an aggregate out of range");
    }

private:
    template <class Member>
    [[nodiscard]] double different(std::size_t count, Member&& member) const {
        std::vector<double> found;
        for (std::size_t i = 0; i < count; ++i)
            if (const uint32_t feature = member(i); feature != no_feature && !std::isnan(values_[feature]))
                found.push_back(values_[feature]);
        std::ranges::sort(found);
        return static_cast<double>(std::ranges::distance(found.begin(), std::ranges::unique(found).begin()));
    }

    AggregateKind kind_;
    std::vector<double> values_;
};

Expected<Totals> totals_of(const Aggregate& aggregate, const Considered& target, const World& world) {
    if (aggregate.of.empty()) return Totals(aggregate.kind, {});
    const auto values = evaluate(aggregate.of[0], world.asking(*target.layer));
    if (!values) return tl::unexpected(values.error());
    const std::size_t count = target.layer->features->count();
    if (aggregate.kind == AggregateKind::distinct) return Totals(aggregate.kind, identities(*values, count));
    if (!values->constant) return Totals(aggregate.kind, *values->numbers);
    return Totals(aggregate.kind, std::vector<double>(count, values->number(0)));
}

/// Of what lies in each feature, or within the reach.
Expected<std::vector<double>> totals_of_each(const Aggregate& aggregate, const Considered& target, const World& world) {
    const auto totals = totals_of(aggregate, target, world);
    if (!totals) return tl::unexpected(totals.error());
    std::vector<double> out(world.count(), nan);
    const auto counts = [&](uint32_t feature, uint32_t other) {
        return target.has(other) && !(target.itself && feature == other);
    };
    const auto has_place = [&](uint32_t feature) { return world.geometry().has_geometry(feature); };
    if (!aggregate.reach) {
        const auto inside = contained(target, world);
        if (!inside) return tl::unexpected(inside.error());
        const Containment& found = **inside;
        parallel_for(out.size(), [&](std::size_t f) {
            const auto feature = static_cast<uint32_t>(f);
            if (!has_place(feature)) return;
            const std::size_t first = found.offsets[f];
            out[f] = totals->over(found.offsets[f + 1] - first, [&](std::size_t i) {
                const uint32_t other = found.items[first + i];
                return counts(feature, other) ? other : no_feature;
            });
        });
        return out;
    }
    const double reach = aggregate.reach->metres().value();
    const auto done = for_each_neighbourhood(
        target, Metres(reach), world, [&](uint32_t feature, std::span<const Neighbour> neighbours) {
            if (!has_place(feature)) return;
            out[feature] = totals->over(neighbours.size(), [&](std::size_t i) {
                const Neighbour& other = neighbours[i];
                return other.metres <= reach && counts(feature, other.feature) ? other.feature : no_feature;
            });
        });
    if (!done) return tl::unexpected(done.error());
    return out;
}

/// Numbers to be divided by: km² of the features, or so many of what there is a number of.
Expected<std::vector<double>> divisors(const Aggregate& aggregate, const World& world) {
    std::vector<double> out(world.count());
    if (aggregate.per.empty()) {
        const auto areas = own_measures(Measured::area, world);
        if (!areas) return tl::unexpected(areas.error());
        for (std::size_t f = 0; f < out.size(); ++f)
            out[f] = square_kilometres(SquareMetres((**areas)[f]));
        return out;
    }
    const auto per = evaluate(aggregate.per[0], world);
    if (!per) return tl::unexpected(per.error());
    for (std::size_t f = 0; f < out.size(); ++f)
        out[f] = per->number(f) / aggregate.per_each;
    return out;
}

}  // namespace

Expected<Values> evaluate_aggregate(const Aggregate& aggregate, const World& world) {
    const auto target = considered(aggregate.target, world);
    if (!target) return tl::unexpected(target.error());
    auto numbers = totals_of_each(aggregate, *target, world);
    if (!numbers) return tl::unexpected(numbers.error());
    if (aggregate.kind == AggregateKind::density) {
        const auto by = divisors(aggregate, world);
        if (!by) return tl::unexpected(by.error());
        for (std::size_t f = 0; f < numbers->size(); ++f)
            (*numbers)[f] = (*by)[f] > 0 ? (*numbers)[f] / (*by)[f] : nan;
    }
    return Values{.constant = false,
                  .is_text = false,
                  .numbers = std::make_shared<const std::vector<double>>(std::move(*numbers)),
                  .texts = nullptr};
}

}  // namespace diaban
