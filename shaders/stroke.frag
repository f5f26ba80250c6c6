#version 330 core
// How much of the pixel the line covers (red) and how much its casing does (green). Blended by maximum, so that where
// segments meet, or two polygons share an edge, nothing is counted twice.
in vec2 place;
flat in vec2 ends;
flat in vec2 run;

uniform vec2 half_width;   // of the line and of the casing, in device pixels
uniform int dash_count;    // 0: solid
uniform float dashes[16];  // on, off, on, off …, in device pixels
uniform float period;      // their sum

out vec2 cover;

float band(float d, float half_width) {
    return clamp(min(d + 0.5, half_width) - max(d - 0.5, -half_width), 0.0, 1.0);
}

float dash(float s) {
    s -= period * floor(s / period);
    float sum = 0.0;
    float start = 0.0;
    for (int i = 0; i < dash_count; i += 2) {
        float middle = start + dashes[i] * 0.5;
        float d = abs(s - middle);
        sum += band(min(d, period - d), dashes[i] * 0.5);
        start += dashes[i] + dashes[i + 1];
    }
    return min(sum, 1.0);
}

void main() {
    float along = clamp(place.x, ends.x, ends.y);
    float d = length(vec2(place.x - along, place.y));
    cover = vec2(band(d, half_width.x), band(d, half_width.y));
    float extent = ends.y - ends.x;
    if (dash_count > 0) cover.x *= dash(mix(run.x, run.y, extent > 0.0 ? (along - ends.x) / extent : 0.0));
}
