// demo.toml: everything it names is there, joins, and is counted right.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "data/features.h"
#include "demo_files.h"
#include "query/answer.h"
#include "workspace/file.h"
#include "workspace/open.h"

namespace diaban {
namespace {

const Opened& opened() {
    static const Opened demo = [] {
        Progress progress;
        auto found = open_files({demo::folder() / "demo.toml"}, progress);
        if (!found) throw std::runtime_error(to_text(found.error()));
        return *found;
    }();
    return demo;
}

Features features_of(const Layer& layer) {
    Features features(opened().datasets.at(layer.source));
    for (const Join& join : layer.joins) {
        const auto notes = features.join(
            {join.source, opened().datasets.at(join.source), join.key, join.foreign_key, join.time_field});
        EXPECT_TRUE(notes) << layer.id << ": " << (notes ? "" : to_text(notes.error()));
    }
    return features;
}

std::vector<Measure> measures_of(const Style& style) {
    std::vector<Measure> found;
    if (const auto* graduated = std::get_if<GraduatedFill>(&style.fill)) found.push_back(graduated->measure);
    if (style.circles) found.push_back(style.circles->measure);
    return found;
}

TEST(DemoWorkspace, opens_with_every_source_and_only_the_split_units_to_note) {
    EXPECT_EQ(opened().datasets.size(), opened().workspace.sources.size() + opened().workspace.carried.size());
    for (const Diagnostic& note : opened().diagnostics)
        EXPECT_TRUE(note.where.layer == "nutrition" && note.severity == Severity::note) << to_text(note);
}

TEST(DemoWorkspace, carries_the_nutrition_programme_to_todays_communes_and_loses_nothing) {
    const Column* before = opened().datasets.at("child_nutrition")->table.find("leaflets");
    const Dataset& carried = *opened().datasets.at("nutrition");
    const Column* after = carried.table.find("leaflets");
    ASSERT_TRUE(before && after);
    const auto sum = [](const Column& column) {
        int64_t total = 0;
        for (std::size_t row = 0; row < column.size(); ++row)
            total += column.integer(row).value_or(0);
        return total;
    };
    EXPECT_GT(sum(*before), 0);
    EXPECT_EQ(sum(*after), sum(*before));
    EXPECT_EQ(carried.size(), 24U);  // the units that its 64 former ones went to
    ASSERT_TRUE(carried.table.find("leaflets.assumed"));
}

TEST(DemoWorkspace, joins_and_measures_what_its_layers_show) {
    for (const Layer& layer : opened().workspace.layers) {
        SCOPED_TRACE(layer.id);
        const Features features = features_of(layer);
        for (const Measure& measure : measures_of(layer.style)) {
            const auto values = MeasureValues::bind(features, measure);
            ASSERT_TRUE(values) << to_text(values.error());
            EXPECT_GT(values->all_values(features.count(), features.times().size()).size(), 16U);
        }
        if (const auto* categorised = std::get_if<CategorisedFill>(&layer.style.fill)) {
            EXPECT_TRUE(features.field(categorised->field));
        }
        if (layer.style.labels) {
            EXPECT_TRUE(features.field(layer.style.labels->field));
        }
    }
}

TEST(DemoWorkspace, hatches_sixteen_communes_and_outlines_six) {
    for (const auto& [id, count] : std::map<std::string, int>{{"five_have", 16}, {"border_women", 6}}) {
        const Layer* layer = opened().workspace.find_layer(id);
        ASSERT_NE(layer, nullptr) << id;
        QueryLayers layers{.list = {}, .time = opened().workspace.time};
        layers.list.push_back({.id = id,
                               .name = layer->name,
                               .features = std::make_shared<const Features>(features_of(*layer)),
                               .filter = layer->filter});
        QueryCache cache;
        Progress progress;
        const auto hits = kept_by_filter(layers, layers.list[0], cache, progress);
        ASSERT_TRUE(hits) << to_text(hits.error());
        EXPECT_EQ(std::accumulate(hits->begin(), hits->end(), 0), count) << id;
    }
}

TEST(DemoWorkspace, leaves_one_commune_without_a_stunting_rate_in_2025) {
    const Layer* layer = opened().workspace.find_layer("communes");
    ASSERT_NE(layer, nullptr);
    const Features features = features_of(*layer);
    const auto stunting = MeasureValues::bind(features, measures_of(layer->style).at(0));
    ASSERT_TRUE(stunting);
    std::vector<std::string> without;
    for (uint32_t feature = 0; feature < features.count(); ++feature) {
        const auto rate = stunting->value(feature, features.time_index(2025));
        if (!rate) {
            without.push_back(features.field("name")->text(feature, 0));
        } else {
            EXPECT_GT(*rate, 3);
            EXPECT_LT(*rate, 31);
        }
    }
    EXPECT_THAT(without, testing::ElementsAre("Kỳ Thượng"));
}

TEST(DemoWorkspace, shows_few_layers_at_first_sight_and_says_what_is_invented) {
    const auto visible = std::ranges::count_if(opened().workspace.layers, &Layer::visible);
    EXPECT_EQ(visible, 6);
    EXPECT_THAT(opened().workspace.note, testing::HasSubstr("invented"));
    EXPECT_THAT(opened().workspace.note, testing::HasSubstr("schematic"));
    for (const Source& source : opened().workspace.sources) {
        EXPECT_FALSE(source.attribution.empty()) << source.id;
        if (source.attribution.find("nvented") != std::string::npos) {
            EXPECT_TRUE(source.invented) << source.id;
        }
    }
}

}  // namespace
}  // namespace diaban
