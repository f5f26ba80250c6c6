#version 330 core
// All of the target, as one triangle that reaches beyond it; the scissor cuts out the part that is meant.
void main() {
    gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}
