#version 330 core
in vec2 place;
uniform sampler2D picture;  // premultiplied
uniform float opacity;
out vec4 result;

void main() {
    result = texture(picture, place) * opacity;
}
