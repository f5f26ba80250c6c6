// A Detail as the graphics card holds it, uploaded once: kept by identity of the Detail and dropped when that is gone.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "render/fill_triangles.h"
#include "render/texel_pages.h"
#include "render/visible.h"

namespace diaban {

/// Triangles, features in their order, and the dots.
struct FillMesh {
    GlName vertices, indices, arrays;
    std::vector<uint32_t> feature_offsets;  ///< cuts the indices
    TexelPages dots;                        ///< x, y, feature, the bits of the width as a float
    std::vector<uint32_t> dot_offsets;      ///< cuts the dots into features
};

/// See ArcRecords.
struct StrokeMesh {
    TexelPages records;
    TexelPages lengths;  ///< only once something is dashed
    std::vector<uint32_t> firsts;
    std::vector<LatticeBox> groups;
};

class GpuDetail {
public:
    GpuDetail(const DetailPtr& detail, GlBinPtr bin);

    [[nodiscard]] bool alive() const { return !detail_.expired(); }
    /// Map units; of everything in it.
    [[nodiscard]] const Box& box() const { return box_; }

    [[nodiscard]] bool has_fill() const { return fill_ != nullptr; }
    void set_fill(const Detail& detail, const FillTriangles& triangles);
    [[nodiscard]] const FillMesh& fill() const { return *fill_; }
    [[nodiscard]] const StrokeMesh& stroke(const Detail& detail, bool with_lengths);

private:
    std::weak_ptr<const Detail> detail_;
    GlBinPtr bin_;
    Box box_;
    std::unique_ptr<FillMesh> fill_;
    std::unique_ptr<StrokeMesh> stroke_;
};

/// All Details drawn lately.
class GpuDetails {
public:
    explicit GpuDetails(GlBinPtr bin) : bin_(std::move(bin)) {}
    [[nodiscard]] GpuDetail& of(const DetailPtr& detail);
    /// Forgets those that nobody holds any more.
    void drop_unused();

private:
    GlBinPtr bin_;
    std::map<const Detail*, GpuDetail> known_;
};

}  // namespace diaban
