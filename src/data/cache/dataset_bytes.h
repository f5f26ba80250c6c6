// A Dataset as bytes, and back. Geometry is not copied on the way back: it looks at the bytes.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "base/bytes.h"
#include "data/dataset.h"

namespace diaban {

/// Everything but the path and the date of its file, and whether it is checked; arrays are looked at where they are.
/// Nothing for a dataset whose import still asks something: that is read again.
[[nodiscard]] std::optional<ByteWriter> bytes_of(const Dataset& dataset);

/// `owner` keeps `bytes` alive. Nothing when they do not make sense.
[[nodiscard]] std::optional<Dataset> dataset_of(std::span<const std::byte> bytes,
                                                const std::shared_ptr<const void>& owner);

}  // namespace diaban
