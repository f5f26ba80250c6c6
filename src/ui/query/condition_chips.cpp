// Each kind of condition as a sentence of chips.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "query/language/words.h"
#include "query/language/write.h"
#include "ui/query/rows.h"

namespace diaban::ui {

using namespace query;

namespace {

/// How far distances can be dragged; typed ones may be longer.
constexpr double shortest = 50, longest = 200'000, any_length = 2e7;

bool verb_chip(Rows& rows, Flow& flow, Clause& clause) {
    const ValueKind kind = kind_of(clause.subject, *rows.of->features);
    const auto verbs = verbs_for(kind);
    const std::string shown = verb_words(clause.verb, kind);
    const auto options = [&] {
        std::vector<Option> list;
        for (const Verb verb : verbs)
            list.push_back({verb_words(verb, kind), {}, {}, {}});
        return list;
    };
    const auto chosen =
        choice_chip(flow, "verb", ChipKind::verb, shown, tr("How it compares"), options, shown, rows.state.search);
    if (!chosen) return false;
    const Verb verb = verbs[*chosen];
    const bool was_text = std::holds_alternative<Text>(clause.values.empty() ? Sum{}.is : clause.values.front().is);
    clause = with_verb(std::move(clause), verb);
    if (clause.values.empty() || was_text || kind == ValueKind::number) return true;
    // "Is empty" had no value to keep.
    if (clause.values.front() == number_sum(0))
        for (Sum& value : clause.values)
            value = first_value(clause.subject, *rows.of->features, time_of(rows.state, *rows.of));
    return true;
}

bool near_chips(Rows& rows, Flow& flow, Near& near) {
    word(flow, tr("nearest"));
    bool changed = target_chips(rows, flow, near.target);
    word(flow, tr("is"));
    if (chip(flow, "beyond", ChipKind::verb, near.beyond ? tr("farther than") : tr("within"),
             tr("Click to turn it round"))) {
        near.beyond = !near.beyond;
        changed = true;
    }
    changed |= distance_chips(rows, flow, "distance", near.distance, 0, any_length);
    changed |= distance_slider(rows, "##slider", near.distance, shortest, longest);
    return changed;
}

const char* relation_words(Relation relation) {
    switch (relation) {
        case Relation::intersects:
            return tr("intersects");
        case Relation::within:
            return tr("lies within");
        case Relation::contains:
            return tr("contains");
        case Relation::touches:
            return tr("touches");
        case Relation::overlaps:
            return tr("overlaps");
        case Relation::crosses:
            return tr("crosses");
    }
    return "";
}

const char* relation_hint(Relation relation) {
    switch (relation) {
        case Relation::intersects:
            return tr("any point in common");
        case Relation::within:
            return tr("all of it inside");
        case Relation::contains:
            return tr("all of theirs inside");
        case Relation::touches:
            return tr("edges only");
        case Relation::overlaps:
            return tr("part in, part out");
        case Relation::crosses:
            return tr("passes through");
    }
    return "";
}

bool place_chips(Rows& rows, Flow& flow, Relates& relates) {
    static constexpr Relation relations[] = {Relation::intersects, Relation::within,   Relation::contains,
                                             Relation::touches,    Relation::overlaps, Relation::crosses};
    const auto options = [&] {
        std::vector<Option> list;
        for (const Relation relation : relations)
            list.push_back({relation_words(relation), relation_hint(relation), {}, {}});
        return list;
    };
    const std::string shown = relation_words(relates.relation);
    const auto chosen = choice_chip(flow, "relation", ChipKind::verb, shown, relation_hint(relates.relation), options,
                                    shown, rows.state.search);
    if (chosen) relates.relation = relations[*chosen];
    return target_chips(rows, flow, relates.target) || chosen;
}

bool among_chips(Rows& rows, Flow& flow, AmongNearest& among) {
    word(flow, tr("is among the"));
    double count = among.count;
    bool changed = number_chip(rows, flow, "##count", count, 0.1, 1, 1e9, "", true);
    if (changed) among.count = static_cast<int>(count);
    word(flow, tr("nearest to"));
    changed |= target_chips(rows, flow, among.target);
    return changed;
}

bool area_chips(Rows& rows, Flow& flow, RunsAlong& along) {
    word(flow, tr("runs along"));
    bool changed = target_chips(rows, flow, along.target, GeometryKind::line);
    word(flow, tr("within"));
    changed |= distance_chips(rows, flow, "tolerance", along.tolerance, 0, 1e5);
    word(flow, tr("for at least"));
    changed |= distance_chips(rows, flow, "length", along.length, 0, 1e6);
    return changed;
}

bool belt_chips(Rows& rows, Flow& flow, InBelt& belt) {
    // Decree 34/2014/NĐ-CP: 100 to 1,000 m deep.
    constexpr double least = 100, most = 1000;
    word(flow, tr("lies in the belt of"));
    bool changed = distance_chips(rows, flow, "depth", belt.depth, least, most);
    word(flow, tr("along"));
    changed |= target_chips(rows, flow, belt.target, GeometryKind::line);
    changed |= distance_slider(rows, "##slider", belt.depth, least, most);
    return changed;
}

std::string shape_words(const DrawnShape& shape) {
    if (std::holds_alternative<DrawnBox>(shape)) return tr("drawn rectangle");
    if (const auto* circle = std::get_if<DrawnCircle>(&shape))
        return fmt::format(fmt::runtime(tr("circle of {}")), to_text(circle->radius));
    const auto corners = static_cast<int64_t>(std::get<DrawnPolygon>(shape).degrees.size());
    return fmt::format(fmt::runtime(tr("drawn shape of {} corners")), format_integer(corners));
}

bool drawn_chips(Rows& rows, Flow& flow, InDrawn& in) {
    word(flow, tr("lies in the"));
    const auto options = [&] {
        const bool drawn = rows.ui.panels.measure.drawn.has_value();
        return std::vector<Option>{
            {tr("Shape drawn last"), {}, {}, drawn ? "" : tr("Draw one with the tools above the map first.")},
            {tr("Middle of the map as it is seen now"), {}, {}, {}}};
    };
    bool changed = false;
    const auto chosen =
        choice_chip(flow, "shape", ChipKind::value, shape_words(in.shape),
                    tr("Some part of it lies in there. Click to take another shape."), options, "", rows.state.search);
    if (chosen && *chosen == 0 && rows.ui.panels.measure.drawn) {
        in.shape = *rows.ui.panels.measure.drawn;
        changed = true;
    } else if (chosen) {
        const Ground ground = ground_of(rows.ui, rows.state, *rows.of);
        if (!ground.view.empty()) in.shape = DrawnBox{ground.view};
        changed = !ground.view.empty();
    }
    if (auto* circle = std::get_if<DrawnCircle>(&in.shape)) {
        changed |= distance_chips(rows, flow, "radius", circle->radius, 1, 1e6);
        changed |= distance_slider(rows, "##slider", circle->radius, shortest, longest);
    }
    return changed;
}

}  // namespace

bool clause_chips(Rows& rows, Flow& flow, Clause& clause) {
    Sum subject = clause.subject;
    if (sum_chips(rows, flow, subject)) {
        clause = about(clause, std::move(subject), *rows.of->features, time_of(rows.state, *rows.of));
        return true;
    }
    if (verb_chip(rows, flow, clause)) return true;
    return value_chips(rows, flow, clause);
}

bool condition_chips(Rows& rows, Flow& flow, Condition& condition) {
    if (std::optional<Clause> clause = clause_of(condition)) {
        if (!clause_chips(rows, flow, *clause)) return false;
        condition = condition_of(*clause);
        return true;
    }
    if (auto* near = std::get_if<Near>(&condition.is)) return near_chips(rows, flow, *near);
    if (auto* relates = std::get_if<Relates>(&condition.is)) return place_chips(rows, flow, *relates);
    if (auto* among = std::get_if<AmongNearest>(&condition.is)) return among_chips(rows, flow, *among);
    if (auto* along = std::get_if<RunsAlong>(&condition.is)) return area_chips(rows, flow, *along);
    if (auto* belt = std::get_if<InBelt>(&condition.is)) return belt_chips(rows, flow, *belt);
    if (auto* drawn = std::get_if<InDrawn>(&condition.is)) return drawn_chips(rows, flow, *drawn);
    word(flow, tr("everything"));
    return false;
}

}  // namespace diaban::ui
