// Runs the real program, as a person at a terminal would.
#pragma once

#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "temporary_folder.h"

namespace diaban {

struct ProgramResult {
    int code = -1;
    std::string out;
    std::string err;
};

inline std::string quoted(const std::string& word) {
    std::string text = "'";
    for (const char c : word)
        text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

inline std::string whole_file(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

/// `diaban WORDS…` in `folder`, in English.
inline ProgramResult run_program(const std::vector<std::string>& words, const std::filesystem::path& folder = ".") {
    const TemporaryFolder streams;
    const auto out = streams.path() / "out";
    const auto err = streams.path() / "err";
    std::string line = "cd " + quoted(folder.string()) +
                       " && LC_ALL=C.UTF-8 DISPLAY= WAYLAND_DISPLAY= " + quoted(DIABAN_BINARY_DIR "/diaban");
    for (const auto& word : words)
        line += " " + quoted(word);
    line += " >" + quoted(out.string()) + " 2>" + quoted(err.string());
    const int status = std::system(line.c_str());
    ProgramResult result;
    result.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    result.out = whole_file(out);
    result.err = whole_file(err);
    return result;
}

}  // namespace diaban
