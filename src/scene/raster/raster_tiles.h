// Pieces of rasters that were read, in a pyramid over the plane of the map: a tile of level n is 512 pixels wide, each
// of 2^n map units. What was not used for longest is forgotten when there is too much. Safe to use from several
// threads.
#pragma once

#include <compare>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "scene/scene.h"
#include "style/style.h"

namespace diaban {

inline constexpr int tile_pixels = 512;

/// A place in the pyramid; the corner of tile 0, 0 is the origin of the map's plane, rows run north.
struct TilePlace {
    int level = 0;
    int64_t column = 0, row = 0;
    auto operator<=>(const TilePlace&) const = default;

    [[nodiscard]] Box extent() const;
    /// The tile that holds this one, `up` levels above.
    [[nodiscard]] TilePlace above(int up) const;
};

/// A raster as it is read for one map.
struct TiledRaster {
    RasterPtr raster;
    std::string from, to;  ///< definitions of the CRSs; empty: unknown
    bool smooth = true;
    auto operator<=>(const TiledRaster&) const = default;
};

struct TileKey {
    TiledRaster of;
    TilePlace place;
    auto operator<=>(const TileKey&) const = default;
};

using MapImagePtr = std::shared_ptr<const MapImage>;

/// The piece as a style wants it; the piece itself where that changes nothing.
[[nodiscard]] MapImagePtr restyled(const MapImagePtr& image, const RasterStyle& style);
/// The part of a tile's picture that lies at `place`, which it holds.
[[nodiscard]] MapImagePtr part_of(const MapImage& image, TilePlace of, TilePlace place);

class RasterTiles {
public:
    explicit RasterTiles(std::size_t most_bytes = std::size_t{192} << 20U) : most_bytes_(most_bytes) {}

    /// A tile that was asked for and came, or did not.
    struct Tile {
        MapImagePtr image;  ///< null: there is nothing to be seen
        std::optional<Error>
            error;  ///< why the raster's first such tile could not be read; it is never asked for again
    };
    [[nodiscard]] std::optional<Tile> find(const TileKey& key);
    /// As a style wants it; made once for as long as the style stays. Null where there is nothing.
    [[nodiscard]] MapImagePtr image(const TileKey& key, const RasterStyle& style);
    /// A stand-in for a tile that is not there: the part of a coarser one, likewise. Null when none is there.
    [[nodiscard]] MapImagePtr stand_in(const TileKey& key, const RasterStyle& style);

    /// Reads it, unless it is there already.
    Tile make(const TileKey& key, const Crs& from, const Crs& to);
    /// What the view that is looked at now lacks: the rest of what was asked for is not worth reading any more. It
    /// shows so many tiles: there is always room for twice as many.
    void want(std::set<TileKey> lacking, std::size_t shown);
    [[nodiscard]] bool wanted(const TileKey& key) const;

    [[nodiscard]] std::size_t bytes() const;

private:
    struct Styled {
        MapImagePtr image;
        RasterStyle style;
    };
    struct Entry {
        Tile tile;
        Styled styled;
        std::size_t bytes = 0;
        std::list<TileKey>::iterator use;
    };
    struct StandIn {
        TilePlace from;
        Styled styled;
    };
    Entry* find_and_touch(const TileKey& key);
    void forget_what_is_too_much();

    mutable std::mutex lock_;
    std::size_t most_bytes_;
    std::size_t most_for_view_ = 0;
    std::size_t bytes_ = 0;
    std::map<TileKey, Entry> tiles_;
    std::list<TileKey> used_;  ///< the last used in front
    std::map<TileKey, StandIn> stand_ins_;
    std::set<TileKey> wanted_;
    std::map<RasterPtr, Error> first_errors_;
};

}  // namespace diaban
