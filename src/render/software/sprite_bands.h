// Symbols, text, rectangles and paths, made ready for painting on the processor.
#pragma once

#include <memory>
#include <span>

#include "render/part.h"
#include "render/software/map_bands.h"
#include "scene/scene.h"

namespace diaban {

/// Keeps the masks of text and marks from frame to frame. One thread prepares; what was prepared holds what it needs.
class SpriteBands {
public:
    SpriteBands();
    ~SpriteBands();
    SpriteBands(SpriteBands&&) noexcept;
    SpriteBands& operator=(SpriteBands&&) noexcept;

    void begin_frame();
    [[nodiscard]] BandPainterPtr prepare(const SymbolItem& item, const PartView& view);
    /// In their order.
    [[nodiscard]] BandPainterPtr prepare(std::span<const PixelItem> items, const PartView& view);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace diaban
