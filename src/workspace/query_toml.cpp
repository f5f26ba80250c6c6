#include "workspace/query_toml.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/i18n.h"
#include "data/did_you_mean.h"
#include "query/language/parse.h"
#include "query/language/write.h"

namespace diaban {

namespace {

constexpr const char* kinds[] = {"find", "coverage", "buffer", "service_areas", "sql"};

/// What of a kind has to be there.
void need(const toml::table& table, TomlErrors& errors, std::initializer_list<const std::string*> texts,
          const char* what) {
    if (std::ranges::any_of(texts, [](const std::string* text) { return text->empty(); })) errors.add(&table, what);
}

query::Distance read_distance(TomlReader& reader, std::string_view key, const toml::table& table, TomlErrors& errors) {
    const auto wrong = [&](const toml::node* at) {
        errors.add(at, fmt::format(fmt::runtime(tr("\"{}\" has to be a distance such as \"5 km\" or \"300 m\"")), key));
        return query::Distance();
    };
    if (!reader.has(key)) return wrong(&table);
    std::string text;
    reader.read(key, text);
    const auto sum = parse_sum(text);
    const auto* number = sum ? std::get_if<query::Number>(&sum->is) : nullptr;
    if (number == nullptr || number->value < 0) return wrong(reader.node(key));
    if (number->unit == query::NumberUnit::metre) return {number->value, query::LengthUnit::metre};
    if (number->unit == query::NumberUnit::kilometre) return {number->value, query::LengthUnit::kilometre};
    return wrong(reader.node(key));
}

FeatureQuery read_find(TomlReader& reader, const toml::table& table, TomlErrors& errors) {
    FeatureQuery query;
    reader.read("layer", query.layer);
    reader.read("where", query.where);
    query.columns = asked_columns_from_toml(reader, errors);
    need(table, errors, {&query.layer}, tr("a query of the kind \"find\" needs its layer"));
    return query;
}

CoverageQuery read_coverage(TomlReader& reader, const toml::table& table, TomlErrors& errors) {
    CoverageQuery query;
    reader.read("demand", query.demand);
    reader.read("demand_where", query.demand_where);
    reader.read("weight", query.weight);
    reader.read("facilities", query.facilities);
    reader.read("facilities_where", query.facilities_where);
    reader.read("by", query.by);
    reader.read("gap", query.gap);
    need(table, errors, {&query.demand, &query.facilities},
         tr("a query of the kind \"coverage\" needs the layers \"demand\" and \"facilities\""));
    query.reach = read_distance(reader, "within", table, errors);
    return query;
}

BufferQuery read_buffer(TomlReader& reader, const toml::table& table, TomlErrors& errors) {
    BufferQuery query;
    reader.read("layer", query.layer);
    reader.read("where", query.where);
    reader.read("dissolve", query.dissolve);
    need(table, errors, {&query.layer}, tr("a query of the kind \"buffer\" needs its layer"));
    query.distance = read_distance(reader, "distance", table, errors);
    return query;
}

ServiceAreaQuery read_service_areas(TomlReader& reader, const toml::table& table, TomlErrors& errors) {
    ServiceAreaQuery query;
    reader.read("facilities", query.facilities);
    reader.read("where", query.where);
    reader.read("clip", query.clip);
    need(table, errors, {&query.facilities},
         tr("a query of the kind \"service_areas\" needs the layer \"facilities\""));
    return query;
}

SqlQuery read_sql(TomlReader& reader, const toml::table& table, TomlErrors& errors) {
    SqlQuery query;
    reader.read("sql", query.sql);
    need(table, errors, {&query.sql}, tr("a query of the kind \"sql\" needs its statement, \"sql\""));
    return query;
}

Query read_question(const std::string& kind, TomlReader& reader, const toml::table& table, TomlErrors& errors) {
    if (kind == "find") return read_find(reader, table, errors);
    if (kind == "coverage") return read_coverage(reader, table, errors);
    if (kind == "buffer") return read_buffer(reader, table, errors);
    if (kind == "service_areas") return read_service_areas(reader, table, errors);
    if (kind == "sql") return read_sql(reader, table, errors);
    const toml::node* at = reader.has("kind") ? reader.node("kind") : &table;
    errors.add(at, tr("a query needs its kind: \"find\", \"coverage\", \"buffer\", \"service_areas\" or \"sql\""),
               did_you_mean(kind, {std::begin(kinds), std::end(kinds)}));
    return FeatureQuery();
}

/// Puts a question's own keys into a table, its kind first; what equals a default is left out.
struct WriteQuestion {
    toml::table& table;

    void put(const char* key, const std::string& text) const {
        if (!text.empty()) table.insert(key, text);
    }
    void operator()(const FeatureQuery& query) const {
        put("kind", "find");
        put("layer", query.layer);
        put("where", query.where);
        if (auto columns = asked_columns_to_toml(query.columns); !columns.empty())
            table.insert("columns", std::move(columns));
    }
    void operator()(const CoverageQuery& query) const {
        put("kind", "coverage");
        put("demand", query.demand);
        put("demand_where", query.demand_where);
        put("weight", query.weight);
        put("facilities", query.facilities);
        put("facilities_where", query.facilities_where);
        put("within", to_text(query.reach));
        put("by", query.by);
        if (!query.gap) table.insert("gap", false);
    }
    void operator()(const BufferQuery& query) const {
        put("kind", "buffer");
        put("layer", query.layer);
        put("where", query.where);
        put("distance", to_text(query.distance));
        if (query.dissolve) table.insert("dissolve", true);
    }
    void operator()(const ServiceAreaQuery& query) const {
        put("kind", "service_areas");
        put("facilities", query.facilities);
        put("where", query.where);
        put("clip", query.clip);
    }
    void operator()(const SqlQuery& query) const {
        put("kind", "sql");
        put("sql", query.sql);
    }
};

}  // namespace

SavedQuery query_from_toml(const toml::table& table, TomlErrors& errors) {
    TomlReader reader(table, errors);
    SavedQuery query;
    std::string kind;
    reader.read("id", query.id);
    reader.read("name", query.name);
    reader.read("kind", kind);
    reader.read("time", query.time);
    query.ask = read_question(kind, reader, table, errors);
    need(table, errors, {&query.id}, tr("a query needs an id"));
    if (query.name.empty()) query.name = query.id;
    reader.refuse_unknown_keys();
    return query;
}

toml::table query_to_toml(const SavedQuery& query) {
    toml::table table{{"id", query.id}, {"name", query.name}};
    std::visit(WriteQuestion{table}, query.ask);
    if (query.time) table.insert("time", *query.time);
    return table;
}

std::vector<AskedColumn> asked_columns_from_toml(TomlReader& reader, TomlErrors& errors) {
    std::vector<AskedColumn> columns;
    for (const toml::table* table : reader.tables("columns")) {
        TomlReader of_column(*table, errors);
        AskedColumn column;
        of_column.read("name", column.name);
        of_column.read("value", column.value);
        need(*table, errors, {&column.name, &column.value}, tr("a calculated column needs its name and its value"));
        of_column.refuse_unknown_keys();
        if (std::ranges::find(columns, column.name, &AskedColumn::name) != columns.end())
            errors.add(table, fmt::format(fmt::runtime(tr("two columns are called \"{}\"")), column.name));
        columns.push_back(std::move(column));
    }
    return columns;
}

toml::array asked_columns_to_toml(const std::vector<AskedColumn>& columns) {
    toml::array array;
    for (const AskedColumn& column : columns)
        array.push_back(toml::table{{"name", column.name}, {"value", column.value}});
    return array;
}

}  // namespace diaban
