#include "scene/block.h"

#include <algorithm>

namespace diaban {
namespace {

struct Move {
    double dx, dy;
    void operator()(TextItem& item) const { move(item.at); }
    void operator()(RectItem& item) const { item.box.x += dx, item.box.y += dy; }
    void operator()(MarkItem& item) const { move(item.at); }
    void operator()(PathItem& item) const {
        for (Pixel& p : item.points) {
            move(p);
        }
    }
    void move(Pixel& p) const { p.x += dx, p.y += dy; }
};

}  // namespace

TextSize Block::add_text(double x, double y, const std::string& text, const TextStyle& style, double wrap_width) {
    const TextSize size = measure_text(text, style, wrap_width);
    // A word that fits is laid out as measured whatever the wrap width: a line break where the last letter touches the
    // limit would differ between measuring and drawing at another ratio.
    const bool wraps = wrap_width > 0 && measure_text(text, style).width > wrap_width;
    add(TextItem{{x, y}, text, style, wraps ? wrap_width : 0}, x + size.width, y + size.height);
    return size;
}

void Block::add(PixelItem item, double right, double bottom) {
    items.push_back(std::move(item));
    width = std::max(width, right);
    height = std::max(height, bottom);
}

void Block::put_on_card(const ThemeColours& colours, double padding, double corner_radius) {
    std::vector<PixelItem> moved;
    width += 2 * padding;
    height += 2 * padding;
    moved.emplace_back(RectItem{{0, 0, width, height}, colours.panel, colours.panel_line, 1, corner_radius, {}});
    append_moved(items, padding, padding, moved);
    items = std::move(moved);
}

void append_moved(const std::vector<PixelItem>& items, double dx, double dy, std::vector<PixelItem>& out) {
    for (PixelItem item : items) {
        std::visit(Move{dx, dy}, item);
        out.push_back(std::move(item));
    }
}

}  // namespace diaban
