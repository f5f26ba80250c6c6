// The map in the window: which part of the world is seen, how pan, zoom and picking change it, and the scene of now.
// No ImGui and no OpenGL here, so that all of it is tested without either.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scene/derive.h"
#include "ui/session.h"

namespace diaban::ui {

class MapView {
public:
    /// The part of the window that is map, in logical pixels from the window's top left.
    void resize(double width, double height, double pixel_ratio);
    [[nodiscard]] const Frame& frame() const { return frame_; }
    /// Whether it looks at something already: there was data to look at.
    [[nodiscard]] bool placed() const { return placed_; }
    /// Follows what the session did: a workspace newly opened is looked at as it says, a changed map CRS keeps the
    /// place and the scale. Called once a frame, before anything below.
    void follow(Session& session, const Furniture& furniture);

    // ── moving ── (pixels are relative to the map's top left)
    /// Panned or zoomed, the view moves until it has been left alone for `rest_seconds`: labels are carried along
    /// (MapRequest::moving), and placed anew when it rests.
    static constexpr double rest_seconds = 0.12;
    void pan(double dx, double dy);
    /// By `factor` (> 1 is nearer) with the place under `at` staying where it is. Kept between the world and 1:100.
    void zoom_at(Pixel at, double factor);
    /// With a margin round it; a box without size is brought to the middle, at 1:25,000 or nearer. Empty: nothing.
    void zoom_to(const Box& map_box);
    /// And keeps showing everything, whatever the size, until it is moved.
    void zoom_to_everything(Session& session);
    /// The points of a cluster; those that no scale would part are selected instead.
    void open_cluster(Session& session, const Hover& hover);
    void zoom_to_layer(Session& session, const std::string& layer);
    void zoom_to_selection(Session& session);
    /// After the map CRS changed: the same place at the same scale.
    void reproject(const Crs& from, const Crs& to);

    /// The movement is over: a drag has ended.
    void rest() { moving_ = stirred_ = false; }
    /// Seconds until a view that moves is at rest if nothing moves it any more; negative for one that is.
    [[nodiscard]] double seconds_to_rest(const Session& session) const;

    // ── asking ──
    /// The topmost visible feature of a layer that is not background. Polygons without a fill (hatching, circles,
    /// outlines over another layer) are looked through, and found only where nothing filled is below.
    [[nodiscard]] std::optional<Hover> pick(Session& session, Pixel at) const;
    /// Selects in the active layer, else in the topmost visible one that has hits; what is taken from a selection, or
    /// looked for within it, is of its layer alone. Without hits, nothing is added or removed, and nothing is left.
    void select_box(Session& session, const PixelBox& box, Combine how) const;
    void select_lasso(Session& session, const std::vector<Pixel>& lasso, Combine how) const;
    /// In a ring of places of the map, closed or not.
    void select_ring(Session& session, std::vector<Point> ring, Combine how) const;
    [[nodiscard]] std::optional<Point> lon_lat(Session& session, Pixel at) const;
    /// The scale's denominator at the map's centre, for a 96 dpi screen, on the ellipsoid; 0 when it has none (no CRS).
    [[nodiscard]] double scale_denominator(Session& session) const;

    /// The scene of now; derived again only when something it depends on changed. What is under the pointer is not in
    /// it: map_canvas draws that over the picture, so that moving the pointer repaints nothing.
    [[nodiscard]] const Scene& scene(Session& session, Theme theme, const Furniture& furniture);
    /// Marked on the map in place of the selection, for all scenes from now on; null: the selection.
    void mark(std::shared_ptr<const Selection> instead) { marked_ = std::move(instead); }
    /// The scene derived last, for its unlabelled features.
    [[nodiscard]] const Scene& last_scene() const { return scene_; }
    /// How often a scene was derived: for tests.
    [[nodiscard]] uint64_t derived() const { return derived_; }

private:
    /// What a scene depends on; equal means the one at hand is still right.
    struct SceneKey {
        uint64_t content = 0;
        Frame frame;
        Theme theme = Theme::light;
        Furniture furniture;
        Selection selection;
        std::shared_ptr<const Selection> marked;
        bool moving = false;
        uint64_t made = 0;  ///< Session::made(), of a scene that can be bettered
        bool operator==(const SceneKey&) const = default;
    };
    [[nodiscard]] double metres_per_unit() const;
    void set_units_per_pixel(double wish);
    /// Fits the box (map CRS) beside the furniture.
    void place(Session& session, const std::optional<Box>& extent);

    Frame frame_;
    Frame placed_for_;  ///< the size (and no more of it) that the place was last brought in line with
    Furniture furniture_;
    bool placed_ = false;
    bool moved_ = false;    ///< by the user, since it was placed: then the view is kept in the workspace
    bool stirred_ = false;  ///< panned or zoomed since the last scene
    bool moving_ = false;
    double moved_at_ = 0;  ///< Session::seconds() at the last scene of a view that was moved
    Crs crs_;
    uint64_t opening_ = 0;
    std::shared_ptr<const Selection> marked_;
    Scene scene_;
    std::optional<SceneKey> scene_key_;
    uint64_t derived_ = 0;
};

}  // namespace diaban::ui
