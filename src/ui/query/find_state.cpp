#include "ui/query/find_state.h"

#include <algorithm>
#include <utility>

#include "base/i18n.h"
#include "base/text.h"
#include "query/language/parse.h"
#include "query/language/write.h"
#include "ui/panels/parts.h"

namespace diaban::ui {

namespace {

constexpr std::size_t most_steps = 200;

/// The layer that is shown, if it can be asked, else the first that can.
std::string first_layer(Session& session) {
    const auto has_features = [&](const Layer& layer) {
        const LayerResultPtr result = session.layer(layer.id);
        return result && result->features;
    };
    const Layer* shown = shown_layer(session);
    if (shown != nullptr && has_features(*shown)) return shown->id;
    for (const Layer& layer : session.workspace().layers)
        if (!layer.background && has_features(layer)) return layer.id;
    return {};
}

void follow_layers(Session& session, FindState& state) {
    if (state.content == session.content() && state.layers_time == state.draft.time) return;
    state.layers = session.query_layers();
    if (state.draft.time) state.layers.time = state.draft.time;
    state.content = session.content();
    state.layers_time = state.draft.time;
    state.facts.clear();
    if (state.draft.ask.layer.empty()) state.draft.ask.layer = first_layer(session);
}

void follow_text(FindState& state) {
    const std::string& where = state.draft.ask.where;
    if (state.tree_of == where && state.typed_of == where) return;
    auto tree = parse_condition(where);
    state.broken = !tree;
    state.tree = tree ? std::move(*tree) : query::Condition();
    state.tree_of = where;
    if (state.typed_of == where) return;
    state.typed = tree ? in_lines(state.tree) : where;
    state.typed_of = where;
    state.typed_error = tree ? std::nullopt : std::optional(tree.error());
    state.text_open = state.text_open || state.broken;
}

/// All that the answer depends on, as text.
std::string question_text(const FindState& state) {
    const Draft& draft = state.draft;
    std::string text = std::to_string(state.content) + '\n' + draft.ask.layer + '\n' + draft.ask.where + '\n' +
                       (draft.time ? std::to_string(*draft.time) : "");
    for (const AskedColumn& column : draft.ask.columns)
        text += '\n' + column.name + '\t' + column.value;
    return text;
}

std::shared_ptr<const Selection> marked(const Answer& answer) {
    if (answer.hits.count > most_marked) return nullptr;
    auto selection = std::make_shared<Selection>();
    selection->layer_id = answer.layer;
    for (uint32_t f = 0; f < answer.hits.kept.size(); ++f)
        if (answer.hits.kept[f] != 0) selection->features.insert(selection->features.end(), f);
    return selection;
}

void follow_question(Ui& ui, FindState& state) {
    Session& session = ui.session;
    if (asked_layer(state) == nullptr) return;
    std::string what = question_text(state);
    std::string alike = without_numbers(what);
    state.live.ask(session.jobs(), {tr("Asking the map"), std::move(what), std::move(alike),
                                    [ask = state.draft.ask, layers = state.layers, cache = session.query_cache()](
                                        Progress& progress) { return diaban::ask(ask, layers, *cache, progress); }});
    if (!state.live.take(session.jobs())) return;
    session.touch();
    if (state.live.error() || !state.live.good()) return;
    state.marked = state.draft.ask.where.empty() ? nullptr : marked(*state.live.good());
    if (!state.saved.empty() && state.live.answered() && !dirty(session, state))
        state.hit_counts[state.saved] = state.live.good()->hits.count;
}

}  // namespace

std::string without_numbers(std::string_view text) {
    std::string left;
    for (const char c : text) {
        const bool digit = (c >= '0' && c <= '9') || c == '.';
        if (!digit) {
            left += c;
        } else if (left.empty() || left.back() != '#') {
            left += '#';
        }
    }
    return left;
}

FindState& find_state(Ui& ui) {
    std::shared_ptr<FindState>& state = ui.panels.query.find;
    if (!state || state->opening != ui.session.openings()) {
        if (state) state->live.cancel();
        state = std::make_shared<FindState>();
        state->opening = ui.session.openings();
    }
    return *state;
}

void follow(Ui& ui, FindState& state) {
    follow_layers(ui.session, state);
    follow_text(state);
    // An answer about another layer is none about this one.
    if (state.live.good() && state.live.good()->layer != state.draft.ask.layer) {
        state.live.forget();
        state.marked.reset();
    }
    follow_question(ui, state);
    // What is selected meanwhile is wanted to be seen.
    if (ui.session.selection != state.selected) {
        state.selected = ui.session.selection;
        state.marked.reset();
    }
    ui.panels.query.preview = state.marked;
}

const QueryLayer* asked_layer(const FindState& state) {
    const auto layer = state.layers.require(state.draft.ask.layer);
    return layer ? *layer : nullptr;
}

std::size_t time_of(const FindState& state, const QueryLayer& layer) {
    return layer.features->time_index(state.layers.time);
}

Ground ground_of(Ui& ui, FindState& state, const QueryLayer& of) {
    Ground ground{&state.layers, &of, time_of(state, of), {}, {}};
    if (const Layer* layer = ui.session.workspace().find_layer(of.id)) ground.measures = shown_measures(layer->style);
    if (!ui.map.placed()) return ground;
    const Frame& frame = ui.map.frame();
    // The middle half: what is meant lies well inside of what is seen.
    for (const double x : {0.25, 0.75})
        for (const double y : {0.25, 0.75})
            if (const auto at = ui.map.lon_lat(ui.session, {frame.width * x, frame.height * y}))
                ground.view.extend(*at);
    return ground;
}

const ColumnFacts& column_facts(FindState& state, const QueryLayer& of, const Field& field) {
    const std::string key = of.id + '\n' + field.name();
    auto known = state.facts.find(key);
    if (known == state.facts.end())
        known = state.facts.emplace(key, facts_of(field, *of.features, time_of(state, of))).first;
    return known->second;
}

std::string layer_name(const FindState& state, const std::string& id) {
    const auto layer = std::ranges::find(state.layers.list, id, &QueryLayer::id);
    return layer == state.layers.list.end() ? id : layer->name;
}

// ── changing the question ───────────────────────────────────────────────────────────────────────────────────────────

void change(FindState& state, Draft next, const std::string& merge) {
    if (next == state.draft) return;
    if (merge.empty() || merge != state.merge) {
        state.past.push_back(state.draft);
        if (state.past.size() > most_steps) state.past.erase(state.past.begin());
    }
    state.merge = merge;
    state.wrong_field = 0;
    state.future.clear();
    state.draft = std::move(next);
}

void change_where(FindState& state, const query::Condition& where, const std::string& merge) {
    Draft next = state.draft;
    next.ask.where = to_text(query::tidied(where));
    change(state, std::move(next), merge);
}

void undo(FindState& state) {
    if (state.past.empty()) return;
    state.future.push_back(std::exchange(state.draft, state.past.back()));
    state.past.pop_back();
    state.merge.clear();
}

void redo(FindState& state) {
    if (state.future.empty()) return;
    state.past.push_back(std::exchange(state.draft, state.future.back()));
    state.future.pop_back();
    state.merge.clear();
}

std::string in_lines(const query::Condition& tree) {
    const std::optional<query::Joint> joint = query::joint_of(tree);
    if (!joint) return to_text(tree);
    std::string text;
    for (const query::Condition& part : *query::parts_of(tree)) {
        const std::string said = to_text(part);
        if (!text.empty()) text += joint == query::Joint::all_of ? "\nand " : "\nor ";
        text += query::joint_of(part) ? "(" + said + ")" : said;
    }
    return text;
}

void apply_typed(FindState& state) {
    const auto tree = parse_condition(state.typed);
    state.typed_error = tree ? std::nullopt : std::optional(tree.error());
    if (!tree) return;
    Draft next = state.draft;
    next.ask.where = state.typed;
    // The text stays as it is typed: it is not put into its canonical form under the writer's hand.
    state.typed_of = state.typed;
    change(state, std::move(next), "typed");
}

}  // namespace diaban::ui
