#include "geo/propose_crs.h"

namespace diaban {

std::vector<CrsProposal> propose_crs(const Geometry&, const std::optional<Box>&) {
    return {};
}

}  // namespace diaban
