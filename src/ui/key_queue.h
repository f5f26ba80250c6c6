// Keys as the interface sees them, one change of a key a frame. ImGui looks at the keyboard once a frame, so a key that
// went down and up between two frames would never have been pressed; here its release waits for the next frame.
//
//     KeyQueue keys;
//     keys.push(GLFW_KEY_ENTER, true);  keys.push(GLFW_KEY_ENTER, false);
//     keys.advance();                   // this frame: keys.down(GLFW_KEY_ENTER)
//     keys.advance();                   // the next: released
#pragma once

#include <array>
#include <cstddef>
#include <deque>

namespace diaban::ui {

class KeyQueue {
public:
    static constexpr std::size_t key_count = 512;  ///< as many as ImGui knows; GLFW has fewer

    /// A change, in the order in which it happened. Keys out of range are passed over.
    void push(int key, bool down);
    /// Takes in the changes up to the first of a key that already changed in this frame: nothing overtakes, so that
    /// Ctrl is still held when its letter is seen.
    void advance();
    [[nodiscard]] bool down(int key) const;
    /// Changes wait for a next frame.
    [[nodiscard]] bool pending() const { return !waiting_.empty(); }

private:
    struct Change {
        std::size_t key = 0;
        bool down = false;
    };
    std::deque<Change> waiting_;
    std::array<bool, key_count> down_{};
};

}  // namespace diaban::ui
