// Masks of text and marks on the graphics card, drawn once and kept: a few pages, the one used longest ago is emptied
// when room is needed.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "render/gl_handle.h"
#include "scene/typeset.h"

namespace diaban {

/// A rectangle of a page that holds a rectangle of a mask. Large masks take several.
struct MaskPiece {
    std::size_t page = 0;
    int atlas_x = 0, atlas_y = 0;
    int x = 0, y = 0, width = 0, height = 0;  ///< device pixels from the item's anchor
};

class MaskAtlas {
public:
    explicit MaskAtlas(GlBinPtr bin) : bin_(std::move(bin)) {}

    /// Pages used since then are safe from being emptied.
    void begin_frame() { ++frame_; }
    [[nodiscard]] const std::vector<MaskPiece>& text(const std::string& text, const TextStyle& style, double wrap_width,
                                                     double pixel_ratio);
    [[nodiscard]] const std::vector<MaskPiece>& mark(MarkerShape shape, double radius, double outline_width,
                                                     double pixel_ratio);
    [[nodiscard]] uint32_t texture(std::size_t page) const { return pages_[page].texture.get(); }
    [[nodiscard]] std::size_t page_count() const { return pages_.size(); }

    static constexpr int page_size = 1024;
    static constexpr std::size_t wanted_pages = 8;  ///< more only when one frame needs them

private:
    struct Page {
        GlName texture;
        uint64_t used = 0;  ///< the last frame that drew from it
        int shelf_y = 0, shelf_height = 0, x = 0;
    };
    [[nodiscard]] const std::vector<MaskPiece>* find(const std::string& key);
    const std::vector<MaskPiece>& add(const std::string& key, const Mask& mask);
    /// A free rectangle; makes or empties a page when none has one.
    MaskPiece place(int width, int height);
    void empty_page(std::size_t page);

    GlBinPtr bin_;
    uint64_t frame_ = 1;
    std::vector<Page> pages_;
    std::map<std::string, std::vector<MaskPiece>, std::less<>> entries_;
};

}  // namespace diaban
