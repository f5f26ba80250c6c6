#include "query/column_seen.h"

#include <charconv>

#include "data/gather.h"
#include "data/sheet/dates.h"
#include "data/unique_names.h"

namespace diaban {

namespace {

/// What stands in a column of whole numbers (booleans, dates), from what the field shows of it.
int64_t whole(const Field& field, uint32_t feature, std::size_t time) {
    const std::string text = field.text(feature, time);
    int64_t value = 0;
    switch (field.column().type()) {
        case ColumnType::boolean:
            return text == "true" ? 1 : 0;
        case ColumnType::date:
            return parse_iso_date(text).value_or(Moment{}).days;
        case ColumnType::date_time: {
            const Moment moment = parse_iso_date(text).value_or(Moment{});
            return moment.days * milliseconds_a_day + moment.milliseconds.value_or(0);
        }
        default:
            std::from_chars(text.data(), text.data() + text.size(), value);
            return value;
    }
}

template <class Value, class Read>
std::vector<Value> values_seen(const std::vector<uint8_t>& present, Read read) {
    std::vector<Value> values(present.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        if (present[i] != 0) values[i] = read(i);
    return values;
}

}  // namespace

Column column_seen(const Field& field, std::span<const int32_t> features, std::size_t time, std::string name) {
    const auto feature = [&](std::size_t i) { return static_cast<uint32_t>(features[i]); };
    std::vector<uint8_t> present(features.size());
    for (std::size_t i = 0; i < features.size(); ++i)
        present[i] = field.is_null(feature(i), time) ? 0 : 1;
    Column::Values values;
    switch (field.column().type()) {
        case ColumnType::text:
            values = values_seen<std::string>(present, [&](std::size_t i) { return field.text(feature(i), time); });
            break;
        case ColumnType::real:
            values =
                values_seen<double>(present, [&](std::size_t i) { return field.number(feature(i), time).value_or(0); });
            break;
        default:
            values = values_seen<int64_t>(present, [&](std::size_t i) { return whole(field, feature(i), time); });
    }
    return Column(std::move(name), field.column().type(), std::move(values), std::move(present));
}

std::vector<Column> columns_seen(const Features& all, std::span<const int32_t> features, std::size_t time) {
    std::vector<Column> columns;
    UniqueNames names;
    const auto& own = all.base().table.columns();
    for (const Column& column : own)
        columns.push_back(gathered(column, features, names.take(column.name())));
    for (const Field& field : all.fields()) {
        if (all.base().table.find(field.name()) == &field.column()) continue;
        // "stunted" where only one table has it.
        const auto plain = all.field(field.column().name());
        const bool only = plain && &plain->column() == &field.column();
        columns.push_back(column_seen(field, features, time, names.take(only ? field.column().name() : field.name())));
    }
    return columns;
}

}  // namespace diaban
