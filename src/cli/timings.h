// `--timings`: which stage of a command took how long.
#pragma once

#include <ostream>

#include "base/trace.h"

namespace diaban {

/// A line a stage, in milliseconds and how often it ran, indented below the stage it is part of; first what passed from
/// the process's start to the frame's, last the total. As JSON {"stages": [{"name", "depth", "calls", "ms",
/// "own_ms", "thread"}], "total_ms"}; `own_ms` of the drawing thread's stages (0) add up to the total.
void print_timings(const FrameTime& frame, bool json, std::ostream& out);

}  // namespace diaban
