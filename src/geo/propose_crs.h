// In which CRS are these coordinates, when nobody says so? Told from the numbers and from where they would land.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/crs.h"

namespace diaban {

struct CrsProposal {
    Crs crs;
    bool swapped = false;  ///< the axes would have to be exchanged first
    Box lands_in;          ///< degrees
    double score = 0;      ///< 0–1: how well it fits; for ranking only
    std::string reason;    ///< one translated sentence for people: "lands in the layers already open"
};

/// Candidates, the likeliest first; empty when none lands anywhere sensible. Degrees (WGS 84), VN-2000 / UTM 48N and
/// 49N, every VN-2000 3° zone, Web Mercator and the WGS 84 UTM zones are tried, each with its axes as they are and
/// exchanged. `near`, in degrees, is where the data are expected (the layers already open); without it a zone speaks
/// for itself when the data land in a province that uses it.
[[nodiscard]] std::vector<CrsProposal> propose_crs(const Geometry& geometry, const std::optional<Box>& near = {});

}  // namespace diaban
