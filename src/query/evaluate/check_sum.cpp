#include <fmt/format.h>

#include "base/i18n.h"
#include "query/evaluate/check_parts.h"

namespace diaban {

using namespace query;

namespace {

using Kind = Expected<Dimension>;

class SumCheck {
public:
    SumCheck(const World& world, Written at) : world_(world), at_(at) {}

    Kind operator()(const Number& number) const {
        switch (number.unit) {
            case NumberUnit::none:
            case NumberUnit::percent:
                return Dimension::number;
            case NumberUnit::metre:
            case NumberUnit::kilometre:
                return Dimension::length;
            case NumberUnit::square_metre:
            case NumberUnit::hectare:
            case NumberUnit::square_kilometre:
                return Dimension::area;
        }
        throw std::logic_error("a unit out of range");
    }
    Kind operator()(const Text&) const { return Dimension::text; }
    Kind operator()(const ColumnName& column) const {
        auto field = world_.features().require_field(column.name);
        if (!field) {
            Error error = placed(field.error(), at_);
            if (error.remedy.empty()) error.remedy = tr("Write text between single quotes.");
            return tl::unexpected(std::move(error));
        }
        const Column& values = field->column();
        return values.numeric() || values.type() == ColumnType::boolean ? Dimension::number : Dimension::text;
    }
    Kind operator()(const Plain& plain) const {
        const Sum& of = plain.of.at(0);
        const auto kind = check(of, world_);
        if (!kind || *kind == Dimension::text) return kind;
        return refuse(of.written, fmt::format(fmt::runtime(tr("“plain” needs text, and {} is {}")), described(of),
                                              kind_in_words(*kind)));
    }
    Kind operator()(const Negative& negative) const { return calculable(negative.of.at(0), world_); }
    Kind operator()(const Arithmetic& arithmetic) const {
        const auto left = calculable(arithmetic.sides.at(0), world_);
        if (!left) return left;
        const auto right = calculable(arithmetic.sides.at(1), world_);
        if (!right) return right;
        return arithmetic.sign == '*'   ? product(arithmetic, *left, *right)
               : arithmetic.sign == '/' ? quotient(arithmetic, *left, *right)
                                        : total(arithmetic, *left, *right);
    }

    Kind operator()(const Aggregate& aggregate) const {
        const auto needs = aggregate.reach ? Needs::ground : Needs::one_plane;
        const auto layer = check_target(aggregate.target, world_, at_, needs);
        if (!layer) return tl::unexpected(layer.error());
        if (world_.geometry().kind() != GeometryKind::polygon) {
            if (!aggregate.reach)
                return refuse(
                    at_,
                    fmt::format(fmt::runtime(tr("“{}” has no areas, so nothing lies in its features")), world_.of.name),
                    tr("Write how far: “within 5 km”."));
            if (aggregate.kind == AggregateKind::density && aggregate.per.empty())
                return refuse(
                    at_,
                    fmt::format(fmt::runtime(tr("“{}” has no areas, so there is no density per km²")), world_.of.name),
                    tr("Write per what: “per 1000 households”."));
        }
        if (aggregate.kind == AggregateKind::density) return density(aggregate);
        if (aggregate.of.empty()) return Dimension::number;
        const World there = world_.asking(**layer);
        if (aggregate.kind != AggregateKind::distinct) return calculable(aggregate.of[0], there);
        const auto counted = check(aggregate.of[0], there);
        return counted ? Dimension::number : counted;
    }
    Kind operator()(const ToNearest& nearest) const {
        const auto layer = check_target(nearest.target, world_, at_, Needs::ground);
        if (!layer) return tl::unexpected(layer.error());
        switch (nearest.part) {
            case NearestPart::distance:
                return Dimension::length;
            case NearestPart::direction:
                return Dimension::number;
            case NearestPart::name:
                return Dimension::text;
        }
        throw std::logic_error("a part of the nearest out of range");
    }
    Kind operator()(OwnMeasure measure) const {
        if (auto shapes = require_shapes(world_, at_); !shapes) return tl::unexpected(shapes.error());
        const GeometryKind kind = world_.geometry().kind();
        if (measure == OwnMeasure::area && kind != GeometryKind::polygon)
            return refuse(at_, fmt::format(fmt::runtime(tr("“{}” has no areas")), world_.of.name));
        if (measure == OwnMeasure::length && kind == GeometryKind::point)
            return refuse(at_, fmt::format(fmt::runtime(tr("“{}” are points, which have no length")), world_.of.name));
        if (auto ground = require_ground(world_, at_, tr("it cannot be measured")); !ground)
            return tl::unexpected(ground.error());
        return measure == OwnMeasure::area ? Dimension::area : Dimension::length;
    }

private:
    static Kind calculable(const Sum& sum, const World& world) {
        const auto kind = check(sum, world);
        if (!kind || *kind != Dimension::text) return kind;
        return refuse(sum.written,
                      fmt::format(fmt::runtime(tr("{} is text and cannot be calculated with")), described(sum)));
    }

    Kind density(const Aggregate& aggregate) const {
        if (aggregate.per.empty()) {
            const auto ground = require_ground(world_, at_, tr("it cannot be measured"));
            return ground ? Kind(Dimension::number) : tl::unexpected(ground.error());
        }
        const Sum& per = aggregate.per[0];
        const auto kind = calculable(per, world_);
        if (!kind || *kind == Dimension::number) return kind;
        return refuse(per.written, fmt::format(fmt::runtime(tr("{} is {}, and a number is needed")), described(per),
                                               kind_in_words(*kind)));
    }

    Kind total(const Arithmetic& sum, Dimension left, Dimension right) const {
        if (left == right) return left;
        for (const auto& [bare, other] : {std::pair(&sum.sides[0], right), std::pair(&sum.sides[1], left)})
            if (const auto* number = std::get_if<Number>(&bare->is);
                number != nullptr && number->unit == NumberUnit::none)
                return refuse_without_unit(*bare, other);
        return refuse(at_, fmt::format(fmt::runtime(sum.sign == '+' ? tr("{} and {} cannot be added up")
                                                                    : tr("{} cannot be subtracted from {}")),
                                       kind_in_words(sum.sign == '+' ? left : right),
                                       kind_in_words(sum.sign == '+' ? right : left)));
    }
    Kind product(const Arithmetic&, Dimension left, Dimension right) const {
        if (left == Dimension::number) return right;
        if (right == Dimension::number) return left;
        if (left == Dimension::length && right == Dimension::length) return Dimension::area;
        return refuse(at_, fmt::format(fmt::runtime(tr("{} cannot be multiplied by {}")), kind_in_words(left),
                                       kind_in_words(right)));
    }
    Kind quotient(const Arithmetic&, Dimension left, Dimension right) const {
        if (right == Dimension::number) return left;
        if (left == right) return Dimension::number;
        if (left == Dimension::area && right == Dimension::length) return Dimension::length;
        return refuse(at_, fmt::format(fmt::runtime(tr("{} cannot be divided by {}")), kind_in_words(left),
                                       kind_in_words(right)));
    }

    const World& world_;
    Written at_;
};

}  // namespace

Kind check(const Sum& sum, const World& world) {
    return std::visit(SumCheck(world, sum.written), sum.is);
}

}  // namespace diaban
