#include "ui/session.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/file.h"
#include "base/i18n.h"

namespace diaban::ui {

namespace {

/// The first layer that is not background: what the panels show until another is chosen.
std::string first_layer(const Workspace& workspace) {
    const auto it = std::ranges::find_if(workspace.layers, [](const Layer& l) { return !l.background; });
    if (it != workspace.layers.end()) return it->id;
    return workspace.layers.empty() ? std::string() : workspace.layers.front().id;
}

/// The topmost visible polygons that show a measure, else the first layer: what a map is most likely about.
std::string main_layer(const Workspace& workspace, const Datasets& datasets) {
    std::string areas;
    for (const Layer& layer : workspace.layers) {
        if (!layer.visible || layer.background) continue;
        if (std::holds_alternative<GraduatedFill>(layer.style.fill)) return layer.id;
        const auto dataset = datasets.find(layer.source);
        const bool polygons = dataset != datasets.end() && dataset->second->geometry.kind() == GeometryKind::polygon;
        if (areas.empty() && polygons) areas = layer.id;
    }
    return areas.empty() ? first_layer(workspace) : areas;
}

}  // namespace

Session::Session() = default;

double Session::seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

std::string Session::file_name() const {
    return file_.empty() ? tr("Untitled") : to_utf8(file_.filename());
}

// ── reading ──

const std::vector<LayerResultPtr>& Session::layers() {
    if (layers_content_ != content_) {
        layers_ = derive_layers(workspace(), datasets_, cache_);
        layers_content_ = content_;
    }
    return layers_;
}

LayerResultPtr Session::layer(const std::string& id) {
    for (const LayerResultPtr& result : layers()) {
        if (result->layer_id == id) return result;
    }
    return nullptr;
}

const Crs& Session::crs() {
    if (crs_content_ != content_) {
        const Crs now = map_crs(workspace(), datasets_);
        if (!(now == crs_) || crs_content_ == 0) {
            crs_ = now;
            to_degrees_.reset();
            if (auto transform = Transform::between(crs_, Crs::wgs84())) to_degrees_ = *std::move(transform);
        }
        crs_content_ = content_;
    }
    return crs_;
}

const std::optional<Transform>& Session::to_degrees() {
    static_cast<void>(crs());
    return to_degrees_;
}

const Diagnostics& Session::diagnostics() {
    if (diagnostics_content_ != content_) {
        diagnostics_ = collect_diagnostics(data_diagnostics(), layers(), nullptr);
        diagnostics_content_ = content_;
    }
    return diagnostics_;
}

// ── changing the workspace ──

void Session::changed() {
    const Workspace& now = workspace();
    const auto data_of = [&](const std::string& layer) {
        const Layer* l = now.find_layer(layer);
        const auto it = l != nullptr ? datasets_.find(l->source) : datasets_.end();
        return it == datasets_.end() ? nullptr : it->second;
    };
    const DatasetPtr selected = data_of(selection.layer_id);
    const DatasetPtr hovered = hover ? data_of(hover->layer_id) : nullptr;
    follow_sources();
    // Positions in data that were read anew mean other features.
    if (selected && data_of(selection.layer_id) != selected) selection = {};
    if (hovered && data_of(hover->layer_id) != hovered) hover.reset();
    ++content_;
    touch();
    if (now.find_layer(active_layer) == nullptr) active_layer = first_layer(now);
    if (now.find_layer(selection.layer_id) == nullptr) selection = {};
    if (hover && now.find_layer(hover->layer_id) == nullptr) hover.reset();
}

void Session::edit(const std::string& label, const std::function<void(Workspace&)>& change, const std::string& merge) {
    Workspace next = workspace();
    change(next);
    if (next == workspace()) return;
    history_.apply(std::move(next), label, merge);
    changed();
}

void Session::undo() {
    if (!history_.can_undo()) return;
    history_.undo();
    changed();
}

void Session::redo() {
    if (!history_.can_redo()) return;
    history_.redo();
    changed();
}

void Session::set_visible(const std::string& layer, bool visible) {
    edit(visible ? tr("Show layer") : tr("Hide layer"), [&](Workspace& w) {
        if (Layer* l = w.find_layer(layer)) l->visible = visible;
    });
}

void Session::set_opacity(const std::string& layer, double opacity) {
    edit(
        tr("Change opacity"),
        [&](Workspace& w) {
            if (Layer* l = w.find_layer(layer)) l->opacity = std::clamp(opacity, 0.0, 1.0);
        },
        "opacity " + layer);
}

void Session::rename_layer(const std::string& layer, const std::string& name) {
    edit(tr("Rename layer"), [&](Workspace& w) {
        if (Layer* l = w.find_layer(layer)) l->name = name;
    });
}

void Session::remove_layer(const std::string& layer) {
    // Its neighbour takes its place, so that removing several goes on where it was.
    if (const auto& all = workspace().layers; active_layer == layer && all.size() > 1) {
        const auto at = std::ranges::find(all, layer, &Layer::id);
        if (at != all.end()) active_layer = at + 1 == all.end() ? (at - 1)->id : (at + 1)->id;
    }
    edit(tr("Remove layer"), [&](Workspace& w) {
        const Layer* removed = w.find_layer(layer);
        if (removed == nullptr) return;
        const std::string source = removed->source;
        std::erase_if(w.layers, [&](const Layer& l) { return l.id == layer; });
        // Its source goes with it unless another layer rests on it; the data stay at hand for undo.
        if (!w.needs(source)) std::erase_if(w.sources, [&](const Source& s) { return s.id == source; });
    });
}

void Session::move_layer(const std::string& layer, std::size_t to) {
    edit(tr("Reorder layers"), [&](Workspace& w) {
        const auto it = std::ranges::find(w.layers, layer, &Layer::id);
        if (it == w.layers.end()) return;
        Layer moved = std::move(*it);
        w.layers.erase(it);
        const std::size_t place = std::min(to, w.layers.size());
        w.layers.insert(w.layers.begin() + static_cast<std::ptrdiff_t>(place), std::move(moved));
    });
}

void Session::set_style(const std::string& layer, const Style& style, const std::string& label,
                        const std::string& merge) {
    edit(
        label,
        [&](Workspace& w) {
            if (Layer* l = w.find_layer(layer)) l->style = style;
        },
        merge);
}

void Session::set_map_crs(const std::string& definition) {
    edit(tr("Change map CRS"), [&](Workspace& w) { w.map_crs = definition; });
}

void Session::set_time(std::optional<int64_t> time) {
    edit(
        tr("Change year"), [&](Workspace& w) { w.time = time; }, "time");
}

// ── what is looked at ──

void Session::select(const std::string& layer, const std::vector<uint32_t>& features, Combine how) {
    const bool same_layer = selection.layer_id == layer;
    if (!same_layer && (how == Combine::remove || how == Combine::within)) return;
    std::set<uint32_t> before = same_layer ? std::move(selection.features) : std::set<uint32_t>();
    selection = {layer, combined(std::move(before), features, how)};
    if (selection.empty()) selection = {};
    if (workspace().find_layer(layer) != nullptr) active_layer = layer;
    touch();
}

void Session::toggle(const std::string& layer, uint32_t feature) {
    if (selection.layer_id == layer && selection.features.erase(feature) > 0) {
        if (selection.empty()) selection = {};
        touch();
        return;
    }
    select(layer, {feature}, Combine::add);
}

void Session::clear_selection() {
    if (selection.empty()) return;
    selection = {};
    touch();
}

// ── messages ──

void Session::say(Severity severity, std::string text) {
    messages_.push_back({severity, std::move(text), seconds()});
    touch();
}

void Session::offer(Severity severity, std::string text, std::string action, std::function<void()> act) {
    messages_.push_back({severity, std::move(text), seconds(), std::move(action), std::move(act)});
    touch();
}

void Session::say(const Error& error) {
    if (error.kind != ErrorKind::cancelled) say(Severity::error, to_text(error));
}

// ── taking in what was read (session_files.cpp starts the reading) ──

void Session::take_in(Opened opened, const std::filesystem::path& file) {
    remember(opened);
    file_ = file;
    selection = {};
    hover.reset();
    history_.reset(std::move(opened.workspace));
    follow_sources();
    active_layer = main_layer(workspace(), datasets_);
    ++openings_;
    changed();
    for (const Diagnostic& diagnostic : opening_diagnostics_) {
        if (diagnostic.kind == DiagnosticKind::layer_failed) say(Severity::error, to_text(diagnostic));
    }
    ask_for_passwords();
}

void Session::add_layers(const std::vector<DatasetPtr>& datasets) {
    if (datasets.empty()) return;
    std::string added;
    edit(datasets.size() == 1 ? tr("Add layer") : tr("Add layers"), [&](Workspace& w) {
        for (const DatasetPtr& dataset : datasets) {
            added = add_dataset(w, dataset);
            remember(w.sources.back(), dataset);
        }
    });
    if (!added.empty()) active_layer = added;
    touch();
}

}  // namespace diaban::ui
