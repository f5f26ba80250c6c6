// Names for columns, of which no two are the same, whatever a file says.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>

namespace diaban {

class UniqueNames {
public:
    /// The name itself, or with "_2", "_3" … behind it where it is taken; taken from now on.
    std::string take(const std::string& name);

private:
    std::unordered_set<std::string> taken_;
    std::unordered_map<std::string, int> next_;  ///< by name: the number to try, so that many of one name are quick
};

}  // namespace diaban
