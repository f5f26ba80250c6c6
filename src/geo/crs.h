// Coordinate reference systems and the way between them (PROJ). Longitude comes before latitude everywhere in Diaban.
//
//     auto vn2000 = Crs::from_text("EPSG:5899");
//     auto to_map = Transform::between(Crs::wgs84(), *vn2000);
//     Geometry projected = to_map->apply(geometry);
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/units.h"
#include "geo/geometry.h"

namespace diaban {

/// A coordinate reference system; a value that is cheap to copy. The default one is unknown.
class Crs {
public:
    Crs() = default;
    /// From "EPSG:5899", WKT, PROJJSON, a PROJ string or a name that PROJ knows. Heights are dropped: of a compound CRS
    /// the horizontal part remains. Bad input (ErrorKind::bad_input) says what was wrong.
    [[nodiscard]] static Expected<Crs> from_text(std::string_view text);
    [[nodiscard]] static Crs wgs84();

    [[nodiscard]] bool known() const { return info_ != nullptr; }
    [[nodiscard]] bool geographic() const;
    /// "EPSG:5899", or empty when no authority knows it.
    [[nodiscard]] const std::string& code() const;
    /// "VN-2000 / TM-3 107-45".
    [[nodiscard]] const std::string& name() const;
    /// What to write into a workspace file: the code, else WKT.
    [[nodiscard]] const std::string& definition() const;
    /// How many metres one unit of a projected CRS is; 0 for a geographic one.
    [[nodiscard]] double metres_per_unit() const;
    /// Where it is meant to be used, in degrees; empty when unknown, all longitudes when it crosses the antimeridian.
    [[nodiscard]] Box area_of_use() const;

    /// Same definition.
    bool operator==(const Crs& other) const;

private:
    struct Info;
    std::shared_ptr<const Info> info_;
};

/// The way from one CRS to another. Safe to use from several threads at once.
class Transform {
public:
    /// An unknown CRS on either side is an error; equal ones make the identity.
    [[nodiscard]] static Expected<Transform> between(const Crs& from, const Crs& to);

    [[nodiscard]] bool identity() const { return state_ == nullptr; }
    /// A coordinate that cannot be transformed becomes NaN in both.
    [[nodiscard]] Point apply(Point p) const;
    [[nodiscard]] std::vector<Point> apply(std::span<const Point> points) const;
    /// On all cores. `failed`, if given, gets how many coordinates became NaN.
    [[nodiscard]] Geometry apply(const Geometry& geometry, std::size_t* failed = nullptr) const;
    /// The box of the transformed box, followed at a grid of 21 by 21 points; empty when none can be transformed.
    [[nodiscard]] Box apply(const Box& box) const;
    [[nodiscard]] Transform inverse() const;
    /// What PROJ does, for people: "VN-2000 to WGS 84 (1)", and how exact it says it is (negative: unknown).
    [[nodiscard]] std::string operation() const;
    [[nodiscard]] Metres accuracy() const;

private:
    struct State;
    std::shared_ptr<const State> state_;
    bool forward_ = true;
};

/// A CRS in which to draw data that lies in this box of degrees: inside Vietnam one province wide, the VN-2000 3° zone
/// of the province nearest to its centre (EPSG:5896–5899 and their kin); several provinces or all of Vietnam, VN-2000 /
/// UTM 48N (49N when it lies east of 108°); elsewhere the UTM zone for up to 12° of width, else an equal-area
/// projection centred on the box; the whole world, or an empty box, Equal Earth (EPSG:8857). "Inside Vietnam" means
/// that the box's centre and half of its area are, coastal waters included, to about 20 km.
[[nodiscard]] Crs suggest_map_crs(const Box& degrees);

/// CRSs to offer for data in this box, the suggested one first, then WGS 84, Web Mercator and the UTM zone.
[[nodiscard]] std::vector<Crs> map_crs_choices(const Box& degrees);

}  // namespace diaban
