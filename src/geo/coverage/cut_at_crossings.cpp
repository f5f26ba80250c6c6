// Snap rounding on a sparse grid of cells that hold a few segments each.
#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <span>
#include <tuple>
#include <utility>

#include "base/parallel.h"
#include "geo/coverage/network.h"

namespace diaban {
namespace {

/// A segment or node in one of the cells it may concern.
struct Entry {
    uint64_t cell;
    uint32_t item;
    auto operator<=>(const Entry&) const = default;
};

/// The stretch of entries that lie in one cell.
struct Range {
    std::size_t begin;
    std::size_t end;
};

struct GridBox {
    int64_t min_x, max_x, min_y, max_y;
};

GridBox box_of(GridPoint a, GridPoint b) {
    return {std::min(a.x, b.x), std::max(a.x, b.x), std::min(a.y, b.y), std::max(a.y, b.y)};
}

uint64_t cell_key(int64_t column, int64_t row) {
    return static_cast<uint64_t>(row) << 32 | static_cast<uint64_t>(column);
}

/// Four times the mean length: however the segments lie, they then fill few cells each, and few fill one.
int64_t cell_size(const Network& network) {
    constexpr int64_t smallest = 256;  // 2^37 of them are 2^29 cells: a number of 32 bits
    double sum = 0;
    for (const NetworkSegment& s : network.segments) {
        const GridBox box = box_of(network.nodes[s.from], network.nodes[s.to]);
        sum += static_cast<double>(std::max(box.max_x - box.min_x, box.max_y - box.min_y));
    }
    const double mean = network.segments.empty() ? 0 : sum / static_cast<double>(network.segments.size());
    return std::max(smallest, static_cast<int64_t>(4 * mean));
}

/// Calls body(key) for each cell within two grid steps of the segment, and perhaps a few more.
template <class Body>
void for_each_cell(GridPoint a, GridPoint b, int64_t size, Body body) {
    constexpr int64_t reach = 2;
    if (a.y > b.y) std::swap(a, b);
    const GridBox box = box_of(a, b);
    const double slope = a.y == b.y ? 0 : static_cast<double>(b.x - a.x) / static_cast<double>(b.y - a.y);
    for (int64_t row = (a.y - reach) / size; row <= (b.y + reach) / size; ++row) {
        int64_t left = box.min_x, right = box.max_x;
        if (a.y != b.y) {
            const auto x_at = [&](int64_t y) {
                const auto up = static_cast<double>(std::clamp(y, a.y, b.y) - a.y);
                return a.x + static_cast<int64_t>(up * slope);
            };
            const auto [low, high] = std::minmax({x_at(row * size - reach), x_at((row + 1) * size + reach)});
            left = std::max(left, low - 1);
            right = std::min(right, high + 1);
        }
        for (int64_t column = (left - reach) / size; column <= (right + reach) / size; ++column)
            body(cell_key(column, row));
    }
}

std::vector<Entry> place_segments(const Network& network, int64_t size) {
    std::vector<Entry> entries;
    entries.reserve(network.segments.size() * 2);
    for (uint32_t i = 0; i < network.segments.size(); ++i) {
        const NetworkSegment& s = network.segments[i];
        for_each_cell(network.nodes[s.from], network.nodes[s.to], size, [&](uint64_t cell) {
            entries.push_back({cell, i});
        });
    }
    std::ranges::sort(entries);
    return entries;
}

std::vector<Range> ranges_of(const std::vector<Entry>& entries) {
    std::vector<Range> ranges;
    for (std::size_t begin = 0; begin < entries.size();) {
        std::size_t end = begin + 1;
        while (end < entries.size() && entries[end].cell == entries[begin].cell)
            ++end;
        ranges.push_back({begin, end});
        begin = end;
    }
    return ranges;
}

/// What the threads found, to be sorted by the caller.
template <class T>
class Findings {
public:
    void add(const std::vector<T>& found) {
        const std::scoped_lock lock(mutex_);
        all_.insert(all_.end(), found.begin(), found.end());
    }
    [[nodiscard]] std::vector<T> take() && { return std::move(all_); }

private:
    std::mutex mutex_;
    std::vector<T> all_;
};

int sign(Wide value) {
    return value > 0 ? 1 : value < 0 ? -1 : 0;
}

/// Whether each of the segments has its ends strictly on either side of the other.
bool cross_properly(GridPoint a, GridPoint b, GridPoint c, GridPoint d) {
    return sign(cross(a, b, c)) * sign(cross(a, b, d)) < 0 && sign(cross(c, d, a)) * sign(cross(c, d, b)) < 0;
}

/// The grid point in whose cell (half open: its lower sides belong to it) the crossing lies.
GridPoint rounded_crossing(GridPoint a, GridPoint b, GridPoint c, GridPoint d) {
    Wide from = cross(c, d, a), whole = from - cross(c, d, b);
    if (whole < 0) from = -from, whole = -whole;
    const auto along = [&](int64_t start, int64_t delta) {
        const Wide upper = 2 * from * delta + whole, lower = 2 * whole;
        const Wide quotient = upper / lower - (upper % lower < 0 ? 1 : 0);
        return start + static_cast<int64_t>(quotient);
    };
    return {along(a.x, b.x - a.x), along(a.y, b.y - a.y)};
}

/// Whether the segment meets the half-open square of one step around the node.
bool passes(GridPoint a, GridPoint b, GridPoint node) {
    const GridBox box = box_of(a, b);
    if (node.x < box.min_x || node.x > box.max_x || node.y < box.min_y || node.y > box.max_y) return false;
    // The corners lie between grid points: everything is taken twice.
    const GridPoint a2{2 * a.x, 2 * a.y}, b2{2 * b.x, 2 * b.y};
    const auto side = [&](int64_t dx, int64_t dy) { return sign(cross(a2, b2, {2 * node.x + dx, 2 * node.y + dy})); };
    const int lower_left = side(-1, -1);
    const std::array sides{side(1, -1), side(1, 1), side(-1, 1)};
    if (lower_left == 0) return true;
    // Touching one of the other corners alone is none of this square's business.
    return std::ranges::any_of(sides, [&](int s) { return s == -lower_left; });
}

/// The segments of a cell, by where they begin.
std::vector<std::pair<GridBox, uint32_t>> sorted_boxes(const Network& network, std::span<const Entry> entries) {
    std::vector<std::pair<GridBox, uint32_t>> boxes;
    boxes.reserve(entries.size());
    for (const Entry& entry : entries) {
        const NetworkSegment& s = network.segments[entry.item];
        boxes.emplace_back(box_of(network.nodes[s.from], network.nodes[s.to]), entry.item);
    }
    std::ranges::sort(boxes, {}, [](const auto& box) { return std::pair(box.first.min_x, box.second); });
    return boxes;
}

void find_crossings_in_cell(const Network& network, std::span<const Entry> entries, std::vector<GridPoint>& found) {
    const auto boxes = sorted_boxes(network, entries);
    const auto& nodes = network.nodes;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const auto& [box, item] = boxes[i];
        const NetworkSegment& s = network.segments[item];
        for (std::size_t j = i + 1; j < boxes.size() && boxes[j].first.min_x <= box.max_x; ++j) {
            const GridBox& other = boxes[j].first;
            if (other.min_y > box.max_y || other.max_y < box.min_y) continue;
            const NetworkSegment& t = network.segments[boxes[j].second];
            if (s.from == t.from || s.from == t.to || s.to == t.from || s.to == t.to) continue;
            const GridPoint a = nodes[s.from], b = nodes[s.to], c = nodes[t.from], d = nodes[t.to];
            if (cross_properly(a, b, c, d)) found.push_back(rounded_crossing(a, b, c, d));
        }
    }
}

/// The grid points of all crossings, ascending, each once; nothing when there are too many.
std::optional<std::vector<GridPoint>> find_crossings(const Network& network, const std::vector<Entry>& entries,
                                                     const std::vector<Range>& cells, std::size_t most) {
    Findings<GridPoint> findings;
    std::atomic<std::size_t> count{0};
    parallel_ranges(cells.size(), [&](std::size_t begin, std::size_t end) {
        std::vector<GridPoint> found;
        for (std::size_t i = begin; i < end && count.load(std::memory_order_relaxed) <= most; ++i) {
            const std::size_t before = found.size();
            find_crossings_in_cell(network, std::span(entries).subspan(cells[i].begin, cells[i].end - cells[i].begin),
                                   found);
            count.fetch_add(found.size() - before, std::memory_order_relaxed);
        }
        findings.add(found);
    });
    if (count.load() > most) return {};
    auto points = std::move(findings).take();
    std::ranges::sort(points);
    points.erase(std::unique(points.begin(), points.end()), points.end());
    return points;
}

/// Adds nodes where there are none yet, and renumbers.
void add_nodes(Network& network, const std::vector<GridPoint>& points) {
    std::vector<GridPoint> merged;
    merged.reserve(network.nodes.size() + points.size());
    std::vector<uint32_t> number(network.nodes.size());
    auto point = points.begin();
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
        for (; point != points.end() && *point < network.nodes[i]; ++point)
            merged.push_back(*point);
        if (point != points.end() && *point == network.nodes[i]) ++point;
        number[i] = static_cast<uint32_t>(merged.size());
        merged.push_back(network.nodes[i]);
    }
    for (; point != points.end(); ++point)
        merged.push_back(*point);
    network.nodes = std::move(merged);
    for (NetworkSegment& s : network.segments)
        s.from = number[s.from], s.to = number[s.to];
}

/// A node that a segment passes, and how far along.
struct Cut {
    uint32_t segment;
    uint32_t node;
    auto operator<=>(const Cut&) const = default;
};

void find_cuts_in_cell(const Network& network, std::span<const Entry> segments, std::span<const Entry> nodes,
                       std::vector<Cut>& found) {
    // Nodes are numbered by x, so a cell's are sorted already.
    for (const Entry& entry : segments) {
        const NetworkSegment& s = network.segments[entry.item];
        const GridPoint a = network.nodes[s.from], b = network.nodes[s.to];
        const GridBox box = box_of(a, b);
        auto node =
            std::ranges::lower_bound(nodes, box.min_x, {}, [&](const Entry& n) { return network.nodes[n.item].x; });
        for (; node != nodes.end() && network.nodes[node->item].x <= box.max_x; ++node)
            if (node->item != s.from && node->item != s.to && passes(a, b, network.nodes[node->item]))
                found.push_back({entry.item, node->item});
    }
}

std::vector<Cut> find_cuts(const Network& network, const std::vector<Entry>& entries, const std::vector<Range>& cells,
                           int64_t size) {
    std::vector<Entry> nodes;
    nodes.reserve(network.nodes.size());
    for (uint32_t i = 0; i < network.nodes.size(); ++i)
        nodes.push_back({cell_key(network.nodes[i].x / size, network.nodes[i].y / size), i});
    std::ranges::sort(nodes);

    Findings<Cut> findings;
    parallel_ranges(cells.size(), [&](std::size_t begin, std::size_t end) {
        std::vector<Cut> found;
        for (std::size_t i = begin; i < end; ++i) {
            const auto here = std::ranges::equal_range(nodes, entries[cells[i].begin].cell, {}, &Entry::cell);
            find_cuts_in_cell(network, std::span(entries).subspan(cells[i].begin, cells[i].end - cells[i].begin),
                              std::span(here.begin(), here.end()), found);
        }
        findings.add(found);
    });
    auto cuts = std::move(findings).take();
    std::ranges::sort(cuts);
    return cuts;  // each once: a node lies in one cell
}

/// The segments between their cuts, in the segments' order.
std::vector<NetworkSegment> pieces_of(const Network& network, const std::vector<Cut>& cuts) {
    std::vector<NetworkSegment> pieces;
    pieces.reserve(network.segments.size() + cuts.size());
    std::vector<std::pair<Wide, uint32_t>> stops;
    auto cut = cuts.begin();
    for (uint32_t i = 0; i < network.segments.size(); ++i) {
        const NetworkSegment& s = network.segments[i];
        const GridPoint a = network.nodes[s.from], b = network.nodes[s.to];
        stops.clear();
        for (; cut != cuts.end() && cut->segment == i; ++cut) {
            const GridPoint p = network.nodes[cut->node];
            stops.emplace_back(Wide(p.x - a.x) * (b.x - a.x) + Wide(p.y - a.y) * (b.y - a.y), cut->node);
        }
        std::ranges::sort(stops);
        uint32_t from = s.from;
        for (const auto& [along, node] : stops) {
            pieces.push_back({from, node, s.feature});
            from = node;
        }
        pieces.push_back({from, s.to, s.feature});
    }
    return pieces;
}

}  // namespace

std::optional<Network> cut_at_crossings(Network network, std::size_t most_crossings) {
    const int64_t size = cell_size(network);
    const auto entries = place_segments(network, size);
    const auto cells = ranges_of(entries);
    const auto crossings = find_crossings(network, entries, cells, most_crossings);
    if (!crossings) return {};
    add_nodes(network, *crossings);
    network.segments = pieces_of(network, find_cuts(network, entries, cells, size));
    return network;
}

}  // namespace diaban
