#version 330 core
// Coverage becomes colour: the line over its casing, and both together at the item's opacity.
uniform sampler2D coverage;
uniform vec4 line;    // straight alpha
uniform vec4 casing;
uniform float opacity;
out vec4 result;

void main() {
    vec2 cover = texelFetch(coverage, ivec2(gl_FragCoord.xy), 0).rg;
    if (max(cover.r, cover.g) == 0.0) discard;
    vec4 over = vec4(line.rgb, 1.0) * line.a * cover.r;
    vec4 under = vec4(casing.rgb, 1.0) * casing.a * cover.g;
    result = (over + under * (1.0 - over.a)) * opacity;
}
