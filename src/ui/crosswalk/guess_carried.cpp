#include "ui/crosswalk/guess_carried.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "data/crosswalk/crosswalk_table.h"
#include "data/crosswalk/unit_lookup.h"

namespace diaban::ui {

namespace {

/// Enough to tell whether two columns speak of the same units.
constexpr std::size_t rows_looked_at = 4000;
/// Below this part of the values, two columns have nothing to do with each other.
constexpr double least_fit = 0.3;

using Values = std::set<std::string>;

Values values_of(const Column& column) {
    Values values;
    const std::size_t rows = std::min(column.size(), rows_looked_at);
    for (std::size_t row = 0; row < rows; ++row)
        if (!column.is_null(row)) values.insert(unit_key(column.text(row)));
    return values;
}

bool may_be_key(const Column& column) {
    return column.type() == ColumnType::text || column.type() == ColumnType::integer;
}

/// How many of `a` are in `b`, 0–1.
double fit(const Values& a, const Values& b) {
    if (a.size() < 2) return 0;
    const auto known = std::ranges::count_if(a, [&](const std::string& value) { return b.contains(value); });
    return static_cast<double>(known) / static_cast<double>(a.size());
}

const Dataset* find(const Datasets& datasets, const std::string& id) {
    const auto it = datasets.find(id);
    return it == datasets.end() ? nullptr : it->second.get();
}

struct Partner {
    std::string column;
    double fit = 0;
};

/// Of `among`, the column that holds most of the values.
Partner partner_of(const Values& values, const Dataset& among) {
    Partner best;
    for (const Column& column : among.table.columns()) {
        if (!may_be_key(column)) continue;
        const double now = fit(values, values_of(column));
        if (now > best.fit) best = {column.name(), now};
    }
    return best;
}

/// A text of `words` occurs in the column's name.
std::string named(const Dataset& dataset, std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words)
        for (const Column& column : dataset.table.columns())
            if (fold(column.name()).find(word) != std::string::npos) return column.name();
    return {};
}

std::string column_called(const Dataset& dataset, const std::string& name) {
    return dataset.table.find(name) != nullptr ? name : std::string();
}

bool taken(const Workspace& workspace, const std::string& source) {
    const bool joined = std::ranges::any_of(workspace.layers, [&](const Layer& layer) {
        return std::ranges::any_of(layer.joins, [&](const Join& join) { return join.source == source; });
    });
    return joined || std::ranges::any_of(workspace.carried, [&](const CarriedSource& carried) {
               const auto parts = sources_of(carried);
               return std::ranges::find(parts, source) != parts.end();
           });
}

/// A table's likeliest key: the column that some other table or layer knows best, else its code or name.
std::string key_of(const Workspace& workspace, const Datasets& datasets, const std::string& table,
                   const std::string& unless) {
    const Dataset* data = find(datasets, table);
    if (data == nullptr) return {};
    std::string best;
    double best_fit = least_fit;
    for (const Column& column : data->table.columns()) {
        if (column.type() != ColumnType::text) continue;
        const Values values = values_of(column);
        for (const Source& source : workspace.sources) {
            const Dataset* other = find(datasets, source.id);
            if (other == nullptr || other == data || source.id == unless) continue;
            const Partner partner = partner_of(values, *other);
            if (partner.fit > best_fit) best = column.name(), best_fit = partner.fit;
        }
    }
    if (best.empty()) best = guess_code_column(data->table);
    if (best.empty()) best = guess_name_column(data->table);
    return best;
}

/// A year beside a key that alone names several rows.
std::string time_of(const Dataset& data, const std::string& key) {
    const Column* keys = data.table.find(key);
    if (keys == nullptr || values_of(*keys).size() == std::min(data.size(), rows_looked_at)) return {};
    for (const char* time : {"year", "nam", "năm", "tahun"})
        for (const Column& column : data.table.columns())
            if (fold(column.name()) == fold(time)) return column.name();
    return {};
}

const Layer* layer_with(const Workspace& workspace, const std::string& id) {
    return workspace.find_layer(id);
}

}  // namespace

std::string best_partner(const Dataset& units, const Dataset& table, const std::string& name) {
    const Column* column = table.table.find(name);
    return column == nullptr ? std::string() : partner_of(values_of(*column), units).column;
}

PairColumns guess_pair_columns(const Dataset& pairs, const Dataset* data, const std::string& key,
                               const Dataset* units) {
    PairColumns columns;
    const PairColumns own = crosswalk_columns();
    const Column* keys = data != nullptr ? data->table.find(key) : nullptr;
    if (keys != nullptr) columns.from = partner_of(values_of(*keys), pairs).column;
    if (columns.from.empty()) columns.from = column_called(pairs, own.from);
    double best = least_fit;
    for (const Column& column : pairs.table.columns()) {
        if (units == nullptr || column.name() == columns.from || !may_be_key(column)) continue;
        const double now = partner_of(values_of(column), *units).fit;
        if (now > best) columns.to = column.name(), best = now;
    }
    if (columns.to.empty()) columns.to = column_called(pairs, own.to);
    const auto beside = [&](std::initializer_list<std::string_view> words) {
        std::string found = named(pairs, words);
        return found == columns.from || found == columns.to ? std::string() : found;
    };
    columns.from_name = beside({"from_name", "old_name"});
    columns.to_name = beside({"to_name", "new_name", "new_full_name"});
    columns.share = beside({"share", "ty_le", "percent"});
    columns.basis = beside({"basis"});
    columns.source = beside({"source", "nguon"});
    columns.corrected = beside({"corrected"});
    columns.mentions = beside({"mentions", "named_in"});
    return columns;
}

PairsOf guess_pairs(const Workspace& workspace, const Datasets& datasets, const std::string& layer,
                    const std::string& table, const std::string& key) {
    PairsOf best;
    double best_fit = least_fit;
    const Dataset* data = find(datasets, table);
    const Layer* target = layer_with(workspace, layer);
    const Dataset* units = target != nullptr ? find(datasets, target->source) : nullptr;
    const Column* keys = data != nullptr ? data->table.find(key) : nullptr;
    for (const Source& source : workspace.sources) {
        const Dataset* pairs = find(datasets, source.id);
        if (pairs == nullptr || pairs == data || pairs->has_geometry() || keys == nullptr) continue;
        const Partner from = partner_of(values_of(*keys), *pairs);
        if (from.fit <= best_fit) continue;
        PairColumns columns = guess_pair_columns(*pairs, data, key, units);
        if (columns.to.empty()) continue;
        best = {source.id, std::move(columns)};
        best_fit = from.fit;
    }
    return best;
}

NamesOf guess_names(const Workspace& workspace, const Datasets& datasets, const std::string& layer) {
    NamesOf names;
    const Layer* target = layer_with(workspace, layer);
    const Dataset* units = target != nullptr ? find(datasets, target->source) : nullptr;
    if (units == nullptr) return names;
    names.source = target->source;
    names.columns.id = guess_code_column(units->table);
    names.columns.name = guess_name_column(units->table);
    names.columns.list = named(*units, {"merged", "sap_nhap", "sapnhap", "truocsn", "truoc_sap"});
    names.columns.parent = named(*units, {"province", "tinh", "parent"});
    return names;
}

OverlayOf guess_overlay(const Workspace& workspace, const Datasets& datasets, const std::string& layer,
                        bool by_points) {
    OverlayOf overlay;
    const auto ids_of = [](const Dataset& units, std::string& id, std::string& name) {
        id = guess_code_column(units.table);
        name = guess_name_column(units.table);
        if (id.empty()) id = name;
    };
    const Layer* target = layer_with(workspace, layer);
    if (target != nullptr)
        if (const Dataset* units = find(datasets, target->source)) {
            overlay.new_units = target->source;
            ids_of(*units, overlay.new_id, overlay.new_name);
        }
    for (const Source& source : workspace.sources) {
        const Dataset* other = find(datasets, source.id);
        if (other == nullptr || source.session_only || source.id == overlay.new_units) continue;
        if (other->geometry.kind() == GeometryKind::polygon && overlay.old_units.empty()) {
            overlay.old_units = source.id;
            ids_of(*other, overlay.old_id, overlay.old_name);
        }
        if (by_points && other->geometry.kind() == GeometryKind::point && overlay.points.empty()) {
            overlay.points = source.id;
            overlay.weight = named(*other, {"household", "ho_dan", "so_ho", "population", "dan_so"});
        }
    }
    return overlay;
}

GuessedCarrying guess_carrying(const Workspace& workspace, const Datasets& datasets, const std::string& layer,
                               const std::string& wanted) {
    GuessedCarrying best;
    const Layer* target = layer_with(workspace, layer);
    const std::string units = target != nullptr ? target->source : std::string();
    std::vector<std::string> tables{wanted};
    if (wanted.empty()) {
        tables.clear();
        for (const bool free_only : {true, false})
            for (const Source& source : workspace.sources) {
                const Dataset* data = find(datasets, source.id);
                const bool known = std::ranges::find(tables, source.id) != tables.end();
                if (data == nullptr || data->has_geometry() || known) continue;
                if (!free_only || !taken(workspace, source.id)) tables.push_back(source.id);
            }
    }
    for (const std::string& table : tables) {
        CarriedSource carried;
        carried.data = table;
        carried.key = key_of(workspace, datasets, table, units);
        const Dataset* data = find(datasets, table);
        if (data != nullptr) carried.time_field = time_of(*data, carried.key);
        const PairsOf pairs = guess_pairs(workspace, datasets, layer, table, carried.key);
        const NamesOf names = guess_names(workspace, datasets, layer);
        const OverlayOf overlay = guess_overlay(workspace, datasets, layer, false);
        const bool fits = !pairs.source.empty();
        if (fits) {
            carried.by = pairs;
        } else if (!names.columns.list.empty()) {
            carried.by = names;
        } else if (!overlay.old_units.empty()) {
            carried.by = overlay;
        }
        const bool first = best.carried.data.empty();
        if (first || fits) best.carried = carried;
        if (fits) break;
    }
    const Dataset* of_units = find(datasets, units);
    if (of_units == nullptr) return best;
    if (const auto* pairs = std::get_if<PairsOf>(&best.carried.by)) {
        if (const Dataset* table = find(datasets, pairs->source))
            best.layer_key = best_partner(*of_units, *table, pairs->columns.to);
    }
    if (best.layer_key.empty()) best.layer_key = guess_code_column(of_units->table);
    return best;
}

}  // namespace diaban::ui
