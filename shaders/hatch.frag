#version 330 core
// Parallel lines in pixels, tied to the map by their phase so that they do not swim when it is moved.
flat in vec4 colour;
uniform float opacity;
uniform vec4 hatch_colour;
uniform vec4 lines;   // the lines' normal x, y (y up); spacing; half width, in device pixels
uniform vec2 phase;   // of the lines and of those across
uniform float crossed;
out vec4 result;

// How much of a pixel-wide window at distance d from a band's middle the band covers.
float band(float d, float half_width) {
    return clamp(min(d + 0.5, half_width) - max(d - 0.5, -half_width), 0.0, 1.0);
}

float family(float t, float spacing, float half_width) {
    return band(abs(t - spacing * floor(t / spacing + 0.5)), half_width);
}

void main() {
    float cover = family(dot(gl_FragCoord.xy, lines.xy) + phase.x, lines.z, lines.w);
    if (crossed > 0.5)
        cover = max(cover, family(dot(gl_FragCoord.xy, vec2(-lines.y, lines.x)) + phase.y, lines.z, lines.w));
    float alpha = hatch_colour.a * opacity * cover;
    result = vec4(hatch_colour.rgb * alpha, alpha);
}
