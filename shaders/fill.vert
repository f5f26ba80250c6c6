#version 330 core
// Polygons' triangles.
layout(location = 0) in ivec2 position;  // on the lattice
layout(location = 1) in uint feature;

uniform vec2 size;         // of the target, in device pixels
uniform sampler2D colours; // one texel a feature, row by row
uniform float masked;      // above 0.5: `colours` holds only whether a feature is drawn

flat out vec4 colour;

vec2 to_pixel(ivec2 at);

void main() {
    int width = textureSize(colours, 0).x;
    vec4 found = texelFetch(colours, ivec2(int(feature) % width, int(feature) / width), 0);
    colour = masked > 0.5 ? vec4(found.r) : found;
    // What is not drawn collapses to a point outside.
    gl_Position = colour.a > 0.0 ? vec4(to_pixel(position) / size * 2.0 - 1.0, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}
