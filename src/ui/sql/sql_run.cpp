#include "ui/sql/sql_run.h"

#include <algorithm>
#include <cctype>

#include "base/i18n.h"
#include "base/text.h"
#include "ui/sql/sql_parts.h"

namespace diaban::ui {

namespace {

/// A table on screen of more rows than anybody scrolls through would only be slow to sort.
constexpr std::size_t most_rows_listed = 100'000;
constexpr std::size_t most_remembered = 100;

void remember(SqlState& state) {
    std::erase(state.history, state.text);
    state.history.push_back(state.text);
    if (state.history.size() > most_remembered) state.history.erase(state.history.begin());
    state.recalled = state.history.size();
    state.draft.clear();
}

void set_text(SqlState& state, std::string text) {
    state.text = std::move(text);
    state.go_to = static_cast<int>(state.text.size());
    state.replaced = true;
    state.focus = true;
}

/// Whether a blank belongs between a letter and what stands beside it.
bool wants_blank(char beside) {
    return std::isalnum(static_cast<unsigned char>(beside)) != 0 || beside == '_' || beside == '"' || beside == ',' ||
           (static_cast<unsigned char>(beside) & 0x80U) != 0;
}

}  // namespace

std::vector<SqlTable> sql_tables(Session& session) {
    const QueryLayers layers = session.query_layers();
    std::vector<SqlTable> tables;
    for (const QueryLayer& layer : layers.list)
        if (layer.features) tables.push_back({layer.id, layer.features, layer.features->time_index(layers.time)});
    return tables;
}

bool stop_sql(SqlState& state) {
    if (!state.run) return false;
    state.run->progress->cancel();
    state.run.reset();
    state.stopped = true;
    return true;
}

void start_sql(Ui& ui) {
    SqlState& state = ui.panels.sql;
    stop_sql(state);
    state.stopped = false;
    state.error.reset();
    state.focus = true;
    if (!trim(state.text).empty()) remember(state);
    auto run = std::make_shared<SqlRun>();
    run->sql = state.text;
    run->begun = ui.session.seconds();
    Session& session = ui.session;
    run->progress = session.jobs().start(
        tr("Asking in SQL"), [run, &session, tables = sql_tables(session)](Progress& progress) -> Jobs::Delivery {
            auto outcome = std::make_shared<Expected<DatasetPtr>>(
                run_sql(run->sql, tables, {.most_rows = most_rows_listed}, progress));
            const double end = session.seconds();
            return [run, outcome, end] {
                run->seconds = end - run->begun;
                run->outcome = *outcome;
            };
        });
    state.run = std::move(run);
    session.touch();
}

void take_sql_outcome(Ui& ui) {
    SqlState& state = ui.panels.sql;
    if (!state.run) return;
    // The status bar stops all jobs at once, and then none comes home.
    if (state.run->progress->cancelled()) {
        stop_sql(state);
        return;
    }
    if (!state.run->outcome) return;
    const auto run = std::move(state.run);
    const Expected<DatasetPtr>& outcome = *run->outcome;
    if (!outcome) {
        state.error = SqlError{outcome.error(), run->sql};
        return;
    }
    SqlResult result{.sql = run->sql, .dataset = *outcome, .seconds = run->seconds, .number = ++state.results};
    result.rows = std::make_shared<const Features>(result.dataset);
    result.order.resize(result.dataset->size());
    for (std::size_t row = 0; row < result.order.size(); ++row)
        result.order[row] = static_cast<uint32_t>(row);
    state.result = std::move(result);
}

void recall_sql(SqlState& state, int step) {
    const std::size_t newest = state.history.size();
    if ((step < 0 && state.recalled == 0) || (step > 0 && state.recalled >= newest)) return;
    if (state.recalled == newest) {
        state.draft = state.text;
        // What was run last stands in the editor still: the one before it is meant.
        if (newest > 1 && state.history.back() == state.text) --state.recalled;
    }
    state.recalled += static_cast<std::size_t>(step);
    set_text(state, state.recalled == newest ? state.draft : state.history[state.recalled]);
}

void insert_sql(SqlState& state, std::string_view words) {
    const auto at = static_cast<std::size_t>(std::clamp(state.cursor, 0, static_cast<int>(state.text.size())));
    std::string put(words);
    if (at > 0 && wants_blank(state.text[at - 1])) put.insert(0, " ");
    if (at < state.text.size() && wants_blank(state.text[at]) && state.text[at] != ',') put += ' ';
    state.text.insert(at, put);
    state.cursor = static_cast<int>(at + put.size());
    state.go_to = state.cursor;
    state.replaced = true;
    state.focus = true;
}

}  // namespace diaban::ui
