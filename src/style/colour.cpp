#include "style/colour.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/i18n.h"
#include "base/text.h"
#include "style/colorbrewer.h"

namespace diaban {

namespace {

std::optional<uint8_t> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<uint8_t>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<uint8_t>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<uint8_t>(c - 'A' + 10);
    return std::nullopt;
}

/// sRGB's transfer function undone, 0–1, with the threshold that WCAG 2.1 states.
double linear(uint8_t component) {
    const double c = component / 255.0;
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

uint8_t mix_component(uint8_t a, uint8_t b, double t) {
    return static_cast<uint8_t>(std::lround(a + (b - a) * t));
}

/// "ffeda0feb24c…" cut into colours. The table is ours, so that a bad one is a broken invariant.
std::vector<Rgba> cut(std::string_view packed) {
    DIABAN_CHECK(packed.size() % 6 == 0);
    std::vector<Rgba> colours;
    for (std::size_t i = 0; i < packed.size(); i += 6)
        colours.push_back(colour_from_hex(packed.substr(i, 6)).value());
    return colours;
}

std::vector<Rgba> interpolated(const std::vector<Rgba>& from, int count) {
    std::vector<Rgba> colours;
    for (int i = 0; i < count; ++i) {
        const double at = static_cast<double>(i) * static_cast<double>(from.size() - 1) / (count - 1);
        const auto left = std::min(static_cast<std::size_t>(at), from.size() - 2);
        colours.push_back(mix(from[left], from[left + 1], at - static_cast<double>(left)));
    }
    return colours;
}

std::vector<Rgba> repeated(const std::vector<Rgba>& from, int count) {
    std::vector<Rgba> colours;
    for (int i = 0; i < count; ++i)
        colours.push_back(from[static_cast<std::size_t>(i) % from.size()]);
    return colours;
}

/// One or two colours of the three-class scheme: its outer ones say "less" and "more". A lone class takes the middle of
/// a sequential ramp, but the end of a diverging one, whose middle is nearly white.
std::vector<Rgba> taken_from_three(const std::vector<Rgba>& three, RampKind kind, int count) {
    if (kind == RampKind::categorical) return {three.begin(), three.begin() + count};
    if (count == 2) return {three.front(), three.back()};
    return {kind == RampKind::sequential ? three[1] : three.back()};
}

}  // namespace

Expected<Rgba> colour_from_hex(std::string_view text) {
    const auto refused = [&] {
        return fail(ErrorKind::bad_input, fmt::format(fmt::runtime(tr("“{}” is not a colour")), text), {},
                    tr("Write it as #rrggbb or #rrggbbaa."));
    };
    std::string_view digits = text;
    if (!digits.empty() && digits.front() == '#') digits.remove_prefix(1);
    if (digits.size() != 6 && digits.size() != 8) return refused();
    std::array<uint8_t, 4> components{0, 0, 0, 255};
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        const auto high = hex_digit(digits[i]);
        const auto low = hex_digit(digits[i + 1]);
        if (!high || !low) return refused();
        components[i / 2] = static_cast<uint8_t>(*high * 16 + *low);
    }
    return Rgba{components[0], components[1], components[2], components[3]};
}

std::string to_hex(Rgba colour) {
    const std::string rgb = fmt::format("#{:02x}{:02x}{:02x}", colour.r, colour.g, colour.b);
    return colour.a == 255 ? rgb : rgb + fmt::format("{:02x}", colour.a);
}

double luminance(Rgba colour) {
    return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b);
}

double contrast(Rgba a, Rgba b) {
    const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
    return (lighter + 0.05) / (darker + 0.05);
}

Rgba mix(Rgba a, Rgba b, double t) {
    const double at = std::clamp(t, 0.0, 1.0);
    return {mix_component(a.r, b.r, at), mix_component(a.g, b.g, at), mix_component(a.b, b.b, at),
            mix_component(a.a, b.a, at)};
}

const std::vector<RampInfo>& ramps() {
    static const std::vector<RampInfo> all = [] {
        std::vector<RampInfo> infos;
        for (const ColorBrewerScheme& scheme : colorbrewer_schemes())
            infos.push_back({std::string(scheme.name), scheme.kind, static_cast<int>(scheme.packed.size()) + 2});
        return infos;
    }();
    return all;
}

Expected<std::vector<Rgba>> ramp_colours(std::string_view name, int count, bool reversed) {
    const auto schemes = colorbrewer_schemes();
    const auto found = std::ranges::find(schemes, name, &ColorBrewerScheme::name);
    if (found == schemes.end()) {
        std::vector<std::string> names;
        for (const RampInfo& info : ramps())
            names.push_back(info.name);
        const std::string nearest = nearest_word(name, names);
        return fail(ErrorKind::bad_input, fmt::format(fmt::runtime(tr("there is no colour ramp “{}”")), name), {},
                    nearest.empty() ? std::string(tr("Choose one of ColorBrewer's colour-blind-safe ramps."))
                                    : fmt::format(fmt::runtime(tr("Did you mean “{}”?")), nearest));
    }
    if (count <= 0) return std::vector<Rgba>{};

    const int published = static_cast<int>(found->packed.size()) + 2;
    std::vector<Rgba> colours;
    if (count < 3) {
        colours = taken_from_three(cut(found->packed[0]), found->kind, count);
    } else if (count <= published) {
        colours = cut(found->packed[static_cast<std::size_t>(count - 3)]);
    } else {
        const std::vector<Rgba> most = cut(found->packed.back());
        colours = found->kind == RampKind::categorical ? repeated(most, count) : interpolated(most, count);
    }
    if (reversed) std::ranges::reverse(colours);
    // A lone class of a reversed diverging ramp takes the ramp's other end.
    if (reversed && count == 1 && found->kind == RampKind::diverging) colours = {cut(found->packed[0]).front()};
    return colours;
}

}  // namespace diaban
