#include "render/mask_atlas.h"

#include <epoxy/gl.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "render/mask_key.h"

namespace diaban {
namespace {

constexpr int gap = 1;

}  // namespace

const std::vector<MaskPiece>& MaskAtlas::text(const std::string& text, const TextStyle& style, double wrap_width,
                                              double pixel_ratio) {
    std::string key;
    append_text_key(key, text, style, wrap_width, pixel_ratio);
    if (const auto* known = find(key)) return *known;
    return add(key, draw_text(text, style, wrap_width, pixel_ratio));
}

const std::vector<MaskPiece>& MaskAtlas::mark(MarkerShape shape, double radius, double outline_width,
                                              double pixel_ratio) {
    std::string key;
    append_mark_key(key, shape, radius, outline_width, pixel_ratio);
    if (const auto* known = find(key)) return *known;
    return add(key, draw_mark(shape, radius, outline_width, pixel_ratio));
}

const std::vector<MaskPiece>* MaskAtlas::find(const std::string& key) {
    const auto known = entries_.find(key);
    if (known == entries_.end()) return nullptr;
    for (const MaskPiece& piece : known->second)
        pages_[piece.page].used = frame_;
    return &known->second;
}

const std::vector<MaskPiece>& MaskAtlas::add(const std::string& key, const Mask& mask) {
    std::vector<MaskPiece> pieces;
    constexpr int largest = page_size - 2 * gap;
    std::vector<uint8_t> both;
    for (int y = 0; y < mask.height; y += largest) {
        for (int x = 0; x < mask.width; x += largest) {
            const int width = std::min(largest, mask.width - x);
            const int height = std::min(largest, mask.height - y);
            MaskPiece piece = place(width, height);
            piece.x = static_cast<int>(std::lround(mask.origin_x)) + x;
            piece.y = static_cast<int>(std::lround(mask.origin_y)) + y;
            both.clear();
            for (int row = y; row < y + height; ++row) {
                for (int column = x; column < x + width; ++column) {
                    const auto i = static_cast<std::size_t>(row) * static_cast<std::size_t>(mask.width) +
                                   static_cast<std::size_t>(column);
                    both.push_back(mask.ink[i]);
                    both.push_back(i < mask.outline.size() ? mask.outline[i] : uint8_t{0});
                }
            }
            glBindTexture(GL_TEXTURE_2D, pages_[piece.page].texture.get());
            glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
            glTexSubImage2D(GL_TEXTURE_2D, 0, piece.atlas_x, piece.atlas_y, width, height, GL_RG, GL_UNSIGNED_BYTE,
                            both.data());
            pieces.push_back(piece);
        }
    }
    return entries_.insert_or_assign(key, std::move(pieces)).first->second;
}

MaskPiece MaskAtlas::place(int width, int height) {
    const auto try_page = [&](std::size_t index) -> std::optional<MaskPiece> {
        Page& page = pages_[index];
        if (page.x + width + gap > page_size) {
            page.shelf_y += page.shelf_height;
            page.shelf_height = 0;
            page.x = gap;
        }
        if (page.shelf_y + height + 2 * gap > page_size) return std::nullopt;
        MaskPiece piece;
        piece.page = index;
        piece.atlas_x = page.x;
        piece.atlas_y = page.shelf_y + gap;
        piece.width = width;
        piece.height = height;
        page.x += width + gap;
        page.shelf_height = std::max(page.shelf_height, height + gap);
        page.used = frame_;
        return piece;
    };
    for (std::size_t i = 0; i < pages_.size(); ++i)
        if (const auto piece = try_page(i)) return *piece;
    if (pages_.size() >= wanted_pages) {
        const auto oldest = std::ranges::min_element(pages_, {}, &Page::used);
        if (oldest->used < frame_) {
            const auto index = static_cast<std::size_t>(oldest - pages_.begin());
            empty_page(index);
            return *try_page(index);
        }
    }
    Page page;
    page.texture = GlName(GlKind::texture, bin_);
    page.x = gap;
    glBindTexture(GL_TEXTURE_2D, page.texture.get());
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RG8, page_size, page_size, 0, GL_RG, GL_UNSIGNED_BYTE, nullptr);
    pages_.push_back(std::move(page));
    return *try_page(pages_.size() - 1);
}

void MaskAtlas::empty_page(std::size_t page) {
    std::erase_if(entries_, [&](const auto& entry) {
        return std::ranges::any_of(entry.second, [&](const MaskPiece& piece) { return piece.page == page; });
    });
    pages_[page].shelf_y = pages_[page].shelf_height = 0;
    pages_[page].x = gap;
}

}  // namespace diaban
