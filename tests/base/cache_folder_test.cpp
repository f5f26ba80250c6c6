#include "base/cache_folder.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <string>

#include "base/bytes.h"
#include "base/content_hash.h"
#include "temporary_folder.h"

namespace diaban {
namespace {

namespace fs = std::filesystem;

std::span<const std::byte> bytes(std::string_view text) {
    return std::as_bytes(std::span(text));
}

std::string text(const CacheEntryPtr& entry) {
    return {reinterpret_cast<const char*>(entry->bytes().data()), entry->bytes().size()};
}

void keep(const CacheFolder& cache, std::string_view name, std::string_view content) {
    const std::array<std::span<const std::byte>, 1> parts{bytes(content)};
    cache.keep(name, parts);
}

/// The only file of a folder.
fs::path only_file(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& file : fs::directory_iterator(folder))
        files.push_back(file.path());
    EXPECT_EQ(files.size(), 1U);
    return files.at(0);
}

TEST(CacheFolder, finds_what_was_kept_and_nothing_else) {
    const TemporaryFolder folder;
    const CacheFolder cache(folder.path() / "made" / "when needed");
    EXPECT_EQ(cache.find("a"), nullptr);
    EXPECT_FALSE(fs::exists(cache.folder()));
    const std::array<std::span<const std::byte>, 3> parts{bytes("one "), bytes(""), bytes("two")};
    cache.keep("a", parts);
    ASSERT_NE(cache.find("a"), nullptr);
    EXPECT_EQ(text(cache.find("a")), "one two");
    EXPECT_EQ(reinterpret_cast<uintptr_t>(cache.find("a")->bytes().data()) % 64, 0U);
    EXPECT_TRUE(cache.has("a"));
    EXPECT_EQ(cache.find("b"), nullptr);
    keep(cache, "a", "three");
    EXPECT_EQ(text(cache.find("a")), "three");
    cache.forget("a");
    EXPECT_EQ(cache.find("a"), nullptr);
}

TEST(CacheFolder, believes_no_entry_of_which_a_single_byte_was_changed) {
    const std::string content = "what took long to make";
    const std::size_t size = 64 + content.size();
    for (std::size_t at = 0; at < size; ++at) {
        const TemporaryFolder folder;
        const CacheFolder cache(folder.path());
        keep(cache, "a", content);
        const fs::path path = only_file(folder.path());
        ASSERT_EQ(fs::file_size(path), size);
        {
            std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
            file.seekg(static_cast<std::streamoff>(at));
            const int before = file.get();
            file.seekp(static_cast<std::streamoff>(at));
            file.put(static_cast<char>(before ^ 0x10));
        }
        EXPECT_EQ(cache.find("a"), nullptr) << at;
        EXPECT_FALSE(fs::exists(path)) << at;  // and it is gone
    }
}

TEST(CacheFolder, believes_no_entry_that_was_cut_grown_or_renamed) {
    for (const int size : {0, 1, 63, 64, 70, 200}) {
        const TemporaryFolder folder;
        const CacheFolder cache(folder.path());
        keep(cache, "a", "content of some length");
        fs::resize_file(only_file(folder.path()), static_cast<uintmax_t>(size));
        EXPECT_EQ(cache.find("a"), nullptr) << size;
    }
    const TemporaryFolder folder;
    const CacheFolder cache(folder.path());
    keep(cache, "a", "content");
    const fs::path path = only_file(folder.path());
    std::string other = path.filename().string();
    other[0] = 'b';
    fs::rename(path, folder.path() / other);
    EXPECT_EQ(cache.find("b"), nullptr);
}

TEST(CacheFolder, keeps_within_its_size_and_lets_the_oldest_go) {
    const TemporaryFolder folder;
    const CacheFolder cache(folder.path(), 3000);
    const std::string kilobyte(900, 'x');
    for (const char* name : {"a", "b", "c"}) {
        keep(cache, name, kilobyte);
        const auto entry = cache.find(name);
        ASSERT_NE(entry, nullptr) << name;
    }
    // a was used last, though made first.
    const auto old = fs::file_time_type::clock::now() - std::chrono::hours(1);
    for (const auto& file : fs::directory_iterator(folder.path()))
        if (file.path().filename().string()[0] != 'a') fs::last_write_time(file.path(), old);
    keep(cache, "d", kilobyte);
    EXPECT_NE(cache.find("a"), nullptr);
    EXPECT_NE(cache.find("d"), nullptr);
    EXPECT_TRUE(cache.find("b") == nullptr || cache.find("c") == nullptr);
    keep(cache, "too large", std::string(2000, 'x'));
    EXPECT_EQ(cache.find("too large"), nullptr);
}

TEST(CacheFolder, does_without_where_nothing_can_be_written) {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "a file") << "no folder";
    const CacheFolder cache(folder.path() / "a file" / "below");
    keep(cache, "a", "content");
    EXPECT_EQ(cache.find("a"), nullptr);
}

TEST(CacheFolder, lies_where_the_environment_says) {
    const char* before = std::getenv("DIABAN_CACHE_DIR");
    const std::string kept = before != nullptr ? before : "";
    setenv("DIABAN_CACHE_DIR", "", 1);
    EXPECT_EQ(CacheFolder::of_user(), nullptr);
    setenv("DIABAN_CACHE_DIR", "/somewhere/else", 1);
    EXPECT_EQ(CacheFolder::of_user()->folder(), "/somewhere/else");
    if (before != nullptr)
        setenv("DIABAN_CACHE_DIR", kept.c_str(), 1);
    else
        unsetenv("DIABAN_CACHE_DIR");
}

TEST(ContentHash, tells_contents_apart_and_files_by_their_content_alone) {
    const TemporaryFolder folder;
    std::string large(3'000'000, 'a');
    std::ofstream(folder.path() / "one", std::ios::binary) << large;
    std::ofstream(folder.path() / "two", std::ios::binary) << large;
    EXPECT_EQ(hash_of_file(folder.path() / "one"), hash_of_file(folder.path() / "two"));
    EXPECT_EQ(hash_of_file(folder.path() / "one"), hash_of(std::string_view(large)));
    large[2'500'000] = 'b';
    std::ofstream(folder.path() / "two", std::ios::binary) << large;
    EXPECT_NE(hash_of_file(folder.path() / "one"), hash_of_file(folder.path() / "two"));
    EXPECT_NE(hash_of(std::string_view("")), hash_of(std::string_view("\0", 1)));
    EXPECT_FALSE(hash_of_file(folder.path() / "none"));
    EXPECT_FALSE(hash_of_file(folder.path()));
    EXPECT_EQ(hash_of(std::string_view("a")).text().size(), 32U);
}

TEST(Bytes, come_back_as_they_were_and_never_past_their_end) {
    ByteWriter out;
    const std::vector<double> numbers{1.5, -2};
    const std::vector<uint8_t> marks{1, 2, 3};
    out.put(int32_t{7});
    out.put_text("Móng Cái");
    out.put_array_in_place(std::span<const double>(numbers));
    out.put_array_in_place(std::span<const uint8_t>(marks));
    out.put(2.25);
    std::vector<std::byte> all;
    for (const auto part : out.parts())
        all.insert(all.end(), part.begin(), part.end());
    EXPECT_EQ(all.size() % 8, 0U);
    ByteReader in(all);
    EXPECT_EQ(in.get<int32_t>(), 7);
    EXPECT_EQ(in.get_text(), "Móng Cái");
    EXPECT_EQ(in.get_vector<double>(), numbers);
    EXPECT_EQ(in.get_vector<uint8_t>(), marks);
    EXPECT_EQ(in.get<double>(), 2.25);
    EXPECT_TRUE(in.ok());
    EXPECT_EQ(in.get<double>(), 0);
    EXPECT_FALSE(in.ok());
    for (std::size_t size = 0; size < all.size(); ++size) {
        ByteReader cut(std::span<const std::byte>(all).first(size));
        (void)cut.get<int32_t>();
        (void)cut.get_text();
        (void)cut.get_vector<double>();
        (void)cut.get_vector<uint8_t>();
        (void)cut.get<double>();
        EXPECT_FALSE(cut.ok()) << size;
    }
}

}  // namespace
}  // namespace diaban
