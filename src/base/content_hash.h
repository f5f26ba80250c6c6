// What tells two contents apart: 128 bits of XXH3 over blocks, hashed on all cores.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

namespace diaban {

struct ContentHash {
    uint64_t high = 0, low = 0;
    bool operator==(const ContentHash&) const = default;
    /// 32 hexadecimal digits.
    [[nodiscard]] std::string text() const;
};

[[nodiscard]] ContentHash hash_of(std::span<const std::byte> bytes);
[[nodiscard]] ContentHash hash_of(std::string_view text);
/// Nothing when it cannot be read to its end.
[[nodiscard]] std::optional<ContentHash> hash_of_file(const std::filesystem::path& path);

}  // namespace diaban
