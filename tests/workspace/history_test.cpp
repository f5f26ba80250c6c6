#include "workspace/history.h"

#include <gtest/gtest.h>

namespace diaban {
namespace {

Workspace titled(const char* title) {
    Workspace w;
    w.title = title;
    return w;
}

TEST(History, goes_back_and_forth) {
    History h(titled("one"));
    h.apply(titled("two"), "Rename");
    h.apply(titled("three"), "Rename again");
    h.undo();
    EXPECT_EQ(h.current().title, "two");
    EXPECT_EQ(h.undo_label(), "Rename");
    EXPECT_EQ(h.redo_label(), "Rename again");
    h.redo();
    EXPECT_EQ(h.current().title, "three");
    EXPECT_FALSE(h.can_redo());
}

TEST(History, at_its_ends_does_nothing) {
    History h(titled("one"));
    h.undo();
    h.redo();
    EXPECT_EQ(h.current().title, "one");
    EXPECT_FALSE(h.can_undo());
}

TEST(History, forgets_what_was_undone_when_something_new_is_done) {
    History h(titled("one"));
    h.apply(titled("two"), "a");
    h.undo();
    h.apply(titled("other"), "b");
    EXPECT_FALSE(h.can_redo());
    EXPECT_EQ(h.current().title, "other");
}

TEST(History, makes_no_step_of_a_change_that_changes_nothing) {
    History h(titled("one"));
    h.apply(titled("one"), "nothing");
    EXPECT_FALSE(h.can_undo());
}

TEST(History, makes_one_step_of_a_drag) {
    History h(titled("start"));
    for (const char* title : {"a", "b", "c"})
        h.apply(titled(title), "Drag", "opacity/layer");
    h.undo();
    EXPECT_EQ(h.current().title, "start");
}

TEST(History, makes_two_steps_of_two_drags) {
    History h(titled("start"));
    h.apply(titled("a"), "Drag", "key");
    h.seal();
    h.apply(titled("b"), "Drag", "key");
    h.undo();
    EXPECT_EQ(h.current().title, "a");
}

TEST(History, keeps_the_place_looked_at_through_undo) {
    History h(titled("one"));
    h.apply(titled("two"), "a");
    h.amend_view({Box{1, 1, 2, 2}});
    h.undo();
    EXPECT_EQ(h.current().view.extent, (Box{1, 1, 2, 2}));
}

TEST(History, is_unsaved_after_a_change_and_saved_again_after_undoing_it) {
    History h(titled("one"));
    EXPECT_FALSE(h.unsaved());
    h.apply(titled("two"), "a");
    EXPECT_TRUE(h.unsaved());
    h.undo();
    EXPECT_FALSE(h.unsaved());
    h.redo();
    h.mark_saved();
    EXPECT_FALSE(h.unsaved());
}

TEST(History, does_not_call_looking_around_a_change) {
    History h(titled("one"));
    h.amend_view({Box{1, 1, 2, 2}});
    EXPECT_FALSE(h.unsaved());
}

}  // namespace
}  // namespace diaban
