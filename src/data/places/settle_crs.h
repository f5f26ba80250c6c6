// Which CRS a dataset's coordinates are in: what the file or the user says, held against the numbers themselves.
#pragma once

#include <optional>

#include "data/dataset.h"

namespace diaban {

struct CrsHints {
    bool swap_axes = false;   ///< the user's decision: the first coordinate is north
    std::optional<Box> near;  ///< degrees: where the data are expected
};

/// Exchanges the axes where asked, then settles `dataset.crs`: `named` by the file or the user, else what the dataset
/// has already (points from columns). What cannot be is never put right in silence:
///
/// - No CRS: coordinates that are all plausible degrees are taken as WGS 84; others stay unknown, with proposals. A
///   `no_crs` diagnostic says so either way.
/// - A CRS of degrees whose coordinates mostly cannot be degrees, or one of metres whose coordinates can only be
///   degrees, becomes unknown (an error), with proposals. A few such coordinates are a warning.
/// - A CRS of metres whose coordinates lie far from where it is meant to be used, and one whose coordinates land there,
///   or in `near`, only with the axes exchanged, stays, with proposals and a warning.
///
/// Proposals and the question to the user go into the dataset's import report; `swapped` in them is against the order
/// in the file.
void settle_crs(Dataset& dataset, const Crs& named, const CrsHints& hints, const Place& where);

}  // namespace diaban
