#include "bench/moving_view.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <random>
#include <utility>

namespace diaban::bench {
namespace {

constexpr double pi = 3.14159265358979323846;
/// A zoom in and out again, in frames; by how much.
constexpr double breath = 97, depth = 0.12;
/// Pixels a frame: a hand that is in no hurry.
constexpr double speed = 11;
/// How far it goes from where it began, in pictures; all of the map stays in view where the whole is looked at.
constexpr double most_pictures = 2, most_pictures_of_whole = 0.1;

}  // namespace

MovingView::MovingView(const Opened& opened, Content content, double nearer, Point centre)
    : opened_(opened), request_(request_for(content)), maker_([] {}) {
    start_ = whole_frame(opened_, cache_);
    start_.units_per_pixel /= nearer;
    if (nearer > 1) start_.centre = centre;
    frame_ = start_;
    find_places(derive_layers(opened_.workspace, opened_.datasets, cache_), nearer);
    request_.maker = &maker_;
    settle();
}

void MovingView::find_places(const std::vector<LayerResultPtr>& layers, double nearer) {
    const double reach = nearer > 1 ? most_pictures : most_pictures_of_whole;
    const double x = reach * start_.width * start_.units_per_pixel, y = reach * start_.height * start_.units_per_pixel;
    const Box near{start_.centre.x - x, start_.centre.y - y, start_.centre.x + x, start_.centre.y + y};
    for (const LayerResultPtr& layer : layers) {
        if (layer->shapes == nullptr) continue;
        for (uint32_t f = 0; f < layer->shapes->feature_count(); ++f) {
            const Box& box = layer->shapes->box_of(f);
            if (!box.empty() && near.contains(box.centre())) places_.push_back(box.centre());
        }
    }
    std::shuffle(places_.begin(), places_.end(), std::mt19937(1));
    if (places_.empty()) places_ = {start_.centre, {start_.centre.x + x, start_.centre.y}};
}

void MovingView::go_to(std::vector<Point> places) {
    places_ = std::move(places);
    next_place_ = 0;
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
    double left = speed * start_.units_per_pixel;
    for (int corners = 0; left > 0 && corners < 100; ++corners) {
        const Point to = places_[next_place_ % places_.size()];
        const double dx = to.x - frame_.centre.x, dy = to.y - frame_.centre.y;
        const double far = std::hypot(dx, dy);
        const double share = far > left ? left / far : 1;
        frame_.centre = {frame_.centre.x + share * dx, frame_.centre.y + share * dy};
        left -= far;
        if (left >= 0) ++next_place_;
    }
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
