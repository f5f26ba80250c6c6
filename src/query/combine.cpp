#include "query/combine.h"

#include <utility>

namespace diaban {

std::set<uint32_t> combined(std::set<uint32_t> selected, std::span<const uint32_t> found, Combine how) {
    switch (how) {
        case Combine::replace:
            return {found.begin(), found.end()};
        case Combine::add:
            selected.insert(found.begin(), found.end());
            return selected;
        case Combine::remove:
            for (const uint32_t feature : found)
                selected.erase(feature);
            return selected;
        case Combine::within: {
            std::set<uint32_t> both;
            for (const uint32_t feature : found)
                if (selected.contains(feature)) both.insert(feature);
            return both;
        }
    }
    return selected;
}

}  // namespace diaban
