// Coverage as a sentence and as datasets.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "base/i18n.h"
#include "geo/earth/earth_shapes.h"
#include "query/asked_features.h"
#include "query/coverage.h"
#include "query/language/parse.h"
#include "query/language/words.h"
#include "query/language/write.h"

namespace diaban {
namespace {

std::string number(double value) {
    return std::abs(value - std::round(value)) < 1e-6 ? format_integer(std::llround(value)) : format_number(value);
}

/// "8,120 of 9,900 households, 82.0%".
std::string share_in_words(const CoverageShare& share, const std::string& of) {
    const std::string numbers =
        fmt::format(fmt::runtime(tr("{0} of {1} {2}")), number(share.covered), number(share.total), of);
    if (!(share.total > 0)) return numbers;
    return numbers + ", " + format_percent(share.covered / share.total);
}

/// What weights count: "households"; without weights nothing.
std::string weight_in_words(const CoverageQuery& query, const QueryLayers& layers) {
    const auto sum = query.weight.empty() ? tl::unexpected(Error{}) : parse_sum(query.weight);
    if (!sum) return {};
    return in_words(*sum, [&](const std::string& id) {
        const auto layer = layers.require(id);
        return layer ? (*layer)->name : id;
    });
}

/// Where most of what is not covered lies.
std::string gap_in_words(const CoverageAnswer& coverage, const CoverageBasis& basis, const QueryLayers& layers,
                         const std::string& of) {
    const double gap = coverage.total.total - coverage.total.covered;
    if (!(gap > 0)) return {};
    const auto areas = basis.by.empty() ? tl::unexpected(Error{}) : layers.require(basis.by);
    if (!areas || coverage.by_area.empty()) return {};
    const auto open = [](const CoverageShare& share) { return share.total - share.covered; };
    const auto worst = std::ranges::max_element(coverage.by_area, {}, open);
    if (!(open(*worst) > 0)) return {};
    const auto area = static_cast<uint32_t>(worst - coverage.by_area.begin());
    return fmt::format(fmt::runtime(tr("The largest gap is in {0}: {1} of {2} {3} are not reached.")),
                       feature_names(**areas)[area], number(open(*worst)), number(worst->total), of);
}

std::string reach_in_words(Metres reach) {
    const double metres = reach.value();
    return in_words(metres >= 1000 ? query::Distance{metres / 1000, query::LengthUnit::kilometre}
                                   : query::Distance{metres, query::LengthUnit::metre});
}

Column reals(std::string name, std::vector<double> values) {
    std::vector<uint8_t> present(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        present[i] = std::isfinite(values[i]) ? 1 : 0;
        if (present[i] == 0) values[i] = 0;
    }
    return Column(std::move(name), ColumnType::real, std::move(values), std::move(present));
}

std::vector<Column> share_columns(const std::vector<CoverageShare>& shares) {
    std::vector<double> total, covered, uncovered, share;
    std::vector<int64_t> count, covered_count;
    for (const CoverageShare& s : shares) {
        total.push_back(s.total), covered.push_back(s.covered), uncovered.push_back(s.total - s.covered);
        share.push_back(s.total > 0 ? s.covered / s.total : std::nan(""));
        count.push_back(s.total_count), covered_count.push_back(s.covered_count);
    }
    std::vector<Column> columns;
    columns.push_back(reals("total", std::move(total)));
    columns.push_back(reals("covered", std::move(covered)));
    columns.push_back(reals("uncovered", std::move(uncovered)));
    columns.push_back(reals("share", std::move(share)));
    columns.emplace_back("total_count", ColumnType::integer, std::move(count));
    columns.emplace_back("covered_count", ColumnType::integer, std::move(covered_count));
    return columns;
}

const QueryLayer& layer_of(const QueryLayers& layers, const std::string& id) {
    return *layers.require(id).value();
}

}  // namespace

std::string in_words(const CoverageQuery& query, const CoverageAnswer& coverage, const CoverageBasis& basis,
                     const QueryLayers& layers) {
    const QueryLayer& demand = layer_of(layers, basis.demand);
    const QueryLayer& facilities = layer_of(layers, basis.facilities);
    const std::string weight = weight_in_words(query, layers);
    const std::string counted = weight.empty() ? demand.name : weight;
    const std::string asked = format_integer(coverage.total.total_count);
    std::string words = fmt::format(
        fmt::runtime(tr("{0} ({1}) within {2} of {3} ({4}): {5}.")), asked_in_words(layers, demand, query.demand_where),
        weight.empty() ? asked : fmt::format(fmt::runtime(tr("{0}, weighted by {1}")), asked, weight),
        reach_in_words(coverage.reach), asked_in_words(layers, facilities, query.facilities_where),
        format_integer(count_of(basis.offered)), share_in_words(coverage.total, counted));
    if (!weight.empty())
        words += " " + fmt::format(fmt::runtime(tr("{0} of them are reached.")),
                                   format_count_of(coverage.total.covered_count, coverage.total.total_count));
    if (const std::string gap = gap_in_words(coverage, basis, layers, counted); !gap.empty()) words += " " + gap;
    if (!basis.by.empty() && coverage.nowhere.total_count > 0)
        words += " " + fmt::format(fmt::runtime(tr("{0} lie in none of {1}.")),
                                   format_count_of(coverage.nowhere.total_count, coverage.total.total_count),
                                   layer_of(layers, basis.by).name);
    for (const Diagnostic& note : basis.notes)
        words += " " + to_text(note);
    if (const std::string from = sources_in_words(layers, {basis.demand, basis.facilities, basis.by}); !from.empty())
        words += " " + from;
    if (layers.time) words += " " + fmt::format(fmt::runtime(tr("As of {}.")), *layers.time);
    return words + " " + tr("As the crow flies, on the ellipsoid; who is exactly that far counts as reached.");
}

DatasetPtr gap_dataset(const CoverageQuery& query, const CoverageAnswer& coverage, const CoverageBasis& basis,
                       const QueryLayers& layers) {
    const QueryLayer& demand = layer_of(layers, basis.demand);
    const QueryLayer& facilities = layer_of(layers, basis.facilities);
    std::vector<uint8_t> rows = basis.asked;
    for (std::size_t f = 0; f < rows.size(); ++f)
        rows[f] = static_cast<uint8_t>(rows[f] != 0 && (coverage.covered[f] == 0) == query.gap);
    const std::vector<std::string> names = feature_names(facilities);
    std::vector<std::string> nearest(rows.size());
    std::vector<uint8_t> present(rows.size());
    for (std::size_t f = 0; f < rows.size(); ++f)
        if (basis.first[f] != no_feature) nearest[f] = names[basis.first[f]], present[f] = 1;
    std::vector<Column> columns;
    columns.push_back(reals("distance_m", basis.to_first));
    columns.emplace_back("nearest", ColumnType::text, std::move(nearest), std::move(present));
    const std::string name =
        fmt::format(fmt::runtime(query.gap ? tr("{0} farther than {1} from {2}") : tr("{0} within {1} of {2}")),
                    demand.name, reach_in_words(coverage.reach), facilities.name);
    return std::make_shared<const Dataset>(with_columns(layers, demand, std::move(rows), std::move(columns), name));
}

DatasetPtr areas_dataset(const CoverageQuery& /*query*/, const CoverageAnswer& coverage, const CoverageBasis& basis,
                         const QueryLayers& layers) {
    const std::string name =
        fmt::format(fmt::runtime(tr("Coverage of {0} by {1} within {2}")), layer_of(layers, basis.demand).name,
                    layer_of(layers, basis.facilities).name, reach_in_words(coverage.reach));
    if (basis.by.empty()) {
        Dataset all;
        all.name = name;
        all.table = Table(share_columns({coverage.total}), 1);
        return std::make_shared<const Dataset>(std::move(all));
    }
    std::vector<uint8_t> rows(basis.area_count, 1);
    return std::make_shared<const Dataset>(
        with_columns(layers, layer_of(layers, basis.by), std::move(rows), share_columns(coverage.by_area), name));
}

DatasetPtr facilities_dataset(const CoverageQuery& /*query*/, const CoverageAnswer& coverage,
                              const CoverageBasis& basis, const QueryLayers& layers) {
    const QueryLayer& facilities = layer_of(layers, basis.facilities);
    std::vector<Column> columns;
    columns.push_back(reals("reached", coverage.reached_by));
    columns.push_back(reals("alone", coverage.alone));
    const std::string name = fmt::format(fmt::runtime(tr("What each of {0} reaches within {1}")), facilities.name,
                                         reach_in_words(coverage.reach));
    return std::make_shared<const Dataset>(with_columns(layers, facilities, basis.offered, std::move(columns), name));
}

}  // namespace diaban
