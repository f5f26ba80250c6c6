#include "query/language/mentions.h"

#include <algorithm>

namespace diaban {

using namespace query;

namespace {

class Mentions {
public:
    std::vector<std::string> layers;

    void operator()(const Condition& condition) {
        std::visit([this](const auto& is) { (*this)(is); }, condition.is);
    }
    void operator()(const Sum& sum) {
        std::visit([this](const auto& is) { (*this)(is); }, sum.is);
    }
    void operator()(const Target& target) {
        if (std::ranges::find(layers, target.layer) == layers.end()) layers.push_back(target.layer);
        each(target.where);
    }

    void operator()(const Number&) {}
    void operator()(const Text&) {}
    void operator()(const ColumnName&) {}
    void operator()(OwnMeasure) {}
    void operator()(const Plain& plain) { each(plain.of); }
    void operator()(const Negative& negative) { each(negative.of); }
    void operator()(const Arithmetic& arithmetic) { each(arithmetic.sides); }
    void operator()(const Aggregate& aggregate) {
        (*this)(aggregate.target);
        each(aggregate.of);
        each(aggregate.per);
    }
    void operator()(const ToNearest& nearest) { (*this)(nearest.target); }

    void operator()(const Everything&) {}
    void operator()(const InDrawn&) {}
    void operator()(const AllOf& all) { each(all.of); }
    void operator()(const AnyOf& any) { each(any.of); }
    void operator()(const Not& negated) { each(negated.of); }
    void operator()(const Compare& compare) { each(compare.sides); }
    void operator()(const In& in) { each(in.values); }
    void operator()(const Between& between) { each(between.values); }
    void operator()(const Like& like) { each(like.of); }
    void operator()(const IsNull& null) { each(null.of); }
    void operator()(const Relates& relates) { (*this)(relates.target); }
    void operator()(const Near& near) { (*this)(near.target); }
    void operator()(const AmongNearest& among) { (*this)(among.target); }
    void operator()(const RunsAlong& runs) { (*this)(runs.target); }
    void operator()(const InBelt& belt) { (*this)(belt.target); }

private:
    template <class Part>
    void each(const std::vector<Part>& parts) {
        for (const Part& part : parts)
            (*this)(part);
    }
};

}  // namespace

std::vector<std::string> layers_mentioned(const Condition& condition) {
    Mentions mentions;
    mentions(condition);
    return std::move(mentions.layers);
}

std::vector<std::string> layers_mentioned(const Sum& sum) {
    Mentions mentions;
    mentions(sum);
    return std::move(mentions.layers);
}

}  // namespace diaban
