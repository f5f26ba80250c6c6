#version 330 core
// A convex shape as triangles with a fringe over which its coverage falls to nothing.
layout(location = 0) in vec2 position;  // device pixels of the picture, y down
layout(location = 1) in float cover_in;

uniform vec2 offset;
uniform vec2 size;
out float cover;

void main() {
    vec2 at = position - offset;
    gl_Position = vec4(at.x / size.x * 2.0 - 1.0, 1.0 - at.y / size.y * 2.0, 0.0, 1.0);
    cover = cover_in;
}
