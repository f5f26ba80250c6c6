// Scale bar and north arrow, true at the middle of the picture.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/format.h"
#include "base/i18n.h"
#include "geo/measures.h"
#include "scene/furniture.h"

namespace diaban {
namespace {

constexpr double scale_bar_longest = 130;  // pixels, at text scale 1

}  // namespace

double metres_per_pixel(const Frame& frame, const std::optional<Transform>& to_degrees) {
    if (!to_degrees) return 0;
    constexpr double reach = 50;  // pixels: long enough to be exact, short enough to be "here"
    const Pixel middle{frame.width / 2, frame.height / 2};
    const Point a = to_degrees->apply(frame.to_map({middle.x - reach, middle.y}));
    const Point b = to_degrees->apply(frame.to_map({middle.x + reach, middle.y}));
    const double metres = geodesic_distance(a, b).value() / (2 * reach);
    return std::isfinite(metres) ? metres : 0;
}

Degrees true_north(const Frame& frame, const std::optional<Transform>& to_degrees) {
    if (!to_degrees) return Degrees(0);
    const Point here = frame.centre;
    const Point degrees = to_degrees->apply(here);
    if (!std::isfinite(degrees.x) || !std::isfinite(degrees.y)) return Degrees(0);
    const double step = degrees.y > 89 ? -0.01 : 0.01;
    const Point there = to_degrees->inverse().apply(Point{degrees.x, degrees.y + step});
    const double dx = (there.x - here.x) / step;
    const double dy = (there.y - here.y) / step;
    if (!std::isfinite(dx) || !std::isfinite(dy) || (dx == 0 && dy == 0)) return Degrees(0);
    return Degrees(std::atan2(dx, dy) * 180 / std::numbers::pi);
}

double scale_bar_metres(double metres_per_pixel, double longest) {
    const double most = metres_per_pixel * longest;
    if (!(most > 0) || !std::isfinite(most)) return 0;
    const double power = std::pow(10, std::floor(std::log10(most) + 1e-12));
    for (const double step : {5.0, 2.0}) {
        if (step * power <= most * (1 + 1e-12)) return step * power;
    }
    return power;
}

Block make_scale_bar(const Frame& frame, const std::optional<Transform>& to_degrees, const MapRequest& request) {
    const double scale = furniture_scale(request);
    const double each = metres_per_pixel(frame, to_degrees);
    const double metres = scale_bar_metres(each, scale_bar_longest * scale);
    Block block;
    if (metres <= 0) return block;
    const ThemeColours& colours = theme_colours(request.theme);
    const bool in_kilometres = metres >= 1000;
    const double length = metres / each;
    const TextStyle style{.size = 10.5 * scale, .weight = 500, .colour = colours.text};
    const auto number = [&](double value) { return format_number(in_kilometres ? value / 1000 : value); };
    const std::string unit = in_kilometres ? tr("km") : tr("m");

    const double first = measure_text("0", style).width / 2;  // the bar begins below the middle of its 0
    const double text_height = measure_text("0", style).height;
    const double top = text_height + 2 * scale;
    const double thick = 5 * scale;
    const double line = std::max(1.0, scale);
    block.add(RectItem{{first, top, length / 2, thick}, colours.text, colours.text, line, 0, {}}, first + length / 2,
              top + thick);
    block.add(RectItem{{first + length / 2, top, length / 2, thick}, colours.panel, colours.text, line, 0, {}},
              first + length, top + thick);
    const auto label = [&](double at, const std::string& text, double centred_width) {
        block.add_text(first + at - centred_width / 2, 0, text, style);
    };
    label(0, "0", measure_text("0", style).width);
    const std::string middle = number(metres / 2);
    label(length / 2, middle, measure_text(middle, style).width);
    // The last number is centred on the bar's end, its unit follows.
    label(length, number(metres) + " " + unit, measure_text(number(metres), style).width);
    block.put_on_card(colours, 7 * scale, 6 * scale);
    return block;
}

Block make_north_arrow(Degrees north, const MapRequest& request) {
    const double scale = furniture_scale(request);
    const ThemeColours& colours = theme_colours(request.theme);
    Block block;
    const double radius = 20 * scale;
    const Pixel middle{radius + 1, radius + 1};
    block.add(MarkItem{middle, MarkerShape::circle, radius, colours.panel, colours.panel_line, 1}, 2 * radius + 2,
              2 * radius + 2);
    // Less than half a degree is not seen, and an upright arrow is drawn crisply.
    const double angle = std::abs(north.value()) > 0.5 ? north.value() * std::numbers::pi / 180 : 0;
    const auto turned = [&](double x, double y) {
        return Pixel{middle.x + (x * std::cos(angle) - y * std::sin(angle)) * scale,
                     middle.y + (x * std::sin(angle) + y * std::cos(angle)) * scale};
    };
    const Pixel tip = turned(0, -5.5);
    const Pixel notch = turned(0, 9.5);
    block.add(PathItem{{tip, turned(-6, 14), notch}, true, colours.text, {}});
    block.add(PathItem{{tip, turned(6, 14), notch}, true, mix(colours.text, colours.panel.with_alpha(1), 0.55), {}});
    const TextStyle style{.size = 11 * scale, .weight = 700, .colour = colours.text};
    const TextSize size = measure_text("N", style);
    const Pixel letter = turned(0, -11.5);
    block.add_text(letter.x - size.width / 2, letter.y - size.height / 2, "N", style);
    return block;
}

}  // namespace diaban
