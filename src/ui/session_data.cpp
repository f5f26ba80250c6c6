// Which data the session's workspace has: those that its sources ask for, as they are now. A source whose file is to be
// understood otherwise is another reading; undo finds the one before still there.
#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "base/i18n.h"
#include "ui/session.h"
#include "workspace/carried.h"
#include "workspace/failure.h"

namespace diaban::ui {

namespace {

/// Whether two sources ask for the same reading, whatever they are called.
bool same_reading(const Source& a, const Source& b) {
    return a.path == b.path && a.layer == b.layer && a.crs == b.crs && a.import == b.import;
}

/// Whether a query asks about what another one is still to make: it is asked when that has come.
bool waits_for_another(const QueryInputs& of, const Workspace& workspace, const Datasets& datasets) {
    const auto missing = [&](const std::string& source) {
        return workspace.find_query(source) != nullptr && !datasets.contains(source);
    };
    return std::ranges::any_of(of.layers, [&](const Layer& layer) {
        return missing(layer.source) ||
               std::ranges::any_of(layer.joins, [&](const Join& join) { return missing(join.source); });
    });
}

std::vector<DatasetPtr> inputs_of(const CarriedSource& carried, const Datasets& datasets) {
    std::vector<DatasetPtr> inputs;
    for (const std::string& id : sources_of(carried)) {
        const auto it = datasets.find(id);
        inputs.push_back(it == datasets.end() ? nullptr : it->second);
    }
    return inputs;
}

}  // namespace

void Session::keep_in(CacheFolderPtr folder) {
    folder_ = std::move(folder);
    cache_.keep_in(folder_);
}

void Session::remember(Opened& opened) {
    readings_.clear();
    carried_.clear();
    asked_.clear();
    problems_.clear();
    opening_diagnostics_ = std::move(opened.diagnostics);
    for (const auto& [id, dataset] : opened.datasets) {
        const Diagnostics& own = dataset->diagnostics;
        std::erase_if(opening_diagnostics_,
                      [&](const Diagnostic& d) { return std::ranges::find(own, d) != own.end(); });
    }
    for (const Source& source : opened.workspace.sources)
        if (const auto it = opened.datasets.find(source.id); it != opened.datasets.end()) remember(source, it->second);
    for (const CarriedSource& carried : opened.workspace.carried) {
        const auto it = opened.datasets.find(carried.id);
        carried_.push_back(
            {carried, inputs_of(carried, opened.datasets), it == opened.datasets.end() ? nullptr : it->second});
    }
    for (const SavedQuery* query : source_queries(opened.workspace).in_order) {
        if (const auto it = opened.datasets.find(query->id); it != opened.datasets.end()) {
            asked_.push_back(
                {diaban::inputs_of(*query, opened.workspace, opened.datasets), it->second, nullptr, std::nullopt});
            continue;
        }
        // It is asked again, so that what is said of it lasts only until it is mended.
        std::erase_if(opening_diagnostics_, [&](const Diagnostic& d) {
            return d.kind == DiagnosticKind::layer_failed && d.detail.starts_with(query->name + ": ");
        });
    }
    const Diagnostics circles = circle_failures(opened.workspace);
    std::erase_if(opening_diagnostics_,
                  [&](const Diagnostic& d) { return std::ranges::find(circles, d) != circles.end(); });
}

void Session::remember(const Source& source, const DatasetPtr& dataset) {
    const auto known = std::ranges::find_if(readings_, [&](const Reading& r) { return same_reading(r.of, source); });
    if (known == readings_.end()) {
        readings_.push_back({source, dataset});
    } else {
        known->dataset = dataset;
    }
}

void Session::follow_sources() {
    datasets_.clear();
    for (const Source& source : workspace().sources) {
        const auto known =
            std::ranges::find_if(readings_, [&](const Reading& r) { return same_reading(r.of, source); });
        if (known != readings_.end()) datasets_[source.id] = known->dataset;
    }
    for (const CarriedSource& carried : std::vector<CarriedSource>(workspace().carried))
        follow_carried(carried);
    for (const SavedQuery* query : source_queries(workspace()).in_order)
        follow_query(*query);
    follow_checks();
}

/// Made anew in the background when what it is made from has changed; what was made before stays until then.
void Session::follow_carried(const CarriedSource& carried) {
    const std::vector<DatasetPtr> from = inputs_of(carried, datasets_);
    const auto same = [&](const Carried& c) { return c.of == carried && c.from == from; };
    const auto known = std::ranges::find_if(carried_, same);
    if (known != carried_.end() && known->dataset) {
        datasets_[carried.id] = known->dataset;
        return;
    }
    for (const Carried& before : carried_)
        if (before.of.id == carried.id && before.dataset) datasets_[carried.id] = before.dataset;
    if (known != carried_.end()) return;
    carried_.push_back({carried, from, nullptr});
    jobs_.start(tr("Carrying data over"), [this, carried, from, datasets = datasets_](Progress& progress) {
        const auto lookup = [&](const std::string& id) {
            const auto it = datasets.find(id);
            return it == datasets.end() ? DatasetPtr() : it->second;
        };
        auto made = std::make_shared<Expected<CarriedData>>(carry_source(carried, lookup, progress));
        return Jobs::Delivery([this, carried, from, made] {
            const auto asked =
                std::ranges::find_if(carried_, [&](const Carried& c) { return c.of == carried && c.from == from; });
            if (asked == carried_.end()) return;
            if (!*made) return say(made->error());
            asked->dataset = (*made)->dataset;
            changed();
        });
    });
}

/// Likewise the data that a saved query makes: asked again when anything that they hang on has changed.
void Session::follow_query(const SavedQuery& query) {
    const QueryInputs of = diaban::inputs_of(query, workspace(), datasets_);
    const auto same = [&](const Asked& a) { return a.of == of && !(a.progress && a.progress->cancelled()); };
    const auto known = std::ranges::find_if(asked_, same);
    if (known != asked_.end() && known->dataset) {
        datasets_[query.id] = known->dataset;
        std::rotate(known, known + 1, asked_.end());  // the one shown last is the last good one
        return;
    }
    for (const Asked& before : asked_)
        if (before.of.query.id == query.id && before.dataset) datasets_[query.id] = before.dataset;
    if (known != asked_.end() || waits_for_another(of, workspace(), datasets_)) return;
    stop_asking(query.id);
    auto progress = jobs_.start(
        fmt::format(fmt::runtime(tr("Asking: {}")), query.name),
        [this, of, whole = workspace(), datasets = datasets_, cache = query_cache()](Progress& job) {
            auto made = std::make_shared<Expected<DatasetPtr>>(carry_out(of.query, whole, datasets, *cache, job));
            return Jobs::Delivery([this, of, made] { take_answer(of, *made); });
        });
    asked_.push_back({of, nullptr, std::move(progress), std::nullopt});
}

/// Of one query: what is under way is of no use any more, and of what was made before the last few are kept for undo.
void Session::stop_asking(const std::string& query) {
    constexpr std::ptrdiff_t most_kept = 6;
    const auto is_of = [&](const Asked& a) { return a.of.query.id == query; };
    for (Asked& asked : asked_)
        if (is_of(asked) && !asked.dataset && asked.progress) asked.progress->cancel();
    std::erase_if(asked_, [&](const Asked& a) { return is_of(a) && a.progress && a.progress->cancelled(); });
    for (auto left = std::ranges::count_if(asked_, is_of); left > most_kept; --left)
        asked_.erase(std::ranges::find_if(asked_, is_of));
}

void Session::take_answer(const QueryInputs& of, const Expected<DatasetPtr>& made) {
    const auto asked = std::ranges::find_if(asked_, [&](const Asked& a) { return a.of == of && !a.dataset; });
    if (asked == asked_.end()) return;
    asked->progress = nullptr;
    if (!made) {
        asked->error = made.error();
        diagnostics_content_ = 0;
        Error error = made.error();
        error.what = fmt::format("{}: {}", of.query.name, error.what);
        return say(error);
    }
    asked->dataset = *made;
    changed();
}

void Session::note(const Diagnostics& noticed) {
    for (const Diagnostic& one : noticed)
        if (std::ranges::find(opening_diagnostics_, one) == opening_diagnostics_.end())
            opening_diagnostics_.push_back(one);
    diagnostics_content_ = 0;
    touch();
}

Diagnostics Session::data_diagnostics() const {
    std::vector<std::string> ids;
    for (const Source& source : workspace().sources)
        ids.push_back(source.id);
    for (const CarriedSource& carried : workspace().carried)
        ids.push_back(carried.id);
    for (const SavedQuery& query : workspace().queries)
        ids.push_back(query.id);
    Diagnostics found;
    std::vector<DatasetPtr> seen;
    for (const std::string& id : ids) {
        const auto it = datasets_.find(id);
        if (it == datasets_.end() || std::ranges::find(seen, it->second) != seen.end()) continue;
        seen.push_back(it->second);
        found.insert(found.end(), it->second->diagnostics.begin(), it->second->diagnostics.end());
    }
    for (const SavedQuery* query : source_queries(workspace()).in_order) {
        const QueryInputs now = diaban::inputs_of(*query, workspace(), datasets_);
        const auto asked = std::ranges::find(asked_, now, &Asked::of);
        if (asked != asked_.end() && asked->error) found.push_back(query_failure(workspace(), *query, *asked->error));
    }
    const Diagnostics circles = circle_failures(workspace());
    found.insert(found.end(), circles.begin(), circles.end());
    for (const CoverageCheck& check : coverage_checks_)
        if (check.found) found.insert(found.end(), check.found->begin(), check.found->end());
    found.insert(found.end(), opening_diagnostics_.begin(), opening_diagnostics_.end());
    return found;
}

}  // namespace diaban::ui
