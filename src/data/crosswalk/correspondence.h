// Which part of each old unit went to which new one: a value that builders make (build.h), that people review and
// correct (crosswalk_table.h), and that carries data over (carry.h). "From" and "to" may be any two partitions, in
// either direction of time.
//
//     Crosswalk crosswalk = from_name_lists(communes, {...}).value();
//     crosswalk = correct(crosswalk, {{"Xã Đại Dực", "06862", 0.7, "commune office, 3 March 2026"}}).value();
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace diaban {

/// What a share rests on.
enum class Basis {
    whole,   ///< the unit goes there entirely: renamed, or merged as a whole
    table,   ///< a table gives the share
    names,   ///< named in one merger, and there as a whole
    area,    ///< of its area: assumes that what is counted is spread evenly
    points,  ///< of the weight of its points, such as villages' households: assumes that what is counted follows it
    equal_split,  ///< nothing is known but the places: assumed to be equal
    corrected,    ///< somebody said so
};
/// "equal_split": what tables of correspondences hold.
[[nodiscard]] std::string to_id(Basis basis);
[[nodiscard]] std::optional<Basis> basis_from_id(std::string_view id);
/// In words, translated: "assumed equal".
[[nodiscard]] std::string to_text(Basis basis);
/// area, points and equal_split are estimates; what they gave a value is marked on it.
[[nodiscard]] bool is_assumed(Basis basis);

struct Unit {
    std::string id;    ///< its code, or its full name where there is none
    std::string name;  ///< for people; may be empty
    bool operator==(const Unit&) const = default;
};

struct Correspondence {
    std::string from;
    std::string to;
    double share = 1;  ///< of `from` that goes to `to`, 0–1
    Basis basis = Basis::whole;
    std::string source;  ///< who says so, for people
    bool corrected = false;
    bool operator==(const Correspondence&) const = default;
};

struct Crosswalk {
    std::vector<Correspondence> pairs;  ///< by from-unit, then by to-unit; each pair once
    std::vector<Unit> from_units;       ///< by id; all, those that go nowhere included
    std::vector<Unit> to_units;         ///< by id; all, those that receive nothing included
    Diagnostics diagnostics;            ///< what its builder noticed; check() tells the rest

    bool operator==(const Crosswalk&) const = default;
};

/// How far the shares of a unit may be from 1 in sum and count as 1.
inline constexpr double share_tolerance = 1e-9;

/// Orders units and pairs as Crosswalk promises, whatever the order of the files was (bytes of the ids): same content,
/// same result. A pair whose unit is not listed is a broken invariant.
void put_in_order(Crosswalk& crosswalk);

/// The sum of each from-unit's shares, in the order of `from_units`.
[[nodiscard]] std::vector<double> share_sums(const Crosswalk& crosswalk);

/// Units that go nowhere, units that receive nothing, shares that do not add up to 1 (warnings; more than 1 is an
/// error, because it would invent what it carries), units that were split on an assumption (a note).
[[nodiscard]] Diagnostics check(const Crosswalk& crosswalk);

/// Whether every unit becomes itself, whole: nothing to carry.
[[nodiscard]] bool is_identity(const Crosswalk& crosswalk);

/// The other direction: each to-unit's shares among the from-units that it has a part of, by `weight` (of the
/// from-unit: its people, its area) × share. What came from one unit is whole; everything else has `basis`, an
/// estimate. A to-unit any of whose sources has no weight above 0 is split equally, and reported.
[[nodiscard]] Crosswalk invert(const Crosswalk& crosswalk, const std::map<std::string, double>& weights,
                               Basis basis = Basis::points);

struct Correction {
    std::string from;
    std::string to;
    double share = 0;  ///< 0–1
    std::string source;
    bool operator==(const Correction&) const = default;
};

/// With these shares instead, marked as corrected; a pair that was not there is added. The other shares of the same
/// unit are scaled to what is left (those that were corrected before stay); what cannot be filled is for check() to
/// tell. Errors (bad_input): a unit that is not in the crosswalk, a share outside 0–1, corrections of a unit above 1 in
/// sum.
[[nodiscard]] Expected<Crosswalk> correct(const Crosswalk& crosswalk, const std::vector<Correction>& corrections);
/// All corrections that it holds: what a workspace keeps.
[[nodiscard]] std::vector<Correction> corrections_of(const Crosswalk& crosswalk);

/// Where the first says no more than "equal", the shares that the second has for the same pairs, scaled to 1: name
/// lists tell where a unit went, points or areas how much of it. Units are matched by id, then by name. Units for which
/// the second has nothing stay as they are.
[[nodiscard]] Crosswalk with_better_shares(const Crosswalk& crosswalk, const Crosswalk& better);

}  // namespace diaban
