// What was made for a key, for the last few keys asked for.
#pragma once

#include <list>
#include <utility>

namespace diaban {

template <class Key, class Value>
class Memo {
public:
    explicit Memo(std::size_t capacity) : capacity_(capacity) {}

    /// The value of an equal key, or make()'s, which is kept; the one unused for longest goes when there are too many.
    template <class Make>
    const Value& get(const Key& key, Make&& make) {
        for (auto it = entries_.begin(); it != entries_.end(); ++it) {
            if (it->first == key) {
                entries_.splice(entries_.begin(), entries_, it);
                return entries_.front().second;
            }
        }
        entries_.emplace_front(key, make());
        if (entries_.size() > capacity_) entries_.pop_back();
        return entries_.front().second;
    }

private:
    std::size_t capacity_;
    std::list<std::pair<Key, Value>> entries_;
};

}  // namespace diaban
