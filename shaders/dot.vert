#version 330 core
// What is too small for its triangles: a square for each record, a pixel wide at least.
uniform isamplerBuffer records;  // x, y on the lattice, feature, the bits of the width
uniform float map_scale;         // device pixels a map unit
uniform vec2 size;
uniform sampler2D colours;       // as in fill.vert
uniform float masked;

flat out vec4 colour;

vec2 to_pixel(ivec2 at);

void main() {
    ivec4 record = texelFetch(records, gl_VertexID >> 2);
    int width = textureSize(colours, 0).x;
    vec4 found = texelFetch(colours, ivec2(record.z % width, record.z / width), 0);
    colour = masked > 0.5 ? vec4(found.r) : found;
    float side = max(intBitsToFloat(record.w) * map_scale, 1.0);
    vec2 corner = vec2(float(gl_VertexID & 1), float((gl_VertexID >> 1) & 1)) - 0.5;
    vec2 pixel = to_pixel(record.xy) + corner * side;
    gl_Position = colour.a > 0.0 ? vec4(pixel / size * 2.0 - 1.0, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}
