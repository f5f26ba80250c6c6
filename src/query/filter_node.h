// A parsed filter. Sums have a number or a text, conditions are true or false; one struct holds both, its kind says
// which.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "query/filter.h"

namespace diaban {

struct Filter::Node {
    enum class Kind {
        // sums
        number,
        text,
        column,
        negative,    ///< − children[0]
        arithmetic,  ///< children[0] sign children[1]
        // conditions
        all_of,   ///< every child: and
        any_of,   ///< some child: or
        negated,  ///< not children[0]
        compare,  ///< children[0] sign children[1]
        in,       ///< children[0] equals one of the others
        between,  ///< children[1] <= children[0] <= children[2]
        like,     ///< children[0] fits the pattern children[1]
        is_null,  ///< children[0]
    };
    Kind kind = Kind::number;
    std::string sign;  ///< + - * / or = != < <= > >=
    std::string text;  ///< a column's name, or text
    double number = 0;
    bool inverted = false;  ///< not in, not between, not like, is not null
    std::size_t at = 1;     ///< the character it begins at, or that of its sign
    std::vector<std::unique_ptr<const Node>> children;
};

}  // namespace diaban
