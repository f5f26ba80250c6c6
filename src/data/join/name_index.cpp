#include "data/join/name_index.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "base/text.h"

namespace diaban {

namespace {

/// The readings worth a search by likeness: a word that surely is the kind is not compared letter by letter.
std::size_t searched(const UnitName& name) {
    return name.kind_is_sure && name.readings.size() > 1 && name.readings.front().kind != UnitKind::none
               ? name.readings.size() - 1
               : name.readings.size();
}

constexpr std::size_t of_interest = 2;  ///< slips beyond the nearest

bool numbers_fit(const std::u16string& a, const std::u16string& b) {
    return a == b || a.empty() || b.empty();
}

}  // namespace

NameIndex::NameIndex(std::vector<UnitName> names) : names_(std::move(names)) {
    for (uint32_t unit = 0; unit < names_.size(); ++unit) {
        const UnitName& name = names_[unit];
        for (uint32_t r = 0; r < name.readings.size(); ++r) {
            const NameReading& reading = name.readings[r];
            exact_[reading.exact].push_back({unit, r});
            if (r >= searched(name)) continue;
            const auto [it, is_new] = place_of_folded_.try_emplace(reading.folded, folded_.size());
            if (is_new) folded_.push_back({reading.folded, reading.numbers, {}});
            folded_[it->second].entries.push_back({unit, r});
        }
    }
    sort_by_length();
}

void NameIndex::sort_by_length() {
    std::stable_sort(folded_.begin(), folded_.end(),
                     [](const Folded& a, const Folded& b) { return a.text.size() < b.text.size(); });
    first_of_length_.assign(1, 0);
    for (std::size_t i = 0; i < folded_.size(); ++i) {
        letters_.push_back(letters_of(folded_[i].text));
        place_of_folded_[folded_[i].text] = i;
        first_of_length_.resize(folded_[i].text.size() + 1, i);
    }
    first_of_length_.push_back(folded_.size());
}

std::vector<NameIndex::Hit> NameIndex::find(const UnitName& name) const {
    std::vector<Hit> hits;
    for (uint32_t r = 0; r < name.readings.size(); ++r) {
        const auto it = exact_.find(name.readings[r].exact);
        if (it == exact_.end()) continue;
        for (const Entry& entry : it->second) {
            const UnitKind kind = names_[entry.unit].readings[entry.reading].kind;
            hits.push_back({entry.unit, compare_kinds(name.readings[r].kind, kind), r + entry.reading});
        }
    }
    std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
        if (a.unit != b.unit) return a.unit < b.unit;
        return a.match != b.match ? a.match > b.match : a.detour < b.detour;
    });
    hits.erase(std::unique(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.unit == b.unit; }),
               hits.end());
    return hits;
}

NameIndex::Letters NameIndex::letters_of(const std::u16string& text) {
    Letters letters{};
    for (const char16_t c : text)
        if (letters[c % letters.size()] < std::numeric_limits<uint8_t>::max()) ++letters[c % letters.size()];
    return letters;
}

/// A slip changes the counts of letters and the length by at most 2 together: replacing changes two counts, putting in
/// one count and the length, swapping nothing.
bool NameIndex::slips_exceed(const Letters& a, const Letters& b, std::size_t gap, std::size_t limit) {
    int difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference += std::abs(static_cast<int>(a[i]) - static_cast<int>(b[i]));
    return static_cast<std::size_t>(difference) + gap > 2 * limit;
}

std::vector<NameIndex::Near> NameIndex::same_without_diacritics(const UnitName& name) const {
    std::vector<Near> found;
    for (std::size_t r = 0; r < searched(name); ++r) {
        const NameReading& wanted = name.readings[r];
        const auto it = place_of_folded_.find(wanted.folded);
        if (it == place_of_folded_.end()) continue;
        for (const Entry& entry : folded_[it->second].entries)
            found.push_back(
                {entry.unit, 0, 1, compare_kinds(wanted.kind, names_[entry.unit].readings[entry.reading].kind)});
    }
    return found;
}

std::size_t NameIndex::search(const NameReading& wanted, std::size_t limit, std::vector<Near>& found) const {
    constexpr std::size_t longest = 200;  // a whole paragraph is no name
    const std::u16string& text = wanted.folded;
    if (text.size() > longest) return limit;
    const Letters letters = letters_of(text);
    limit = std::min(limit, std::max<std::size_t>(1, text.size() / 3));
    if (place_of_folded_.contains(text)) limit = std::min(limit, of_interest);
    // What is as long is the likeliest to be near, and whatever is near spares the look at the other lengths.
    for (std::size_t gap = 0; gap <= limit; ++gap) {
        limit = search_length(wanted, letters, text.size() + gap, limit, found);
        if (gap > 0 && gap <= text.size()) limit = search_length(wanted, letters, text.size() - gap, limit, found);
    }
    return limit;
}

std::size_t NameIndex::search_length(const NameReading& wanted, const Letters& letters, std::size_t length,
                                     std::size_t limit, std::vector<Near>& found) const {
    if (length + 1 >= first_of_length_.size()) return limit;
    const std::u16string& text = wanted.folded;
    const std::size_t longer = std::max(text.size(), length), gap = longer - std::min(text.size(), length);
    for (std::size_t i = first_of_length_[length]; i < first_of_length_[length + 1]; ++i) {
        const Folded& known = folded_[i];
        if (gap > limit || slips_exceed(letters, letters_[i], gap, limit)) continue;
        if (!numbers_fit(wanted.numbers, known.numbers)) continue;
        const std::size_t slips = edit_distance(text, known.text, limit);
        if (slips > limit || slips >= longer) continue;
        limit = std::min(limit, slips + of_interest);
        const double likeness = 1 - static_cast<double>(slips) / static_cast<double>(longer);
        for (const Entry& entry : known.entries) {
            const UnitKind kind = names_[entry.unit].readings[entry.reading].kind;
            found.push_back({entry.unit, static_cast<uint32_t>(slips), likeness, compare_kinds(wanted.kind, kind)});
        }
    }
    return limit;
}

std::vector<NameIndex::Near> NameIndex::nearest(const UnitName& name) const {
    std::vector<Near> found;
    std::size_t limit = std::numeric_limits<std::size_t>::max();
    for (std::size_t r = 0; r < searched(name); ++r)
        limit = search(name.readings[r], found.empty() ? std::numeric_limits<std::size_t>::max() : limit, found);
    std::sort(found.begin(), found.end(), [](const Near& a, const Near& b) {
        if (a.unit != b.unit) return a.unit < b.unit;
        return a.likeness != b.likeness ? a.likeness > b.likeness : a.kinds > b.kinds;
    });
    found.erase(std::unique(found.begin(), found.end(), [](const Near& a, const Near& b) { return a.unit == b.unit; }),
                found.end());
    uint32_t least = std::numeric_limits<uint32_t>::max();
    for (const Near& near : found)
        least = std::min(least, near.slips);
    std::erase_if(found, [&](const Near& near) { return near.slips > least + of_interest; });
    return found;
}

}  // namespace diaban
