// "Add from database": where it is, what is in it, and what of that is wanted; and the question for another password.
#include <GLFW/glfw3.h>
#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "ui/database/database_dialog.h"
#include "ui/dialog_keys.h"
#include "ui/icons.h"
#include "ui/panels/panels.h"
#include "ui/panels/parts.h"
#include "ui/widgets.h"
#include "workspace/open.h"

namespace diaban::ui {

namespace {

bool under_way(const std::shared_ptr<DatabaseErrand>& errand) {
    return errand && !errand->done;
}

/// The listing counts only for the connection that is typed now.
bool listed(const DatabaseState& state) {
    return state.listing && state.listing->done && !state.listing->error &&
           state.listing->connection.text == connection_of(state.form).text;
}

template <class Work>
Error guarded_error(Work&& work) {
    try {
        return work();
    } catch (const std::exception& exception) {
        return {ErrorKind::failure, std::string(tr("Reading stopped")) + ": " + exception.what(), {}, {}};
    }
}

// ── the form ──

void connection_fields(Ui& ui) {
    DatabaseForm& form = ui.panels.database.form;
    int way = form.as_text ? 1 : 0;
    const std::vector<std::string> ways{tr("Server"), tr("Service or connection")};
    if (segmented("way", ways, way)) form.as_text = way == 1;
    gap(6);
    if (form.as_text) {
        text_in(fonts().small, palette().muted, tr("Service or connection"));
        ImGui::SetNextItemWidth(-FLT_MIN);
        ImGui::InputTextWithHint("##connection", "service=province", &form.connection);
        tooltip(tr("service=province, PG:host=… dbname=…, or postgresql://…"));
    } else {
        const float whole = ImGui::GetContentRegionAvail().x;
        text_in(fonts().small, palette().muted, tr("Host"));
        ImGui::SameLine(whole - px(72), 0);
        text_in(fonts().small, palette().muted, tr("Port"));
        ImGui::SetNextItemWidth(whole - px(80));
        ImGui::InputText("##host", &form.host);
        ImGui::SameLine(0, px(8));
        ImGui::SetNextItemWidth(-FLT_MIN);
        ImGui::InputText("##port", &form.port, ImGuiInputTextFlags_CharsDecimal);
        text_in(fonts().small, palette().muted, tr("Database"));
        ImGui::SetNextItemWidth(-FLT_MIN);
        ImGui::InputText("##database", &form.database);
        text_in(fonts().small, palette().muted, tr("User"));
        ImGui::SetNextItemWidth(-FLT_MIN);
        ImGui::InputText("##user", &form.user);
    }
    text_in(fonts().small, palette().muted, tr("Password"));
    ImGui::SetNextItemWidth(-FLT_MIN);
    ImGui::InputText("##password", &form.password, ImGuiInputTextFlags_Password);
    gap(2);
    ImGui::PushFont(fonts().small);
    text_muted(tr("Kept in memory until Diaban is closed, never in the workspace. Empty: as ~/.pgpass says."));
    ImGui::PopFont();
}

void list_button(Ui& ui) {
    DatabaseState& state = ui.panels.database;
    gap(8);
    const bool busy = under_way(state.listing);
    ImGui::BeginDisabled(busy || connection_of(state.form).text.empty());
    const char* words = busy ? tr("Connecting …") : tr("List tables");
    const bool clicked = listed(state) ? button(words, true, -FLT_MIN) : primary_button(words, -FLT_MIN);
    ImGui::EndDisabled();
    if (clicked) list_database(ui);
}

// ── what is in it ──

std::string facts_of(const PgTable& table) {
    std::string facts = table.geometry_column.empty() ? std::string(tr("table")) : table.kind;
    if (table.srid != 0) facts += "  ·  EPSG:" + std::to_string(table.srid);
    if (table.estimated_rows >= 0)
        facts += "  ·  " + fmt::format(fmt::runtime(tr("about {} rows")), format_integer(table.estimated_rows));
    return facts;
}

void table_row(DatabaseState& state, const PgTable& table, const std::vector<PgTable>& all) {
    const std::string name = layer_name(table, all);
    ImGui::PushID(name.c_str());
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    bool on = state.picked.contains(name);
    if (row_selectable("##table", on, ImGuiSelectableFlags_AllowItemOverlap, {0, px(26)})) on = !on;
    const ImVec2 after = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({at.x + px(4), at.y + (px(26) - ImGui::GetFontSize() - px(6)) / 2});
    checkbox("##pick", on);
    if (on) {
        state.picked.insert(name);
    } else {
        state.picked.erase(name);
    }
    const float y = at.y + (px(26) - fonts().regular->FontSize) / 2;
    draw_text({at.x + px(32), y}, palette().muted, table.geometry_column.empty() ? icon::table : icon::vector_polygon);
    const std::string facts = facts_of(table);
    const float facts_x = at.x + width - text_width(facts, fonts().small) - px(6);
    draw_text({at.x + px(56), y}, palette().text, cut_to(name, facts_x - at.x - px(68)));
    draw_text({facts_x, y + px(1)}, palette().muted, facts, fonts().small);
    ImGui::SetCursorScreenPos(after);
    ImGui::PopID();
}

void tables_list(DatabaseState& state, float height) {
    if (!ImGui::BeginChild("tables", {0, height}, true)) return ImGui::EndChild();
    if (under_way(state.listing)) {
        empty_state(icon::refresh, tr("Connecting …"), connection_of(state.form).text);
    } else if (state.listing && state.listing->error) {
        empty_state(icon::alert_circle, tr("The database could not be read"), "");
        ImGui::PushTextWrapPos(0);
        text(to_text(*state.listing->error));
        ImGui::PopTextWrapPos();
    } else if (!listed(state)) {
        empty_state(icon::table_large, tr("No tables listed yet"), tr("Say where the database is, then list them."));
    } else if (state.listing->tables.empty()) {
        empty_state(icon::table_large, tr("No table that may be read"), tr("Ask for the right to read one."));
    } else {
        for (const PgTable& table : state.listing->tables)
            if (contains_folded(table.schema + "." + table.name, state.search))
                table_row(state, table, state.listing->tables);
    }
    ImGui::EndChild();
}

void wishes(Ui& ui) {
    DatabaseState& state = ui.panels.database;
    ImGui::AlignTextToFramePadding();
    text_in(fonts().regular, palette().muted, tr("Only where"));
    ImGui::SameLine(px(84), 0);
    ImGui::SetNextItemWidth(-FLT_MIN);
    ImGui::InputTextWithHint("##where", tr("an SQL condition: population > 1000 and province = 'Quảng Ninh'"),
                             &state.where);
    tooltip(tr("The database answers it, for each of the tables that are ticked."));
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + px(84));
    const bool placed = view_in_degrees(ui).has_value();
    ImGui::BeginDisabled(!placed);
    checkbox(tr("Only what is in view on the map now"), state.only_view);
    ImGui::EndDisabled();
    tooltip(placed ? tr("The database sends only what meets this part of the map.") : tr("Nothing is on the map yet."));
    state.only_view = state.only_view && placed;
}

void tables_half(Ui& ui) {
    DatabaseState& state = ui.panels.database;
    search_field("search", tr("Find a table"), state.search);
    const float below = 2 * ImGui::GetFrameHeightWithSpacing() + px(8);
    tables_list(state, -below);
    gap(4);
    wishes(ui);
}

// ── the foot ──

void foot(Ui& ui, bool& cancel, bool& go) {
    DatabaseState& state = ui.panels.database;
    const bool busy = under_way(state.adding);
    const std::size_t count = listed(state) ? state.picked.size() : 0;
    const float buttons = px(96 + 8 + 168);
    const float room = ImGui::GetContentRegionAvail().x - buttons - px(16);
    ImGui::AlignTextToFramePadding();
    const bool failed = state.adding && state.adding->done && state.adding->error;
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(failed && !busy ? palette().error : palette().muted));
    std::string said =
        busy         ? std::string(tr("Reading …"))
        : failed     ? to_text(*state.adding->error)
        : count == 0 ? std::string(tr("Tick the tables to add."))
                     : fmt::format(fmt::runtime(tr_n("Adds {} table.", "Adds {} tables.", static_cast<long>(count))),
                                   format_integer(static_cast<int64_t>(count)));
    text_cut(said, room);
    ImGui::PopStyleColor();
    ImGui::SameLine(ImGui::GetContentRegionMax().x - buttons, 0);
    cancel = button(tr("Cancel"), true, px(96));
    ImGui::SameLine(0, px(8));
    ImGui::BeginDisabled(count == 0 || busy);
    go = primary_button(tr("Add"), px(168));
    ImGui::EndDisabled();
}

void close(DatabaseState& state) {
    for (const auto& errand : {state.listing, state.adding})
        if (under_way(errand)) errand->progress->cancel();
    DatabaseForm form = std::move(state.form);
    form.password.clear();
    form.connection = split_password(form.connection).text;
    state = {};
    state.form = std::move(form);
    ImGui::CloseCurrentPopup();
}

}  // namespace

std::optional<Box> view_in_degrees(Ui& ui) {
    if (!ui.map.placed() || !ui.session.to_degrees()) return std::nullopt;
    const Box box = ui.session.to_degrees()->apply(ui.map.frame().extent());
    return box.empty() ? std::nullopt : std::optional(box);
}

void list_database(Ui& ui) {
    DatabaseState& state = ui.panels.database;
    Session& session = ui.session;
    Connection connection = connection_of(state.form);
    if (connection.text.empty() || under_way(state.listing)) return;
    if (connection.password.empty()) connection.password = session.password_of(connection.text);
    auto errand = std::make_shared<DatabaseErrand>();
    errand->connection = connection;
    state.listing = errand;
    state.picked.clear();
    errand->progress = session.jobs().start(
        tr("Listing tables"), [&session, errand, connection](Progress& progress) -> Jobs::Delivery {
            auto tables = std::make_shared<std::vector<PgTable>>();
            auto error = std::make_shared<Error>(guarded_error([&]() -> Error {
                auto found = list_tables(connection.text, connection.password, progress);
                if (!found) return found.error();
                *tables = *std::move(found);
                return {ErrorKind::failure, {}, {}, {}};
            }));
            return [&session, errand, tables, error] {
                errand->done = true;
                if (!error->what.empty()) {
                    errand->error = *error;
                } else {
                    errand->tables = *tables;
                    session.set_password(errand->connection.text, errand->connection.password);
                }
                session.touch();
            };
        });
    session.touch();
}

void add_from_database(Ui& ui) {
    DatabaseState& state = ui.panels.database;
    Session& session = ui.session;
    if (!listed(state) || state.picked.empty() || under_way(state.adding)) return;
    std::vector<Source> wanted;
    for (const std::string& table : state.picked) {
        Source source;
        source.path = state.listing->connection.text;
        source.layer = table;
        source.import.where = trim(state.where);
        if (state.only_view) source.import.extent = view_in_degrees(ui).value_or(Box());
        wanted.push_back(std::move(source));
    }
    auto errand = std::make_shared<DatabaseErrand>();
    errand->connection = state.listing->connection;
    state.adding = errand;
    errand->progress = session.jobs().start(
        tr("Reading from the database"), [&session, errand, wanted](Progress& progress) -> Jobs::Delivery {
            auto read = std::make_shared<std::vector<std::pair<Source, DatasetPtr>>>();
            auto error = std::make_shared<Error>(guarded_error([&]() -> Error {
                for (const Source& source : wanted) {
                    auto dataset = read_source(source, progress, errand->connection.password);
                    if (!dataset) return dataset.error();
                    read->emplace_back(source, *dataset);
                }
                return {ErrorKind::failure, {}, {}, {}};
            }));
            return [&session, errand, read, error] {
                errand->done = true;
                if (!error->what.empty()) {
                    errand->error = *error;  // the dialog stays as it is
                } else if (!errand->progress->cancelled()) {
                    errand->added = read->size();
                    session.add_sources(*read);
                }
                session.touch();
            };
        });
    session.touch();
}

void database_dialog(Ui& ui) {
    DatabaseState& state = ui.panels.database;
    if (!state.open) return;
    const std::string title = std::string(tr("Add from database")) + "###database";
    if (!begin_modal(title.c_str(), 920, 560)) return;
    // Stopped by the button beside the progress bar: a job that is thrown away never comes home.
    for (auto* errand : {&state.listing, &state.adding})
        if (under_way(*errand) && (*errand)->progress->cancelled()) errand->reset();
    const float below = dialog_foot_height();
    if (ImGui::BeginChild("where", {px(264), -below})) {
        connection_fields(ui);
        list_button(ui);
    }
    ImGui::EndChild();
    ImGui::SameLine(0, px(20));
    if (ImGui::BeginChild("what", {0, -below})) tables_half(ui);
    ImGui::EndChild();
    dialog_line();
    bool cancel = false;
    bool go = false;
    foot(ui, cancel, go);
    if (escaped_dialog(ui)) cancel = true;
    if (key_pressed(ui, GLFW_KEY_ENTER)) {
        if (listed(state)) {
            go = true;
        } else {
            list_database(ui);
        }
    }
    if (go) add_from_database(ui);
    if (cancel || (state.adding && state.adding->added > 0)) close(state);
    ImGui::EndPopup();
}

void password_dialog(Ui& ui) {
    if (!ui.session.password_wanted || ui.panels.database.open) return;
    if (!begin_modal((std::string(tr("Password")) + "###password").c_str(), 480, 0)) return;
    const PasswordWanted wanted = *ui.session.password_wanted;
    std::string& typed = ui.panels.database.password_again;
    text_in(fonts().medium, palette().text, wanted.connection);
    gap(4);
    notice(palette().warning, icon::lock_outline, wanted.why);
    gap(6);
    if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
    ImGui::SetNextItemWidth(-FLT_MIN);
    ImGui::InputText("##password", &typed, ImGuiInputTextFlags_Password);
    ImGui::PushFont(fonts().small);
    text_muted(tr("Kept in memory until Diaban is closed, never in the workspace."));
    ImGui::PopFont();
    gap(10);
    ImGui::SetCursorPosX(ImGui::GetContentRegionMax().x - px(96 + 8 + 120));
    const bool cancel = button(tr("Cancel"), true, px(96)) || key_pressed(ui, GLFW_KEY_ESCAPE);
    ImGui::SameLine(0, px(8));
    const bool go = primary_button(tr("Try again"), px(120)) || key_pressed(ui, GLFW_KEY_ENTER);
    if (cancel || go) {
        ui.session.password_wanted.reset();
        if (go) {
            ui.session.set_password(wanted.connection, typed);
            ui.session.reload(wanted.sources);
        }
        typed.clear();
        ImGui::CloseCurrentPopup();
    }
    ImGui::EndPopup();
}

}  // namespace diaban::ui
