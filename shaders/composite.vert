#version 330 core
// A part of the target, as triangles in its device pixels.
layout(location = 0) in vec2 position;
uniform vec2 size;

void main() {
    gl_Position = vec4(position / size * 2.0 - 1.0, 0.0, 1.0);
}
