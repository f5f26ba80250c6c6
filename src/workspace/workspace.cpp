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

const CarriedSource* Workspace::find_carried(std::string_view id) const {
    const auto it = std::ranges::find(carried, id, &CarriedSource::id);
    return it == carried.end() ? nullptr : &*it;
}

const SavedQuery* Workspace::find_query(std::string_view id) const {
    const auto it = std::ranges::find(queries, id, &SavedQuery::id);
    return it == queries.end() ? nullptr : &*it;
}

std::vector<const Source*> Workspace::files_behind(std::string_view id) const {
    if (const Source* source = find_source(id)) return {source};
    std::vector<const Source*> files;
    const CarriedSource* from = find_carried(id);
    if (from == nullptr) return files;
    for (const std::string& part : sources_of(*from)) {
        // Only what stands before it can be part of it: so this ends.
        const CarriedSource* earlier = find_carried(part);
        if (earlier != nullptr && earlier >= from) continue;
        for (const Source* file : files_behind(part))
            if (std::ranges::find(files, file) == files.end()) files.push_back(file);
    }
    return files;
}

bool Workspace::needs(std::string_view source) const {
    const auto of_carried = [&](const CarriedSource& c) {
        const auto parts = sources_of(c);
        return std::ranges::find(parts, source) != parts.end();
    };
    const auto of_layer = [&](const Layer& layer) {
        return layer.source == source ||
               std::ranges::any_of(layer.joins, [&](const Join& join) { return join.source == source; });
    };
    return std::ranges::any_of(carried, of_carried) || std::ranges::any_of(layers, of_layer);
}

const Layer* Workspace::find_layer(std::string_view id) const {
    return find_by_id(layers, id);
}

Layer* Workspace::find_layer(std::string_view id) {
    return find_by_id(layers, id);
}

Workspace saved_part(const Workspace& workspace) {
    Workspace kept = workspace;
    const auto passing = [&](const std::string& id) {
        const Source* source = workspace.find_source(id);
        return source != nullptr && source->session_only;
    };
    std::erase_if(kept.layers, [&](const Layer& layer) { return passing(layer.source); });
    for (Layer& layer : kept.layers)
        std::erase_if(layer.joins, [&](const Join& join) { return passing(join.source); });
    std::erase_if(kept.carried,
                  [&](const CarriedSource& carried) { return std::ranges::any_of(sources_of(carried), passing); });
    std::erase_if(kept.sources, [](const Source& source) { return source.session_only; });
    return kept;
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
        return workspace.find_source(candidate) != nullptr || workspace.find_carried(candidate) != nullptr ||
               workspace.find_layer(candidate) != nullptr;
    };
    if (!used(id)) return id;
    for (int n = 2;; ++n) {
        auto numbered = id + "_" + std::to_string(n);
        if (!used(numbered)) return numbered;
    }
}

}  // namespace diaban
