// The file dialog, the palette, the question about unsaved changes, and messages.
#include <GLFW/glfw3.h>
#include <gmock/gmock.h>

#include "base/file.h"
#include "panels_support.h"
#include "ui/icons.h"
#include "ui/panels/file_list.h"
#include "ui/panels/palette_hits.h"

namespace diaban::ui {
namespace {

using Purpose = FileDialogState::Purpose;

std::vector<std::string> names(const std::vector<FileDialogState::Entry>& entries) {
    std::vector<std::string> result;
    for (const auto& entry : entries)
        result.push_back(entry.name);
    return result;
}

TEST(FileList, lists_folders_first_then_known_files_in_Vietnamese_order) {
    const TemporaryFolder folder;
    for (const char* name : {"đảo.csv", "Ba.geojson", "ao.GPKG", "notes.txt", ".hidden.csv"})
        (void)folder.write(name, "x");
    std::filesystem::create_directory(folder.path() / "zone");
    const auto entries = list_folder(folder.path(), "", Purpose::add, false);
    ASSERT_TRUE(entries);
    EXPECT_EQ(names(*entries), (std::vector<std::string>{"zone", "ao.GPKG", "Ba.geojson", "đảo.csv"}));
    EXPECT_EQ(names(*list_folder(folder.path(), "dao", Purpose::add, false)), std::vector<std::string>{"đảo.csv"});
    EXPECT_EQ(names(*list_folder(folder.path(), "notes", Purpose::add, true)), std::vector<std::string>{"notes.txt"});
}

TEST(FileList, is_empty_for_an_empty_folder_and_an_error_for_none) {
    const TemporaryFolder folder;
    EXPECT_TRUE(list_folder(folder.path(), "", Purpose::open, false)->empty());
    const auto missing = list_folder(folder.path() / "none", "", Purpose::open, false);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().what, "there is no such folder");
    EXPECT_EQ(missing.error().kind, ErrorKind::bad_input);
}

TEST(FileList, adds_the_extension_that_is_missing) {
    EXPECT_EQ(with_extension("a/b", Purpose::save_workspace), "a/b.toml");
    EXPECT_EQ(with_extension("b.TOML", Purpose::save_workspace), "b.TOML");
    EXPECT_EQ(with_extension("v1.2", Purpose::save_picture), "v1.2.png");
    EXPECT_EQ(with_extension("list", Purpose::save_text), "list.csv");
    EXPECT_EQ(with_extension("", Purpose::save_text), "");
    EXPECT_EQ(with_extension("..", Purpose::save_text), "");
}

TEST(FileList, tells_sizes_in_words) {
    EXPECT_EQ(file_size_text(0), "0 B");
    EXPECT_EQ(file_size_text(12'400), "12 kB");
    EXPECT_EQ(file_size_text(3'250'000), "3.2 MB");
}

struct Dialogs : testing::Test {
    TemporaryFolder folder;
    Harness h;
    void show(Purpose purpose) {
        h.ui.panels.dialog.folder = folder.path();
        h.ui.panels.dialog.purpose = purpose;
        h.frames(3);
    }
};

TEST_F(Dialogs, open_the_file_that_typing_leaves_by_Enter) {
    (void)folder.write("communes.geojson", four_communes());
    (void)folder.write("other.csv", "a,b\n1,2\n");
    show(Purpose::open);
    h.type("commu");
    h.frames(2);
    EXPECT_EQ(h.ui.panels.dialog.entries.size(), 1U);
    h.key(GLFW_KEY_ENTER);
    h.ui.session.jobs().finish();
    h.frames(2);
    EXPECT_EQ(h.ui.panels.dialog.purpose, Purpose::none);
    EXPECT_EQ(h.ui.session.workspace().layers.size(), 1U);
}

TEST_F(Dialogs, leave_by_Escape_and_give_the_panels_back) {
    show(Purpose::open);
    h.key(GLFW_KEY_ESCAPE);
    h.frames(2);
    EXPECT_EQ(h.ui.panels.dialog.purpose, Purpose::none);
    EXPECT_FALSE(ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup));
}

TEST_F(Dialogs, say_in_place_that_a_folder_cannot_be_read) {
    h.ui.panels.dialog.folder = folder.path() / "none";
    h.ui.panels.dialog.purpose = Purpose::open;
    h.frames(3);
    EXPECT_TRUE(shows("there is no such folder"));
}

TEST_F(Dialogs, save_a_list_with_its_extension_and_ask_before_replacing) {
    h.ui.panels.dialog.text = "a,b\n";
    h.ui.panels.dialog.file_name = "list";
    show(Purpose::save_text);
    h.key(GLFW_KEY_ENTER);
    EXPECT_EQ(read_file(folder.path() / "list.csv").value(), "a,b\n");
    EXPECT_EQ(h.ui.panels.dialog.purpose, Purpose::none);

    h.ui.panels.dialog.text = "new\n";
    show(Purpose::save_text);
    h.key(GLFW_KEY_ENTER);
    EXPECT_TRUE(h.ui.panels.dialog.ask_overwrite);
    h.frame();
    EXPECT_TRUE(shows("Replace it?"));
    EXPECT_EQ(read_file(folder.path() / "list.csv").value(), "a,b\n");
    h.key(GLFW_KEY_ENTER);
    EXPECT_EQ(read_file(folder.path() / "list.csv").value(), "new\n");
}

TEST_F(Dialogs, save_a_workspace) {
    h.open({folder.write("communes.geojson", four_communes())});
    h.ui.panels.dialog.file_name = "mine";
    show(Purpose::save_workspace);
    h.key(GLFW_KEY_ENTER);
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "mine.toml"));
    EXPECT_FALSE(h.ui.session.unsaved());
}

TEST_F(Dialogs, palette_finds_a_commune_without_diacritics_and_goes_there) {
    h.open({folder.write("communes.geojson", four_communes())});
    h.ui.panels.palette_open = true;
    h.frames(2);
    h.type("dam ha");
    h.frame();
    EXPECT_TRUE(shows("Xã Đầm Hà"));
    h.key(GLFW_KEY_ENTER);
    h.frames(2);
    EXPECT_FALSE(h.ui.panels.palette_open);
    EXPECT_EQ(h.ui.session.selection.features, std::set<uint32_t>{1});
}

TEST_F(Dialogs, palette_finds_commands_and_nothing_where_there_is_nothing) {
    const auto hits = palette_hits(h.ui, "open");
    ASSERT_FALSE(hits.empty());
    EXPECT_EQ(hits.front().kind, PaletteHit::Kind::command);
    EXPECT_TRUE(palette_hits(h.ui, "qqqq").empty());
    EXPECT_FALSE(palette_hits(h.ui, "").empty()) << "an empty text offers every command";
}

TEST(ShortcutsDialog, lists_every_command_with_a_key) {
    Harness h(1280, 900);
    h.ui.panels.shortcuts_open = true;
    h.frames(3);
    for (const Command& command : commands()) {
        if (command.key == 0 || command.menu.empty()) continue;
        EXPECT_TRUE(shows(key_text(command)));
    }
    h.key(GLFW_KEY_ESCAPE);
    h.frames(2);
    EXPECT_FALSE(h.ui.panels.shortcuts_open);
}

TEST_F(Dialogs, unsaved_changes_are_asked_about_before_leaving) {
    h.open({folder.write("communes.geojson", four_communes())});
    h.ui.session.rename_layer(h.ui.session.workspace().layers.front().id, "New");
    request_quit(h.ui);
    h.frames(3);
    ASSERT_TRUE(h.ui.panels.ask_unsaved);
    EXPECT_TRUE(shows("Save the changes to"));
    ASSERT_TRUE(click_on(h, "Cancel"));
    EXPECT_FALSE(h.ui.panels.ask_unsaved);
    EXPECT_FALSE(h.ui.wants_quit);
    request_quit(h.ui);
    h.frames(3);
    ASSERT_TRUE(click_on(h, "Don't save"));
    EXPECT_TRUE(h.ui.wants_quit);
}

TEST_F(Dialogs, messages_of_trouble_stay_until_closed) {
    h.ui.session.messages().clear();
    h.ui.session.say(Severity::error, "broken.gpkg could not be read");
    h.frames(3);
    EXPECT_TRUE(shows("broken.gpkg could not be read"));
    ASSERT_TRUE(click_on(h, icon::close));
    EXPECT_TRUE(h.ui.session.messages().empty());
}

TEST_F(Dialogs, fit_into_a_small_window) {
    for (const Purpose purpose : {Purpose::open, Purpose::save_picture}) {
        show(purpose);
        EXPECT_THAT(h.windows_outside(), testing::IsEmpty());
    }
}

}  // namespace
}  // namespace diaban::ui
