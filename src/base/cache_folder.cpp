#include "base/cache_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <vector>

#include "base/content_hash.h"
#include "base/file.h"

namespace diaban {
namespace {

namespace fs = std::filesystem;

/// Grows whenever what is kept changes its form.
constexpr uint32_t version = 1;
constexpr std::array<char, 8> magic{'d', 'i', 'a', 'b', 'a', 'n', 'C', '\n'};

struct Header {
    std::array<char, 8> magic{};
    uint32_t version = 0;
    uint32_t word_size = 0;  ///< of a pointer: arrays are kept as they lie in memory
    uint64_t size = 0;       ///< of what follows
    uint64_t hash_high = 0, hash_low = 0;
    uint64_t name_high = 0, name_low = 0;  ///< an entry under another's name is none
    uint64_t endian = 0;
};
static_assert(sizeof(Header) == 64);
constexpr uint64_t this_endian = 0x0102030405060708U;

Header header_of(std::string_view name, uint64_t size, const ContentHash& hash) {
    const ContentHash name_hash = hash_of(name);
    return {magic, version, sizeof(void*), size, hash.high, hash.low, name_hash.high, name_hash.low, this_endian};
}

struct Descriptor {
    int number;
    ~Descriptor() {
        if (number >= 0) close(number);
    }
};

/// As it was when the entry was made, or changed since.
bool right(const Header& header, std::string_view name, std::span<const std::byte> bytes) {
    if (header.size != bytes.size()) return false;
    const Header wanted = header_of(name, bytes.size(), {header.hash_high, header.hash_low});
    if (std::memcmp(&header, &wanted, sizeof(Header)) != 0) return false;
    return hash_of(bytes) == ContentHash{header.hash_high, header.hash_low};
}

/// The parts behind room for the header, which is written last, when what lies on the disk has been hashed: nothing is
/// held in memory twice.
Expected<void> write_entry(const fs::path& path, std::string_view name,
                           std::span<const std::span<const std::byte>> parts) {
    const auto failed = [] {
        return tl::make_unexpected(Error{ErrorKind::failure, "the cache could not be written", {}, {}});
    };
    std::size_t size = 0;
    {
        std::ofstream out(path, std::ios::binary);
        const Header none;
        out.write(reinterpret_cast<const char*>(&none), sizeof(Header));
        for (const auto part : parts) {
            out.write(reinterpret_cast<const char*>(part.data()), static_cast<std::streamsize>(part.size()));
            size += part.size();
        }
        out.close();
        if (!out) return failed();
    }
    const Descriptor file{open(path.c_str(), O_RDWR | O_CLOEXEC)};
    if (file.number < 0) return failed();
    void* mapped = mmap(nullptr, size + sizeof(Header), PROT_READ, MAP_PRIVATE, file.number, 0);
    if (mapped == MAP_FAILED) return failed();
    const CacheEntry entry(mapped, size + sizeof(Header), sizeof(Header));
    const Header header = header_of(name, size, hash_of(entry.bytes()));
    if (pwrite(file.number, &header, sizeof(Header), 0) != sizeof(Header)) return failed();
    return {};
}

}  // namespace

CacheEntry::~CacheEntry() {
    munmap(mapped_, size_);
}

CacheFolder::CacheFolder(fs::path folder, uint64_t most_bytes) : folder_(std::move(folder)), most_bytes_(most_bytes) {}

std::shared_ptr<const CacheFolder> CacheFolder::of_user() {
    if (const char* chosen = std::getenv("DIABAN_CACHE_DIR")) {
        if (*chosen == 0) return nullptr;
        return std::make_shared<const CacheFolder>(chosen);
    }
    if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache != nullptr && *cache != 0)
        return std::make_shared<const CacheFolder>(fs::path(cache) / "diaban");
    if (const char* home = std::getenv("HOME"); home != nullptr && *home != 0)
        return std::make_shared<const CacheFolder>(fs::path(home) / ".cache" / "diaban");
    return nullptr;
}

fs::path CacheFolder::path_of(std::string_view name) const {
    return folder_ / fmt::format("{}.v{}", name, version);
}

bool CacheFolder::has(std::string_view name) const {
    std::error_code problem;
    return fs::is_regular_file(path_of(name), problem);
}

bool CacheFolder::has_any(std::string_view beginning) const {
    std::error_code problem;
    for (const auto& file : fs::directory_iterator(folder_, problem))
        if (file.path().filename().string().starts_with(beginning)) return true;
    return false;
}

void CacheFolder::forget(std::string_view name) const {
    std::error_code ignored;
    fs::remove(path_of(name), ignored);
}

CacheEntryPtr CacheFolder::find(std::string_view name) const {
    const fs::path path = path_of(name);
    std::error_code ignored;
    const Descriptor file{open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    struct stat about {};
    if (file.number < 0 || fstat(file.number, &about) != 0 || !S_ISREG(about.st_mode)) return nullptr;
    const auto size = static_cast<std::size_t>(about.st_size);
    if (size < sizeof(Header)) {
        fs::remove(path, ignored);
        return nullptr;
    }
    void* mapped = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number, 0);
    if (mapped == MAP_FAILED) return nullptr;
    auto entry = std::make_shared<const CacheEntry>(mapped, size, sizeof(Header));
    Header header;
    std::memcpy(&header, mapped, sizeof(Header));
    if (!right(header, name, entry->bytes())) {
        fs::remove(path, ignored);
        return nullptr;
    }
    fs::last_write_time(path, fs::file_time_type::clock::now(), ignored);  // used just now
    return entry;
}

void CacheFolder::keep(std::string_view name, std::span<const std::span<const std::byte>> parts) const {
    std::size_t size = 0;
    for (const auto part : parts)
        size += part.size();
    if (size == 0 || size > most_bytes_ / 2) return;
    std::error_code problem;
    fs::create_directories(folder_, problem);
    if (problem) return;
    make_room(size);
    (void)write_file_with(path_of(name),
                          [&](const fs::path& temporary) { return write_entry(temporary, name, parts); });
}

void CacheFolder::make_room(uint64_t bytes) const {
    struct File {
        fs::path path;
        uint64_t size;
        fs::file_time_type used;
    };
    std::vector<File> files;
    uint64_t sum = bytes;
    std::error_code problem;
    for (const auto& file : fs::directory_iterator(folder_, problem)) {
        std::error_code gone;
        const uint64_t size = file.file_size(gone);
        const auto used = file.last_write_time(gone);
        if (gone) continue;
        files.push_back({file.path(), size, used});
        sum += size;
    }
    std::ranges::sort(files, {}, &File::used);
    for (auto file = files.begin(); file != files.end() && sum > most_bytes_; ++file) {
        std::error_code gone;
        if (fs::remove(file->path, gone)) sum -= file->size;
    }
}

}  // namespace diaban
