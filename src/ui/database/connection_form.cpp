#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "data/connection.h"
#include "data/postgis/conninfo.h"
#include "ui/database/database_state.h"

namespace diaban::ui {

namespace {

std::string percent_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        const bool escape = text[i] == '%' && i + 2 < text.size();
        const auto [end, error] = escape ? std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16)
                                         : std::from_chars_result{text.data(), std::errc::invalid_argument};
        if (error == std::errc() && end == text.data() + i + 3) {
            decoded += static_cast<char>(value);
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

/// "postgresql://me:secret@host/db": what stands between the colon and the last @ before the path.
std::string password_of_uri(std::string_view uri) {
    const auto first = uri.find("://") + 3;
    const auto end = std::min(uri.find_first_of("/?#", first), uri.size());
    const auto at = uri.rfind('@', end);
    if (at == std::string_view::npos || at < first) return {};
    const auto colon = uri.find(':', first);
    if (colon == std::string_view::npos || colon > at) return {};
    return percent_decoded(uri.substr(colon + 1, at - colon - 1));
}

}  // namespace

Connection split_password(std::string_view typed) {
    std::string text = trim(typed);
    // libpq's own way of writing, without GDAL's prefix in front.
    const bool bare =
        !is_postgres(text) && text.find('=') != std::string::npos && text.find("://") == std::string::npos;
    if (bare && parse_conninfo(text)) text = "PG:" + text;
    Connection found{without_password(text), {}};
    if (text.find("://") != std::string::npos) {
        found.password = password_of_uri(text);
        return found;
    }
    const bool prefixed = fold(text).starts_with("pg:");
    if (const auto settings = parse_conninfo(prefixed ? std::string_view(text).substr(3) : std::string_view(text)))
        for (const Setting& setting : *settings)
            if (fold(setting.key) == "password") found.password = setting.value;
    return found;
}

Connection connection_of(const DatabaseForm& form) {
    if (form.as_text) {
        Connection connection = split_password(form.connection);
        if (!form.password.empty()) connection.password = form.password;
        return connection;
    }
    if (trim(form.database).empty()) return {};
    std::vector<Setting> settings;
    const auto add = [&](const char* key, const std::string& value) {
        if (!trim(value).empty()) settings.push_back({key, trim(value)});
    };
    add("host", form.host);
    add("port", form.port);
    add("dbname", form.database);
    add("user", form.user);
    return {"PG:" + to_conninfo(settings), form.password};
}

}  // namespace diaban::ui
