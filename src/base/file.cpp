#include "base/file.h"

#include <fmt/format.h>

#include <unistd.h>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "base/i18n.h"

namespace diaban {

namespace {

std::string last_system_error() {
    return std::strerror(errno);
}

/// Removes a half-written file unless it was renamed away.
class TemporaryFile {
public:
    explicit TemporaryFile(std::filesystem::path path) : path_(std::move(path)) {}
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

std::filesystem::path temporary_beside(const std::filesystem::path& path) {
    static std::atomic<unsigned> counter{0};
    auto name = fmt::format(".{}-{}-{}", path.stem().string(), getpid(), counter++);
    return path.parent_path() / (name + path.extension().string());
}

}  // namespace

Expected<std::string> read_file(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        return fail(ErrorKind::bad_input, tr("there is no such file"), {.file = to_utf8(path)}, tr("Check the path."));
    }
    if (std::filesystem::is_directory(path, error)) {
        return fail(ErrorKind::bad_input, tr("this is a folder, not a file"), {.file = to_utf8(path)},
                    tr("Name a file in it."));
    }
    // Opening a pipe would wait for somebody to write into it.
    if (!std::filesystem::is_regular_file(path, error)) {
        return fail(ErrorKind::bad_input, tr("this is no ordinary file but a device or a pipe"),
                    {.file = to_utf8(path)}, tr("Copy its content to a file first."));
    }
    std::ifstream stream(path, std::ios::binary);
    if (!stream) {
        return fail(ErrorKind::bad_input,
                    fmt::format(fmt::runtime(tr("the file cannot be opened ({})")), last_system_error()),
                    {.file = to_utf8(path)}, tr("Check its permissions."));
    }
    std::string bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    if (stream.bad()) {
        return fail(ErrorKind::bad_input, tr("the file cannot be read to its end"), {.file = to_utf8(path)});
    }
    return bytes;
}

Expected<void> write_file(const std::filesystem::path& path, std::string_view bytes) {
    return write_file_with(path, [&](const std::filesystem::path& temporary) -> Expected<void> {
        std::ofstream stream(temporary, std::ios::binary | std::ios::trunc);
        stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        stream.close();
        if (!stream) {
            return fail(ErrorKind::bad_input,
                        fmt::format(fmt::runtime(tr("the file cannot be written ({})")), last_system_error()),
                        {.file = to_utf8(path)}, tr("Choose another folder, or make room on the disk."));
        }
        return {};
    });
}

Expected<void> write_file_with(const std::filesystem::path& path,
                               const std::function<Expected<void>(const std::filesystem::path&)>& write) {
    std::error_code error;
    const auto folder = path.parent_path();
    if (!folder.empty() && !std::filesystem::is_directory(folder, error)) {
        return fail(ErrorKind::bad_input, tr("there is no such folder to write into"), {.file = to_utf8(folder)},
                    tr("Make the folder first, or choose another."));
    }
    if (std::filesystem::is_directory(path, error)) {
        return fail(ErrorKind::bad_input, tr("this is a folder, not a file"), {.file = to_utf8(path)},
                    tr("Name a file in it."));
    }
    const TemporaryFile temporary(temporary_beside(path));
    if (auto written = write(temporary.path()); !written) return written;
    std::filesystem::rename(temporary.path(), path, error);
    if (error) {
        return fail(ErrorKind::bad_input,
                    fmt::format(fmt::runtime(tr("the file cannot be written ({})")), error.message()),
                    {.file = to_utf8(path)});
    }
    return {};
}

std::string to_utf8(const std::filesystem::path& path) {
    const auto text = path.u8string();
    return {text.begin(), text.end()};
}

std::filesystem::path program_data_dir() {
    namespace fs = std::filesystem;
    if (const char* named = std::getenv("DIABAN_DATA_DIR"); named != nullptr && *named != '\0') return named;
    std::error_code error;
    const auto program = fs::read_symlink("/proc/self/exe", error);
    if (error) return {};
    // Beside the build folder in a source tree, at whatever depth; else the install prefix.
    for (auto folder = program.parent_path(); folder.has_relative_path(); folder = folder.parent_path()) {
        if (fs::exists(folder / "data" / "quang_ninh" / "demo.toml", error)) return folder / "data";
        if (fs::exists(folder / "share" / "diaban" / "quang_ninh" / "demo.toml", error))
            return folder / "share" / "diaban";
    }
    return {};
}

}  // namespace diaban
