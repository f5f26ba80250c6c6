#include "data/crosswalk/crosswalk_table.h"

#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/text.h"

namespace diaban {
namespace {

struct Rows {
    std::vector<std::string> from, from_name, to, to_name, basis, source;
    std::vector<double> share;
    std::vector<int64_t> corrected;
    std::vector<uint8_t> has_from, has_to;

    void add(const Unit& from_unit, const Unit& to_unit, const Correspondence* pair) {
        from.push_back(from_unit.id), from_name.push_back(from_unit.name);
        to.push_back(to_unit.id), to_name.push_back(to_unit.name);
        has_from.push_back(from_unit.id.empty() ? 0 : 1), has_to.push_back(to_unit.id.empty() ? 0 : 1);
        share.push_back(pair ? pair->share : 0);
        basis.push_back(pair ? to_id(pair->basis) : std::string());
        source.push_back(pair ? pair->source : std::string());
        corrected.push_back(pair && pair->corrected ? 1 : 0);
    }
};

std::unordered_map<std::string, const Unit*> by_id(const std::vector<Unit>& units) {
    std::unordered_map<std::string, const Unit*> map;
    for (const Unit& unit : units)
        map.emplace(unit.id, &unit);
    return map;
}

/// Null where a text is empty.
Column text_column(std::string name, std::vector<std::string> texts) {
    std::vector<uint8_t> present;
    for (const std::string& text : texts)
        present.push_back(text.empty() ? 0 : 1);
    return Column(std::move(name), ColumnType::text, std::move(texts), std::move(present));
}

}  // namespace

Table to_table(const Crosswalk& crosswalk) {
    const auto from_units = by_id(crosswalk.from_units), to_units = by_id(crosswalk.to_units);
    std::unordered_set<std::string> go, receive;
    Rows rows;
    for (const Correspondence& pair : crosswalk.pairs) {
        rows.add(*from_units.at(pair.from), *to_units.at(pair.to), &pair);
        go.insert(pair.from), receive.insert(pair.to);
    }
    for (const Unit& unit : crosswalk.from_units)
        if (!go.contains(unit.id)) rows.add(unit, {}, nullptr);
    for (const Unit& unit : crosswalk.to_units)
        if (!receive.contains(unit.id)) rows.add({}, unit, nullptr);

    const std::size_t count = rows.from.size();
    std::vector<uint8_t> is_pair;
    for (std::size_t row = 0; row < count; ++row)
        is_pair.push_back(rows.has_from[row] & rows.has_to[row]);
    std::vector<Column> columns;
    columns.push_back(text_column("from", std::move(rows.from)));
    columns.push_back(text_column("from_name", std::move(rows.from_name)));
    columns.push_back(text_column("to", std::move(rows.to)));
    columns.push_back(text_column("to_name", std::move(rows.to_name)));
    columns.emplace_back("share", ColumnType::real, std::move(rows.share), is_pair);
    columns.push_back(text_column("basis", std::move(rows.basis)));
    columns.push_back(text_column("source", std::move(rows.source)));
    columns.emplace_back("corrected", ColumnType::boolean, std::move(rows.corrected), is_pair);
    return Table(std::move(columns), count);
}

Dataset to_dataset(const Crosswalk& crosswalk, const std::string& name) {
    Dataset dataset;
    dataset.name = name;
    dataset.table = to_table(crosswalk);
    dataset.diagnostics = crosswalk.diagnostics;
    return dataset;
}

PairColumns crosswalk_columns() {
    return {.from = "from",
            .to = "to",
            .from_name = "from_name",
            .to_name = "to_name",
            .share = "share",
            .basis = "basis",
            .source = "source",
            .corrected = "corrected",
            .mentions = {}};
}

std::string to_csv(const Crosswalk& crosswalk) {
    const Table table = to_table(crosswalk);
    std::string text;
    const auto add_line = [&](const auto& field_of) {
        for (std::size_t i = 0; i < table.columns().size(); ++i)
            text += (i ? "," : "") + csv_field(field_of(table.columns()[i]));
        text += "\n";
    };
    add_line([](const Column& column) { return column.name(); });
    for (std::size_t row = 0; row < table.row_count(); ++row)
        add_line([&](const Column& column) { return column.text(row); });
    return text;
}

}  // namespace diaban
