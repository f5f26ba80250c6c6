// Each straight piece of the path lowers the squared distances of the pixels near it; what is within reach is read off
// those at the end. A pixel that two edges cross from opposite sides, as in a narrow gap between letters, takes what
// both cover of it, so the nearest piece on the other side is kept, too.
#include "scene/halo.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "base/float_quad.h"

namespace diaban {
namespace {

struct PathRelease {
    void operator()(cairo_path_t* path) const { cairo_path_destroy(path); }
};

/// Four pixels' nearest pieces.
struct Nearest {
    FloatQuad squared = FloatQuad{} + std::numeric_limits<float>::max();   ///< distance to the nearest
    FloatQuad opposite = FloatQuad{} + std::numeric_limits<float>::max();  ///< to the nearest on its other side
    FloatQuad x{}, y{};                                                    ///< from the nearest to the pixel

    void offer(FloatQuad off_x, FloatQuad off_y) {
        const FloatQuad distance = off_x * off_x + off_y * off_y;
        const auto across = off_x * x + off_y * y < 0;
        const auto nearer = distance < squared;
        const FloatQuad farther = nearer ? squared : least(opposite, distance);
        opposite = across ? farther : opposite;
        squared = nearer ? distance : squared;
        x = nearer ? off_x : x;
        y = nearer ? off_y : y;
    }
};

class Distances {
public:
    Distances(int width, int height, float reach)
        : width_(width),
          height_(height),
          quads_((width + 3) / 4),
          reach_(reach),
          nearest_(static_cast<std::size_t>(quads_) * static_cast<std::size_t>(height)) {}

    void add(float ax, float ay, float bx, float by) {
        const int left = limited(std::min(ax, bx) - reach_, width_) / 4;
        const int right = (limited(std::max(ax, bx) + reach_ + 1, width_) + 3) / 4;
        const int top = limited(std::min(ay, by) - reach_, height_);
        const int bottom = limited(std::max(ay, by) + reach_ + 1, height_);
        const float along_x = bx - ax;
        const float along_y = by - ay;
        const float length = along_x * along_x + along_y * along_y;
        const float per_length = length > 0 ? 1 / length : 0;
        for (int y = top; y < bottom; ++y) {
            const float dy = static_cast<float>(y) + 0.5F - ay;
            for (int x = left; x < right; ++x) {
                const FloatQuad dx = FloatQuad{0.5F, 1.5F, 2.5F, 3.5F} + (static_cast<float>(4 * x) - ax);
                const FloatQuad t = part_of_one((dx * along_x + dy * along_y) * per_length);
                nearest_[index(x, y)].offer(dx - t * along_x, dy - t * along_y);
            }
        }
    }

    /// Of four pixels, how much of each is covered.
    [[nodiscard]] FloatQuad cover(int quad, int y, float half_width) const {
        const Nearest& nearest = nearest_[index(quad, y)];
        const auto band = [&](FloatQuad squared) {
            const FloatQuad d = root(squared);
            const FloatQuad half = FloatQuad{} + half_width;
            return part_of_one(least(d + 0.5F, half) - most(d - 0.5F, -half));
        };
        return part_of_one(band(nearest.squared) + band(nearest.opposite));
    }
    [[nodiscard]] int quads() const { return quads_; }

private:
    static int limited(float v, int end) { return static_cast<int>(std::clamp(v, 0.0F, static_cast<float>(end))); }
    [[nodiscard]] std::size_t index(int quad, int y) const {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(quads_) + static_cast<std::size_t>(quad);
    }

    int width_, height_, quads_;
    float reach_;
    std::vector<Nearest> nearest_;
};

void add_path(Distances& distances, const cairo_path_t& path) {
    float start_x = 0, start_y = 0, x = 0, y = 0;
    const auto line_to = [&](float to_x, float to_y) {
        distances.add(x, y, to_x, to_y);
        x = to_x;
        y = to_y;
    };
    for (int i = 0; i < path.num_data; i += path.data[i].header.length) {
        const cairo_path_data_t* part = path.data + i;
        const auto to_x = part->header.length > 1 ? static_cast<float>(part[1].point.x) : 0;
        const auto to_y = part->header.length > 1 ? static_cast<float>(part[1].point.y) : 0;
        switch (part->header.type) {
            case CAIRO_PATH_MOVE_TO:
                start_x = x = to_x;
                start_y = y = to_y;
                break;
            case CAIRO_PATH_LINE_TO:
                line_to(to_x, to_y);
                break;
            case CAIRO_PATH_CLOSE_PATH:
                line_to(start_x, start_y);
                break;
            case CAIRO_PATH_CURVE_TO:  // a flat path has none
                break;
        }
    }
}

}  // namespace

std::vector<uint8_t> cover_near_path(cairo_t* context, int width, int height, double reach) {
    std::vector<uint8_t> out(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    cairo_save(context);
    cairo_identity_matrix(context);
    const std::unique_ptr<cairo_path_t, PathRelease> path(cairo_copy_path_flat(context));
    cairo_restore(context);
    const auto half = static_cast<float>(reach);
    Distances distances(width, height, half + 0.5F);
    add_path(distances, *path);
    auto next = out.begin();
    for (int y = 0; y < height; ++y) {
        for (int quad = 0; quad < distances.quads(); ++quad) {
            const auto covered = steps(distances.cover(quad, y, half));
            for (int i = 0; i < std::min(4, width - 4 * quad); ++i)
                *next++ = static_cast<uint8_t>(covered[i]);
        }
    }
    return out;
}

}  // namespace diaban
