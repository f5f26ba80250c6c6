// The session's part of the import assistant: reading files to look at them, and taking them in.
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <iterator>
#include <map>
#include <utility>

#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "data/read.h"
#include "ui/session.h"
#include "workspace/file.h"

namespace diaban::ui {

namespace {

using DatasetsRead = Expected<std::vector<DatasetPtr>>;

DatasetsRead guarded_read(const std::filesystem::path& path, const ReadOptions& options, Progress& progress) {
    try {
        return read(path, options, progress);
    } catch (const std::exception& exception) {
        return fail(ErrorKind::failure, std::string(tr("Reading stopped")) + ": " + exception.what(),
                    {.file = to_utf8(path), .layer = {}, .field = {}, .row = {}});
    }
}

Error stopped(const ImportItem& item) {
    return {ErrorKind::cancelled, tr("Reading was stopped"), {.file = to_utf8(item.path.filename())}, {}};
}

/// What add_dataset() would call its layer in the file.
std::string layer_in_file(const DatasetPtr& dataset) {
    Workspace scratch;
    add_dataset(scratch, dataset);
    return scratch.sources.back().layer;
}

/// A new reading becomes the one that is shown; what was decided stays.
void adopt(ImportItem& item, const DatasetPtr& dataset) {
    item.dataset = dataset;
    item.error.reset();
    const bool proposes = item.report() && !item.report()->crs_proposals.empty();
    if (proposes && item.crs.empty()) {
        item.proposals = item.report()->crs_proposals;
        item.unplaced = dataset;
        item.previewed = std::clamp(item.previewed, 0, static_cast<int>(item.proposals.size()) - 1);
    } else if (dataset->has_geometry() && !dataset->crs.known()) {
        item.unplaced = dataset;
    }
}

/// What needs the user most is shown first.
void show_first(ImportState& state) {
    const auto asks =
        std::ranges::find_if(state.items, [](const ImportItem& item) { return !open_questions(item).empty(); });
    const ImportItem& item = asks == state.items.end() ? state.items.front() : *asks;
    state.shown = item.id;
    state.section = first_section(item);
}

}  // namespace

std::optional<Box> Session::expected_place() const {
    Box box;
    for (const Layer& layer : workspace().layers) {
        const auto it = datasets_.find(layer.source);
        if (!layer.background && it != datasets_.end() && !it->second->is_raster())
            box.extend(it->second->lon_lat_box());
    }
    return box.empty() ? std::nullopt : std::optional(box);
}

// ── opening and leaving the assistant ──

void Session::begin_import(const std::vector<std::filesystem::path>& paths) {
    for (const auto& path : paths) {
        ImportItem item;
        item.id = import.next_id++;
        item.path = path;
        item.reading.ask();
        import.items.push_back(std::move(item));
        if (!import.open) import.shown = import.items.back().id;
        import.open = true;
    }
    advance_import();
    touch();
}

void Session::begin_import_settings(const std::string& id) {
    const Source* source = workspace().find_source(id);
    if (source == nullptr || source->session_only) return;
    import = {.next_id = import.next_id};
    ImportItem item;
    item.id = import.next_id++;
    item.path = source->path;
    item.layer = source->layer;
    item.source = id;
    item.options = source->import;
    item.crs = source->crs;
    item.joins = false;
    for (const Layer& layer : workspace().layers) {
        const auto join = std::ranges::find(layer.joins, id, &Join::source);
        if (join == layer.joins.end()) continue;
        item.joins = true;
        item.target.layer = layer.id;
        item.joined_before = layer.id;
        item.join = *join;
        break;
    }
    if (const auto it = datasets_.find(id); it != datasets_.end()) adopt(item, it->second);
    if (!item.dataset || !item.dataset->import) item.reading.ask();
    import.items.push_back(std::move(item));
    import.open = true;
    show_first(import);
    match_again(import.items.front().id);
    advance_import();
    touch();
}

void Session::offer_import(const std::vector<DatasetPtr>& datasets, const std::vector<Error>& errors) {
    for (const DatasetPtr& dataset : datasets) {
        ImportItem item;
        item.id = import.next_id++;
        item.path = dataset->from.path;
        item.layer = layer_in_file(dataset);
        adopt(item, dataset);
        import.items.push_back(std::move(item));
    }
    for (const Error& error : errors) {
        if (error.kind == ErrorKind::cancelled) continue;
        ImportItem item;
        item.id = import.next_id++;
        item.path = error.where.file;
        item.error = error;
        import.items.push_back(std::move(item));
    }
    if (import.items.empty()) return;
    import.open = true;
    show_first(import);
    guess_joins();
    advance_import();
    touch();
}

void Session::cancel_import() {
    for (const ImportItem& item : import.items) {
        for (const Errand* errand : {&item.reading, &item.matching})
            if (errand->progress && errand->under_way()) errand->progress->cancel();
    }
    import = {.next_id = import.next_id};
    touch();
}

// ── reading ──

void Session::read_again(uint64_t id) {
    ImportItem* item = import.find(id);
    if (item == nullptr) return;
    item->reading.ask();
    if (item->reading.under_way() && item->reading.progress) item->reading.progress->cancel();
    advance_import();
    touch();
}

void Session::begin_reading(ImportItem& item) {
    item.reading.begun = item.reading.wanted;
    const auto token = std::make_shared<const uint64_t>(item.id);
    item.reading.alive = token;
    ReadOptions options;
    options.layer = item.layer;
    options.crs = item.crs;
    options.import = item.options;
    options.near = expected_place();
    options.rasters = true;
    item.reading.progress = jobs_.start(
        std::string(tr("Reading")) + " " + to_utf8(item.path.filename()),
        [this, token, options, path = item.path, errand = item.reading.begun](Progress& progress) -> Jobs::Delivery {
            auto reading = std::make_shared<DatasetsRead>(guarded_read(path, options, progress));
            return [this, token, errand, reading] { take_reading(*token, errand, *reading); };
        });
}

void Session::take_reading(uint64_t id, uint64_t errand, const DatasetsRead& reading) {
    ImportItem* item = import.find(id);
    if (item == nullptr) return;
    item->reading.alive.reset();
    if (errand != item->reading.wanted) return;  // superseded: advance_import() starts the next
    item->reading.done = errand;
    if (!reading) {
        item->error = reading.error().kind == ErrorKind::cancelled ? stopped(*item) : reading.error();
        return;
    }
    const bool first = !item->dataset;
    const bool whole_file = first && item->layer.empty() && item->source.empty();
    adopt(*item, reading->front());
    if (whole_file) {
        // Its other layers or sheets follow it in the list, with what was decided about the file.
        ImportItem model = *item;
        item->layer = layer_in_file(reading->front());
        auto place = std::next(std::ranges::find(import.items, id, &ImportItem::id));
        for (auto dataset = std::next(reading->begin()); dataset != reading->end(); ++dataset) {
            ImportItem other;
            other.id = import.next_id++;
            other.path = model.path;
            other.options = model.options;
            other.crs = model.crs;
            other.layer = layer_in_file(*dataset);
            adopt(other, *dataset);
            place = std::next(import.items.insert(place, std::move(other)));
        }
    }
    if (first && import.shown == id) import.section = first_section(*import.find(id));
    item = import.find(id);
    // Columns that the new reading no longer has are looked for anew.
    const bool lost =
        item->table_only() && !item->join.key.empty() && item->dataset->table.find(item->join.foreign_key) == nullptr;
    if (lost) item->guess_among = {item->target};
    guess_joins();
    match_again(id);
}

bool Session::advance_import() {
    bool any = false;
    for (ImportItem& item : import.items) {
        // Thrown away with everything that was under way, by the button beside the progress bar.
        if (item.reading.begun != item.reading.done && item.reading.begun == item.reading.wanted &&
            !item.reading.under_way()) {
            item.reading.done = item.reading.begun;
            item.error = stopped(item);
            any = true;
        }
        if (item.reading.due()) begin_reading(item), any = true;
        if (item.matching.due()) begin_matching(item), any = true;
    }
    return any;
}

// ── taking in ──

namespace {

/// From below: rasters under polygons under lines under points, and what the user named first above what came after it.
std::vector<ImportItem*> in_drawing_order(std::vector<ImportItem>& items) {
    std::vector<ImportItem*> order;
    for (auto item = items.rbegin(); item != items.rend(); ++item)
        if (item->take && item->dataset) order.push_back(&*item);
    const auto rank = [](const ImportItem* item) {
        if (item->dataset->is_raster()) return -1;
        switch (item->dataset->geometry.kind()) {
            case GeometryKind::none:
                return 3;  // joined to what is there by then
            case GeometryKind::polygon:
                return 0;
            case GeometryKind::line:
                return 1;
            case GeometryKind::point:
                return 2;
        }
        return 3;
    };
    std::ranges::stable_sort(order, {}, rank);
    return order;
}

/// The source of an item, new or changed; returns its id.
std::string write_source(Workspace& workspace, const ImportItem& item, std::string* layer) {
    const auto known = std::ranges::find(workspace.sources, item.source, &Source::id);
    const bool changes = !item.source.empty() && known != workspace.sources.end();
    if (!changes) *layer = add_dataset(workspace, item.dataset);
    Source& source = changes ? *known : workspace.sources.back();
    source.crs = item.crs;
    source.import = item.options;
    return source.id;
}

void write_join(Workspace& workspace, const ImportItem& item, const std::string& source, const std::string& target) {
    const bool stays = item.joins && target == item.joined_before;
    if (Layer* before = workspace.find_layer(item.joined_before); before != nullptr && !stays)
        std::erase_if(before->joins, [&](const Join& join) { return join.source == source; });
    Layer* layer = workspace.find_layer(target);
    if (!item.joins || layer == nullptr || item.join.key.empty()) return;
    Join join = item.join;
    join.source = source;
    std::erase_if(join.further, [](const KeyPair& pair) { return pair.field.empty() || pair.foreign_field.empty(); });
    const auto known = std::ranges::find(layer->joins, source, &Join::source);
    if (known == layer->joins.end()) {
        layer->joins.push_back(std::move(join));
    } else {
        *known = std::move(join);
    }
}

}  // namespace

void Session::finish_import() {
    const std::vector<ImportItem*> order = in_drawing_order(import.items);
    if (order.empty()) return cancel_import();
    const bool settings = std::ranges::any_of(order, [](const ImportItem* i) { return !i->source.empty(); });
    const bool fresh = workspace().layers.empty();
    // What is looked at next: the layer that a table was joined to, else the one that lies on top.
    std::string added, joined;
    const auto areas = std::ranges::find_if(order, [](const ImportItem* i) { return !i->table_only(); });
    edit(settings ? tr("Change import settings") : tr("Import"), [&](Workspace& w) {
        if (fresh && w.title.empty()) w.title = (areas == order.end() ? order.front() : *areas)->dataset->name;
        std::map<uint64_t, std::string> layer_of;
        for (const ImportItem* item : order) {
            std::string layer;
            const std::string source = write_source(w, *item, &layer);
            remember(*w.find_source(source), item->dataset);
            layer_of[item->id] = layer;
            if (!layer.empty()) added = layer;
            if (!item->table_only() && item->joined_before.empty()) continue;
            const std::string target = item->target.item != 0 ? layer_of[item->target.item] : item->target.layer;
            write_join(w, *item, source, target);
            if (item->joins && w.find_layer(target) != nullptr) joined = target;
        }
    });
    // Read again without another word: the file itself may have changed.
    if (settings) changed();
    if (fresh) ++openings_;
    if (!added.empty() || !joined.empty()) active_layer = joined.empty() ? added : joined;
    const auto count = static_cast<int64_t>(order.size());
    say(Severity::note,
        settings ? std::string(tr("Taken in as you said."))
                 : fmt::format(fmt::runtime(tr_n("Imported: {} layer or table.", "Imported: {} layers and tables.",
                                                 static_cast<long>(count))),
                               format_integer(count)));
    cancel_import();
}

}  // namespace diaban::ui
