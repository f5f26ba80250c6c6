#include "workspace/workspace.h"

#include <algorithm>

#include "base/text.h"
#include "workspace/query_layers.h"

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

namespace {

/// Walks back to the files; what was seen already is not asked again, so that circles end too.
class FilesBehind {
public:
    explicit FilesBehind(const Workspace& workspace) : workspace_(workspace) {}

    void add(const std::string& id) {
        if (std::ranges::find(seen_, id) != seen_.end()) return;
        seen_.push_back(id);
        if (const Source* source = workspace_.find_source(id)) {
            files_.push_back(source);
        } else if (const CarriedSource* carried = workspace_.find_carried(id)) {
            for (const std::string& part : sources_of(*carried))
                add(part);
        } else if (const SavedQuery* query = workspace_.find_query(id)) {
            for (const Layer* layer : layers_behind(workspace_, layers_of(query->ask))) {
                add(layer->source);
                for (const Join& join : layer->joins)
                    add(join.source);
            }
        }
    }
    [[nodiscard]] std::vector<const Source*> files() && { return std::move(files_); }

private:
    const Workspace& workspace_;
    std::vector<std::string> seen_;
    std::vector<const Source*> files_;
};

}  // namespace

std::vector<const Source*> Workspace::files_behind(std::string_view id) const {
    if (const Source* source = find_source(id)) return {source};
    FilesBehind walk(*this);
    walk.add(std::string(id));
    return std::move(walk).files();
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

namespace {

/// Queries that ask about layers which are not kept, and in turn what rests on those queries.
void drop_groundless_queries(const Workspace& whole, Workspace& kept) {
    const auto dropped_layer = [&](const std::string& name) {
        const Layer* layer = find_layer_called(whole, name);
        return layer != nullptr && kept.find_layer(layer->id) == nullptr;
    };
    const auto dropped_query = [&](const std::string& id) {
        return whole.find_query(id) != nullptr && kept.find_query(id) == nullptr;
    };
    for (std::size_t before = kept.queries.size() + 1; kept.queries.size() < before;) {
        before = kept.queries.size();
        std::erase_if(kept.queries,
                      [&](const SavedQuery& q) { return std::ranges::any_of(layers_of(q.ask), dropped_layer); });
        std::erase_if(kept.layers, [&](const Layer& layer) { return dropped_query(layer.source); });
        for (Layer& layer : kept.layers)
            std::erase_if(layer.joins, [&](const Join& join) { return dropped_query(join.source); });
    }
}

}  // namespace

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
    drop_groundless_queries(workspace, kept);
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
               workspace.find_layer(candidate) != nullptr || workspace.find_query(candidate) != nullptr;
    };
    if (!used(id)) return id;
    for (int n = 2;; ++n) {
        auto numbered = id + "_" + std::to_string(n);
        if (!used(numbered)) return numbered;
    }
}

}  // namespace diaban
