#include "data/sql/sql_console.h"

#include <chrono>
#include <future>
#include <list>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "data/sql/guard.h"
#include "data/sql/pitfalls.h"
#include "data/sql/result.h"
#include "data/sql/statement_text.h"
#include "data/sql/tables.h"
#include "data/write/columns.h"

namespace diaban {

namespace sql {

namespace {

/// A run's own copy of all that it needs: it may outlive the call that began it.
struct Job {
    std::string sql;
    std::vector<SqlTable> tables;
    SqlOptions options;
    Progress progress;
};

/// Instructions of SQLite's machine between two looks at whether to go on: well under a millisecond.
constexpr int steps_between_looks = 1000;

Expected<Statement> compile(sqlite3* database, const Job& job, const Guard& guard) {
    sqlite3_stmt* raw = nullptr;
    const char* rest = nullptr;
    const int outcome = sqlite3_prepare_v2(database, job.sql.data(), static_cast<int>(job.sql.size()), &raw, &rest);
    Statement statement(raw);
    if (!guard.refusal().empty()) return fail(ErrorKind::wrong_usage, guard.refusal());
    if (outcome != SQLITE_OK)
        return tl::make_unexpected(refused_statement(job.sql, sqlite3_errmsg(database), sqlite3_error_offset(database),
                                                     job.tables, guard.functions()));
    if (!statement || sqlite3_stmt_readonly(statement.get()) == 0)
        return fail(ErrorKind::wrong_usage, tr("only reading is possible here"));
    const std::size_t next = next_word(job.sql, static_cast<std::size_t>(rest - job.sql.data()), true);
    if (next < job.sql.size())
        return tl::make_unexpected(
            error_at(job.sql, next, tr("one statement at a time"), tr("Run the others on their own.")));
    if (sqlite3_bind_parameter_count(statement.get()) > 0)
        return fail(ErrorKind::wrong_usage,
                    fmt::format(fmt::runtime(tr("the parameter {} has no value")),
                                sqlite3_bind_parameter_name(statement.get(), 1)
                                    ? sqlite3_bind_parameter_name(statement.get(), 1)
                                    : "?"),
                    {}, tr("Write the value itself."));
    return statement;
}

/// What stopped a statement under way, in words.
Error stopped(sqlite3* database, const Job& job, const Guard& guard) {
    if (job.progress.cancelled()) return cancelled_error();
    if (!guard.refusal().empty()) return {ErrorKind::wrong_usage, guard.refusal(), {}, {}};
    return refused_statement(job.sql, sqlite3_errmsg(database), sqlite3_error_offset(database), job.tables,
                             guard.functions());
}

/// While it lives, SQLite stops in the middle of whatever it does when the job is cancelled. Around the user's
/// statement alone: ours are never interrupted.
class StoppedWhenCancelled {
public:
    StoppedWhenCancelled(sqlite3* database, Progress& progress) : database_(database) {
        sqlite3_progress_handler(
            database, steps_between_looks,
            [](void* watched) { return static_cast<const Progress*>(watched)->cancelled() ? 1 : 0; }, &progress);
    }
    ~StoppedWhenCancelled() { sqlite3_progress_handler(database_, 0, nullptr, nullptr); }
    StoppedWhenCancelled(const StoppedWhenCancelled&) = delete;
    StoppedWhenCancelled& operator=(const StoppedWhenCancelled&) = delete;

private:
    sqlite3* database_;
};

Expected<Dataset> take_rows(sqlite3* database, sqlite3_stmt* statement, Job& job, const Systems& systems,
                            const Guard& guard) {
    constexpr std::size_t most_bytes = std::size_t{4} << 30U;
    job.progress.set_stage(tr("Asking"));
    Result result(database, statement);
    std::optional<StoppedWhenCancelled> watched(std::in_place, database, job.progress);
    int outcome = SQLITE_ROW;
    while ((outcome = sqlite3_step(statement)) == SQLITE_ROW) {
        if (job.progress.cancelled()) return tl::make_unexpected(cancelled_error());
        if (result.row_count() == job.options.most_rows) break;
        result.add_row();
        if (result.bytes() > most_bytes)
            return fail(ErrorKind::bad_input,
                        fmt::format(fmt::runtime(tr("the result is too large: over 4 GiB after {} rows")),
                                    format_integer(static_cast<int64_t>(result.row_count()))),
                        {}, tr("Ask for fewer rows or columns, for example with LIMIT."));
    }
    // What SpatiaLite's functions are refused they keep to themselves.
    if ((outcome != SQLITE_ROW && outcome != SQLITE_DONE) || !guard.refusal().empty())
        return tl::make_unexpected(stopped(database, job, guard));
    watched.reset();
    return std::move(result).finish(systems, outcome == SQLITE_DONE);
}

Expected<DatasetPtr> carry_out(Job& job) {
    if (const auto begins = check_beginning(job.sql); !begins) return tl::make_unexpected(begins.error());
    const auto opened = Database::open();
    if (!opened) return tl::make_unexpected(opened.error());
    sqlite3* database = opened->handle();
    Diagnostics notes = create_tables(database, job.tables);

    // A name in double quotes that is no column would else be taken for a text.
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    Guard guard(database);
    Systems systems(database);
    auto statement = compile(database, job, guard);
    if (!statement) return tl::make_unexpected(statement.error());
    const Reads read = guard.reads();
    guard.set_on(false);
    if (job.progress.cancelled()) return tl::make_unexpected(cancelled_error());
    const auto filled = fill_tables(database, job.tables, read, systems, job.progress);
    guard.set_on(true);
    if (!filled) return tl::make_unexpected(filled.error());
    auto rows = take_rows(database, statement->get(), job, systems, guard);
    if (!rows) return tl::make_unexpected(rows.error());
    const Diagnostics likely_not_meant = pitfalls(job.tables, read);
    notes.insert(notes.end(), likely_not_meant.begin(), likely_not_meant.end());
    rows->diagnostics.insert(rows->diagnostics.begin(), notes.begin(), notes.end());
    return std::make_shared<const Dataset>(std::move(*rows));
}

/// Threads whose runs were cancelled in the middle of a function that cannot be interrupted. They end by themselves; at
/// the program's end they are waited for.
class Stragglers {
public:
    void add(std::thread thread, std::future<Expected<DatasetPtr>> end) {
        const std::lock_guard lock(mutex_);
        std::erase_if(list_, [](Straggler& straggler) {
            const bool over = straggler.end.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
            if (over) straggler.thread.join();
            return over;
        });
        list_.push_back({std::move(thread), std::move(end)});
    }
    ~Stragglers() {
        for (Straggler& straggler : list_)
            straggler.thread.join();
    }

private:
    struct Straggler {
        std::thread thread;
        std::future<Expected<DatasetPtr>> end;
    };
    std::mutex mutex_;
    std::list<Straggler> list_;
};

Stragglers& stragglers() {
    static Stragglers all;
    return all;
}

/// Shows the caller how far the run is, and passes on that it is to stop. Whether it ended in time.
bool watch(const std::future<Expected<DatasetPtr>>& end, Job& job, Progress& progress) {
    constexpr auto between_looks = std::chrono::milliseconds(10);
    constexpr int looks_of_grace = 20;
    for (int grace = 0; end.wait_for(between_looks) != std::future_status::ready;) {
        progress.set_stage(job.progress.stage());
        if (!progress.cancelled()) continue;
        job.progress.cancel();
        if (++grace == looks_of_grace) return false;
    }
    return true;
}

}  // namespace

}  // namespace sql

Expected<DatasetPtr> run_sql(std::string_view sql, std::span<const SqlTable> tables, const SqlOptions& options,
                             Progress& progress) {
    if (progress.cancelled()) return tl::make_unexpected(cancelled_error());
    auto job = std::make_shared<sql::Job>();
    job->sql = sql;
    job->tables.assign(tables.begin(), tables.end());
    std::erase_if(job->tables, [](const SqlTable& table) { return !table.features; });
    job->options = options;
    progress.set(-1);
    std::packaged_task<Expected<DatasetPtr>()> task([job] { return sql::carry_out(*job); });
    auto end = task.get_future();
    std::thread thread(std::move(task));
    if (!sql::watch(end, *job, progress)) {
        sql::stragglers().add(std::move(thread), std::move(end));
        return tl::make_unexpected(cancelled_error());
    }
    thread.join();
    return end.get();
}

std::vector<SqlColumn> sql_columns(const Features& features) {
    constexpr FormatRules sqlite{.names_differ_in_case = false};
    const bool shapes = features.base().has_geometry();
    const std::vector<Field> fields = features.fields();
    std::vector<std::string> names;
    for (const Field& field : fields)
        names.push_back(field.name());
    names = fit_names(names, sqlite, shapes ? std::vector<std::string>{sql_shape_column} : std::vector<std::string>());
    std::vector<SqlColumn> columns;
    for (std::size_t i = 0; i < fields.size(); ++i)
        columns.push_back({std::move(names[i]), fields[i].column().type()});
    if (shapes) columns.push_back({sql_shape_column, {}});
    return columns;
}

}  // namespace diaban
