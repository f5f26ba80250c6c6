// Which unit does a text mean? By code or id, by name, by bare name where only one unit bears it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "data/crosswalk/correspondence.h"
#include "data/table.h"

namespace diaban {

/// As it is shown: NFC, one blank between words, none at the ends, the kind of unit capitalised ("Xã Hải Sơn").
[[nodiscard]] std::string unit_key(std::string_view text);
/// For comparing: two texts mean the same unit when these are equal. A code is its digits; of a name all words count,
/// as people mean them ("Xã Hoà Bình" is "XÃ HÒA-BÌNH"; see data/join/names.h), remarks in brackets included.
[[nodiscard]] std::string comparing_key(std::string_view text);
[[nodiscard]] bool same_unit_key(std::string_view a, std::string_view b);

/// The kind of unit that a name begins with ("Xã", "Phường", "Thị trấn", "Đặc khu"), capitalised, or nothing.
[[nodiscard]] std::optional<std::string_view> kind_of_unit(std::string_view name);
/// The key without the kind.
[[nodiscard]] std::string bare_unit_key(std::string_view text);

class UnitLookup {
public:
    explicit UnitLookup(const std::vector<Unit>& units);

    struct Answer {
        std::optional<std::size_t> unit;  ///< position in the list
        bool ambiguous = false;           ///< several units bear the name; then there is no unit
    };
    /// By id; by a code that lost its leading zeros, where all ids are codes of one length; by full name; by name and
    /// kind however the kind is written and whatever remark follows ("X. Hải Sơn (cũ)"); and a text without a kind by
    /// bare name.
    [[nodiscard]] Answer find(std::string_view text) const;

private:
    using Places = std::unordered_map<std::string, std::vector<std::size_t>>;
    static std::optional<Answer> look_up(const Places& places, const std::string& key);

    Places by_id_, by_name_, by_kind_and_name_, by_bare_name_;
    std::size_t code_length_ = 0;  ///< of ids that are digits of one length, some with a leading zero; else 0
};

/// The column of a table whose values are these units, for most of its rows; among equals the first. Empty when no
/// column names more than half of them.
[[nodiscard]] std::string guess_unit_column(const Table& table, const std::vector<Unit>& units);

}  // namespace diaban
