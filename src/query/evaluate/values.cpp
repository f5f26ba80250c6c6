#include "query/evaluate/values.h"

#include <cmath>
#include <functional>
#include <limits>

#include "base/parallel.h"
#include "base/text.h"
#include "query/compare_text.h"
#include "query/evaluate/derived.h"

namespace diaban {

using namespace query;

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
using Numbers = std::vector<double>;

Values numbers_of(Numbers numbers) {
    return {.constant = false,
            .is_text = false,
            .numbers = std::make_shared<const Numbers>(std::move(numbers)),
            .texts = nullptr};
}
Values constant_of(double number) {
    Values values = numbers_of({number});
    values.constant = true;
    return values;
}

double in_base_units(const Number& number) {
    switch (number.unit) {
        case NumberUnit::none:
        case NumberUnit::metre:
        case NumberUnit::square_metre:
            return number.value;
        case NumberUnit::percent:
            return number.value / 100;
        case NumberUnit::kilometre:
            return number.value * 1e3;
        case NumberUnit::hectare:
            return number.value * 1e4;
        case NumberUnit::square_kilometre:
            return number.value * 1e6;
    }
    throw std::logic_error("a unit out of range");
}

double calculated(double left, char sign, double right) {
    switch (sign) {
        case '+':
            return left + right;
        case '-':
            return left - right;
        case '*':
            return left * right;
        default:
            return right == 0 ? nan : left / right;
    }
}

/// Numbers different texts in the order in which they first come. One flat table of hashes: a million different texts
/// are not a million nodes.
class Numbering {
public:
    uint32_t number(std::string text) {
        const std::size_t hash = std::hash<std::string>()(text);
        for (std::size_t slot = hash & mask(); slots_[slot] != Texts::null; slot = (slot + 1) & mask())
            if (hashes_[slots_[slot]] == hash && texts_[slots_[slot]] == text) return slots_[slot];
        texts_.push_back(std::move(text));
        hashes_.push_back(hash);
        if (2 * texts_.size() > slots_.size()) slots_.assign(2 * slots_.size(), Texts::null), placed_ = 0;
        for (; placed_ < texts_.size(); ++placed_)
            place(static_cast<uint32_t>(placed_));
        return static_cast<uint32_t>(texts_.size() - 1);
    }
    [[nodiscard]] std::vector<std::string> texts() && { return std::move(texts_); }

private:
    [[nodiscard]] std::size_t mask() const { return slots_.size() - 1; }
    void place(uint32_t number) {
        std::size_t slot = hashes_[number] & mask();
        while (slots_[slot] != Texts::null)
            slot = (slot + 1) & mask();
        slots_[slot] = number;
    }

    std::vector<std::string> texts_;
    std::vector<std::size_t> hashes_;
    std::vector<uint32_t> slots_ = std::vector<uint32_t>(64, Texts::null);  ///< a power of two, half of them free
    std::size_t placed_ = 0;
};

TextsPtr texts_of(const Field& field, uint32_t count, std::size_t time) {
    std::vector<uint32_t> code(count, Texts::null);
    Numbering numbering;
    for (uint32_t f = 0; f < count; ++f)
        if (!field.is_null(f, time)) code[f] = numbering.number(field.text(f, time));
    return make_texts(std::move(code), std::move(numbering).texts());
}

std::size_t bytes_of(const Texts& texts) {
    std::size_t bytes = texts.code.size() * sizeof(uint32_t);
    for (const auto* list : {&texts.raw, &texts.comparable})
        for (const std::string& text : *list)
            bytes += sizeof(std::string) + text.capacity();
    return bytes;
}

class SumValues {
public:
    explicit SumValues(const World& world) : world_(world) {}

    Expected<Values> operator()(const Number& number) const { return constant_of(in_base_units(number)); }
    Expected<Values> operator()(const Text& text) const {
        return Values{.constant = true, .is_text = true, .numbers = nullptr, .texts = make_texts({0}, {text.text})};
    }
    Expected<Values> operator()(const ColumnName& column) const {
        auto field = world_.features().require_field(column.name);
        if (!field) return tl::unexpected(field.error());
        const Column& values = field->column();
        if (values.numeric() || values.type() == ColumnType::boolean) return column_numbers(*field);
        return column_texts(*field);
    }
    Expected<Values> operator()(const Plain& plain) const {
        auto values = evaluate(plain.of.at(0), world_);
        if (!values) return values;
        if (values->constant || !std::holds_alternative<ColumnName>(plain.of[0].is)) {
            values->texts = plain_texts(*values->texts);
            return values;
        }
        CacheKey key;
        key.add("plain").add(values->texts);
        const auto made = world_.cache.get<Texts>(
            key, world_.progress, [&]() -> Expected<TextsPtr> { return plain_texts(*values->texts); }, bytes_of);
        if (!made) return tl::unexpected(made.error());
        values->texts = *made;
        return values;
    }
    Expected<Values> operator()(const Negative& negative) const {
        auto values = evaluate(negative.of.at(0), world_);
        if (!values) return values;
        Numbers numbers = *values->numbers;
        for (double& number : numbers)
            number = -number;
        values->numbers = std::make_shared<const Numbers>(std::move(numbers));
        return values;
    }
    Expected<Values> operator()(const Arithmetic& arithmetic) const {
        const auto left = evaluate(arithmetic.sides.at(0), world_);
        if (!left) return left;
        const auto right = evaluate(arithmetic.sides.at(1), world_);
        if (!right) return right;
        if (left->constant && right->constant)
            return constant_of(calculated(left->number(0), arithmetic.sign, right->number(0)));
        Numbers numbers(world_.count());
        parallel_ranges(numbers.size(), [&](std::size_t begin, std::size_t end) {
            for (std::size_t f = begin; f < end; ++f)
                numbers[f] = calculated(left->number(f), arithmetic.sign, right->number(f));
        });
        return numbers_of(std::move(numbers));
    }
    Expected<Values> operator()(const Aggregate& aggregate) const { return evaluate_aggregate(aggregate, world_); }
    Expected<Values> operator()(const ToNearest& nearest) const { return evaluate_nearest(nearest, world_); }
    Expected<Values> operator()(OwnMeasure measure) const {
        auto found = own_measures(measure == OwnMeasure::area ? Measured::area : Measured::length, world_);
        if (!found) return tl::unexpected(found.error());
        return Values{.constant = false, .is_text = false, .numbers = std::move(*found), .texts = nullptr};
    }

private:
    [[nodiscard]] CacheKey column_key(std::string_view what, const Field& field) const {
        CacheKey key;
        key.add(what).add(world_.of.features).add(field.name());
        return key.add(std::to_string(field.has_times() ? world_.time() : 0));
    }

    [[nodiscard]] Expected<Values> column_numbers(const Field& field) const {
        auto made = world_.cache.get<Numbers>(
            column_key("numbers", field), world_.progress,
            [&]() -> Expected<std::shared_ptr<const Numbers>> {
                Numbers numbers(world_.count());
                for (uint32_t f = 0; f < numbers.size(); ++f)
                    numbers[f] = field.number(f, world_.time()).value_or(nan);
                return std::make_shared<const Numbers>(std::move(numbers));
            },
            [](const Numbers& numbers) { return numbers.size() * sizeof(double); });
        if (!made) return tl::unexpected(made.error());
        return Values{.constant = false, .is_text = false, .numbers = std::move(*made), .texts = nullptr};
    }

    [[nodiscard]] Expected<Values> column_texts(const Field& field) const {
        auto made = world_.cache.get<Texts>(
            column_key("texts", field), world_.progress,
            [&]() -> Expected<TextsPtr> { return texts_of(field, world_.count(), world_.time()); }, bytes_of);
        if (!made) return tl::unexpected(made.error());
        return Values{.constant = false, .is_text = true, .numbers = nullptr, .texts = std::move(*made)};
    }

    const World& world_;
};

}  // namespace

bool Values::is_null(std::size_t feature) const {
    return is_text ? code(feature) == Texts::null : std::isnan(number(feature));
}

TextsPtr make_texts(std::vector<uint32_t> code, std::vector<std::string> raw, bool plain) {
    auto texts = std::make_shared<Texts>();
    texts->code = std::move(code);
    texts->raw = std::move(raw);
    texts->comparable.resize(texts->raw.size());
    texts->plain = plain;
    parallel_for(texts->raw.size(), [&](std::size_t i) {
        texts->comparable[i] = plain ? fold(texts->raw[i]) : comparable(texts->raw[i]);
    });
    return texts;
}

TextsPtr plain_texts(const Texts& texts) {
    return make_texts(texts.code, texts.raw, true);
}

Expected<Values> evaluate(const Sum& sum, const World& world) {
    if (world.progress.cancelled()) return tl::unexpected(cancelled_error());
    return std::visit(SumValues(world), sum.is);
}

}  // namespace diaban
