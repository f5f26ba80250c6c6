#include "base/parallel.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

namespace diaban {

void parallel_ranges(std::size_t count, const std::function<void(std::size_t, std::size_t)>& body) {
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count),
                      [&body](const tbb::blocked_range<std::size_t>& range) { body(range.begin(), range.end()); });
}

void parallel_for(std::size_t count, const std::function<void(std::size_t)>& body) {
    parallel_ranges(count, [&body](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            body(i);
    });
}

void without_helpers(const std::function<void()>& body) {
    tbb::task_arena(1).execute(body);
}

}  // namespace diaban
