#include "data/join/join_tables.h"

#include <algorithm>
#include <set>

#include "data/gather.h"
#include "data/join/keys.h"
#include "data/join/match.h"

namespace diaban {

namespace {

using Rows = std::vector<int32_t>;  ///< -1 is no row

/// Names that are not taken yet. Files hold "Code" and "code" to be one.
class ColumnNames {
public:
    explicit ColumnNames(const Table& table) {
        for (const Column& column : table.columns())
            taken_.insert(lower(column.name()));
    }
    std::string unused(const std::string& wanted, const std::string& prefix) {
        std::string name = wanted;
        if (taken_.contains(lower(name)) && !prefix.empty()) name = prefix + "_" + wanted;
        const std::string stem = name;
        for (int number = 2; !taken_.insert(lower(name)).second; ++number)
            name = stem + "_" + std::to_string(number);
        return name;
    }

private:
    static std::string lower(std::string text) {
        for (char& c : text)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        return text;
    }
    std::set<std::string> taken_;
};

/// Key columns of the table that say just what the boundaries say wherever they are joined.
std::set<std::string> repeated_keys(const Dataset& boundaries, const JoinSpec& spec, const std::vector<Rows>& rows) {
    std::set<std::string> repeated;
    const auto keys = read_keys(boundaries, spec);
    DIABAN_CHECK(keys.has_value());  // they have been matched by
    for (const KeyTexts& pair : keys->pairs) {
        const bool same = std::all_of(rows.begin(), rows.end(), [&](const Rows& of_time) {
            for (std::size_t feature = 0; feature < of_time.size(); ++feature)
                if (of_time[feature] >= 0 &&
                    pair.base[feature] != pair.table[static_cast<std::size_t>(of_time[feature])])
                    return false;
            return true;
        });
        if (same) repeated.insert(pair.pair.foreign_field);
    }
    return repeated;
}

Dataset wide(const Dataset& boundaries, const JoinSpec& spec, const MatchedRows& matched,
             const std::set<std::string>& left_out) {
    std::vector<Column> columns = boundaries.table.columns();
    ColumnNames names(boundaries.table);
    for (const Column& column : spec.table->table.columns()) {
        if (left_out.contains(column.name()) || column.name() == spec.time_field) continue;
        for (std::size_t time = 0; time < matched.rows.size(); ++time) {
            const std::string suffix = matched.times.empty() ? "" : "_" + std::to_string(matched.times[time]);
            columns.push_back(gathered(column, matched.rows[time], names.unused(column.name() + suffix, spec.name)));
        }
    }
    Dataset joined = boundaries;
    joined.table = Table(std::move(columns), boundaries.size());
    return joined;
}

Dataset long_form(const Dataset& boundaries, const JoinSpec& spec, const MatchedRows& matched,
                  const std::set<std::string>& left_out) {
    Rows features, rows;
    for (std::size_t feature = 0; feature < boundaries.size(); ++feature) {
        const std::size_t before = rows.size();
        for (const Rows& of_time : matched.rows)
            if (of_time[feature] >= 0) rows.push_back(of_time[feature]);
        if (rows.size() == before) rows.push_back(-1);
        features.resize(rows.size(), static_cast<int32_t>(feature));
    }
    std::vector<Column> columns;
    for (const Column& column : boundaries.table.columns())
        columns.push_back(gathered(column, features, column.name()));
    ColumnNames names(boundaries.table);
    for (const Column& column : spec.table->table.columns())
        if (!left_out.contains(column.name()))
            columns.push_back(gathered(column, rows, names.unused(column.name(), spec.name)));

    Dataset joined;
    joined.name = boundaries.name;
    joined.from = boundaries.from;
    joined.table = Table(std::move(columns), rows.size());
    joined.geometry = gathered(boundaries.geometry, features);
    joined.crs = boundaries.crs;
    joined.diagnostics = boundaries.diagnostics;
    return joined;
}

}  // namespace

Expected<JoinedTables> join_tables(const Dataset& boundaries, const JoinSpec& spec, TimeLayout layout) {
    auto matched = match_rows(boundaries, spec);
    if (!matched) return tl::make_unexpected(matched.error());
    const auto left_out = repeated_keys(boundaries, spec, matched->rows);
    Dataset joined = layout == TimeLayout::wide ? wide(boundaries, spec, *matched, left_out)
                                                : long_form(boundaries, spec, *matched, left_out);
    joined.import = nullptr;  // it told how the boundaries alone were read
    joined.diagnostics.insert(joined.diagnostics.end(), matched->diagnostics.begin(), matched->diagnostics.end());
    return JoinedTables{std::make_shared<const Dataset>(std::move(joined)), std::move(matched->report),
                        std::move(matched->diagnostics)};
}

DatasetPtr with_columns(const Dataset& boundaries, const Features::Calculated& more) {
    DIABAN_CHECK(more.table->size() == boundaries.size());
    std::vector<Column> columns = boundaries.table.columns();
    ColumnNames names(boundaries.table);
    for (const Column& column : more.table->table.columns()) {
        std::vector<uint8_t> present(column.size());
        for (std::size_t row = 0; row < present.size(); ++row)
            present[row] = column.is_null(row) ? 0 : 1;
        columns.emplace_back(names.unused(column.name(), more.prefix), column.type(), column.values(),
                             std::move(present));
    }
    Dataset wider = boundaries;
    wider.table = Table(std::move(columns), boundaries.size());
    return std::make_shared<const Dataset>(std::move(wider));
}

}  // namespace diaban
