#include <fmt/format.h>

#include "base/i18n.h"
#include "query/filter.h"
#include "query/filter_node.h"
#include "query/filter_tokens.h"

namespace diaban {

namespace {

using Node = Filter::Node;
using NodePtr = std::unique_ptr<const Node>;
using Parsed = Expected<NodePtr>;

/// Deeper than anyone writes, shallow enough for any stack.
constexpr int most_nesting = 100;
constexpr std::size_t most_tokens = 10'000;
/// Of signs in one sum or product: each makes the tree deeper, and the tree is walked by recursion.
constexpr int most_calculated = 500;

std::string shown(const FilterToken& token) {
    if (token.kind == FilterToken::Kind::end) return tr("the end");
    return fmt::format("“{}”", token.text);
}

NodePtr with_children(Node node, NodePtr first, NodePtr second = nullptr) {
    node.children.push_back(std::move(first));
    if (second) node.children.push_back(std::move(second));
    return std::make_unique<const Node>(std::move(node));
}

/// By recursive descent, a function for each rule of the grammar in filter.h.
class Parser {
public:
    explicit Parser(std::vector<FilterToken> tokens) : tokens_(std::move(tokens)) {}

    Parsed run() {
        auto root = condition();
        if (!root) return root;
        if (now().kind != FilterToken::Kind::end)
            return refuse(fmt::format(fmt::runtime(tr("“and”, “or” or the end was expected, not {}")), shown(now())));
        return root;
    }

private:
    [[nodiscard]] const FilterToken& now() const { return tokens_[at_]; }
    void advance() {
        if (now().kind != FilterToken::Kind::end) ++at_;
    }
    bool take_keyword(std::string_view word) {
        if (!now().is_keyword(word)) return false;
        advance();
        return true;
    }
    bool take_sign(std::string_view sign) {
        if (!now().is_sign(sign)) return false;
        advance();
        return true;
    }
    [[nodiscard]] tl::unexpected<Error> refuse(const std::string& message) const {
        return tl::unexpected(filter_error(now().at, message));
    }
    [[nodiscard]] tl::unexpected<Error> expected(const char* what) const {
        return refuse(fmt::format(fmt::runtime(tr("{} was expected, not {}")), what, shown(now())));
    }

    /// Counts how deep the calls are nested for as long as it lives.
    struct Depth {
        int& depth;
        explicit Depth(int& d) : depth(d) { ++depth; }
        ~Depth() { --depth; }
        Depth(const Depth&) = delete;
        Depth& operator=(const Depth&) = delete;
    };

    Parsed list_of(Node::Kind kind, std::string_view joint, Parsed (Parser::*rule)()) {
        auto first = (this->*rule)();
        if (!first || !now().is_keyword(joint)) return first;
        Node node{.kind = kind, .at = now().at};
        node.children.push_back(std::move(*first));
        while (take_keyword(joint)) {
            auto next = (this->*rule)();
            if (!next) return next;
            node.children.push_back(std::move(*next));
        }
        return std::make_unique<const Node>(std::move(node));
    }

    Parsed condition() { return list_of(Node::Kind::any_of, "or", &Parser::term); }
    Parsed term() { return list_of(Node::Kind::all_of, "and", &Parser::factor); }

    Parsed factor() {
        const FilterToken start = now();
        if (!take_keyword("not")) return bare_factor();
        auto inner = bare_factor();
        if (!inner) return inner;
        return with_children({.kind = Node::Kind::negated, .at = start.at}, std::move(*inner));
    }

    /// "(" may open a condition or a sum. It is read as a sum first; where that fails, as a condition, and of the two
    /// errors the one farther on is told.
    Parsed bare_factor() {
        const Depth deeper(depth_);
        if (depth_ > most_nesting) return refuse(tr("the brackets are nested too deeply"));
        if (!now().is_sign("(")) return comparison();
        const std::size_t start = at_;
        auto as_sum = comparison();
        if (as_sum) return as_sum;
        const std::size_t sum_failed_at = at_;
        at_ = start;
        advance();
        auto inner = condition();
        if (inner && !take_sign(")")) inner = expected("“)”");
        if (!inner && sum_failed_at > at_) return as_sum;
        return inner;
    }

    Parsed comparison() {
        auto left = sum();
        if (!left) return left;
        const FilterToken sign = now();
        for (const std::string_view known : {"=", "!=", "<", "<=", ">", ">="})
            if (take_sign(known)) {
                auto right = sum();
                if (!right) return right;
                return with_children({.kind = Node::Kind::compare, .sign = sign.text, .at = sign.at}, std::move(*left),
                                     std::move(*right));
            }
        if (take_keyword("is")) {
            const bool inverted = take_keyword("not");
            if (!take_keyword("null")) return expected("“null”");
            return with_children({.kind = Node::Kind::is_null, .inverted = inverted, .at = sign.at}, std::move(*left));
        }
        const bool inverted = take_keyword("not");
        if (take_keyword("in")) return in(std::move(*left), inverted, sign.at);
        if (take_keyword("between")) return between(std::move(*left), inverted, sign.at);
        if (take_keyword("like")) return like(std::move(*left), inverted, sign.at);
        return expected(inverted ? tr("“in”, “between” or “like”") : tr("a comparison such as “=” or “in”"));
    }

    Parsed in(NodePtr left, bool inverted, std::size_t at) {
        Node node{.kind = Node::Kind::in, .inverted = inverted, .at = at};
        node.children.push_back(std::move(left));
        if (!take_sign("(")) return expected("“(”");
        do {
            auto value = literal();
            if (!value) return value;
            node.children.push_back(std::move(*value));
        } while (take_sign(","));
        if (!take_sign(")")) return expected(tr("“,” or “)”"));
        return std::make_unique<const Node>(std::move(node));
    }

    Parsed between(NodePtr left, bool inverted, std::size_t at) {
        auto low = sum();
        if (!low) return low;
        if (!take_keyword("and")) return expected("“and”");
        auto high = sum();
        if (!high) return high;
        Node node{.kind = Node::Kind::between, .inverted = inverted, .at = at};
        node.children.push_back(std::move(left));
        node.children.push_back(std::move(*low));
        node.children.push_back(std::move(*high));
        return std::make_unique<const Node>(std::move(node));
    }

    Parsed like(NodePtr left, bool inverted, std::size_t at) {
        if (now().kind != FilterToken::Kind::text) return expected(tr("a pattern such as 'Xã %'"));
        auto pattern = literal();
        if (!pattern) return pattern;
        return with_children({.kind = Node::Kind::like, .inverted = inverted, .at = at}, std::move(left),
                             std::move(*pattern));
    }

    Parsed literal() {
        const FilterToken token = now();
        if (take_sign("-")) {
            if (now().kind != FilterToken::Kind::number) return expected(tr("a number"));
            const double number = now().number;
            advance();
            return std::make_unique<const Node>(Node{.kind = Node::Kind::number, .number = -number, .at = token.at});
        }
        if (token.kind != FilterToken::Kind::number && token.kind != FilterToken::Kind::text)
            return expected(tr("a number or a 'text'"));
        return primary();
    }

    Parsed left_to_right(std::string_view signs, Parsed (Parser::*rule)()) {
        auto left = (this->*rule)();
        int calculated = 0;
        while (left && now().kind == FilterToken::Kind::sign && signs.find(now().text) != std::string_view::npos) {
            if (++calculated > most_calculated) return refuse(tr("the calculation is too long"));
            const FilterToken sign = now();
            advance();
            auto right = (this->*rule)();
            if (!right) return right;
            left = with_children({.kind = Node::Kind::arithmetic, .sign = sign.text, .at = sign.at}, std::move(*left),
                                 std::move(*right));
        }
        return left;
    }

    Parsed sum() { return left_to_right("+-", &Parser::product); }
    Parsed product() { return left_to_right("*/", &Parser::primary); }

    Parsed primary() {
        const Depth deeper(depth_);
        if (depth_ > most_nesting) return refuse(tr("the brackets are nested too deeply"));
        const FilterToken token = now();
        if (take_sign("-")) {
            auto inner = primary();
            if (!inner) return inner;
            return with_children({.kind = Node::Kind::negative, .at = token.at}, std::move(*inner));
        }
        if (take_sign("(")) {
            auto inner = sum();
            if (inner && !take_sign(")")) return expected("“)”");
            return inner;
        }
        Node node{.text = token.text, .number = token.number, .at = token.at};
        switch (token.kind) {
            case FilterToken::Kind::number:
                node.kind = Node::Kind::number;
                break;
            case FilterToken::Kind::text:
                node.kind = Node::Kind::text;
                break;
            case FilterToken::Kind::column:
                node.kind = Node::Kind::column;
                break;
            case FilterToken::Kind::keyword:
            case FilterToken::Kind::sign:
            case FilterToken::Kind::end:
                return expected(tr("a column, a number or a 'text'"));
        }
        advance();
        return std::make_unique<const Node>(std::move(node));
    }

    std::vector<FilterToken> tokens_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

}  // namespace

Expected<Filter> Filter::parse(std::string_view text) {
    auto tokens = filter_tokens(text);
    if (!tokens) return tl::unexpected(tokens.error());
    Filter filter;
    filter.text_ = text;
    if (tokens->size() == 1) return filter;
    // The tree is as deep as its longest sum, and is walked by recursion.
    if (tokens->size() > most_tokens)
        return tl::unexpected(filter_error((*tokens)[most_tokens].at, tr("the condition is too long")));
    auto root = Parser(std::move(*tokens)).run();
    if (!root) return tl::unexpected(root.error());
    filter.root_ = std::move(*root);
    return filter;
}

}  // namespace diaban
