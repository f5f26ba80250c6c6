#include "data/crosswalk/carry_columns.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "base/i18n.h"
#include "data/crosswalk/apportion.h"

namespace diaban::crosswalk {
namespace {

/// The shares of an old row's flows, and last what goes nowhere.
std::vector<double> shares_of(const OldRow& row) {
    std::vector<double> shares;
    for (const Flow& flow : row.flows)
        shares.push_back(flow.pair->share);
    shares.push_back(row.nowhere);
    return shares;
}

/// Gathers a count part by part.
class Gatherer {
public:
    explicit Gatherer(const Flows& flows) : flows_(flows) {
        const std::size_t rows = flows.new_rows.size();
        count_.value.resize(rows);
        count_.assumed.assign(rows, 0.0);
        count_.whole.assign(rows, 0);
        size_.assign(rows, 0.0);
    }

    /// False when a sum overflows.
    [[nodiscard]] bool add_whole(std::size_t old_row, int64_t value) {
        const OldRow& row = flows_.old_rows[old_row];
        const auto parts = apportion(value, shares_of(row));
        for (std::size_t i = 0; i < row.flows.size(); ++i) {
            const std::size_t target = row.flows[i].new_row;
            if (__builtin_add_overflow(count_.whole[target], parts[i], &count_.whole[target])) return false;
            note(row, row.flows[i], static_cast<double>(parts[i]));
            count_.value[target] = static_cast<double>(count_.whole[target]);
        }
        add_total(row, static_cast<double>(value), static_cast<double>(parts.back()));
        return true;
    }

    void add_real(std::size_t old_row, double value) {
        const OldRow& row = flows_.old_rows[old_row];
        const auto parts = divide(value, shares_of(row));
        for (std::size_t i = 0; i < row.flows.size(); ++i) {
            auto& sum = count_.value[row.flows[i].new_row];
            sum = sum.value_or(0) + parts[i];
            note(row, row.flows[i], parts[i]);
        }
        add_total(row, value, parts.back());
    }

    Count finish(const std::string& column) {
        for (std::size_t i = 0; i < size_.size(); ++i)
            count_.assumed[i] = size_[i] > 0 ? count_.assumed[i] / size_[i] : 0;
        for (auto& [time, total] : totals_) {
            total.column = column;
            total.time = time;
            count_.totals.push_back(total);
        }
        return std::move(count_);
    }

private:
    /// Sizes, not signs: of +5 for certain and −5 assumed, half is assumed.
    void note(const OldRow& row, const Flow& flow, double part) {
        totals_[row.time].after += part;
        size_[flow.new_row] += std::abs(part);
        if (is_assumed(flow.pair->basis)) count_.assumed[flow.new_row] += std::abs(part);
    }
    void add_total(const OldRow& row, double value, double lost) {
        CarriedTotal& total = totals_[row.time];
        total.before += value;
        total.lost += lost;
    }

    const Flows& flows_;
    Count count_;
    std::vector<double> size_;
    std::map<std::string, CarriedTotal> totals_;
};

/// The different texts of the row's sources, in their order.
std::vector<std::string> different_texts(const Column& column, const NewRow& row) {
    std::vector<std::string> texts;
    for (const auto& [old_row, pair] : row.sources) {
        if (column.is_null(old_row)) continue;
        const std::string text = column.text(old_row);
        if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
    }
    return texts;
}

/// The first old row of each new one that has a value.
std::vector<std::optional<std::size_t>> first_with_value(const Column& column, const Flows& flows) {
    std::vector<std::optional<std::size_t>> rows;
    for (const NewRow& row : flows.new_rows) {
        auto& first = rows.emplace_back();
        for (const auto& [old_row, pair] : row.sources)
            if (!first && !column.is_null(old_row)) first = old_row;
    }
    return rows;
}

}  // namespace

Expected<Count> carry_count(const Column& column, bool whole, const Flows& flows) {
    const Place where{.file = {}, .layer = {}, .field = column.name(), .row = {}};
    Gatherer gatherer(flows);
    for (std::size_t row = 0; row < column.size(); ++row) {
        if (!column.number(row)) continue;
        if (!whole) {
            gatherer.add_real(row, *column.number(row));
            continue;
        }
        const auto value = column.integer(row);
        if (!value)
            return fail(ErrorKind::bad_input,
                        fmt::format(fmt::runtime(tr("“{}” is no whole number")), column.text(row)),
                        {.file = {}, .layer = {}, .field = column.name(), .row = static_cast<int64_t>(row) + 1},
                        tr("Carry the column as a count that need not be whole."));
        if (!gatherer.add_whole(row, *value))
            return fail(ErrorKind::bad_input, tr("the sum is larger than a whole number can be"), where,
                        tr("Carry the column as a count that need not be whole."));
    }
    return gatherer.finish(column.name());
}

Values carry_mean(const Column& column, const Column& weight, const Flows& flows) {
    Values means;
    for (const NewRow& row : flows.new_rows) {
        double sum = 0, weights = 0, assumed = 0;
        for (const auto& [old_row, pair] : row.sources) {
            const auto value = column.number(old_row), total = weight.number(old_row);
            if (!value || !total || !(*total > 0)) continue;
            const double part = *total * pair->share;
            sum += *value * part;
            weights += part;
            if (is_assumed(pair->basis)) assumed += part;
        }
        means.value.push_back(weights > 0 ? std::optional(sum / weights) : std::nullopt);
        means.assumed.push_back(weights > 0 ? assumed / weights : 0);
    }
    return means;
}

Column carry_label(const Column& column, const Flows& flows) {
    std::vector<std::vector<std::string>> texts;
    for (const NewRow& row : flows.new_rows)
        texts.push_back(different_texts(column, row));
    const bool agreed = std::all_of(texts.begin(), texts.end(), [](const auto& list) { return list.size() <= 1; });
    std::vector<uint8_t> present;
    for (const auto& list : texts)
        present.push_back(list.empty() ? 0 : 1);
    if (!agreed) {
        std::vector<std::string> joined;
        for (const auto& list : texts)
            joined.push_back(fmt::format("{}", fmt::join(list, "; ")));
        return Column(column.name(), ColumnType::text, std::move(joined), std::move(present));
    }
    const auto rows = first_with_value(column, flows);
    return std::visit(
        [&](const auto& values) {
            std::remove_cvref_t<decltype(values)> kept;
            for (const auto& row : rows)
                kept.push_back(row ? values[*row] : typename std::remove_cvref_t<decltype(values)>::value_type{});
            return Column(column.name(), column.type(), std::move(kept), std::move(present));
        },
        column.values());
}

}  // namespace diaban::crosswalk
