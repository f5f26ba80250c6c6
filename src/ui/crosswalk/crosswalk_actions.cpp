#include "ui/crosswalk/crosswalk_actions.h"

#include <algorithm>
#include <exception>

#include <fmt/format.h>

#include "base/i18n.h"
#include "ui/crosswalk/guess_carried.h"

namespace diaban::ui {

namespace {

const Dataset* dataset_of(const Session& session, const std::string& id) {
    const auto it = session.datasets().find(id);
    return it == session.datasets().end() ? nullptr : it->second.get();
}

std::vector<DatasetPtr> inputs_of(const Session& session, const CarriedSource& carried) {
    std::vector<DatasetPtr> inputs;
    for (const std::string& id : sources_of(carried)) {
        const auto it = session.datasets().find(id);
        inputs.push_back(it == session.datasets().end() ? nullptr : it->second);
    }
    return inputs;
}

void carry_for_preview(const Datasets& datasets, CrosswalkPreview& made, Progress& progress) {
    const auto lookup = [&](const std::string& id) {
        const auto it = datasets.find(id);
        return it == datasets.end() ? DatasetPtr() : it->second;
    };
    try {
        auto data = carry_source(made.of, lookup, progress);
        if (!data) {
            made.error = data.error();
            return;
        }
        for (const Unit& unit : data->crosswalk.from_units)
            made.from_names[unit.id] = unit.name;
        for (const Unit& unit : data->crosswalk.to_units)
            made.to_names[unit.id] = unit.name;
        made.data = *std::move(data);
    } catch (const std::exception& exception) {
        made.error = Error{ErrorKind::failure, exception.what(), {}, {}};
    }
}

bool lacks(std::initializer_list<const std::string*> parts) {
    return std::ranges::any_of(parts, [](const std::string* part) { return part->empty(); });
}

struct Incomplete {
    bool operator()(const PairsOf& by) const { return lacks({&by.source, &by.columns.from, &by.columns.to}); }
    bool operator()(const NamesOf& by) const { return lacks({&by.source, &by.columns.id, &by.columns.list}); }
    bool operator()(const OverlayOf& by) const { return lacks({&by.old_units, &by.old_id, &by.new_units, &by.new_id}); }
};

}  // namespace

std::string carried_to_edit(Ui& ui) {
    const Workspace& workspace = ui.session.workspace();
    if (const Layer* layer = workspace.find_layer(ui.session.active_layer))
        for (const Join& join : layer->joins)
            if (workspace.find_carried(join.source) != nullptr) return join.source;
    return workspace.carried.empty() ? std::string() : workspace.carried.front().id;
}

void begin_crosswalk(Ui& ui) {
    CrosswalkState& state = ui.panels.crosswalk;
    state = {};
    state.open = true;
    state.layer = ui.session.active_layer;
    GuessedCarrying guess = guess_carrying(ui.session.workspace(), ui.session.datasets(), state.layer, {});
    state.carried = std::move(guess.carried);
    state.layer_key = std::move(guess.layer_key);
    guess_rules_again(ui);
    ui.session.touch();
}

void edit_crosswalk(Ui& ui, const std::string& id) {
    const CarriedSource* carried = ui.session.workspace().find_carried(id);
    if (carried == nullptr) return;
    CrosswalkState& state = ui.panels.crosswalk;
    state = {};
    state.open = true;
    state.editing = id;
    state.carried = *carried;
    state.layer = ui.session.active_layer;
    for (const Layer& layer : ui.session.workspace().layers) {
        const auto join = std::ranges::find(layer.joins, id, &Join::source);
        if (join == layer.joins.end()) continue;
        state.layer = layer.id;
        state.layer_key = join->key;
        break;
    }
    if (carried->rules.empty()) guess_rules_again(ui);
    ui.session.touch();
}

void choose_table(Ui& ui, const std::string& source) {
    CrosswalkState& state = ui.panels.crosswalk;
    GuessedCarrying guess = guess_carrying(ui.session.workspace(), ui.session.datasets(), state.layer, source);
    guess.carried.id = state.carried.id;
    state.carried = std::move(guess.carried);
    if (!guess.layer_key.empty()) state.layer_key = std::move(guess.layer_key);
    state.shown.reset();
    guess_rules_again(ui);
}

void guess_rules_again(Ui& ui) {
    CrosswalkState& state = ui.panels.crosswalk;
    state.questions.clear();
    state.answered.clear();
    state.carried.rules.clear();
    const Dataset* data = dataset_of(ui.session, state.carried.data);
    if (data == nullptr || state.carried.key.empty()) return;
    GuessedRules guessed = guess_rules(data->table, state.carried.key, state.carried.time_field);
    state.carried.rules = std::move(guessed.rules);
    state.questions = std::move(guessed.questions);
}

std::string what_is_missing(const CrosswalkState& state) {
    if (state.carried.data.empty()) return tr("Choose the table that is to be carried over.");
    if (state.carried.key.empty()) return tr("Choose the table's column of units.");
    if (std::visit(Incomplete(), state.carried.by)) return tr("Say how the old and new units correspond.");
    return {};
}

void follow_preview(Ui& ui) {
    CrosswalkState& state = ui.panels.crosswalk;
    Session& session = ui.session;
    const std::vector<DatasetPtr> from = inputs_of(session, state.carried);
    if (state.preview && state.preview->done && state.preview->data) state.shown = state.preview;
    if (!what_is_missing(state).empty()) return;
    const bool stopped = state.preview && state.preview->progress->cancelled();
    if (state.preview && !stopped && state.preview->of == state.carried && state.preview->from == from) return;
    if (state.preview && state.preview->under_way()) state.preview->progress->cancel();
    auto preview = std::make_shared<CrosswalkPreview>();
    preview->of = state.carried;
    preview->from = from;
    state.preview = preview;
    preview->progress = session.jobs().start(
        tr("Carrying data over"),
        [&session, preview, of = state.carried, datasets = session.datasets()](Progress& progress) -> Jobs::Delivery {
            auto made = std::make_shared<CrosswalkPreview>();
            made->of = of;
            carry_for_preview(datasets, *made, progress);
            return [&session, preview, made] {
                preview->done = true;
                preview->error = std::move(made->error);
                preview->data = std::move(made->data);
                preview->from_names = std::move(made->from_names);
                preview->to_names = std::move(made->to_names);
                session.touch();
            };
        });
    session.touch();
}

void correct_share(CrosswalkState& state, const Correction& correction) {
    take_back_share(state, correction.from, correction.to);
    state.carried.corrections.push_back(correction);
}

void take_back_share(CrosswalkState& state, const std::string& from, const std::string& to) {
    std::erase_if(state.carried.corrections, [&](const Correction& c) { return c.from == from && c.to == to; });
}

void apply_crosswalk(Ui& ui) {
    CrosswalkState& state = ui.panels.crosswalk;
    Session& session = ui.session;
    const bool fresh = state.editing.empty();
    CarriedSource carried = state.carried;
    carried.id = fresh ? unused_id(session.workspace(), carried.data + "_carried") : state.editing;
    session.edit(fresh ? tr("Carry data over") : tr("Change carried data"), [&](Workspace& w) {
        const auto known = std::ranges::find(w.carried, carried.id, &CarriedSource::id);
        if (known == w.carried.end()) {
            w.carried.push_back(carried);
        } else {
            *known = carried;
        }
        Layer* layer = w.find_layer(state.layer);
        if (layer == nullptr || state.layer_key.empty()) return;
        const auto joined = std::ranges::find(layer->joins, carried.id, &Join::source);
        Join join = joined == layer->joins.end() ? Join() : *joined;
        join.source = carried.id;
        join.key = state.layer_key;
        join.foreign_key = std::string(carried_key);
        join.time_field = carried.time_field;
        if (joined == layer->joins.end()) {
            layer->joins.push_back(std::move(join));
        } else {
            *joined = std::move(join);
        }
    });
    const Layer* layer = session.workspace().find_layer(state.layer);
    session.say(Severity::note,
                layer != nullptr
                    ? fmt::format(fmt::runtime(tr("Carried over and joined to the layer “{}”.")), layer->name)
                    : std::string(tr("Carried over.")));
    if (layer != nullptr) session.active_layer = layer->id;
    close_crosswalk(ui);
}

void close_crosswalk(Ui& ui) {
    CrosswalkState& state = ui.panels.crosswalk;
    if (state.preview && state.preview->under_way()) state.preview->progress->cancel();
    state = {};
    ui.session.touch();
}

}  // namespace diaban::ui
