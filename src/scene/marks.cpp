// Marks: plain shapes and pictograms. A pictogram is cut out of its body, so that the outline colour below shows
// through it. Shapes are drawn in a square from -1 to 1, y down.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "scene/mask_surface.h"
#include "scene/typeset.h"

namespace diaban {
namespace {

constexpr double pi = std::numbers::pi;

void polygon(cairo_t* cr, std::initializer_list<std::pair<double, double>> corners) {
    bool first = true;
    for (const auto& [x, y] : corners) {
        first ? cairo_move_to(cr, x, y) : cairo_line_to(cr, x, y);
        first = false;
    }
    cairo_close_path(cr);
}

void rounded_rectangle(cairo_t* cr, double x0, double y0, double x1, double y1, double r) {
    cairo_new_sub_path(cr);
    cairo_arc(cr, x1 - r, y0 + r, r, -pi / 2, 0);
    cairo_arc(cr, x1 - r, y1 - r, r, 0, pi / 2);
    cairo_arc(cr, x0 + r, y1 - r, r, pi / 2, pi);
    cairo_arc(cr, x0 + r, y0 + r, r, pi, 3 * pi / 2);
    cairo_close_path(cr);
}

// The body: what is filled and outlined.
void body_path(cairo_t* cr, MarkerShape shape) {
    switch (shape) {
        case MarkerShape::circle:
        case MarkerShape::sanitation:
            cairo_arc(cr, 0, 0, 1, 0, 2 * pi);
            cairo_close_path(cr);
            break;
        case MarkerShape::square:
            rounded_rectangle(cr, -0.88, -0.88, 0.88, 0.88, 0.12);
            break;
        case MarkerShape::triangle:
            polygon(cr, {{0, -1.05}, {1.0, 0.75}, {-1.0, 0.75}});
            break;
        case MarkerShape::diamond:
            polygon(cr, {{0, -1.1}, {1.1, 0}, {0, 1.1}, {-1.1, 0}});
            break;
        case MarkerShape::shelter:
            rounded_rectangle(cr, -0.96, -0.96, 0.96, 0.96, 0.38);
            break;
        case MarkerShape::post:  // a shield
            cairo_move_to(cr, -0.92, -0.86);
            cairo_curve_to(cr, -0.4, -0.86, -0.2, -0.95, 0, -1.06);
            cairo_curve_to(cr, 0.2, -0.95, 0.4, -0.86, 0.92, -0.86);
            cairo_line_to(cr, 0.92, 0.08);
            cairo_curve_to(cr, 0.92, 0.62, 0.45, 0.98, 0, 1.14);
            cairo_curve_to(cr, -0.45, 0.98, -0.92, 0.62, -0.92, 0.08);
            cairo_close_path(cr);
            break;
        case MarkerShape::village:  // a hut: the body is the sign itself
            polygon(cr, {{0, -1.0}, {1.08, 0.0}, {0.74, 0.0}, {0.74, 0.86}, {-0.74, 0.86}, {-0.74, 0.0}, {-1.08, 0.0}});
            break;
    }
}

// What is cut out of the body; nothing for the plain shapes.
bool pictogram_path(cairo_t* cr, MarkerShape shape) {
    switch (shape) {
        case MarkerShape::shelter:  // a house: a roof with eaves over walls, its door left standing
            polygon(cr, {{0, -0.70},
                         {0.74, -0.06},
                         {0.50, -0.06},
                         {0.50, 0.58},
                         {0.17, 0.58},
                         {0.17, 0.14},
                         {-0.17, 0.14},
                         {-0.17, 0.58},
                         {-0.50, 0.58},
                         {-0.50, -0.06},
                         {-0.74, -0.06}});
            return true;
        case MarkerShape::sanitation:  // a drop
            cairo_move_to(cr, 0, -0.72);
            cairo_curve_to(cr, 0.10, -0.42, 0.48, -0.14, 0.48, 0.20);
            cairo_arc(cr, 0, 0.20, 0.48, 0, pi);
            cairo_curve_to(cr, -0.48, -0.14, -0.10, -0.42, 0, -0.72);
            cairo_close_path(cr);
            return true;
        case MarkerShape::post:  // a flag on its pole
            rounded_rectangle(cr, -0.44, -0.64, -0.26, 0.66, 0.09);
            cairo_new_sub_path(cr);
            polygon(cr, {{-0.18, -0.58}, {0.56, -0.22}, {-0.18, 0.14}});
            return true;
        case MarkerShape::village:  // its door
            cairo_rectangle(cr, -0.22, 0.22, 0.44, 0.64);
            return true;
        case MarkerShape::circle:
        case MarkerShape::square:
        case MarkerShape::triangle:
        case MarkerShape::diamond:
            return false;
    }
    return false;
}

}  // namespace

Mask draw_mark(MarkerShape shape, double radius, double outline_width, double pixel_ratio, double subpixel_x,
               double subpixel_y) {
    const double r = std::max(0.1, radius) * pixel_ratio;
    const double grown = std::max(0.0, outline_width) * pixel_ratio;
    // Corners reach past the circle of the radius by at most 15 %; the pixels are for antialiasing.
    const int half = static_cast<int>(std::ceil(r * 1.16 + grown)) + 2;
    Mask out;
    out.width = out.height = 2 * half;
    out.origin_x = out.origin_y = -half;

    const auto start = [&](const MaskSurface& mask) {
        cairo_t* const cr = mask.context.get();
        cairo_translate(cr, half + subpixel_x, half + subpixel_y);
        cairo_scale(cr, r, r);
        body_path(cr, shape);
        return cr;
    };
    const MaskSurface ink(out.width, out.height);
    cairo_t* const body = start(ink);
    cairo_fill(body);
    // Below this size a cut-out would only make the body look dirty.
    constexpr double least_pictogram_radius = 4.5;
    if (radius >= least_pictogram_radius && pictogram_path(body, shape)) {
        cairo_set_operator(body, CAIRO_OPERATOR_DEST_OUT);
        cairo_fill(body);
    }
    out.ink = ink.bytes();

    const MaskSurface outline(out.width, out.height);
    cairo_t* const below = start(outline);
    cairo_fill_preserve(below);
    if (grown > 0) {
        cairo_set_line_join(below, CAIRO_LINE_JOIN_ROUND);
        cairo_set_line_width(below, 2 * grown / r);
        cairo_stroke(below);
    }
    out.outline = outline.bytes();
    return out;
}

}  // namespace diaban
