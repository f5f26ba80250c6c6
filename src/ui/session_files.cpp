// The session's files: reading in the background, and saving.
#include <algorithm>
#include <exception>
#include <memory>
#include <utility>

#include "base/file.h"
#include "base/i18n.h"
#include "data/read.h"
#include "ui/session.h"
#include "workspace/file.h"

namespace diaban::ui {

namespace {

using Paths = std::vector<std::filesystem::path>;

/// What a reading job brings home.
struct Loaded {
    std::optional<Opened> opened;
    std::filesystem::path file;  ///< of a workspace
    std::vector<DatasetPtr> datasets;
    std::vector<Error> errors;
};

/// Bad memory and the like, in words: a job must not take the window down with it.
template <class Work>
Loaded guarded(Work&& work) {
    try {
        return work();
    } catch (const std::exception& exception) {
        Loaded loaded;
        loaded.errors.push_back(
            {ErrorKind::failure, std::string(tr("Reading stopped")) + ": " + exception.what(), {}, {}});
        return loaded;
    }
}

std::optional<Error> why_unreadable(const std::filesystem::path& path, Progress& progress) {
    if (is_workspace_path(path)) {
        const auto opened = open_files({path}, progress);
        return opened ? std::nullopt : std::optional(opened.error());
    }
    const auto datasets = read(path, {}, progress);
    return datasets ? std::nullopt : std::optional(datasets.error());
}

/// The data that was opened, in the order of its sources.
std::vector<DatasetPtr> datasets_of(const Opened& opened) {
    std::vector<DatasetPtr> datasets;
    for (const Source& source : opened.workspace.sources)
        if (const auto it = opened.datasets.find(source.id); it != opened.datasets.end())
            datasets.push_back(it->second);
    return datasets;
}

/// As the files were named.
void in_order_of(const Paths& paths, std::vector<DatasetPtr>& datasets) {
    std::ranges::stable_sort(
        datasets, {}, [&](const DatasetPtr& d) { return std::ranges::find(paths, d->from.path) - paths.begin(); });
}

bool any_wants_assistant(const std::vector<DatasetPtr>& datasets, bool tables) {
    return std::ranges::any_of(datasets, [&](const DatasetPtr& d) { return wants_assistant(*d, tables); });
}

/// The files that can be opened are; each of the others gives its error. Only when one fails is anything read twice.
Loaded load_workspace_of(const Paths& paths, const OpenOptions& options, Progress& progress) {
    Loaded loaded;
    if (paths.size() == 1 && is_workspace_path(paths.front())) loaded.file = std::filesystem::absolute(paths.front());
    auto all = open_files(paths, progress, options);
    if (all) {
        loaded.opened = *std::move(all);
        return loaded;
    }
    if (paths.size() == 1) {
        loaded.errors.push_back(all.error());
        return loaded;
    }
    Paths good;
    for (const auto& path : paths) {
        if (progress.cancelled()) break;
        // A table is nothing to open by itself, but may belong to what the other files hold.
        const std::optional<Error> wrong = why_unreadable(path, progress);
        if (wrong) {
            loaded.errors.push_back(*wrong);
        } else {
            good.push_back(path);
        }
    }
    if (good.empty() || progress.cancelled()) return loaded;
    auto opened = open_files(good, progress, options);
    if (opened) {
        loaded.opened = *std::move(opened);
    } else {
        loaded.errors.push_back(opened.error());
    }
    return loaded;
}

Loaded load_layers(const Paths& paths, const std::optional<Box>& near, const OpenOptions& opening, Progress& progress) {
    Loaded loaded;
    ReadOptions options;
    options.cache = opening.cache;
    options.most_corners_checked = opening.most_corners_checked;
    options.near = near;
    for (const auto& path : paths) {
        if (progress.cancelled()) break;
        auto datasets = read(path, options, progress);
        if (datasets) {
            loaded.datasets.insert(loaded.datasets.end(), datasets->begin(), datasets->end());
        } else {
            loaded.errors.push_back(datasets.error());
        }
    }
    return loaded;
}

std::string title_of(const Paths& paths) {
    std::string title = std::string(tr("Reading")) + " " + to_utf8(paths.front().filename());
    if (paths.size() > 1) title += " …";
    return title;
}

}  // namespace

void Session::open(const Paths& paths) {
    open(paths, false);
}

void Session::open(const Paths& paths, bool ask_about_tables) {
    if (paths.empty()) return;
    jobs_.start(
        title_of(paths), [this, paths, ask_about_tables, options = opening()](Progress& progress) -> Jobs::Delivery {
            auto loaded = std::make_shared<Loaded>(guarded([&] {
                Loaded opened = load_workspace_of(paths, options, progress);
                // What cannot be opened by itself, a table say, can still be looked at.
                if (opened.file.empty() && !opened.opened)
                    opened.datasets = load_layers(paths, {}, options, progress).datasets;
                return opened;
            }));
            return [this, loaded, paths, ask_about_tables] {
                std::vector<DatasetPtr> found = loaded->opened ? datasets_of(*loaded->opened) : loaded->datasets;
                in_order_of(paths, found);
                if (loaded->file.empty() && any_wants_assistant(found, ask_about_tables))
                    return offer_import(found, loaded->errors);
                if (loaded->opened) take_in(*std::move(loaded->opened), loaded->file);
                for (const Error& error : loaded->errors)
                    say(error);
            };
        });
    touch();
}

void Session::add_files(const Paths& paths) {
    Paths data;
    for (const auto& path : paths) {
        if (is_workspace_path(path)) {
            open({path});
        } else {
            data.push_back(path);
        }
    }
    if (data.empty()) return;
    if (workspace().layers.empty() && !jobs_.busy()) return open(data, true);
    jobs_.start(title_of(data),
                [this, data, near = expected_place(), options = opening()](Progress& progress) -> Jobs::Delivery {
                    auto loaded =
                        std::make_shared<Loaded>(guarded([&] { return load_layers(data, near, options, progress); }));
                    return [this, loaded] {
                        if (any_wants_assistant(loaded->datasets, true))
                            return offer_import(loaded->datasets, loaded->errors);
                        add_layers(loaded->datasets);
                        for (const Error& error : loaded->errors)
                            say(error);
                    };
                });
    touch();
}

Expected<void> Session::save(const std::filesystem::path& path) {
    const auto target = std::filesystem::absolute(path);
    auto saved = save_workspace(workspace(), target);
    if (!saved) return saved;
    file_ = target;
    history_.mark_saved();
    touch();
    return {};
}

bool Session::poll() {
    const uint64_t before = revision_;
    const bool delivered = jobs_.poll();
    const bool checked = checks_.poll();
    const bool any = advance_import() || delivered || checked;
    if (any) touch();
    return any || revision_ != before;
}

}  // namespace diaban::ui
