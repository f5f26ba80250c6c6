#version 330 core
// Polygons' triangles. A position is a sum of two floats, so that a village at the edge of a country stays still when
// zoomed in to; subtracting high from high and low from low keeps what a single float would lose.
layout(location = 0) in vec4 position;  // high x, high y, low x, low y: map units from the geometry's centre
layout(location = 1) in uint feature;

uniform vec4 origin;       // the frame's centre, in the same way
uniform float scale;       // device pixels a map unit
uniform vec2 centre;       // where the frame's centre lies, in device pixels
uniform vec2 size;         // of the target, in device pixels
uniform sampler2D colours; // one texel a feature, row by row

flat out vec4 colour;

void main() {
    int width = textureSize(colours, 0).x;
    colour = texelFetch(colours, ivec2(int(feature) % width, int(feature) / width), 0);
    vec2 pixel = ((position.xy - origin.xy) + (position.zw - origin.zw)) * scale + centre;
    // What is not drawn collapses to a point outside.
    gl_Position = colour.a > 0.0 ? vec4(pixel / size * 2.0 - 1.0, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}
