#include "data/join/keys.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/did_you_mean.h"

namespace diaban {

namespace {

using Texts = std::vector<std::string>;

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// What the codes of one side look like. A stray word ("Tổng") among numbers does not make them text.
struct CodeShape {
    std::size_t numbers = 0, others = 0;
    std::size_t shortest = std::string::npos, longest = 0;  ///< of the numbers
    bool leading_zero = false;

    explicit CodeShape(const Texts& keys) {
        for (const std::string& key : keys) {
            if (key.empty()) continue;
            if (!all_digits(key)) {
                ++others;
                continue;
            }
            ++numbers;
            leading_zero = leading_zero || key.front() == '0';
            shortest = std::min(shortest, key.size());
            longest = std::max(longest, key.size());
        }
    }

    /// Codes of one length, zeros included: what the other side's may have looked like once.
    [[nodiscard]] bool fixed_length() const { return others == 0 && leading_zero && shortest == longest; }
    [[nodiscard]] bool may_have_lost_zeros(std::size_t length) const {
        return numbers > others && longest <= length && shortest < length;
    }
};

Padding restore_zeros(Texts& keys, const CodeShape& shape, const CodeShape& like) {
    if (!like.fixed_length() || !shape.may_have_lost_zeros(like.longest)) return {};
    Padding padding;
    for (std::string& key : keys) {
        if (!all_digits(key) || key.size() == like.longest) continue;
        const std::string whole = std::string(like.longest - key.size(), '0') + key;
        if (padding.count++ == 0) padding.example = fmt::format(fmt::runtime(tr("{} is taken as {}")), key, whole);
        key = whole;
    }
    return padding;
}

Expected<const Column*> require_column(const Dataset& dataset, const std::string& name, const std::string& layer) {
    if (const Column* column = dataset.table.find(name)) return column;
    std::vector<std::string> known;
    for (const Column& column : dataset.table.columns())
        known.push_back(column.name());
    return fail(ErrorKind::bad_input, fmt::format(fmt::runtime(tr("there is no field “{}” to join by")), name),
                {.file = to_utf8(dataset.from.path.filename()), .layer = layer, .field = {}, .row = {}},
                did_you_mean(name, known));
}

/// '06838 is how a spreadsheet is told that a code is text.
void take_off_apostrophes(Texts& codes) {
    for (std::string& code : codes)
        if (code.starts_with('\'')) code.erase(0, 1);
}

std::optional<int64_t> time_of(const Column& column, std::size_t row) {
    if (column.type() != ColumnType::text) return column.integer(row);
    const std::string text = trim(column.text(row));
    int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size()) return {};
    return value;
}

}  // namespace

std::vector<KeyPair> key_pairs(const JoinSpec& spec) {
    std::vector<KeyPair> pairs{{spec.key, spec.foreign_key, spec.role}};
    pairs.insert(pairs.end(), spec.further.begin(), spec.further.end());
    return pairs;
}

std::vector<std::string> key_texts(const Column& column) {
    std::vector<std::string> texts(column.size());
    for (std::size_t row = 0; row < texts.size(); ++row)
        texts[row] = trim(column.text(row));
    return texts;
}

Padding restore_zeros(KeyTexts& keys) {
    const CodeShape base(keys.base), table(keys.table);
    Padding padding = restore_zeros(keys.table, table, base);
    return padding.count > 0 ? padding : restore_zeros(keys.base, base, table);
}

Expected<JoinKeys> read_keys(const Dataset& base, const JoinSpec& spec) {
    DIABAN_CHECK(spec.table != nullptr);
    JoinKeys keys;
    for (KeyPair& pair : key_pairs(spec)) {
        const auto own = require_column(base, pair.field, base.name);
        if (!own) return tl::make_unexpected(own.error());
        const auto foreign = require_column(*spec.table, pair.foreign_field, spec.name);
        if (!foreign) return tl::make_unexpected(foreign.error());
        KeyTexts texts{std::move(pair), key_texts(**own), key_texts(**foreign)};
        if (texts.pair.role == KeyRole::code) {
            take_off_apostrophes(texts.base);
            take_off_apostrophes(texts.table);
            const Padding padding = restore_zeros(texts);
            if (keys.padding.count == 0) keys.padding.example = padding.example;
            keys.padding.count += padding.count;
        }
        keys.pairs.push_back(std::move(texts));
    }
    return keys;
}

Expected<Times> read_times(const JoinSpec& spec) {
    auto column = require_column(*spec.table, spec.time_field, spec.name);
    if (!column) return tl::make_unexpected(column.error());
    Times times;
    std::set<int64_t> all;
    for (std::size_t row = 0; row < (*column)->size(); ++row) {
        times.of_row.push_back(time_of(**column, row));
        if (times.of_row.back()) all.insert(*times.of_row.back());
    }
    if (all.empty() && !times.of_row.empty())
        return fail(
            ErrorKind::bad_input,
            fmt::format(fmt::runtime(tr("the field “{}” holds no whole numbers to tell times by")), spec.time_field),
            {.file = to_utf8(spec.table->from.path.filename()), .layer = spec.name, .field = {}, .row = {}},
            tr("Choose a field of years."));
    times.all.assign(all.begin(), all.end());
    return times;
}

}  // namespace diaban
