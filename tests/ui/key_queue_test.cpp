// Keys between two frames; every expectation follows from the rule in the header by hand.
#include "ui/key_queue.h"

#include <gtest/gtest.h>

namespace diaban::ui {
namespace {

TEST(KeyQueue, shows_a_tap_between_two_frames_for_one_frame) {
    KeyQueue keys;
    keys.push(257, true);
    keys.push(257, false);
    keys.advance();
    EXPECT_TRUE(keys.down(257));
    EXPECT_TRUE(keys.pending()) << "the release needs a frame of its own";
    keys.advance();
    EXPECT_FALSE(keys.down(257));
    EXPECT_FALSE(keys.pending());
}

TEST(KeyQueue, shows_two_taps_of_one_key_as_two) {
    KeyQueue keys;
    for (const bool down : {true, false, true, false})
        keys.push(259, down);
    const bool expected[] = {true, false, true, false};
    for (const bool down : expected) {
        keys.advance();
        EXPECT_EQ(keys.down(259), down);
    }
}

TEST(KeyQueue, holds_ctrl_as_long_as_its_letter) {
    KeyQueue keys;
    keys.push(341, true);
    keys.push(65, true);
    keys.push(65, false);
    keys.push(341, false);
    keys.advance();
    EXPECT_TRUE(keys.down(341));
    EXPECT_TRUE(keys.down(65));
    keys.advance();
    EXPECT_FALSE(keys.down(341));
    EXPECT_FALSE(keys.down(65));
}

TEST(KeyQueue, stays_as_it_is_when_nothing_happens) {
    KeyQueue keys;
    keys.push(65, true);
    keys.advance();
    keys.advance();
    EXPECT_TRUE(keys.down(65));
}

TEST(KeyQueue, passes_over_keys_that_are_none) {
    KeyQueue keys;
    keys.push(-1, true);
    keys.push(512, true);
    keys.advance();
    EXPECT_FALSE(keys.pending());
    EXPECT_FALSE(keys.down(-1));
    EXPECT_FALSE(keys.down(512));
}

}  // namespace
}  // namespace diaban::ui
