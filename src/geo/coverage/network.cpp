#include "geo/coverage/network.h"

#include <algorithm>
#include <tuple>

#include "base/error.h"

namespace diaban {

void NetworkBuilder::move_to(Point p) {
    DIABAN_CHECK(visits_.size() < std::numeric_limits<uint32_t>::max());
    visits_.push_back({grid_.snap(p), static_cast<uint32_t>(visits_.size())});
}

void NetworkBuilder::segment_to(Point p, uint32_t feature, bool reversed) {
    const auto from = static_cast<uint32_t>(visits_.size() - 1);
    move_to(p);
    if (reversed)
        segments_.push_back({from + 1, from, feature});
    else
        segments_.push_back({from, from + 1, feature});
}

Network NetworkBuilder::finish() && {
    std::ranges::sort(visits_, [](const Visit& a, const Visit& b) {
        return std::tie(a.node, a.number) < std::tie(b.node, b.number);
    });
    Network network;
    std::vector<uint32_t> node_of(visits_.size());
    for (const Visit& visit : visits_) {
        if (network.nodes.empty() || network.nodes.back() != visit.node) network.nodes.push_back(visit.node);
        node_of[visit.number] = static_cast<uint32_t>(network.nodes.size() - 1);
    }
    visits_.clear();
    for (NetworkSegment& segment : segments_)
        segment = {node_of[segment.from], node_of[segment.to], segment.feature};
    std::erase_if(segments_, [](const NetworkSegment& s) { return s.from == s.to; });
    network.segments = std::move(segments_);
    return network;
}

}  // namespace diaban
