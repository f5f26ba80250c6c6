// How a layer looks: plain values, lengths in logical pixels. Saying what is wanted; resolving it is scene's work.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/units.h"
#include "data/features.h"
#include "style/classify.h"
#include "style/colour.h"

namespace diaban {

struct Stroke {
    Rgba colour{70, 70, 70, 255};
    Pixels width{1};
    std::vector<double> dashes;  ///< pixels on, off, on, off …; empty: solid
    std::optional<Rgba> casing;  ///< a wider line below, for contrast on any ground
    Pixels casing_width{0};      ///< on either side
    bool operator==(const Stroke&) const = default;
};

/// Parallel lines over the area: reads over any fill below it.
struct Hatch {
    Rgba colour{40, 40, 40, 255};
    Pixels width{1.2};
    Pixels spacing{7};
    Degrees angle{45};  ///< counter-clockwise from east
    bool crossed = false;
    bool operator==(const Hatch&) const = default;
};

struct SingleFill {
    Rgba colour{200, 210, 220, 255};
    bool operator==(const SingleFill&) const = default;
};

struct CategorisedFill {
    std::string field;
    std::string ramp = "Set2";
    std::map<std::string, Rgba> colours;  ///< set by hand; other categories take the ramp's in order of their text
    bool operator==(const CategorisedFill&) const = default;
};

struct GraduatedFill {
    Measure measure;
    ClassMethod method = ClassMethod::quantile;
    int classes = 5;
    std::vector<double> manual_bounds;  ///< inner bounds, for ClassMethod::manual
    std::string ramp = "YlOrRd";
    bool reversed = false;
    bool operator==(const GraduatedFill&) const = default;
};

/// Fill of polygons, and colour of points' markers.
using Fill = std::variant<std::monostate, SingleFill, CategorisedFill, GraduatedFill>;

enum class MarkerShape { circle, square, triangle, diamond, shelter, sanitation, post, village };

struct Marker {
    MarkerShape shape = MarkerShape::circle;
    Pixels size{9};  ///< diameter
    Rgba outline{255, 255, 255, 255};
    Pixels outline_width{1};
    bool operator==(const Marker&) const = default;
};

/// What becomes of points that lie too close to be told apart.
enum class CrowdingMode {
    automatic,  ///< markers while few are in view, else clusters
    markers,    ///< each its own, however many
    clusters,   ///< one circle, with their number, for those that are near each other
    density     ///< a surface of how many there are to the square kilometre
};

struct Crowding {
    CrowdingMode mode = CrowdingMode::automatic;
    Pixels radius{24};  ///< of a density surface: as far as a point has weight
    std::string ramp = "YlOrRd";
    bool reversed = false;
    bool operator==(const Crowding&) const = default;
};

/// Circles whose area is in proportion to a measure: at points, or at polygons' inner point.
struct ProportionalCircles {
    Measure measure;
    Pixels max_radius{26};  ///< radius of the largest value of all times
    Rgba fill{49, 99, 149, 190};
    Rgba outline{255, 255, 255, 255};
    Pixels outline_width{1};
    bool operator==(const ProportionalCircles&) const = default;
};

struct Labels {
    std::string field;
    Pixels size{12};
    Rgba colour{35, 38, 47, 255};
    Rgba halo{255, 255, 255, 220};
    Pixels halo_width{1.6};
    bool bold = false;
    bool italic = false;
    bool callouts = true;  ///< a leader line where the feature is too small for its name
    int priority = 0;      ///< higher is placed first
    bool operator==(const Labels&) const = default;
};

struct Style {
    Fill fill = SingleFill{};
    Rgba no_data{221, 221, 221, 255};  ///< the class of its own for features without a value
    std::optional<Hatch> hatch;
    std::optional<Stroke> outline = Stroke{};
    Marker marker;
    Crowding crowding;  ///< of points
    std::optional<ProportionalCircles> circles;
    std::optional<Labels> labels;
    bool operator==(const Style&) const = default;
};

/// Something sensible at once for data nobody has styled: `index` (how many layers there are) varies the hue; labels
/// from the name column; points get markers, lines strokes.
[[nodiscard]] Style default_style(const Dataset& dataset, std::size_t index);

/// "shelter" and back; translated name.
[[nodiscard]] std::string to_id(MarkerShape shape);
[[nodiscard]] Expected<MarkerShape> marker_shape_from_id(std::string_view id);
[[nodiscard]] std::string to_text(MarkerShape shape);
[[nodiscard]] const std::vector<MarkerShape>& marker_shapes();

/// "clusters" and back ("automatic" may be "auto"); translated name.
[[nodiscard]] std::string to_id(CrowdingMode mode);
[[nodiscard]] Expected<CrowdingMode> crowding_mode_from_id(std::string_view id);
[[nodiscard]] std::string to_text(CrowdingMode mode);
[[nodiscard]] const std::vector<CrowdingMode>& crowding_modes();

}  // namespace diaban
