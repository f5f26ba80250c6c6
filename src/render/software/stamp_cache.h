// Stamps kept from frame to frame, up to a number of bytes; those unused for longest go first.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "render/software/stamp.h"

namespace diaban {

/// The stamps of one text or mark in one colouring: a single one, or one for each place within a pixel, made when
/// wanted.
struct StampSet {
    std::vector<std::unique_ptr<const Stamp>> stamps;
    std::size_t bytes = 0;
    uint64_t holder = 0;  ///< the last that keeps it alive, by whatever number the user gives
};

class StampCache {
public:
    explicit StampCache(std::size_t budget) : budget_(budget) {}

    /// Lets go of what is over the budget and was not used since the last call. It lives on where it is held.
    void begin_frame();

    /// The set of this key, which says all that its stamps depend on; with room for `count` when it is new.
    [[nodiscard]] const std::shared_ptr<StampSet>& set(std::string_view key, std::size_t count);
    /// One of a set's stamps, made by make() if need be.
    template <class Make>
    const Stamp& stamp(StampSet& set, std::size_t index, const Make& make) {
        auto& slot = set.stamps[index];
        if (!slot) {
            slot = std::make_unique<const Stamp>(make());
            set.bytes += slot->bytes();
            bytes_ += slot->bytes();
        }
        return *slot;
    }

    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    [[nodiscard]] std::size_t size() const { return entries_.size(); }

private:
    struct Entry {
        std::string key;
        std::shared_ptr<StampSet> set;
        uint64_t used = 0;
    };
    using Entries = std::list<Entry>;

    std::size_t budget_;
    std::size_t bytes_ = 0;
    uint64_t frame_ = 1;
    Entries entries_;  ///< the one used last is first
    std::unordered_map<std::string_view, Entries::iterator> by_key_;
};

}  // namespace diaban
