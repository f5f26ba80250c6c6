// What QueryCache remembers, each by what it depends on.
//
//     auto shapes = cache.get<EarthShapes>(key, progress, [&] { return make(…); }, bytes);
//
// Of several threads that ask for the same thing one makes it and the others wait. What was cancelled or failed is not
// remembered. Not to be called from inside a parallel loop: the maker's own loops could wait for it.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "query/answer.h"

namespace diaban {

/// What something depends on. Where that is said by an address, what lies there is held for as long as the key lives,
/// so that nothing else can come to lie there.
struct CacheKey {
    std::string text;
    std::vector<std::shared_ptr<const void>> holds;

    CacheKey& add(std::string_view part);
    CacheKey& add(std::shared_ptr<const void> what);
    CacheKey& add(const Geometry& geometry);
    CacheKey& add(const Crs& crs);
};

struct QueryCache::Entries {
    template <class Value>
    using Found = Expected<std::shared_ptr<const Value>>;

    /// `make` gives a Found<Value>, `bytes` how much a value takes.
    template <class Value, class Make, class Bytes>
    [[nodiscard]] Found<Value> get(const CacheKey& key, const Progress& progress, Make&& make, Bytes&& bytes) {
        auto any = get_any(key, progress, [&]() -> Expected<Made> {
            Found<Value> made = make();
            if (!made) return tl::unexpected(made.error());
            return Made{*made, bytes(**made)};
        });
        if (!any) return tl::unexpected(any.error());
        return std::static_pointer_cast<const Value>(*any);
    }

    /// How much is remembered: for tests.
    [[nodiscard]] std::size_t count();
    /// What is unused for longest goes when there is more than this; the newest stays, however large.
    static constexpr std::size_t most_bytes = std::size_t{1} << 30U;
    static constexpr std::size_t most_entries = 512;

private:
    struct Made {
        std::shared_ptr<const void> value;
        std::size_t bytes = 0;
    };
    struct Entry {
        CacheKey key;
        Made made;  ///< null while somebody makes it
    };
    [[nodiscard]] Expected<std::shared_ptr<const void>> get_any(const CacheKey& key, const Progress& progress,
                                                                const std::function<Expected<Made>()>& make);
    void forget(const std::string& key);
    void forget_surplus();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::list<Entry> entries_;  ///< the last used first
    std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
    std::size_t bytes_ = 0;
};

}  // namespace diaban
