#include "render/gpu_detail.h"

#include <epoxy/gl.h>

#include <bit>
#include <cstddef>

namespace diaban {
namespace {

template <class T>
void upload(GLenum target, const GlName& buffer, const std::vector<T>& data) {
    glBindBuffer(target, buffer.get());
    glBufferData(target, static_cast<GLsizeiptr>(data.size() * sizeof(T)), data.data(), GL_STATIC_DRAW);
}

void upload_triangles(FillMesh& mesh, const FillTriangles& triangles, const GlBinPtr& bin) {
    using Vertex = FillTriangles::Vertex;
    mesh.vertices = GlName(GlKind::buffer, bin);
    mesh.indices = GlName(GlKind::buffer, bin);
    mesh.arrays = GlName(GlKind::vertex_array, bin);
    glBindVertexArray(mesh.arrays.get());
    upload(GL_ARRAY_BUFFER, mesh.vertices, triangles.vertices);
    upload(GL_ELEMENT_ARRAY_BUFFER, mesh.indices, triangles.indices);
    glEnableVertexAttribArray(0);
    glVertexAttribIPointer(0, 2, GL_INT, sizeof(Vertex), nullptr);
    glEnableVertexAttribArray(1);
    glVertexAttribIPointer(1, 1, GL_UNSIGNED_INT, sizeof(Vertex),
                           reinterpret_cast<const void*>(offsetof(Vertex, feature)));
    glBindVertexArray(0);
}

void upload_dots(FillMesh& mesh, const Detail& detail, const GlBinPtr& bin) {
    std::vector<int32_t> records;
    mesh.dot_offsets.assign(std::size_t{detail.feature_count()} + 1, 0);
    for (const Dot& dot : detail.dots) {
        records.insert(records.end(),
                       {dot.at.x, dot.at.y, std::bit_cast<int32_t>(dot.feature), std::bit_cast<int32_t>(dot.width)});
        ++mesh.dot_offsets[dot.feature + 1];
    }
    for (std::size_t i = 1; i < mesh.dot_offsets.size(); ++i)
        mesh.dot_offsets[i] += mesh.dot_offsets[i - 1];
    mesh.dots = TexelPages(records, bin);
}

}  // namespace

GpuDetail::GpuDetail(const DetailPtr& detail, GlBinPtr bin)
    : detail_(detail), bin_(std::move(bin)), box_(content_box(*detail)) {}

void GpuDetail::set_fill(const Detail& detail, const FillTriangles& triangles) {
    fill_ = std::make_unique<FillMesh>();
    if (!triangles.indices.empty()) {
        upload_triangles(*fill_, triangles, bin_);
        fill_->feature_offsets = triangles.feature_offsets;
    }
    if (!detail.dots.empty()) upload_dots(*fill_, detail, bin_);
}

const StrokeMesh& GpuDetail::stroke(const Detail& detail, bool with_lengths) {
    if (!stroke_) {
        ArcRecords records = arc_records(detail);
        stroke_ = std::make_unique<StrokeMesh>();
        stroke_->records = TexelPages(records.texels, bin_);
        stroke_->firsts = std::move(records.firsts);
        stroke_->groups = arc_groups(detail);
    }
    if (with_lengths && stroke_->lengths.page_count() == 0) stroke_->lengths = TexelPages(arc_lengths(detail), bin_);
    return *stroke_;
}

GpuDetail& GpuDetails::of(const DetailPtr& detail) {
    const auto known = known_.find(detail.get());
    if (known != known_.end()) {
        if (known->second.alive()) return known->second;
        known_.erase(known);  // another one, at the address of one that is gone
    }
    return known_.emplace(detail.get(), GpuDetail(detail, bin_)).first->second;
}

void GpuDetails::drop_unused() {
    std::erase_if(known_, [](const auto& entry) { return !entry.second.alive(); });
}

}  // namespace diaban
