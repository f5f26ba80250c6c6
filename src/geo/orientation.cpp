#include "geo/orientation.h"

#include <array>
#include <cstddef>

namespace diaban {
namespace {

/// A sum of doubles without any rounding: its terms do not overlap and grow in magnitude.
class ExactSum {
public:
    void add(double term) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            // Knuth's two-sum: sum + rest is exactly term + terms_[i].
            const double sum = term + terms_[i];
            const double virtually = sum - term;
            const double rest = (term - (sum - virtually)) + (terms_[i] - virtually);
            if (rest != 0) terms_[kept++] = rest;
            term = sum;
        }
        if (term != 0) terms_[kept++] = term;
        size_ = kept;
    }
    void add_product(double a, double b) {
        const double product = a * b;
        add(product);
        add(std::fma(a, b, -product));
    }
    /// The largest term decides.
    [[nodiscard]] int sign() const { return size_ == 0 ? 0 : terms_[size_ - 1] > 0 ? 1 : -1; }

private:
    std::array<double, 16> terms_{};
    std::size_t size_ = 0;
};

}  // namespace

int exact_orientation(Point a, Point b, Point c) {
    // Collinear because two of them are one: the usual case, and cheap.
    if (a == b || b == c || a == c) return 0;
    if ((a.x == b.x && b.x == c.x) || (a.y == b.y && b.y == c.y)) return 0;
    ExactSum det;
    det.add_product(a.x, b.y), det.add_product(-a.y, b.x);
    det.add_product(b.x, c.y), det.add_product(-b.y, c.x);
    det.add_product(c.x, a.y), det.add_product(-c.y, a.x);
    return det.sign();
}

}  // namespace diaban
