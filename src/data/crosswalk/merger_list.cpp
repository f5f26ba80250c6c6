// Reading lists of merged units as Vietnamese resolutions word them.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "data/crosswalk/build.h"
#include "data/crosswalk/unit_lookup.h"

namespace diaban {
namespace {

constexpr std::array<std::string_view, 4> kept{"giữ nguyên", "Giữ nguyên", "không sắp xếp", "Không sắp xếp"};
/// What announces that the units behind it did not come as a whole, and how such a phrase goes on after a comma.
constexpr std::array<std::string_view, 6> of_a_part{"một phần", "Một phần", "phần còn",
                                                    "Phần còn", "quy mô",   "toàn bộ quy mô"};

bool starts_with_any(std::string_view text, std::span<const std::string_view> beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](std::string_view beginning) { return text.starts_with(beginning); });
}

bool begins_item(std::string_view text) {
    while (text.starts_with(' '))
        text.remove_prefix(1);
    return kind_of_unit(text).has_value() || starts_with_any(text, of_a_part) || text.starts_with("các ");
}

/// Cut at the separator and at "và" before the next unit, but not inside brackets.
std::vector<std::string> items_of(std::string_view list, std::string_view separator) {
    constexpr std::string_view conjunction = " và ";
    std::vector<std::string> items(1);
    int depth = 0;
    for (std::size_t i = 0; i < list.size();) {
        const std::string_view rest = list.substr(i);
        if (rest.front() == '(') ++depth;
        if (rest.front() == ')') --depth;
        if (depth <= 0 && rest.starts_with(separator)) {
            items.emplace_back();
            i += separator.size();
        } else if (depth <= 0 && rest.starts_with(conjunction) && begins_item(rest.substr(conjunction.size()))) {
            items.emplace_back();
            i += conjunction.size();
        } else {
            items.back() += rest.front();
            ++i;
        }
    }
    for (std::string& item : items) {
        item = trim(item);
        if (item.starts_with("và ")) item = trim(std::string_view(item).substr(std::string_view("và ").size()));
    }
    std::erase(items, "");
    return items;
}

/// Takes "(phần còn lại sau khi sáp nhập vào xã Thư Lâm)" away; whether it was there.
bool take_away_bracketed_part(std::string& item) {
    for (std::size_t open = item.find('('); open != std::string::npos; open = item.find('(', open + 1)) {
        const std::string_view inside = std::string_view(item).substr(open + 1);
        if (!starts_with_any(inside, of_a_part)) continue;
        const std::size_t close = item.find(')', open);
        item.erase(open, close == std::string::npos ? std::string::npos : close - open + 1);
        item = unit_key(item);
        return true;
    }
    return false;
}

/// Where a kind of unit begins as a word of its own; npos when none does.
std::size_t kind_at(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at)
        if ((at == 0 || text[at - 1] == ' ') && kind_of_unit(text.substr(at))) return at;
    return std::string_view::npos;
}

/// Whether it says "… của xã X" or "sắp xếp một phần …", before any unit of its own.
bool leads_to_a_part(std::string_view item) {
    if (kind_of_unit(item)) return false;
    const std::size_t kind = kind_at(item);
    const std::string_view lead = item.substr(0, kind);
    return lead.find("một phần") != std::string_view::npos ||
           (kind != std::string_view::npos && (lead.ends_with(" của ") || lead.ends_with(" của các ")));
}

/// "phường Phường Tây Tựu" says its kind twice.
std::string_view without_repeated_kind(std::string_view name) {
    const std::string bare = bare_unit_key(name);
    return kind_of_unit(bare) ? name.substr(name.size() - bare.size()) : name;
}

class ListReader {
public:
    void read(std::string item) {
        MergedUnit unit;
        unit.partial = take_away_bracketed_part(item);
        // "phần còn lại của xã X sau khi sắp xếp theo khoản 5": what follows says when, not what.
        if (const auto after = item.find(" sau khi "); after != std::string::npos) item.resize(after);
        const std::string_view text = without_repeated_kind(begin_phrase(item));
        if (text.empty()) return;
        const auto kind = kind_of_unit(text);
        if (kind) kind_ = *kind;
        const bool takes_kind = !kind && !kind_.empty() && (plural_ || partial_);
        if (kind && !in_phrase_) plural_ = false;
        in_phrase_ = false;
        unit.name = takes_kind ? unit_key(std::string(kind_) + " " + std::string(text)) : unit_key(text);
        unit.partial = unit.partial || partial_;
        if (!unit.name.empty()) units_.push_back(std::move(unit));
    }
    [[nodiscard]] std::vector<MergedUnit> take() { return std::move(units_); }

private:
    /// The item from its unit's name on, after noting what introduces it; empty where it has none.
    std::string_view begin_phrase(std::string_view item) {
        const bool of_part = starts_with_any(item, of_a_part) || leads_to_a_part(item);
        const bool plural = item.starts_with("các ") || (of_part && item.find(" các ") != std::string_view::npos);
        if (of_part) partial_ = true;
        if (of_part || plural) {
            plural_ = plural;
            in_phrase_ = true;
            const std::size_t at = kind_at(item);
            return at == std::string_view::npos ? std::string_view() : item.substr(at);
        }
        return item;
    }

    std::vector<MergedUnit> units_;
    std::string_view kind_;   ///< of the last unit that named its own
    bool plural_ = false;     ///< "các xã": the kind holds for the names that follow
    bool partial_ = false;    ///< "một phần": so does this
    bool in_phrase_ = false;  ///< the item began with such a phrase itself
};

}  // namespace

std::vector<MergedUnit> read_merger_list(std::string_view list, std::string_view separator, std::string_view self) {
    const std::string text = trim(to_nfc(list));
    if (text.empty()) return {};
    if (std::find(kept.begin(), kept.end(), text) != kept.end()) return {{unit_key(self), false}};
    ListReader reader;
    for (std::string& item : items_of(text, separator))
        reader.read(std::move(item));
    return reader.take();
}

}  // namespace diaban
