#include "render/golden_scenes.h"

#include "render/canvas.h"

namespace diaban::testing {

Scene symbols_scene(double pixel_ratio) {
    Scene scene = scene_of(260, 160, pixel_ratio);
    scene.background = {225, 232, 225, 255};
    SymbolItem item;
    double x = 20;
    for (const MarkerShape shape : marker_shapes()) {
        for (const double radius : {4.0, 9.0, 12.0}) {
            Symbol symbol;
            symbol.at = {x, radius < 5 ? 148.0 : radius < 10 ? 127.0 : 95.0};
            symbol.shape = shape;
            symbol.radius = radius;
            symbol.fill = blue;
            symbol.outline = white;
            symbol.outline_width = 1.5;
            item.symbols.push_back(symbol);
        }
        x += 31;
    }
    for (int i = 1; i <= 6; ++i) {
        Symbol circle;
        circle.at = {36.0 * i - 6, 36};
        circle.radius = 4.0 * i;
        circle.fill = {200, 80, 40, 160};
        circle.outline = white;
        item.symbols.push_back(circle);
    }
    scene.map.push_back(item);
    return scene;
}

Scene text_scene(double pixel_ratio) {
    Scene scene = scene_of(280, 120, pixel_ratio);
    scene.map.push_back(fill(shapes({"POLYGON((0 0,140 0,110 120,0 120,0 0))"}), {{40, 70, 110, 255}}));
    TextStyle style{.size = 20, .weight = 500};
    style.halo = Rgba{255, 255, 255, 230};
    style.halo_width = 2;
    scene.labels.push_back(TextItem{{12, 10}, "Xã Bình Liêu · Hải Hoà", style, 0});
    scene.labels.push_back(TextItem{{12, 42}, "Đường Hoa ẫ ữ ợ ỷ Ặ", style, 0});
    scene.labels.push_back(
        TextItem{{150, 72}, "A paragraph is wrapped at its width.", TextStyle{.size = 12, .italic = true}, 120});
    return scene;
}

Scene furniture_scene(double pixel_ratio) {
    Scene scene = scene_of(240, 140, pixel_ratio);
    scene.background = {180, 200, 215, 255};
    scene.furniture.push_back(RectItem{{10, 10, 130, 120}, {255, 255, 255, 235}, {90, 100, 110, 255}, 1, 10, {}});
    scene.furniture.push_back(RectItem{{22, 22, 34, 18}, sand, black, 1, 0, Hatch{}});
    scene.furniture.push_back(RectItem{{64, 22, 34, 18}, green, {0, 0, 0, 0}, 0, 5, {}});
    scene.furniture.push_back(RectItem{{106, 22, 24, 18}, {0, 0, 0, 0}, red, 3, 4, {}});
    const auto stroke = [](Rgba colour, double width) {
        Stroke made;
        made.colour = colour;
        made.width = Pixels(width);
        return made;
    };
    Stroke cased = stroke(red, 3);
    cased.casing = black;
    cased.casing_width = Pixels(1);
    scene.furniture.push_back(PathItem{{{24, 56}, {128, 56}}, false, {0, 0, 0, 0}, cased});
    Stroke dashed = stroke(blue, 2);
    dashed.dashes = {6, 4};
    scene.furniture.push_back(PathItem{{{24, 70}, {60, 82}, {90, 66}, {128, 80}}, false, {0, 0, 0, 0}, dashed});
    scene.furniture.push_back(PathItem{{{40, 124}, {56, 92}, {72, 124}}, true, blue, {}});
    scene.furniture.push_back(
        PathItem{{{90, 122}, {82, 106}, {100, 92}, {118, 106}, {110, 122}}, true, sand, stroke(black, 1.5)});
    scene.furniture.push_back(
        MarkItem{{190, 70}, MarkerShape::circle, 34, {255, 255, 255, 200}, {90, 100, 110, 255}, 1});
    scene.furniture.push_back(PathItem{{{190, 42}, {200, 78}, {190, 70}}, true, {40, 40, 40, 255}, {}});
    scene.furniture.push_back(PathItem{{{190, 42}, {180, 78}, {190, 70}}, true, {140, 140, 140, 255}, {}});
    return scene;
}

}  // namespace diaban::testing
