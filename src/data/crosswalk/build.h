// How a crosswalk comes about: from a table of correspondences, from lists of names, from boundaries, from points.
// All of them report what they could not use; none invents a unit.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "data/crosswalk/correspondence.h"
#include "data/dataset.h"

namespace diaban {

/// Which column says what; only `from` and `to` are needed.
struct PairColumns {
    std::string from;
    std::string to;
    std::string from_name;
    std::string to_name;
    std::string share;      ///< a fraction, or percent where any value is above 1 (said in a note)
    std::string basis;      ///< as to_id(Basis) writes it; what cannot be read is told from the shares
    std::string source;     ///< who says so
    std::string corrected;  ///< true where somebody corrected the share
    std::string mentions;   ///< in how many pairs the from-unit should be: others are reported
    bool operator==(const PairColumns&) const = default;
};

/// One row a pair. A unit without any share is whole where it has one pair, else split equally, as an assumption; where
/// only some of its pairs have a share, the rest is split equally among the others. Shares that miss 1 by rounding (1%)
/// are scaled, with a note. A row without `to` is a unit that goes nowhere, one without `from` a unit that receives
/// nothing, one without either is reported. Pairs that come twice are added up when both have shares (a note), else
/// taken once. Errors (bad_input): a column that is not there, shares that are negative or no numbers, no pair at all.
[[nodiscard]] Expected<Crosswalk> from_table(const Dataset& table, const PairColumns& columns);

/// One name of a list, as read_merger_list() understood it.
struct MergedUnit {
    std::string name;      ///< "Xã Hải Lạng"
    bool partial = false;  ///< "một phần … của", "phần còn lại của": not as a whole
    bool operator==(const MergedUnit&) const = default;
};
/// "Xã Bắc Hồng, Xã Vân Nội và một phần diện tích tự nhiên, quy mô dân số của các xã Nam Hồng, Tiên Dương": names
/// separated by `separator` or by "và" before a kind of unit; a part of a unit, or what is left of one, is partial, and
/// so are the names after it that no other phrase introduces; a kind in the plural holds for the names after it;
/// brackets that name a district stay with the name. "giữ nguyên" (kept as it was) is `self`.
[[nodiscard]] std::vector<MergedUnit> read_merger_list(std::string_view list, std::string_view separator,
                                                       std::string_view self);

struct NameListColumns {
    std::string id;             ///< of the new units: code or name
    std::string name;           ///< of the new units; may be empty
    std::string list;           ///< "merged_from"
    std::string separator;      ///< empty: a comma
    std::string parent;         ///< names of old units are told apart by it (the province); may be empty
    std::string source = "{}";  ///< of each pair; "{}" becomes the file's name
    bool operator==(const NameListColumns&) const = default;
};
/// The units of the lists are the from-units. One that is named once, as a whole, went there; one named in several
/// mergers was split, or is two places of one name: its shares are assumed equal, and it is reported. One of which only
/// a part is named, once, is taken to have gone there, as an assumption, and reported. With a parent, the id of an old
/// unit is "name · parent", its name the name. Errors (bad_input): a column that is not there, no name at all.
[[nodiscard]] Expected<Crosswalk> from_name_lists(const Dataset& new_units, const NameListColumns& columns);

/// Boundaries, with the columns that identify and name their units. Several rows with one id are one unit.
struct UnitLayer {
    const Dataset& data;
    std::string id;
    std::string name;  ///< may be empty
};

struct OverlayOptions {
    /// An overlap below this part of both units is a sliver of lines drawn twice, not a transfer.
    double sliver = 1e-3;
    /// What is missing to the whole of an old unit, or too much of it, up to this part of it, is put down to the
    /// drawing of the lines: the shares are scaled to 1. Beyond, a gap stays open (the shares add up to less than 1),
    /// and an overlap of the new units is scaled; both are reported.
    double gap = 1e-2;
};

/// Shares by area. Both layers are brought into one cylindrical equal-area projection (Lambert's, on WGS 84; straight
/// edges are taken as straight in it), so areas are true; where neither CRS is known, into the plane of their
/// coordinates. A share of 1 is `whole`, any other `area`. An old unit that has a new one of exactly its shape becomes
/// that one, whatever else overlaps it: laying a layer over itself gives the identity, even a faulty one. Errors
/// (bad_input): a column that is not there, a layer that has no polygons, a CRS known for one layer only; cancelled.
[[nodiscard]] Expected<Crosswalk> from_overlay(const UnitLayer& old_units, const UnitLayer& new_units,
                                               const OverlayOptions& options, Progress& progress);

/// Shares by the weights of points: of what lies in the old unit, the part that lies in each new one (a share of 1 is
/// `whole`, any other `points`). `weight` is a
/// column of numbers (households); empty: each point counts 1. Points without a weight, outside the old or the new
/// units are left out and reported. An old unit without any weight falls back on area, reported and marked so. Errors
/// as for from_overlay(), and a negative weight.
[[nodiscard]] Expected<Crosswalk> from_points(const UnitLayer& old_units, const UnitLayer& new_units,
                                              const Dataset& points, const std::string& weight,
                                              const OverlayOptions& options, Progress& progress);

}  // namespace diaban
