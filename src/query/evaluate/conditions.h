// What a condition holds for.
#pragma once

#include "query/evaluate/values.h"

namespace diaban {

/// Of a condition that check() let through. Errors: cancelled.
[[nodiscard]] Expected<Hits> evaluate(const query::Condition& condition, const World& world);

using Kept = Expected<std::vector<uint8_t>>;

// Null makes all of these false.
[[nodiscard]] std::vector<uint8_t> compared(const Values& left, query::Comparison sign, const Values& right,
                                            std::size_t count);
/// Whether it equals one of the candidates, which are constants.
[[nodiscard]] std::vector<uint8_t> is_in(const Values& value, const std::vector<Values>& candidates, bool inverted,
                                         std::size_t count);
[[nodiscard]] std::vector<uint8_t> is_between(const Values& value, const Values& low, const Values& high, bool inverted,
                                              std::size_t count);
[[nodiscard]] std::vector<uint8_t> is_like(const Values& value, const std::string& pattern, bool inverted,
                                           std::size_t count);

[[nodiscard]] Kept evaluate_spatial(const query::Relates& relates, const World& world);
[[nodiscard]] Kept evaluate_spatial(const query::Near& near, const World& world);
[[nodiscard]] Kept evaluate_spatial(const query::AmongNearest& among, const World& world);
[[nodiscard]] Kept evaluate_spatial(const query::RunsAlong& runs, const World& world);
[[nodiscard]] Kept evaluate_spatial(const query::InBelt& belt, const World& world);
[[nodiscard]] Kept evaluate_spatial(const query::InDrawn& drawn, const World& world);

}  // namespace diaban
