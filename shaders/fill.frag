#version 330 core
flat in vec4 colour;
uniform float opacity;
out vec4 result;

void main() {
    float alpha = colour.a * opacity;
    result = vec4(colour.rgb * alpha, alpha);
}
