// What the user says about rows that the rules alone did not match: an undo step each, kept in Join::confirmed.
#pragma once

#include <cstdint>
#include <string>

#include "data/join/match_report.h"
#include "ui/session.h"

namespace diaban::ui {

/// A report, and whose it is.
struct MatchOf {
    std::string layer;
    std::string source;  ///< of the joined table
    const MatchReport* report = nullptr;
};

/// The row (and every other with its key) belongs to the feature; to none; nothing was said about it.
void confirm_match(Session& session, const MatchOf& of, uint32_t row, uint32_t feature);
void refuse_match(Session& session, const MatchOf& of, uint32_t row);
void take_back_match(Session& session, const MatchOf& of, uint32_t row);
/// Yes to the likeliest suggestion of every suggested row that is at least so alike.
void accept_suggestions(Session& session, const MatchOf& of, double least_score);
/// To how many rows that would say yes.
[[nodiscard]] int64_t suggestions_from(const MatchReport& report, double least_score);

}  // namespace diaban::ui
