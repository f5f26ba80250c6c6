// Names of OpenGL objects that are owned: moved, never copied. A name's destructor calls no OpenGL: it queues the name
// with the bin it came from, which is emptied where a context is known to be current. So a late destructor is harmless.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace diaban {

enum class GlKind { buffer, texture, framebuffer, renderbuffer, vertex_array, program, shader };

/// Names waiting to be deleted on one context. Adding is safe from any thread.
class GlBin {
public:
    void add(GlKind kind, uint32_t name);
    /// Deletes what waits; the bin's context must be current.
    void empty();

private:
    std::mutex mutex_;
    std::vector<std::pair<GlKind, uint32_t>> waiting_;
};
using GlBinPtr = std::shared_ptr<GlBin>;

class GlName {
public:
    GlName() = default;
    /// A new object of the current context. A shader needs its stage: see GlName::shader.
    GlName(GlKind kind, GlBinPtr bin);
    static GlName shader(uint32_t stage, GlBinPtr bin);

    GlName(GlName&& other) noexcept { swap(other); }
    GlName& operator=(GlName&& other) noexcept {
        GlName(std::move(other)).swap(*this);
        return *this;
    }
    GlName(const GlName&) = delete;
    GlName& operator=(const GlName&) = delete;
    ~GlName() {
        if (name_ != 0) bin_->add(kind_, name_);
    }

    [[nodiscard]] uint32_t get() const { return name_; }
    [[nodiscard]] explicit operator bool() const { return name_ != 0; }

private:
    void swap(GlName& other) noexcept {
        std::swap(kind_, other.kind_);
        std::swap(name_, other.name_);
        bin_.swap(other.bin_);
    }

    GlKind kind_ = GlKind::buffer;
    uint32_t name_ = 0;
    GlBinPtr bin_;
};

}  // namespace diaban
