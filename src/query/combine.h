// What becomes of a selection when more is found: it is replaced, added to, taken from, or narrowed down.
//
//     combined({1, 2}, std::vector<uint32_t>{2, 3}, Combine::within);    // {2}
#pragma once

#include <cstdint>
#include <set>
#include <span>

namespace diaban {

enum class Combine { replace, add, remove, within };

/// The selection after `found` was combined with it, in any order and however often each is named.
[[nodiscard]] std::set<uint32_t> combined(std::set<uint32_t> selected, std::span<const uint32_t> found, Combine how);

}  // namespace diaban
