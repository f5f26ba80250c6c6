// A linked pair of shaders of shaders/, and its uniforms by name.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "render/gl_handle.h"
#include "style/colour.h"

namespace diaban {

class GlProgram {
public:
    /// Compiles "<vertex>.vert" and "<fragment>.frag", and "<library>.vert" with functions that the vertex shader
    /// declares. Shaders are ours, so one that does not compile is a broken invariant: std::logic_error with the
    /// driver's log.
    GlProgram(std::string_view vertex, std::string_view fragment, const GlBinPtr& bin, std::string_view library = {});

    void use() const;
    // For the program in use. A uniform that the compiler dropped is passed over.
    void set(const char* uniform, int value);
    void set(const char* uniform, int x, int y);
    void set(const char* uniform, float x);
    void set(const char* uniform, float x, float y);
    void set(const char* uniform, float x, float y, float z, float w);
    void set(const char* uniform, std::span<const float> values);
    /// As straight alpha, 0 to 1.
    void set(const char* uniform, Rgba colour);

private:
    [[nodiscard]] int location(const char* uniform);

    GlName name_;
    std::map<std::string, int, std::less<>> locations_;
};

}  // namespace diaban
