// What a query can look at: the layers of a workspace, without their styles.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/features.h"

namespace diaban {

struct QueryLayer {
    std::string id;
    std::string name;                          ///< for people
    std::shared_ptr<const Features> features;  ///< null where its data could not be read
    std::string filter;                        ///< its own, in the language of queries; empty: everything
    std::string file;                          ///< "communes.gpkg, layer communes"
    std::string date;                          ///< what time its data speak of; may be empty
    bool invented = false;                     ///< demonstration data
};

struct QueryLayers {
    std::vector<QueryLayer> list;
    std::optional<int64_t> time;  ///< the year that joined tables are seen at; empty: the latest there is

    /// By id, else by name (fold()ed). Errors: there is none, with the nearest name, or several of that name
    /// (wrong_usage); its data could not be read (bad_input).
    [[nodiscard]] Expected<const QueryLayer*> require(std::string_view id_or_name) const;
};

}  // namespace diaban
