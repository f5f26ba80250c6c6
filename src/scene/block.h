// Furniture in the making: items at their places within a block whose top left is (0, 0), and its size.
#pragma once

#include <string>
#include <vector>

#include "scene/theme_colours.h"
#include "scene/typeset.h"

namespace diaban {

struct Block {
    double width = 0;
    double height = 0;
    std::vector<PixelItem> items;

    [[nodiscard]] bool empty() const { return items.empty(); }
    /// Adds text with its box's top left at (x, y), and grows to hold it. Returns its size.
    TextSize add_text(double x, double y, const std::string& text, const TextStyle& style, double wrap_width = 0);
    /// Adds an item that lies within the block's size already, or grows it to (right, bottom).
    void add(PixelItem item, double right = 0, double bottom = 0);
    /// A card behind everything, `padding` wider than the content on each side; the content moves by it.
    void put_on_card(const ThemeColours& colours, double padding, double corner_radius);
};

/// The items moved by (dx, dy).
void append_moved(const std::vector<PixelItem>& items, double dx, double dy, std::vector<PixelItem>& out);

}  // namespace diaban
