#include "plan/rank.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/i18n.h"

namespace diaban {

namespace {

/// Scores nearer than this are equal: they differ by rounding only.
constexpr double same_score = 1e-12;

/// A criterion's values brought to 0–1, NaN where there is none.
std::vector<double> normalised(const MeasureValues& values, uint32_t count, std::size_t time, bool more_is_worse) {
    std::vector<double> scores(count, std::numeric_limits<double>::quiet_NaN());
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (uint32_t feature = 0; feature < count; ++feature) {
        const auto value = values.value(feature, time);
        if (!value || !std::isfinite(*value)) continue;
        scores[feature] = *value;
        low = std::min(low, *value);
        high = std::max(high, *value);
    }
    for (double& score : scores) {
        if (std::isnan(score)) continue;
        // Halved before subtracting, so that the range of huge values stays finite.
        const double position = high > low ? (score / 2 - low / 2) / (high / 2 - low / 2) : 0.5;
        score = more_is_worse ? position : 1 - position;
    }
    return scores;
}

std::optional<Error> check(const std::vector<Criterion>& criteria) {
    const auto refuse = [](std::string what, std::string remedy) {
        return Error{ErrorKind::wrong_usage, std::move(what), {}, std::move(remedy)};
    };
    for (const Criterion& criterion : criteria)
        if (!(criterion.weight >= 0) || std::isinf(criterion.weight))
            return refuse(
                fmt::format(fmt::runtime(tr("the weight of “{}” is not a number from 0 up")),
                            criterion.measure.label.empty() ? criterion.measure.numerator : criterion.measure.label),
                tr("To rank low values first, say that less is worse."));
    if (std::ranges::none_of(criteria, [](const Criterion& c) { return c.weight > 0; }))
        return refuse(criteria.empty() ? tr("there is nothing to rank by") : tr("all criteria have weight 0"),
                      tr("Add a criterion with a weight above 0."));
    return std::nullopt;
}

/// Highest first, those without a score last; equal scores in the features' order and sharing a rank.
void order(std::vector<Ranked>& ranked) {
    std::ranges::stable_sort(ranked, [](const Ranked& a, const Ranked& b) {
        if (std::isnan(a.score) || std::isnan(b.score)) return !std::isnan(a.score) && std::isnan(b.score);
        return a.score > b.score;
    });
    for (std::size_t first = 0; first < ranked.size();) {
        const double score = ranked[first].score;
        std::size_t end = first + 1;
        while (end < ranked.size() && (std::isnan(score) || score - ranked[end].score <= same_score))
            ++end;
        std::sort(ranked.begin() + static_cast<std::ptrdiff_t>(first),
                  ranked.begin() + static_cast<std::ptrdiff_t>(end),
                  [](const Ranked& a, const Ranked& b) { return a.feature < b.feature; });
        for (std::size_t i = first; i < end; ++i)
            ranked[i].rank = static_cast<int>(first) + 1;
        first = end;
    }
}

}  // namespace

Expected<std::vector<Ranked>> rank(const Features& features, const std::vector<Criterion>& criteria, std::size_t time) {
    if (auto error = check(criteria)) return tl::unexpected(std::move(*error));
    std::vector<Ranked> ranked(features.count());
    std::vector<double> weights(features.count(), 0);
    for (uint32_t feature = 0; feature < features.count(); ++feature)
        ranked[feature].feature = feature;

    for (const Criterion& criterion : criteria) {
        const auto values = MeasureValues::bind(features, criterion.measure);
        if (!values) return tl::unexpected(values.error());
        if (criterion.weight == 0) continue;
        const auto scores = normalised(*values, features.count(), time, criterion.more_is_worse);
        for (uint32_t feature = 0; feature < features.count(); ++feature) {
            if (std::isnan(scores[feature])) {
                ranked[feature].incomplete = true;
                continue;
            }
            ranked[feature].score += criterion.weight * scores[feature];
            weights[feature] += criterion.weight;
        }
    }
    for (Ranked& unit : ranked)
        unit.score /= weights[unit.feature];  // 0 / 0 is the NaN that is promised
    order(ranked);
    return ranked;
}

}  // namespace diaban
