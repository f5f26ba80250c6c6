// Loops over the cores. Same input, same result, whatever the number of threads: the body writes only to its own slots.
#pragma once

#include <cstddef>
#include <functional>

namespace diaban {

/// Calls body(begin, end) for disjoint ranges that together cover [0, count), on all cores; returns when all are done.
/// An exception of one range is rethrown here.
void parallel_ranges(std::size_t count, const std::function<void(std::size_t begin, std::size_t end)>& body);

/// Calls body(i) for each i in [0, count), on all cores.
void parallel_for(std::size_t count, const std::function<void(std::size_t i)>& body);

/// Calls body() in such a way that loops in it use this thread alone: for background work that must leave the other
/// cores to whoever waits for a picture.
void without_helpers(const std::function<void()>& body);

}  // namespace diaban
