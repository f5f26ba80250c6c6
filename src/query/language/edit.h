// Changing a condition a piece at a time, as the builder does: which part is named by the way to it. What is made is
// tidy: no group inside one of its own kind, none of a single part or of none.
//
//     condition = joined(condition, {1}, Joint::any_of, other);    // "a and b" → "a and (b or other)"
//     condition = removed(condition, {1, 0});                      // → "a and other"
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "query/language/condition.h"

namespace diaban::query {

/// Which part of AllOf, AnyOf or Not, which part of that, and so on; empty: the whole.
using Path = std::vector<std::size_t>;

/// What a group's parts are joined by.
enum class Joint { all_of, any_of };

/// The parts of AllOf, AnyOf and Not; null for everything else.
[[nodiscard]] const std::vector<Condition>* parts_of(const Condition& condition);
[[nodiscard]] std::vector<Condition>* parts_of(Condition& condition);
[[nodiscard]] std::optional<Joint> joint_of(const Condition& condition);
/// Null where the path leads nowhere.
[[nodiscard]] const Condition* part_at(const Condition& whole, const Path& path);

[[nodiscard]] Condition tidied(Condition condition);

// A path that leads nowhere changes nothing.
[[nodiscard]] Condition replaced(Condition whole, const Path& path, Condition by);
[[nodiscard]] Condition removed(Condition whole, const Path& path);
/// The part at `path` together with another, behind it: in its own group where that is joined so already.
[[nodiscard]] Condition joined(Condition whole, const Path& path, Joint joint, Condition other);
/// Once more, right behind itself.
[[nodiscard]] Condition duplicated(Condition whole, const Path& path);
/// Not, or no longer not.
[[nodiscard]] Condition negated(Condition whole, const Path& path);
/// The group at `path` joined otherwise.
[[nodiscard]] Condition rejoined(Condition whole, const Path& path, Joint joint);
/// To another place in its own group; beyond its end: to the end.
[[nodiscard]] Condition moved(Condition whole, const Path& path, std::size_t to);

/// The part (no group) that was written at this character of the text, from 1: what an error is shown beside. Nothing
/// where nothing was written so early.
[[nodiscard]] std::optional<Path> part_written_at(const Condition& whole, std::size_t character);

}  // namespace diaban::query
