#version 330 core
// Where a lattice point lies in the target, in device pixels: linked to all vertex shaders of a map. The view's own
// lattice point is subtracted exactly, so that a village at the edge of a country stays still when zoomed in to; what
// is so far that an int cannot tell the difference is placed as well as a float can.
uniform ivec2 origin;  // the view's lattice point
uniform float scale;   // device pixels a lattice step
uniform vec2 centre;   // where `origin` lies, in device pixels

vec2 to_pixel(ivec2 at) {
    vec2 far = vec2(at) - vec2(origin);
    vec2 near = vec2(at - origin);
    return mix(near, far, vec2(greaterThan(abs(far), vec2(2.0e9)))) * scale + centre;
}
