#include "data/join/key_matcher.h"

#include <algorithm>
#include <limits>

#include "base/text.h"

namespace diaban {

namespace {

/// The texts that make one key of several, or nothing where one of them is empty.
std::string compound(const std::vector<const KeyTexts*>& pairs, std::vector<std::string> KeyTexts::*side,
                     std::size_t row) {
    std::string key;
    for (const KeyTexts* pair : pairs) {
        const std::string& text = (pair->*side)[row];
        if (text.empty()) return {};
        key += text;
        key += '\x1f';
    }
    return key;
}

bool all_ascii(const std::vector<std::string>& texts) {
    return std::all_of(texts.begin(), texts.end(), [](const std::string& text) {
        return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    });
}

/// Likeliest first, each feature once, the likeliest few.
void rank(std::vector<Suggestion>& suggestions, std::size_t most) {
    std::sort(suggestions.begin(), suggestions.end(), [](const Suggestion& a, const Suggestion& b) {
        return a.feature != b.feature ? a.feature < b.feature : a.score > b.score;
    });
    const auto same_feature = [](const Suggestion& a, const Suggestion& b) { return a.feature == b.feature; };
    suggestions.erase(std::unique(suggestions.begin(), suggestions.end(), same_feature), suggestions.end());
    std::stable_sort(suggestions.begin(), suggestions.end(),
                     [](const Suggestion& a, const Suggestion& b) { return a.score > b.score; });
    if (suggestions.size() > most) suggestions.resize(most);
}

double penalty(NameMatch kinds) {
    switch (kinds) {
        case NameMatch::kinds_differ:
            return 0.1;
        case NameMatch::kind_missing:
            return 0.02;
        case NameMatch::different:
        case NameMatch::same:
            return 0;
    }
    return 0;
}

/// Of names found, those that agree best; a kind that contradicts leaves a bare name in doubt.
std::vector<NameIndex::Hit> best_hits(const std::vector<NameIndex::Hit>& hits) {
    NameMatch match = NameMatch::different;
    for (const auto& hit : hits)
        match = std::max(match, hit.match);
    if (match == NameMatch::kind_missing &&
        std::any_of(hits.begin(), hits.end(), [](const auto& hit) { return hit.match == NameMatch::kinds_differ; }))
        return hits;
    uint32_t detour = std::numeric_limits<uint32_t>::max();
    for (const auto& hit : hits)
        if (hit.match == match) detour = std::min(detour, hit.detour);
    std::vector<NameIndex::Hit> best;
    for (const auto& hit : hits)
        if (hit.match == match && hit.detour == detour) best.push_back(hit);
    return best;
}

}  // namespace

KeyMatcher::KeyMatcher(const JoinSpec& spec, const JoinKeys& keys, const std::vector<FeatureLabel>& labels)
    : keys_(keys) {
    for (const KeyTexts& pair : keys.pairs) {
        switch (pair.pair.role) {
            case KeyRole::code:
                codes_.push_back(&pair);
                break;
            case KeyRole::exact:
                exacts_.push_back(&pair);
                break;
            case KeyRole::name: {
                std::vector<UnitName> names;
                for (const std::string& text : pair.base)
                    names.push_back(parse_unit_name(text));
                const bool base_is_plain =
                    std::all_of(names.begin(), names.end(), [](const UnitName& name) { return name.plain; });
                names_.push_back({&pair, NameIndex(std::move(names)), !base_is_plain && all_ascii(pair.table)});
                break;
            }
            case KeyRole::parent:
                add_parents(pair);
                break;
        }
    }
    if (!codes_.empty())
        for (uint32_t feature = 0; feature < labels.size(); ++feature)
            if (const std::string code = compound(codes_, &KeyTexts::base, feature); !code.empty())
                features_of_code_[code].push_back(feature);
    remember_confirmed(spec, labels);
}

void KeyMatcher::add_parents(const KeyTexts& pair) {
    Parents parents{&pair, {}, {}};
    std::unordered_map<std::string, uint32_t> place;
    for (const std::string& text : pair.base) {
        const auto [it, is_new] = place.try_emplace(text, static_cast<uint32_t>(parents.distinct.size()));
        if (is_new) parents.distinct.push_back(parse_unit_name(text));
        parents.of_feature.push_back(it->second);
    }
    parents_.push_back(std::move(parents));
}

/// By the words as they stand; where there are names in them, also as people mean them.
void KeyMatcher::remember_confirmed(const JoinSpec& spec, const std::vector<FeatureLabel>& labels) {
    if (spec.confirmed.empty()) return;
    std::unordered_map<std::string, int> bearers;
    for (uint32_t feature = 0; feature < labels.size(); ++feature) {
        feature_of_id_.emplace(labels[feature].id, feature);
        ++bearers[labels[feature].name];
    }
    for (uint32_t feature = 0; feature < labels.size(); ++feature)
        if (bearers[labels[feature].name] == 1) feature_of_id_.emplace(labels[feature].name, feature);

    for (const ConfirmedMatch& match : spec.confirmed) {
        if (!match.feature.empty() && !feature_of_id_.contains(match.feature)) {
            lost_.push_back(match);
            continue;
        }
        confirmed_.insert_or_assign(match.row, match);
    }
    if (names_.empty()) return;
    for (const ConfirmedMatch& match : spec.confirmed)
        if (const auto it = confirmed_.find(match.row); it != confirmed_.end())
            confirmed_.emplace('\x1f' + text_key(match.row), it->second);
}

const ConfirmedMatch* KeyMatcher::confirmed(std::size_t row) const {
    if (confirmed_.empty()) return nullptr;
    const std::string said = words(row);
    auto it = confirmed_.find(said);
    if (it == confirmed_.end() && !names_.empty()) it = confirmed_.find('\x1f' + text_key(said));
    return it == confirmed_.end() ? nullptr : &it->second;
}

std::string KeyMatcher::words(std::size_t row) const {
    std::string said;
    for (const KeyTexts& pair : keys_.pairs) {
        const std::string& text = pair.table[row];
        if (text.empty()) continue;
        said += said.empty() ? "" : " · ";
        said += text;
    }
    return said;
}

bool KeyMatcher::has_key(std::size_t row) const {
    if (!codes_.empty() && !compound(codes_, &KeyTexts::table, row).empty()) return true;
    return std::any_of(names_.begin(), names_.end(),
                       [&](const Names& names) { return !names.texts->table[row].empty(); });
}

bool KeyMatcher::exact_pairs_agree(std::size_t row, uint32_t feature) const {
    return std::all_of(exacts_.begin(), exacts_.end(),
                       [&](const KeyTexts* pair) { return pair->base[feature] == pair->table[row]; });
}

std::vector<UnitName> KeyMatcher::parents_of(std::size_t row) const {
    std::vector<UnitName> parents;
    for (const Parents& pair : parents_)
        parents.push_back(parse_unit_name(pair.texts->table[row]));
    return parents;
}

KeyMatcher::ParentMatch KeyMatcher::compare_parents(const std::vector<UnitName>& parents, uint32_t feature,
                                                    bool folded) const {
    ParentMatch best = ParentMatch::unknown;
    bool kinds_differ = false;
    for (std::size_t i = 0; i < parents_.size(); ++i) {
        const UnitName& own = parents_[i].distinct[parents_[i].of_feature[feature]];
        if (own.empty() || parents[i].empty()) continue;
        const NameMatch match = compare_names(own, parents[i]);
        if (match == NameMatch::different && !(folded && same_folded(own, parents[i]))) return ParentMatch::different;
        kinds_differ = kinds_differ || match == NameMatch::kinds_differ;
        best = ParentMatch::same;
    }
    return kinds_differ ? ParentMatch::kinds_differ : best;
}

Decision KeyMatcher::decide(std::size_t row) const {
    Decision decision;
    if (const ConfirmedMatch* said = confirmed(row)) {
        if (said->feature.empty()) return {MatchState::refused, MatchRule::confirmed, {}, {}, false};
        return {MatchState::matched, MatchRule::confirmed, {feature_of_id_.at(said->feature)}, {}, false};
    }
    if (!has_key(row)) return {MatchState::no_key, MatchRule::none, {}, {}, false};
    if (decide_by_code(row, decision) || names_.empty()) return decision;

    const std::vector<UnitName> parents = parents_of(row);
    std::vector<UnitName> parsed;
    for (const Names& names : names_) {
        parsed.push_back(parse_unit_name(names.texts->table[row]));
        if (parsed.back().empty()) continue;
        Decision by_name = decide_by_name(row, names, parsed.back(), parents);
        if (by_name.state == MatchState::matched) return by_name;
        if (by_name.state == MatchState::ambiguous && decision.state != MatchState::ambiguous)
            decision = std::move(by_name);
    }
    if (decision.state == MatchState::ambiguous) return decision;
    for (std::size_t i = 0; i < names_.size(); ++i)
        if (!parsed[i].empty()) suggest(row, names_[i], parsed[i], parents, decision.suggestions);
    constexpr std::size_t most_suggestions = 5;
    rank(decision.suggestions, most_suggestions);
    if (!decision.suggestions.empty()) decision.state = MatchState::suggested;
    return decision;
}

bool KeyMatcher::decide_by_code(std::size_t row, Decision& decision) const {
    if (codes_.empty()) return false;
    const std::string code = compound(codes_, &KeyTexts::table, row);
    const auto it = features_of_code_.find(code);
    if (code.empty() || it == features_of_code_.end()) return false;
    for (const uint32_t feature : it->second)
        if (exact_pairs_agree(row, feature)) decision.features.push_back(feature);
    if (decision.features.empty()) return false;
    decision.state = MatchState::matched;
    decision.rule = MatchRule::code;
    decision.name_differs = names_differ(row, decision.features);
    return true;
}

/// A code that was given to another unit since, or slipped by a row: the names then have nothing in common.
bool KeyMatcher::names_differ(std::size_t row, const std::vector<uint32_t>& features) const {
    bool compared = false;
    for (const Names& names : names_) {
        const UnitName name = parse_unit_name(names.texts->table[row]);
        for (const uint32_t feature : features) {
            const UnitName& own = names.index.names()[feature];
            if (name.empty() || own.empty()) continue;
            compared = true;
            for (const NameReading& a : name.readings) {
                for (const NameReading& b : own.readings) {
                    const std::size_t slips = std::max<std::size_t>(1, std::max(a.folded.size(), b.folded.size()) / 3);
                    if (edit_distance(a.folded, b.folded, slips) <= slips) return false;
                }
            }
        }
    }
    return compared;
}

Decision KeyMatcher::decide_by_name(std::size_t row, const Names& names, const UnitName& name,
                                    const std::vector<UnitName>& parents) const {
    std::vector<NameIndex::Hit> hits;
    ParentMatch above = ParentMatch::different;
    for (const NameIndex::Hit& hit : names.index.find(name)) {
        if (!exact_pairs_agree(row, hit.unit)) continue;
        const ParentMatch match = compare_parents(parents, hit.unit, false);
        if (match > above) hits.clear();
        above = std::max(above, match);
        if (match == above) hits.push_back(hit);
    }
    if (hits.empty() || above == ParentMatch::different) return {};

    hits = best_hits(hits);
    const NameMatch match = hits.front().match;
    if (hits.size() > 1 && match != NameMatch::kinds_differ) {
        Decision decision{MatchState::ambiguous, MatchRule::none, {}, {}, false};
        for (const NameIndex::Hit& hit : hits)
            decision.suggestions.push_back({hit.unit, 1 - penalty(hit.match)});
        rank(decision.suggestions, decision.suggestions.size());
        return decision;
    }
    if (match == NameMatch::kinds_differ) return {};
    const bool lost_diacritics = name.plain && (name.plain_kind || names.plain_table);
    if (lost_diacritics && has_a_twin(row, names, name, hits.front().unit, parents)) return {};
    const bool in_parent = above == ParentMatch::same || above == ParentMatch::kinds_differ;
    const MatchRule rule = match == NameMatch::kind_missing ? MatchRule::bare_name
                           : in_parent                      ? MatchRule::name_in_parent
                                                            : MatchRule::name;
    return {MatchState::matched, rule, {hits.front().unit}, {}, false};
}

/// "xa thanh an" is Xã Thanh An letter by letter, but may be Xã Thạnh An as well.
bool KeyMatcher::has_a_twin(std::size_t row, const Names& names, const UnitName& name, uint32_t unit,
                            const std::vector<UnitName>& parents) const {
    const auto twins = names.index.same_without_diacritics(name);
    return std::any_of(twins.begin(), twins.end(), [&](const NameIndex::Near& twin) {
        return twin.unit != unit && twin.kinds != NameMatch::kinds_differ && exact_pairs_agree(row, twin.unit) &&
               compare_parents(parents, twin.unit, true) != ParentMatch::different;
    });
}

void KeyMatcher::suggest(std::size_t row, const Names& names, const UnitName& name,
                         const std::vector<UnitName>& parents, std::vector<Suggestion>& suggestions) const {
    constexpr double other_parent = 0.2, within_a_text = 0.1, least = 0.5;
    auto nearest = names.index.nearest(name);
    double less = 0;
    if (nearest.empty()) {
        nearest = names.index.nearest(unit_at_the_end(names.texts->table[row]));
        less = within_a_text;
    }
    for (const NameIndex::Near& near : nearest) {
        if (!exact_pairs_agree(row, near.unit)) continue;
        const bool elsewhere = compare_parents(parents, near.unit, true) == ParentMatch::different;
        const double score = near.likeness - penalty(near.kinds) - (elsewhere ? other_parent : 0.0) - less;
        if (score >= least) suggestions.push_back({near.unit, score});
    }
}

std::vector<FeatureLabel> feature_labels(const Dataset& base, const JoinKeys& keys) {
    const auto texts_of = [&](KeyRole role, const std::string& guessed) -> std::vector<std::string> {
        for (const KeyTexts& pair : keys.pairs)
            if (pair.pair.role == role) return pair.base;
        const Column* column = base.table.find(guessed);
        return column ? key_texts(*column) : std::vector<std::string>(base.size());
    };
    const auto codes = texts_of(KeyRole::code, guess_code_column(base.table));
    const auto own_names = texts_of(KeyRole::name, guess_name_column(base.table));
    const std::vector<std::string> above = texts_of(KeyRole::parent, {});

    std::unordered_map<std::string, int> bearers;
    for (uint32_t feature = 0; feature < base.size(); ++feature)
        for (const std::string& text :
             {codes[feature], own_names[feature], own_names[feature] + " · " + above[feature]})
            ++bearers[text];
    std::vector<FeatureLabel> labels(base.size());
    for (uint32_t feature = 0; feature < base.size(); ++feature) {
        FeatureLabel& label = labels[feature];
        const std::string number = "#" + std::to_string(feature + 1);
        label.name = !own_names[feature].empty() ? own_names[feature]
                     : !codes[feature].empty()   ? codes[feature]
                                                 : number;
        for (const std::string& id : {codes[feature], own_names[feature], own_names[feature] + " · " + above[feature]})
            if (label.id.empty() && !id.empty() && bearers[id] == 1) label.id = id;
        if (label.id.empty()) label.id = label.name + " " + number;
    }
    return labels;
}

}  // namespace diaban
