#version 330 core
// A picture on the map, or what the view shows of it.
uniform vec4 box;     // left, bottom, right, top in device pixels of the target
uniform vec4 window;  // what of the picture lies there: left, bottom, right, top from 0 to 1, y from its top
uniform vec2 size;    // of the target

out vec2 place;

void main() {
    vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
    gl_Position = vec4(mix(box.xy, box.zw, corner) / size * 2.0 - 1.0, 0.0, 1.0);
    place = mix(window.xy, window.zw, corner);
}
