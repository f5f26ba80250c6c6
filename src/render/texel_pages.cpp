#include "render/texel_pages.h"

#include <epoxy/gl.h>

#include <algorithm>

namespace diaban {

TexelPages::TexelPages(std::span<const int32_t> texels_of_4, const GlBinPtr& bin) {
    upload(std::as_bytes(texels_of_4), 4 * sizeof(int32_t), GL_RGBA32I, bin);
}

TexelPages::TexelPages(std::span<const float> texels_of_1, const GlBinPtr& bin) {
    upload(std::as_bytes(texels_of_1), sizeof(float), GL_R32F, bin);
}

void TexelPages::upload(std::span<const std::byte> bytes, std::size_t texel, uint32_t format, const GlBinPtr& bin) {
    GLint most = 0;
    glGetIntegerv(GL_MAX_TEXTURE_BUFFER_SIZE, &most);
    page_size_ = static_cast<uint32_t>(std::clamp(most, 65'536, 1 << 27)) - 1;
    for (std::size_t from = 0; from < bytes.size(); from += page_size_ * texel) {
        const std::size_t size = std::min((std::size_t{page_size_} + 1) * texel, bytes.size() - from);
        Page page{GlName(GlKind::buffer, bin), GlName(GlKind::texture, bin)};
        glBindBuffer(GL_TEXTURE_BUFFER, page.buffer.get());
        glBufferData(GL_TEXTURE_BUFFER, static_cast<GLsizeiptr>(size), bytes.data() + from, GL_STATIC_DRAW);
        glBindTexture(GL_TEXTURE_BUFFER, page.texture.get());
        glTexBuffer(GL_TEXTURE_BUFFER, format, page.buffer.get());
        pages_.push_back(std::move(page));
    }
    glBindTexture(GL_TEXTURE_BUFFER, 0);
    glBindBuffer(GL_TEXTURE_BUFFER, 0);
}

void TexelPages::bind(std::size_t page, uint32_t unit) const {
    glActiveTexture(GL_TEXTURE0 + unit);
    glBindTexture(GL_TEXTURE_BUFFER, pages_[page].texture.get());
    glActiveTexture(GL_TEXTURE0);
}

Quads::Quads(const GlBinPtr& bin) : arrays_(GlKind::vertex_array, bin), indices_(GlKind::buffer, bin) {
    std::vector<uint16_t> indices;
    for (uint32_t vertex = 0; vertex < 4 * most_at_once; vertex += 4)
        for (const uint32_t corner : {0U, 1U, 2U, 2U, 1U, 3U})
            indices.push_back(static_cast<uint16_t>(vertex + corner));
    glBindVertexArray(arrays_.get());
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices_.get());
    glBufferData(GL_ELEMENT_ARRAY_BUFFER, static_cast<GLsizeiptr>(indices.size() * sizeof(uint16_t)), indices.data(),
                 GL_STATIC_DRAW);
    glBindVertexArray(0);
}

QuadDraws Quads::draws_of(std::span<const Range> ranges, std::size_t page, uint32_t page_size) {
    QuadDraws draws;
    const std::size_t page_begin = page * page_size, page_end = page_begin + page_size;
    for (const Range& range : ranges) {
        const std::size_t end = std::min(page_end, std::size_t{range.first} + range.count);
        for (std::size_t at = std::max<std::size_t>(page_begin, range.first); at < end; at += most_at_once) {
            draws.index_counts.push_back(6 * static_cast<int32_t>(std::min<std::size_t>(most_at_once, end - at)));
            draws.base_vertices.push_back(4 * static_cast<int32_t>(at - page_begin));
        }
    }
    return draws;
}

void Quads::draw(std::span<const Range> ranges, std::size_t page, uint32_t page_size) const {
    const QuadDraws draws = draws_of(ranges, page, page_size);
    if (draws.index_counts.empty()) return;
    const std::vector<const void*> from_the_first(draws.index_counts.size(), nullptr);
    glBindVertexArray(arrays_.get());
    glMultiDrawElementsBaseVertex(GL_TRIANGLES, draws.index_counts.data(), GL_UNSIGNED_SHORT, from_the_first.data(),
                                  static_cast<GLsizei>(draws.index_counts.size()), draws.base_vertices.data());
}

}  // namespace diaban
