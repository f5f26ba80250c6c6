// Data read again, data from databases, and the passwords that they need while the program runs.
#include <algorithm>
#include <exception>
#include <utility>

#include <fmt/format.h>

#include "base/file.h"
#include "base/i18n.h"
#include "data/connection.h"
#include "data/postgis/postgis.h"
#include "data/raster/tile_address.h"
#include "ui/session.h"

namespace diaban::ui {

namespace {

Expected<DatasetPtr> guarded_read(const Source& source, const std::string& password, Progress& progress) {
    try {
        return read_source(source, progress, password);
    } catch (const std::exception& exception) {
        return fail(ErrorKind::failure, std::string(tr("Reading stopped")) + ": " + exception.what(),
                    {.file = to_utf8(source.path), .layer = source.layer, .field = {}, .row = {}});
    }
}

std::string connection_of(const Source& source) {
    return without_password(to_utf8(source.path));
}

}  // namespace

void Session::set_password(const std::string& connection, const std::string& password) {
    passwords_[without_password(connection)] = password;
}

std::string Session::password_of(const std::string& connection) const {
    const auto known = passwords_.find(without_password(connection));
    return known == passwords_.end() ? std::string() : known->second;
}

void Session::reload(std::vector<std::string> ids) {
    struct Wanted {
        Source source;
        std::string password;
    };
    std::vector<Wanted> wanted;
    for (const Source& source : workspace().sources) {
        const bool named = ids.empty() || std::ranges::find(ids, source.id) != ids.end();
        if (named && !source.session_only) wanted.push_back({source, password_of(to_utf8(source.path))});
    }
    if (wanted.empty()) return;
    jobs_.start(tr("Reading data again"), [this, wanted](Progress& progress) -> Jobs::Delivery {
        std::vector<std::pair<Source, Expected<DatasetPtr>>> readings;
        for (const Wanted& one : wanted) {
            if (progress.cancelled()) break;
            readings.emplace_back(one.source, guarded_read(one.source, one.password, progress));
        }
        return [this, readings = std::move(readings)] { take_reload(readings); };
    });
    touch();
}

void Session::take_reload(const std::vector<std::pair<Source, Expected<DatasetPtr>>>& readings) {
    std::vector<std::string> failed;
    std::string why;
    std::size_t good = 0;
    for (const auto& [source, reading] : readings) {
        if (reading) {
            ++good;
            remember(source, *reading);
            const std::string path = to_utf8(source.path);
            // What could not be drawn of a raster may be there now.
            const std::string file = is_tile_address(path) ? host_of(path) : path;
            const bool raster = (*reading)->is_raster();
            std::erase_if(opening_diagnostics_, [&](const Diagnostic& d) {
                const bool of_pieces = raster && d.kind == DiagnosticKind::other && d.severity == Severity::error;
                return (d.kind == DiagnosticKind::layer_failed && d.where.file == path) ||
                       (of_pieces && d.where.file == file);
            });
        } else if (reading.error().kind == ErrorKind::cancelled) {
            return;
        } else if (is_about_password(reading.error().what)) {
            if (!password_wanted) password_wanted = {connection_of(source), {}, to_text(reading.error())};
            if (password_wanted->connection == connection_of(source)) password_wanted->sources.push_back(source.id);
        } else {
            failed.push_back(source.id);
            why += (why.empty() ? "" : "\n") + to_text(reading.error());
        }
    }
    if (good > 0) changed();
    if (!failed.empty()) {
        offer(Severity::error, why + "\n" + tr("The data on screen stay as they were."), tr("Try again"),
              [this, failed] { reload(failed); });
    } else if (good > 0) {
        say(Severity::note, tr("The data were read again."));
    }
    touch();
}

void Session::ask_for_passwords() {
    for (const Source& source : workspace().sources) {
        if (datasets_.contains(source.id) || !is_postgres(to_utf8(source.path))) continue;
        const auto refused = std::ranges::find_if(opening_diagnostics_, [&](const Diagnostic& d) {
            return d.kind == DiagnosticKind::layer_failed && d.where.file == to_utf8(source.path) &&
                   is_about_password(d.detail);
        });
        if (refused == opening_diagnostics_.end()) continue;
        const std::string connection = connection_of(source);
        if (!password_wanted) password_wanted = {connection, {}, to_text(*refused)};
        if (password_wanted->connection == connection) password_wanted->sources.push_back(source.id);
    }
}

void Session::add_sources(const std::vector<std::pair<Source, DatasetPtr>>& sources, const std::string& merge) {
    if (sources.empty()) return;
    std::string added;
    std::vector<std::string> notes;
    const bool fresh = workspace().layers.empty();
    const auto add = [&](Workspace& w) {
        for (const auto& [wanted, dataset] : sources) {
            const std::string layer = add_dataset(w, dataset);
            Source& source = w.sources.back();
            source.path = wanted.path;
            source.layer = wanted.layer;
            source.import = wanted.import;
            source.session_only = wanted.session_only;
            source.invented = wanted.invented;
            source.date = wanted.date;
            if (!wanted.attribution.empty()) source.attribution = wanted.attribution;
            const Source known = source;
            remember(known, dataset);
            if (!layer.empty()) {
                added = layer;
                continue;
            }
            Datasets at_hand = datasets_;
            at_hand[known.id] = dataset;
            const auto home = find_home(w, at_hand, known.id, active_layer);
            if (home) w.find_layer(home->layer)->joins.push_back(home->join);
            notes.push_back(fmt::format(fmt::runtime(tr("{}: a table, {}.")), dataset->name,
                                        home ? home->in_words : home.error().what));
        }
    };
    edit(sources.size() == 1 ? tr("Add layer") : tr("Add layers"), add, merge);
    if (fresh) ++openings_;
    for (std::string& note : notes)
        say(Severity::note, std::move(note));
    if (!added.empty()) active_layer = added;
    touch();
}

}  // namespace diaban::ui
