// Numbers and texts against each other. Texts are compared by their codes: where one side is a constant, once for each
// different text.
#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "base/parallel.h"
#include "base/text.h"
#include "query/compare_text.h"
#include "query/evaluate/conditions.h"

namespace diaban {

using query::Comparison;

namespace {

using Bytes = std::vector<uint8_t>;

/// One byte a feature of what `holds` says.
template <class Holds>
Bytes each(std::size_t count, Holds&& holds) {
    Bytes kept(count);
    parallel_ranges(count, [&](std::size_t begin, std::size_t end) {
        for (std::size_t f = begin; f < end; ++f)
            kept[f] = holds(f) ? 1 : 0;
    });
    return kept;
}

template <class Sign>
Bytes numbers_compared(const Values& left, const Values& right, std::size_t count, Sign sign) {
    const double* a = left.numbers->data();
    const double* b = right.numbers->data();
    if (right.constant && !left.constant)
        return each(count, [&, value = *b](std::size_t f) { return sign(a[f], value); });
    if (left.constant && !right.constant)
        return each(count, [&, value = *a](std::size_t f) { return sign(value, b[f]); });
    if (left.constant) return Bytes(count, sign(*a, *b) ? 1 : 0);
    return each(count, [&](std::size_t f) { return sign(a[f], b[f]); });
}

/// Of two texts in their comparable forms; a time beside a day is that time's day.
bool texts_compare(std::string_view left, Comparison sign, std::string_view right) {
    if (left.size() > 10 && is_day(right) && is_day(left.substr(0, 10))) left = left.substr(0, 10);
    if (right.size() > 10 && is_day(left) && is_day(right.substr(0, 10))) right = right.substr(0, 10);
    // What counts as equal comes before the collation, which tells case and tone marks apart.
    if (sign == Comparison::equal) return left == right;
    if (sign == Comparison::not_equal) return left != right;
    const int order = left == right ? 0 : compare_vietnamese(left, right);
    switch (sign) {
        case Comparison::less:
            return order < 0;
        case Comparison::at_most:
            return order <= 0;
        case Comparison::greater:
            return order > 0;
        default:
            return order >= 0;
    }
}

/// Both sides with diacritics or both without.
struct TextPair {
    TextsPtr left, right;
    TextPair(const Values& a, const Values& b) : left(a.texts), right(b.texts) {
        if (left->plain && !right->plain) right = plain_texts(*right);
        if (right->plain && !left->plain) left = plain_texts(*left);
    }
};

/// `holds` for each different text, then looked up for each feature; null is false.
Bytes by_code(const Values& value, std::size_t count, const std::function<bool(std::size_t code)>& holds) {
    Bytes answers(value.texts->raw.size());
    parallel_for(answers.size(), [&](std::size_t code) { answers[code] = holds(code) ? 1 : 0; });
    return each(count, [&](std::size_t f) {
        const uint32_t code = value.code(f);
        return code != Texts::null && answers[code] != 0;
    });
}

Bytes texts_compared(const Values& left, Comparison sign, const Values& right, std::size_t count) {
    const TextPair texts(left, right);
    if (right.constant) {
        if (right.code(0) == Texts::null) return Bytes(count, 0);
        const std::string& value = texts.right->comparable[right.code(0)];
        return by_code(left, count,
                       [&](std::size_t code) { return texts_compare(texts.left->comparable[code], sign, value); });
    }
    if (left.constant) {
        if (left.code(0) == Texts::null) return Bytes(count, 0);
        const std::string& value = texts.left->comparable[left.code(0)];
        return by_code(right, count,
                       [&](std::size_t code) { return texts_compare(value, sign, texts.right->comparable[code]); });
    }
    return each(count, [&](std::size_t f) {
        const uint32_t a = left.code(f);
        const uint32_t b = right.code(f);
        if (a == Texts::null || b == Texts::null) return false;
        return texts_compare(texts.left->comparable[a], sign, texts.right->comparable[b]);
    });
}

}  // namespace

Bytes compared(const Values& left, Comparison sign, const Values& right, std::size_t count) {
    if (left.is_text) return texts_compared(left, sign, right, count);
    switch (sign) {
        case Comparison::equal:
            return numbers_compared(left, right, count, std::equal_to<>());
        case Comparison::not_equal:  // but not of NaN
            return numbers_compared(left, right, count, [](double a, double b) { return a < b || a > b; });
        case Comparison::less:
            return numbers_compared(left, right, count, std::less<>());
        case Comparison::at_most:
            return numbers_compared(left, right, count, std::less_equal<>());
        case Comparison::greater:
            return numbers_compared(left, right, count, std::greater<>());
        case Comparison::at_least:
            return numbers_compared(left, right, count, std::greater_equal<>());
    }
    throw std::logic_error("a comparison out of range");
}

Bytes is_in(const Values& value, const std::vector<Values>& candidates, bool inverted, std::size_t count) {
    if (value.is_text) {
        std::vector<std::string> wanted;
        for (const Values& candidate : candidates)
            wanted.push_back(TextPair(value, candidate).right->comparable.front());
        std::ranges::sort(wanted);
        return by_code(value, count, [&](std::size_t code) {
            const std::string& text = value.texts->comparable[code];
            const bool timed = text.size() > 10 && is_day(std::string_view(text).substr(0, 10));
            const bool in = std::ranges::binary_search(wanted, text) ||
                            (timed && std::ranges::binary_search(wanted, text.substr(0, 10)));
            return in != inverted;
        });
    }
    std::vector<double> wanted;
    for (const Values& candidate : candidates)
        wanted.push_back(candidate.number(0));
    std::ranges::sort(wanted);
    return each(count, [&](std::size_t f) {
        const double number = value.number(f);
        return !std::isnan(number) && std::ranges::binary_search(wanted, number) != inverted;
    });
}

Bytes is_between(const Values& value, const Values& low, const Values& high, bool inverted, std::size_t count) {
    const Bytes from = compared(low, Comparison::at_most, value, count);
    const Bytes to = compared(value, Comparison::at_most, high, count);
    return each(count, [&](std::size_t f) {
        if (value.is_null(f) || low.is_null(f) || high.is_null(f)) return false;
        return (from[f] != 0 && to[f] != 0) != inverted;
    });
}

Bytes is_like(const Values& value, const std::string& pattern, bool inverted, std::size_t count) {
    const std::string form = value.texts->plain ? fold(pattern) : comparable(pattern);
    return by_code(value, count,
                   [&](std::size_t code) { return like(value.texts->comparable[code], form) != inverted; });
}

}  // namespace diaban
