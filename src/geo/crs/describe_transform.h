// What PROJ does between two CRSs, for people: which change of datum, and how exact it says it is.
//
//     to_text(*describe_transform(vn2000, Crs::wgs84()))     // "VN-2000 to WGS 84 (2), about 1 m"
#pragma once

#include <optional>
#include <string>

#include "base/units.h"
#include "geo/crs.h"

namespace diaban {

struct TransformDescription {
    std::string operation;  ///< PROJ's and EPSG's names of the changes of datum; empty: there is none
    Metres accuracy;        ///< 0 without a change of datum; negative: unknown
    bool ballpark = false;  ///< PROJ knows no change of datum for the place and pretends that there is none
    bool operator==(const TransformDescription&) const = default;
};

/// PROJ chooses by place: this is the operation for `at`, in coordinates of `from`; without it for the middle of the
/// part of the Earth that both are used in. Errors as Transform::between().
[[nodiscard]] Expected<TransformDescription> describe_transform(const Crs& from, const Crs& to,
                                                                const std::optional<Point>& at = {});

/// "VN-2000 to WGS 84 (2), about 1 m"; "no change of datum"; "…, accuracy unknown". Translated, without a full stop.
[[nodiscard]] std::string to_text(const TransformDescription& description);

}  // namespace diaban
