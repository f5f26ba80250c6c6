#include "workspace/workspace.h"

#include <algorithm>

#include "base/text.h"

namespace diaban {

namespace {

template <class Items>
auto* find_by_id(Items& items, std::string_view id) {
    const auto found = std::find_if(items.begin(), items.end(), [id](const auto& item) { return item.id == id; });
    return found == items.end() ? nullptr : &*found;
}

}  // namespace

const Source* Workspace::find_source(std::string_view id) const {
    return find_by_id(sources, id);
}

const Layer* Workspace::find_layer(std::string_view id) const {
    return find_by_id(layers, id);
}

Layer* Workspace::find_layer(std::string_view id) {
    return find_by_id(layers, id);
}

JoinSpec to_spec(const Join& join, DatasetPtr table) {
    return {.name = join.source,
            .table = std::move(table),
            .key = join.key,
            .foreign_key = join.foreign_key,
            .time_field = join.time_field,
            .role = join.role,
            .further = join.further,
            .confirmed = join.confirmed};
}

std::string unused_id(const Workspace& workspace, std::string_view wish) {
    std::string id = fold(wish);
    std::replace_if(
        id.begin(), id.end(), [](char c) { return c == ' ' || c == '.'; }, '_');
    if (id.empty()) id = "layer";
    const auto used = [&workspace](std::string_view candidate) {
        return workspace.find_source(candidate) != nullptr || workspace.find_layer(candidate) != nullptr;
    };
    if (!used(id)) return id;
    for (int n = 2;; ++n) {
        auto numbered = id + "_" + std::to_string(n);
        if (!used(numbered)) return numbered;
    }
}

}  // namespace diaban
