#include <fmt/format.h>

#include <algorithm>

#include "base/i18n.h"
#include "data/features.h"

namespace diaban {

namespace {

Expected<Field> numeric_field(const Features& features, const std::string& name) {
    auto field = features.require_field(name);
    if (field && !field->column().numeric() && field->column().type() != ColumnType::boolean)
        return fail(ErrorKind::bad_input,
                    fmt::format(fmt::runtime(tr("the field “{}” holds {}, and a number is needed")), name,
                                to_text(field->column().type())),
                    {.file = {}, .layer = features.base().name, .field = name, .row = {}},
                    tr("Choose a field of numbers."));
    return field;
}

}  // namespace

Expected<MeasureValues> MeasureValues::bind(const Features& features, const Measure& measure) {
    MeasureValues values;
    auto numerator = numeric_field(features, measure.numerator);
    if (!numerator) return tl::make_unexpected(numerator.error());
    values.numerator_ = std::move(*numerator);
    if (measure.denominator.empty()) return values;
    auto denominator = numeric_field(features, measure.denominator);
    if (!denominator) return tl::make_unexpected(denominator.error());
    values.denominator_ = std::move(*denominator);
    values.scale_ = measure.scale;
    return values;
}

std::optional<double> MeasureValues::numerator(uint32_t feature, std::size_t time) const {
    return numerator_ ? numerator_->number(feature, time) : std::nullopt;
}

std::optional<double> MeasureValues::denominator(uint32_t feature, std::size_t time) const {
    return denominator_ ? denominator_->number(feature, time) : std::nullopt;
}

std::optional<double> MeasureValues::value(uint32_t feature, std::size_t time) const {
    const auto upper = numerator(feature, time);
    if (!denominator_ || !upper) return upper;
    const auto lower = denominator(feature, time);
    if (!lower || *lower == 0) return {};
    return *upper / *lower * scale_;
}

double MeasureValues::assumed_share(uint32_t feature, std::size_t time) const {
    const double upper = numerator_ ? numerator_->assumed(feature, time) : 0;
    const double lower = denominator_ ? denominator_->assumed(feature, time) : 0;
    return std::max(upper, lower);
}

std::vector<double> MeasureValues::all_values(uint32_t feature_count, std::size_t time_count) const {
    // Without times every time shows the same values: once is enough.
    const bool changes = (numerator_ && numerator_->has_times()) || (denominator_ && denominator_->has_times());
    const std::size_t times = changes ? time_count : std::min<std::size_t>(time_count, 1);
    std::vector<double> values;
    values.reserve(times * feature_count);
    for (std::size_t time = 0; time < times; ++time)
        for (uint32_t feature = 0; feature < feature_count; ++feature)
            if (const auto v = value(feature, time)) values.push_back(*v);
    return values;
}

}  // namespace diaban
