#include "ui/panels/ranking_csv.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "ui/panels/parts.h"

namespace diaban::ui {

namespace {

std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string result = "\"";
    for (const char c : text)
        result += c == '"' ? std::string("\"\"") : std::string(1, c);
    return result + "\"";
}

std::string number(std::optional<double> value) {
    return value && std::isfinite(*value) ? fmt::format("{}", *value) : std::string();
}

}  // namespace

std::string ranking_csv(const Features& features, const std::vector<Criterion>& criteria,
                        const std::vector<Ranked>& ranked, std::size_t time,
                        const std::function<std::string(uint32_t)>& name) {
    std::string csv = "\xEF\xBB\xBFrank,name,score,incomplete";
    std::vector<std::optional<MeasureValues>> values;
    for (const Criterion& criterion : criteria) {
        const auto bound = MeasureValues::bind(features, criterion.measure);
        values.push_back(bound ? std::optional(*bound) : std::nullopt);
        csv += ',' + quoted(measure_label(criterion.measure));
        if (bound && bound->is_ratio())
            csv += ',' + quoted(criterion.measure.numerator) + ',' + quoted(criterion.measure.denominator);
    }
    csv += '\n';
    for (const Ranked& one : ranked) {
        const bool placed = std::isfinite(one.score);
        csv += fmt::format("{},{},{},{}", placed ? std::to_string(one.rank) : "", quoted(name(one.feature)),
                           number(one.score), one.incomplete ? 1 : 0);
        for (const auto& value : values) {
            csv += ',' + (value ? number(value->value(one.feature, time)) : std::string());
            if (value && value->is_ratio())
                csv += ',' + number(value->numerator(one.feature, time)) + ',' +
                       number(value->denominator(one.feature, time));
        }
        csv += '\n';
    }
    return csv;
}

}  // namespace diaban::ui
