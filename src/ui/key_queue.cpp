#include "ui/key_queue.h"

#include <algorithm>
#include <vector>

namespace diaban::ui {

void KeyQueue::push(int key, bool down) {
    if (key < 0 || static_cast<std::size_t>(key) >= key_count) return;
    waiting_.push_back({static_cast<std::size_t>(key), down});
}

void KeyQueue::advance() {
    std::vector<std::size_t> changed;
    while (!waiting_.empty()) {
        const Change next = waiting_.front();
        if (std::ranges::find(changed, next.key) != changed.end()) return;
        waiting_.pop_front();
        if (down_[next.key] == next.down) continue;
        down_[next.key] = next.down;
        changed.push_back(next.key);
    }
}

bool KeyQueue::down(int key) const {
    return key >= 0 && static_cast<std::size_t>(key) < key_count && down_[static_cast<std::size_t>(key)];
}

}  // namespace diaban::ui
