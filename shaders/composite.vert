#version 330 core
// A rectangle of the target, in device pixels.
uniform vec4 box;  // x, y, width, height
uniform vec2 size;

void main() {
    vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
    gl_Position = vec4((box.xy + box.zw * corner) / size * 2.0 - 1.0, 0.0, 1.0);
}
