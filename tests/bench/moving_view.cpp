#include "bench/moving_view.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace diaban::bench {
namespace {

constexpr double pi = 3.14159265358979323846;
/// A zoom in and out again, in frames; by how much.
constexpr double breath = 97, depth = 0.12;
/// How far it goes from where it began, in pictures.
constexpr double most_pictures = 2;

/// Goes on along one axis, back at the ends.
void advance(double& at, double& step, double units, double low, double high) {
    at += step * units;
    if (at > high) step = -std::abs(step);
    if (at < low) step = std::abs(step);
}

}  // namespace

MovingView::MovingView(const Opened& opened, Content content, double nearer, Point centre)
    : opened_(opened), request_(request_for(content)), maker_([] {}) {
    start_ = whole_frame(opened_, cache_);
    const Box data = full_extent(opened_.workspace, derive_layers(opened_.workspace, opened_.datasets, cache_));
    start_.units_per_pixel /= nearer;
    if (nearer > 1) start_.centre = centre;
    frame_ = start_;
    // Never where nothing is: within the data by half a picture, and near the place that was asked for.
    const double w = start_.width * start_.units_per_pixel, h = start_.height * start_.units_per_pixel;
    const Point at = start_.centre;
    const auto room = [](double side, double picture) { return std::max(0.1 * picture, (side - picture) / 2); };
    const double reach_x = std::min(most_pictures * w, room(data.width(), w));
    const double reach_y = std::min(most_pictures * h, room(data.height(), h));
    bounds_ = {at.x - reach_x, at.y - reach_y, at.x + reach_x, at.y + reach_y};
    request_.maker = &maker_;
    settle();
}

Scene MovingView::derive_now() {
    request_.frame = frame_;
    return derive(opened_.workspace, opened_.datasets, request_, cache_);
}

void MovingView::settle() {
    request_.moving = false;
    while (derive_now().unfinished)
        maker_.finish();
    request_.moving = true;
}

void MovingView::go_on() {
    ++frames_;
    advance(frame_.centre.x, step_.x, start_.units_per_pixel, bounds_.min_x, bounds_.max_x);
    advance(frame_.centre.y, step_.y, start_.units_per_pixel, bounds_.min_y, bounds_.max_y);
    frame_.units_per_pixel = start_.units_per_pixel * (1 - depth * std::sin(2 * pi * frames_ / breath));
}

Scene MovingView::next() {
    go_on();
    return derive_now();
}

double MovingView::go_on_and_wait() {
    for (int i = 0; i < 30; ++i)
        go_on();
    const auto begin = std::chrono::steady_clock::now();
    for (const LayerResultPtr& layer : derive_layers(opened_.workspace, opened_.datasets, cache_)) {
        if (layer->shapes == nullptr) continue;
        const auto choice = layer->shapes->detail(frame_.extent(), frame_.units_per_pixel / frame_.pixel_ratio);
        benchmark::DoNotOptimize(choice.detail.get());
    }
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

Scene MovingView::next_at_rest() {
    request_.moving = false;
    Scene scene = derive_now();
    request_.moving = true;
    return scene;
}

}  // namespace diaban::bench
