#include "render/gl_context.h"

#include <epoxy/egl.h>
#include <epoxy/gl.h>
//
#include <array>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/i18n.h"

namespace diaban {

// The display is not terminated with the context: EGL hands the same display to everyone in the process who asks, the
// window's toolkit included, and terminating it would pull it from under them. EGL closes it at exit.
struct OffscreenContext::State {
    EGLDisplay display = EGL_NO_DISPLAY;
    EGLContext context = EGL_NO_CONTEXT;
    EGLSurface surface = EGL_NO_SURFACE;
    std::string renderer;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        if (context == EGL_NO_CONTEXT) return;
        if (eglGetCurrentContext() == context) eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
        if (surface != EGL_NO_SURFACE) eglDestroySurface(display, surface);
        eglDestroyContext(display, context);
    }
};

namespace {

struct Candidate {
    std::string name;
    EGLDisplay display;
};

/// All displays worth trying, the ones that need no window system first.
std::vector<Candidate> candidates() {
    std::vector<Candidate> found;
    if (epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_MESA_platform_surfaceless") &&
        epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_EXT_platform_base"))
        found.push_back(
            {"surfaceless", eglGetPlatformDisplayEXT(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr)});
    if (epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_EXT_platform_device") &&
        epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_EXT_device_enumeration")) {
        std::array<EGLDeviceEXT, 8> devices{};
        EGLint count = 0;
        if (eglQueryDevicesEXT(static_cast<EGLint>(devices.size()), devices.data(), &count) == EGL_TRUE)
            for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
                found.push_back({"device " + std::to_string(i),
                                 eglGetPlatformDisplayEXT(EGL_PLATFORM_DEVICE_EXT, devices.at(i), nullptr)});
    }
    found.push_back({"default", eglGetDisplay(EGL_DEFAULT_DISPLAY)});
    return found;
}

}  // namespace

Expected<OffscreenContext> OffscreenContext::create() {
    std::string tried;
    for (const Candidate& candidate : candidates()) {
        auto state = std::make_unique<State>();
        const auto refuse = [&](const char* step) {
            tried += (tried.empty() ? "" : "; ") + candidate.name + ": " + step;
        };
        state->display = candidate.display;
        if (candidate.display == EGL_NO_DISPLAY || eglInitialize(candidate.display, nullptr, nullptr) != EGL_TRUE) {
            refuse("eglInitialize");
            continue;
        }
        if (eglBindAPI(EGL_OPENGL_API) != EGL_TRUE) {
            refuse("eglBindAPI");
            continue;
        }
        const std::array<EGLint, 5> wanted{EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT,
                                           EGL_NONE};
        EGLConfig config = nullptr;
        EGLint count = 0;
        if (eglChooseConfig(state->display, wanted.data(), &config, 1, &count) != EGL_TRUE || count == 0) {
            refuse("eglChooseConfig");
            continue;
        }
        const std::array<EGLint, 7> version{
            EGL_CONTEXT_MAJOR_VERSION,           3,       EGL_CONTEXT_MINOR_VERSION, 3, EGL_CONTEXT_OPENGL_PROFILE_MASK,
            EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
        state->context = eglCreateContext(state->display, config, EGL_NO_CONTEXT, version.data());
        if (state->context == EGL_NO_CONTEXT) {
            refuse("eglCreateContext");
            continue;
        }
        if (!epoxy_has_egl_extension(state->display, "EGL_KHR_surfaceless_context")) {
            const std::array<EGLint, 5> size{EGL_WIDTH, 1, EGL_HEIGHT, 1, EGL_NONE};
            state->surface = eglCreatePbufferSurface(state->display, config, size.data());
        }
        if (eglMakeCurrent(state->display, state->surface, state->surface, state->context) != EGL_TRUE) {
            refuse("eglMakeCurrent");
            continue;
        }
        const GLubyte* name = glGetString(GL_RENDERER);
        for (; name != nullptr && *name != 0; ++name)
            state->renderer += static_cast<char>(*name);
        return OffscreenContext(std::move(state));
    }
    return fail(ErrorKind::failure,
                std::string(tr("No OpenGL 3.3 could be set up for drawing without a window")) + " (" + tried + ")", {},
                tr("Install the Mesa drivers (libegl1, libegl-mesa0, libgl1-mesa-dri), which draw in software."));
}

OffscreenContext::OffscreenContext(std::unique_ptr<State> state) : state_(std::move(state)) {}
OffscreenContext::OffscreenContext(OffscreenContext&&) noexcept = default;
OffscreenContext& OffscreenContext::operator=(OffscreenContext&&) noexcept = default;
OffscreenContext::~OffscreenContext() = default;

void OffscreenContext::make_current() const {
    if (eglGetCurrentContext() == state_->context) return;
    // Which API a context of this thread is made current for is the thread's own setting, not the context's.
    eglBindAPI(EGL_OPENGL_API);
    if (eglMakeCurrent(state_->display, state_->surface, state_->surface, state_->context) != EGL_TRUE)
        throw std::runtime_error("eglMakeCurrent failed");
}

std::string OffscreenContext::renderer_name() const {
    return state_->renderer;
}

OffscreenContext::Current::Current(const OffscreenContext& context)
    : display_(eglGetCurrentDisplay()),
      draw_(eglGetCurrentSurface(EGL_DRAW)),
      read_(eglGetCurrentSurface(EGL_READ)),
      context_(eglGetCurrentContext()),
      ours_(context.state_->display) {
    context.make_current();
}

OffscreenContext::Current::~Current() {
    if (display_ == EGL_NO_DISPLAY)
        eglMakeCurrent(ours_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    else
        eglMakeCurrent(display_, draw_, read_, context_);
}

}  // namespace diaban
