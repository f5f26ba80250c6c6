#include "data/raster/tile_address.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/i18n.h"

namespace diaban {

namespace {

/// Half of the equator in metres of Web Mercator.
constexpr double half = 20037508.342789244;

/// Fetching one tile and finding a server; a map is looked at while it waits.
constexpr int most_seconds = 10;

bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

void replace_all(std::string& text, std::string_view part, std::string_view by) {
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + by.size()))
        text.replace(at, part.size(), by);
}

std::string escaped(std::string text) {
    replace_all(text, "&", "&amp;");
    replace_all(text, "<", "&lt;");
    replace_all(text, ">", "&gt;");
    replace_all(text, "\"", "&quot;");
    return text;
}

tl::unexpected<Error> refuse(std::string_view address, std::string what, std::string remedy) {
    return fail(ErrorKind::bad_input, std::move(what), {.file = host_of(address), .layer = {}, .field = {}, .row = {}},
                std::move(remedy));
}

/// In braces; empty: there is none.
std::string first_placeholder(std::string_view text) {
    const auto open = text.find('{');
    if (open == std::string_view::npos) return {};
    const auto close = text.find('}', open);
    return std::string(text.substr(open, close == std::string_view::npos ? close : close - open + 1));
}

}  // namespace

bool is_tile_address(std::string_view text) {
    return holds(text, "{z}") && holds(text, "{x}") && (holds(text, "{y}") || holds(text, "{-y}"));
}

std::string host_of(std::string_view address) {
    const auto scheme = address.find("://");
    const auto first = scheme == std::string_view::npos ? 0 : scheme + 3;
    if (address.starts_with("file://")) {
        const std::string_view path = address.substr(first, address.find("/{") - first);
        const auto folder = path.rfind('/');
        return std::string(folder == std::string_view::npos ? path : path.substr(folder + 1));
    }
    std::string_view host = address.substr(first, address.find_first_of("/?#", first) - first);
    if (const auto user = host.rfind('@'); user != std::string_view::npos) host.remove_prefix(user + 1);
    std::string shown(host);
    replace_all(shown, "{s}.", "");
    return shown;
}

Expected<std::string> gdal_tile_service(std::string_view address, int max_zoom, const std::string& cache) {
    if (!is_tile_address(address) || !holds(address, "://"))
        return refuse(address, tr("this is no address of map tiles"),
                      tr("Write it as the provider does: https://…/{z}/{x}/{y}.png."));
    constexpr int deepest = 24;
    if (max_zoom < 0 || max_zoom > deepest)
        return refuse(address, fmt::format(fmt::runtime(tr("there is no zoom {} of map tiles")), max_zoom),
                      tr("Name the deepest zoom that the server has, from 0 to 24."));
    const bool from_south = holds(address, "{-y}");
    const bool large = holds(address, "@2x") || holds(address, "/512/");
    std::string url(address);
    replace_all(url, "{s}", "a");
    replace_all(url, "{r}", "");
    replace_all(url, "{-y}", "{y}");
    std::string known = url;
    for (const char* part : {"{z}", "{x}", "{y}"})
        replace_all(known, part, "");
    if (const std::string unknown = first_placeholder(known); !unknown.empty())
        return refuse(address, fmt::format(fmt::runtime(tr("“{}” in the address of map tiles means nothing")), unknown),
                      tr("Put what belongs there, your key say, in its place."));
    url = escaped(std::move(url));
    for (const char* part : {"{z}", "{x}", "{y}"})
        replace_all(url, part, std::string("$") + part);
    const std::string kept = cache.empty() || address.starts_with("file://")
                                 ? std::string()
                                 : fmt::format("<Cache><Path>{}</Path></Cache>", escaped(cache));
    return fmt::format(
        "<GDAL_WMS><Service name=\"TMS\"><ServerUrl>{}</ServerUrl></Service><DataWindow>"
        "<UpperLeftX>{:.9f}</UpperLeftX><UpperLeftY>{:.9f}</UpperLeftY><LowerRightX>{:.9f}</LowerRightX>"
        "<LowerRightY>{:.9f}</LowerRightY><TileLevel>{}</TileLevel><TileCountX>1</TileCountX><TileCountY>1</TileCountY>"
        "<YOrigin>{}</YOrigin></DataWindow><Projection>EPSG:3857</Projection><BlockSizeX>{}</BlockSizeX>"
        "<BlockSizeY>{}</BlockSizeY><BandsCount>4</BandsCount><ZeroBlockHttpCodes>204,404</ZeroBlockHttpCodes>"
        "<MaxConnections>4</MaxConnections><Timeout>{}</Timeout><UserAgent>Diaban</UserAgent>{}</GDAL_WMS>",
        url, -half, half, half, -half, max_zoom, from_south ? "bottom" : "top", large ? 512 : 256, large ? 512 : 256,
        most_seconds, kept);
}

}  // namespace diaban
