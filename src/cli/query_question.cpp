#include "cli/query_question.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/say.h"
#include "data/did_you_mean.h"
#include "query/language/parse.h"
#include "query/language/write.h"
#include "workspace/query_layers.h"

namespace diaban {

namespace {

tl::unexpected<QuestionError> wrong(Error error, std::string text = {}) {
    return tl::unexpected(QuestionError{std::move(error), std::move(text)});
}
tl::unexpected<QuestionError> wrong(std::string what, std::string remedy) {
    return wrong(Error{ErrorKind::wrong_usage, std::move(what), {}, std::move(remedy)});
}

/// The text with the layer's name that it begins with between double quotes, where the language asks for them: what
/// people call their layers and files has blanks, dots and dashes in it. The longest name there is.
std::string with_quoted_layer(const std::string& text, const Workspace& workspace) {
    constexpr std::size_t longest = 200;
    if (text.starts_with('"')) return text;
    for (std::size_t end = std::min(text.size(), longest); end != std::string::npos && end > 0;
         end = text.rfind(' ', end - 1)) {
        const std::string name = text.substr(0, end);
        if ((end < text.size() && text[end] != ' ') || !require_layer(workspace, name)) continue;
        return to_text(query::Target{name, {}, {}}) + text.substr(end);
    }
    return text;
}
/// Likewise behind "3 nearest to".
std::string near_with_quoted_layer(const std::string& text, const Workspace& workspace) {
    constexpr std::string_view before = " nearest to ";
    const std::string trimmed = trim(text);
    const std::size_t number = trimmed.find_first_not_of("0123456789");
    const bool nearest = number != 0 && number != std::string::npos && trimmed.substr(number).starts_with(before);
    const std::size_t start = nearest ? number + before.size() : 0;
    return trimmed.substr(0, start) + with_quoted_layer(trim(trimmed.substr(start)), workspace);
}

/// A layer by its name alone, or "shelters where (kind = 'built')".
Understood<query::Target> target_of(const std::string& text, const Workspace& workspace) {
    const std::string trimmed = trim(text);
    if (const auto layer = require_layer(workspace, trimmed)) return query::Target{(*layer)->id, {}, {}};
    // The grammar has no rule for a target alone; what can be counted is one.
    const std::string counted = "count(" + with_quoted_layer(trimmed, workspace) + ")";
    const auto sum = parse_sum(counted);
    const auto* count = sum ? std::get_if<query::Aggregate>(&sum->is) : nullptr;
    if (count == nullptr || count->reach) {
        // One word is a name that is not there; more may be a condition that is not finished.
        const auto missing = require_layer(workspace, trimmed);
        const bool one_name = trimmed.find(' ') == std::string::npos;
        return one_name || sum ? wrong(missing.error()) : wrong(sum.error(), counted);
    }
    query::Target target = count->target;
    const auto layer = require_layer(workspace, target.layer);
    if (!layer) return wrong(layer.error());
    target.layer = (*layer)->id;
    return target;
}

/// The condition behind a target's "where", as text.
std::string where_of(const query::Target& target) {
    return target.where.empty() ? std::string() : to_text(target.where.front());
}

Understood<query::Distance> distance_of(const std::string& text) {
    const auto sum = parse_sum(text);
    const auto* number = sum ? std::get_if<query::Number>(&sum->is) : nullptr;
    if (number != nullptr && number->unit == query::NumberUnit::metre)
        return query::Distance{number->value, query::LengthUnit::metre};
    if (number != nullptr && number->unit == query::NumberUnit::kilometre)
        return query::Distance{number->value, query::LengthUnit::kilometre};
    return wrong(say(tr("“{}” is no distance"), text), tr("Write a number and its unit: 5 km, 300 m."));
}

// ── features of a layer ──

/// --where and every --near, all of which have to hold. What the user wrote stays as it is where it stands alone.
Understood<std::string> condition_of(const QuestionWords& words, const Workspace& workspace) {
    std::vector<query::Condition> all;
    const auto where = parse_condition(words.where);
    if (!where) return wrong(where.error(), words.where);
    if (words.near.empty()) return words.where;
    if (const auto* parts = std::get_if<query::AllOf>(&where->is))
        all = parts->of;
    else if (!where->keeps_all())
        all.push_back(*where);
    for (const std::string& given : words.near) {
        const std::string text = near_with_quoted_layer(given, workspace);
        auto near = parse_near(text);
        if (!near) return wrong(near.error(), text);
        // Files are names here too.
        std::visit(
            [&](auto& is) {
                if constexpr (requires { is.target.layer; })
                    if (const auto layer = require_layer(workspace, is.target.layer)) is.target.layer = (*layer)->id;
            },
            near->is);
        all.push_back(std::move(*near));
    }
    if (all.size() == 1) return to_text(all.front());
    return to_text(query::Condition{query::AllOf{std::move(all)}, {}});
}

class Columns {
public:
    explicit Columns(const Workspace& workspace) : workspace_(workspace) {}

    void add(std::string name, std::string value) {
        const auto used = [&](const std::string& n) {
            return std::ranges::find(list_, n, &AskedColumn::name) != list_.end();
        };
        const std::string stem = name;
        for (int number = 2; used(name); ++number)
            name = stem + "_" + std::to_string(number);
        list_.push_back({std::move(name), std::move(value)});
    }
    /// "sanitation", "sanitation where (…)", "sanitation within 5 km": named after the layer, as it was called.
    Understood<void> add_count(const std::string& text) {
        const std::string trimmed = trim(text);
        if (const auto layer = require_layer(workspace_, trimmed)) {
            add(trimmed, "count(" + to_text(query::Target{(*layer)->id, {}, {}}) + ")");
            return {};
        }
        const std::string counted = "count(" + with_quoted_layer(trimmed, workspace_) + ")";
        auto sum = parse_sum(counted);
        if (!sum && trimmed.find(' ') == std::string::npos) return wrong(require_layer(workspace_, trimmed).error());
        if (!sum) return wrong(sum.error(), counted);
        auto* count = std::get_if<query::Aggregate>(&sum->is);
        if (count == nullptr) return wrong(say(tr("“{}” is nothing that can be counted"), text), {});
        const std::string name = count->target.layer;
        const auto layer = require_layer(workspace_, name);
        if (!layer) return wrong(layer.error());
        count->target.layer = (*layer)->id;
        add(name, to_text(*sum));
        return {};
    }
    Understood<void> add_nearest(const std::string& text) {
        const auto target = target_of(text, workspace_);
        if (!target) return tl::unexpected(target.error());
        const std::string of = to_text(*target);
        add(target->layer + ".nearest", "nearest(" + of + ")");
        add(target->layer + ".distance_m", "distance(" + of + ")");
        add(target->layer + ".direction", "direction(" + of + ")");
        return {};
    }
    Understood<void> add_column(const std::string& text) {
        const auto equals = text.find('=');
        const std::string name = trim(text.substr(0, equals == std::string::npos ? 0 : equals));
        if (name.empty() || equals + 1 >= text.size())
            return wrong(say(tr("\"{}\" after --column is no pair such as NAME = EXPRESSION"), text), {});
        std::string value = trim(text.substr(equals + 1));
        if (const auto sum = parse_sum(value); !sum) return wrong(sum.error(), value);
        add(name, std::move(value));
        return {};
    }
    [[nodiscard]] std::vector<AskedColumn> list() && { return std::move(list_); }

private:
    const Workspace& workspace_;
    std::vector<AskedColumn> list_;
};

Understood<Query> features_question(const QuestionWords& words, const Workspace& workspace) {
    FeatureQuery query;
    if (words.layer.empty() && workspace.layers.size() != 1)
        return wrong(tr("which layer is asked about is not said"),
                     say(tr("Name it after --layer. {}"), did_you_mean({}, [&] {
                             std::vector<std::string> names;
                             for (const Layer& layer : workspace.layers)
                                 names.push_back(layer.id);
                             return names;
                         }())));
    const auto layer = words.layer.empty() ? &workspace.layers.front() : require_layer(workspace, words.layer);
    if (!layer) return wrong(layer.error());
    query.layer = (*layer)->id;
    auto where = condition_of(words, workspace);
    if (!where) return tl::unexpected(where.error());
    query.where = std::move(*where);
    Columns columns(workspace);
    for (const std::string& text : words.counts)
        if (const auto added = columns.add_count(text); !added) return tl::unexpected(added.error());
    for (const std::string& text : words.nearest)
        if (const auto added = columns.add_nearest(text); !added) return tl::unexpected(added.error());
    for (const std::string& text : words.columns)
        if (const auto added = columns.add_column(text); !added) return tl::unexpected(added.error());
    query.columns = std::move(columns).list();
    return query;
}

// ── the other kinds ──

std::string both(const std::string& a, const std::string& b) {
    if (a.empty() || b.empty()) return a + b;
    return "(" + a + ") and (" + b + ")";
}

/// "villages by shelters within 5 km", either of them with its "where (…)".
Understood<Query> coverage_question(const QuestionWords& words, const Workspace& workspace) {
    const auto unclear = [&] {
        return wrong(say(tr("“{}” does not say who is reached from where"), words.coverage),
                     tr("Write --coverage 'VILLAGES by SHELTERS within 5 km'."));
    };
    constexpr std::string_view within = " within ";
    const std::size_t end = words.coverage.rfind(within);
    if (end == std::string::npos || words.coverage.find(')', end) != std::string::npos) return unclear();
    const std::string sides = words.coverage.substr(0, end);
    std::optional<QuestionError> first;
    for (std::size_t by = sides.find(" by "); by != std::string::npos; by = sides.find(" by ", by + 1)) {
        const auto demand = target_of(sides.substr(0, by), workspace);
        const auto facilities = target_of(sides.substr(by + 4), workspace);
        if (!demand || !facilities) {
            if (!first) first = demand ? facilities.error() : demand.error();
            continue;
        }
        CoverageQuery query;
        query.demand = demand->layer;
        query.demand_where = both(where_of(*demand), words.where);
        query.facilities = facilities->layer;
        query.facilities_where = where_of(*facilities);
        query.weight = words.weight;
        const auto reach = distance_of(trim(words.coverage.substr(end + within.size())));
        if (!reach) return tl::unexpected(reach.error());
        query.reach = *reach;
        if (!words.by.empty()) {
            const auto areas = require_layer(workspace, words.by);
            if (!areas) return wrong(areas.error());
            query.by = (*areas)->id;
        }
        return query;
    }
    if (first) return tl::unexpected(*first);
    return unclear();
}

/// "shelters 5 km", "shelters where (…) within 300 m".
Understood<Query> buffer_question(const QuestionWords& words, const Workspace& workspace) {
    const std::string text = trim(words.buffer);
    const auto is_number = [&](std::size_t at) {
        return at < text.size() && (std::isdigit(static_cast<unsigned char>(text[at])) != 0 || text[at] == '-');
    };
    // The last word, or the last two where that is a unit.
    std::size_t blank = text.rfind(' ');
    if (blank != std::string::npos && blank > 0 && !is_number(blank + 1)) blank = text.rfind(' ', blank - 1);
    if (blank == std::string::npos || !is_number(blank + 1))
        return wrong(say(tr("“{}” does not say how far from what"), words.buffer),
                     tr("Write --buffer 'SHELTERS 5 km'."));
    std::string around = trim(text.substr(0, blank));
    for (const std::string_view word : {" within", " by"})
        if (around.ends_with(word)) around.resize(around.size() - word.size());
    const auto target = target_of(around, workspace);
    if (!target) return tl::unexpected(target.error());
    const auto distance = distance_of(text.substr(blank + 1));
    if (!distance) return tl::unexpected(distance.error());
    return BufferQuery{target->layer, both(where_of(*target), words.where), *distance, words.dissolve};
}

Understood<Query> service_areas_question(const QuestionWords& words, const Workspace& workspace) {
    const auto target = target_of(words.service_areas, workspace);
    if (!target) return tl::unexpected(target.error());
    ServiceAreaQuery query{target->layer, both(where_of(*target), words.where), {}};
    if (!words.clip.empty()) {
        const auto clip = require_layer(workspace, words.clip);
        if (!clip) return wrong(clip.error());
        query.clip = (*clip)->id;
    }
    return query;
}

Understood<SavedQuery> saved_question(const std::string& name, const Workspace& workspace) {
    std::vector<std::string> known;
    for (const SavedQuery& query : workspace.queries) {
        if (query.id == name || fold(query.name) == fold(name)) return query;
        known.push_back(query.id);
        if (query.name != query.id) known.push_back(query.name);
    }
    return wrong(say(tr("there is no saved query “{}”"), name),
                 known.empty()
                     ? std::string(tr("Saved queries are in workspaces; a question of your own needs --layer."))
                     : did_you_mean(name, known));
}

/// Words that belong to a kind of question that is not asked would be passed over in silence.
Understood<void> check_kinds(const QuestionWords& words) {
    const bool features = !words.near.empty() || !words.counts.empty() || !words.nearest.empty() ||
                          !words.columns.empty() || !words.layer.empty();
    std::vector<std::string> kinds;
    const auto add = [&](bool asked, const char* option) {
        if (asked) kinds.emplace_back(option);
    };
    add(!words.saved.empty(), "NAME");
    add(features, "--layer");
    add(!words.coverage.empty(), "--coverage");
    add(!words.buffer.empty(), "--buffer");
    add(!words.service_areas.empty(), "--service-areas");
    add(!words.sql.empty(), "--sql");
    if (kinds.size() > 1)
        return wrong(say(tr("{} and {} are different questions"), kinds[0], kinds[1]), tr("Ask one at a time."));
    const auto belongs = [&](bool given, const char* option, bool there, const char* to) -> Understood<void> {
        if (given && !there) return wrong(say(tr("{} means nothing without {}"), option, to), {});
        return {};
    };
    for (const auto& fits :
         {belongs(!words.weight.empty(), "--weight", !words.coverage.empty(), "--coverage"),
          belongs(!words.by.empty(), "--by", !words.coverage.empty(), "--coverage"),
          belongs(words.dissolve, "--dissolve", !words.buffer.empty(), "--buffer"),
          belongs(!words.clip.empty(), "--clip", !words.service_areas.empty(), "--service-areas"),
          belongs(!words.where.empty(), "--where", words.saved.empty() && words.sql.empty(), "--layer")})
        if (!fits) return fits;
    if (kinds.empty() && words.where.empty())
        return wrong(tr("nothing is asked"),
                     tr("Name a saved query (--list shows them), or a layer after --layer and what is asked of it."));
    return {};
}

}  // namespace

Expected<const Layer*> require_layer(const Workspace& workspace, const std::string& name) {
    if (const Layer* layer = workspace.find_layer(name)) return layer;
    std::vector<const Layer*> called, of_file;
    std::vector<std::string> known;
    for (const Layer& layer : workspace.layers) {
        if (fold(layer.name) == fold(name)) called.push_back(&layer);
        known.push_back(layer.id);
        if (layer.name != layer.id) known.push_back(layer.name);
        const Source* source = workspace.find_source(layer.source);
        if (source != nullptr && fold(to_utf8(source->path.stem())) == fold(name)) of_file.push_back(&layer);
    }
    if (called.size() == 1) return called.front();
    if (called.empty() && of_file.size() == 1) return of_file.front();
    if (called.size() > 1 || of_file.size() > 1) {
        const auto& several = called.empty() ? of_file : called;
        return fail(
            ErrorKind::wrong_usage,
            say(called.empty() ? tr("the file “{}” holds several layers") : tr("several layers are called “{}”"), name),
            {}, say(tr("Write “{}” or “{}”."), several[0]->id, several[1]->id));
    }
    for (const Source& source : workspace.sources) {
        const auto shows = [&](const Layer& layer) { return layer.source == source.id; };
        const auto joins = [&](const Layer& layer) {
            return std::ranges::find(layer.joins, source.id, &Join::source) != layer.joins.end();
        };
        if (fold(to_utf8(source.path.stem())) != fold(name) || std::ranges::any_of(workspace.layers, shows)) continue;
        const auto home = std::ranges::find_if(workspace.layers, joins);
        return fail(ErrorKind::wrong_usage, say(tr("“{}” is a table without shapes"), name), {},
                    home == workspace.layers.end()
                        ? tr("It can be asked about in a workspace that joins it to a layer.")
                        : say(tr("Ask for its columns in the layer that it is joined to, “{}”."), home->id));
    }
    return fail(ErrorKind::wrong_usage, say(tr("there is no layer “{}”"), name), {}, did_you_mean(name, known));
}

Understood<SavedQuery> question_of(const QuestionWords& words, const Workspace& workspace) {
    if (const auto fits = check_kinds(words); !fits) return tl::unexpected(fits.error());
    if (!words.saved.empty()) return saved_question(words.saved, workspace);
    auto ask = [&]() -> Understood<Query> {
        if (!words.coverage.empty()) return coverage_question(words, workspace);
        if (!words.buffer.empty()) return buffer_question(words, workspace);
        if (!words.service_areas.empty()) return service_areas_question(words, workspace);
        if (!words.sql.empty()) return SqlQuery{words.sql};
        return features_question(words, workspace);
    }();
    if (!ask) return tl::unexpected(ask.error());
    return SavedQuery{{}, {}, std::move(*ask), {}};
}

}  // namespace diaban
