// A result that is to stay: its statement becomes a saved query, and that a layer or a joined table.
#include <algorithm>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/text.h"
#include "ui/sql/sql_parts.h"
#include "workspace/open.h"
#include "workspace/query_layers.h"

namespace diaban::ui {

namespace {

std::string name_of(const SqlState& state) {
    const std::string typed = trim(state.name);
    return typed.empty() ? std::string(tr("SQL result")) : typed;
}

std::string add_query(Workspace& workspace, const std::string& sql, const std::string& name) {
    SavedQuery query{.id = unused_id(workspace, name), .name = name, .ask = SqlQuery{sql}, .time = {}};
    workspace.queries.push_back(std::move(query));
    return workspace.queries.back().id;
}

/// Where the rows belong, among the layers that the statement does not read: what it reads cannot hang on it.
Expected<Home> home_of(const Session& session, const Workspace& workspace, const std::string& query,
                       const DatasetPtr& rows) {
    Workspace others = workspace;
    const auto read = layers_behind(workspace, layers_of(workspace.find_query(query)->ask));
    std::erase_if(others.layers, [&](const Layer& layer) {
        return std::ranges::any_of(read, [&](const Layer* one) { return one->id == layer.id; });
    });
    Datasets datasets = session.datasets();
    datasets[query] = rows;
    return find_home(others, datasets, query, session.active_layer);
}

}  // namespace

std::string save_sql_query(Ui& ui, const std::string& name) {
    std::string id;
    const std::string sql = ui.panels.sql.result->sql;
    ui.session.edit(tr("Save a query"), [&](Workspace& workspace) { id = add_query(workspace, sql, name); });
    ui.session.say(Severity::note, fmt::format(fmt::runtime(tr("“{}” is saved with the workspace.")), name));
    return id;
}

void keep_sql_as_layer(Ui& ui) {
    const SqlResult& result = *ui.panels.sql.result;
    const std::string name = name_of(ui.panels.sql);
    std::string id;
    ui.session.edit(tr("Layer from SQL"), [&](Workspace& workspace) {
        Layer layer;
        layer.source = add_query(workspace, result.sql, name);
        layer.id = id = unused_id(workspace, name);
        layer.name = name;
        layer.style = default_style(*result.dataset, workspace.layers.size());
        workspace.layers.insert(workspace.layers.begin(), std::move(layer));
    });
    ui.session.active_layer = id;
}

void keep_sql_as_table(Ui& ui) {
    const SqlResult& result = *ui.panels.sql.result;
    const std::string name = name_of(ui.panels.sql);
    std::string told;
    ui.session.edit(tr("Table from SQL"), [&](Workspace& workspace) {
        const std::string query = add_query(workspace, result.sql, name);
        const auto home = home_of(ui.session, workspace, query, result.dataset);
        if (home) {
            workspace.find_layer(home->layer)->joins.push_back(home->join);
            told = fmt::format("“{}”: {}.", name, home->in_words);
        } else {
            told = fmt::format(
                fmt::runtime(tr("“{}” is saved with the workspace. It is joined to no layer: its rows belong to none, "
                                "or only to those that the statement reads itself.")),
                name);
        }
    });
    ui.session.say(Severity::note, told);
}

}  // namespace diaban::ui
