// What the checks of conditions and of sums share.
#pragma once

#include <string>
#include <string_view>

#include "query/evaluate/check.h"

namespace diaban {

/// A sum whose kind was found.
struct Typed {
    const query::Sum* sum = nullptr;
    Dimension dimension = Dimension::number;
};

[[nodiscard]] tl::unexpected<Error> refuse(query::Written at, std::string_view message, std::string remedy = {});
/// "a number", "a distance", "an area", "text".
[[nodiscard]] std::string kind_in_words(Dimension dimension);
/// The error for a bare number where a distance or an area stands on the other side.
[[nodiscard]] tl::unexpected<Error> refuse_without_unit(const query::Sum& number, Dimension needed);

/// What a layer has to have: shapes; coordinates that can be brought to degrees.
[[nodiscard]] Expected<void> require_shapes(const World& world, query::Written at);
[[nodiscard]] Expected<void> require_ground(const World& world, query::Written at, const char* what_is_lost);

enum class Needs { one_plane, ground };
/// The target's layer, if it and the asked one (which is told of `at`) have what is needed, and its filter and
/// condition can be asked.
[[nodiscard]] Expected<const QueryLayer*> check_target(const query::Target& target, const World& world,
                                                       query::Written at, Needs needs);

}  // namespace diaban
