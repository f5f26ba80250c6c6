#version 330 core
// One instance a segment: a rectangle around the segment and its round ends. Vertex i is one end, vertex i + 1 the other.
layout(location = 0) in vec4 position_a;  // as in fill.vert
layout(location = 1) in float length_a;   // from the path's start, map units
layout(location = 2) in uint feature_a;   // all ones: the path ends here
layout(location = 3) in vec4 position_b;
layout(location = 4) in float length_b;

uniform vec4 origin;
uniform float scale;
uniform vec2 centre;
uniform vec2 size;
uniform float reach;      // half the widest line, in device pixels
uniform float masked;     // whether `shown` is looked at
uniform sampler2D shown;  // one texel a feature

out vec2 place;           // along and across the segment, from its first end, in pixels
flat out float extent;    // its length
flat out vec2 run;        // the path's length at its two ends, in pixels

void main() {
    bool drawn = feature_a != 0xffffffffu;
    if (drawn && masked > 0.5) {
        int width = textureSize(shown, 0).x;
        drawn = texelFetch(shown, ivec2(int(feature_a) % width, int(feature_a) / width), 0).r > 0.0;
    }
    vec2 a = ((position_a.xy - origin.xy) + (position_a.zw - origin.zw)) * scale + centre;
    vec2 b = ((position_b.xy - origin.xy) + (position_b.zw - origin.zw)) * scale + centre;
    extent = distance(a, b);
    vec2 along = extent > 1e-6 ? (b - a) / extent : vec2(1.0, 0.0);
    vec2 across = vec2(-along.y, along.x);
    float r = reach + 1.0;
    float end = float(gl_VertexID & 1);
    float side = gl_VertexID < 2 ? -1.0 : 1.0;
    place = vec2(mix(-r, extent + r, end), side * r);
    run = vec2(length_a, length_b) * scale;
    vec2 pixel = a + along * place.x + across * place.y;
    gl_Position = drawn ? vec4(pixel / size * 2.0 - 1.0, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}
