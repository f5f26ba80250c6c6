// Triangles of what is to be filled, made at once where that is soon done and else on a background thread, so that no
// frame of a window waits for them.
#pragma once

#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>

#include "render/fill_triangles.h"
#include "scene/detail_maker.h"

namespace diaban {

class FillMaker {
public:
    /// `wake` is called on the background thread after each thing made.
    explicit FillMaker(std::function<void()> wake) : wake_(std::move(wake)) {}
    /// Stops what is being made.
    ~FillMaker();
    FillMaker(const FillMaker&) = delete;
    FillMaker& operator=(const FillMaker&) = delete;

    /// Once a frame, before it asks: what the last one did not ask for any more is stopped and forgotten.
    void begin_frame();
    /// The triangles, given once; nothing while they are being made. Throws what making them threw.
    [[nodiscard]] std::optional<FillTriangles> take(const DetailPtr& detail);
    /// Waits for them.
    [[nodiscard]] FillTriangles wait_for(const DetailPtr& detail);

    /// Details of fewer points are made at once.
    static constexpr std::size_t few_points = 60'000;

private:
    struct Job {
        std::weak_ptr<const Detail> detail;
        std::future<FillTriangles> made;
        std::stop_source stop;
        bool wanted = true;
    };
    [[nodiscard]] Job& job_of(const DetailPtr& detail);

    std::function<void()> wake_;
    std::map<const Detail*, Job> jobs_;
    uint64_t asked_ = 0;
    std::optional<DetailMaker> maker_;  ///< from the first job on
};

}  // namespace diaban
