#include "query/evaluate/query_cache.h"

#include <fmt/format.h>

#include <chrono>

namespace diaban {

QueryCache::QueryCache() : entries_(std::make_unique<Entries>()) {}
QueryCache::~QueryCache() = default;

CacheKey& CacheKey::add(std::string_view part) {
    // With its length, so that no two lists of parts read the same.
    text += fmt::format("{}:{} ", part.size(), part);
    return *this;
}

CacheKey& CacheKey::add(std::shared_ptr<const void> what) {
    add(fmt::format("{}", what.get()));
    holds.push_back(std::move(what));
    return *this;
}

CacheKey& CacheKey::add(const Geometry& geometry) {
    add(fmt::format("{} {} {} {}", static_cast<int>(geometry.kind()), geometry.feature_count(),
                    static_cast<const void*>(geometry.points().data()),
                    static_cast<const void*>(geometry.feature_offsets().data())));
    holds.push_back(std::make_shared<const Geometry>(geometry));
    return *this;
}

CacheKey& CacheKey::add(const Crs& crs) {
    return add(crs.known() ? crs.definition() : std::string());
}

std::size_t QueryCache::Entries::count() {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

Expected<std::shared_ptr<const void>> QueryCache::Entries::get_any(const CacheKey& key, const Progress& progress,
                                                                   const std::function<Expected<Made>()>& make) {
    std::unique_lock lock(mutex_);
    for (auto found = by_key_.find(key.text); found != by_key_.end(); found = by_key_.find(key.text)) {
        if (found->second->made.value) {
            entries_.splice(entries_.begin(), entries_, found->second);
            return entries_.front().made.value;
        }
        if (progress.cancelled()) return tl::unexpected(cancelled_error());
        changed_.wait_for(lock, std::chrono::milliseconds(20));
    }
    entries_.push_front({key, {}});
    by_key_[key.text] = entries_.begin();
    lock.unlock();

    Expected<Made> made = tl::unexpected(Error{});
    try {
        made = make();
    } catch (...) {
        lock.lock();
        forget(key.text);
        throw;
    }
    lock.lock();
    if (!made) {
        forget(key.text);
        return tl::unexpected(made.error());
    }
    const auto entry = by_key_.at(key.text);
    entry->made = *made;
    bytes_ += made->bytes;
    entries_.splice(entries_.begin(), entries_, entry);
    forget_surplus();
    changed_.notify_all();
    return made->value;
}

void QueryCache::Entries::forget(const std::string& key) {
    const auto found = by_key_.find(key);
    entries_.erase(found->second);
    by_key_.erase(found);
    changed_.notify_all();
}

void QueryCache::Entries::forget_surplus() {
    for (auto last = std::prev(entries_.end());
         last != entries_.begin() && (bytes_ > most_bytes || entries_.size() > most_entries);) {
        const auto candidate = last--;
        if (!candidate->made.value) continue;  // somebody is making it
        bytes_ -= candidate->made.bytes;
        by_key_.erase(candidate->key.text);
        entries_.erase(candidate);
    }
}

}  // namespace diaban
