#include "ui/panels/ranking_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "ui/panels/parts.h"

namespace diaban::ui {

namespace {

std::string number(std::optional<double> value) {
    return value && std::isfinite(*value) ? fmt::format("{}", *value) : std::string();
}

/// Whether any of the values rests on an assumption: then a column says which part of each does.
bool any_assumed(const std::optional<MeasureValues>& values, const std::vector<Ranked>& ranked, std::size_t time) {
    return values &&
           std::ranges::any_of(ranked, [&](const Ranked& one) { return values->assumed_share(one.feature, time) > 0; });
}

}  // namespace

std::string ranking_csv(const Features& features, const std::vector<Criterion>& criteria,
                        const std::vector<Ranked>& ranked, std::size_t time,
                        const std::function<std::string(uint32_t)>& name, const std::string& note) {
    std::string csv = "\xEF\xBB\xBFrank,name,score,incomplete";
    std::vector<std::optional<MeasureValues>> values;
    std::vector<bool> assumed;
    for (const Criterion& criterion : criteria) {
        const auto bound = MeasureValues::bind(features, criterion.measure);
        values.push_back(bound ? std::optional(*bound) : std::nullopt);
        csv += ',' + csv_field(measure_label(criterion.measure));
        if (bound && bound->is_ratio())
            csv += ',' + csv_field(criterion.measure.numerator) + ',' + csv_field(criterion.measure.denominator);
        assumed.push_back(any_assumed(values.back(), ranked, time));
        if (assumed.back()) csv += ',' + csv_field(measure_label(criterion.measure) + " (assumed share)");
    }
    if (!note.empty()) csv += ",note";
    csv += '\n';
    for (const Ranked& one : ranked) {
        const bool placed = std::isfinite(one.score);
        csv += fmt::format("{},{},{},{}", placed ? std::to_string(one.rank) : "", csv_field(name(one.feature)),
                           number(one.score), one.incomplete ? 1 : 0);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const auto& value = values[i];
            csv += ',' + (value ? number(value->value(one.feature, time)) : std::string());
            if (value && value->is_ratio())
                csv += ',' + number(value->numerator(one.feature, time)) + ',' +
                       number(value->denominator(one.feature, time));
            if (assumed[i]) csv += ',' + number(value->assumed_share(one.feature, time));
        }
        if (!note.empty()) csv += ',' + csv_field(note);
        csv += '\n';
    }
    return csv;
}

}  // namespace diaban::ui
