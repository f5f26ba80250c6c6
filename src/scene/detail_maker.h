// One background thread for what a picture would be better with: levels of detail, tiles of rasters. The last thing
// asked for is made first.
#pragma once

#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>

namespace diaban {

class DetailMaker {
public:
    /// `wake` is called on the background thread after each thing made.
    explicit DetailMaker(std::function<void()> wake);
    /// Waits for what is being made; drops what waits.
    ~DetailMaker();
    DetailMaker(const DetailMaker&) = delete;
    DetailMaker& operator=(const DetailMaker&) = delete;

    /// Does nothing when something of this key is being made; takes the place of what waits under it. An exception of
    /// `make` is dropped.
    void ask(std::string key, std::function<void()> make);
    /// Whether nothing waits and nothing is being made.
    [[nodiscard]] bool idle() const;
    /// Returns when that is so.
    void finish();

private:
    struct Wanted {
        std::string key;
        std::function<void()> make;
    };
    void run();

    static constexpr std::size_t most_waiting = 64;  ///< what was asked for longest ago is forgotten
    std::function<void()> wake_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::list<Wanted> waiting_;  ///< the next in front
    std::string making_;
    bool busy_ = false;
    bool stop_ = false;
    std::thread thread_;
};

}  // namespace diaban
