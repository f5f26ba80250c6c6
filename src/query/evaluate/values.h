// What a sum is for every feature at once.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "query/evaluate/world.h"

namespace diaban {

/// Texts by the few different ones among them, so that what is slow (Unicode) is done once for each.
struct Texts {
    static constexpr uint32_t null = static_cast<uint32_t>(-1);

    std::vector<uint32_t> code;           ///< one a feature: which text; null
    std::vector<std::string> raw;         ///< by code, no two the same
    std::vector<std::string> comparable;  ///< by code: equal texts are equal here (query/compare_text.h)
    bool plain = false;                   ///< without diacritics
};
using TextsPtr = std::shared_ptr<const Texts>;

/// Numbers (in metres and m² where they are lengths and areas; NaN: null) or texts; a constant has one for all.
struct Values {
    bool constant = false;
    bool is_text = false;
    std::shared_ptr<const std::vector<double>> numbers;
    TextsPtr texts;

    [[nodiscard]] double number(std::size_t feature) const { return (*numbers)[constant ? 0 : feature]; }
    [[nodiscard]] uint32_t code(std::size_t feature) const { return texts->code[constant ? 0 : feature]; }
    [[nodiscard]] bool is_null(std::size_t feature) const;
};

/// Of a sum that check() let through. Errors: cancelled.
[[nodiscard]] Expected<Values> evaluate(const query::Sum& sum, const World& world);

/// Texts whose comparable forms are made here, on all cores.
[[nodiscard]] TextsPtr make_texts(std::vector<uint32_t> code, std::vector<std::string> raw, bool plain = false);

/// The same, compared without diacritics.
[[nodiscard]] TextsPtr plain_texts(const Texts& texts);

/// Each for itself what it is for its target.
[[nodiscard]] Expected<Values> evaluate_aggregate(const query::Aggregate& aggregate, const World& world);
[[nodiscard]] Expected<Values> evaluate_nearest(const query::ToNearest& nearest, const World& world);

}  // namespace diaban
