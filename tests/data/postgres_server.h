// A PostgreSQL server of the test's own: on loopback, at a port that is free, in a folder that goes with it.
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "temporary_folder.h"

namespace diaban {

class PostgresServer {
public:
    /// The newest installed server's programs; empty without one.
    static std::filesystem::path programs() {
        std::vector<std::filesystem::path> found;
        std::error_code none;
        for (const auto& version : std::filesystem::directory_iterator("/usr/lib/postgresql", none))
            if (std::filesystem::exists(version.path() / "bin" / "initdb", none))
                found.push_back(version.path() / "bin");
        std::sort(found.begin(), found.end());
        return found.empty() ? std::filesystem::path() : found.back();
    }
    /// Whether that server has PostGIS to offer.
    static bool has_postgis() {
        const auto version = programs().parent_path().filename();
        return std::filesystem::exists(std::filesystem::path("/usr/share/postgresql") / version / "extension" /
                                       "postgis.control");
    }

    PostgresServer() : port_(free_port()) {
        // PostgreSQL refuses to run as root, and needs to reach its folder as somebody else.
        std::filesystem::permissions(folder_.path(), std::filesystem::perms::all);
        put_file("password", "geheim'\\ 1");
        must_run({programs() / "initdb", "-D", data(), "-U", "owner", "-A", "scram-sha-256", "--pwfile",
                  folder_.path() / "password", "-E", "UTF8", "--no-locale", "--no-sync"});
        start();
    }
    ~PostgresServer() { stop(); }
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    void start() {
        const std::string options = "-p " + std::to_string(port_) + " -c listen_addresses=127.0.0.1 -c fsync=off" +
                                    " -c unix_socket_directories='' -c log_statement=all -c jit=off";
        must_run({programs() / "pg_ctl", "-D", data(), "-w", "-s", "-l", log_file(), "-o", options, "start"});
        running_ = true;
    }
    void stop() {
        if (running_) run({programs() / "pg_ctl", "-D", data(), "-w", "-s", "-m", "immediate", "stop"});
        running_ = false;
    }

    [[nodiscard]] int port() const { return port_; }
    [[nodiscard]] static std::string password() { return "geheim'\\ 1"; }
    /// Without the password.
    [[nodiscard]] std::string connection(const std::string& database = "postgres") const {
        return "PG:host=127.0.0.1 port=" + std::to_string(port_) + " user=owner dbname=" + database;
    }
    [[nodiscard]] std::string log() const {
        std::ifstream file(log_file());
        std::stringstream text;
        text << file.rdbuf();
        return text.str();
    }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

    /// Statements for psql; throws with what it said when one fails.
    void sql(const std::string& statements, const std::string& database = "postgres") const {
        put_file("statements.sql", statements);
        must_run({"/usr/bin/env", "PGPASSWORD=" + password(), programs() / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1",
                  "-h", "127.0.0.1", "-p", std::to_string(port_), "-U", "owner", "-d", database, "-o", "/dev/null",
                  "-f", folder_.path() / "statements.sql"});
    }

private:
    [[nodiscard]] std::filesystem::path data() const { return folder_.path() / "data"; }
    [[nodiscard]] std::filesystem::path log_file() const { return folder_.path() / "server.log"; }

    void put_file(const char* name, const std::string& text) const {
        const auto path = folder_.path() / name;
        std::ofstream(path, std::ios::binary) << text;
        std::filesystem::permissions(path, std::filesystem::perms::all);
    }

    /// Free at this moment; nobody else is likely to take it in the next.
    static int free_port() {
        const int listener = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(address);
        auto* any = reinterpret_cast<sockaddr*>(&address);
        const bool bound = bind(listener, any, size) == 0 && getsockname(listener, any, &size) == 0;
        close(listener);
        if (!bound) throw std::runtime_error("no free port");
        return ntohs(address.sin_port);
    }

    /// Whom to become where this process is root's.
    struct OrdinaryUser {
        bool needed = geteuid() == 0;
        uid_t user = 0;
        gid_t group = 0;
    };
    static OrdinaryUser ordinary_user() {
        OrdinaryUser ordinary;
        if (!ordinary.needed) return ordinary;
        const passwd* user = getpwnam("postgres");
        if (!user) user = getpwnam("nobody");
        if (!user) throw std::runtime_error("no user to run the server as");
        ordinary.user = user->pw_uid;
        ordinary.group = user->pw_gid;
        return ordinary;
    }

    int run(const std::vector<std::string>& arguments) const {
        const std::string output = (folder_.path() / "output").string();
        const OrdinaryUser ordinary = ordinary_user();
        std::vector<char*> words;
        for (const std::string& argument : arguments)
            words.push_back(const_cast<char*>(argument.c_str()));
        words.push_back(nullptr);
        const pid_t child = fork();
        if (child == 0) {
            // Other threads may have held any lock when this one forked: nothing but system calls from here on.
            if (ordinary.needed &&
                (setgroups(0, nullptr) != 0 || setgid(ordinary.group) != 0 || setuid(ordinary.user) != 0))
                _exit(126);
            const int in = open("/dev/null", O_RDONLY);
            const int out = open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
            if (in < 0 || out < 0 || dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
                dup2(out, STDERR_FILENO) < 0 || chdir("/") != 0)
                _exit(125);
            execv(words[0], words.data());
            _exit(127);
        }
        int status = 0;
        waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    }
    void must_run(const std::vector<std::string>& arguments) const {
        if (run(arguments) == 0) return;
        std::ifstream file(folder_.path() / "output");
        std::stringstream text;
        text << file.rdbuf();
        throw std::runtime_error(arguments.front() + " failed: " + text.str());
    }

    TemporaryFolder folder_;
    int port_ = 0;
    bool running_ = false;
};

}  // namespace diaban
