#include "data/unique_names.h"

#include <fmt/format.h>

namespace diaban {

std::string UniqueNames::take(const std::string& name) {
    if (taken_.insert(name).second) return name;
    int& number = next_.try_emplace(name, 2).first->second;
    while (true) {
        std::string numbered = fmt::format("{}_{}", name, number++);
        if (taken_.insert(numbered).second) return numbered;
    }
}

}  // namespace diaban
