// Degrees as people write them: 21.5233, 21,5233, 21°31'24"N, 21° 31′ 24,5″ B, 107-24-07, 107d24m07s; and whole points
// in one cell: "21.5, 107.4", "21°31'N 107°24'E", "POINT(107.4 21.5)".
//
//     parse_angle("21°31'24\"N")->degrees                        // 21.5233…
//     auto point = parse_point("21.5, 107.4");                   // first 21.5, second 107.4; which is which?
//     lon_lat(*point, order_of({&*point, 1}, near).order);       // {107.4, 21.5}
//
// Letters. English N S E W; Vietnamese B (Bắc, north), N (Nam, south), Đ (Đông, east), T (Tây, west); Indonesian LU
// (north), LS (south), BT (east), BB (west); whole words of the three languages; O (ouest) for west. N is the one that
// two languages claim: it is south where the cell, or the column, has a letter that only Vietnamese uses (B, Đ, T or
// their words), north otherwise. A plain D counts as Đ once the degrees have had their mark: in 107d24m07s it is the
// mark.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "geo/geometry.h"

namespace diaban {

/// In which language N is to be understood.
enum class AngleLetters { automatic, english, vietnamese };

/// Vietnamese when any of the texts has a letter that only Vietnamese uses; automatic where none tells.
[[nodiscard]] AngleLetters letters_of(std::span<const std::string_view> texts);

struct Angle {
    enum class Axis { unknown, latitude, longitude };
    double degrees = 0;         ///< south and west are negative
    Axis axis = Axis::unknown;  ///< as its letter says
    int parts = 1;              ///< 1: degrees alone; 2: with minutes; 3: with seconds
    bool marked = false;        ///< with a degree mark or a letter: no bare number
    bool operator==(const Angle&) const = default;
};

/// Nothing for text that is no angle: minutes or seconds beyond 60, more than 360°, more than 90° of latitude, a minus
/// and a letter at once, decimals anywhere but in the last part.
[[nodiscard]] std::optional<Angle> parse_angle(std::string_view text, AngleLetters letters = AngleLetters::automatic);

/// Two coordinates in the order in which they stand.
struct WrittenPoint {
    enum class Order { unknown, latitude_first, longitude_first };
    double first = 0;
    double second = 0;
    Order order = Order::unknown;  ///< told by letters, by labels ("lat: …"), by WKT, or by a number beyond 90
    bool degrees = true;           ///< false: numbers too great for degrees, taken as they are
    bool marked = false;           ///< with degree marks, letters or WKT: certainly a point
    bool operator==(const WrittenPoint&) const = default;
};

/// Heights and accuracies behind the two, as survey apps write them, are passed over. Parted by a semicolon, a bar, a
/// slash, a line break, a comma or blanks, in brackets or not; "21,5; 107,4" and "21,5 107,4" have decimal commas. Of
/// WKT, a POINT only.
[[nodiscard]] std::optional<WrittenPoint> parse_point(std::string_view text,
                                                      AngleLetters letters = AngleLetters::automatic);

/// The order of a column of points: what most of those that tell say, else the one in which more of them land in `near`
/// (degrees), else latitude first for degrees, which is `assumed`, and as they stand (x first) for metres.
struct PointOrder {
    WrittenPoint::Order order = WrittenPoint::Order::unknown;
    bool assumed = false;
};
[[nodiscard]] PointOrder order_of(std::span<const WrittenPoint> points, const std::optional<Box>& near = {});

/// x is longitude (or what stands first, of metres); a point that tells its own order keeps it.
[[nodiscard]] Point lon_lat(const WrittenPoint& point, WrittenPoint::Order column_order);

}  // namespace diaban
