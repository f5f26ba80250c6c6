#include "render/gl_program.h"

#include <epoxy/gl.h>

#include <array>
#include <stdexcept>
#include <vector>

#include "base/error.h"
#include "render/shader_source.h"

namespace diaban {
namespace {

GlName compile(GLenum stage, const std::string& file, const GlBinPtr& bin) {
    const std::string_view text = shader_source(file);
    DIABAN_CHECK(!text.empty());
    GlName shader = GlName::shader(stage, bin);
    const char* source = text.data();
    const auto length = static_cast<GLint>(text.size());
    glShaderSource(shader.get(), 1, &source, &length);
    glCompileShader(shader.get());
    GLint done = GL_FALSE;
    glGetShaderiv(shader.get(), GL_COMPILE_STATUS, &done);
    if (done != GL_TRUE) {
        std::array<char, 4096> log{};
        glGetShaderInfoLog(shader.get(), static_cast<GLsizei>(log.size()), nullptr, log.data());
        throw std::logic_error(file + ": " + log.data());
    }
    return shader;
}

}  // namespace

GlProgram::GlProgram(std::string_view vertex, std::string_view fragment, const GlBinPtr& bin, std::string_view library)
    : name_(GlKind::program, bin) {
    std::vector<GlName> shaders;
    shaders.push_back(compile(GL_VERTEX_SHADER, std::string(vertex) + ".vert", bin));
    shaders.push_back(compile(GL_FRAGMENT_SHADER, std::string(fragment) + ".frag", bin));
    if (!library.empty()) shaders.push_back(compile(GL_VERTEX_SHADER, std::string(library) + ".vert", bin));
    for (const GlName& shader : shaders)
        glAttachShader(name_.get(), shader.get());
    glLinkProgram(name_.get());
    GLint done = GL_FALSE;
    glGetProgramiv(name_.get(), GL_LINK_STATUS, &done);
    if (done != GL_TRUE) {
        std::array<char, 4096> log{};
        glGetProgramInfoLog(name_.get(), static_cast<GLsizei>(log.size()), nullptr, log.data());
        throw std::logic_error(std::string(vertex) + "+" + std::string(fragment) + ": " + log.data());
    }
    for (const GlName& shader : shaders)
        glDetachShader(name_.get(), shader.get());
}

void GlProgram::use() const {
    glUseProgram(name_.get());
}

int GlProgram::location(const char* uniform) {
    const auto known = locations_.find(uniform);
    if (known != locations_.end()) return known->second;
    const int found = glGetUniformLocation(name_.get(), uniform);
    locations_.emplace(uniform, found);
    return found;
}

void GlProgram::set(const char* uniform, int value) {
    glUniform1i(location(uniform), value);
}
void GlProgram::set(const char* uniform, int x, int y) {
    glUniform2i(location(uniform), x, y);
}
void GlProgram::set(const char* uniform, float x) {
    glUniform1f(location(uniform), x);
}
void GlProgram::set(const char* uniform, float x, float y) {
    glUniform2f(location(uniform), x, y);
}
void GlProgram::set(const char* uniform, float x, float y, float z, float w) {
    glUniform4f(location(uniform), x, y, z, w);
}
void GlProgram::set(const char* uniform, std::span<const float> values) {
    glUniform1fv(location(uniform), static_cast<GLsizei>(values.size()), values.data());
}
void GlProgram::set(const char* uniform, Rgba colour) {
    set(uniform, static_cast<float>(colour.r) / 255.0F, static_cast<float>(colour.g) / 255.0F,
        static_cast<float>(colour.b) / 255.0F, static_cast<float>(colour.a) / 255.0F);
}

}  // namespace diaban
