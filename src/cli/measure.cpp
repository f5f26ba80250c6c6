#include "cli/measure.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>
#include <iostream>
#include <memory>
#include <optional>
#include <string_view>

#include "base/i18n.h"
#include "cli/say.h"
#include "cli/subcommand.h"
#include "geo/crs.h"
#include "geo/earth/measured.h"

namespace diaban {

namespace {

using Json = nlohmann::ordered_json;

tl::unexpected<Error> wrong(std::string message) {
    return tl::make_unexpected(Error{ErrorKind::wrong_usage, std::move(message)});
}

std::optional<double> number(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    double value = 0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (trouble != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

/// "107.36,21.53"
std::optional<Point> place(std::string_view text) {
    const auto comma = text.find(',');
    if (comma == std::string_view::npos) return std::nullopt;
    const auto x = number(text.substr(0, comma));
    const auto y = number(text.substr(comma + 1));
    if (!x || !y) return std::nullopt;
    return Point{*x, *y};
}

Expected<std::vector<Point>> places_in_degrees(const MeasureWords& words) {
    std::optional<Transform> to_degrees;
    if (!words.crs.empty()) {
        const auto crs = Crs::from_text(words.crs);
        if (!crs) return tl::make_unexpected(crs.error());
        auto transform = Transform::between(*crs, Crs::wgs84());
        if (!transform) return tl::make_unexpected(transform.error());
        to_degrees = *std::move(transform);
    }
    std::vector<Point> places;
    for (const std::string& text : words.places) {
        const auto given = place(text);
        if (!given)
            return wrong(say(tr("\"{}\" is no place: two numbers with a comma between them, 107.36,21.53"), text));
        const Point p = to_degrees ? to_degrees->apply(*given) : *given;
        if (!std::isfinite(p.x) || !std::isfinite(p.y))
            return wrong(say(tr("\"{}\" is no place in {}"), text, words.crs));
        if (std::abs(p.y) > 90)
            return wrong(say(tr("\"{}\" has no latitude between -90 and 90: longitude comes first (other coordinates "
                                "need --crs)"),
                             text));
        if (std::abs(p.x) > 360)
            return wrong(say(tr("\"{}\" has no longitude between -180 and 180 (other coordinates need --crs)"), text));
        places.push_back(p);
    }
    return places;
}

Json to_json(const MeasuredPath& path) {
    Json legs = Json::array();
    for (const MeasuredLeg& leg : path.legs)
        legs.push_back(
            {{"metres", leg.length.value()}, {"bearing", leg.length.value() > 0 ? Json(leg.bearing.value()) : Json()}});
    return {{"legs", std::move(legs)}, {"metres", path.length.value()}};
}

Json to_json(const MeasuredArea& area) {
    return {{"square_metres", area.crosses_itself ? Json() : Json(area.area.value())},
            {"metres", area.circumference.value()},
            {"crosses_itself", area.crosses_itself}};
}

}  // namespace

int measure_command(const MeasureWords& words, std::ostream& out, std::ostream& err) {
    const auto places = places_in_degrees(words);
    if (!places) return refuse(places.error(), err);
    const std::size_t least = words.area ? 3 : 2;
    if (places->size() < least)
        return refuse({ErrorKind::wrong_usage, words.area ? tr("an area needs three places or more")
                                                          : tr("a distance needs two places or more")},
                      err);
    if (words.area) {
        const MeasuredArea area = measure_area(*places);
        out << (words.json ? to_json(area).dump(2) + "\n" : in_words(area));
    } else {
        const MeasuredPath path = measure_path(*places);
        out << (words.json ? to_json(path).dump(2) + "\n" : in_words(path));
    }
    return 0;
}

Subcommand add_measure(CLI::App& app) {
    auto words = std::make_shared<MeasureWords>();
    auto* measure = app.add_subcommand("measure", tr("distances, bearings and areas on the ellipsoid"));
    measure->add_option("PLACE", words->places, tr("longitude and latitude with a comma between them: 107.36,21.53"))
        ->required();
    measure->add_option("--crs", words->crs, tr("the coordinate system of the places, such as EPSG:5899 (x,y)"));
    measure->add_flag("--area", words->area, tr("the area and circumference of the outline through the places"));
    measure->add_flag("--json", words->json, tr("print JSON, for machines"));
    measure->footer(tr("Example: diaban measure 107.36,21.53 107.97,21.52 108.01,21.47"));
    return {measure, [words] { return measure_command(*words, std::cout, std::cerr); }};
}

}  // namespace diaban
