#include "cli/query_answer.h"

#include <algorithm>

#include "base/format.h"
#include "base/i18n.h"
#include "cli/say.h"
#include "data/sql/sql_console.h"
#include "query/areas.h"
#include "query/coverage.h"
#include "query/language/parse.h"
#include "query/language/write.h"
#include "workspace/query_layers.h"

namespace diaban {

namespace {

using Json = nlohmann::ordered_json;

tl::unexpected<QuestionError> wrong(Error error, std::string text = {}) {
    return tl::unexpected(QuestionError{std::move(error), std::move(text)});
}

/// Of the texts of a question, the one that an error points into: the one that fails alike by itself.
std::string text_at_fault(const Error& error, const FeatureQuery& query, const QueryLayers& layers, QueryCache& cache,
                          Progress& progress) {
    if (error_position(error) == 0) return {};
    const auto fails_alike = [&](const FeatureQuery& part) {
        const auto answer = ask(part, layers, cache, progress);
        return !answer && answer.error() == error;
    };
    if (!query.where.empty() && fails_alike({query.layer, query.where, {}})) return query.where;
    for (const AskedColumn& column : query.columns)
        if (fails_alike({query.layer, {}, {column}})) return column.value;
    return {};
}

std::string count_in_words(const Dataset& dataset) {
    const auto n = static_cast<long>(dataset.size());
    return say(dataset.has_geometry() ? tr_n("{} feature", "{} features", n) : tr_n("{} row", "{} rows", n),
               format_integer(n));
}

Json to_json(const CoverageShare& share) {
    Json json{{"covered", share.covered}, {"total", share.total}};
    json["share"] = share.total > 0 ? Json(share.covered / share.total) : Json();
    json["covered_count"] = share.covered_count;
    json["total_count"] = share.total_count;
    return json;
}

struct Answerer {
    const QueryLayers& layers;
    CoveragePart part;
    bool all_parts;
    QueryCache& cache;
    Progress& progress;

    Understood<QueryAnswer> operator()(const FeatureQuery& query) const {
        auto found = ask(query, layers, cache, progress);
        if (!found) return wrong(found.error(), text_at_fault(found.error(), query, layers, cache, progress));
        QueryAnswer answer{.sentence = found->sentence};
        answer.datasets = {to_dataset(*found, layers)};
        answer.calculated = found->columns.size();
        answer.asked = found->asked_count;
        answer.notes = std::move(found->notes);
        return answer;
    }

    Understood<QueryAnswer> operator()(CoverageQuery query) const {
        if (part == CoveragePart::covered) query.gap = false;
        if (part == CoveragePart::areas && query.by.empty())
            return wrong({ErrorKind::wrong_usage,
                          tr("by which areas it is to be told is not said"),
                          {},
                          tr("Name their layer after --by.")});
        const auto basis = coverage_basis(query, layers, cache, progress);
        if (!basis) {
            const bool of_demand = !parse_condition(query.demand_where) || query.facilities_where.empty();
            return wrong(basis.error(), of_demand ? query.demand_where : query.facilities_where);
        }
        const CoverageAnswer coverage = covered_within(**basis, query.reach.metres());
        QueryAnswer answer{.sentence = in_words(query, coverage, **basis, layers)};
        const bool every = all_parts && part == CoveragePart::automatic;
        const bool list = part != CoveragePart::areas && part != CoveragePart::facilities;
        if (list) answer.datasets.push_back(gap_dataset(query, coverage, **basis, layers));
        if (!query.by.empty() && (every || part == CoveragePart::areas))
            answer.datasets.push_back(areas_dataset(query, coverage, **basis, layers));
        if (every || part == CoveragePart::facilities)
            answer.datasets.push_back(facilities_dataset(query, coverage, **basis, layers));
        if (list) answer.asked = coverage.total.total_count;
        answer.facts = to_json(coverage.total);
        answer.facts["reach_metres"] = query.reach.metres().value();
        if (!query.by.empty()) {
            answer.facts["areas"] = rows_as_json(*areas_dataset(query, coverage, **basis, layers));
            answer.facts["nowhere"] = to_json(coverage.nowhere);
        }
        answer.facts["facilities"] = rows_as_json(*facilities_dataset(query, coverage, **basis, layers));
        answer.notes = (*basis)->notes;
        return answer;
    }

    Understood<QueryAnswer> operator()(const BufferQuery& query) const {
        return of_dataset(buffer_dataset(query, layers, cache, progress), query.where);
    }
    Understood<QueryAnswer> operator()(const ServiceAreaQuery& query) const {
        return of_dataset(service_area_dataset(query, layers, cache, progress), query.where);
    }
    Understood<QueryAnswer> operator()(const SqlQuery& query) const {
        std::vector<SqlTable> tables;
        for (const QueryLayer& layer : layers.list)
            if (layer.features) tables.push_back({layer.id, layer.features, layer.features->time_index(layers.time)});
        auto rows = run_sql(query.sql, tables, {}, progress);
        if (!rows) return wrong(rows.error());
        QueryAnswer answer{.sentence = say("{}: {}.", query.sql, count_in_words(**rows))};
        answer.notes = (*rows)->diagnostics;
        answer.datasets = {std::move(*rows)};
        return answer;
    }

private:
    static Understood<QueryAnswer> of_dataset(Expected<DatasetPtr> made, const std::string& where) {
        if (!made) return wrong(made.error(), where);
        QueryAnswer answer{.sentence = say("{}: {}.", (*made)->name, count_in_words(**made))};
        answer.notes = (*made)->diagnostics;
        answer.datasets = {std::move(*made)};
        return answer;
    }
};

Json value_at(const Column& column, std::size_t row) {
    if (column.is_null(row)) return {};
    if (column.type() == ColumnType::integer) return *column.integer(row);
    if (column.type() == ColumnType::boolean) return *column.integer(row) != 0;
    if (column.type() == ColumnType::real) {
        const auto number = column.number(row);
        return number ? Json(*number) : Json();
    }
    return column.text(row);
}

// ── a table for a terminal ──

constexpr std::size_t widest_row = 110, widest_cell = 32;

/// How many places a text takes: its characters.
std::size_t width_of(const std::string& text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string shortened(std::string text) {
    std::ranges::replace(text, '\n', ' ');
    if (width_of(text) <= widest_cell) return text;
    std::size_t characters = 0, cut = 0;
    for (; cut < text.size(); ++cut)
        if ((static_cast<unsigned char>(text[cut]) & 0xC0U) != 0x80U && ++characters == widest_cell) break;
    return text.substr(0, cut) + "…";
}

std::string cell(const Column& column, std::size_t row) {
    if (column.is_null(row)) return "–";
    if (column.type() == ColumnType::real) return format_number(column.number(row).value_or(std::nan("")));
    return shortened(column.text(row));  // codes and years as they stand, to be copied
}

/// The columns in the order of their use to a reader.
std::vector<const Column*> columns_by_use(const Dataset& dataset, std::size_t calculated) {
    const auto& all = dataset.table.columns();
    std::vector<const Column*> order;
    const auto add = [&](const Column* column) {
        if (column != nullptr && std::ranges::find(order, column) == order.end()) order.push_back(column);
    };
    add(dataset.table.find(guess_name_column(dataset.table)));
    add(dataset.table.find(guess_code_column(dataset.table)));
    for (std::size_t i = all.size() - std::min(calculated, all.size()); i < all.size(); ++i)
        add(&all[i]);
    for (const Column& column : all)
        add(&column);
    return order;
}

struct Cells {
    bool right = false;
    std::vector<std::string> texts;  ///< the name first
    std::size_t width = 0;
};

Cells cells_of(const Column& column, std::size_t rows) {
    Cells cells{column.numeric(), {shortened(column.name())}, 0};
    for (std::size_t row = 0; row < rows; ++row)
        cells.texts.push_back(cell(column, row));
    for (const std::string& text : cells.texts)
        cells.width = std::max(cells.width, width_of(text));
    return cells;
}

}  // namespace

Understood<QueryAnswer> answer_of(const SavedQuery& query, const QueryLayers& layers, CoveragePart part, bool all_parts,
                                  Progress& progress) {
    QueryCache cache;
    auto answer = std::visit(Answerer{layers, part, all_parts, cache, progress}, query.ask);
    if (!answer || query.name.empty()) return answer;
    Dataset named = *answer->datasets.front();
    named.name = query.name;
    answer->datasets.front() = std::make_shared<const Dataset>(std::move(named));
    return answer;
}

Json rows_as_json(const Dataset& dataset) {
    Json rows = Json::array();
    for (std::size_t row = 0; row < dataset.size(); ++row) {
        Json one = Json::object();
        for (const Column& column : dataset.table.columns())
            one[column.name()] = value_at(column, row);
        rows.push_back(std::move(one));
    }
    return rows;
}

std::string rows_as_text(const Dataset& dataset, std::size_t calculated, std::size_t most_rows) {
    const std::size_t rows = std::min(dataset.size(), most_rows);
    if (rows == 0 || dataset.table.columns().empty()) return {};
    std::vector<Cells> shown;
    std::size_t width = 0;
    for (const Column* column : columns_by_use(dataset, calculated)) {
        Cells cells = cells_of(*column, rows);
        if (!shown.empty() && width + 2 + cells.width > widest_row) break;
        width += (shown.empty() ? 0 : 2) + cells.width;
        shown.push_back(std::move(cells));
    }
    std::string text;
    for (std::size_t line = 0; line <= rows; ++line) {
        std::string row;
        for (const Cells& cells : shown) {
            const std::string room(cells.width - width_of(cells.texts[line]), ' ');
            row += (row.empty() ? "" : "  ") + (cells.right ? room + cells.texts[line] : cells.texts[line] + room);
        }
        row.erase(row.find_last_not_of(' ') + 1);
        text += row + "\n";
    }
    const auto more = [&](std::size_t whole, std::size_t part, const char* one, const char* several) {
        const auto n = static_cast<long>(whole - part);
        return n == 0 ? std::string() : say(tr_n(one, several, n), format_integer(n));
    };
    const std::string more_rows = more(dataset.size(), rows, "{} more row", "{} more rows");
    const std::string more_columns =
        more(dataset.table.columns().size(), shown.size(), "{} more column", "{} more columns");
    if (!more_rows.empty() || !more_columns.empty())
        text += "… " + more_rows + (more_rows.empty() || more_columns.empty() ? "" : ", ") + more_columns + "\n";
    return text;
}

}  // namespace diaban
