#include "data/postgis/conninfo.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace diaban {

namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// One value at `at`, which is moved behind it: 'quoted' or up to a blank, backslashes escaping.
std::optional<std::string> parse_value(std::string_view text, std::size_t& at) {
    const bool quoted = at < text.size() && text[at] == '\'';
    if (quoted) ++at;
    std::string value;
    for (; at < text.size(); ++at) {
        if (quoted ? text[at] == '\'' : is_blank(text[at])) break;
        if (text[at] == '\\' && at + 1 < text.size()) ++at;
        value += text[at];
    }
    if (!quoted) return value;
    if (at == text.size()) return {};
    ++at;
    return value;
}

std::string percent_encoded(std::string_view text) {
    std::string encoded;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        encoded +=
            plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
    return encoded;
}

/// In the order of libpq's manual. A dead line is noticed after about half a minute, a host that is silent after ten
/// seconds.
std::vector<Setting> defaults(const std::string& password) {
    std::vector<Setting> settings{{"connect_timeout", "10"},
                                  {"keepalives_idle", "10"},
                                  {"keepalives_interval", "5"},
                                  {"keepalives_count", "4"},
                                  {"tcp_user_timeout", "30000"},
                                  {"application_name", "diaban"},
                                  {"options", "-c default_transaction_read_only=on"}};
    if (!password.empty()) settings.push_back({"password", password});
    return settings;
}

}  // namespace

std::optional<std::vector<Setting>> parse_conninfo(std::string_view text) {
    std::vector<Setting> settings;
    std::size_t at = 0;
    const auto skip_blanks = [&] {
        while (at < text.size() && is_blank(text[at]))
            ++at;
    };
    for (skip_blanks(); at < text.size(); skip_blanks()) {
        Setting setting;
        while (at < text.size() && text[at] != '=' && !is_blank(text[at]))
            setting.key += text[at++];
        skip_blanks();
        if (at == text.size() || text[at] != '=' || setting.key.empty()) return {};
        ++at;
        skip_blanks();
        auto value = parse_value(text, at);
        if (!value) return {};
        setting.value = std::move(*value);
        settings.push_back(std::move(setting));
    }
    return settings;
}

std::string to_conninfo(const std::vector<Setting>& settings) {
    std::string text;
    for (const Setting& setting : settings) {
        if (!text.empty()) text += ' ';
        text += setting.key + '=';
        const bool plain =
            !setting.value.empty() && std::none_of(setting.value.begin(), setting.value.end(),
                                                   [](char c) { return is_blank(c) || c == '\'' || c == '\\'; });
        if (plain) {
            text += setting.value;
            continue;
        }
        text += '\'';
        for (const char c : setting.value) {
            if (c == '\'' || c == '\\') text += '\\';
            text += c;
        }
        text += '\'';
    }
    return text;
}

std::string complete_connection(const std::string& connection, const std::string& password) {
    const auto scheme = connection.find("://");
    if (scheme != std::string::npos) {
        std::string uri = "postgresql" + connection.substr(scheme);
        for (const Setting& setting : defaults(password)) {
            const auto question = uri.find('?');
            if (question != std::string::npos && uri.find(setting.key + "=", question) != std::string::npos) continue;
            uri += (question == std::string::npos ? '?' : '&') + setting.key + '=' + percent_encoded(setting.value);
        }
        return uri;
    }
    const bool prefix = connection.size() >= 3 && connection[2] == ':';
    std::string text = prefix ? connection.substr(3) : connection;
    // A bare name is a service's.
    if (!prefix && text.find('=') == std::string::npos) text = "service=" + text;
    auto settings = parse_conninfo(text);
    if (!settings) return "PG:" + text;  // libpq says what is wrong with it
    for (Setting& setting : defaults(password)) {
        const auto same = std::find_if(settings->begin(), settings->end(),
                                       [&](const Setting& given) { return given.key == setting.key; });
        if (same == settings->end())
            settings->push_back(std::move(setting));
        else if (setting.key == "password")
            same->value = setting.value;
    }
    return "PG:" + to_conninfo(*settings);
}

}  // namespace diaban
