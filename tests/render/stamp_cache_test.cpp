// What is kept of stamps, and for how long.
#include "render/software/stamp_cache.h"

#include <gtest/gtest.h>

namespace diaban::testing {
namespace {

/// A stamp of a kilobyte's pixels.
Stamp kilobyte() {
    Stamp stamp;
    stamp.pixels.resize(256);
    return stamp;
}

void use(StampCache& cache, std::string_view key) {
    (void)cache.stamp(*cache.set(key, 1), 0, kilobyte);
}

bool knows(StampCache& cache, std::string_view key) {
    const std::size_t before = cache.size();
    (void)cache.set(key, 1);
    return cache.size() == before;
}

TEST(StampCache, makes_a_stamp_once) {
    StampCache cache(100'000);
    int made = 0;
    const auto make = [&] {
        ++made;
        return kilobyte();
    };
    for (int i = 0; i < 3; ++i) {
        (void)cache.stamp(*cache.set("a", 2), 1, make);
        cache.begin_frame();
    }
    EXPECT_EQ(made, 1);
    (void)cache.stamp(*cache.set("a", 2), 0, make);
    (void)cache.stamp(*cache.set("b", 2), 0, make);
    EXPECT_EQ(made, 3);
    EXPECT_EQ(cache.size(), 2U);
    EXPECT_GT(cache.bytes(), 3 * 1024U);
}

TEST(StampCache, lets_go_of_what_was_unused_for_longest) {
    StampCache cache(4000);  // room for three
    for (const char* key : {"a", "b", "c", "d"}) {
        use(cache, key);
        cache.begin_frame();
        if (key[0] < 'd') use(cache, "a");
    }
    cache.begin_frame();
    EXPECT_LE(cache.bytes(), 4000U);
    EXPECT_TRUE(knows(cache, "a"));
    EXPECT_TRUE(knows(cache, "d"));
    EXPECT_FALSE(knows(cache, "b"));
}

TEST(StampCache, keeps_all_that_one_frame_needs) {
    StampCache cache(2000);
    for (int frame = 0; frame < 3; ++frame) {
        cache.begin_frame();
        for (const char* key : {"a", "b", "c", "d"}) {
            if (frame > 0) {
                ASSERT_TRUE(knows(cache, key)) << key;
            }
            use(cache, key);
        }
    }
    cache.begin_frame();  // the last frame's stay; one that needs none of them lets them go
    EXPECT_GT(cache.bytes(), 2000U);
    cache.begin_frame();
    EXPECT_LE(cache.bytes(), 2000U);
}

TEST(StampCache, does_not_take_away_what_is_held) {
    StampCache cache(0);
    const std::shared_ptr<StampSet> held = cache.set("a", 1);
    const Stamp& stamp = cache.stamp(*held, 0, kilobyte);
    cache.begin_frame();
    cache.begin_frame();
    EXPECT_EQ(cache.size(), 0U);
    EXPECT_EQ(cache.bytes(), 0U);
    EXPECT_EQ(stamp.pixels.size(), 256U);
}

}  // namespace
}  // namespace diaban::testing
