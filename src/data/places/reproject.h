// The same data in another CRS: what `import --to-crs` writes.
#pragma once

#include "data/dataset.h"

namespace diaban {

/// Every coordinate transformed, the repairs' originals included; attributes as they are. Coordinates that `to` cannot
/// hold become NaN, listed feature by feature in a `dropped_by_transform` diagnostic; a note says which operation was
/// used and how exact it is. A table without geometry comes back as it is. Errors: an unknown CRS on either side, no
/// way between them, or nothing that can be transformed.
[[nodiscard]] Expected<Dataset> reproject(const Dataset& dataset, const Crs& to);

}  // namespace diaban
