// Layers that show the answer of a saved query follow whatever it is made from.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ui/sample.h"
#include "ui/session.h"

namespace diaban::ui {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// Four communes, a post in the south-western one, and a layer of the communes that have one.
struct SessionQueries : testing::Test {
    Sample sample;
    Session session;

    SessionQueries() {
        sample.write("w.toml", R"(version = 1
[[sources]]
id = "communes"
path = "communes.geojson"
[[sources]]
id = "posts"
path = "posts.geojson"
[[layers]]
id = "communes"
source = "communes"
[[layers]]
id = "posts"
source = "posts"
[[layers]]
id = "shown"
source = "guarded"
[[queries]]
id = "guarded"
name = "With a post"
kind = "find"
layer = "communes"
where = "contains posts"
)");
        session.open({sample.path("w.toml")});
        settle();
    }
    void settle() {
        do
            session.jobs().finish();
        while (session.poll());
    }
    void ask(const std::string& where) {
        session.edit("Change the question", [&](Workspace& w) {
            w.queries[0].ask = FeatureQuery{"communes", where, {}};
        });
    }
    [[nodiscard]] std::size_t shown() const {
        const auto found = session.datasets().find("guarded");
        return found == session.datasets().end() ? 0 : found->second->size();
    }
};

TEST_F(SessionQueries, show_the_answer_that_opening_has_made_without_asking_again) {
    EXPECT_EQ(shown(), 1U);
    EXPECT_THAT(session.messages(), IsEmpty());
    EXPECT_FALSE(session.jobs().busy());
}

TEST_F(SessionQueries, ask_again_when_the_question_changes_and_show_the_last_answer_meanwhile) {
    ask("beyond 1 km of posts");
    EXPECT_EQ(shown(), 1U) << "until the new one is there";
    settle();
    EXPECT_EQ(shown(), 3U);
    session.undo();
    EXPECT_EQ(shown(), 1U) << "at once: it was made before";
    EXPECT_FALSE(session.jobs().busy());
}

TEST_F(SessionQueries, ask_again_when_the_filter_of_a_layer_changes_that_it_looks_at) {
    session.edit("Filter", [](Workspace& w) { w.find_layer("posts")->filter = "name = 'none'"; });
    settle();
    EXPECT_EQ(shown(), 0U);
    EXPECT_TRUE(session.datasets().contains("guarded")) << "an answer, though empty";
    session.edit("Opacity", [](Workspace& w) { w.find_layer("posts")->opacity = 0.5; });
    EXPECT_FALSE(session.jobs().busy()) << "how a layer is drawn is no matter";
}

TEST_F(SessionQueries, ask_again_when_the_files_were_read_again) {
    sample.write("posts.geojson", R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"name":"A"},"geometry":{"type":"Point","coordinates":[107.05,21.05]}},
        {"type":"Feature","properties":{"name":"B"},"geometry":{"type":"Point","coordinates":[107.15,21.15]}}]})");
    session.reload({});
    settle();
    EXPECT_EQ(shown(), 2U);
}

TEST_F(SessionQueries, that_fail_say_so_and_keep_the_last_good_answer) {
    ask("contains psots");
    settle();
    EXPECT_EQ(shown(), 1U);
    ASSERT_THAT(session.messages(), SizeIs(1));
    EXPECT_THAT(session.messages()[0].text, AllOf(HasSubstr("With a post: "), HasSubstr("“psots”")));
    const auto told = [&] {
        return std::ranges::count(session.diagnostics(), DiagnosticKind::layer_failed, &Diagnostic::kind);
    };
    EXPECT_EQ(told(), 1);
    ask("contains posts");
    settle();
    EXPECT_EQ(told(), 0) << "what is mended is no longer listed";
    EXPECT_THAT(session.messages(), SizeIs(1));
}

TEST_F(SessionQueries, in_a_circle_are_told_and_end) {
    session.edit("Circle", [](Workspace& w) { w.queries[0].ask = FeatureQuery{"shown", "", {}}; });
    settle();
    EXPECT_EQ(shown(), 0U);
    std::string told;
    for (const Diagnostic& d : session.diagnostics())
        told += d.detail;
    EXPECT_THAT(told, HasSubstr("needs its own answer: With a post → With a post"));
}

TEST_F(SessionQueries, that_rest_on_each_other_are_asked_one_after_the_other) {
    session.edit("Add", [](Workspace& w) {
        w.queries.push_back({"beside", "Beside", FeatureQuery{"communes", "not (within shown)", {}}, {}});
        Layer layer;
        layer.id = layer.name = "of_beside";
        layer.source = "beside";
        w.layers.push_back(layer);
    });
    settle();
    ASSERT_TRUE(session.datasets().contains("beside"));
    EXPECT_EQ(session.datasets().at("beside")->size(), 3U);
    ask("not (contains posts)");
    settle();
    EXPECT_EQ(session.datasets().at("beside")->size(), 1U);
}

}  // namespace
}  // namespace diaban::ui
