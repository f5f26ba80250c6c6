// Small charts, drawn into the current ImGui window at its cursor, as wide as the line. Heights are logical pixels.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "stats/rate.h"
#include "style/classify.h"
#include "style/colour.h"

namespace diaban::ui {

/// How many of `values` fall into each of `bins` equal steps from their least to their greatest (which is in the last).
/// No values: all zero. Values that are not finite are passed over.
[[nodiscard]] std::vector<int> histogram_counts(std::span<const double> values, int bins);

/// Bars in the colours of the classes they lie in, the breaks as lines, the least and greatest value below.
void histogram(std::span<const double> values, const Classes& classes, std::span<const Rgba> colours, float height);

/// A value for each time as a line; gaps where there is none, the time `now` marked, first and last time below. The
/// tooltip of a time says its value by `words` (one text a time, "" where there is none).
void sparkline(std::span<const int64_t> times, std::span<const std::optional<double>> values,
               std::span<const std::string> words, std::size_t now, float height);

/// A rate's place between 0 and 1 as a dot, its interval as a bar around it.
void interval_bar(double value, Interval interval, bool uncertain);

/// A part of the line filled, for a score between 0 and 1 (anything else: empty).
void score_bar(double score, float width, float height);

}  // namespace diaban::ui
