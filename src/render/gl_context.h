// An OpenGL 3.3 core context without a window (EGL, surfaceless where there is no display): software or graphics card.
//
//     auto context = OffscreenContext::create();
//     const OffscreenContext::Current current(*context);  // until the end of the scope, on this thread
#pragma once

#include <memory>
#include <string>

#include "base/error.h"

namespace diaban {

class OffscreenContext {
public:
    /// Tries the surfaceless platform, EGL's devices, then the default display. Error (failure) when none gives
    /// OpenGL 3.3; it says what each answered.
    [[nodiscard]] static Expected<OffscreenContext> create();

    OffscreenContext(OffscreenContext&&) noexcept;
    OffscreenContext& operator=(OffscreenContext&&) noexcept;
    ~OffscreenContext();

    /// For good on this thread. Throws std::runtime_error when the driver refuses.
    void make_current() const;
    /// "llvmpipe (LLVM 15.0.6, 256 bits)".
    [[nodiscard]] std::string renderer_name() const;

    /// Current while the object lives; then whatever was current before is so again.
    class Current;

private:
    struct State;
    explicit OffscreenContext(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

class OffscreenContext::Current {
public:
    explicit Current(const OffscreenContext& context);
    ~Current();
    Current(const Current&) = delete;
    Current& operator=(const Current&) = delete;

private:
    // EGL handles, which are pointers of its own kind.
    void* display_;
    void* draw_;
    void* read_;
    void* context_;
    void* ours_;
};

}  // namespace diaban
