// `diaban query`: runs a saved query of a workspace, or one that the words of the command line put together, and says
// what it found; the answer can be written as a file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace diaban {

/// What makes up a question; texts as typed. At most one kind: a saved one, features of a layer, coverage, a buffer,
/// service areas, SQL.
struct QuestionWords {
    std::string saved;                 ///< id or name
    std::string layer;                 ///< id, name, or the name of its file; empty: the only one there is
    std::string where;                 ///< also which of `coverage`'s demand, of `buffer`'s and `service_areas`' layer
    std::vector<std::string> near;     ///< "shelters within 5 km"
    std::vector<std::string> counts;   ///< "sanitation", "sanitation where (type = 'latrine') within 5 km"
    std::vector<std::string> nearest;  ///< "shelters"
    std::vector<std::string> columns;  ///< "name = expression"
    std::string coverage;              ///< "villages by shelters within 5 km"
    std::string weight, by;            ///< of coverage: a column of the demand; a layer of areas
    std::string buffer;                ///< "shelters 5 km"
    bool dissolve = false;
    std::string service_areas, clip;  ///< layers
    std::string sql;
};

/// Which part of coverage's answer is wanted.
enum class CoveragePart { automatic, gap, covered, areas, facilities };

struct QueryCommand {
    std::vector<std::filesystem::path> files;  ///< one workspace, or data files
    QuestionWords words;
    std::vector<std::string> crs;  ///< "EPSG:5899", for files that do not say theirs, or "points.csv=EPSG:5899"
    CoveragePart part = CoveragePart::automatic;  ///< the gap; a file of several layers gets all
    std::optional<int64_t> year;                  ///< asked for; empty: the workspace's, or the saved query's own
    bool list = false;                            ///< only what saved queries there are
    std::filesystem::path output;                 ///< empty: nothing is written
    bool shapes = false;                          ///< a CSV holds outlines and paths too, as well-known text
    int rows = 20;                                ///< of the answer, shown at most
    bool json = false;
};

/// Says on `out` in a sentence what the answer is, and without an output shows its first rows; or as JSON {"query",
/// "sentence", "count", "asked", "columns", "rows" or "output", "diagnostics"}, a coverage's shares besides. Exit
/// codes: 0, also where nothing was found; 2 for a layer, column or saved query that is not there (with the nearest
/// name) and for a condition that cannot be understood, which is shown with a mark under the character; 3 for files
/// that cannot be read; 4. On a failure nothing is written.
[[nodiscard]] int query_command(const QueryCommand& command, std::ostream& out, std::ostream& err);

}  // namespace diaban
