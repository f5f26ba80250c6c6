#include "base/file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "base/parallel.h"
#include "base/progress.h"
#include "temporary_folder.h"

namespace diaban {
namespace {

TEST(WriteFile, replaces_the_whole_content_and_leaves_nothing_beside_it) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "a.txt";
    ASSERT_TRUE(write_file(path, "first, longer"));
    ASSERT_TRUE(write_file(path, "second"));
    EXPECT_EQ(read_file(path).value(), "second");
    EXPECT_EQ(folder.names(), std::vector<std::string>{"a.txt"});
}

TEST(WriteFile, keeps_the_old_file_when_writing_fails_halfway) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "a.txt";
    ASSERT_TRUE(write_file(path, "old"));
    const auto result = write_file_with(path, [](const std::filesystem::path& temporary) -> Expected<void> {
        std::ofstream(temporary) << "half";
        return fail(ErrorKind::failure, "the disk is full");
    });
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().what, "the disk is full");
    EXPECT_EQ(read_file(path).value(), "old");
    EXPECT_EQ(folder.names(), std::vector<std::string>{"a.txt"});
}

TEST(WriteFile, into_a_missing_folder_says_so) {
    const TemporaryFolder folder;
    const auto result = write_file(folder.path() / "none" / "a.txt", "x");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::bad_input);
    EXPECT_EQ(result.error().what, "there is no such folder to write into");
}

TEST(ReadFile, of_a_missing_file_or_a_folder_says_which) {
    const TemporaryFolder folder;
    EXPECT_EQ(read_file(folder.path() / "none.txt").error().what, "there is no such file");
    EXPECT_EQ(read_file(folder.path()).error().what, "this is a folder, not a file");
}

TEST(ReadFile, of_an_empty_file_is_empty) {
    const TemporaryFolder folder;
    ASSERT_TRUE(write_file(folder.path() / "empty", ""));
    EXPECT_EQ(read_file(folder.path() / "empty").value(), "");
}

TEST(ParallelFor, visits_every_index_once) {
    std::vector<int> visits(10'007);
    parallel_for(visits.size(), [&visits](std::size_t i) { ++visits[i]; });
    EXPECT_TRUE(std::all_of(visits.begin(), visits.end(), [](int n) { return n == 1; }));
    parallel_for(0, [](std::size_t) { FAIL() << "there is nothing to visit"; });
}

TEST(ParallelFor, hands_an_exception_to_the_caller) {
    EXPECT_THROW(parallel_for(100,
                              [](std::size_t i) {
                                  if (i == 42) throw std::runtime_error("42");
                              }),
                 std::runtime_error);
}

TEST(Progress, is_watched_and_cancelled_from_outside) {
    Progress progress;
    EXPECT_LT(progress.fraction(), 0);
    progress.set(0.5);
    progress.set_stage("Reading communes");
    EXPECT_DOUBLE_EQ(progress.fraction(), 0.5);
    EXPECT_EQ(progress.stage(), "Reading communes");
    EXPECT_FALSE(progress.cancelled());
    progress.cancel();
    EXPECT_TRUE(progress.cancelled());
    EXPECT_EQ(cancelled_error().kind, ErrorKind::cancelled);
}

}  // namespace
}  // namespace diaban
