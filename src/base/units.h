// Lengths, areas and angles as types: made by naming the unit, with only the arithmetic that means something.
//
//     const auto d = Metres(5000);  d / 2;  d < Metres(6000);  d.value();
#pragma once

#include <compare>

namespace diaban {

/// A double that knows its unit. `Tag` tells units apart; there is no conversion between them but a named function.
template <class Tag>
class Quantity {
public:
    constexpr Quantity() = default;
    constexpr explicit Quantity(double value) : value_(value) {}
    [[nodiscard]] constexpr double value() const { return value_; }

    constexpr auto operator<=>(const Quantity&) const = default;
    constexpr Quantity operator-() const { return Quantity(-value_); }
    constexpr Quantity& operator+=(Quantity other) { return value_ += other.value_, *this; }
    constexpr Quantity& operator-=(Quantity other) { return value_ -= other.value_, *this; }
    friend constexpr Quantity operator+(Quantity a, Quantity b) { return Quantity(a.value_ + b.value_); }
    friend constexpr Quantity operator-(Quantity a, Quantity b) { return Quantity(a.value_ - b.value_); }
    friend constexpr Quantity operator*(Quantity a, double k) { return Quantity(a.value_ * k); }
    friend constexpr Quantity operator*(double k, Quantity a) { return Quantity(a.value_ * k); }
    friend constexpr Quantity operator/(Quantity a, double k) { return Quantity(a.value_ / k); }
    friend constexpr double operator/(Quantity a, Quantity b) { return a.value_ / b.value_; }

private:
    double value_ = 0;
};

using Metres = Quantity<struct MetresTag>;
using SquareMetres = Quantity<struct SquareMetresTag>;
using Degrees = Quantity<struct DegreesTag>;
/// Logical pixels: 1/96 inch on a screen at scale 1. A device pixel is Pixels × the surface's pixel ratio.
using Pixels = Quantity<struct PixelsTag>;

[[nodiscard]] constexpr double square_kilometres(SquareMetres area) {
    return area.value() / 1e6;
}
[[nodiscard]] constexpr double kilometres(Metres length) {
    return length.value() / 1e3;
}

}  // namespace diaban
