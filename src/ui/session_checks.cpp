// What is wrong with boundaries: looked for when asked, and for coverages whenever data come in.
#include <algorithm>
#include <exception>
#include <utility>

#include <fmt/format.h>

#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "data/cache/dataset_cache.h"
#include "data/read.h"
#include "ui/session.h"

namespace diaban::ui {

namespace {

/// An exception of a check must not take the window down with it.
template <class Find>
Expected<Problems> guarded(Find&& find) {
    try {
        return find();
    } catch (const std::exception& exception) {
        return fail(ErrorKind::failure, std::string(tr("Checking stopped")) + ": " + exception.what());
    }
}

Place place_of(const Dataset& dataset) {
    return {.file = to_utf8(dataset.from.path.filename()), .layer = dataset.name, .field = {}, .row = {}};
}

bool is_polygons(const DatasetPtr& dataset) {
    return dataset && dataset->geometry.kind() == GeometryKind::polygon;
}

/// The layer of the problems that were found earlier in the data of `source`.
constexpr std::string_view id_prefix = "problems_";

Source problems_source(const Workspace& workspace, const Source& of, uint64_t reading) {
    Source source = of;
    source.id = unused_id(workspace, std::string(id_prefix) + of.id);
    // No file has such a layer: it tells one check's result from another's.
    source.layer = std::string(id_prefix) + of.id + " " + std::to_string(reading);
    source.crs.clear();
    source.import = {};
    source.session_only = true;
    return source;
}

bool is_problems_of(const Source& source, const std::string& of) {
    return source.session_only && source.layer.starts_with(std::string(id_prefix) + of + " ");
}

Rgba colour_of(DiagnosticKind kind) {
    switch (kind) {
        case DiagnosticKind::gap:
            return {214, 31, 105, 190};
        case DiagnosticKind::overlap:
            return {217, 72, 1, 190};
        case DiagnosticKind::repaired_ring:
            return {86, 96, 110, 150};
        default:
            return {178, 24, 43, 190};
    }
}

}  // namespace

Style problem_style(const FoundProblems& found) {
    Style style;
    CategorisedFill fill;
    fill.field = "kind";
    const Column* kinds = found.layer->table.find("kind");
    for (std::size_t row = 0; row < found.problems->list.size(); ++row)
        fill.colours[kinds->text(row)] = colour_of(found.problems->list[row].kind);
    style.fill = std::move(fill);
    style.hatch = Hatch{.colour = {120, 0, 20, 255}, .width = Pixels(1), .spacing = Pixels(5)};
    style.outline = Stroke{.colour = {158, 1, 25, 255},
                           .width = Pixels(2),
                           .dashes = {},
                           .casing = Rgba{255, 255, 255, 230},
                           .casing_width = Pixels(1.2)};
    return style;
}

void Session::check_boundaries(const std::string& id) {
    const Layer* layer = workspace().find_layer(id);
    const auto data = layer != nullptr ? datasets_.find(layer->source) : datasets_.end();
    if (data == datasets_.end() || !is_polygons(data->second)) return;
    jobs_.start(fmt::format(fmt::runtime(tr("Checking {}")), layer->name),
                [this, id, name = layer->name, dataset = data->second](Progress& progress) -> Jobs::Delivery {
                    auto found = std::make_shared<Expected<Problems>>(
                        guarded([&] { return find_problems(*dataset, progress); }));
                    auto shapes = *found ? problems_layer(*dataset, **found) : nullptr;
                    return [this, id, dataset, found, shapes] {
                        if (!*found) return say(found->error());
                        take_problems(id, {dataset, std::make_shared<const Problems>(std::move(**found)), shapes});
                    };
                });
    touch();
}

void Session::take_problems(const std::string& id, FoundProblems found) {
    const Layer* layer = workspace().find_layer(id);
    const auto data = layer != nullptr ? datasets_.find(layer->source) : datasets_.end();
    if (data == datasets_.end() || data->second != found.checked) return;  // the data are others by now
    std::erase_if(problems_, [&](const FoundProblems& p) { return p.checked == found.checked; });
    problems_.push_back(found);
    const Source of = *workspace().find_source(layer->source);
    const std::string name = fmt::format(fmt::runtime(tr("Problems in {}")), layer->name);
    const auto count = static_cast<int64_t>(found.problems->list.size());
    edit(tr("Check boundaries"), [&](Workspace& w) {
        const auto known = std::ranges::find_if(w.sources, [&](const Source& s) { return is_problems_of(s, of.id); });
        if (count == 0) {
            if (known == w.sources.end()) return;
            std::erase_if(w.layers, [&](const Layer& l) { return l.source == known->id; });
            w.sources.erase(known);
            return;
        }
        const Source next = problems_source(w, of, ++problem_readings_);
        remember(next, found.layer);
        if (known != w.sources.end()) {
            known->layer = next.layer;
            for (Layer& shown : w.layers)
                if (shown.source == known->id) shown.style = problem_style(found);
            return;
        }
        w.sources.push_back(next);
        Layer above;
        above.id = unused_id(w, next.id);
        above.name = name;
        above.source = next.id;
        above.style = problem_style(found);
        const auto place = std::ranges::find(w.layers, id, &Layer::id);
        w.layers.insert(place, std::move(above));
    });
    if (count == 0) {
        say(Severity::note, fmt::format(fmt::runtime(tr("{}: no problem was found in its boundaries.")), layer->name));
    } else {
        say(Severity::note, fmt::format(fmt::runtime(tr_n("{}: {} problem was found. It is listed below the map.",
                                                          "{}: {} problems were found. They are listed below the map.",
                                                          static_cast<long>(count))),
                                        workspace().find_layer(id)->name, format_integer(count)));
    }
}

const FoundProblems* Session::problems_of(const std::string& id) const {
    const Layer* layer = workspace().find_layer(id);
    const auto data = layer != nullptr ? datasets_.find(layer->source) : datasets_.end();
    if (data == datasets_.end()) return nullptr;
    const auto found = std::ranges::find_if(
        problems_, [&](const FoundProblems& p) { return p.checked == data->second || p.layer == data->second; });
    return found == problems_.end() ? nullptr : &*found;
}

void Session::check_shapes_later() {
    for (const Source& source : workspace().sources) {
        const auto data = datasets_.find(source.id);
        if (data == datasets_.end() || !data->second || !data->second->unchecked) continue;
        const DatasetPtr dataset = data->second;
        if (std::ranges::find(shape_checks_, dataset) != shape_checks_.end()) continue;
        shape_checks_.push_back(dataset);
        checks_.start(
            tr("Checking shapes"),
            [this, dataset, repair = source.import.repair, folder = folder_](Progress& /*progress*/) -> Jobs::Delivery {
                const DatasetPtr checked = check_now(dataset, repair);
                if (folder) keep_in_cache(*folder, *checked);
                return [this, dataset, checked] { take_checked(dataset, checked); };
            });
    }
}

void Session::take_checked(const DatasetPtr& before, const DatasetPtr& checked) {
    std::erase(shape_checks_, before);
    bool used = false;
    for (Reading& reading : readings_) {
        if (reading.dataset != before) continue;
        reading.dataset = checked;
        used = true;
    }
    if (!used) return;
    // The same rows, so what is selected stays so.
    Selection selected = selection;
    std::optional<Hover> hovered = hover;
    changed();
    selection = std::move(selected);
    hover = std::move(hovered);
}

void Session::follow_checks() {
    check_shapes_later();
    std::vector<DatasetPtr> wanted;
    for (const Layer& layer : workspace().layers) {
        const Source* source = workspace().find_source(layer.source);
        const auto data = datasets_.find(layer.source);
        const bool wants = !layer.background && source != nullptr && !source->session_only && data != datasets_.end() &&
                           is_polygons(data->second) && !data->second->unchecked;
        if (wants && std::ranges::find(wanted, data->second) == wanted.end()) wanted.push_back(data->second);
    }
    std::erase_if(coverage_checks_, [&](const CoverageCheck& check) {
        const bool needed = std::ranges::find(wanted, check.dataset) != wanted.end();
        if (!needed && !check.found) check.progress->cancel();
        return !needed;
    });
    for (const DatasetPtr& dataset : wanted) {
        if (std::ranges::find(coverage_checks_, dataset, &CoverageCheck::dataset) != coverage_checks_.end()) continue;
        auto progress = checks_.start(tr("Checking boundaries"), [this, dataset](Progress& p) -> Jobs::Delivery {
            auto found = guarded([&] { return find_coverage_problems(*dataset, p); });
            Diagnostics notes = found ? problem_diagnostics(*dataset, *found, place_of(*dataset)) : Diagnostics();
            return [this, dataset, notes = std::move(notes)] {
                const auto check = std::ranges::find(coverage_checks_, dataset, &CoverageCheck::dataset);
                if (check == coverage_checks_.end() || check->progress->cancelled()) return;
                check->found = notes;
                diagnostics_content_ = 0;
                touch();
            };
        });
        coverage_checks_.push_back({dataset, std::move(progress), std::nullopt});
    }
}

}  // namespace diaban::ui
