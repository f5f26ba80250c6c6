#include "ui/panels/match_decisions.h"

#include <algorithm>

#include "base/i18n.h"

namespace diaban::ui {

namespace {

void decide(Session& session, const MatchOf& of, const char* label,
            const std::function<void(std::vector<ConfirmedMatch>&)>& change) {
    session.edit(label, [&](Workspace& workspace) {
        Layer* layer = workspace.find_layer(of.layer);
        if (layer == nullptr) return;
        const auto join = std::ranges::find(layer->joins, of.source, &Join::source);
        if (join != layer->joins.end()) change(join->confirmed);
    });
}

bool accepted(const MatchReport& report, std::size_t row, double least_score) {
    if (report.rows[row].state != MatchState::suggested) return false;
    const std::vector<Suggestion>& suggestions = report.key_of(row).suggestions;
    return !suggestions.empty() && suggestions.front().score >= least_score;
}

}  // namespace

void confirm_match(Session& session, const MatchOf& of, uint32_t row, uint32_t feature) {
    decide(session, of, tr("Confirm match"),
           [&](std::vector<ConfirmedMatch>& confirmed) { remember(confirmed, confirm(*of.report, row, feature)); });
}

void refuse_match(Session& session, const MatchOf& of, uint32_t row) {
    decide(session, of, tr("Refuse match"),
           [&](std::vector<ConfirmedMatch>& confirmed) { remember(confirmed, refuse(*of.report, row)); });
}

void take_back_match(Session& session, const MatchOf& of, uint32_t row) {
    decide(session, of, tr("Take match back"), [&](std::vector<ConfirmedMatch>& confirmed) {
        std::erase_if(confirmed, [&](const ConfirmedMatch& c) { return c.row == of.report->key_of(row).words; });
    });
}

void accept_suggestions(Session& session, const MatchOf& of, double least_score) {
    decide(session, of, tr("Accept suggestions"), [&](std::vector<ConfirmedMatch>& confirmed) {
        for (std::size_t row = 0; row < of.report->rows.size(); ++row)
            if (accepted(*of.report, row, least_score))
                remember(confirmed, confirm(*of.report, row, of.report->key_of(row).suggestions.front().feature));
    });
}

int64_t suggestions_from(const MatchReport& report, double least_score) {
    int64_t count = 0;
    for (std::size_t row = 0; row < report.rows.size(); ++row)
        if (accepted(report, row, least_score)) ++count;
    return count;
}

}  // namespace diaban::ui
