// A fresh process that opens a file and draws it, timed from outside: what opening costs, the program's start included,
// and what memory it takes. The child is this program again.
#pragma once

#include <filesystem>

#include "base/error.h"
#include "bench/measured.h"

namespace diaban::bench {

struct ChildWish {
    std::filesystem::path file;
    std::filesystem::path cache;  ///< its cache folder
    Content content = Content::picture;
    bool rest = false;  ///< goes on to what a window does in the background, until nothing is left to do
};

struct ChildTimes {
    double picture_ms = 0;      ///< from before the process was made until its picture was complete
    double picture_cpu_ms = 0;  ///< processor time of all its threads until then
    double resident = 0;        ///< bytes, when it had done all
    double most_resident = 0;   ///< bytes
};

/// Waits until it has ended. What it leaves in its cache it writes after the picture.
[[nodiscard]] Expected<ChildTimes> run_child(const ChildWish& wish);

/// The child's own main function; nothing where the arguments are none of a child's.
[[nodiscard]] std::optional<int> child_main(int argc, char** argv);

}  // namespace diaban::bench
