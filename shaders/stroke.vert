#version 330 core
// One quad a segment: a rectangle around the segment and its round ends. Record i is one end, record i + 1 the other.
uniform isamplerBuffer records;  // x, y on the lattice, the features to the left and right (-1: nobody)
uniform samplerBuffer lengths;   // map units from the start of the border or line; looked at for dashes alone
uniform float dashed;
uniform float map_scale;  // device pixels a map unit
uniform vec2 size;
uniform float reach;      // half the widest line, in device pixels
uniform float masked;     // whether `shown` is looked at
uniform float around;     // whether what is shown on both sides is left out
uniform sampler2D shown;  // one texel a feature

out vec2 place;      // along and across the segment, from where it passes the target's middle, in pixels
flat out vec2 ends;  // where along it begins and ends
flat out vec2 run;   // the path's length at its two ends, in pixels

vec2 to_pixel(ivec2 at);

bool is_shown(int feature) {
    if (feature == -1) return false;
    if (masked < 0.5) return true;
    int width = textureSize(shown, 0).x;
    return texelFetch(shown, ivec2(feature % width, feature / width), 0).r > 0.0;
}

void main() {
    int record = gl_VertexID >> 2;
    ivec4 from = texelFetch(records, record);
    bool left = is_shown(from.z);
    bool right = is_shown(from.w);
    if (around > 0.5 ? left == right : !left && !right) {
        gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
        place = ends = run = vec2(0.0);
        return;
    }
    vec2 a = to_pixel(from.xy);
    vec2 b = to_pixel(texelFetch(records, record + 1).xy);
    float extent = distance(a, b);
    vec2 along = extent > 1e-6 ? (b - a) / extent : vec2(1.0, 0.0);
    vec2 across = vec2(-along.y, along.x);
    // Counted from the target's middle, and no more of it than may be seen: what is far away is known to fewer digits.
    vec2 middle = size * 0.5;
    vec2 to_a = a - middle;
    ends = vec2(dot(to_a, along), dot(to_a, along) + extent);
    float r = reach + 1.0;
    float seen = length(middle) + r;
    float first = max(ends.x - r, -seen);
    float last = max(first, min(ends.y + r, seen));
    place = vec2((gl_VertexID & 1) == 0 ? first : last, (gl_VertexID & 2) == 0 ? -r : r);
    run = dashed > 0.5 ? vec2(texelFetch(lengths, record).r, texelFetch(lengths, record + 1).r) * map_scale : vec2(0.0);
    vec2 pixel = middle + along * place.x + across * (place.y + dot(to_a, across));
    gl_Position = vec4(pixel / size * 2.0 - 1.0, 0.0, 1.0);
}
