#include "render/software/stamp_cache.h"

namespace diaban {

void StampCache::begin_frame() {
    // What the last frame used stays, whatever its size: the next will want it again.
    while (bytes_ > budget_ && !entries_.empty() && entries_.back().used < frame_) {
        bytes_ -= entries_.back().set->bytes;
        by_key_.erase(entries_.back().key);
        entries_.pop_back();
    }
    ++frame_;
}

const std::shared_ptr<StampSet>& StampCache::set(std::string_view key, std::size_t count) {
    if (const auto known = by_key_.find(key); known != by_key_.end()) {
        entries_.splice(entries_.begin(), entries_, known->second);
    } else {
        auto made = std::make_shared<StampSet>();
        made->stamps.resize(count);
        made->bytes = sizeof(Entry) + sizeof(StampSet) + key.size() + count * sizeof made->stamps[0];
        bytes_ += made->bytes;
        entries_.push_front({std::string(key), std::move(made), 0});
        by_key_.emplace(entries_.front().key, entries_.begin());
    }
    entries_.front().used = frame_;
    return entries_.front().set;
}

}  // namespace diaban
