// Levels of detail of one layer on one map, kept between runs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/cache_folder.h"
#include "geo/detail.h"

namespace diaban {

struct DetailStore {
    CacheFolderPtr folder;  ///< null: nothing is kept or found
    std::string content;    ///< names the geometry's content, its CRS and the map's

    explicit operator bool() const { return folder != nullptr && !content.empty(); }

    /// Null when there is none that fits a layer of so many features.
    [[nodiscard]] DetailPtr find(int octave, bool every_point, uint32_t features) const;
    void keep(int octave, bool every_point, const Detail& detail) const;
    /// The features' boxes in the map's plane.
    [[nodiscard]] std::optional<std::vector<Box>> find_boxes(uint32_t features) const;
    void keep_boxes(const std::vector<Box>& boxes) const;

private:
    [[nodiscard]] std::string name_of(const std::string& what) const;
};

}  // namespace diaban
