// A few layers round the crossing of equator and prime meridian, small enough to be answered by hand. A degree of
// longitude on the equator is 111,319.49 m (a·π/180, a = 6,378,137 m).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "query/answer.h"
#include "query/language/parse.h"

namespace diaban {

class SmallWorld {
public:
    SmallWorld();

    QueryLayers layers;
    QueryCache cache;
    Progress progress;
    Diagnostics notes;

    QueryLayer& layer(const std::string& id);
    void add(const std::string& id, const std::string& name, std::vector<Column> columns,
             const std::vector<std::string_view>& wkt, const Crs& crs = Crs::wgs84());

    /// Rows that a condition holds for; throws what is wrong.
    std::vector<int> rows(const std::string& layer, std::string_view condition);
    /// What is wrong with it, with its remedy.
    std::string error(const std::string& layer, std::string_view condition);
    /// A calculated column as text, "–" for null.
    std::vector<std::string> values(const std::string& layer, std::string_view sum);
    Column column(const std::string& layer, std::string_view sum);
    std::string sum_error(const std::string& layer, std::string_view sum);
};

/// A layer as queries see it, called `id`.gpkg; with no columns it has as many rows as shapes.
[[nodiscard]] QueryLayer layer_of(const std::string& id, const std::string& name, std::vector<Column> columns,
                                  Geometry geometry, const Crs& crs = Crs::wgs84());
[[nodiscard]] Column texts(const std::string& name, std::vector<std::string> values);  ///< "" is null
[[nodiscard]] Column integers(const std::string& name, std::vector<int64_t> values);   ///< −1 is null

}  // namespace diaban
