#include "data/connection.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include "base/text.h"
#include "data/postgis/conninfo.h"

namespace diaban {

namespace {

namespace fs = std::filesystem;

bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// Letters before a colon: of a drive there is one, of a scheme there are more.
bool has_scheme(std::string_view path) {
    const auto colon = path.find(':');
    return colon != std::string_view::npos && colon >= 2 &&
           std::all_of(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(colon),
                       [](char c) { return is_letter(c) || c == '_'; });
}

std::vector<fs::path> service_files() {
    std::vector<fs::path> files;
    const auto from = [&](const char* variable, const char* inside) {
        const char* value = std::getenv(variable);
        if (value && *value) files.push_back(*inside ? fs::path(value) / inside : fs::path(value));
    };
    from("PGSERVICEFILE", "");
    from("HOME", ".pg_service.conf");
    from("PGSYSCONFDIR", "pg_service.conf");
    files.emplace_back("/etc/postgresql-common/pg_service.conf");
    return files;
}

bool is_service(std::string_view name) {
    const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
    std::error_code problem;
    if (!plain || fs::exists(fs::path(name), problem)) return false;
    for (const fs::path& path : service_files()) {
        std::ifstream file(path);
        for (std::string line; std::getline(file, line);)
            if (trim(line) == "[" + std::string(name) + "]") return true;
    }
    return false;
}

/// "scheme://user:secret@host" without the secret.
std::string without_user_password(std::string text) {
    const auto start = text.find("://");
    if (start == std::string::npos) return text;
    const auto first = start + 3;
    const auto end = std::min(text.find_first_of("/?#", first), text.size());
    // An unescaped @ in a password is against the rules, but happens: the last one counts.
    const auto at = text.rfind('@', end - 1);
    if (at == std::string::npos || at < first) return text;
    const auto colon = text.find(':', first);
    if (colon < at) text.erase(colon, at - colon);
    return text;
}

bool same_word(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               return (x >= 'A' && x <= 'Z' ? static_cast<char>(x - 'A' + 'a') : x) == y;
           });
}

bool is_secret(std::string_view key) {
    return same_word(key, "password") || same_word(key, "sslpassword") || same_word(key, "pwd");
}

/// "a=1&password=x&b=2" or "db,user=me,password=x": without the pairs that are secret. The first separator of `between`
/// that ends a pair goes with it.
std::string without_secret_pairs(const std::string& text, std::string_view between) {
    std::string kept;
    std::size_t at = 0;
    char before = '\0';
    while (at <= text.size()) {
        const auto end = std::min(text.find_first_of(between, at), text.size());
        const std::string pair = text.substr(at, end - at);
        const auto equals = pair.find('=');
        if (equals == std::string::npos || !is_secret(trim(pair.substr(0, equals)))) {
            if (before != '\0' && !kept.empty()) kept += before;
            kept += pair;
        }
        if (end == text.size()) break;
        before = text[end];
        at = end + 1;
    }
    return kept;
}

std::string uri_without_password(const std::string& text) {
    const std::string uri = without_user_password(text);
    const auto question = uri.find('?');
    if (question == std::string::npos) return uri;
    const std::string pairs = without_secret_pairs(uri.substr(question + 1), "&");
    return pairs.empty() ? uri.substr(0, question) : uri.substr(0, question + 1) + pairs;
}

}  // namespace

bool is_postgres(std::string_view path) {
    const auto starts = [&](std::string_view word) { return same_word(path.substr(0, word.size()), word); };
    return starts("pg:") || starts("postgresql://") || starts("postgres://") || starts("service=") || is_service(path);
}

bool is_connection(std::string_view path) {
    return path.starts_with("/vsi") || has_scheme(path) || is_postgres(path);
}

std::string without_password(std::string_view connection) {
    const std::string text(connection);
    if (!is_connection(text) || text.starts_with("/vsi")) return text;
    if (is_postgres(text) && text.find("://") == std::string::npos) {
        const bool prefix = same_word(text.substr(0, 3), "pg:");
        auto settings = parse_conninfo(prefix ? text.substr(3) : text);
        if (!settings) return text.substr(0, prefix ? 3 : 0);  // not understood: nothing of it is safe to show
        const auto erased = std::erase_if(*settings, [](const Setting& setting) { return is_secret(setting.key); });
        return erased == 0 ? text : (prefix ? text.substr(0, 3) : "") + to_conninfo(*settings);
    }
    if (text.find("://") != std::string::npos) return uri_without_password(text);
    return without_secret_pairs(text, ",; ");
}

}  // namespace diaban
