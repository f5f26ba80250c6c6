// A view that moves: each frame looks elsewhere, at another scale, and keeps meeting ground not seen before.
#pragma once

#include <vector>

#include "bench/measured.h"
#include "scene/detail_maker.h"

namespace diaban::bench {

class MovingView {
public:
    /// `nearer` times as near as the whole, about `centre` (map CRS; the whole about its own centre). It rests there
    /// first, until everything it wants is made. `opened` must outlive it.
    MovingView(const Opened& opened, Content content, double nearer, Point centre);
    /// Goes to these places only, over and over.
    void go_to(std::vector<Point> places);

    /// As the window derives it while it moves.
    [[nodiscard]] Scene next();
    /// The same place at rest, at its best, with all that the background makes for it made already.
    [[nodiscard]] Scene next_at_rest();
    /// Another place, with the time it takes to make what is missing there, in milliseconds.
    double go_on_and_wait();
    [[nodiscard]] const std::vector<Point>& places() const { return places_; }

private:
    void find_places(const std::vector<LayerResultPtr>& layers, double nearer);
    void go_on();
    void settle();
    [[nodiscard]] Scene derive_now();

    const Opened& opened_;
    DeriveCache cache_;
    MapRequest request_;
    Frame start_, frame_;
    std::vector<Point> places_;  ///< features that it goes to, one after the other: it is never where nothing is
    std::size_t next_place_ = 0;
    int frames_ = 0;
    DetailMaker maker_;  // last: it ends before what it makes things for
};

}  // namespace diaban::bench
