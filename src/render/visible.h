// What of a Detail a view shows, as ranges of what was uploaded of it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/detail.h"
#include "render/range.h"

namespace diaban {

/// A box of map units on a Detail's lattice, grown to whole steps; what its numbers cannot hold is cut off.
[[nodiscard]] LatticeBox lattice_box(const Detail& detail, const Box& box);
/// Map units; of all arcs and dots.
[[nodiscard]] Box content_box(const Detail& detail);

/// Arcs as a vertex shader reads them: a record of four numbers for each point of each arc: x, y and the features to
/// its left and right. A record and the one behind it are a segment; the last of an arc belongs to nobody, so that
/// none begins there. What neighbours share is there once.
struct ArcRecords {
    static constexpr int32_t nobody = -1;
    std::vector<int32_t> texels;   ///< four a record
    std::vector<uint32_t> firsts;  ///< the first record of each arc, and how many there are in all
};
[[nodiscard]] ArcRecords arc_records(const Detail& detail);
/// For each record, map units from the start of its border or line.
[[nodiscard]] std::vector<float> arc_lengths(const Detail& detail);

/// Boxes around so many arcs each, so that most of a large layer is passed over at once.
inline constexpr std::size_t arcs_a_group = 64;
[[nodiscard]] std::vector<LatticeBox> arc_groups(const Detail& detail);

struct VisibleArcs {
    std::vector<Range> ranges;  ///< of records
    LatticeBox box;             ///< around those wanted
};
/// Arcs whose box meets `seen` and that have a feature of `shown` (empty: all) on either side; `around`: on one side
/// alone.
[[nodiscard]] VisibleArcs visible_arcs(const Detail& detail, std::span<const uint32_t> firsts,
                                       std::span<const LatticeBox> groups, const LatticeBox& seen,
                                       std::span<const uint8_t> shown, bool around = false);

/// Ranges of what `offsets` cuts into features (an entry more than those), for the features whose box meets `seen`.
/// All of it where a view shows much of the whole (`content`): finding what to leave out would cost more than it
/// spares. Ranges nearer than `gap` are one.
struct VisibleFeatures {
    bool all = false;
    std::vector<uint32_t> features;
    [[nodiscard]] std::vector<Range> ranges(std::span<const uint32_t> offsets, uint32_t gap) const;
};
[[nodiscard]] VisibleFeatures visible_features(const Detail& detail, const Box& content, const Box& seen);

}  // namespace diaban
