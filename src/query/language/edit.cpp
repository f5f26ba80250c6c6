#include "query/language/edit.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace diaban::query {

namespace {

template <class Group>
bool is(const Condition& condition) {
    return std::holds_alternative<Group>(condition.is);
}

Condition group_of(Joint joint, std::vector<Condition> parts) {
    Condition group;
    if (joint == Joint::all_of) {
        group.is = AllOf{std::move(parts)};
    } else {
        group.is = AnyOf{std::move(parts)};
    }
    return group;
}

Condition* find(Condition& whole, std::span<const std::size_t> path) {
    Condition* at = &whole;
    for (const std::size_t step : path) {
        std::vector<Condition>* parts = parts_of(*at);
        if (parts == nullptr || step >= parts->size()) return nullptr;
        at = &(*parts)[step];
    }
    return at;
}

/// The list that the part at `path` stands in, and its place there; null for the whole and for what is not there.
std::vector<Condition>* list_of(Condition& whole, const Path& path) {
    if (path.empty()) return nullptr;
    Condition* parent = find(whole, std::span(path).first(path.size() - 1));
    std::vector<Condition>* parts = parent != nullptr ? parts_of(*parent) : nullptr;
    return parts != nullptr && path.back() < parts->size() ? parts : nullptr;
}

/// What the part at `path` is joined to its neighbours by; nothing where it has none.
std::optional<Joint> group_joint(Condition& whole, const Path& path) {
    if (path.empty()) return std::nullopt;
    const Condition* parent = find(whole, std::span(path).first(path.size() - 1));
    return parent != nullptr ? joint_of(*parent) : std::nullopt;
}

std::vector<Condition>::iterator place(std::vector<Condition>& list, std::size_t at) {
    return list.begin() + static_cast<std::ptrdiff_t>(at);
}

// ── where something was written: the first character of it and of all it holds ──

void look(const Written& written, std::size_t& first) {
    if (written.at != 0 && (first == 0 || written.at < first)) first = written.at;
}
void look(const Sum& sum, std::size_t& first);
void look(const std::vector<Sum>& sums, std::size_t& first) {
    for (const Sum& sum : sums)
        look(sum, first);
}
void look(const Sum& sum, std::size_t& first) {
    look(sum.written, first);
    std::visit(
        [&](const auto& is) {
            if constexpr (requires { is.of; }) look(is.of, first);
            if constexpr (requires { is.sides; }) look(is.sides, first);
        },
        sum.is);
}

std::size_t first_character(const Condition& condition) {
    std::size_t first = 0;
    look(condition.written, first);
    if (parts_of(condition) != nullptr) return first;
    std::visit(
        [&](const auto& is) {
            if constexpr (requires { is.sides; }) look(is.sides, first);
            if constexpr (requires { is.values; }) look(is.values, first);
            if constexpr (requires { is.target; }) look(is.target.written, first);
            if constexpr (requires { is.pattern; } || std::is_same_v<std::decay_t<decltype(is)>, IsNull>)
                look(is.of, first);
        },
        condition.is);
    return first;
}

struct Found {
    std::size_t at = 0;
    std::optional<Path> path;
};

void seek(const Condition& condition, std::size_t character, Path& path, Found& best) {
    if (const std::vector<Condition>* parts = parts_of(condition)) {
        for (std::size_t i = 0; i < parts->size(); ++i) {
            path.push_back(i);
            seek((*parts)[i], character, path, best);
            path.pop_back();
        }
        return;
    }
    const std::size_t first = first_character(condition);
    if (first != 0 && first <= character && first >= best.at) best = {first, path};
}

}  // namespace

const std::vector<Condition>* parts_of(const Condition& condition) {
    if (const auto* all = std::get_if<AllOf>(&condition.is)) return &all->of;
    if (const auto* any = std::get_if<AnyOf>(&condition.is)) return &any->of;
    if (const auto* negated = std::get_if<Not>(&condition.is)) return &negated->of;
    return nullptr;
}

std::vector<Condition>* parts_of(Condition& condition) {
    if (auto* all = std::get_if<AllOf>(&condition.is)) return &all->of;
    if (auto* any = std::get_if<AnyOf>(&condition.is)) return &any->of;
    if (auto* negated = std::get_if<Not>(&condition.is)) return &negated->of;
    return nullptr;
}

std::optional<Joint> joint_of(const Condition& condition) {
    if (is<AllOf>(condition)) return Joint::all_of;
    if (is<AnyOf>(condition)) return Joint::any_of;
    return std::nullopt;
}

const Condition* part_at(const Condition& whole, const Path& path) {
    const Condition* at = &whole;
    for (const std::size_t step : path) {
        const std::vector<Condition>* parts = parts_of(*at);
        if (parts == nullptr || step >= parts->size()) return nullptr;
        at = &(*parts)[step];
    }
    return at;
}

Condition tidied(Condition condition) {
    std::vector<Condition>* parts = parts_of(condition);
    if (parts == nullptr) return condition;
    for (Condition& part : *parts)
        part = tidied(std::move(part));
    const std::optional<Joint> joint = joint_of(condition);
    std::vector<Condition> kept;
    for (Condition& part : *parts) {
        if (is<Everything>(part)) continue;
        if (joint && joint_of(part) == joint) {
            std::ranges::move(*parts_of(part), std::back_inserter(kept));
        } else {
            kept.push_back(std::move(part));
        }
    }
    if (kept.empty()) return {};
    if (joint && kept.size() == 1) {
        Condition only = std::move(kept.front());
        return only;
    }
    *parts = std::move(kept);
    return condition;
}

Condition replaced(Condition whole, const Path& path, Condition by) {
    if (Condition* part = find(whole, path)) *part = std::move(by);
    return tidied(std::move(whole));
}

Condition removed(Condition whole, const Path& path) {
    if (path.empty()) return {};
    return replaced(std::move(whole), path, {});
}

Condition joined(Condition whole, const Path& path, Joint joint, Condition other) {
    Condition* part = find(whole, path);
    if (part == nullptr) return whole;
    std::vector<Condition>* list = list_of(whole, path);
    if (list != nullptr && group_joint(whole, path) == joint) {
        list->insert(place(*list, path.back() + 1), std::move(other));
    } else {
        std::vector<Condition> both;
        both.push_back(std::move(*part));
        both.push_back(std::move(other));
        *part = group_of(joint, std::move(both));
    }
    return tidied(std::move(whole));
}

Condition duplicated(Condition whole, const Path& path) {
    const Condition* part = part_at(whole, path);
    if (part == nullptr) return whole;
    const Joint joint = group_joint(whole, path).value_or(Joint::all_of);
    Condition copy = *part;
    // A group of its own kind would melt into its copy's neighbours all the same: that is what duplicating it means.
    return joined(std::move(whole), path, joint, std::move(copy));
}

Condition negated(Condition whole, const Path& path) {
    Condition* part = find(whole, path);
    if (part == nullptr || is<Everything>(*part)) return whole;
    if (auto* inverted = std::get_if<Not>(&part->is)) {
        Condition inner = std::move(inverted->of.front());
        *part = std::move(inner);
    } else {
        Condition outer;
        std::vector<Condition> one;
        one.push_back(std::move(*part));
        outer.is = Not{std::move(one)};
        *part = std::move(outer);
    }
    return tidied(std::move(whole));
}

Condition rejoined(Condition whole, const Path& path, Joint joint) {
    Condition* part = find(whole, path);
    if (part == nullptr || !joint_of(*part)) return whole;
    *part = group_of(joint, std::move(*parts_of(*part)));
    return tidied(std::move(whole));
}

Condition moved(Condition whole, const Path& path, std::size_t to) {
    std::vector<Condition>* list = list_of(whole, path);
    if (list == nullptr) return whole;
    Condition part = std::move((*list)[path.back()]);
    list->erase(place(*list, path.back()));
    list->insert(place(*list, std::min(to, list->size())), std::move(part));
    return whole;
}

std::optional<Path> part_written_at(const Condition& whole, std::size_t character) {
    Found best;
    Path path;
    seek(whole, character, path, best);
    return best.path;
}

}  // namespace diaban::query
