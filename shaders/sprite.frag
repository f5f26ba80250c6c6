#version 330 core
in vec2 pixel;
flat in vec4 box_;
flat in vec4 shape_;
flat in vec4 pattern_;
flat in vec4 fill_;
flat in vec4 outline_;
flat in vec2 kind_and_opacity_;

uniform sampler2D masks;
out vec4 result;

vec4 premultiplied(vec4 straight, float cover) {
    return vec4(straight.rgb, 1.0) * (straight.a * cover);
}

float band(float d, float half_width) {
    return clamp(min(d + 0.5, half_width) - max(d - 0.5, -half_width), 0.0, 1.0);
}

// Signed distance to the box with rounded corners, negative inside.
float rounded_box(vec2 p, float radius) {
    vec2 q = abs(p - box_.xy - box_.zw * 0.5) - box_.zw * 0.5 + radius;
    return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - radius;
}

// shape: where in the atlas (x, y). fill: the ink's colour, outline: the halo's.
vec4 mask() {
    vec2 cover = texelFetch(masks, ivec2(shape_.xy + floor(pixel - box_.xy)), 0).rg;
    vec4 ink = premultiplied(fill_, cover.r);
    return ink + premultiplied(outline_, cover.g) * (1.0 - ink.a);
}

// shape: corner radius, outline width. The outline lies inside the box.
vec4 rectangle() {
    float d = rounded_box(pixel, shape_.x);
    float outer = clamp(0.5 - d, 0.0, 1.0);
    float inner = shape_.y > 0.0 ? clamp(0.5 - d - shape_.y, 0.0, 1.0) : outer;
    // A translucent outline lies over the fill; at the outer edge both fade together.
    vec4 ring = premultiplied(outline_, 1.0);
    ring += premultiplied(fill_, 1.0 - ring.a);
    return premultiplied(fill_, inner) + ring * (outer - inner);
}

float family(float t, float spacing, float half_width) {
    return band(abs(t - spacing * floor(t / spacing + 0.5)), half_width);
}

// shape: corner radius, crossed. pattern: the lines' normal x, y (y down), spacing, half width. fill: the lines' colour.
vec4 hatched() {
    vec2 p = pixel - box_.xy;
    float cover = family(dot(p, pattern_.xy), pattern_.z, pattern_.w);
    if (shape_.y > 0.5) cover = max(cover, family(dot(p, vec2(-pattern_.y, pattern_.x)), pattern_.z, pattern_.w));
    return premultiplied(fill_, cover * clamp(0.5 - rounded_box(pixel, shape_.x), 0.0, 1.0));
}

// shape: the two ends. pattern.x: half the width. Round ends.
vec4 segment() {
    vec2 ab = shape_.zw - shape_.xy;
    float t = clamp(dot(pixel - shape_.xy, ab) / max(dot(ab, ab), 1e-6), 0.0, 1.0);
    return premultiplied(fill_, band(distance(pixel, shape_.xy + ab * t), pattern_.x));
}

void main() {
    int kind = int(kind_and_opacity_.x + 0.5);
    vec4 colour;
    if (kind == 0) colour = mask();
    else if (kind == 1) colour = rectangle();
    else if (kind == 2) colour = hatched();
    else colour = segment();
    if (colour.a == 0.0) discard;
    result = colour * kind_and_opacity_.y;
}
