// Results that took long to make, kept on disk between runs. Everything in it can be deleted at any time; nothing in it
// is believed before its checksum was found right; another version of the program keeps its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

namespace diaban {

/// A checked entry's bytes, in memory while this lives.
class CacheEntry {
public:
    CacheEntry(void* mapped, std::size_t size, std::size_t header) : mapped_(mapped), size_(size), header_(header) {}
    ~CacheEntry();
    CacheEntry(const CacheEntry&) = delete;
    CacheEntry& operator=(const CacheEntry&) = delete;
    /// Begins at a multiple of 64 in memory.
    [[nodiscard]] std::span<const std::byte> bytes() const {
        return {static_cast<const std::byte*>(mapped_) + header_, size_ - header_};
    }

private:
    void* mapped_;
    std::size_t size_;
    std::size_t header_;
};
using CacheEntryPtr = std::shared_ptr<const CacheEntry>;

class CacheFolder {
public:
    /// Made when something is kept. Beyond `most_bytes` what was used longest ago goes.
    explicit CacheFolder(std::filesystem::path folder, uint64_t most_bytes = uint64_t{2} << 30U);
    /// DIABAN_CACHE_DIR, else diaban/ in XDG_CACHE_HOME or ~/.cache; null when DIABAN_CACHE_DIR is empty or there is no
    /// home.
    [[nodiscard]] static std::shared_ptr<const CacheFolder> of_user();

    /// Null when there is none, or when it is damaged: then it is deleted.
    [[nodiscard]] CacheEntryPtr find(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const;
    /// The parts one after the other. Written beside and renamed; when that fails nothing is kept, and nobody minds.
    void keep(std::string_view name, std::span<const std::span<const std::byte>> parts) const;
    /// Whether anything is there whose name begins so.
    [[nodiscard]] bool has_any(std::string_view beginning) const;
    void forget(std::string_view name) const;
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

private:
    [[nodiscard]] std::filesystem::path path_of(std::string_view name) const;
    void make_room(uint64_t bytes) const;

    std::filesystem::path folder_;
    uint64_t most_bytes_;
};
using CacheFolderPtr = std::shared_ptr<const CacheFolder>;

}  // namespace diaban
