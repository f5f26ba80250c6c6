#include "base/content_hash.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <vector>

#include "base/parallel.h"

namespace diaban {
namespace {

constexpr std::size_t block = std::size_t{1} << 20U;

ContentHash to_hash(XXH128_hash_t hash) {
    return {hash.high64, hash.low64};
}

/// The hash of blocks' hashes, and of how many bytes there are.
ContentHash together(std::vector<XXH128_hash_t>& blocks, std::size_t size) {
    blocks.push_back({size, 0});
    return to_hash(XXH3_128bits(blocks.data(), blocks.size() * sizeof(XXH128_hash_t)));
}

/// Closed at the end of the scope.
struct Descriptor {
    int number;
    ~Descriptor() {
        if (number >= 0) close(number);
    }
};

bool read_all(int file, std::vector<char>& buffer, std::size_t size, std::size_t offset) {
    std::size_t done = 0;
    while (done < size) {
        const ssize_t got = pread(file, buffer.data() + done, size - done, static_cast<off_t>(offset + done));
        if (got <= 0) return false;
        done += static_cast<std::size_t>(got);
    }
    return true;
}

}  // namespace

std::string ContentHash::text() const {
    return fmt::format("{:016x}{:016x}", high, low);
}

ContentHash hash_of(std::span<const std::byte> bytes) {
    std::vector<XXH128_hash_t> blocks((bytes.size() + block - 1) / block);
    parallel_for(blocks.size(), [&](std::size_t i) {
        const auto part = bytes.subspan(i * block, std::min(block, bytes.size() - i * block));
        blocks[i] = XXH3_128bits(part.data(), part.size());
    });
    return together(blocks, bytes.size());
}

ContentHash hash_of(std::string_view text) {
    return hash_of(std::as_bytes(std::span(text)));
}

std::optional<ContentHash> hash_of_file(const std::filesystem::path& path) {
    const Descriptor file{open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    struct stat about {};
    if (file.number < 0 || fstat(file.number, &about) != 0 || !S_ISREG(about.st_mode)) return std::nullopt;
    const auto size = static_cast<std::size_t>(about.st_size);
    std::vector<XXH128_hash_t> blocks((size + block - 1) / block);
    std::vector<uint8_t> whole(blocks.size(), 0);
    // Read rather than mapped: somebody else may be about to shorten it.
    parallel_ranges(blocks.size(), [&](std::size_t begin, std::size_t end) {
        std::vector<char> buffer(block);
        for (std::size_t i = begin; i < end; ++i) {
            const std::size_t length = std::min(block, size - i * block);
            whole[i] = read_all(file.number, buffer, length, i * block) ? 1 : 0;
            blocks[i] = XXH3_128bits(buffer.data(), length);
        }
    });
    if (std::ranges::find(whole, 0) != whole.end()) return std::nullopt;
    return together(blocks, size);
}

}  // namespace diaban
