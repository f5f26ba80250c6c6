#include "render/fill_maker.h"

#include <chrono>
#include <string>

namespace diaban {

FillMaker::~FillMaker() {
    for (auto& [address, job] : jobs_)
        job.stop.request_stop();
}

void FillMaker::begin_frame() {
    for (auto entry = jobs_.begin(); entry != jobs_.end();) {
        Job& job = entry->second;
        if (job.wanted && !job.detail.expired()) {
            job.wanted = false;
            ++entry;
            continue;
        }
        job.stop.request_stop();
        entry = jobs_.erase(entry);
    }
}

FillMaker::Job& FillMaker::job_of(const DetailPtr& detail) {
    if (const auto known = jobs_.find(detail.get()); known != jobs_.end()) {
        if (!known->second.detail.expired()) {
            known->second.wanted = true;
            return known->second;
        }
        known->second.stop.request_stop();  // another's, that was at this address
        jobs_.erase(known);
    }
    Job& job = jobs_[detail.get()];
    job.detail = detail;
    const auto task =
        std::make_shared<std::packaged_task<FillTriangles()>>([waiting = job.detail, stop = job.stop.get_token()] {
            const DetailPtr still_there = waiting.lock();
            return still_there && !stop.stop_requested() ? fill_triangles(*still_there, stop) : FillTriangles{};
        });
    job.made = task->get_future();
    if (!maker_) maker_.emplace(wake_ ? wake_ : [] {});
    maker_->ask(std::to_string(++asked_), [task] { (*task)(); });
    return job;
}

std::optional<FillTriangles> FillMaker::take(const DetailPtr& detail) {
    if (detail->points.size() < few_points) return fill_triangles(*detail);
    Job& job = job_of(detail);
    if (job.made.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return {};
    return wait_for(detail);
}

FillTriangles FillMaker::wait_for(const DetailPtr& detail) {
    const auto known = jobs_.find(detail.get());
    if (known == jobs_.end() || known->second.detail.expired()) return fill_triangles(*detail);
    Job job = std::move(known->second);
    jobs_.erase(known);
    try {
        return job.made.get();
    } catch (const std::future_error&) {  // forgotten while too much else was asked for
        return fill_triangles(*detail);
    }
}

}  // namespace diaban
