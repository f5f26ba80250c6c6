#include "query/search.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>

#include "base/text.h"

namespace diaban {

namespace {

/// What stands before a name to say what kind of unit it is, folded; the longer first where one begins the other.
constexpr std::array<std::string_view, 22> kind_prefixes{
    "xa ",   "phuong ",    "thi tran ",  "dac khu ",   "thi xa ", "thanh pho ",     "huyen ", "quan ",
    "tinh ", "thon ",      "ban ",       "khu pho ",   "khu ",    "to dan pho ",    "ap ",    "lang ",
    "desa ", "kelurahan ", "kecamatan ", "kabupaten ", "kota ",   "don bien phong "};

std::string_view without_kind(std::string_view folded) {
    for (const std::string_view prefix : kind_prefixes)
        if (folded.starts_with(prefix)) return folded.substr(prefix.size());
    return folded;
}

enum Match { equal, begins, contained, none };

Match match(std::string_view folded, std::string_view wanted) {
    if (folded.find(wanted) == std::string_view::npos) return none;
    const std::string_view bare = without_kind(folded);
    if (folded == wanted || bare == wanted) return equal;
    return folded.starts_with(wanted) || bare.starts_with(wanted) ? begins : contained;
}

}  // namespace

std::vector<uint32_t> search(const Features& features, std::string_view text) {
    const std::string wanted = fold(text);
    std::vector<uint32_t> found(features.count());
    std::iota(found.begin(), found.end(), 0U);
    if (wanted.empty()) return found;

    std::vector<Match> best(features.count(), none);
    for (const Column& column : features.base().table.columns()) {
        if (column.type() != ColumnType::text && column.type() != ColumnType::integer) continue;
        for (std::size_t row = 0; row < best.size(); ++row)
            if (!column.is_null(row)) best[row] = std::min(best[row], match(fold(column.text(row)), wanted));
    }
    std::erase_if(found, [&](uint32_t feature) { return best[feature] == none; });
    std::ranges::stable_sort(found, {}, [&](uint32_t feature) { return best[feature]; });
    return found;
}

std::vector<uint32_t> sorted_by(const Features& features, const Field& field, std::size_t time, bool descending) {
    const ColumnType type = field.column().type();
    const bool by_value = field.column().numeric() || type == ColumnType::boolean;
    struct Key {
        uint32_t feature;
        double number;
        std::string text;
    };
    std::vector<Key> keys;
    std::vector<uint32_t> nulls;
    for (uint32_t feature = 0; feature < features.count(); ++feature) {
        if (by_value) {
            // NaN is no value either, and number() says so.
            if (const auto number = field.number(feature, time))
                keys.push_back({feature, *number, {}});
            else
                nulls.push_back(feature);
        } else if (field.is_null(feature, time)) {
            nulls.push_back(feature);
        } else {
            keys.push_back({feature, 0, field.text(feature, time)});
        }
    }
    std::ranges::stable_sort(keys, [&](const Key& a, const Key& b) {
        const Key& first = descending ? b : a;
        const Key& second = descending ? a : b;
        return by_value ? first.number < second.number : compare_vietnamese(first.text, second.text) < 0;
    });
    std::vector<uint32_t> order;
    order.reserve(features.count());
    for (const Key& key : keys)
        order.push_back(key.feature);
    order.insert(order.end(), nulls.begin(), nulls.end());
    return order;
}

}  // namespace diaban
