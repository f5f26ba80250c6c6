// Finds the units that bear a name, and those whose names are nearest to it. Built once, then only read, by any number
// of threads.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "data/join/names.h"

namespace diaban {

class NameIndex {
public:
    /// By unit; an empty name is never found.
    explicit NameIndex(std::vector<UnitName> names);

    struct Hit {
        uint32_t unit = 0;
        NameMatch match = NameMatch::different;
        uint32_t detour = 0;  ///< 0: both names in their likeliest reading
    };
    /// Every unit that bears the name in some reading, in its best one; by unit.
    [[nodiscard]] std::vector<Hit> find(const UnitName& name) const;

    struct Near {
        uint32_t unit = 0;
        uint32_t slips = 0;   ///< edit distance without diacritics
        double likeness = 0;  ///< 1 - slips / the longer one's length
        NameMatch kinds = NameMatch::different;
    };
    /// Units whose names are at most a third of the letters away (at least one slip), and within two slips of the
    /// nearest; by unit. Different numbers are no slip: Phường 5 is not nearly Phường 6.
    [[nodiscard]] std::vector<Near> nearest(const UnitName& name) const;

    /// Units whose names are the same without diacritics; in no order, one perhaps more than once.
    [[nodiscard]] std::vector<Near> same_without_diacritics(const UnitName& name) const;

    [[nodiscard]] const std::vector<UnitName>& names() const { return names_; }

private:
    struct Entry {
        uint32_t unit = 0;
        uint32_t reading = 0;
    };
    /// How often each letter occurs, in 32 classes: a bound for the edit distance that costs next to nothing.
    using Letters = std::array<uint8_t, 32>;
    /// A folded name and all that bear it.
    struct Folded {
        std::u16string text;
        std::u16string numbers;
        std::vector<Entry> entries;
    };
    static Letters letters_of(const std::u16string& text);
    static bool slips_exceed(const Letters& a, const Letters& b, std::size_t gap, std::size_t limit);
    void sort_by_length();
    /// `limit` slips at most; returns the limit that what was found leaves to further searches.
    [[nodiscard]] std::size_t search(const NameReading& wanted, std::size_t limit, std::vector<Near>& found) const;
    /// The same among the names of one length.
    [[nodiscard]] std::size_t search_length(const NameReading& wanted, const Letters& letters, std::size_t length,
                                            std::size_t limit, std::vector<Near>& found) const;

    std::vector<UnitName> names_;
    std::unordered_map<std::string, std::vector<Entry>> exact_;
    std::vector<Letters> letters_;              ///< of each of folded_, apart from it to be run through quickly
    std::vector<Folded> folded_;                ///< by length
    std::vector<std::size_t> first_of_length_;  ///< in folded_; one more than there are lengths
    std::unordered_map<std::u16string, std::size_t> place_of_folded_;
};

}  // namespace diaban
