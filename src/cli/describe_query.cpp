// Saved queries as JSON: what is asked as text that the command line takes.
#include "base/i18n.h"
#include "cli/describe.h"
#include "cli/say.h"
#include "query/language/write.h"

namespace diaban {

namespace {

using Json = nlohmann::ordered_json;

std::string quoted_layer(const std::string& layer, const std::string& where) {
    const std::string name = to_text(query::Target{layer, {}, {}});
    return where.empty() ? name : name + " where (" + where + ")";
}

struct Described {
    const char* kind;
    std::string text;
};

struct Describe {
    Described operator()(const FeatureQuery& query) const {
        std::string text = to_text(query::Target{query.layer, {}, {}});
        if (!query.where.empty()) text += " where " + query.where;
        for (const AskedColumn& column : query.columns)
            text += "; " + column.name + " = " + column.value;
        return {"find", text};
    }
    Described operator()(const CoverageQuery& query) const {
        std::string text = say(tr("{} by {} within {}"), quoted_layer(query.demand, query.demand_where),
                               quoted_layer(query.facilities, query.facilities_where), to_text(query.reach));
        if (!query.weight.empty()) text += ", " + say(tr("weighted by {}"), query.weight);
        if (!query.by.empty()) text += ", " + say(tr("told by {}"), query.by);
        text += std::string(": ") + (query.gap ? tr("what is not covered") : tr("what is covered"));
        return {"coverage", text};
    }
    Described operator()(const BufferQuery& query) const {
        return {"buffer", say(query.dissolve ? tr("{} within {}, as one shape") : tr("{} within {}"),
                              quoted_layer(query.layer, query.where), to_text(query.distance))};
    }
    Described operator()(const ServiceAreaQuery& query) const {
        const std::string of = quoted_layer(query.facilities, query.where);
        return {"service_areas", query.clip.empty()
                                     ? say(tr("the ground nearest to each of {}"), of)
                                     : say(tr("the ground nearest to each of {}, within {}"), of, query.clip)};
    }
    Described operator()(const SqlQuery& query) const { return {"sql", query.sql}; }
};

}  // namespace

Json describe(const std::vector<SavedQuery>& queries) {
    Json list = Json::array();
    for (const SavedQuery& query : queries) {
        const Described described = std::visit(Describe(), query.ask);
        Json one{{"id", query.id}, {"name", query.name}, {"kind", described.kind}, {"text", described.text}};
        if (query.time) one["year"] = *query.time;
        list.push_back(std::move(one));
    }
    return list;
}

Json describe(const std::vector<AskedColumn>& columns) {
    Json list = Json::array();
    for (const AskedColumn& column : columns)
        list.push_back({{"name", column.name}, {"value", column.value}});
    return list;
}

}  // namespace diaban
