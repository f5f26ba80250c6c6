// The key columns of a join: found, read as text, and their lost zeros given back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/features.h"

namespace diaban {

/// A pair of key columns as text, one a row; empty for null.
struct KeyTexts {
    KeyPair pair;
    std::vector<std::string> base;
    std::vector<std::string> table;
};

/// How many codes had lost their zeros, with an example in words.
struct Padding {
    int64_t count = 0;
    std::string example;
};

struct JoinKeys {
    std::vector<KeyTexts> pairs;  ///< the first one of the spec, then the further ones
    Padding padding;
};

/// Errors: a column that is not there, with the nearest name.
[[nodiscard]] Expected<JoinKeys> read_keys(const Dataset& base, const JoinSpec& spec);

/// All pairs of the spec, the first one included.
[[nodiscard]] std::vector<KeyPair> key_pairs(const JoinSpec& spec);

/// A column as trimmed text.
[[nodiscard]] std::vector<std::string> key_texts(const Column& column);

/// Gives codes on either side the leading zeros back that the other side's have.
Padding restore_zeros(KeyTexts& keys);

struct Times {
    std::vector<std::optional<int64_t>> of_row;
    std::vector<int64_t> all;  ///< ascending, distinct
};
/// Errors: no such column, or no whole number in it.
[[nodiscard]] Expected<Times> read_times(const JoinSpec& spec);

}  // namespace diaban
