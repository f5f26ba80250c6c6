// Recursive descent over the tokens, a function for each rule of the grammar in parse.h. Nothing is read twice: whether
// a bracket opens a condition or a calculation is told by what follows its other end.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/language/condition.h"
#include "query/language/tokens.h"

namespace diaban {

class Parser {
public:
    [[nodiscard]] static Expected<Parser> over(std::string_view text);

    /// The whole text as one of these.
    [[nodiscard]] Expected<query::Condition> whole_condition();
    [[nodiscard]] Expected<query::Sum> whole_sum();
    [[nodiscard]] Expected<query::Condition> whole_near();

private:
    explicit Parser(std::vector<Token> tokens);

    // parser.cpp: where we are
    [[nodiscard]] const Token& now() const { return tokens_[at_]; }
    /// So many tokens on; the last where there are fewer.
    [[nodiscard]] const Token& ahead(std::size_t count) const {
        return tokens_[at_ + count < tokens_.size() ? at_ + count : tokens_.size() - 1];
    }
    [[nodiscard]] const Token& next() const { return ahead(1); }
    void advance();
    bool take_keyword(std::string_view word);
    bool take_sign(std::string_view sign);
    bool take_word(std::string_view word);
    [[nodiscard]] tl::unexpected<Error> refuse(const std::string& message, std::string remedy = {}) const;
    [[nodiscard]] tl::unexpected<Error> expected(std::string_view what) const;
    /// The error for what is not there; nothing where it was.
    [[nodiscard]] Expected<void> require_sign(std::string_view sign);
    [[nodiscard]] Expected<void> require_word(std::string_view word);
    /// For "5,5", which begins at this token: that it is written 5.5.
    [[nodiscard]] std::optional<Error> decimal_comma(std::size_t number) const;
    [[nodiscard]] bool opens_calculation() const;
    struct Depth;

    // parse_condition.cpp
    Expected<query::Condition> condition();
    Expected<query::Condition> term();
    Expected<query::Condition> factor();
    Expected<query::Condition> bare_factor();
    Expected<query::Condition> comparison();
    Expected<query::Condition> compare(query::Sum left, query::Comparison sign, std::size_t at);
    Expected<query::Condition> in(query::Sum left, bool inverted, std::size_t at);
    Expected<query::Condition> between(query::Sum left, bool inverted, std::size_t at);
    Expected<query::Condition> like(query::Sum left, bool inverted, std::size_t at);

    // parse_spatial.cpp
    [[nodiscard]] bool starts_spatial() const;
    Expected<query::Condition> spatial();
    Expected<query::Condition> near();
    Expected<query::Condition> relates();
    Expected<query::Condition> among();
    Expected<query::Condition> along();
    Expected<query::Condition> in_place();
    Expected<query::Condition> in_belt(std::size_t at);
    Expected<query::Condition> in_box(std::size_t at);
    Expected<query::Condition> in_circle(std::size_t at);
    Expected<query::Condition> in_polygon(std::size_t at);
    Expected<query::Target> target();
    Expected<query::Distance> distance();
    Expected<int> whole_number();
    Expected<double> degrees(double most);

    // parse_sum.cpp
    Expected<query::Sum> left_to_right(std::string_view signs, Expected<query::Sum> (Parser::*rule)());
    Expected<query::Sum> sum();
    Expected<query::Sum> product();
    Expected<query::Sum> primary();
    Expected<query::Sum> number(std::size_t at, bool negative);
    Expected<query::Sum> literal();
    Expected<query::Sum> function();
    Expected<query::Sum> aggregate(query::AggregateKind kind, std::size_t at);
    Expected<query::Sum> to_nearest(query::NearestPart part, std::size_t at);
    Expected<query::Sum> plain(std::size_t at);

    std::vector<Token> tokens_;
    std::vector<std::size_t> other_end_;  ///< by token: of "(" its ")", or 0
    std::size_t at_ = 0;
    int depth_ = 0;
    int calculated_ = 0;
};

/// Counts how deep the calls are nested for as long as it lives.
struct Parser::Depth {
    explicit Depth(Parser& parser) : depth(parser.depth_) { ++depth; }
    ~Depth() { --depth; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    /// Deeper than anyone writes, shallow enough for any stack.
    [[nodiscard]] bool too_deep() const { return depth > 100; }
    int& depth;
};

}  // namespace diaban
