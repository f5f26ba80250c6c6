// Conditions of any shape, for tests of what has to hold for all of them.
#pragma once

#include <random>

#include "query/language/condition.h"

namespace diaban::query {

class RandomConditions {
public:
    explicit RandomConditions(uint32_t seed) : random_(seed) {}

    Condition condition(int depth = 3);
    Sum sum(int depth = 3);

private:
    int below(int n) { return std::uniform_int_distribution<int>(0, n - 1)(random_); }
    bool coin() { return below(2) == 0; }
    double number();
    std::string name();
    std::string text();
    Distance distance();
    Target target(int depth);
    Sum literal();
    Aggregate aggregate(int depth);
    Condition leaf(int depth);
    Condition spatial(int depth);
    std::vector<Sum> sums(int count, int depth);

    std::mt19937 random_;
};

}  // namespace diaban::query
