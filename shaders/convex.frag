#version 330 core
in float cover;
uniform vec4 colour;
out vec4 result;

void main() {
    float alpha = colour.a * cover;
    result = vec4(colour.rgb * alpha, alpha);
}
