// In which CRS are these coordinates, when nobody says so? Told from the numbers and from where they would land.
//
//     for (const CrsProposal& p : propose_crs(geometry, province_box))   // VN-2000 / TM-3 107-45, 0.93, …
//         offer(p.crs, p.swapped, p.reason);
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/crs.h"

namespace diaban {

struct CrsProposal {
    Crs crs;
    bool swapped = false;  ///< the axes would have to be exchanged first
    Box lands_in;          ///< degrees; of what lies together, without single values far off
    double score = 0;      ///< 0–1: how well it fits; for ranking only
    std::string reason;    ///< one translated sentence for people, without a full stop: "lands where data are expected"
};

/// Candidates, the likeliest first, at most twelve; empty when none lands anywhere sensible. Tried are degrees (WGS
/// 84), VN-2000 / UTM 48N and 49N, every VN-2000 3° zone, Web Mercator and the WGS 84 UTM zones (eastings that begin
/// with the zone's number included), each with its axes as they are and exchanged.
///
/// `near`, in degrees, is where the data are expected (the layers already open); what lands there comes first. Where
/// nothing does, and without it, only Vietnam speaks for itself, and the whole globe for degrees, for Web Mercator far
/// from any UTM easting and for a zone's number in the eastings. A 3° zone counts for more where the data land in a
/// province that works in it; one and a half degrees or more off the middle of a UTM zone speak for UTM. Hà Nội in its
/// own zone lands in Bắc Ninh when taken in that one's: neighbours that the numbers cannot tell apart are both offered.
///
/// Single values far from the rest, coordinates at exactly 0, 0 and such as are no finite numbers are passed over.
[[nodiscard]] std::vector<CrsProposal> propose_crs(const Geometry& geometry, const std::optional<Box>& near = {});
[[nodiscard]] std::vector<CrsProposal> propose_crs(std::span<const Point> points, const std::optional<Box>& near = {});

/// "VN-2000 / TM-3 107-45 (EPSG:5899)"; "with the axes exchanged" behind it where they are.
[[nodiscard]] std::string in_words(const CrsProposal& proposal);
[[nodiscard]] std::string in_words(const Crs& crs);

/// The coordinates that lie together: finite, not at 0, 0, and within twenty times the usual distance from the median;
/// at most `most` of them, taken evenly.
[[nodiscard]] std::vector<Point> main_points(std::span<const Point> points, std::size_t most = 400);

/// x and y exchanged.
[[nodiscard]] Geometry with_axes_exchanged(const Geometry& geometry);

/// The share of points in a box of degrees, longitudes past 180° included.
[[nodiscard]] double share_inside(std::span<const Point> degrees, const Box& box);

}  // namespace diaban
