#include "ui/panels/export_layer.h"

#include <algorithm>
#include <exception>

#include <fmt/format.h>

#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/gather.h"
#include "data/join/join_tables.h"
#include "data/write/format.h"
#include "data/write/write.h"
#include "ui/icons.h"
#include "ui/panels/parts.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace fs = std::filesystem;

namespace {

/// All that the writing needs, so that the session may go on meanwhile.
struct Order {
    fs::path path;
    std::string name;
    DatasetPtr base;
    std::vector<JoinSpec> joins;
    std::vector<Features::Calculated> calculated;
    std::vector<int32_t> rows;
};

std::vector<int32_t> wanted_rows(Session& session, const ExportState& exporting, const LayerResult& result) {
    std::vector<int32_t> rows;
    const Selection& selection = session.selection;
    for (uint32_t f = 0; f < result.features->count(); ++f) {
        const bool selected = selection.layer_id == result.layer_id && selection.features.contains(f);
        // A feature without a shape is not on the map, but no filter leaves it out.
        const bool shown = result.shown[f] != 0;
        const bool wanted = exporting.rows == ExportRows::all || (exporting.rows == ExportRows::shown && shown) ||
                            (exporting.rows == ExportRows::selected && selected);
        if (wanted) rows.push_back(static_cast<int32_t>(f));
    }
    return rows;
}

Expected<Diagnostics> write(const Order& order, Progress& progress) {
    DatasetPtr dataset = order.base;
    for (const JoinSpec& join : order.joins) {
        progress.set_stage(fmt::format(fmt::runtime(tr("Joining {}")), join.name));
        if (progress.cancelled()) return tl::make_unexpected(cancelled_error());
        auto joined = join_tables(*dataset, join);
        if (!joined) return tl::make_unexpected(joined.error());
        dataset = joined->dataset;
    }
    for (const Features::Calculated& more : order.calculated)
        dataset = with_columns(*dataset, more);
    auto some = std::make_shared<Dataset>(gathered(*dataset, order.rows));
    some->name = order.name;
    const DatasetPtr written = some;
    return write_datasets(order.path, {&written, 1}, {.byte_order_mark = true}, progress);
}

Expected<Diagnostics> guarded_write(const Order& order, Progress& progress) {
    try {
        return write(order, progress);
    } catch (const std::exception& exception) {
        return fail(ErrorKind::failure, std::string(tr("Writing stopped")) + ": " + exception.what(),
                    {.file = to_utf8(order.path), .layer = {}, .field = {}, .row = {}});
    }
}

void tell(Session& session, const Order& order, const Expected<Diagnostics>& losses) {
    if (!losses) return session.say(losses.error());
    const auto rows = static_cast<int64_t>(order.rows.size());
    const std::string done =
        fmt::format(fmt::runtime(tr_n("{}: {} feature written.", "{}: {} features written.", static_cast<long>(rows))),
                    to_utf8(order.path.filename()), format_integer(rows));
    session.note(*losses);
    if (losses->empty()) return session.say(Severity::note, done);
    std::string text = done + " " + tr("The format could not hold everything:");
    for (std::size_t i = 0; i < std::min<std::size_t>(losses->size(), 3); ++i)
        text += "\n" + to_text((*losses)[i]);
    if (losses->size() > 3) text += std::string("\n") + tr("All of it is in Diagnostics.");
    session.say(Severity::warning, text);
}

// ── the rows of the dialog ──

/// "No yes/no, no times; names of at most 10 bytes": from what the format's rules say.
std::string limits_in_words(const FormatRules& rules) {
    std::vector<std::string> limits;
    const auto add = [&](bool holds, const char* what) {
        if (!holds) limits.emplace_back(what);
    };
    add(rules.any_crs, tr("coordinates become degrees (WGS 84)"));
    add(rules.shapes != OutShapes::text, tr("shapes become text, points two columns"));
    add(rules.shapes != OutShapes::points_only, tr("no shapes but points"));
    add(rules.shapeless_rows, tr("no rows without a shape"));
    add(rules.boolean, tr("no yes/no columns"));
    add(rules.date, tr("no plain dates"));
    add(rules.date_time, tr("no times of day"));
    add(rules.empty_text, tr("empty text becomes “no value”"));
    if (rules.name_bytes != FormatRules::no_limit)
        limits.push_back(fmt::format(fmt::runtime(tr("names of at most {} letters (bytes)")), rules.name_bytes));
    if (rules.text_bytes != FormatRules::no_limit)
        limits.push_back(fmt::format(fmt::runtime(tr("text of at most {} bytes")), rules.text_bytes));
    std::string text;
    for (const std::string& limit : limits)
        text += (text.empty() ? "" : "; ") + limit;
    if (text.empty()) return tr("Holds everything: types, nulls, coordinates and shapes.");
    return text + ".";
}

const FormatRules& format_with(const std::string& extension) {
    const auto formats = all_formats();
    const auto found = std::ranges::find(formats, extension, &FormatRules::extension);
    return found == formats.end() ? formats.front() : *found;
}

void set_extension(Ui& ui, const std::string& extension) {
    ui.panels.exporting.extension = extension;
    std::string& name = ui.panels.dialog.file_name;
    for (const FormatRules& format : all_formats())
        if (fold(name).ends_with(format.extension)) name.resize(name.size() - format.extension.size());
    if (!name.empty()) name += extension;
    ui.panels.dialog.ask_overwrite = false;
    ui.panels.dialog.error.clear();
}

void label(const char* words) {
    ImGui::AlignTextToFramePadding();
    text_in(fonts().regular, palette().muted, words);
    ImGui::SameLine(px(84), 0);
}

void format_row(Ui& ui) {
    label(tr("Format"));
    ExportState& exporting = ui.panels.exporting;
    // What is typed decides.
    for (const FormatRules& format : all_formats())
        if (fold(ui.panels.dialog.file_name).ends_with(format.extension)) exporting.extension = format.extension;
    const FormatRules& now = format_with(exporting.extension);
    const auto words = [](const FormatRules& f) {
        return std::string(f.name) + "  (" + std::string(f.extension) + ")";
    };
    ImGui::SetNextItemWidth(px(200));
    if (begin_choice("##format", words(now).c_str(), true)) {
        for (const FormatRules& format : all_formats()) {
            if (ImGui::Selectable(words(format).c_str(), &format == &now))
                set_extension(ui, std::string(format.extension));
            tooltip(limits_in_words(format));
        }
        ImGui::EndCombo();
    }
    ImGui::SameLine(0, px(12));
    ImGui::AlignTextToFramePadding();
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
    text_cut(limits_in_words(now));
    ImGui::PopStyleColor();
}

void rows_row(Ui& ui, const Layer& layer, const LayerResult& result) {
    label(tr("Features"));
    ExportState& exporting = ui.panels.exporting;
    const Selection& selection = ui.session.selection;
    const int64_t all = result.features->count();
    const int64_t selected = selection.layer_id == layer.id ? static_cast<int64_t>(selection.features.size()) : 0;
    const std::vector<std::string> options{std::string(layer.filter.empty() ? tr("On the map") : tr("Filtered")) +
                                               "  " + format_integer(result.shown_count),
                                           std::string(tr("Selected")) + "  " + format_integer(selected),
                                           std::string(tr("All")) + "  " + format_integer(all)};
    int now = static_cast<int>(exporting.rows);
    if (segmented("rows", options, now, px(360))) exporting.rows = static_cast<ExportRows>(now);
    if (layer.joins.empty()) return;
    ImGui::SameLine(0, px(12));
    ImGui::AlignTextToFramePadding();
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
    text_cut(result.features->times().size() > 1 ? tr("With joined columns, a column for each year")
                                                 : tr("With the columns of joined tables"));
    ImGui::PopStyleColor();
}

/// What is exported where no layer is named; null where one is.
const SqlResult* sql_result_to_export(const Ui& ui) {
    return ui.panels.exporting.layer.empty() && ui.panels.sql.result ? &*ui.panels.sql.result : nullptr;
}

void result_rows(Ui& ui, const SqlResult& result) {
    label(tr("Result"));
    const auto rows = static_cast<int64_t>(result.dataset->size());
    text_in(fonts().medium, palette().text,
            fmt::format(fmt::runtime(tr_n("{} row", "{} rows", static_cast<long>(rows))), format_integer(rows)));
    label(tr("SQL"));
    text_cut(result.sql.substr(0, result.sql.find('\n')));
    format_row(ui);
}

/// In the order in which they are listed.
Order order_of(const SqlResult& result, const fs::path& path) {
    Order order{path, to_utf8(path.stem()), result.dataset, {}, {}};
    for (const uint32_t row : result.order)
        order.rows.push_back(static_cast<int32_t>(row));
    return order;
}

void start_writing(Session& session, Order order) {
    const std::string title = fmt::format(fmt::runtime(tr("Writing {}")), to_utf8(order.path.filename()));
    session.jobs().start(title, [&session, order = std::move(order)](Progress& progress) -> Jobs::Delivery {
        auto losses = std::make_shared<Expected<Diagnostics>>(guarded_write(order, progress));
        return [&session, order, losses] { tell(session, order, *losses); };
    });
    session.touch();
}

}  // namespace

bool can_export(Session& session) {
    const LayerResultPtr result = session.layer(session.active_layer);
    return result && result->features;
}

void export_rows(Ui& ui) {
    if (const SqlResult* result = sql_result_to_export(ui)) return result_rows(ui, *result);
    const Layer* layer = ui.session.workspace().find_layer(ui.panels.exporting.layer);
    const LayerResultPtr result = layer ? ui.session.layer(layer->id) : nullptr;
    if (!result || !result->features) return;
    ImGui::AlignTextToFramePadding();
    text_in(fonts().regular, palette().muted, tr("Layer"));
    ImGui::SameLine(px(84), 0);
    text_in(fonts().medium, palette().text, layer->name);
    rows_row(ui, *layer, *result);
    format_row(ui);
}

fs::path export_target(const fs::path& name, const std::string& extension) {
    const std::string file = trim(to_utf8(name.filename()));
    if (file.empty() || file == "." || file == ".." || file.starts_with('.')) return {};
    std::string whole = file;
    if (!format_of(name)) whole += extension;
    return name.parent_path() / fs::path(std::u8string(whole.begin(), whole.end()));
}

Expected<void> check_export(const Session& session, const fs::path& path) {
    std::vector<fs::path> inputs;
    for (const Source& source : session.workspace().sources)
        inputs.push_back(source.path);
    return check_output(path, inputs);
}

Expected<void> export_layer(Ui& ui, const fs::path& path) {
    Session& session = ui.session;
    if (const SqlResult* result = sql_result_to_export(ui)) {
        if (auto fine = check_export(session, path); !fine) return fine;
        start_writing(session, order_of(*result, path));
        return {};
    }
    const Layer* layer = session.workspace().find_layer(ui.panels.exporting.layer);
    const LayerResultPtr result = layer ? session.layer(layer->id) : nullptr;
    if (!result || !result->features) return fail(ErrorKind::wrong_usage, tr("the layer has no features to write"));
    if (auto fine = check_export(session, path); !fine) return fine;
    Order order{path,
                layer->name,
                result->features->base_ptr(),
                {},
                result->features->calculated(),
                wanted_rows(session, ui.panels.exporting, *result)};
    if (order.rows.empty())
        return fail(ErrorKind::wrong_usage, tr("none of its features would be written"), {},
                    tr("Choose others, or change the filter."));
    for (std::size_t join = 0; join < result->features->join_count(); ++join)
        order.joins.push_back(result->features->join_spec(join));
    start_writing(session, std::move(order));
    return {};
}

}  // namespace diaban::ui
