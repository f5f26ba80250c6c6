#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "query/evaluate/query_cache.h"
#include "query/language/mentions.h"
#include "small_world.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// The communes of the small world, with a table of two years joined to them: stunting in An went from 30 to 10.
void join_years(SmallWorld& world) {
    Dataset table;
    table.name = "nutrition";
    table.table = Table({texts("commune", {"An", "Bình", "An", "Bình"}), integers("year", {2021, 2021, 2025, 2025}),
                         integers("low", {30, 10, 10, 20}),
                         Column("on", ColumnType::date, std::vector<int64_t>{18000, 18000, 20270, 20270})},
                        4);
    auto features = std::make_shared<Features>(world.layer("communes").features->base_ptr());
    const auto joined = features->join({.name = "nutrition",
                                        .table = std::make_shared<const Dataset>(table),
                                        .key = "name",
                                        .foreign_key = "commune",
                                        .time_field = "year",
                                        .role = KeyRole::name});
    ASSERT_TRUE(joined) << to_text(joined.error());
    world.layer("communes").features = features;
}

Answer answer(SmallWorld& world, const FeatureQuery& query) {
    auto found = ask(query, world.layers, world.cache, world.progress);
    if (!found) throw std::runtime_error(to_text(found.error()));
    return std::move(*found);
}

TEST(Ask, answers_the_sentence_of_a_coordinator) {
    SmallWorld world;
    // 1.5° from the border line, Cao is a commune with much stunting, too few facilities and no shelter near; it does
    // not lie along the border. An does, with 30%, and its two facilities for 100 households; its shelter is 0.02°
    // away.
    world.add("far", "Far shelters", {texts("name", {"Trạm"})}, {"POINT(1.1 0.5)"});
    const std::string where =
        "along border and stunted / measured > 20% and density(sanitation per 100 households) < 10 and "
        "beyond 5 km of far";
    const Answer found = answer(world, {"communes", where, {}});
    EXPECT_EQ(found.layer, "communes");
    EXPECT_THAT(found.hits.kept, ElementsAre(1, 0, 0, 0));
    EXPECT_EQ(found.hits.count, 1u);
    EXPECT_EQ(found.asked_count, 4u);
    ASSERT_THAT(found.hits.parts, SizeIs(4));
    EXPECT_EQ(found.hits.parts[0].count, 1u);
    EXPECT_EQ(found.hits.parts[1].count, 3u);
    EXPECT_EQ(found.hits.parts[2].count, 2u);  // Cao has no households, Dốc no place
    EXPECT_EQ(found.hits.parts[3].count, 2u);  // An is 11 km from it, Bình holds it
    EXPECT_EQ(found.name, "Communes: " + where);
    EXPECT_EQ(
        found.sentence,
        "Communes that run along “Border line”, whose stunted / measured is above 20%, with fewer than 10 "
        "“Sanitation facilities” per 100 households and that are farther than 5 km from every one of “Far shelters”: "
        "1 of 4. From Communes: communes.gpkg; Border line: border.gpkg; Sanitation facilities: sanitation.gpkg; Far "
        "shelters: far.gpkg.");
}

TEST(Ask, says_when_from_what_period_and_under_which_filter) {
    SmallWorld world;
    join_years(world);
    world.layers.time = 2021;
    world.layer("communes").filter = "households > 60";
    world.layer("communes").date = "2020-12-31";
    world.layer("sanitation").invented = true;
    const Answer found = answer(world, {"communes", "low >= 10", {{"points", "count(sanitation)"}}});
    EXPECT_EQ(found.asked_count, 2u);
    EXPECT_EQ(
        found.sentence,
        "Communes whose low is at least 10: 2 of 2. In 2021. With “points”, the number of “Sanitation facilities”. "
        "From Communes: communes.gpkg, as of 2020-12-31, only those whose households is above 60; Sanitation "
        "facilities: sanitation.gpkg, demonstration data.");
    EXPECT_EQ(answer(world, {"villages", "", {}}).sentence, "Villages: 3 of 3. From Villages: villages.gpkg.");
}

TEST(Ask, counts_hits_among_what_the_layer_shows) {
    SmallWorld world;
    world.layer("villages").filter = "name != 'Hai'";
    const Answer found = answer(world, {"villages", "within 2 km of shelters and name like '%'", {}});
    EXPECT_EQ(found.hits.count, 1u);
    EXPECT_EQ(found.asked_count, 2u);
    EXPECT_EQ(found.hits.parts[0].count, 1u);
    EXPECT_EQ(found.hits.parts[1].count, 2u);
}

TEST(Ask, tells_which_column_is_wrong) {
    SmallWorld world;
    const auto found =
        ask({"communes", "", {{"points", "count(sanitatio)"}}}, world.layers, world.cache, world.progress);
    ASSERT_FALSE(found);
    EXPECT_EQ(to_text(found.error()),
              "field points: at character 7: there is no layer “sanitatio”. Did you mean “sanitation”?");
    EXPECT_EQ(ask({"commune", "", {}}, world.layers, world.cache, world.progress).error().what,
              "there is no layer “commune”");
}

TEST(Ask, makes_a_dataset_of_the_hits_with_the_columns_of_the_year_and_the_calculated_ones) {
    SmallWorld world;
    join_years(world);
    const FeatureQuery query{"communes", "low > 15", {{"points", "count(sanitation)"}, {"name", "nearest(shelters)"}}};
    world.layers.time = 2025;
    const DatasetPtr late = to_dataset(answer(world, query), world.layers);
    EXPECT_EQ(late->name, "Communes: low > 15");
    ASSERT_EQ(late->size(), 1u);
    std::vector<std::string> names;
    for (const Column& column : late->table.columns())
        names.push_back(column.name());
    EXPECT_THAT(names, ElementsAre("name", "households", "stunted", "measured", "commune", "year", "low", "on",
                                   "points", "name_2"));
    EXPECT_EQ(late->table.find("name")->text(0), "Bình");
    EXPECT_EQ(late->table.find("low")->integer(0), 20);
    EXPECT_EQ(late->table.find("on")->type(), ColumnType::date);
    EXPECT_EQ(late->table.find("on")->integer(0), 20270);
    EXPECT_EQ(late->table.find("points")->integer(0), 1);
    EXPECT_EQ(late->table.find("name_2")->text(0), "Trạm 2");
    EXPECT_EQ(late->geometry.feature_count(), 1u);
    EXPECT_EQ(late->geometry.box_of(0), (Box{1, 0, 2, 1}));
    EXPECT_TRUE(late->crs == Crs::wgs84());

    world.layers.time = 2021;
    const DatasetPtr early = to_dataset(answer(world, query), world.layers);
    EXPECT_EQ(early->table.find("name")->text(0), "An");
    EXPECT_EQ(early->table.find("low")->integer(0), 30);
}

TEST(Ask, makes_an_empty_dataset_of_no_hits) {
    SmallWorld world;
    const DatasetPtr none = to_dataset(answer(world, {"villages", "name = 'x'", {}}), world.layers);
    EXPECT_EQ(none->size(), 0u);
    EXPECT_EQ(none->geometry.kind(), GeometryKind::point);
}

TEST(QueryCache, needs_nothing_new_when_only_a_number_changes) {
    SmallWorld world;
    EXPECT_THAT(world.rows("villages", "within 1 km of shelters where (state = 'built')"), IsEmpty());
    EXPECT_THAT(world.values("villages", "count(shelters within 1.5 km)"), ElementsAre("0", "1", "1"));
    const std::size_t before = world.cache.entries().count();
    EXPECT_THAT(world.rows("villages", "within 2 km of shelters where (state = 'built')"), ElementsAre(1));
    EXPECT_THAT(world.rows("villages", "beyond 3 km of shelters where (state like 'b%')"), ElementsAre(2));
    EXPECT_THAT(world.values("villages", "count(shelters within 1.6 km)"), ElementsAre("0", "1", "1"));
    EXPECT_EQ(world.cache.entries().count(), before);
}

TEST(QueryCache, tells_layers_filters_and_directions_of_asking_apart) {
    SmallWorld world;
    EXPECT_THAT(world.rows("villages", "within 1 m of shelters"), ElementsAre(2));
    EXPECT_THAT(world.rows("shelters", "within 1 m of villages"), ElementsAre(1));
    world.layer("shelters").filter = "state = 'built'";
    EXPECT_THAT(world.rows("villages", "within 1 m of shelters"), IsEmpty());
    world.layer("shelters").features = world.layer("sanitation").features;
    world.layer("shelters").filter.clear();
    EXPECT_THAT(world.rows("villages", "within 1 m of shelters"), IsEmpty());
}

TEST(QueryCache, lets_one_thread_make_what_several_ask_for) {
    QueryCache cache;
    const Progress progress;
    std::atomic<int> made = 0;
    const auto ask_for = [&] {
        CacheKey key;
        key.add("number");
        const auto found = cache.entries().get<int>(
            key, progress,
            [&]() -> Expected<std::shared_ptr<const int>> {
                std::this_thread::sleep_for(std::chrono::milliseconds(30));
                return std::make_shared<const int>(++made);
            },
            [](int) { return sizeof(int); });
        EXPECT_EQ(**found, 1);
    };
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back(ask_for);
    threads.clear();
    EXPECT_EQ(made, 1);
}

TEST(QueryCache, forgets_what_was_not_used_for_longest_when_there_is_too_much) {
    QueryCache cache;
    const Progress progress;
    int made = 0;
    const auto ask_for = [&](const std::string& name, std::size_t bytes) {
        CacheKey key;
        key.add(name);
        (void)cache.entries().get<int>(
            key, progress,
            [&]() -> Expected<std::shared_ptr<const int>> { return std::make_shared<const int>(++made); },
            [&](int) { return bytes; });
    };
    constexpr std::size_t third = QueryCache::Entries::most_bytes / 3;
    for (const char* name : {"a", "b", "c", "a", "d"})
        ask_for(name, third + 1);
    EXPECT_EQ(made, 5);  // "a" had gone when "c" came: the room is for two
    ask_for("a", third + 1);
    EXPECT_EQ(made, 5);
    ask_for("too large", 4 * third);
    EXPECT_EQ(cache.entries().count(), 1u);
}

TEST(QueryCache, remembers_no_failure) {
    QueryCache cache;
    const Progress progress;
    CacheKey key;
    key.add("x");
    const auto fails = [&]() -> Expected<std::shared_ptr<const int>> { return fail(ErrorKind::failure, "no"); };
    const auto bytes = [](int) { return std::size_t{1}; };
    EXPECT_FALSE(cache.entries().get<int>(key, progress, fails, bytes));
    EXPECT_THROW(
        (void)cache.entries().get<int>(
            key, progress, []() -> Expected<std::shared_ptr<const int>> { throw std::runtime_error("x"); }, bytes),
        std::runtime_error);
    EXPECT_EQ(cache.entries().count(), 0u);
}

TEST(Mentions, are_of_all_layers_in_the_order_they_are_named) {
    const auto condition = parse_condition(
        "a = 1 and (within 1 km of b where (count(c) > 1) or sum(x of d) / density(e per 10 distance(f)) > 1) and not "
        "touches b");
    EXPECT_THAT(layers_mentioned(*condition), ElementsAre("b", "c", "d", "e", "f"));
    EXPECT_THAT(layers_mentioned(parse_condition("a in (1) and in box (1, 2, 3, 4)").value()), IsEmpty());
    EXPECT_THAT(layers_mentioned(parse_sum("nearest(x) ").value()), ElementsAre("x"));
}

}  // namespace
}  // namespace diaban
