// What is uploaded of a Detail and what of it a view draws; all expected numbers are counted by hand.
#include "render/visible.h"

#include <gmock/gmock.h>

#include "render/canvas.h"
#include "render/texel_pages.h"

namespace diaban::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Ranges, join_neighbours_and_what_lies_near) {
    std::vector<Range> ranges;
    add_range(ranges, {0, 4}, 2);
    add_range(ranges, {4, 1}, 2);
    add_range(ranges, {7, 3}, 2);
    add_range(ranges, {12, 0}, 2);
    add_range(ranges, {13, 1}, 2);
    EXPECT_THAT(ranges, ElementsAre(Range{0, 10}, Range{13, 1}));
}

TEST(ArcRecords, have_a_shared_border_once_with_the_features_to_both_sides) {
    const ArcRecords records = arc_records(*two_neighbours());
    EXPECT_THAT(records.firsts, ElementsAre(0, 2, 6, 10));
    // 2 + 4 + 4 points; each square alone would have 5, and the border between them twice.
    ASSERT_EQ(records.texels.size(), 4 * 10);
    EXPECT_THAT(std::vector<int32_t>(records.texels.begin(), records.texels.begin() + 16),
                ElementsAre(50, 10, 0, 1, 50, 50, -1, -1, 50, 50, 0, -1, 10, 50, 0, -1));
}

TEST(ArcRecords, are_none_of_nothing) {
    EXPECT_THAT(arc_records(Detail{}).texels, IsEmpty());
    EXPECT_THAT(arc_records(Detail{}).firsts, ElementsAre(0));
    EXPECT_THAT(arc_groups(Detail{}), IsEmpty());
}

TEST(ArcLengths, run_on_from_where_the_arc_begins_in_its_border) {
    Detail detail = *two_neighbours();
    detail.unit = 0.5;
    detail.arcs[1].from = 7;
    EXPECT_THAT(arc_lengths(detail), ElementsAre(0, 20, 7, 27, 47, 67, 0, 20, 40, 60));
}

/// The ranges of the two squares that a view shows.
std::vector<Range> seen(const Detail& detail, const LatticeBox& box, std::vector<uint8_t> shown = {}) {
    // Gaps of so few records are drawn along, so each arc is asked about alone.
    const ArcRecords records = arc_records(detail);
    return visible_arcs(detail, records.firsts, arc_groups(detail), box, shown).ranges;
}

TEST(VisibleArcs, are_all_in_one_run_when_all_is_in_view) {
    EXPECT_THAT(seen(*two_neighbours(), {0, 0, 100, 100}), ElementsAre(Range{0, 10}));
}

TEST(VisibleArcs, leave_out_what_lies_outside) {
    EXPECT_THAT(seen(*two_neighbours(), {0, 0, 20, 100}), ElementsAre(Range{2, 4}));
    EXPECT_THAT(seen(*two_neighbours(), {60, 0, 70, 100}), ElementsAre(Range{6, 4}));
    EXPECT_THAT(seen(*two_neighbours(), {200, 0, 300, 100}), IsEmpty());
    EXPECT_THAT(seen(*two_neighbours(), {}), IsEmpty());
}

TEST(VisibleArcs, are_those_with_a_shown_feature_on_either_side) {
    const LatticeBox all{0, 0, 100, 100};
    EXPECT_THAT(seen(*two_neighbours(), all, {1, 0}), ElementsAre(Range{0, 6}));
    EXPECT_THAT(seen(*two_neighbours(), all, {0, 0}), IsEmpty());
    // The border between them, drawn for the feature to its right; what lies between the ranges is drawn along.
    EXPECT_THAT(seen(*two_neighbours(), all, {0, 1}), ElementsAre(Range{0, 10}));
    const Detail detail = *two_neighbours();
    const auto right = visible_arcs(detail, arc_records(detail).firsts, arc_groups(detail), {45, 20, 55, 30},
                                    std::vector<uint8_t>{0, 1});
    EXPECT_EQ(right.box, (LatticeBox{50, 10, 90, 50}));
}

TEST(VisibleArcs, around_what_is_shown_are_those_with_a_shown_feature_on_one_side_alone) {
    const Detail detail = *two_neighbours();
    const auto around = [&](std::vector<uint8_t> shown) {
        const VisibleArcs visible =
            visible_arcs(detail, arc_records(detail).firsts, arc_groups(detail), {0, 0, 100, 100}, shown, true);
        return std::pair(visible.ranges, visible.box);
    };
    // Both squares: without the border between them, which is the first arc.
    EXPECT_THAT(around({1, 1}).first, ElementsAre(Range{2, 8}));
    EXPECT_THAT(around({1, 0}).first, ElementsAre(Range{0, 6}));
    EXPECT_EQ(around({1, 0}).second, (LatticeBox{10, 10, 50, 50}));
    EXPECT_THAT(around({0, 0}).first, IsEmpty());
}

TEST(VisibleArcs, are_found_beyond_the_first_group) {
    Detail detail;
    detail.kind = GeometryKind::line;
    for (int i = 0; i < 200; ++i) {
        Arc arc{static_cast<uint32_t>(detail.points.size()), 2, {}, 0, Arc::nobody};
        for (const LatticePoint p : {LatticePoint{10 * i, 0}, LatticePoint{10 * i + 5, 5}}) {
            arc.box.extend(p);
            detail.points.push_back(p);
        }
        detail.arcs.push_back(arc);
    }
    EXPECT_EQ(arc_groups(detail).size(), 4);  // of 64, 64, 64 and 8
    EXPECT_THAT(seen(detail, {1501, 0, 1512, 5}), ElementsAre(Range{300, 4}));
}

TEST(LatticeBox, is_grown_to_whole_steps_and_held_within_an_int) {
    Detail detail;
    detail.origin = {100, 100};
    detail.unit = 0.5;
    EXPECT_EQ(lattice_box(detail, {100.1, 99.9, 101.1, 1e300}),
              (LatticeBox{0, -1, 3, std::numeric_limits<int32_t>::max()}));
    EXPECT_EQ(lattice_box(detail, {}), LatticeBox{});
}

TEST(VisibleFeatures, are_looked_up_when_a_view_shows_little_of_the_whole) {
    const Detail detail = *two_neighbours();
    const Box content = content_box(detail);
    EXPECT_EQ(content, (Box{10, 10, 90, 50}));
    const std::vector<uint32_t> offsets{0, 6, 12};
    const auto ranges = [&](const Box& view) { return visible_features(detail, content, view).ranges(offsets, 0); };
    EXPECT_THAT(ranges({0, 0, 20, 20}), ElementsAre(Range{0, 6}));
    EXPECT_THAT(ranges({45, 10, 55, 20}), ElementsAre(Range{0, 12}));
    EXPECT_THAT(ranges({0, 0, 100, 100}), ElementsAre(Range{0, 12}));
    EXPECT_THAT(ranges({200, 0, 300, 100}), IsEmpty());
    EXPECT_THAT(visible_features(detail, content, {0, 0, 100, 100}).ranges({}, 0), IsEmpty());
}

TEST(Quads, are_cut_where_an_index_of_16_bits_and_where_a_page_ends) {
    const std::vector<Range> ranges{{3, 2}, {90, 20'000}};
    const QuadDraws first = Quads::draws_of(ranges, 0, 100);
    EXPECT_THAT(first.index_counts, ElementsAre(12, 60));
    EXPECT_THAT(first.base_vertices, ElementsAre(12, 360));
    const QuadDraws second = Quads::draws_of(ranges, 1, 100);
    EXPECT_THAT(second.index_counts, ElementsAre(600));
    EXPECT_THAT(second.base_vertices, ElementsAre(0));
    const QuadDraws whole = Quads::draws_of(ranges, 0, 1'000'000);
    EXPECT_THAT(whole.index_counts, ElementsAre(12, 6 * 16'384, 6 * 3'616));
    EXPECT_THAT(whole.base_vertices, ElementsAre(12, 360, 4 * (90 + 16'384)));
    EXPECT_THAT(Quads::draws_of(ranges, 5'000, 100).index_counts, IsEmpty());
}

}  // namespace
}  // namespace diaban::testing
