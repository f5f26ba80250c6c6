// Small workspaces made in memory, for the scene's tests.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scene/derive.h"

namespace diaban::test {

/// A dataset of this geometry in the CRS, and its columns.
inline DatasetPtr make_dataset(std::string name, const std::vector<std::string_view>& wkt, std::vector<Column> columns,
                               const std::string& crs = "EPSG:5899") {
    auto dataset = std::make_shared<Dataset>();
    dataset->name = name;
    dataset->from.path = name + ".gpkg";
    dataset->from.modified = "2026-01-31";
    dataset->table = Table(std::move(columns), wkt.size());
    dataset->geometry = geometry_from_wkt(wkt);
    dataset->crs = Crs::from_text(crs).value();
    return dataset;
}

inline DatasetPtr make_table(std::string name, std::vector<Column> columns, std::size_t rows) {
    auto dataset = std::make_shared<Dataset>();
    dataset->name = name;
    dataset->from.path = name + ".csv";
    dataset->table = Table(std::move(columns), rows);
    return dataset;
}

inline Column text_column(std::string name, std::vector<std::string> values) {
    return Column(std::move(name), ColumnType::text, std::move(values));
}
inline Column number_column(std::string name, std::vector<double> values) {
    return Column(std::move(name), ColumnType::real, std::move(values));
}

struct World {
    Workspace workspace;
    Datasets datasets;
    DeriveCache cache;

    Layer& add(const std::string& id, DatasetPtr dataset, Style style) {
        datasets[id] = dataset;
        Source source;
        source.id = id;
        source.path = "/nowhere/" + dataset->from.path.string();
        workspace.sources.push_back(source);
        Layer layer;
        layer.id = layer.name = layer.source = id;
        layer.style = std::move(style);
        workspace.layers.push_back(layer);
        return workspace.layers.back();
    }
    Scene scene(const MapRequest& request = {}) { return derive(workspace, datasets, request, cache); }
    LayerResultPtr layer(std::size_t i = 0) { return derive_layers(workspace, datasets, cache)[i]; }
};

/// What a layer is drawn with in a picture of the whole of it.
inline DetailPtr detail_of(const LayerResultPtr& layer) {
    return layer->shapes->detail(layer->shapes->box(), layer->shapes->box().width() / 1000).detail;
}

/// Four squares of 10 km in a row at Quảng Ninh (VN-2000 / TM-3 107-45), named and valued: 0, 10, 20 and null.
inline DatasetPtr four_squares() {
    return make_dataset(
        "squares",
        {"POLYGON((400000 2350000,410000 2350000,410000 2360000,400000 2360000,400000 2350000))",
         "POLYGON((410000 2350000,420000 2350000,420000 2360000,410000 2360000,410000 2350000))",
         "POLYGON((420000 2350000,430000 2350000,430000 2360000,420000 2360000,420000 2350000))",
         "POLYGON((430000 2350000,440000 2350000,440000 2360000,430000 2360000,430000 2350000))"},
        {text_column("name", {"Hạ Long", "Bình Liêu", "Cô Tô", "Vân Đồn"}), text_column("code", {"1", "2", "3", "4"}),
         Column("value", ColumnType::real, std::vector<double>{0, 10, 20, 0}, {1, 1, 1, 0})});
}

/// Every text of the items.
inline std::vector<std::string> texts_of(const std::vector<PixelItem>& items) {
    std::vector<std::string> out;
    for (const PixelItem& item : items) {
        if (const auto* text = std::get_if<TextItem>(&item)) out.push_back(text->text);
    }
    return out;
}

template <class Item>
std::vector<Item> items_of(const std::vector<MapItem>& items) {
    std::vector<Item> out;
    for (const MapItem& item : items) {
        if (const auto* found = std::get_if<Item>(&item)) out.push_back(*found);
    }
    return out;
}

}  // namespace diaban::test
