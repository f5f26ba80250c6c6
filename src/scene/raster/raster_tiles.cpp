#include "scene/raster/raster_tiles.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <utility>

#include "base/i18n.h"

namespace diaban {

namespace {

/// Coarser tiles stand in for finer ones as long as a pixel of theirs is not a whole picture.
constexpr int most_levels_above = 6;

/// What is not there costs little, but not nothing: without bounds, panning over an empty plane would fill memory.
constexpr std::size_t least_bytes = 512;

std::size_t bytes_of(const MapImagePtr& image) {
    return image ? image->rgba.size() : 0;
}

int64_t divided(int64_t value, int levels) {
    return value >> levels;  // rounds down, negative numbers too
}

}  // namespace

Box TilePlace::extent() const {
    const double side = std::ldexp(tile_pixels, level);
    const double x = static_cast<double>(column) * side, y = static_cast<double>(row) * side;
    return {x, y, x + side, y + side};
}

TilePlace TilePlace::above(int up) const {
    return {level + up, divided(column, up), divided(row, up)};
}

MapImagePtr part_of(const MapImage& image, TilePlace of, TilePlace place) {
    const int up = of.level - place.level;
    const int side = std::max(1, image.width >> up);
    const auto column = static_cast<int>(place.column - (of.column << up));
    const auto row_from_below = static_cast<int>(place.row - (of.row << up));
    const int left = column * side, top = image.height - (row_from_below + 1) * side;
    auto part = std::make_shared<MapImage>();
    part->width = side, part->height = side;
    for (int y = top; y < top + side; ++y) {
        const auto first = image.rgba.begin() + (static_cast<std::ptrdiff_t>(y) * image.width + left) * 4;
        part->rgba.insert(part->rgba.end(), first, first + static_cast<std::ptrdiff_t>(side) * 4);
    }
    return part;
}

RasterTiles::Entry* RasterTiles::find_and_touch(const TileKey& key) {
    const auto found = tiles_.find(key);
    if (found == tiles_.end()) return nullptr;
    used_.splice(used_.begin(), used_, found->second.use);
    return &found->second;
}

std::optional<RasterTiles::Tile> RasterTiles::find(const TileKey& key) {
    const std::lock_guard guard(lock_);
    const Entry* entry = find_and_touch(key);
    return entry == nullptr ? std::nullopt : std::optional(entry->tile);
}

MapImagePtr RasterTiles::image(const TileKey& key, const RasterStyle& style) {
    const std::lock_guard guard(lock_);
    Entry* entry = find_and_touch(key);
    if (entry == nullptr || entry->tile.image == nullptr) return nullptr;
    if (entry->styled.image == nullptr || entry->styled.style != style)
        entry->styled = {restyled(entry->tile.image, style), style};
    return entry->styled.image;
}

MapImagePtr RasterTiles::stand_in(const TileKey& key, const RasterStyle& style) {
    const std::lock_guard guard(lock_);
    for (int up = 1; up <= most_levels_above; ++up) {
        const TilePlace above = key.place.above(up);
        const Entry* entry = find_and_touch({key.of, above});
        if (entry == nullptr || entry->tile.error) continue;
        if (entry->tile.image == nullptr) return nullptr;
        StandIn& kept = stand_ins_[key];
        if (kept.styled.image == nullptr || kept.from != above || kept.styled.style != style)
            kept = {above, {restyled(part_of(*entry->tile.image, above, key.place), style), style}};
        return kept.styled.image;
    }
    return nullptr;
}

RasterTiles::Tile RasterTiles::make(const TileKey& key, const Crs& from, const Crs& to) {
    if (auto known = find(key)) return *std::move(known);
    Tile tile;
    try {
        auto pixels = key.of.raster->read({.from = from,
                                           .to = to,
                                           .extent = key.place.extent(),
                                           .width = tile_pixels,
                                           .height = tile_pixels,
                                           .smooth = key.of.smooth});
        if (!pixels) {
            tile.error = pixels.error();
        } else if (!pixels->blank()) {
            tile.image =
                std::make_shared<const MapImage>(MapImage{pixels->width, pixels->height, std::move(pixels->rgba)});
        }
    } catch (const std::exception& exception) {
        tile.error = Error{ErrorKind::failure, std::string(tr("Reading stopped")) + ": " + exception.what(), {}, {}};
    }
    const std::lock_guard guard(lock_);
    if (const Entry* known = find_and_touch(key)) return known->tile;
    // The same words for all of them, so that it is said once.
    if (tile.error) tile.error = first_errors_.try_emplace(key.of.raster, *tile.error).first->second;
    used_.push_front(key);
    const std::size_t bytes = bytes_of(tile.image) + least_bytes;
    bytes_ += bytes;
    tiles_.emplace(key, Entry{tile, {}, bytes, used_.begin()});
    if (!tile.error) stand_ins_.erase(key);
    forget_what_is_too_much();
    return tile;
}

void RasterTiles::want(std::set<TileKey> lacking, std::size_t shown) {
    constexpr std::size_t bytes_a_tile = std::size_t{tile_pixels} * tile_pixels * 4 + least_bytes;
    const std::lock_guard guard(lock_);
    std::erase_if(stand_ins_, [&](const auto& entry) { return !lacking.contains(entry.first); });
    wanted_ = std::move(lacking);
    most_for_view_ = 2 * shown * bytes_a_tile;
}

bool RasterTiles::wanted(const TileKey& key) const {
    const std::lock_guard guard(lock_);
    return wanted_.contains(key);
}

std::size_t RasterTiles::bytes() const {
    const std::lock_guard guard(lock_);
    return bytes_;
}

void RasterTiles::forget_what_is_too_much() {
    while (bytes_ > std::max(most_bytes_, most_for_view_) && used_.size() > 1) {
        const auto oldest = tiles_.find(used_.back());
        bytes_ -= oldest->second.bytes;
        tiles_.erase(oldest);
        used_.pop_back();
    }
}

}  // namespace diaban
