#include "ui/query/coverage_work.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "base/i18n.h"
#include "base/text.h"
#include "query/asked_features.h"
#include "query/language/parse.h"
#include "query/language/write.h"
#include "ui/query/choices.h"
#include "workspace/query_layers.h"

namespace diaban::ui {

namespace {

/// All that the distances hang on: the question but its distance, and the data of the layers it speaks of.
std::string all_it_hangs_on(Session& session, const CoverageQuery& query, std::optional<int64_t> time) {
    CoverageQuery whatever = query;
    whatever.reach = {}, whatever.gap = true;
    const QueryInputs inputs =
        inputs_of({.id = {}, .name = {}, .ask = whatever, .time = time}, session.workspace(), session.datasets());
    std::string key = fmt::format("{}|{}|{}|{}|{}|{}", query.demand, query.demand_where, query.weight, query.facilities,
                                  query.facilities_where, query.by);
    key += fmt::format("|{}|{}", inputs.time.value_or(-1), time.value_or(-1));
    for (const Layer& layer : inputs.layers) {
        const LayerResultPtr result = session.layer(layer.id);
        key += fmt::format("|{}:{}:{}", layer.id, layer.filter, fmt::ptr(result ? result->features.get() : nullptr));
    }
    return key;
}

/// What the job brings home.
struct Measured {
    Expected<CoverageBasisPtr> basis;
    std::vector<std::string> areas, facilities;
};

Measured measure(const CoverageQuery& query, const QueryLayers& layers, QueryCache& cache, Progress& progress) {
    try {
        Measured measured{coverage_basis(query, layers, cache, progress), {}, {}};
        if (!measured.basis) return measured;
        const auto names = [&](const std::string& id) {
            const auto layer = layers.require(id);
            return id.empty() || !layer ? std::vector<std::string>() : feature_names(**layer);
        };
        measured.areas = names((*measured.basis)->by);
        measured.facilities = names((*measured.basis)->facilities);
        return measured;
    } catch (const std::exception& exception) {
        return {fail(ErrorKind::failure, std::string(tr("Measuring stopped")) + ": " + exception.what()), {}, {}};
    }
}

void take(CoverageState& state, const CoverageQuery& query, const QueryLayers& layers, Measured measured) {
    state.progress.reset();
    if (!measured.basis) {
        if (measured.basis.error().kind != ErrorKind::cancelled) state.error = measured.basis.error();
        return;  // the last good answer stays on screen
    }
    state.error.reset();
    state.basis = *measured.basis;
    state.basis_of = query;
    state.layers = layers;
    state.area_names = std::move(measured.areas);
    state.facility_names = std::move(measured.facilities);
    if (state.basis->by.empty()) state.list = CoverageList::facilities;
}

void start_measuring(Ui& ui) {
    CoverageState& state = ui.panels.coverage;
    if (state.progress) state.progress->cancel();
    QueryLayers layers = ui.session.query_layers();
    if (state.time) layers.time = state.time;
    const auto cache = ui.session.query_cache();
    state.progress = ui.session.jobs().start(
        tr("Measuring who is reached"),
        [&ui, layers, cache, query = state.query, asked = state.asked](Progress& progress) -> Jobs::Delivery {
            auto measured = std::make_shared<Measured>(measure(query, layers, *cache, progress));
            return [&ui, layers, query, asked, measured] {
                if (ui.panels.coverage.asked != asked) return;  // something else is asked by now
                take(ui.panels.coverage, query, layers, std::move(*measured));
                ui.session.touch();
            };
        });
}

bool is_there(Session& session, const std::string& id, LayersOf which) {
    const Layer* layer = session.workspace().find_layer(id);
    return layer != nullptr && layer_has(session, *layer, which);
}

/// The one that is shown, if it is not the villages themselves, else the first.
std::string likely_facilities(Session& session, const std::string& demand) {
    const std::string& active = session.active_layer;
    if (active != demand && is_there(session, active, LayersOf::points)) return active;
    return first_layer(session, LayersOf::points, demand);
}

}  // namespace

std::string to_weight(const std::string& field) {
    return field.empty() ? "" : to_text(query::Sum{query::ColumnName{field}, {}});
}

std::optional<std::string> weight_column(const std::string& weight) {
    if (weight.empty()) return std::string();
    const auto sum = parse_sum(weight);
    const auto* column = sum ? std::get_if<query::ColumnName>(&sum->is) : nullptr;
    if (column == nullptr) return {};
    return column->name;
}

bool choose_layers(Ui& ui) {
    Session& session = ui.session;
    CoverageState& state = ui.panels.coverage;
    CoverageQuery& query = state.query;
    if (query.reach.value <= 0) query.reach = {5, query::LengthUnit::kilometre};
    const bool facilities = is_there(session, query.facilities, LayersOf::shapes);
    if (!is_there(session, query.demand, LayersOf::shapes)) {
        query.demand = largest_layer(session, LayersOf::points, facilities ? query.facilities : "");
        if (query.demand.empty() || (!facilities && likely_facilities(session, query.demand).empty()))
            query.demand = largest_layer(session, LayersOf::polygons);  // a lone layer of points: who it reaches
        if (query.demand.empty()) return false;
        query.weight = to_weight(likely_weight(*session.layer(query.demand)->features));
        query.demand_where.clear(), state.demand_where.clear();
        state.weight_text = query.weight;
        query.by = largest_layer(session, LayersOf::polygons);
    }
    if (!facilities) query.facilities = likely_facilities(session, query.demand);
    if (!query.by.empty() && !is_there(session, query.by, LayersOf::polygons)) query.by.clear();
    return !query.facilities.empty();
}

void refresh_coverage(Ui& ui) {
    CoverageState& state = ui.panels.coverage;
    CoverageQuery asked = state.query;
    asked.reach = {};
    if (ui.session.content() != state.seen_content || asked != state.seen || state.time != state.seen_time) {
        std::string hangs_on = all_it_hangs_on(ui.session, state.query, state.time);
        state.seen_content = ui.session.content();
        state.seen = std::move(asked);
        state.seen_time = state.time;
        if (hangs_on != state.asked) {
            state.asked = std::move(hangs_on);
            start_measuring(ui);
        }
    }
    if (!state.basis) return;
    const Metres reach = state.query.reach.metres();
    if (state.answer_of == state.basis && state.answer.reach == reach) return;
    state.answer = covered_within(*state.basis, reach);
    state.answer_of = state.basis;
    state.rows_key.clear();
    state.basis_of.reach = state.query.reach;
    state.sentence = in_words(state.basis_of, state.answer, *state.basis, state.layers);
}

std::vector<uint32_t> covered_features(const CoverageState& state, bool covered) {
    std::vector<uint32_t> features;
    for (uint32_t f = 0; f < state.answer.covered.size(); ++f)
        if (state.basis->asked[f] != 0 && (state.answer.covered[f] != 0) == covered) features.push_back(f);
    return features;
}

void select_gap(Ui& ui) {
    const CoverageState& state = ui.panels.coverage;
    ui.session.select(state.basis->demand, covered_features(state, false));
}

}  // namespace diaban::ui
