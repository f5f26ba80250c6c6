// Which layers questions, filters and calculated columns speak of.
#include <algorithm>

#include "base/text.h"
#include "query/language/parse.h"
#include "workspace/query_layers.h"

namespace diaban {

namespace {

/// Walks a condition and collects the names of its targets.
class Targets {
public:
    explicit Targets(std::vector<std::string>& names) : names_(names) {}

    void name(const std::string& layer) {
        if (!layer.empty() && std::ranges::find(names_, layer) == names_.end()) names_.push_back(layer);
    }
    void condition(std::string_view text) {
        if (const auto parsed = parse_condition(text)) visit(*parsed);
    }
    void sum(std::string_view text) {
        if (const auto parsed = parse_sum(text)) visit(*parsed);
    }

private:
    void visit(const query::Condition& condition) {
        std::visit([this](const auto& is) { look(is); }, condition.is);
    }
    void visit(const query::Sum& sum) {
        std::visit([this](const auto& is) { look(is); }, sum.is);
    }
    void visit(const query::Target& target) {
        name(target.layer);
        visit_all(target.where);
    }
    template <class Part>
    void visit_all(const std::vector<Part>& parts) {
        for (const Part& part : parts)
            visit(part);
    }

    void look(const query::Everything&) {}
    void look(const query::AllOf& all) { visit_all(all.of); }
    void look(const query::AnyOf& any) { visit_all(any.of); }
    void look(const query::Not& negated) { visit_all(negated.of); }
    void look(const query::Compare& compare) { visit_all(compare.sides); }
    void look(const query::In& in) { visit_all(in.values); }
    void look(const query::Between& between) { visit_all(between.values); }
    void look(const query::Like& like) { visit_all(like.of); }
    void look(const query::IsNull& null) { visit_all(null.of); }
    void look(const query::Relates& relates) { visit(relates.target); }
    void look(const query::Near& near) { visit(near.target); }
    void look(const query::AmongNearest& among) { visit(among.target); }
    void look(const query::RunsAlong& along) { visit(along.target); }
    void look(const query::InBelt& belt) { visit(belt.target); }
    void look(const query::InDrawn&) {}

    void look(const query::Number&) {}
    void look(const query::Text&) {}
    void look(const query::ColumnName&) {}
    void look(const query::OwnMeasure&) {}
    void look(const query::Plain& plain) { visit_all(plain.of); }
    void look(const query::Negative& negative) { visit_all(negative.of); }
    void look(const query::Arithmetic& arithmetic) { visit_all(arithmetic.sides); }
    void look(const query::Aggregate& aggregate) {
        visit_all(aggregate.of);
        visit(aggregate.target);
        visit_all(aggregate.per);
    }
    void look(const query::ToNearest& nearest) { visit(nearest.target); }

    std::vector<std::string>& names_;
};

/// Every bare or quoted name of a statement; texts and comments are none.
void sql_names(std::string_view sql, Targets& targets) {
    const auto in_word = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               static_cast<unsigned char>(c) >= 0x80;
    };
    for (std::size_t at = 0; at < sql.size();) {
        const char c = sql[at];
        const auto past = [&](std::string_view end, std::size_t from) {
            const std::size_t found = sql.find(end, from);
            return found == std::string_view::npos ? sql.size() : found + end.size();
        };
        if (sql.substr(at).starts_with("--")) {
            at = past("\n", at);
        } else if (sql.substr(at).starts_with("/*")) {
            at = past("*/", at + 2);
        } else if (c == '\'') {
            at = past("'", at + 1);
        } else if (c == '"' || c == '`' || c == '[') {
            const std::string_view close = c == '[' ? "]" : c == '"' ? "\"" : "`";
            const std::size_t end = past(close, at + 1);
            if (end > at + 2) targets.name(std::string(sql.substr(at + 1, end - at - 2)));
            at = end;
        } else if (in_word(c)) {
            std::size_t end = at;
            while (end < sql.size() && in_word(sql[end]))
                ++end;
            targets.name(std::string(sql.substr(at, end - at)));
            at = end;
        } else {
            ++at;
        }
    }
}

struct OfQuery {
    Targets& targets;
    void operator()(const FeatureQuery& query) const {
        targets.name(query.layer);
        targets.condition(query.where);
        for (const AskedColumn& column : query.columns)
            targets.sum(column.value);
    }
    void operator()(const CoverageQuery& query) const {
        targets.name(query.demand);
        targets.condition(query.demand_where);
        targets.sum(query.weight);
        targets.name(query.facilities);
        targets.condition(query.facilities_where);
        targets.name(query.by);
    }
    void operator()(const BufferQuery& query) const {
        targets.name(query.layer);
        targets.condition(query.where);
    }
    void operator()(const ServiceAreaQuery& query) const {
        targets.name(query.facilities);
        targets.condition(query.where);
        targets.name(query.clip);
    }
    void operator()(const SqlQuery& query) const { sql_names(query.sql, targets); }
};

}  // namespace

std::vector<std::string> layers_of(const Query& query) {
    std::vector<std::string> names;
    Targets targets(names);
    std::visit(OfQuery{targets}, query);
    return names;
}

std::vector<std::string> layers_of(const Layer& layer) {
    std::vector<std::string> names;
    Targets targets(names);
    if (!layer.filter.empty()) targets.condition(layer.filter);
    for (const AskedColumn& column : layer.columns)
        targets.sum(column.value);
    return names;
}

const Layer* find_layer_called(const Workspace& workspace, std::string_view id_or_name) {
    if (const Layer* layer = workspace.find_layer(id_or_name)) return layer;
    const std::string wanted = fold(id_or_name);
    const auto it = std::ranges::find_if(workspace.layers, [&](const Layer& l) { return fold(l.name) == wanted; });
    return it == workspace.layers.end() ? nullptr : &*it;
}

std::vector<const Layer*> layers_behind(const Workspace& workspace, const std::vector<std::string>& names) {
    std::vector<bool> behind(workspace.layers.size());
    std::vector<const Layer*> open;
    const auto add = [&](const std::vector<std::string>& more) {
        for (const std::string& name : more) {
            const Layer* layer = find_layer_called(workspace, name);
            if (layer == nullptr) continue;
            auto seen = behind[static_cast<std::size_t>(layer - workspace.layers.data())];
            if (!seen) open.push_back(layer);
            seen = true;
        }
    };
    for (add(names); !open.empty();) {
        const Layer* layer = open.back();
        open.pop_back();
        add(layers_of(*layer));
    }
    std::vector<const Layer*> layers;
    for (std::size_t i = 0; i < behind.size(); ++i)
        if (behind[i]) layers.push_back(&workspace.layers[i]);
    return layers;
}

}  // namespace diaban
