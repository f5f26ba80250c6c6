#include "small_world.h"

#include <algorithm>

namespace diaban {

Column texts(const std::string& name, std::vector<std::string> values) {
    std::vector<uint8_t> present;
    for (const std::string& value : values)
        present.push_back(value.empty() ? 0 : 1);
    return Column(name, ColumnType::text, std::move(values), std::move(present));
}

Column integers(const std::string& name, std::vector<int64_t> values) {
    std::vector<uint8_t> present;
    for (const int64_t value : values)
        present.push_back(value < 0 ? 0 : 1);
    return Column(name, ColumnType::integer, std::move(values), std::move(present));
}

SmallWorld::SmallWorld() {
    // Three squares side by side, and a commune of which nobody knows where it is.
    add("communes", "Communes",
        {texts("name", {"An", "Bình", "Cao", "Dốc"}), integers("households", {100, 200, 0, 50}),
         integers("stunted", {30, 10, 30, 5}), integers("measured", {100, 100, 100, 10})},
        {"POLYGON((0 0,1 0,1 1,0 1,0 0))", "POLYGON((1 0,2 0,2 1,1 1,1 0))", "POLYGON((2 0,3 0,3 1,2 1,2 0))", ""});
    // Two inside An, one on the border of An and Bình, one far away.
    add("sanitation", "Sanitation facilities",
        {texts("kind", {"latrine", "tap", "tap", ""}), integers("seats", {2, -1, 4, 1})},
        {"POINT(0.5 0.5)", "POINT(0.2 0.2)", "POINT(1 0.5)", "POINT(5 5)"});
    // On the equator: 1,113.19 m is a hundredth of a degree.
    add("villages", "Villages", {texts("name", {"Một", "Hai", "Ba"})},
        {"POINT(0 0)", "POINT(0.01 0)", "POINT(0.05 0)"});
    add("shelters", "Border shelters", {texts("name", {"Trạm 1", "Trạm 2"}), texts("state", {"built", "planned"})},
        {"POINT(0.02 0)", "POINT(0.05 0)"});
    add("border", "Border line", {texts("name", {"West"})}, {"LINESTRING(0 -1,0 2)"});
    add("empty", "Nothing yet", {texts("name", {})}, {});
    add("lost", "Lost", {texts("name", {"x"})}, {"POINT(0 0)"}, Crs());
    add("table", "Table", {texts("name", {"x"})}, {});
}

QueryLayer& SmallWorld::layer(const std::string& id) {
    return *std::ranges::find(layers.list, id, &QueryLayer::id);
}

QueryLayer layer_of(const std::string& id, const std::string& name, std::vector<Column> columns, Geometry geometry,
                    const Crs& crs) {
    Dataset dataset;
    dataset.name = name;
    const std::size_t rows = columns.empty() ? geometry.feature_count() : columns.front().size();
    dataset.table = Table(std::move(columns), rows);
    dataset.geometry = std::move(geometry);
    dataset.crs = crs;
    return {.id = id,
            .name = name,
            .features = std::make_shared<const Features>(std::make_shared<const Dataset>(std::move(dataset))),
            .filter = {},
            .file = id + ".gpkg",
            .date = {},
            .invented = false};
}

void SmallWorld::add(const std::string& id, const std::string& name, std::vector<Column> columns,
                     const std::vector<std::string_view>& wkt, const Crs& crs) {
    Geometry geometry;
    if (!wkt.empty()) geometry = geometry_from_wkt(wkt);
    if (id == "empty") geometry = GeometryBuilder(GeometryKind::point).finish();
    layers.list.push_back(layer_of(id, name, std::move(columns), std::move(geometry), crs));
}

std::vector<int> SmallWorld::rows(const std::string& of, std::string_view condition) {
    const auto parsed = parse_condition(condition);
    if (!parsed) throw std::runtime_error(to_text(parsed.error()));
    const auto hits = find_hits(*parsed, layers, layer(of), cache, progress, &notes);
    if (!hits) throw std::runtime_error(to_text(hits.error()));
    std::vector<int> rows;
    for (std::size_t i = 0; i < hits->kept.size(); ++i)
        if (hits->kept[i] != 0) rows.push_back(static_cast<int>(i));
    return rows;
}

std::string SmallWorld::error(const std::string& of, std::string_view condition) {
    const auto hits = find_hits(parse_condition(condition).value(), layers, layer(of), cache, progress);
    return hits ? "no error" : to_text(hits.error());
}

Column SmallWorld::column(const std::string& of, std::string_view sum) {
    const auto parsed = parse_sum(sum);
    if (!parsed) throw std::runtime_error(to_text(parsed.error()));
    auto column = calculate("x", *parsed, layers, layer(of), cache, progress, &notes);
    if (!column) throw std::runtime_error(to_text(column.error()));
    return std::move(*column);
}

std::vector<std::string> SmallWorld::values(const std::string& of, std::string_view sum) {
    const Column found = column(of, sum);
    std::vector<std::string> values;
    for (std::size_t i = 0; i < found.size(); ++i)
        values.push_back(found.is_null(i) ? "–" : found.text(i));
    return values;
}

std::string SmallWorld::sum_error(const std::string& of, std::string_view sum) {
    const auto column = calculate("x", parse_sum(sum).value(), layers, layer(of), cache, progress);
    return column ? "no error" : to_text(column.error());
}

}  // namespace diaban
