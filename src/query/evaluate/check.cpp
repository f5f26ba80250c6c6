#include "query/evaluate/check.h"

#include <fmt/format.h>

#include "base/i18n.h"
#include "query/evaluate/check_parts.h"
#include "query/evaluate/derived.h"
#include "query/language/tokens.h"
#include "query/language/write.h"

namespace diaban {

using namespace query;

namespace {

/// What a text or number without a unit lacks to be compared with `other`.
tl::unexpected<Error> refuse_mix(Written at, const Typed& left, const Typed& right) {
    if (left.dimension == Dimension::text || right.dimension == Dimension::text) {
        const bool text_left = left.dimension == Dimension::text;
        const Sum& text = text_left ? *left.sum : *right.sum;
        const Typed& other = text_left ? right : left;
        std::string remedy;
        if (std::holds_alternative<Number>(other.sum->is)) remedy = tr("Write the value between single quotes.");
        if (std::holds_alternative<Text>(text.is)) remedy = tr("Write the number without quotes.");
        return refuse(at,
                      fmt::format(fmt::runtime(tr("{} is text and {} is {}")), described(text), described(*other.sum),
                                  kind_in_words(other.dimension)),
                      remedy);
    }
    for (const auto& [bare, other] : {std::pair(left, right), std::pair(right, left)})
        if (const auto* number = std::get_if<Number>(&bare.sum->is);
            number != nullptr && bare.dimension == Dimension::number && number->unit == NumberUnit::none)
            return refuse_without_unit(*bare.sum, other.dimension);
    const Typed& number = left.dimension == Dimension::number ? left : right;
    const Typed& other = &number == &left ? right : left;
    std::string remedy;
    // Columns know no units.
    if (number.dimension == Dimension::number && !std::holds_alternative<Number>(number.sum->is))
        remedy = fmt::format(fmt::runtime(other.dimension == Dimension::length
                                              ? tr("If it counts metres, write {0} * 1 m; if kilometres, {0} * 1 km.")
                                              : tr("If it counts km², write {0} * 1 km2; if hectares, {0} * 1 ha.")),
                             std::holds_alternative<Arithmetic>(number.sum->is) ? "(" + to_text(*number.sum) + ")"
                                                                                : to_text(*number.sum));
    return refuse(at,
                  fmt::format(fmt::runtime(tr("{} is {} and {} is {}")), described(*left.sum),
                              kind_in_words(left.dimension), described(*right.sum), kind_in_words(right.dimension)),
                  remedy);
}

class ConditionCheck {
public:
    ConditionCheck(const World& world, Written at) : world_(world), at_(at) {}

    Expected<void> operator()(const Everything&) const { return {}; }
    Expected<void> operator()(const AllOf& all) const { return each(all.of); }
    Expected<void> operator()(const AnyOf& any) const { return each(any.of); }
    Expected<void> operator()(const Not& negated) const { return each(negated.of); }

    Expected<void> operator()(const Compare& compare) const { return of_one_kind(compare.sides); }
    Expected<void> operator()(const In& in) const { return of_one_kind(in.values); }
    Expected<void> operator()(const Between& between) const { return of_one_kind(between.values); }
    Expected<void> operator()(const Like& like) const {
        const auto kind = check(like.of.at(0), world_);
        if (!kind) return tl::unexpected(kind.error());
        if (*kind != Dimension::text)
            return refuse(at_, fmt::format(fmt::runtime(tr("“like” needs text, and {} is {}")), described(like.of[0]),
                                           kind_in_words(*kind)));
        return {};
    }
    Expected<void> operator()(const IsNull& null) const {
        const auto kind = check(null.of.at(0), world_);
        return kind ? Expected<void>() : tl::unexpected(kind.error());
    }

    Expected<void> operator()(const Relates& relates) const { return in_one_plane(relates.target); }
    Expected<void> operator()(const Near& near) const { return on_the_ground(near.target); }
    Expected<void> operator()(const AmongNearest& among) const { return on_the_ground(among.target); }
    Expected<void> operator()(const RunsAlong& runs) const {
        if (world_.geometry().kind() == GeometryKind::point)
            return refuse(at_, fmt::format(fmt::runtime(tr("“{}” are points: nothing of them runs along a line")),
                                           world_.of.name));
        return on_the_ground(runs.target);
    }
    Expected<void> operator()(const InBelt& belt) const {
        if (belt.depth.metres() < Metres(100) || belt.depth.metres() > Metres(1000))
            return refuse(at_, tr("a border belt is 100 m to 1,000 m deep (Decree 34/2014/NĐ-CP)"),
                          tr("For another depth, write “within … of”."));
        return on_the_ground(belt.target);
    }
    Expected<void> operator()(const InDrawn& drawn) const {
        if (auto shapes = require_shapes(world_, at_); !shapes) return shapes;
        const bool circle = std::holds_alternative<DrawnCircle>(drawn.shape);
        return require_ground(world_, at_,
                              circle ? tr("distances cannot be measured") : tr("drawn shapes cannot be laid over it"));
    }

private:
    Expected<void> each(const std::vector<Condition>& parts) const {
        for (const Condition& part : parts)
            if (auto checked = check(part, world_); !checked) return checked;
        return {};
    }

    Expected<void> of_one_kind(const std::vector<Sum>& sums) const {
        const auto first = check(sums.at(0), world_);
        if (!first) return tl::unexpected(first.error());
        for (std::size_t i = 1; i < sums.size(); ++i) {
            const auto other = check(sums[i], world_);
            if (!other) return tl::unexpected(other.error());
            if (*other != *first) return refuse_mix(at_, {&sums[0], *first}, {&sums[i], *other});
        }
        return {};
    }

    [[nodiscard]] Expected<void> in_one_plane(const Target& target) const {
        return check_target(target, world_, at_, Needs::one_plane).map([](auto) {});
    }
    [[nodiscard]] Expected<void> on_the_ground(const Target& target) const {
        return check_target(target, world_, at_, Needs::ground).map([](auto) {});
    }

    const World& world_;
    Written at_;
};

}  // namespace

tl::unexpected<Error> refuse(Written at, std::string_view message, std::string remedy) {
    return tl::unexpected(language_error(at.at, message, std::move(remedy)));
}

std::string kind_in_words(Dimension dimension) {
    switch (dimension) {
        case Dimension::number:
            return tr("a number");
        case Dimension::length:
            return tr("a distance");
        case Dimension::area:
            return tr("an area");
        case Dimension::text:
            return tr("text");
    }
    throw std::logic_error("a dimension out of range");
}

tl::unexpected<Error> refuse_without_unit(const Sum& number, Dimension needed) {
    const std::string value = fmt::format("{}", std::get<Number>(number.is).value);
    if (needed == Dimension::area)
        return refuse(number.written, tr("an area needs a unit"),
                      fmt::format(fmt::runtime(tr("Write {0} km2 or {0} ha.")), value));
    return refuse(number.written, tr("a distance needs a unit"),
                  fmt::format(fmt::runtime(tr("Write {0} km or {0} m.")), value));
}

Expected<void> require_shapes(const World& world, Written at) {
    if (world.geometry().kind() != GeometryKind::none) return {};
    return refuse(at, fmt::format(fmt::runtime(tr("“{}” has no shapes, only a table")), world.of.name));
}

Expected<void> require_ground(const World& world, Written at, const char* what_is_lost) {
    const Crs& crs = world.data().crs;
    if (!crs.known())
        return tl::unexpected(
            placed({ErrorKind::bad_input,
                    fmt::format(fmt::runtime(tr("“{}” has no coordinate system: {}")), world.of.name, what_is_lost),
                    {},
                    tr("Say which one it is in.")},
                   at));
    auto degrees = way_between(world, crs, Crs::wgs84());
    if (degrees) return {};
    return tl::unexpected(placed(degrees.error(), at));
}

Expected<const QueryLayer*> check_target(const Target& target, const World& world, Written at, Needs needs) {
    auto layer = world.layers.require(target.layer);
    if (!layer) return tl::unexpected(placed(layer.error(), target.written));
    const World there = world.asking(**layer);
    if (auto shapes = require_shapes(world, at); !shapes) return tl::unexpected(shapes.error());
    if (auto shapes = require_shapes(there, target.written); !shapes) return tl::unexpected(shapes.error());
    if (needs == Needs::ground) {
        const char* lost = tr("distances cannot be measured");
        if (auto ground = require_ground(world, at, lost); !ground) return tl::unexpected(ground.error());
        if (auto ground = require_ground(there, target.written, lost); !ground) return tl::unexpected(ground.error());
    } else if (world.data().crs.known() || there.data().crs.known()) {
        const char* lost = tr("it cannot be laid over another layer");
        if (!world.data().crs.known()) return tl::unexpected(require_ground(world, at, lost).error());
        if (!there.data().crs.known()) return tl::unexpected(require_ground(there, target.written, lost).error());
        const auto between = way_between(world, there.data().crs, world.data().crs);
        if (!between) return tl::unexpected(placed(between.error(), target.written));
    }
    if (auto filter = own_filter(there); !filter) return tl::unexpected(placed(filter.error(), target.written));
    for (const Condition& where : target.where)
        if (auto checked = check(where, there); !checked) return tl::unexpected(checked.error());
    return *layer;
}

Expected<void> check(const Condition& condition, const World& world) {
    return std::visit(ConditionCheck(world, condition.written), condition.is);
}

}  // namespace diaban
