// `diaban import`: reads whatever a province has, and writes a clean copy with a report of what was understood, mended
// and left out.
#pragma once

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include "data/read.h"

namespace diaban {

struct ImportCommand {
    std::vector<std::filesystem::path> files;
    std::filesystem::path output;    ///< by its extension; empty with `dry_run`
    std::filesystem::path problems;  ///< where to write the problems of the boundaries as a layer; empty: nowhere
    ReadOptions reading;
    std::string to_crs;            ///< empty: the coordinates stay as they are
    bool dry_run = false;          ///< say what would be done, write nothing
    bool as_is = false;            ///< take the cautious reading where something should be decided
    bool check = true;             ///< look for overlaps and gaps between neighbours
    bool byte_order_mark = false;  ///< of a CSV
    bool json = false;
};

/// Says on `out` what was done, in words or as JSON {"output", "layers": [{"file", …as `diaban info`…, "import",
/// "problems"}], "notes"}. Exit codes: 0; 2 for an output that cannot be written or would overwrite an input; 3 for
/// files that cannot be read, and where something has to be decided first (each question with the words that answer
/// it). On a failure nothing is written but one message on `err`.
[[nodiscard]] int import_command(const ImportCommand& command, std::ostream& out, std::ostream& err);

}  // namespace diaban
