// The saved queries that ask for features: opening, saving, renaming, copying and removing them.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/text.h"
#include "ui/query/find_state.h"

namespace diaban::ui {

namespace {

std::string unused_query_id(const Workspace& workspace, const std::string& wish) {
    std::string id = unused_id(workspace, wish);
    // Saved queries share the names of sources and layers.
    for (int n = 2; workspace.find_query(id) != nullptr; ++n)
        id = unused_id(workspace, wish + " " + std::to_string(n));
    return id;
}

void take(FindState& state, const SavedQuery& query) {
    Draft next{std::get<FeatureQuery>(query.ask), query.time};
    if (next != state.draft) {
        state.draft = std::move(next);
        // Another question: the last good answer is none of it.
        state.live.forget();
        state.marked.reset();
    }
    state.saved = query.id;
    state.past.clear();
    state.future.clear();
    state.merge.clear();
    state.as_text.reset();
}

}  // namespace

bool dirty(const Session& session, const FindState& state) {
    const SavedQuery* query = session.workspace().find_query(state.saved);
    if (query == nullptr) return !state.draft.ask.where.empty() || !state.draft.ask.columns.empty();
    const auto* ask = std::get_if<FeatureQuery>(&query->ask);
    return ask == nullptr || *ask != state.draft.ask || query->time != state.draft.time;
}

std::vector<const SavedQuery*> saved_questions(const Session& session) {
    std::vector<const SavedQuery*> list;
    for (const SavedQuery& query : session.workspace().queries)
        if (std::holds_alternative<FeatureQuery>(query.ask)) list.push_back(&query);
    return list;
}

const SavedQuery* named(const Session& session, const std::string& name, const std::string& except) {
    for (const SavedQuery& query : session.workspace().queries)
        if (query.id != except && fold(query.name) == fold(name)) return &query;
    return nullptr;
}

void open_saved(Ui& ui, FindState& state, const std::string& id) {
    const SavedQuery* query = ui.session.workspace().find_query(id);
    if (query != nullptr && std::holds_alternative<FeatureQuery>(query->ask)) take(state, *query);
}

void new_question(Ui& ui, FindState& state) {
    const std::string layer = state.draft.ask.layer;
    state.live.forget();
    state.draft = {};
    state.draft.ask.layer = layer;
    state.saved.clear();
    state.past.clear();
    state.future.clear();
    state.marked.reset();
    ui.session.touch();
}

void save(Ui& ui, FindState& state, const std::string& name) {
    SavedQuery query{{}, name, state.draft.ask, state.draft.time};
    query.id = unused_query_id(ui.session.workspace(), name);
    ui.session.edit(fmt::format(fmt::runtime(tr("Save query “{}”")), name),
                    [&](Workspace& workspace) { workspace.queries.push_back(query); });
    state.saved = query.id;
}

void save_over(Ui& ui, FindState& state, const std::string& id) {
    const SavedQuery* old = ui.session.workspace().find_query(id);
    if (old == nullptr) return;
    ui.session.edit(fmt::format(fmt::runtime(tr("Save query “{}”")), old->name), [&](Workspace& workspace) {
        const auto query = std::ranges::find(workspace.queries, id, &SavedQuery::id);
        query->ask = state.draft.ask;
        query->time = state.draft.time;
    });
    state.saved = id;
}

void rename_saved(Ui& ui, const std::string& id, const std::string& name) {
    ui.session.edit(tr("Rename query"), [&](Workspace& workspace) {
        const auto query = std::ranges::find(workspace.queries, id, &SavedQuery::id);
        if (query != workspace.queries.end()) query->name = name;
    });
}

void duplicate_saved(Ui& ui, FindState& state, const std::string& id) {
    const SavedQuery* old = ui.session.workspace().find_query(id);
    if (old == nullptr) return;
    SavedQuery copy = *old;
    for (int n = 2; named(ui.session, copy.name, {}) != nullptr; ++n)
        copy.name = old->name + " (" + std::to_string(n) + ")";
    copy.id = unused_query_id(ui.session.workspace(), copy.name);
    ui.session.edit(tr("Duplicate query"), [&](Workspace& workspace) {
        const auto at = std::ranges::find(workspace.queries, id, &SavedQuery::id);
        workspace.queries.insert(at + 1, copy);
    });
    open_saved(ui, state, copy.id);
}

void remove_saved(Ui& ui, FindState& state, const std::string& id) {
    const Workspace& workspace = ui.session.workspace();
    const SavedQuery* query = workspace.find_query(id);
    if (query == nullptr) return;
    if (workspace.needs(id)) {
        ui.session.say(Severity::warning,
                       fmt::format(fmt::runtime(tr("“{}” cannot be deleted: a layer is made from it.")), query->name));
        return;
    }
    ui.session.edit(fmt::format(fmt::runtime(tr("Delete query “{}”")), query->name), [&](Workspace& changed) {
        std::erase_if(changed.queries, [&](const SavedQuery& one) { return one.id == id; });
    });
    if (state.saved == id) state.saved.clear();
}

}  // namespace diaban::ui
