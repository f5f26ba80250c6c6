// Decides for one key of a table which feature it belongs to: the rules of data/join/match.h. Built once, then only
// read, by any number of threads.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "data/join/keys.h"
#include "data/join/match_report.h"
#include "data/join/name_index.h"

namespace diaban {

struct Decision {
    MatchState state = MatchState::unmatched;
    MatchRule rule = MatchRule::none;
    std::vector<uint32_t> features;
    std::vector<Suggestion> suggestions;
    bool name_differs = false;  ///< found by code, though the names are not alike
};

/// What to call each feature in a report: see FeatureLabel.
[[nodiscard]] std::vector<FeatureLabel> feature_labels(const Dataset& base, const JoinKeys& keys);

class KeyMatcher {
public:
    /// `keys` and `labels` have to outlive it.
    KeyMatcher(const JoinSpec& spec, const JoinKeys& keys, const std::vector<FeatureLabel>& labels);

    /// The key's cells in words; empty when all are.
    [[nodiscard]] std::string words(std::size_t row) const;
    /// For the key that the row has.
    [[nodiscard]] Decision decide(std::size_t row) const;
    /// Confirmed matches with features that are not there.
    [[nodiscard]] const std::vector<ConfirmedMatch>& lost() const { return lost_; }

private:
    struct Names {
        const KeyTexts* texts = nullptr;
        NameIndex index;
        bool plain_table = false;  ///< the table's names have no diacritics where the features' have
    };
    struct Parents {
        const KeyTexts* texts = nullptr;
        std::vector<UnitName> distinct;
        std::vector<uint32_t> of_feature;  ///< index into distinct
    };
    /// How well the units above agree, best last.
    enum class ParentMatch { different, unknown, kinds_differ, same };

    void add_parents(const KeyTexts& pair);
    void remember_confirmed(const JoinSpec& spec, const std::vector<FeatureLabel>& labels);
    [[nodiscard]] const ConfirmedMatch* confirmed(std::size_t row) const;
    [[nodiscard]] bool exact_pairs_agree(std::size_t row, uint32_t feature) const;
    [[nodiscard]] bool has_key(std::size_t row) const;
    [[nodiscard]] std::vector<UnitName> parents_of(std::size_t row) const;
    [[nodiscard]] ParentMatch compare_parents(const std::vector<UnitName>& parents, uint32_t feature,
                                              bool folded) const;

    [[nodiscard]] bool decide_by_code(std::size_t row, Decision& decision) const;
    [[nodiscard]] bool names_differ(std::size_t row, const std::vector<uint32_t>& features) const;
    [[nodiscard]] Decision decide_by_name(std::size_t row, const Names& names, const UnitName& name,
                                          const std::vector<UnitName>& parents) const;
    [[nodiscard]] bool has_a_twin(std::size_t row, const Names& names, const UnitName& name, uint32_t unit,
                                  const std::vector<UnitName>& parents) const;
    void suggest(std::size_t row, const Names& names, const UnitName& name, const std::vector<UnitName>& parents,
                 std::vector<Suggestion>& suggestions) const;

    const JoinKeys& keys_;
    std::vector<const KeyTexts*> codes_, exacts_;
    std::vector<Names> names_;
    std::vector<Parents> parents_;
    std::unordered_map<std::string, std::vector<uint32_t>> features_of_code_;
    std::unordered_map<std::string, uint32_t> feature_of_id_;
    std::unordered_map<std::string, ConfirmedMatch> confirmed_;
    std::vector<ConfirmedMatch> lost_;
};

}  // namespace diaban
