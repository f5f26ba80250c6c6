#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/i18n.h"
#include "base/text.h"
#include "query/compare_text.h"
#include "query/filter.h"
#include "query/filter_node.h"
#include "query/filter_tokens.h"

namespace diaban {

namespace {

using Node = Filter::Node;
using Kind = Node::Kind;

/// A node whose columns were found and whose types fit.
struct Bound {
    const Node* node = nullptr;
    bool is_text = false;
    std::optional<Field> field;
    std::string comparable;  ///< of a literal text
    std::vector<Bound> children;
};

/// A node as the user would point to it in a message.
std::string described(const Node& node) {
    switch (node.kind) {
        case Kind::column:
            return fmt::format("“{}”", node.text);
        case Kind::text:
            return fmt::format("'{}'", node.text);
        case Kind::number:
            return fmt::format("{}", node.number);
        default:
            return tr("the calculation");
    }
}

tl::unexpected<Error> refuse_mix(const Node& at, const Bound& left, const Bound& right) {
    const Bound& text = left.is_text ? left : right;
    const Bound& number = left.is_text ? right : left;
    std::string remedy;
    if (number.node->kind == Kind::number) remedy = tr("Write the value between single quotes.");
    if (text.node->kind == Kind::text) remedy = tr("Write the number without quotes.");
    return tl::unexpected(filter_error(
        at.at,
        fmt::format(fmt::runtime(tr("{} is text and {} is a number")), described(*text.node), described(*number.node)),
        remedy));
}

class Binder {
public:
    explicit Binder(const Features& features) : features_(features) {}

    Expected<Bound> bind(const Node& node) const {
        Bound bound{.node = &node};
        for (const auto& child : node.children) {
            auto inner = bind(*child);
            if (!inner) return inner;
            bound.children.push_back(std::move(*inner));
        }
        switch (node.kind) {
            case Kind::text:
                bound.is_text = true;
                bound.comparable = comparable(node.text);
                return bound;
            case Kind::column:
                return bind_column(std::move(bound));
            case Kind::negative:
            case Kind::arithmetic:
                return only_numbers(std::move(bound));
            case Kind::compare:
            case Kind::in:
            case Kind::between:
                return of_one_type(std::move(bound));
            case Kind::like:
                if (!bound.children[0].is_text)
                    return tl::unexpected(
                        filter_error(node.at, fmt::format(fmt::runtime(tr("“like” needs text, and {} is a number")),
                                                          described(*bound.children[0].node))));
                return bound;
            case Kind::number:
            case Kind::all_of:
            case Kind::any_of:
            case Kind::negated:
            case Kind::is_null:
                return bound;
        }
        throw std::logic_error("a filter node out of range");
    }

private:
    Expected<Bound> bind_column(Bound bound) const {
        auto field = features_.require_field(bound.node->text);
        if (!field) {
            Error error = field.error();
            error.what = filter_error(bound.node->at, error.what).what;
            if (error.remedy.empty()) error.remedy = tr("Write text between single quotes.");
            return tl::unexpected(std::move(error));
        }
        const Column& column = field->column();
        bound.is_text = !column.numeric() && column.type() != ColumnType::boolean;
        bound.field = std::move(*field);
        return bound;
    }

    static Expected<Bound> only_numbers(Bound bound) {
        for (const Bound& child : bound.children)
            if (child.is_text)
                return tl::unexpected(filter_error(
                    child.node->at,
                    fmt::format(fmt::runtime(tr("{} is text and cannot be calculated with")), described(*child.node))));
        return bound;
    }

    static Expected<Bound> of_one_type(Bound bound) {
        const Bound& first = bound.children.front();
        for (const Bound& child : bound.children)
            if (child.is_text != first.is_text) return refuse_mix(*bound.node, first, child);
        return bound;
    }

    const Features& features_;
};

/// The value of one feature at one time.
class Evaluation {
public:
    Evaluation(uint32_t feature, std::size_t time) : feature_(feature), time_(time) {}

    [[nodiscard]] bool holds(const Bound& bound) const {
        const auto holds_here = [this](const Bound& child) { return holds(child); };
        switch (bound.node->kind) {
            case Kind::all_of:
                return std::ranges::all_of(bound.children, holds_here);
            case Kind::any_of:
                return std::ranges::any_of(bound.children, holds_here);
            case Kind::negated:
                return !holds(bound.children[0]);
            case Kind::is_null:
                return is_null(bound.children[0]) != bound.node->inverted;
            case Kind::compare:
                return compares(bound);
            case Kind::in:
                return is_in(bound);
            case Kind::between:
                return is_between(bound);
            case Kind::like:
                return is_like(bound);
            case Kind::number:
            case Kind::text:
            case Kind::column:
            case Kind::negative:
            case Kind::arithmetic:
                break;
        }
        throw std::logic_error("a filter's sum where a condition should be");
    }

private:
    [[nodiscard]] std::optional<double> number(const Bound& bound) const {
        const Node& node = *bound.node;
        if (node.kind == Kind::number) return node.number;
        if (node.kind == Kind::column) return bound.field->number(feature_, time_);
        const auto left = number(bound.children[0]);
        if (!left) return std::nullopt;
        if (node.kind == Kind::negative) return -*left;
        const auto right = number(bound.children[1]);
        if (!right) return std::nullopt;
        return calculated(*left, node.sign[0], *right);
    }

    static std::optional<double> calculated(double left, char sign, double right) {
        switch (sign) {
            case '+':
                return left + right;
            case '-':
                return left - right;
            case '*':
                return left * right;
            default:
                return right == 0 ? std::nullopt : std::optional(left / right);
        }
    }

    /// As it stands, for the order of texts.
    [[nodiscard]] std::optional<std::string> raw_text(const Bound& bound) const {
        if (bound.node->kind == Kind::text) return bound.node->text;
        if (bound.field->is_null(feature_, time_)) return std::nullopt;
        return bound.field->text(feature_, time_);
    }
    [[nodiscard]] std::optional<std::string> text(const Bound& bound) const {
        if (bound.node->kind == Kind::text) return bound.comparable;
        auto raw = raw_text(bound);
        return raw ? std::optional(comparable(*raw)) : std::nullopt;
    }

    [[nodiscard]] bool is_null(const Bound& bound) const {
        return bound.is_text ? !raw_text(bound).has_value() : !number(bound).has_value();
    }

    /// Negative, zero or positive; nothing where either is null.
    [[nodiscard]] std::optional<int> order(const Bound& left, const Bound& right) const {
        if (left.is_text) {
            const auto a = raw_text(left);
            const auto b = raw_text(right);
            if (!a || !b) return std::nullopt;
            // What counts as equal comes before the collation, which tells case and tone marks apart.
            const std::string a_key = comparable(*a);
            const std::string b_key = comparable(*b);
            return a_key == b_key ? 0 : compare_vietnamese(a_key, b_key);
        }
        const auto a = number(left);
        const auto b = number(right);
        if (!a || !b || std::isnan(*a) || std::isnan(*b)) return std::nullopt;
        return *a < *b ? -1 : *a > *b ? 1 : 0;
    }

    [[nodiscard]] std::optional<bool> equal(const Bound& left, const Bound& right) const {
        if (left.is_text) {
            const auto a = text(left);
            const auto b = text(right);
            return a && b ? std::optional(*a == *b) : std::nullopt;
        }
        const auto found = order(left, right);
        return found ? std::optional(*found == 0) : std::nullopt;
    }

    [[nodiscard]] bool compares(const Bound& bound) const {
        const std::string& sign = bound.node->sign;
        const Bound& left = bound.children[0];
        const Bound& right = bound.children[1];
        if (sign == "=") return equal(left, right).value_or(false);
        if (sign == "!=") return !equal(left, right).value_or(true);
        const auto found = order(left, right);
        if (!found) return false;
        if (sign == "<") return *found < 0;
        if (sign == "<=") return *found <= 0;
        return sign == ">" ? *found > 0 : *found >= 0;
    }

    [[nodiscard]] bool is_in(const Bound& bound) const {
        const Bound& value = bound.children[0];
        if (is_null(value)) return false;
        const bool found = std::any_of(bound.children.begin() + 1, bound.children.end(),
                                       [&](const Bound& candidate) { return equal(value, candidate).value_or(false); });
        return found != bound.node->inverted;
    }

    [[nodiscard]] bool is_between(const Bound& bound) const {
        const auto from = order(bound.children[1], bound.children[0]);
        const auto to = order(bound.children[0], bound.children[2]);
        if (!from || !to) return false;
        return (*from <= 0 && *to <= 0) != bound.node->inverted;
    }

    [[nodiscard]] bool is_like(const Bound& bound) const {
        const auto value = text(bound.children[0]);
        if (!value) return false;
        return like(*value, bound.children[1].comparable) != bound.node->inverted;
    }

    uint32_t feature_;
    std::size_t time_;
};

}  // namespace

Expected<std::vector<uint8_t>> Filter::evaluate(const Features& features, std::size_t time) const {
    std::vector<uint8_t> kept(features.count(), 1);
    if (keeps_all()) return kept;
    const auto bound = Binder(features).bind(*root_);
    if (!bound) return tl::unexpected(bound.error());
    for (uint32_t feature = 0; feature < features.count(); ++feature)
        kept[feature] = Evaluation(feature, time).holds(*bound) ? 1 : 0;
    return kept;
}

}  // namespace diaban
