#include <cmath>
#include <limits>

#include "base/parallel.h"
#include "data/examples.h"
#include "geo/measures.h"
#include "query/evaluate/derived.h"
#include "query/evaluate/values.h"

namespace diaban {

using namespace query;

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Values numbers_of(std::vector<double> numbers) {
    return {.constant = false,
            .is_text = false,
            .numbers = std::make_shared<const std::vector<double>>(std::move(numbers)),
            .texts = nullptr};
}

Values distances(const Nearest& nearest) {
    std::vector<double> metres = nearest.metres;
    for (double& one : metres)
        if (!std::isfinite(one)) one = nan;
    return numbers_of(std::move(metres));
}

Values directions(const Nearest& nearest) {
    std::vector<double> degrees(nearest.which.size(), nan);
    parallel_for(degrees.size(), [&](std::size_t f) {
        const NearestFeature& which = nearest.which[f];
        if (which.feature != no_feature && which.metres > 0)
            degrees[f] = geodesic_bearing(which.from, which.to).value();
    });
    return numbers_of(std::move(degrees));
}

Values names(const Nearest& nearest, const Dataset& there) {
    const RowNames name_of(there);
    std::vector<uint32_t> code_of(there.size(), Texts::null);
    std::vector<uint32_t> code(nearest.which.size(), Texts::null);
    std::vector<std::string> raw;
    for (std::size_t f = 0; f < code.size(); ++f) {
        const uint32_t feature = nearest.which[f].feature;
        if (feature == no_feature) continue;
        if (code_of[feature] == Texts::null) {
            code_of[feature] = static_cast<uint32_t>(raw.size());
            raw.push_back(name_of(feature));
        }
        code[f] = code_of[feature];
    }
    return {
        .constant = false, .is_text = true, .numbers = nullptr, .texts = make_texts(std::move(code), std::move(raw))};
}

}  // namespace

Expected<Values> evaluate_nearest(const ToNearest& to, const World& world) {
    const auto target = considered(to.target, world);
    if (!target) return tl::unexpected(target.error());
    const auto nearest = nearest_of(*target, world);
    if (!nearest) return tl::unexpected(nearest.error());
    switch (to.part) {
        case NearestPart::distance:
            return distances(**nearest);
        case NearestPart::direction:
            return directions(**nearest);
        case NearestPart::name:
            return names(**nearest, target->layer->features->base());
    }
    throw std::logic_error("a part of the nearest out of range");
}

}  // namespace diaban
