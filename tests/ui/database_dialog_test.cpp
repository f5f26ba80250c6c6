// The database dialog and reloading: without a server there is a clear message, and no password leaves the memory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "panels_support.h"
#include "ui/database/database_dialog.h"
#include "workspace/file.h"

namespace diaban::ui {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Connections, give_up_the_password_that_was_typed_into_them) {
    EXPECT_EQ(split_password("PG:host=db dbname=p password='ge heim'"), (Connection{"PG:host=db dbname=p", "ge heim"}));
    EXPECT_EQ(split_password("postgresql://me:s%40fe@db/p"), (Connection{"postgresql://me@db/p", "s@fe"}));
    EXPECT_EQ(split_password("host=db dbname=p"), (Connection{"PG:host=db dbname=p", ""}));
    EXPECT_EQ(split_password(" service=province "), (Connection{"service=province", ""}));
}

TEST(Connections, are_made_from_the_fields_and_need_a_database) {
    DatabaseForm form;
    EXPECT_TRUE(connection_of(form).text.empty());
    form.database = "two words";
    form.user = "me";
    form.password = "x";
    EXPECT_EQ(connection_of(form), (Connection{"PG:host=localhost port=5432 dbname='two words' user=me", "x"}));
}

struct DatabaseDialog : testing::Test {
    TemporaryFolder folder;
    Harness h{1440, 900};
    DatabaseState& state = h.ui.panels.database;
    void SetUp() override {
        h.open({folder.write("communes.geojson", four_communes())});
        ASSERT_TRUE(run_command(h.ui, "workspace.add_from_database"));
        // Nothing listens at port 1.
        state.form = {.host = "127.0.0.1", .port = "1", .database = "province", .user = "me", .password = "geheim7"};
        h.frames(3);
    }
};

TEST_F(DatabaseDialog, says_clearly_that_no_server_answers_and_stays_open) {
    ASSERT_TRUE(click_on(h, "List tables"));
    h.ui.session.jobs().finish();
    h.frames(3);
    EXPECT_TRUE(state.open);
    EXPECT_THAT(h.texts(), HasSubstr("no database server answers"));
    EXPECT_THAT(h.texts(), Not(HasSubstr("geheim7")));
    EXPECT_EQ(h.ui.session.workspace().layers.size(), 1U);
}

TEST_F(DatabaseDialog, forgets_the_password_when_it_is_closed) {
    ASSERT_TRUE(click_on(h, "Cancel"));
    h.frames(2);
    EXPECT_FALSE(state.open);
    EXPECT_EQ(state.form.database, "province");
    EXPECT_TRUE(state.form.password.empty());
}

TEST_F(DatabaseDialog, keeps_the_password_out_of_the_saved_workspace) {
    // As after a good reading: the session knows the password, the workspace the connection.
    const DatasetPtr data = h.ui.session.datasets().begin()->second;
    const Connection connection = split_password("PG:host=127.0.0.1 port=1 dbname=province password=geheim7");
    h.ui.session.set_password(connection.text, connection.password);
    Source source;
    source.path = connection.text;
    source.layer = "public.communes";
    source.import.where = "population > 10";
    h.ui.session.add_sources({{source, data}});
    ASSERT_TRUE(h.ui.session.save(folder.path() / "map.toml"));
    const std::string text = read_file(folder.path() / "map.toml").value();
    EXPECT_THAT(text, HasSubstr("PG:host=127.0.0.1"));
    EXPECT_THAT(text, HasSubstr("population > 10"));
    EXPECT_THAT(text, Not(HasSubstr("geheim7")));
    EXPECT_EQ(h.ui.session.password_of("PG:host=127.0.0.1 port=1 dbname=province"), "geheim7");
}

TEST_F(DatabaseDialog, a_lost_connection_keeps_the_layer_and_offers_to_try_again) {
    const DatasetPtr data = h.ui.session.datasets().begin()->second;
    Source source;
    source.path = "PG:host=127.0.0.1 port=1 dbname=province";
    source.layer = "public.communes";
    h.ui.session.add_sources({{source, data}});
    const std::string id = h.ui.session.workspace().sources.back().id;
    h.ui.session.reload({id});
    h.ui.session.jobs().finish();
    h.frames(2);
    EXPECT_EQ(h.ui.session.datasets().at(id), data);
    ASSERT_FALSE(h.ui.session.messages().empty());
    EXPECT_THAT(h.ui.session.messages().back().text, HasSubstr("no database server answers"));
    EXPECT_EQ(h.ui.session.messages().back().action, "Try again");
}

TEST(Reload, reads_a_changed_file_again_and_keeps_the_data_of_one_that_is_gone) {
    const TemporaryFolder folder;
    Harness h(1440, 900);
    const auto path = folder.write("communes.geojson", four_communes());
    h.open({path});
    const std::string id = h.ui.session.workspace().sources.front().id;
    std::string changed = four_communes();
    changed.replace(changed.find("9000"), 4, "9999");
    (void)folder.write("communes.geojson", changed);
    ASSERT_TRUE(run_command(h.ui, "workspace.reload_layer"));
    h.ui.session.jobs().finish();
    EXPECT_EQ(h.ui.session.datasets().at(id)->table.find("population")->integer(0), 9999);
    const DatasetPtr before = h.ui.session.datasets().at(id);
    std::filesystem::remove(path);
    ASSERT_TRUE(run_command(h.ui, "workspace.reload"));
    h.ui.session.jobs().finish();
    h.frames(3);
    EXPECT_EQ(h.ui.session.datasets().at(id), before);
    EXPECT_TRUE(shows("Try again"));
    // The file is back: the button reads it.
    (void)folder.write("communes.geojson", four_communes());
    ASSERT_TRUE(click_on(h, "Try again"));
    h.ui.session.jobs().finish();
    EXPECT_EQ(h.ui.session.datasets().at(id)->table.find("population")->integer(0), 9000);
}

}  // namespace
}  // namespace diaban::ui
