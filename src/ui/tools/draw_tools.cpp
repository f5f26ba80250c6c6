#include "ui/tools/draw_tools.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "base/i18n.h"
#include "geo/earth/geodesics.h"
#include "geo/geometry.h"
#include "geo/triangulate.h"
#include "ui/cased_pen.h"
#include "ui/tools/drawing.h"
#include "ui/tools/drawn_shapes.h"
#include "ui/tools/map_labels.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

using Kind = MapGesture::Kind;
using Path = CasedPen::Path;

constexpr PenWidths measuring_pen{2.0F, 4.6F};
constexpr PenWidths outline_pen{1.2F, 3.0F};
constexpr float outline_alpha = 0.6F;
constexpr float fill_alpha = 0.12F;
constexpr float corner_radius = 3.5F;

/// All that the parts below draw with.
struct Sheet {
    Ui& ui;
    const ScreenRect& place;
    MapPlaces places;
    ImDrawList* draw;
    MapLabels labels;
    CasedPen pen;

    [[nodiscard]] ImVec2 at(Pixel p) const {
        return {place.x + px(static_cast<float>(p.x)), place.y + px(static_cast<float>(p.y))};
    }
    [[nodiscard]] ImVec2 at(Point degrees) const { return at(places.pixel(degrees)); }
};

void corner(const Sheet& sheet, ImVec2 at) {
    sheet.draw->AddCircleFilled(at, px(corner_radius), IM_COL32_WHITE);
    sheet.draw->AddCircle(at, px(corner_radius), to_u32(palette(Theme::light).accent), 0, px(1.8F));
}

/// A ring in window coordinates, whatever its shape.
void fill(const Sheet& sheet, const Path& ring) {
    if (ring.size() < 3) return;
    GeometryBuilder builder(GeometryKind::polygon);
    std::vector<Point> points;
    for (const ImVec2 p : ring)
        points.push_back({static_cast<double>(p.x), static_cast<double>(p.y)});
    builder.begin_feature();
    builder.begin_part();
    if (!builder.add_ring(points)) return;
    const Geometry polygon = std::move(builder).finish();
    const std::vector<uint32_t> corners = triangulate_part(polygon, 0);
    // Smoothed edges of neighbouring triangles would show as seams.
    const ImDrawListFlags flags = sheet.draw->Flags;
    sheet.draw->Flags &= ~ImDrawListFlags_AntiAliasedFill;
    const auto vertex = [&](uint32_t i) {
        const Point p = polygon.points()[i];
        return ImVec2{static_cast<float>(p.x), static_cast<float>(p.y)};
    };
    for (std::size_t i = 0; i + 2 < corners.size(); i += 3)
        sheet.draw->AddTriangleFilled(vertex(corners[i]), vertex(corners[i + 1]), vertex(corners[i + 2]),
                                      to_u32(palette().accent, fill_alpha));
    sheet.draw->Flags = flags;
}

Path on_screen(const Sheet& sheet, std::span<const Point> map_ring) {
    Path path;
    for (const Point p : map_ring)
        path.push_back(sheet.at(sheet.ui.map.frame().to_pixel(p)));
    return path;
}

// ── dragged shapes, and what was drawn last ──

void draw_drawn(const Sheet& sheet) {
    const auto& drawn = sheet.ui.panels.measure.drawn;
    if (!drawn || sheet.ui.mode == Mode::present) return;
    const CasedPen faint(sheet.ui.theme, sheet.draw, palette().accent, outline_alpha, outline_pen);
    faint.line(on_screen(sheet, outline_on_map(sheet.places, *drawn)), true);
}

void draw_circle(Sheet& sheet) {
    const MapGesture& gesture = sheet.ui.gesture;
    const auto circle = drawn_circle(sheet.places, gesture.start, gesture.last);
    if (!circle) {
        const double radius = std::hypot(gesture.last.x - gesture.start.x, gesture.last.y - gesture.start.y);
        if (!sheet.places.known()) sheet.pen.ring(sheet.at(gesture.start), static_cast<float>(radius));
        return;
    }
    const Path ring = on_screen(sheet, outline_on_map(sheet.places, *circle));
    fill(sheet, ring);
    sheet.pen.line(ring, true);
    sheet.pen.line({sheet.at(gesture.start), sheet.at(gesture.last)});
    corner(sheet, sheet.at(gesture.start));
    sheet.labels.beside(sheet.at(gesture.last), {format_length_metres(circle->radius.metres().value())}, true);
}

void draw_gesture(Sheet& sheet) {
    const MapGesture& gesture = sheet.ui.gesture;
    if (gesture.kind == Kind::box) {
        const Pixel a = gesture.start;
        const Pixel b = gesture.last;
        const Path ring{sheet.at(a), sheet.at(Pixel{b.x, a.y}), sheet.at(b), sheet.at(Pixel{a.x, b.y})};
        fill(sheet, ring);
        sheet.pen.line(ring, true);
    } else if (gesture.kind == Kind::lasso) {
        Path path;
        for (const Pixel& p : gesture.path)
            path.push_back(sheet.at(p));
        fill(sheet, path);
        sheet.pen.line(path, true);
    } else if (gesture.kind == Kind::circle) {
        draw_circle(sheet);
    }
}

// ── points clicked one by one ──

/// The geodesic between two points, in window coordinates.
std::vector<Path> leg(const Sheet& sheet, Point from, Point to) {
    std::vector<Path> paths;
    for (const auto& pixels : sheet.places.geodesic(from, to)) {
        Path path;
        for (const Pixel p : pixels)
            path.push_back(sheet.at(p));
        paths.push_back(std::move(path));
    }
    return paths;
}

/// Length and bearing on a leg where there is room for it.
void label_leg(Sheet& sheet, const std::vector<Path>& paths, const MeasuredLeg& measured) {
    const auto longest = std::ranges::max_element(paths, {}, &Path::size);
    if (longest == paths.end()) return;
    const ImVec2 a = longest->front();
    const ImVec2 b = longest->back();
    const std::vector<std::string> lines{format_length_metres(measured.length.value()) + " · " +
                                         format_bearing(measured.bearing)};
    if (std::hypot(b.x - a.x, b.y - a.y) < MapLabels::size_of(lines).x + px(16)) return;
    const ImVec2 before = (*longest)[(longest->size() - 1) / 2];
    const ImVec2 after = (*longest)[longest->size() / 2];
    sheet.labels.centred({(before.x + after.x) / 2, (before.y + after.y) / 2}, lines, false);
}

void draw_path(Sheet& sheet, const std::vector<Point>& points, bool live) {
    const MeasuredPath measured = measure_path(points);
    std::vector<std::vector<Path>> legs;
    for (std::size_t i = 1; i < points.size(); ++i)
        legs.push_back(leg(sheet, points[i - 1], points[i]));
    for (const auto& paths : legs)
        sheet.pen.lines(paths);
    if (!measured.legs.empty()) {
        // The whole first: it is what has to be seen.
        std::vector<std::string> lines{format_length_metres(measured.length.value())};
        const MeasuredLeg& last = measured.legs.back();
        if (live) {
            lines.push_back((measured.legs.size() > 1 ? format_length_metres(last.length.value()) + " · " : "") +
                            format_quadrant(last.bearing) + " (" + format_bearing(last.bearing) + ")");
        } else if (measured.legs.size() == 1) {
            lines.push_back(format_quadrant(last.bearing) + " (" + format_bearing(last.bearing) + ")");
        }
        sheet.labels.beside(sheet.at(points.back()), lines, true);
    }
    const std::size_t labelled = measured.legs.size() > 1 ? legs.size() - (live ? 1 : 0) : 0;
    for (std::size_t i = 0; i < labelled; ++i)
        label_leg(sheet, legs[i], measured.legs[i]);
}

std::string area_line(const MeasuredArea& area) {
    if (area.crosses_itself) return tr("the outline crosses itself");
    return fmt::format(fmt::runtime(tr("{} · {} around")), format_area_square_metres(area.area.value()),
                       format_length_metres(area.circumference.value()));
}

void draw_area(Sheet& sheet, const std::vector<Point>& points) {
    std::vector<Path> sides;
    Path ring;
    for (std::size_t i = 0; i < points.size() && points.size() > 1; ++i) {
        for (Path& path : leg(sheet, points[i], points[(i + 1) % points.size()])) {
            ring.insert(ring.end(), path.begin(), path.end() - 1);
            sides.push_back(std::move(path));
        }
    }
    fill(sheet, ring);
    sheet.pen.lines(sides);
    if (points.size() < 3) {
        if (points.size() == 2)
            sheet.labels.beside(sheet.at(points.back()), {format_length_metres(measure_path(points).length.value())},
                                true);
        return;
    }
    ImVec2 low = ring.front();
    ImVec2 high = low;
    for (const ImVec2 p : ring) {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    sheet.labels.centred({(low.x + high.x) / 2, (low.y + high.y) / 2}, {area_line(measure_area(points))}, true);
}

/// Where north is at the first point, and the angle from there.
void draw_bearing(Sheet& sheet, const std::vector<Point>& points) {
    const MeasuredPath measured = measure_path(points);
    if (measured.legs.empty()) return;
    const MeasuredLeg& to = measured.legs.front();
    const MeasuredLeg back = measure_path(std::vector{points[1], points[0]}).legs.front();
    const ImVec2 from = sheet.at(points[0]);
    constexpr double arm = 44;  // logical pixels
    const double ground = arm * sheet.places.metres_per_pixel();
    const Path north{from, sheet.at(geodesic_destination(points[0], Degrees(0), Metres(ground)))};
    Path arc;
    constexpr int steps = 48;
    for (int i = 0; i <= steps; ++i)
        arc.push_back(sheet.at(
            geodesic_destination(points[0], to.bearing * (static_cast<double>(i) / steps), Metres(ground * 0.6))));
    const CasedPen thin(sheet.ui.theme, sheet.draw, palette().accent, 0.9F, outline_pen);
    thin.lines({north, arc});
    sheet.pen.lines(leg(sheet, points[0], points[1]));
    sheet.labels.centred({north[1].x, north[1].y - px(9)}, {tr("N")}, true);
    sheet.labels.beside(sheet.at(points[1]),
                        {format_quadrant(to.bearing) + " (" + format_bearing(to.bearing) + ")",
                         format_length_metres(to.length.value()) + " · " +
                             fmt::format(fmt::runtime(tr("back {}")), format_bearing(back.bearing))},
                        true);
}

void draw_polygon(const Sheet& sheet, const std::vector<Point>& points) {
    Path ring;
    for (const Point p : points)
        ring.push_back(sheet.at(p));
    fill(sheet, ring);
    if (ring.size() > 1) sheet.pen.line(ring, ring.size() > 2);
}

void draw_points(Sheet& sheet, std::optional<Pixel> pointer) {
    const MeasureState& state = sheet.ui.panels.measure;
    if (state.points.empty()) return;
    std::vector<Point> points = state.points;
    const bool live = drawing(sheet.ui) && pointer;
    if (live) {
        const Point next = sheet.places.degrees(*pointer);
        if (std::isfinite(next.x) && !(next == points.back())) points.push_back(next);
    }
    const bool moved = points.size() > state.points.size();
    switch (state.of) {
        case Tool::measure_distance:
            draw_path(sheet, points, moved);
            break;
        case Tool::measure_area:
            draw_area(sheet, points);
            break;
        case Tool::measure_bearing:
            draw_bearing(sheet, points);
            break;
        case Tool::select_polygon:
            draw_polygon(sheet, points);
            break;
        case Tool::pan:
        case Tool::select_box:
        case Tool::select_lasso:
        case Tool::select_circle:
            break;
    }
    for (const Point p : state.points)
        corner(sheet, sheet.at(p));
}

/// In place of the arrow, whose tip says less exactly where it points.
void draw_cross(const Sheet& sheet, Pixel pointer) {
    const ImVec2 at = sheet.at(pointer);
    const float arm = px(9);
    const float hole = px(3);
    const CasedPen ink(sheet.ui.theme, sheet.draw);
    ink.lines({{{at.x - arm, at.y}, {at.x - hole, at.y}},
               {{at.x + hole, at.y}, {at.x + arm, at.y}},
               {{at.x, at.y - arm}, {at.x, at.y - hole}},
               {{at.x, at.y + hole}, {at.x, at.y + arm}}});
}

}  // namespace

void draw_tools(Ui& ui, const ScreenRect& place, std::optional<Pixel> pointer) {
    if (!ui.map.placed()) return;
    ImDrawList* draw = ImGui::GetWindowDrawList();
    Sheet sheet{ui,
                place,
                MapPlaces(ui.session, ui.map),
                draw,
                MapLabels(draw, {place.x, place.y}, {place.x + place.width, place.y + place.height}),
                CasedPen(ui.theme, draw, palette().accent, 1, measuring_pen)};
    draw_drawn(sheet);
    draw_gesture(sheet);
    draw_points(sheet, pointer);
    if (pointer && ui.tool != Tool::pan) draw_cross(sheet, *pointer);
}

void copy_measured(const Ui& ui) {
    const std::string words = measured_words(ui);
    if (!words.empty()) ImGui::SetClipboardText(words.c_str());
}

}  // namespace diaban::ui
