// What coverage shows on the map: those that are (not) reached light up; the gap and the list as layers.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/i18n.h"
#include "base/text.h"
#include "ui/panels/parts.h"
#include "ui/query/choices.h"
#include "ui/query/coverage_work.h"

namespace diaban::ui {

namespace {

/// As many as can be marked within a frame; more of them would cover the map anyway.
constexpr uint32_t most_marked = 20'000;
constexpr Rgba gap_colour{217, 72, 1, 255};  // of ColorBrewer's Oranges: stands out of grounds in blue and green

/// What the map shows, in the data's CRS and somewhat larger; empty where that cannot be said.
Box view_in(Ui& ui, const Crs& crs) {
    Box box;
    const auto way = Transform::between(Crs::wgs84(), crs);
    if (!way || !ui.map.placed()) return box;
    constexpr int steps = 8;
    const Frame& frame = ui.map.frame();
    for (int i = 0; i <= steps; ++i)
        for (int j = 0; j <= steps; ++j) {
            const auto at = ui.map.lon_lat(ui.session, {frame.width * i / steps, frame.height * j / steps});
            if (!at) return {};
            const Point p = way->apply(*at);
            if (!std::isfinite(p.x) || !std::isfinite(p.y)) return {};
            box.extend(p);
        }
    return box.grown(std::max(box.width(), box.height()) / 50);
}

/// Those of the features that lie in the box, by their first corner where they have several.
std::vector<uint32_t> in_box(const Geometry& geometry, std::vector<uint32_t> features, const Box& box) {
    if (box.empty()) return features;
    std::erase_if(features, [&](uint32_t f) {
        const auto corners = geometry.points_of(f);
        return corners.empty() || !box.contains(corners.front());
    });
    return features;
}

std::shared_ptr<const Selection> mark_of(const std::string& layer, const std::vector<uint32_t>& features) {
    auto mark = std::make_shared<Selection>();
    mark->layer_id = layer;
    for (const uint32_t f : features)
        mark->features.insert(mark->features.end(), f);
    return mark;
}

/// All that the mark hangs on; of the view only where not all can be marked.
std::string hangs_on(Ui& ui, const CoverageState& state) {
    std::string key =
        fmt::format("{}|{}|{}", fmt::ptr(state.basis.get()), state.answer.reach.value(), static_cast<int>(state.light));
    const Frame& frame = ui.map.frame();
    const Pixel corner{frame.width, frame.height};
    const Point from = frame.to_map({0, 0}), to = frame.to_map(corner);
    if (state.lit_count > most_marked) key += fmt::format("|{}|{}|{}|{}", from.x, from.y, to.x, to.y);
    return key;
}

void mark_anew(Ui& ui, CoverageState& state) {
    state.marked.reset();
    state.lit_in_view = state.lit_count;
    const LayerResultPtr demand = ui.session.layer(state.basis->demand);
    if (state.light == CoverageLight::none || !demand || !demand->features) return;
    std::vector<uint32_t> features = covered_features(state, state.light == CoverageLight::reached);
    const Dataset& data = demand->features->base();
    if (features.size() > most_marked) features = in_box(data.geometry, std::move(features), view_in(ui, data.crs));
    state.lit_in_view = static_cast<uint32_t>(features.size());
    if (features.size() <= most_marked) state.marked = mark_of(state.basis->demand, features);
}

}  // namespace

void light_up(Ui& ui) {
    CoverageState& state = ui.panels.coverage;
    if (!state.basis || state.answer_of != state.basis) return;
    // What is selected meanwhile is wanted to be seen, until something else is asked.
    if (ui.session.selection != state.selected) {
        state.selected = ui.session.selection;
        state.marks_wanted = state.selected.empty();
    }
    const CoverageShare& total = state.answer.total;
    state.lit_count = state.light == CoverageLight::reached ? total.covered_count
                      : state.light == CoverageLight::gap   ? total.total_count - total.covered_count
                                                            : 0;
    std::string key = hangs_on(ui, state);
    if (key != state.marked_of) {
        const bool asked_anew = key.substr(0, key.find('|', key.find('|') + 1)) !=
                                state.marked_of.substr(0, state.marked_of.find('|', state.marked_of.find('|') + 1));
        state.marks_wanted |= asked_anew;
        state.marked_of = std::move(key);
        mark_anew(ui, state);
    }
    if (state.marks_wanted) ui.panels.query.preview = state.marked;
}

bool too_many_to_mark(const CoverageState& state) {
    return state.lit_in_view > most_marked;
}

// ── layers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

namespace {

/// As the villages look, but all in the colour of a gap.
Style gap_style(Ui& ui, const CoverageState& state, const Dataset& gap) {
    Style style = default_style(gap, 0);
    if (const Layer* demand = ui.session.workspace().find_layer(state.basis->demand)) {
        style.marker = demand->style.marker;
        style.crowding = demand->style.crowding;
    }
    style.fill = SingleFill{gap_colour};
    style.labels.reset();
    return style;
}

/// Equal steps, so that maps of several distances can be laid side by side.
Style share_style(const Dataset& areas, const std::string& label) {
    Style style = default_style(areas, 0);
    style.fill = GraduatedFill{
        .measure = {.numerator = "covered", .denominator = "total", .scale = 100, .unit = "%", .label = label},
        .method = ClassMethod::manual,
        .classes = 5,
        .manual_bounds = {20, 40, 60, 80},
        .ramp = "YlGnBu",
        .reversed = false};
    style.outline = Stroke{Rgba{90, 90, 90, 255}, Pixels(0.8)};
    style.labels.reset();
    return style;
}

Style reached_style(const Dataset& facilities, const Style& as, const std::string& label) {
    Style style = default_style(facilities, 0);
    style.marker = as.marker;
    style.fill = as.fill;
    style.labels.reset();
    style.circles = ProportionalCircles{};
    style.circles->measure = {.numerator = "reached", .denominator = {}, .scale = 1, .unit = {}, .label = label};
    return style;
}

DatasetPtr list_of(const CoverageState& state) {
    return state.list == CoverageList::areas
               ? areas_dataset(state.basis_of, state.answer, *state.basis, state.layers)
               : facilities_dataset(state.basis_of, state.answer, *state.basis, state.layers);
}

/// Who published what it rests on, each once, and whether any of it is invented.
void give_credits(const Workspace& workspace, const CoverageState& state, Source& source) {
    std::vector<std::string> credits, dates;
    const auto add = [](std::vector<std::string>& list, const std::string& one) {
        if (!one.empty() && std::ranges::find(list, one) == list.end()) list.push_back(one);
    };
    source.invented = false;
    for (const std::string& id : {state.basis->by, state.basis->demand, state.basis->facilities}) {
        const Layer* layer = workspace.find_layer(id);
        if (layer == nullptr) continue;
        for (const Source* file : workspace.files_behind(layer->source)) {
            add(credits, file->attribution);
            add(dates, file->date);
            source.invented |= file->invented;
        }
    }
    source.attribution = fmt::format("{}", fmt::join(credits, "; "));
    source.date = fmt::format("{}", fmt::join(dates, ", "));
}

}  // namespace

void gap_as_layer(Ui& ui) {
    CoverageQuery query = ui.panels.coverage.query;
    query.gap = true;
    const CoverageState& state = ui.panels.coverage;
    const DatasetPtr now = gap_dataset(query, state.answer, *state.basis, state.layers);
    add_query_layer(ui.session, tr("Gap as layer"), now->name, query, gap_style(ui, state, *now), {}, 1);
}

void list_as_layer(Ui& ui) {
    const CoverageState& state = ui.panels.coverage;
    const DatasetPtr list = list_of(state);
    const bool areas = state.list == CoverageList::areas;
    const Workspace& workspace = ui.session.workspace();
    const Layer* of = workspace.find_layer(areas ? state.basis->by : state.basis->facilities);
    const Layer* facilities = workspace.find_layer(state.basis->facilities);
    if (of == nullptr || facilities == nullptr) return;
    const std::string measure =
        fmt::format(fmt::runtime(areas ? tr("{0} within {1} of {2}, share") : tr("{0} within {1}, nearest to it")),
                    counted(ui, state), distance_text(state.basis_of.reach), facilities->name);
    Source source;
    if (const Source* from = workspace.find_source(of->source)) source = *from;
    // No file has such a layer, and it is never saved: it tells one list from the next.
    source.layer = list->name + " " + std::to_string(ui.session.content());
    source.import = {};
    source.session_only = true;
    give_credits(workspace, state, source);
    const Style style = areas ? share_style(*list, measure) : reached_style(*list, facilities->style, measure);
    // Under the points that it is about, over the areas themselves.
    const std::string above = areas ? of->id : std::string();
    constexpr const char* one_step = "coverage list";
    ui.session.seal();
    ui.session.add_sources({{source, list}}, one_step);
    ui.session.edit(
        tr("List as layer"),
        [&](Workspace& w) {
            const auto made = std::ranges::find(w.layers, ui.session.active_layer, &Layer::id);
            if (made == w.layers.end()) return;
            made->style = style;
            const auto place = std::ranges::find(w.layers, above, &Layer::id);
            if (made < place && place != w.layers.end()) std::rotate(made, made + 1, place);
        },
        one_step);
    ui.session.seal();
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
    csv += "\n" + csv_field(state.sentence) + "\n";
    ui.panels.dialog.purpose = FileDialogState::Purpose::save_text;
    ui.panels.dialog.file_name = state.list == CoverageList::areas ? "coverage.csv" : "facilities.csv";
    ui.panels.dialog.text = std::move(csv);
}

}  // namespace diaban::ui
