#include "bench/child.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data/read.h"
#include "render/image.h"
#include "scene/detail_maker.h"
#include "scene/typeset.h"

extern char** environ;

namespace diaban::bench {
namespace {

constexpr const char* child_mark = "--child-that-draws";
constexpr int child_end = 3;  ///< of the pipe, in the child

/// What the child says last.
struct Told {
    double picture_cpu_ms = 0;
    double resident = 0;
    double most_resident = 0;
};

double cpu_milliseconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_usec) / 1e3;
    };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

/// "VmRSS:" and the like, in bytes.
double memory(const std::string& entry) {
    std::ifstream status("/proc/self/status");
    std::string word;
    double kilobytes = 0;
    while (status >> word)
        if (word == entry) status >> kilobytes;
    return kilobytes * 1024;
}

bool say(int pipe, const void* bytes, std::size_t size) {
    return ::write(pipe, bytes, size) == static_cast<ssize_t>(size);
}

/// The checks left for later, and the levels of detail for the view at hand.
void do_the_rest(Opened& opened, const MapRequest& request, DeriveCache& cache) {
    for (auto& [id, dataset] : opened.datasets)
        if (dataset->unchecked) dataset = check_now(dataset, true);
    DetailMaker maker([] {});
    MapRequest resting = request;
    resting.maker = &maker;
    Scene scene = derive(opened.workspace, opened.datasets, resting, cache);
    while (scene.unfinished) {
        maker.finish();
        scene = derive(opened.workspace, opened.datasets, resting, cache);
    }
}

int draw(const std::filesystem::path& file, Content content, bool rest, int pipe) {
    // As `diaban render` does it, but for the file that it writes.
    const std::jthread type([] { warm_up_text(); });
    const CacheFolderPtr cache_folder = CacheFolder::of_user();
    Progress progress;
    auto opened = open_files({file}, progress, {cache_folder, corners_checked_at_once});
    if (!opened) {
        std::cerr << to_text(opened.error()) << '\n';
        return 1;
    }
    style_as_peers(file, *opened);
    DeriveCache cache;
    cache.keep_in(cache_folder);
    const MapRequest request = request_for(content);
    {
        const Scene scene = derive(opened->workspace, opened->datasets, request, cache);
        const auto image = draw_image(scene);
        if (!image || image->width != width) return 1;
        if (!say(pipe, "!", 1)) return 1;
    }
    Told told{.picture_cpu_ms = cpu_milliseconds()};
    if (rest) do_the_rest(*opened, request, cache);
    told.resident = memory("VmRSS:");
    told.most_resident = memory("VmHWM:");
    keep_for_next_time(opened->datasets, cache_folder);
    return say(pipe, &told, sizeof told) ? 0 : 1;
}

/// This one's, with another cache folder.
std::vector<std::string> environment(const std::filesystem::path& cache) {
    constexpr std::string_view name = "DIABAN_CACHE_DIR=";
    std::vector<std::string> out;
    for (char** entry = environ; *entry != nullptr; ++entry)
        if (!std::string_view(*entry).starts_with(name)) out.emplace_back(*entry);
    out.push_back(std::string(name) + cache.string());
    return out;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (std::string& text : texts)
        out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

/// All of it, or false at the pipe's end.
bool hear(int pipe, void* bytes, std::size_t size) {
    auto* to = static_cast<char*>(bytes);
    while (size > 0) {
        const ssize_t got = ::read(pipe, to, size);
        if (got <= 0) return false;
        to += got, size -= static_cast<std::size_t>(got);
    }
    return true;
}

std::string own_path() {
    std::error_code problem;
    return std::filesystem::read_symlink("/proc/self/exe", problem).string();
}

/// A pipe whose ends go with it.
struct Pipe {
    std::array<int, 2> ends{-1, -1};
    Pipe() {
        if (pipe2(ends.data(), O_CLOEXEC) != 0) ends = {-1, -1};
    }
    ~Pipe() {
        for (const int end : ends)
            if (end >= 0) close(end);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    void close_writing_end() {
        close(ends[1]);
        ends[1] = -1;
    }
};

/// The child's process id, or -1. Its end of the pipe is 3.
pid_t start(const ChildWish& wish, int writing_end) {
    std::vector<std::string> arguments{own_path(), child_mark, wish.file.string(),
                                       wish.content == Content::picture ? "picture" : "map", wish.rest ? "rest" : "go"};
    std::vector<std::string> variables = environment(wish.cache);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, writing_end, child_end);
    pid_t child = -1;
    const int problem = posix_spawn(&child, arguments.front().c_str(), &actions, nullptr, pointers(arguments).data(),
                                    pointers(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    return problem == 0 ? child : -1;
}

}  // namespace

Expected<ChildTimes> run_child(const ChildWish& wish) {
    Pipe pipe;
    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = start(wish, pipe.ends[1]);
    if (child < 0) return fail(ErrorKind::failure, "the program that is measured did not start");
    pipe.close_writing_end();
    char drawn = 0;
    ChildTimes times;
    Told told;
    const bool complete = hear(pipe.ends[0], &drawn, 1);
    times.picture_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    const bool all = complete && hear(pipe.ends[0], &told, sizeof told);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    if (!all || status != 0) return fail(ErrorKind::failure, "the program that is measured drew no picture");
    times.picture_cpu_ms = told.picture_cpu_ms;
    times.resident = told.resident;
    times.most_resident = told.most_resident;
    return times;
}

std::optional<int> child_main(int argc, char** argv) {
    if (argc != 5 || std::strcmp(argv[1], child_mark) != 0) return std::nullopt;
    const Content content = std::strcmp(argv[3], "picture") == 0 ? Content::picture : Content::map_alone;
    return draw(argv[2], content, std::strcmp(argv[4], "rest") == 0, child_end);
}

}  // namespace diaban::bench
