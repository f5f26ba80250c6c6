#include "ui/query/coverage_work.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "base/i18n.h"
#include "base/text.h"
#include "query/asked_features.h"
#include "query/language/write.h"
#include "ui/query/choices.h"
#include "workspace/query_layers.h"

namespace diaban::ui {

namespace {

/// More than these are only lit up when the distance is let go, and more than those not at all by themselves.
constexpr std::size_t most_lit_in_a_drag = 20'000, most_lit = 300'000;

/// All that the distances hang on: the question but its distance, and the data of the layers it speaks of.
std::string all_it_hangs_on(Session& session, const CoverageQuery& query) {
    CoverageQuery whatever = query;
    whatever.reach = {}, whatever.gap = true;
    const QueryInputs inputs = inputs_of({.ask = whatever}, session.workspace(), session.datasets());
    std::string key = fmt::format("{}|{}|{}|{}|{}|{}", query.demand, query.demand_where, query.weight, query.facilities,
                                  query.facilities_where, query.by);
    key += fmt::format("|{}", inputs.time.value_or(-1));
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
    const QueryLayers layers = ui.session.query_layers();
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

}  // namespace

bool choose_layers(Ui& ui) {
    Session& session = ui.session;
    CoverageQuery& query = ui.panels.coverage.query;
    if (query.reach.value <= 0) query.reach = {5, query::LengthUnit::kilometre};
    if (!is_there(session, query.facilities, LayersOf::shapes))
        query.facilities = first_layer(session, LayersOf::points, query.demand);
    if (query.facilities.empty()) return false;
    if (!is_there(session, query.demand, LayersOf::shapes)) {
        query.demand = first_layer(session, LayersOf::points, query.facilities);
        if (query.demand.empty()) query.demand = first_layer(session, LayersOf::polygons);
        ui.panels.coverage.weight_field.clear();
        query.weight.clear();
        query.by = first_layer(session, LayersOf::polygons);
    }
    if (!query.by.empty() && !is_there(session, query.by, LayersOf::polygons)) query.by.clear();
    return !query.demand.empty();
}

void refresh_coverage(Ui& ui) {
    CoverageState& state = ui.panels.coverage;
    CoverageQuery asked = state.query;
    asked.reach = {};
    if (ui.session.content() != state.seen_content || asked != state.seen) {
        std::string hangs_on = all_it_hangs_on(ui.session, state.query);
        state.seen_content = ui.session.content();
        state.seen = std::move(asked);
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

void light_up(Ui& ui, bool dragging) {
    const CoverageState& state = ui.panels.coverage;
    if (!state.basis || state.light == CoverageLight::none) return;
    const bool reached = state.light == CoverageLight::reached;
    const CoverageShare& total = state.answer.total;
    const uint32_t count = reached ? total.covered_count : total.total_count - total.covered_count;
    if (count > (dragging ? most_lit_in_a_drag : most_lit)) return;
    ui.session.select(state.basis->demand, covered_features(state, reached));
}

void select_gap(Ui& ui) {
    const CoverageState& state = ui.panels.coverage;
    ui.session.select(state.basis->demand, covered_features(state, false));
}

void gap_as_layer(Ui& ui) {
    CoverageQuery query = ui.panels.coverage.query;
    query.gap = true;
    const CoverageState& state = ui.panels.coverage;
    const DatasetPtr now = gap_dataset(query, state.answer, *state.basis, state.layers);
    add_query_layer(ui.session, tr("Gap as layer"), now->name, query, *now, {}, 1);
}

namespace {

DatasetPtr list_of(const CoverageState& state) {
    return state.list == CoverageList::areas
               ? areas_dataset(state.basis_of, state.answer, *state.basis, state.layers)
               : facilities_dataset(state.basis_of, state.answer, *state.basis, state.layers);
}

}  // namespace

void list_as_layer(Ui& ui) {
    const CoverageState& state = ui.panels.coverage;
    const DatasetPtr list = list_of(state);
    const Layer* of = ui.session.workspace().find_layer(state.list == CoverageList::areas ? state.basis->by
                                                                                          : state.basis->facilities);
    if (of == nullptr) return;
    Source source;
    if (const Source* from = ui.session.workspace().find_source(of->source)) source = *from;
    // No file has such a layer, and it is never saved: it tells one list from the next.
    source.layer = list->name + " " + std::to_string(ui.session.content());
    source.import = {};
    source.session_only = true;
    ui.session.add_sources({{source, list}});
}

void list_as_csv(Ui& ui) {
    const CoverageState& state = ui.panels.coverage;
    const DatasetPtr list = list_of(state);
    std::string csv = "\xEF\xBB\xBF";
    const auto& columns = list->table.columns();
    for (std::size_t c = 0; c < columns.size(); ++c)
        csv += (c > 0 ? "," : "") + csv_field(columns[c].name());
    csv += "\n";
    for (std::size_t row = 0; row < list->size(); ++row) {
        for (std::size_t c = 0; c < columns.size(); ++c)
            csv += (c > 0 ? "," : "") + csv_field(columns[c].text(row));
        csv += "\n";
    }
    ui.panels.dialog.purpose = FileDialogState::Purpose::save_text;
    ui.panels.dialog.file_name = state.list == CoverageList::areas ? "coverage.csv" : "facilities.csv";
    ui.panels.dialog.text = std::move(csv);
}

}  // namespace diaban::ui
