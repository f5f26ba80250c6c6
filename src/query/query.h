// What can be asked, as plain values: saved in a workspace, built with the mouse, given on the command line. Texts are
// in the language of language/parse.h; layers are named by their ids.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "query/language/condition.h"

namespace diaban {

/// A column that is calculated for each feature: "sanitation" = "count(sanitation)".
struct AskedColumn {
    std::string name;
    std::string value;
    bool operator==(const AskedColumn&) const = default;
};

/// Which features of a layer, and what is around each of them.
struct FeatureQuery {
    std::string layer;
    std::string where;  ///< empty: all
    std::vector<AskedColumn> columns;
    bool operator==(const FeatureQuery&) const = default;
};

/// Who is reached: which of `demand`'s features have one of `facilities` within `reach`, weighted.
struct CoverageQuery {
    std::string demand;        ///< a layer of villages
    std::string demand_where;  ///< empty: all of them
    std::string weight;        ///< a sum over its columns, "households"; empty: each counts 1
    std::string facilities;
    std::string facilities_where;
    query::Distance reach;
    std::string by;   ///< a layer of areas to tell the shares for; empty: in total only
    bool gap = true;  ///< as a layer: what is not covered; else what is
    bool operator==(const CoverageQuery&) const = default;
};

struct BufferQuery {
    std::string layer;
    std::string where;
    query::Distance distance;
    bool dissolve = false;  ///< one shape without inner borders; else one for each feature
    bool operator==(const BufferQuery&) const = default;
};

/// The ground that is nearer to a facility than to any other.
struct ServiceAreaQuery {
    std::string facilities;
    std::string where;
    std::string clip;  ///< a layer of polygons, the province; empty: a box around the facilities
    bool operator==(const ServiceAreaQuery&) const = default;
};

/// In the SQLite dialect with SpatiaLite's functions; every layer is a table under its id.
struct SqlQuery {
    std::string sql;
    bool operator==(const SqlQuery&) const = default;
};

using Query = std::variant<FeatureQuery, CoverageQuery, BufferQuery, ServiceAreaQuery, SqlQuery>;

struct SavedQuery {
    std::string id;  ///< no source, layer or other query has it
    std::string name;
    Query ask;
    std::optional<int64_t> time;  ///< the year it is asked for; empty: the one that the workspace shows
    bool operator==(const SavedQuery&) const = default;
};

}  // namespace diaban
