#include "data/features.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/text.h"
#include "data/did_you_mean.h"
#include "data/join/match.h"

namespace diaban {

std::string to_id(KeyRole role) {
    switch (role) {
        case KeyRole::code:
            return "code";
        case KeyRole::name:
            return "name";
        case KeyRole::parent:
            return "parent";
        case KeyRole::exact:
            return "exact";
    }
    return {};
}

std::optional<KeyRole> key_role_from_id(std::string_view id) {
    for (const KeyRole role : {KeyRole::code, KeyRole::name, KeyRole::parent, KeyRole::exact})
        if (to_id(role) == id) return role;
    return {};
}

std::optional<std::size_t> Field::row(uint32_t feature, std::size_t time) const {
    if (!rows_) return feature;
    if (rows_->empty()) return {};
    const auto& of_time = rows_->size() == 1 ? rows_->front() : rows_->at(time);
    const int32_t row = of_time[feature];
    return row < 0 ? std::optional<std::size_t>() : static_cast<std::size_t>(row);
}

std::optional<double> Field::number(uint32_t feature, std::size_t time) const {
    const auto at = row(feature, time);
    return at ? column_->number(*at) : std::nullopt;
}

std::string Field::text(uint32_t feature, std::size_t time) const {
    const auto at = row(feature, time);
    return at ? column_->text(*at) : std::string();
}

bool Field::is_null(uint32_t feature, std::size_t time) const {
    const auto at = row(feature, time);
    return !at || column_->is_null(*at);
}

double Field::assumed(uint32_t feature, std::size_t time) const {
    const auto at = assumed_ ? row(feature, time) : std::nullopt;
    return at ? assumed_->number(*at).value_or(0) : 0;
}

struct Features::Joined {
    JoinSpec spec;
    std::vector<std::vector<int32_t>> rows;  ///< one vector when the table has no times, else one for each of times_
    std::shared_ptr<const MatchReport> report;
};

Features::Features(DatasetPtr base) : base_(std::move(base)) {
    DIABAN_CHECK(base_ != nullptr);
}
Features::Features(Features&&) noexcept = default;
Features& Features::operator=(Features&&) noexcept = default;
Features::~Features() = default;

Expected<Diagnostics> Features::join(const JoinSpec& spec) {
    auto matched = match_rows(*base_, spec);
    if (!matched) return tl::make_unexpected(matched.error());

    auto joined =
        std::make_shared<Joined>(Joined{spec, {}, std::make_shared<const MatchReport>(std::move(matched->report))});
    if (spec.time_field.empty()) {
        DIABAN_CHECK(matched->rows.size() == 1);
        joined->rows = std::move(matched->rows);
        joined_.push_back(std::move(joined));
        return std::move(matched->diagnostics);
    }

    // Every table with times has a row list for each time of any table; where it has no rows, all are -1.
    const bool first =
        std::none_of(joined_.begin(), joined_.end(), [](const auto& j) { return !j->spec.time_field.empty(); });
    std::vector<int64_t> times = matched->times;
    if (!first) times.insert(times.end(), times_.begin(), times_.end());
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    if (times.empty()) times = {0};

    const auto spread = [&](const std::vector<std::vector<int32_t>>& rows, const std::vector<int64_t>& own) {
        std::vector<std::vector<int32_t>> wider(times.size());
        for (std::size_t t = 0; t < times.size(); ++t) {
            const auto it = std::lower_bound(own.begin(), own.end(), times[t]);
            if (it != own.end() && *it == times[t])
                wider[t] = rows[static_cast<std::size_t>(it - own.begin())];
            else
                wider[t].assign(count(), -1);
        }
        return wider;
    };
    for (auto& other : joined_) {
        if (other->spec.time_field.empty() || times == times_) continue;
        // In place where this alone has it, so that fields taken before stay valid; else anew.
        if (other.use_count() > 1) other = std::make_shared<Joined>(*other);
        other->rows = spread(other->rows, times_);
    }
    joined->rows = matched->times == times ? std::move(matched->rows) : spread(matched->rows, matched->times);
    joined_.push_back(std::move(joined));
    times_ = std::move(times);
    return std::move(matched->diagnostics);
}

Features Features::with_columns(const std::string& prefix, DatasetPtr table) const {
    DIABAN_CHECK(table != nullptr && table->size() == base_->size());
    Features more(base_);
    more.joined_ = joined_;
    more.times_ = times_;
    more.calculated_ = calculated_;
    more.calculated_.push_back({prefix, std::move(table)});
    return more;
}

const MatchReport* Features::match_report(std::string_view name) const {
    for (const auto& joined : joined_)
        if (joined->spec.name == name) return joined->report.get();
    return nullptr;
}

const JoinSpec& Features::join_spec(std::size_t join) const {
    return joined_.at(join)->spec;
}

const MatchReport& Features::match_report(std::size_t join) const {
    return *joined_.at(join)->report;
}

std::size_t Features::time_index(std::optional<int64_t> time) const {
    if (!time) return times_.size() - 1;
    const auto after = std::upper_bound(times_.begin(), times_.end(), *time);
    return after == times_.begin() ? 0 : static_cast<std::size_t>(after - times_.begin()) - 1;
}

std::vector<Field> Features::fields() const {
    std::vector<Field> result = every_field();
    std::set<const Column*> companions;
    for (const Field& field : result)
        companions.insert(field.assumed_);
    std::erase_if(result, [&](const Field& field) { return companions.contains(field.column_); });
    return result;
}

std::vector<Field> Features::every_field() const {
    std::vector<Field> result;
    for (const Column& column : base_->table.columns()) {
        Field field;
        field.name_ = column.name();
        field.column_ = &column;
        field.assumed_ = base_->table.find(column.name() + ".assumed");
        result.push_back(std::move(field));
    }
    for (const auto& joined : joined_) {
        for (const Column& column : joined->spec.table->table.columns()) {
            Field field;
            field.name_ = joined->spec.name + "." + column.name();
            field.column_ = &column;
            field.assumed_ = joined->spec.table->table.find(column.name() + ".assumed");
            field.rows_ = &joined->rows;
            result.push_back(std::move(field));
        }
    }
    for (const Calculated& calculated : calculated_) {
        for (const Column& column : calculated.table->table.columns()) {
            Field field;
            field.name_ = calculated.prefix + "." + column.name();
            field.column_ = &column;
            result.push_back(std::move(field));
        }
    }
    return result;
}

std::optional<Field> Features::field(std::string_view name) const {
    const auto own = base_->table.columns().size();
    auto all = every_field();
    for (Field& candidate : all)
        if (candidate.name_ == name) return std::move(candidate);
    std::optional<Field> only;
    for (std::size_t i = own; i < all.size(); ++i) {
        if (all[i].column().name() != name) continue;
        if (only) return {};
        only = std::move(all[i]);
    }
    return only;
}

Expected<Field> Features::require_field(std::string_view name) const {
    if (auto found = field(name)) return std::move(*found);

    std::vector<std::string> known, columns, homonyms;
    for (const Field& candidate : fields()) {
        known.push_back(candidate.name());
        columns.push_back(candidate.column().name());
        if (candidate.column().name() == name) homonyms.push_back(candidate.name());
    }
    const Place where{.file = {}, .layer = base_->name, .field = {}, .row = {}};
    if (homonyms.size() > 1)
        return fail(ErrorKind::bad_input,
                    fmt::format(fmt::runtime(tr("several joined tables have a field “{}”")), name), where,
                    fmt::format(fmt::runtime(tr("Write “{}” or “{}”.")), homonyms[0], homonyms[1]));
    // Of a joined table a column is called by its own name, too.
    const bool own_name = nearest_word(name, known).empty() && !nearest_word(name, columns).empty();
    return fail(ErrorKind::bad_input, fmt::format(fmt::runtime(tr("there is no field “{}”")), name), where,
                did_you_mean(name, own_name ? columns : known));
}

}  // namespace diaban
