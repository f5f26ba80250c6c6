#version 330 core
// One instance a thing in pixels: masks of text and marks, circles and rounded rectangles, hatched rectangles, straight
// lines. One program for all, so that they keep their order without changing state.
layout(location = 0) in vec4 box;      // x, y, width, height in device pixels of the picture, y down
layout(location = 1) in vec4 shape;    // by kind, see sprite.frag
layout(location = 2) in vec4 pattern;
layout(location = 3) in vec4 fill;     // straight alpha
layout(location = 4) in vec4 outline;
layout(location = 5) in vec2 kind_and_opacity;

uniform vec2 offset;  // of the part painted, device pixels from the picture's top left
uniform vec2 size;

out vec2 pixel;  // of the picture, y down
flat out vec4 box_;
flat out vec4 shape_;
flat out vec4 pattern_;
flat out vec4 fill_;
flat out vec4 outline_;
flat out vec2 kind_and_opacity_;

void main() {
    vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
    // Masks lie on whole pixels; the edge of everything else may blur into the next one.
    float margin = kind_and_opacity.x < 0.5 ? 0.0 : 1.0;
    pixel = box.xy - margin + (box.zw + 2.0 * margin) * corner;
    vec2 at = pixel - offset;
    gl_Position = vec4(at.x / size.x * 2.0 - 1.0, 1.0 - at.y / size.y * 2.0, 0.0, 1.0);
    box_ = box;
    shape_ = shape;
    pattern_ = pattern;
    fill_ = fill;
    outline_ = outline;
    kind_and_opacity_ = kind_and_opacity;
}
