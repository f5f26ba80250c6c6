// A view that moves: each frame looks elsewhere, at another scale, and keeps meeting ground not seen before.
#pragma once

#include "bench/measured.h"
#include "scene/detail_maker.h"

namespace diaban::bench {

class MovingView {
public:
    /// `nearer` times as near as the whole, about `centre` (map CRS; the whole about its own centre). It rests there
    /// first, until everything it wants is made. `opened` must outlive it.
    MovingView(const Opened& opened, Content content, double nearer, Point centre);

    /// As the window derives it while it moves.
    [[nodiscard]] Scene next();
    /// The same place at rest, at its best, with all that the background makes for it made already.
    [[nodiscard]] Scene next_at_rest();
    /// Another place, with the time it takes to make what is missing there, in milliseconds.
    double go_on_and_wait();
    [[nodiscard]] const Frame& frame() const { return frame_; }

private:
    void go_on();
    void settle();
    [[nodiscard]] Scene derive_now();

    const Opened& opened_;
    DeriveCache cache_;
    MapRequest request_;
    Frame start_, frame_;
    Box bounds_;        ///< where its centre may go
    Point step_{9, 5};  ///< pixels a frame, as a hand that is in no hurry moves a map
    int frames_ = 0;
    DetailMaker maker_;  // last: it ends before what it makes things for
};

}  // namespace diaban::bench
