// Arrays that vertex shaders look things up in (buffer textures), and quads drawn by number: vertices 4i to 4i + 3 are
// the corners of quad i, and a shader makes of record i what it likes. So everything of a kind is drawn with one call.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "render/gl_handle.h"
#include "render/range.h"

namespace diaban {

/// A long array cut into pages, for a device may limit the size of one. Each page repeats the first texel of the next:
/// a shader may look at the record behind its own.
class TexelPages {
public:
    TexelPages() = default;
    TexelPages(std::span<const int32_t> texels_of_4, const GlBinPtr& bin);
    TexelPages(std::span<const float> texels_of_1, const GlBinPtr& bin);

    [[nodiscard]] std::size_t page_count() const { return pages_.size(); }
    [[nodiscard]] uint32_t page_size() const { return page_size_; }
    /// Texture unit 0 is the active one afterwards.
    void bind(std::size_t page, uint32_t unit) const;

private:
    struct Page {
        GlName buffer, texture;
    };
    void upload(std::span<const std::byte> bytes, std::size_t texel, uint32_t format, const GlBinPtr& bin);

    std::vector<Page> pages_;
    uint32_t page_size_ = 1;
};

/// What one call draws of a page.
struct QuadDraws {
    std::vector<int32_t> index_counts;
    std::vector<int32_t> base_vertices;
};

class Quads {
public:
    explicit Quads(const GlBinPtr& bin);
    /// Draws the records of these ranges that lie on the page, with the program in use.
    void draw(std::span<const Range> ranges, std::size_t page, uint32_t page_size) const;

    /// So many at most under one index, which is 16 bits.
    static constexpr uint32_t most_at_once = 16'384;
    [[nodiscard]] static QuadDraws draws_of(std::span<const Range> ranges, std::size_t page, uint32_t page_size);

private:
    GlName arrays_, indices_;
};

}  // namespace diaban
